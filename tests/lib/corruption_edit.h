/* What the faults of corruption_choices.h and corruption_funding.h share: a plan as its choices, and back. */
#ifndef TESTS_CORRUPTION_EDIT_H
#define TESTS_CORRUPTION_EDIT_H

#include "tests/lib/ledger.h"

/* Session i of ledger_sessions(), choice i of a session. */
LedgerSession *corruption_edit_session(GPtrArray *sessions, guint i);
LedgerChoice *corruption_edit_choice(const LedgerSession *session, guint i);

/* Puts the plan of these sessions, figures and all, in place of plan; empty ones are dropped. True. */
bool corruption_edit_settle(const Model *model, ModelPlan *plan, GPtrArray *sessions);

#endif
