/* saved.h - for tests: a walk that always goes alike is gone once in a program; after that its rows are put back. */
#ifndef HELP_SAVED_H
#define HELP_SAVED_H

#include "help/walk.h"

/* What make(st, how) returns.  Where st stands as it stood before it was made the first time (each row of the database,
 * the clock, the randomness, what the app says of itself), it is made to stand as it did after it; else it is walked. */
struct walk *saved_walk(struct stage *st, struct walk *(*make)(struct stage *st, int how), int how);

#endif
