/* phrases.h - a few phrases, and how a language strings them together. */
#ifndef APP_PHRASES_H
#define APP_PHRASES_H

#include "gen/words.h"

struct phrases {
    str *v;
    size_t n, cap;
};

/* "a, b and c" as the language writes lists. */
str phrases_join(struct arena *a, enum lang lang, const struct phrases *p);

#endif
