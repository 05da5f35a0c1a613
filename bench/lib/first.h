/* first.h - for the seeder: the installation whose cases are copied. */
#ifndef BENCH_FIRST_H
#define BENCH_FIRST_H

#include "lib/template.h"

/* Of the long case: its page shows the newest, and leads to the rest. */
enum { LONG_HISTORY = 200 };

/* An installation in the folder `dir` (or on `database`) with the newest schema; ends the
 * program where it cannot.  Without fsync. */
struct app *first_boot(struct arena *a, str dir, str database);

/* The demo cases, and one of them made LONG_HISTORY history entries long by its coordinator.
 * All by the functions that people's acts call. */
void first_fill(struct arena *a, struct app *app, struct sqlite3 *lite);

/* The words of every document of the search, made anew from the texts: confidential, public. */
void first_words(struct arena *a, struct app *app, struct sqlite3 *lite, struct doc_table out[2]);

/* The one value of a query; absent: no row. */
str first_value(struct arena *a, struct sqlite3 *lite, const char *sql);

#endif
