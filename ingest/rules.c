/* The rules of one row: see rules.h. Rules of a whole file are in rules_table.c. */
#include "ingest/rules.h"

#include "config/calendar.h"
#include "ingest/cell.h"

#include <string.h>

static void reject(Folder *folder, TablesId id, int32_t row, const char *column, const char *value, ConstatId constat)
{
    rows_reject(&folder->tables[id], folder->report, row, column, value, constat, NULL, NULL);
}

static void reject_order(Folder *folder, TablesId id, int32_t row, const char *column, int32_t day, const char *first)
{
    char text[CALENDAR_TEXT_MAX];
    rows_reject(&folder->tables[id], folder->report, row, column, calendar_text(day, text), CONSTAT_DATES_INVERSEES,
                first, NULL);
}

static void check_campagne(Folder *folder, int32_t row)
{
    const ModelCampagne *it = &FOLDER_ROWS(folder, CAMPAGNE, ModelCampagne)[row];
    if (it->date_debut > it->date_fin)
        reject_order(folder, TABLES_CAMPAGNE, row, "date_fin", it->date_fin, "date_debut");
}

/* A SIAE is of no use without the frais of its opco, or of every other. */
static void check_siae(Folder *folder, int32_t row)
{
    const ModelSiae *it = &FOLDER_ROWS(folder, SIAE, ModelSiae)[row];
    const Rows *frais = &folder->tables[TABLES_FRAIS];
    if (!frais->read)
        return;
    int32_t found = rows_find(frais, it->opco);
    if (found < 0)
        found = rows_find(frais, "");
    if (found < 0)
        reject(folder, TABLES_SIAE, row, "opco", it->opco, CONSTAT_FRAIS_ABSENTS);
    else if (frais->states[found] == ROWS_REJECTED)
        reject(folder, TABLES_SIAE, row, "opco", it->opco, CONSTAT_FRAIS_REJETES);
}

static void check_formation(Folder *folder, int32_t row)
{
    const ModelFormation *it = &FOLDER_ROWS(folder, FORMATIONS, ModelFormation)[row];
    if (it->effectif_max >= 0 && it->effectif_min > it->effectif_max)
        reject(folder, TABLES_FORMATIONS, row, "effectif_max", "", CONSTAT_EFFECTIFS_INVERSES);
}

static void check_offre(Folder *folder, int32_t row)
{
    ModelOffre *it = &FOLDER_ROWS(folder, OFFRES, ModelOffre)[row];
    if (it->formation >= 0) {
        const ModelFormation *formation = &FOLDER_ROWS(folder, FORMATIONS, ModelFormation)[it->formation];
        it->effectif_min = it->effectif_min >= 0 ? it->effectif_min : formation->effectif_min;
        it->effectif_max = it->effectif_max >= 0 ? it->effectif_max : formation->effectif_max;
        if (it->effectif_max >= 0 && it->effectif_min > it->effectif_max)
            reject(folder, TABLES_OFFRES, row, "effectif_max", "", CONSTAT_EFFECTIFS_INVERSES);
    }
    if (it->date_fin >= 0 && it->date_debut > it->date_fin)
        reject_order(folder, TABLES_OFFRES, row, "date_fin", it->date_fin, "date_debut");
    if (it->commune < 0 && folder->tables[TABLES_COMMUNES].read && it->modalite != MODALITE_DISTANCIEL &&
        it->modalite != MODALITE_AFEST)
        rows_miss(&folder->tables[TABLES_OFFRES], folder->report, row, "commune", CONSTAT_COMMUNE_OBLIGATOIRE);
}

/* A mail address, or a number as long as a NIR: no pseudonym. */
static bool is_personal(const char *stagiaire)
{
    int digits = 0;
    for (const char *c = stagiaire; *c != '\0'; c++)
        digits += g_ascii_isdigit(*c);
    return strchr(stagiaire, '@') != NULL || digits >= 13;
}

/* Publics that tell of health (RGPD, article 9), of offences (article 10) or of residence. */
static bool is_sensitive(const char *public)
{
    static const char *const sensitive[] = {"AAH", "TH", "DETENTION_MJ", "REF_DA"};
    for (size_t i = 0; i < G_N_ELEMENTS(sensitive); i++)
        if (g_ascii_strcasecmp(public, sensitive[i]) == 0)
            return true;
    return false;
}

static void check_publics(Folder *folder, int32_t row)
{
    const ModelBesoin *it = &FOLDER_ROWS(folder, BESOINS, ModelBesoin)[row];
    for (const char *const *public = it->publics; *public != NULL; public ++)
        if (it->effectif < folder->sensibles_min && is_sensitive(*public))
            reject(folder, TABLES_BESOINS, row, "publics", NULL, CONSTAT_PUBLIC_SENSIBLE);
}

static void check_besoin(Folder *folder, int32_t row)
{
    ModelBesoin *it = &FOLDER_ROWS(folder, BESOINS, ModelBesoin)[row];
    const char *apres = rows_late(&folder->tables[TABLES_BESOINS], row);
    if (it->commune < 0 && it->siae >= 0)
        it->commune = FOLDER_ROWS(folder, SIAE, ModelSiae)[it->siae].commune;
    if (it->date_debut > it->date_fin)
        reject_order(folder, TABLES_BESOINS, row, "date_fin", it->date_fin, "date_debut");
    if (*it->stagiaire != '\0' && it->effectif != 1)
        reject(folder, TABLES_BESOINS, row, "stagiaire", it->stagiaire, CONSTAT_STAGIAIRE_EFFECTIF);
    if (is_personal(it->stagiaire)) /* not repeated */
        reject(folder, TABLES_BESOINS, row, "stagiaire", "", CONSTAT_STAGIAIRE_PERSONNEL);
    check_publics(folder, row);
    if (*it->stagiaire == '\0' && *apres != '\0')
        reject(folder, TABLES_BESOINS, row, "apres", apres, CONSTAT_APRES_SANS_STAGIAIRE);
}

static void check_montage(Folder *folder, int32_t row)
{
    const ModelMontage *it = &FOLDER_ROWS(folder, MONTAGES, ModelMontage)[row];
    if (it->effectif_max >= 0 && it->effectif_min > it->effectif_max)
        reject(folder, TABLES_MONTAGES, row, "effectif_max", "", CONSTAT_EFFECTIFS_INVERSES);
}

static void check_enveloppe(Folder *folder, int32_t row)
{
    ModelEnveloppe *it = &FOLDER_ROWS(folder, ENVELOPPES, ModelEnveloppe)[row];
    if (it->montant_acquis < 0)
        it->montant_acquis = it->montant;
    if (it->montant_acquis > it->montant)
        reject(folder, TABLES_ENVELOPPES, row, "montant_acquis", "", CONSTAT_MONTANT_ACQUIS);
    if (it->debut_min > it->debut_max)
        reject_order(folder, TABLES_ENVELOPPES, row, "debut_max", it->debut_max, "debut_min");
}

/* The value of a criterion whose values are known must be one of them; words are kept as the vocabulary writes them. */
static void check_priorite(Folder *folder, int32_t row)
{
    static const struct {
        VocabularyCritere critere;
        const Vocabulary *words;
        int target;
    } closed[] = {
        {CRITERE_NATURE, &vocabulary_nature, -1},
        {CRITERE_TYPE, &vocabulary_type, -1},
        {CRITERE_AXE, NULL, TABLES_AXES},
        {CRITERE_FORMATION, NULL, TABLES_FORMATIONS},
    };
    static const FieldNumber priorite = {0, 1, 4, NULL};
    ModelPriorite *it = &FOLDER_ROWS(folder, PRIORITES, ModelPriorite)[row];
    FieldNote note;
    FieldResult result = FIELD_GOOD;
    if (it->critere == CRITERE_PRIORITE) {
        int64_t value;
        result = field_number(it->valeur, &priorite, &value, &note);
        if (result != FIELD_BAD) {
            char text[2] = {(char)('0' + value), '\0'};
            it->valeur = model_text(folder->model, text);
        }
    }
    for (size_t i = 0; i < G_N_ELEMENTS(closed); i++) {
        int word;
        int32_t position;
        if (it->critere != closed[i].critere)
            continue;
        if (closed[i].words != NULL)
            result = field_word(it->valeur, closed[i].words, &word, &note);
        else
            result = cell_reference(&folder->context, closed[i].target, it->valeur, &position, &note);
        if (closed[i].words != NULL && result != FIELD_BAD)
            it->valeur = vocabulary_word(closed[i].words, word);
    }
    if (result == FIELD_BAD)
        rows_reject(&folder->tables[TABLES_PRIORITES], folder->report, row, "valeur", it->valeur, note.constat,
                    note.first, note.second);
}

static void check_fermeture(Folder *folder, int32_t row)
{
    static const TablesId target[OBJET_N] = {TABLES_SIAE, TABLES_ORGANISMES, TABLES_COMMUNES};
    ModelFermeture *it = &FOLDER_ROWS(folder, FERMETURES, ModelFermeture)[row];
    const char *code = rows_late(&folder->tables[TABLES_FERMETURES], row);
    FieldNote note;
    if (it->du > it->au)
        reject_order(folder, TABLES_FERMETURES, row, "au", it->au, "du");
    switch (cell_reference(&folder->context, (int)target[it->objet], code, &it->sujet, &note)) {
    case FIELD_GOOD:
        break;
    case FIELD_REPAIRED:
        rows_warn(&folder->tables[TABLES_FERMETURES], folder->report, row, "code", code, note.constat, note.first,
                  note.second);
        break;
    case FIELD_BAD:
        rows_reject(&folder->tables[TABLES_FERMETURES], folder->report, row, "code", code, note.constat, note.first,
                    note.second);
    }
}

/* The closure of the offer's organisme or commune that holds day, or NULL. */
static const ModelFermeture *closure_on(const Folder *folder, const ModelOffre *offre, int32_t day)
{
    const Rows *rows = &folder->tables[TABLES_FERMETURES];
    const ModelFermeture *fermetures = FOLDER_ROWS(folder, FERMETURES, ModelFermeture);
    for (int32_t i = 0; i < rows->n; i++) {
        const ModelFermeture *it = &fermetures[i];
        bool here = (it->objet == OBJET_ORGANISME && it->sujet == offre->organisme) ||
                    (it->objet == OBJET_COMMUNE && it->sujet == offre->commune && offre->commune >= 0);
        if (rows->states[i] == ROWS_KEPT && here && it->du <= day && day <= it->au)
            return it;
    }
    return NULL;
}

static void check_session_fixee(Folder *folder, int32_t row)
{
    const ModelSessionFixee *it = &FOLDER_ROWS(folder, SESSIONS_FIXEES, ModelSessionFixee)[row];
    const Rows *campagne = &folder->tables[TABLES_CAMPAGNE];
    if (it->offre < 0)
        return;
    const ModelOffre *offre = &FOLDER_ROWS(folder, OFFRES, ModelOffre)[it->offre];
    CalendarZone zone = CALENDAR_NATIONAL;
    if (offre->commune >= 0)
        zone = calendar_zone_of_commune(FOLDER_ROWS(folder, COMMUNES, ModelCommune)[offre->commune].code_insee);
    else if (campagne->n > 0)
        zone = calendar_zone_of_region(FOLDER_ROWS(folder, CAMPAGNE, ModelCampagne)[0].region);
    const char *holiday = calendar_holiday_name(it->date_debut, zone);
    g_autofree char *why = NULL;
    if (calendar_weekday(it->date_debut) >= 5)
        why = g_strdup(calendar_weekday(it->date_debut) == 5 ? "un samedi" : "un dimanche");
    else if (holiday != NULL)
        why = g_strdup_printf("un jour férié (%s)", holiday);
    else if (closure_on(folder, offre, it->date_debut) != NULL)
        why = g_strdup("un jour de fermeture de l'organisme ou de la commune");
    if (why == NULL)
        return;
    char day[CALENDAR_TEXT_MAX];
    rows_reject(&folder->tables[TABLES_SESSIONS_FIXEES], folder->report, row, "date_debut",
                calendar_text(it->date_debut, day), CONSTAT_SESSION_JOUR, why, NULL);
}

/* Why the montage cannot pay for a learner of the need in a session of the offer; NULL when it can. */
static const char *montage_obstacle(const Folder *folder, const ModelMontage *montage, bool financed,
                                    const ModelBesoin *besoin, const ModelOffre *offre)
{
    const ModelSiae *siae = &FOLDER_ROWS(folder, SIAE, ModelSiae)[besoin->siae];
    const ModelFormation *formation = &FOLDER_ROWS(folder, FORMATIONS, ModelFormation)[besoin->formation];
    bool axe = montage->n_axes == 0;
    for (int32_t i = 0; i < montage->n_axes; i++)
        axe = axe || montage->axes[i] == besoin->axe;
    if (*montage->opco != '\0' && strcmp(montage->opco, siae->opco) != 0)
        return "le montage est réservé à un autre OPCO";
    if (montage->types != 0 && (montage->types >> siae->type & 1) == 0)
        return "le montage n'est pas ouvert à ce type de SIAE";
    if (montage->natures != 0 && (montage->natures >> formation->nature & 1) == 0)
        return "le montage n'est pas ouvert à cette nature de formation";
    if (montage->statuts != 0 && (montage->statuts >> besoin->statut & 1) == 0)
        return "le montage n'est pas ouvert à ce statut";
    if (!axe)
        return "le montage n'est pas ouvert à cet axe";
    if ((montage->effectif_min >= 0 && (siae->effectif < 0 || siae->effectif < montage->effectif_min)) ||
        (montage->effectif_max >= 0 && (siae->effectif < 0 || siae->effectif > montage->effectif_max)))
        return "l'effectif de la SIAE est hors des bornes du montage";
    if (financed && formation->nature == NATURE_OBLIGATION && !besoin->attestation)
        return "une formation obligatoire n'est financée qu'avec attestation";
    if (financed && !FOLDER_ROWS(folder, ORGANISMES, ModelOrganisme)[offre->organisme].qualiopi)
        return "l'organisme n'est pas certifié Qualiopi : ce montage ne peut pas le payer";
    return NULL;
}

static bool is_financed(const Folder *folder, int32_t montage)
{
    const Rows *rows = &folder->tables[TABLES_FINANCEMENTS];
    const ModelFinancement *financements = FOLDER_ROWS(folder, FINANCEMENTS, ModelFinancement);
    for (int32_t i = 0; i < rows->n; i++)
        if (rows->states[i] == ROWS_KEPT && financements[i].montage == montage)
            return true;
    return false;
}

static void check_affectation_fixee(Folder *folder, int32_t row)
{
    const ModelAffectationFixee *it = &FOLDER_ROWS(folder, AFFECTATIONS_FIXEES, ModelAffectationFixee)[row];
    if (it->session < 0 || it->besoin < 0 || it->montage < 0)
        return;
    const ModelBesoin *besoin = &FOLDER_ROWS(folder, BESOINS, ModelBesoin)[it->besoin];
    int32_t at = FOLDER_ROWS(folder, SESSIONS_FIXEES, ModelSessionFixee)[it->session].offre;
    if (at < 0 || besoin->siae < 0 || besoin->formation < 0)
        return;
    const ModelOffre *offre = &FOLDER_ROWS(folder, OFFRES, ModelOffre)[at];
    const ModelMontage *montage = &FOLDER_ROWS(folder, MONTAGES, ModelMontage)[it->montage];
    const ModelSiae *siae = &FOLDER_ROWS(folder, SIAE, ModelSiae)[besoin->siae];
    const char *column = "besoin", *value = besoin->reference, *problem = NULL;
    if (besoin->formation != offre->formation)
        problem = "le besoin porte sur une autre formation que la session";
    else if (offre->siae >= 0 && offre->siae != besoin->siae)
        problem = "l'offre de la session est réservée à une autre SIAE";
    else if (*offre->opco != '\0' && strcmp(offre->opco, siae->opco) != 0)
        problem = "l'offre de la session est réservée aux adhérents d'un autre OPCO";
    else if (offre->organisme >= 0) {
        column = "montage";
        value = montage->code;
        problem = montage_obstacle(folder, montage, is_financed(folder, it->montage), besoin, offre);
    }
    if (problem != NULL)
        rows_reject(&folder->tables[TABLES_AFFECTATIONS_FIXEES], folder->report, row, column, value,
                    CONSTAT_AFFECTATION_IMPOSSIBLE, problem, NULL);
}

void rules_row(Folder *folder, TablesId id, int32_t row)
{
    static void (*const checks[TABLES_N])(Folder *, int32_t) = {
        [TABLES_CAMPAGNE] = check_campagne,
        [TABLES_SIAE] = check_siae,
        [TABLES_FORMATIONS] = check_formation,
        [TABLES_OFFRES] = check_offre,
        [TABLES_BESOINS] = check_besoin,
        [TABLES_MONTAGES] = check_montage,
        [TABLES_ENVELOPPES] = check_enveloppe,
        [TABLES_PRIORITES] = check_priorite,
        [TABLES_FERMETURES] = check_fermeture,
        [TABLES_SESSIONS_FIXEES] = check_session_fixee,
        [TABLES_AFFECTATIONS_FIXEES] = check_affectation_fixee,
    };
    if (checks[id] != NULL)
        checks[id](folder, row);
}
