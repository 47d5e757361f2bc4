/* `prisme etat`: what the database holds, as French tables on stdout. See store_etat.h. */
#include "sql/store_etat.h"

#include "config/calendar.h"
#include "config/fault.h"
#include "sql/db_query.h"

#include <stdio.h>
#include <string.h>

#define COLUMNS_MAX 12

/* A table: a head, then rows; every cell a text. */
typedef struct {
    GPtrArray *cells; /* owned texts, row after row */
    int n_columns;
} Table;

static Table table_new(const char *const *head, int n_columns)
{
    g_assert(n_columns <= COLUMNS_MAX);
    Table table = {g_ptr_array_new_with_free_func(g_free), n_columns};
    for (int i = 0; i < n_columns; i++)
        g_ptr_array_add(table.cells, g_strdup(head[i]));
    return table;
}

static const char *cell(const Table *table, guint row, int column)
{
    return table->cells->pdata[row * (guint)table->n_columns + (guint)column];
}

/* Prints it, cells to the right of columns as wide as their widest, and frees it. */
static void table_print(Table *table)
{
    glong widths[COLUMNS_MAX] = {0};
    guint n_rows = table->cells->len / (guint)table->n_columns;
    for (guint row = 0; row < n_rows; row++)
        for (int i = 0; i < table->n_columns; i++)
            widths[i] = MAX(widths[i], g_utf8_strlen(cell(table, row, i), -1));
    for (guint row = 0; row < n_rows; row++) {
        for (int i = 0; i < table->n_columns; i++) {
            const char *text = cell(table, row, i);
            printf("  %*s%s", (int)(widths[i] - g_utf8_strlen(text, -1)), "", text);
        }
        putchar('\n');
    }
    g_ptr_array_unref(table->cells);
}

/* ---- cells ---- */

/* Thousands apart by a blank, as French writes them: "12 345". */
static char *number_text(int64_t number)
{
    g_autofree char *digits = g_strdup_printf("%" G_GINT64_FORMAT, number);
    GString *text = g_string_new(NULL);
    size_t n = strlen(digits);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && digits[i - 1] != '-' && (n - i) % 3 == 0)
            g_string_append_c(text, ' ');
        g_string_append_c(text, digits[i]);
    }
    return g_string_free(text, FALSE);
}

/* Whole euros are enough here; the workbook has the cents. */
static char *euros_text(int64_t cents)
{
    g_autofree char *euros = number_text((cents + 50) / 100);
    return g_strdup_printf("%s €", euros);
}

static char *of_text(int64_t part, int64_t whole)
{
    g_autofree char *a = number_text(part), *b = number_text(whole);
    return g_strdup_printf("%s / %s", a, b);
}

static char *moment_text(int64_t seconds)
{
    g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local(seconds);
    return g_date_time_format(moment, "%d/%m/%Y %H:%M");
}

static char *day_text(int32_t day)
{
    int year, month, date;
    calendar_split(day, &year, &month, &date);
    return g_strdup_printf("%02d/%02d/%04d", date, month, year);
}

/* ---- the three lists ---- */

static bool print_loads(Db *db, const char *campagne, GError **error)
{
    static const char *const head[] = {"chargement", "fait le", "fichiers", "lignes",    "rejets",
                                       "SIAE",       "offres",  "besoins",  "stagiaires"};
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(etat_chargement), DB_VALUES(db_text(campagne)), error);
    if (rows == NULL)
        return false;
    Table table = table_new(head, (int)G_N_ELEMENTS(head));
    for (int32_t row = 0; row < db_rows_count(rows); row++) {
        g_ptr_array_add(table.cells, number_text(db_rows_int4(rows, row, 0)));
        g_ptr_array_add(table.cells, moment_text(db_rows_int8(rows, row, 1)));
        for (int column = 2; column < (int)G_N_ELEMENTS(head); column++)
            g_ptr_array_add(table.cells, number_text(db_rows_int8(rows, row, column)));
    }
    table_print(&table);
    return true;
}

static const char *arret_text(const char *arret)
{
    static const char *const words[][2] = {
        {"optimal", "optimum prouvé"}, {"effort", "effort épuisé"}, {"delai", "délai écoulé"}};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i][0], arret) == 0)
            return words[i][1];
    return arret;
}

static bool print_plans(Db *db, const char *campagne, GError **error)
{
    static const char *const head[] = {
        "plan",           "chargement",   "fait le", "sessions", "servis / demandés", "points / borne", "coût",
        "reste à charge", "coût pondéré", "borne",   "arrêt"};
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(etat_plan), DB_VALUES(db_text(campagne)), error);
    if (rows == NULL)
        return false;
    if (db_rows_count(rows) == 0) {
        puts("  aucun plan");
        return true;
    }
    Table table = table_new(head, (int)G_N_ELEMENTS(head));
    for (int32_t row = 0; row < db_rows_count(rows); row++) {
        char *const cells[] = {
            number_text(db_rows_int4(rows, row, 0)),
            number_text(db_rows_int4(rows, row, 1)),
            moment_text(db_rows_int8(rows, row, 2)),
            number_text(db_rows_int8(rows, row, 3)),
            of_text(db_rows_int8(rows, row, 4), db_rows_int8(rows, row, 5)),
            of_text(db_rows_int8(rows, row, 6), db_rows_int8(rows, row, 7)),
            euros_text(db_rows_int8(rows, row, 8)),
            euros_text(db_rows_int8(rows, row, 9)),
            euros_text(db_rows_int8(rows, row, 10)),
            euros_text(db_rows_int8(rows, row, 11)),
            g_strdup(arret_text(db_rows_text(rows, row, 12))),
        };
        G_STATIC_ASSERT(G_N_ELEMENTS(cells) == G_N_ELEMENTS(head));
        for (size_t i = 0; i < G_N_ELEMENTS(cells); i++)
            g_ptr_array_add(table.cells, cells[i]);
    }
    table_print(&table);
    return true;
}

/* How many SIAE answered by a form, and whole: which. Nothing where no form was read. */
static bool print_answers(Db *db, const char *campagne, bool whole, GError **error)
{
    static const char *const head[] = {"SIAE", "structure", "réponse", "besoins", "rejets", "formulaire"};
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(etat_reponses), DB_VALUES(db_text(campagne)), error);
    if (rows == NULL)
        return false;
    int64_t n_forms = 0, n_answers = 0, n_siae = db_rows_count(rows);
    Table table = table_new(head, (int)G_N_ELEMENTS(head));
    for (int32_t row = 0; row < n_siae; row++) {
        bool form = *db_rows_text(rows, row, 2) != '\0', answered = db_rows_bool(rows, row, 3);
        n_forms += form;
        n_answers += answered;
        g_ptr_array_add(table.cells, g_strdup(db_rows_text(rows, row, 0)));
        g_ptr_array_add(table.cells, g_strdup(db_rows_text(rows, row, 1)));
        g_ptr_array_add(table.cells, g_strdup(answered ? "oui" : form ? "à relancer" : "non"));
        g_ptr_array_add(table.cells, number_text(db_rows_int8(rows, row, 4)));
        g_ptr_array_add(table.cells, number_text(db_rows_int8(rows, row, 5)));
        g_ptr_array_add(table.cells, g_strdup(db_rows_text(rows, row, 2)));
    }
    if (n_forms > 0) {
        int64_t tenths = (n_answers * 1000 + n_siae / 2) / n_siae;
        g_autofree char *of = of_text(n_answers, n_siae);
        printf("  formulaires : %s SIAE ont répondu (%d,%d %%)\n", of, (int)(tenths / 10), (int)(tenths % 10));
    }
    if (n_forms > 0 && whole)
        table_print(&table);
    else
        g_ptr_array_unref(table.cells);
    return true;
}

static bool print_campaign(Db *db, const DbRows *campaigns, int32_t row, bool whole, GError **error)
{
    const char *code = db_rows_text(campaigns, row, 0);
    g_autofree char *begin = day_text(db_rows_date(campaigns, row, 2)),
                    *end = day_text(db_rows_date(campaigns, row, 3));
    printf("%sCampagne %s — région %s, du %s au %s\n", row > 0 ? "\n" : "", code, db_rows_text(campaigns, row, 1),
           begin, end);
    return print_loads(db, code, error) && print_answers(db, code, whole, error) && print_plans(db, code, error);
}

static bool print_all(Db *db, const char *campagne, GError **error)
{
    g_autoptr(DbRows) campaigns = db_query(db, DB_SQL(etat_campagne), DB_VALUES(db_text(campagne)), error);
    if (campaigns == NULL)
        return false;
    if (db_rows_count(campaigns) == 0 && campagne != NULL) {
        g_set_error(error, FAULT, FAULT_INPUT, "unknown campaign '%s': nothing was loaded under that code", campagne);
        return false;
    }
    if (db_rows_count(campaigns) == 0)
        puts("Aucune campagne n'est chargée.");
    for (int32_t row = 0; row < db_rows_count(campaigns); row++)
        if (!print_campaign(db, campaigns, row, campagne != NULL, error))
            return false;
    return true;
}

bool store_etat_print(Db *db, const char *campagne, GError **error)
{
    if (!db_begin_snapshot(db, error))
        return false;
    bool printed = print_all(db, campagne, error);
    db_rollback(db); /* nothing was written */
    return printed;
}

/* ---- one load ---- */

static bool print_sources(Db *db, int32_t chargement, GError **error)
{
    static const char *const head[] = {"fichier", "lignes", "rejets", "avertissements", "état", "sha256"};
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(load_chargement_source), DB_VALUES(db_int4(chargement)), error);
    if (rows == NULL)
        return false;
    Table table = table_new(head, (int)G_N_ELEMENTS(head));
    for (int32_t row = 0; row < db_rows_count(rows); row++) {
        g_ptr_array_add(table.cells, g_strdup(db_rows_text(rows, row, 0)));
        for (int column = 2; column <= 4; column++)
            g_ptr_array_add(table.cells, number_text(db_rows_int8(rows, row, column)));
        g_ptr_array_add(table.cells, g_strdup(db_rows_bool(rows, row, 5) ? "refusé" : "lu"));
        g_ptr_array_add(table.cells, g_strdup(db_rows_text(rows, row, 1)));
    }
    table_print(&table);
    return true;
}

static bool print_differences(Db *db, int32_t chargement, int32_t before, GError **error)
{
    static const char *const head[] = {"table", "lignes", "ajoutées", "changées", "disparues"};
    g_autoptr(DbRows) rows =
        db_query(db, DB_SQL(etat_differences), DB_VALUES(db_int4(chargement), db_int4(before)), error);
    if (rows == NULL)
        return false;
    Table table = table_new(head, (int)G_N_ELEMENTS(head));
    for (int32_t row = 0; row < db_rows_count(rows); row++) {
        g_ptr_array_add(table.cells, g_strdup(db_rows_text(rows, row, 0)));
        for (int column = 1; column < (int)G_N_ELEMENTS(head); column++)
            g_ptr_array_add(table.cells, number_text(db_rows_int8(rows, row, column)));
    }
    table_print(&table);
    return true;
}

static bool print_gone(Db *db, int32_t chargement, int32_t before, GError **error)
{
    enum { SHOWN = 1000 }; /* of a table */
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(chargement_disparus),
                                      DB_VALUES(db_int4(chargement), db_int4(before), db_int4(SHOWN)), error);
    if (rows == NULL)
        return false;
    for (int32_t row = 0; row < db_rows_count(rows); row++)
        printf("  disparu : %s %s\n", db_rows_text(rows, row, 0), db_rows_text(rows, row, 1));
    return true;
}

/* Rows that wait for their missing cells. */
static bool print_incomplets(Db *db, int32_t chargement, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(etat_incomplets), DB_VALUES(db_int4(chargement)), error);
    if (rows == NULL)
        return false;
    g_autofree char *n = number_text(db_rows_count(rows));
    if (db_rows_count(rows) > 0)
        printf("Lignes incomplètes, gardées sans être planifiées : %s\n", n);
    for (int32_t row = 0; row < db_rows_count(rows); row++)
        printf("  %s %s : il manque %s (connu : %s)\n", db_rows_text(rows, row, 0), db_rows_text(rows, row, 1),
               db_rows_text(rows, row, 2), db_rows_text(rows, row, 3));
    return true;
}

static bool print_load(Db *db, const char *campagne, int32_t numero, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(etat_precedent), DB_VALUES(db_text(campagne), db_int4(numero)), error);
    if (rows == NULL)
        return false;
    if (db_rows_count(rows) == 0) {
        g_set_error(error, FAULT, FAULT_INPUT, "no load %d of campaign '%s'", numero, campagne);
        return false;
    }
    int32_t id = db_rows_int4(rows, 0, 0), before = db_rows_int4(rows, 0, 2);
    g_autofree char *moment = moment_text(db_rows_int8(rows, 0, 1));
    printf("Campagne %s, chargement %d du %s\n", campagne, numero, moment);
    if (!print_sources(db, id, error) || !print_incomplets(db, id, error))
        return false;
    if (before == 0)
        puts("Premier chargement : rien à comparer.");
    else
        printf("Par rapport au chargement %d :\n", numero - 1);
    return before == 0 || (print_differences(db, id, before, error) && print_gone(db, id, before, error));
}

bool store_etat_print_load(Db *db, const char *campagne, int32_t numero, GError **error)
{
    if (!db_begin_snapshot(db, error))
        return false;
    bool printed = print_load(db, campagne, numero, error);
    db_rollback(db); /* nothing was written */
    return printed;
}
