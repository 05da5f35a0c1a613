/* csaf_paths.c - where the findings stand, as JSON Pointers.
 *
 * Tests name a node only.  When all are done, one walk over the tree finds the places of the
 * nodes: the items of an array or object lie side by side, so that whether anything was found
 * among them is one look into the sorted addresses. */
#include "formats/csaf_check.h"

#include <stdlib.h>

struct wanted {
    const struct json *node;
    size_t finding;
};

struct walk {
    struct arena *a;
    const struct csaf_check *c;
    struct wanted *wanted; /* by address */
    size_t n, left;
    str *paths;
};

static int by_address(const void *x, const void *y)
{
    uintptr_t p = (uintptr_t)((const struct wanted *)x)->node;
    uintptr_t q = (uintptr_t)((const struct wanted *)y)->node;
    return p < q ? -1 : p > q;
}

/* The first that stands at this address or behind it. */
static size_t first_from(const struct walk *w, const struct json *node)
{
    size_t low = 0, high = w->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((uintptr_t)w->wanted[middle].node < (uintptr_t)node)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Give all findings at the k-th of `wanted` and its equals this place. */
static void settle(struct walk *w, size_t k, const struct json_place *place)
{
    const struct json *node = w->wanted[k].node;
    str path = json_pointer(w->a, place);
    for (; k < w->n && w->wanted[k].node == node; k++, w->left--) {
        size_t finding = w->wanted[k].finding;
        str below = w->c->found.v[finding].below;
        w->paths[finding] = below.n > 0 ? str_join(w->a, path, below) : path;
    }
}

static void settle_items(struct walk *w, const struct json *j, const struct json_place *up)
{
    bool object = json_is(j, JSON_IS_OBJECT);
    const struct json *end = j->u.items + (object ? 2 : 1) * (size_t)j->n;
    size_t k = first_from(w, j->u.items);
    while (k < w->n && (uintptr_t)w->wanted[k].node < (uintptr_t)end) {
        const struct json *node = w->wanted[k].node;
        size_t at = (size_t)(node - j->u.items);
        struct json_place place = {up, NO_STR, at};
        if (object)
            place.key = json_key(j, at / 2);
        settle(w, k, &place);
        while (k < w->n && w->wanted[k].node == node)
            k++;
    }
}

/* Looks only at what can have something below it.  Recursive: trees are at most JSON_DEPTH deep. */
static void walk(struct walk *w, const struct json *j, const struct json_place *up)
{
    if (j->n == 0)
        return;
    bool object = j->kind == JSON_IS_OBJECT;
    const struct json *at = object ? j->u.items + 1 : j->u.items;
    settle_items(w, j, up);
    for (size_t i = 0; i < j->n && w->left > 0; i++, at += object ? 2 : 1) {
        if (at->kind < JSON_IS_ARRAY || at->n == 0)
            continue;
        struct json_place place = {up, object ? json_key(j, i) : NO_STR, i};
        walk(w, at, &place);
    }
}

const str *csaf_paths(const struct csaf_check *c)
{
    size_t n = c->found.n;
    struct walk w = {.a = c->a, .c = c, .n = n, .left = n};
    w.wanted = NEWS(c->a, struct wanted, n + 1);
    w.paths = NEWS(c->a, str, n + 1);
    for (size_t i = 0; i < n; i++)
        w.wanted[i] = (struct wanted){c->found.v[i].where, i};
    if (n > 0)
        qsort(w.wanted, n, sizeof *w.wanted, by_address);
    struct json_place root = {0};
    size_t k = first_from(&w, c->document);
    if (k < n && w.wanted[k].node == c->document)
        settle(&w, k, &root);
    if (w.left > 0 && json_count(c->document) > 0)
        walk(&w, c->document, &root);
    must(w.left == 0);
    return w.paths;
}
