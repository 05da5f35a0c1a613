/* jvn_filter.h - which rows of the index a query wants; for app/jvn*.c. */
#ifndef APP_JVN_FILTER_H
#define APP_JVN_FILTER_H

#include "app/jvn_index.h"
#include "formats/myjvn_query.h"

struct jvn_filter {
    struct arena *a;
    const struct myjvn_query *q;
    str needle; /* the keyword as it is compared; absent: none */
    size_t rare;
    uint64_t pairs[JVN_PAIRS]; /* of the needle: a text without them cannot hold it */
    const bool *wanted;        /* of the set's things, those asked for; NULL: any */
};

/* The pairs of neighbouring characters of a text, as jvn_row has them. */
void jvn_pairs(str text, uint64_t out[JVN_PAIRS]);

void jvn_filter_make(struct arena *a, const struct myjvn_query *q, const struct jvn_set *set,
                     struct jvn_filter *out);
bool jvn_wants(const struct jvn_filter *f, const struct jvn_row *row);
bool jvn_wants_thing(const struct jvn_filter *f, const struct jvn_thing *t);

#endif
