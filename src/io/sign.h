/* sign.h - OpenPGP signatures of what is published, by a key that the server never holds: the
 * effects process reads it before its sandbox, and signs as a job. */
#ifndef IO_SIGN_H
#define IO_SIGN_H

#include "base/err.h"
#include "io/random.h"

struct effects;

struct sign_options {
    const char *key_file; /* as sign_key_make() wrote it; NULL: nothing is signed */
};

/* KEYS/openpgp.key, or, where no such folder is given, DATA/openpgp.key: there the server's own
 * sandbox lets it be read. */
const char *sign_key_path(struct arena *a, str data_dir, str keys_dir);

/* Makes the folder of the key where one is given: of nobody else, and not where the server may
 * read.  A key that stood in the data folder moves there.  E_INVALID: it lies in the data folder,
 * or others may enter it; E_IO. */
enum err sign_keys_dir(struct arena *a, str data_dir, str keys_dir, struct fault *f);

/* A new key in a file that nobody else may read, valid for five years.  user: "Name <address>".
 * E_CONFLICT: there is one already, and it stays. */
enum err sign_key_make(struct arena *a, const char *path, str user, i64 now, struct random *random,
                       struct fault *f);

struct sign_key {
    str fingerprint; /* 40 upper-case hex digits */
    str certificate; /* armored */
    i64 expires;     /* ms; 0: never */
};

/* Any thread.  E_NOT_FOUND: there is no key. */
enum err sign_key(struct effects *e, struct arena *a, struct fault *f, struct sign_key *out);

struct sign_text {
    str bytes;
    i64 at;
};
enum sign_form { SIGN_DETACHED, SIGN_CLEAR };

/* Sign each text as of its instant, but never before the key was made; out: n strings.  At most 32 MiB together.  E_NOT_FOUND: there
 * is no key; E_BUSY, E_IO: as effects_run(). */
enum err sign_many(struct effects *e, struct arena *a, struct fault *f, enum sign_form form,
                   const struct sign_text *texts, size_t n, str *out);

#endif
