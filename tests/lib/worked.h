/* Worked cases: one small region everyone can hold in mind, and plans of it written out by hand. */
#ifndef TESTS_WORKED_H
#define TESTS_WORKED_H

#include "tests/lib/region_draft.h"

/* Positions in the region of worked_region(), before and after freezing (keys ascend). */
enum { S1, S2, S3 };             /* SIAE: ACI of AKTO, EI of AKTO, ETTI of OCAPIAT; all in CAEN, 10 ETP, no limits */
enum { CAEN, LISIEUX, CHAUSEY }; /* 14118, 14366; 50353 is an island, zone "île" */
enum { G1, G2 };                 /* organismes, qualiopi, no limit */
enum { F1, F2 };                 /* formations of nature base: 2 days of 14 h, 1 day of 7 h; 1 to 4 learners */
enum { O1, O2, O3 };     /* F1 by G1, F2 by G1, F1 by G2: in CAEN, starts 2026-03-02 .. 2026-03-31, two sessions each */
enum { A1 };             /* axe without min_siae */
enum { B1, B2, B3, B4 }; /* 2 learners of S1, 1 of S2, 1 of S3 for F1; 1 of S1 for F2: March and April 2026 */
enum { M0, M1 };         /* montages without conditions nor financement */

/* Priorities of B1..B4 are 1..4 (8, 4, 2, 1 points). The campaign W of region 28 is the year 2026, planned from
 * 2026-01-05. Nothing costs anything and there is no envelope until a test says otherwise. */
RegionDraft *worked_region(void);

/* A day written AAAA-MM-JJ, asserted to exist. */
int32_t worked_day(const char *text);

typedef struct {
    const char *code;  /* NULL ends a list; the name of a fixed session makes it that one */
    const char *offre; /* NULL after a code: the text before the first '-' of the code */
    const char *jours; /* training days, separated by a space */
} WorkedSession;

/* Learners of a need in a session, and what they cost, in cents. */
typedef struct {
    const char *session; /* code; NULL ends a list */
    const char *besoin, *montage;
    int32_t effectif, km;
    int64_t pedagogique, annexe, remuneration, finance, reste;
} WorkedRow;

typedef struct {
    const char *session; /* NULL ends a list */
    const char *besoin, *enveloppe;
    int64_t montant;
} WorkedCharge;

/* n learners of a need that cost nothing, km in tenths. */
#define WORKED_FREE(session, besoin, n, km)                                                                            \
    {                                                                                                                  \
        session, besoin, "M0", n, km, 0, 0, 0, 0, 0                                                                    \
    }
#define WORKED_SESSIONS(...) ((const WorkedSession[]){__VA_ARGS__, {NULL, NULL, NULL}})
#define WORKED_ROWS(...) ((const WorkedRow[]){__VA_ARGS__, {NULL, NULL, NULL, 0, 0, 0, 0, 0, 0, 0}})

/* The plan of these sessions (in order of code), rows and charges (in order of their keys; NULL = none). Sums, numbers
 * Free with model_plan_free(). */
ModelPlan *worked_plan(const Model *model, const WorkedSession *sessions, const WorkedRow *rows,
                       const WorkedCharge *charges);

/* Asserts that check_plan() finds nothing, or, rule given, at least one violation and each of them of that rule: its
 * text begins with rule. */
void worked_expect(const char *name, const Model *model, const ModelPlan *plan, const char *rule);

/* A whole case: the region, changed; the plan of free sessions and rows; the rule it breaks or NULL. */
typedef struct {
    const char *name;
    void (*change)(RegionDraft *draft); /* NULL = as it is */
    const WorkedSession *sessions;
    const WorkedRow *rows;
    const char *rule;
} WorkedCase;
void worked_try(const WorkedCase *cases, size_t n);

#endif
