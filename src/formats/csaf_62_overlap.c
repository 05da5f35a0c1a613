/* csaf_62_overlap.c - recommended and informative tests: version ranges of one product that
 * overlap, and what the vulnerabilities say of both.
 *
 * Siblings are compared each with each; of more than a few hundred, each with its nearest in
 * the order of where they begin, which finds some overlap wherever there is one. */
#include "formats/csaf_62.h"
#include "formats/vers.h"

#include <stdlib.h>

enum { NEAREST = 256 };

enum kind { KIND_VERS, KIND_VLS, KIND_VERSION };

struct sibling {
    const struct csaf_branch *b;
    enum kind kind;
    struct vers range; /* not of KIND_VERSION */
    bool leaf;         /* has a product; else branches */
    uint32_t product;  /* of a leaf; or CSAF_NO_NUMBER */
    uint32_t parent;
    size_t order;
};

struct siblings {
    VEC(struct sibling)
};

/* Two siblings that hold a version in common. */
struct pair {
    const struct sibling *x, *y;
};
struct pairs {
    VEC(struct pair)
};

static bool take(struct csaf_check *c, const struct csaf_branch *b, struct sibling *out)
{
    const struct json *product = json_get(b->branch, S("product"));
    bool branches = json_get(b->branch, S("branches")) != NULL;
    str why;
    *out = (struct sibling){.b = b, .parent = b->parent, .product = CSAF_NO_NUMBER};
    if (b->name.p == NULL || (product != NULL) == branches)
        return false;
    out->leaf = product != NULL;
    if (out->leaf)
        out->product = csaf_product_number(c->index, json_get(product, S("product_id")));
    if (str_eq(b->category, S("product_version"))) {
        out->kind = KIND_VERSION;
        return true;
    }
    bool vers = str_has_prefix(b->name, S("vers:"));
    out->kind = vers ? KIND_VERS : KIND_VLS;
    return str_eq(b->category, S("product_version_range")) &&
           (vers ? vers_read(c->a, b->name, &out->range, &why)
                 : vls_read(c->a, b->name, &out->range, &why)) == OK;
}

/* Of one parent; then versions and ranges of one order, by where they begin. */
static int by_begin(const void *p, const void *q)
{
    const struct sibling *x = p, *y = q;
    if (x->parent != y->parent)
        return x->parent < y->parent ? -1 : 1;
    str s = x->kind == KIND_VERSION || x->range.n == 0 ? x->b->name : x->range.v[0].version;
    str t = y->kind == KIND_VERSION || y->range.n == 0 ? y->b->name : y->range.v[0].version;
    int order = vers_order(S("generic"))(s, t);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

static bool meet(const struct sibling *x, const struct sibling *y)
{
    if (x->kind == KIND_VERSION && y->kind == KIND_VERSION)
        return false;
    if (x->kind == KIND_VERSION)
        return vers_contains(&y->range, x->b->name);
    if (y->kind == KIND_VERSION)
        return vers_contains(&x->range, y->b->name);
    return vers_overlap(&x->range, &y->range);
}

static struct siblings siblings_of(struct csaf_check *c)
{
    struct siblings all = {0};
    for (size_t i = 0; i < c->index->branches.n; i++) {
        struct sibling s;
        if (take(c, &c->index->branches.v[i], &s)) {
            s.order = i;
            *PUSH(c->a, &all) = s;
        }
    }
    if (all.n > 1)
        qsort(all.v, all.n, sizeof *all.v, by_begin);
    return all;
}

static struct pairs pairs_of(struct csaf_check *c)
{
    struct siblings all = siblings_of(c);
    struct pairs pairs = {0};
    for (size_t i = 0; i < all.n; i++)
        for (size_t j = i + 1; j < all.n && j - i <= NEAREST; j++) {
            if (all.v[j].parent != all.v[i].parent)
                break;
            if (meet(&all.v[i], &all.v[j]))
                *PUSH(c->a, &pairs) = (struct pair){&all.v[i], &all.v[j]};
        }
    return pairs;
}

/* ---- statuses ---- */

static const struct {
    const char *list;
    uint32_t group;
} statuses[] = {
    {"first_affected", 1},      {"known_affected", 1}, {"last_affected", 1},
    {"known_not_affected", 2},  {"first_fixed", 4},    {"fixed", 4},
    {"under_investigation", 8}, {"unknown", 16},
};

static void mark_statuses(const struct csaf_check *c, struct csaf_marks *m, const struct json *v)
{
    csaf_marks_clear(m);
    for (size_t i = 0; i < COUNT(statuses); i++)
        EACH (id, csaf_at(v, "product_status", statuses[i].list, NULL)) {
            uint32_t number = csaf_product_number(c->index, id);
            if (number != CSAF_NO_NUMBER)
                csaf_mark_product(m, number, statuses[i].group);
        }
}

/* Whether the pair is of a range and a sibling of that kind, both leaves. */
static bool is_of_kind(const struct pair *p, enum kind kind)
{
    if (p->x->product == CSAF_NO_NUMBER || p->y->product == CSAF_NO_NUMBER)
        return false;
    if (p->x->kind == KIND_VERSION || p->y->kind == KIND_VERSION)
        return kind == KIND_VERSION;
    return p->x->kind == kind || p->y->kind == kind;
}

static void compare(struct csaf_check *c, enum kind kind, bool contradict, str word)
{
    struct pairs pairs = pairs_of(c);
    struct csaf_marks m = csaf_marks_new(c);
    EACH (v, pairs.n == 0 ? NULL : c->index->vulnerabilities) {
        mark_statuses(c, &m, v);
        for (size_t i = 0; i < pairs.n; i++) {
            const struct pair *p = &pairs.v[i];
            if (!is_of_kind(p, kind))
                continue;
            uint32_t x = csaf_marks_of(&m, p->x->product), y = csaf_marks_of(&m, p->y->product);
            bool bad =
                contradict ? x != 0 && y != 0 && ((x & ~y) != 0 || (y & ~x) != 0) : (x & y) != 0;
            if (bad)
                csaf_found(c, json_get(v, S("product_status")), word, p->x->b->name, p->y->b->name,
                           NO_STR);
        }
    }
}

/* 6.2.50.1 */
void csaf_overlap_vers(struct csaf_check *c)
{
    compare(c, KIND_VERS, true, S("overlap_contradicts"));
}

/* 6.2.50.2 */
void csaf_overlap_vls(struct csaf_check *c)
{
    compare(c, KIND_VLS, true, S("overlap_contradicts"));
}

/* 6.2.50.3 */
void csaf_overlap_version(struct csaf_check *c)
{
    compare(c, KIND_VERSION, true, S("overlap_contradicts"));
}

/* 6.3.19.1 */
void csaf_overlap_vers_same(struct csaf_check *c)
{
    compare(c, KIND_VERS, false, S("overlap_same"));
}

/* 6.3.19.2 */
void csaf_overlap_vls_same(struct csaf_check *c)
{
    compare(c, KIND_VLS, false, S("overlap_same"));
}

/* 6.3.19.3 */
void csaf_overlap_version_same(struct csaf_check *c)
{
    compare(c, KIND_VERSION, false, S("overlap_same"));
}

/* Siblings with branches of their own; said of the one that the document has later. */
static void compare_branches(struct csaf_check *c, bool versions)
{
    struct pairs pairs = pairs_of(c);
    for (size_t i = 0; i < pairs.n; i++) {
        const struct sibling *x = pairs.v[i].x, *y = pairs.v[i].y;
        bool with_version = x->kind == KIND_VERSION || y->kind == KIND_VERSION;
        const struct sibling *other = x->kind == KIND_VERSION ? x : y;
        bool branch = with_version ? !other->leaf : !x->leaf || !y->leaf;
        if (with_version != versions || !branch)
            continue;
        const struct sibling *first = x->order < y->order ? x : y, *later = first == x ? y : x;
        csaf_found(c, json_get(later->b->branch, S("name")), S("overlap_branches"), later->b->name,
                   first->b->name, NO_STR);
    }
}

/* 6.3.19.4 */
void csaf_overlap_branches(struct csaf_check *c)
{
    compare_branches(c, false);
}

/* 6.3.19.5 */
void csaf_overlap_version_branch(struct csaf_check *c)
{
    compare_branches(c, true);
}
