/* fields.h - texts and numbers in a row of bytes, as our processes pass them to each other: each a
 * number of bytes, a colon and the bytes. */
#ifndef BASE_FIELDS_H
#define BASE_FIELDS_H

#include "base/str.h"

/* Absent stays absent, and is not empty. */
void fields_put(buf *b, str s);
void fields_put_i64(buf *b, i64 n);

/* The first field, which is taken off; it points into *rest.  False: these are no fields, or no
 * number from least to most; *rest is then of no use. */
bool fields_take(str *rest, str *out);
bool fields_take_i64(str *rest, i64 least, i64 most, i64 *out);

#endif
