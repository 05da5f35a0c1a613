/* jvn_filter.h - which rows of the index a query wants; for app/jvn*.c. */
#ifndef APP_JVN_FILTER_H
#define APP_JVN_FILTER_H

#include "app/jvn_index.h"
#include "app/jvn_pairs.h"
#include "base/needle.h"
#include "formats/myjvn_query.h"

struct jvn_filter {
    struct arena *a;
    const struct myjvn_query *q;
    const struct jvn_set *set;
    bool critical;                  /* urgent ones alone */
    struct needle needle;           /* the keyword as it is compared; s absent: none */
    uint64_t pairs[JVN_PAIRS / 64]; /* of the needle: a text without them cannot hold it */
    const bool *things;             /* of the set, those asked for; NULL: any */
    const bool *scores;             /* likewise */
    char *versions;                 /* likewise: 0 not looked at yet, 'y' or 'n' */
};

/* Rows, a bit each. */
struct jvn_rows_found {
    uint64_t *bits;
    size_t nwords;
    i64 total;
};

void jvn_filter_make(struct arena *a, const struct myjvn_query *q, const struct jvn_set *set,
                     struct jvn_filter *out);

/* All that fit. */
struct jvn_rows_found jvn_filter_rows(const struct jvn_filter *f);

/* Of them at most `count` from the one with that number on, counted from 1; how many. */
size_t jvn_found_window(const struct jvn_rows_found *found, const struct jvn_set *set, i64 start,
                        i64 count, const struct jvn_row **out);

/* By its place in the set's things. */
bool jvn_wants_thing(const struct jvn_filter *f, size_t thing);

#endif
