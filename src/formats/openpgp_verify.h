/* openpgp_verify.h - whether a detached OpenPGP signature is one of that certificate over these
 * bytes; of Ed25519 keys alone, as openpgp_sign.h makes them.
 *
 * Source: RFC 9580, sections 5.2.3 and 5.2.4 (version 4 signatures), 5.2.3.3 (EdDSA).  Nothing of
 * openpgp_sign.c is used: it reads packets, and libsodium says yes or no. */
#ifndef FORMATS_OPENPGP_VERIFY_H
#define FORMATS_OPENPGP_VERIFY_H

#include "base/err.h"

/* Both armored or not; the certificate's first key counts.  OK: it verifies, and *at is when it
 * says that it was made, in ms.  E_INVALID: it does not, or is no such signature. */
enum err pgp_verify(struct arena *a, str certificate, str signature, str bytes, i64 *at);

#endif
