/* dict.c - see dict.h.
 *
 * A key is read as its bytes, each as nine bits: one that says "here is a byte", and its
 * eight; behind the end all bits are 0.  So "a" and "a\0" differ, too. */
#include "base/dict.h"

struct dict_node {
    size_t byte;       /* where the two sides differ first */
    unsigned mask;     /* the bit of the nine */
    uint32_t child[2]; /* LEAF | number of a key, or number of a node */
};

#define LEAF ((uint32_t)1 << 31)
enum { HAS_BYTE = 256 };

static unsigned bits_at(str key, size_t byte)
{
    return byte < key.n ? HAS_BYTE | (unsigned char)key.p[byte] : 0;
}

static unsigned side(const struct dict_node *n, str key)
{
    return (bits_at(key, n->byte) & n->mask) != 0;
}

/* The key that shares most with this one. */
static size_t nearest(const struct dict *d, str key)
{
    uint32_t at = d->root;
    while (!(at & LEAF)) {
        const struct dict_node *n = &d->nodes.v[at];
        at = n->child[side(n, key)];
    }
    return at & ~LEAF;
}

bool dict_find(const struct dict *d, str key, size_t *out)
{
    if (d->keys.n == 0)
        return false;
    *out = nearest(d, key);
    return str_eq(d->keys.v[*out], key);
}

static bool is_there(const struct dict *d, str key, size_t number)
{
    return number < d->keys.n && str_eq(d->keys.v[number], key);
}

bool dict_find_near(const struct dict *d, str key, size_t expected, size_t *out)
{
    *out = expected;
    return is_there(d, key, expected) || dict_find(d, key, out);
}

static size_t first_difference(str x, str y)
{
    size_t i = 0;
    while (i < x.n && i < y.n && x.p[i] == y.p[i])
        i++;
    return i;
}

static unsigned highest_bit(unsigned bits)
{
    return 1u << (31 - (unsigned)__builtin_clz(bits));
}

/* Whether node n decides before this bit. */
static bool is_before(const struct dict_node *n, size_t byte, unsigned mask)
{
    return n->byte < byte || (n->byte == byte && n->mask > mask);
}

static void put_node(struct arena *a, struct dict *d, str key, uint32_t leaf, str other)
{
    size_t byte = first_difference(key, other);
    unsigned mask = highest_bit(bits_at(key, byte) ^ bits_at(other, byte));
    uint32_t fresh = (uint32_t)d->nodes.n;
    struct dict_node *made = PUSH(a, &d->nodes);
    uint32_t *at = &d->root;
    while (!(*at & LEAF) && is_before(&d->nodes.v[*at], byte, mask)) {
        struct dict_node *n = &d->nodes.v[*at];
        at = &n->child[side(n, key)];
    }
    *made = (struct dict_node){.byte = byte, .mask = mask};
    made->child[side(made, key)] = leaf;
    made->child[!side(made, key)] = *at;
    *at = fresh;
}

size_t dict_add(struct arena *a, struct dict *d, str key, bool *fresh)
{
    size_t found = 0;
    bool is_new = !dict_find(d, key, &found);
    if (fresh != NULL)
        *fresh = is_new;
    if (!is_new)
        return found;
    must(d->keys.n < LEAF);
    size_t number = d->keys.n;
    uint32_t leaf = LEAF | (uint32_t)number;
    if (number == 0)
        d->root = leaf;
    else
        put_node(a, d, key, leaf, d->keys.v[found]);
    *PUSH(a, &d->keys) = key;
    return number;
}

size_t dict_add_near(struct arena *a, struct dict *d, str key, size_t expected)
{
    return is_there(d, key, expected) ? expected : dict_add(a, d, key, NULL);
}
