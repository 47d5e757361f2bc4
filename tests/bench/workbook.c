/* What the regional workbook costs to write: workbook [ROUNDS] [SIZE], SIZE region. Against a bare libxlsxwriter loop
 * that writes the same cells and nothing else, reading back told apart; and the memory of the workbooks of 18 small
 * regions, one after the other as a run writes them. Fails where the ratio is above 1.3, or memory grows with the
 * regions. */
#include "export/classeur.h"
#include "export/csv_plan.h"
#include "export/zip_check.h"
#include "tests/lib/first_come.h"
#include "tests/lib/region.h"
#include "tests/lib/scratch.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <xlsxwriter.h>

#define RATIO 1.3
#define GROWTH 1.25 /* of peak memory, once a third of the regions are written */
#define REGIONS 18
#define WARM 6

/* Every cell of a workbook, a line each: sheet, row, column, format, n (number), s (text) or b (blank), value. */
#define DUMP                                                                                                           \
    "import sys\n"                                                                                                     \
    "sys.path.insert(0, 'tests/integration')\n"                                                                        \
    "from xlsx import Book\n"                                                                                          \
    "for number, sheet in enumerate(Book(sys.argv[1]).sheets.values()):\n"                                             \
    "    for at in sorted(sheet.elements):\n"                                                                          \
    "        cell, value = sheet.elements[at], sheet.value(*at)\n"                                                     \
    "        kind = 'b' if value is None else 's' if isinstance(value, str) else 'n'\n"                                \
    "        text = '' if value is None else str(value).replace('\\n', ' ').replace('\\t', ' ')\n"                     \
    "        print(number, at[0] - 1, at[1] - 1, cell.get('s', '0'), kind, text, sep='\\t')\n"

typedef struct {
    int sheet, format;
    lxw_row_t row;
    lxw_col_t column;
    char kind;
    double number;
    const char *text;
} Cell;

static const Settings settings = {.depot_jours = 30, .petits_effectifs = 5};

static double cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long peak(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void fail(const char *what)
{
    fprintf(stderr, "workbook: %s\n", what);
    exit(7);
}

/* Writes the regional workbook, as the export stage does; returns the CPU seconds it took. */
static double write_ours(const Figures *figures, const Controls *controls, const char *path, const char *scratch)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) files = classeur_list(figures, &settings, NULL, controls);
    double begin = cpu();
    if (!classeur_write(&g_array_index(files, ClasseurFile, 0), path, scratch, &error))
        fail(error->message);
    return cpu() - begin;
}

static Controls *write_csv(const Figures *figures, const char *folder)
{
    Controls *controls = controls_new(NULL);
    g_autoptr(GError) error = NULL;
    for (const CsvPlan *file = csv_plan_outputs; file->name != NULL; file++) {
        g_autofree char *path = g_build_filename(folder, file->name, NULL);
        if (!csv_plan_write(file, figures, path, &error) || !controls_read(controls, file->name, path, &error))
            fail(error->message);
    }
    return controls;
}

static Cell *read_cells(const char *path, char **bytes, gsize *n)
{
    const char *argv[] = {"/usr/bin/python3", "-c", DUMP, path, NULL};
    int status = 1;
    if (!g_spawn_sync(NULL, (char **)(uintptr_t)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, bytes, NULL, &status, NULL) ||
        status != 0)
        fail("the workbook could not be read back");
    *n = 0;
    for (const char *c = *bytes; *c != '\0'; c++)
        *n += *c == '\n';
    Cell *cells = g_new0(Cell, *n + 1);
    char *at = *bytes;
    for (gsize i = 0; i < *n; i++) {
        char *end = strchr(at, '\n'), *rest = NULL;
        *end = '\0';
        cells[i].sheet = (int)strtol(at, &rest, 10);
        cells[i].row = (lxw_row_t)strtol(rest, &rest, 10);
        cells[i].column = (lxw_col_t)strtol(rest, &rest, 10);
        cells[i].format = (int)strtol(rest, &rest, 10);
        cells[i].kind = rest[1];
        cells[i].text = rest + 3;
        cells[i].number = cells[i].kind == 'n' ? g_ascii_strtod(rest + 3, NULL) : 0;
        at = end + 1;
    }
    return cells;
}

/* The same cells, written by nothing but the library. */
static double write_bare(const Cell *cells, gsize n, const char *path, char *scratch)
{
    double begin = cpu();
    lxw_workbook_options options = {.tmpdir = scratch};
    lxw_workbook *workbook = workbook_new_opt(path, &options);
    lxw_format *formats[256] = {NULL};
    lxw_worksheet *sheet = NULL;
    for (int i = 0; i < 256; i++) {
        formats[i] = workbook_add_format(workbook);
        format_set_font_size(formats[i], 8 + i % 5);
        format_set_font_color(formats[i], (lxw_color_t)(i + 1));
    }
    for (gsize i = 0; i < n; i++) {
        const Cell *cell = &cells[i];
        if (i == 0 || cell->sheet != cells[i - 1].sheet)
            sheet = workbook_add_worksheet(workbook, NULL);
        lxw_format *format = formats[cell->format % 256];
        if (cell->kind == 's')
            worksheet_write_string(sheet, cell->row, cell->column, cell->text, format);
        else if (cell->kind == 'n')
            worksheet_write_number(sheet, cell->row, cell->column, cell->number, format);
        else
            worksheet_write_blank(sheet, cell->row, cell->column, format);
    }
    if (workbook_close(workbook) != LXW_NO_ERROR)
        fail("the bare workbook could not be written");
    return cpu() - begin;
}

/* The least is what the work takes; the rest is what else the machine does. */
static double least(const double *values, int n)
{
    double low = values[0];
    for (int i = 1; i < n; i++)
        low = values[i] < low ? values[i] : low;
    return low;
}

/* Reads a workbook back, as closing it does; returns the CPU seconds it took. */
static double read_back(const Cell *cells, gsize n, const char *path)
{
    g_autoptr(GError) error = NULL;
    int n_sheets = cells[n - 1].sheet + 1;
    g_autofree int64_t *counts = g_new0(int64_t, n_sheets);
    for (gsize i = 0; i < n; i++)
        counts[cells[i].sheet]++;
    double begin = cpu();
    if (!zip_check_workbook(path, counts, n_sheets, &error))
        fail(error->message);
    return cpu() - begin;
}

/* True when the ratio holds. */
static bool compare(const Figures *figures, int rounds, char *folder)
{
    g_autoptr(Controls) controls = write_csv(figures, folder);
    g_autofree char *path = g_build_filename(folder, "ours.xlsx", NULL);
    g_autofree char *bare = g_build_filename(folder, "bare.xlsx", NULL), *bytes = NULL;
    g_autofree double *ours = g_new(double, rounds), *theirs = g_new(double, rounds), *back = g_new(double, rounds);
    gsize n = 0;
    write_ours(figures, controls, path, folder);
    g_autofree Cell *cells = read_cells(path, &bytes, &n);
    for (int i = 0; i < rounds; i++) {
        back[i] = read_back(cells, n, path);
        ours[i] = write_ours(figures, controls, path, folder) - back[i];
        theirs[i] = write_bare(cells, n, bare, folder);
    }
    double a = least(ours, rounds), b = least(theirs, rounds), c = least(back, rounds);
    printf("%-32s %8zu cells %7.3f s, bare loop %.3f s: ratio %.2f (at most %.1f); verified in %.3f s more\n",
           "regional workbook, CPU", (size_t)n, a, b, a / b, RATIO, c);
    return a <= b * RATIO;
}

/* True when memory no longer grows once a third of the regions are written. */
static bool grow(char *folder)
{
    const RegionSize *size = region_size_find("small");
    long first = 0;
    for (uint64_t seed = 1; seed <= REGIONS; seed++) {
        g_autoptr(Model) model = region_make(seed, size);
        g_autoptr(ModelPlan) plan = first_come_plan(model);
        if (plan == NULL)
            fail("no plan of a small region");
        g_autoptr(Figures) figures = figures_new(model, plan);
        g_autoptr(Controls) controls = write_csv(figures, folder);
        g_autofree char *path = g_build_filename(folder, "region.xlsx", NULL);
        write_ours(figures, controls, path, folder);
        first = seed == WARM ? peak() : first;
    }
    printf("%-32s %8.1f MB after %d, %.1f MB after %d (at most %.2f times)\n", "regional workbooks, peak memory",
           (double)first / 1024, WARM, (double)peak() / 1024, REGIONS, GROWTH);
    return (double)peak() <= (double)first * GROWTH;
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 15;
    const RegionSize *size = region_size_find(argc > 2 ? argv[2] : "region");
    if (rounds < 1 || size == NULL)
        fail("usage: workbook [ROUNDS] [SIZE]");
    char *folder = scratch_new();
    /* memory first: nothing larger has been held yet */
    bool bounded = grow(folder);
    g_autoptr(Model) model = region_make(1, size);
    g_autoptr(ModelPlan) plan = first_come_plan(model);
    if (plan == NULL)
        fail("no plan of this region");
    g_autoptr(Figures) figures = figures_new(model, plan);
    bool quick = compare(figures, rounds, folder);
    scratch_remove(folder);
    return quick && bounded ? 0 : 1;
}
