/* Why fixed sessions cannot stand together: see conflict.h. */
#include "plan/conflict.h"

#include "config/money.h"
#include "plan/draft.h"

/* ---- money ---- */

typedef struct {
    const Problem *problem;
    Purse *purse;
    int64_t *missing; /* by class: cents */
    GString *text;    /* clauses, separated by commas */
} Accounts;

static const ProblemSlot *slot_of(const Problem *p, int32_t fixee)
{
    return &p->slots[p->model->n_offres + fixee];
}

static void add_clause(GString *text)
{
    if (text->len > 0)
        g_string_append(text, ", ");
}

static void charge_seat(Accounts *accounts, int32_t fixee, int32_t i)
{
    const Problem *p = accounts->problem;
    const ProblemSlot *slot = slot_of(p, fixee);
    const ProblemSeat *seat = &slot->forced[i];
    const ModelBesoin *b = &p->model->besoins[slot->links[seat->link].besoin];
    ProblemSlice f = p->financements[seat->montage];
    int64_t paid[PROBLEM_MAX_FINANCEMENTS];
    session_seat(p, slot, slot->forced, slot->n_forced, i, paid);
    for (int32_t k = 0; k < f.n; k++) {
        int32_t class = problem_class(p, slot->starts[0].season, problem_fund(p, b->siae, f.first + k), b->axe);
        if (paid[k] == 0)
            continue;
        if (class == MODEL_NONE) {
            char cents[MONEY_TEXT_MAX];
            add_clause(accounts->text);
            g_string_append_printf(
                accounts->text, "fixed session '%s' lacks %s for besoin '%s': no enveloppe of dispositif '%s' is open",
                p->model->sessions_fixees[fixee].session, money_text(paid[k], cents), b->reference,
                p->model->financements[f.first + k].dispositif);
            continue;
        }
        if (purse_add(accounts->purse, class, paid[k]))
            continue;
        int64_t room = purse_room(accounts->purse, class);
        bool fits = purse_add(accounts->purse, class, room);
        g_assert(fits);
        accounts->missing[class] += paid[k] - room;
    }
}

static void tell_class(const Accounts *accounts, int32_t class)
{
    const Problem *p = accounts->problem;
    const ProblemFund *fund = &p->funds[p->classes[class].fund];
    char cents[MONEY_TEXT_MAX];
    int32_t n = 0;
    add_clause(accounts->text);
    g_string_append_printf(accounts->text, "%s is missing in ", money_text(accounts->missing[class], cents));
    for (int32_t i = 0; i < fund->n; i++)
        if (p->classes[class].mask >> i & 1U)
            g_string_append_printf(accounts->text, "%s'%s'", n++ > 0 ? " and " : "",
                                   p->model->enveloppes[fund->enveloppes[i]].code);
}

/* The purse refuses a charge only when no splitting pays it, so what is missing in all does not depend on the order. */
static char *short_of_money(const Problem *p)
{
    Accounts accounts = {p, purse_new(p), g_new0(int64_t, p->n_classes + 1), g_string_new(NULL)};
    for (int32_t s = 0; s < p->model->n_sessions_fixees; s++)
        for (int32_t i = 0; i < slot_of(p, s)->n_forced; i++)
            charge_seat(&accounts, s, i);
    for (int32_t c = 0; c < p->n_classes; c++)
        if (accounts.missing[c] > 0)
            tell_class(&accounts, c);
    purse_free(accounts.purse);
    g_free(accounts.missing);
    char *text = g_string_free(accounts.text, FALSE);
    if (text[0] == '\0')
        g_clear_pointer(&text, g_free);
    return text;
}

/* ---- the other rules ---- */

/* Others may join and make a group large enough, so the least sizes tell nothing here. */
static const char *const rules[MOTIF_N] = {
    [MOTIF_SIAE_SATUREE] = "absents_max of a SIAE",
    [MOTIF_ORGANISME_SATURE] = "sessions_simultanees of its organisme",
    [MOTIF_STAGIAIRE_OCCUPE] = "one session a day for a stagiaire",
    [MOTIF_APRES_NON_SERVI] = "the order of apres",
    [MOTIF_RESTE_A_CHARGE] = "reste_a_charge_max of a SIAE",
    [MOTIF_CAPACITE] = "effectif_max",
};

static int compare_starts(const void *a, const void *b, void *problem)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    int32_t first = slot_of(problem, x)->starts[0].debut, second = slot_of(problem, y)->starts[0].debut;
    return first != second ? (first > second) - (first < second) : (x > y) - (x < y);
}

static char *tell_rules(const Problem *p, int32_t fixee, uint32_t broken)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int32_t motif = 0; motif < MOTIF_N; motif++)
        if ((broken >> motif & 1U) != 0 && rules[motif] != NULL) {
            add_clause(text);
            g_string_append(text, rules[motif]);
        }
    return text->len == 0
               ? NULL
               : g_strdup_printf("fixed session '%s' breaks %s", p->model->sessions_fixees[fixee].session, text->str);
}

static char *broken_rule(const Problem *p)
{
    int32_t n = p->model->n_sessions_fixees;
    g_autofree int32_t *sessions = g_new(int32_t, n + 1);
    char *text = NULL;
    for (int32_t s = 0; s < n; s++)
        sessions[s] = s;
    g_qsort_with_data(sessions, n, sizeof *sessions, compare_starts, (gpointer)(uintptr_t)p);
    Draft *draft = draft_new(p);
    for (int32_t i = 0; i < n && text == NULL; i++) {
        const ProblemSlot *slot = slot_of(p, sessions[i]);
        int32_t at = p->model->n_offres + sessions[i];
        if (draft_insert(draft, at, 0, slot->forced, slot->n_forced) == MODEL_NONE)
            text = tell_rules(p, sessions[i], draft_violations(draft, at, 0, slot->forced, slot->n_forced, false));
    }
    draft_free(draft);
    return text;
}

char *conflict_of_fixed(const Problem *problem)
{
    char *text = short_of_money(problem);
    return text != NULL ? text : broken_rule(problem);
}
