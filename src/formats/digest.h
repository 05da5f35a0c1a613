/* digest.h - SHA-1 and SHA-256 (FIPS 180-4), fed piece by piece.
 *
 * For identifiers that a standard defines this way (OpenPGP fingerprints), and for checksums
 * of files.  SHA-1 no longer resists collisions: nothing else may rest on it. */
#ifndef FORMATS_DIGEST_H
#define FORMATS_DIGEST_H

#include "base/str.h"

enum digest_kind { DIGEST_SHA1, DIGEST_SHA256 };

struct digest {
    enum digest_kind kind;
    uint32_t state[8];
    uint64_t length; /* bytes so far */
    unsigned char block[64];
};

struct digest digest_begin(enum digest_kind kind);
void digest_put(struct digest *d, str bytes);
str digest_end(struct digest *d, struct arena *a); /* 20 or 32 bytes */

#endif
