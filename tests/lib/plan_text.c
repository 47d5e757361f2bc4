/* A plan as text: see plan_text.h. */
#include "tests/lib/plan_text.h"

#include <inttypes.h>

static void add_sessions(GString *text, const Model *model, const ModelPlan *plan)
{
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        const ModelPlanSession *s = &plan->sessions[i];
        g_string_append_printf(text, "session %s %s fixee %s %d..%d: ", s->code, model->offres[s->offre].code,
                               s->fixee != MODEL_NONE ? model->sessions_fixees[s->fixee].session : "-", s->debut,
                               s->fin);
        for (int32_t d = 0; d < s->n_jours; d++)
            g_string_append_printf(text, "%d ", s->jours[d]);
        g_string_append_printf(text, "effectif %d nb_siae %d %" PRId64 " %" PRId64 " %" PRId64 "\n", s->effectif,
                               s->nb_siae, s->cout_pedagogique, s->cout_annexe, s->remuneration);
    }
}

static void add_bilan(GString *text, const ModelBilan *b)
{
    g_string_append_printf(text,
                           "bilan %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
                           " %" PRId64 " %" PRId64 " %" PRId64 "\n",
                           b->points, b->points_borne, b->cout, b->reste_a_charge, b->cout_pondere,
                           b->cout_pondere_borne, b->remuneration, b->effectif_demande, b->effectif_servi, b->sessions);
}

char *plan_text(const Model *model, const ModelPlan *plan)
{
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "plan of day %d, %s\n", plan->date_plan, plan->arret);
    add_sessions(text, model, plan);
    for (int32_t i = 0; i < plan->n_affectations; i++) {
        const ModelPlanAffectation *a = &plan->affectations[i];
        g_string_append_printf(
            text, "affectation %s %s %s %d km %d %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n",
            plan->sessions[a->session].code, model->besoins[a->besoin].reference, model->montages[a->montage].code,
            a->effectif, a->km, a->cout_pedagogique, a->cout_annexe, a->remuneration, a->finance, a->reste_a_charge);
    }
    for (int32_t i = 0; i < plan->n_charges; i++) {
        const ModelPlanCharge *c = &plan->charges[i];
        g_string_append_printf(text, "charge %s %s %s %" PRId64 "\n", plan->sessions[c->session].code,
                               model->besoins[c->besoin].reference, model->enveloppes[c->enveloppe].code, c->montant);
    }
    for (int32_t i = 0; i < plan->n_non_couverts; i++) {
        const ModelPlanNonCouvert *n = &plan->non_couverts[i];
        g_string_append_printf(text, "non couvert %s %d %s %s\n", model->besoins[n->besoin].reference, n->effectif,
                               vocabulary_word(&vocabulary_motif, (int)n->motif), n->detail);
    }
    add_bilan(text, &plan->bilan);
    g_string_append(text, plan->preuve != NULL ? plan->preuve : "no proof\n");
    return g_string_free(text, FALSE);
}
