/* libpq: the connection and its transactions. See db.h and db_query.h. */
#include "sql/db.h"

#include "config/fault.h"
#include "config/log.h"
#include "sql/cluster.h"
#include "sql/db_private.h"
#include "sql/migrate.h"

#include <string.h>

/* pg_temp last: a temporary table never hides one of ours. Objects are made in the first schema named. */
#define SEARCH_PATH "prisme, pg_temp"

/* "prisme" in ASCII: the number of the lock, and nothing else's. */
#define LOCK_NUMBER INT64_C(0x707269736d65)
#define LOCK_TRIES 20
#define LOCK_PAUSE (250 * G_TIME_SPAN_MILLISECOND)

/* The oldest server whose SQL prisme uses. */
#define SERVER_MIN 130000

/* libpq's message of several lines as one; owned by the caller. */
static char *one_line(const char *message)
{
    g_auto(GStrv) lines = g_strsplit(message, "\n", -1);
    GString *text = g_string_new(NULL);
    for (char **line = lines; *line != NULL; line++)
        if (*g_strstrip(*line) != '\0')
            g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", *line);
    return g_string_free(text, FALSE);
}

static void on_notice(void *data, const char *message)
{
    (void)data;
    g_autofree char *line = one_line(message);
    log_info("database: %s", line);
}

typedef struct {
    GPtrArray *keys, *values; /* NULL-ended when given to libpq */
} Options;

static void options_set(Options *options, const char *key, const char *value)
{
    g_ptr_array_add(options->keys, g_strdup(key));
    g_ptr_array_add(options->values, g_strdup(value));
}

static bool options_have(const Options *options, const char *key)
{
    for (guint i = 0; i < options->keys->len; i++)
        if (strcmp(options->keys->pdata[i], key) == 0)
            return true;
    return false;
}

/* libpq's own words on a wrong connection string may repeat it, password and all: they are not passed on. */
static bool options_parse(Options *options, const char *connexion, GError **error)
{
    char *message = NULL;
    PQconninfoOption *parsed = PQconninfoParse(connexion, &message);
    PQfreemem(message);
    if (parsed == NULL) {
        g_set_error(error, FAULT, FAULT_DATABASE,
                    "wrong connection string in the settings ('connexion' of [base]): expected "
                    "'postgresql://user@host:port/base' or 'host=... dbname=...'");
        return false;
    }
    for (const PQconninfoOption *option = parsed; option->keyword != NULL; option++)
        if (option->val != NULL)
            options_set(options, option->keyword, option->val);
    PQconninfoFree(parsed);
    return true;
}

static bool environment_names_server(void)
{
    static const char *const names[] = {"PGHOST", "PGHOSTADDR", "PGSERVICE"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = g_getenv(names[i]);
        if (value != NULL && *value != '\0')
            return true;
    }
    return false;
}

/* Everything the environment could change is said: PGPORT, PGSSLMODE and the like are for another server. No password
 * is ever asked there; naming one keeps libpq from reading ~/.pgpass. */
static bool options_embedded(Options *options, const char *dossier, GError **error)
{
    g_autofree char *folder = cluster_start(dossier, error);
    if (folder == NULL)
        return false;
    const struct {
        const char *key, *value;
    } fixed[] = {{"host", folder},          {"port", CLUSTER_PORT},
                 {"user", CLUSTER_ROLE},    {"dbname", CLUSTER_BASE},
                 {"options", "-c jit=off"}, {"sslmode", "disable"},
                 {"gssencmode", "disable"}, {"channel_binding", "disable"},
                 {"password", "-"},         {"target_session_attrs", "any"}};
    for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
        options_set(options, fixed[i].key, fixed[i].value);
    return true;
}

static bool options_choose(Options *options, const Settings *settings, GError **error)
{
    if (settings->connexion != NULL && *settings->connexion != '\0') {
        if (!options_parse(options, settings->connexion, error))
            return false;
    } else if (!environment_names_server() && !options_embedded(options, settings->dossier, error))
        return false;
    options_set(options, "fallback_application_name", "prisme");
    if (options_have(options, "client_encoding"))
        log_warning("'client_encoding' of the connection is ignored: prisme speaks UTF-8");
    options_set(options, "client_encoding", "UTF8"); /* the last one of a key counts */
    if (!options_have(options, "connect_timeout") && g_getenv("PGCONNECT_TIMEOUT") == NULL)
        options_set(options, "connect_timeout", "15");
    g_ptr_array_add(options->keys, NULL);
    g_ptr_array_add(options->values, NULL);
    return true;
}

static char *target_text(const PGconn *connection)
{
    const char *host = PQhost(connection);
    if (host != NULL && *host == '/')
        return g_strdup_printf("database '%s' of role '%s' at socket '%s'", PQdb(connection), PQuser(connection), host);
    return g_strdup_printf("database '%s' of role '%s' at '%s:%s'", PQdb(connection), PQuser(connection),
                           host != NULL && *host != '\0' ? host : "localhost", PQport(connection));
}

static bool connect_to(Db *db, const Options *options, GError **error)
{
    const char *const *keys = (const char *const *)options->keys->pdata;
    const char *const *values = (const char *const *)options->values->pdata;
    db->connection = PQconnectdbParams(keys, values, 0);
    g_assert(db->connection != NULL);
    PQsetNoticeProcessor(db->connection, on_notice, NULL);
    if (PQstatus(db->connection) != CONNECTION_OK) {
        g_autofree char *message = one_line(PQerrorMessage(db->connection));
        g_set_error(error, FAULT, FAULT_DATABASE, "could not connect to the database: %s", message);
        return false;
    }
    db->target = target_text(db->connection);
    int version = PQserverVersion(db->connection);
    if (version < SERVER_MIN) {
        g_set_error(error, FAULT, FAULT_DATABASE, "too old a server: PostgreSQL %d at %s, prisme needs %d or newer",
                    version / 10000, db->target, SERVER_MIN / 10000);
        return false;
    }
    const char *encoding = PQparameterStatus(db->connection, "server_encoding");
    if (encoding == NULL || strcmp(encoding, "UTF8") != 0) {
        g_set_error(error, FAULT, FAULT_DATABASE, "wrong encoding '%s' of %s: prisme needs a database in UTF8",
                    encoding != NULL ? encoding : "?", db->target);
        return false;
    }
    return db_execute(db, DB_SQL(session), DB_VALUES(db_text(SEARCH_PATH)), error);
}

Db *db_open(const Settings *settings, GError **error)
{
    Options options = {g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func(g_free)};
    g_autoptr(Db) db = g_new0(Db, 1);
    bool ok = options_choose(&options, settings, error) && connect_to(db, &options, error);
    g_ptr_array_unref(options.keys);
    g_ptr_array_unref(options.values);
    if (!ok)
        return NULL;
    log_info("%s, PostgreSQL %d", db->target, PQserverVersion(db->connection) / 10000);
    if (!migrate_run(db, error)) {
        g_prefix_error(error, "%s: ", db->target);
        return NULL;
    }
    return g_steal_pointer(&db);
}

void db_free(Db *db)
{
    if (db == NULL)
        return;
    PQfinish(db->connection);
    g_free(db->target);
    g_free(db);
}

bool db_lock(Db *db, GError **error)
{
    for (int i = 0; i < LOCK_TRIES; i++) {
        if (i > 0)
            g_usleep(LOCK_PAUSE);
        g_autoptr(DbRows) rows = db_query(db, DB_SQL(lock), DB_VALUES(db_int8(LOCK_NUMBER)), error);
        if (rows == NULL)
            return false;
        if (db_rows_bool(rows, 0, 0))
            return true;
    }
    g_set_error(error, FAULT, FAULT_LOCKED, "another run of prisme holds the lock of %s", db->target);
    return false;
}

bool db_begin(Db *db, GError **error)
{
    return db_execute(db, DB_SQL(begin), NULL, 0, error);
}

bool db_begin_snapshot(Db *db, GError **error)
{
    return db_execute(db, DB_SQL(begin_snapshot), NULL, 0, error);
}

bool db_commit(Db *db, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(commit), NULL, 0, error);
    if (rows == NULL)
        return false;
    if (strcmp(db_rows_command(rows), "COMMIT") != 0) { /* a failed transaction "commits" as ROLLBACK, no error */
        g_set_error(error, FAULT, FAULT_DATABASE, "could not commit: an earlier query of the transaction failed");
        return false;
    }
    return true;
}

void db_rollback(Db *db)
{
    if (PQstatus(db->connection) == CONNECTION_OK && PQtransactionStatus(db->connection) != PQTRANS_IDLE)
        db_execute(db, DB_SQL(rollback), NULL, 0, NULL);
}

bool db_in_transaction(const Db *db)
{
    return PQtransactionStatus(db->connection) != PQTRANS_IDLE;
}
