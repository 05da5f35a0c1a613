/* csaf_diff_products.c - the products of two documents, and which of them are the same. */
#include "formats/csaf_diff_own.h"

#include <stdlib.h>

static const char *const not_in_helper[] = {"purl", "purls", NULL};

/* What identifies the product, in either version; absent: nothing. */
static str helper_text(struct arena *a, const struct csaf_product *p)
{
    const struct json *helper = json_get(p->name, S("product_identification_helper"));
    const struct json *purl = json_get(helper, S("purl")), *purls = json_get(helper, S("purls"));
    if (helper == NULL)
        return NO_STR;
    buf b = {.a = a};
    buf_put(&b, diff_text(a, helper, not_in_helper));
    if (purl != NULL)
        buf_putf(&b, "[%.*s]", SV(diff_text(a, purl, NULL)));
    if (purls != NULL)
        buf_put(&b, diff_text(a, purls, NULL));
    return buf_str(&b);
}

/* Numbers of branches by their names and those above. */
static uint32_t *branch_numbers(struct side *s)
{
    const struct csaf_index *x = s->check.index;
    uint32_t *numbers = NEWS(s->d->a, uint32_t, x->branches.n + 1);
    for (size_t i = 0; i < x->branches.n; i++) {
        const struct csaf_branch *b = &x->branches.v[i];
        uint32_t above = b->parent == CSAF_NO_NUMBER ? 0 : numbers[b->parent];
        str key = str_fmt(s->d->a, "b%u\x1f%.*s", above, SV(b->name));
        numbers[i] = (uint32_t)dict_add(s->d->a, &s->d->products, key, NULL) + 1;
    }
    return numbers;
}

/* By where it stands: the path of its branches, or its name. */
static uint32_t place_number(struct side *s, const struct csaf_product *p, const uint32_t *branches,
                             size_t *at, struct tally *taken)
{
    struct arena *a = s->d->a;
    const struct csaf_index *x = s->check.index;
    if (p->by == CSAF_BY_BRANCH) {
        while (*at < x->branches.n && x->branches.v[*at].branch != p->holder)
            (*at)++;
        if (*at < x->branches.n)
            return (uint32_t)dict_add(a, &s->d->products,
                                      tally_own(a, taken, str_fmt(s->d->a, "t%u", branches[*at])),
                                      NULL);
    }
    return (uint32_t)dict_add(
        a, &s->d->products,
        tally_own(a, taken, str_fmt(s->d->a, "n\x1f%.*s", SV(json_get_text(p->name, S("name"))))),
        NULL);
}

static void give_name(struct diff *d, uint32_t number, str name)
{
    while (d->names.n <= number)
        *PUSH(d->a, &d->names) = NO_STR;
    if (d->names.v[number].p == NULL)
        d->names.v[number] = name;
}

/* ---- products that moved in the tree ---- */

struct loose {
    struct dict texts;
    struct {
        VEC(uint32_t)
    } numbers; /* by text: in diff.products; NO_FACT: more than one */
};

static void note_loose(struct arena *a, struct loose *l, str text, uint32_t number)
{
    bool fresh;
    if (text.n == 0)
        return;
    size_t at = dict_add(a, &l->texts, text, &fresh);
    if (fresh)
        *PUSH(a, &l->numbers) = number;
    else
        l->numbers.v[at] = NO_FACT;
}

static bool is_product(const struct side *s, const struct csaf_product *p)
{
    const struct csaf_index *x = s->check.index;
    return p->number != CSAF_NO_NUMBER && x->product_at[p->number] != 0 &&
           &x->products.v[x->product_at[p->number] - 1] == p;
}

static bool *numbers_of(const struct side *s)
{
    bool *has = NEWS(s->d->a, bool, s->d->products.keys.n + 1);
    const struct csaf_index *x = s->check.index;
    for (size_t i = 0; i < x->products.n; i++)
        if (is_product(s, &x->products.v[i]))
            has[s->common[x->products.v[i].number]] = true;
    return has;
}

static str loose_text(struct side *s, const struct csaf_product *p, bool by_helper)
{
    return by_helper ? helper_text(s->d->a, p) : json_get_text(p->name, S("name"));
}

/* A product of s that other does not have at its place is the one of other that has the same
 * helper (or name), when that stands nowhere in s and there is one only. */
static void match_loose(struct side *s, const struct side *other, bool by_helper)
{
    struct arena *a = s->d->a;
    const struct csaf_index *x = s->check.index, *y = other->check.index;
    const bool *ours = numbers_of(s), *theirs = numbers_of(other);
    struct loose l = {0}, own = {0};
    struct side them = *other;
    for (size_t i = 0; i < y->products.n; i++) {
        const struct csaf_product *p = &y->products.v[i];
        if (is_product(other, p) && !ours[other->common[p->number]])
            note_loose(a, &l, loose_text(&them, p, by_helper), other->common[p->number]);
    }
    for (size_t i = 0; i < x->products.n; i++)
        if (is_product(s, &x->products.v[i]) && !theirs[s->common[x->products.v[i].number]])
            note_loose(a, &own, loose_text(s, &x->products.v[i], by_helper), (uint32_t)i);
    for (size_t i = 0; i < own.numbers.n; i++) {
        size_t at;
        if (own.numbers.v[i] != NO_FACT && dict_find(&l.texts, own.texts.keys.v[i], &at) &&
            l.numbers.v[at] != NO_FACT)
            s->common[x->products.v[own.numbers.v[i]].number] = l.numbers.v[at];
    }
}

/* ---- facts ---- */

static void add_product(struct side *s, const struct csaf_product *p)
{
    struct arena *a = s->d->a;
    uint32_t number = s->common[p->number];
    str name = json_get_text(p->name, S("name")), helper = helper_text(a, p);
    name = name.p != NULL ? name : json_text(p->node);
    give_name(s->d, number, name);
    s->product[p->number] = (uint32_t)s->facts.n;
    (void)side_add(s, CSAF_DIFF_PRODUCT, p->name, str_fmt(a, "product\x1f%u", number), name, name);
    if (helper.p == NULL)
        return;
    struct fact *f =
        side_add(s, CSAF_DIFF_HELPER, json_get(p->name, S("product_identification_helper")),
                 str_fmt(a, "helper\x1f%u", number), name, helper);
    f->parents[0] = s->product[p->number];
}

void side_products(struct side *s, const struct side *other)
{
    const struct csaf_index *x = s->check.index;
    size_t n = x->product_ids.keys.n, at = 0;
    uint32_t *branches = branch_numbers(s);
    struct tally taken = {0};
    s->common = NEWS(s->d->a, uint32_t, n + 1);
    s->product = NEWS(s->d->a, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++)
        s->common[i] = s->product[i] = NO_FACT;
    for (size_t i = 0; i < x->products.n; i++) {
        const struct csaf_product *p = &x->products.v[i];
        if (is_product(s, p))
            s->common[p->number] = place_number(s, p, branches, &at, &taken);
    }
    if (other != NULL) {
        match_loose(s, other, true);
        match_loose(s, other, false);
    }
    for (size_t i = 0; i < x->products.n; i++)
        if (is_product(s, &x->products.v[i]))
            add_product(s, &x->products.v[i]);
}

uint32_t side_product(const struct side *s, const struct json *id)
{
    uint32_t number = csaf_product_number(s->check.index, id);
    return number == CSAF_NO_NUMBER ? NO_FACT : s->common[number];
}

/* ---- sets ---- */

struct set {
    VEC(uint32_t)
};

static void add_ids(struct side *s, struct set *out, const struct json *list)
{
    EACH (id, list) {
        uint32_t number = side_product(s, id);
        if (number != NO_FACT)
            *PUSH(s->d->a, out) = number;
    }
}

static int by_number(const void *x, const void *y)
{
    uint32_t p = *(const uint32_t *)x, q = *(const uint32_t *)y;
    return p < q ? -1 : p > q;
}

/* Where groups hold so many products that writing them out would take too long, the fact is
 * compared by the names of its groups. */
static bool add_groups(struct side *s, struct set *out, const struct json *list)
{
    EACH (id, list) {
        const struct csaf_product_group *g = csaf_group_named(s->check.index, json_text(id));
        if (g == NULL)
            continue;
        if (g->n > s->d->room)
            return false;
        s->d->room -= g->n;
        for (uint32_t i = 0; i < g->n; i++) {
            uint32_t number = s->common[csaf_group_products(s->check.index, g)[i]];
            if (number != NO_FACT)
                *PUSH(s->d->a, out) = number;
        }
    }
    return true;
}

void side_set(struct side *s, struct fact *f, const struct json *element)
{
    struct set set = {0};
    add_ids(s, &set, json_get(element, S("product_ids")));
    add_ids(s, &set, json_get(element, S("products")));
    if (!add_groups(s, &set, json_get(element, S("group_ids"))))
        f->value = str_fmt(s->d->a, "%.*s%.*s", SV(f->value),
                           SV(diff_text(s->d->a, json_get(element, S("group_ids")), NULL)));
    if (set.n == 0)
        return;
    qsort(set.v, set.n, sizeof *set.v, by_number);
    f->set = set.v;
    for (size_t i = 0; i < set.n; i++)
        if (i == 0 || set.v[i] != set.v[f->nset - 1])
            set.v[f->nset++] = set.v[i];
}
