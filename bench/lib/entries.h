/* entries.h - for the seeder: released advisories by the hundred thousand, without their cases.
 *
 * Each is a copy of what the demo released, with a number, dates, identifiers, a word in its title,
 * vendors and products of its own: what lists, public files and the MyJVN API read. */
#ifndef BENCH_ENTRIES_H
#define BENCH_ENTRIES_H

#include "lib/template.h"

struct entries;

/* From a source whose tables were copied already; next: which numbers are taken.  groups: in how
 * many names each vendor comes. */
struct entries *entries_new(struct source *src, const struct copy_of *next, unsigned long groups);

/* The next one, first released at that instant; in both languages where the demo has both. */
void entries_write(struct arena *a, struct entries *e, i64 at);

#endif
