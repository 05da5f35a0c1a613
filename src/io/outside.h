/* outside.h - what tests of documents ask the world: does a URL answer, is a word spelt right.
 *
 * For the command line alone: it opens connections and loads hunspell (libhunspell-1.7) where
 * that is installed. */
#ifndef IO_OUTSIDE_H
#define IO_OUTSIDE_H

#include "formats/csaf.h"

struct outside_options {
    bool online;              /* ask the URLs; http and https only, redirects are not followed */
    i64 timeout_ms;           /* of one URL; 0: 10 s */
    const char *dictionaries; /* a folder of hunspell dictionaries; NULL: the system's */
};

/* Lives as long as the arena.  A function that cannot work (offline, no hunspell) is NULL. */
const struct csaf_outside *outside_new(struct arena *a, const struct outside_options *o);

#endif
