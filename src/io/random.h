/* random.h - random bytes: the system's, or a stream that a test can repeat. */
#ifndef IO_RANDOM_H
#define IO_RANDOM_H

#include "base/str.h"

#include <stdatomic.h>

/* All zero is the system's source.  Any number of threads may draw from one. */
struct random {
    bool seeded;
    unsigned char seed[32];
    _Atomic uint64_t drawn; /* calls so far */
};

/* Fit for keys.  Never fails: a system without randomness ends the process. */
void random_bytes(struct random *r, void *out, size_t n);

/* Tests only: from now on the same calls give the same bytes. */
void random_seed(struct random *r, uint64_t seed);

/* n fresh bytes in a. */
str random_str(struct random *r, struct arena *a, size_t n);

#endif
