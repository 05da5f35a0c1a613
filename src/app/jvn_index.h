/* jvn_index.h - everything that is public, in memory, by what the MyJVN API filters by.
 *
 * A request may combine any of thirty parameters and wants an exact count: no index of a database
 * serves that.  Columns of 200,000 rows do, in a millisecond or a few (docs/adr/0032).  The rows are those of one generation; what changed since is read before the
 * next question is answered.  Each language is kept on its own, from the first question in it
 * until nobody asked for an hour. */
#ifndef APP_JVN_INDEX_H
#define APP_JVN_INDEX_H

#include "app/jvn_entry.h"

/* Distinct texts, one behind the other with a line's end between: a part is looked for in all of
 * them at once. */
struct jvn_words {
    str all;
    const uint32_t *at; /* where each begins; behind the last, where one more would */
    size_t n;
};

/* What an advisory is about: a vendor's product, or the vendor alone.  The numbers are those of
 * the words of the set. */
struct jvn_thing {
    str vendor, name; /* name empty: the vendor */
    str cpe, vendor_cpe;
    i64 vid, pid;
    uint32_t part, maker, product; /* of its CPE, in lower case: "a", the vendor, all behind */
    uint32_t normal;               /* the name as keywords are compared */
};

struct jvn_link {
    uint32_t thing, versions; /* of the set: the versions as the vendor says */
};

enum { JVN_CVSS = 3 }; /* 2.0, 3.x and 4.0 */

/* The highest of each version of CVSS. */
struct jvn_scores {
    str vector[JVN_CVSS];   /* base metrics; absent: none */
    short rating[JVN_CVSS]; /* 0 None … 4 Critical; -1: none */
};

struct jvn_row {
    i64 updated, issued, first_public;
    i64 generation; /* of its last change */
    str number;
    struct jvn_place place;
    str text; /* title and overview as keywords are compared */
    const struct jvn_link *links;
    const i64 *cwes;
    uint32_t nlinks, ncwes;
    uint32_t scores; /* of the set */
    bool critical;
};

/* Numbers are those of the set.  What is told of all rows stands in columns with a value for
 * each row, and for as many more as fill the last of the words of 64 rows. */
struct jvn_set {
    const struct jvn_row *const *rows; /* the last changed first */
    size_t nrows;
    const i64 *updated, *issued, *first_public;
    const uint32_t *scored;
    const uint64_t *critical; /* a bit each */
    const str *texts;
    const uint64_t *pairs;          /* see jvn_pairs.h */
    const struct jvn_link *links;   /* of all rows, one behind the other */
    const uint32_t *linked;         /* where a row's links begin; those of the next behind them */
    const struct jvn_thing *things; /* also such as no row is about any more */
    const struct jvn_scores *scores;
    const str *versions;
    size_t nthings, nscores, nversions;
    const uint32_t *listed; /* things of rows, by vendor, then name; no two alike */
    size_t nlisted;
    struct jvn_words parts, makers, products, normals;
    const uint32_t *made, *made_at; /* things by maker, and where each maker's begin */
};

struct jvn_index;

/* Empty; lives in a. */
NONNULL struct jvn_index *jvn_index_new(struct arena *a);

/* One language, as of the generation that the request sees or a later one.  It stays as it is
 * until the request's arena is freed.  E_BUSY: everything is being read, which takes seconds, and
 * enough requests wait for that already. */
enum err jvn_index_open(struct ctx *cx, enum lang lang, const struct jvn_set **out);

/* For a thread beside the requests: the same of a language that was asked for within an hour (or
 * anyway), so that the next request finds it made. */
enum err jvn_index_keep(struct ctx *cx, enum lang lang, bool anyway);

/* When it was last asked for; 0: never. */
i64 jvn_index_asked(struct jvn_index *x, enum lang lang);

/* What is being made, also of files, is given up with E_BUSY. */
void jvn_index_end(struct jvn_index *x);
bool jvn_index_is_ending(struct jvn_index *x);

/* Drop what nobody asked for since an hour; whether anything was. */
bool jvn_index_sweep(struct jvn_index *x, i64 now);

/* The row of that place; NULL: none. */
const struct jvn_row *jvn_row_of(const struct jvn_set *set, struct jvn_place place);

#endif
