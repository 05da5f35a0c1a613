/* jvn_index.h - everything that is public, in memory, by what the MyJVN API filters by.
 *
 * A request may combine any of thirty parameters and wants an exact count: no index of a database
 * serves that.  One walk over small rows does, for 200,000 of them in a few milliseconds
 * (docs/adr/0032).  The rows are those of one generation; what changed since is read before the
 * next question is answered.  Each language is kept on its own, from the first question in it
 * until nobody asked for an hour. */
#ifndef APP_JVN_INDEX_H
#define APP_JVN_INDEX_H

#include "app/jvn_entry.h"

/* What an advisory is about: a vendor's product, or the vendor alone. */
struct jvn_thing {
    str vendor, name; /* name empty: the vendor */
    str cpe, vendor_cpe;
    str normal; /* the name as keywords are compared */
    i64 vid, pid;
    uint32_t mark; /* of the vendor in its CPE, as myjvn_cpe_mark() has it */
};

struct jvn_link {
    uint32_t thing, versions; /* of the set: the versions as the vendor says */
};

enum { JVN_CVSS = 3 }; /* 2.0, 3.x and 4.0 */
enum { JVN_PAIRS = 8 };

/* The highest of each version of CVSS. */
struct jvn_scores {
    str vector[JVN_CVSS];   /* base metrics; absent: none */
    short rating[JVN_CVSS]; /* 0 None … 4 Critical; -1: none */
};

/* What every question looks at. */
struct jvn_key {
    i64 updated, issued, first_public;
    uint32_t scores; /* of the set */
    bool critical;
};

struct jvn_row {
    struct jvn_key key;
    str number;
    struct jvn_place place;
    str text;                  /* title and overview as keywords are compared */
    uint64_t pairs[JVN_PAIRS]; /* of characters in the text, each as one bit by its hash */
    const struct jvn_link *links;
    const i64 *cwes;
    uint32_t nlinks, ncwes;
};

struct jvn_set {
    const struct jvn_key *keys;        /* of the rows */
    const struct jvn_row *const *rows; /* the last changed first */
    size_t nrows;
    const struct jvn_link *links;   /* of all rows, one behind the other */
    const uint32_t *linked;         /* where a row's links begin; those of the next behind them */
    const struct jvn_thing *things; /* also such as no row is about any more */
    const struct jvn_scores *scores;
    const str *versions;
    size_t nthings, nscores, nversions;
    const uint32_t *listed; /* things of rows, by vendor, then name; no two alike */
    size_t nlisted;
};

struct jvn_index;

/* Empty; lives in a. */
NONNULL struct jvn_index *jvn_index_new(struct arena *a);

/* One language, as of the generation that the request sees or a later one.  It stays as it is
 * until the request's arena is freed. */
enum err jvn_index_open(struct ctx *cx, enum lang lang, const struct jvn_set **out);

/* Drop what nobody asked for since an hour; whether anything was. */
bool jvn_index_sweep(struct jvn_index *x, i64 now);

/* The row of that place; NULL: none. */
const struct jvn_row *jvn_row_of(const struct jvn_set *set, struct jvn_place place);

#endif
