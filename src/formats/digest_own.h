/* digest_own.h - the compression of SHA-256: by the processor's own instructions where it has them. */
#ifndef FORMATS_DIGEST_OWN_H
#define FORMATS_DIGEST_OWN_H

#include "base/str.h"

/* FIPS 180-4, 6.2.2, over n blocks of 64 bytes. */
void sha256_blocks(uint32_t state[8], const unsigned char *p, size_t n);

/* The same on any processor. */
void sha256_blocks_portable(uint32_t state[8], const unsigned char *p, size_t n);

#endif
