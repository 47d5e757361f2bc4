/* Changes that motifs name, and the search for one more learner: see relaxation.h. */
#include "tests/lib/relaxation.h"

#include "config/calendar.h"
#include "tests/lib/exhaustive.h"
#include "tests/lib/ledger.h"

#include <string.h>

#define NODES 3000000
#define SLOTS 48
#define ALONE "seul"     /* a public of one besoin only */
#define POINTS 1000000   /* what it is worth: more than all others together */
#define PLENTY 100000000 /* cents: more than any tiny region spends */

static Model *borrow(const Model *model)
{
    Model *copy = model_new();
    GStringChunk *strings = copy->strings;
    GPtrArray *blocks = copy->blocks;
    *copy = *model;
    copy->strings = strings;
    copy->blocks = blocks;
    return copy;
}

/* The model's table as rows to change, with room for `more` at its end. */
#define ROWS(model, table, Row, more)                                                                                  \
    ((Row *)rows_of(model, (const void **)(uintptr_t) & (model)->table, (size_t)(model)->n_##table,                    \
                    (size_t)(model)->n_##table + (size_t)(more), sizeof(Row)))

static void *rows_of(Model *model, const void **table, size_t n, size_t room, size_t size)
{
    char *rows = g_malloc0(size * (room + 1));
    if (n > 0)
        memcpy(rows, *table, size * n);
    *table = model_own(model, rows);
    return rows;
}

/* ---- what each motif names ---- */

static bool add_offre(Model *m, int32_t besoin, int way)
{
    if (way > 0)
        return false;
    ModelOrganisme *organismes = ROWS(m, organismes, ModelOrganisme, 1);
    organismes[m->n_organismes] = (ModelOrganisme){"~", "", "", true, MODEL_NONE};
    ModelOffre *offres = ROWS(m, offres, ModelOffre, 1);
    offres[m->n_offres] = (ModelOffre){.code = "~",
                                       .organisme = m->n_organismes++,
                                       .formation = m->besoins[besoin].formation,
                                       .commune = MODEL_NONE,
                                       .modalite = MODALITE_DISTANCIEL,
                                       .effectif_min = 1,
                                       .effectif_max = 99,
                                       .date_debut = m->besoins[besoin].date_debut,
                                       .date_fin = m->besoins[besoin].date_fin,
                                       .sessions_max = 1,
                                       .siae = MODEL_NONE,
                                       .opco = ""};
    m->n_offres++;
    return true;
}

static bool open_montages(Model *m, int32_t besoin, int way)
{
    if (way > 0)
        return false;
    ROWS(m, besoins, ModelBesoin, 0)[besoin].attestation = true;
    ModelOrganisme *organismes = ROWS(m, organismes, ModelOrganisme, 0);
    for (int32_t i = 0; i < m->n_organismes; i++)
        organismes[i].qualiopi = true;
    ModelMontage *montages = ROWS(m, montages, ModelMontage, 0);
    for (int32_t i = 0; i < m->n_montages; i++)
        montages[i] = (ModelMontage){.code = montages[i].code,
                                     .opco = "",
                                     .effectif_min = MODEL_NONE,
                                     .effectif_max = MODEL_NONE,
                                     .salaire_horaire = montages[i].salaire_horaire};
    return true;
}

/* The besoin's period and its SIAE's closures; the offres' windows and the campaign's end; both. */
static bool widen_dates(Model *m, int32_t besoin, int way)
{
    int32_t first = m->besoins[besoin].date_debut, last = m->besoins[besoin].date_fin;
    if (way != 1) {
        ModelBesoin *b = &ROWS(m, besoins, ModelBesoin, 0)[besoin];
        b->date_debut = CALENDAR_FIRST;
        b->date_fin = CALENDAR_LAST;
        ModelFermeture *fermetures = ROWS(m, fermetures, ModelFermeture, 0);
        int32_t n = 0;
        for (int32_t i = 0; i < m->n_fermetures; i++)
            if (fermetures[i].objet != OBJET_SIAE || fermetures[i].sujet != b->siae)
                fermetures[n++] = fermetures[i];
        m->n_fermetures = n;
    }
    if (way != 0) {
        m->campagne.date_debut = MIN(m->campagne.date_debut, first);
        m->campagne.date_fin = MAX(m->campagne.date_fin, last) + 14;
        ModelOffre *offres = ROWS(m, offres, ModelOffre, 0);
        for (int32_t i = 0; i < m->n_offres; i++) {
            if (offres[i].formation != m->besoins[besoin].formation)
                continue;
            offres[i].date_debut = MIN(offres[i].date_debut, first);
            offres[i].date_fin = MAX(offres[i].date_fin, last) + 14;
        }
    }
    return true;
}

static bool lift_distance(Model *m, int32_t besoin, int way)
{
    if (way > 0)
        return false;
    ROWS(m, besoins, ModelBesoin, 0)[besoin].rayon_km = MODEL_NONE;
    ModelCommune *communes = ROWS(m, communes, ModelCommune, 0);
    for (int32_t i = 0; i < m->n_communes; i++)
        communes[i].zone = "";
    return true;
}

/* Groups of one; or, newcomers paying their part, at the share of the least group. */
static bool lower_group(Model *m, int32_t besoin, int way)
{
    ModelOffre *offres = ROWS(m, offres, ModelOffre, 0);
    for (int32_t i = 0; i < m->n_offres && way < 2; i++) {
        int32_t q = offres[i].effectif_min;
        if (offres[i].formation != m->besoins[besoin].formation)
            continue;
        if (way == 1) {
            offres[i].cout_stagiaire += offres[i].cout_groupe / q;
            offres[i].cout_groupe = 0;
        }
        offres[i].effectif_min = 1;
    }
    ModelAxe *axes = ROWS(m, axes, ModelAxe, 0);
    for (int32_t i = 0; i < m->n_axes && way == 1; i++)
        axes[i].min_siae = 1;
    return way < 2;
}

static bool lower_min_siae(Model *m, int32_t besoin, int way)
{
    ModelAxe *axes = ROWS(m, axes, ModelAxe, 0);
    for (int32_t i = 0; i < m->n_axes; i++)
        axes[i].min_siae = 1;
    return way == 0 && besoin >= 0;
}

/* One more session of one offre at a time would do too, but any offre may be the one. */
static bool raise_capacity(Model *m, int32_t besoin, int way)
{
    ModelOffre *offres = ROWS(m, offres, ModelOffre, 0);
    for (int32_t i = 0; i < m->n_offres; i++) {
        if (offres[i].formation != m->besoins[besoin].formation)
            continue;
        offres[i].sessions_max += way == 0;
        offres[i].effectif_max += way == 1;
    }
    return way < 2;
}

static bool free_organismes(Model *m, int32_t besoin, int way)
{
    ModelOrganisme *organismes = ROWS(m, organismes, ModelOrganisme, 0);
    for (int32_t i = 0; i < m->n_organismes; i++)
        organismes[i].sessions_simultanees = MODEL_NONE;
    return way == 0 && besoin >= 0;
}

static bool free_siae(Model *m, int32_t besoin, int way)
{
    ROWS(m, siae, ModelSiae, 0)[m->besoins[besoin].siae].absents_max = MODEL_NONE;
    return way == 0;
}

static bool free_stagiaire(Model *m, int32_t besoin, int way)
{
    ROWS(m, besoins, ModelBesoin, 0)[besoin].stagiaire = "~";
    return way == 0;
}

static bool drop_apres(Model *m, int32_t besoin, int way)
{
    ModelBesoin *besoins = ROWS(m, besoins, ModelBesoin, 0);
    besoins[besoin].n_apres = 0;
    for (int32_t b = 0; b < m->n_besoins; b++)
        for (int32_t i = 0; i < besoins[b].n_apres; i++)
            if (besoins[b].apres[i] == besoin)
                besoins[b].n_apres = 0; /* tiny besoins name one at most */
    return way == 0;
}

static bool lift_reste(Model *m, int32_t besoin, int way)
{
    ROWS(m, siae, ModelSiae, 0)[m->besoins[besoin].siae].reste_a_charge_max = MODEL_NONE;
    return way == 0;
}

/* Money enough in every enveloppe of the opco, open at any time to any axe, and one for each dispositif. */
static bool fill_enveloppes(Model *m, int32_t besoin, int way)
{
    const char *opco = m->siae[m->besoins[besoin].siae].opco;
    ModelEnveloppe *rows = ROWS(m, enveloppes, ModelEnveloppe, m->n_financements);
    for (int32_t i = 0; i < m->n_enveloppes; i++)
        if (strcmp(rows[i].opco, opco) == 0)
            rows[i].montant += PLENTY;
    for (int32_t i = 0; i < m->n_financements; i++) {
        bool known = false;
        for (int32_t k = 0; k < i; k++)
            known = known || strcmp(m->financements[k].dispositif, m->financements[i].dispositif) == 0;
        if (!known)
            rows[m->n_enveloppes++] = (ModelEnveloppe){.code = model_text(m, "~"),
                                                       .opco = opco,
                                                       .dispositif = m->financements[i].dispositif,
                                                       .axe = MODEL_NONE,
                                                       .montant = PLENTY,
                                                       .montant_acquis = PLENTY,
                                                       .debut_min = CALENDAR_FIRST,
                                                       .debut_max = CALENDAR_LAST,
                                                       .fin_max = MODEL_NONE};
    }
    return way == 0;
}

static bool (*const changes[MOTIF_N])(Model *m, int32_t besoin, int way) = {
    [MOTIF_AUCUNE_OFFRE] = add_offre,
    [MOTIF_INELIGIBLE] = open_montages,
    [MOTIF_HORS_PERIODE] = widen_dates,
    [MOTIF_HORS_RAYON] = lift_distance,
    [MOTIF_GROUPE_INSUFFISANT] = lower_group,
    [MOTIF_MUTUALISATION_IMPOSSIBLE] = lower_min_siae,
    [MOTIF_CAPACITE] = raise_capacity,
    [MOTIF_ORGANISME_SATURE] = free_organismes,
    [MOTIF_SIAE_SATUREE] = free_siae,
    [MOTIF_STAGIAIRE_OCCUPE] = free_stagiaire,
    [MOTIF_APRES_NON_SERVI] = drop_apres,
    [MOTIF_RESTE_A_CHARGE] = lift_reste,
    [MOTIF_ENVELOPPE_EPUISEE] = fill_enveloppes,
};

Model *relaxation_new(const Model *model, int32_t besoin, VocabularyMotif motif, int way)
{
    Model *relaxed = borrow(model);
    if (changes[motif] != NULL && changes[motif](relaxed, besoin, way))
        return relaxed;
    model_free(relaxed);
    return NULL;
}

/* ---- one more learner ---- */

static int32_t served(const ModelPlan *plan, int32_t besoin)
{
    int32_t n = 0;
    for (int32_t i = 0; i < plan->n_affectations; i++)
        n += plan->affectations[i].besoin == besoin ? plan->affectations[i].effectif : 0;
    return n;
}

/* Learners of the besoin become worth POINTS more than they are. */
static void mark(Model *m, int32_t besoin)
{
    ModelBesoin *b = &ROWS(m, besoins, ModelBesoin, 0)[besoin];
    guint n = g_strv_length((char **)(uintptr_t)b->publics);
    const char **publics = model_own(m, g_new0(const char *, n + 2));
    memcpy(publics, b->publics, sizeof *publics * n);
    publics[n] = ALONE;
    b->publics = publics;
    ModelPriorite *priorites = ROWS(m, priorites, ModelPriorite, 5);
    static const struct {
        const char *priorite;
        int32_t points;
    } usual[] = {{"1", 8}, {"2", 4}, {"3", 2}, {"4", 1}};
    for (size_t i = 0; i < G_N_ELEMENTS(usual) && !m->has_priorites; i++)
        priorites[m->n_priorites++] = (ModelPriorite){CRITERE_PRIORITE, usual[i].priorite, usual[i].points};
    priorites[m->n_priorites++] = (ModelPriorite){CRITERE_PUBLIC, ALONE, POINTS};
    m->has_priorites = true;
}

/* Within what exhaustive_solve() takes. */
static bool is_small(const Model *m, int32_t date_plan)
{
    int32_t slots = m->n_sessions_fixees;
    for (int32_t o = 0; o < m->n_offres; o++) {
        int32_t first, last, week = 0, may_hold = m->offres[o].sessions_max;
        for (int32_t f = 0; f < m->n_sessions_fixees; f++)
            may_hold -= m->sessions_fixees[f].offre == o;
        ledger_period(m, o, date_plan, &first, &last);
        for (int32_t day = first; day <= last; day++) {
            if (calendar_monday(day) == week || !ledger_working_day(m, o, day))
                continue;
            week = calendar_monday(day);
            slots += MAX(0, may_hold);
        }
    }
    return m->n_besoins <= 8 && slots <= SLOTS && m->n_enveloppes <= 32 && m->n_montages <= 8;
}

static void fix_plan(Model *m, const ModelPlan *plan)
{
    ModelSessionFixee *sessions = model_own(m, g_new0(ModelSessionFixee, plan->n_sessions + 1));
    ModelAffectationFixee *rows = model_own(m, g_new0(ModelAffectationFixee, plan->n_affectations + 1));
    for (int32_t i = 0; i < plan->n_sessions; i++)
        sessions[i] = (ModelSessionFixee){plan->sessions[i].code, plan->sessions[i].offre, plan->sessions[i].debut};
    for (int32_t i = 0; i < plan->n_affectations; i++) {
        const ModelPlanAffectation *a = &plan->affectations[i];
        rows[i] = (ModelAffectationFixee){a->session, a->besoin, a->montage, a->effectif};
    }
    m->sessions_fixees = sessions;
    m->n_sessions_fixees = plan->n_sessions;
    m->affectations_fixees = rows;
    m->n_affectations_fixees = plan->n_affectations;
}

RelaxationAnswer relaxation_keeps_all(const Model *model, const ModelPlan *plan, int32_t besoin)
{
    g_autoptr(Model) m = borrow(model);
    fix_plan(m, plan);
    ModelPriorite *only = model_own(m, g_new0(ModelPriorite, 1));
    m->priorites = only;
    m->n_priorites = 0;
    m->has_priorites = true;
    mark(m, besoin);
    if (!is_small(m, plan->date_plan))
        return RELAXATION_TOO_LARGE;
    ExhaustiveResult result;
    exhaustive_solve(m, plan->date_plan, NODES, &result);
    bool more = result.feasible && result.points > served(plan, besoin) * (int64_t)POINTS;
    RelaxationAnswer answer = more ? RELAXATION_YES : result.complete ? RELAXATION_NO : RELAXATION_TOO_LARGE;
    exhaustive_clear(&result);
    return answer;
}

int64_t relaxation_points_elsewhere(const Model *model, const ModelPlan *plan, int32_t besoin)
{
    int64_t points = 0;
    for (int32_t i = 0; i < plan->n_affectations; i++) {
        const ModelPlanAffectation *a = &plan->affectations[i];
        points += a->besoin != besoin ? a->effectif * ledger_points(model, a->besoin) : 0;
    }
    return points;
}

RelaxationAnswer relaxation_keeps_points(const Model *model, const ModelPlan *plan, int32_t besoin, int64_t *elsewhere)
{
    g_autoptr(Model) m = borrow(model);
    int64_t worth = ledger_points(model, besoin) + POINTS, wanted = served(plan, besoin) + 1;
    mark(m, besoin);
    ((ModelBesoin *)(uintptr_t)m->besoins)[besoin].effectif = (int32_t)wanted;
    if (!is_small(m, plan->date_plan))
        return RELAXATION_TOO_LARGE;
    ExhaustiveResult result;
    exhaustive_solve(m, plan->date_plan, NODES, &result);
    bool more = result.feasible && result.points >= wanted * worth;
    int64_t others = more ? result.points - wanted * worth : -1;
    if (elsewhere != NULL)
        *elsewhere = others;
    bool complete = result.complete;
    exhaustive_clear(&result);
    if (others >= relaxation_points_elsewhere(model, plan, besoin))
        return RELAXATION_YES;
    return complete ? RELAXATION_NO : RELAXATION_TOO_LARGE;
}
