/* Faults in days, amounts, charges and sums: see corruption_figures.h. */
#include "tests/lib/corruption_figures.h"

#include "config/calendar.h"
#include "tests/lib/ledger.h"

#include <string.h>

/* The next four: an array of the plan, copied and put in its place, to be written to. */
static ModelPlanSession *sessions(ModelPlan *plan)
{
    ModelPlanSession *rows = g_memdup2(plan->sessions, (gsize)plan->n_sessions * sizeof *rows);
    plan->sessions = model_plan_own(plan, rows);
    return rows;
}

static ModelPlanAffectation *affectations(ModelPlan *plan)
{
    ModelPlanAffectation *rows = g_memdup2(plan->affectations, (gsize)plan->n_affectations * sizeof *rows);
    plan->affectations = model_plan_own(plan, rows);
    return rows;
}

static ModelPlanCharge *charges(ModelPlan *plan)
{
    ModelPlanCharge *rows = g_memdup2(plan->charges, (gsize)plan->n_charges * sizeof *rows);
    plan->charges = model_plan_own(plan, rows);
    return rows;
}

/* Room for one more row. */
static ModelPlanNonCouvert *unmet(ModelPlan *plan)
{
    ModelPlanNonCouvert *rows = g_new0(ModelPlanNonCouvert, plan->n_non_couverts + 1);
    if (plan->n_non_couverts > 0)
        memcpy(rows, plan->non_couverts, (gsize)plan->n_non_couverts * sizeof *rows);
    plan->non_couverts = model_plan_own(plan, rows);
    return rows;
}

/* A session's days, to be written to, with room for one more. */
static int32_t *session_days(ModelPlan *plan, ModelPlanSession *session)
{
    int32_t *days = g_new0(int32_t, session->n_jours + 1);
    memcpy(days, session->jours, (gsize)session->n_jours * sizeof *days);
    session->jours = model_plan_own(plan, days);
    return days;
}

/* A session is said to run over these days. */
static void set_days(ModelPlanSession *session, int32_t n)
{
    session->n_jours = n;
    session->debut = session->jours[0];
    session->fin = session->jours[n - 1];
}

bool corruption_figures_day_moved(const Model *model, ModelPlan *plan)
{
    (void)model;
    if (plan->n_sessions == 0)
        return false;
    ModelPlanSession *s = sessions(plan);
    session_days(plan, s)[s->n_jours - 1]++;
    s->fin++;
    return true;
}

bool corruption_figures_day_missing(const Model *model, ModelPlan *plan)
{
    (void)model;
    ModelPlanSession *rows = sessions(plan);
    for (int32_t i = 0; i < plan->n_sessions; i++)
        if (rows[i].n_jours > 1) {
            set_days(&rows[i], rows[i].n_jours - 1);
            return true;
        }
    return false;
}

bool corruption_figures_day_added(const Model *model, ModelPlan *plan)
{
    if (plan->n_sessions == 0)
        return false;
    ModelPlanSession *s = sessions(plan);
    int32_t day = s->fin + 1;
    while (!ledger_working_day(model, s->offre, day))
        day++;
    session_days(plan, s)[s->n_jours] = day;
    set_days(s, s->n_jours + 1);
    return true;
}

bool corruption_figures_day_closed(const Model *model, ModelPlan *plan)
{
    ModelPlanSession *rows = sessions(plan);
    for (int32_t i = 0; i < plan->n_sessions; i++)
        for (int32_t k = 0; k + 1 < rows[i].n_jours; k++)
            for (int32_t day = rows[i].jours[k] + 1; day < rows[i].jours[k + 1]; day++)
                if (calendar_weekday(day) < 5 && !ledger_working_day(model, rows[i].offre, day)) {
                    session_days(plan, &rows[i])[k + 1] = day;
                    set_days(&rows[i], rows[i].n_jours);
                    return true;
                }
    return false;
}

bool corruption_figures_debut_early(const Model *model, ModelPlan *plan)
{
    (void)model;
    if (plan->n_sessions == 0)
        return false;
    sessions(plan)->debut--;
    return true;
}

bool corruption_figures_fin_late(const Model *model, ModelPlan *plan)
{
    (void)model;
    if (plan->n_sessions == 0)
        return false;
    sessions(plan)->fin++;
    return true;
}

bool corruption_figures_rhythm(const Model *model, ModelPlan *plan)
{
    ModelPlanSession *rows = sessions(plan);
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        int32_t *days = session_days(plan, &rows[i]), fin = rows[i].fin;
        for (int32_t n = 0, day = rows[i].debut; n < rows[i].n_jours; day++)
            if (ledger_working_day(model, rows[i].offre, day))
                days[n++] = day;
        set_days(&rows[i], rows[i].n_jours);
        if (rows[i].fin != fin)
            return true;
    }
    return false;
}

bool corruption_figures_date_plan(const Model *model, ModelPlan *plan)
{
    plan->date_plan--;
    return model->campagne.date_plan != MODEL_NONE;
}

bool corruption_figures_fixed_as_new(const Model *model, ModelPlan *plan)
{
    (void)model;
    ModelPlanSession *rows = sessions(plan);
    for (int32_t i = 0; i < plan->n_sessions; i++)
        if (rows[i].fixee != MODEL_NONE) {
            rows[i].fixee = MODEL_NONE;
            return true;
        }
    return false;
}

bool corruption_figures_km(const Model *model, ModelPlan *plan)
{
    (void)model;
    if (plan->n_affectations == 0)
        return false;
    affectations(plan)->km++;
    return true;
}

bool corruption_figures_odd_cent(const Model *model, ModelPlan *plan)
{
    (void)model;
    ModelPlanAffectation *rows = affectations(plan);
    for (int32_t i = 0; i + 1 < plan->n_affectations; i++) {
        if (rows[i].session != rows[i + 1].session || rows[i].reste_a_charge == 0)
            continue;
        rows[i].cout_pedagogique--;
        rows[i].reste_a_charge--;
        rows[i + 1].cout_pedagogique++;
        rows[i + 1].reste_a_charge++;
        return true;
    }
    return false;
}

bool corruption_figures_pedagogie(const Model *model, ModelPlan *plan)
{
    (void)model;
    if (plan->n_affectations == 0)
        return false;
    ModelPlanAffectation *row = affectations(plan);
    row->cout_pedagogique++;
    row->reste_a_charge++;
    sessions(plan)[row->session].cout_pedagogique++;
    plan->bilan.cout++;
    plan->bilan.reste_a_charge++;
    plan->bilan.cout_pondere += 2;
    return true;
}

bool corruption_figures_annexe(const Model *model, ModelPlan *plan)
{
    (void)model;
    if (plan->n_affectations == 0)
        return false;
    ModelPlanAffectation *row = affectations(plan);
    row->cout_annexe++;
    row->reste_a_charge++;
    sessions(plan)[row->session].cout_annexe++;
    plan->bilan.cout++;
    plan->bilan.reste_a_charge++;
    plan->bilan.cout_pondere += 2;
    return true;
}

bool corruption_figures_remuneration(const Model *model, ModelPlan *plan)
{
    (void)model;
    if (plan->n_affectations == 0)
        return false;
    ModelPlanAffectation *row = affectations(plan);
    row->remuneration++;
    row->finance++;
    sessions(plan)[row->session].remuneration++;
    plan->bilan.remuneration++;
    return true;
}

bool corruption_figures_finance(const Model *model, ModelPlan *plan)
{
    (void)model;
    ModelPlanAffectation *rows = affectations(plan);
    for (int32_t i = 0; i < plan->n_affectations; i++)
        if (rows[i].reste_a_charge > 0) {
            rows[i].finance++;
            rows[i].reste_a_charge--;
            plan->bilan.reste_a_charge--;
            plan->bilan.cout_pondere--;
            return true;
        }
    return false;
}

bool corruption_figures_reste(const Model *model, ModelPlan *plan)
{
    (void)model;
    ModelPlanAffectation *rows = affectations(plan);
    for (int32_t i = 0; i < plan->n_affectations; i++)
        if (rows[i].reste_a_charge > 0) {
            rows[i].reste_a_charge--;
            plan->bilan.reste_a_charge--;
            plan->bilan.cout_pondere--;
            return true;
        }
    return false;
}

bool corruption_figures_charge_short(const Model *model, ModelPlan *plan)
{
    (void)model;
    ModelPlanCharge *rows = charges(plan);
    for (int32_t i = 0; i < plan->n_charges; i++)
        if (rows[i].montant > 1) {
            rows[i].montant--;
            return true;
        }
    return false;
}

bool corruption_figures_charge_missing(const Model *model, ModelPlan *plan)
{
    (void)model;
    plan->n_charges--;
    return plan->n_charges >= 0;
}

/* What an envelope could do for a charge: one bit for each condition. */
enum { OPCO = 1, DISPOSITIF = 2, AXE = 4, DEBUT = 8, FIN = 16, MONEY = 32, FRESH = 64 };

static unsigned fits(const Model *model, const ModelPlan *plan, const ModelPlanCharge *charge, int32_t enveloppe)
{
    const ModelEnveloppe *now = &model->enveloppes[charge->enveloppe], *v = &model->enveloppes[enveloppe];
    const ModelBesoin *b = &model->besoins[charge->besoin];
    const ModelPlanSession *s = &plan->sessions[charge->session];
    int64_t left = v->montant;
    bool fresh = true;
    for (int32_t i = 0; i < plan->n_charges; i++) {
        const ModelPlanCharge *other = &plan->charges[i];
        if (other->enveloppe == enveloppe)
            left -= other->montant;
        fresh = fresh && !(other->session == charge->session && other->besoin == charge->besoin &&
                           other->enveloppe == enveloppe);
    }
    return (strcmp(v->opco, model->siae[b->siae].opco) == 0 ? OPCO : 0u) |
           (strcmp(v->dispositif, now->dispositif) == 0 ? DISPOSITIF : 0u) |
           (v->axe == MODEL_NONE || v->axe == b->axe ? AXE : 0u) |
           (v->debut_min <= s->debut && s->debut <= v->debut_max ? DEBUT : 0u) |
           (v->fin_max == MODEL_NONE || s->fin <= v->fin_max ? FIN : 0u) | (left >= charge->montant ? MONEY : 0u) |
           (fresh ? FRESH : 0u);
}

/* Moves a charge to an envelope that fails `wrong`; if there is such a one, nothing else. */
static bool move_charge(const Model *model, ModelPlan *plan, unsigned wrong)
{
    const unsigned all = OPCO | DISPOSITIF | AXE | DEBUT | FIN | MONEY | FRESH;
    ModelPlanCharge *rows = charges(plan);
    for (int pass = 0; pass < 2; pass++)
        for (int32_t i = 0; i < plan->n_charges; i++)
            for (int32_t e = 0; e < model->n_enveloppes; e++) {
                unsigned held = fits(model, plan, &rows[i], e);
                if (pass == 0 ? held == (all & ~wrong) : (held & (wrong | FRESH)) == FRESH) {
                    rows[i].enveloppe = e;
                    return true;
                }
            }
    return false;
}

bool corruption_figures_charge_dispositif(const Model *model, ModelPlan *plan)
{
    return move_charge(model, plan, DISPOSITIF);
}

bool corruption_figures_charge_opco(const Model *model, ModelPlan *plan)
{
    return move_charge(model, plan, OPCO);
}

bool corruption_figures_charge_axe(const Model *model, ModelPlan *plan)
{
    return move_charge(model, plan, AXE);
}

bool corruption_figures_charge_debut(const Model *model, ModelPlan *plan)
{
    return move_charge(model, plan, DEBUT);
}

bool corruption_figures_charge_fin(const Model *model, ModelPlan *plan)
{
    return move_charge(model, plan, FIN);
}

bool corruption_figures_overdrawn(const Model *model, ModelPlan *plan)
{
    return move_charge(model, plan, MONEY);
}

#define SESSION_SUM(name, field)                                                                                       \
    bool corruption_figures_session_##name(const Model *model, ModelPlan *plan)                                        \
    {                                                                                                                  \
        (void)model;                                                                                                   \
        if (plan->n_sessions == 0)                                                                                     \
            return false;                                                                                              \
        sessions(plan)->field++;                                                                                       \
        return true;                                                                                                   \
    }

SESSION_SUM(effectif, effectif)
SESSION_SUM(nb_siae, nb_siae)
SESSION_SUM(pedagogie, cout_pedagogique)
SESSION_SUM(annexe, cout_annexe)
SESSION_SUM(remuneration, remuneration)

bool corruption_figures_unmet_more(const Model *model, ModelPlan *plan)
{
    (void)model;
    unmet(plan)->effectif++;
    return plan->n_non_couverts > 0;
}

bool corruption_figures_unmet_missing(const Model *model, ModelPlan *plan)
{
    (void)model;
    plan->n_non_couverts--;
    return plan->n_non_couverts >= 0;
}

bool corruption_figures_unmet_served(const Model *model, ModelPlan *plan)
{
    g_autofree bool *listed = g_new0(bool, model->n_besoins + 1);
    for (int32_t i = 0; i < plan->n_non_couverts; i++)
        listed[plan->non_couverts[i].besoin] = true;
    for (int32_t b = 0; b < model->n_besoins; b++) {
        if (listed[b])
            continue;
        ModelPlanNonCouvert *rows = unmet(plan);
        int32_t at = 0;
        while (at < plan->n_non_couverts && rows[at].besoin < b)
            at++;
        memmove(rows + at + 1, rows + at, (gsize)(plan->n_non_couverts - at) * sizeof *rows);
        rows[at] = (ModelPlanNonCouvert){b, 1, MOTIF_NON_TRANCHE, model_plan_text(plan, "Oublié.")};
        plan->n_non_couverts++;
        return true;
    }
    return false;
}

#define BILAN(name, field, by)                                                                                         \
    bool corruption_figures_bilan_##name(const Model *model, ModelPlan *plan)                                          \
    {                                                                                                                  \
        (void)model;                                                                                                   \
        plan->bilan.field += (by);                                                                                     \
        return plan->bilan.field >= 0;                                                                                 \
    }

BILAN(cout, cout, -1)
BILAN(reste, reste_a_charge, -1)
BILAN(pondere, cout_pondere, 1)
BILAN(remuneration, remuneration, 1)
BILAN(demande, effectif_demande, 1)
BILAN(servi, effectif_servi, 1)
BILAN(sessions, sessions, 1)

bool corruption_figures_bilan_points(const Model *model, ModelPlan *plan)
{
    (void)model;
    plan->bilan.points++;
    plan->bilan.points_borne++; /* the certificate still holds */
    return true;
}

bool corruption_figures_borne_points(const Model *model, ModelPlan *plan)
{
    (void)model;
    plan->bilan.points_borne = plan->bilan.points - 1;
    return plan->bilan.points > 0;
}

bool corruption_figures_borne_cout(const Model *model, ModelPlan *plan)
{
    (void)model;
    plan->bilan.cout_pondere_borne = plan->bilan.cout_pondere + 1;
    return true;
}
