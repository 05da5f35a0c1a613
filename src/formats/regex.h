/* regex.h - regular expressions of ECMA 262 (as with the u flag) that find in linear time.
 *
 * A pattern becomes a deterministic automaton over the bytes of UTF-8.  Taken: literals,
 * classes, . \d \w \s and their opposites, the escapes of code points, groups, alternatives,
 * all quantifiers, ^ and $ anywhere (beginning and end of the text), and lookahead at the very
 * beginning of a pattern.  Not taken, because no such automaton is small or because nothing
 * needs it: references back, lookbehind, lookahead elsewhere, \b, \B, \p{…}. */
#ifndef FORMATS_REGEX_H
#define FORMATS_REGEX_H

#include "base/str.h"

/* next[state + class_of[byte]] is the state behind a byte; states are multiples of the number of
 * classes.  State 0: no match can come any more; `classes`: there was one.  States from `final`
 * on match when the text ends there. */
struct regex_machine {
    const uint8_t *class_of; /* 256 */
    const uint32_t *next;
    uint32_t size; /* of next */
    uint32_t classes, start, final;
    bool negative; /* the pattern finds where this does not */
};

/* Finds where all of its machines do. */
struct regex {
    const struct regex_machine *machines;
    size_t n;
};

/* NULL: not taken, or too large (1,000 levels of meaning below nothing: 30,000 steps as written
 * out, 8,000 states). */
const struct regex *regex_make(struct arena *a, str pattern);

/* Whether the pattern is found anywhere in the text, which is valid UTF-8. */
bool regex_finds(const struct regex *r, str text);

#endif
