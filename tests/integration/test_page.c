/* The web page of a plan, opened in headless Chromium by tests/integration/page.py: a small plan, a made region with a
 * distant island, names as an attacker would type them, a plan without sessions; and equal bytes. */
#include "export/export.h"
#include "tests/lib/first_come.h"
#include "tests/lib/region.h"
#include "tests/lib/scratch.h"
#include "tests/lib/small_plan.h"

#include <string.h>
#include <unistd.h>

#define PYTHON "/usr/bin/python3"
#define CHROMIUM "/usr/bin/chromium"
#define READER "tests/integration/page.py"

static Settings settings = {.depot_jours = 30, .petits_effectifs = 5};

static char *written(const Model *model, const ModelPlan *plan)
{
    g_autoptr(GError) error = NULL;
    char *folder = scratch_new();
    export_write(model, plan, &settings, folder, &error);
    g_assert_no_error(error);
    return folder;
}

/* The page of the folder. */
static char *page_of(const char *folder)
{
    char *text = NULL;
    GDir *dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;)
        if (g_str_has_suffix(name, ".html")) {
            g_autofree char *path = g_build_filename(folder, name, NULL);
            g_assert_null(text);
            g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        }
    g_dir_close(dir);
    g_assert_nonnull(text);
    return text;
}

static void assert_browsed(char *folder)
{
    char *argv[] = {(char *)(uintptr_t)PYTHON, (char *)(uintptr_t)READER, folder, NULL};
    g_autofree char *out = NULL, *err = NULL;
    int status = 1;
    g_autoptr(GError) error = NULL;
    if (access(CHROMIUM, X_OK) != 0) {
        g_test_skip("no Chromium");
        return;
    }
    g_spawn_sync(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err, &status, &error);
    g_assert_no_error(error);
    if (status != 0)
        g_test_message("%s%s", out, err);
    g_assert_cmpint(status, ==, 0);
}

static void test_small(void)
{
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan();
    char *folder = written(model, plan);
    g_autofree char *path = g_build_filename(folder, "plan-01-GUA-2027-v3.html", NULL);
    g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
    assert_browsed(folder);
    scratch_remove(folder);
}

static void test_region(void)
{
    g_autoptr(Model) model = region_make(5, region_size_find("small"));
    ModelCommune *communes = model_own(model, g_memdup2(model->communes, sizeof *communes * (size_t)model->n_communes));
    /* a SIAE on an island far from all others: it is drawn in a frame of its own */
    ModelCommune *far = &communes[model->siae[0].commune];
    far->zone = model_text(model, "au loin");
    far->latitude += far->latitude > 0 ? -8 : 8;
    model->communes = communes;
    g_autoptr(ModelPlan) plan = first_come_plan(model);
    g_assert_true(plan != NULL && plan->n_sessions > 5);
    plan->numero = 2;
    char *folder = written(model, plan);
    g_autofree char *page = page_of(folder);
    g_assert_nonnull(strstr(page, "<rect class=\"frame\""));
    assert_browsed(folder);
    scratch_remove(folder);
}

/* Each would open a dialog, ask for something or break the page if it came in as markup. */
static void test_hostile_names(void)
{
    static const char *const names[] = {"<script>alert(1)</script>",
                                        "\"><img src=x onerror=alert(2)>",
                                        "</title></style></script><svg onload=alert(3)>",
                                        "' onmouseover='alert(4)' x='",
                                        "&lt;b&gt; & &amp; &#60;script&#62;",
                                        "\u202E\u05D0\u05D1 gauche \u0627\u0644\u2066",
                                        "a\x01\x02\x1f\x7f\xc2\x85\nb\uFFFF",
                                        "javascript:alert(5)//]]><!--",
                                        "=cmd|' /C calc'!A0",
                                        "%s%n%d {{7*7}} ${1+1} \\u003cscript\\u003e"};
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan();
    GString *endless = g_string_new("<");
    for (int i = 0; i < 40000; i++)
        g_string_append(endless, i % 7 ? "x" : i % 2 ? "\U0001F600" : " ");
    ModelSiae *siae = model_own(model, g_memdup2(model->siae, sizeof *siae * (size_t)model->n_siae));
    ModelCommune *communes = model_own(model, g_memdup2(model->communes, sizeof *communes * (size_t)model->n_communes));
    ModelAxe *axes = model_own(model, g_memdup2(model->axes, sizeof *axes * (size_t)model->n_axes));
    ModelFormation *formations =
        model_own(model, g_memdup2(model->formations, sizeof *formations * (size_t)model->n_formations));
    ModelOrganisme *organismes =
        model_own(model, g_memdup2(model->organismes, sizeof *organismes * (size_t)model->n_organismes));
    ModelPlanNonCouvert *unmet =
        model_plan_own(plan, g_memdup2(plan->non_couverts, sizeof *unmet * (size_t)plan->n_non_couverts));
    int n = 0;
#define HOSTILE model_text(model, names[n++ % (int)G_N_ELEMENTS(names)])
    for (int32_t i = 0; i < model->n_siae; i++)
        siae[i].raison_sociale = HOSTILE;
    for (int32_t i = 0; i < model->n_communes; i++)
        communes[i].nom = HOSTILE;
    for (int32_t i = 0; i < model->n_axes; i++)
        axes[i].libelle = HOSTILE;
    for (int32_t i = 0; i < model->n_formations; i++) {
        formations[i].intitule = HOSTILE;
        formations[i].filiere = HOSTILE;
        formations[i].domaine = i == 0 ? model_text(model, endless->str) : HOSTILE;
    }
    for (int32_t i = 0; i < model->n_organismes; i++)
        organismes[i].raison_sociale = HOSTILE;
    for (int32_t i = 0; i < plan->n_non_couverts; i++)
        unmet[i].detail = HOSTILE;
    model->campagne.code = model_text(model, "<script>alert(6)</script>");
    model->siae = siae;
    model->communes = communes;
    model->axes = axes;
    model->formations = formations;
    model->organismes = organismes;
    plan->non_couverts = unmet;
    char *folder = written(model, plan);
    g_autofree char *page = page_of(folder);
    g_assert_null(strstr(page, "<script>alert"));
    g_assert_null(strstr(page, "<img"));
    g_assert_nonnull(strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_browsed(folder);
    scratch_remove(folder);
    g_string_free(endless, TRUE);
}

static void test_nothing_served(void)
{
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan_nothing();
    char *folder = written(model, plan);
    assert_browsed(folder);
    scratch_remove(folder);
}

static void test_equal_bytes(void)
{
    g_autoptr(Model) model = region_make(3, region_size_find("small"));
    g_autoptr(ModelPlan) plan = first_come_plan(model);
    g_assert_nonnull(plan);
    plan->numero = 1;
    char *once = written(model, plan);
    g_setenv("TZ", "Pacific/Auckland", TRUE);
    g_setenv("LC_ALL", "fr_FR.UTF-8", TRUE);
    char *twice = written(model, plan);
    g_unsetenv("TZ");
    g_unsetenv("LC_ALL");
    g_autofree char *first = page_of(once), *second = page_of(twice);
    g_assert_cmpstr(first, ==, second);
    scratch_remove(once);
    scratch_remove(twice);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/page/a small plan", test_small);
    g_test_add_func("/page/a region with a distant island", test_region);
    g_test_add_func("/page/hostile names stay texts", test_hostile_names);
    g_test_add_func("/page/a plan without sessions is told too", test_nothing_served);
    g_test_add_func("/page/the same plan gives the same bytes", test_equal_bytes);
    return g_test_run();
}
