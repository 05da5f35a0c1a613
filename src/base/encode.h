/* encode.h - bytes as text and back: hex, base32 for keys that people type, base64url. */
#ifndef BASE_ENCODE_H
#define BASE_ENCODE_H

#include "base/str.h"

str hex_encode(struct arena *a, str bytes);       /* lower case */
str hex_encode_upper(struct arena *a, str bytes); /* as OpenPGP shows fingerprints */
bool hex_decode(struct arena *a, str text, str *out);

/* Crockford's alphabet (no I, L, O, U), upper case, without padding. */
str base32_encode(struct arena *a, str bytes);

/* Accepts lower case, reads I and L as 1 and O as 0, skips '-' and spaces.  False: another
 * character, or bits left over that are not zero. */
bool base32_decode(struct arena *a, str text, str *out);

str base64_encode(struct arena *a, str bytes); /* RFC 4648 section 4, padded */

str base64url_encode(struct arena *a, str bytes); /* RFC 4648 section 5, without padding */
bool base64url_decode(struct arena *a, str text, str *out);

#endif
