/* jvn_filter.c - which rows of the index a query wants. */
#include "app/jvn_filter.h"

#include "app/jvn_names.h"
#include "formats/tokens.h"
#include "formats/vers.h"
#include "formats/version_said.h"

enum { BITS = 64 };

bool jvn_wants_thing(const struct jvn_filter *f, size_t thing)
{
    return f->things == NULL || f->things[thing];
}

/* --- versions ------------------------------------------------------------------------------------------ */

static bool above(str version, str bound, bool open, vers_cmp *cmp)
{
    int d = cmp(version, bound);
    return open ? d > 0 : d >= 0;
}

/* Whether any version of the span lies in the asked one. */
static bool meets(const struct myjvn_query *q, const struct version_span *s, vers_cmp *cmp)
{
    str low = s->only.p ? s->only : s->from, high = s->only.p ? s->only : s->to;
    if (q->version_from.p != NULL && high.p != NULL &&
        !above(high, q->version_from, q->from_open || (!s->only.p && !s->to_in), cmp))
        return false;
    return q->version_until.p == NULL || low.p == NULL ||
           above(q->version_until, low, q->until_open || (!s->only.p && !s->from_in), cmp);
}

static bool is_in(str version, const struct version_span *s, vers_cmp *cmp)
{
    if (s->only.p != NULL)
        return cmp(version, s->only) == 0;
    return (s->from.p == NULL || above(version, s->from, !s->from_in, cmp)) &&
           (s->to.p == NULL || above(s->to, version, !s->to_in, cmp));
}

/* Versions that no machine understands fit only where they are what was asked, word for word. */
static bool wants_version(struct arena *a, const struct myjvn_query *q, str said)
{
    struct version_span *spans;
    size_t n;
    if (q->version_none || q->version_any)
        return q->version_any == (said.n > 0);
    if (q->version.p == NULL && q->version_from.p == NULL && q->version_until.p == NULL)
        return true;
    vers_cmp *cmp = vers_order(S("generic"));
    if (said.n == 0 || !versions_read(a, said, &spans, &n) || cmp == NULL)
        return q->version.p != NULL && str_eq(said, q->version);
    for (size_t i = 0; i < n; i++)
        if (q->version.p != NULL ? is_in(q->version, &spans[i], cmp) : meets(q, &spans[i], cmp))
            return true;
    return false;
}

/* The same versions are said of many: each is looked at once. */
static bool wants_said(const struct jvn_filter *f, uint32_t versions)
{
    char *known = &f->versions[versions];
    if (*known == 0)
        *known = wants_version(f->a, f->q, f->set->versions[versions]) ? 'y' : 'n';
    return *known == 'y';
}

static bool wants_links(const struct jvn_filter *f, size_t row)
{
    const struct jvn_set *set = f->set;
    for (size_t i = set->linked[row]; i < set->linked[row + 1]; i++)
        if (f->things[set->links[i].thing] && wants_said(f, set->links[i].versions))
            return true;
    return false;
}

/* --- scores ---------------------------------------------------------------------------------------------- */

/* Whether every metric asked for stands in the vector with that value. */
static bool has_metrics(str vector, str asked)
{
    while (asked.n > 0) {
        str want = str_cut(&asked, '/'), rest = vector;
        bool is = false;
        while (rest.n > 0 && !is)
            is = str_eq(str_cut(&rest, '/'), want);
        if (!is)
            return false;
    }
    return true;
}

static bool wants_score(const struct myjvn_query *q, const struct jvn_scores *s)
{
    if (q->rating >= 0 && s->rating[q->cvss - 2] != q->rating)
        return false;
    return q->vector.p == NULL ||
           (s->vector[q->cvss - 2].p != NULL && has_metrics(s->vector[q->cvss - 2], q->vector));
}

/* --- rows: each takes away what it does not want ---------------------------------------------------------- */

/* Rows are in this order: those of a span stand together. */
static size_t first_before(const struct jvn_set *set, i64 at)
{
    size_t low = 0, high = set->nrows;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (set->updated[mid] >= at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* All rows in [from, until). */
static void begin(uint64_t *bits, size_t from, size_t until)
{
    for (size_t i = from; i < until;) {
        size_t bit = i % BITS, n = until - i < BITS - bit ? until - i : BITS - bit;
        bits[i / BITS] |= (n == BITS ? UINT64_MAX : ((uint64_t)1 << n) - 1) << bit;
        i += n;
    }
}

static void keep_dates(struct jvn_rows_found *r, const i64 *column, opt_i64 from, opt_i64 until)
{
    i64 least = from.is ? from.v : INT64_MIN;
    if (!from.is && !until.is)
        return;
    for (size_t w = 0; w < r->nwords; w++) {
        const i64 *at = column + w * BITS;
        uint64_t in = 0;
        for (size_t i = 0; r->bits[w] != 0 && i < BITS; i++)
            in |= (uint64_t)(at[i] >= least && (!until.is || at[i] < until.v)) << i;
        r->bits[w] &= in;
    }
}

static void keep_scores(const struct jvn_filter *f, struct jvn_rows_found *r)
{
    for (size_t w = 0; w < r->nwords; w++) {
        const uint32_t *scored = f->set->scored + w * BITS;
        uint64_t in = 0;
        for (size_t i = 0; r->bits[w] != 0 && i < BITS; i++)
            in |= (uint64_t)f->scores[scored[i]] << i;
        r->bits[w] &= in;
    }
}

/* Looks at those that are left, one by one. */
static void keep_links(const struct jvn_filter *f, struct jvn_rows_found *r)
{
    for (size_t w = 0; w < r->nwords; w++)
        for (uint64_t rest = r->bits[w]; rest != 0; rest &= rest - 1) {
            size_t i = (size_t)__builtin_ctzll(rest);
            if (!wants_links(f, w * BITS + i))
                r->bits[w] ^= (uint64_t)1 << i;
        }
}

static void keep_texts(const struct jvn_filter *f, struct jvn_rows_found *r)
{
    for (size_t w = 0; w < r->nwords; w++)
        r->bits[w] = needle_in_each(&f->needle, f->set->texts + w * BITS, r->bits[w]);
}

struct jvn_rows_found jvn_filter_rows(const struct jvn_filter *f)
{
    const struct jvn_set *set = f->set;
    const struct myjvn_query *q = f->q;
    opt_i64 from = q->from[MYJVN_UPDATED], until = q->until[MYJVN_UPDATED];
    struct jvn_rows_found r = {.nwords = jvn_words64(set->nrows)};
    r.bits = NEWS(f->a, uint64_t, r.nwords + 1);
    begin(r.bits, until.is ? first_before(set, until.v) : 0,
          from.is ? first_before(set, from.v) : set->nrows);
    for (size_t w = 0; f->critical && w < r.nwords; w++)
        r.bits[w] &= set->critical[w];
    keep_dates(&r, set->first_public, q->from[MYJVN_PUBLIC], q->until[MYJVN_PUBLIC]);
    keep_dates(&r, set->issued, q->from[MYJVN_ISSUED], q->until[MYJVN_ISSUED]);
    if (f->scores != NULL)
        keep_scores(f, &r);
    bool in_texts = f->needle.s.p != NULL && !q->keyword_names;
    if (in_texts)
        jvn_pairs_keep(set->pairs, f->pairs, r.bits, r.nwords);
    if (f->things != NULL)
        keep_links(f, &r);
    if (in_texts)
        keep_texts(f, &r);
    for (size_t w = 0; w < r.nwords; w++)
        r.total += __builtin_popcountll(r.bits[w]);
    return r;
}

size_t jvn_found_window(const struct jvn_rows_found *found, const struct jvn_set *set, i64 start,
                        i64 count, const struct jvn_row **out)
{
    i64 before = 0; /* of them, in the words that were passed */
    size_t n = 0;
    for (size_t w = 0; w < found->nwords && (i64)n < count; w++) {
        uint64_t rest = found->bits[w];
        i64 here = __builtin_popcountll(rest);
        for (i64 i = before + here < start ? here : 0; i < here && (i64)n < count; i++) {
            if (before + i + 1 >= start)
                out[n++] = set->rows[w * BITS + (size_t)__builtin_ctzll(rest)];
            rest &= rest - 1;
        }
        before += here;
    }
    return n;
}

/* --- what is asked, once for all rows ------------------------------------------------------------------- */

static void read_keyword(struct jvn_filter *f)
{
    if (f->q->keyword.p == NULL)
        return;
    str needle = tokens_normal(f->a, f->q->keyword);
    if (needle.n == 0)
        return;
    f->needle = needle_of(needle);
    jvn_pairs_of(needle, f->pairs);
}

static void read_things(struct jvn_filter *f)
{
    bool by_name = f->q->kind != MYJVN_BY_NOTHING,
         by_word = f->needle.s.p != NULL && f->q->keyword_names;
    if (!by_name && !by_word)
        return;
    bool *wanted =
        by_name ? jvn_things_named(f->a, f->set, f->q) : NEWS(f->a, bool, f->set->nthings + 1);
    const bool *words = by_word ? jvn_words_with(f->a, &f->set->normals, &f->needle) : NULL;
    for (size_t i = 0; by_word && i < f->set->nthings; i++)
        wanted[i] = (!by_name || wanted[i]) && words[f->set->things[i].normal];
    f->things = wanted;
    f->versions = NEWS(f->a, char, f->set->nversions + 1);
}

static void read_scores(struct jvn_filter *f)
{
    if (f->q->cvss == 0 || f->q->method == MYJVN_STATISTICS)
        return;
    bool *wanted = NEWS(f->a, bool, f->set->nscores + 1);
    for (size_t i = 0; i < f->set->nscores; i++)
        wanted[i] = wants_score(f->q, &f->set->scores[i]);
    f->scores = wanted;
}

void jvn_filter_make(struct arena *a, const struct myjvn_query *q, const struct jvn_set *set,
                     struct jvn_filter *out)
{
    *out = (struct jvn_filter){.a = a, .q = q, .set = set, .critical = q->method == MYJVN_ALERTS};
    read_keyword(out);
    read_things(out);
    read_scores(out);
}
