/* jvn_filter.c - which rows of the index a query wants. */
#include "app/jvn_filter.h"

#include "base/utf8.h"
#include "formats/tokens.h"
#include "formats/vers.h"
#include "formats/version_said.h"

#include <string.h>

/* --- keywords ----------------------------------------------------------------------------------------- */

/* How common a byte is in texts of advisories: those of kana and of frequent letters are. */
static int how_common(unsigned char c)
{
    if (c == 0xE3 || c == 0x81 || c == 0x82 || c == 0x83)
        return 3;
    if (c >= 0xE3 && c <= 0xE9)
        return 2;
    return c < 0x80 && strchr("aeinorst ", c) != NULL ? 2 : c >= 0x80;
}

static size_t rarest(str s)
{
    size_t best = 0;
    for (size_t i = 1; i < s.n; i++)
        if (how_common((unsigned char)s.p[i]) < how_common((unsigned char)s.p[best]))
            best = i;
    return best;
}

/* Looks for the byte that is rarest in the needle, and around it only where that stands. */
static bool holds(str text, str needle, size_t rare)
{
    if (text.n < needle.n)
        return false;
    const char *at = text.p + rare, *end = text.p + text.n - needle.n + rare + 1;
    while ((at = memchr(at, needle.p[rare], (size_t)(end - at))) != NULL) {
        if (memcmp(at - rare, needle.p, needle.n) == 0)
            return true;
        at++;
    }
    return false;
}

void jvn_pairs(str text, uint64_t out[JVN_PAIRS])
{
    uint32_t before = 0;
    for (size_t i = 0; i < JVN_PAIRS; i++)
        out[i] = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at), h = (before * 0x9E3779B1U) ^ (c * 0x85EBCA6BU);
        if (before != 0)
            out[h >> 29] |= (uint64_t)1 << (h >> 23 & 63);
        before = c;
    }
}

static bool may_hold(const struct jvn_filter *f, const struct jvn_row *row)
{
    for (size_t i = 0; i < JVN_PAIRS; i++)
        if ((row->pairs[i] & f->pairs[i]) != f->pairs[i])
            return false;
    return true;
}

/* --- products ------------------------------------------------------------------------------------------ */

static bool names_thing(const struct jvn_filter *f, const struct jvn_thing *t)
{
    const struct myjvn_query *q = f->q;
    for (size_t i = 0; i < q->names.n; i++) {
        const struct jvn_wanted *w = &f->asked[i];
        if (q->kind != MYJVN_BY_CPE) {
            if (w->number == (q->kind == MYJVN_BY_VENDOR ? t->vid : t->pid))
                return true;
        } else if ((w->mark == 0 || w->mark == t->mark) &&
                   (myjvn_cpe_fits(w->cpe, t->cpe) ||
                    (t->name.n == 0 && myjvn_cpe_fits(w->cpe, t->vendor_cpe)))) {
            return true;
        }
    }
    return false;
}

static bool wants_thing(const struct jvn_filter *f, const struct jvn_thing *t)
{
    if (f->q->kind != MYJVN_BY_NOTHING && !names_thing(f, t))
        return false;
    return f->needle.p == NULL || !f->q->keyword_names || holds(t->normal, f->needle, f->rare);
}

bool jvn_wants_thing(const struct jvn_filter *f, size_t thing)
{
    return f->things == NULL || f->things[thing];
}

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

/* --- the whole -------------------------------------------------------------------------------------------- */

static bool wants_dates(const struct myjvn_query *q, const struct jvn_key *key)
{
    const i64 at[MYJVN_DATES] = {[MYJVN_PUBLIC] = key->first_public,
                                 [MYJVN_UPDATED] = key->updated,
                                 [MYJVN_ISSUED] = key->issued};
    for (enum myjvn_date d = 0; d < MYJVN_DATES; d++)
        if ((q->from[d].is && at[d] < q->from[d].v) || (q->until[d].is && at[d] >= q->until[d].v))
            return false;
    return true;
}

bool jvn_wants(const struct jvn_filter *f, size_t at)
{
    const struct jvn_key *key = &f->set->keys[at];
    if (!wants_dates(f->q, key) || (f->scores != NULL && !f->scores[key->scores]))
        return false;
    if (f->things != NULL && !wants_links(f, at))
        return false;
    if (f->needle.p == NULL || f->q->keyword_names)
        return true;
    const struct jvn_row *row = f->set->rows[at];
    return may_hold(f, row) && holds(row->text, f->needle, f->rare);
}

/* --- what is asked, once for all rows ------------------------------------------------------------------- */

static void read_keyword(struct jvn_filter *f)
{
    if (f->q->keyword.p == NULL)
        return;
    str needle = tokens_normal(f->a, f->q->keyword);
    if (needle.n == 0)
        return;
    f->needle = needle;
    f->rare = rarest(needle);
    jvn_pairs(needle, f->pairs);
}

static void read_names(struct jvn_filter *f)
{
    const struct myjvn_query *q = f->q;
    struct jvn_wanted *v = NEWS(f->a, struct jvn_wanted, q->names.n + 1);
    for (size_t i = 0; i < q->names.n; i++) {
        v[i] = (struct jvn_wanted){.number = -1};
        if (q->kind == MYJVN_BY_CPE) {
            v[i].cpe = q->names.v[i];
            v[i].mark = myjvn_cpe_mark(q->names.v[i]);
        } else if (!str_i64(q->names.v[i], &v[i].number)) {
            v[i].number = -1;
        }
    }
    f->asked = v;
}

static void read_things(struct jvn_filter *f)
{
    if (f->q->kind == MYJVN_BY_NOTHING && (f->needle.p == NULL || !f->q->keyword_names))
        return;
    bool *wanted = NEWS(f->a, bool, f->set->nthings + 1);
    for (size_t i = 0; i < f->set->nthings; i++)
        wanted[i] = wants_thing(f, &f->set->things[i]);
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
    *out = (struct jvn_filter){.a = a, .q = q, .set = set};
    read_keyword(out);
    read_names(out);
    read_things(out);
    read_scores(out);
}
