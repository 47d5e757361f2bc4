/* The contract's output files → a ModelPlan, for `prisme check`: see ingest.h. */
#include "config/calendar.h"
#include "config/fault.h"
#include "ingest/build.h"
#include "ingest/plan_files.h"

#include <string.h>

enum { N_FILES = (int)PLAN_FILES_END - (int)PLAN_FILES_SESSIONS };

typedef struct {
    const Model *model;
    ModelPlan *plan;
    IngestReport *report;
    GPtrArray *faults;
    RowsContext context;
    Rows files[N_FILES];
} PlanReading;

#define FILE_OF(reading, ID) (&(reading)->files[PLAN_FILES_##ID - PLAN_FILES_SESSIONS])
#define ROW_OF(reading, ID, Row, i) ((const Row *)rows_at(FILE_OF(reading, ID), i))

static void fault(PlanReading *reading, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void fault(PlanReading *reading, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_ptr_array_add(reading->faults, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

static void fault_of_bilan(PlanReading *reading, const char *key, const char *text, const FieldNote *note)
{
    g_autofree char *problem = constat_fill(constat_problem(note->constat), note->first, note->second);
    fault(reading, "bilan.csv, %s « %s » : %s", key, text, problem);
}

/* ---- what cells name ---- */

static int32_t find_in_model(const Model *model, int target, const char *key)
{
    static int32_t (*const finders[TABLES_N])(const Model *, const char *) = {
        [TABLES_COMMUNES] = model_find_commune,     [TABLES_ORGANISMES] = model_find_organisme,
        [TABLES_FORMATIONS] = model_find_formation, [TABLES_OFFRES] = model_find_offre,
        [TABLES_BESOINS] = model_find_besoin,       [TABLES_MONTAGES] = model_find_montage,
        [TABLES_ENVELOPPES] = model_find_enveloppe,
    };
    g_assert(finders[target] != NULL);
    return finders[target](model, key);
}

static RowsAnswer find_named(void *data, int target, const char *key, int32_t *position, const char **file,
                             int64_t *line)
{
    const PlanReading *reading = data;
    (void)file; /* the one the cell names */
    if (target < TABLES_N) {
        *position = find_in_model(reading->model, target, key);
        return *position >= 0 ? ROWS_FOUND : ROWS_UNKNOWN;
    }
    const Rows *sessions = FILE_OF(reading, SESSIONS);
    if (!sessions->read)
        return ROWS_UNCHECKED;
    *position = rows_find(sessions, key);
    if (*position < 0)
        return ROWS_UNKNOWN;
    *line = sessions->lines[*position];
    return sessions->states[*position] == ROWS_REJECTED ? ROWS_FALLEN : ROWS_FOUND;
}

static const TablesFile *target_file(void *data, int target)
{
    (void)data;
    return target < TABLES_N ? tables_file((TablesId)target) : plan_files((PlanFilesId)target);
}

/* ---- the files ---- */

static bool read_files(PlanReading *reading, const char *sortie, GError **error)
{
    GError *broken = NULL;
    rows_context_init(&reading->context, reading->report, reading->plan->strings, reading->plan->blocks);
    reading->context.find = find_named;
    reading->context.target = target_file;
    reading->context.data = reading;
    for (int i = 0; i < N_FILES; i++) {
        Rows *rows = &reading->files[i];
        rows_init(rows, plan_files((PlanFilesId)(PLAN_FILES_SESSIONS + i)));
        rows->account = reject_file(reading->report, rows->file->name);
        g_autofree char *path = g_build_filename(sortie, rows->file->name, NULL);
        rows->read = broken == NULL && rows_read(rows, &reading->context, path, 0, rows->account, "", 0, &broken);
        rows_index(rows, reading->report);
    }
    if (broken != NULL)
        g_propagate_error(error, broken);
    return broken == NULL;
}

/* What the report holds against rows, as sentences. A repeated row is a fault here, an unknown column is none. */
static void tell_report(PlanReading *reading)
{
    int n;
    const RejectLine *lines = reject_lines(reading->report, &n);
    for (int i = 0; i < n; i++) {
        const RejectPlace *place = &lines[i].place;
        if (constat_is_warning(lines[i].constat))
            continue;
        g_autofree char *problem = reject_problem(&lines[i]);
        g_autoptr(GString) text = g_string_new(reject_file_at(reading->report, place->file)->name);
        if (place->line > 0)
            g_string_append_printf(text, " ligne %" G_GINT64_FORMAT, place->line);
        if (*place->column != '\0')
            g_string_append_printf(text, ", %s", place->column);
        if (*place->value != '\0')
            g_string_append_printf(text, " « %s »", place->value);
        fault(reading, "%s : %s", text->str, problem);
    }
    for (int f = 0; f < N_FILES; f++)
        for (int32_t row = 0; row < reading->files[f].n; row++)
            if (reading->files[f].states[row] == ROWS_MERGED)
                fault(reading, "%s ligne %d : répète une autre ligne", reading->files[f].file->name,
                      reading->files[f].lines[row]);
}

/* Keeps the good rows, in key order, naming sessions by their final position. */
static void settle_files(PlanReading *reading)
{
    g_autofree int32_t *sessions = NULL;
    for (int f = 0; f < N_FILES; f++) {
        Rows *rows = &reading->files[f];
        g_autofree int32_t *moved = g_new(int32_t, (gsize)rows->n + 1);
        for (int c = 0; c < rows->file->n_columns; c++)
            for (int32_t row = 0; row < rows->n && rows->file->columns[c].kind == KIND_REFERENCE &&
                                  rows->file->columns[c].target == (int)PLAN_FILES_SESSIONS;
                 row++) {
                int32_t *session = (int32_t *)(void *)((char *)rows_at(rows, row) + rows->file->columns[c].offset);
                if (rows->states[row] == ROWS_KEPT)
                    *session = sessions[*session];
            }
        build_settle(rows, moved);
        if (f == 0)
            sessions = g_steal_pointer(&moved);
    }
}

/* ---- rows → plan ---- */

static void check_session(PlanReading *reading, const PlanFilesSession *row, int32_t fixee)
{
    const ModelOffre *offre = &reading->model->offres[row->offre];
    const struct {
        const char *column;
        bool same;
    } copies[] = {{"formation", row->formation == offre->formation},
                  {"organisme", row->organisme == offre->organisme},
                  {"commune", row->commune == offre->commune},
                  {"fixee", row->fixee == (fixee != MODEL_NONE)}};
    for (size_t i = 0; i < G_N_ELEMENTS(copies); i++)
        if (!copies[i].same)
            fault(reading, "session %s : %s ne correspond pas %s", row->session, copies[i].column,
                  i < 3 ? "à l'offre" : "aux sessions fixées");
}

static void make_sessions(PlanReading *reading)
{
    ModelPlan *plan = reading->plan;
    int32_t n = FILE_OF(reading, SESSIONS)->n, seance = 0, n_seances = FILE_OF(reading, SEANCES)->n;
    ModelPlanSession *sessions = model_plan_own(plan, g_new0(ModelPlanSession, (gsize)n + 1));
    int32_t *days = model_plan_own(plan, g_new(int32_t, (gsize)n_seances + 1));
    for (int32_t i = 0; i < n_seances; i++)
        days[i] = ROW_OF(reading, SEANCES, PlanFilesSeance, i)->date;
    for (int32_t i = 0; i < n; i++) {
        const PlanFilesSession *row = ROW_OF(reading, SESSIONS, PlanFilesSession, i);
        int32_t first = seance, fixee = model_find_session_fixee(reading->model, row->session);
        while (seance < n_seances && ROW_OF(reading, SEANCES, PlanFilesSeance, seance)->session == i)
            seance++;
        check_session(reading, row, fixee);
        sessions[i] = (ModelPlanSession){.code = row->session,
                                         .offre = row->offre,
                                         .fixee = fixee,
                                         .debut = row->date_debut,
                                         .fin = row->date_fin,
                                         .jours = days + first,
                                         .n_jours = seance - first,
                                         .effectif = row->effectif,
                                         .nb_siae = row->nb_siae,
                                         .cout_pedagogique = row->cout_pedagogique,
                                         .cout_annexe = row->cout_annexe,
                                         .remuneration = row->remuneration};
    }
    plan->sessions = sessions;
    plan->n_sessions = n;
}

static void make_affectations(PlanReading *reading)
{
    int32_t n = FILE_OF(reading, AFFECTATIONS)->n;
    ModelPlanAffectation *affectations = model_plan_own(reading->plan, g_new0(ModelPlanAffectation, (gsize)n + 1));
    for (int32_t i = 0; i < n; i++) {
        const PlanFilesAffectation *row = ROW_OF(reading, AFFECTATIONS, PlanFilesAffectation, i);
        affectations[i] = (ModelPlanAffectation){.session = row->session,
                                                 .besoin = row->besoin,
                                                 .montage = row->montage,
                                                 .effectif = row->effectif,
                                                 .km = row->km,
                                                 .cout_pedagogique = row->cout_pedagogique,
                                                 .cout_annexe = row->cout_annexe,
                                                 .remuneration = row->remuneration,
                                                 .finance = row->finance,
                                                 .reste_a_charge = row->reste_a_charge};
    }
    reading->plan->affectations = affectations;
    reading->plan->n_affectations = n;
}

static void make_charges(PlanReading *reading)
{
    int32_t n = FILE_OF(reading, CHARGES)->n;
    ModelPlanCharge *charges = model_plan_own(reading->plan, g_new0(ModelPlanCharge, (gsize)n + 1));
    for (int32_t i = 0; i < n; i++) {
        const PlanFilesCharge *row = ROW_OF(reading, CHARGES, PlanFilesCharge, i);
        charges[i] = (ModelPlanCharge){row->session, row->besoin, row->enveloppe, row->montant};
    }
    reading->plan->charges = charges;
    reading->plan->n_charges = n;
}

static void make_non_couverts(PlanReading *reading)
{
    int32_t n = FILE_OF(reading, NON_COUVERTS)->n;
    ModelPlanNonCouvert *non_couverts = model_plan_own(reading->plan, g_new0(ModelPlanNonCouvert, (gsize)n + 1));
    for (int32_t i = 0; i < n; i++) {
        const PlanFilesNonCouvert *row = ROW_OF(reading, NON_COUVERTS, PlanFilesNonCouvert, i);
        non_couverts[i] = (ModelPlanNonCouvert){row->besoin, row->effectif, (VocabularyMotif)row->motif, row->detail};
    }
    reading->plan->non_couverts = non_couverts;
    reading->plan->n_non_couverts = n;
}

/* enveloppes.csv says nothing new: it must agree with the input and with charges.csv. */
static void check_enveloppes(PlanReading *reading)
{
    const Model *model = reading->model;
    g_autofree int64_t *engage = g_new0(int64_t, (gsize)model->n_enveloppes + 1);
    g_autofree bool *seen = g_new0(bool, (gsize)model->n_enveloppes + 1);
    for (int32_t i = 0; i < reading->plan->n_charges; i++)
        engage[reading->plan->charges[i].enveloppe] += reading->plan->charges[i].montant;
    for (int32_t i = 0; i < FILE_OF(reading, ENVELOPPES)->n; i++) {
        const PlanFilesEnveloppe *row = ROW_OF(reading, ENVELOPPES, PlanFilesEnveloppe, i);
        const ModelEnveloppe *enveloppe = &model->enveloppes[row->code];
        seen[row->code] = true;
        if (row->montant != enveloppe->montant)
            fault(reading, "enveloppe %s : montant autre que celui de l'entrée", enveloppe->code);
        if (row->engage != engage[row->code])
            fault(reading, "enveloppe %s : engage n'est pas la somme de ses charges", enveloppe->code);
        if (row->disponible != row->montant - row->engage)
            fault(reading, "enveloppe %s : disponible n'est pas montant - engage", enveloppe->code);
    }
    for (int32_t i = 0; i < model->n_enveloppes; i++)
        if (!seen[i])
            fault(reading, "enveloppe %s : absente d'enveloppes.csv", model->enveloppes[i].code);
}

static const char *bilan_value(PlanReading *reading, const char *key)
{
    for (int32_t i = 0; i < FILE_OF(reading, BILAN)->n; i++) {
        const PlanFilesBilan *row = ROW_OF(reading, BILAN, PlanFilesBilan, i);
        if (strcmp(row->cle, key) == 0)
            return row->valeur;
    }
    return "";
}

static void make_bilan(PlanReading *reading)
{
    ModelBilan *bilan = &reading->plan->bilan;
    const struct {
        const char *key;
        int64_t *value;
        int decimals;
    } numbers[] = {
        {"points", &bilan->points, 0},
        {"points_borne", &bilan->points_borne, 0},
        {"cout", &bilan->cout, 2},
        {"reste_a_charge", &bilan->reste_a_charge, 2},
        {"cout_pondere", &bilan->cout_pondere, 2},
        {"cout_pondere_borne", &bilan->cout_pondere_borne, 2},
        {"remuneration", &bilan->remuneration, 2},
        {"effectif_demande", &bilan->effectif_demande, 0},
        {"effectif_servi", &bilan->effectif_servi, 0},
        {"sessions", &bilan->sessions, 0},
    };
    FieldNote note;
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        const char *text = bilan_value(reading, numbers[i].key);
        FieldNumber number = {numbers[i].decimals, 0, INT64_C(1000000000000000), NULL};
        if (*text == '\0')
            fault(reading, "bilan.csv : %s est absent", numbers[i].key);
        else if (field_number(text, &number, numbers[i].value, &note) == FIELD_BAD) {
            *numbers[i].value = 0;
            fault_of_bilan(reading, numbers[i].key, text, &note);
        }
    }
    const ModelCampagne *campagne = &reading->model->campagne;
    const char *const codes[][2] = {{"campagne", campagne->code}, {"region", campagne->region}};
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
        const char *text = bilan_value(reading, codes[i][0]);
        if (*text != '\0' && strcmp(text, codes[i][1]) != 0)
            fault(reading, "bilan.csv, %s « %s » : campagne.csv dit « %s »", codes[i][0], text, codes[i][1]);
    }
    ModelPlan *plan = reading->plan;
    const char *date_plan = bilan_value(reading, "date_plan");
    plan->date_plan = campagne->date_plan;
    if (*date_plan != '\0' && field_date(date_plan, &plan->date_plan, &note) == FIELD_BAD)
        fault_of_bilan(reading, "date_plan", date_plan, &note);
    if (plan->date_plan <= 0)
        plan->date_plan = calendar_today();
    plan->arret = bilan_value(reading, "arret");
}

/* The names of the files that are of no use as a whole; NULL when there is none. */
static char *refused_files(const PlanReading *reading)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (int f = 0; f < N_FILES; f++)
        if (!reading->files[f].read)
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", reading->files[f].file->name);
    return names->len > 0 ? g_strdup(names->str) : NULL;
}

static void make_plan(PlanReading *reading)
{
    settle_files(reading);
    make_sessions(reading);
    make_affectations(reading);
    make_charges(reading);
    make_non_couverts(reading);
    check_enveloppes(reading);
    make_bilan(reading);
}

ModelPlan *ingest_read_plan(const char *sortie, const Model *model, GPtrArray **faults, GError **error)
{
    g_autoptr(IngestReport) report = reject_new();
    PlanReading reading = {.model = model, .plan = model_plan_new(), .report = report};
    *faults = reading.faults = g_ptr_array_new_with_free_func(g_free);
    bool good = read_files(&reading, sortie, error);
    tell_report(&reading);
    g_autofree char *refused = good ? refused_files(&reading) : NULL;
    good = good && refused == NULL;
    if (good)
        make_plan(&reading);
    else if (refused != NULL)
        g_set_error(error, FAULT, FAULT_INPUT, "files missing or unreadable in '%s': %s", sortie, refused);
    for (int f = 0; f < N_FILES; f++)
        rows_clear(&reading.files[f]);
    rows_context_clear(&reading.context);
    if (good)
        return reading.plan;
    model_plan_free(reading.plan);
    return NULL;
}
