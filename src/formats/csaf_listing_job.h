/* csaf_listing_job.h - what others' CSAF providers list, read in the jail and taken from there.
 *
 * The answer of a child is foreign input: addresses, numbers and lengths are checked once more. */
#ifndef FORMATS_CSAF_LISTING_JOB_H
#define FORMATS_CSAF_LISTING_JOB_H

#include "formats/csaf_aggregator.h"
#include "formats/csaf_listing.h"

/* What stands at an address, as far as whoever asks knows. */
enum listed_what {
    LISTED_ANY, /* JSON: metadata, a feed, an aggregator's list, or something else */
    LISTED_INDEX,
    LISTED_CHANGES,
    LISTED_SECURITY_TXT,
    LISTED_SHA256,
    LISTED_SHA512,
    LISTED_KEY,
    LISTED_WHATS
};
enum listed_kind { LISTED_OTHER, LISTED_METADATA, LISTED_FEED, LISTED_AGGREGATOR, LISTED_KINDS };

struct listed_answer {
    enum listed_kind kind; /* of LISTED_ANY */
    str wrong;             /* why it cannot be used as such, or as a feed: a place; empty: it can */
    struct listed_provider provider;
    struct aggregator aggregator;
    struct listing list;
    str next;         /* page of a feed; absent: none */
    size_t left_out;  /* lines of a folder's list */
    struct strs urls; /* of a security.txt */
    str text;         /* the hash in hex, the fingerprint of the key; empty: none */
    str bytes;        /* the key, not armored */
};

/* folder: of an index or of changes, without a slash at its end; else empty. */
str listed_job_input(struct arena *a, enum listed_what what, str folder, str bytes);

/* A job for the jail, named "listing": always OK, or E_IO for no such input. */
enum err listed_job(struct arena *a, str in, buf *out);

/* False: this is no answer to that question. */
bool listed_job_take(struct arena *a, enum listed_what what, str folder, str out,
                     struct listed_answer *answer);

#endif
