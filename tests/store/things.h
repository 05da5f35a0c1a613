/* things.h - a schema and statements by hand, so that these tests need no file of sql/. */
#ifndef STORE_THINGS_H
#define STORE_THINGS_H

#include "t.h"

#include "help/store.h"
#include "store/migrate.h"

#define THINGS(int64, blob, strict)                                                                \
    "CREATE TABLE thing (id TEXT PRIMARY KEY, n " int64 " NOT NULL, state TEXT NOT NULL,"          \
    " note TEXT, due " int64 ", flag " int64 " NOT NULL DEFAULT 0 CHECK (flag IN (0, 1)),"         \
    " box " blob ", rev " int64 " NOT NULL DEFAULT 1,"                                             \
    " CONSTRAINT thing_named CHECK (id <> ''))" strict ";"                                         \
    "CREATE UNIQUE INDEX thing_note ON thing (note);"                                              \
    "CREATE INDEX thing_n ON thing (n, id);"                                                       \
    "CREATE TABLE part (id TEXT PRIMARY KEY, thing_id TEXT NOT NULL REFERENCES thing (id),"        \
    " twin TEXT REFERENCES part (id) DEFERRABLE INITIALLY DEFERRED)" strict ";"

static const struct migration things[] = {
    {1, "things", THINGS("INTEGER", "BLOB", " STRICT"), THINGS("BIGINT", "BYTEA", "")},
};

[[maybe_unused]] static struct store *things_open_with(struct arena *a, struct store_options o)
{
    struct store *s = help_open_with(a, o);
    struct fault f = {0};
    int applied;
    CHECK_ERR(OK, migrate_apply(s, a, &f, things, COUNT(things), &applied));
    return s;
}

[[maybe_unused]] static struct store *things_open(struct arena *a, const char *engine)
{
    return things_open_with(a, (struct store_options){.url = help_database(a, engine)});
}

/* Not given to the arena: the test closes it. */
[[maybe_unused]] static struct store *things_open_and_leave(struct arena *a, str url)
{
    struct fault f = {0};
    struct store *s = NULL;
    int applied;
    CHECK_ERR(OK, store_open(&(struct store_options){.url = url, .unsafe = true}, &f, &s));
    CHECK_ERR(OK, migrate_apply(s, a, &f, things, COUNT(things), &applied));
    return s;
}

struct thing {
    str id;
    i64 n;
    str state, note;
    opt_i64 due;
    bool flag;
    str box;
    i64 rev;
};
struct key {
    str id;
};

/* clang-format off */
#define COL(type, of, field) {COL_##type, offsetof(struct of, field)}
#define STMT [[maybe_unused]] static const struct stmt
#define IN(cols) .in = cols, .nin = COUNT(cols)
#define OUT(cols, T) .out = cols, .nout = COUNT(cols), .row = sizeof(struct T)
#define BOTH(text) .sqlite = text, .postgres = text
static const struct col thing_cols[] = {
    COL(STR, thing, id), COL(I64, thing, n), COL(STR, thing, state), COL(OPT_STR, thing, note),
    COL(OPT_I64, thing, due), COL(BOOL, thing, flag), COL(OPT_BLOB, thing, box), COL(I64, thing, rev),
};
static const struct col key_cols[] = {COL(STR, key, id)};
static const struct col n_cols[] = {{COL_I64, 0}};
/* clang-format on */

STMT thing_add = {.name = "thing_add",
                  .sqlite = "INSERT INTO thing (id, n, state, note, due, flag, box, rev)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                  .postgres = "INSERT INTO thing (id, n, state, note, due, flag, box, rev)"
                              " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                  IN(thing_cols)};

#define THING_SELECT "SELECT id, n, state, note, due, flag, box, rev FROM thing"
STMT thing_get = {.name = "thing_get",
                  .sqlite = THING_SELECT " WHERE id = ?1",
                  .postgres = THING_SELECT " WHERE id = $1",
                  IN(key_cols),
                  OUT(thing_cols, thing)};
STMT thing_all = {.name = "thing_all", BOTH(THING_SELECT " ORDER BY id"), OUT(thing_cols, thing)};
STMT thing_count = {.name = "thing_count",
                    BOTH("SELECT count(*) FROM thing"),
                    .out = n_cols,
                    .nout = 1,
                    .row = sizeof(i64)};

struct move {
    str id, state;
    i64 rev;
};
/* clang-format off */
[[maybe_unused]] static const struct col move_cols[] = {
    COL(STR, move, id), COL(STR, move, state), COL(I64, move, rev)};
/* clang-format on */
STMT thing_move = {
    .name = "thing_move",
    .sqlite = "UPDATE thing SET state = ?2, rev = rev + 1 WHERE id = ?1 AND rev = ?3",
    .postgres = "UPDATE thing SET state = $2, rev = rev + 1 WHERE id = $1 AND rev = $3",
    IN(move_cols)};

struct part {
    str id, thing_id, twin;
};
/* clang-format off */
[[maybe_unused]] static const struct col part_cols[] = {
    COL(STR, part, id), COL(STR, part, thing_id), COL(OPT_STR, part, twin)};
/* clang-format on */
STMT part_add = {.name = "part_add",
                 .sqlite = "INSERT INTO part (id, thing_id, twin) VALUES (?1, ?2, ?3)",
                 .postgres = "INSERT INTO part (id, thing_id, twin) VALUES ($1, $2, $3)",
                 IN(part_cols)};

/* For store_write(): run one statement. */
struct one_stmt {
    const struct stmt *q;
    const void *in;
};
[[maybe_unused]] static enum err run_one(struct db *db, void *arg)
{
    const struct one_stmt *x = arg;
    return db_exec(db, x->q, x->in);
}
[[maybe_unused]] static enum err run_one1(struct db *db, void *arg)
{
    const struct one_stmt *x = arg;
    return db_exec1(db, x->q, x->in);
}

[[maybe_unused]] static enum err write_stmt(struct store *s, struct arena *a, const struct stmt *q,
                                            const void *in)
{
    struct fault f = {0};
    return store_write(s, a, &f, run_one, &(struct one_stmt){q, in});
}

[[maybe_unused]] static enum err write_fault(struct store *s, struct arena *a, struct fault *f,
                                             const struct stmt *q, const void *in)
{
    *f = (struct fault){0};
    return store_write(s, a, f, run_one, &(struct one_stmt){q, in});
}

#define ADD(s, a, ...)                                                                             \
    write_stmt((s), (a), &thing_add, &(struct thing){.state = S("new"), .rev = 1, __VA_ARGS__})

[[maybe_unused]] static i64 count_things(struct store *s)
{
    struct arena *a = arena_new();
    struct fault f = {0};
    struct db *db;
    i64 n = -1;
    if (store_read(s, a, &f, &db) == OK && db_one(db, &thing_count, NULL, &n) != OK)
        n = -1;
    arena_free(a);
    return n;
}

[[maybe_unused]] static enum err get_thing(struct store *s, struct arena *a, str id,
                                           struct thing *out)
{
    struct fault f = {0};
    struct db *db;
    TRY(store_read(s, a, &f, &db));
    enum err e = db_one(db, &thing_get, &(struct key){id}, out);
    store_read_end(db);
    return e;
}

#endif
