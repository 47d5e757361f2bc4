/* The checker, part 7: the outputs' arithmetic — sums of sessions, rows of non_couverts, bilan and its bounds. */
#include "plan/check_state.h"

#include "config/money.h"

static void verify_session(CheckState *state, int32_t position)
{
    const CheckSession *session = &state->sessions[position];
    const ModelPlanSession *stated = &state->plan->sessions[position];
    int64_t pedagogique = 0, annexe = 0, remuneration = 0;
    for (int32_t i = 0; i < session->n_rows; i++) {
        const CheckRow *row = &state->rows[session->first_row + i];
        pedagogique += row->pedagogique;
        annexe += row->annexe;
        remuneration += row->remuneration;
    }
    if (session->effectif != stated->effectif)
        check_state_fault(state, CHECK_GROUP, position, MODEL_NONE, "effectif %" G_GINT64_FORMAT " attendu, %d trouvé",
                          session->effectif, stated->effectif);
    if (session->nb_siae != stated->nb_siae)
        check_state_fault(state, CHECK_GROUP, position, MODEL_NONE, "%d SIAE attendues, %d trouvées", session->nb_siae,
                          stated->nb_siae);
    const struct {
        const char *name;
        int64_t expected, found;
    } sums[] = {{"coût pédagogique", pedagogique, stated->cout_pedagogique},
                {"coût annexe", annexe, stated->cout_annexe},
                {"rémunération", remuneration, stated->remuneration}};
    char expected[MONEY_TEXT_MAX], found[MONEY_TEXT_MAX];
    for (size_t i = 0; i < G_N_ELEMENTS(sums); i++)
        if (sums[i].expected != sums[i].found)
            check_state_fault(state, CHECK_MONEY, position, MODEL_NONE, "%s : %s € attendus, %s € trouvés",
                              sums[i].name, money_text(sums[i].expected, expected), money_text(sums[i].found, found));
}

static void verify_unmet(CheckState *state)
{
    const Model *model = state->model;
    g_autofree int64_t *told = g_new0(int64_t, (gsize)model->n_besoins + 1);
    for (int32_t i = 0; i < state->plan->n_non_couverts; i++) {
        const ModelPlanNonCouvert *row = &state->plan->non_couverts[i];
        if (row->besoin >= 0 && row->besoin < model->n_besoins)
            told[row->besoin] += row->effectif;
    }
    for (int32_t i = 0; i < model->n_besoins; i++) {
        int64_t expected = MAX(0, model->besoins[i].effectif - state->served[i]);
        if (told[i] != expected)
            check_state_fault(state, CHECK_UNMET, MODEL_NONE, i,
                              "%" G_GINT64_FORMAT " stagiaires non couverts attendus, %" G_GINT64_FORMAT " trouvés",
                              expected, told[i]);
    }
}

/* points of every value of every critere of priorites.csv; tables[critere]: text → sum */
static int64_t look_up(GHashTable *const tables[CRITERE_N], VocabularyCritere critere, const char *value)
{
    const int64_t *points = g_hash_table_lookup(tables[critere], value);
    return points != NULL ? *points : 0;
}

/* Points of one learner of a need. */
static int64_t points_of(const Model *model, const ModelBesoin *besoin, GHashTable *const tables[CRITERE_N])
{
    static const int64_t by_priorite[] = {8, 4, 2, 1};
    const ModelFormation *formation = &model->formations[besoin->formation];
    if (!model->has_priorites)
        return by_priorite[CLAMP(besoin->priorite, 1, 4) - 1];
    char priorite[] = {(char)('0' + besoin->priorite), '\0'};
    int64_t points =
        look_up(tables, CRITERE_PRIORITE, priorite) +
        look_up(tables, CRITERE_NATURE, vocabulary_word(&vocabulary_nature, (int)formation->nature)) +
        look_up(tables, CRITERE_FILIERE, formation->filiere) + look_up(tables, CRITERE_FORMATION, formation->code) +
        look_up(tables, CRITERE_TYPE, vocabulary_word(&vocabulary_type, (int)model->siae[besoin->siae].type));
    if (besoin->axe != MODEL_NONE)
        points += look_up(tables, CRITERE_AXE, model->axes[besoin->axe].code);
    if (besoin->commune != MODEL_NONE)
        points += look_up(tables, CRITERE_ZONE, model->communes[besoin->commune].zone);
    for (const char *const *public = besoin->publics; public != NULL && *public != NULL; public ++)
        points += look_up(tables, CRITERE_PUBLIC, *public);
    return points;
}

static int64_t sum_points(const CheckState *state)
{
    const Model *model = state->model;
    GHashTable *tables[CRITERE_N];
    int64_t sum = 0;
    for (int i = 0; i < CRITERE_N; i++)
        tables[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (int32_t i = 0; i < model->n_priorites; i++) {
        const ModelPriorite *row = &model->priorites[i];
        int64_t *points = g_hash_table_lookup(tables[row->critere], row->valeur);
        if (points == NULL) {
            points = g_new0(int64_t, 1);
            g_hash_table_insert(tables[row->critere], g_strdup(row->valeur), points);
        }
        *points += row->points;
    }
    for (int32_t i = 0; i < model->n_besoins; i++)
        if (state->served[i] > 0)
            sum = check_state_add(sum, state->served[i] * points_of(model, &model->besoins[i], tables));
    for (int i = 0; i < CRITERE_N; i++)
        g_hash_table_unref(tables[i]);
    return sum;
}

typedef struct {
    const char *key;
    bool money;
    int64_t expected, found;
} Total;

static const char *total_text(const Total *total, int64_t value, char text[MONEY_TEXT_MAX])
{
    if (total->money)
        return money_text(value, text);
    g_snprintf(text, MONEY_TEXT_MAX, "%" G_GINT64_FORMAT, value);
    return text;
}

static void verify_bilan(CheckState *state)
{
    const Model *model = state->model;
    const ModelBilan *bilan = &state->plan->bilan;
    int64_t cout = 0, reste = 0, remuneration = 0, demande = 0, servi = 0;
    char expected[MONEY_TEXT_MAX], found[MONEY_TEXT_MAX];
    for (int32_t i = 0; i < state->n_rows; i++) {
        const CheckRow *row = &state->rows[i];
        cout = check_state_add(cout, row->pedagogique + row->annexe);
        reste = check_state_add(reste, row->reste);
        remuneration = check_state_add(remuneration, row->remuneration);
        servi += row->effectif;
    }
    for (int32_t i = 0; i < model->n_besoins; i++)
        demande += model->besoins[i].effectif;
    const Total totals[] = {
        {"points", false, sum_points(state), bilan->points},
        {"effectif_demande", false, demande, bilan->effectif_demande},
        {"effectif_servi", false, servi, bilan->effectif_servi},
        {"sessions", false, state->plan->n_sessions, bilan->sessions},
        {"cout", true, cout, bilan->cout},
        {"reste_a_charge", true, reste, bilan->reste_a_charge},
        {"cout_pondere", true, check_state_add(cout, reste), bilan->cout_pondere},
        {"remuneration", true, remuneration, bilan->remuneration},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(totals); i++)
        if (totals[i].expected != totals[i].found && (state->priced || !totals[i].money))
            check_state_fault(state, CHECK_TOTALS, MODEL_NONE, MODEL_NONE, "%s : %s attendu, %s trouvé", totals[i].key,
                              total_text(&totals[i], totals[i].expected, expected),
                              total_text(&totals[i], totals[i].found, found));
    if (bilan->points > bilan->points_borne)
        check_state_fault(state, CHECK_TOTALS, MODEL_NONE, MODEL_NONE,
                          "points_borne %" G_GINT64_FORMAT " inférieure aux points %" G_GINT64_FORMAT,
                          bilan->points_borne, bilan->points);
    if (bilan->cout_pondere_borne > bilan->cout_pondere)
        check_state_fault(state, CHECK_TOTALS, MODEL_NONE, MODEL_NONE,
                          "cout_pondere_borne %s supérieure au cout_pondere %s",
                          money_text(bilan->cout_pondere_borne, expected), money_text(bilan->cout_pondere, found));
}

void check_totals_verify(CheckState *state)
{
    for (int32_t i = 0; i < state->plan->n_sessions; i++)
        if (state->sessions[i].offre != NULL)
            verify_session(state, i);
    verify_unmet(state);
    verify_bilan(state);
}
