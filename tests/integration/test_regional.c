/* The regional workbook: how it is made, rule by rule (tests/integration/craft.py), every cell against the CSV files
 * and every grouping against the input files (regional.py), texts of ill will in every field, and its pages in
 * LibreOffice. */
#include "export/classeur.h"
#include "export/export.h"
#include "tests/lib/first_come.h"
#include "tests/lib/model_csv.h"
#include "tests/lib/region.h"
#include "tests/lib/scratch.h"
#include "tests/lib/small_plan.h"

#include <string.h>

#define PYTHON "/usr/bin/python3"
#define FOLDER "tests/integration/"

static Settings settings = {.depot_jours = 30, .petits_effectifs = 5};

/* One written plan. */
typedef struct {
    char *folder, *inputs; /* inputs: the Model as files, NULL where its texts cannot be */
} Written;

static GArray *written;    /* of Written */
static char *broken_rules; /* what craft.py says of all of them */

/* ---- programs ---- */

/* Runs a command, a NULL-ended list; *out: what it prints. Its exit status, or -1. */
static int run(char **out, const char *const *argv)
{
    g_autofree char *err = NULL;
    int status = -1;
    if (!g_spawn_sync(NULL, (char **)(uintptr_t)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, out, &err, &status, NULL))
        return -1;
    if (err[0] != '\0')
        g_test_message("%s: %s", argv[0], err);
    return g_spawn_check_wait_status(status, NULL) ? 0 : 1;
}

#define RUN(out, ...) run((out), (const char *const[]){__VA_ARGS__, NULL})

/* The regional workbook of a folder. */
static char *workbook(const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    char *path = NULL;
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_prefix(name, "plan-") && g_str_has_suffix(name, ".xlsx"))
            path = g_build_filename(folder, name, NULL);
    g_dir_close(dir);
    g_assert_nonnull(path);
    return path;
}

/* ---- plans ---- */

/* Writes the plan, and the Model as input files where `inputs`. */
static void write_plan(const Model *model, const ModelPlan *plan, bool inputs)
{
    g_autoptr(GError) error = NULL;
    Written one = {scratch_new(), inputs ? scratch_new() : NULL};
    export_write(model, plan, &settings, one.folder, &error);
    g_assert_no_error(error);
    if (inputs) {
        model_csv_write(model, one.inputs, &error);
        g_assert_no_error(error);
    }
    g_array_append_val(written, one);
}

static const char *text(Model *model, const char *prefix, int32_t i, const char *what)
{
    g_autofree char *all = g_strdup_printf("%s%05d%s", prefix, i, what);
    return model_text(model, all);
}

/* A copy of a table of the Model, to be changed. */
#define COPY(table) model_own(model, g_memdup2(model->table, sizeof *model->table *(size_t)MAX(model->n_##table, 1)))

/* Ill-willed texts: formulas, texts longer than a cell holds, emoji, right-to-left, control characters, codes of the
 * format itself, and what XML, CSV or structured references would have to escape. */
static char *hostile(int i)
{
    static const char *const texts[] = {"=cmd|' /C calc'!A0",
                                        "@SUM(1+1)*cmd",
                                        "+33\t\"1\";2",
                                        "-2+3",
                                        "\u202E\u05D0\u05D1 gauche \u0627\u0644",
                                        "\U0001F600\U0001F468\u200D\U0001F469\u200D\U0001F467 \u0301",
                                        "a\x01\x02\x1f\x7f\xC2\x85\nb\r\nc",
                                        "_x0041_ ]]> <b> & \"q\" [x] #REF!",
                                        "{=1}",
                                        "'apostrophe",
                                        "   ",
                                        ""};
    if (i % 13 == 12) {
        GString *endless = g_string_new("=");
        for (int k = 0; k < 40000; k++)
            g_string_append(endless, k % 3 ? "x" : "\U0001F600");
        return g_string_free(endless, FALSE);
    }
    return g_strdup(texts[i % 13]);
}

static const char *free_text(Model *model, int i)
{
    g_autofree char *any = hostile(i);
    return model_text(model, any);
}

/* Names that others match stay equal where they were. */
static const char *shared_name(Model *model, const char *name)
{
    g_autofree char *all = g_strconcat("=\u202E\U0001F600", name, "\x02\"&<;", NULL);
    return name[0] == '\0' ? "" : model_text(model, all);
}

#define CODE "=\"@\x01&<"
#define AFTER ";'\u05D0\U0001F600"

static void spoil_demand(Model *model)
{
    ModelSiae *siae = COPY(siae);
    ModelBesoin *besoins = COPY(besoins);
    ModelAxe *axes = COPY(axes);
    ModelCommune *communes = COPY(communes);
    static const char *const publics[] = {"=RSA\x01", "\U0001F600", NULL};
    for (int32_t i = 0; i < model->n_communes; i++) {
        communes[i].nom = free_text(model, i);
        communes[i].zone = shared_name(model, communes[i].zone);
    }
    for (int32_t i = 0; i < model->n_axes; i++) {
        axes[i].code = text(model, CODE, i, AFTER);
        axes[i].libelle = free_text(model, i + 12);
    }
    for (int32_t i = 0; i < model->n_siae; i++) {
        siae[i].code = text(model, CODE, i, AFTER);
        siae[i].siret = text(model, "=", i, "0000\x01");
        siae[i].raison_sociale = free_text(model, i);
        siae[i].opco = shared_name(model, siae[i].opco);
    }
    for (int32_t i = 0; i < model->n_besoins; i++) {
        besoins[i].reference = text(model, CODE, i, AFTER);
        besoins[i].publics = publics;
        if (besoins[i].stagiaire[0] != '\0')
            besoins[i].stagiaire = text(model, CODE, i, AFTER);
    }
    model->siae = siae;
    model->besoins = besoins;
    model->axes = axes;
    model->communes = communes;
}

static void spoil_supply(Model *model)
{
    ModelOrganisme *organismes = COPY(organismes);
    ModelFormation *formations = COPY(formations);
    ModelOffre *offres = COPY(offres);
    for (int32_t i = 0; i < model->n_organismes; i++) {
        organismes[i].siret = text(model, CODE, i, AFTER);
        organismes[i].nda = free_text(model, i);
        organismes[i].raison_sociale = free_text(model, i + 12);
    }
    for (int32_t i = 0; i < model->n_formations; i++) {
        formations[i].code = text(model, CODE, i, AFTER);
        formations[i].intitule = free_text(model, i + 12);
        formations[i].domaine = free_text(model, i + 4);
        formations[i].filiere = free_text(model, i % 12);
        formations[i].certification = formations[i].formacode = free_text(model, i + 7);
    }
    for (int32_t i = 0; i < model->n_offres; i++) {
        offres[i].code = text(model, CODE, i, AFTER);
        offres[i].opco = shared_name(model, offres[i].opco);
    }
    model->organismes = organismes;
    model->formations = formations;
    model->offres = offres;
}

static void spoil_money(Model *model)
{
    ModelMontage *montages = COPY(montages);
    ModelFrais *frais = COPY(frais);
    ModelFinancement *financements = COPY(financements);
    ModelEnveloppe *enveloppes = COPY(enveloppes);
    ModelPriorite *priorites = COPY(priorites);
    ModelSessionFixee *sessions_fixees = COPY(sessions_fixees);
    for (int32_t i = 0; i < model->n_montages; i++) {
        montages[i].code = text(model, CODE, i, AFTER);
        montages[i].opco = shared_name(model, montages[i].opco);
    }
    for (int32_t i = 0; i < model->n_frais; i++)
        frais[i].opco = shared_name(model, frais[i].opco);
    for (int32_t i = 0; i < model->n_financements; i++)
        financements[i].dispositif = shared_name(model, financements[i].dispositif);
    for (int32_t i = 0; i < model->n_enveloppes; i++) {
        enveloppes[i].code = text(model, CODE, i, AFTER);
        enveloppes[i].opco = shared_name(model, enveloppes[i].opco);
        enveloppes[i].dispositif = shared_name(model, enveloppes[i].dispositif);
    }
    for (int32_t i = 0; i < model->n_priorites; i++)
        priorites[i].valeur = free_text(model, i);
    for (int32_t i = 0; i < model->n_sessions_fixees; i++)
        sessions_fixees[i].session = text(model, CODE, i, AFTER);
    model->montages = montages;
    model->frais = frais;
    model->financements = financements;
    model->enveloppes = enveloppes;
    model->priorites = priorites;
    model->sessions_fixees = sessions_fixees;
}

/* A plan, every text of it and of its Model of ill will; keys keep their order. */
static void write_hostile(Model *model, ModelPlan *plan)
{
    ModelPlanSession *sessions =
        model_plan_own(plan, g_memdup2(plan->sessions, sizeof *sessions * (size_t)plan->n_sessions));
    ModelPlanNonCouvert *unmet =
        model_plan_own(plan, g_memdup2(plan->non_couverts, sizeof *unmet * (size_t)plan->n_non_couverts));
    spoil_demand(model);
    spoil_supply(model);
    spoil_money(model);
    model->campagne.code = model_text(model, "=2027/É & [Cie] \u202E\U0001F600*?");
    for (int32_t i = 0; i < plan->n_sessions; i++)
        sessions[i].code = text(model, CODE, i, AFTER);
    for (int32_t i = 0; i < plan->n_non_couverts; i++)
        unmet[i].detail = free_text(model, i);
    plan->sessions = sessions;
    plan->non_couverts = unmet;
    plan->numero = 2;
    write_plan(model, plan, false);
}

/* A campaign of which nothing is served. */
static void write_empty(void)
{
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan_nothing();
    write_plan(model, plan, true);
}

static void write_all(void)
{
    written = g_array_new(FALSE, FALSE, sizeof(Written));
    g_autoptr(Model) small = small_plan_model();
    g_autoptr(ModelPlan) small_one = small_plan();
    write_plan(small, small_one, true);
    write_empty();
    g_autoptr(Model) spoilt = small_plan_model();
    g_autoptr(ModelPlan) spoilt_plan = small_plan();
    write_hostile(spoilt, spoilt_plan);
    g_autoptr(Model) region = region_make(7, region_size_find("small"));
    g_autoptr(ModelPlan) region_plan = first_come_plan(region);
    g_assert_nonnull(region_plan);
    write_hostile(region, region_plan);
    for (uint64_t seed = 1; seed <= 12; seed++) {
        g_autoptr(Model) model = seed > 9 ? region_make(seed, region_size_find("small")) : region_tiny(seed);
        g_autoptr(ModelPlan) plan = first_come_plan(model);
        if (plan != NULL) {
            plan->numero = (int32_t)seed;
            write_plan(model, plan, true);
        }
    }
    g_assert_cmpint((int)written->len, >=, 8);
}

static void remove_all(void)
{
    for (guint i = 0; i < written->len; i++) {
        Written *one = &g_array_index(written, Written, i);
        scratch_remove(one->folder);
        scratch_remove(one->inputs);
    }
    g_array_unref(written);
    g_free(broken_rules);
}

/* ---- rules ---- */

static void check_rules(void)
{
    g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func(g_free);
    static const char *const words[] = {PYTHON, FOLDER "craft.py", "check"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        g_ptr_array_add(argv, g_strdup(words[i]));
    for (guint i = 0; i < written->len; i++)
        g_ptr_array_add(argv, workbook(g_array_index(written, Written, i).folder));
    g_ptr_array_add(argv, NULL);
    int status = run(&broken_rules, (const char *const *)argv->pdata);
    /* the programme itself must not fail */
    g_assert_true(status == 0 || (broken_rules != NULL && broken_rules[0] != '\0'));
}

static void test_rule(gconstpointer data)
{
    g_autofree char *begin = g_strconcat(data, "\t", NULL);
    g_auto(GStrv) lines = g_strsplit(broken_rules, "\n", -1);
    int n = 0;
    for (int i = 0; lines[i] != NULL; i++)
        if (g_str_has_prefix(lines[i], begin)) {
            g_test_message("%s", lines[i]);
            n++;
        }
    if (n > 0)
        g_test_fail();
}

/* A workbook of another kind under a regional name breaks the rules, and is told. */
static void test_rules_bite(void)
{
    const Written *one = &g_array_index(written, Written, 0);
    g_autofree char *other = g_build_filename(one->folder, "opco-OPCO-Un-GUA-2027-v3.xlsx", NULL), *out = NULL;
    g_autofree char *posing = g_build_filename(one->folder, "plan-OPCO-Un-GUA-2027-v3.xlsx", NULL);
    g_assert_cmpint(symlink(other, posing), ==, 0);
    g_assert_cmpint(RUN(&out, PYTHON, FOLDER "craft.py", "check", posing), ==, 1);
    g_assert_cmpint(unlink(posing), ==, 0);
}

/* ---- cells ---- */

static void test_cells(void)
{
    for (guint i = 0; i < written->len; i++) {
        const Written *one = &g_array_index(written, Written, i);
        g_autofree char *out = NULL;
        int status = RUN(&out, PYTHON, FOLDER "regional.py", one->folder, one->inputs);
        if (status != 0) {
            g_test_message("plan %u: %s", i, out);
            g_test_fail();
        }
    }
}

/* A CSV file that was altered after it was written shows in Contrôles. */
static void test_controls_bite(void)
{
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan();
    g_autoptr(Figures) figures = figures_new(model, plan);
    g_autoptr(Controls) controls = controls_new(NULL);
    g_autoptr(GError) error = NULL;
    const Written *one = &g_array_index(written, Written, 0);
    static const char *const names[] = {"sessions.csv",     "seances.csv",    "affectations.csv", "charges.csv",
                                        "non_couverts.csv", "enveloppes.csv", "bilan.csv"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(one->folder, names[i], NULL);
        controls_read(controls, names[i], path, &error);
        g_assert_no_error(error);
    }
    controls->csv[10] += 1; /* a cent of the cost */
    g_autoptr(GArray) files = classeur_list(figures, &settings, NULL, controls);
    char *folder = scratch_new();
    g_autofree char *path = g_build_filename(folder, "plan.xlsx", NULL), *out = NULL;
    classeur_write(&g_array_index(files, ClasseurFile, 0), path, folder, &error);
    g_assert_no_error(error);
    g_assert_cmpint(RUN(&out, PYTHON, FOLDER "xlsx.py", path, "Contrôles"), ==, 0);
    g_assert_nonnull(strstr(out, "0.01\tÉCART"));
    g_assert_nonnull(strstr(out, "1 totaux sur 19 ne concordent pas"));
    scratch_remove(folder);
}

/* ---- LibreOffice ---- */

/* Every workbook of the small plan, of the empty one and of the hostile one becomes a PDF without errors in it. */
static void test_office(void)
{
    g_autofree char *office = g_find_program_in_path("soffice"), *reader = g_find_program_in_path("pdftotext");
    if (office == NULL || reader == NULL) {
        g_test_skip("no LibreOffice, or no pdftotext");
        return;
    }
    char *folder = scratch_new();
    g_autofree char *profile = g_strdup_printf("-env:UserInstallation=file://%s/profile", folder);
    g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func(g_free);
    const char *const words[] = {office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        g_ptr_array_add(argv, g_strdup(words[i]));
    guint n = MIN(written->len, 3);
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(argv, workbook(g_array_index(written, Written, i).folder));
    g_ptr_array_add(argv, NULL);
    g_autofree char *out = NULL;
    g_assert_cmpint(run(&out, (const char *const *)argv->pdata), ==, 0);
    for (guint i = 0; i < n; i++) {
        g_autofree char *name = g_path_get_basename(argv->pdata[G_N_ELEMENTS(words) + i]), *pages = NULL;
        strcpy(strrchr(name, '.'), ".pdf");
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_assert_cmpint(RUN(&pages, reader, "-layout", path, "-"), ==, 0);
        g_assert_nonnull(strstr(pages, "Gain de la mutualisation"));
        g_assert_nonnull(strstr(pages, "Hypothèses"));
        g_assert_null(strstr(pages, "###"));
        g_assert_null(strstr(pages, "Err:"));
        g_assert_null(strstr(pages, "#NAME?"));
        g_assert_null(strstr(pages, "#VALUE!"));
    }
    scratch_remove(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *rules = NULL;
    g_assert_cmpint(RUN(&rules, PYTHON, FOLDER "craft.py", "rules"), ==, 0);
    g_auto(GStrv) lines = g_strsplit(g_strchomp(rules), "\n", -1);
    g_assert_cmpint((int)g_strv_length(lines), >=, 30);
    write_all();
    check_rules();
    for (char **line = lines; *line != NULL; line++) {
        g_autofree char *path = g_strconcat("/regional/", *line, NULL);
        g_test_add_data_func(path, *line, test_rule);
    }
    g_test_add_func("/regional/another kind of workbook breaks the rules", test_rules_bite);
    g_test_add_func("/regional/every cell is that of the files, every group is counted again", test_cells);
    g_test_add_func("/regional/an altered CSV file shows in the controls", test_controls_bite);
    g_test_add_func("/regional/LibreOffice makes pages without errors", test_office);
    int status = g_test_run();
    remove_all();
    return status;
}
