/* saved_rows.c - see saved_rows.h. */
#include "help/saved_rows.h"

#include "base/vec.h"

#include <libpq-fe.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

struct table {
    str name, before, rows; /* rows: as COPY writes them; absent: it did not change */
};

struct saved_rows {
    struct arena *keep;
    sqlite3 *file; /* of SQLite: all of it, in memory */
    VEC(struct table)
    str sequences; /* a statement that sets them */
};

static bool is_postgres(str url)
{
    return str_has_prefix(url, S("postgresql:"));
}

/* --- SQLite: page by page ----------------------------------------------------------------------- */

static sqlite3 *sqlite_at(const char *path)
{
    sqlite3 *h;
    must(sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) == SQLITE_OK);
    must(sqlite3_busy_timeout(h, 5000) == SQLITE_OK);
    must(sqlite3_exec(h, "PRAGMA synchronous = off", NULL, NULL, NULL) == SQLITE_OK);
    return h;
}

static void sqlite_copy(sqlite3 *to, sqlite3 *from)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    must(b != NULL && sqlite3_backup_step(b, -1) == SQLITE_DONE);
    must(sqlite3_backup_finish(b) == SQLITE_OK);
}

/* But for the header's journal mode, counts of changes and last writer. */
static str sqlite_digest(struct arena *a, str url)
{
    sqlite3 *h = sqlite_at(str_to_z(a, url));
    sqlite3_int64 n;
    unsigned char *p = sqlite3_serialize(h, "main", &n, 0), hash[16];
    must(p != NULL && n > 100);
    memset(p + 18, 0, 2);
    memset(p + 24, 0, 4);
    memset(p + 40, 0, 4);
    memset(p + 92, 0, 8);
    (void)crypto_generichash(hash, sizeof hash, p, (unsigned long long)n, NULL, 0);
    sqlite3_free(p);
    must(sqlite3_close(h) == SQLITE_OK);
    return str_copy(a, (str){(const char *)hash, sizeof hash});
}

static void sqlite_end(struct saved_rows *s, str url)
{
    sqlite3 *h = sqlite_at(str_to_z(s->keep, url));
    s->file = sqlite_at(":memory:");
    sqlite_copy(s->file, h);
    must(sqlite3_close(h) == SQLITE_OK);
}

/* --- PostgreSQL: table by table ----------------------------------------------------------------- */

#define DIGESTS                                                                                    \
    "SELECT relname AS name, md5(query_to_xml(format('SELECT * FROM %I t ORDER BY t::text', "      \
    "relname), false, true, '')::text) AS rows FROM pg_class WHERE relkind = 'r' AND "             \
    "relnamespace = 'public'::regnamespace"

static PGresult *ask(PGconn *h, const char *sql, ExecStatusType want)
{
    PGresult *res = PQexec(h, sql);
    if (PQresultStatus(res) != want)
        (void)fprintf(stderr, "%s: %s", sql, PQerrorMessage(h));
    must(PQresultStatus(res) == want);
    return res;
}

static void order(PGconn *h, const char *sql)
{
    PQclear(ask(h, sql, PGRES_COMMAND_OK));
}

static PGconn *postgres_at(struct arena *a, str url)
{
    PGconn *h = PQconnectdb(str_to_z(a, url));
    must(PQstatus(h) == CONNECTION_OK);
    return h;
}

static str copied(struct arena *a, const PGresult *res, int row, int column)
{
    return str_copy(a, str_z(PQgetvalue(res, row, column)));
}

static str postgres_digest(struct arena *a, str url)
{
    PGconn *h = postgres_at(a, url);
    PGresult *res =
        ask(h, "SELECT string_agg(rows, '' ORDER BY name) FROM (" DIGESTS ") x", PGRES_TUPLES_OK);
    str out = copied(a, res, 0, 0);
    PQclear(res);
    PQfinish(h);
    return out;
}

static void postgres_begin(struct saved_rows *s, str url)
{
    PGconn *h = postgres_at(s->keep, url);
    PGresult *res = ask(h, DIGESTS " ORDER BY relname", PGRES_TUPLES_OK);
    for (int i = 0; i < PQntuples(res); i++)
        *PUSH(s->keep, s) = (struct table){.name = copied(s->keep, res, i, 0),
                                           .before = copied(s->keep, res, i, 1)};
    PQclear(res);
    PQfinish(h);
}

static str rows_of(struct arena *a, PGconn *h, str table)
{
    buf b = {.a = a};
    char *line;
    PQclear(ask(h, str_to_z(a, str_fmt(a, "COPY %.*s TO STDOUT", SV(table))), PGRES_COPY_OUT));
    for (int n; (n = PQgetCopyData(h, &line, 0)) > 0; PQfreemem(line))
        buf_put(&b, (str){line, (size_t)n});
    PGresult *res = PQgetResult(h);
    must(PQresultStatus(res) == PGRES_COMMAND_OK);
    PQclear(res);
    must(PQgetResult(h) == NULL);
    return b.n > 0 ? buf_str(&b) : S("");
}

static void postgres_end(struct saved_rows *s, str url)
{
    PGconn *h = postgres_at(s->keep, url);
    PGresult *res = ask(h, DIGESTS " ORDER BY relname", PGRES_TUPLES_OK);
    must((size_t)PQntuples(res) == s->n);
    for (size_t i = 0; i < s->n; i++)
        if (!str_eq(s->v[i].before, str_z(PQgetvalue(res, (int)i, 1))))
            s->v[i].rows = rows_of(s->keep, h, s->v[i].name);
    PQclear(res);
    res = ask(
        h,
        "SELECT 'SELECT ' || string_agg(format('setval(%L, %s)', sequencename, last_value), ', ') "
        "FROM pg_sequences WHERE last_value IS NOT NULL",
        PGRES_TUPLES_OK);
    s->sequences = PQgetisnull(res, 0, 0) ? S("SELECT 1") : copied(s->keep, res, 0, 0);
    PQclear(res);
    PQfinish(h);
}

static void put_table(struct arena *a, PGconn *h, const struct table *t)
{
    order(h, str_to_z(a, str_fmt(a, "DELETE FROM %.*s", SV(t->name))));
    PQclear(ask(h, str_to_z(a, str_fmt(a, "COPY %.*s FROM STDIN", SV(t->name))), PGRES_COPY_IN));
    must(PQputCopyData(h, t->rows.p, (int)t->rows.n) == 1 && PQputCopyEnd(h, NULL) == 1);
    for (PGresult *res; (res = PQgetResult(h)) != NULL; PQclear(res))
        must(PQresultStatus(res) == PGRES_COMMAND_OK);
}

static void postgres_put(struct arena *a, const struct saved_rows *s, str url)
{
    PGconn *h = postgres_at(a, url);
    order(h, "SET session_replication_role = replica"); /* no triggers, no foreign keys */
    order(h, "BEGIN");
    for (size_t i = 0; i < s->n; i++)
        if (s->v[i].rows.p != NULL)
            put_table(a, h, &s->v[i]);
    PQclear(ask(h, str_to_z(a, s->sequences), PGRES_TUPLES_OK));
    order(h, "COMMIT");
    PQfinish(h);
}

/* --- either ------------------------------------------------------------------------------------- */

str saved_rows_digest(struct arena *a, str url)
{
    return is_postgres(url) ? postgres_digest(a, url) : sqlite_digest(a, url);
}

struct saved_rows *saved_rows_begin(struct arena *keep, str url)
{
    struct saved_rows *s = NEW(keep, struct saved_rows);
    s->keep = keep;
    if (is_postgres(url))
        postgres_begin(s, url);
    return s;
}

void saved_rows_end(struct saved_rows *s, str url)
{
    if (is_postgres(url))
        postgres_end(s, url);
    else
        sqlite_end(s, url);
}

void saved_rows_put(const struct saved_rows *s, str url)
{
    struct arena *a = arena_new();
    if (is_postgres(url)) {
        postgres_put(a, s, url);
    } else {
        sqlite3 *h = sqlite_at(str_to_z(a, url));
        sqlite_copy(h, s->file);
        must(sqlite3_close(h) == SQLITE_OK);
    }
    arena_free(a);
}
