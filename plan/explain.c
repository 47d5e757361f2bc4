/* Why learners are not served: see explain.h. */
#include "plan/explain.h"

#include "plan/explain_detail.h"
#include "plan/explain_offre.h"
#include "plan/explain_twins.h"

/* Trials spent on a plan's motifs, shared between its besoins, twins being one; so many at least and at most for each.
 */
#define ALL_TRIALS 150000000
#define LEAST_TRIALS 2000
#define MOST_TRIALS 2000000

/* Formations one after the other, at most, that are served together. */
#define CHAIN 8

typedef struct {
    Draft *draft;
    ExplainProver *prover;
    const ResultProof *proof;
    const ModelPlan *plan;
    Draft *bare;         /* the fixed sessions alone; NULL until needed */
    ExplainOffre *offre; /* NULL until needed */
    int64_t trials;      /* for each besoin */
} Explain;

/* What is told of a besoin. */
typedef struct {
    VocabularyMotif motif;
    char *detail; /* owned */
} Answer;

static bool prove_session(Explain *e, int32_t besoin, VocabularyMotif motif, uint32_t waived, ExplainMode mode,
                          Answer *answer)
{
    ExplainSession session;
    if (!explain_prove(e->prover, besoin, waived, mode, &session))
        return false;
    *answer = (Answer){motif, explain_detail(e->draft, e->plan, besoin, motif, &session)};
    explain_session_clear(&session);
    return true;
}

static bool prove_single(Explain *e, int32_t besoin, VocabularyMotif motif, Answer *answer)
{
    return prove_session(e, besoin, motif, 1U << motif, EXPLAIN_STRICT, answer);
}

/* A group that no plan can fill, and that its learners could not pay for alone: true when newcomers would fill it. */
static bool prove_joined(Explain *e, int32_t besoin, VocabularyMotif motif, Answer *answer)
{
    return explain_reach_too_few(e->draft->problem, besoin) &&
           prove_session(e, besoin, motif, 0, EXPLAIN_JOINED, answer);
}

/* ---- arbitrage ---- */

static Draft *bare_draft(const Draft *draft)
{
    const Problem *p = draft->problem;
    Draft *bare = draft_new(p);
    for (int32_t slot = p->model->n_offres; slot < p->n_slots; slot++)
        if (draft_insert(bare, slot, 0, p->slots[slot].forced, p->slots[slot].n_forced) == MODEL_NONE) {
            draft_free(bare);
            return NULL;
        }
    return bare;
}

/* Serves learners of a besoin until `left` are not, those it must come after first; `depth` ends circles of these. */
static void serve(ExplainProver *prover, Draft *draft, int32_t besoin, int32_t left, int32_t depth)
{
    const ModelBesoin *b = &draft->problem->model->besoins[besoin];
    ExplainSession session;
    for (int32_t i = 0; i < b->n_apres && depth > 0; i++)
        serve(prover, draft, b->apres[i], 0, depth - 1);
    while (draft->left[besoin] > left && explain_prove(prover, besoin, 0, EXPLAIN_STRICT, &session)) {
        explain_prover_insert(prover, &session);
        explain_session_clear(&session);
    }
}

/* True when some plan serves one more learner of the besoin than the draft does, whatever else it gives up. */
static bool can_be_served(Explain *e, int32_t besoin)
{
    if (e->bare == NULL)
        e->bare = bare_draft(e->draft);
    if (e->bare == NULL)
        return false;
    Draft *draft = draft_new(e->draft->problem);
    draft_copy(draft, e->bare);
    ExplainProver *prover = explain_prover_new(draft);
    explain_prover_allow(prover, e->trials);
    int32_t left = e->draft->left[besoin] - 1;
    serve(prover, draft, besoin, left, CHAIN);
    bool can = draft->left[besoin] <= left;
    explain_prover_free(prover);
    draft_free(draft);
    return can;
}

static bool prove_arbitrage(Explain *e, int32_t besoin, VocabularyMotif motif, Answer *answer)
{
    int64_t points = e->draft->problem->points[besoin];
    if (points == 0 || e->draft->points < e->proof->points_borne || !can_be_served(e, besoin))
        return false;
    *answer = (Answer){motif, explain_detail_arbitrage(points, e->draft->points)};
    return true;
}

/* Other dates than an offre has would serve the besoin, where those it has do not for several reasons. */
static bool prove_dates(Explain *e, int32_t besoin, VocabularyMotif motif, Answer *answer)
{
    return prove_session(e, besoin, motif, 1U << motif, EXPLAIN_OTHER_DATES, answer);
}

/* ---- what could not be proven ---- */

/* The session that breaks the fewest kinds of rules tells the obstacles. */
static bool find_obstacles(Explain *e, int32_t besoin, VocabularyMotif motif, Answer *answer)
{
    ExplainSession session;
    if (!explain_prove(e->prover, besoin, EXPLAIN_ALL, EXPLAIN_FEWEST, &session))
        return false;
    *answer = (Answer){motif, explain_detail_several(session.broken)};
    explain_session_clear(&session);
    return true;
}

/* A learner whom no rule keeps out: worth no point, or missed by a search that was cut short. */
static bool find_free(Explain *e, int32_t besoin, VocabularyMotif motif, Answer *answer)
{
    ExplainSession session;
    if (!explain_prove(e->prover, besoin, 0, EXPLAIN_STRICT, &session))
        return false;
    answer->motif = motif;
    answer->detail = e->draft->problem->points[besoin] == 0 ? explain_detail_worthless(session.cost)
                                                            : explain_detail_missed(e->draft, e->plan, &session);
    explain_session_clear(&session);
    return true;
}

/* No offre of its formation is open to it: true when one more would do. */
static Answer explain_no_offre(Explain *e, int32_t besoin)
{
    const Model *m = e->draft->problem->model;
    if (e->offre == NULL)
        e->offre = explain_offre_new(e->draft);
    bool serves = explain_offre_serves(e->offre, besoin);
    return (Answer){serves ? MOTIF_AUCUNE_OFFRE : MOTIF_NON_TRANCHE, explain_detail_no_offre(m, besoin, serves)};
}

static bool tell_unknown(Explain *e, int32_t besoin, VocabularyMotif motif, Answer *answer)
{
    (void)besoin;
    *answer = (Answer){motif, explain_detail_unknown(e->draft->problem->model)};
    return true;
}

/* ---- all of them ---- */

typedef bool (*Prove)(Explain *e, int32_t besoin, VocabularyMotif motif, Answer *answer);

/* The ways to a motif in the order in which they are tried. Of those a session can prove: first what binds the
 * learner, then what money could change, then the organismes' places, then what depends on other SIAE; last what keeps
 * single offres away, since those only matter where no nearer offre is blocked by something else. */
typedef struct {
    Prove prove;
    VocabularyMotif motif;
} Way;

static const Way ways[] = {
    {find_free, MOTIF_NON_TRANCHE},
    {prove_single, MOTIF_APRES_NON_SERVI},
    {prove_single, MOTIF_STAGIAIRE_OCCUPE},
    {prove_single, MOTIF_SIAE_SATUREE},
    {prove_single, MOTIF_ENVELOPPE_EPUISEE},
    {prove_single, MOTIF_RESTE_A_CHARGE},
    {prove_single, MOTIF_CAPACITE},
    {prove_single, MOTIF_ORGANISME_SATURE},
    {prove_single, MOTIF_MUTUALISATION_IMPOSSIBLE},
    {prove_single, MOTIF_GROUPE_INSUFFISANT},
    {prove_single, MOTIF_HORS_PERIODE},
    {prove_single, MOTIF_HORS_RAYON},
    {prove_single, MOTIF_INELIGIBLE},
    {prove_joined, MOTIF_GROUPE_INSUFFISANT},
    {prove_arbitrage, MOTIF_ARBITRAGE},
    {prove_dates, MOTIF_HORS_PERIODE},
    {find_obstacles, MOTIF_NON_TRANCHE},
    {tell_unknown, MOTIF_NON_TRANCHE},
};

/* Of twins the first tries every way; the others begin with the one that it found. */
static Answer explain_besoin(Explain *e, int32_t besoin, ExplainTwins *twins)
{
    Answer answer;
    if (!explain_offre_open(e->draft->problem->model, besoin))
        return explain_no_offre(e, besoin);
    explain_prover_allow(e->prover, e->trials);
    const Way *way = explain_twins_find(twins, besoin);
    if (way != NULL && way->prove(e, besoin, way->motif, &answer))
        return answer;
    for (way = ways; !way->prove(e, besoin, way->motif, &answer);)
        way++;
    explain_twins_add(twins, besoin, way);
    return answer;
}

/* Besoins not wholly served, twins counted once. */
static int64_t count_kinds(const Draft *draft)
{
    ExplainTwins *twins = explain_twins_new(draft);
    int64_t kinds = 0;
    for (int32_t b = 0; b < draft->problem->model->n_besoins; b++) {
        if (draft->left[b] <= 0 || explain_twins_find(twins, b) != NULL)
            continue;
        explain_twins_add(twins, b, ways);
        kinds++;
    }
    explain_twins_free(twins);
    return kinds;
}

void explain_plan(Draft *draft, const ResultProof *proof, ModelPlan *plan)
{
    int64_t kinds = count_kinds(draft), trials = CLAMP(ALL_TRIALS / MAX(kinds, 1), LEAST_TRIALS, MOST_TRIALS);
    Explain e = {draft, explain_prover_new(draft), proof, plan, NULL, NULL, trials};
    ExplainTwins *twins = explain_twins_new(draft);
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(ModelPlanNonCouvert));
    for (int32_t b = 0; b < draft->problem->model->n_besoins; b++) {
        if (draft->left[b] <= 0)
            continue;
        Answer answer = explain_besoin(&e, b, twins);
        ModelPlanNonCouvert row = {b, draft->left[b], answer.motif, model_plan_text(plan, answer.detail)};
        g_array_append_val(rows, row);
        g_free(answer.detail);
    }
    explain_twins_free(twins);
    explain_prover_free(e.prover);
    draft_free(e.bare);
    explain_offre_free(e.offre);
    plan->n_non_couverts = (int32_t)rows->len;
    plan->non_couverts = model_plan_own(plan, g_array_free(rows, FALSE));
}

/* Serves what can be of a besoin; the number of sessions changed or added. hopeless: besoins that the draft as it is
 * cannot serve. */
static int32_t insert_besoin(ExplainProver *prover, const Draft *draft, int32_t besoin, ExplainTwins *hopeless)
{
    ExplainSession session;
    int32_t changed = 0;
    while (draft->left[besoin] > 0 && explain_twins_find(hopeless, besoin) == NULL) {
        bool found = explain_prove(prover, besoin, 0, EXPLAIN_STRICT, &session);
        bool worth = found && (draft->problem->points[besoin] > 0 || session.cost <= 0);
        if (worth) {
            explain_prover_insert(prover, &session);
            explain_twins_clear(hopeless);
        }
        if (found)
            explain_session_clear(&session);
        if (!worth) {
            explain_twins_add(hopeless, besoin, draft);
            return changed;
        }
        changed++;
    }
    return changed;
}

/* Serves a besoin with those it must come after where that is worth more than nothing: predecessors without points of
 * their own are not served for themselves. */
static bool insert_chain(Draft *draft, int32_t besoin)
{
    const Problem *p = draft->problem;
    const ModelBesoin *b = &p->model->besoins[besoin];
    bool wants_more = false;
    for (int32_t i = 0; i < b->n_apres; i++)
        wants_more = wants_more || (draft->left[b->apres[i]] > 0 && p->points[b->apres[i]] == 0);
    if (draft->left[besoin] == 0 || p->points[besoin] == 0 || !wants_more)
        return false;
    Draft *with = draft_new(p);
    draft_copy(with, draft);
    ExplainProver *prover = explain_prover_new(with);
    serve(prover, with, besoin, 0, CHAIN);
    bool better = with->points > draft->points;
    if (better)
        draft_copy(draft, with);
    explain_prover_free(prover);
    draft_free(with);
    return better;
}

int32_t explain_insert_free(Draft *draft)
{
    int32_t changed = 0;
    /* one served may let another be: as a predecessor, or by a lower share */
    for (int32_t before = -1; before != changed;) {
        before = changed;
        ExplainProver *prover = explain_prover_new(draft);
        ExplainTwins *hopeless = explain_twins_new(draft);
        for (int32_t b = 0; b < draft->problem->model->n_besoins; b++)
            changed += insert_besoin(prover, draft, b, hopeless);
        explain_twins_free(hopeless);
        explain_prover_free(prover);
        for (int32_t b = 0; b < draft->problem->model->n_besoins; b++)
            changed += insert_chain(draft, b);
    }
    return changed;
}
