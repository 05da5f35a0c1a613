/* good.c - SQLite takes every text that was made of good.sql, and of the schema. */
#include "gen/schema.h"
#include "gen/sql.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static int bad;

static void prepare(sqlite3 *db, const char *name, int nparams, const char *sql)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK ||
        sqlite3_bind_parameter_count(s) > nparams) {
        fprintf(stderr, "%s: %s: %s\n", name, sqlite3_errmsg(db), sql);
        bad++;
    }
    sqlite3_finalize(s);
}

/* As db_list() puts it together, with all filters. */
static void prepare_list(sqlite3 *db, const struct stmt *q, const char *base, size_t sort)
{
    char sql[4096], *end = sql;
    end += sprintf(end, "%s", base);
    for (size_t i = 0; i < q->nfilters; i++)
        end += sprintf(end, " AND (%s)", q->filters[i].sqlite);
    end += sprintf(end, " %s ORDER BY ", q->sqlite_tail);
    for (size_t i = 0; i < q->sorts[sort].nkeys; i++)
        end += sprintf(end, "%s%s", i > 0 ? ", " : "", q->sorts[sort].key[i]);
    prepare(db, q->name, (int)q->nin, sql);
}

static void strict(sqlite3 *db)
{
    sqlite3_stmt *s = NULL;
    int n = 0;
    sqlite3_prepare_v2(db,
                       "SELECT name, strict FROM pragma_table_list WHERE name IN ('thing', 'pair')",
                       -1, &s, NULL);
    for (; sqlite3_step(s) == SQLITE_ROW; n++)
        bad += sqlite3_column_int(s, 1) != 1;
    bad += n != 2;
    sqlite3_finalize(s);
}

/* The macros compile with the right types; those that must not are the NAME.bad.c beside this. */
enum err use(struct db *db);
enum err use(struct db *db)
{
    struct q_thing_get one = {0};
    struct q_thing_some *some;
    struct q_thing_list *things;
    struct list_page page = {.sort = SORT_thing_list_title, .limit = 3};
    size_t n;
    i64 count;
    TRY(q_thing_get(db, &one, .id = S("x")));
    TRY(q_thing_clear(db));
    TRY(q_thing_add(db, .id = S("x"), .at = one.at, .gone = SOME(3), .secret = {S("")},
                    .public = true));
    TRY(q_thing_rename(db, .id = one.id, .title = one.note));
    TRY(q_thing_some(db, &some, &n, .ids = {&one.id, 1}));
    TRY(q_thing_list(db, &page, &things, &n, .least = 3, .open = true));
    struct q_pair_list *pairs;
    TRY(q_pair_list(db, &page, &pairs, &n));
    TRY(q_pair_list(db, &page, &pairs, &n, .a = S("x"), .b = {NULL, 0}));
    return q_thing_list_count(db, &count, .least = 3);
}

enum err db_one(struct db *db, const struct stmt *q, const void *in, void *row)
{
    (void)db, (void)q, (void)in, (void)row;
    return OK;
}
enum err db_many(struct db *db, const struct stmt *q, const void *in, void **rows, size_t *n)
{
    (void)db, (void)q, (void)in, (void)rows, (void)n;
    return OK;
}
enum err db_exec(struct db *db, const struct stmt *q, const void *in)
{
    (void)db, (void)q, (void)in;
    return OK;
}
enum err db_exec1(struct db *db, const struct stmt *q, const void *in)
{
    (void)db, (void)q, (void)in;
    return OK;
}
enum err db_list(struct db *db, const struct stmt *q, const void *in, struct list_page *page,
                 void **rows, size_t *n)
{
    (void)db, (void)q, (void)in, (void)page, (void)rows, (void)n;
    return OK;
}
enum err db_list_count(struct db *db, const struct stmt *q, const void *in, i64 *out)
{
    (void)db, (void)q, (void)in, (void)out;
    return OK;
}

int main(void)
{
    sqlite3 *db = NULL;
    bad += sqlite3_open(":memory:", &db) != SQLITE_OK;
    for (size_t i = 0; i < migration_count; i++) {
        if (sqlite3_exec(db, migrations[i].sqlite, NULL, NULL, NULL) == SQLITE_OK)
            continue;
        fprintf(stderr, "%s: %s\n", migrations[i].name, sqlite3_errmsg(db));
        bad++;
    }
    strict(db);
    for (size_t i = 0; i < all_stmt_count; i++) {
        const struct stmt *q = all_stmts[i];
        prepare(db, q->name, (int)q->nin, q->sqlite);
        for (size_t k = 0; k < q->nsorts; k++)
            prepare_list(db, q, q->sqlite, k);
        if (q->nsorts > 0)
            prepare(db, q->name, (int)q->nin, q->sqlite_count);
    }
    sqlite3_close(db);
    return bad != 0;
}
