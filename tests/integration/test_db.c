/* Connections, queries, migrations and the lock, on a real server. */
#include "config/calendar.h"
#include "config/fault.h"
#include "sql/db_copy.h"
#include "sql/migrate.h"
#include "sql/store_campaign.h"
#include "tests/lib/region.h"
#include "tests/lib/testdb.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static Db *open_by(const char *connexion, GError **error)
{
    const Settings settings = {.connexion = (char *)(uintptr_t)connexion, .dossier = testdb_settings()->dossier};
    return db_open(&settings, error);
}

static char *uri(const char *user, const char *base)
{
    g_autofree char *host = g_uri_escape_string(testdb_settings()->dossier, NULL, FALSE);
    return g_strdup_printf("postgresql:///%s?host=%s&user=%s", base, host, user);
}

static void assert_fault(GError **error, Fault code, const char *words)
{
    g_assert_error(*error, FAULT, (int)code);
    if (strstr((*error)->message, words) == NULL)
        g_error("'%s' does not say '%s'", (*error)->message, words);
    g_clear_error(error);
}

/* ---- values ---- */

static void test_values(void)
{
    g_autoptr(Db) db = testdb_open();
    g_autoptr(GError) error = NULL;
    g_autoptr(DbRows) rows =
        db_query(db, "test",
                 "select $1::bool, $2::int4, $3::int8, 0.1::float8, $4::text, $5::date, null::int4, $6::text, $7::date",
                 DB_VALUES(db_bool(true), db_int4(G_MININT32), db_int8(G_MAXINT64), db_text("é'\"\\"),
                           db_date(CALENDAR_LAST), db_text(NULL), db_date(-1)),
                 &error);
    g_assert_no_error(error);
    g_assert_true(db_rows_bool(rows, 0, 0));
    g_assert_cmpint(db_rows_int4(rows, 0, 1), ==, G_MININT32);
    g_assert_cmpint(db_rows_int8(rows, 0, 2), ==, G_MAXINT64);
    g_assert_true(db_rows_float8(rows, 0, 3) == 0.1);
    g_assert_cmpstr(db_rows_text(rows, 0, 4), ==, "é'\"\\");
    g_assert_cmpint(db_rows_date(rows, 0, 5), ==, CALENDAR_LAST);
    g_assert_cmpint(db_rows_int4_or(rows, 0, 6, 7), ==, 7);
    for (int column = 6; column < 9; column++)
        g_assert_true(db_rows_is_null(rows, 0, column));
    g_assert_cmpstr(db_rows_text(rows, 0, 7), ==, "");
    g_assert_cmpint(db_rows_date(rows, 0, 8), ==, -1);
}

/* The server's dates and ours are the same days. */
static void test_days(void)
{
    g_autoptr(Db) db = testdb_open();
    int32_t day = calendar_day(2024, 2, 29);
    g_autoptr(DbRows) rows = db_query(db, "test", "select to_char($1::date, 'YYYY-MM-DD'), date '2024-02-29'",
                                      DB_VALUES(db_date(day)), NULL);
    g_assert_cmpstr(db_rows_text(rows, 0, 0), ==, "2024-02-29");
    g_assert_cmpint(db_rows_date(rows, 0, 1), ==, day);
}

/* Arrays of n elements: texts go out by COPY and come back, days come. */
static void test_arrays(void)
{
    g_autoptr(Db) db = testdb_open();
    g_autoptr(GError) error = NULL;
    const int32_t days[] = {CALENDAR_FIRST, CALENDAR_LAST, 740000};
    const char *const texts[] = {"a,b", "", "{\"é\"}"};
    testdb_execute(db, "create temporary table t (n int4, texts text[])");
    DbCopy *copy = db_copy_begin(db, "test", "copy t from stdin (format binary)", 2, &error);
    g_assert_no_error(error);
    for (int32_t n = 0; n <= 3; n++) {
        db_copy_row(copy);
        db_copy_int4(copy, n);
        db_copy_texts(copy, texts, n);
    }
    g_assert_true(db_copy_end(copy, &error));
    g_autoptr(DbRows) rows = db_query(db, "test", "select texts, (array[$1, $2, $3]::date[])[:n] from t order by n",
                                      DB_VALUES(db_date(days[0]), db_date(days[1]), db_date(days[2])), &error);
    g_assert_no_error(error);
    for (int32_t n = 0; n <= 3; n++) {
        g_autoptr(GPtrArray) back_texts = db_rows_texts(rows, n, 0);
        g_autoptr(GArray) back_days = db_rows_dates(rows, n, 1);
        g_assert_cmpuint(back_texts->len, ==, (guint)n);
        g_assert_cmpuint(back_days->len, ==, (guint)n);
        for (guint i = 0; i < back_texts->len; i++)
            g_assert_cmpstr(back_texts->pdata[i], ==, texts[i]);
        for (guint i = 0; i < back_days->len; i++)
            g_assert_cmpint(g_array_index(back_days, int32_t, i), ==, days[i]);
    }
}

/* ---- faults ---- */

static void test_query_faults(void)
{
    static const struct {
        const char *sql, *words;
    } cases[] = {{"select 1/0", "22012"},
                 {"select nothing from nowhere", "42P01"},
                 {"this is not sql", "42601"},
                 {"insert into prisme.campagne (code) values ('')", "23514"},
                 {"select pg_terminate_backend(pg_backend_pid())", "test"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Db) db = testdb_open();
        g_autoptr(GError) error = NULL;
        g_assert_null(db_query(db, "test", cases[i].sql, NULL, 0, &error));
        g_assert_null(strchr(error->message, '\n'));
        assert_fault(&error, FAULT_DATABASE, cases[i].words);
    }
}

static void test_failed_transaction(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    g_autoptr(GError) error = NULL;
    g_assert_true(db_begin(db, &error));
    testdb_execute(db, "insert into prisme.campagne (code) values ('A')");
    g_assert_false(db_execute(db, "test", "select 1/0", NULL, 0, NULL));
    g_assert_false(db_commit(db, &error));
    assert_fault(&error, FAULT_DATABASE, "could not commit");
    g_assert_false(db_in_transaction(db));
    g_assert_cmpint(testdb_number(db, "select count(*) from prisme.campagne"), ==, 0);
}

static void test_copy_faults(void)
{
    g_autoptr(Db) db = testdb_open();
    g_autoptr(GError) error = NULL;
    testdb_execute(db, "create temporary table t (n int4 check (n > 0))");
    g_assert_null(db_copy_begin(db, "test", "copy nowhere from stdin (format binary)", 1, &error));
    assert_fault(&error, FAULT_DATABASE, "42P01");
    for (int bad = 0; bad < 2; bad++) {
        DbCopy *copy = db_copy_begin(db, "test", "copy t from stdin (format binary)", 1, &error);
        for (int32_t i = 0; i < 200000; i++) {
            db_copy_row(copy);
            if (i == 1000 && bad == 1)
                db_copy_int8(copy, 1); /* 8 bytes for an int4 */
            else
                db_copy_int4(copy, i == 1000 ? 0 : 1);
        }
        g_assert_false(db_copy_end(copy, &error));
        assert_fault(&error, FAULT_DATABASE, bad == 1 ? "22P03" : "23514");
        g_assert_cmpint(testdb_number(db, "select count(*) from t"), ==, 0); /* the connection still works */
    }
}

/* ---- connecting ---- */

static void test_wrong_connections(void)
{
    static const struct {
        const char *connexion, *words;
    } cases[] = {{"postgresql//u:geheim@host/base", "wrong connection string"},
                 {"nonsense", "wrong connection string"},
                 {"postgresql://u:geheim@host/base?nothing=geheim", "wrong connection string"},
                 {"host=/nonexistent password=geheim dbname=x", "/nonexistent"},
                 {"postgresql://u:geheim@127.0.0.1:1/base?connect_timeout=2", "127.0.0.1"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(open_by(cases[i].connexion, &error));
        g_assert_null(strstr(error->message, "geheim"));
        g_assert_null(strchr(error->message, '\n'));
        assert_fault(&error, FAULT_DATABASE, cases[i].words);
    }
}

/* PGHOST chooses a server, before the embedded one. */
static void test_environment(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Db) embedded = testdb_open();
    g_setenv("PGHOST", "/nonexistent", TRUE);
    g_assert_null(open_by("", &error));
    assert_fault(&error, FAULT_DATABASE, "/nonexistent");
    g_autofree char *connexion = uri("prisme", "prisme"); /* and the settings before both */
    g_autoptr(Db) configured = open_by(connexion, &error);
    g_assert_no_error(error);
    g_unsetenv("PGHOST");
    g_assert_cmpint(testdb_number(configured, "select count(*) from prisme.migration"), >=, 1);
}

/* Lets this program's user in as another role of the cluster. */
static void admit(Db *db, const char *role)
{
    g_autofree char *path = g_build_filename(testdb_settings()->dossier, "data", "pg_ident.conf", NULL);
    g_autofree char *line = g_strdup_printf("prisme %s %s\n", g_get_user_name(), role);
    FILE *file = fopen(path, "a");
    g_assert_nonnull(file);
    fputs(line, file);
    fclose(file);
    testdb_execute(db, "select pg_reload_conf()");
    g_usleep(300000);
}

/* An ordinary role in a database of its own is enough: nothing prisme does needs a superuser. */
static void test_ordinary_role(void)
{
    g_autoptr(Db) owner = testdb_open();
    g_autoptr(GError) error = NULL;
    testdb_execute(owner, "create role simple login");
    testdb_execute(owner, "create database simple owner simple");
    admit(owner, "simple");
    g_autofree char *connexion = uri("simple", "simple");
    g_autoptr(Db) db = open_by(connexion, &error);
    g_assert_no_error(error);
    g_assert_cmpint(testdb_number(db, "select usesuper::int4::int8 from pg_user where usename = current_user"), ==, 0);
    g_assert_true(db_lock(db, &error));
    g_autoptr(Model) model = region_tiny(1);
    int32_t numero;
    bool unchanged;
    g_assert_true(store_campaign_save(db, model, NULL, 0, &numero, &unchanged, &error));
    g_autoptr(Model) back = store_campaign_load(db, model->campagne.code, 0, &error);
    g_assert_no_error(error);
    g_assert_nonnull(back);
}

static void test_no_rights(void)
{
    g_autoptr(Db) owner = testdb_open();
    g_autoptr(GError) error = NULL;
    testdb_execute(owner, "create role nobody login");
    testdb_execute(owner, "create database others");
    testdb_execute(owner, "create database latin encoding 'LATIN1' locale 'C' template template0");
    admit(owner, "nobody");
    g_autofree char *others = uri("nobody", "others");
    g_assert_null(open_by(others, &error));
    assert_fault(&error, FAULT_DATABASE, "42501");
    g_autofree char *latin = uri("nobody", "latin");
    g_assert_null(open_by(latin, &error));
    assert_fault(&error, FAULT_DATABASE, "LATIN1");
}

/* A table of the same name in the caller's temporary or public schema is never taken for ours. */
static void test_search_path(void)
{
    g_autoptr(Db) db = testdb_open_empty();
    testdb_execute(db, "create temporary table campagne (id int)");
    g_assert_cmpint(testdb_number(db, "select count(*) from pg_catalog.pg_class where oid = 'campagne'::regclass and "
                                      "relnamespace = 'prisme'::regnamespace"),
                    ==, 1);
}

/* ---- the lock ---- */

static void test_lock(void)
{
    g_autoptr(Db) first = testdb_open();
    g_autoptr(Db) second = testdb_open();
    g_autoptr(GError) error = NULL;
    g_assert_true(db_lock(first, &error));
    g_assert_false(db_lock(second, &error));
    assert_fault(&error, FAULT_LOCKED, "another run");
    db_free(g_steal_pointer(&first));
    g_assert_true(db_lock(second, &error));
}

/* ---- migrations ---- */

static void test_migrations(void)
{
    g_autoptr(Db) db = testdb_open();
    g_autoptr(GError) error = NULL;
    int64_t n = testdb_number(db, "select count(*) from prisme.migration");
    int64_t expected = 0;
    while (text_migrations[expected].version != 0)
        expected++;
    g_assert_cmpint(n, ==, expected);
    for (int64_t i = 0; i < expected; i++)
        g_assert_cmpint(text_migrations[i].version, ==, i + 1);
    g_assert_true(migrate_run(db, &error));
    g_assert_cmpint(testdb_number(db, "select count(*) from prisme.migration"), ==, n);
}

/* A database that another program made is refused, and left as it is. */
static void test_foreign_migrations(void)
{
    static const struct {
        const char *change, *back, *words;
    } cases[] = {
        {"insert into prisme.migration values (9999, '9999_future', repeat('0', 64))",
         "delete from prisme.migration where version = 9999", "newer"},
        {"update prisme.migration set sha256 = repeat('0', 64) where version = 1", NULL, "another edition"},
    };
    g_autoptr(Db) db = testdb_open();
    g_autoptr(DbRows) first =
        db_query(db, "test", "select sha256 from prisme.migration where version = 1", NULL, 0, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        testdb_execute(db, cases[i].change);
        g_assert_null(db_open(testdb_settings(), &error));
        assert_fault(&error, FAULT_DATABASE, cases[i].words);
        if (cases[i].back != NULL)
            testdb_execute(db, cases[i].back);
        else
            g_assert_true(db_execute(db, "test", "update prisme.migration set sha256 = $1 where version = 1",
                                     DB_VALUES(db_text(db_rows_text(first, 0, 0))), NULL));
    }
    g_autoptr(Db) again = testdb_open();
}

/* From nothing, in a database of its own, by several programs at once. */
static void test_migrations_at_once(void)
{
    g_autoptr(Db) db = testdb_open();
    testdb_execute(db, "create database concurrente");
    g_autofree char *connexion = uri("prisme", "concurrente");
    pid_t children[5];
    for (size_t i = 0; i < G_N_ELEMENTS(children); i++) {
        children[i] = fork();
        g_assert_cmpint(children[i], >=, 0);
        if (children[i] == 0)
            _exit(open_by(connexion, NULL) != NULL ? 0 : 1);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(children); i++) {
        int status;
        g_assert_cmpint(waitpid(children[i], &status, 0), ==, children[i]);
        g_assert_cmpint(status, ==, 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/db/values of every type go and come back", test_values);
    g_test_add_func("/db/days are the server's days", test_days);
    g_test_add_func("/db/arrays go and come back", test_arrays);
    g_test_add_func("/db/a failed query says why in one line", test_query_faults);
    g_test_add_func("/db/a failed transaction does not commit", test_failed_transaction);
    g_test_add_func("/db/a refused copy leaves nothing and a working connection", test_copy_faults);
    g_test_add_func("/db/a wrong connection never tells its password", test_wrong_connections);
    g_test_add_func("/db/settings, then PGHOST, then the embedded cluster", test_environment);
    g_test_add_func("/db/an ordinary role is enough", test_ordinary_role);
    g_test_add_func("/db/missing rights and encodings are told", test_no_rights);
    g_test_add_func("/db/no other schema is searched", test_search_path);
    g_test_add_func("/db/the lock has one holder", test_lock);
    g_test_add_func("/migrations/each is applied once, in order", test_migrations);
    g_test_add_func("/migrations/a foreign database is refused", test_foreign_migrations);
    g_test_add_func("/migrations/several programs at once agree", test_migrations_at_once);
    return g_test_run();
}
