/* postgres_stmt.c - prepare once by name, run, copy the rows out. */
#include "store/postgres.h"
#include "store/shape.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct name {
    char z[24];
};

static struct name name_of(const struct plan *place)
{
    struct name name;
    (void)snprintf(name.z, sizeof name.z, "s%" PRIuPTR, (uintptr_t)place->handle);
    return name;
}

/* libpq 15 has no call to close a statement. */
static enum err evict(struct pg *c, struct db *db, struct plan *place)
{
    char sql[48];
    (void)snprintf(sql, sizeof sql, "DEALLOCATE %s", name_of(place).z);
    *place = (struct plan){0};
    return postgres_text(c, db->f, "DEALLOCATE", sql);
}

static enum err prepare(struct pg *c, struct db *db, const struct run *r, const struct wire *w,
                        struct name *out)
{
    struct plan *place = plans_find(&c->base.plans, &r->shape);
    if (place == NULL) {
        place = plans_place(&c->base.plans);
        if (place->handle != NULL)
            TRY(evict(c, db, place));
        struct plan fresh = {.handle = (void *)(uintptr_t)++c->serial};
        *out = name_of(&fresh);
        PGresult *res =
            PQprepare(c->h, out->z, shape_sql(db->a, &r->shape, true), (int)r->nargs, w->types);
        if (PQresultStatus(res) != PGRES_COMMAND_OK)
            return postgres_failed(c, res, db->f, r->shape.q->name);
        PQclear(res);
        plans_put(&c->base.plans, place, &r->shape, fresh.handle);
        c->base.s->count.prepares++;
        return OK;
    }
    *out = name_of(place);
    return OK;
}

static enum err read_row(struct db *db, struct run *r, const PGresult *res, int at)
{
    char *row = run_row(db->a, r);
    if (row == NULL)
        return fault_set(db->f, E_IO, "%s: more than %zu rows", r->shape.q->name, r->most);
    for (size_t i = 0; i < r->nout; i++)
        if (!wire_field(db->a, res, at, (int)i, r->out[i].type, row + r->out[i].at))
            return fault_set(db->f, E_IO, "%s: column %zu (%s, type %u) is not of its type",
                             r->shape.q->name, i + 1, PQfname(res, (int)i), PQftype(res, (int)i));
    return OK;
}

static enum err read_rows(struct db *db, struct run *r, const PGresult *res)
{
    if (PQnfields(res) != (int)r->nout)
        return fault_set(db->f, E_IO, "%s: %d columns, not %zu", r->shape.q->name, PQnfields(res),
                         r->nout);
    for (int i = 0; i < PQntuples(res); i++)
        TRY(read_row(db, r, res, i));
    if (r->nout == 0)
        r->changed = strtoll(PQcmdTuples((PGresult *)(uintptr_t)res), NULL, 10);
    return OK;
}

/* Another node may have changed a table since the plan was made: forget all plans. */
static bool plan_is_old(const PGresult *res)
{
    const char *state = PQresultErrorField(res, PG_DIAG_SQLSTATE);
    return state != NULL && (strcmp(state, "0A000") == 0 || strcmp(state, "26000") == 0);
}

static enum err take_result(struct pg *c, struct db *db, struct run *r, PGresult *res, bool known)
{
    ExecStatusType status = PQresultStatus(res);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
        enum err e = read_rows(db, r, res);
        PQclear(res);
        return e;
    }
    bool old = known && plan_is_old(res);
    enum err e = postgres_failed(c, res, db->f, r->shape.q->name);
    if (old) {
        postgres_disconnect(&c->base);
        c->again = true;
    }
    return e;
}

enum err postgres_run(struct db *db, struct run *r)
{
    struct pg *c = pg_of(db->c);
    struct wire w = wire_args(db->a, r);
    struct name name;
    uint64_t serial = c->serial;
    TRY(prepare(c, db, r, &w, &name));
    PGresult *res = PQexecPrepared(c->h, name.z, (int)r->nargs, w.values, w.lengths, w.formats, 1);
    return take_result(c, db, r, res, serial == c->serial);
}
