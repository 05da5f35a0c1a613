/* dict.h - texts numbered in the order of their first appearance.
 *
 * A crit-bit tree: adding and finding cost the length of the key at most, whatever keys an
 * enemy chooses, and need no random seed. */
#ifndef BASE_DICT_H
#define BASE_DICT_H

#include "base/str.h"
#include "base/vec.h"

struct dict_node;
struct dict {
    struct {
        VEC(str)
    } keys; /* by number; the texts are not copied */
    struct {
        VEC(struct dict_node)
    } nodes;
    uint32_t root;
};

/* The number of the key; *fresh (may be NULL): it was not there before. */
size_t dict_add(struct arena *a, struct dict *d, str key, bool *fresh);
bool dict_find(const struct dict *d, str key, size_t *out);

/* The same for whoever expects a number: quicker where it is that. */
size_t dict_add_near(struct arena *a, struct dict *d, str key, size_t expected);
bool dict_find_near(const struct dict *d, str key, size_t expected, size_t *out);

#endif
