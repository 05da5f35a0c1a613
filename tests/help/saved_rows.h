/* saved_rows.h - for tests: all rows of an open database, to tell whether they are the same, and to put them back. */
#ifndef HELP_SAVED_ROWS_H
#define HELP_SAVED_ROWS_H

#include "help/store.h"

struct saved_rows; /* for as long as the program runs */

/* Equal where every row is equal; of one program, and one engine. */
str saved_rows_digest(struct arena *a, str url);

/* Those that changed since saved_rows_begin() of the same url. */
struct saved_rows *saved_rows_begin(struct arena *keep, str url);
void saved_rows_end(struct saved_rows *s, str url);

/* Into a database whose digest is that of the beginning. */
void saved_rows_put(const struct saved_rows *s, str url);

#endif
