/* csaf_diff.h - what two CSAF documents, of either version, say differently.
 *
 * Products are matched by their place in the tree, by what identifies them or by their name,
 * vulnerabilities by CVE, ids or title; the order of lists, the ids of products and the
 * two ways to write an instant mean nothing.  What belongs to a product or vulnerability that
 * only one document has is not listed once more. */
#ifndef FORMATS_CSAF_DIFF_H
#define FORMATS_CSAF_DIFF_H

#include "base/vec.h"
#include "formats/json.h"

enum csaf_diff_kind {
    CSAF_DIFF_DOCUMENT, /* title, status, version, publisher, language … */
    CSAF_DIFF_TLP,
    CSAF_DIFF_REVISION,
    CSAF_DIFF_PRODUCT,
    CSAF_DIFF_HELPER, /* what identifies a product */
    CSAF_DIFF_VULNERABILITY,
    CSAF_DIFF_STATUS,
    CSAF_DIFF_SCORE,
    CSAF_DIFF_REMEDIATION,
    CSAF_DIFF_THREAT,
    CSAF_DIFF_FLAG,
    CSAF_DIFF_WEAKNESS,
    CSAF_DIFF_DATE,
    CSAF_DIFF_ID,
    CSAF_DIFF_INVOLVEMENT,
    CSAF_DIFF_NOTE,
    CSAF_DIFF_REFERENCE,
    CSAF_DIFF_ACKNOWLEDGMENT,
    CSAF_DIFF_KINDS
};

struct csaf_difference {
    enum csaf_diff_kind kind;
    str path_a, path_b; /* JSON Pointers; absent: that document has nothing */
    str what;           /* "CVE-2026-0001, Acme Alpha 1.0"; or the member that changed */
    str old, now;       /* absent like the paths */
};

struct csaf_differences {
    VEC(struct csaf_difference)
}; /* by kind, then in the order of the first document, then of the second */

/* E_INVALID: one of them is of neither version; *wrong says which, 0 or 1. */
enum err csaf_diff(struct arena *a, const struct json *first, const struct json *second,
                   struct csaf_differences *out, int *wrong);

str csaf_diff_kind_name(enum csaf_diff_kind kind); /* "status" */

#endif
