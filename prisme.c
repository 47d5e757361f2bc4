/* The door: one table of commands. Each stage does its work behind its header; this file only calls them in order. */
#include "config/calendar.h"
#include "config/fault.h"
#include "config/log.h"
#include "config/settings.h"
#include "export/export.h"
#include "export/formulaire.h"
#include "export/rapport.h"
#include "ingest/ingest.h"
#include "plan/check.h"
#include "plan/plan.h"
#include "sql/cluster.h"
#include "sql/db.h"
#include "sql/store_etat.h"
#include "sql/store_purge.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a command is given. */
typedef struct {
    char **arguments; /* as many as the command takes */
    char *campagne, *sortie, *siae, *mps;
    int64_t points;     /* to keep while the cost falls, or -1 */
    int32_t plan;       /* 0 = the latest */
    int32_t chargement; /* 0 = all */
    bool confirmed;
    int32_t today; /* day */
    Settings *settings;
    Db *db; /* NULL for the commands that need none */
} Job;

/* Options of one command; the table of commands says which it takes and which it must have. */
enum { CAMPAGNE = 1, PLAN = 2, SORTIE = 4, MPS = 8, POINTS = 16, SIAE = 32, CHARGEMENT = 64, CONFIRMER = 128 };

/* What a command needs before it runs. */
typedef enum { NEEDS_NOTHING, NEEDS_SETTINGS, NEEDS_DATABASE, NEEDS_LOCK } Needs;

typedef struct {
    const char *name;
    const char *arguments; /* words, as usage shows them */
    int takes, must;       /* options */
    Needs needs;
    const char *summary;
    bool (*run)(Job *job, GError **error);
} Command;

/* The words of the command line, as typed. */
static struct {
    char *config, *aujourdhui, *campagne, *plan, *sortie, *siae, *mps, *points, *chargement;
    gboolean confirmer, verbose, quiet, help, version;
} typed;

static bool run_ingest(Job *job, GError **error)
{
    return ingest_run(job->db, job->settings, job->arguments[0], job->sortie, rapport_write, NULL, error);
}

static bool run_plan(Job *job, GError **error)
{
    int32_t numero;
    if (job->mps != NULL)
        return plan_mps(job->db, job->campagne, job->today, job->points, job->mps, error);
    return plan_run(job->db, job->settings, job->campagne, job->today, &numero, error);
}

static bool run_export(Job *job, GError **error)
{
    return export_run(job->db, job->settings, job->campagne, job->plan, job->sortie, error);
}

static bool same_folder(const char *a, const char *b)
{
    struct stat sa, sb;
    return stat(a, &sa) == 0 && stat(b, &sb) == 0 && sa.st_dev == sb.st_dev && sa.st_ino == sb.st_ino;
}

static bool run_all(Job *job, GError **error)
{
    g_autofree char *campagne = NULL;
    int32_t numero;
    return ingest_run(job->db, job->settings, job->arguments[0], job->sortie, rapport_write, &campagne, error) &&
           plan_run(job->db, job->settings, campagne, job->today, &numero, error) &&
           export_run(job->db, job->settings, campagne, numero, job->sortie, error);
}

static bool run_check(Job *job, GError **error)
{
    const char *folder = job->arguments[0], *sortie = job->arguments[1];
    g_autoptr(IngestReport) report = NULL;
    g_autoptr(Model) model = ingest_read_settled(folder, job->settings, &report, error);
    ingest_report_say(report, true);
    if (model == NULL)
        return false;
    if (ingest_report_count(report) > 0)
        log_warning("'%s': %d rejects and warnings; the plan is checked against the rows that remain", folder,
                    ingest_report_count(report));
    g_autoptr(GPtrArray) faults = NULL;
    g_autoptr(ModelPlan) plan = ingest_read_plan(sortie, model, &faults, error);
    if (plan == NULL)
        return false;
    g_autoptr(GPtrArray) violations = check_plan(model, plan);
    for (guint i = 0; i < faults->len; i++)
        puts(faults->pdata[i]);
    for (guint i = 0; i < violations->len; i++)
        puts(violations->pdata[i]);
    guint n = faults->len + violations->len;
    if (n == 0) {
        log_info("check: '%s' keeps every rule", sortie);
        return true;
    }
    g_set_error(error, FAULT, FAULT_BUG, "%u violations in '%s'", n, sortie);
    return false;
}

static bool run_etat(Job *job, GError **error)
{
    if (job->chargement != 0)
        return store_etat_print_load(job->db, job->campagne, job->chargement, error);
    return store_etat_print(job->db, job->campagne, error);
}

static bool run_formulaire(Job *job, GError **error)
{
    return formulaire_run(job->db, job->campagne, job->siae, job->today, job->sortie, error);
}

static bool run_purge(Job *job, GError **error)
{
    return store_purge(job->db, job->campagne, job->confirmed, error);
}

static bool run_config(Job *job, GError **error)
{
    (void)error;
    settings_print(job->settings);
    return true;
}

static bool run_arret(Job *job, GError **error)
{
    return cluster_stop(job->settings->dossier, error);
}

static const Command commands[] = {
    {"ingest", "FOLDER", SORTIE, 0, NEEDS_LOCK, "check the files of FOLDER and load them, or nothing", run_ingest},
    {"plan", "", CAMPAGNE | MPS | POINTS, CAMPAGNE, NEEDS_LOCK,
     "make, verify and save a new plan of a campaign, or write its exact model (--mps)", run_plan},
    {"export", "", CAMPAGNE | PLAN | SORTIE, CAMPAGNE | SORTIE, NEEDS_DATABASE,
     "write a plan's workbooks and CSV files", run_export},
    {"run", "FOLDER", SORTIE, SORTIE, NEEDS_LOCK, "ingest, plan and export in a row: the line for cron", run_all},
    {"check", "FOLDER SORTIE", 0, 0, NEEDS_SETTINGS, "verify the plan in SORTIE against the files of FOLDER",
     run_check},
    {"formulaire", "", CAMPAGNE | SIAE | SORTIE, CAMPAGNE | SORTIE, NEEDS_DATABASE,
     "write the census forms of a campaign's SIAE", run_formulaire},
    {"etat", "", CAMPAGNE | CHARGEMENT, 0, NEEDS_DATABASE, "show campaigns, their loads and their plans, or one load",
     run_etat},
    {"purge", "", CAMPAGNE | CONFIRMER, CAMPAGNE, NEEDS_LOCK,
     "remove a campaign from the database, or say what would go", run_purge},
    {"config", "", 0, 0, NEEDS_SETTINGS, "show the settings in force and where each comes from", run_config},
    {"arret", "", 0, 0, NEEDS_SETTINGS, "stop the server of the embedded cluster, if it runs", run_arret},
};

static const struct {
    int bit;
    GOptionEntry entry;
} command_options[] = {
    /* FILENAME takes the bytes as typed; STRING would convert from the locale, which prisme does not read. */
    {CAMPAGNE, {"campagne", 0, 0, G_OPTION_ARG_FILENAME, &typed.campagne, "the campaign's code", "CODE"}},
    {PLAN, {"plan", 0, 0, G_OPTION_ARG_FILENAME, &typed.plan, "the plan's number (default: the latest)", "N"}},
    {MPS, {"mps", 0, 0, G_OPTION_ARG_FILENAME, &typed.mps, "write the exact model for other solvers", "FILE"}},
    {POINTS, {"points", 0, 0, G_OPTION_ARG_FILENAME, &typed.points, "of --mps: least cost with so many points", "N"}},
    {SIAE, {"siae", 0, 0, G_OPTION_ARG_FILENAME, &typed.siae, "the code of one SIAE (default: all)", "CODE"}},
    {CHARGEMENT, {"chargement", 0, 0, G_OPTION_ARG_FILENAME, &typed.chargement, "a load of --campagne in detail", "N"}},
    {CONFIRMER, {"confirmer", 0, 0, G_OPTION_ARG_NONE, &typed.confirmer, "really remove it", NULL}},
    {SORTIE, {"sortie", 0, 0, G_OPTION_ARG_FILENAME, &typed.sortie, "the folder to write into", "FOLDER"}},
};

static const GOptionEntry global_options[] = {
    {"config", 0, 0, G_OPTION_ARG_FILENAME, &typed.config, "settings file (see `prisme config`)", "FILE"},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, &typed.verbose, "say every fact, also without a terminal", NULL},
    {"quiet", 'q', 0, G_OPTION_ARG_NONE, &typed.quiet, "say warnings and faults only", NULL},
    {"aujourdhui", 0, 0, G_OPTION_ARG_FILENAME, &typed.aujourdhui, "work as if today were that day", "AAAA-MM-JJ"},
    {"version", 0, 0, G_OPTION_ARG_NONE, &typed.version, "print the version", NULL},
    {"help", 'h', 0, G_OPTION_ARG_NONE, &typed.help, "print this help", NULL},
    {0},
};

static const struct {
    Fault code;
    const char *meaning;
} exit_codes[] = {
    {FAULT_NONE, "done"},
    {FAULT_BUG, "`check` found violations; anywhere else a bug"},
    {FAULT_USAGE, "the command line is wrong"},
    {FAULT_SETTINGS, "the settings are wrong or unreadable"},
    {FAULT_INPUT, "the input is unusable, nothing was loaded"},
    {FAULT_DATABASE, "the database cannot be reached, or refused something"},
    {FAULT_NO_PLAN, "no plan keeps the fixed sessions, or a plan failed its verification, or there is none"},
    {FAULT_OUTPUT, "a file or standard output could not be written whole"},
    {FAULT_LOCKED, "another run holds the lock"},
};

static GOptionContext *context_of(const Command *command)
{
    g_autoptr(GString) shape = g_string_new(command == NULL ? "COMMAND ..." : command->name);
    if (command != NULL && *command->arguments != '\0')
        g_string_append_printf(shape, " %s", command->arguments);
    for (size_t i = 0; command != NULL && i < G_N_ELEMENTS(command_options); i++) {
        const GOptionEntry *entry = &command_options[i].entry;
        bool must = (command->must & command_options[i].bit) != 0;
        if (command->takes & command_options[i].bit)
            g_string_append_printf(shape, " %s--%s%s%s%s", must ? "" : "[", entry->long_name,
                                   entry->arg_description != NULL ? " " : "",
                                   entry->arg_description != NULL ? entry->arg_description : "", must ? "" : "]");
    }
    GOptionContext *context = g_option_context_new(shape->str);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_strict_posix(context, command == NULL);
    GOptionGroup *group = g_option_group_new("prisme", NULL, NULL, NULL, NULL);
    for (size_t i = 0; command != NULL && i < G_N_ELEMENTS(command_options); i++) {
        const GOptionEntry entries[] = {command_options[i].entry, {0}};
        if (command->takes & command_options[i].bit)
            g_option_group_add_entries(group, entries);
    }
    g_option_group_add_entries(group, global_options);
    g_option_context_set_main_group(context, group);
    if (command != NULL) {
        g_option_context_set_summary(context, command->summary);
        return context;
    }
    g_autoptr(GString) tables = g_string_new("Commands (`prisme COMMAND --help` for each):\n");
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        g_string_append_printf(tables, "  %-10s %s\n", commands[i].name, commands[i].summary);
    g_string_append(tables, "\nExit codes:\n");
    for (size_t i = 0; i < G_N_ELEMENTS(exit_codes); i++)
        g_string_append_printf(tables, "  %d  %s\n", exit_codes[i].code, exit_codes[i].meaning);
    g_option_context_set_summary(context, "prisme turns the training needs of a region's SIAE into a proven plan of "
                                          "shared sessions.");
    g_option_context_set_description(context, tables->str);
    return context;
}

static void print_help(GOptionContext *context)
{
    g_autofree char *help = g_option_context_get_help(context, TRUE, NULL);
    fputs(help, stdout);
}

static bool parse(GOptionContext *context, char ***words, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (g_option_context_parse_strv(context, words, &cause))
        return true;
    cause->message[0] = g_ascii_tolower(cause->message[0]);
    g_set_error(error, FAULT, FAULT_USAGE, "%s", cause->message);
    return false;
}

/* Turns the typed words into the job; false with FAULT_USAGE. words[0] is the program, the arguments follow. */
static bool understand(const Command *command, char **words, Job *job, GError **error)
{
    g_auto(GStrv) expected = g_strsplit(command->arguments, " ", -1);
    guint given = g_strv_length(words) - 1;
    if (given != g_strv_length(expected)) {
        g_set_error(error, FAULT, FAULT_USAGE, "'%s' takes %u arguments, not %u", command->name,
                    g_strv_length(expected), given);
        return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(command_options); i++) {
        const GOptionEntry *entry = &command_options[i].entry;
        const char *value = entry->arg == G_OPTION_ARG_NONE ? NULL : *(char **)entry->arg_data;
        if ((command->must & command_options[i].bit) && value == NULL) {
            g_set_error(error, FAULT, FAULT_USAGE, "'%s' needs --%s %s", command->name, entry->long_name,
                        entry->arg_description);
            return false;
        }
        if (value != NULL && *value == '\0') {
            g_set_error(error, FAULT, FAULT_USAGE, "--%s is empty", entry->long_name);
            return false;
        }
    }
    job->arguments = words + 1;
    job->campagne = typed.campagne;
    job->sortie = typed.sortie;
    job->siae = typed.siae;
    job->today = calendar_today();
    job->mps = typed.mps;
    gint64 plan = 0, chargement = 0, points = -1;
    if (typed.campagne != NULL && !g_utf8_validate(typed.campagne, -1, NULL))
        g_set_error(error, FAULT, FAULT_USAGE, "the code given to --campagne is not UTF-8");
    else if (typed.siae != NULL && !g_utf8_validate(typed.siae, -1, NULL))
        g_set_error(error, FAULT, FAULT_USAGE, "the code given to --siae is not UTF-8");
    else if (typed.plan != NULL && !g_ascii_string_to_signed(typed.plan, 10, 1, G_MAXINT32, &plan, NULL))
        g_set_error(error, FAULT, FAULT_USAGE, "'%s' is no plan number", typed.plan);
    else if (typed.points != NULL && !g_ascii_string_to_signed(typed.points, 10, 0, G_MAXINT32, &points, NULL))
        g_set_error(error, FAULT, FAULT_USAGE, "'%s' is no number of points", typed.points);
    else if (typed.chargement != NULL &&
             !g_ascii_string_to_signed(typed.chargement, 10, 1, G_MAXINT32, &chargement, NULL))
        g_set_error(error, FAULT, FAULT_USAGE, "'%s' is no load number", typed.chargement);
    else if (typed.chargement != NULL && typed.campagne == NULL)
        g_set_error(error, FAULT, FAULT_USAGE, "--chargement goes with --campagne");
    else if (typed.points != NULL && typed.mps == NULL)
        g_set_error(error, FAULT, FAULT_USAGE, "--points goes with --mps");
    else if (typed.aujourdhui != NULL && !calendar_parse(typed.aujourdhui, &job->today))
        g_set_error(error, FAULT, FAULT_USAGE, "'%s' is no day AAAA-MM-JJ", typed.aujourdhui);
    else if (typed.quiet && typed.verbose)
        g_set_error(error, FAULT, FAULT_USAGE, "--quiet and --verbose exclude each other");
    else if (command->run == run_all && same_folder(job->arguments[0], job->sortie))
        g_set_error(error, FAULT, FAULT_USAGE, "--sortie '%s' is the input folder", job->sortie);
    else {
        job->plan = (int32_t)plan;
        job->chargement = (int32_t)chargement;
        job->confirmed = typed.confirmer;
        job->points = points;
        return true;
    }
    return false;
}

static bool perform(const Command *command, char **words, GError **error)
{
    g_autoptr(Settings) settings = NULL;
    g_autoptr(Db) db = NULL;
    Job job = {0};
    if (!understand(command, words, &job, error))
        return false;
    log_setup(typed.verbose, typed.quiet);
    if (command->needs >= NEEDS_SETTINGS && (settings = settings_load(typed.config, error)) == NULL)
        return false;
    if (command->needs >= NEEDS_DATABASE && (db = db_open(settings, error)) == NULL)
        return false;
    if (command->needs == NEEDS_LOCK && !db_lock(db, error))
        return false;
    job.settings = settings;
    job.db = db;
    return command->run(&job, error);
}

/* The command line, from the first word to the end of the command's work. */
static bool obey(char ***words, GError **error)
{
    g_autoptr(GOptionContext) context = context_of(NULL);
    if (!parse(context, words, error))
        return false;
    const char *name = (*words)[0] == NULL ? NULL : (*words)[1];
    const Command *command = NULL;
    for (size_t i = 0; name != NULL && i < G_N_ELEMENTS(commands); i++)
        if (strcmp(name, commands[i].name) == 0)
            command = &commands[i];
    if (command != NULL) {
        g_autoptr(GOptionContext) own = context_of(command);
        g_free((*words)[1]);
        memmove(*words + 1, *words + 2, (g_strv_length(*words + 2) + 1) * sizeof **words);
        if (!parse(own, words, error))
            return false;
        if (!typed.help && !typed.version)
            return perform(command, *words, error);
        g_option_context_free(context);
        context = g_steal_pointer(&own);
    }
    if (typed.version)
        puts("prisme " PRISME_VERSION);
    else if (typed.help)
        print_help(context);
    else if (name == NULL)
        g_set_error(error, FAULT, FAULT_USAGE, "no command given");
    else
        g_set_error(error, FAULT, FAULT_USAGE, "unknown command '%s'", name);
    return typed.version || typed.help;
}

/* Opens what is closed of descriptors 0, 1, 2, lest a file or the server's socket take their place. Standard output is
 * opened for reading: what is written to it must fail, as it does when the caller had closed it. */
static void hold_standard_descriptors(void)
{
    for (int fd = 0; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_RDWR) != fd)
            abort();
}

int main(int argc, char **argv)
{
    (void)argc;
    hold_standard_descriptors();
    signal(SIGPIPE, SIG_IGN);
    log_setup(false, false);
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) words = g_strdupv(argv);
    bool done = obey(&words, &error);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        int cause = errno;
        if (done)
            g_set_error(&error, FAULT, FAULT_OUTPUT, "could not write standard output: %s", g_strerror(cause));
        done = false;
    }
    log_progress(NULL);
    if (done)
        return FAULT_NONE;
    log_fault("%s", error->message);
    if (error->domain == FAULT && error->code == FAULT_USAGE)
        log_fault("see `prisme --help`");
    return error->domain == FAULT ? error->code : FAULT_BUG;
}
