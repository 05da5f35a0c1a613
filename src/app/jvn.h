/* jvn.h - what the MyJVN API and JVN's files answer, over what is public. */
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

/* JVN's files: which advisories stand in one, the last changed (first issued) first. */
/* clang-format off */
enum jvn_file { JVN_FILE_NEW, JVN_FILE_CHANGED, JVN_FILE_YEAR, JVN_FILE_COUNT };
/* clang-format on */
enum { JVN_FILE_MOST = 100 }; /* of those that are not of a year */

/* year: of JVN_FILE_YEAR.  *changed: when the last of them did; 0: there is none. */
enum err jvn_file_entries(struct ctx *cx, enum lang lang, enum jvn_file file, int year,
                          enum jvn_depth depth, struct jvn_entries *out, i64 *changed);

/* What decides its bytes, in short: as long as this stays, they do.  *changed: as above. */
enum err jvn_file_look(struct ctx *cx, enum lang lang, enum jvn_file file, int year, str *print,
                       i64 *changed);

/* The years that have a file, ascending. */
enum err jvn_years(struct ctx *cx, enum lang lang, int **out, size_t *n);

/* Every vendor, or product, of one language. */
enum err jvn_dictionary(struct ctx *cx, enum lang lang, bool products, struct myjvn_vendors *out);

/* The one page or the pages that tell of a CVE; at most two numbers. */
enum err jvn_of_cve(struct ctx *cx, str cve, struct strs *numbers);

#endif
