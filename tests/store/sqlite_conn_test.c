/* sqlite_conn_test.c - how connections are set, as SQLite itself reports it. */
#include "store/things.h"

#include "store/sqlite.h"

static str ask(struct arena *a, sqlite3 *h, const char *sql)
{
    sqlite3_stmt *st;
    must(sqlite3_prepare_v2(h, sql, -1, &st, NULL) == SQLITE_OK);
    must(sqlite3_step(st) == SQLITE_ROW);
    str out = str_copy(a, str_z((const char *)sqlite3_column_text(st, 0)));
    must(sqlite3_finalize(st) == SQLITE_OK);
    return out;
}

static bool is_on(sqlite3 *h, int option)
{
    int on = -1;
    must(sqlite3_db_config(h, option, -1, &on) == SQLITE_OK);
    return on == 1;
}

static struct conn *connect_to(struct arena *a, str url, bool writes, bool unsafe)
{
    struct fault f = {0};
    struct store *s = NEW(a, struct store);
    struct conn *c = sqlite_make(a);
    *s = (struct store){.url = str_to_z(a, url), .busy_ms = 100, .unsafe = unsafe};
    c->s = s;
    c->writes = writes;
    CHECK_ERR(OK, sqlite_connect(c, &f));
    return c;
}

TEST(a_writer_is_durable_and_strict)
{
    struct conn *c = connect_to(a, help_database(a, HELP_SQLITE), true, false);
    sqlite3 *h = lite_of(c)->h;
    CHECK_STR(S("wal"), ask(a, h, "PRAGMA journal_mode"));
    CHECK_STR(S("2"), ask(a, h, "PRAGMA synchronous"));
    CHECK_STR(S("1"), ask(a, h, "PRAGMA foreign_keys"));
    CHECK_STR(S("1"), ask(a, h, "PRAGMA cell_size_check"));
    CHECK_STR(S("0"), ask(a, h, "PRAGMA trusted_schema"));
    CHECK_STR(S("0"), ask(a, h, "PRAGMA query_only"));
    CHECK_STR(S("2"), ask(a, h, "PRAGMA temp_store"));
    CHECK_STR(S("-5000"), ask(a, h, "PRAGMA cache_size"));
    CHECK(!is_on(h, SQLITE_DBCONFIG_DQS_DML) && !is_on(h, SQLITE_DBCONFIG_DQS_DDL));
    CHECK(is_on(h, SQLITE_DBCONFIG_DEFENSIVE));
    CHECK(!is_on(h, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION));
    sqlite_disconnect(c);
}

TEST(a_reader_only_reads)
{
    struct conn *c = connect_to(a, help_database(a, HELP_SQLITE), false, false);
    CHECK_STR(S("1"), ask(a, lite_of(c)->h, "PRAGMA query_only"));
    sqlite_disconnect(c);
}

TEST(only_an_unsafe_store_does_without_fsync)
{
    struct conn *c = connect_to(a, help_database(a, HELP_SQLITE), true, true);
    CHECK_STR(S("0"), ask(a, lite_of(c)->h, "PRAGMA synchronous"));
    sqlite_disconnect(c);
}
