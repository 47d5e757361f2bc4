/* The checker, part 6: contract, Money — what each dispositif pays is charged, to the cent, to envelopes that may bear
 * it, and no envelope is overdrawn. */
#include "plan/check_state.h"

#include "config/money.h"

#include <stdlib.h>
#include <string.h>

static int compare_dues(const void *a, const void *b)
{
    const CheckDue *x = a, *y = b;
    if (x->session != y->session)
        return x->session < y->session ? -1 : 1;
    if (x->besoin != y->besoin)
        return x->besoin < y->besoin ? -1 : 1;
    return strcmp(x->dispositif, y->dispositif);
}

/* Sorts the dues and makes one of those of the same session, besoin and dispositif. */
static void merge_dues(GArray *dues)
{
    guint n = 0;
    g_array_sort(dues, compare_dues);
    for (guint i = 0; i < dues->len; i++) {
        CheckDue *at = &g_array_index(dues, CheckDue, i), *last = &g_array_index(dues, CheckDue, n > 0 ? n - 1 : 0);
        if (n > 0 && compare_dues(last, at) == 0)
            last->montant = check_state_add(last->montant, at->montant);
        else
            g_array_index(dues, CheckDue, n++) = *at;
    }
    g_array_set_size(dues, n);
}

static bool is_seated(const CheckState *state, int32_t session, int32_t besoin)
{
    const CheckSession *in = &state->sessions[session];
    int32_t low = in->first_row, high = in->first_row + in->n_rows;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (state->rows[middle].besoin < besoin)
            low = middle + 1;
        else
            high = middle;
    }
    return low < in->first_row + in->n_rows && state->rows[low].besoin == besoin;
}

/* May this envelope bear this charge? */
static void verify_charge(CheckState *state, const ModelPlanCharge *charge)
{
    const Model *model = state->model;
    const ModelEnveloppe *enveloppe = &model->enveloppes[charge->enveloppe];
    const ModelBesoin *besoin = &model->besoins[charge->besoin];
    const CheckSession *session = &state->sessions[charge->session];
    char day[CHECK_DAY_MAX], first[CHECK_DAY_MAX], last[CHECK_DAY_MAX], amount[MONEY_TEXT_MAX];
    if (charge->montant <= 0)
        check_state_fault(state, CHECK_CHARGE, charge->session, charge->besoin,
                          "enveloppe %s : montant positif attendu, %s € trouvés", enveloppe->code,
                          money_text(charge->montant, amount));
    if (session->offre == NULL)
        return;
    if (!is_seated(state, charge->session, charge->besoin))
        check_state_fault(state, CHECK_CHARGE, charge->session, charge->besoin,
                          "enveloppe %s chargée pour un besoin absent de la session", enveloppe->code);
    if (strcmp(enveloppe->opco, model->siae[besoin->siae].opco) != 0)
        check_state_fault(state, CHECK_CHARGE, charge->session, charge->besoin,
                          "enveloppe %s de l'OPCO %s, SIAE de l'OPCO « %s »", enveloppe->code, enveloppe->opco,
                          model->siae[besoin->siae].opco);
    if (enveloppe->axe != MODEL_NONE && enveloppe->axe != besoin->axe)
        check_state_fault(state, CHECK_CHARGE, charge->session, charge->besoin,
                          "enveloppe %s de l'axe %s, besoin de l'axe %s", enveloppe->code,
                          model->axes[enveloppe->axe].code,
                          besoin->axe == MODEL_NONE ? "(aucun)" : model->axes[besoin->axe].code);
    if (session->n_days == 0)
        return;
    const int32_t *days = check_state_days(state, session);
    int32_t debut = days[0], fin = days[session->n_days - 1];
    if (debut < enveloppe->debut_min || debut > enveloppe->debut_max)
        check_state_fault(state, CHECK_CHARGE, charge->session, charge->besoin,
                          "enveloppe %s : la session commence le %s, hors de %s à %s", enveloppe->code,
                          check_state_day(debut, day), check_state_day(enveloppe->debut_min, first),
                          check_state_day(enveloppe->debut_max, last));
    if (enveloppe->fin_max != MODEL_NONE && fin > enveloppe->fin_max)
        check_state_fault(state, CHECK_CHARGE, charge->session, charge->besoin,
                          "enveloppe %s : la session finit le %s, après le %s", enveloppe->code,
                          check_state_day(fin, day), check_state_day(enveloppe->fin_max, last));
}

static void tell_due(CheckState *state, const CheckDue *due, int64_t expected, int64_t found)
{
    char text[MONEY_TEXT_MAX], other[MONEY_TEXT_MAX];
    if (expected != found)
        check_state_fault(state, CHECK_CHARGE, due->session, due->besoin,
                          "dispositif %s : %s € à charger, %s € chargés", due->dispositif, money_text(expected, text),
                          money_text(found, other));
}

/* Walks what is due and what is charged side by side, both sorted. */
static void verify_dues(CheckState *state, const GArray *dues, const GArray *charged)
{
    guint d = 0, c = 0;
    while (d < dues->len && c < charged->len) {
        const CheckDue *due = &g_array_index(dues, CheckDue, d), *paid = &g_array_index(charged, CheckDue, c);
        int order = compare_dues(due, paid);
        tell_due(state, order <= 0 ? due : paid, order <= 0 ? due->montant : 0, order >= 0 ? paid->montant : 0);
        d += order <= 0;
        c += order >= 0;
    }
    for (; d < dues->len; d++)
        tell_due(state, &g_array_index(dues, CheckDue, d), g_array_index(dues, CheckDue, d).montant, 0);
    for (; c < charged->len; c++)
        tell_due(state, &g_array_index(charged, CheckDue, c), 0, g_array_index(charged, CheckDue, c).montant);
}

static void verify_envelopes(CheckState *state, const int64_t *engaged)
{
    char text[MONEY_TEXT_MAX], limit[MONEY_TEXT_MAX];
    for (int32_t i = 0; i < state->model->n_enveloppes; i++) {
        const ModelEnveloppe *enveloppe = &state->model->enveloppes[i];
        if (engaged[i] > enveloppe->montant)
            check_state_fault(state, CHECK_ENVELOPE, MODEL_NONE, MODEL_NONE,
                              "enveloppe %s : %s € engagés, %s € disponibles", enveloppe->code,
                              money_text(engaged[i], text), money_text(enveloppe->montant, limit));
    }
}

void check_charges_verify(CheckState *state)
{
    const Model *model = state->model;
    const ModelPlan *plan = state->plan;
    g_autoptr(GArray) charged = g_array_new(FALSE, FALSE, sizeof(CheckDue));
    g_autofree int64_t *engaged = g_new0(int64_t, (gsize)model->n_enveloppes + 1);
    for (int32_t i = 0; i < plan->n_charges; i++) {
        const ModelPlanCharge *charge = &plan->charges[i];
        if (charge->session < 0 || charge->session >= plan->n_sessions || charge->besoin < 0 ||
            charge->besoin >= model->n_besoins || charge->enveloppe < 0 || charge->enveloppe >= model->n_enveloppes)
            continue;
        CheckDue paid = {charge->session, charge->besoin, model->enveloppes[charge->enveloppe].dispositif,
                         charge->montant};
        g_array_append_val(charged, paid);
        engaged[charge->enveloppe] = check_state_add(engaged[charge->enveloppe], charge->montant);
        verify_charge(state, charge);
    }
    merge_dues(charged);
    merge_dues(state->due);
    verify_dues(state, state->due, charged);
    verify_envelopes(state, engaged);
}
