/* library_search.c - the library by words, newest come first.
 *
 * Words are keyed hashes; every candidate is opened, compared as a text and held against the
 * other filters, up to a bounded number a page. */
#include "app/library_own.h"

enum { BATCH = 64, LOOKED = 512 };

struct finding {
    struct ctx *cx;
    const struct library_filter *f;
    struct tokens_query q, product;
    opt_i64 from, to; /* scores */
    bool closed;
    struct {
        VEC(struct library_line)
    } hits;
};

static bool has_cve(const struct library_entry *e, str cve)
{
    for (size_t i = 0; i < e->cves.n; i++)
        if (str_eq(e->cves.v[i], cve))
            return true;
    return false;
}

/* What a row says by itself. */
static bool passes(const struct finding *g, const struct q_library_scan *r)
{
    const struct library_filter *f = g->f;
    return (r->open || g->closed) && (f->publisher.n == 0 || str_eq(r->publisher, f->publisher)) &&
           (!g->from.is || r->score >= g->from.v) && (!g->to.is || r->score <= g->to.v) &&
           (!f->since.is || r->at >= f->since.v) && (!f->until.is || r->at < f->until.v);
}

static bool has_product(const struct finding *g, const struct library_entry *e)
{
    for (size_t i = 0; i < e->nproducts; i++) {
        str both =
            str_fmt(g->cx->a, "%.*s %.*s", SV(e->products[i].vendor), SV(e->products[i].name));
        if (tokens_match(tokens_normal(g->cx->a, both), &g->product))
            return true;
    }
    return false;
}

static bool matches(const struct finding *g, const struct library_entry *e)
{
    if (g->f->cve.n > 0 && !has_cve(e, g->f->cve))
        return false;
    if (g->f->product.n > 0 && !has_product(g, e))
        return false;
    return g->f->q.n == 0 ||
           tokens_match(tokens_normal(g->cx->a, library_text(g->cx->a, e)), &g->q);
}

static enum err look_at(struct finding *g, const struct q_library_scan *r)
{
    struct library_line l;
    if (!passes(g, r))
        return OK;
    TRY(library_line_of(g->cx, r->id, r->open, r->at, r->content, &l));
    if (matches(g, &l.e))
        *PUSH(g->cx->a, &g->hits) = l;
    return OK;
}

/* Down from *before until the page is full; *before: where it ended, 0 at the end of all. */
static enum err walk(struct finding *g, const struct strs *words, size_t limit, i64 *before)
{
    struct search_walk w = search_from(g->cx, words, *before);
    size_t looked = 0;
    str query;
    while (search_next(g->cx, &w, &query)) {
        struct q_library_scan *rows;
        size_t n;
        TRY(q_library_scan(g->cx->db, &rows, &n, .query = query, .before = w.before,
                           .most = BATCH));
        for (size_t i = 0; i < n; i++) {
            TRY(look_at(g, &rows[i]));
            *before = rows[i].doc;
            if (g->hits.n == limit || ++looked == LOOKED)
                return OK;
        }
        search_took(&w, n, BATCH, n > 0 ? rows[n - 1].doc : 0);
    }
    *before = 0;
    return OK;
}

/* All words of both; which belong together is seen when a text is compared. */
static struct strs words_of(struct ctx *cx, const struct finding *g)
{
    size_t n = g->q.tokens.n + g->product.tokens.n, at = 0;
    str *all = NEWS(cx->a, str, n + 1);
    for (size_t i = 0; i < g->q.tokens.n; i++)
        all[at++] = g->q.tokens.v[i];
    for (size_t i = 0; i < g->product.tokens.n; i++)
        all[at++] = g->product.tokens.v[i];
    return (struct strs){all, at};
}

enum err library_search(struct ctx *cx, const struct library_filter *f, struct list_window *w,
                        struct library_line **out, size_t *n)
{
    struct finding g = {.cx = cx, .f = f, .closed = library_may(cx).closed};
    struct q_library_top top;
    i64 before = INT64_MAX;
    w->next = NO_STR;
    w->total = -1;
    if (!search_cursor(w->after, &before))
        return wrong(cx, S("after"), S("choice"));
    if (f->q.n > 0 && !tokens_query(cx->a, f->q, cx->app->search_key, &g.q))
        return wrong(cx, S("q"), S("nothing_to_search"));
    if (f->product.n > 0 && !tokens_query(cx->a, f->product, cx->app->search_key, &g.product))
        return wrong(cx, S("product"), S("nothing_to_search"));
    library_span(f->severity, &g.from, &g.to);
    struct strs words = words_of(cx, &g);
    TRY(q_library_top(cx->db, &top));
    before = before > top.doc + 1 ? top.doc + 1 : before;
    TRY(walk(&g, &words, w->limit, &before));
    if (before > 1)
        w->next = str_fmt(cx->a, "%lld", (long long)before);
    *out = NEWS(cx->a, struct library_line, g.hits.n + 1);
    for (size_t i = 0; i < g.hits.n; i++)
        (*out)[i] = g.hits.v[i];
    *n = g.hits.n;
    return OK;
}
