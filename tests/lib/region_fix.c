/* Fixed sessions that can stand: cautious choices, so that no rule is left to luck (at no time two sessions of a SIAE
 * or an organisme, no learner whose road or reste à charge would have to be computed). */
#include "tests/lib/region_fix.h"

#include "config/calendar.h"

#include <string.h>

#define DAYS_MAX 100      /* training days of one fixed session */
#define LAST_DAY_SPAN 400 /* calendar days it may take */
#define STARTS_TRIED 12   /* start days drawn for one offer */

typedef struct {
    VocabularyObjet objet;
    int32_t sujet, from, to;
} Busy;

typedef struct {
    RegionDraft *draft;
    RegionRandom *random;
    GArray *busy;        /* Busy: no other fixed session for these on these days */
    GHashTable *besoins; /* positions of the needs already served by a fixed session */
    int32_t days[DAYS_MAX];
    int32_t n_days;
} Fixing;

static bool closed(const RegionDraft *draft, VocabularyObjet objet, int32_t sujet, int32_t day)
{
    for (guint i = 0; i < draft->fermetures->len; i++) {
        const ModelFermeture *f = region_draft_row(draft, fermetures, ModelFermeture, i);
        if (f->objet == objet && f->sujet == sujet && f->du <= day && day <= f->au)
            return true;
    }
    return false;
}

static bool working(const RegionDraft *draft, const ModelOffre *offre, int32_t day)
{
    CalendarZone zone = calendar_zone_of_region(draft->model->campagne.region);
    if (offre->commune != MODEL_NONE)
        zone = calendar_zone_of_commune(region_draft_row(draft, communes, ModelCommune, offre->commune)->code_insee);
    return calendar_weekday(day) < 5 && !calendar_is_holiday(day, zone) &&
           !closed(draft, OBJET_ORGANISME, offre->organisme, day) &&
           (offre->commune == MODEL_NONE || !closed(draft, OBJET_COMMUNE, offre->commune, day));
}

/* True if this siae or organisme is in a fixed session between the first and the last of days. */
static bool busy(const Fixing *fixing, VocabularyObjet objet, int32_t sujet)
{
    for (guint i = 0; i < fixing->busy->len; i++) {
        const Busy *b = &g_array_index(fixing->busy, Busy, i);
        if (b->objet == objet && b->sujet == sujet && b->from <= fixing->days[fixing->n_days - 1] &&
            fixing->days[0] <= b->to)
            return true;
    }
    return false;
}

static void make_busy(Fixing *fixing, VocabularyObjet objet, int32_t sujet)
{
    Busy row = {objet, sujet, fixing->days[0], fixing->days[fixing->n_days - 1]};
    g_array_append_val(fixing->busy, row);
}

/* Fills days; false when the session cannot start on `start`. */
static bool lay_days(Fixing *fixing, const ModelOffre *offre, int32_t start)
{
    const ModelFormation *formation = region_draft_row(fixing->draft, formations, ModelFormation, offre->formation);
    fixing->n_days = 0;
    if (!working(fixing->draft, offre, start) || formation->jours > DAYS_MAX)
        return false;
    int32_t in_week = 0;
    for (int32_t day = start; fixing->n_days < formation->jours && day < start + LAST_DAY_SPAN; day++) {
        if (calendar_weekday(day) == 0)
            in_week = 0;
        if (in_week < formation->jours_par_semaine && working(fixing->draft, offre, day)) {
            fixing->days[fixing->n_days++] = day;
            in_week++;
        }
    }
    return fixing->n_days == formation->jours;
}

static bool can_come(const Fixing *fixing, const ModelOffre *offre, const ModelBesoin *besoin)
{
    const RegionDraft *draft = fixing->draft;
    const ModelSiae *siae = region_draft_row(draft, siae, ModelSiae, besoin->siae);
    bool reserved = (offre->siae != MODEL_NONE && offre->siae != besoin->siae) ||
                    (offre->opco[0] != '\0' && strcmp(offre->opco, siae->opco) != 0);
    if (reserved || siae->opco[0] == '\0' || besoin->n_apres > 0 || besoin->date_debut > fixing->days[0] ||
        besoin->date_fin < fixing->days[fixing->n_days - 1])
        return false;
    for (int32_t i = 0; i < fixing->n_days; i++)
        if (closed(draft, OBJET_SIAE, besoin->siae, fixing->days[i]))
            return false;
    if (offre->modalite == MODALITE_DISTANCIEL || offre->modalite == MODALITE_AFEST ||
        besoin->commune == offre->commune)
        return true;
    return besoin->rayon_km == MODEL_NONE &&
           strcmp(region_draft_row(draft, communes, ModelCommune, besoin->commune)->zone,
                  region_draft_row(draft, communes, ModelCommune, offre->commune)->zone) == 0;
}

static bool has_financement(const RegionDraft *draft, int32_t montage)
{
    for (guint i = 0; i < draft->financements->len; i++)
        if (region_draft_row(draft, financements, ModelFinancement, i)->montage == montage)
            return true;
    return false;
}

/* True if nothing of a learner's training is left to the SIAE under this montage. */
static bool pays_all(const RegionDraft *draft, int32_t montage)
{
    for (guint i = 0; i < draft->financements->len; i++) {
        const ModelFinancement *f = region_draft_row(draft, financements, ModelFinancement, i);
        if (f->montage == montage && f->taux_pedagogie == 10000 && f->taux_annexes == 10000 &&
            f->plafond_horaire == MODEL_NONE)
            return true;
    }
    return false;
}

static bool names(uint32_t set, int value)
{
    return set == 0 || (set & (1U << value)) != 0;
}

static bool montage_holds(const RegionDraft *draft, int32_t position, const ModelOffre *offre,
                          const ModelBesoin *besoin)
{
    const ModelMontage *montage = region_draft_row(draft, montages, ModelMontage, position);
    const ModelSiae *siae = region_draft_row(draft, siae, ModelSiae, besoin->siae);
    const ModelFormation *formation = region_draft_row(draft, formations, ModelFormation, besoin->formation);
    bool axe = montage->n_axes == 0;
    for (int32_t i = 0; i < montage->n_axes; i++)
        axe |= montage->axes[i] == besoin->axe;
    bool size = true;
    if (montage->effectif_min != MODEL_NONE)
        size &= siae->effectif != MODEL_NONE && siae->effectif >= montage->effectif_min;
    if (montage->effectif_max != MODEL_NONE)
        size &= siae->effectif != MODEL_NONE && siae->effectif <= montage->effectif_max;
    bool fundable = (formation->nature != NATURE_OBLIGATION || besoin->attestation) &&
                    region_draft_row(draft, organismes, ModelOrganisme, offre->organisme)->qualiopi;
    return axe && size && names(montage->types, (int)siae->type) && names(montage->natures, (int)formation->nature) &&
           names(montage->statuts, (int)besoin->statut) &&
           (montage->opco[0] == '\0' || strcmp(montage->opco, siae->opco) == 0) &&
           (fundable || !has_financement(draft, position)) &&
           (siae->reste_a_charge_max == MODEL_NONE || pays_all(draft, position));
}

/* A random montage whose conditions hold, or MODEL_NONE. */
static int32_t pick_montage(const Fixing *fixing, const ModelOffre *offre, const ModelBesoin *besoin)
{
    int32_t n = (int32_t)fixing->draft->montages->len;
    g_autofree int32_t *order = g_new(int32_t, (gsize)n + 1);
    region_random_shuffle(fixing->random, order, n);
    for (int32_t i = 0; i < n; i++)
        if (montage_holds(fixing->draft, order[i], offre, besoin))
            return order[i];
    return MODEL_NONE;
}

/* Money for what the montage's dispositifs pay for learners of this opco in a session that starts on `start`. */
static void add_envelopes(RegionDraft *draft, int32_t montage, const char *opco, int32_t start)
{
    for (guint i = 0; i < draft->financements->len; i++) {
        const ModelFinancement *f = region_draft_row(draft, financements, ModelFinancement, i);
        if (f->montage != montage)
            continue;
        bool there = false;
        for (guint e = 0; e < draft->enveloppes->len; e++) {
            const ModelEnveloppe *known = region_draft_row(draft, enveloppes, ModelEnveloppe, e);
            there |= g_str_has_prefix(known->code, "FIX-") && known->debut_min == start &&
                     strcmp(known->opco, opco) == 0 && strcmp(known->dispositif, f->dispositif) == 0;
        }
        if (there)
            continue;
        ModelEnveloppe e = {.code = region_draft_text(draft, "FIX-%03u", draft->enveloppes->len),
                            .opco = opco,
                            .dispositif = f->dispositif,
                            .axe = MODEL_NONE,
                            .montant = 5000000,
                            .montant_acquis = 5000000,
                            .debut_min = start,
                            .debut_max = start,
                            .fin_max = MODEL_NONE};
        g_array_append_val(draft->enveloppes, e);
    }
}

/* Seats learners in the session laid in days; false, with nothing appended, when no group stands. */
static bool seat(Fixing *fixing, const ModelOffre *offre, int32_t session)
{
    RegionDraft *draft = fixing->draft;
    int32_t n = (int32_t)draft->besoins->len, seated = 0, min_siae = 1;
    g_autofree int32_t *order = g_new(int32_t, (gsize)n + 1);
    region_random_shuffle(fixing->random, order, n);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(ModelAffectationFixee));
    g_autoptr(GHashTable) coming = g_hash_table_new(NULL, NULL);
    for (int32_t i = 0; i < n && seated < offre->effectif_max; i++) {
        const ModelBesoin *besoin = region_draft_row(draft, besoins, ModelBesoin, order[i]);
        gpointer key = GINT_TO_POINTER(besoin->siae);
        if (besoin->formation != offre->formation || busy(fixing, OBJET_SIAE, besoin->siae) ||
            g_hash_table_contains(fixing->besoins, GINT_TO_POINTER(order[i])) || g_hash_table_contains(coming, key) ||
            !can_come(fixing, offre, besoin))
            continue;
        int32_t room = region_draft_row(draft, siae, ModelSiae, besoin->siae)->absents_max;
        int32_t effectif = MIN(besoin->effectif, offre->effectif_max - seated);
        effectif = room == MODEL_NONE ? effectif : MIN(effectif, room);
        int32_t montage = pick_montage(fixing, offre, besoin);
        if (montage == MODEL_NONE || effectif == 0)
            continue;
        int32_t other = pick_montage(fixing, offre, besoin);
        int32_t split = other != montage && effectif > 1 ? 1 : 0;
        ModelAffectationFixee row = {session, order[i], montage, effectif - split};
        g_array_append_val(rows, row);
        if (split) {
            row = (ModelAffectationFixee){session, order[i], other, split};
            g_array_append_val(rows, row);
        }
        g_hash_table_add(coming, key);
        seated += effectif;
        min_siae = MAX(min_siae, region_draft_row(draft, axes, ModelAxe, besoin->axe)->min_siae);
    }
    if (seated < offre->effectif_min || (int32_t)g_hash_table_size(coming) < min_siae)
        return false;
    for (guint i = 0; i < rows->len; i++) {
        const ModelAffectationFixee *row = &g_array_index(rows, ModelAffectationFixee, i);
        int32_t siae = region_draft_row(draft, besoins, ModelBesoin, row->besoin)->siae;
        make_busy(fixing, OBJET_SIAE, siae);
        g_hash_table_add(fixing->besoins, GINT_TO_POINTER(row->besoin));
        add_envelopes(draft, row->montage, region_draft_row(draft, siae, ModelSiae, siae)->opco, fixing->days[0]);
        g_array_append_val(draft->affectations_fixees, *row);
    }
    return true;
}

/* Tries a session of the offer on some start day around its window, from which a fixed session is exempt. */
static bool fix_session(Fixing *fixing, int32_t position)
{
    RegionDraft *draft = fixing->draft;
    const ModelOffre *offre = region_draft_row(draft, offres, ModelOffre, position);
    int32_t session = (int32_t)draft->sessions_fixees->len;
    for (int tries = 0; tries < STARTS_TRIED; tries++) {
        int32_t start = (int32_t)region_random_between(fixing->random, offre->date_debut - 3, offre->date_fin);
        if (!lay_days(fixing, offre, start) || busy(fixing, OBJET_ORGANISME, offre->organisme) ||
            !seat(fixing, offre, session))
            continue;
        ModelSessionFixee fixed = {region_draft_text(draft, "FIXE-%02d", session), position, start};
        g_array_append_val(draft->sessions_fixees, fixed);
        make_busy(fixing, OBJET_ORGANISME, offre->organisme);
        return true;
    }
    return false;
}

void region_fix_sessions(RegionDraft *draft, RegionRandom *random, int wanted)
{
    g_autoptr(GArray) busy_rows = g_array_new(FALSE, FALSE, sizeof(Busy));
    g_autoptr(GHashTable) besoins = g_hash_table_new(NULL, NULL);
    Fixing fixing = {.draft = draft, .random = random, .busy = busy_rows, .besoins = besoins};
    int32_t n_offres = (int32_t)draft->offres->len;
    g_autofree int32_t *order = g_new(int32_t, (gsize)n_offres + 1);
    region_random_shuffle(random, order, n_offres);
    for (int32_t i = 0; i < n_offres && wanted > 0; i++)
        if (region_draft_row(draft, offres, ModelOffre, order[i])->sessions_max > 0 && fix_session(&fixing, order[i]))
            wanted--;
}
