/* certificate.h - which X.509 certificate that is: by its SHA-256, of its DER.
 *
 * It is named, never judged: whether it holds is for the proxy that spoke TLS with its owner. */
#ifndef FORMATS_CERTIFICATE_H
#define FORMATS_CERTIFICATE_H

#include "base/str.h"

enum { CERTIFICATE_MOST = 16384, CERTIFICATE_DIGITS = 64 }; /* bytes of the text */

/* Lower-case hex of it.  text: one PEM block (RFC 7468), also with its special characters as %XX,
 * as nginx passes it on; or the SHA-256 itself in hex, with or without colons.  False: neither. */
bool certificate_fingerprint(struct arena *a, str text, str *out);

#endif
