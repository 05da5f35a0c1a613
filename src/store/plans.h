/* plans.h - inside store/: which statements a connection has prepared, least recent first out. */
#ifndef STORE_PLANS_H
#define STORE_PLANS_H

#include "store/db.h"

enum form { FORM_PLAIN, FORM_FIRST, FORM_AFTER, FORM_COUNT };

/* What tells one prepared statement from another: for a :list, which of its filters stand, in
 * which order, and whether it is a page, a page after a cursor, or a count. */
struct shape {
    const struct stmt *q;
    uint64_t filters;
    size_t sort;
    enum form form;
};

enum { PLANS_MAX = 64 };

struct plan {
    struct shape shape; /* q NULL: a free place */
    uint64_t used;
    void *handle;
};

struct plans {
    struct plan v[PLANS_MAX];
    uint64_t clock;
};

/* The one of this shape, or NULL. */
struct plan *plans_find(struct plans *c, const struct shape *s);

/* A place for another: a free one, or the least recently used, whose handle is the caller's to
 * close before it puts its own there. */
NONNULL struct plan *plans_place(struct plans *c);
void plans_put(struct plans *c, struct plan *place, const struct shape *s, void *handle);

#endif
