/* openpgp_key.h - what an OpenPGP public key (RFC 9580, section 10.1) says of itself.
 *
 * Finders and vendors upload their keys, armored or binary; what is read here is shown to
 * them and to those who will encrypt.  The fingerprint is computed from the key and proves
 * it; names, times, revocation and use are what self-signatures claim, and those are not
 * checked here: gpg checks them when it encrypts, and refuses what does not hold.  Parts
 * without a self-signature are left out, as gpg leaves them out. */
#ifndef FORMATS_OPENPGP_KEY_H
#define FORMATS_OPENPGP_KEY_H

#include "base/err.h"
#include "base/vec.h"

struct openpgp_part {
    str fingerprint; /* upper-case hex */
    str algorithm;   /* "ed25519", "rsa3072", "cv25519", "algorithm 99" */
    i64 created;     /* ms */
    opt_i64 expires; /* ms */
    bool revoked;
    unsigned use; /* enum openpgp_use */
};
enum openpgp_use { USE_CERTIFY = 1, USE_SIGN = 2, USE_ENCRYPT = 4, USE_AUTHENTICATE = 8 };

struct openpgp_user {
    str text; /* valid UTF-8; what cannot be shown is U+FFFD */
    bool revoked, primary;
};

struct openpgp_key {
    unsigned version; /* 4 or 6 */
    struct openpgp_part self;
    struct {
        VEC(struct openpgp_user)
    } users;
    struct {
        VEC(struct openpgp_part)
    } subkeys;
};

enum { OPENPGP_KEY_MAX = 1 << 20, OPENPGP_PARTS_MAX = 200 };

/* E_INVALID: *problem says why, as the code of a word in po/:
 *   pgp_not_a_key  pgp_secret (a secret key: it must not be sent to anyone)  pgp_several
 *   pgp_version    pgp_damaged (cut off, altered on the way)  pgp_too_long */
enum err openpgp_key_read(struct arena *a, str bytes, struct openpgp_key *out, str *problem);

/* Whether something can be encrypted to it then: by the key or a subkey meant for that,
 * neither revoked nor expired. */
bool openpgp_key_encrypts(const struct openpgp_key *k, i64 now);

/* As lines of text, and back: how it leaves the jail.  False: these are not such lines. */
str openpgp_key_put(struct arena *a, const struct openpgp_key *k);
bool openpgp_key_take(struct arena *a, str lines, struct openpgp_key *out);

/* A job for the jail, named "openpgp_key": bytes in; openpgp_key_put() or the problem out. */
enum err openpgp_key_job(struct arena *a, str in, buf *out);

#endif
