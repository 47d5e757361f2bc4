/* What the parts of the checker share while they read one plan. Private to plan/check*.c.
 *
 * Everything here is derived from the Model and from the plan's decisions only: which offer starts when, and which
 * learners sit there under which montage. Every other number of the plan is what is being verified. */
#ifndef PLAN_CHECK_STATE_H
#define PLAN_CHECK_STATE_H

#include "config/calendar.h"
#include "sql/model.h"

/* Which part of the contract a violation breaks. */
typedef enum {
    CHECK_FORM,     /* order, keys, references, counts of the tables themselves */
    CHECK_DAYS,     /* Days: the training days that follow from the start */
    CHECK_START,    /* Days: which starts are allowed */
    CHECK_GROUP,    /* Group: effectif_min <= Q <= effectif_max */
    CHECK_NEED,     /* Group: the right course, no more learners than asked */
    CHECK_PLACE,    /* Place: km, reach, rayon_km */
    CHECK_PERIOD,   /* rule 1 */
    CHECK_OFFER,    /* rule 2 */
    CHECK_LOAD,     /* rule 3 */
    CHECK_CLOSURE,  /* rule 4 */
    CHECK_POOLING,  /* rule 5 */
    CHECK_TRAINEE,  /* rule 6 */
    CHECK_FIXED,    /* rule 7 */
    CHECK_MONTAGE,  /* Money: the montage's conditions */
    CHECK_MONEY,    /* Money: amounts */
    CHECK_REST,     /* Money: reste_a_charge_max */
    CHECK_CHARGE,   /* Money: what is charged, and to which envelopes */
    CHECK_ENVELOPE, /* Money: no envelope is overdrawn */
    CHECK_UNMET,    /* outputs: rows of non_couverts */
    CHECK_TOTALS,   /* outputs: bilan */
    CHECK_N_RULES
} CheckRule;

/* One session of the plan, same position as in plan->sessions. */
typedef struct {
    const ModelOffre *offre;         /* NULL: the plan names no offer; nothing more can be said of the session */
    const ModelFormation *formation; /* the offer's */
    int32_t first_day, n_days;       /* its recomputed training days: state->days[first_day ..]; 0 days: none known */
    int32_t first_row, n_rows;       /* its learners: state->rows[first_row ..] */
    int64_t effectif;                /* Q */
    int32_t nb_siae;
} CheckSession;

/* Learners of one need in one session under one montage: a sound row of plan->affectations. */
typedef struct {
    int32_t position; /* in plan->affectations */
    int32_t session, besoin, montage, effectif;
    int32_t km;     /* tenths, recomputed; MODEL_NONE = unreachable */
    int64_t billet; /* return ticket of one learner, cents */
    /* cents for all its learners, once priced */
    int64_t pedagogique, annexe, remuneration, finance, reste;
} CheckRow;

typedef struct {
    const Model *model;
    const ModelPlan *plan;
    GPtrArray *violations;
    CheckSession *sessions; /* plan->n_sessions of them */
    GArray *days;           /* int32_t, by session, ascending */
    CheckRow *rows;         /* by session, besoin, montage, position */
    int32_t n_rows;
    int64_t *served; /* by besoin: learners served */
    bool priced;     /* every row of the plan has its amounts: totals can be compared */
    GArray *due;     /* CheckDue, by session, besoin, dispositif, once priced */
} CheckState;

/* What a dispositif owes for the learners of a need in a session. */
typedef struct {
    int32_t session, besoin;
    const char *dispositif;
    int64_t montant; /* cents, > 0 */
} CheckDue;

/* A run of rows of model->fermetures. */
typedef struct {
    int32_t first, end;
} CheckClosures;

/* Adds the violation "rule : session, besoin : what". session and besoin are positions or MODEL_NONE; they may be
 * nonsense. What: a French clause without a final stop. */
void check_state_fault(CheckState *state, CheckRule rule, int32_t session, int32_t besoin, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

/* The closures of one SIAE, organisme or commune; none when sujet is MODEL_NONE. */
CheckClosures check_state_closures(const Model *model, VocabularyObjet objet, int32_t sujet);
bool check_state_closed(const Model *model, CheckClosures closures, int32_t day);

/* a + b, held within int64_t: sums of a plan's own figures may be anything. */
int64_t check_state_add(int64_t a, int64_t b);

/* A day as AAAA-MM-JJ, or the number itself where prisme knows no such day. Returns text. */
#define CHECK_DAY_MAX 24
const char *check_state_day(int32_t day, char text[CHECK_DAY_MAX]);

/* The training days of a session, ascending: session->n_days of them. */
const int32_t *check_state_days(const CheckState *state, const CheckSession *session);

/* The parts, in the order check_plan() calls them; each relies on the ones before. */
void check_form_read(CheckState *state);
void check_days_verify(CheckState *state);
void check_group_verify(CheckState *state);
void check_rules_verify(CheckState *state);
void check_money_verify(CheckState *state);
void check_charges_verify(CheckState *state);
void check_totals_verify(CheckState *state);

#endif
