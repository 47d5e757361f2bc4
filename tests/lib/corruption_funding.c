/* Faults in how learners are funded: see corruption_funding.h. */
#include "tests/lib/corruption_funding.h"

#include "tests/lib/corruption_edit.h"

#include <string.h>

/* Which condition of a montage fails for a need and an offer: exactly one of these, or 0. */
enum {
    M_OPCO = 1,
    M_TYPE = 2,
    M_NATURE = 4,
    M_STATUT = 8,
    M_AXE = 16,
    M_EFFECTIF = 32,
    M_ATTESTATION = 64,
    M_QUALIOPI = 128
};

static unsigned montage_faults(const Model *model, int32_t besoin, int32_t montage, int32_t offre)
{
    const ModelBesoin *b = &model->besoins[besoin];
    const ModelSiae *e = &model->siae[b->siae];
    const ModelMontage *m = &model->montages[montage];
    VocabularyNature nature = model->formations[b->formation].nature;
    bool paid = false, axe = m->n_axes == 0;
    for (int32_t i = 0; i < model->n_financements; i++)
        paid = paid || model->financements[i].montage == montage;
    for (int32_t i = 0; i < m->n_axes; i++)
        axe = axe || m->axes[i] == b->axe;
    bool too_small = m->effectif_min != MODEL_NONE && e->effectif < m->effectif_min; /* MODEL_NONE is under all */
    bool too_large = m->effectif_max != MODEL_NONE && (e->effectif == MODEL_NONE || e->effectif > m->effectif_max);
    return (m->opco[0] != '\0' && strcmp(m->opco, e->opco) != 0 ? M_OPCO : 0u) |
           (m->types != 0 && (m->types >> e->type & 1) == 0 ? M_TYPE : 0u) |
           (m->natures != 0 && (m->natures >> nature & 1) == 0 ? M_NATURE : 0u) |
           (m->statuts != 0 && (m->statuts >> b->statut & 1) == 0 ? M_STATUT : 0u) | (axe ? 0u : M_AXE) |
           (too_small || too_large ? M_EFFECTIF : 0u) |
           (paid && nature == NATURE_OBLIGATION && !b->attestation ? M_ATTESTATION : 0u) |
           (paid && !model->organismes[model->offres[offre].organisme].qualiopi ? M_QUALIOPI : 0u);
}

/* The sessions of the plan, the learners of affectation a under another montage. */
static GPtrArray *refund(const Model *model, const ModelPlan *plan, int32_t a, int32_t montage)
{
    const ModelPlanAffectation *row = &plan->affectations[a];
    GPtrArray *sessions = ledger_sessions(model, plan);
    LedgerSession *session = corruption_edit_session(sessions, (guint)row->session);
    for (guint c = 0; c < session->choices->len; c++) {
        LedgerChoice *choice = corruption_edit_choice(session, c);
        if (choice->besoin == row->besoin && choice->montage == row->montage) {
            choice->montage = montage;
            break;
        }
    }
    return sessions;
}

/* Funds learners by a montage that fails this condition: this alone, if there is such a one. */
static bool fund_wrongly(const Model *model, ModelPlan *plan, unsigned wrong)
{
    for (int pass = 0; pass < 2; pass++)
        for (int32_t a = 0; a < plan->n_affectations; a++)
            for (int32_t m = 0; m < model->n_montages; m++) {
                const ModelPlanAffectation *row = &plan->affectations[a];
                unsigned faults = montage_faults(model, row->besoin, m, plan->sessions[row->session].offre);
                if (pass == 0 ? faults != wrong : (faults & wrong) == 0)
                    continue;
                g_autoptr(GPtrArray) sessions = refund(model, plan, a, m);
                return corruption_edit_settle(model, plan, sessions);
            }
    return false;
}

#define FUND(name, wrong)                                                                                              \
    bool corruption_funding_montage_##name(const Model *model, ModelPlan *plan)                                        \
    {                                                                                                                  \
        return fund_wrongly(model, plan, (wrong));                                                                     \
    }

FUND(opco, M_OPCO)
FUND(type, M_TYPE)
FUND(nature, M_NATURE)
FUND(statut, M_STATUT)
FUND(axe, M_AXE)
FUND(effectif, M_EFFECTIF)
FUND(attestation, M_ATTESTATION)
FUND(qualiopi, M_QUALIOPI)

bool corruption_funding_fixed_montage(const Model *model, ModelPlan *plan)
{
    for (int32_t a = 0; a < plan->n_affectations; a++) {
        const ModelPlanAffectation *row = &plan->affectations[a];
        const ModelPlanSession *session = &plan->sessions[row->session];
        bool given = false;
        for (int32_t i = 0; i < model->n_affectations_fixees; i++) {
            const ModelAffectationFixee *fixed = &model->affectations_fixees[i];
            given = given || (fixed->session == session->fixee && fixed->besoin == row->besoin &&
                              fixed->montage == row->montage);
        }
        for (int32_t m = 0; given && m < model->n_montages; m++)
            if (m != row->montage && ledger_montage_holds(model, row->besoin, m, session->offre)) {
                g_autoptr(GPtrArray) sessions = refund(model, plan, a, m);
                return corruption_edit_settle(model, plan, sessions);
            }
    }
    return false;
}

bool corruption_funding_reste_max(const Model *model, ModelPlan *plan)
{
    for (int32_t a = 0; a < plan->n_affectations; a++) {
        const ModelPlanAffectation *row = &plan->affectations[a];
        int32_t siae = model->besoins[row->besoin].siae, offre = plan->sessions[row->session].offre;
        int64_t max = model->siae[siae].reste_a_charge_max;
        for (int32_t m = 0; max != MODEL_NONE && m < model->n_montages; m++) {
            if (!ledger_montage_holds(model, row->besoin, m, offre))
                continue;
            g_autoptr(GPtrArray) sessions = refund(model, plan, a, m);
            g_autoptr(ModelPlan) dearer = ledger_plan(model, sessions, plan->date_plan);
            int64_t reste = 0;
            for (int32_t k = 0; k < dearer->n_affectations; k++)
                if (model->besoins[dearer->affectations[k].besoin].siae == siae)
                    reste += dearer->affectations[k].reste_a_charge;
            if (reste > max)
                return corruption_edit_settle(model, plan, sessions);
        }
    }
    return false;
}
