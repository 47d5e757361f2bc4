/* Days, distances and money of a plan by the contract's words: see ledger.h. */
#include "tests/lib/ledger.h"

#include "config/calendar.h"

#include <math.h>
#include <string.h>

LedgerSession *ledger_session_new(const Model *model, int32_t offre, int32_t fixee, int32_t debut)
{
    LedgerSession *session = g_new0(LedgerSession, 1);
    session->offre = offre;
    session->fixee = fixee;
    session->debut = debut;
    session->days = ledger_days(model, offre, debut);
    session->choices = g_array_new(FALSE, FALSE, sizeof(LedgerChoice));
    return session;
}

void ledger_session_free(LedgerSession *session)
{
    if (session == NULL)
        return;
    g_free(session->code);
    g_array_unref(session->days);
    g_array_unref(session->choices);
    g_free(session);
}

int32_t ledger_session_size(const LedgerSession *session)
{
    int32_t size = 0;
    for (guint i = 0; i < session->choices->len; i++)
        size += g_array_index(session->choices, LedgerChoice, i).effectif;
    return size;
}

GPtrArray *ledger_sessions(const Model *model, const ModelPlan *plan)
{
    GPtrArray *sessions = g_ptr_array_new_with_free_func((GDestroyNotify)ledger_session_free);
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        const ModelPlanSession *row = &plan->sessions[i];
        LedgerSession *session = ledger_session_new(model, row->offre, row->fixee, row->debut);
        session->code = g_strdup(row->code);
        g_ptr_array_add(sessions, session);
    }
    for (int32_t i = 0; i < plan->n_affectations; i++) {
        const ModelPlanAffectation *row = &plan->affectations[i];
        LedgerSession *session = g_ptr_array_index(sessions, row->session);
        LedgerChoice choice = {row->besoin, row->montage, row->effectif, false};
        g_array_append_val(session->choices, choice);
    }
    return sessions;
}

void ledger_period(const Model *model, int32_t offre, int32_t date_plan, int32_t *first, int32_t *last)
{
    const ModelOffre *o = &model->offres[offre];
    *first = MAX(MAX(o->date_debut, model->campagne.date_debut), date_plan + model->campagne.gel_jours);
    *last = MIN(o->date_fin, model->campagne.date_fin);
}

bool ledger_closed(const Model *model, VocabularyObjet objet, int32_t sujet, int32_t day)
{
    for (int32_t i = 0; i < model->n_fermetures; i++) {
        const ModelFermeture *f = &model->fermetures[i];
        if (f->objet == objet && f->sujet == sujet && f->du <= day && day <= f->au)
            return true;
    }
    return false;
}

bool ledger_working_day(const Model *model, int32_t offre, int32_t day)
{
    const ModelOffre *o = &model->offres[offre];
    CalendarZone zone = o->commune == MODEL_NONE ? calendar_zone_of_region(model->campagne.region)
                                                 : calendar_zone_of_commune(model->communes[o->commune].code_insee);
    return calendar_weekday(day) < 5 && !calendar_is_holiday(day, zone) &&
           !ledger_closed(model, OBJET_ORGANISME, o->organisme, day) &&
           (o->commune == MODEL_NONE || !ledger_closed(model, OBJET_COMMUNE, o->commune, day));
}

GArray *ledger_days(const Model *model, int32_t offre, int32_t debut)
{
    const ModelFormation *formation = &model->formations[model->offres[offre].formation];
    GArray *days = g_array_new(FALSE, FALSE, sizeof(int32_t));
    int32_t this_week = 0;
    for (int32_t day = debut; days->len < (guint)formation->jours && day <= CALENDAR_LAST; day++) {
        if (calendar_weekday(day) == 0)
            this_week = 0;
        if (this_week < formation->jours_par_semaine && ledger_working_day(model, offre, day)) {
            g_array_append_val(days, day);
            this_week++;
        }
    }
    return days;
}

static const ModelTrajet *trajet(const Model *model, int32_t depart, int32_t arrivee)
{
    int32_t low = 0, high = model->n_trajets;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const ModelTrajet *t = &model->trajets[middle];
        if (t->depart == depart && t->arrivee == arrivee)
            return t;
        if (t->depart < depart || (t->depart == depart && t->arrivee < arrivee))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static int32_t great_circle(const ModelCommune *a, const ModelCommune *b)
{
    double radian = G_PI / 180;
    double north = sin((b->latitude - a->latitude) * radian / 2),
           east = sin((b->longitude - a->longitude) * radian / 2);
    double h = north * north + cos(a->latitude * radian) * cos(b->latitude * radian) * east * east;
    return (int32_t)floor(2 * 6371.0 * asin(sqrt(MIN(1, h))) * 1.3 * 10 + 0.5);
}

int32_t ledger_km(const Model *model, int32_t besoin, int32_t offre, int64_t *ticket)
{
    const ModelOffre *o = &model->offres[offre];
    int32_t from = model->besoins[besoin].commune, to = o->commune;
    if (ticket != NULL)
        *ticket = 0;
    if (o->modalite == MODALITE_DISTANCIEL || o->modalite == MODALITE_AFEST)
        return 0;
    const ModelTrajet *t = trajet(model, from, to);
    if (t == NULL)
        t = trajet(model, to, from);
    if (t != NULL) {
        if (ticket != NULL)
            *ticket = t->cout;
        return t->km;
    }
    if (from == to)
        return 0;
    if (strcmp(model->communes[from].zone, model->communes[to].zone) != 0)
        return MODEL_NONE;
    return great_circle(&model->communes[from], &model->communes[to]);
}

/* The financements of a montage are neighbours, in order of rang. */
static int32_t financements(const Model *model, int32_t montage, int32_t *first)
{
    int32_t n = 0;
    *first = 0;
    for (int32_t i = 0; i < model->n_financements; i++)
        if (model->financements[i].montage == montage && n++ == 0)
            *first = i;
    g_assert(n <= LEDGER_RANGS);
    return n;
}

bool ledger_montage_holds(const Model *model, int32_t besoin, int32_t montage, int32_t offre)
{
    const ModelBesoin *b = &model->besoins[besoin];
    const ModelSiae *s = &model->siae[b->siae];
    const ModelMontage *m = &model->montages[montage];
    VocabularyNature nature = model->formations[b->formation].nature;
    if (m->opco[0] != '\0' && strcmp(m->opco, s->opco) != 0)
        return false;
    if ((m->types != 0 && (m->types >> s->type & 1) == 0) || (m->natures != 0 && (m->natures >> nature & 1) == 0) ||
        (m->statuts != 0 && (m->statuts >> b->statut & 1) == 0))
        return false;
    if (m->effectif_min != MODEL_NONE && (s->effectif == MODEL_NONE || s->effectif < m->effectif_min))
        return false;
    if (m->effectif_max != MODEL_NONE && (s->effectif == MODEL_NONE || s->effectif > m->effectif_max))
        return false;
    bool axe = m->n_axes == 0;
    for (int32_t i = 0; i < m->n_axes; i++)
        axe = axe || m->axes[i] == b->axe;
    int32_t first;
    bool paid = financements(model, montage, &first) > 0;
    bool fundable =
        (nature != NATURE_OBLIGATION || b->attestation) && model->organismes[model->offres[offre].organisme].qualiopi;
    return axe && (!paid || fundable);
}

/* True when a row of priorites.csv matches the need through this word of its list of publics. */
static bool has_public(const ModelBesoin *besoin, const char *word)
{
    for (const char *const *p = besoin->publics; p != NULL && *p != NULL; p++)
        if (strcmp(*p, word) == 0)
            return true;
    return false;
}

int64_t ledger_points(const Model *model, int32_t besoin)
{
    static const int64_t usual[] = {8, 4, 2, 1};
    const ModelBesoin *b = &model->besoins[besoin];
    const ModelFormation *f = &model->formations[b->formation];
    if (!model->has_priorites)
        return usual[b->priorite - 1];
    const char priorite[] = {(char)('0' + b->priorite), '\0'};
    const char *texts[CRITERE_N] = {[CRITERE_PRIORITE] = priorite,
                                    [CRITERE_PUBLIC] = NULL,
                                    [CRITERE_NATURE] = vocabulary_word(&vocabulary_nature, (int)f->nature),
                                    [CRITERE_AXE] = model->axes[b->axe].code,
                                    [CRITERE_FILIERE] = f->filiere,
                                    [CRITERE_FORMATION] = f->code,
                                    [CRITERE_ZONE] = model->communes[b->commune].zone,
                                    [CRITERE_TYPE] = vocabulary_word(&vocabulary_type, (int)model->siae[b->siae].type)};
    int64_t points = 0;
    for (int32_t i = 0; i < model->n_priorites; i++) {
        const ModelPriorite *p = &model->priorites[i];
        if (p->critere == CRITERE_PUBLIC ? has_public(b, p->valeur) : strcmp(p->valeur, texts[p->critere]) == 0)
            points += p->points;
    }
    return points;
}

static int64_t half_up(int64_t numerator, int64_t denominator)
{
    return (2 * numerator + denominator) / (2 * denominator);
}

static const ModelFrais *frais(const Model *model, const char *opco)
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

static int64_t ancillary(const Model *model, int32_t besoin, int32_t offre)
{
    const ModelOffre *o = &model->offres[offre];
    const ModelFrais *f = frais(model, model->siae[model->besoins[besoin].siae].opco);
    int64_t jours = model->formations[o->formation].jours, ticket;
    if (o->modalite == MODALITE_DISTANCIEL)
        return 0;
    if (o->modalite == MODALITE_AFEST)
        return jours * f->forfait_jour;
    int64_t km = MAX(ledger_km(model, besoin, offre, &ticket), 0);
    /* tenths of km x ten-thousandths of a euro: a thousandth of a cent */
    if (f->nuit_km != MODEL_NONE && km > f->nuit_km)
        return half_up(2 * km * f->bareme_km, 1000) + (jours - 1) * f->forfait_nuit + ticket + jours * f->forfait_jour;
    return half_up(2 * km * jours * f->bareme_km, 1000) + jours * ticket + jours * f->forfait_jour;
}

/* One learner: what each financement pays, in order of rang, and what is left. */
typedef struct {
    int64_t remuneration, finance, reste;
    int64_t paid[LEDGER_RANGS];
} Learner;

static Learner learner(const Model *model, const LedgerChoice *choice, int64_t share, int64_t annexe)
{
    const ModelMontage *m = &model->montages[choice->montage];
    int64_t heures = model->formations[model->besoins[choice->besoin].formation].heures;
    int64_t salaire = half_up(heures * m->salaire_horaire, 100);
    int64_t left_share = share, left_annexe = annexe, left_salaire = salaire;
    Learner result = {0};
    int32_t first, n = financements(model, choice->montage, &first);
    for (int32_t i = 0; i < n; i++) {
        const ModelFinancement *f = &model->financements[first + i];
        int64_t base = share * 100; /* hundredths of a cent, as plafond x heures */
        if (f->plafond_horaire != MODEL_NONE)
            base = MIN(base, f->plafond_horaire * heures);
        int64_t pedagogie = MIN(left_share, half_up(base * f->taux_pedagogie, 1000000));
        int64_t annexes = MIN(left_annexe, half_up(annexe * f->taux_annexes, 10000));
        int64_t wage = MIN(left_salaire, half_up(salaire * f->taux_salaire, 10000));
        left_share -= pedagogie;
        left_annexe -= annexes;
        left_salaire -= wage;
        result.paid[i] = pedagogie + annexes + wage;
        result.finance += result.paid[i];
    }
    result.remuneration = salaire - left_salaire;
    result.reste = left_share + left_annexe;
    return result;
}

static gint by_besoin_montage(gconstpointer a, gconstpointer b)
{
    const LedgerChoice *x = a, *y = b;
    return x->besoin != y->besoin ? x->besoin - y->besoin : x->montage - y->montage;
}

static void add_charge(GArray *charges, ModelPlanCharge charge, guint first)
{
    for (guint i = first; i < charges->len; i++) {
        ModelPlanCharge *row = &g_array_index(charges, ModelPlanCharge, i);
        if (row->besoin == charge.besoin && row->enveloppe == charge.enveloppe) {
            row->montant += charge.montant;
            return;
        }
    }
    g_array_append_val(charges, charge);
}

/* Charges what a dispositif pays for a choice; returns what no envelope could take. */
static int64_t charge(const Model *model, const LedgerSession *session, ModelPlanCharge row, const char *dispositif,
                      int64_t amount, int64_t *disponible, GArray *charges, guint first)
{
    const ModelBesoin *b = &model->besoins[row.besoin];
    int32_t debut = g_array_index(session->days, int32_t, 0);
    int32_t fin = g_array_index(session->days, int32_t, session->days->len - 1);
    for (int32_t e = 0; e < model->n_enveloppes && amount > 0; e++) {
        const ModelEnveloppe *v = &model->enveloppes[e];
        if (strcmp(v->opco, model->siae[b->siae].opco) != 0 || strcmp(v->dispositif, dispositif) != 0 ||
            (v->axe != MODEL_NONE && v->axe != b->axe) || debut < v->debut_min || debut > v->debut_max ||
            (v->fin_max != MODEL_NONE && fin > v->fin_max) || disponible[e] <= 0)
            continue;
        row.enveloppe = e;
        row.montant = MIN(amount, disponible[e]);
        disponible[e] -= row.montant;
        amount -= row.montant;
        add_charge(charges, row, first);
    }
    return amount;
}

static gint by_charge_key(gconstpointer a, gconstpointer b)
{
    const ModelPlanCharge *x = a, *y = b;
    if (x->session != y->session)
        return x->session - y->session;
    return x->besoin != y->besoin ? x->besoin - y->besoin : x->enveloppe - y->enveloppe;
}

int32_t ledger_account(const Model *model, LedgerSession *session, int32_t position, int64_t *disponible,
                       GArray *affectations, GArray *charges)
{
    g_array_sort(session->choices, by_besoin_montage);
    const ModelOffre *o = &model->offres[session->offre];
    int32_t size = ledger_session_size(session), before = 0, unpaid = -1;
    int64_t price = o->cout_groupe + o->cout_stagiaire * size;
    guint first_charge = charges->len;
    for (guint i = 0; i < session->choices->len; i++) {
        const LedgerChoice *choice = &g_array_index(session->choices, LedgerChoice, i);
        int64_t annexe = ancillary(model, choice->besoin, session->offre);
        ModelPlanAffectation row = {.session = position,
                                    .besoin = choice->besoin,
                                    .montage = choice->montage,
                                    .effectif = choice->effectif,
                                    .km = MAX(ledger_km(model, choice->besoin, session->offre, NULL), 0)};
        int64_t paid[LEDGER_RANGS] = {0};
        for (int32_t k = 0; k < choice->effectif; k++, before++) {
            int64_t share = price / size + (before < price % size ? 1 : 0);
            Learner one = learner(model, choice, share, annexe);
            row.cout_pedagogique += share;
            row.cout_annexe += annexe;
            row.remuneration += one.remuneration;
            row.finance += one.finance;
            row.reste_a_charge += one.reste;
            for (int32_t r = 0; r < LEDGER_RANGS; r++)
                paid[r] += one.paid[r];
        }
        g_array_append_val(affectations, row);
        int32_t first, n = financements(model, choice->montage, &first);
        ModelPlanCharge key = {.session = position, .besoin = choice->besoin};
        for (int32_t r = 0; r < n; r++)
            if (charge(model, session, key, model->financements[first + r].dispositif, paid[r], disponible, charges,
                       first_charge) > 0 &&
                unpaid < 0)
                unpaid = (int32_t)i;
    }
    if (charges->len > first_charge)
        qsort(&g_array_index(charges, ModelPlanCharge, first_charge), charges->len - first_charge,
              sizeof(ModelPlanCharge), by_charge_key);
    return unpaid;
}
