/* json_keys.c - keys found twice, and keys found fast.
 *
 * Keys come from strangers, so that nothing here leans on a hash but for a few members: an index sorted by key costs n log n
 * whatever they choose. */
#include "formats/json_tree.h"

#include <string.h>

/* What most comparisons are decided by, and the member it belongs to. */
struct rank {
    uint64_t head; /* the first eight bytes, the first the most significant */
    uint32_t member;
};

static str key_at(const struct json *members, size_t i)
{
    return (str){members[2 * i].u.text, members[2 * i].n};
}

static bool is_before(const struct json *members, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (members[2 * k].mark == members[2 * i].mark &&
            str_eq(key_at(members, k), key_at(members, i)))
            return true;
    return false;
}

static uint64_t head_of(str key)
{
    unsigned char eight[8] = {0};
    uint64_t v = 0;
    if (key.n > 0)
        memcpy(eight, key.p, key.n < 8 ? key.n : 8);
    for (size_t i = 0; i < 8; i++)
        v = v << 8 | eight[i];
    return v;
}

static int rank_cmp(const struct json *members, const struct rank *x, const struct rank *y)
{
    if (x->head != y->head)
        return x->head < y->head ? -1 : 1;
    return str_cmp(key_at(members, x->member), key_at(members, y->member));
}

/* from[lo, mid) and from[mid, hi), both sorted, as one sorted run. */
static void merge(const struct json *members, const struct rank *from, struct rank *to, size_t lo,
                  size_t mid, size_t hi)
{
    size_t x = lo, y = mid;
    for (size_t i = lo; i < hi; i++) {
        bool left = x < mid && (y == hi || rank_cmp(members, &from[x], &from[y]) <= 0);
        to[i] = from[left ? x++ : y++];
    }
}

static const struct rank *merge_sort(const struct json *members, struct rank *v, struct rank *w,
                                     size_t n)
{
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t lo = 0; lo < n; lo += 2 * run) {
            size_t mid = lo + run < n ? lo + run : n, hi = mid + run < n ? mid + run : n;
            merge(members, v, w, lo, mid, hi);
        }
        struct rank *other = v;
        v = w;
        w = other;
    }
    return v;
}

static uint32_t *index_of(const struct json *object)
{
    return (uint32_t *)(uintptr_t)(object->u.items + 2 * (size_t)object->n);
}

[[gnu::noinline]] static size_t sort(struct json *object)
{
    const struct json *members = object->u.items;
    size_t n = object->n, twice = n;
    uint32_t *index = index_of(object);
    struct arena *spare = arena_new();
    struct rank *v = NEWS(spare, struct rank, n), *w = NEWS(spare, struct rank, n);

    for (size_t i = 0; i < n; i++)
        v[i] = (struct rank){head_of(key_at(members, i)), (uint32_t)i};
    const struct rank *sorted = merge_sort(members, v, w, n);
    for (size_t i = 0; i < n; i++) {
        index[i] = sorted[i].member;
        /* the sort is stable: among equal keys the later member stands behind */
        if (i > 0 && index[i] < twice && rank_cmp(members, &sorted[i - 1], &sorted[i]) == 0)
            twice = index[i];
    }
    arena_free(spare);
    return twice;
}

/* A few members. */
static size_t keep_members(struct json *to, const struct json *from, size_t n)
{
    uint64_t seen = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t bit = (uint64_t)1 << (from[2 * i].mark >> 10);
        if ((seen & bit) != 0 && is_before(from, i))
            return i;
        seen |= bit;
        to[2 * i] = from[2 * i];
        to[2 * i + 1] = from[2 * i + 1];
    }
    return n;
}

size_t json_keep(struct arena *a, struct json *c, const struct json *from)
{
    bool object = c->kind == JSON_IS_OBJECT;
    size_t bytes = (object ? 2 : 1) * (size_t)c->n * sizeof *from;
    if (object && c->n > JSON_LINEAR) {
        c->sorted = true;
        c->u.items = memcpy(arena_alloc(a, 1, bytes + c->n * sizeof(uint32_t)), from, bytes);
        return sort(c);
    }
    c->u.items = NULL;
    if (c->n == 0)
        return 0;
    struct json *to = arena_alloc(a, 1, bytes);
    c->u.items = to;
    if (object)
        return keep_members(to, from, c->n);
    for (size_t i = 0; i < c->n; i++)
        to[i] = from[i];
    return c->n;
}

size_t json_sorted_find(const struct json *object, str key)
{
    const struct json *members = object->u.items;
    const uint32_t *index = index_of(object);
    size_t lo = 0, hi = object->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = str_cmp(key_at(members, index[mid]), key);
        if (c == 0)
            return index[mid];
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return object->n;
}
