/* percent.h - %XX as in RFC 3986 section 2.1: one segment of a path, there and back. */
#ifndef FORMATS_PERCENT_H
#define FORMATS_PERCENT_H

#include "base/str.h"

/* The byte that %XX at text[at] stands for; -1: it is not whole. */
int percent_byte(str text, size_t at);

/* One segment of a path as it came.  False where it is not whole, not UTF-8, empty, "." or
 * "..", or holds a '/', a '\' or a control character, escaped or not: what a router must never
 * take for a name.  A slice of segment where nothing was escaped. */
bool percent_decode(struct arena *a, str segment, str *out);

/* All but the unreserved characters (letters, digits, - . _ ~) as %XX: right as a segment, as
 * a name or value of a query, and in the path of a file URL. */
void percent_put(buf *b, str s);

#endif
