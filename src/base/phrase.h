/* phrase.h - a text with {name} places, and filling them.
 *
 * The texts are those of po/, checked by wordgen; the typed way to fill them is the macro
 * words_KEY() of gen/words.h.  This is for words that are chosen at run time. */
#ifndef BASE_PHRASE_H
#define BASE_PHRASE_H

#include "base/str.h"

struct phrase_arg {
    str name;
    bool number; /* n is shown, in digits; otherwise s */
    i64 n;
    str s;
};

/* Plain text, not HTML.  A place without its argument stays empty. */
str phrase_fill(struct arena *a, str text, const struct phrase_arg *args, size_t nargs);

#endif
