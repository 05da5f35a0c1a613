/* myjvn_query.h - what a request to the MyJVN API asks for: parameters, defaults, limits, errors.
 *
 * Names are told apart by case; an optional parameter that is empty is one that is not there;
 * of several with one name the first counts; others are left alone. */
#ifndef FORMATS_MYJVN_QUERY_H
#define FORMATS_MYJVN_QUERY_H

#include "formats/myjvn.h"
#include "formats/urlform.h"

/* clang-format off */
enum myjvn_method { MYJVN_NONE, MYJVN_OVERVIEW, MYJVN_DETAIL, MYJVN_VENDORS, MYJVN_PRODUCTS,
                    MYJVN_ALERTS, MYJVN_STATISTICS };
enum myjvn_date { MYJVN_PUBLIC, MYJVN_UPDATED, MYJVN_ISSUED, MYJVN_DATES };
enum myjvn_kind { MYJVN_BY_NOTHING, MYJVN_BY_CPE, MYJVN_BY_VENDOR, MYJVN_BY_PRODUCT };

/* Why a request is refused. */
enum myjvn_wrong { MYJVN_RIGHT, MYJVN_NO_METHOD, MYJVN_NO_FEED, MYJVN_NUMBER, MYJVN_RANGE,
                   MYJVN_WORD, MYJVN_ONE_OF, MYJVN_MISSING, MYJVN_DATE, MYJVN_ID, MYJVN_YEAR,
                   MYJVN_VECTOR, MYJVN_TOO_MANY, MYJVN_SERVER };
/* clang-format on */

enum { MYJVN_NAMES = 100 }; /* at most so many products, vendors or advisories in a request */

struct myjvn_query {
    enum myjvn_method method;
    bool is_oka, is_en;
    i64 start, count; /* from 1 */
    enum myjvn_kind kind;
    struct strs names;  /* patterns of CPE 2.2, or numbers */
    str keyword;        /* absent: none */
    bool keyword_names; /* the keyword is looked for in names of products alone */
    int cvss;           /* 2, 3 or 4: severity or vector is asked of that version; 0: of none */
    int rating;         /* 0 None … 4 Critical; -1: any */
    str vector;         /* base metrics without a prefix; absent: any */
    opt_i64 from[MYJVN_DATES], until[MYJVN_DATES]; /* [from, until) */
    struct strs ids;                               /* "KKHDB-2026-000001" */
    enum { MYJVN_FT_PLAIN, MYJVN_FT_JSON, MYJVN_FT_STIX } ft;
    /* oka: of the versions told with a product */
    str version, version_from, version_until;              /* absent: any */
    bool version_any, version_none, from_open, until_open; /* open: without the bound itself */
    /* statistics */
    enum myjvn_theme theme;
    char step; /* y q m */
    i64 cwe;   /* 0: none */
    /* how it was told, or why it is refused */
    struct jvn_status status; /* method, lang, feed, parameters, and the error's code */
    enum myjvn_wrong wrong;
    str parameter; /* that is wrong */
    i64 limit;     /* of MYJVN_RANGE and MYJVN_TOO_MANY */
};

/* db: what the ids of this service begin with, "KKHDB".  now: for the ranges that end today. */
void myjvn_query_read(struct arena *a, const struct fields *in, str db, i64 now,
                      struct myjvn_query *out);

/* Set the code of an error; the codes that JVN is known to answer, and own ones of its form
 * with a 9 as the first digit. */
void myjvn_refuse(struct arena *a, struct myjvn_query *q, enum myjvn_wrong wrong, str parameter,
                  i64 limit);

#endif
