/* outside.h - what tests of documents ask the world: does a URL answer, is a word spelt right.
 *
 * For the command line alone: it opens connections, and hunspell (libhunspell-1.7) for the first
 * dictionary.  No language is spoken where either is not installed. */
#ifndef IO_OUTSIDE_H
#define IO_OUTSIDE_H

#include "formats/csaf.h"

struct outside_options {
    bool online;              /* ask the URLs; http and https only, redirects are not followed */
    i64 timeout_ms;           /* of one URL; 0: 10 s */
    const char *dictionaries; /* a folder of hunspell dictionaries; NULL: the system's */
};

/* Lives as long as the arena.  Offline, `resolves` is NULL. */
const struct csaf_outside *outside_new(struct arena *a, const struct outside_options *o);

#endif
