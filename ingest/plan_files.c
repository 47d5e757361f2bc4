/* The files of a plan as data: see plan_files.h. */
#include "ingest/plan_files.h"

#define AT(Row, field) .name = #field, .offset = G_STRUCT_OFFSET(Row, field)
#define KEY .key = true
#define OPT .optional = true
#define AMOUNT .kind = KIND_AMOUNT, .number = {2, 0, INT64_C(100000000000000), NULL}
#define SIGNED_AMOUNT .kind = KIND_AMOUNT, .number = {2, INT64_C(-100000000000000), INT64_C(100000000000000), NULL}
#define COUNT(least) .kind = KIND_NUMBER, .number = {0, least, 1000000000, NULL}
#define KM .kind = KIND_NUMBER, .number = {1, 0, 1000000, NULL}
#define NAMES(table) .kind = KIND_REFERENCE, .target = (int)(table)

static const TablesColumn sessions[] = {
    {AT(PlanFilesSession, session), .kind = KIND_CODE, KEY},
    {AT(PlanFilesSession, offre), NAMES(TABLES_OFFRES)},
    {AT(PlanFilesSession, formation), NAMES(TABLES_FORMATIONS)},
    {AT(PlanFilesSession, organisme), NAMES(TABLES_ORGANISMES)},
    {AT(PlanFilesSession, commune), NAMES(TABLES_COMMUNES), OPT},
    {AT(PlanFilesSession, date_debut), .kind = KIND_DATE},
    {AT(PlanFilesSession, date_fin), .kind = KIND_DATE},
    {AT(PlanFilesSession, effectif), COUNT(0)},
    {AT(PlanFilesSession, nb_siae), COUNT(0)},
    {AT(PlanFilesSession, cout_pedagogique), AMOUNT},
    {AT(PlanFilesSession, cout_annexe), AMOUNT},
    {AT(PlanFilesSession, remuneration), AMOUNT},
    {AT(PlanFilesSession, fixee), .kind = KIND_YES_NO},
};

static const TablesColumn seances[] = {
    {AT(PlanFilesSeance, session), NAMES(PLAN_FILES_SESSIONS), KEY},
    {AT(PlanFilesSeance, date), .kind = KIND_DATE, KEY},
};

static const TablesColumn affectations[] = {
    {AT(PlanFilesAffectation, session), NAMES(PLAN_FILES_SESSIONS), KEY},
    {AT(PlanFilesAffectation, besoin), NAMES(TABLES_BESOINS), KEY},
    {AT(PlanFilesAffectation, montage), NAMES(TABLES_MONTAGES), KEY},
    {AT(PlanFilesAffectation, effectif), COUNT(1)},
    {AT(PlanFilesAffectation, km), KM},
    {AT(PlanFilesAffectation, cout_pedagogique), AMOUNT},
    {AT(PlanFilesAffectation, cout_annexe), AMOUNT},
    {AT(PlanFilesAffectation, remuneration), AMOUNT},
    {AT(PlanFilesAffectation, finance), AMOUNT},
    {AT(PlanFilesAffectation, reste_a_charge), AMOUNT},
};

static const TablesColumn charges[] = {
    {AT(PlanFilesCharge, session), NAMES(PLAN_FILES_SESSIONS), KEY},
    {AT(PlanFilesCharge, besoin), NAMES(TABLES_BESOINS), KEY},
    {AT(PlanFilesCharge, enveloppe), NAMES(TABLES_ENVELOPPES), KEY},
    {AT(PlanFilesCharge, montant), AMOUNT},
};

static const TablesColumn non_couverts[] = {
    {AT(PlanFilesNonCouvert, besoin), NAMES(TABLES_BESOINS), KEY},
    {AT(PlanFilesNonCouvert, effectif), COUNT(1)},
    {AT(PlanFilesNonCouvert, motif), .kind = KIND_WORD, .words = &vocabulary_motif, KEY},
    {AT(PlanFilesNonCouvert, detail), .kind = KIND_TEXT, OPT},
};

static const TablesColumn enveloppes[] = {
    {AT(PlanFilesEnveloppe, code), NAMES(TABLES_ENVELOPPES), KEY},
    {AT(PlanFilesEnveloppe, montant), AMOUNT},
    {AT(PlanFilesEnveloppe, engage), AMOUNT},
    {AT(PlanFilesEnveloppe, disponible), SIGNED_AMOUNT},
};

static const TablesColumn bilan[] = {
    {AT(PlanFilesBilan, cle), .kind = KIND_CODE, KEY},
    {AT(PlanFilesBilan, valeur), .kind = KIND_TEXT, OPT},
};

#define PLAN_FILE(table, Row)                                                                                          \
    {                                                                                                                  \
        .name = #table ".csv", .row_size = sizeof(Row), .columns = table, .n_columns = (int)G_N_ELEMENTS(table)        \
    }
static const TablesFile files[] = {
    PLAN_FILE(sessions, PlanFilesSession),
    PLAN_FILE(seances, PlanFilesSeance),
    PLAN_FILE(affectations, PlanFilesAffectation),
    PLAN_FILE(charges, PlanFilesCharge),
    PLAN_FILE(non_couverts, PlanFilesNonCouvert),
    PLAN_FILE(enveloppes, PlanFilesEnveloppe),
    PLAN_FILE(bilan, PlanFilesBilan),
};

const TablesFile *plan_files(PlanFilesId id)
{
    g_assert(id >= PLAN_FILES_SESSIONS && id < PLAN_FILES_END);
    return &files[id - PLAN_FILES_SESSIONS];
}
