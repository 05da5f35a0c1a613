/* migrate.c - see migrate.h. */
#include "store/migrate.h"

#include "base/encode.h"
#include "gen/sql.h"
#include "store/conn.h"

#include <sodium.h>
#include <string.h>
#include <time.h>

static const char table_sqlite[] = "CREATE TABLE migration (number INTEGER PRIMARY KEY,"
                                   " name TEXT NOT NULL, hash TEXT NOT NULL, at INTEGER NOT NULL)"
                                   " STRICT";
static const char table_postgres[] = "CREATE TABLE migration (number BIGINT PRIMARY KEY,"
                                     " name TEXT NOT NULL, hash TEXT NOT NULL, at BIGINT NOT NULL)";

struct todo {
    const struct migration *list;
    size_t n;
    int applied;
    bool more;
};

static i64 now_ms(void)
{
    struct timespec t;
    must(clock_gettime(CLOCK_REALTIME, &t) == 0);
    return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static const char *text_of(const struct db *db, const struct migration *m)
{
    return store_is_postgres(db->c->s) ? m->postgres : m->sqlite;
}

static str hash_of(struct db *db, const struct migration *m)
{
    unsigned char hash[crypto_generichash_BYTES];
    const char *text = text_of(db, m);
    must(crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), NULL,
                            0) == 0);
    return hex_encode(db->a, (str){(const char *)hash, sizeof hash});
}

static enum err read_applied(struct db *db, struct q_migration_list **rows, size_t *n)
{
    struct q_migration_table_exists table;
    *n = 0;
    TRY(q_migration_table_exists(db, &table));
    return table.there ? q_migration_list(db, rows, n) : OK;
}

/* What was applied is the beginning of what is carried, or it is another program's. */
static bool is_foreign(struct db *db, const struct todo *t, const struct q_migration_list *rows,
                       size_t n)
{
    if (n > t->n)
        return true;
    for (size_t i = 0; i < n; i++)
        if (rows[i].number != t->list[i].number || !str_eq(rows[i].hash, hash_of(db, &t->list[i])))
            return true;
    return false;
}

enum err migrate_state(struct store *s, struct arena *a, struct fault *f,
                       const struct migration *list, size_t n, struct migration_state *out)
{
    struct todo t = {.list = list, .n = n};
    struct q_migration_list *rows = NULL;
    struct db *db;
    size_t have;

    TRY(store_read(s, a, f, &db));
    TRY(read_applied(db, &rows, &have));
    *out = (struct migration_state){
        .have = have > 0 ? (int)rows[have - 1].number : 0,
        .want = n > 0 ? list[n - 1].number : 0,
        .foreign = is_foreign(db, &t, rows, have),
    };
    store_read_end(db);
    return OK;
}

static enum err make_table(struct db *db)
{
    struct q_migration_table_exists table;
    TRY(q_migration_table_exists(db, &table));
    if (table.there)
        return OK;
    return db->c->s->engine->script(db, "migration table",
                                    store_is_postgres(db->c->s) ? table_postgres : table_sqlite);
}

static enum err apply_next(struct db *db, struct todo *t)
{
    struct q_migration_list *rows = NULL;
    size_t n;
    TRY(make_table(db));
    TRY(read_applied(db, &rows, &n));
    if (is_foreign(db, t, rows, n))
        return fault_set(db->f, E_CONFLICT,
                         "the database has migrations that this program does not carry");
    t->more = n < t->n;
    if (!t->more)
        return OK;
    const struct migration *m = &t->list[n];
    str what = str_fmt(db->a, "migration %04d_%s", m->number, m->name);
    TRY(db->c->s->engine->script(db, str_to_z(db->a, what), text_of(db, m)));
    return q_migration_add(db, .number = m->number, .name = str_z(m->name), .hash = hash_of(db, m),
                           .at = now_ms());
}

/* One transaction a migration; another process may apply the next one in between. */
static enum err apply_all(struct db *db, void *arg)
{
    const struct engine *engine = db->c->s->engine;
    struct todo *t = arg;
    do {
        struct db unit = {.a = db->a, .f = db->f, .c = db->c};
        TRY(engine->begin(db->c, db->f, UNIT_MIGRATE));
        enum err e = apply_next(&unit, t);
        if (e != OK || !t->more) {
            engine->rollback(db->c);
            return e;
        }
        TRY(engine->commit(db->c, db->f));
        t->applied++;
    } while (true);
}

enum err migrate_apply(struct store *s, struct arena *a, struct fault *f,
                       const struct migration *list, size_t n, int *applied)
{
    struct todo t = {.list = list, .n = n};
    enum err e = s->engine->write(s, a, f, apply_all, &t, true);
    *applied = t.applied;
    return e;
}
