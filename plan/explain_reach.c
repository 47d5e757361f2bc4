/* What keeps a besoin from an offre: see explain_reach.h. */
#include "plan/explain_reach.h"

#include "config/calendar.h"
#include "plan/schedule.h"
#include "plan/tariff.h"
#include "sql/distance.h"

#include <string.h>

/* Room after the last start for a session to end: a year. */
#define TAIL 366

static bool is_reserved(const Model *m, const ModelOffre *o, int32_t siae)
{
    return (o->siae != MODEL_NONE && o->siae != siae) ||
           (o->opco[0] != '\0' && strcmp(o->opco, m->siae[siae].opco) != 0);
}

static void measure_journey(const Model *m, int32_t besoin, int32_t offre, ExplainReach *reach)
{
    const ModelBesoin *b = &m->besoins[besoin];
    const ModelOffre *o = &m->offres[offre];
    Distance distance = {0, 0};
    reach->reachable = true;
    if (o->modalite != MODALITE_DISTANCIEL && o->modalite != MODALITE_AFEST) {
        reach->reachable = distance_between(m, b->commune, o->commune, &distance);
        if (!reach->reachable)
            distance = (Distance){distance_straight(m, b->commune, o->commune), 0};
    }
    reach->km = distance.km;
    reach->annexe = tariff_annexe(m, b->siae, offre, distance.km, distance.cout);
    if (!reach->reachable || (b->rayon_km != MODEL_NONE && distance.km > b->rayon_km))
        reach->broken |= 1U << MOTIF_HORS_RAYON;
}

static void list_montages(const Model *m, int32_t besoin, bool payable, ExplainReach *reach)
{
    for (int32_t i = 0; i < m->n_montages; i++)
        if (tariff_montage_holds(m, i, besoin, payable))
            reach->montages[reach->n_montages++] = i;
}

static bool is_listed(const ExplainReach *reach, int32_t montage)
{
    for (int32_t i = 0; i < reach->n_near; i++)
        if (reach->montages[i] == montage)
            return true;
    return false;
}

/* Montages that hold; else those that would after the smallest change, in the order of ExplainMontages, then all
 * others.
 */
static void find_montages(const Model *m, int32_t besoin, int32_t offre, ExplainReach *reach)
{
    bool qualiopi = m->organismes[m->offres[offre].organisme].qualiopi;
    reach->montages = g_new0(int32_t, m->n_montages + 1);
    list_montages(m, besoin, tariff_is_payable(m, besoin, qualiopi), reach);
    reach->n_near = reach->n_montages;
    if (reach->n_montages > 0)
        return;
    reach->broken |= 1U << MOTIF_INELIGIBLE;
    reach->change = EXPLAIN_ATTESTATION;
    list_montages(m, besoin, qualiopi, reach);
    if (reach->n_montages == 0) {
        reach->change = EXPLAIN_QUALIOPI;
        list_montages(m, besoin, tariff_is_payable(m, besoin, true), reach);
    }
    reach->n_near = reach->n_montages;
    for (int32_t i = 0; i < m->n_montages; i++)
        if (!is_listed(reach, i))
            reach->montages[reach->n_montages++] = i;
}

void explain_reach_clear(ExplainReach *reach)
{
    g_free(reach->montages);
    reach->montages = NULL;
}

ExplainReach explain_reach(const Problem *problem, int32_t besoin, int32_t offre)
{
    const Model *m = problem->model;
    ExplainReach reach = {0};
    if (is_reserved(m, &m->offres[offre], m->besoins[besoin].siae))
        reach.broken |= 1U << MOTIF_AUCUNE_OFFRE;
    measure_journey(m, besoin, offre, &reach);
    find_montages(m, besoin, offre, &reach);
    return reach;
}

bool explain_reach_dates(const Model *model, int32_t besoin, const int32_t *jours, int32_t n_jours)
{
    const ModelBesoin *b = &model->besoins[besoin];
    if (jours[0] < b->date_debut || jours[n_jours - 1] > b->date_fin)
        return false;
    for (int32_t i = 0; i < model->n_fermetures; i++) {
        const ModelFermeture *f = &model->fermetures[i];
        if (f->objet != OBJET_SIAE || f->sujet != b->siae)
            continue;
        for (int32_t k = 0; k < n_jours; k++)
            if (jours[k] >= f->du && jours[k] <= f->au)
                return false;
    }
    return true;
}

/* Learners who may sit together in a slot on a start; by_siae[] is 0 before and after. */
static int64_t gathered(const Problem *p, const ProblemSlot *slot, int32_t start, int64_t *by_siae)
{
    const Model *m = p->model;
    int64_t all = 0;
    for (int32_t i = 0; i < slot->n_links; i++) {
        const ModelBesoin *b = &m->besoins[slot->links[i].besoin];
        int32_t most = m->siae[b->siae].absents_max;
        if (!problem_open(slot, i, start))
            continue;
        int64_t before = by_siae[b->siae];
        by_siae[b->siae] = before + b->effectif;
        if (most != MODEL_NONE)
            by_siae[b->siae] = MIN(by_siae[b->siae], most);
        all += by_siae[b->siae] - before;
    }
    for (int32_t i = 0; i < slot->n_links; i++)
        by_siae[m->besoins[slot->links[i].besoin].siae] = 0;
    return all;
}

bool explain_reach_too_few(const Problem *problem, int32_t besoin)
{
    ProblemSlice slots = problem->formation_slots[problem->model->besoins[besoin].formation];
    g_autofree int64_t *by_siae = g_new0(int64_t, problem->model->n_siae + 1);
    for (int32_t i = 0; i < slots.n; i++) {
        const ProblemSlot *slot = &problem->slots[problem->slots_by_formation[slots.first + i]];
        int32_t link = problem_link(problem, slot, besoin);
        for (int32_t s = 0; link != MODEL_NONE && s < slot->n_starts; s++)
            if (problem_open(slot, link, s) && gathered(problem, slot, s, by_siae) >= slot->q_min)
                return false;
    }
    return true;
}

GArray *explain_reach_starts(const Problem *problem, int32_t offre, int32_t first, int32_t last, int32_t **jours)
{
    const Model *m = problem->model;
    const ModelFormation *f = &m->formations[m->offres[offre].formation];
    GArray *starts = g_array_new(FALSE, TRUE, sizeof(ProblemStart));
    last = MIN(last, CALENDAR_LAST - TAIL);
    int32_t weeks = last < first ? 0 : (last - first) / 7 + 2;
    *jours = g_new0(int32_t, (gsize)weeks * (gsize)f->jours + 1);
    if (weeks == 0)
        return starts;
    g_autofree uint8_t *working = g_malloc0((gsize)(last + TAIL - first) + 1);
    schedule_working(m, offre, first, last + TAIL, working);
    int32_t *days = *jours;
    for (int32_t day = first; day <= last;) {
        int32_t sunday = calendar_monday(day) + 6;
        while (day <= MIN(sunday, last) && !working[day - first])
            day++;
        if (day <= MIN(sunday, last) &&
            schedule_days(working, first, last + TAIL, day, f->jours, f->jours_par_semaine, days) == f->jours) {
            ProblemStart start = {day, days[f->jours - 1], days, NULL, MODEL_NONE};
            g_array_append_val(starts, start);
            days += f->jours;
        }
        day = sunday + 1;
    }
    return starts;
}
