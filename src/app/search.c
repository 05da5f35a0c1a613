/* search.c - find released advisories. */
#include "app/search.h"

#include "app/portal_own.h"
#include "app/search_own.h"
#include "base/vec.h"
#include "gen/sql.h"

/* COMPARED: so many texts are read to see whether the words alone decide. */
enum { BATCH = 256, COMPARED = 128, MOST_HITS = DB_COUNT_MAX + 1 };

struct hits {
    VEC(struct q_public_scan)
    size_t looked; /* texts compared */
};

/* Exact hits below a number, newest first, until there are `most`. */
static enum err collect(struct ctx *cx, const struct tokens_query *q, const struct strs *words,
                        i64 before, size_t most, struct hits *out)
{
    struct search_walk w = search_from(cx, words, before);
    size_t batch = most < BATCH ? most : BATCH;
    str query;
    while (out->n < most && search_next(cx, &w, &query)) {
        struct q_public_scan *rows;
        size_t n;
        TRY(q_public_scan(cx->db, &rows, &n, .query = query, .before = w.before,
                          .most = (i64)batch));
        for (size_t i = 0; i < n && out->n < most; i++, out->looked++)
            if (tokens_match(rows[i].normal, q))
                *PUSH(cx->a, out) = rows[i];
        search_took(&w, n, batch, n > 0 ? rows[n - 1].doc : 0);
    }
    return OK;
}

/* How many documents below a number have all words. */
static enum err count_words(struct ctx *cx, const struct strs *words, i64 before, size_t most,
                            i64 *out)
{
    struct search_walk w = search_from(cx, words, before);
    size_t sum = 0;
    str query;
    while (sum < most && search_next(cx, &w, &query)) {
        struct q_public_docs *rows;
        size_t n;
        TRY(q_public_docs(cx->db, &rows, &n, .query = query, .before = w.before,
                          .most = (i64)(most - sum)));
        search_took(&w, n, most - sum, n > 0 ? rows[n - 1].doc : 0);
        sum += n;
    }
    *out = (i64)sum;
    return OK;
}

/* The newest hits, and how many there are in all.  Where each of the newest documents with all
 * words is a hit, the words are counted in the others, in place of reading a thousand texts. */
static enum err count_hits(struct ctx *cx, const struct tokens_query *q, const struct strs *words,
                           i64 top, struct hits *out, i64 *total)
{
    i64 below = 0;
    TRY(collect(cx, q, words, top + 1, COMPARED, out));
    if (out->n == COMPARED) {
        i64 last = out->v[out->n - 1].doc;
        if (out->looked == COMPARED)
            TRY(count_words(cx, words, last, MOST_HITS - COMPARED, &below));
        else
            TRY(collect(cx, q, words, last, MOST_HITS, out));
    }
    *total = (i64)out->n + below;
    return OK;
}

/* The page behind `after`: from what was counted, or, far below, from a walk of its own. */
static enum err page_of(struct ctx *cx, const struct tokens_query *q, const struct strs *words,
                        i64 after, const struct hits *counted, bool all, size_t limit,
                        struct hits *page)
{
    for (size_t i = 0; i < counted->n && page->n <= limit; i++)
        if (counted->v[i].doc < after)
            *PUSH(cx->a, page) = counted->v[i];
    if (all || page->n > limit)
        return OK;
    *page = (struct hits){0};
    return collect(cx, q, words, after, limit + 1, page);
}

static enum err read_lines(struct ctx *cx, enum lang lang, const struct hits *hits, size_t n,
                           struct public_hits *out)
{
    struct q_publication_lines *rows;
    size_t nrows;
    str *numbers = NEWS(cx->a, str, n + 1);
    for (size_t i = 0; i < n; i++)
        numbers[i] = hits->v[i].number;
    TRY(q_publication_lines(cx->db, &rows, &nrows, .numbers = {numbers, n},
                            .lang = lang == LANG_JA ? S("ja") : S("en")));
    out->v = NEWS(cx->a, struct portal_line, n + 1);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < nrows; k++)
            if (str_eq(rows[k].number, numbers[i]))
                out->v[out->n++] = (struct portal_line){.number = rows[k].number,
                                                        .title = rows[k].title,
                                                        .vendors = rows[k].vendors,
                                                        .cves = rows[k].cves,
                                                        .cwes = rows[k].cwes,
                                                        .published = rows[k].published,
                                                        .updated = rows[k].updated,
                                                        .withdrawn = rows[k].withdrawn,
                                                        .score = rows[k].severity,
                                                        .critical = rows[k].critical};
    return OK;
}

static str upper(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++)
        buf_char(&b, s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 'a' + 'A') : s.p[i]);
    return b.n > 0 ? buf_str(&b) : S("");
}

/* A number, or a CVE that one advisory alone is about. */
static enum err find_direct(struct ctx *cx, enum lang lang, str typed, str *out)
{
    struct q_publication_dates dates;
    struct q_publication_of_id *ids;
    size_t n;
    str number = portal_number(cx, typed);
    *out = NO_STR;
    TRY(q_publication_of_id(cx->db, &ids, &n, .id = upper(cx->a, typed)));
    if (n == 1)
        number = ids[0].number;
    enum err e = q_publication_dates(cx->db, &dates, .number = number,
                                     .lang = lang == LANG_JA ? S("ja") : S("en"));
    if (e == OK)
        *out = number;
    return e == E_NOT_FOUND ? OK : e;
}

enum err search_public(struct ctx *cx, enum lang lang, str typed, struct list_window *w,
                       struct public_hits *out)
{
    struct tokens_query q;
    struct q_public_top top;
    struct hits counted = {0}, page = {0};
    i64 after = INT64_MAX;
    *out = (struct public_hits){0};
    w->next = NO_STR;
    w->total = 0;
    if (!search_cursor(w->after, &after))
        return wrong(cx, S("after"), S("choice"));
    if (!tokens_query(cx->a, typed, NULL, &q))
        return wrong(cx, S("q"), S("nothing_to_search"));
    TRY(app_read(cx));
    TRY(find_direct(cx, lang, str_trim(typed), &out->direct));
    struct strs words = search_words_in(cx->a, lang, &q.tokens);
    TRY(q_public_top(cx->db, &top));
    TRY(count_hits(cx, &q, &words, top.doc, &counted, &w->total));
    bool all = (i64)counted.n == w->total && w->total < MOST_HITS;
    TRY(page_of(cx, &q, &words, after, &counted, all, w->limit, &page));
    size_t n = page.n > w->limit ? w->limit : page.n;
    if (page.n > n)
        w->next = str_fmt(cx->a, "%lld", (long long)page.v[n - 1].doc);
    return read_lines(cx, lang, &page, n, out);
}
