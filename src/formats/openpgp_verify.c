/* openpgp_verify.c - see openpgp_verify.h. */
#include "formats/openpgp_verify.h"

#include "formats/armor.h"
#include "formats/openpgp_packet.h"

#include <sodium.h>
#include <string.h>

enum { EDDSA = 22, SHA512 = 10, BINARY = 0x00, POINT = 1 + crypto_sign_PUBLICKEYBYTES };
enum { KEY_HEAD = 6, SIGNATURE_HEAD = 4 };

/* --- pieces ----------------------------------------------------------------------------------- */

static bool plain(struct arena *a, str text, str *out)
{
    struct armor block;
    *out = text;
    if (!armor_is(text))
        return true;
    if (!armor_read(a, text, &block))
        return false;
    *out = block.bytes;
    return true;
}

/* A multiprecision integer as so many bytes, with the zeros in front that it leaves out. */
static bool take_mpi(str *s, unsigned char *out, size_t n)
{
    uint32_t bits;
    str bytes;
    if (!pgp_number(s, 2, &bits) || (bits + 7) / 8 > n || !pgp_take(s, (bits + 7) / 8, &bytes))
        return false;
    memset(out, 0, n);
    if (bytes.n > 0)
        memcpy(out + n - bytes.n, bytes.p, bytes.n);
    return true;
}

/* --- the key ---------------------------------------------------------------------------------- */

/* The point of a version 4 key on Ed25519. */
static bool take_key(str certificate, unsigned char key[crypto_sign_PUBLICKEYBYTES])
{
    static const char ed25519[] = {9, 0x2B, 0x06, 0x01, 0x04, 0x01, (char)0xDA, 0x47, 0x0F, 0x01};
    struct pgp_packet p;
    unsigned char point[POINT];
    str head, curve;
    if (!pgp_packet(&certificate, &p) || p.tag != PGP_PUBLIC_KEY)
        return false;
    bool ok = pgp_take(&p.body, KEY_HEAD, &head) && head.p[0] == 4 && head.p[5] == EDDSA &&
              pgp_take(&p.body, sizeof ed25519, &curve) &&
              memcmp(curve.p, ed25519, sizeof ed25519) == 0 && take_mpi(&p.body, point, POINT) &&
              point[0] == 0x40;
    if (ok)
        memcpy(key, point + 1, crypto_sign_PUBLICKEYBYTES);
    return ok;
}

/* --- the signature ---------------------------------------------------------------------------- */

struct signature {
    str hashed; /* from its version to the last subpacket that is signed, too */
    str begin;  /* the first two bytes of the hash */
    unsigned char value[crypto_sign_BYTES];
};

static bool take_signature(str body, struct signature *out)
{
    str whole = body, head, subs, rest;
    uint32_t n, more;
    bool ok = pgp_take(&body, SIGNATURE_HEAD, &head) && head.p[0] == 4 && head.p[1] == BINARY &&
              head.p[2] == EDDSA && head.p[3] == SHA512 && pgp_number(&body, 2, &n) &&
              pgp_take(&body, n, &subs) && pgp_number(&body, 2, &more) &&
              pgp_take(&body, more, &rest) && pgp_take(&body, 2, &out->begin) &&
              take_mpi(&body, out->value, 32) && take_mpi(&body, out->value + 32, 32);
    if (ok)
        out->hashed = str_sub(whole, 0, SIGNATURE_HEAD + 2 + n);
    return ok;
}

/* Section 5.2.4: the bytes, the signed part, and how long that is. */
static void hash_of(const struct signature *s, str bytes,
                    unsigned char hash[crypto_hash_sha512_BYTES])
{
    crypto_hash_sha512_state state;
    size_t n = s->hashed.n;
    const unsigned char tail[] = {4,
                                  0xFF,
                                  (unsigned char)(n >> 24),
                                  (unsigned char)(n >> 16),
                                  (unsigned char)(n >> 8),
                                  (unsigned char)n};
    (void)crypto_hash_sha512_init(&state);
    (void)crypto_hash_sha512_update(&state, (const unsigned char *)bytes.p, bytes.n);
    (void)crypto_hash_sha512_update(&state, (const unsigned char *)s->hashed.p, n);
    (void)crypto_hash_sha512_update(&state, tail, sizeof tail);
    (void)crypto_hash_sha512_final(&state, hash);
}

enum err pgp_verify(struct arena *a, str certificate, str signature, str bytes, i64 *at)
{
    unsigned char key[crypto_sign_PUBLICKEYBYTES], hash[crypto_hash_sha512_BYTES];
    struct pgp_packet p;
    struct pgp_signature claims;
    struct signature s;
    str cert, sig;
    if (!plain(a, certificate, &cert) || !plain(a, signature, &sig) || !take_key(cert, key) ||
        !pgp_packet(&sig, &p) || p.tag != PGP_SIGNATURE || !take_signature(p.body, &s) ||
        !pgp_signature(a, p.body, &claims))
        return E_INVALID;
    hash_of(&s, bytes, hash);
    *at = claims.made;
    bool good = memcmp(hash, s.begin.p, 2) == 0 &&
                crypto_sign_verify_detached(s.value, hash, sizeof hash, key) == 0;
    return good ? OK : E_INVALID;
}
