/* sink.c - see sink.h. */
#include "lib/sink.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { TABLES = 64 };

struct table {
    str name, columns;
    size_t n;
    sqlite3_stmt *st;
    buf rows; /* as COPY wants them */
};

struct sink {
    struct arena *a;
    sqlite3 *lite;
    PGconn *pg;
    struct table tables[TABLES];
    int ntables;
    int words[2]; /* tables of the words: confidential, public */
    str indexes;  /* statements that make them anew */
};

[[gnu::noreturn]] static void die(const char *what, const char *why)
{
    (void)fprintf(stderr, "seed: %s: %s\n", what, why);
    exit(1);
}

void sink_sql(struct sink *s, const char *sql)
{
    if (s->pg != NULL) {
        PGresult *r = PQexec(s->pg, sql);
        if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK)
            die(sql, PQerrorMessage(s->pg));
        PQclear(r);
    } else if (sqlite3_exec(s->lite, sql, NULL, NULL, NULL) != SQLITE_OK) {
        die(sql, sqlite3_errmsg(s->lite));
    }
}

/* Both engines: one row for each index that is not a constraint's. */
static const char indexes_lite[] =
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
static const char indexes_pg[] = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname ="
                                 " current_schema() AND indexname NOT IN"
                                 " (SELECT conname FROM pg_constraint)";

static void put_index(buf *drop, buf *make, const char *name, const char *sql)
{
    buf_putf(drop, "DROP INDEX %s;", name);
    buf_putf(make, "%s;", sql);
}

/* Indexes are made at the end, by sorting: rows that come one by one would look for their places
 * all over them. */
static void drop_indexes(struct sink *s)
{
    buf drop = {.a = s->a}, make = {.a = s->a};
    if (s->pg != NULL) {
        PGresult *r = PQexec(s->pg, indexes_pg);
        for (int i = 0; i < PQntuples(r); i++)
            put_index(&drop, &make, PQgetvalue(r, i, 0), PQgetvalue(r, i, 1));
        PQclear(r);
    } else {
        sqlite3_stmt *st;
        must(sqlite3_prepare_v2(s->lite, indexes_lite, -1, &st, NULL) == SQLITE_OK);
        while (sqlite3_step(st) == SQLITE_ROW)
            put_index(&drop, &make, (const char *)sqlite3_column_text(st, 0),
                      (const char *)sqlite3_column_text(st, 1));
        (void)sqlite3_finalize(st);
    }
    must(drop.n > 0);
    sink_sql(s, str_to_z(s->a, buf_str(&drop)));
    s->indexes = buf_str(&make);
}

/* The words are kept in memory longer than usual: a hundred thousand small segments would be
 * merged over and over. */
static void open_lite(struct sink *s, const char *path)
{
    int how = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &s->lite, how, NULL) != SQLITE_OK)
        die(path, sqlite3_errmsg(s->lite));
    sink_sql(s, "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA foreign_keys=OFF;"
                "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=20000");
    sink_sql(s, "INSERT INTO found_words (found_words, rank) VALUES ('hashsize', 67108864)");
    sink_sql(s, "INSERT INTO public_words (public_words, rank) VALUES ('hashsize', 67108864)");
    sink_sql(s, "BEGIN");
}

static void open_pg(struct sink *s, const char *url)
{
    s->pg = PQconnectdb(url);
    if (PQstatus(s->pg) != CONNECTION_OK)
        die("the database", PQerrorMessage(s->pg));
    sink_sql(s, "SET session_replication_role = replica; SET synchronous_commit = off;"
                "SET maintenance_work_mem = '512MB'");
}

struct sink *sink_open(struct arena *a, str url)
{
    struct sink *s = NEW(a, struct sink);
    s->a = a;
    if (str_has_prefix(url, S("sqlite:")))
        open_lite(s, str_to_z(a, str_from(url, 7)));
    else
        open_pg(s, str_to_z(a, url));
    drop_indexes(s);
    str first = s->pg ? S("doc") : S("rowid");
    s->words[0] = sink_table(s, S("found_words"), str_join(a, first, S(", words")), 2);
    s->words[1] = sink_table(s, S("public_words"), str_join(a, first, S(", words")), 2);
    return s;
}

bool sink_is_postgres(const struct sink *s)
{
    return s->pg != NULL;
}

int sink_table(struct sink *s, str name, str columns, size_t ncolumns)
{
    must(s->ntables < TABLES);
    struct table *t = &s->tables[s->ntables];
    *t = (struct table){.name = name, .columns = columns, .n = ncolumns, .rows = {.a = s->a}};
    if (s->lite != NULL) {
        buf sql = {.a = s->a};
        buf_putf(&sql, "INSERT INTO %.*s (%.*s) VALUES (?", SV(name), SV(columns));
        for (size_t i = 1; i < ncolumns; i++)
            buf_put(&sql, S(",?"));
        buf_put(&sql, S(")"));
        if (sqlite3_prepare_v2(s->lite, str_to_z(s->a, buf_str(&sql)), -1, &t->st, NULL) !=
            SQLITE_OK)
            die(str_to_z(s->a, name), sqlite3_errmsg(s->lite));
    }
    return s->ntables++;
}

/* --- SQLite ----------------------------------------------------------------------------------- */

static void bind(sqlite3_stmt *st, int at, const struct value_of *v)
{
    int rc = SQLITE_OK;
    switch (v->type) {
    case VALUE_NULL: rc = sqlite3_bind_null(st, at); break;
    case VALUE_I64: rc = sqlite3_bind_int64(st, at, v->n); break;
    case VALUE_TEXT:
        rc = sqlite3_bind_text64(st, at, v->s.p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
        break;
    case VALUE_BLOB: rc = sqlite3_bind_blob64(st, at, v->s.p, v->s.n, SQLITE_STATIC); break;
    }
    must(rc == SQLITE_OK);
}

static void lite_row(struct sink *s, struct table *t, const struct value_of *v)
{
    for (size_t i = 0; i < t->n; i++)
        bind(t->st, (int)i + 1, &v[i]);
    if (sqlite3_step(t->st) != SQLITE_DONE)
        die(str_to_z(s->a, t->name), sqlite3_errmsg(s->lite));
    (void)sqlite3_reset(t->st);
}

/* --- PostgreSQL ------------------------------------------------------------------------------- */

static void copy_text(buf *b, str text)
{
    size_t from = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c != '\\' && c != '\n' && c != '\t' && c != '\r')
            continue;
        buf_put(b, str_sub(text, from, i - from));
        buf_char(b, '\\');
        buf_char(b, c == '\n' ? 'n' : c == '\t' ? 't' : c == '\r' ? 'r' : '\\');
        from = i + 1;
    }
    buf_put(b, str_from(text, from));
}

static void copy_blob(buf *b, str bytes)
{
    static const char hex[] = "0123456789abcdef";
    buf_put(b, S("\\\\x"));
    char *p = buf_room(b, 2 * bytes.n);
    for (size_t i = 0; i < bytes.n; i++) {
        p[2 * i] = hex[(unsigned char)bytes.p[i] >> 4];
        p[2 * i + 1] = hex[(unsigned char)bytes.p[i] & 15];
    }
    b->n += 2 * bytes.n;
}

static void pg_row(struct table *t, const struct value_of *v)
{
    for (size_t i = 0; i < t->n; i++) {
        if (i > 0)
            buf_char(&t->rows, '\t');
        switch (v[i].type) {
        case VALUE_NULL: buf_put(&t->rows, S("\\N")); break;
        case VALUE_I64: buf_putf(&t->rows, "%lld", (long long)v[i].n); break;
        case VALUE_TEXT: copy_text(&t->rows, v[i].s); break;
        case VALUE_BLOB: copy_blob(&t->rows, v[i].s); break;
        }
    }
    buf_char(&t->rows, '\n');
}

static void pg_copy(struct sink *s, struct table *t)
{
    if (t->rows.n == 0)
        return;
    str sql = str_fmt(s->a, "COPY %.*s (%.*s) FROM STDIN", SV(t->name), SV(t->columns));
    PGresult *r = PQexec(s->pg, str_to_z(s->a, sql));
    if (PQresultStatus(r) != PGRES_COPY_IN)
        die(str_to_z(s->a, t->name), PQerrorMessage(s->pg));
    PQclear(r);
    if (PQputCopyData(s->pg, t->rows.p, (int)t->rows.n) != 1 || PQputCopyEnd(s->pg, NULL) != 1)
        die(str_to_z(s->a, t->name), PQerrorMessage(s->pg));
    while ((r = PQgetResult(s->pg)) != NULL) {
        if (PQresultStatus(r) != PGRES_COMMAND_OK)
            die(str_to_z(s->a, t->name), PQerrorMessage(s->pg));
        PQclear(r);
    }
    t->rows.n = 0;
}

/* --- both ------------------------------------------------------------------------------------- */

void sink_row(struct sink *s, int table, const struct value_of *v)
{
    struct table *t = &s->tables[table];
    if (s->lite != NULL)
        lite_row(s, t, v);
    else
        pg_row(t, v);
}

void sink_words(struct sink *s, bool public, i64 doc, str words)
{
    struct value_of v[] = {{VALUE_I64, doc, NO_STR}, {VALUE_TEXT, 0, words}};
    sink_row(s, s->words[public], v);
}

void sink_tops(struct sink *s, i64 doc, i64 public_doc)
{
    if (s->pg == NULL)
        return;
    sink_sql(s, str_to_z(s->a, str_fmt(s->a,
                                       "SELECT setval('found_doc', %lld), setval('public_doc', "
                                       "%lld)",
                                       (long long)doc, (long long)public_doc)));
}

void sink_serials(struct sink *s)
{
    const char *year = s->pg ? "extract(year FROM to_timestamp(published / 1000 + 32400)"
                               " AT TIME ZONE 'UTC')"
                             : "strftime('%Y', published / 1000 + 32400, 'unixepoch')";
    str sql = str_fmt(s->a,
                      "INSERT INTO publication_serial (number, year, serial)"
                      " SELECT number, year, row_number() OVER (PARTITION BY year ORDER BY"
                      " published, number) FROM (SELECT number, published,"
                      " CAST(%s AS INT) AS year FROM publication WHERE lang = 'ja') AS x",
                      year);
    sink_sql(s, "DELETE FROM publication_serial");
    sink_sql(s, str_to_z(s->a, sql));
}

void sink_flush(struct sink *s)
{
    if (s->lite != NULL)
        sink_sql(s, "COMMIT; BEGIN");
    for (int i = 0; s->pg != NULL && i < s->ntables; i++)
        pg_copy(s, &s->tables[i]);
}

void sink_close(struct sink *s)
{
    sink_flush(s);
    if (s->pg != NULL) {
        sink_sql(s, str_to_z(s->a, s->indexes));
        sink_sql(s, "VACUUM ANALYZE");
        sink_sql(s, "CHECKPOINT");
        PQfinish(s->pg);
        return;
    }
    for (int i = 0; i < s->ntables; i++)
        (void)sqlite3_finalize(s->tables[i].st);
    sink_sql(s, "INSERT INTO found_words (found_words, rank) VALUES ('hashsize', 1048576)");
    sink_sql(s, "INSERT INTO public_words (public_words, rank) VALUES ('hashsize', 1048576)");
    sink_sql(s, "COMMIT; PRAGMA temp_store=FILE; BEGIN");
    sink_sql(s, str_to_z(s->a, s->indexes));
    sink_sql(s, "COMMIT; PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)");
    must(sqlite3_close(s->lite) == SQLITE_OK);
}
