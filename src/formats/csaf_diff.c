/* csaf_diff.c - see csaf_diff.h: comparing the facts of two documents. */
#include "formats/csaf_diff_own.h"

#include <stdlib.h>

enum { NAMES_SHOWN = 10, WRITTEN_OUT = 4000000 };

static const str kind_names[CSAF_DIFF_KINDS] = {
    S_INIT("document"), S_INIT("tlp"),       S_INIT("revision"),
    S_INIT("product"),  S_INIT("helper"),    S_INIT("vulnerability"),
    S_INIT("status"),   S_INIT("score"),     S_INIT("remediation"),
    S_INIT("threat"),   S_INIT("flag"),      S_INIT("weakness"),
    S_INIT("date"),     S_INIT("id"),        S_INIT("involvement"),
    S_INIT("note"),     S_INIT("reference"), S_INIT("acknowledgment"),
};

str csaf_diff_kind_name(enum csaf_diff_kind kind)
{
    return kind_names[kind];
}

size_t tally_add(struct arena *a, struct tally *t, str text)
{
    bool fresh;
    size_t n = dict_add(a, &t->texts, text, &fresh);
    if (fresh)
        *PUSH(a, t) = 0;
    return ++t->v[n];
}

size_t tally_of(const struct tally *t, str text)
{
    size_t n;
    return dict_find(&t->texts, text, &n) ? t->v[n] : 0;
}

str tally_own(struct arena *a, struct tally *t, str text)
{
    size_t n = tally_add(a, t, text);
    return n == 1 ? text : str_fmt(a, "%.*s\x1f#%zu", SV(text), n);
}

struct fact *side_add(struct side *s, enum csaf_diff_kind kind, const struct json *node, str key,
                      str what, str shown)
{
    struct arena *a = s->d->a;
    str own = tally_own(a, &s->seen, key);
    struct fact *f = PUSH(a, &s->facts);
    *f = (struct fact){.kind = kind,
                       .key = (uint32_t)dict_add(a, &s->d->keys, own, NULL),
                       .parents = {NO_FACT, NO_FACT},
                       .node = node,
                       .what = what,
                       .shown = shown,
                       .value = shown};
    return f;
}

/* ---- comparing ---- */

struct pair {
    enum csaf_diff_kind kind;
    uint32_t order, first, second; /* facts, or NO_FACT */
};

struct compare {
    struct arena *a;
    const struct side *s; /* two of them */
    uint32_t *at[2];      /* by key: the fact of each side, or NO_FACT */
    struct {
        VEC(struct pair)
    } pairs;
};

static uint32_t *by_key(struct arena *a, const struct side *s)
{
    size_t n = s->d->keys.keys.n;
    uint32_t *at = NEWS(a, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++)
        at[i] = NO_FACT;
    for (size_t i = 0; i < s->facts.n; i++)
        at[s->facts.v[i].key] = (uint32_t)i;
    return at;
}

/* What it belongs to stands in both documents. */
static bool is_told(const struct compare *c, int side, const struct fact *f)
{
    for (size_t i = 0; i < COUNT(f->parents); i++) {
        uint32_t parent = f->parents[i];
        if (parent != NO_FACT && c->at[1 - side][c->s[side].facts.v[parent].key] == NO_FACT)
            return false;
    }
    return true;
}

static bool same_set(const struct fact *x, const struct fact *y)
{
    if (x->nset != y->nset)
        return false;
    for (uint32_t i = 0; i < x->nset; i++)
        if (x->set[i] != y->set[i])
            return false;
    return true;
}

static void compare_sides(struct compare *c)
{
    const struct side *s = c->s;
    for (uint32_t i = 0; i < s[0].facts.n; i++) {
        const struct fact *f = &s[0].facts.v[i];
        uint32_t k = c->at[1][f->key];
        if (k == NO_FACT) {
            if (is_told(c, 0, f))
                *PUSH(c->a, &c->pairs) = (struct pair){f->kind, i, i, NO_FACT};
        } else if (!str_eq(f->value, s[1].facts.v[k].value) || !same_set(f, &s[1].facts.v[k])) {
            *PUSH(c->a, &c->pairs) = (struct pair){f->kind, i, i, k};
        }
    }
    for (uint32_t i = 0; i < s[1].facts.n; i++) {
        const struct fact *f = &s[1].facts.v[i];
        if (c->at[0][f->key] == NO_FACT && is_told(c, 1, f))
            *PUSH(c->a, &c->pairs) = (struct pair){f->kind, (uint32_t)s[0].facts.n + i, NO_FACT, i};
    }
}

static int by_kind(const void *x, const void *y)
{
    const struct pair *p = x, *q = y;
    if (p->kind != q->kind)
        return p->kind < q->kind ? -1 : 1;
    return p->order < q->order ? -1 : p->order > q->order;
}

/* ---- telling ---- */

/* Products of x that y does not have. */
static str names_only_in(struct compare *c, const struct fact *x, const struct fact *y)
{
    const struct diff *d = c->s[0].d;
    buf b = {.a = c->a};
    size_t n = 0;
    for (uint32_t i = 0, k = 0; i < x->nset; i++) {
        while (k < y->nset && y->set[k] < x->set[i])
            k++;
        if (k < y->nset && y->set[k] == x->set[i])
            continue;
        if (n++ < NAMES_SHOWN)
            buf_putf(&b, "%s%.*s", n > 1 ? ", " : "", SV(d->names.v[x->set[i]]));
    }
    if (n > NAMES_SHOWN)
        buf_putf(&b, " … +%zu", n - NAMES_SHOWN);
    return b.n > 0 ? buf_str(&b) : S("");
}

static void tell(struct compare *c, const struct pair *p, const str *const *paths, size_t *used,
                 struct csaf_differences *out)
{
    const struct fact *x = p->first == NO_FACT ? NULL : &c->s[0].facts.v[p->first];
    const struct fact *y = p->second == NO_FACT ? NULL : &c->s[1].facts.v[p->second];
    struct csaf_difference *d = PUSH(c->a, out);
    *d = (struct csaf_difference){.kind = p->kind};
    if (y != NULL) {
        d->path_b = paths[1][used[1]++];
        d->now = y->shown;
        d->what = y->what;
    }
    if (x != NULL) {
        d->path_a = paths[0][used[0]++];
        d->old = x->shown;
        d->what = x->what;
    }
    if (x != NULL && y != NULL && str_eq(x->value, y->value)) {
        d->old = names_only_in(c, x, y);
        d->now = names_only_in(c, y, x);
    }
}

static void tell_all(struct compare *c, struct csaf_differences *out)
{
    struct csaf_check found[2] = {c->s[0].check, c->s[1].check};
    size_t used[2] = {0, 0};
    if (c->pairs.n > 0)
        qsort(c->pairs.v, c->pairs.n, sizeof *c->pairs.v, by_kind);
    for (size_t i = 0; i < c->pairs.n; i++) {
        const struct pair *p = &c->pairs.v[i];
        if (p->first != NO_FACT)
            csaf_found(&found[0], c->s[0].facts.v[p->first].node, S(""), NO_STR, NO_STR, NO_STR);
        if (p->second != NO_FACT)
            csaf_found(&found[1], c->s[1].facts.v[p->second].node, S(""), NO_STR, NO_STR, NO_STR);
    }
    const str *const paths[2] = {csaf_paths(&found[0]), csaf_paths(&found[1])};
    for (size_t i = 0; i < c->pairs.n; i++)
        tell(c, &c->pairs.v[i], paths, used, out);
}

enum err csaf_diff(struct arena *a, const struct json *first, const struct json *second,
                   struct csaf_differences *out, int *wrong)
{
    static const struct csaf_choice none;
    const struct json *documents[2] = {first, second};
    struct diff d = {.a = a, .room = WRITTEN_OUT};
    struct side s[2];
    *out = (struct csaf_differences){0};
    for (int i = 0; i < 2; i++) {
        *wrong = i;
        s[i] = (struct side){.d = &d, .document = documents[i]};
        s[i].check = (struct csaf_check){.a = a, .document = documents[i], .choice = &none};
        if (!csaf_version_of(documents[i], &s[i].check.version))
            return E_INVALID;
        s[i].check.index = csaf_index_new(a, documents[i]);
    }
    side_products(&s[0], NULL);
    side_products(&s[1], &s[0]);
    for (int i = 0; i < 2; i++) {
        side_document(&s[i]);
        side_vulnerabilities(&s[i]);
    }
    struct compare c = {.a = a, .s = s};
    c.at[0] = by_key(a, &s[0]);
    c.at[1] = by_key(a, &s[1]);
    compare_sides(&c);
    tell_all(&c, out);
    return OK;
}
