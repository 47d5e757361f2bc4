/* Montages and envelopes by enumeration: see exhaustive_money.h. */
#include "tests/lib/exhaustive_money.h"

#include "tests/lib/ledger.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DEMANDS 160

/* One way to spread the learners of a group over montages. */
typedef struct {
    int32_t counts[EXHAUSTIVE_MONTAGES];
    int64_t reste;
    int64_t owed[LEDGER_RANGS]; /* by dispositif: the position of the first financement that names it */
} Option;

/* What a dispositif owes for a group, and the envelopes it was taken from so far. */
typedef struct {
    int32_t group;
    int64_t amount;
    bool may[EXHAUSTIVE_ENVELOPES];
    int64_t from[EXHAUSTIVE_ENVELOPES];
} Demand;

typedef struct {
    const Model *model;
    ExhaustiveGroup *groups;
    int32_t n_groups;
    GArray *options[EXHAUSTIVE_GROUPS];         /* Option, least reste first */
    int64_t least_after[EXHAUSTIVE_GROUPS + 1]; /* least reste of this group and the later ones */
    const Option *picked[EXHAUSTIVE_GROUPS];
    int64_t *left; /* by SIAE: reste à charge it may still bear, or INT64_MAX */
    Demand demands[MAX_DEMANDS];
    int32_t n_demands;
    int64_t used[EXHAUSTIVE_ENVELOPES];
    int64_t best;
    bool found;
} Choice;

static int64_t half(int64_t numerator, int64_t denominator)
{
    int64_t quotient = numerator / denominator;
    return quotient + (2 * (numerator % denominator) >= denominator ? 1 : 0);
}

int64_t exhaustive_money_annexe(const Model *model, int32_t besoin, int32_t offre)
{
    const ModelOffre *o = &model->offres[offre];
    const char *opco = model->siae[model->besoins[besoin].siae].opco;
    const ModelFrais *frais = NULL;
    for (int32_t i = 0; i < model->n_frais; i++)
        if (strcmp(model->frais[i].opco, opco) == 0 || (frais == NULL && model->frais[i].opco[0] == '\0'))
            frais = &model->frais[i];
    g_assert(frais != NULL);
    int64_t jours = model->formations[o->formation].jours, ticket = 0;
    int64_t km = ledger_km(model, besoin, offre, &ticket);
    int64_t per_day = jours * frais->forfait_jour;
    switch (o->modalite) {
    case MODALITE_DISTANCIEL:
        return 0;
    case MODALITE_AFEST:
        return per_day;
    default:
        break;
    }
    bool nights = frais->nuit_km != MODEL_NONE && km > frais->nuit_km;
    /* in thousandths of a cent, all of it, rounded once */
    int64_t sum = nights ? 2 * km * frais->bareme_km + 1000 * ((jours - 1) * frais->forfait_nuit + ticket)
                         : 2 * km * jours * frais->bareme_km + 1000 * jours * ticket;
    return half(sum + 1000 * per_day, 1000);
}

static int32_t dispositif_of(const Model *model, int32_t financement)
{
    for (int32_t i = 0; i < financement; i++)
        if (strcmp(model->financements[i].dispositif, model->financements[financement].dispositif) == 0)
            return i;
    return financement;
}

/* Adds one learner under a montage to an option. */
static void add_learner(const Model *model, const ExhaustiveGroup *group, int32_t montage, int64_t share,
                        Option *option)
{
    int64_t heures = model->formations[model->offres[group->offre].formation].heures;
    int64_t wage = half(heures * model->montages[montage].salaire_horaire, 100);
    int64_t paid_share = 0, paid_annexe = 0, paid_wage = 0;
    for (int32_t i = 0; i < model->n_financements; i++) {
        const ModelFinancement *f = &model->financements[i];
        if (f->montage != montage)
            continue;
        int64_t ceiling = f->plafond_horaire == MODEL_NONE ? INT64_MAX : f->plafond_horaire * heures;
        int64_t p = MIN(share - paid_share, half(MIN(share * 100, ceiling) * f->taux_pedagogie, 1000000));
        int64_t a = MIN(group->annexe - paid_annexe, half(group->annexe * f->taux_annexes, 10000));
        int64_t w = MIN(wage - paid_wage, half(wage * f->taux_salaire, 10000));
        paid_share += p;
        paid_annexe += a;
        paid_wage += w;
        option->owed[dispositif_of(model, i)] += p + a + w;
    }
    option->reste += share - paid_share + group->annexe - paid_annexe;
}

static gint by_reste(gconstpointer a, gconstpointer b)
{
    const Option *x = a, *y = b;
    return x->reste < y->reste ? -1 : x->reste > y->reste;
}

/* Every spread of the group's learners over the montages from `montage` on. */
static void spread(const Choice *choice, const ExhaustiveGroup *group, int32_t montage, int32_t left, Option *option,
                   GArray *options)
{
    const Model *model = choice->model;
    if (montage == model->n_montages) {
        if (left > 0)
            return;
        option->reste = 0;
        memset(option->owed, 0, sizeof option->owed);
        int32_t seated = 0;
        for (int32_t m = 0; m < model->n_montages; m++)
            for (int32_t k = 0; k < option->counts[m]; k++, seated++)
                add_learner(model, group, m, group->share + (seated < group->n_odd ? 1 : 0), option);
        g_array_append_val(options, *option);
        return;
    }
    int32_t most = ledger_montage_holds(model, group->besoin, montage, group->offre) ? left : 0;
    for (int32_t n = group->fixed[montage]; n <= most; n++) {
        option->counts[montage] = n;
        spread(choice, group, montage + 1, left - n, option, options);
    }
    option->counts[montage] = 0;
}

static bool may_bear(const Model *model, const ExhaustiveGroup *group, int32_t financement, int32_t enveloppe)
{
    const ModelEnveloppe *v = &model->enveloppes[enveloppe];
    const ModelBesoin *b = &model->besoins[group->besoin];
    return strcmp(v->dispositif, model->financements[financement].dispositif) == 0 &&
           strcmp(v->opco, model->siae[b->siae].opco) == 0 && (v->axe == MODEL_NONE || v->axe == b->axe) &&
           v->debut_min <= group->debut && group->debut <= v->debut_max &&
           (v->fin_max == MODEL_NONE || group->fin <= v->fin_max);
}

/* Finds at most `want` cents of envelope `e`, moving other demands elsewhere if need be; how many it found. */
static int64_t make_room(Choice *choice, int32_t e, int64_t want, bool seen[EXHAUSTIVE_ENVELOPES])
{
    int64_t room = MIN(want, choice->model->enveloppes[e].montant - choice->used[e]);
    seen[e] = true;
    for (int32_t d = 0; d < choice->n_demands && room == 0; d++) {
        Demand *other = &choice->demands[d];
        for (int32_t f = 0; f < choice->model->n_enveloppes && room == 0 && other->from[e] > 0; f++) {
            if (!other->may[f] || seen[f])
                continue;
            room = make_room(choice, f, MIN(want, other->from[e]), seen);
            other->from[e] -= room;
            other->from[f] += room;
            choice->used[e] -= room;
            choice->used[f] += room;
        }
    }
    return room;
}

/* Takes the whole demand from envelopes by augmenting paths; false when they cannot bear it. */
static bool take(Choice *choice, Demand demand)
{
    g_assert(choice->n_demands < MAX_DEMANDS);
    int32_t at = choice->n_demands++;
    choice->demands[at] = demand;
    for (int64_t missing = demand.amount; missing > 0;) {
        bool seen[EXHAUSTIVE_ENVELOPES] = {false};
        int64_t got = 0;
        for (int32_t e = 0; e < choice->model->n_enveloppes && got == 0; e++) {
            if (!demand.may[e] || seen[e])
                continue;
            got = make_room(choice, e, missing, seen);
            choice->demands[at].from[e] += got;
            choice->used[e] += got;
        }
        if (got == 0)
            return false;
        missing -= got;
    }
    return true;
}

static void keep(Choice *choice, int64_t reste)
{
    choice->best = reste;
    choice->found = true;
    for (int32_t g = 0; g < choice->n_groups; g++) {
        memcpy(choice->groups[g].chosen, choice->picked[g]->counts, sizeof choice->groups[g].chosen);
        memset(choice->groups[g].charged, 0, sizeof choice->groups[g].charged);
    }
    for (int32_t d = 0; d < choice->n_demands; d++)
        for (int32_t e = 0; e < choice->model->n_enveloppes; e++)
            choice->groups[choice->demands[d].group].charged[e] += choice->demands[d].from[e];
}

static void choose_from(Choice *choice, int32_t g, int64_t reste)
{
    if (g == choice->n_groups) {
        keep(choice, reste);
        return;
    }
    const Model *model = choice->model;
    const ExhaustiveGroup *group = &choice->groups[g];
    int64_t *left = &choice->left[model->besoins[group->besoin].siae];
    int32_t n_demands = choice->n_demands;
    g_autofree Demand *demands = g_memdup2(choice->demands, (gsize)n_demands * sizeof(Demand));
    int64_t used[EXHAUSTIVE_ENVELOPES];
    memcpy(used, choice->used, sizeof used);
    for (guint i = 0; i < choice->options[g]->len; i++) {
        const Option *option = &g_array_index(choice->options[g], Option, i);
        if (reste + option->reste + choice->least_after[g + 1] >= choice->best)
            break;
        if (option->reste > *left)
            break;
        bool holds = true;
        for (int32_t f = 0; f < model->n_financements && holds; f++) {
            Demand demand = {.group = g, .amount = option->owed[f]};
            for (int32_t e = 0; e < model->n_enveloppes && demand.amount > 0; e++)
                demand.may[e] = may_bear(model, group, f, e);
            holds = demand.amount == 0 || take(choice, demand);
        }
        if (holds) {
            *left -= *left == INT64_MAX ? 0 : option->reste;
            choice->picked[g] = option;
            choose_from(choice, g + 1, reste + option->reste);
            *left += *left == INT64_MAX ? 0 : option->reste;
        }
        if (n_demands > 0)
            memcpy(choice->demands, demands, (gsize)n_demands * sizeof(Demand));
        choice->n_demands = n_demands;
        memcpy(choice->used, used, sizeof used);
    }
}

bool exhaustive_money_choose(const Model *model, ExhaustiveGroup *groups, int32_t n_groups, int64_t below,
                             int64_t *reste)
{
    g_assert(model->n_montages <= EXHAUSTIVE_MONTAGES && model->n_enveloppes <= EXHAUSTIVE_ENVELOPES &&
             model->n_financements <= LEDGER_RANGS && n_groups <= EXHAUSTIVE_GROUPS);
    g_autofree Choice *choice = g_new0(Choice, 1);
    g_autofree int64_t *left = g_new0(int64_t, (gsize)model->n_siae + 1);
    choice->model = model;
    choice->groups = groups;
    choice->n_groups = n_groups;
    choice->left = left;
    choice->best = below;
    for (int32_t s = 0; s < model->n_siae; s++)
        left[s] = model->siae[s].reste_a_charge_max == MODEL_NONE ? INT64_MAX : model->siae[s].reste_a_charge_max;
    bool possible = true;
    for (int32_t g = n_groups - 1; g >= 0; g--) {
        Option option = {0};
        choice->options[g] = g_array_new(FALSE, FALSE, sizeof(Option));
        spread(choice, &groups[g], 0, groups[g].n, &option, choice->options[g]);
        g_array_sort(choice->options[g], by_reste);
        possible = possible && choice->options[g]->len > 0;
        if (possible)
            choice->least_after[g] = choice->least_after[g + 1] + g_array_index(choice->options[g], Option, 0).reste;
    }
    if (possible && choice->least_after[0] < below)
        choose_from(choice, 0, 0);
    for (int32_t g = 0; g < n_groups; g++)
        g_array_unref(choice->options[g]);
    *reste = choice->best;
    return choice->found;
}
