/* The contract's CSV outputs, byte by byte (export/csv_plan.h, export/csv_write.h), and read back as a plan. */
#include "config/fault.h"
#include "export/csv_plan.h"
#include "ingest/ingest.h"
#include "plan/check.h"
#include "tests/lib/first_come.h"
#include "tests/lib/region.h"
#include "tests/lib/small_plan.h"

#include <glib/gstdio.h>
#include <string.h>

static const struct {
    const char *name, *text;
} small_files[] = {
    {"sessions.csv",
     "session;offre;formation;organisme;commune;date_debut;date_fin;effectif;nb_siae;cout_pedagogique;cout_annexe;"
     "remuneration;fixee\n"
     "O-FLE-20270201;O-FLE;FLE;40000000000010;97105;2027-02-01;2027-02-15;2;1;600.00;190.00;0.00;non\n"
     "O-SST-20270111;O-SST;SST;40000000000010;97101;2027-01-11;2027-01-12;5;2;1475.00;216.12;54.60;non\n"},
    {"seances.csv", "session;date\n"
                    "O-FLE-20270201;2027-02-01\nO-FLE-20270201;2027-02-02\nO-FLE-20270201;2027-02-08\n"
                    "O-FLE-20270201;2027-02-09\nO-FLE-20270201;2027-02-15\n"
                    "O-SST-20270111;2027-01-11\nO-SST-20270111;2027-01-12\n"},
    {"affectations.csv",
     "session;besoin;montage;effectif;km;cout_pedagogique;cout_annexe;remuneration;finance;reste_a_charge\n"
     "O-FLE-20270201;B3;M-SIAE;2;0.0;600.00;190.00;0.00;0.00;790.00\n"
     "O-SST-20270111;B1;M-UN;3;0.0;885.00;114.00;54.60;1053.60;0.00\n"
     "O-SST-20270111;B2;M-DEUX;2;10.2;590.00;102.12;0.00;484.48;207.64\n"},
    {"charges.csv", "session;besoin;enveloppe;montant\n"
                    "O-SST-20270111;B1;E-UN;1053.60\nO-SST-20270111;B2;E-DEUX;484.48\n"},
    {"non_couverts.csv", "besoin;effectif;motif;detail\n"
                         "B1;1;enveloppe_epuisee;L’enveloppe E-UN n’a plus que 46,40 €.\n"
                         "B4;5;hors_rayon;\"Le lieu le plus proche est à 52,0 km ; 10,0 km sont acceptés.\"\n"},
    {"enveloppes.csv", "code;montant;engage;disponible\n"
                       "E-DEUX;1000.00;484.48;515.52\nE-TROIS;2500.00;0.00;2500.00\nE-UN;1100.00;1053.60;46.40\n"},
    {"bilan.csv", "cle;valeur\npoints;36\npoints_borne;37\ncout;2481.12\nreste_a_charge;997.64\n"
                  "cout_pondere;3478.76\ncout_pondere_borne;3400.00\nremuneration;54.60\neffectif_demande;13\n"
                  "effectif_servi;7\nsessions;2\ncampagne;GUA-2027\nregion;01\nversion;" PRISME_VERSION
                  "\narret;effort\ndate_plan;2027-01-04\n"},
};

static void test_small(void)
{
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan();
    g_autoptr(Figures) figures = figures_new(model, plan);
    g_autofree char *folder = g_dir_make_tmp("prisme-csv-XXXXXX", NULL);
    size_t i = 0;
    for (const CsvPlan *output = csv_plan_outputs; output->name != NULL; output++, i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *path = g_build_filename(folder, output->name, NULL), *text = NULL;
        g_assert_cmpint((int)i, <, (int)G_N_ELEMENTS(small_files));
        g_assert_true(csv_plan_write(output, figures, path, &error));
        g_assert_no_error(error);
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_assert_cmpstr(output->name, ==, small_files[i].name);
        g_assert_cmpstr(text, ==, small_files[i].text);
        g_remove(path);
    }
    g_assert_cmpint((int)i, ==, (int)G_N_ELEMENTS(small_files));
    g_rmdir(folder);
}

static void test_small_holds(void)
{
    g_autoptr(Model) model = small_plan_model();
    g_autoptr(ModelPlan) plan = small_plan();
    g_autoptr(GPtrArray) violations = check_plan(model, plan);
    for (guint i = 0; i < violations->len; i++)
        g_test_message("%s", (char *)violations->pdata[i]);
    g_assert_cmpint((int)violations->len, ==, 0);
}

static void test_fields(void)
{
    static const struct {
        const char *text;
        bool free_text;
        const char *written;
    } cases[] = {
        {"simple", false, "simple"},
        {"", false, ""},
        {"a;b", false, "\"a;b\""},
        {"say \"x\"", false, "\"say \"\"x\"\"\""},
        {"two\nlines", true, "\"two\nlines\""},
        {"carriage\rreturn", true, "\"carriage\rreturn\""},
        {" blank first", true, "\" blank first\""},
        {"blank last ", true, "\"blank last \""},
        {"a,b", false, "a,b"},
        {"=1+1", false, "=1+1"},
        {"=1+1", true, "'=1+1"},
        {"+33", true, "'+33"},
        {"-5", true, "'-5"},
        {"@SUM(A1)", true, "'@SUM(A1)"},
        {"\t=1", true, "'\t=1"},
        {"\r=1", true, "\"'\r=1\""},
        {"=a;\"b\"", true, "\"'=a;\"\"b\"\"\""},
        {"l’été", true, "l’été"},
        {"bad \xff byte", true, "bad \uFFFD byte"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = NULL, *text = NULL;
        int fd = g_file_open_tmp("prisme-csv-XXXXXX", &name, NULL);
        g_assert_cmpint(fd, >=, 0);
        g_close(fd, NULL);
        CsvWrite *csv = csv_write_open(name, "a;b", NULL);
        (cases[i].free_text ? csv_write_text : csv_write_code)(csv, cases[i].text);
        csv_write_integer(csv, -3);
        csv_write_end(csv);
        g_assert_true(csv_write_close(csv, NULL));
        g_assert_true(g_file_get_contents(name, &text, NULL, NULL));
        g_autofree char *expected = g_strdup_printf("a;b\n%s;-3\n", cases[i].written);
        g_assert_cmpstr(text, ==, expected);
        g_remove(name);
    }
}

static void test_no_room(void)
{
    g_autoptr(GError) error = NULL;
    CsvWrite *csv = csv_write_open("/dev/full", "a", &error);
    g_assert_no_error(error);
    for (int i = 0; i < 100000; i++) {
        csv_write_integer(csv, i);
        csv_write_end(csv);
    }
    g_assert_false(csv_write_close(csv, &error));
    g_assert_error(error, FAULT, FAULT_OUTPUT);
    g_clear_error(&error);
    g_assert_null(csv_write_open("/nowhere/at/all.csv", "a", &error));
    g_assert_error(error, FAULT, FAULT_OUTPUT);
}

/* A plan written and read again is the same plan: what the files say is all that a checker needs. */
static void test_round_trip(void)
{
    int held = 0;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        g_autoptr(Model) model = region_tiny(seed);
        g_autoptr(ModelPlan) plan = first_come_plan(model);
        g_autoptr(GError) error = NULL;
        if (plan == NULL)
            continue;
        g_autoptr(Figures) figures = figures_new(model, plan);
        g_autofree char *folder = g_dir_make_tmp("prisme-csv-XXXXXX", NULL);
        for (const CsvPlan *output = csv_plan_outputs; output->name != NULL; output++) {
            g_autofree char *path = g_build_filename(folder, output->name, NULL);
            g_assert_true(csv_plan_write(output, figures, path, NULL));
        }
        g_autoptr(GPtrArray) faults = NULL;
        g_autoptr(ModelPlan) read = ingest_read_plan(folder, model, &faults, &error);
        g_assert_no_error(error);
        g_assert_cmpint((int)faults->len, ==, 0);
        g_assert_cmpint(read->n_sessions, ==, plan->n_sessions);
        g_assert_cmpint(read->n_affectations, ==, plan->n_affectations);
        g_assert_cmpint(read->n_charges, ==, plan->n_charges);
        g_assert_cmpint(read->n_non_couverts, ==, plan->n_non_couverts);
        g_assert_true(memcmp(&read->bilan, &plan->bilan, sizeof plan->bilan) == 0);
        g_autoptr(GPtrArray) violations = check_plan(model, read);
        g_assert_cmpint((int)violations->len, ==, 0);
        held += read->n_sessions > 0;
        for (const CsvPlan *output = csv_plan_outputs; output->name != NULL; output++) {
            g_autofree char *path = g_build_filename(folder, output->name, NULL);
            g_remove(path);
        }
        g_rmdir(folder);
    }
    g_assert_cmpint(held, >, 10);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/export csv/the seven files of a small plan, byte by byte", test_small);
    g_test_add_func("/export csv/the small plan of the tests holds every rule", test_small_holds);
    g_test_add_func("/export csv/fields are quoted when needed and free texts defused", test_fields);
    g_test_add_func("/export csv/a full disk and a missing folder are told", test_no_room);
    g_test_add_func("/export csv/a plan written is read back the same", test_round_trip);
    return g_test_run();
}
