/* Words and sums the parts of the checker share: see check_state.h. */
#include "plan/check_state.h"

static const char *const rule_names[CHECK_N_RULES] = {
    [CHECK_FORM] = "forme",
    [CHECK_DAYS] = "jours de formation",
    [CHECK_START] = "date de début",
    [CHECK_GROUP] = "taille du groupe",
    [CHECK_NEED] = "besoin servi",
    [CHECK_PLACE] = "lieu",
    [CHECK_PERIOD] = "règle 1 (période du besoin)",
    [CHECK_OFFER] = "règle 2 (offre)",
    [CHECK_LOAD] = "règle 3 (absents et sessions simultanées)",
    [CHECK_CLOSURE] = "règle 4 (fermetures de la SIAE)",
    [CHECK_POOLING] = "règle 5 (mutualisation)",
    [CHECK_TRAINEE] = "règle 6 (stagiaire)",
    [CHECK_FIXED] = "règle 7 (sessions fixées)",
    [CHECK_MONTAGE] = "montage",
    [CHECK_MONEY] = "montants",
    [CHECK_REST] = "reste à charge",
    [CHECK_CHARGE] = "charges",
    [CHECK_ENVELOPE] = "enveloppes",
    [CHECK_UNMET] = "non couverts",
    [CHECK_TOTALS] = "bilan",
};

static void name_session(const CheckState *state, int32_t session, GString *text)
{
    const ModelPlan *plan = state->plan;
    const char *code = NULL;
    if (session >= 0 && session < plan->n_sessions && plan->sessions != NULL)
        code = plan->sessions[session].code;
    if (code != NULL && code[0] != '\0')
        g_string_append_printf(text, "session %s", code);
    else
        g_string_append_printf(text, "session en position %d", session);
}

void check_state_fault(CheckState *state, CheckRule rule, int32_t session, int32_t besoin, const char *format, ...)
{
    GString *text = g_string_new(rule_names[rule]);
    g_string_append(text, " : ");
    if (session != MODEL_NONE)
        name_session(state, session, text);
    if (besoin != MODEL_NONE) {
        if (session != MODEL_NONE)
            g_string_append(text, ", ");
        if (besoin >= 0 && besoin < state->model->n_besoins)
            g_string_append_printf(text, "besoin %s", state->model->besoins[besoin].reference);
        else
            g_string_append_printf(text, "besoin en position %d", besoin);
    }
    if (session != MODEL_NONE || besoin != MODEL_NONE)
        g_string_append(text, " : ");
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(text, format, arguments);
    va_end(arguments);
    g_ptr_array_add(state->violations, g_string_free(text, FALSE));
}

/* The first row of fermetures at or after (objet, sujet). */
static int32_t closures_from(const Model *model, VocabularyObjet objet, int64_t sujet)
{
    int32_t low = 0, high = model->n_fermetures;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const ModelFermeture *at = &model->fermetures[middle];
        if (at->objet < objet || (at->objet == objet && at->sujet < sujet))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

CheckClosures check_state_closures(const Model *model, VocabularyObjet objet, int32_t sujet)
{
    if (sujet == MODEL_NONE)
        return (CheckClosures){0, 0};
    return (CheckClosures){closures_from(model, objet, sujet), closures_from(model, objet, (int64_t)sujet + 1)};
}

bool check_state_closed(const Model *model, CheckClosures closures, int32_t day)
{
    for (int32_t i = closures.first; i < closures.end; i++)
        if (model->fermetures[i].du <= day && day <= model->fermetures[i].au)
            return true;
    return false;
}

int64_t check_state_add(int64_t a, int64_t b)
{
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum))
        return a > 0 ? INT64_MAX : INT64_MIN;
    return sum;
}

const char *check_state_day(int32_t day, char text[CHECK_DAY_MAX])
{
    if (day >= CALENDAR_FIRST && day <= CALENDAR_LAST)
        return calendar_text(day, text);
    g_snprintf(text, CHECK_DAY_MAX, "jour %d", day);
    return text;
}

const int32_t *check_state_days(const CheckState *state, const CheckSession *session)
{
    return &g_array_index(state->days, int32_t, session->first_day);
}
