/* jvn_own.h - between the files of the index: the next one while it is being made. */
#ifndef APP_JVN_OWN_H
#define APP_JVN_OWN_H

#include "app/jvn.h"
#include "base/vec.h"

struct q_publication_changed;
struct q_publication_whole;

struct jvn_rows {
    VEC(struct jvn_row)
};
struct jvn_making {
    struct arena *a;
    i64 generation; /* the place that was reached in the order of changes */
    str number, lang;
    struct jvn_rows rows[LANG_COUNT]; /* that changed */
};

/* A row as it stands in the database; copies what it keeps. */
enum err jvn_making_add(struct ctx *cx, struct jvn_making *m,
                        const struct q_publication_changed *row);

/* All rows of one language: those of old that did not change, and those added. */
struct jvn_set jvn_making_end(struct jvn_making *m, enum lang lang, const struct jvn_set *old);

/* A row with all that it says, as the advisory that its page shows. */
enum err jvn_whole(struct ctx *cx, enum lang lang, const struct q_publication_whole *row,
                   struct portal_advisory *out);

/* getStatistics. */
enum err jvn_count(struct ctx *cx, const struct myjvn_query *q, const struct jvn_set *set,
                   struct jvn_answer *out);

#endif
