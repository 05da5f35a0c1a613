/* template_write.c - see template.h: writing copies. */
#include "lib/template.h"

#include "app/search_own.h"

#include <string.h>

static void put_hex(char *p, unsigned long long n, size_t digits)
{
    for (size_t i = digits; i > 0; n >>= 4)
        p[--i] = "0123456789abcdef"[n & 15];
}

static unsigned long long hex_value(str s)
{
    unsigned long long n = 0;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '-')
            n = n << 4 | (unsigned)(s.p[i] <= '9' ? s.p[i] - '0' : s.p[i] - 'a' + 10);
    return n;
}

/* splitmix64: another number for each copy, without a pattern. */
static unsigned long long mixed(unsigned long long n)
{
    n += 0x9E3779B97F4A7C15u;
    n = (n ^ n >> 30) * 0xBF58476D1CE4E5B9u;
    n = (n ^ n >> 27) * 0x94D049BB133111EBu;
    return n ^ n >> 31;
}

/* Instant moved, counter kept, the last 48 random bits changed. */
str id_copy(struct arena *a, str id, unsigned long copy, i64 delta)
{
    unsigned long long at = hex_value(str_sub(id, 0, 13)) + (unsigned long long)delta;
    unsigned long long last = hex_value(str_from(id, 24)) ^ mixed(copy);
    char *p = NEWS(a, char, ID_SIZE);
    memcpy(p, id.p, ID_SIZE);
    put_hex(p, at >> 16, 8);
    put_hex(p + 9, at & 0xFFFF, 4);
    put_hex(p + 24, last, 12);
    return (str){p, ID_SIZE};
}

str new_digits(struct arena *a, const struct strs *taken, unsigned long *walked)
{
    for (;;) {
        str s = str_fmt(a, "%llu", 10000000 + ++*walked * 7654321ull % 90000000);
        size_t i = 0;
        while (i < taken->n && !str_eq(taken->v[i], s))
            i++;
        if (i == taken->n)
            return s;
    }
}

/* As this copy writes it; made when it is first wanted. */
static str new_ref(struct arena *a, const struct template *t, struct copy_of *c, str *refs, int i)
{
    const struct ref *r = &t->refs.v[i];
    if (refs[i].p == NULL && r->org)
        refs[i] = id_copy(a, r->id, c->group, 0);
    else if (refs[i].p == NULL && r->id.n == ID_SIZE)
        refs[i] = id_copy(a, r->id, c->copy, c->delta);
    else if (refs[i].p == NULL)
        refs[i] = new_digits(a, c->taken, &c->numbers);
    return refs[i];
}

static str put_together(struct arena *a, const struct template *t, const struct cell *cell,
                        struct copy_of *c, str *refs)
{
    buf b = {.a = a};
    if (cell->npieces == 2 && cell->pieces[0].literal.n == 0 && cell->pieces[1].literal.n == 0)
        return new_ref(a, t, c, refs, cell->pieces[0].ref);
    for (size_t i = 0; i < cell->npieces; i++) {
        buf_put(&b, cell->pieces[i].literal);
        if (cell->pieces[i].ref >= 0)
            buf_put(&b, new_ref(a, t, c, refs, cell->pieces[i].ref));
    }
    return buf_str(&b);
}

static struct value_of new_value(struct arena *a, const struct template *t, const struct cell *cell,
                                 struct copy_of *c, str *refs)
{
    struct value_of v = cell->v;
    switch (cell->type) {
    case CELL_PLAIN: break;
    case CELL_TIME: v.n += c->delta; break;
    case CELL_PIECES: v.s = put_together(a, t, cell, c, refs); break;
    case CELL_NUMBER: v.s = new_ref(a, t, c, refs, cell->ref); break;
    case CELL_DOC: v.n += c->next_doc[cell->ref]; break;
    case CELL_LOGIN: v.s = str_fmt(a, "%.*s-%lu", SV(v.s), c->group); break;
    }
    return v;
}

void put_words(struct ctx *cx, struct sink *sink, bool public, i64 doc, str words)
{
    buf b = {.a = cx->a};
    buf_put(&b, words);
    for (int level = 0; sink_is_postgres(sink) && level < SEARCH_LEVELS; level++)
        buf_putf(&b, " %.*s", SV(search_block(cx, level, doc)));
    sink_words(sink, public, doc, str_trim(buf_str(&b)));
}

void template_write(struct ctx *cx, struct sink *sink, const struct template *t, struct copy_of *c)
{
    str *refs = NEWS(cx->a, str, t->refs.n + 1);
    for (size_t i = 0; i < t->rows.n; i++) {
        const struct trow *row = &t->rows.v[i];
        struct value_of v[40];
        must(row->ncells <= COUNT(v));
        if (row->public && c->unpublished)
            continue;
        for (size_t k = 0; k < row->ncells; k++)
            v[k] = new_value(cx->a, t, &row->cells[k], c, refs);
        sink_row(sink, row->table, v);
    }
    for (size_t i = 0; i < t->docs.n; i++) {
        const struct tdoc *d = &t->docs.v[i];
        if (!d->public || !c->unpublished)
            put_words(cx, sink, d->public, c->next_doc[d->public] + (i64)d->n, d->words);
    }
    c->next_doc[0] += (i64)t->ndocs[0];
    if (!c->unpublished)
        c->next_doc[1] += (i64)t->ndocs[1];
}
