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

/* NULL: there is none of that path. */
const struct asset *asset_find(str path);

#endif
