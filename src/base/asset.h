/* asset.h - files inside the program: static/, process/, demo/, content/, facts/ (tools/embed). */
#ifndef BASE_ASSET_H
#define BASE_ASSET_H

#include "base/str.h"

struct asset {
    str path; /* from the repository's root: "static/kakehashi.css" */
    str bytes;
};

/* Sorted by path. */
extern const struct asset assets[];
extern const size_t asset_count;

/* The next one of a folder ("facts/"): begin with *at = 0.  NULL: there are no more. */
const struct asset *asset_next(str folder, size_t *at);

/* NULL: there is none of that path. */
const struct asset *asset_find(str path);

#endif
