/* jvn_names.h - which things of the index the names of a query mean; for app/jvn*.c. */
#ifndef APP_JVN_NAMES_H
#define APP_JVN_NAMES_H

#include "app/jvn_own.h"
#include "base/needle.h"
#include "formats/myjvn_query.h"

/* The words of a thing from its CPE, into the heap. */
void jvn_name_thing(struct jvn_heap *h, str normal, struct jvn_thing *t);

/* The words and makers of the set, from its heap; in a. */
void jvn_name_set(struct arena *a, const struct jvn_heap *h, struct jvn_set *set);

/* Which words hold the needle: true at their numbers. */
bool *jvn_words_with(struct arena *a, const struct jvn_words *w, const struct needle *n);

/* Which things are among the names: true at their numbers. */
bool *jvn_things_named(struct arena *a, const struct jvn_set *set, const struct myjvn_query *q);

#endif
