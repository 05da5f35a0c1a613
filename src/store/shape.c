/* shape.c - see shape.h. */
#include "store/shape.h"

static bool given(const struct col *c, const void *in)
{
    const void *field = (const char *)in + c->at;
    switch (c->type) {
    case COL_STR:
    case COL_OPT_STR:
    case COL_BLOB:
    case COL_OPT_BLOB:
    case COL_SEALED:
    case COL_OPT_SEALED: return ((const str *)field)->p != NULL;
    case COL_OPT_I64: return ((const opt_i64 *)field)->is;
    case COL_BOOL: return *(const bool *)field;
    case COL_STRS: return ((const struct strs *)field)->v != NULL;
    case COL_I64S: return ((const struct i64s *)field)->v != NULL;
    case COL_I64: return true;
    }
    return true;
}

uint64_t shape_filters(const struct stmt *q, const void *in)
{
    uint64_t mask = 0;
    must(q->nfilters <= 64);
    for (size_t i = 0; i < q->nfilters; i++) {
        must(q->filters[i].in < q->nin);
        if (given(&q->in[q->filters[i].in], in))
            mask |= (uint64_t)1 << i;
    }
    return mask;
}

static void put_keys(buf *b, const struct list_sort *by, const char *after)
{
    for (size_t i = 0; i < by->nkeys; i++)
        buf_putf(b, "%s%s%s", i == 0 ? "" : ", ", by->key[i], after);
}

/* Row values, which both engines compare column by column, and answer from an index. */
static void put_after(buf *b, const struct list_sort *by, size_t nin, char mark)
{
    buf_put(b, S("\nAND ("));
    put_keys(b, by, "");
    buf_putf(b, ") %c (", by->descending ? '<' : '>');
    for (size_t i = 0; i < by->nkeys; i++)
        buf_putf(b, "%s%c%zu", i == 0 ? "" : ", ", mark, nin + i + 1);
    buf_put(b, S(")"));
}

static void put_filters(buf *b, const struct shape *s, bool postgres)
{
    for (size_t i = 0; i < s->q->nfilters; i++) {
        const struct list_filter *f = &s->q->filters[i];
        if (s->filters >> i & 1)
            buf_putf(b, "\nAND (%s)", postgres ? f->postgres : f->sqlite);
    }
}

static const char *count_sql(buf *b, const struct shape *s, bool postgres)
{
    const struct stmt *q = s->q;
    buf_putf(b, "SELECT count(*) FROM (%s", postgres ? q->postgres_count : q->sqlite_count);
    put_filters(b, s, postgres);
    buf_putf(b, "\n%s LIMIT %c%zu) AS counted", postgres ? q->postgres_tail : q->sqlite_tail,
             postgres ? '$' : '?', q->nin + 1);
    return str_to_z(b->a, buf_str(b));
}

static const char *page_sql(buf *b, const struct shape *s, bool postgres)
{
    const struct stmt *q = s->q;
    const struct list_sort *by = &q->sorts[s->sort];
    char mark = postgres ? '$' : '?';
    size_t nkeys = 0;

    buf_put(b, str_z(postgres ? q->postgres : q->sqlite));
    put_filters(b, s, postgres);
    if (s->form == FORM_AFTER) {
        put_after(b, by, q->nin, mark);
        nkeys = by->nkeys;
    }
    buf_putf(b, "\n%s\nORDER BY ", postgres ? q->postgres_tail : q->sqlite_tail);
    put_keys(b, by, by->descending ? " DESC" : "");
    buf_putf(b, " LIMIT %c%zu", mark, q->nin + nkeys + 1);
    return str_to_z(b->a, buf_str(b));
}

const char *shape_sql(struct arena *a, const struct shape *s, bool postgres)
{
    buf b = {.a = a};
    switch (s->form) {
    case FORM_PLAIN: break;
    case FORM_FIRST:
    case FORM_AFTER: return page_sql(&b, s, postgres);
    case FORM_COUNT: return count_sql(&b, s, postgres);
    }
    return postgres ? s->q->postgres : s->q->sqlite;
}
