/* Migrations: see migrate.h. */
#include "sql/migrate.h"

#include "config/fault.h"
#include "config/log.h"
#include "sql/db_query.h"

#include <string.h>

/* "migrat" in ASCII: the number of the lock, and nothing else's. */
#define LOCK_NUMBER INT64_C(0x6d6967726174)

static char *digest(const TextMigration *migration)
{
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, migration->sql, -1);
}

static bool state(Db *db, bool *schema, bool *table, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(migration_state), NULL, 0, error);
    if (rows == NULL)
        return false;
    *schema = db_rows_bool(rows, 0, 0);
    *table = db_rows_bool(rows, 0, 1);
    return true;
}

/* *applied: how many of text_migrations the database has; they must be its first ones, unchanged, and all it has. */
static bool compare(Db *db, int *applied, GError **error)
{
    g_autoptr(DbRows) rows = db_query(db, DB_SQL(migration_list), NULL, 0, error);
    if (rows == NULL)
        return false;
    for (int32_t row = 0; row < db_rows_count(rows); row++) {
        const TextMigration *migration = &text_migrations[row];
        int32_t version = db_rows_int4(rows, row, 0);
        if (migration->version == 0) {
            g_set_error(error, FAULT, FAULT_DATABASE,
                        "too new a database: it has migration '%s', unknown to prisme %s; install a newer prisme",
                        db_rows_text(rows, row, 1), PRISME_VERSION);
            return false;
        }
        g_autofree char *expected = digest(migration);
        if (version != migration->version || strcmp(db_rows_text(rows, row, 2), expected) != 0) {
            g_set_error(error, FAULT, FAULT_DATABASE,
                        "foreign database: its migration '%s' is not the '%s' of prisme %s; it was made by another "
                        "edition of prisme",
                        db_rows_text(rows, row, 1), migration->name, PRISME_VERSION);
            return false;
        }
    }
    *applied = db_rows_count(rows);
    return true;
}

static bool lock(Db *db, GError **error)
{
    return db_execute(db, DB_SQL(migration_lock), DB_VALUES(db_int8(LOCK_NUMBER)), error);
}

/* Inside a transaction, the lock held: makes what the list of migrations needs. */
static bool prepare(Db *db, GError **error)
{
    bool schema, table;
    return state(db, &schema, &table, error) && (schema || db_execute(db, DB_SQL(migration_schema), NULL, 0, error)) &&
           (table || db_execute(db, DB_SQL(migration_table), NULL, 0, error));
}

/* Applies the first migration the database lacks; *done when it lacks none. */
static bool step(Db *db, bool *done, GError **error)
{
    int applied;
    if (!db_begin(db, error))
        return false;
    bool ok = lock(db, error) && prepare(db, error) && compare(db, &applied, error);
    const TextMigration *migration = ok ? &text_migrations[applied] : NULL;
    *done = ok && migration->version == 0;
    if (ok && !*done) {
        g_autofree char *sha256 = digest(migration);
        ok = db_script(db, migration->name, migration->sql, error) &&
             db_execute(db, DB_SQL(migration_insert),
                        DB_VALUES(db_int4(migration->version), db_text(migration->name), db_text(sha256)), error);
    }
    if (ok && db_commit(db, error)) {
        if (!*done)
            log_info("database: applied migration '%s'", migration->name);
        return true;
    }
    db_rollback(db);
    g_prefix_error(error, "could not bring schema 'prisme' up to date: ");
    return false;
}

bool migrate_run(Db *db, GError **error)
{
    bool schema, table;
    int applied = 0;
    if (!state(db, &schema, &table, error) || (table && !compare(db, &applied, error)))
        return false;
    bool done = table && text_migrations[applied].version == 0;
    while (!done)
        if (!step(db, &done, error))
            return false;
    return true;
}
