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
    const bool *wanted; /* of the set's things, those asked for; NULL: any */
};

void jvn_filter_make(struct arena *a, const struct myjvn_query *q, const struct jvn_set *set,
                     struct jvn_filter *out);
bool jvn_wants(const struct jvn_filter *f, const struct jvn_row *row);
bool jvn_wants_thing(const struct jvn_filter *f, const struct jvn_thing *t);

#endif
