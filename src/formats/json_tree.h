/* json_tree.h - how the reader keeps nodes and finds keys; for formats/json*.c alone. */
#ifndef FORMATS_JSON_TREE_H
#define FORMATS_JSON_TREE_H

#include "formats/json.h"

/* Objects up to this many members are searched one by one, bigger ones by their index. */
enum { JSON_LINEAR = 16 };

/* Give container c its items, copied from the stack.  The first member whose key an earlier one
 * has, or c->n. */
size_t json_keep(struct arena *a, struct json *c, const struct json *from);

/* Member number by the index, or n. */
size_t json_sorted_find(const struct json *object, str key);

/* Whether a number as written stays inside double. */
bool json_fits_double(str number);

#endif
