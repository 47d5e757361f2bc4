/* The planning problem: a Model as the planner uses it, derived once, never changed.
 *
 * A *slot* is what may hold sessions: an offre (capacity: sessions_max less its fixed sessions) or one fixed session
 * (capacity 1, one start, must be held). A *link* says that a besoin may sit in a slot, at which km and annexe. A
 * *start* is a possible first day with its training days. A *profile* is a list of montages whose conditions hold. A
 * *fund* is a pair (opco, dispositif) with its enveloppes; a *season* is a set of enveloppes open for a session's
 * dates; so (season, fund, axe) fixes the enveloppes a charge may be split over. A *class* is such a set of enveloppes
 * of one fund: a bit mask, bit i = fund->enveloppes[i].
 *
 * Money of a learner is separable: what financement f pays = ped (fixed by slot, Q, montage and share) + extra (fixed
 * by link and montage: annexes + wage). Contract, section 2, Money. */
#ifndef PLAN_PROBLEM_H
#define PLAN_PROBLEM_H

#include "sql/model.h"

#include <stdbool.h>

/* More enveloppes than this for one (opco, dispositif) are refused. */
#define PROBLEM_MAX_FUND 64
/* More financements than this of one montage are refused. */
#define PROBLEM_MAX_FINANCEMENTS 64

typedef struct {
    int32_t debut, fin;
    const int32_t *jours; /* slot->n_jours of them */
    const uint64_t *days; /* the same as bits: bit d = problem->first_day + d */
    int32_t season;
} ProblemStart;

typedef struct {
    int32_t besoin, siae, axe; /* the latter two of the besoin */
    int32_t km;                /* tenths */
    int64_t annexe;            /* A, cents a learner */
    int32_t profile;
    int32_t extra; /* first of its extras in problem->extras: for each montage of the profile, for each financement */
} ProblemLink;

typedef struct {
    int32_t first, n; /* a slice of an array */
} ProblemSlice;

/* Of 64 besoins of a formation that follow one another: those that have a link in a slot, and links before theirs. */
typedef struct {
    uint64_t in;
    int32_t before;
} ProblemLinked;

/* effectif learners of a link under a montage: a part of a session, or of what a fixed session must hold. */
typedef struct {
    int32_t link, montage, effectif;
} ProblemSeat;

typedef struct {
    int32_t offre;
    int32_t fixee;    /* in sessions_fixees, or MODEL_NONE */
    int32_t capacity; /* sessions it may hold */
    int32_t q_min, q_max;
    int32_t n_jours;
    ProblemStart *starts; /* ascending debut */
    int32_t n_starts;
    const ProblemLink *links; /* ascending besoin */
    int32_t n_links;
    ProblemSlice besoins;        /* of its formation: formation_besoins */
    const ProblemLinked *linked; /* [place among these / 64] */
    int32_t words;               /* words of a row of open */
    const uint64_t *open;        /* n_links rows: bit s = the besoin's dates and its SIAE's closures allow starts[s] */
    const ProblemSeat *forced;   /* ascending link, montage */
    int32_t n_forced;
    /* [Q - q_min][montage]: first of its peds in problem->peds: for each financement, share floor then share ceiling */
    const int32_t *ped;
} ProblemSlot;

typedef struct {
    const int32_t *montages; /* ascending; n of them */
    int32_t n;
} ProblemProfile;

typedef struct {
    int32_t opco, dispositif;  /* positions in problem->opcos, ->dispositifs */
    const int32_t *enveloppes; /* ascending; n of them, at most PROBLEM_MAX_FUND */
    int32_t n;
} ProblemFund;

typedef struct {
    int32_t fund;
    uint64_t mask; /* never 0 */
} ProblemClass;

typedef struct {
    const Model *model;
    int32_t date_plan;
    int64_t *points;    /* by besoin: of one learner */
    int32_t *promised;  /* by besoin: learners that fixed sessions hold */
    int32_t *opco;      /* by SIAE: position in opcos */
    int32_t *stagiaire; /* by besoin: dense id of (SIAE, pseudonym), or MODEL_NONE */
    int32_t n_stagiaires;
    ProblemSlice *stagiaire_besoins; /* by stagiaire: into besoins_by_stagiaire */
    int32_t *besoins_by_stagiaire;
    ProblemSlice *followers; /* by besoin: those that name it in apres, into followers_rows */
    int32_t *followers_rows;
    ProblemSlot *slots; /* offres first, at their position; then one for each fixed session */
    int32_t n_slots;
    ProblemSlice *formation_slots, *formation_besoins; /* by formation: into the two arrays below */
    int32_t *slots_by_formation, *besoins_by_formation;
    int32_t *place;             /* by besoin: its position in besoins_by_formation */
    ProblemSlice *besoin_slots; /* by besoin: those it has a link in, into slots_by_besoin */
    int32_t *slots_by_besoin;
    ProblemProfile *profiles;
    int32_t n_profiles;
    ProblemSlice *financements; /* by montage: slice of model->financements */
    int32_t *dispositif;        /* by financement: position in dispositifs */
    int32_t n_dispositifs, n_opcos;
    ProblemFund *funds;
    int32_t n_funds;
    int32_t *fund;         /* [opco * n_dispositifs + dispositif], or MODEL_NONE */
    ProblemClass *classes; /* by fund, then in order of first use */
    int32_t n_classes;
    int32_t *class_of; /* [(season * n_funds + fund) * n_axes + axe], or MODEL_NONE: no enveloppe open */
    int32_t n_seasons;
    int64_t *extras, *peds;      /* cents; see ProblemLink.extra, ProblemSlot.ped */
    int64_t *wages;              /* by extra, same positions: the wage's part of it */
    int32_t first_day, last_day; /* every training day of every start lies within */
    GPtrArray *blocks;
} Problem;

/* Derives the problem; the Model must outlive it. NULL with FAULT_NO_PLAN when a fixed session or learner cannot stand
 * (the message names it and the rule), or PROBLEM_MAX_FUND or PROBLEM_MAX_FINANCEMENTS is exceeded. */
Problem *problem_new(const Model *model, int32_t date_plan, GError **error);
void problem_free(Problem *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Problem, problem_free)

/* Learners' fund for what financement (position in model->financements) pays for SIAE's learners, or MODEL_NONE. */
static inline int32_t problem_fund(const Problem *p, int32_t siae, int32_t financement)
{
    return p->fund[p->opco[siae] * p->n_dispositifs + p->dispositif[financement]];
}

/* The class of a charge of a besoin's axe to a fund (may be MODEL_NONE), or MODEL_NONE: nothing can pay it. */
static inline int32_t problem_class(const Problem *p, int32_t season, int32_t fund, int32_t axe)
{
    return fund == MODEL_NONE ? MODEL_NONE : p->class_of[(season * p->n_funds + fund) * p->model->n_axes + axe];
}

/* P of a session of Q learners, cents. */
static inline int64_t problem_pedagogy(const Problem *p, int32_t offre, int32_t q)
{
    return p->model->offres[offre].cout_groupe + p->model->offres[offre].cout_stagiaire * q;
}

static inline bool problem_open(const ProblemSlot *slot, int32_t link, int32_t start)
{
    return (slot->open[(size_t)link * (size_t)slot->words + (size_t)start / 64] >> (start % 64)) & 1U;
}

/* True if `day` is a training day of the start; day within [first_day, last_day]. */
static inline bool problem_on_day(const Problem *p, const ProblemStart *start, int32_t day)
{
    int32_t bit = day - p->first_day;
    return start->days[bit / 64] >> (bit % 64) & 1U;
}

/* By besoin: some session could hold its learners, as far as place, dates and money's conditions say. Free with
 * g_free(). */
bool *problem_reachable(const Problem *problem);

/* The position of a besoin's link in a slot, or MODEL_NONE. */
static inline int32_t problem_link(const Problem *p, const ProblemSlot *slot, int32_t besoin)
{
    int32_t at = p->place[besoin] - slot->besoins.first;
    if (at < 0 || at >= slot->besoins.n)
        return MODEL_NONE;
    const ProblemLinked *linked = &slot->linked[at / 64];
    uint64_t bit = (uint64_t)1 << (at % 64);
    return (linked->in & bit) == 0 ? MODEL_NONE : linked->before + __builtin_popcountll(linked->in & (bit - 1));
}

#endif
