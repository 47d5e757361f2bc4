/* Puts sessions together into a whole plan: see ledger.h. */
#include "config/calendar.h"
#include "tests/lib/ledger.h"

#include <string.h>

/* <offre>-<AAAAMMJJ>, then -2, -3... while the code is taken. */
static char *session_code(const Model *model, const LedgerSession *session, GHashTable *taken)
{
    int year, month, date;
    calendar_split(session->debut, &year, &month, &date);
    g_autofree char *stem = g_strdup_printf("%s-%04d%02d%02d", model->offres[session->offre].code, year, month, date);
    char *code = g_strdup(stem);
    for (int n = 2; g_hash_table_contains(taken, code) || model_find_session_fixee(model, code) != MODEL_NONE; n++) {
        g_free(code);
        code = g_strdup_printf("%s-%d", stem, n);
    }
    return code;
}

static gint by_code(gconstpointer a, gconstpointer b)
{
    const LedgerSession *const *x = a, *const *y = b;
    return strcmp((*x)->code, (*y)->code);
}

static gint by_session(gconstpointer a, gconstpointer b)
{
    const ModelPlanAffectation *x = a, *y = b;
    if (x->session != y->session)
        return x->session - y->session;
    return x->besoin != y->besoin ? x->besoin - y->besoin : x->montage - y->montage;
}

static gint by_charge(gconstpointer a, gconstpointer b)
{
    const ModelPlanCharge *x = a, *y = b;
    if (x->session != y->session)
        return x->session - y->session;
    return x->besoin != y->besoin ? x->besoin - y->besoin : x->enveloppe - y->enveloppe;
}

static int32_t siae_count(const Model *model, const LedgerSession *session)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < session->choices->len; i++)
        g_hash_table_add(
            seen, GINT_TO_POINTER(model->besoins[g_array_index(session->choices, LedgerChoice, i).besoin].siae + 1));
    return (int32_t)g_hash_table_size(seen);
}

static void fill_sessions(const Model *model, ModelPlan *plan, GPtrArray *sorted)
{
    ModelPlanSession *rows = g_new0(ModelPlanSession, sorted->len);
    for (guint i = 0; i < sorted->len; i++) {
        const LedgerSession *session = g_ptr_array_index(sorted, i);
        const int32_t *days = &g_array_index(session->days, int32_t, 0);
        rows[i] = (ModelPlanSession){.code = model_plan_text(plan, session->code),
                                     .offre = session->offre,
                                     .fixee = session->fixee,
                                     .debut = days[0],
                                     .fin = days[session->days->len - 1],
                                     .jours = model_plan_own(plan, g_memdup2(days, session->days->len * sizeof *days)),
                                     .n_jours = (int32_t)session->days->len,
                                     .effectif = ledger_session_size(session),
                                     .nb_siae = siae_count(model, session)};
    }
    for (int32_t i = 0; i < plan->n_affectations; i++) {
        const ModelPlanAffectation *a = &plan->affectations[i];
        rows[a->session].cout_pedagogique += a->cout_pedagogique;
        rows[a->session].cout_annexe += a->cout_annexe;
        rows[a->session].remuneration += a->remuneration;
    }
    plan->sessions = model_plan_own(plan, rows);
    plan->n_sessions = (int32_t)sorted->len;
}

static void fill_unmet(const Model *model, ModelPlan *plan)
{
    g_autofree int32_t *served = g_new0(int32_t, model->n_besoins + 1);
    GArray *unmet = g_array_new(FALSE, FALSE, sizeof(ModelPlanNonCouvert));
    ModelBilan *bilan = &plan->bilan;
    for (int32_t i = 0; i < plan->n_affectations; i++)
        served[plan->affectations[i].besoin] += plan->affectations[i].effectif;
    for (int32_t b = 0; b < model->n_besoins; b++) {
        int32_t asked = model->besoins[b].effectif;
        bilan->effectif_demande += asked;
        bilan->effectif_servi += served[b];
        bilan->points += served[b] * ledger_points(model, b);
        bilan->points_borne += asked * ledger_points(model, b);
        ModelPlanNonCouvert row = {b, asked - served[b], MOTIF_NON_TRANCHE,
                                   model_plan_text(plan, "Planifié au fil de l'eau, sans revenir en arrière.")};
        if (row.effectif > 0)
            g_array_append_val(unmet, row);
    }
    plan->n_non_couverts = (int32_t)unmet->len;
    plan->non_couverts = model_plan_own(plan, g_array_free(unmet, FALSE));
}

ModelPlan *ledger_plan(const Model *model, GPtrArray *sessions, int32_t date_plan)
{
    ModelPlan *plan = model_plan_new();
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (guint i = 0; i < sessions->len; i++) {
        LedgerSession *session = g_ptr_array_index(sessions, i);
        if (session->code == NULL)
            session->code = session_code(model, session, taken);
        g_hash_table_add(taken, session->code);
        g_ptr_array_add(sorted, session);
    }
    g_ptr_array_sort(sorted, by_code);

    /* accounted in the order of making, in which the envelopes were taken from */
    g_autofree int64_t *disponible = g_new0(int64_t, model->n_enveloppes + 1);
    for (int32_t e = 0; e < model->n_enveloppes; e++)
        disponible[e] = model->enveloppes[e].montant;
    GArray *affectations = g_array_new(FALSE, FALSE, sizeof(ModelPlanAffectation));
    GArray *charges = g_array_new(FALSE, FALSE, sizeof(ModelPlanCharge));
    for (guint i = 0; i < sessions->len; i++) {
        guint position;
        g_ptr_array_find(sorted, g_ptr_array_index(sessions, i), &position);
        ledger_account(model, g_ptr_array_index(sessions, i), (int32_t)position, disponible, affectations, charges);
    }
    g_array_sort(affectations, by_session);
    g_array_sort(charges, by_charge);
    plan->n_affectations = (int32_t)affectations->len;
    plan->affectations = model_plan_own(plan, g_array_free(affectations, FALSE));
    plan->n_charges = (int32_t)charges->len;
    plan->charges = model_plan_own(plan, g_array_free(charges, FALSE));

    fill_sessions(model, plan, sorted);
    fill_unmet(model, plan);
    ModelBilan *bilan = &plan->bilan;
    for (int32_t i = 0; i < plan->n_affectations; i++) {
        const ModelPlanAffectation *a = &plan->affectations[i];
        bilan->cout += a->cout_pedagogique + a->cout_annexe;
        bilan->reste_a_charge += a->reste_a_charge;
        bilan->remuneration += a->remuneration;
    }
    bilan->cout_pondere = bilan->cout + bilan->reste_a_charge;
    bilan->sessions = plan->n_sessions;
    plan->date_plan = date_plan;
    plan->arret = model_plan_text(plan, "effort");
    plan->preuve = model_plan_text(plan, "{\"format\":\"prisme-preuve 1\"}\n");
    return plan;
}
