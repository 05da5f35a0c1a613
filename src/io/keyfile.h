/* keyfile.h - a key that lies in a file of this installation, and what it keeps closed.
 *
 * What is closed may lie in the database and its copies: without the file nobody opens it. */
#ifndef IO_KEYFILE_H
#define IO_KEYFILE_H

#include "base/err.h"

struct keyfile {
    unsigned char key[32];
};

/* Read it; where there is none, make one of random bytes, readable by its owner alone.  Two
 * that make it at once get the same.  E_DENIED: others may read it; E_INVALID: it is no key. */
enum err keyfile_open(struct arena *a, const char *path, struct fault *f, struct keyfile *out);

/* crypto_secretbox of libsodium behind a random nonce. */
str keyfile_close(struct arena *a, const struct keyfile *k, str plain);

/* False: not closed by this key, or changed since. */
bool keyfile_read(struct arena *a, const struct keyfile *k, str box, str *plain);

#endif
