/* jvn.h - what the MyJVN API answers, over what is public. */
#ifndef APP_JVN_H
#define APP_JVN_H

#include "app/jvn_index.h"
#include "formats/myjvn_query.h"

struct jvn_answer {
    i64 total; /* all that fit */
    struct jvn_entries entries;
    struct myjvn_vendors vendors;
    struct myjvn_statistics statistics;
    struct myjvn_alerts alerts;
};

/* What is asked for by the query's method; the query's own window of it. */
enum err jvn_answer(struct ctx *cx, const struct myjvn_query *q, struct jvn_answer *out);

/* Every vendor, or product, of one language. */
enum err jvn_dictionary(struct ctx *cx, enum lang lang, bool products, struct myjvn_vendors *out);

/* The one page or the pages that tell of a CVE; at most two numbers. */
enum err jvn_of_cve(struct ctx *cx, str cve, struct strs *numbers);

#endif
