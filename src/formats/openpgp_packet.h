/* openpgp_packet.h - the pieces that OpenPGP data is made of (RFC 9580, sections 4 and 5). */
#ifndef FORMATS_OPENPGP_PACKET_H
#define FORMATS_OPENPGP_PACKET_H

#include "base/err.h"

/* clang-format off */
enum pgp_tag {
    PGP_SIGNATURE = 2, PGP_SECRET_KEY = 5, PGP_PUBLIC_KEY = 6, PGP_SECRET_SUBKEY = 7,
    PGP_MARKER = 10, PGP_TRUST = 12, PGP_USER_ID = 13, PGP_PUBLIC_SUBKEY = 14,
    PGP_USER_ATTRIBUTE = 17, PGP_PADDING = 21,
};
/* clang-format on */

struct pgp_packet {
    unsigned tag;
    str body;
};

/* The packet at the start of *rest, which moves behind it.  False: there is none with a
 * definite length there (keys have no other). */
bool pgp_packet(str *rest, struct pgp_packet *out);

/* Big-endian numbers off the front of *s; false: it is too short. */
bool pgp_take(str *s, size_t n, str *out);
bool pgp_number(str *s, size_t bytes, uint32_t *out);

struct pgp_public { /* a Public-Key or Public-Subkey packet */
    unsigned version;
    i64 created;     /* ms */
    str fingerprint; /* upper-case hex: 40 or 64 digits */
    str algorithm;   /* as gpg writes it: "rsa3072", "ed25519", "cv25519", "nistp256" */
    bool can_sign, can_encrypt;
};
/* E_INVALID: damaged.  E_NOT_FOUND: a version that is not 4 or 6. */
enum err pgp_public(struct arena *a, str body, struct pgp_public *out);

/* clang-format off */
enum pgp_flag {
    PGP_CERTIFY = 1, PGP_SIGN = 2, PGP_ENCRYPT = 4 | 8, PGP_AUTHENTICATE = 32,
};
/* clang-format on */

struct pgp_signature { /* what a version 4 or 6 signature claims; the signature is not checked */
    unsigned type;
    i64 made;       /* ms; 0: it does not say */
    i64 valid_ms;   /* of the key, from its creation; 0: for ever */
    bool has_valid; /* the signature speaks of that */
    bool has_flags; /* and of this */
    unsigned flags; /* enum pgp_flag */
    bool primary;   /* this user id is the main one */
    str issuer;     /* upper-case hex of the fingerprint or of the key id, or absent */
};
bool pgp_signature(struct arena *a, str body, struct pgp_signature *out);

#endif
