/* What shared sessions spare: see mutualisation.h. */
#include "export/mutualisation.h"

#include "export/french.h"

#include <stdlib.h>

/* Learners of one SIAE, one session and one need in the plan. */
typedef struct {
    int32_t siae, offre, affectation;
} Seat;

static int by_siae_offre(const void *a, const void *b)
{
    const Seat *x = a, *y = b;
    if (x->siae != y->siae)
        return x->siae < y->siae ? -1 : 1;
    if (x->offre != y->offre)
        return x->offre < y->offre ? -1 : 1;
    return (x->affectation > y->affectation) - (x->affectation < y->affectation);
}

int64_t mutualisation_fit(int64_t n, int64_t least, int64_t most, int64_t *groups)
{
    int64_t fewest = (n + most - 1) / most;
    if (fewest * least <= n) {
        *groups = fewest;
        return n;
    }
    /* one group less leaves learners over, but every group is full */
    *groups = n / least;
    return MIN(n, *groups * most);
}

/* What the first n of an affectation's learners cost in the plan, who sit there from place `first` of the session on:
 * the first P mod Q learners of a session pay one cent more (contract, Money). */
static int64_t cost_of(const ModelPlanSession *session, const ModelPlanAffectation *row, int64_t first, int64_t n)
{
    int64_t share = session->cout_pedagogique / session->effectif, odd = session->cout_pedagogique % session->effectif;
    return n * share + CLAMP(odd - first, 0, n) + n * (row->cout_annexe / row->effectif);
}

/* The seats of one SIAE and one offre. */
static void count(const Figures *figures, const int32_t *places, const Seat *seats, int32_t n, Mutualisation *gain)
{
    const ModelPlan *plan = figures->plan;
    const ModelOffre *offre = &figures->model->offres[seats[0].offre];
    int64_t able = 0, groups, annexes = 0;
    for (int32_t i = 0; i < n; i++) {
        const ModelPlanAffectation *row = &plan->affectations[seats[i].affectation];
        if (figures->model->axes[figures->model->besoins[row->besoin].axe].min_siae > 1)
            gain->axe += row->effectif;
        else
            able += row->effectif;
        gain->servis += row->effectif;
        gain->groupes_plan += i == 0 || row->session != plan->affectations[seats[i - 1].affectation].session;
    }
    int64_t left = mutualisation_fit(able, offre->effectif_min, offre->effectif_max, &groups), alone = left;
    gain->seuls += alone;
    gain->groupe += able - alone;
    gain->groupes_seuls += groups;
    for (int32_t i = 0; i < n; i++) {
        const ModelPlanAffectation *row = &plan->affectations[seats[i].affectation];
        bool may = figures->model->axes[figures->model->besoins[row->besoin].axe].min_siae <= 1;
        int64_t taken = may ? MIN(left, row->effectif) : 0;
        int64_t cost = cost_of(&plan->sessions[row->session], row, places[seats[i].affectation], taken);
        left -= taken;
        annexes += taken * (row->cout_annexe / row->effectif);
        gain->cout_plan += cost;
        gain->cout_autres += row->cout_pedagogique + row->cout_annexe - cost;
    }
    gain->cout_seuls += groups * offre->cout_groupe + alone * offre->cout_stagiaire + annexes;
}

static void add(Mutualisation *sum, const Mutualisation *more)
{
    sum->servis += more->servis;
    sum->seuls += more->seuls;
    sum->axe += more->axe;
    sum->groupe += more->groupe;
    sum->groupes_seuls += more->groupes_seuls;
    sum->cout_plan += more->cout_plan;
    sum->cout_seuls += more->cout_seuls;
    sum->cout_autres += more->cout_autres;
}

Mutualisation *mutualisation_new(const Figures *figures, Mutualisation *total)
{
    const ModelPlan *plan = figures->plan;
    Mutualisation *gains = g_new0(Mutualisation, figures->model->n_siae);
    g_autofree Seat *seats = g_new(Seat, plan->n_affectations + 1);
    g_autofree int32_t *places = g_new(int32_t, plan->n_affectations + 1); /* learners of the session before its own */
    for (int32_t i = 0; i < plan->n_affectations; i++) {
        const ModelPlanAffectation *row = &plan->affectations[i];
        bool begins = i == 0 || plan->affectations[i - 1].session != row->session;
        places[i] = begins ? 0 : places[i - 1] + plan->affectations[i - 1].effectif;
        seats[i] = (Seat){figures->model->besoins[row->besoin].siae, plan->sessions[row->session].offre, i};
    }
    qsort(seats, (size_t)plan->n_affectations, sizeof *seats, by_siae_offre);
    for (int32_t i = 0, n; i < plan->n_affectations; i += n) {
        for (n = 1; i + n < plan->n_affectations && seats[i + n].siae == seats[i].siae &&
                    seats[i + n].offre == seats[i].offre;)
            n++;
        count(figures, places, &seats[i], n, &gains[seats[i].siae]);
    }
    *total = (Mutualisation){.groupes_plan = plan->n_sessions};
    for (int32_t s = 0; s < figures->model->n_siae; s++)
        add(total, &gains[s]);
    return gains;
}

char *mutualisation_headline(const Mutualisation *total)
{
    int64_t lost = total->servis - total->seuls;
    g_autofree char *without = french_count(lost, "stagiaire servi ne pourrait", "stagiaires servis ne pourraient");
    g_autofree char *served = french_integer(total->servis), *share = french_ratio(lost, total->servis);
    g_autofree char *others = french_integer(total->seuls), *alone = french_amount(total->cout_seuls);
    g_autofree char *plan = french_amount(total->cout_plan);
    g_autofree char *gain = french_amount(total->cout_seuls - total->cout_plan);
    if (total->servis == 0)
        return g_strdup("Ce plan ne sert aucun stagiaire.");
    g_autofree char *small = french_integer(total->groupe), *shared = french_integer(total->axe);
    return g_strdup_printf("Sans sessions partagées, %s pas se former sur %s, soit %s (%s faute de groupe, %s par leur "
                           "axe)\u00A0; les %s autres coûteraient %s au lieu de %s\u00A0: %s de gain au moins.",
                           without, served, share, small, shared, others, alone, plan, gain);
}

const char *const mutualisation_sentences[] = {
    "Le calcul reprend, pour chaque SIAE et chaque offre, ses stagiaires servis par ce plan, à la même offre, au "
    "même prix et au même lieu, mais en groupes d’elle seule\u00A0: le moins de groupes que l’effectif maximal permet, "
    "chacun d’au moins l’effectif minimal.",
    "Groupe trop petit\u00A0: les stagiaires que ces groupes ne peuvent pas contenir. Axe partagé\u00A0: ceux dont "
    "l’axe "
    "exige plusieurs SIAE. Aucun coût ne leur est prêté\u00A0; ce qu’ils coûtent au plan est dans la dernière colonne.",
    "Coût = pédagogie et frais annexes, quel que soit le payeur. Gain = coût seule moins coût au plan des mêmes "
    "stagiaires.",
    "Le gain est un minimum\u00A0: dates, nombre de sessions de l’offre, absents d’un même jour, formateurs "
    "disponibles et enveloppes ne limitent ici que le plan. Il peut être négatif là où le plan ouvre deux "
    "sessions quand un groupe aurait pu suffire sans ces limites.",
    NULL,
};
