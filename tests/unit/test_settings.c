/* The settings: every key, every fault in one pass, the order of precedence, secrets. */
#include "config/fault.h"
#include "config/settings.h"
#include "texts.h"

#include <glib/gstdio.h>
#include <stdbool.h>
#include <string.h>

static char *folder;

static char *write_conf(const char *text)
{
    char *path = g_build_filename(folder, "prisme.conf", NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

/* The settings of a file that must be right. */
static Settings *load(const char *text)
{
    g_autofree char *path = write_conf(text);
    g_autoptr(GError) error = NULL;
    Settings *settings = settings_load(path, &error);
    g_assert_no_error(error);
    return settings;
}

static void test_defaults(void)
{
    g_autoptr(Settings) settings = load("");
    g_assert_cmpstr(settings->connexion, ==, "");
    g_assert_true(g_path_is_absolute(settings->dossier));
    g_assert_cmpint(settings->seuil_rejets, ==, 50);
    g_assert_cmpint(settings->delai, ==, 0);
    g_assert_cmpint(settings->effort, ==, 100);
    g_assert_cmpint(settings->fils, ==, 0);
    g_assert_cmpint(settings->depot_jours, ==, 30);
    g_assert_cmpint(settings->petits_effectifs, ==, 5);
}

static void test_file(void)
{
    g_autoptr(Settings) settings = load("# comment\r\n\n [base] \nconnexion = host=/run user=a\\b = c\ndossier=/srv/p\n"
                                        "[plan]\neffort=1\n  delai =  86400  \nfils=256\n[export]\ndepot_jours=0\n");
    g_assert_cmpstr(settings->connexion, ==, "host=/run user=a\\b = c");
    g_assert_cmpstr(settings->dossier, ==, "/srv/p");
    g_assert_cmpint(settings->effort, ==, 1);
    g_assert_cmpint(settings->delai, ==, 86400);
    g_assert_cmpint(settings->fils, ==, 256);
    g_assert_cmpint(settings->depot_jours, ==, 0);
}

static void test_faults(void)
{
    static const struct {
        const char *text, *fault;
    } cases[] = {
        {"[plan]\neffort = 0\n", "line 2: '0' is no whole number from 1 to 1000 for 'effort'"},
        {"[plan]\neffort = 1001\n", "line 2: '1001' is no"},
        {"[plan]\neffort = 5 # five\n", "line 2: '5 # five' is no"},
        {"[plan]\neffort =\n", "line 2: '' is no"},
        {"[plan]\neffort = 99999999999999999999\n", "line 2: '99999999999999999999' is no"},
        {"[ingest]\nseuil_rejets = 12.5\n", "line 2: '12.5' is no whole number from 0 to 100"},
        {"[base]\n\ndossier = demo/data\n", "line 3: 'demo/data' is no absolute path for 'dossier'"},
        {"[base]\nvitesse = 3\n", "line 2: unknown key 'vitesse' in '[base]'"},
        {"[base]\neffort = 3\n", "line 2: unknown key 'effort' in '[base]'"},
        {"[bases]\nx = 3\n", "line 1: unknown group '[bases]'"},
        {"[plan]\neffort = 3\n[plan]\nfils = 2\n", "line 3: group '[plan]' repeated, first at line 1"},
        {"[plan]\neffort = 3\nfils = 2\neffort = 3\n", "line 4: key 'effort' repeated, first at line 2"},
        {"effort = 3\n", "line 1: key 'effort' stands before any group"},
        {"[plan]\neffort\n", "line 2: 'effort' is neither a group nor 'key = value'"},
        {"[plan\neffort = 3\n", "line 1: '[plan' has no closing bracket"},
        {"[plan]\neffort = \xff\n", "are not UTF-8 text"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = write_conf(cases[i].text);
        g_autoptr(GError) error = NULL;
        g_autoptr(Settings) settings = settings_load(path, &error);
        g_assert_null(settings);
        g_assert_error(error, FAULT, FAULT_SETTINGS);
        g_test_message("%s", error->message);
        g_assert_nonnull(strstr(error->message, cases[i].fault));
        g_assert_nonnull(strstr(error->message, path));
    }
}

static void test_every_fault_at_once(void)
{
    g_autofree char *path =
        write_conf("x = 1\n[plan]\neffort = no\nfoo = 1\n[nowhere]\na = 1\n[plan]\n[base]\ndossier = .\n");
    g_autoptr(GError) error = NULL;
    g_autoptr(Settings) settings = settings_load(path, &error);
    g_assert_error(error, FAULT, FAULT_SETTINGS);
    g_assert_null(settings);
    g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
    static const char *const expected[] = {"line 1:", "line 3:", "line 4:", "line 5:", "line 7:", "line 9:"};
    g_assert_cmpuint(g_strv_length(lines), ==, 1 + G_N_ELEMENTS(expected));
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++)
        g_assert_true(g_str_has_prefix(g_strstrip(lines[i + 1]), expected[i]));
}

static void test_missing_file(void)
{
    g_autofree char *path = g_build_filename(folder, "absent.conf", NULL);
    for (int by_environment = 0; by_environment < 2; by_environment++) {
        if (by_environment)
            g_setenv("PRISME_CONFIG", path, true);
        g_autoptr(GError) error = NULL;
        g_autoptr(Settings) settings = settings_load(by_environment ? NULL : path, &error);
        g_assert_null(settings);
        g_assert_error(error, FAULT, FAULT_SETTINGS);
    }
    g_unsetenv("PRISME_CONFIG");
}

static void test_environment(void)
{
    g_autofree char *path = write_conf("[base]\ndossier = /srv/p\n");
    g_setenv("PRISME_CONFIG", path, true);
    g_setenv("PRISME_DATA", "here/below", true);
    g_autoptr(GError) error = NULL;
    g_autoptr(Settings) settings = settings_load(NULL, &error);
    g_unsetenv("PRISME_CONFIG");
    g_unsetenv("PRISME_DATA");
    g_assert_no_error(error);
    g_autofree char *current = g_get_current_dir();
    g_autofree char *expected = g_build_filename(current, "here", "below", NULL);
    g_assert_cmpstr(settings->dossier, ==, expected);
}

static void assert_same(const Settings *a, const Settings *b)
{
    g_assert_cmpstr(a->connexion, ==, b->connexion);
    g_assert_cmpstr(a->dossier, ==, b->dossier);
    g_assert_cmpint(a->seuil_rejets, ==, b->seuil_rejets);
    g_assert_cmpint(a->delai, ==, b->delai);
    g_assert_cmpint(a->effort, ==, b->effort);
    g_assert_cmpint(a->fils, ==, b->fils);
    g_assert_cmpint(a->depot_jours, ==, b->depot_jours);
    g_assert_cmpint(a->petits_effectifs, ==, b->petits_effectifs);
}

/* The default file, the '#' taken off each setting, holds every setting with its default. */
static void test_default_file(void)
{
    g_auto(GStrv) lines = g_strsplit(text_prisme_conf, "\n", -1);
    g_autoptr(GString) text = g_string_new(NULL);
    int n_values = 0;
    for (int i = 0; lines[i] != NULL; i++) {
        bool value = lines[i][0] == '#' && g_ascii_isalpha(lines[i][1]) && strstr(lines[i], " =") != NULL;
        n_values += value;
        g_string_append_printf(text, "%s\n", lines[i] + (value ? 1 : 0));
    }
    g_autoptr(Settings) given = load(text->str), defaults = load("");
    g_assert_cmpint(n_values, ==, (int)g_strv_length(defaults->origins));
    assert_same(given, defaults);
    for (int i = 0; given->origins[i] != NULL; i++)
        g_assert_cmpstr(given->origins[i], !=, "default");
}

/* What settings_print() says of a file. */
static void print_in_subprocess(const char *text)
{
    g_autofree char *path = write_conf(text);
    g_setenv("PRISME_CONFIG", path, true);
    g_test_trap_subprocess("/settings/print/subprocess", 0, 0);
    g_unsetenv("PRISME_CONFIG");
    g_test_trap_assert_passed();
}

static void print_subprocess(void)
{
    g_autoptr(Settings) settings = settings_load(NULL, NULL);
    g_assert_nonnull(settings);
    settings_print(settings);
}

static void test_secrets(void)
{
    static const char *const connections[] = {
        "postgresql://me:hunter2@db/prisme", "postgres://db/prisme?password=hunter2",
        "host=db password = 'hunter2'",      "postgresql://db/prisme?%70assword=hunter2",
        "host=db PASSWORD=hunter2",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(connections); i++) {
        g_autofree char *text = g_strdup_printf("[base]\nconnexion = %s\n", connections[i]);
        print_in_subprocess(text);
        g_test_trap_assert_stdout("*connexion = (hidden*");
        g_test_trap_assert_stdout_unmatched("*hunter2*");
    }
}

static void test_print(void)
{
    print_in_subprocess("[plan]\n\neffort = 7\n[base]\nconnexion = postgresql://me@db/prisme\n");
    g_test_trap_assert_stdout("*connexion = postgresql://me@db/prisme*prisme.conf:5;*"
                              "seuil_rejets = 50 %*default;*effort = 7 *prisme.conf:3;*");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("prisme-settings-XXXXXX", NULL);
    g_assert_nonnull(folder);
    g_test_add_func("/settings/an empty file gives the defaults", test_defaults);
    g_test_add_func("/settings/a file's values are taken as written", test_file);
    g_test_add_func("/settings/each fault names its line", test_faults);
    g_test_add_func("/settings/every fault is told in one pass", test_every_fault_at_once);
    g_test_add_func("/settings/a named file that is missing is a fault", test_missing_file);
    g_test_add_func("/settings/the environment wins over the file", test_environment);
    g_test_add_func("/settings/the default file shows every default", test_default_file);
    g_test_add_func("/settings/a password is never printed", test_secrets);
    g_test_add_func("/settings/each value is printed with its origin", test_print);
    g_test_add_func("/settings/print/subprocess", print_subprocess);
    int status = g_test_run();
    g_autofree char *path = g_build_filename(folder, "prisme.conf", NULL);
    g_remove(path);
    g_rmdir(folder);
    g_free(folder);
    return status;
}
