/* The checker, part 5: contract, Money — montages, shares, ancillary costs, wages, what each dispositif owes and what
 * is left to each SIAE. Fills the amounts of every row and the dues the charges must meet. */
#include "plan/check_state.h"

#include "config/money.h"

#include <stdlib.h>
#include <string.h>

/* Above this a group is nonsense and its amounts could leave int64_t; its size is told elsewhere. */
#define EFFECTIF_PRICED 100000

/* What all learners of a row under one share have in common. */
typedef struct {
    int32_t n;
    int64_t share, annexe, salaire; /* cents of one learner */
} Learners;

/* Financements of a montage: first[montage] .. first[montage + 1] of the model's rows. */
static int32_t *index_financements(const Model *model)
{
    int32_t *first = g_new0(int32_t, (gsize)model->n_montages + 2);
    for (int32_t i = 0; i < model->n_financements; i++)
        first[model->financements[i].montage + 1]++;
    for (int32_t m = 0; m < model->n_montages; m++)
        first[m + 1] += first[m];
    return first;
}

static const ModelFrais *frais_of(const Model *model, const char *opco)
{
    const ModelFrais *other = NULL;
    for (int32_t i = 0; i < model->n_frais; i++) {
        if (strcmp(model->frais[i].opco, opco) == 0)
            return &model->frais[i];
        if (model->frais[i].opco[0] == '\0')
            other = &model->frais[i];
    }
    return other;
}

/* Ancillary cost of one learner; false when no row of frais holds for his SIAE. */
static bool annexe_of(const Model *model, const CheckSession *session, const CheckRow *row, int64_t *annexe)
{
    const ModelFrais *frais = frais_of(model, model->siae[model->besoins[row->besoin].siae].opco);
    int64_t jours = session->formation->jours;
    *annexe = 0;
    if (frais == NULL)
        return false;
    if (session->offre->modalite == MODALITE_DISTANCIEL)
        return true;
    if (session->offre->modalite == MODALITE_AFEST) {
        *annexe = jours * frais->forfait_jour;
        return true;
    }
    bool nights = frais->nuit_km != MODEL_NONE && row->km > frais->nuit_km;
    int64_t journeys = nights ? 1 : jours;
    /* tenths of km x ten-thousandths of a euro = thousandths of a cent */
    int64_t driven = 2 * (int64_t)row->km * journeys * frais->bareme_km;
    *annexe = money_half_up(driven, 1000) + journeys * row->billet + jours * frais->forfait_jour +
              (nights ? (jours - 1) * frais->forfait_nuit : 0);
    return true;
}

static bool names_axe(const ModelMontage *montage, int32_t axe)
{
    for (int32_t i = 0; i < montage->n_axes; i++)
        if (montage->axes[i] == axe)
            return true;
    return montage->n_axes == 0;
}

static bool names(uint32_t set, int value)
{
    return set == 0 || (set >> value & 1) != 0;
}

/* The first condition of the montage that does not hold for the row, in French; NULL when all hold. */
static const char *unmet_condition(const Model *model, const CheckSession *session, const CheckRow *row, bool financed)
{
    const ModelMontage *montage = &model->montages[row->montage];
    const ModelBesoin *besoin = &model->besoins[row->besoin];
    const ModelSiae *siae = &model->siae[besoin->siae];
    const struct {
        bool holds;
        const char *fault;
    } conditions[] = {
        {montage->opco[0] == '\0' || strcmp(montage->opco, siae->opco) == 0, "OPCO de la SIAE non admis"},
        {names(montage->types, (int)siae->type), "type de SIAE non admis"},
        {names(montage->natures, (int)session->formation->nature), "nature de formation non admise"},
        {names(montage->statuts, (int)besoin->statut), "statut non admis"},
        {names_axe(montage, besoin->axe), "axe non admis"},
        {montage->effectif_min == MODEL_NONE ||
             (siae->effectif != MODEL_NONE && siae->effectif >= montage->effectif_min),
         "effectif de la SIAE inconnu ou trop faible"},
        {montage->effectif_max == MODEL_NONE ||
             (siae->effectif != MODEL_NONE && siae->effectif <= montage->effectif_max),
         "effectif de la SIAE inconnu ou trop fort"},
        {!financed || session->formation->nature != NATURE_OBLIGATION || besoin->attestation,
         "formation obligatoire sans attestation"},
        {!financed || model->organismes[session->offre->organisme].qualiopi, "organisme sans Qualiopi"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(conditions); i++)
        if (!conditions[i].holds)
            return conditions[i].fault;
    return NULL;
}

/* Adds the amounts of n learners who pay the same share, and what each dispositif owes for them. */
static void price_learners(CheckState *state, const int32_t *financements, CheckRow *row, const Learners *learners)
{
    const Model *model = state->model;
    int32_t heures = state->sessions[row->session].formation->heures;
    int64_t left = learners->share, left_annexe = learners->annexe, left_salaire = learners->salaire;
    int64_t n = learners->n;
    if (n == 0)
        return;
    for (int32_t i = financements[row->montage]; i < financements[row->montage + 1]; i++) {
        const ModelFinancement *by = &model->financements[i];
        int64_t pedagogique =
            MIN(left, money_capped_rate(learners->share, by->plafond_horaire, heures, by->taux_pedagogie));
        int64_t annexe = MIN(left_annexe, money_rate(learners->annexe, by->taux_annexes));
        int64_t salaire = MIN(left_salaire, money_rate(learners->salaire, by->taux_salaire));
        CheckDue due = {row->session, row->besoin, by->dispositif, n * (pedagogique + annexe + salaire)};
        left -= pedagogique;
        left_annexe -= annexe;
        left_salaire -= salaire;
        if (due.montant > 0)
            g_array_append_val(state->due, due);
    }
    int64_t remuneration = learners->salaire - left_salaire, reste = left + left_annexe;
    row->pedagogique += n * learners->share;
    row->annexe += n * learners->annexe;
    row->remuneration += n * remuneration;
    row->reste += n * reste;
    row->finance += n * (learners->share + learners->annexe + remuneration - reste);
}

static void verify_amounts(CheckState *state, const CheckRow *row)
{
    const ModelPlanAffectation *stated = &state->plan->affectations[row->position];
    const struct {
        const char *name;
        int64_t expected, found;
    } amounts[] = {
        {"coût pédagogique", row->pedagogique, stated->cout_pedagogique},
        {"coût annexe", row->annexe, stated->cout_annexe},
        {"rémunération", row->remuneration, stated->remuneration},
        {"financé", row->finance, stated->finance},
        {"reste à charge", row->reste, stated->reste_a_charge},
    };
    char expected[MONEY_TEXT_MAX], found[MONEY_TEXT_MAX];
    for (size_t i = 0; i < G_N_ELEMENTS(amounts); i++)
        if (amounts[i].expected != amounts[i].found)
            check_state_fault(state, CHECK_MONEY, row->session, row->besoin,
                              "montage %s, %s : %s € attendus, %s € trouvés", state->model->montages[row->montage].code,
                              amounts[i].name, money_text(amounts[i].expected, expected),
                              money_text(amounts[i].found, found));
}

/* Prices the learners of one session; rows come in the order in which odd cents are given out. */
static void price_session(CheckState *state, const CheckSession *session, const int32_t *financements)
{
    const Model *model = state->model;
    bool sane = session->effectif <= EFFECTIF_PRICED;
    int64_t pedagogy = sane ? session->offre->cout_groupe + session->offre->cout_stagiaire * session->effectif : 0;
    int64_t odd = sane && session->effectif > 0 ? pedagogy % session->effectif : 0;
    for (int32_t i = 0; i < session->n_rows; i++) {
        CheckRow *row = &state->rows[session->first_row + i];
        const ModelMontage *montage = &model->montages[row->montage];
        bool financed = financements[row->montage] < financements[row->montage + 1];
        const char *unmet = unmet_condition(model, session, row, financed);
        int64_t annexe, n_odd = MIN(odd, row->effectif);
        odd -= n_odd;
        if (unmet != NULL)
            check_state_fault(state, CHECK_MONTAGE, row->session, row->besoin, "montage %s : %s", montage->code, unmet);
        if (row->km == MODEL_NONE) {
            state->priced = false;
            continue;
        }
        if (!annexe_of(model, session, row, &annexe)) {
            check_state_fault(state, CHECK_MONEY, row->session, row->besoin, "aucun barème de frais pour l'OPCO « %s »",
                              model->siae[model->besoins[row->besoin].siae].opco);
            sane = false;
        }
        if (!sane) {
            state->priced = false;
            continue;
        }
        Learners learners = {.n = (int32_t)n_odd,
                             .share = pedagogy / session->effectif + 1,
                             .annexe = annexe,
                             .salaire = money_hours(session->formation->heures, montage->salaire_horaire)};
        price_learners(state, financements, row, &learners);
        learners.n = row->effectif - (int32_t)n_odd;
        learners.share--;
        price_learners(state, financements, row, &learners);
        verify_amounts(state, row);
    }
}

/* reste_a_charge_max of each SIAE. */
static void verify_rest(CheckState *state)
{
    const Model *model = state->model;
    char found[MONEY_TEXT_MAX], limit[MONEY_TEXT_MAX];
    g_autofree int64_t *rest = g_new0(int64_t, (gsize)model->n_siae + 1);
    for (int32_t i = 0; i < state->n_rows; i++) {
        int64_t *sum = &rest[model->besoins[state->rows[i].besoin].siae];
        *sum = check_state_add(*sum, state->rows[i].reste);
    }
    for (int32_t i = 0; i < model->n_siae; i++) {
        int64_t max = model->siae[i].reste_a_charge_max;
        if (max != MODEL_NONE && rest[i] > max)
            check_state_fault(state, CHECK_REST, MODEL_NONE, MODEL_NONE, "SIAE %s : %s € au total, %s € au plus",
                              model->siae[i].code, money_text(rest[i], found), money_text(max, limit));
    }
}

void check_money_verify(CheckState *state)
{
    g_autofree int32_t *financements = index_financements(state->model);
    for (int32_t i = 0; i < state->plan->n_sessions; i++)
        if (state->sessions[i].offre != NULL)
            price_session(state, &state->sessions[i], financements);
    verify_rest(state);
}
