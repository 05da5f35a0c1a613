/* search_index.h - what is written is found; within db_write(). */
#ifndef APP_SEARCH_INDEX_H
#define APP_SEARCH_INDEX_H

#include "app/text.h"

/* The words of a document, made before db_write(), where others wait. */
struct search_words {
    str list, set;
};
enum err search_words(struct ctx *cx, str source, str body, struct search_words *out);

/* Documents are numbered in the order of their coming.  The place decides who finds it. */
struct search_doc {
    str id;      /* what was indexed under it before is forgotten */
    str source;  /* text report identity vulnerability advisory: which table has the body */
    str case_id; /* absent: of a report without a case; then place.report_id says of which */
    struct place place;
    str body;
    const struct search_words *words; /* of that body; NULL: made now */
    bool fresh;                       /* nothing was ever indexed under its id */
};
enum err search_index(struct ctx *cx, const struct search_doc *d);

/* The text of a released advisory in one language; a later one takes its place. */
enum err search_index_public(struct ctx *cx, str number, str lang, str text);

#endif
