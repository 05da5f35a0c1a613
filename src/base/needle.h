/* needle.h - one text looked for in many others. */
#ifndef BASE_NEEDLE_H
#define BASE_NEEDLE_H

#include "base/str.h"

struct needle {
    str s;
    size_t first, second; /* where its two rarest bytes stand */
    bool is_wide;         /* the processor compares 64 bytes at once */
};

/* s is not copied, and not empty. */
struct needle needle_of(str s);

/* Where it first stands in the text, or -1. */
ptrdiff_t needle_find(const struct needle *n, str text);

/* Of 64 texts those whose bits are set in `which` are looked into: the bits of those it is in. */
uint64_t needle_in_each(const struct needle *n, const str *texts, uint64_t which);

#endif
