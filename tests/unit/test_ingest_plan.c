/* A plan written as the contract's files and read again: equal, or with a sentence for each thing that is wrong. */
#include "config/calendar.h"
#include "config/fault.h"
#include "export/csv_plan.h"
#include "ingest/ingest.h"
#include "plan/check.h"
#include "tests/lib/first_come.h"
#include "tests/lib/region.h"

#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

typedef struct {
    char *folder;
    Model *model;
    ModelPlan *plan;
} Case;

static void write_plan(Case *it)
{
    g_autoptr(Figures) figures = figures_new(it->model, it->plan);
    for (const CsvPlan *output = csv_plan_outputs; output->name != NULL; output++) {
        g_autofree char *path = g_build_filename(it->folder, output->name, NULL);
        g_assert_true(csv_plan_write(output, figures, path, NULL));
    }
}

/* A small region whose plan has sessions, charges and unmet needs. */
static void set_up(Case *it, gconstpointer data)
{
    (void)data;
    it->folder = g_dir_make_tmp("prisme-plan-XXXXXX", NULL);
    for (uint64_t seed = 1;; seed++) {
        it->model = region_tiny(seed);
        it->plan = first_come_plan(it->model);
        if (it->plan != NULL && it->plan->n_sessions > 0 && it->plan->n_charges > 0 && it->plan->n_non_couverts > 0)
            break;
        model_plan_free(it->plan);
        model_free(it->model);
    }
    write_plan(it);
}

static void tear_down(Case *it, gconstpointer data)
{
    (void)data;
    for (const CsvPlan *output = csv_plan_outputs; output->name != NULL; output++) {
        g_autofree char *path = g_build_filename(it->folder, output->name, NULL);
        g_unlink(path);
    }
    g_rmdir(it->folder);
    g_free(it->folder);
    model_plan_free(it->plan);
    model_free(it->model);
}

/* Every number and code of a plan as one text. */
static char *text_of(const ModelPlan *plan)
{
    GString *text = g_string_new(NULL);
    char day[2][CALENDAR_TEXT_MAX];
    for (int32_t i = 0; i < plan->n_sessions; i++) {
        const ModelPlanSession *s = &plan->sessions[i];
        g_string_append_printf(text, "S %s %d %d %s %s %d %d %" PRId64 " %" PRId64 " %" PRId64 "\n", s->code, s->offre,
                               s->fixee, calendar_text(s->debut, day[0]), calendar_text(s->fin, day[1]), s->effectif,
                               s->nb_siae, s->cout_pedagogique, s->cout_annexe, s->remuneration);
        for (int32_t d = 0; d < s->n_jours; d++)
            g_string_append_printf(text, "  %s\n", calendar_text(s->jours[d], day[0]));
    }
    for (int32_t i = 0; i < plan->n_affectations; i++) {
        const ModelPlanAffectation *a = &plan->affectations[i];
        g_string_append_printf(text, "A %d %d %d %d %d %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n",
                               a->session, a->besoin, a->montage, a->effectif, a->km, a->cout_pedagogique,
                               a->cout_annexe, a->remuneration, a->finance, a->reste_a_charge);
    }
    for (int32_t i = 0; i < plan->n_charges; i++)
        g_string_append_printf(text, "C %d %d %d %" PRId64 "\n", plan->charges[i].session, plan->charges[i].besoin,
                               plan->charges[i].enveloppe, plan->charges[i].montant);
    for (int32_t i = 0; i < plan->n_non_couverts; i++)
        g_string_append_printf(text, "N %d %d %d %s\n", plan->non_couverts[i].besoin, plan->non_couverts[i].effectif,
                               (int)plan->non_couverts[i].motif, plan->non_couverts[i].detail);
    const ModelBilan *b = &plan->bilan;
    g_string_append_printf(text, "B %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64,
                           b->points, b->points_borne, b->cout, b->reste_a_charge, b->cout_pondere,
                           b->cout_pondere_borne, b->remuneration);
    g_string_append_printf(text, " %" PRId64 " %" PRId64 " %" PRId64 " %d\n", b->effectif_demande, b->effectif_servi,
                           b->sessions, plan->date_plan);
    return g_string_free(text, FALSE);
}

static void comes_back(Case *it, gconstpointer data)
{
    (void)data;
    g_autoptr(GPtrArray) faults = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(ModelPlan) read = ingest_read_plan(it->folder, it->model, &faults, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < faults->len; i++)
        g_test_message("%s", (char *)faults->pdata[i]);
    g_assert_cmpuint(faults->len, ==, 0);
    g_autofree char *expected = text_of(it->plan), *got = text_of(read);
    g_assert_cmpstr(expected, ==, got);
    g_autoptr(GPtrArray) violations = check_plan(it->model, read);
    g_assert_cmpuint(violations->len, ==, 0);
}

/* The lines of a file, its header first. */
static char **lines_of(const Case *it, const char *file)
{
    g_autofree char *path = g_build_filename(it->folder, file, NULL), *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_strchomp(text);
    return g_strsplit(text, "\n", -1);
}

/* Rewrites a file with other data rows: row 1 with one cell replaced (cell >= 0), repeated (-1) or dropped (-2). */
static void damage(const Case *it, const char *file, int cell, const char *value)
{
    g_auto(GStrv) lines = lines_of(it, file);
    g_assert_cmpuint(g_strv_length(lines), >=, 2);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; lines[i] != NULL; i++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], ";", -1);
        if (i == 1 && cell == -2)
            continue;
        if (i == 1 && cell == -1)
            g_string_append_printf(text, "%s\n", lines[i]);
        if (i == 1 && cell >= 0) {
            g_assert_cmpint(cell, <, (int)g_strv_length(cells));
            g_free(cells[cell]);
            cells[cell] = g_strdup(value);
        }
        g_autofree char *line = g_strjoinv(";", cells);
        g_string_append_printf(text, "%s\n", line);
    }
    g_autofree char *path = g_build_filename(it->folder, file, NULL);
    g_assert_true(g_file_set_contents(path, text->str, -1, NULL));
}

static const struct {
    const char *file;
    int cell; /* of the first row: see damage() */
    const char *value;
    const char *says; /* a part of the sentence expected */
} damages[] = {
    {"sessions.csv", 0, "", "sessions.csv ligne 2, session : cellule obligatoire vide"},
    {"sessions.csv", 1, "XX", "sessions.csv ligne 2, offre « XX » : inconnu dans offres.csv"},
    {"sessions.csv", 2, "XX", "formation « XX » : inconnu dans formations.csv"},
    {"sessions.csv", 3, "12345678901234", "organisme « 12345678901234 » : clé du SIRET fausse"},
    {"sessions.csv", 4, "Caen", "commune « Caen » : code INSEE de commune mal formé"},
    {"sessions.csv", 5, "2026-02-30", "date_debut « 2026-02-30 » : date illisible"},
    {"sessions.csv", 6, "demain", "date_fin « demain » : date illisible"},
    {"sessions.csv", 7, "-1", "effectif « -1 » : valeur hors limites"},
    {"sessions.csv", 8, "2.5", "nb_siae « 2.5 » : nombre à virgule"},
    {"sessions.csv", 9, "1e3", "cout_pedagogique « 1e3 » : notation scientifique"},
    {"sessions.csv", 10, "1.2345", "cout_annexe « 1.2345 » : trop de décimales"},
    {"sessions.csv", 11, "-0.01", "remuneration « -0.01 » : valeur hors limites"},
    {"sessions.csv", 12, "peut-être", "fixee « peut-être » : ni oui ni non"},
    {"sessions.csv", -1, NULL, "sessions.csv ligne 3 : répète une autre ligne"},
    {"sessions.csv", -2, NULL, "inconnu dans sessions.csv"},
    {"seances.csv", 1, "32/01/2026", "seances.csv ligne 2, date « 32/01/2026 » : date illisible"},
    {"seances.csv", -1, NULL, "seances.csv ligne 3 : répète une autre ligne"},
    {"affectations.csv", 0, "XX", "affectations.csv ligne 2, session « XX » : inconnu dans sessions.csv"},
    {"affectations.csv", 1, "XX", "besoin « XX » : inconnu dans besoins.csv"},
    {"affectations.csv", 2, "XX", "montage « XX » : inconnu dans montages.csv"},
    {"affectations.csv", 3, "0", "effectif « 0 » : valeur hors limites"},
    {"affectations.csv", 4, "1.25", "km « 1.25 » : trop de décimales"},
    {"affectations.csv", 9, "99999999999999999999", "reste_a_charge « 99999999999999999999 » : valeur hors limites"},
    {"affectations.csv", -1, NULL, "affectations.csv ligne 3 : répète une autre ligne"},
    {"charges.csv", 2, "XX", "charges.csv ligne 2, enveloppe « XX » : inconnu dans enveloppes.csv"},
    {"charges.csv", 3, "", "montant : cellule obligatoire vide"},
    {"charges.csv", -2, NULL, "engage n'est pas la somme de ses charges"},
    {"non_couverts.csv", 2, "flemme", "motif « flemme » : mot inconnu"},
    {"non_couverts.csv", 1, "0", "effectif « 0 » : valeur hors limites"},
    {"enveloppes.csv", 1, "0.01", "montant autre que celui de l'entrée"},
    {"enveloppes.csv", 2, "123456.78", "engage n'est pas la somme de ses charges"},
    {"enveloppes.csv", 3, "-0.01", "disponible n'est pas montant - engage"},
    {"enveloppes.csv", -2, NULL, "absente d'enveloppes.csv"},
    {"bilan.csv", 0, "pointes", "bilan.csv : points est absent"},
    {"bilan.csv", 1, "beaucoup", "bilan.csv, points « beaucoup » : nombre illisible"},
    {"bilan.csv", -2, NULL, "bilan.csv : points est absent"},
};

static void each_damage_is_told(Case *it, gconstpointer data)
{
    (void)data;
    for (size_t i = 0; i < G_N_ELEMENTS(damages); i++) {
        write_plan(it);
        damage(it, damages[i].file, damages[i].cell, damages[i].value);
        g_autoptr(GPtrArray) faults = NULL;
        g_autoptr(GError) error = NULL;
        g_autoptr(ModelPlan) read = ingest_read_plan(it->folder, it->model, &faults, &error);
        g_assert_no_error(error);
        bool told = false;
        for (guint f = 0; f < faults->len; f++)
            told = told || strstr(faults->pdata[f], damages[i].says) != NULL;
        for (guint f = 0; f < faults->len && !told; f++)
            g_test_message("%s: %s", damages[i].file, (char *)faults->pdata[f]);
        g_assert_true(told);
        g_autoptr(GPtrArray) violations = check_plan(it->model, read);
        g_assert_nonnull(violations);
    }
}

/* Columns of sessions.csv that repeat the offer's must agree with it. */
static void copies_must_agree(Case *it, gconstpointer data)
{
    (void)data;
    g_auto(GStrv) lines = lines_of(it, "sessions.csv");
    g_auto(GStrv) cells = g_strsplit(lines[1], ";", -1);
    static const char *const says[] = {"formation ne correspond pas à l'offre", "fixee ne correspond pas"};
    const ModelOffre *offre = &it->model->offres[model_find_offre(it->model, cells[1])];
    int32_t other = offre->formation == 0 ? 1 : 0;
    g_assert_cmpint(it->model->n_formations, >, 1);
    const char *values[] = {it->model->formations[other].code, strcmp(cells[12], "oui") == 0 ? "non" : "oui"};
    const int columns[] = {2, 12};
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        write_plan(it);
        damage(it, "sessions.csv", columns[i], values[i]);
        g_autoptr(GPtrArray) faults = NULL;
        g_autoptr(ModelPlan) read = ingest_read_plan(it->folder, it->model, &faults, NULL);
        g_assert_nonnull(read);
        g_assert_cmpuint(faults->len, ==, 1);
        g_assert_nonnull(strstr(faults->pdata[0], says[i]));
    }
}

/* The plan of another campaign, or of another region, whose codes happen to be known here too. */
static void another_campaign_is_told(Case *it, gconstpointer data)
{
    (void)data;
    g_autofree char *path = g_build_filename(it->folder, "bilan.csv", NULL);
    static const char *const keys[] = {"campagne", "region"};
    const char *const codes[] = {it->model->campagne.code, it->model->campagne.region};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        write_plan(it);
        g_autofree char *text = NULL, *own = g_strdup_printf("\n%s;%s\n", keys[i], codes[i]),
                        *other = g_strdup_printf("\n%s;AUTRE\n", keys[i]);
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_auto(GStrv) around = g_strsplit(text, own, -1);
        g_assert_cmpuint(g_strv_length(around), ==, 2);
        for (int absent = 0; absent < 2; absent++) {
            g_autofree char *forged = g_strjoinv(absent ? "\n" : other, around);
            g_assert_true(g_file_set_contents(path, forged, -1, NULL));
            g_autoptr(GPtrArray) faults = NULL;
            g_autoptr(ModelPlan) read = ingest_read_plan(it->folder, it->model, &faults, NULL);
            g_assert_nonnull(read);
            g_assert_cmpuint(faults->len, ==, absent ? 0 : 1);
            g_autofree char *told =
                g_strdup_printf("bilan.csv, %s « AUTRE » : campagne.csv dit « %s »", keys[i], codes[i]);
            if (!absent)
                g_assert_cmpstr(faults->pdata[0], ==, told);
        }
    }
}

static void each_missing_file_is_named(Case *it, gconstpointer data)
{
    (void)data;
    for (const CsvPlan *output = csv_plan_outputs; output->name != NULL; output++) {
        write_plan(it);
        g_autofree char *path = g_build_filename(it->folder, output->name, NULL);
        g_unlink(path);
        g_autoptr(GPtrArray) faults = NULL;
        g_autoptr(GError) error = NULL;
        g_autoptr(ModelPlan) read = ingest_read_plan(it->folder, it->model, &faults, &error);
        g_assert_null(read);
        g_assert_error(error, FAULT, FAULT_INPUT);
        g_assert_nonnull(strstr(error->message, output->name));
        write_plan(it);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/ingest plan/a written plan comes back whole", Case, NULL, set_up, comes_back, tear_down);
    g_test_add("/ingest plan/each damage is told, none crashes", Case, NULL, set_up, each_damage_is_told, tear_down);
    g_test_add("/ingest plan/columns that repeat the offer must agree", Case, NULL, set_up, copies_must_agree,
               tear_down);
    g_test_add("/ingest plan/a plan of another campaign or region is told", Case, NULL, set_up,
               another_campaign_is_told, tear_down);
    g_test_add("/ingest plan/each missing file is named", Case, NULL, set_up, each_missing_file_is_named, tear_down);
    return g_test_run();
}
