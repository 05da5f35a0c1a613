/* sql_test.c - every statement of sql/query/ compiles on both engines, and means the types it says. */
#include "store/things.h"

#include "gen/sql.h"
#include "store/postgres.h"
#include "store/shape.h"

#include <sqlite3.h>

static size_t wrong;

typedef void try_fn(struct arena *a, void *handle, const struct shape *s);

static void try_list(struct arena *a, void *handle, const struct stmt *q, try_fn *try)
{
    uint64_t all = q->nfilters < 64 ? ((uint64_t)1 << q->nfilters) - 1 : UINT64_MAX;
    for (size_t sort = 0; sort < q->nsorts; sort++)
        for (enum form form = FORM_FIRST; form <= FORM_COUNT; form++) {
            try(a, handle, &(struct shape){q, 0, sort, form});
            try(a, handle, &(struct shape){q, all, sort, form});
        }
    for (size_t i = 0; i < q->nfilters; i++)
        try(a, handle, &(struct shape){q, (uint64_t)1 << i, 0, FORM_AFTER});
}

static void try_all(struct arena *a, void *handle, try_fn *try)
{
    wrong = 0;
    CHECK(all_stmt_count > 0);
    for (size_t i = 0; i < all_stmt_count; i++) {
        if (all_stmts[i]->nsorts > 0)
            try_list(a, handle, all_stmts[i], try);
        else
            try(a, handle, &(struct shape){.q = all_stmts[i]});
    }
    CHECK_I64(0, (i64)wrong);
}

static size_t columns_of(const struct shape *s)
{
    return s->form == FORM_COUNT ? 1 : s->q->nout;
}

/* All that is wrong is told before the test fails. */
static void fail_with(const struct shape *s, const char *why)
{
    wrong++;
    (void)printf("%s (filters %llx, sort %zu, form %u): %s\n", s->q->name,
                 (unsigned long long)s->filters, s->sort, s->form, why);
}

static void try_sqlite(struct arena *a, void *h, const struct shape *s)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(h, shape_sql(a, s, false), -1, &st, NULL) != SQLITE_OK) {
        fail_with(s, sqlite3_errmsg(h));
        return;
    }
    size_t columns = (size_t)sqlite3_column_count(st);
    must(sqlite3_finalize(st) == SQLITE_OK);
    if (columns != columns_of(s))
        fail_with(s, "another number of columns than `-- out` says");
}

static void close_sqlite(void *h)
{
    must(sqlite3_close(h) == SQLITE_OK);
}

TEST(every_statement_compiles_on_sqlite)
{
    if (migration_count == 0)
        SKIP("there is no schema");
    sqlite3 *h;
    must(sqlite3_open(str_to_z(a, help_migrated(a, HELP_SQLITE)), &h) == SQLITE_OK);
    arena_defer(a, close_sqlite, h);
    must(sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DML, 0, NULL) == SQLITE_OK);
    try_all(a, h, try_sqlite);
}

/* text, bigint, bytea, and what PostgreSQL makes of constants and conditions */
static bool is_type(enum col_type type, Oid oid)
{
    switch (type) {
    case COL_STR:
    case COL_OPT_STR: return oid == 25 || oid == 1043;
    case COL_I64:
    case COL_OPT_I64: return oid == 20 || oid == 21 || oid == 23;
    case COL_BOOL: return oid == 16 || oid == 20 || oid == 21 || oid == 23;
    case COL_BLOB:
    case COL_OPT_BLOB:
    case COL_SEALED:
    case COL_OPT_SEALED: return oid == 17;
    case COL_STRS: return oid == 1009;
    case COL_I64S: return oid == 1016;
    }
    return false;
}

/* Parameters as db_list() would give them, all absent. */
static struct run run_of(struct arena *a, const struct shape *s)
{
    struct run r = {.shape = *s};
    const struct stmt *q = s->q;
    const void *zero = NEWS(a, char, 64);
    struct arg *args = NEWS(a, struct arg, q->nin + 5);
    for (size_t i = 0; i < q->nin; i++)
        args[r.nargs++] = (struct arg){q->in[i].type, zero};
    for (size_t i = 0; s->form == FORM_AFTER && i < q->sorts[s->sort].nkeys; i++)
        args[r.nargs++] = (struct arg){q->out[q->sorts[s->sort].out[i]].type, zero};
    if (s->form != FORM_PLAIN)
        args[r.nargs++] = (struct arg){COL_I64, zero};
    r.args = args;
    return r;
}

static void clear(void *res)
{
    PQclear(res);
}

/* What PostgreSQL says of the statement, or NULL. */
static const PGresult *describe(struct arena *a, PGconn *h, const char *sql, size_t n,
                                const Oid *types)
{
    PGresult *res = PQprepare(h, "", sql, (int)n, types);
    arena_defer(a, clear, res);
    if (PQresultStatus(res) != PGRES_COMMAND_OK)
        return NULL;
    res = PQdescribePrepared(h, "");
    arena_defer(a, clear, res);
    return PQresultStatus(res) == PGRES_COMMAND_OK ? res : NULL;
}

/* The text without the casts that sqlgen writes behind parameters. */
static const char *without_casts(struct arena *a, const char *sql, bool *used, size_t n)
{
    buf b = {.a = a};
    for (const char *p = sql; *p != '\0'; p++) {
        size_t number = 0;
        buf_char(&b, *p);
        if (*p != '$')
            continue;
        for (; p[1] >= '0' && p[1] <= '9'; buf_char(&b, *++p))
            number = number * 10 + (size_t)(p[1] - '0');
        must(number >= 1 && number <= n);
        used[number - 1] = true;
        if (p[1] == ':' && p[2] == ':')
            p += 2 + strspn(p + 3, "abcdefghijklmnopqrstuvwxyz[]");
    }
    return str_to_z(a, buf_str(&b));
}

/* The types that PostgreSQL finds by itself, where it finds any. */
static void check_inferred(struct arena *a, PGconn *h, const struct run *r, const char *sql)
{
    bool *used = NEWS(a, bool, r->nargs + 1);
    struct wire w = wire_args(a, r);
    const char *bare = without_casts(a, sql, used, r->nargs);
    for (size_t i = 0; i < r->nargs; i++)
        if (used[i])
            w.types[i] = 0;
    const PGresult *res = describe(a, h, bare, r->nargs, w.types);
    for (size_t i = 0; res != NULL && i < r->nargs; i++)
        if (!is_type(r->args[i].type, PQparamtype(res, (int)i)))
            fail_with(&r->shape, str_to_z(a, str_fmt(a, "parameter %zu is of another type (%u)",
                                                     i + 1, PQparamtype(res, (int)i))));
}

static void try_postgres(struct arena *a, void *h, const struct shape *s)
{
    static const struct col count = {COL_I64, 0};
    const struct col *out = s->form == FORM_COUNT ? &count : s->q->out;
    const char *sql = shape_sql(a, s, true);
    struct run r = run_of(a, s);
    const PGresult *res = describe(a, h, sql, r.nargs, wire_args(a, &r).types);
    if (res == NULL || (size_t)PQnfields(res) != columns_of(s)) {
        fail_with(s, res ? "another number of columns than `-- out` says" : PQerrorMessage(h));
        return;
    }
    for (int i = 0; i < PQnfields(res); i++)
        if (!is_type(out[i].type, PQftype(res, i)))
            fail_with(s, PQfname(res, i));
    check_inferred(a, h, &r, sql);
}

static void close_postgres(void *h)
{
    PQfinish(h);
}

TEST(every_statement_compiles_on_postgresql)
{
    if (!help_has(HELP_POSTGRESQL))
        SKIP("PostgreSQL 15 is not installed");
    if (migration_count == 0)
        SKIP("there is no schema");
    PGconn *h = PQconnectdb(str_to_z(a, help_migrated(a, HELP_POSTGRESQL)));
    arena_defer(a, close_postgres, h);
    must(PQstatus(h) == CONNECTION_OK);
    try_all(a, h, try_postgres);
}
