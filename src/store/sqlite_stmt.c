/* sqlite_stmt.c - prepare once, bind, step, copy the rows out, reset. */
#include "store/shape.h"
#include "store/sqlite.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static enum err prepare(struct lite *c, struct db *db, const struct run *r, sqlite3_stmt **out)
{
    struct plan *place = plans_find(&c->base.plans, &r->shape);
    if (place != NULL) {
        *out = place->handle;
        return OK;
    }
    const char *sql = shape_sql(db->a, &r->shape, false), *rest = "";
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v3(c->h, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, &rest);
    if (rc == SQLITE_ERROR)
        return fault_set(db->f, E_IO, "%s: %s", r->shape.q->name, sqlite3_errmsg(c->h));
    if (rc != SQLITE_OK)
        return sqlite_failed(c->h, rc, db->f, r->shape.q->name);
    if (st == NULL || rest[strspn(rest, " \n\t;")] != '\0' ||
        sqlite3_column_count(st) != (int)r->nout) {
        int columns = st ? sqlite3_column_count(st) : 0;
        (void)sqlite3_finalize(st);
        return fault_set(db->f, E_IO, "%s: not one statement of %zu columns (%d)", r->shape.q->name,
                         r->nout, columns);
    }
    place = plans_place(&c->base.plans);
    (void)sqlite3_finalize(place->handle);
    plans_put(&c->base.plans, place, &r->shape, st);
    c->base.s->count.prepares++;
    *out = st;
    return OK;
}

static void json_text(buf *b, str s)
{
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20)
            buf_putf(b, "\\u%04x", c);
        else if (c == '"' || c == '\\')
            buf_putf(b, "\\%c", c);
        else
            buf_char(b, s.p[i]);
    }
    buf_char(b, '"');
}

static str json_strs(struct arena *a, const struct strs *list)
{
    buf b = {.a = a};
    for (size_t i = 0; i < list->n; i++) {
        buf_char(&b, i == 0 ? '[' : ',');
        json_text(&b, list->v[i]);
    }
    buf_put(&b, list->n == 0 ? S("[]") : S("]"));
    return buf_str(&b);
}

static str json_i64s(struct arena *a, const struct i64s *list)
{
    buf b = {.a = a};
    for (size_t i = 0; i < list->n; i++) {
        buf_char(&b, i == 0 ? '[' : ',');
        buf_i64(&b, list->v[i]);
    }
    buf_put(&b, list->n == 0 ? S("[]") : S("]"));
    return buf_str(&b);
}

/* SQLITE_STATIC: what is bound lives until the statement is reset, before run() returns. */
static int bind_text(sqlite3_stmt *st, int at, str s)
{
    return sqlite3_bind_text64(st, at, s.p, s.n, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind(struct arena *a, sqlite3_stmt *st, int at, const struct arg *arg)
{
    const str *s = arg->field;
    const opt_i64 *o = arg->field;
    switch (arg->type) {
    case COL_STR:
    case COL_OPT_STR: return bind_text(st, at, *s);
    case COL_BLOB:
    case COL_OPT_BLOB:
    case COL_SEALED:
    case COL_OPT_SEALED: return sqlite3_bind_blob64(st, at, s->p, s->n, SQLITE_STATIC);
    case COL_I64: return sqlite3_bind_int64(st, at, *(const i64 *)arg->field);
    case COL_OPT_I64: return o->is ? sqlite3_bind_int64(st, at, o->v) : sqlite3_bind_null(st, at);
    case COL_BOOL: return sqlite3_bind_int64(st, at, *(const bool *)arg->field);
    case COL_STRS: return bind_text(st, at, json_strs(a, arg->field));
    case COL_I64S: return bind_text(st, at, json_i64s(a, arg->field));
    }
    must(!"a type");
    return SQLITE_MISUSE;
}

/* A filter that is left out takes its ?N along, so that the statement may have fewer. */
static int bind_all(struct arena *a, sqlite3_stmt *st, const struct run *r)
{
    int most = sqlite3_bind_parameter_count(st), rc = SQLITE_OK;
    for (size_t i = 0; i < r->nargs && (int)i < most && rc == SQLITE_OK; i++)
        rc = bind(a, st, (int)i + 1, &r->args[i]);
    return rc;
}

static str copy(struct arena *a, const void *p, int n)
{
    return n == 0 ? S("") : str_copy(a, (str){p, (size_t)n});
}

static bool read_i64(sqlite3_stmt *st, int i, enum col_type type, void *field)
{
    i64 v = sqlite3_column_int64(st, i);
    if (sqlite3_column_type(st, i) != SQLITE_INTEGER)
        return false;
    if (type == COL_BOOL) {
        *(bool *)field = v == 1;
        return v == 0 || v == 1;
    }
    if (type == COL_OPT_I64)
        *(opt_i64 *)field = SOME(v);
    else
        *(i64 *)field = v;
    return true;
}

/* False: the column holds another type than the statement says. */
static bool read_field(struct arena *a, sqlite3_stmt *st, int i, enum col_type type, void *field)
{
    int have = sqlite3_column_type(st, i);
    switch (type) {
    case COL_OPT_STR:
    case COL_OPT_I64:
    case COL_OPT_BLOB:
    case COL_OPT_SEALED:
        if (have == SQLITE_NULL)
            return true; /* rows begin zeroed, which is absent */
        break;
    case COL_STR:
    case COL_I64:
    case COL_BOOL:
    case COL_BLOB:
    case COL_SEALED:
    case COL_STRS:
    case COL_I64S: break;
    }
    if (type == COL_I64 || type == COL_OPT_I64 || type == COL_BOOL)
        return read_i64(st, i, type, field);
    bool text = type == COL_STR || type == COL_OPT_STR;
    if (have != (text ? SQLITE_TEXT : SQLITE_BLOB))
        return false;
    const void *p = text ? (const void *)sqlite3_column_text(st, i) : sqlite3_column_blob(st, i);
    *(str *)field = copy(a, p, sqlite3_column_bytes(st, i));
    return true;
}

static enum err read_row(struct db *db, sqlite3_stmt *st, struct run *r)
{
    char *row = run_row(db->a, r);
    if (row == NULL)
        return fault_set(db->f, E_IO, "%s: more than %zu rows", r->shape.q->name, r->most);
    for (size_t i = 0; i < r->nout; i++)
        if (!read_field(db->a, st, (int)i, r->out[i].type, row + r->out[i].at))
            return fault_set(db->f, E_IO, "%s: column %zu (%s) is not of its type",
                             r->shape.q->name, i + 1, sqlite3_column_name(st, (int)i));
    return OK;
}

static enum err step_all(struct db *db, sqlite3_stmt *st, struct run *r)
{
    struct lite *c = lite_of(db->c);
    int rc;
    while ((rc = sqlite3_step(st)) == SQLITE_ROW)
        TRY(read_row(db, st, r));
    if (rc == SQLITE_INTERRUPT)
        return fault_set(db->f, E_IO, "%s: took more than %d ms", r->shape.q->name,
                         c->base.s->statement_ms);
    if (rc != SQLITE_DONE)
        return sqlite_failed(c->h, rc, db->f, r->shape.q->name);
    if (r->nout == 0)
        r->changed = sqlite3_changes64(c->h);
    return OK;
}

enum err sqlite_run(struct db *db, struct run *r)
{
    struct lite *c = lite_of(db->c);
    sqlite3_stmt *st = NULL;
    TRY(prepare(c, db, r, &st));
    int rc = bind_all(db->a, st, r);
    c->deadline = steady_ms() + c->base.s->statement_ms;
    enum err e =
        rc == SQLITE_OK ? step_all(db, st, r) : sqlite_failed(c->h, rc, db->f, r->shape.q->name);
    c->deadline = 0;
    (void)sqlite3_reset(st);
    (void)sqlite3_clear_bindings(st);
    return e;
}
