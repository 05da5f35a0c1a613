/* db.c - db.h: what both engines do alike. */
#include "base/utf8.h"
#include "store/conn.h"

#include <string.h>
#include <time.h>

struct arena *db_arena(struct db *db)
{
    return db->a;
}

struct arena *db_into(struct db *db, struct arena *a)
{
    struct arena *before = db->a;
    db->a = a;
    return before;
}

struct fault *db_fault(struct db *db)
{
    return db->f;
}

static i64 steady_ns(void)
{
    struct timespec t;
    must(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
    return (i64)t.tv_sec * 1000000000 + t.tv_nsec;
}

i64 steady_ms(void)
{
    return steady_ns() / 1000000;
}

i64 steady_us(void)
{
    return steady_ns() / 1000;
}

void *run_row(struct arena *a, struct run *r)
{
    if (r->n == r->most)
        return NULL;
    if (r->n == r->cap) {
        const void *old = r->rows;
        r->cap = r->cap ? r->cap * 2 : 8;
        if (r->cap > r->most)
            r->cap = r->most;
        r->rows = arena_alloc(a, r->row, r->cap);
        if (r->n > 0)
            memcpy(r->rows, old, r->n * r->row);
    }
    return (char *)r->rows + r->n++ * r->row;
}

static bool storable(str s)
{
    return str_find_char(s, '\0') < 0 && utf8_valid(s);
}

static bool arg_storable(const struct arg *arg)
{
    if (arg->type == COL_STR || arg->type == COL_OPT_STR)
        return storable(*(const str *)arg->field);
    if (arg->type != COL_STRS)
        return true;
    const struct strs *list = arg->field;
    for (size_t i = 0; i < list->n; i++)
        if (!storable(list->v[i]))
            return false;
    return true;
}

static enum err run_checked(struct db *db, struct run *r)
{
    for (size_t i = 0; i < r->nargs; i++)
        if (!arg_storable(&r->args[i]))
            return fault_set(db->f, E_INVALID, "%s: parameter %zu is not text", r->shape.q->name,
                             i + 1);
    return db->c->s->engine->run(db, r);
}

enum err db_run(struct db *db, struct run *r)
{
    must(db->c != NULL); /* not given back yet */
    if (db->failed != OK)
        return fault_set(db->f, db->failed, "%s: after a failure", r->shape.q->name);
    enum err e = run_checked(db, r);
    db->failed = e;
    return e;
}

struct arg *db_args(struct db *db, const struct stmt *q, const void *in, size_t more)
{
    struct arg *args = NEWS(db->a, struct arg, q->nin + more);
    for (size_t i = 0; i < q->nin; i++)
        args[i] = (struct arg){q->in[i].type, (const char *)in + q->in[i].at};
    return args;
}

static struct run plain(struct db *db, const struct stmt *q, const void *in)
{
    return (struct run){
        .shape = {.q = q},
        .args = db_args(db, q, in, 0),
        .nargs = q->nin,
        .out = q->out,
        .nout = q->nout,
        .row = q->row,
    };
}

enum err db_one(struct db *db, const struct stmt *q, const void *in, void *row)
{
    struct run r = plain(db, q, in);
    r.most = r.cap = 1;
    r.rows = row;
    memset(row, 0, q->row);
    TRY(db_run(db, &r));
    return r.n == 1 ? OK : E_NOT_FOUND;
}

enum err db_many(struct db *db, const struct stmt *q, const void *in, void **rows, size_t *n)
{
    struct run r = plain(db, q, in);
    r.most = DB_MANY_MAX;
    TRY(db_run(db, &r));
    *rows = r.rows;
    *n = r.n;
    return OK;
}

enum err db_exec(struct db *db, const struct stmt *q, const void *in)
{
    struct run r = plain(db, q, in);
    return db_run(db, &r);
}

enum err db_exec_last(struct db *db, const struct stmt *q, const void *in)
{
    must(db->c != NULL && db->c->writes);
    if (!db->shared || db->failed != OK)
        return db_exec(db, q, in);
    struct later *l = NEW(db->a, struct later);
    *l = (struct later){.q = q, .in = in};
    if (db->last == NULL)
        db->last = &db->later;
    *db->last = l;
    db->last = &l->next;
    return OK;
}

enum err db_exec1(struct db *db, const struct stmt *q, const void *in)
{
    struct run r = plain(db, q, in);
    TRY(db_run(db, &r));
    if (r.changed > 1)
        db->failed = E_CONFLICT;
    return r.changed == 1 ? OK
                          : fault_set(db->f, E_CONFLICT, "%s: changed %lld rows", q->name,
                                      (long long)r.changed);
}
