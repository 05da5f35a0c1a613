/* jvn_filter.h - which rows of the index a query wants; for app/jvn*.c. */
#ifndef APP_JVN_FILTER_H
#define APP_JVN_FILTER_H

#include "app/jvn_index.h"
#include "formats/myjvn_query.h"

/* A product that is asked for. */
struct jvn_wanted {
    str cpe;       /* pattern; absent: by number */
    uint32_t mark; /* of the pattern's vendor; 0: more than one may fit */
    i64 number;    /* of a vendor or product; -1: none can have it */
};

struct jvn_filter {
    struct arena *a;
    const struct myjvn_query *q;
    const struct jvn_set *set;
    str needle; /* the keyword as it is compared; absent: none */
    size_t rare;
    uint64_t pairs[JVN_PAIRS]; /* of the needle: a text without them cannot hold it */
    const struct jvn_wanted *asked;
    const bool *things; /* of the set, those asked for; NULL: any */
    const bool *scores; /* likewise */
    char *versions;     /* likewise: 0 not looked at yet, 'y' or 'n' */
};

/* The pairs of neighbouring characters of a text, as jvn_row has them. */
void jvn_pairs(str text, uint64_t out[JVN_PAIRS]);

void jvn_filter_make(struct arena *a, const struct myjvn_query *q, const struct jvn_set *set,
                     struct jvn_filter *out);

/* By their places in the set's rows and things. */
bool jvn_wants(const struct jvn_filter *f, size_t row);
bool jvn_wants_thing(const struct jvn_filter *f, size_t thing);

#endif
