/* urlform.h - application/x-www-form-urlencoded bodies and query strings (URL standard,
 * section 5), as a list of fields in the order in which they came. */
#ifndef FORMATS_URLFORM_H
#define FORMATS_URLFORM_H

#include "base/problem.h"

struct field {
    str name, value;
};

/* What a form sent, whichever way it was encoded. */
struct fields {
    VEC(struct field)
};

struct urlform_limits {
    size_t fields, name, value; /* at most so many, and bytes */
};

/* E_INVALID adds to *ps: `encoding` at a field whose value has a broken %XX or is not UTF-8,
 * `too_long` with the limit, `too_many` with the limit at the whole; a name that is broken or
 * too long is `encoding` or `too_long` at the whole.  *out is filled all the same, as far as
 * the limits go, with U+FFFD for what was broken, so that the form can be shown again. */
enum err urlform_read(struct arena *a, str text, struct urlform_limits max, struct fields *out,
                      struct problems *ps);

/* Adds "name=value", behind a '&' unless b is empty or ends in '?'. */
void urlform_put(buf *b, str name, str value);

/* The first field of that name; absent: there is none. */
str fields_get(const struct fields *f, str name);

#endif
