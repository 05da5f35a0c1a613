/* openpgp_sign.h - OpenPGP signatures of what is published: an Ed25519 key (EdDSA, algorithm 22,
 * as GnuPG 2.1 and newer read it), its certificate, detached and cleartext signatures.
 *
 * Source: RFC 9580, sections 4 to 7; the key format is version 4.  Signing is deterministic:
 * the same bytes, key and instant give the same signature. */
#ifndef FORMATS_OPENPGP_SIGN_H
#define FORMATS_OPENPGP_SIGN_H

#include "base/str.h"

struct pgp_signer {
    unsigned char seed[32]; /* the secret: 32 random bytes */
    i64 created;            /* ms; whole seconds count */
    i64 valid_ms;           /* from then; 0: for ever */
    str user;               /* "Example portal <psirt@example.jp>" */
};

/* 40 upper-case hex digits; depends on seed and instant alone. */
str pgp_signer_fingerprint(struct arena *a, const struct pgp_signer *s);

/* The certificate, armored: for gpg --import, and for others to check signatures with. */
str pgp_signer_public(struct arena *a, const struct pgp_signer *s);

/* An armored detached signature of the bytes. */
str pgp_sign(struct arena *a, const struct pgp_signer *s, str bytes, i64 at);

/* The text with its signature around it (section 7); line ends become LF. */
str pgp_sign_clear(struct arena *a, const struct pgp_signer *s, str text, i64 at);

#endif
