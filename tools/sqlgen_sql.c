/* sqlgen_sql.c - writes a statement's text for a dialect. */
#include "sqlgen.h"

struct writer {
    const struct query *q;
    const struct toks *t;
    enum dialect d;
    bool *used;
    buf b;
    bool space, line; /* white space is due */
};

static void put(struct writer *w, str s)
{
    if (w->b.n > 0 && (w->space || w->line))
        buf_char(&w->b, w->line ? '\n' : ' ');
    w->space = w->line = false;
    buf_put(&w->b, s);
}

static size_t param_index(const struct writer *w, const struct tok *t)
{
    ptrdiff_t at = field_find(&w->q->in, str_from(t->s, 1));
    if (at < 0)
        gen_die(w->q->src, t->s.p, "no parameter %.*s in `-- in`", (int)t->s.n - 1, t->s.p + 1);
    w->used[at] = true;
    return (size_t)at;
}

static void put_param(struct writer *w, const struct tok *t)
{
    size_t at = param_index(w, t);
    const struct type *type = w->q->in.v[at].type;
    if (type->array)
        gen_die(w->q->src, t->s.p, "%s stands only as IN (%.*s)", type->word, SV(t->s));
    if (w->d == SQLITE)
        put(w, str_fmt(gen_arena(), "?%zu", at + 1));
    else
        put(w, str_fmt(gen_arena(), "$%zu::%s", at + 1, type->cast));
}

/* IN (:array) or NOT IN (:array) at i: written, and the index behind it.  i: it is not that. */
static size_t put_in(struct writer *w, size_t i)
{
    const struct toks *t = w->t;
    bool not = tok_is(&t->v[i], "NOT");
    size_t in = not ? tok_next(t, i + 1) : i, open = tok_next(t, in + 1),
           param = tok_next(t, open + 1);
    if (in >= t->n || !tok_is(&t->v[in], "IN") || param >= t->n || !tok_is(&t->v[open], "(") ||
        t->v[param].kind != TOK_PARAM || !tok_next_is(t, param + 1, ")"))
        return i;
    size_t at = param_index(w, &t->v[param]);
    const struct type *type = w->q->in.v[at].type;
    if (!type->array)
        return i;
    if (w->d == SQLITE)
        put(w, str_fmt(gen_arena(), "%s (SELECT value FROM json_each(?%zu))", not ? "NOT IN" : "IN",
                       at + 1));
    else
        put(w,
            str_fmt(gen_arena(), "%s($%zu::%s[])", not ? "<> ALL" : "= ANY", at + 1, type->cast));
    return tok_next(t, param + 1) + 1;
}

/* << or >> at i.  PostgreSQL shifts a bigint by an integer alone, so the name, number or parameter
 * behind it is cast; and a number before it would be one of 32 bits. */
static bool is_shift(const struct toks *t, size_t i)
{
    return i + 1 < t->n && (tok_is(&t->v[i], "<") || tok_is(&t->v[i], ">")) &&
           str_eq(t->v[i].s, t->v[i + 1].s);
}

static const struct tok *previous(const struct toks *t, size_t i)
{
    while (i > 0 && (t->v[i - 1].kind == TOK_SPACE || t->v[i - 1].kind == TOK_COMMENT))
        i--;
    return &t->v[i > 0 ? i - 1 : 0];
}

static size_t put_shift(struct writer *w, size_t i)
{
    const struct toks *t = w->t;
    size_t by = tok_next(t, i + 2);
    put(w, str_fmt(gen_arena(), "%.*s%.*s ", SV(t->v[i].s), SV(t->v[i].s)));
    if (by >= t->n ||
        (t->v[by].kind != TOK_WORD && t->v[by].kind != TOK_NUMBER && t->v[by].kind != TOK_PARAM))
        gen_die(w->q->src, t->v[i].s.p, "behind << and >> stands a name, a number or a parameter");
    if (previous(t, i)->kind == TOK_NUMBER)
        gen_die(w->q->src, t->v[i].s.p, "before << and >> write CAST(… AS INT64) for a number");
    if (t->v[by].kind == TOK_PARAM)
        put_param(w, &t->v[by]);
    else
        put(w, t->v[by].s);
    for (by++; by + 1 < t->n && tok_is(&t->v[by], "."); by += 2)
        put(w, str_fmt(gen_arena(), ".%.*s", SV(t->v[by + 1].s)));
    if (w->d == POSTGRES)
        put(w, S("::integer"));
    return by;
}

static size_t put_token(struct writer *w, size_t i)
{
    const struct tok *t = &w->t->v[i];
    if (is_shift(w->t, i))
        return put_shift(w, i);
    if (t->kind == TOK_SPACE || t->kind == TOK_COMMENT) {
        w->space = true;
        w->line |= str_find_char(t->s, '\n') >= 0;
        return i + 1;
    }
    size_t behind = tok_is(t, "IN") || tok_is(t, "NOT") ? put_in(w, i) : i;
    if (behind > i)
        return behind;
    if (t->kind == TOK_PARAM)
        put_param(w, t);
    else
        put(w, tok_text(t, w->d));
    return i + 1;
}

str query_sql(const struct query *q, const struct part *p, enum dialect d, bool *used)
{
    struct writer w = {.q = q, .t = part_toks(p, d), .d = d, .used = used, .b = {.a = gen_arena()}};
    size_t begin = tok_next(w.t, 0);
    if (p->kind == PART_FILTER) /* db_list() writes AND ( ) around it */
        begin = tok_next(w.t, begin + 1);
    for (size_t i = begin; i < w.t->n;)
        i = put_token(&w, i);
    return buf_str(&w.b);
}

str query_count_sql(const struct query *q, enum dialect d)
{
    bool *used = NEWS(gen_arena(), bool, q->in.n + 1);
    struct writer w = {
        .q = q, .t = part_toks(&q->parts.v[0], d), .d = d, .used = used, .b = {.a = gen_arena()}};
    struct shape s;
    shape_of(q, w.t, &s);
    for (size_t i = tok_next(w.t, 0); i < w.t->n;) {
        if (i == (size_t)s.verb) {
            put(&w, S("SELECT 1"));
            i = (size_t)s.from;
            w.space = true;
        }
        i = put_token(&w, i);
    }
    return buf_str(&w.b);
}
