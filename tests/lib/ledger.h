/* From the choices of a plan to its figures, for tests: days, distances, money, charges, sums. Written from the
 * contract alone, in the plainest way; shares no code with plan/. */
#ifndef TESTS_LEDGER_H
#define TESTS_LEDGER_H

#include "sql/model.h"

#include <stdbool.h>

/* Financements of one montage, at most. */
#define LEDGER_RANGS 32

/* Learners of one need in a session under one montage. */
typedef struct {
    int32_t besoin, montage, effectif;
    bool fixed; /* as affectations_fixees has it: stays */
} LedgerChoice;

/* A session as chosen. */
typedef struct {
    char *code; /* NULL = named by ledger_plan() */
    int32_t offre, fixee, debut;
    GArray *days;    /* int32_t, from ledger_days() */
    GArray *choices; /* LedgerChoice */
} LedgerSession;

LedgerSession *ledger_session_new(const Model *model, int32_t offre, int32_t fixee, int32_t debut);
void ledger_session_free(LedgerSession *session);
int32_t ledger_session_size(const LedgerSession *session);

/* The sessions of a plan (LedgerSession, owned), as they were chosen. */
GPtrArray *ledger_sessions(const Model *model, const ModelPlan *plan);

/* The first and the last day a new session of offre may start, whatever its week (first > last: none). */
void ledger_period(const Model *model, int32_t offre, int32_t date_plan, int32_t *first, int32_t *last);

/* True on the days a session of offre may start or be held. */
bool ledger_working_day(const Model *model, int32_t offre, int32_t day);

/* True when day is inside a closure of this siae, organisme or commune. */
bool ledger_closed(const Model *model, VocabularyObjet objet, int32_t sujet, int32_t day);

/* Training days of a session of offre that starts on debut, a working day. */
GArray *ledger_days(const Model *model, int32_t offre, int32_t debut);

/* Tenths of km from a need's place to an offer's, MODEL_NONE when unreachable; *ticket (may be NULL): return ticket. */
int32_t ledger_km(const Model *model, int32_t besoin, int32_t offre, int64_t *ticket);

/* True when the conditions of montage hold for a learner of besoin in a session of offre. */
bool ledger_montage_holds(const Model *model, int32_t besoin, int32_t montage, int32_t offre);

/* Points of one learner of besoin. */
int64_t ledger_points(const Model *model, int32_t besoin);

/* Appends a session's ModelPlanAffectation (session = position) and ModelPlanCharge rows, in key order, charging
 * envelopes by code and taking from disponible[enveloppe]. Returns the choice no envelope can pay, or -1. */
int32_t ledger_account(const Model *model, LedgerSession *session, int32_t position, int64_t *disponible,
                       GArray *affectations, GArray *charges);

/* The whole plan of these sessions, whatever rule they break: amounts that no envelope can pay are not charged, a way
 * that does not exist is 0 km. */
ModelPlan *ledger_plan(const Model *model, GPtrArray *sessions, int32_t date_plan);

#endif
