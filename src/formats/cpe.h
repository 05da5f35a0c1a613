/* cpe.h - names of platforms: CPE 2.3 formatted strings and CPE 2.2 URIs (NISTIR 7695), and
 * matching of names (NISTIR 7696). */
#ifndef FORMATS_CPE_H
#define FORMATS_CPE_H

#include "base/str.h"

enum cpe_attr {
    CPE_PART,
    CPE_VENDOR,
    CPE_PRODUCT,
    CPE_VERSION,
    CPE_UPDATE,
    CPE_EDITION,
    CPE_LANGUAGE,
    CPE_SW_EDITION,
    CPE_TARGET_SW,
    CPE_TARGET_HW,
    CPE_OTHER,
    CPE_ATTRS
};

/* Values as formatted strings write them: "*" any, "-" not applicable, else punctuation behind
 * '\' and '?' and '*' at the ends as wildcards; in small letters. */
struct cpe {
    bool uri; /* was a URI of 2.2 */
    str v[CPE_ATTRS];
};

/* E_INVALID sets *why: cpe_prefix cpe_count (of components) cpe_part cpe_language cpe_value,
 * and *bad to the component. */
enum err cpe_read(struct arena *a, str text, struct cpe *out, str *why, str *bad);

str cpe_write(struct arena *a, const struct cpe *c);     /* cpe:2.3:… */
str cpe_write_uri(struct arena *a, const struct cpe *c); /* cpe:/… */

/* Without '\'. */
str cpe_plain(struct arena *a, str value);

/* Whether a value has wildcards, or is "*". */
bool cpe_has_wildcard(str value);

enum cpe_relation { CPE_DISJOINT, CPE_EQUAL, CPE_SUBSET, CPE_SUPERSET, CPE_UNDEFINED };

/* Of what source stands for to what target stands for. */
enum cpe_relation cpe_compare(const struct cpe *source, const struct cpe *target);

#endif
