/* cvss.h - CVSS 2.0, 3.0, 3.1 and 4.0: vectors, their scores and severities.
 *
 * Sources: "A Complete Guide to the Common Vulnerability Scoring System Version 2.0"; the
 * specification documents of FIRST for 3.0, 3.1 and 4.0.  Scores are whole tenths and computed
 * with whole numbers, so that no rounding depends on how a machine stores a fraction. */
#ifndef FORMATS_CVSS_H
#define FORMATS_CVSS_H

#include "base/str.h"

enum cvss_version { CVSS_2_0, CVSS_3_0, CVSS_3_1, CVSS_4_0, CVSS_VERSIONS };
enum cvss_group {
    CVSS_BASE,
    CVSS_TEMPORAL, /* 4.0: threat */
    CVSS_ENVIRONMENTAL,
    CVSS_SUPPLEMENTAL, /* 4.0 only; no score depends on them */
};
enum cvss_severity { CVSS_NONE, CVSS_LOW, CVSS_MEDIUM, CVSS_HIGH, CVSS_CRITICAL };
enum { CVSS_METRICS = 32 };

struct cvss {
    enum cvss_version version;
    bool ordered;                      /* the metrics stood in the order of the standard */
    unsigned char value[CVSS_METRICS]; /* by the metric's place: 0 not there, 1 its first value … */
};

/* Codes: cvss_version (a prefix that we do not know), cvss_syntax, cvss_metric and cvss_value
 * (unknown), cvss_duplicate, cvss_order (4.0 only: the others may come in any order),
 * cvss_missing (a base metric; got names it). */
struct cvss_error {
    str code;
    size_t byte;
    str got; /* the part that is wrong */
};

/* A vector without prefix is of 2.0.  E_INVALID fills *error. */
enum err cvss_parse(str vector, struct cvss *out, struct cvss_error *error);

/* In the order of the standard, without optional metrics that are not defined. */
str cvss_vector(struct arena *a, const struct cvss *c);

/* In tenths; -1: the vector has no metric of that group (4.0: temporal and environmental are
 * always -1).  overall is the score of the whole vector, as the standard says.  A metric that is
 * written as not defined is in the vector: 3.1 with a changed scope then has an environmental
 * score by the formula of its own, 8.6 beside a base score of 8.5. */
struct cvss_scores {
    int base, temporal, environmental, overall;
};
struct cvss_scores cvss_scores(const struct cvss *c);

/* 2.0 has no words for its scores: it takes those of NVD, which end at high. */
enum cvss_severity cvss_severity(enum cvss_version version, int tenths);

/* For tables, forms and keys of words. */
struct cvss_metric {
    str name;   /* "AV" */
    str values; /* "N A L P"; the first of an optional metric says: not defined */
    enum cvss_group group;
};
const struct cvss_metric *cvss_metrics(enum cvss_version version, size_t *n);

str cvss_value(const struct cvss *c, str metric); /* "N"; absent: not in the vector */

/* False: no such metric or value in that version. */
bool cvss_set(struct cvss *c, str metric, str value);

str cvss_version_text(enum cvss_version version);    /* "3.1" */
str cvss_severity_text(enum cvss_severity severity); /* "critical" */

#endif
