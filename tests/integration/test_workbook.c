/* The whole of export_write() on made regions: workbooks against CSV files, craft, isolation of OPCO, equal bytes,
 * hostile names, disks that fill up. Workbooks are read back by tests/integration/workbook.py. */
#include "config/fault.h"
#include "export/classeur.h"
#include "export/export.h"
#include "tests/lib/first_come.h"
#include "tests/lib/region.h"
#include "tests/lib/scratch.h"
#include "tests/lib/small_plan.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PYTHON "/usr/bin/python3" /* the system's, which has openpyxl */
#define READER "tests/integration/workbook.py"
#define RULES "tests/integration/craft.py"

static Settings settings = {.depot_jours = 30, .petits_effectifs = 5};

/* ---- folders ---- */

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* One text of everything in a folder: names, lengths, checksums, in the order of names. */
static char *fingerprint(const char *folder)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        g_autofree char *path = g_build_filename(folder, name, NULL), *bytes = NULL;
        gsize length;
        g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
        g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, length);
        g_ptr_array_add(lines, g_strdup_printf("%s %" G_GSIZE_FORMAT " %s\n", name, length, sum));
    }
    g_dir_close(dir);
    g_ptr_array_sort(lines, by_text);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("", (char **)lines->pdata);
}

/* ---- the reader ---- */

static bool has_reader(void)
{
    const char *const argv[] = {PYTHON, "-c", "import openpyxl", NULL};
    int status = 1;
    return g_spawn_sync(NULL, (char **)(uintptr_t)argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                        &status, NULL) &&
           status == 0;
}

/* what: arguments, with an ending NULL. */
static void assert_fine(const char *script, const char *verb, char **what)
{
    g_autoptr(GPtrArray) argv = g_ptr_array_new();
    g_ptr_array_add(argv, (char *)(uintptr_t)PYTHON);
    g_ptr_array_add(argv, (char *)(uintptr_t)script);
    g_ptr_array_add(argv, (char *)(uintptr_t)verb);
    for (int i = 0; i == 0 || what[i - 1] != NULL; i++)
        g_ptr_array_add(argv, what[i]);
    g_autofree char *out = NULL, *err = NULL;
    int status = 1;
    g_autoptr(GError) error = NULL;
    g_spawn_sync(NULL, (char **)argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status, &error);
    g_assert_no_error(error);
    if (status != 0)
        g_test_message("%s:\n%s%s", verb, out, err);
    g_assert_cmpint(status, ==, 0);
}

static void assert_read_all(const char *verb, char **what)
{
    assert_fine(READER, verb, what);
}

/* Every rule of craft.py holds in the workbooks of OPCO and SIAE. */
static void assert_crafted(const char *folder)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_prefix(name, "opco-") || g_str_has_prefix(name, "siae-"))
            g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    g_dir_close(dir);
    g_assert_cmpuint(paths->len, >=, 2);
    g_ptr_array_add(paths, NULL);
    assert_fine(RULES, "check", (char **)paths->pdata);
}

static void assert_read(const char *verb, char *first, char *second)
{
    char *what[] = {first, second, NULL};
    assert_read_all(verb, what);
}

static void assert_written(const Model *model, const ModelPlan *plan, const char *folder)
{
    g_autoptr(GError) error = NULL;
    export_write(model, plan, &settings, folder, &error);
    g_assert_no_error(error);
}

/* ---- plans ---- */

static ModelPlan *plan_of(const Model *model)
{
    ModelPlan *plan = first_come_plan(model);
    if (plan != NULL)
        plan->numero = 12;
    return plan;
}

/* Every identifier of a SIAE, a need or an envelope becomes a text found nowhere else, in the same byte order. */
static void mark(Model *model)
{
    ModelSiae *siae = model_own(model, g_memdup2(model->siae, sizeof *siae * (size_t)model->n_siae));
    ModelBesoin *besoins = model_own(model, g_memdup2(model->besoins, sizeof *besoins * (size_t)model->n_besoins));
    ModelEnveloppe *enveloppes =
        model_own(model, g_memdup2(model->enveloppes, sizeof *enveloppes * (size_t)model->n_enveloppes));
    for (int32_t i = 0; i < model->n_siae; i++) {
        g_autofree char *code = g_strdup_printf("XSIAE%05dX", i), *name = g_strdup_printf("XNAME%05dX", i);
        g_autofree char *siret = g_strdup_printf("XSIRET%05dX", i);
        siae[i].code = model_text(model, code);
        siae[i].raison_sociale = model_text(model, name);
        siae[i].siret = model_text(model, siret);
    }
    for (int32_t i = 0; i < model->n_besoins; i++) {
        g_autofree char *reference = g_strdup_printf("XNEED%05dX", i), *learner = g_strdup_printf("XLEARN%05dX", i);
        besoins[i].reference = model_text(model, reference);
        if (besoins[i].stagiaire[0] != '\0')
            besoins[i].stagiaire = model_text(model, learner);
    }
    for (int32_t i = 0; i < model->n_enveloppes; i++) {
        g_autofree char *code = g_strdup_printf("XMONEY%05dX", i);
        enveloppes[i].code = model_text(model, code);
    }
    model->siae = siae;
    model->besoins = besoins;
    model->enveloppes = enveloppes;
}

/* ---- tests ---- */

static void test_small(void)
{
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan();
    char *folder = scratch_new();
    static const char *const names[] = {"plan-01-GUA-2027-v3.xlsx",
                                        "opco-OPCO-Deux-Cie-GUA-2027-v3.xlsx",
                                        "opco-OPCO-Trois-GUA-2027-v3.xlsx",
                                        "opco-OPCO-Un-GUA-2027-v3.xlsx",
                                        "opco-sans-opco-GUA-2027-v3.xlsx",
                                        "siae-Jardins-d-Abymes-GUA-2027-v3.xlsx",
                                        "siae-Interim-Gosier-GUA-2027-v3.xlsx"};
    assert_written(model, plan, folder);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(folder, names[i], NULL);
        g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
    }
    if (has_reader()) {
        assert_read("reconcile", folder, NULL);
        assert_read("craft", folder, NULL);
        assert_crafted(folder);
    } else
        g_test_skip("no openpyxl");
    scratch_remove(folder);
}

static void test_change(void)
{
    static const char *const texts[] = {"+ 2 depuis le plan n° 2", "− 1 depuis le plan n° 2",
                                        "inchangé depuis le plan n° 2", "+ 481,12 € depuis le plan n° 2",
                                        "− 2,36 € depuis le plan n° 2"};
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan();
    g_autoptr(Figures) figures = figures_new(model, plan);
    ClasseurPrevious previous = {2, 2, plan->bilan};
    previous.bilan.effectif_servi = 8;
    previous.bilan.cout = 200000;
    previous.bilan.reste_a_charge = 100000;
    g_autoptr(Controls) controls = controls_new(NULL);
    g_autoptr(GArray) files = classeur_list(figures, &settings, &previous, controls);
    char *folder = scratch_new();
    g_autofree char *path = g_build_filename(folder, "plan.xlsx", NULL);
    g_assert_true(classeur_write(&g_array_index(files, ClasseurFile, 0), path, folder, NULL));
    for (size_t i = 0; has_reader() && i < G_N_ELEMENTS(texts); i++)
        assert_read("holds", path, (char *)(uintptr_t)texts[i]);
    scratch_remove(folder);
}

static void test_regions(void)
{
    int held = 0;
    g_autoptr(GPtrArray) folders = g_ptr_array_new();
    if (!has_reader()) {
        g_test_skip("no openpyxl");
        return;
    }
    for (uint64_t seed = 1; seed <= 13; seed++) {
        g_autoptr(Model) model = seed > 12 ? region_make(seed, region_size_find("small")) : region_tiny(seed);
        g_autoptr(ModelPlan) plan = plan_of(model);
        if (plan == NULL)
            continue;
        char *folder = scratch_new();
        assert_written(model, plan, folder);
        g_ptr_array_add(folders, folder);
        held += plan->n_sessions > 0;
    }
    g_ptr_array_add(folders, NULL);
    assert_read_all("reconcile", (char **)folders->pdata);
    assert_read_all("craft", (char **)folders->pdata);
    for (guint i = 0; i + 1 < folders->len; i++) {
        if (i + 3 >= folders->len)
            assert_crafted(folders->pdata[i]);
        scratch_remove(folders->pdata[i]);
    }
    g_assert_cmpint(held, >=, 5);
}

static void forbid(FILE *list, const char *file, const char *text, int *n)
{
    if (text[0] != '\0') {
        fprintf(list, "%s\t%s\n", file, text);
        ++*n;
    }
}

/* What a workbook for one OPCO or SIAE must not hold: all that identifies a SIAE of others, its needs and their
 * learners, and envelopes of others. Whose a SIAE is is read off the model, not asked of what is tested. */
static void forbid_others(FILE *list, const Model *model, const ClasseurFile *file, int *n)
{
    int32_t siae = file->classeur.siae, opco = file->classeur.opco;
    const char *name = siae == MODEL_NONE ? file->classeur.figures->opcos[opco].name : NULL;
    for (int32_t i = 0; i < model->n_siae; i++) {
        if (siae != MODEL_NONE ? i == siae : strcmp(model->siae[i].opco, name) == 0)
            continue;
        forbid(list, file->file, model->siae[i].code, n);
        forbid(list, file->file, model->siae[i].raison_sociale, n);
        forbid(list, file->file, model->siae[i].siret, n);
        for (int32_t b = 0; b < model->n_besoins; b++)
            if (model->besoins[b].siae == i) {
                forbid(list, file->file, model->besoins[b].reference, n);
                forbid(list, file->file, model->besoins[b].stagiaire, n);
            }
    }
    for (int32_t e = 0; e < model->n_enveloppes; e++)
        if (siae != MODEL_NONE || strcmp(model->enveloppes[e].opco, name) != 0)
            if (siae == MODEL_NONE || strcmp(model->enveloppes[e].opco, model->siae[siae].opco) != 0)
                forbid(list, file->file, model->enveloppes[e].code, n);
}

/* Lines "file TAB text" of what each workbook of one reader must not hold. Returns how many. */
static int write_forbidden(const Model *model, const ModelPlan *plan, const char *path)
{
    int n = 0;
    FILE *list = fopen(path, "we");
    g_assert_nonnull(list);
    g_autoptr(Figures) figures = figures_new(model, plan);
    g_autoptr(Controls) controls = controls_new(NULL);
    g_autoptr(GArray) files = classeur_list(figures, &settings, NULL, controls);
    for (guint i = 0; i < files->len; i++) {
        const ClasseurFile *file = &g_array_index(files, ClasseurFile, i);
        if (file->classeur.siae != MODEL_NONE || file->classeur.opco != CLASSEUR_REGION)
            forbid_others(list, model, file, &n);
    }
    fclose(list);
    return n;
}

/* The planner may explain a motif with the needs of anyone. */
static void gossip(const Model *model, ModelPlan *plan)
{
    GString *all = g_string_new(NULL);
    ModelPlanNonCouvert *rows =
        model_plan_own(plan, g_memdup2(plan->non_couverts, sizeof *rows * (size_t)plan->n_non_couverts));
    for (int32_t b = 0; b < model->n_besoins; b++)
        g_string_append_printf(all, "%s de %s, ", model->besoins[b].reference,
                               model->siae[model->besoins[b].siae].raison_sociale);
    for (int32_t i = 0; i < plan->n_non_couverts; i++)
        rows[i].detail = model_plan_text(plan, all->str);
    plan->non_couverts = rows;
    g_string_free(all, TRUE);
}

static void test_isolation(void)
{
    int forbidden = 0;
    if (!has_reader()) {
        g_test_skip("no openpyxl");
        return;
    }
    for (uint64_t seed = 1; seed <= 30; seed++) {
        g_autoptr(Model) model = seed % 10 == 0 ? region_make(seed, region_size_find("small")) : region_tiny(seed);
        mark(model);
        g_autoptr(ModelPlan) plan = plan_of(model);
        if (plan == NULL)
            continue;
        gossip(model, plan);
        char *folder = scratch_new();
        assert_written(model, plan, folder);
        g_autofree char *list = g_build_filename(folder, "forbidden.txt", NULL);
        int n = write_forbidden(model, plan, list);
        forbidden += n;
        if (n > 0)
            assert_read("isolate", list, folder);
        scratch_remove(folder);
    }
    g_assert_cmpint(forbidden, >, 1000);
}

static void test_equal_bytes(void)
{
    g_autoptr(Model) model = region_make(3, region_size_find("small"));
    g_autoptr(ModelPlan) plan = plan_of(model);
    g_assert_nonnull(plan);
    char *once = scratch_new(), *twice = scratch_new();
    assert_written(model, plan, once);
    g_usleep(2100000); /* a package's dates count in steps of two seconds */
    g_setenv("TZ", "Pacific/Auckland", TRUE);
    assert_written(model, plan, twice);
    g_unsetenv("TZ");
    g_autofree char *first = fingerprint(once), *second = fingerprint(twice);
    g_assert_cmpstr(first, ==, second);
    scratch_remove(once);
    scratch_remove(twice);
}

/* Names as a SIAE may type them. Rows keep their order: keys stay as they are. */
static void test_hostile_names(void)
{
    GString *endless = g_string_new("=");
    for (int i = 0; i < 40000; i++)
        g_string_append(endless, i % 3 ? "x" : "\U0001F600");
    const char *const names[] = {"=cmd|' /C calc'!A0",
                                 "\u202E\u05D0\u05D1 gauche \u0627\u0644",
                                 "a\x01\x02\x1f\nb",
                                 endless->str,
                                 "_x0041_ ]]> <b> & \"q\"",
                                 "+33 'apostrophe",
                                 "{=1}",
                                 "#REF!"};
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan();
    ModelSiae *siae = model_own(model, g_memdup2(model->siae, sizeof *siae * (size_t)model->n_siae));
    ModelAxe *axes = model_own(model, g_memdup2(model->axes, sizeof *axes * (size_t)model->n_axes));
    ModelFormation *formations =
        model_own(model, g_memdup2(model->formations, sizeof *formations * (size_t)model->n_formations));
    for (int32_t i = 0; i < model->n_siae; i++)
        siae[i].raison_sociale = model_text(model, names[i % (int)G_N_ELEMENTS(names)]);
    for (int32_t i = 0; i < model->n_axes; i++)
        axes[i].libelle = model_text(model, names[(i + 3) % (int)G_N_ELEMENTS(names)]);
    for (int32_t i = 0; i < model->n_formations; i++) {
        formations[i].intitule = model_text(model, names[(i + 4) % (int)G_N_ELEMENTS(names)]);
        formations[i].domaine = model_text(model, names[(i + 6) % (int)G_N_ELEMENTS(names)]);
    }
    /* two OPCO whose names are the same once safe for files, and hold path separators */
    siae[0].opco = siae[3].opco = model_text(model, "../A/é*");
    siae[1].opco = model_text(model, "..\\a\\E?");
    ModelEnveloppe *enveloppes =
        model_own(model, g_memdup2(model->enveloppes, sizeof *enveloppes * (size_t)model->n_enveloppes));
    for (int32_t i = 0; i < model->n_enveloppes; i++)
        enveloppes[i].opco = strcmp(enveloppes[i].opco, "OPCO Un") == 0           ? siae[0].opco
                             : strcmp(enveloppes[i].opco, "OPCO Deux & Cie") == 0 ? siae[1].opco
                                                                                  : enveloppes[i].opco;
    model->enveloppes = enveloppes;
    model->siae = siae;
    model->axes = axes;
    model->formations = formations;
    model->campagne.code = model_text(model, "2027/É & Cie");
    char *folder = scratch_new();
    assert_written(model, plan, folder);
    static const char *const files[] = {"plan-01-2027-E-Cie-v3.xlsx", "opco-A-e-2027-E-Cie-v3.xlsx",
                                        "opco-a-E-2-2027-E-Cie-v3.xlsx"};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(folder, files[i], NULL);
        if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
            g_autofree char *found = fingerprint(folder);
            g_error("no %s among\n%s", files[i], found);
        }
    }
    if (has_reader()) {
        assert_read("reconcile", folder, NULL);
        assert_read("craft", folder, NULL);
    } else
        g_test_skip("no openpyxl");
    scratch_remove(folder);
    g_string_free(endless, TRUE);
}

static void test_nothing_served(void)
{
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan_nothing();
    char *folder = scratch_new();
    assert_written(model, plan, folder);
    if (has_reader()) {
        assert_read("reconcile", folder, NULL);
        assert_crafted(folder);
    }
    scratch_remove(folder);
}

/* No file may grow over a limit, which stands for a disk that fills up: the library's temporary files are larger than
 * the workbook they end in, and it says nothing when they are cut. The folder keeps the old set or holds the whole new
 * one. */
static void test_full_disk(void)
{
    g_autoptr(Model) model = region_make(7, region_size_find("small"));
    g_autoptr(ModelPlan) plan = plan_of(model);
    g_assert_nonnull(plan);
    char *whole = scratch_new(), *folder = scratch_new();
    assert_written(model, plan, whole);
    g_autofree char *new_set = fingerprint(whole);
    int refused = 0, written = 0;
    for (rlim_t limit = 1000; limit < 4000000; limit += limit / 2) {
        g_autofree char *before = fingerprint(folder);
        pid_t child = fork();
        g_assert_cmpint(child, >=, 0);
        if (child == 0) {
            g_autoptr(GError) error = NULL;
            struct rlimit most = {limit, limit};
            signal(SIGXFSZ, SIG_IGN);
            setrlimit(RLIMIT_FSIZE, &most);
            bool fine = export_write(model, plan, &settings, folder, &error);
            _exit(fine ? 0 : g_error_matches(error, FAULT, FAULT_OUTPUT) ? 1 : 2);
        }
        int status = 0;
        g_assert_cmpint(waitpid(child, &status, 0), ==, child);
        g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
        g_autofree char *after = fingerprint(folder);
        g_assert_cmpstr(after, ==, WEXITSTATUS(status) == 0 ? new_set : before);
        refused += WEXITSTATUS(status) == 1;
        written += WEXITSTATUS(status) == 0;
    }
    g_test_message("%d limits refused, %d written", refused, written);
    g_assert_cmpint(refused, >, 5);
    g_assert_cmpint(written, >, 1);
    scratch_remove(whole);
    scratch_remove(folder);
}

/* Argument list of a program: words, then every path that begins so in folder; ends with NULL. */
static GPtrArray *arguments(const char *const *words, const char *folder, const char *const *prefixes)
{
    GPtrArray *argv = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; words[i] != NULL; i++)
        g_ptr_array_add(argv, g_strdup(words[i]));
    GDir *dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        for (int i = 0; prefixes[i] != NULL; i++)
            if (g_str_has_prefix(name, prefixes[i]))
                g_ptr_array_add(argv, g_build_filename(folder, name, NULL));
    g_dir_close(dir);
    g_ptr_array_add(argv, NULL);
    return argv;
}

static char *run(char **argv)
{
    char *out = NULL;
    int status = 1;
    g_autoptr(GError) error = NULL;
    g_spawn_sync(NULL, argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL, &status, &error);
    g_assert_no_error(error);
    g_assert_cmpint(status, ==, 0);
    return out;
}

/* The workbooks of OPCO and SIAE become PDF pages without errors in them. */
static void test_office(void)
{
    static const char *const kinds[] = {"opco-", "siae-", NULL}, *const wrong[] = {"###", "Err:", "#NAME?", "#VALUE!"};
    g_autofree char *office = g_find_program_in_path("soffice"), *reader = g_find_program_in_path("pdftotext");
    if (office == NULL || reader == NULL) {
        g_test_skip("no LibreOffice, or no pdftotext");
        return;
    }
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan();
    char *folder = scratch_new(), *pages = scratch_new(), *profile = scratch_new();
    assert_written(model, plan, folder);
    g_autofree char *install = g_strconcat("-env:UserInstallation=file://", profile, NULL);
    const char *const words[] = {office, install, "--headless", "--convert-to", "pdf", "--outdir", pages, NULL};
    g_autoptr(GPtrArray) convert = arguments(words, folder, kinds);
    g_autofree char *said = run((char **)convert->pdata);
    g_autoptr(GPtrArray) made = arguments((const char *const[]){NULL}, pages, kinds);
    g_assert_cmpuint(made->len - 1, ==, 8);
    for (guint i = 0; i + 1 < made->len; i++) {
        char *read[] = {reader, (char *)(uintptr_t) "-layout", made->pdata[i], (char *)(uintptr_t) "-", NULL};
        g_autofree char *text = run(read);
        g_assert_nonnull(strstr(text, "Les pages de ce classeur"));
        g_assert_nonnull(strstr(text, "Stagiaires"));
        g_assert_nonnull(strstr(text, "Pièces à fournir"));
        g_assert_null(strstr(text, "À vérifier"));
        for (size_t w = 0; w < G_N_ELEMENTS(wrong); w++)
            g_assert_null(strstr(text, wrong[w]));
    }
    scratch_remove(profile);
    scratch_remove(folder);
    scratch_remove(pages);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workbook/a small plan: files, figures, craft", test_small);
    g_test_add_func("/workbook/the summary tells what changed since the plan before", test_change);
    g_test_add_func("/workbook/figures are those of the CSV files, and craft holds, on made regions", test_regions);
    g_test_add_func("/workbook/an OPCO's workbook names nothing of another's", test_isolation);
    g_test_add_func("/workbook/the same plan gives the same bytes", test_equal_bytes);
    g_test_add_func("/workbook/hostile names stay texts", test_hostile_names);
    g_test_add_func("/workbook/a plan without sessions is told too", test_nothing_served);
    g_test_add_func("/workbook/LibreOffice makes pages of the workbooks of OPCO and SIAE", test_office);
    g_test_add_func("/workbook/a full disk leaves the folder as it was", test_full_disk);
    return g_test_run();
}
