/* sqlgen_check.c - proves that a statement's SQL is what its heading says. */
#include "sqlgen.h"

const struct toks *part_toks(const struct part *p, enum dialect d)
{
    return &p->toks[p->variant ? d : SQLITE];
}

static const char *place(const struct toks *t, const struct query *q)
{
    return t->n > 0 ? t->v[tok_next(t, 0) < t->n ? tok_next(t, 0) : 0].s.p : q->name.p;
}

/* What a token adds to the depth: brackets, and CASE … END. */
static int depth_of(const struct tok *t)
{
    bool opens = tok_is(t, "(") || tok_is(t, "[") || tok_is(t, "CASE");
    bool closes = tok_is(t, ")") || tok_is(t, "]") || tok_is(t, "END");
    return opens - closes;
}

static bool is_one_of(const struct tok *t, const char *const *words)
{
    for (; *words != NULL; words++)
        if (tok_is(t, *words))
            return true;
    return false;
}

/* The next top-level token at or behind i that is one of words; t->n: none. */
static size_t find_top(const struct toks *t, size_t i, const char *const *words)
{
    int depth = 0;
    for (; i < t->n; i++) {
        depth += depth_of(&t->v[i]);
        if (depth == 0 && is_one_of(&t->v[i], words))
            return i;
    }
    return t->n;
}

static ptrdiff_t find_word(const struct toks *t, size_t i, const char *word)
{
    size_t at = find_top(t, i, (const char *const[]){word, NULL});
    return at < t->n ? (ptrdiff_t)at : -1;
}

static bool behind_distinct(const struct toks *t, size_t i)
{
    while (i-- > 0)
        if (t->v[i].kind != TOK_SPACE && t->v[i].kind != TOK_COMMENT)
            return tok_is(&t->v[i], "DISTINCT");
    return false;
}

/* FROM of the statement, not of IS DISTINCT FROM. */
static ptrdiff_t find_from(const struct toks *t, size_t i)
{
    for (ptrdiff_t at; (at = find_word(t, i, "FROM")) >= 0; i = (size_t)at + 1)
        if (!behind_distinct(t, (size_t)at))
            return at;
    return -1;
}

/* How many expressions stand at the top level from i to end. */
static size_t count_columns(const struct query *q, const struct toks *t, size_t i, size_t end)
{
    size_t n = 1;
    int depth = 0;
    bool begins = true;
    for (; i < end; i++) {
        const struct tok *k = &t->v[i];
        if (k->kind == TOK_SPACE || k->kind == TOK_COMMENT)
            continue;
        if (depth == 0 && begins && tok_is(k, "*"))
            gen_error(q->src, k->s.p, "name the columns instead of *");
        depth += depth_of(k);
        bool comma = depth == 0 && tok_is(k, ",");
        n += comma;
        begins = comma || (depth == 0 && tok_is(k, "."));
    }
    return n;
}

static void check_depth(const struct query *q, const struct toks *t)
{
    int depth = 0;
    for (size_t i = 0; i < t->n; i++) {
        depth += depth_of(&t->v[i]);
        if (depth < 0)
            gen_die(q->src, t->v[i].s.p, "this closes what was never opened");
    }
    if (depth != 0)
        gen_die(q->src, place(t, q), "a ( or CASE in this text is never closed");
}

void shape_of(const struct query *q, const struct toks *t, struct shape *out)
{
    static const char *const verbs[] = {"SELECT", "INSERT", "UPDATE", "DELETE", NULL};
    static const char *const ends[] = {"WHERE", "UNION", "INTERSECT", "EXCEPT", "ORDER",
                                       "GROUP", "LIMIT", "HAVING",    "WINDOW", NULL};
    check_depth(q, t);
    size_t verb = find_top(t, 0, verbs);
    if (verb == t->n)
        gen_die(q->src, place(t, q), "a statement is a SELECT, INSERT, UPDATE or DELETE");
    out->verb = (ptrdiff_t)verb;
    out->from = find_from(t, verb);
    out->where = find_word(t, verb, "WHERE");
    out->returning = find_word(t, verb, "RETURNING");
    out->limit = find_word(t, verb, "LIMIT");
    out->columns = 0;
    if (out->returning >= 0) {
        out->columns = count_columns(q, t, (size_t)out->returning + 1, t->n);
    } else if (tok_is(&t->v[verb], "SELECT")) {
        size_t begin = tok_next(t, verb + 1);
        begin += begin < t->n && (tok_is(&t->v[begin], "DISTINCT") || tok_is(&t->v[begin], "ALL"));
        size_t end = find_top(t, begin, ends);
        if (out->from >= 0 && (size_t)out->from < end)
            end = (size_t)out->from;
        out->columns = count_columns(q, t, begin, end);
    }
}

static void check_result(const struct query *q, const struct toks *t, const struct shape *s)
{
    bool rows = q->kind == KIND_ONE || q->kind == KIND_MANY || q->kind == KIND_LIST;
    if (rows && q->out.n == 0)
        gen_die(q->src, q->name.p, "%.*s gives rows, but has no `-- out`", SV(q->name));
    if (!rows && q->out.n > 0)
        gen_die(q->src, q->name.p, "`-- out` belongs to :one, :many and :list");
    if (rows && s->columns == 0)
        gen_die(q->src, place(t, q), "rows are asked for, but there is no SELECT or RETURNING");
    if (!rows && s->columns > 0)
        gen_die(q->src, place(t, q),
                "what this gives would be thrown away: it wants to be :one or :many");
    if (rows && s->columns != q->out.n)
        gen_error(q->src, place(t, q), "%zu columns here, but `-- out` has %zu fields", s->columns,
                  q->out.n);
    for (size_t i = 0; i < q->out.n; i++)
        if (q->out.v[i].type->array)
            gen_error(q->src, q->out.v[i].name.p, "a row has no arrays");
    if (q->kind == KIND_MANY && s->limit < 0 && !q->bounded)
        gen_error(q->src, place(t, q),
                  ":many needs a LIMIT, or a comment `-- bounded` that says why it needs none");
}

/* What a :list may not have at the top level, because its end is put together at run time. */
static const char *const list_ends[] = {"GROUP", "HAVING",    "WINDOW", "ORDER", "LIMIT", "OFFSET",
                                        "UNION", "INTERSECT", "EXCEPT", "FOR",   NULL};

static void check_no_or(const struct query *q, const struct toks *t, size_t from)
{
    ptrdiff_t at = find_word(t, from, "OR");
    if (at >= 0)
        gen_error(q->src, t->v[at].s.p, "put ( ) around this OR: an AND will follow");
}

static void check_list_base(const struct query *q, const struct toks *t, const struct shape *s)
{
    if (!tok_is(&t->v[s->verb], "SELECT") || s->from < 0 || s->where < s->from)
        gen_die(q->src, place(t, q), "a :list is SELECT … FROM … WHERE …");
    if (tok_next_is(t, (size_t)s->verb + 1, "DISTINCT"))
        gen_error(q->src, place(t, q), "DISTINCT in a :list: its count would differ; use GROUP BY");
    size_t end = find_top(t, (size_t)s->from, list_ends);
    if (end < t->n)
        gen_error(q->src, t->v[end].s.p,
                  "%.*s cannot stand here: order and limit are added, GROUP BY goes to `-- tail`",
                  SV(t->v[end].s));
    check_no_or(q, t, (size_t)s->where);
}

static void check_filter(const struct query *q, const struct part *p, const struct toks *t)
{
    ptrdiff_t at = field_find(&q->in, p->name);
    check_depth(q, t);
    if (at < 0)
        gen_die(q->src, p->at, "a filter is called like its parameter: no %.*s in `-- in`",
                SV(p->name));
    if (!q->in.v[at].type->optional)
        gen_error(q->src, p->at,
                  "a filter's parameter is one that may be absent: str?, i64?, blob?, str[] or "
                  "i64[]; or a bool");
    if (!tok_next_is(t, 0, "AND"))
        gen_error(q->src, p->at, "a filter's text begins with AND");
    size_t end = find_top(t, 0, list_ends);
    if (end < t->n)
        gen_error(q->src, t->v[end].s.p, "%.*s cannot stand in a filter", SV(t->v[end].s));
    for (const struct part *o = q->parts.v; o < p; o++)
        if (o->kind == PART_FILTER && str_eq(o->name, p->name))
            gen_error(q->src, p->at, "the filter %.*s is there twice", SV(p->name));
}

static void check_tail(const struct query *q, const struct part *p, const struct toks *t)
{
    check_depth(q, t);
    if (!tok_next_is(t, 0, "GROUP"))
        gen_error(q->src, p->at, "the tail of a :list is GROUP BY … HAVING …");
    if (find_word(t, 0, "ORDER") >= 0 || find_word(t, 0, "LIMIT") >= 0)
        gen_error(q->src, p->at, "order and limit are added at run time");
    for (const struct part *o = q->parts.v; o < p; o++)
        if (o->kind == PART_TAIL)
            gen_error(q->src, p->at, "a second tail");
}

/* The parameter of a filter means something in that filter alone: elsewhere it is NULL. */
static void check_filter_params(const struct query *q, const struct part *p, const struct toks *t)
{
    for (size_t i = 0; i < t->n; i++) {
        if (t->v[i].kind != TOK_PARAM)
            continue;
        str name = str_from(t->v[i].s, 1);
        for (size_t k = 0; k < q->parts.n; k++)
            if (q->parts.v[k].kind == PART_FILTER && str_eq(q->parts.v[k].name, name) &&
                &q->parts.v[k] != p)
                gen_error(q->src, t->v[i].s.p, "%.*s belongs to its filter alone", SV(name));
    }
}

static void check_part(const struct query *q, const struct part *p, enum dialect d)
{
    const struct toks *t = part_toks(p, d);
    if (tok_next(t, 0) == t->n)
        gen_die(q->src, p->at, "there is no SQL here");
    if (!p->variant) {
        for (size_t i = 0; i < t->n; i++)
            sql_check_shared(q->src, &t->v[i]);
        sql_check_casts(q->src, t);
    }
    check_filter_params(q, p, t);
    if (p->kind == PART_FILTER)
        check_filter(q, p, t);
    if (p->kind == PART_TAIL)
        check_tail(q, p, t);
    if (p->kind != PART_BASE)
        return;
    struct shape s;
    shape_of(q, t, &s);
    check_result(q, t, &s);
    if (q->kind == KIND_LIST)
        check_list_base(q, t, &s);
}

void query_check(const struct query *q)
{
    if (q->parts.n == 0)
        gen_die(q->src, q->name.p, "%.*s has no SQL", SV(q->name));
    if (q->kind != KIND_LIST && (q->parts.n > 1 || q->sorts.n > 0))
        gen_die(q->src, q->name.p, "filters, tails and sorts belong to a :list");
    if (q->parts.n > 64)
        gen_die(q->src, q->name.p, "a :list has at most 64 filters");
    if (q->kind == KIND_LIST && q->sorts.n == 0)
        gen_die(q->src, q->name.p, "a :list needs a `-- sort`; the first one is the default");
    for (size_t i = 0; i < q->parts.n; i++) {
        check_part(q, &q->parts.v[i], SQLITE);
        if (q->parts.v[i].variant)
            check_part(q, &q->parts.v[i], POSTGRES);
    }
}
