/* search_own.h - between the files of search: the walk through the index, newest first. */
#ifndef APP_SEARCH_OWN_H
#define APP_SEARCH_OWN_H

#include "app/ctx.h"
#include "formats/json.h"
#include "formats/tokens.h"

/* PostgreSQL's index finds all documents with some words, in no order.  So there every document
 * has words for the block of numbers that it stands in, of 1,024, 16,384, 262,144 and 4,194,304:
 * newest first means block after block, and only as far as needed.  SQLite's index is walked
 * downwards by itself. */
enum { SEARCH_LEVELS = 4 };
int search_bits(int level); /* of a block's size */
str search_block(struct ctx *cx, int level, i64 doc);

/* A document's words as a set in bytes; whether all of others are in one. */
str search_set(struct arena *a, const struct strs *words);
bool search_set_has(str set, const struct strs *words);

/* Words of public texts as they are indexed: each has its language in front, so that a walk goes
 * through the documents of one language alone, and a word that it has not ends at once. */
struct strs search_words_in(struct arena *a, enum lang lang, const struct strs *words);

/* All strings in a JSON value, one a line: how records are indexed and compared. */
str search_plain(struct arena *a, const struct json *j);

/* A walk down the numbers. */
struct search_walk {
    str all;    /* words that every document must have, as the engine writes it */
    i64 before; /* documents below this are still to be looked at */
    i64 floor;  /* of the running block */
    int level;
    bool postgres;
};
struct search_walk search_from(struct ctx *cx, const struct strs *all, i64 before);

/* The query of the running block; false: there is nothing below. */
bool search_next(struct ctx *cx, struct search_walk *w, str *query);

/* `got` documents came of at most `most`, the last of them numbered `last`. */
void search_took(struct search_walk *w, size_t got, size_t most, i64 last);

/* "": from the start, else a document's number.  False: not one of ours. */
bool search_cursor(str after, i64 *before);

#endif
