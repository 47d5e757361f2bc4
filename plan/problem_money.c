/* Funds, seasons, profiles and payments of a Problem: see problem_money.h. */
#include "plan/problem_money.h"

#include "config/fault.h"
#include "config/money.h"
#include "plan/tariff.h"

#include <string.h>

struct ProblemMoney {
    Problem *problem;
    GHashTable *seasons;           /* GBytes of an open flag an enveloppe → season + 1 */
    GPtrArray *open;               /* by season: those flags */
    GHashTable *profiles;          /* GBytes of montages → profile + 1 */
    GArray *profile_rows;          /* ProblemProfile */
    int32_t (*of_besoin)[2];       /* [besoin][qualiopi] profile, or -2 when not yet known */
    GHashTable *extra_ids;         /* "profile/formation/annexe" → position + 1 */
    GArray *extras, *wages, *peds; /* int64_t */
};

static void *own(Problem *p, void *block)
{
    g_ptr_array_add(p->blocks, block);
    return block;
}

/* The position of a text in a list of distinct texts, added when new. */
static int32_t intern(GPtrArray *texts, const char *text)
{
    for (guint i = 0; i < texts->len; i++)
        if (strcmp(texts->pdata[i], text) == 0)
            return (int32_t)i;
    g_ptr_array_add(texts, (gpointer)(uintptr_t)text);
    return (int32_t)texts->len - 1;
}

static bool index_financements(Problem *p, GPtrArray *dispositifs, GError **error)
{
    const Model *m = p->model;
    p->financements = own(p, g_new0(ProblemSlice, m->n_montages + 1));
    p->dispositif = own(p, g_new0(int32_t, m->n_financements + 1));
    for (int32_t i = 0; i < m->n_financements; i++) {
        ProblemSlice *slice = &p->financements[m->financements[i].montage];
        if (slice->n++ == 0)
            slice->first = i;
        p->dispositif[i] = intern(dispositifs, m->financements[i].dispositif);
        if (slice->n <= PROBLEM_MAX_FINANCEMENTS)
            continue;
        g_set_error(error, FAULT, FAULT_NO_PLAN, "more than %d financements of montage '%s'", PROBLEM_MAX_FINANCEMENTS,
                    m->montages[m->financements[i].montage].code);
        return false;
    }
    return true;
}

static bool make_funds(Problem *p, GPtrArray *opcos, GPtrArray *dispositifs, GError **error)
{
    const Model *m = p->model;
    p->n_opcos = (int32_t)opcos->len;
    p->n_dispositifs = (int32_t)dispositifs->len;
    int32_t cells = p->n_opcos * p->n_dispositifs;
    p->fund = own(p, g_new0(int32_t, cells + 1));
    for (int32_t i = 0; i < cells; i++)
        p->fund[i] = MODEL_NONE;
    GArray *funds = g_array_new(FALSE, TRUE, sizeof(ProblemFund));
    for (int32_t o = 0; o < p->n_opcos; o++)
        for (int32_t d = 0; d < p->n_dispositifs; d++) {
            GArray *enveloppes = g_array_new(FALSE, TRUE, sizeof(int32_t));
            for (int32_t e = 0; e < m->n_enveloppes; e++)
                if (strcmp(m->enveloppes[e].opco, opcos->pdata[o]) == 0 &&
                    strcmp(m->enveloppes[e].dispositif, dispositifs->pdata[d]) == 0)
                    g_array_append_val(enveloppes, e);
            ProblemFund fund = {o, d, NULL, (int32_t)enveloppes->len};
            fund.enveloppes = own(p, g_array_free(enveloppes, FALSE));
            if (fund.n == 0)
                continue;
            p->fund[o * p->n_dispositifs + d] = (int32_t)funds->len;
            g_array_append_val(funds, fund);
            if (fund.n > PROBLEM_MAX_FUND)
                g_set_error(error, FAULT, FAULT_NO_PLAN, "more than %d enveloppes of opco '%s' for dispositif '%s'",
                            PROBLEM_MAX_FUND, (const char *)opcos->pdata[o], (const char *)dispositifs->pdata[d]);
            if (fund.n > PROBLEM_MAX_FUND) {
                g_array_free(funds, TRUE);
                return false;
            }
        }
    p->n_funds = (int32_t)funds->len;
    p->funds = own(p, g_array_free(funds, FALSE));
    return true;
}

ProblemMoney *problem_money_new(Problem *problem, GError **error)
{
    const Model *m = problem->model;
    g_autoptr(GPtrArray) opcos = g_ptr_array_new(), dispositifs = g_ptr_array_new();
    problem->opco = own(problem, g_new0(int32_t, m->n_siae + 1));
    for (int32_t i = 0; i < m->n_siae; i++)
        problem->opco[i] = intern(opcos, m->siae[i].opco);
    if (!index_financements(problem, dispositifs, error) || !make_funds(problem, opcos, dispositifs, error))
        return NULL;
    ProblemMoney *money = g_new0(ProblemMoney, 1);
    money->problem = problem;
    money->seasons = g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    money->open = g_ptr_array_new();
    money->profiles = g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
    money->profile_rows = g_array_new(FALSE, TRUE, sizeof(ProblemProfile));
    money->of_besoin = g_malloc(sizeof *money->of_besoin * (gsize)(m->n_besoins + 1));
    for (int32_t i = 0; i < m->n_besoins; i++)
        money->of_besoin[i][0] = money->of_besoin[i][1] = -2;
    money->extra_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    money->extras = g_array_new(FALSE, TRUE, sizeof(int64_t));
    money->wages = g_array_new(FALSE, TRUE, sizeof(int64_t));
    money->peds = g_array_new(FALSE, TRUE, sizeof(int64_t));
    return money;
}

int32_t problem_money_season(ProblemMoney *money, const ProblemStart *start)
{
    const Model *m = money->problem->model;
    guint8 *flags = g_malloc0((gsize)m->n_enveloppes + 1);
    for (int32_t i = 0; i < m->n_enveloppes; i++) {
        const ModelEnveloppe *e = &m->enveloppes[i];
        flags[i] = start->debut >= e->debut_min && start->debut <= e->debut_max &&
                   (e->fin_max == MODEL_NONE || start->fin <= e->fin_max);
    }
    GBytes *key = g_bytes_new_take(flags, (gsize)m->n_enveloppes + 1);
    int32_t known = GPOINTER_TO_INT(g_hash_table_lookup(money->seasons, key));
    if (known != 0) {
        g_bytes_unref(key);
        return known - 1;
    }
    g_ptr_array_add(money->open, flags);
    g_hash_table_insert(money->seasons, key, GINT_TO_POINTER((gint)money->open->len));
    return (int32_t)money->open->len - 1;
}

static int32_t make_profile(ProblemMoney *money, int32_t besoin, bool qualiopi)
{
    const Model *m = money->problem->model;
    GArray *montages = g_array_new(FALSE, FALSE, sizeof(int32_t));
    for (int32_t i = 0; i < m->n_montages; i++)
        if (tariff_montage_holds(m, i, besoin, tariff_is_payable(m, besoin, qualiopi)))
            g_array_append_val(montages, i);
    ProblemProfile profile = {NULL, (int32_t)montages->len};
    GBytes *key = g_bytes_new(montages->data, montages->len * sizeof(int32_t));
    profile.montages = own(money->problem, g_array_free(montages, FALSE));
    int32_t known = profile.n == 0 ? 0 : GPOINTER_TO_INT(g_hash_table_lookup(money->profiles, key));
    if (profile.n == 0 || known != 0) {
        g_bytes_unref(key);
        return known - 1;
    }
    g_array_append_val(money->profile_rows, profile);
    g_hash_table_insert(money->profiles, key, GINT_TO_POINTER((gint)money->profile_rows->len));
    return (int32_t)money->profile_rows->len - 1;
}

int32_t problem_money_profile(ProblemMoney *money, int32_t besoin, bool qualiopi)
{
    int32_t *known = &money->of_besoin[besoin][qualiopi];
    if (*known == -2)
        *known = make_profile(money, besoin, qualiopi);
    return *known;
}

int32_t problem_money_extras(ProblemMoney *money, int32_t profile, int32_t formation, int64_t annexe)
{
    const Problem *p = money->problem;
    const Model *m = p->model;
    char *key = g_strdup_printf("%d/%d/%" G_GINT64_FORMAT, profile, formation, annexe);
    int32_t known = GPOINTER_TO_INT(g_hash_table_lookup(money->extra_ids, key));
    if (known != 0) {
        g_free(key);
        return known - 1;
    }
    int32_t first = (int32_t)money->extras->len;
    g_hash_table_insert(money->extra_ids, key, GINT_TO_POINTER(first + 1));
    const ProblemProfile *row = &g_array_index(money->profile_rows, ProblemProfile, profile);
    for (int32_t i = 0; i < row->n; i++) {
        int32_t montage = row->montages[i];
        ProblemSlice f = p->financements[montage];
        int64_t salaire = money_hours(m->formations[formation].heures, m->montages[montage].salaire_horaire);
        guint at = money->extras->len;
        g_array_set_size(money->extras, at + (guint)f.n);
        g_array_set_size(money->wages, at + (guint)f.n);
        tariff_extras(&m->financements[f.first], f.n, annexe, salaire, (int64_t *)(void *)money->extras->data + at,
                      (int64_t *)(void *)money->wages->data + at);
    }
    return first;
}

int32_t *problem_money_peds(ProblemMoney *money, const ProblemSlot *slot)
{
    const Problem *p = money->problem;
    const Model *m = p->model;
    int32_t sizes = MAX(slot->q_max - slot->q_min + 1, 0);
    int32_t *first = g_new(int32_t, (gsize)sizes * (gsize)m->n_montages + 1);
    g_autofree bool *used = g_new0(bool, m->n_montages + 1);
    for (int32_t i = 0; i < slot->n_links; i++) {
        const ProblemProfile *row = &g_array_index(money->profile_rows, ProblemProfile, slot->links[i].profile);
        for (int32_t k = 0; k < row->n; k++)
            used[row->montages[k]] = true;
    }
    int32_t heures = m->formations[m->offres[slot->offre].formation].heures;
    for (int32_t q = slot->q_min; q <= slot->q_max; q++)
        for (int32_t montage = 0; montage < m->n_montages; montage++) {
            ProblemSlice f = p->financements[montage];
            guint at = money->peds->len;
            first[(q - slot->q_min) * m->n_montages + montage] = used[montage] ? (int32_t)at : MODEL_NONE;
            if (!used[montage])
                continue;
            g_array_set_size(money->peds, at + 2 * (guint)f.n);
            int64_t share = problem_pedagogy(p, slot->offre, q) / q;
            for (int32_t up = 0; up < 2; up++)
                tariff_pedagogy(&m->financements[f.first], f.n, heures, share + up,
                                (int64_t *)(void *)money->peds->data + at + up * f.n);
        }
    return first;
}

static uint64_t open_mask(const ProblemMoney *money, int32_t season, int32_t fund, int32_t axe)
{
    const Problem *p = money->problem;
    uint64_t mask = 0;
    for (int32_t i = 0; i < p->funds[fund].n; i++) {
        int32_t enveloppe = p->funds[fund].enveloppes[i], only = p->model->enveloppes[enveloppe].axe;
        if (((const guint8 *)money->open->pdata[season])[enveloppe] && (only == MODEL_NONE || only == axe))
            mask |= (uint64_t)1 << i;
    }
    return mask;
}

static void make_classes(ProblemMoney *money)
{
    Problem *p = money->problem;
    int32_t n_axes = p->model->n_axes;
    p->n_seasons = (int32_t)money->open->len;
    p->class_of = own(p, g_new0(int32_t, (gsize)p->n_seasons * (gsize)p->n_funds * (gsize)n_axes + 1));
    GArray *classes = g_array_new(FALSE, TRUE, sizeof(ProblemClass));
    for (int32_t fund = 0; fund < p->n_funds; fund++) {
        guint first = classes->len;
        for (int32_t season = 0; season < p->n_seasons; season++)
            for (int32_t axe = 0; axe < n_axes; axe++) {
                ProblemClass class = {fund, open_mask(money, season, fund, axe)};
                guint at = first;
                while (at < classes->len && g_array_index(classes, ProblemClass, at).mask != class.mask)
                    at++;
                if (class.mask != 0 && at == classes->len)
                    g_array_append_val(classes, class);
                p->class_of[(season * p->n_funds + fund) * n_axes + axe] = class.mask != 0 ? (int32_t)at : MODEL_NONE;
            }
    }
    p->n_classes = (int32_t)classes->len;
    p->classes = own(p, g_array_free(classes, FALSE));
}

void problem_money_finish(ProblemMoney *money)
{
    Problem *p = money->problem;
    make_classes(money);
    p->n_profiles = (int32_t)money->profile_rows->len;
    p->profiles = own(p, g_array_free(money->profile_rows, FALSE));
    p->extras = own(p, g_array_free(money->extras, FALSE));
    p->wages = own(p, g_array_free(money->wages, FALSE));
    p->peds = own(p, g_array_free(money->peds, FALSE));
    g_hash_table_unref(money->seasons);
    g_ptr_array_unref(money->open);
    g_hash_table_unref(money->profiles);
    g_hash_table_unref(money->extra_ids);
    g_free(money->of_besoin);
    g_free(money);
}
