/* Deriving the planning problem from a Model: see problem.h. Money and funds: problem_money.c. */
#include "plan/problem.h"

#include "config/calendar.h"
#include "config/fault.h"
#include "plan/problem_money.h"
#include "plan/schedule.h"
#include "plan/tariff.h"
#include "sql/distance.h"

#include <string.h>

static void *own(Problem *p, void *block)
{
    g_ptr_array_add(p->blocks, block);
    return block;
}

static bool is_open(const ProblemSlot *slot, int32_t link)
{
    for (int32_t s = 0; s < slot->n_starts; s++)
        if (problem_open(slot, link, s))
            return true;
    return false;
}

bool *problem_reachable(const Problem *problem)
{
    bool *reachable = g_new0(bool, problem->model->n_besoins + 1);
    for (int32_t i = 0; i < problem->n_slots; i++) {
        const ProblemSlot *slot = &problem->slots[i];
        for (int32_t l = 0; l < slot->n_links && slot->capacity > 0; l++)
            reachable[slot->links[l].besoin] = reachable[slot->links[l].besoin] || is_open(slot, l);
    }
    return reachable;
}

/* Slices of the rows 0..n-1 grouped by key[row] in 0..n_keys-1 (MODEL_NONE: in no group), rows ascending. */
static ProblemSlice *group(Problem *p, const int32_t *key, int32_t n, int32_t n_keys, int32_t **rows)
{
    ProblemSlice *slices = own(p, g_new0(ProblemSlice, n_keys + 1));
    for (int32_t i = 0; i < n; i++)
        if (key[i] != MODEL_NONE)
            slices[key[i]].n++;
    for (int32_t k = 1; k <= n_keys; k++)
        slices[k].first = slices[k - 1].first + slices[k - 1].n;
    *rows = own(p, g_new0(int32_t, n + 1));
    int32_t *filled = g_new0(int32_t, n_keys + 1);
    for (int32_t i = 0; i < n; i++)
        if (key[i] != MODEL_NONE)
            (*rows)[slices[key[i]].first + filled[key[i]]++] = i;
    g_free(filled);
    return slices;
}

static void index_besoins(Problem *p)
{
    const Model *m = p->model;
    p->points = own(p, g_new0(int64_t, m->n_besoins + 1));
    p->promised = own(p, g_new0(int32_t, m->n_besoins + 1));
    p->stagiaire = own(p, g_new0(int32_t, m->n_besoins + 1));
    g_autofree int32_t *formation = g_new0(int32_t, m->n_besoins + 1);
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int32_t i = 0; i < m->n_besoins; i++) {
        const ModelBesoin *b = &m->besoins[i];
        p->points[i] = tariff_points(m, i);
        formation[i] = b->formation;
        p->stagiaire[i] = MODEL_NONE;
        if (b->stagiaire[0] == '\0')
            continue;
        char *key = g_strdup_printf("%d/%s", b->siae, b->stagiaire);
        gpointer known;
        if (!g_hash_table_lookup_extended(ids, key, NULL, &known)) {
            known = GINT_TO_POINTER(p->n_stagiaires++);
            g_hash_table_insert(ids, key, known);
        } else {
            g_free(key);
        }
        p->stagiaire[i] = GPOINTER_TO_INT(known);
    }
    p->formation_besoins = group(p, formation, m->n_besoins, m->n_formations, &p->besoins_by_formation);
    p->place = own(p, g_new0(int32_t, m->n_besoins + 1));
    for (int32_t i = 0; i < m->n_besoins; i++)
        p->place[p->besoins_by_formation[i]] = i;
    p->stagiaire_besoins = group(p, p->stagiaire, m->n_besoins, p->n_stagiaires, &p->besoins_by_stagiaire);
}

static void index_followers(Problem *p)
{
    const Model *m = p->model;
    p->followers = own(p, g_new0(ProblemSlice, m->n_besoins + 1));
    int32_t total = 0;
    for (int32_t b = 0; b < m->n_besoins; b++)
        for (int32_t k = 0; k < m->besoins[b].n_apres; k++, total++)
            p->followers[m->besoins[b].apres[k]].n++;
    for (int32_t b = 1; b <= m->n_besoins; b++)
        p->followers[b].first = p->followers[b - 1].first + p->followers[b - 1].n;
    p->followers_rows = own(p, g_new0(int32_t, total + 1));
    g_autofree int32_t *filled = g_new0(int32_t, m->n_besoins + 1);
    for (int32_t b = 0; b < m->n_besoins; b++)
        for (int32_t k = 0; k < m->besoins[b].n_apres; k++) {
            int32_t before = m->besoins[b].apres[k];
            p->followers_rows[p->followers[before].first + filled[before]++] = b;
        }
}

static bool reserved_to_others(const Model *m, const ModelOffre *o, int32_t siae)
{
    if (o->siae != MODEL_NONE && o->siae != siae)
        return true;
    return o->opco[0] != '\0' && strcmp(o->opco, m->siae[siae].opco) != 0;
}

/* The journey of a besoin's learner to the offre; false: out of reach. */
static bool journey(const Model *m, const ModelOffre *o, const ModelBesoin *b, Distance *distance)
{
    *distance = (Distance){0, 0};
    if (o->modalite == MODALITE_DISTANCIEL || o->modalite == MODALITE_AFEST)
        return true;
    return distance_between(m, b->commune, o->commune, distance) &&
           (b->rayon_km == MODEL_NONE || distance->km <= b->rayon_km);
}

/* ---- starts ---- */

typedef struct {
    int32_t first, last; /* horizon */
    uint8_t *working;    /* of the offre at hand */
    GArray *starts;      /* ProblemStart */
} Calendar;

static void add_start(Problem *p, Calendar *c, const ModelFormation *f, int32_t day)
{
    int32_t *days = g_new(int32_t, f->jours);
    int32_t n = schedule_days(c->working, c->first, c->last, day, f->jours, f->jours_par_semaine, days);
    if (n < f->jours) {
        g_free(days);
        return;
    }
    own(p, days);
    ProblemStart start = {days[0], days[n - 1], days, NULL, 0};
    g_array_append_val(c->starts, start);
}

/* The first possible day of each week of the window: contract, Days. */
static void weekly_starts(Problem *p, Calendar *c, const ModelOffre *o, const ModelFormation *f)
{
    const ModelCampagne *campaign = &p->model->campagne;
    int32_t from = MAX(MAX(o->date_debut, campaign->date_debut), p->date_plan + campaign->gel_jours);
    int32_t to = MIN(MIN(o->date_fin, campaign->date_fin), c->last);
    from = MAX(from, c->first);
    int32_t day = from;
    while (day <= to) {
        int32_t sunday = calendar_monday(day) + 6;
        while (day <= MIN(sunday, to) && !c->working[day - c->first])
            day++;
        if (day <= MIN(sunday, to))
            add_start(p, c, f, day);
        day = sunday + 1;
    }
}

static bool closed_for_siae(const Model *m, int32_t siae, const ProblemStart *start, int32_t n_jours)
{
    for (int32_t i = 0; i < m->n_fermetures; i++) {
        const ModelFermeture *f = &m->fermetures[i];
        if (f->objet != OBJET_SIAE || f->sujet != siae || f->au < start->debut || f->du > start->fin)
            continue;
        for (int32_t k = 0; k < n_jours; k++)
            if (start->jours[k] >= f->du && start->jours[k] <= f->au)
                return true;
    }
    return false;
}

/* ---- slots ---- */

static void link_slot(Problem *p, ProblemSlot *slot, ProblemMoney *money)
{
    const Model *m = p->model;
    const ModelOffre *o = &m->offres[slot->offre];
    const ProblemSlice besoins = p->formation_besoins[o->formation];
    ProblemLinked *linked = own(p, g_new0(ProblemLinked, besoins.n / 64 + 1));
    bool qualiopi = m->organismes[o->organisme].qualiopi;
    slot->words = (slot->n_starts + 63) / 64;
    size_t row = (size_t)slot->words;
    GArray *links = g_array_new(FALSE, TRUE, sizeof(ProblemLink));
    GArray *open = g_array_new(FALSE, TRUE, sizeof(uint64_t));
    g_autofree uint64_t *bits = g_new0(uint64_t, row + 1);
    int64_t learners = 0;
    for (int32_t i = 0; i < besoins.n; i++) {
        int32_t besoin = p->besoins_by_formation[besoins.first + i];
        const ModelBesoin *b = &m->besoins[besoin];
        if (i % 64 == 0)
            linked[i / 64].before = (int32_t)links->len;
        Distance distance;
        if (reserved_to_others(m, o, b->siae) || !journey(m, o, b, &distance))
            continue;
        memset(bits, 0, row * sizeof *bits);
        bool any = false;
        for (int32_t s = 0; s < slot->n_starts; s++) {
            const ProblemStart *start = &slot->starts[s];
            if (start->debut < b->date_debut || start->fin > b->date_fin ||
                closed_for_siae(m, b->siae, start, slot->n_jours))
                continue;
            bits[s / 64] |= (uint64_t)1 << (s % 64);
            any = true;
        }
        int32_t profile = any ? problem_money_profile(money, besoin, qualiopi) : MODEL_NONE;
        if (profile == MODEL_NONE)
            continue;
        ProblemLink link = {.besoin = besoin, .siae = b->siae, .axe = b->axe, .km = distance.km, .profile = profile};
        link.annexe = tariff_annexe(m, b->siae, slot->offre, distance.km, distance.cout);
        link.extra = problem_money_extras(money, profile, o->formation, link.annexe);
        g_array_append_val(links, link);
        linked[i / 64].in |= (uint64_t)1 << (i % 64);
        g_array_append_vals(open, bits, (guint)row);
        learners += b->effectif;
    }
    slot->n_links = (int32_t)links->len;
    slot->links = own(p, g_array_free(links, FALSE));
    slot->besoins = besoins;
    slot->linked = linked;
    slot->open = own(p, g_array_free(open, FALSE));
    slot->q_min = o->effectif_min;
    slot->q_max = (int32_t)MIN((int64_t)o->effectif_max, learners);
    slot->ped = own(p, problem_money_peds(money, slot));
}

static void make_slots(Problem *p, ProblemMoney *money, int32_t first, int32_t last)
{
    const Model *m = p->model;
    p->n_slots = m->n_offres + m->n_sessions_fixees;
    p->slots = own(p, g_new0(ProblemSlot, p->n_slots + 1));
    Calendar c = {.first = first, .last = last, .working = g_malloc0((gsize)(last - first) + 1)};
    for (int32_t i = 0; i < p->n_slots; i++) {
        ProblemSlot *slot = &p->slots[i];
        slot->fixee = i < m->n_offres ? MODEL_NONE : i - m->n_offres;
        slot->offre = i < m->n_offres ? i : m->sessions_fixees[slot->fixee].offre;
        slot->capacity = i < m->n_offres ? m->offres[i].sessions_max : 1;
        const ModelOffre *o = &m->offres[slot->offre];
        const ModelFormation *f = &m->formations[o->formation];
        slot->n_jours = f->jours;
        c.starts = g_array_new(FALSE, TRUE, sizeof(ProblemStart));
        schedule_working(m, slot->offre, c.first, c.last, c.working);
        if (slot->fixee == MODEL_NONE)
            weekly_starts(p, &c, o, f);
        else
            add_start(p, &c, f, m->sessions_fixees[slot->fixee].date_debut);
        slot->n_starts = (int32_t)c.starts->len;
        ProblemStart *starts = own(p, g_array_free(c.starts, FALSE));
        for (int32_t s = 0; s < slot->n_starts; s++)
            starts[s].season = problem_money_season(money, &starts[s]);
        slot->starts = starts;
        link_slot(p, slot, money);
    }
    for (int32_t i = 0; i < m->n_sessions_fixees; i++)
        p->slots[m->sessions_fixees[i].offre].capacity--;
    g_free(c.working);
}

/* ---- fixed sessions ---- */

static bool force_learner(Problem *p, const ModelAffectationFixee *a, ProblemSeat *forced, GError **error)
{
    const Model *m = p->model;
    const ProblemSlot *slot = &p->slots[m->n_offres + a->session];
    const char *what = NULL;
    forced->link = problem_link(p, slot, a->besoin);
    forced->montage = a->montage;
    forced->effectif = a->effectif;
    if (forced->link == MODEL_NONE)
        what = "may not sit in it (formation, reservation, reach, dates, closures or montages)";
    else if (!tariff_montage_holds(
                 m, a->montage, a->besoin,
                 tariff_is_payable(m, a->besoin, m->organismes[m->offres[slot->offre].organisme].qualiopi)))
        what = "does not meet the conditions of the montage given";
    if (what == NULL)
        return true;
    g_set_error(error, FAULT, FAULT_NO_PLAN, "fixed session '%s': besoin '%s' %s",
                m->sessions_fixees[a->session].session, m->besoins[a->besoin].reference, what);
    return false;
}

static bool fixed_sessions_stand(const Problem *p, GError **error)
{
    const Model *m = p->model;
    for (int32_t i = 0; i < m->n_sessions_fixees; i++) {
        const ProblemSlot *slot = &p->slots[m->n_offres + i];
        const char *what = NULL;
        if (slot->n_starts == 0)
            what = "does not start on a working day, or ends after every besoin";
        else if (slot->q_max < slot->q_min)
            what = "can never reach its smallest group";
        else if (p->slots[slot->offre].capacity < 0)
            what = "exceeds sessions_max of its offre";
        if (what == NULL)
            continue;
        g_set_error(error, FAULT, FAULT_NO_PLAN, "fixed session '%s' %s", m->sessions_fixees[i].session, what);
        return false;
    }
    return true;
}

static bool force_learners(Problem *p, GError **error)
{
    const Model *m = p->model;
    ProblemSeat *forced = own(p, g_new0(ProblemSeat, m->n_affectations_fixees + 1));
    for (int32_t i = 0; i < m->n_affectations_fixees; i++) {
        const ModelAffectationFixee *a = &m->affectations_fixees[i];
        ProblemSlot *slot = &p->slots[m->n_offres + a->session];
        if (!force_learner(p, a, &forced[i], error))
            return false;
        if (slot->n_forced++ == 0)
            slot->forced = &forced[i];
        p->promised[a->besoin] += a->effectif;
    }
    for (int32_t b = 0; b < m->n_besoins; b++)
        if (p->promised[b] > m->besoins[b].effectif) {
            g_set_error(error, FAULT, FAULT_NO_PLAN, "fixed sessions hold %d learners of besoin '%s', which has %d",
                        p->promised[b], m->besoins[b].reference, m->besoins[b].effectif);
            return false;
        }
    return true;
}

/* ---- the whole ---- */

static void horizon(const Model *m, int32_t date_plan, int32_t *first, int32_t *last)
{
    *first = MAX(m->campagne.date_debut, date_plan + m->campagne.gel_jours);
    for (int32_t i = 0; i < m->n_sessions_fixees; i++)
        *first = MIN(*first, m->sessions_fixees[i].date_debut);
    *last = *first;
    for (int32_t i = 0; i < m->n_besoins; i++)
        *last = MAX(*last, m->besoins[i].date_fin);
}

static void index_slots(Problem *p)
{
    const Model *m = p->model;
    g_autofree int32_t *formation = g_new0(int32_t, p->n_slots + 1);
    int32_t n_links = 0, n = 0;
    for (int32_t i = 0; i < p->n_slots; i++) {
        formation[i] = m->offres[p->slots[i].offre].formation;
        n_links += p->slots[i].n_links;
    }
    p->formation_slots = group(p, formation, p->n_slots, m->n_formations, &p->slots_by_formation);
    g_autofree int32_t *besoin = g_new0(int32_t, n_links + 1), *slot = g_new0(int32_t, n_links + 1);
    for (int32_t i = 0; i < p->n_slots; i++)
        for (int32_t l = 0; l < p->slots[i].n_links; l++, n++) {
            besoin[n] = p->slots[i].links[l].besoin;
            slot[n] = i;
        }
    p->besoin_slots = group(p, besoin, n_links, m->n_besoins, &p->slots_by_besoin);
    for (int32_t i = 0; i < n_links; i++)
        p->slots_by_besoin[i] = slot[p->slots_by_besoin[i]];
}

static void measure_days(Problem *p)
{
    p->first_day = G_MAXINT32;
    p->last_day = 0;
    for (int32_t i = 0; i < p->n_slots; i++)
        for (int32_t s = 0; s < p->slots[i].n_starts; s++) {
            p->first_day = MIN(p->first_day, p->slots[i].starts[s].debut);
            p->last_day = MAX(p->last_day, p->slots[i].starts[s].fin);
        }
    if (p->last_day == 0)
        p->first_day = p->last_day = p->date_plan;
    gsize words = (gsize)(p->last_day - p->first_day) / 64 + 1;
    for (int32_t i = 0; i < p->n_slots; i++) {
        ProblemStart *starts = p->slots[i].starts;
        uint64_t *bits = own(p, g_new0(uint64_t, words * (gsize)p->slots[i].n_starts + 1));
        for (int32_t s = 0; s < p->slots[i].n_starts; s++, bits += words) {
            for (int32_t k = 0; k < p->slots[i].n_jours; k++) {
                int32_t bit = starts[s].jours[k] - p->first_day;
                bits[bit / 64] |= (uint64_t)1 << (bit % 64);
            }
            starts[s].days = bits;
        }
    }
}

Problem *problem_new(const Model *model, int32_t date_plan, GError **error)
{
    g_autoptr(Problem) p = g_new0(Problem, 1);
    p->model = model;
    p->date_plan = date_plan;
    p->blocks = g_ptr_array_new_with_free_func(g_free);
    index_besoins(p);
    index_followers(p);
    ProblemMoney *money = problem_money_new(p, error);
    if (money == NULL)
        return NULL;
    int32_t first, last;
    horizon(model, date_plan, &first, &last);
    make_slots(p, money, first, last);
    problem_money_finish(money);
    index_slots(p);
    measure_days(p);
    if (!fixed_sessions_stand(p, error) || !force_learners(p, error))
        return NULL;
    return g_steal_pointer(&p);
}

void problem_free(Problem *problem)
{
    if (problem == NULL)
        return;
    g_ptr_array_unref(problem->blocks);
    g_free(problem);
}
