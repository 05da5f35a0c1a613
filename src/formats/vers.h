/* vers.h - version ranges: VERS, and the VERS-like specifiers (vls) of CSAF 2.1.
 *
 * A VERS is read in its canonical form alone: sorted by the order of its type, no version
 * twice, no white space.  A vls has no type: nothing says how to sort it, and to look into it
 * the generic order is tried.  Types and their orders: facts/vers-types.tsv. */
#ifndef FORMATS_VERS_H
#define FORMATS_VERS_H

#include "base/str.h"

enum vers_op { VERS_EQ, VERS_NE, VERS_LT, VERS_LE, VERS_GT, VERS_GE };

struct vers_constraint {
    enum vers_op op;
    str version; /* decoded */
};

/* Less than, equal to or greater than 0. */
typedef int vers_cmp(str x, str y);

struct vers {
    str type;        /* absent: a vls */
    bool star;       /* every version, or none */
    bool none;       /* no version */
    bool registered; /* the type is one of vers-spec */
    vers_cmp *cmp;   /* NULL: a type whose order we do not know; a vls has the generic one */
    const struct vers_constraint *v;
    size_t n;
};

/* E_INVALID sets *why: vers_scheme vers_type (none, or capitals) vers_reserved ("invalid")
 * vers_empty vers_space vers_pipe vers_comparator ("=1", "<>1", "<=<1") vers_version (empty,
 * wrongly escaped, or none of its type) vers_star vers_order vers_twice vers_sequence. */
enum err vers_read(struct arena *a, str text, struct vers *out, str *why);

/* A vls.  "=1.0" is taken for "1.0", and a version may stand twice, as in official examples. */
enum err vls_read(struct arena *a, str text, struct vers *out, str *why);

/* Whether it names one version and nothing else. */
bool vers_is_single(const struct vers *r);

/* Whether it has no upper end: ">1.0". */
bool vers_is_open(const struct vers *r);

/* False where nothing says how to compare. */
bool vers_contains(const struct vers *r, str version);

/* Whether some version is in both.  A vls is compared by the order of the other's type; false
 * where the orders differ or are not known. */
bool vers_overlap(const struct vers *x, const struct vers *y);

/* The order of a type; NULL: none that we know. */
vers_cmp *vers_order(str type);
bool vers_type_registered(str type);

#endif
