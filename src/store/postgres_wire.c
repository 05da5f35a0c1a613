/* postgres_wire.c - parameters and columns in the binary format of PostgreSQL's protocol.
 *
 * Numbers are big-endian; text and bytea are their bytes; an array is a count of dimensions,
 * a has-null flag, the type of its items, their number and first index, then each item with
 * its length (src/backend/utils/adt/arrayfuncs.c: array_recv). */
#include "store/postgres.h"

#include <string.h>

enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_INT8S = 1016,
    OID_TEXTS = 1009,
    OID_VARCHAR = 1043,
};

static Oid type_of(enum col_type type)
{
    switch (type) {
    case COL_STR:
    case COL_OPT_STR: return OID_TEXT;
    case COL_I64:
    case COL_OPT_I64:
    case COL_BOOL: return OID_INT8;
    case COL_BLOB:
    case COL_OPT_BLOB:
    case COL_SEALED:
    case COL_OPT_SEALED: return OID_BYTEA;
    case COL_STRS: return OID_TEXTS;
    case COL_I64S: return OID_INT8S;
    }
    return 0;
}

static void put_be(buf *b, uint64_t v, unsigned bytes)
{
    char *p = buf_room(b, bytes);
    for (unsigned i = 0; i < bytes; i++)
        p[i] = (char)(v >> (bytes - 1 - i) * 8);
    b->n += bytes;
}

static void put_array_head(buf *b, size_t n, Oid item)
{
    must(n <= INT32_MAX);
    put_be(b, n > 0, 4);
    put_be(b, 0, 4);
    put_be(b, item, 4);
    if (n > 0) {
        put_be(b, n, 4);
        put_be(b, 1, 4);
    }
}

static str wire_strs(buf *b, const struct strs *list)
{
    put_array_head(b, list->n, OID_TEXT);
    for (size_t i = 0; i < list->n; i++) {
        put_be(b, list->v[i].n, 4);
        buf_put(b, list->v[i]);
    }
    return buf_str(b);
}

static str wire_i64s(buf *b, const struct i64s *list)
{
    put_array_head(b, list->n, OID_INT8);
    for (size_t i = 0; i < list->n; i++) {
        put_be(b, 8, 4);
        put_be(b, (uint64_t)list->v[i], 8);
    }
    return buf_str(b);
}

static str wire_i64(buf *b, i64 v)
{
    put_be(b, (uint64_t)v, 8);
    return buf_str(b);
}

static str wire_arg(struct arena *a, const struct arg *arg)
{
    buf b = {.a = a};
    const opt_i64 *o = arg->field;
    switch (arg->type) {
    case COL_STR:
    case COL_OPT_STR:
    case COL_BLOB:
    case COL_OPT_BLOB:
    case COL_SEALED:
    case COL_OPT_SEALED: return *(const str *)arg->field;
    case COL_I64: return wire_i64(&b, *(const i64 *)arg->field);
    case COL_OPT_I64: return o->is ? wire_i64(&b, o->v) : NO_STR;
    case COL_BOOL: return wire_i64(&b, *(const bool *)arg->field);
    case COL_STRS: return wire_strs(&b, arg->field);
    case COL_I64S: return wire_i64s(&b, arg->field);
    }
    return NO_STR;
}

struct wire wire_args(struct arena *a, const struct run *r)
{
    size_t n = r->nargs + 1;
    struct wire w = {NEWS(a, Oid, n), NEWS(a, const char *, n), NEWS(a, int, n), NEWS(a, int, n)};
    for (size_t i = 0; i < r->nargs; i++) {
        str v = wire_arg(a, &r->args[i]);
        must(v.n <= INT32_MAX);
        w.types[i] = type_of(r->args[i].type);
        w.values[i] = v.p;
        w.lengths[i] = (int)v.n;
        w.formats[i] = 1;
    }
    return w;
}

static uint64_t get_be(const unsigned char *p, int bytes)
{
    uint64_t v = 0;
    for (int i = 0; i < bytes; i++)
        v = v << 8 | p[i];
    return v;
}

/* bigint, and what PostgreSQL makes of constants and conditions. */
static bool get_i64(const PGresult *res, int row, int i, i64 *out)
{
    const unsigned char *p = (const unsigned char *)PQgetvalue(res, row, i);
    switch (PQftype(res, i)) {
    case OID_INT8: *out = (i64)get_be(p, 8); return true;
    case OID_INT4: *out = (int32_t)get_be(p, 4); return true;
    case OID_INT2: *out = (int16_t)get_be(p, 2); return true;
    case OID_BOOL: *out = p[0]; return true;
    default: return false;
    }
}

static bool get_bytes(struct arena *a, const PGresult *res, int row, int i, bool text, str *out)
{
    Oid type = PQftype(res, i);
    if (text ? type != OID_TEXT && type != OID_VARCHAR : type != OID_BYTEA)
        return false;
    str s = {PQgetvalue(res, row, i), (size_t)PQgetlength(res, row, i)};
    *out = s.n == 0 ? S("") : str_copy(a, s);
    return true;
}

bool wire_field(struct arena *a, const PGresult *res, int row, int i, enum col_type type,
                void *field)
{
    i64 v;
    bool null = PQgetisnull(res, row, i);
    switch (type) {
    case COL_OPT_STR: return null || get_bytes(a, res, row, i, true, field);
    case COL_OPT_BLOB:
    case COL_OPT_SEALED: return null || get_bytes(a, res, row, i, false, field);
    case COL_STR: return !null && get_bytes(a, res, row, i, true, field);
    case COL_BLOB:
    case COL_SEALED: return !null && get_bytes(a, res, row, i, false, field);
    case COL_I64: return !null && get_i64(res, row, i, field);
    case COL_OPT_I64:
        *(opt_i64 *)field = (opt_i64){.is = !null};
        return null || get_i64(res, row, i, &((opt_i64 *)field)->v);
    case COL_BOOL:
        if (null || !get_i64(res, row, i, &v))
            return false;
        *(bool *)field = v == 1;
        return v == 0 || v == 1;
    case COL_STRS:
    case COL_I64S: break;
    }
    return false;
}
