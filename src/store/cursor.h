/* cursor.h - inside store/: the place in a list behind its last shown row, as text for a URL.
 *
 * A version byte, a hash of statement, sort and key types, then each key of the row: an i64
 * in 8 bytes, a str in 2 bytes of length and its bytes; in base64url.  It holds nothing but
 * the keys of a row that its reader saw, and a changed one only begins elsewhere. */
#ifndef STORE_CURSOR_H
#define STORE_CURSOR_H

#include "store/db.h"

union cursor_key {
    str s;
    i64 n;
};

enum { CURSOR_MAX = 4096 }; /* bytes of text that are looked at */

/* Absent: the keys are longer than a cursor may be. */
str cursor_write(struct arena *a, const struct stmt *q, size_t sort, const void *row);

/* False: not made by cursor_write() for this statement and sort. */
bool cursor_read(struct arena *a, str text, const struct stmt *q, size_t sort,
                 union cursor_key key[4]);

#endif
