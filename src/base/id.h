/* id.h - identifiers.  The random bytes come in as an argument. */
#ifndef BASE_ID_H
#define BASE_ID_H

#include "base/str.h"

enum { ID_SIZE = 36, ID_RANDOM = 10 };

/* A UUIDv7 (RFC 9562 section 5.7) in its 36-character text form: sorts by time. */
str id_make(struct arena *a, i64 now_ms, const unsigned char random[ID_RANDOM]);

/* Whether s has the form of one: what comes from a URL is checked before it is looked up. */
bool id_is(str s);

#endif
