/* French sentences of motifs: see explain_detail.h. */
#include "plan/explain_detail.h"

#include "config/calendar.h"

#include <string.h>

#define SPACE "\u00A0"

/* ---- words ---- */

typedef struct {
    char text[32];
} Word;

static Word word_day(int32_t day)
{
    Word word;
    int year, month, date;
    calendar_split(day, &year, &month, &date);
    g_snprintf(word.text, sizeof word.text, "%02d/%02d/%04d", date, month, year);
    return word;
}

static Word word_km(int32_t tenths)
{
    Word word;
    g_snprintf(word.text, sizeof word.text, tenths % 10 == 0 ? "%d" SPACE "km" : "%d,%d" SPACE "km", tenths / 10,
               tenths % 10);
    return word;
}

static Word word_euros(int64_t cents)
{
    Word word;
    char digits[24], grouped[40];
    size_t n = (size_t)g_snprintf(digits, sizeof digits, "%" G_GINT64_FORMAT, cents / 100), at = 0;
    for (size_t i = 0; i < n && at < sizeof grouped - 4; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            at += (size_t)g_strlcpy(grouped + at, SPACE, sizeof grouped - at);
        grouped[at++] = digits[i];
    }
    grouped[at] = '\0';
    g_snprintf(word.text, sizeof word.text, "%s,%02d" SPACE "€", grouped, (int)(cents % 100));
    return word;
}

static const char *plural(int64_t n)
{
    return n >= 2 ? "s" : "";
}

/* ---- places and sessions ---- */

typedef struct {
    const Draft *draft;
    const ModelPlan *plan;
    int32_t besoin;
    const ExplainSession *session;
} Case;

static const Model *model_of(const Case *c)
{
    return c->draft->problem->model;
}

static const ProblemSlot *slot_of(const Case *c)
{
    return &c->draft->problem->slots[c->session->trial.slot];
}

static const ModelOffre *offre_of(const Case *c)
{
    return &model_of(c)->offres[slot_of(c)->offre];
}

static const char *code_of_session(const Case *c)
{
    const ProblemSlot *slot = slot_of(c);
    const DraftSession *held = draft_session(c->draft, c->session->place);
    const char *code = NULL;
    for (int32_t i = 0; i < c->plan->n_sessions && code == NULL; i++) {
        const ModelPlanSession *s = &c->plan->sessions[i];
        if (s->offre == slot->offre && s->fixee == slot->fixee && s->debut == slot->starts[held->start].debut &&
            s->effectif == held->measure.q)
            code = s->code;
    }
    return code != NULL ? code : offre_of(c)->code;
}

/* "du 01/02/2027 au 03/02/2027", or "le 01/02/2027"; owned by the caller. */
static char *its_dates(const Case *c)
{
    const ProblemStart *start = &c->session->trial.start;
    if (start->debut == start->fin)
        return g_strdup_printf("le %s", word_day(start->debut).text);
    return g_strdup_printf("du %s au %s", word_day(start->debut).text, word_day(start->fin).text);
}

/* "la session X (du ...)" or "une nouvelle session de l'offre O (du ...)", owned by the caller. */
static char *the_session(const Case *c)
{
    g_autofree char *dates = its_dates(c);
    if (c->session->place != MODEL_NONE)
        return g_strdup_printf("la session %s (%s)", code_of_session(c), dates);
    return g_strdup_printf("une nouvelle session de l'offre %s (%s)", offre_of(c)->code, dates);
}

static char *in_town(const Case *c)
{
    int32_t commune = offre_of(c)->commune;
    return commune == MODEL_NONE || model_of(c)->communes[commune].nom[0] == '\0'
               ? g_strdup("")
               : g_strdup_printf(" (%s)", model_of(c)->communes[commune].nom);
}

/* ---- a sentence for each motif ---- */

static char *ineligible(const Case *c)
{
    switch (c->session->reach.change) {
    case EXPLAIN_ATTESTATION:
        return g_strdup("Formation obligatoire sans attestation : aucun montage ne peut la financer, et aucun n'est "
                        "ouvert à la charge de la structure seule.");
    case EXPLAIN_QUALIOPI:
        return g_strdup_printf("L'organisme de l'offre %s n'a pas Qualiopi : aucun montage ne peut financer ce besoin.",
                               offre_of(c)->code);
    case EXPLAIN_HOLDS:
    case EXPLAIN_CONDITIONS:
        break;
    }
    return g_strdup(
        "Aucun montage n'est ouvert à ce besoin : les conditions d'OPCO, de type, d'effectif, de nature, de "
        "statut ou d'axe ne sont remplies pour aucun.");
}

static char *out_of_dates(const Case *c)
{
    const ModelBesoin *b = &model_of(c)->besoins[c->besoin];
    const ProblemStart *start = &c->session->trial.start;
    g_autofree char *session = the_session(c);
    if (c->session->has_dates)
        return g_strdup_printf(
            "D'autres limites l'excluent à tous les débuts possibles ; l'offre %s pourrait le servir "
            "avec un début le %s.",
            offre_of(c)->code, word_day(start->debut).text);
    if (c->session->new_dates)
        return g_strdup_printf(
            "L'offre %s n'a aucun début possible dans la période du besoin (du %s au %s) ; un début le "
            "%s conviendrait.",
            offre_of(c)->code, word_day(b->date_debut).text, word_day(b->date_fin).text, word_day(start->debut).text);
    if (start->debut >= b->date_debut && start->fin <= b->date_fin)
        return g_strdup_printf("La structure est fermée pendant %s.", session);
    return g_strdup_printf("Le besoin est limité à la période du %s au %s, ce qui exclut %s.",
                           word_day(b->date_debut).text, word_day(b->date_fin).text, session);
}

static char *out_of_reach(const Case *c)
{
    const ModelBesoin *b = &model_of(c)->besoins[c->besoin];
    g_autofree char *town = in_town(c);
    if (!c->session->reach.reachable)
        return g_strdup_printf("L'offre %s%s ne peut être rejointe : autre zone, sans trajet connu.", offre_of(c)->code,
                               town);
    return g_strdup_printf("L'offre %s%s est à %s, au-delà du rayon de %s.", offre_of(c)->code, town,
                           word_km(c->session->reach.km).text, word_km(b->rayon_km).text);
}

static char *too_few(const Case *c)
{
    int32_t q = c->session->trial.q, least = slot_of(c)->q_min;
    return g_strdup_printf("Offre %s : %d stagiaire%s réuni%s le %s, il en manque %d pour atteindre le groupe minimal "
                           "de %d.",
                           offre_of(c)->code, q, plural(q), plural(q), word_day(c->session->trial.start.debut).text,
                           least - q, least);
}

static char *too_few_siae(const Case *c)
{
    g_autofree char *session = the_session(c);
    const ExplainTrial *t = &c->session->trial;
    return g_strdup_printf("Il faut au moins %d SIAE différentes ; %s n'en réunirait que %d.", t->wanted, session,
                           t->n_siae);
}

static char *full(const Case *c)
{
    int32_t most = offre_of(c)->effectif_max, sessions = offre_of(c)->sessions_max;
    if (c->session->place != MODEL_NONE)
        return g_strdup_printf("La session %s est complète (%d stagiaire%s au plus).", code_of_session(c), most,
                               plural(most));
    if (sessions == 0)
        return g_strdup_printf("L'offre %s ne permet aucune session (sessions_max = 0).", offre_of(c)->code);
    return g_strdup_printf("L'offre %s a déjà toutes ses sessions (%d au plus) ; une de plus, le %s, le servirait.",
                           offre_of(c)->code, sessions, word_day(c->session->trial.start.debut).text);
}

static char *organisme_busy(const Case *c)
{
    g_autofree char *session = the_session(c);
    const ModelOrganisme *o = &model_of(c)->organismes[offre_of(c)->organisme];
    return g_strdup_printf("L'organisme %s tient déjà %d session%s à la fois, son maximum, pendant %s.",
                           o->raison_sociale[0] != '\0' ? o->raison_sociale : o->siret, o->sessions_simultanees,
                           plural(o->sessions_simultanees), session);
}

static char *siae_busy(const Case *c)
{
    g_autofree char *session = the_session(c);
    int32_t most = model_of(c)->siae[model_of(c)->besoins[c->besoin].siae].absents_max;
    return g_strdup_printf("La structure aurait plus de %d absent%s le même jour avec %s.", most, plural(most),
                           session);
}

static char *person_busy(const Case *c)
{
    g_autofree char *session = the_session(c);
    return g_strdup_printf("Le stagiaire est déjà en formation pendant %s.", session);
}

static char *out_of_order(const Case *c)
{
    const ModelBesoin *b = &model_of(c)->besoins[c->besoin];
    for (int32_t i = 0; i < b->n_apres; i++)
        if (c->draft->session_of[b->apres[i]] == MODEL_NONE)
            return g_strdup_printf("Le besoin %s, qui doit être servi avant, ne l'est pas.",
                                   model_of(c)->besoins[b->apres[i]].reference);
    g_autofree char *session = the_session(c);
    return g_strdup_printf("L'ordre demandé entre les formations du stagiaire exclut %s.", session);
}

static char *too_dear(const Case *c)
{
    g_autofree char *session = the_session(c);
    int64_t most = model_of(c)->siae[model_of(c)->besoins[c->besoin].siae].reste_a_charge_max;
    return g_strdup_printf("Le reste à charge de la structure dépasserait de %s son plafond de %s avec %s.",
                           word_euros(c->session->trial.rac).text, word_euros(most).text, session);
}

static const char *dispositif_of(const Case *c, const ExplainShortage *shortage)
{
    for (int32_t i = 0; i < model_of(c)->n_financements; i++)
        if (c->draft->problem->dispositif[i] == shortage->dispositif)
            return model_of(c)->financements[i].dispositif;
    return "";
}

/* "12,00 € dans l'enveloppe E1 (PDC)", owned by the caller. */
static char *one_shortage(const Case *c, const ExplainShortage *shortage)
{
    const Problem *p = c->draft->problem;
    const char *dispositif = dispositif_of(c, shortage);
    g_autoptr(GString) codes = g_string_new(NULL);
    int32_t n = 0;
    for (int32_t i = 0; shortage->mask != 0 && i < p->funds[shortage->fund].n; i++)
        if (shortage->mask >> i & 1U)
            g_string_append_printf(codes, "%s%s", n++ > 0 ? ", " : "",
                                   model_of(c)->enveloppes[p->funds[shortage->fund].enveloppes[i]].code);
    Word missing = word_euros(shortage->missing);
    if (n == 0)
        return g_strdup_printf("%s pour « %s », dont aucune enveloppe n'est ouverte", missing.text, dispositif);
    return g_strdup_printf("%s dans %s %s (%s)", missing.text, n > 1 ? "les enveloppes" : "l'enveloppe", codes->str,
                           dispositif);
}

static int64_t told_cents(const ExplainTrial *t, int32_t told)
{
    int64_t cents = 0;
    for (int32_t i = 0; i < told; i++)
        cents += t->shortages[i].missing;
    return cents;
}

static char *no_money(const Case *c)
{
    const ExplainTrial *t = &c->session->trial;
    g_autofree char *session = the_session(c);
    const char *opco = model_of(c)->siae[model_of(c)->besoins[c->besoin].siae].opco;
    if (t->n_shortages == 1 && t->shortages[0].mask == 0)
        return g_strdup_printf("Aucune enveloppe « %s »%s%s n'est ouverte à %s pour cet axe ; il faudrait %s.",
                               dispositif_of(c, &t->shortages[0]), opco[0] != '\0' ? " de l'OPCO " : "", opco, session,
                               word_euros(t->missing).text);
    g_autoptr(GString) text = g_string_new("Il manque ");
    int32_t told = MIN(t->n_shortages, EXPLAIN_SHORTAGES);
    for (int32_t i = 0; i < told; i++) {
        g_autofree char *shortage = one_shortage(c, &t->shortages[i]);
        g_string_append_printf(text, "%s%s", i == 0 ? "" : i + 1 < t->n_shortages ? ", " : " et ", shortage);
    }
    if (told < t->n_shortages)
        g_string_append_printf(text, " et %s ailleurs", word_euros(t->missing - told_cents(t, told)).text);
    g_string_append_printf(text, " pour %s.", session);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *(*const sentences[MOTIF_N])(const Case *c) = {
    [MOTIF_INELIGIBLE] = ineligible,
    [MOTIF_HORS_PERIODE] = out_of_dates,
    [MOTIF_HORS_RAYON] = out_of_reach,
    [MOTIF_GROUPE_INSUFFISANT] = too_few,
    [MOTIF_MUTUALISATION_IMPOSSIBLE] = too_few_siae,
    [MOTIF_CAPACITE] = full,
    [MOTIF_ORGANISME_SATURE] = organisme_busy,
    [MOTIF_SIAE_SATUREE] = siae_busy,
    [MOTIF_STAGIAIRE_OCCUPE] = person_busy,
    [MOTIF_APRES_NON_SERVI] = out_of_order,
    [MOTIF_RESTE_A_CHARGE] = too_dear,
    [MOTIF_ENVELOPPE_EPUISEE] = no_money,
};

char *explain_detail(const Draft *draft, const ModelPlan *plan, int32_t besoin, VocabularyMotif motif,
                     const ExplainSession *session)
{
    Case c = {draft, plan, besoin, session};
    g_assert(sentences[motif] != NULL);
    return sentences[motif](&c);
}

/* ---- motifs without a session ---- */

char *explain_detail_no_offre(const Model *model, int32_t besoin, bool enough)
{
    const ModelFormation *f = &model->formations[model->besoins[besoin].formation];
    bool reserved = false;
    for (int32_t o = 0; o < model->n_offres; o++)
        reserved = reserved || model->offres[o].formation == model->besoins[besoin].formation;
    return g_strdup_printf("Aucune offre de la formation %s%s%s%s n'est %s%s", f->code,
                           f->intitule[0] != '\0' ? " (" : "", f->intitule, f->intitule[0] != '\0' ? ")" : "",
                           reserved ? "ouverte à cette structure : elles sont réservées à d'autres" : "proposée",
                           enough ? "." : " ; une offre de plus n'y suffirait pas seule.");
}

char *explain_detail_arbitrage(int64_t points, int64_t most)
{
    return g_strdup_printf("Aucun plan ne dépasse %" G_GINT64_FORMAT " points, que celui-ci atteint : servir ce "
                           "stagiaire, qui en vaut %" G_GINT64_FORMAT ", en ferait perdre au moins autant ailleurs.",
                           most, points);
}

char *explain_detail_worthless(int64_t cost)
{
    return g_strdup_printf(
        "Ce besoin ne vaut aucun point dans priorites.csv ; le servir serait possible mais coûterait "
        "%s de plus (coût et reste à charge).",
        word_euros(MAX(cost, 0)).text);
}

char *explain_detail_missed(const Draft *draft, const ModelPlan *plan, const ExplainSession *session)
{
    Case c = {draft, plan, session->trial.besoin, session};
    g_autofree char *where = the_session(&c);
    return g_strdup_printf("Le calcul s'est arrêté avant de l'essayer : une place reste possible dans %s.", where);
}

static const char *const obstacles[MOTIF_N] = {
    [MOTIF_INELIGIBLE] = "les conditions des montages",
    [MOTIF_HORS_PERIODE] = "les dates",
    [MOTIF_HORS_RAYON] = "la distance",
    [MOTIF_GROUPE_INSUFFISANT] = "la taille du groupe",
    [MOTIF_MUTUALISATION_IMPOSSIBLE] = "le nombre de SIAE réunies",
    [MOTIF_CAPACITE] = "les places",
    [MOTIF_ORGANISME_SATURE] = "la disponibilité de l'organisme",
    [MOTIF_SIAE_SATUREE] = "le nombre d'absents de la structure",
    [MOTIF_STAGIAIRE_OCCUPE] = "l'emploi du temps du stagiaire",
    [MOTIF_APRES_NON_SERVI] = "la formation à suivre avant",
    [MOTIF_RESTE_A_CHARGE] = "le plafond de reste à charge de la structure",
    [MOTIF_ENVELOPPE_EPUISEE] = "l'argent des enveloppes",
};

char *explain_detail_several(uint32_t broken)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int32_t motif = MOTIF_N, n = 0; motif-- > 0;) {
        if ((broken >> motif & 1U) == 0)
            continue;
        g_string_prepend(text, n == 0 ? "" : n == 1 ? " et " : ", ");
        g_string_prepend(text, obstacles[motif]);
        n++;
    }
    return g_strdup_printf("Plusieurs obstacles à lever ensemble : %s.", text->str);
}

char *explain_detail_unknown(const Model *model)
{
    if (model->n_montages == 0)
        return g_strdup("Aucun montage n'est ouvert : montages.csv n'en donne aucun.");
    return g_strdup("Plusieurs obstacles à la fois : en lever un seul ne suffit pas.");
}
