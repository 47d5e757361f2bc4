/* The checker, part 1: the plan's tables can be read at all — references, order, keys — and the fixed sessions are
 * there as given (rule 7). Rows that are not sound are told and left out of every later part. */
#include "plan/check_state.h"

#include <stdlib.h>
#include <string.h>

static bool within(int32_t position, int32_t n)
{
    return position >= 0 && position < n;
}

/* Tells the first row of a table that does not come after the one before it. */
static void read_order(CheckState *state, const char *table, int32_t n,
                       int (*compare)(const ModelPlan *plan, int32_t a, int32_t b))
{
    for (int32_t i = 1; i < n; i++) {
        int order = compare(state->plan, i - 1, i);
        if (order < 0)
            continue;
        check_state_fault(state, CHECK_FORM, MODEL_NONE, MODEL_NONE, "table %s : la ligne %d %s la ligne %d", table,
                          i + 1, order == 0 ? "a la même clé que" : "devrait précéder", i);
        return;
    }
}

static int by_code(const ModelPlan *plan, int32_t a, int32_t b)
{
    return g_strcmp0(plan->sessions[a].code, plan->sessions[b].code);
}

static int by_three(const int32_t a[3], const int32_t b[3])
{
    for (int i = 0; i < 3; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

static int by_affectation(const ModelPlan *plan, int32_t a, int32_t b)
{
    const ModelPlanAffectation *x = &plan->affectations[a], *y = &plan->affectations[b];
    return by_three((int32_t[]){x->session, x->besoin, x->montage}, (int32_t[]){y->session, y->besoin, y->montage});
}

static int by_charge(const ModelPlan *plan, int32_t a, int32_t b)
{
    const ModelPlanCharge *x = &plan->charges[a], *y = &plan->charges[b];
    return by_three((int32_t[]){x->session, x->besoin, x->enveloppe}, (int32_t[]){y->session, y->besoin, y->enveloppe});
}

static int by_non_couvert(const ModelPlan *plan, int32_t a, int32_t b)
{
    const ModelPlanNonCouvert *x = &plan->non_couverts[a], *y = &plan->non_couverts[b];
    return by_three((int32_t[]){x->besoin, (int32_t)x->motif, 0}, (int32_t[]){y->besoin, (int32_t)y->motif, 0});
}

static void read_sessions(CheckState *state)
{
    const Model *model = state->model;
    const ModelPlan *plan = state->plan;
    g_autoptr(GHashTable) codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    state->sessions = g_new0(CheckSession, (gsize)plan->n_sessions + 1);
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        const ModelPlanSession *session = &plan->sessions[i];
        if (session->code == NULL || session->code[0] == '\0')
            check_state_fault(state, CHECK_FORM, i, MODEL_NONE, "session sans code");
        else if (!g_hash_table_add(codes, g_strdup(session->code)))
            check_state_fault(state, CHECK_FORM, i, MODEL_NONE, "code de session en double");
        if (!within(session->offre, model->n_offres)) {
            check_state_fault(state, CHECK_FORM, i, MODEL_NONE, "offre inconnue (position %d)", session->offre);
            continue;
        }
        state->sessions[i].offre = &model->offres[session->offre];
        state->sessions[i].formation = &model->formations[state->sessions[i].offre->formation];
    }
    read_order(state, "sessions", plan->n_sessions, by_code);
}

static int compare_rows(const void *a, const void *b)
{
    const CheckRow *x = a, *y = b;
    int order =
        by_three((int32_t[]){x->session, x->besoin, x->montage}, (int32_t[]){y->session, y->besoin, y->montage});
    if (order != 0)
        return order;
    return x->position < y->position ? -1 : x->position > y->position;
}

static void read_affectations(CheckState *state)
{
    const Model *model = state->model;
    const ModelPlan *plan = state->plan;
    state->rows = g_new0(CheckRow, (gsize)plan->n_affectations + 1);
    state->priced = true;
    for (int32_t i = 0; i < plan->n_affectations; i++) {
        const ModelPlanAffectation *row = &plan->affectations[i];
        const char *fault = NULL;
        int32_t value = 0;
        if (!within(row->session, plan->n_sessions) || state->sessions[row->session].offre == NULL)
            fault = "session inconnue", value = row->session;
        else if (!within(row->besoin, model->n_besoins))
            fault = "besoin inconnu", value = row->besoin;
        else if (!within(row->montage, model->n_montages))
            fault = "montage inconnu", value = row->montage;
        else if (row->effectif < 1)
            fault = "effectif inférieur à 1", value = row->effectif;
        if (fault != NULL) {
            check_state_fault(state, CHECK_FORM, row->session, row->besoin, "affectation, ligne %d : %s (%d)", i + 1,
                              fault, value);
            state->priced = false;
            continue;
        }
        state->rows[state->n_rows++] = (CheckRow){.position = i,
                                                  .session = row->session,
                                                  .besoin = row->besoin,
                                                  .montage = row->montage,
                                                  .effectif = row->effectif,
                                                  .km = MODEL_NONE};
        state->served[row->besoin] += row->effectif;
    }
    read_order(state, "affectations", plan->n_affectations, by_affectation);
    qsort(state->rows, (size_t)state->n_rows, sizeof(CheckRow), compare_rows);
    for (int32_t i = 0; i < state->n_rows; i++) {
        const CheckRow *row = &state->rows[i];
        CheckSession *session = &state->sessions[row->session];
        if (session->n_rows++ == 0)
            session->first_row = i;
        else if (row[-1].besoin == row->besoin && row[-1].montage == row->montage)
            check_state_fault(state, CHECK_FORM, row->session, row->besoin, "affectation en double sous le montage %s",
                              model->montages[row->montage].code);
        session->effectif += row->effectif;
    }
}

/* Charges that name nothing are told here and skipped by the part on charges. */
static void read_charges(CheckState *state)
{
    const ModelPlan *plan = state->plan;
    for (int32_t i = 0; i < plan->n_charges; i++) {
        const ModelPlanCharge *charge = &plan->charges[i];
        const char *fault = NULL;
        if (!within(charge->session, plan->n_sessions))
            fault = "session inconnue";
        else if (!within(charge->besoin, state->model->n_besoins))
            fault = "besoin inconnu";
        else if (!within(charge->enveloppe, state->model->n_enveloppes))
            fault = "enveloppe inconnue";
        if (fault != NULL)
            check_state_fault(state, CHECK_FORM, charge->session, charge->besoin, "charge, ligne %d : %s", i + 1,
                              fault);
    }
    read_order(state, "charges", plan->n_charges, by_charge);
}

static void read_non_couverts(CheckState *state)
{
    const ModelPlan *plan = state->plan;
    for (int32_t i = 0; i < plan->n_non_couverts; i++) {
        const ModelPlanNonCouvert *row = &plan->non_couverts[i];
        const char *fault = NULL;
        if (!within(row->besoin, state->model->n_besoins))
            fault = "besoin inconnu";
        else if (row->effectif < 1)
            fault = "effectif inférieur à 1";
        else if (!within((int32_t)row->motif, MOTIF_N))
            fault = "motif inconnu";
        else if (row->detail == NULL)
            fault = "détail absent";
        if (fault != NULL)
            check_state_fault(state, CHECK_UNMET, MODEL_NONE, row->besoin, "non_couverts, ligne %d : %s", i + 1, fault);
    }
    read_order(state, "non_couverts", plan->n_non_couverts, by_non_couvert);
}

/* Learners of a need under a montage in a session of the plan. */
static int64_t seated(const CheckState *state, int32_t session, int32_t besoin, int32_t montage)
{
    const CheckSession *in = &state->sessions[session];
    int64_t n = 0;
    for (int32_t i = in->first_row; i < in->first_row + in->n_rows; i++)
        if (state->rows[i].besoin == besoin && state->rows[i].montage == montage)
            n += state->rows[i].effectif;
    return n;
}

static void read_fixed(CheckState *state)
{
    const Model *model = state->model;
    const ModelPlan *plan = state->plan;
    char given[CHECK_DAY_MAX], found[CHECK_DAY_MAX];
    g_autofree int32_t *where = g_new(int32_t, (gsize)model->n_sessions_fixees + 1);
    for (int32_t i = 0; i < model->n_sessions_fixees; i++)
        where[i] = MODEL_NONE;
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        const ModelPlanSession *session = &plan->sessions[i];
        if (session->fixee == MODEL_NONE) {
            if (session->code != NULL && model_find_session_fixee(model, session->code) != MODEL_NONE)
                check_state_fault(state, CHECK_FIXED, i, MODEL_NONE,
                                  "nouvelle session qui porte le code d'une session fixée");
            continue;
        }
        if (!within(session->fixee, model->n_sessions_fixees)) {
            check_state_fault(state, CHECK_FIXED, i, MODEL_NONE, "session fixée inconnue (position %d)",
                              session->fixee);
            continue;
        }
        const ModelSessionFixee *fixee = &model->sessions_fixees[session->fixee];
        if (where[session->fixee] != MODEL_NONE)
            check_state_fault(state, CHECK_FIXED, i, MODEL_NONE, "la session fixée %s y est deux fois", fixee->session);
        else
            where[session->fixee] = i;
        if (g_strcmp0(session->code, fixee->session) != 0)
            check_state_fault(state, CHECK_FIXED, i, MODEL_NONE, "code de session %s attendu", fixee->session);
        if (session->offre != fixee->offre)
            check_state_fault(state, CHECK_FIXED, i, MODEL_NONE, "offre %s attendue, %s trouvée",
                              model->offres[fixee->offre].code,
                              state->sessions[i].offre != NULL ? state->sessions[i].offre->code : "inconnue");
        if (session->debut != fixee->date_debut)
            check_state_fault(state, CHECK_FIXED, i, MODEL_NONE, "début fixé au %s, trouvé le %s",
                              check_state_day(fixee->date_debut, given), check_state_day(session->debut, found));
    }
    for (int32_t i = 0; i < model->n_sessions_fixees; i++)
        if (where[i] == MODEL_NONE)
            check_state_fault(state, CHECK_FIXED, MODEL_NONE, MODEL_NONE, "la session fixée %s est absente du plan",
                              model->sessions_fixees[i].session);
    for (int32_t i = 0; i < model->n_affectations_fixees; i++) {
        const ModelAffectationFixee *fixee = &model->affectations_fixees[i];
        if (where[fixee->session] == MODEL_NONE)
            continue;
        int64_t n = seated(state, where[fixee->session], fixee->besoin, fixee->montage);
        if (n < fixee->effectif)
            check_state_fault(state, CHECK_FIXED, where[fixee->session], fixee->besoin,
                              "au moins %d stagiaires fixés sous le montage %s, %" G_GINT64_FORMAT " trouvés",
                              fixee->effectif, model->montages[fixee->montage].code, n);
    }
}

void check_form_read(CheckState *state)
{
    read_sessions(state);
    read_affectations(state);
    read_charges(state);
    read_non_couverts(state);
    read_fixed(state);
}
