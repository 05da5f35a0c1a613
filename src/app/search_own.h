/* search_own.h - between the files of search: words that say where a document stands. */
#ifndef APP_SEARCH_OWN_H
#define APP_SEARCH_OWN_H

#include "app/ctx.h"

/* PostgreSQL's index finds all documents with some words, in no order.  So every document has
 * words for the block of numbers that it stands in, of 1,024, 16,384, 262,144 and 4,194,304:
 * newest first means block after block, and only as far as needed. */
enum { SEARCH_LEVELS = 4 };
int search_bits(int level); /* of a block's size */
str search_block(struct ctx *cx, int level, i64 doc);

/* The word of the case ('u') or report ('o') that a document belongs to. */
str search_word_of(struct ctx *cx, char kind, str id);

#endif
