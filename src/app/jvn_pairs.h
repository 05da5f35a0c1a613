/* jvn_pairs.h - which texts of the index may hold a keyword, by its pairs of characters.
 *
 * Each pair of neighbouring characters is one of JVN_PAIRS bits by its hash.  A table holds the
 * bits of all rows: for 64 rows as many words, one for each bit, and then those of the next 64. */
#ifndef APP_JVN_PAIRS_H
#define APP_JVN_PAIRS_H

#include "base/str.h"

enum { JVN_PAIRS = 1024 };

/* The pairs of a text, a bit each. */
void jvn_pairs_of(str text, uint64_t out[JVN_PAIRS / 64]);

/* Words of 64 for so many rows, and an empty table for them. */
size_t jvn_words64(size_t rows);
uint64_t *jvn_pairs_table(struct arena *a, size_t rows);

/* The bits of one row, which has none yet. */
void jvn_pairs_put(uint64_t *table, size_t row, const uint64_t pairs[JVN_PAIRS / 64]);

/* n rows of another table, to rows that have none yet. */
void jvn_pairs_move(uint64_t *table, size_t row, const uint64_t *from, size_t at, size_t n);

/* Of rows (a bit each), those that have all the pairs stay. */
void jvn_pairs_keep(const uint64_t *table, const uint64_t pairs[JVN_PAIRS / 64], uint64_t *rows,
                    size_t nwords);

#endif
