/* utf8.h - the check at every border, and steps through text that passed it. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. */
bool utf8_valid(str s);

/* Bytes before the first that is not valid UTF-8; s.n where all is. */
size_t utf8_valid_prefix(str s);

/* The code point at *at, which moves behind it.  s must be valid; *at < s.n. */
uint32_t utf8_next(str s, size_t *at);

/* Code points, not bytes. */
size_t utf8_count(str s);

/* At most n code points of s. */
str utf8_sub(str s, size_t n);

void utf8_put(buf *b, uint32_t code_point);

/* C0 and C1 controls other than tab, newline and carriage return; U+2028 and U+2029;
 * bidirectional controls (U+202A..202E, U+2066..2069), which can make text lie. */
bool utf8_has_control(str s);

#endif
