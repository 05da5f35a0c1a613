/* jvn_index.h - everything that is public, in memory, by what the MyJVN API filters by.
 *
 * A request may combine any of thirty parameters and wants an exact count: no index of a database
 * serves that.  One walk over small rows does, for 200,000 of them in a few milliseconds
 * (docs/adr/0032).  The rows are those of one generation; what changed since is read before the
 * next question is answered. */
#ifndef APP_JVN_INDEX_H
#define APP_JVN_INDEX_H

#include "app/jvn_entry.h"

/* What an advisory is about: a vendor's product, or the vendor alone. */
struct jvn_thing {
    str vendor, name; /* name empty: the vendor */
    str cpe, vendor_cpe;
    str normal; /* the name as keywords are compared */
    i64 vid, pid;
};

struct jvn_link {
    const struct jvn_thing *thing;
    size_t at;    /* of the thing in its set */
    str versions; /* as the vendor says */
};

enum { JVN_CVSS = 3 }; /* 2.0, 3.x and 4.0 */
enum { JVN_PAIRS = 8 };

struct jvn_row {
    str number;
    struct jvn_place place;
    i64 updated, issued, first_public;
    str text;                  /* title and overview as keywords are compared */
    str vector[JVN_CVSS];      /* base metrics; absent: none */
    short rating[JVN_CVSS];    /* 0 None … 4 Critical; -1: none */
    uint64_t pairs[JVN_PAIRS]; /* of characters in the text, each as one bit by its hash */
    const struct jvn_link *links;
    size_t nlinks;
    const i64 *cwes;
    size_t ncwes;
    bool critical;
};

struct jvn_set {
    const struct jvn_row *rows; /* the last changed first */
    size_t nrows;
    const struct jvn_thing *things; /* by vendor, then name; no two alike */
    size_t nthings;
};

struct jvn_index;

/* Empty; lives in a. */
NONNULL struct jvn_index *jvn_index_new(struct arena *a);

/* One language, as of the generation that the request sees or a later one.  It stays as it is
 * until the request's arena is freed. */
enum err jvn_index_open(struct ctx *cx, enum lang lang, const struct jvn_set **out);

/* The row of that place; NULL: none. */
const struct jvn_row *jvn_row_of(const struct jvn_set *set, struct jvn_place place);

#endif
