/* jvn_own.h - between the files of the index: the next one while it is being made. */
#ifndef APP_JVN_OWN_H
#define APP_JVN_OWN_H

#include "app/jvn.h"
#include "app/jvn_pairs.h"
#include "base/dict.h"
#include "base/vec.h"

#include <stdatomic.h>

struct q_publication_changed;
struct q_publication_whole;

/* What the sets of one language share: rows, and each thing, score and version once.  Only who
 * makes the next set adds to it, behind what the others see; nothing in it changes. */
struct jvn_heap {
    struct arena *a;
    _Atomic int users;
    size_t gone; /* rows in it that the newest set does not have any more */
    struct {
        VEC(struct jvn_thing)
    } things;
    struct {
        VEC(struct jvn_scores)
    } scores;
    struct {
        VEC(str)
    } versions;
    struct dict thing_keys, score_keys, version_keys; /* the same numbers */
    struct dict seen_vectors;                         /* vectors as they stand in records … */
    struct {
        VEC(uint32_t)
    } seen_scores;                                /* … and the scores that were made of them */
    struct dict parts, makers, products, normals; /* words of the things */
};

/* A row that is read, and the pairs of its text. */
struct jvn_read {
    struct jvn_row row;
    uint64_t pairs[JVN_PAIRS / 64];
};

struct jvn_rows {
    VEC(struct jvn_read)
};
struct jvn_making {
    struct arena *a; /* of the rows, until jvn_making_end() */
    struct jvn_heap *heap;
    enum lang lang;
    i64 generation; /* the place that was reached in the order of changes */
    str number;
    struct jvn_rows rows; /* that changed */
};

/* A row as it stands in the database; copies what it keeps. */
enum err jvn_making_add(struct ctx *cx, struct jvn_making *m,
                        const struct q_publication_changed *row);

/* All rows: those of old (NULL: none) that did not change, and those added; the arrays in a. */
struct jvn_set jvn_making_end(struct arena *a, struct jvn_making *m, const struct jvn_set *old);

/* A row with all that it says, as the advisory that its page shows. */
enum err jvn_whole(struct ctx *cx, enum lang lang, const struct q_publication_whole *row,
                   struct portal_advisory *out);

/* Those of the rows that are still there, in their order.  generations (NULL: not wanted): of each
 * row the one of its last change as it was read; -1: it is gone. */
enum err jvn_entries_of(struct ctx *cx, enum lang lang, const struct jvn_row *const *rows, size_t n,
                        enum jvn_depth depth, struct jvn_entries *out, i64 *generations);

/* getStatistics. */
enum err jvn_count(struct ctx *cx, const struct myjvn_query *q, const struct jvn_set *set,
                   struct jvn_answer *out);

#endif
