/* The settings table, and the ways a value comes into force: default, file, environment. */
#include "config/settings.h"
#include "config/fault.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef enum { TEXT, PATH, NUMBER } Kind;

typedef struct {
    const char *group, *key;
    Kind kind;
    size_t offset;           /* of the value in Settings: char * for TEXT and PATH, int32_t for NUMBER */
    const char *text;        /* default of a TEXT or PATH */
    int32_t number;          /* default of a NUMBER */
    int32_t min, max;        /* bounds of a NUMBER, inclusive */
    const char *unit;        /* of a NUMBER */
    const char *environment; /* the variable that wins over the file, or NULL */
    const char *meaning;
} Setting;

#define AT(field) offsetof(Settings, field)
static const Setting settings_table[] = {
    {"base", "connexion", TEXT, AT(connexion), "", 0, 0, 0, "", NULL,
     "server to use: libpq URI or keywords; empty = the PG* environment, else the embedded cluster"},
    {"base", "dossier", PATH, AT(dossier), "", 0, 0, 0, "", "PRISME_DATA",
     "folder of the embedded cluster; empty = /var/lib/prisme for root, else prisme in the user's data folder"},
    {"ingest", "seuil_rejets", NUMBER, AT(seuil_rejets), NULL, 50, 0, 100, "%", NULL,
     "rows of a file that may be rejected; above, nothing is loaded"},
    {"ingest", "sensibles_min", NUMBER, AT(sensibles_min), NULL, 2, 1, 100, "learners", NULL,
     "least learners of a need that names a public of RGPD articles 9 and 10 (AAH, TH, DETENTION_MJ, REF_DA)"},
    {"plan", "delai", NUMBER, AT(delai), NULL, 0, 0, 86400, "s", NULL,
     "time after which the search ends with its best plan; 0 = none"},
    {"plan", "effort", NUMBER, AT(effort), NULL, 100, 1, 1000, "", NULL,
     "units of search work, the same plan whatever the machine"},
    {"plan", "fils", NUMBER, AT(fils), NULL, 0, 0, 256, "threads", NULL,
     "threads of the search; 0 = one a processor; the plan does not depend on it"},
    {"export", "depot_jours", NUMBER, AT(depot_jours), NULL, 30, 0, 365, "days", NULL,
     "days before a session's start by which its request is filed with the OPCO"},
    {"export", "petits_effectifs", NUMBER, AT(petits_effectifs), NULL, 5, 0, 100, "learners", NULL,
     "published head-counts under this are suppressed"},
};
#define N_SETTINGS ((int)G_N_ELEMENTS(settings_table))

static char **text_of(Settings *settings, const Setting *setting)
{
    return G_STRUCT_MEMBER_P(settings, setting->offset);
}

static int32_t *number_of(Settings *settings, const Setting *setting)
{
    return G_STRUCT_MEMBER_P(settings, setting->offset);
}

static void set_text(Settings *settings, const Setting *setting, const char *value)
{
    char **text = text_of(settings, setting);
    g_free(*text);
    *text = g_strdup(value);
}

static void set_origin(Settings *settings, int i, char *origin)
{
    g_free(settings->origins[i]);
    settings->origins[i] = origin;
}

static void fault_at(GString *faults, int line, const char *format, ...) G_GNUC_PRINTF(3, 4);

static void fault_at(GString *faults, int line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_string_append_printf(faults, "\n  line %d: ", line);
    g_string_append_vprintf(faults, format, arguments);
    va_end(arguments);
}

/* Takes one value of the file; a value out of bounds is a fault and leaves the default. */
static void take_value(Settings *settings, const Setting *setting, const char *value, int line, GString *faults)
{
    if (setting->kind == NUMBER) {
        gint64 number;
        if (!g_ascii_string_to_signed(value, 10, setting->min, setting->max, &number, NULL)) {
            fault_at(faults, line, "'%s' is no whole number from %" PRId32 " to %" PRId32 " for '%s'", value,
                     setting->min, setting->max, setting->key);
            return;
        }
        *number_of(settings, setting) = (int32_t)number;
    } else if (setting->kind == PATH && *value != '\0' && !g_path_is_absolute(value)) {
        fault_at(faults, line, "'%s' is no absolute path for '%s'", value, setting->key);
    } else {
        set_text(settings, setting, value);
    }
}

static bool known_group(const char *group)
{
    for (int i = 0; i < N_SETTINGS; i++)
        if (strcmp(settings_table[i].group, group) == 0)
            return true;
    return false;
}

static int find_setting(const char *group, const char *key)
{
    for (int i = 0; i < N_SETTINGS; i++)
        if (strcmp(settings_table[i].group, group) == 0 && strcmp(settings_table[i].key, key) == 0)
            return i;
    return -1;
}

/* What a file has said so far. */
typedef struct {
    const char *path;
    Settings *settings;
    GString *faults;
    GHashTable *group_lines;     /* group → line of its header */
    int value_lines[N_SETTINGS]; /* 0 = not given */
    char *group;                 /* the group we are in; NULL before the first, "" in an unknown or repeated one */
} Reading;

static void read_header(Reading *reading, char *text, int line)
{
    size_t length = strlen(text);
    g_free(reading->group);
    reading->group = g_strdup("");
    if (text[length - 1] != ']') {
        fault_at(reading->faults, line, "'%s' has no closing bracket", text);
        return;
    }
    text[length - 1] = '\0';
    const char *group = g_strstrip(text + 1);
    int before = GPOINTER_TO_INT(g_hash_table_lookup(reading->group_lines, group));
    if (before != 0) {
        fault_at(reading->faults, line, "group '[%s]' repeated, first at line %d", group, before);
        return;
    }
    g_hash_table_insert(reading->group_lines, g_strdup(group), GINT_TO_POINTER(line));
    if (!known_group(group)) {
        fault_at(reading->faults, line, "unknown group '[%s]'", group);
        return;
    }
    g_free(reading->group);
    reading->group = g_strdup(group);
}

static void read_value(Reading *reading, char *text, int line)
{
    char *equals = strchr(text, '=');
    if (equals == NULL) {
        fault_at(reading->faults, line, "'%s' is neither a group nor 'key = value'", text);
        return;
    }
    *equals = '\0';
    const char *key = g_strstrip(text), *value = g_strstrip(equals + 1);
    if (reading->group == NULL)
        fault_at(reading->faults, line, "key '%s' stands before any group", key);
    if (reading->group == NULL || *reading->group == '\0')
        return;
    int i = find_setting(reading->group, key);
    if (i < 0) {
        fault_at(reading->faults, line, "unknown key '%s' in '[%s]'", key, reading->group);
        return;
    }
    if (reading->value_lines[i] != 0) {
        fault_at(reading->faults, line, "key '%s' repeated, first at line %d", key, reading->value_lines[i]);
        return;
    }
    reading->value_lines[i] = line;
    take_value(reading->settings, &settings_table[i], value, line, reading->faults);
    set_origin(reading->settings, i, g_strdup_printf("%s:%d", reading->path, line));
}

/* The syntax of GKeyFile, read here because GKeyFile merges repeated groups and keys without a word, gives no line
 * numbers, stops at the first fault and changes backslashes, which a password may hold. */
static bool read_file(Settings *settings, const char *path, GError **error)
{
    g_autofree char *text = NULL;
    gsize length;
    g_autoptr(GError) cause = NULL;
    if (!g_file_get_contents(path, &text, &length, &cause)) {
        g_set_error(error, FAULT, FAULT_SETTINGS, "could not read settings '%s': %s", path, cause->message);
        return false;
    }
    if (!g_utf8_validate_len(text, length, NULL)) {
        g_set_error(error, FAULT, FAULT_SETTINGS, "settings '%s' are not UTF-8 text", path);
        return false;
    }
    g_autoptr(GString) faults = g_string_new(NULL);
    g_autoptr(GHashTable) group_lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Reading reading = {.path = path, .settings = settings, .faults = faults, .group_lines = group_lines};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; lines[i] != NULL; i++) {
        char *line = g_strstrip(lines[i]);
        if (*line == '[')
            read_header(&reading, line, i + 1);
        else if (*line != '\0' && *line != '#')
            read_value(&reading, line, i + 1);
    }
    g_free(reading.group);
    if (faults->len == 0)
        return true;
    g_set_error(error, FAULT, FAULT_SETTINGS, "settings '%s' cannot be used:%s", path, faults->str);
    return false;
}

static char *find_file(const char *file)
{
    const char *named = file != NULL ? file : g_getenv("PRISME_CONFIG");
    if (named != NULL && *named != '\0')
        return g_strdup(named);
    g_autofree char *own = g_build_filename(g_get_user_config_dir(), "prisme", "prisme.conf", NULL);
    const char *const places[] = {own, "/etc/prisme/prisme.conf"};
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
        if (g_file_test(places[i], G_FILE_TEST_EXISTS))
            return g_strdup(places[i]);
    return NULL;
}

static void read_environment(Settings *settings)
{
    for (int i = 0; i < N_SETTINGS; i++) {
        const Setting *setting = &settings_table[i];
        const char *value = setting->environment == NULL ? NULL : g_getenv(setting->environment);
        if (value == NULL || *value == '\0')
            continue;
        g_autofree char *path = g_canonicalize_filename(value, NULL);
        set_text(settings, setting, path);
        set_origin(settings, i, g_strdup(setting->environment));
    }
}

Settings *settings_load(const char *file, GError **error)
{
    g_autoptr(Settings) settings = g_new0(Settings, 1);
    settings->origins = g_new0(char *, N_SETTINGS + 1);
    for (int i = 0; i < N_SETTINGS; i++) {
        set_origin(settings, i, g_strdup("default"));
        if (settings_table[i].kind == NUMBER)
            *number_of(settings, &settings_table[i]) = settings_table[i].number;
        else
            set_text(settings, &settings_table[i], settings_table[i].text);
    }
    g_autofree char *path = find_file(file);
    if (path != NULL && !read_file(settings, path, error))
        return NULL;
    read_environment(settings);
    if (*settings->dossier == '\0') {
        g_free(settings->dossier);
        settings->dossier =
            geteuid() == 0 ? g_strdup("/var/lib/prisme") : g_build_filename(g_get_user_data_dir(), "prisme", NULL);
    }
    return g_steal_pointer(&settings);
}

void settings_free(Settings *settings)
{
    if (settings == NULL)
        return;
    for (int i = 0; i < N_SETTINGS; i++)
        if (settings_table[i].kind != NUMBER)
            g_free(*text_of(settings, &settings_table[i]));
    g_strfreev(settings->origins);
    g_free(settings);
}

/* True if a connection string may hold a password: hidden rather than cut, so that no spelling of it slips through. */
static bool holds_secret(const char *connexion)
{
    g_autofree char *plain = g_uri_unescape_string(connexion, NULL);
    g_autofree char *lower = g_ascii_strdown(plain != NULL ? plain : connexion, -1);
    const char *scheme = strstr(connexion, "://");
    const char *colon = scheme == NULL ? NULL : strchr(scheme + 3, ':');
    return strstr(lower, "password") != NULL || (colon != NULL && strchr(colon, '@') != NULL);
}

void settings_print(const Settings *settings)
{
    const char *group = "";
    for (int i = 0; i < N_SETTINGS; i++) {
        const Setting *setting = &settings_table[i];
        const char *at = (const char *)settings + setting->offset;
        if (strcmp(group, setting->group) != 0)
            printf("%s[%s]\n", i == 0 ? "" : "\n", setting->group);
        group = setting->group;
        const char *unit = setting->unit;
        g_autofree char *value = NULL;
        if (setting->kind == NUMBER)
            value = g_strdup_printf("%" PRId32, *(const int32_t *)(const void *)at);
        else
            value = g_strdup(*(char *const *)(const void *)at);
        bool hidden = setting->kind == TEXT && holds_secret(value);
        g_autofree char *left =
            g_strdup_printf("%s = %s%s%s", setting->key, hidden ? "(hidden: it may hold a password)" : value,
                            *unit == '\0' ? "" : " ", unit);
        const char *origin = settings->origins == NULL ? "default" : settings->origins[i];
        printf("%-32s # %s; %s\n", left, origin, setting->meaning);
    }
}
