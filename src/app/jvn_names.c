/* jvn_names.c - see jvn_names.h. */
#include "app/jvn_names.h"

#include "formats/myjvn.h"

#include <stdlib.h>
#include <string.h>

/* --- words ---------------------------------------------------------------------------------------- */

static uint32_t word_of(struct jvn_heap *h, struct dict *d, str s)
{
    size_t at;
    if (dict_find(d, s, &at))
        return (uint32_t)at;
    return (uint32_t)dict_add(h->a, d, str_copy(h->a, s), NULL);
}

void jvn_name_thing(struct jvn_heap *h, str normal, struct jvn_thing *t)
{
    str rest = str_lower(h->a, str_from(t->cpe, S("cpe:/").n)), part = str_cut(&rest, ':'),
        maker = str_cut(&rest, ':');
    t->part = word_of(h, &h->parts, part);
    t->maker = word_of(h, &h->makers, maker);
    t->product = word_of(h, &h->products, rest);
    t->normal = word_of(h, &h->normals, normal);
}

static struct jvn_words words_of(struct arena *a, const struct dict *d)
{
    size_t bytes = 0;
    uint32_t n = 0, *at = NEWS(a, uint32_t, d->keys.n + 1);
    for (size_t i = 0; i < d->keys.n; i++)
        bytes += d->keys.v[i].n + 1;
    must(bytes < UINT32_MAX);
    char *all = NEWS(a, char, bytes + 1);
    for (size_t i = 0; i < d->keys.n; i++) {
        at[i] = n;
        if (d->keys.v[i].n > 0)
            memcpy(all + n, d->keys.v[i].p, d->keys.v[i].n);
        n += (uint32_t)d->keys.v[i].n;
        all[n++] = '\n';
    }
    at[d->keys.n] = n;
    return (struct jvn_words){{all, bytes}, at, d->keys.n};
}

static str word_at(const struct jvn_words *w, size_t i)
{
    return (str){w->all.p + w->at[i], w->at[i + 1] - w->at[i] - 1};
}

/* Things by their makers, by counting. */
static void sort_makers(struct arena *a, struct jvn_set *set)
{
    uint32_t *at = NEWS(a, uint32_t, set->makers.n + 2),
             *made = NEWS(a, uint32_t, set->nthings + 1);
    for (size_t i = 0; i < set->nthings; i++)
        at[set->things[i].maker + 2]++;
    for (size_t i = 2; i < set->makers.n + 2; i++)
        at[i] += at[i - 1];
    for (size_t i = 0; i < set->nthings; i++)
        made[at[set->things[i].maker + 1]++] = (uint32_t)i;
    set->made = made;
    set->made_at = at;
}

void jvn_name_set(struct arena *a, const struct jvn_heap *h, struct jvn_set *set)
{
    set->parts = words_of(a, &h->parts);
    set->makers = words_of(a, &h->makers);
    set->products = words_of(a, &h->products);
    set->normals = words_of(a, &h->normals);
    sort_makers(a, set);
}

/* --- looking for a part of them -------------------------------------------------------------------- */

/* The first word, from i on, that holds the needle; all there are: none does. */
static size_t next_with(const struct jvn_words *w, const struct needle *n, size_t i)
{
    while (i < w->n) {
        ptrdiff_t hit = needle_find(n, str_from(w->all, w->at[i]));
        if (hit < 0)
            return w->n;
        size_t at = w->at[i] + (size_t)hit;
        while (w->at[i + 1] <= at)
            i++;
        if (at + n->s.n < w->at[i + 1])
            return i;
        i++; /* it stands across a line's end */
    }
    return w->n;
}

bool *jvn_words_with(struct arena *a, const struct jvn_words *w, const struct needle *n)
{
    bool *with = NEWS(a, bool, w->n + 1);
    for (size_t i = next_with(w, n, 0); i < w->n; i = next_with(w, n, i + 1))
        with[i] = true;
    return with;
}

/* --- patterns -------------------------------------------------------------------------------------- */

struct naming {
    struct arena *a;
    const struct jvn_set *set;
    bool *named;
};

/* Of a pattern in lower case: its longest run without a star or a colon. */
static str longest(str pattern)
{
    str best = S("");
    for (size_t at = 0; at < pattern.n; at++) {
        size_t n = 0;
        while (at + n < pattern.n && pattern.p[at + n] != '*' && pattern.p[at + n] != ':')
            n++;
        if (n > best.n)
            best = str_sub(pattern, at, n);
        at += n;
    }
    return best;
}

static bool asks_nothing(str pattern)
{
    for (size_t i = 0; i < pattern.n; i++)
        if (pattern.p[i] != '*' && pattern.p[i] != ':')
            return false;
    return true;
}

struct chosen {
    bool any; /* all of them */
    const uint32_t *v;
    size_t n;
};

/* Which words fit a pattern of one part or of several with colons between. */
static struct chosen choose(struct arena *a, const struct jvn_words *w, str pattern)
{
    if (asks_nothing(pattern))
        return (struct chosen){.any = true};
    struct {
        VEC(uint32_t)
    } v = {0};
    struct needle n = needle_of(longest(pattern));
    for (size_t i = next_with(w, &n, 0); i < w->n; i = next_with(w, &n, i + 1))
        if (myjvn_names_fit(pattern, word_at(w, i)))
            *PUSH(a, &v) = (uint32_t)i;
    return (struct chosen){.v = v.v, .n = v.n};
}

/* The same as a mark at each of the words; NULL: any. */
static const bool *marks_of(struct arena *a, const struct jvn_words *w, struct chosen c)
{
    if (c.any)
        return NULL;
    bool *marks = NEWS(a, bool, w->n + 1);
    for (size_t i = 0; i < c.n; i++)
        marks[c.v[i]] = true;
    return marks;
}

static void name_if(const struct naming *m, size_t thing, const bool *parts, const bool *products)
{
    const struct jvn_thing *t = &m->set->things[thing];
    if ((parts == NULL || parts[t->part]) && (products == NULL || products[t->product]))
        m->named[thing] = true;
}

static void name_pattern(const struct naming *m, str pattern)
{
    const struct jvn_set *set = m->set;
    str rest = str_lower(m->a, pattern);
    if (!str_has_prefix(rest, S("cpe:/")))
        return;
    rest = str_from(rest, S("cpe:/").n);
    str part = str_cut(&rest, ':'), maker = str_cut(&rest, ':');
    const bool *parts = marks_of(m->a, &set->parts, choose(m->a, &set->parts, part)),
               *products = marks_of(m->a, &set->products, choose(m->a, &set->products, rest));
    struct chosen makers = choose(m->a, &set->makers, maker);
    for (size_t i = 0; makers.any && i < set->nthings; i++)
        name_if(m, i, parts, products);
    for (size_t i = 0; i < makers.n; i++)
        for (uint32_t k = set->made_at[makers.v[i]]; k < set->made_at[makers.v[i] + 1]; k++)
            name_if(m, set->made[k], parts, products);
}

/* --- numbers --------------------------------------------------------------------------------------- */

static int by_size(const void *x, const void *y)
{
    i64 a = *(const i64 *)x, b = *(const i64 *)y;
    return (a > b) - (a < b);
}

/* Most numbers are told apart from all that are asked for by their lowest bits. */
static void name_numbers(const struct naming *m, const struct myjvn_query *q)
{
    enum { LOW = 4096 };
    bool *may = NEWS(m->a, bool, LOW);
    i64 *asked = NEWS(m->a, i64, q->names.n + 1), of;
    size_t n = 0;
    for (size_t i = 0; i < q->names.n; i++)
        if (str_i64(q->names.v[i], &asked[n]))
            may[asked[n++] & (LOW - 1)] = true;
    if (n == 0)
        return;
    qsort(asked, n, sizeof asked[0], by_size);
    for (size_t i = 0; i < m->set->nthings; i++) {
        const struct jvn_thing *t = &m->set->things[i];
        of = q->kind == MYJVN_BY_VENDOR ? t->vid : t->pid;
        m->named[i] =
            may[of & (LOW - 1)] && bsearch(&of, asked, n, sizeof asked[0], by_size) != NULL;
    }
}

bool *jvn_things_named(struct arena *a, const struct jvn_set *set, const struct myjvn_query *q)
{
    const struct naming m = {a, set, NEWS(a, bool, set->nthings + 1)};
    if (q->kind != MYJVN_BY_CPE)
        name_numbers(&m, q);
    else
        for (size_t i = 0; i < q->names.n; i++)
            name_pattern(&m, q->names.v[i]);
    return m.named;
}
