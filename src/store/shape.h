/* shape.h - inside store/: a :list statement put together from its parts. */
#ifndef STORE_SHAPE_H
#define STORE_SHAPE_H

#include "store/plans.h"

/* The text to prepare.  Parameters behind those of the statement are, for a page after a
 * cursor, the keys of its last row; then for all forms of a :list the LIMIT. */
NONNULL const char *shape_sql(struct arena *a, const struct shape *s, bool postgres);

/* A bit for each filter whose parameter is given. */
uint64_t shape_filters(const struct stmt *q, const void *in);

#endif
