/* From a draft to a plan: see result.h. */
#include "plan/result.h"

#include "config/calendar.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const DraftSession *session;
    const ProblemSlot *slot;
    char *code; /* owned by the plan */
} Row;

/* Order that depends on what the sessions are, not on how the draft came by them. */
static int compare_content(const void *a, const void *b)
{
    const Row *x = a, *y = b;
    if (x->slot->fixee != y->slot->fixee)
        return x->slot->fixee < y->slot->fixee ? 1 : -1; /* fixed sessions take their codes first */
    if (x->slot->offre != y->slot->offre)
        return x->slot->offre < y->slot->offre ? -1 : 1;
    return draft_compare(x->session, y->session);
}

static int compare_codes(const void *a, const void *b)
{
    return strcmp(((const Row *)a)->code, ((const Row *)b)->code);
}

static void name_sessions(const Model *m, ModelPlan *plan, Row *rows, int32_t n)
{
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    for (int32_t i = 0; i < m->n_sessions_fixees; i++)
        g_hash_table_add(taken, (gpointer)(uintptr_t)m->sessions_fixees[i].session);
    for (int32_t i = 0; i < n; i++) {
        if (rows[i].slot->fixee != MODEL_NONE) {
            rows[i].code = (char *)(uintptr_t)model_plan_text(plan, m->sessions_fixees[rows[i].slot->fixee].session);
            continue;
        }
        int year, month, date;
        calendar_split(rows[i].slot->starts[rows[i].session->start].debut, &year, &month, &date);
        GString *code = g_string_new(NULL);
        for (int32_t k = 1; k == 1 || g_hash_table_contains(taken, code->str); k++) {
            g_string_printf(code, "%s-%04d%02d%02d", m->offres[rows[i].slot->offre].code, year, month, date);
            if (k > 1)
                g_string_append_printf(code, "-%d", k);
        }
        rows[i].code = (char *)(uintptr_t)model_plan_text(plan, code->str);
        g_hash_table_add(taken, rows[i].code);
        g_string_free(code, TRUE);
    }
}

/* One charge before it is split: what financements of one class pay for a besoin in a session. */
typedef struct {
    int32_t session, besoin, class;
    int64_t cents;
} Owed;

typedef struct {
    GArray *sessions, *affectations, *owed, *charges;
    ModelBilan bilan;
} Accounts;

static void add_seat(const Problem *p, const Row *row, int32_t session, int32_t i, ModelPlanSession *total,
                     Accounts *accounts)
{
    const ProblemSeat *seat = &row->session->seats[i];
    const ProblemLink *link = &row->slot->links[seat->link];
    const ModelBesoin *b = &p->model->besoins[link->besoin];
    ProblemSlice f = p->financements[seat->montage];
    int64_t paid[PROBLEM_MAX_FINANCEMENTS];
    SessionSeat account = session_seat(p, row->slot, row->session->seats, row->session->n_seats, i, paid);
    ModelPlanAffectation a = {session,         link->besoin,          seat->montage,  seat->effectif,
                              link->km,        account.pedagogique,   account.annexe, account.remuneration,
                              account.finance, account.reste_a_charge};
    g_array_append_val(accounts->affectations, a);
    total->effectif += seat->effectif;
    total->cout_pedagogique += account.pedagogique;
    total->cout_annexe += account.annexe;
    total->remuneration += account.remuneration;
    accounts->bilan.points += p->points[link->besoin] * seat->effectif;
    accounts->bilan.reste_a_charge += account.reste_a_charge;
    int32_t season = row->slot->starts[row->session->start].season;
    for (int32_t k = 0; k < f.n; k++) {
        if (paid[k] == 0)
            continue;
        Owed owed = {session, link->besoin, problem_class(p, season, problem_fund(p, b->siae, f.first + k), b->axe),
                     paid[k]};
        g_array_append_val(accounts->owed, owed);
    }
}

static void add_session(const Problem *p, ModelPlan *plan, const Row *row, Accounts *accounts)
{
    const ProblemStart *start = &row->slot->starts[row->session->start];
    ModelPlanSession session = {.code = row->code, .offre = row->slot->offre, .fixee = row->slot->fixee};
    session.debut = start->debut;
    session.fin = start->fin;
    session.n_jours = row->slot->n_jours;
    session.jours = model_plan_own(plan, g_memdup2(start->jours, sizeof *start->jours * (gsize)row->slot->n_jours));
    g_autoptr(GHashTable) siae = g_hash_table_new(NULL, NULL);
    for (int32_t i = 0; i < row->session->n_seats; i++) {
        add_seat(p, row, (int32_t)accounts->sessions->len, i, &session, accounts);
        int32_t besoin = row->slot->links[row->session->seats[i].link].besoin;
        g_hash_table_add(siae, GINT_TO_POINTER(p->model->besoins[besoin].siae + 1));
    }
    session.nb_siae = (int32_t)g_hash_table_size(siae);
    accounts->bilan.cout += session.cout_pedagogique + session.cout_annexe;
    accounts->bilan.remuneration += session.remuneration;
    accounts->bilan.effectif_servi += session.effectif;
    g_array_append_val(accounts->sessions, session);
}

static int compare_charges(const void *a, const void *b)
{
    const ModelPlanCharge *x = a, *y = b;
    if (x->session != y->session)
        return x->session < y->session ? -1 : 1;
    if (x->besoin != y->besoin)
        return x->besoin < y->besoin ? -1 : 1;
    return (x->enveloppe > y->enveloppe) - (x->enveloppe < y->enveloppe);
}

/* Splits what is owed over enveloppes: first how much of each class each enveloppe takes, then row by row. */
static void split_charges(const Problem *p, Accounts *accounts)
{
    Purse *purse = purse_new(p);
    g_autofree int64_t *totals = g_new0(int64_t, p->n_classes + 1);
    for (guint i = 0; i < accounts->owed->len; i++)
        totals[g_array_index(accounts->owed, Owed, i).class] += g_array_index(accounts->owed, Owed, i).cents;
    for (int32_t c = 0; c < p->n_classes; c++) {
        bool paid = purse_add(purse, c, totals[c]);
        g_assert(paid);
    }
    for (guint i = 0; i < accounts->owed->len; i++) {
        const Owed *owed = &g_array_index(accounts->owed, Owed, i);
        const ProblemFund *fund = &p->funds[p->classes[owed->class].fund];
        int64_t rest = owed->cents;
        for (int32_t e = 0; e < fund->n && rest > 0; e++) {
            int64_t *flow = &purse->flow[purse->first_flow[owed->class] + e];
            int64_t part = MIN(rest, *flow);
            if (part == 0)
                continue;
            *flow -= part;
            rest -= part;
            ModelPlanCharge charge = {owed->session, owed->besoin, fund->enveloppes[e], part};
            g_array_append_val(accounts->charges, charge);
        }
        g_assert(rest == 0);
    }
    purse_free(purse);
    g_array_sort(accounts->charges, compare_charges);
    guint kept = 0;
    for (guint i = 0; i < accounts->charges->len; i++) {
        ModelPlanCharge *rows = (ModelPlanCharge *)(void *)accounts->charges->data;
        if (kept > 0 && compare_charges(&rows[kept - 1], &rows[i]) == 0)
            rows[kept - 1].montant += rows[i].montant;
        else
            rows[kept++] = rows[i];
    }
    g_array_set_size(accounts->charges, kept);
}

static const void *give(ModelPlan *plan, GArray *array, int32_t *n)
{
    *n = (int32_t)array->len;
    return model_plan_own(plan, g_array_free(array, FALSE));
}

ModelPlan *result_plan(const Draft *draft, const ResultProof *proof)
{
    const Problem *p = draft->problem;
    const Model *m = p->model;
    ModelPlan *plan = model_plan_new();
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(Row));
    for (int32_t i = 0; i < (int32_t)draft->sessions->len; i++) {
        const DraftSession *session = draft_session(draft, i);
        Row row = {session, NULL, NULL};
        if (session->slot == MODEL_NONE)
            continue;
        row.slot = &p->slots[session->slot];
        g_array_append_val(rows, row);
    }
    g_array_sort(rows, compare_content);
    name_sessions(m, plan, (Row *)(void *)rows->data, (int32_t)rows->len);
    g_array_sort(rows, compare_codes);
    Accounts accounts = {g_array_new(FALSE, TRUE, sizeof(ModelPlanSession)),
                         g_array_new(FALSE, TRUE, sizeof(ModelPlanAffectation)),
                         g_array_new(FALSE, TRUE, sizeof(Owed)),
                         g_array_new(FALSE, TRUE, sizeof(ModelPlanCharge)),
                         {0}};
    for (guint i = 0; i < rows->len; i++)
        add_session(p, plan, &g_array_index(rows, Row, i), &accounts);
    split_charges(p, &accounts);
    plan->date_plan = p->date_plan;
    plan->arret = model_plan_text(plan, proof->arret);
    plan->preuve = model_plan_own(plan, g_strdup(proof->preuve));
    plan->bilan = accounts.bilan;
    plan->bilan.points_borne = proof->points_borne;
    plan->bilan.cout_pondere = plan->bilan.cout + plan->bilan.reste_a_charge;
    plan->bilan.cout_pondere_borne = proof->cout_pondere_borne;
    plan->bilan.sessions = (int64_t)rows->len;
    for (int32_t b = 0; b < m->n_besoins; b++)
        plan->bilan.effectif_demande += m->besoins[b].effectif;
    plan->sessions = give(plan, accounts.sessions, &plan->n_sessions);
    plan->affectations = give(plan, accounts.affectations, &plan->n_affectations);
    plan->charges = give(plan, accounts.charges, &plan->n_charges);
    g_array_free(accounts.owed, TRUE);
    g_array_free(rows, TRUE);
    return plan;
}
