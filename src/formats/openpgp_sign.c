/* openpgp_sign.c - see openpgp_sign.h. */
#include "formats/openpgp_sign.h"

#include "base/encode.h"
#include "base/time.h"
#include "formats/digest.h"
#include "formats/openpgp_packet.h"

#include <sodium.h>

enum { EDDSA = 22, SHA512 = 10, BINARY = 0x00, TEXT = 0x01, CERTIFY_USER = 0x13 };
enum { SUB_MADE = 2, SUB_VALID = 9, SUB_ISSUER = 16, SUB_FLAGS = 27, SUB_FINGERPRINT = 33 };

struct keys {
    unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
    str body, fingerprint; /* of the public key packet; 20 bytes */
};

/* --- pieces ----------------------------------------------------------------------------------- */

static void put_number(buf *b, uint64_t n, int bytes)
{
    while (bytes-- > 0)
        buf_char(b, (char)(n >> 8 * bytes));
}

static str bytes_of(const unsigned char *p, size_t n)
{
    return (str){(const char *)p, n};
}

/* A multiprecision integer: its length in bits, then without leading zeros (section 3.2). */
static void put_mpi(buf *b, str bytes)
{
    while (bytes.n > 0 && bytes.p[0] == 0)
        bytes = str_from(bytes, 1);
    unsigned top = bytes.n > 0 ? (unsigned char)bytes.p[0] : 0, bits = 0;
    for (; top > 0; top >>= 1)
        bits++;
    put_number(b, bytes.n > 0 ? (bytes.n - 1) * 8 + bits : 0, 2);
    buf_put(b, bytes);
}

static void put_packet(buf *b, enum pgp_tag tag, str body)
{
    buf_char(b, (char)(0xC0 | tag));
    if (body.n < 192) {
        buf_char(b, (char)body.n);
    } else {
        buf_char(b, (char)0xFF);
        put_number(b, body.n, 4);
    }
    buf_put(b, body);
}

static void put_sub(buf *b, unsigned type, str body)
{
    buf_char(b, (char)(body.n + 1));
    buf_char(b, (char)type);
    buf_put(b, body);
}

static void put_sub_number(buf *b, struct arena *a, unsigned type, uint64_t n, int bytes)
{
    buf body = {.a = a};
    put_number(&body, n, bytes);
    put_sub(b, type, buf_str(&body));
}

/* Section 6.1.1: CRC-24, which older readers want to see. */
static uint32_t crc24(str s)
{
    uint32_t crc = 0xB704CE;
    for (size_t i = 0; i < s.n; i++) {
        crc ^= (uint32_t)(unsigned char)s.p[i] << 16;
        for (int k = 0; k < 8; k++) {
            crc <<= 1;
            if (crc & 0x1000000)
                crc ^= 0x1864CFB;
        }
    }
    return crc & 0xFFFFFF;
}

static void put_armor(buf *b, struct arena *a, str label, str bytes)
{
    uint32_t crc = crc24(bytes);
    const unsigned char sum[3] = {(unsigned char)(crc >> 16), (unsigned char)(crc >> 8),
                                  (unsigned char)crc};
    str text = base64_encode(a, bytes);
    buf_putf(b, "-----BEGIN PGP %.*s-----\n\n", SV(label));
    for (; text.n > 0; text = str_from(text, 64))
        buf_putf(b, "%.*s\n", SV(str_sub(text, 0, 64)));
    buf_putf(b, "=%.*s\n-----END PGP %.*s-----\n", SV(base64_encode(a, bytes_of(sum, 3))),
             SV(label));
}

/* --- the key ---------------------------------------------------------------------------------- */

static void open_keys(struct arena *a, const struct pgp_signer *s, struct keys *k)
{
    static const unsigned char ed25519[] = {9,    0x2B, 0x06, 0x01, 0x04,
                                            0x01, 0xDA, 0x47, 0x0F, 0x01};
    buf b = {.a = a}, point = {.a = a}, head = {.a = a};
    (void)crypto_sign_seed_keypair(k->public, k->secret, s->seed);
    buf_char(&b, 4);
    put_number(&b, (uint64_t)(s->created / SECOND), 4);
    buf_char(&b, EDDSA);
    buf_put(&b, bytes_of(ed25519, sizeof ed25519));
    buf_char(&point, 0x40); /* the native form of a point */
    buf_put(&point, bytes_of(k->public, sizeof k->public));
    put_mpi(&b, buf_str(&point));
    k->body = buf_str(&b);
    buf_char(&head, (char)0x99);
    put_number(&head, k->body.n, 2);
    struct digest d = digest_begin(DIGEST_SHA1);
    digest_put(&d, buf_str(&head));
    digest_put(&d, k->body);
    k->fingerprint = digest_end(&d, a);
}

str pgp_signer_fingerprint(struct arena *a, const struct pgp_signer *s)
{
    struct keys *k = NEW(a, struct keys);
    open_keys(a, s, k);
    return hex_encode_upper(a, k->fingerprint);
}

/* --- signing ---------------------------------------------------------------------------------- */

struct signing {
    struct arena *a;
    const struct pgp_signer *s;
    const struct keys *k;
    unsigned type;
    i64 at;
    crypto_hash_sha512_state state; /* what is signed has been put */
};

static void begin(struct signing *g, struct arena *a, const struct pgp_signer *s,
                  const struct keys *k, unsigned type, i64 at)
{
    *g = (struct signing){.a = a, .s = s, .k = k, .type = type, .at = at};
    (void)crypto_hash_sha512_init(&g->state);
}

static void feed(struct signing *g, str bytes)
{
    (void)crypto_hash_sha512_update(&g->state, (const unsigned char *)bytes.p, bytes.n);
}

/* The part of the signature that is signed, too. */
static str hashed_part(const struct signing *g)
{
    buf subs = {.a = g->a}, b = {.a = g->a}, who = {.a = g->a};
    put_sub_number(&subs, g->a, SUB_MADE, (uint64_t)(g->at / SECOND), 4);
    buf_char(&who, 4);
    buf_put(&who, g->k->fingerprint);
    put_sub(&subs, SUB_FINGERPRINT, buf_str(&who));
    if (g->type == CERTIFY_USER) {
        put_sub_number(&subs, g->a, SUB_FLAGS, PGP_CERTIFY | PGP_SIGN, 1);
        if (g->s->valid_ms > 0)
            put_sub_number(&subs, g->a, SUB_VALID, (uint64_t)(g->s->valid_ms / SECOND), 4);
    }
    buf_char(&b, 4);
    buf_char(&b, (char)g->type);
    buf_char(&b, EDDSA);
    buf_char(&b, SHA512);
    put_number(&b, subs.n, 2);
    buf_put(&b, buf_str(&subs));
    return buf_str(&b);
}

/* The signature packet, of what was fed. */
static str finish(struct signing *g)
{
    unsigned char hash[crypto_hash_sha512_BYTES], sig[crypto_sign_BYTES];
    str hashed = hashed_part(g);
    buf tail = {.a = g->a}, b = {.a = g->a}, unhashed = {.a = g->a}, out = {.a = g->a};
    buf_char(&tail, 4);
    buf_char(&tail, (char)0xFF);
    put_number(&tail, hashed.n, 4);
    feed(g, hashed);
    feed(g, buf_str(&tail));
    (void)crypto_hash_sha512_final(&g->state, hash);
    (void)crypto_sign_detached(sig, NULL, hash, sizeof hash, g->k->secret);
    put_sub(&unhashed, SUB_ISSUER, str_from(g->k->fingerprint, 12));
    buf_put(&b, hashed);
    put_number(&b, unhashed.n, 2);
    buf_put(&b, buf_str(&unhashed));
    buf_put(&b, bytes_of(hash, 2));
    put_mpi(&b, bytes_of(sig, 32));
    put_mpi(&b, bytes_of(sig + 32, 32));
    put_packet(&out, PGP_SIGNATURE, buf_str(&b));
    return buf_str(&out);
}

str pgp_signer_public(struct arena *a, const struct pgp_signer *s)
{
    struct keys *k = NEW(a, struct keys);
    struct signing *g = NEW(a, struct signing);
    buf key = {.a = a}, user = {.a = a}, out = {.a = a}, armored = {.a = a};
    open_keys(a, s, k);
    begin(g, a, s, k, CERTIFY_USER, s->created);
    buf_char(&key, (char)0x99);
    put_number(&key, k->body.n, 2);
    buf_put(&key, k->body);
    buf_char(&user, (char)0xB4);
    put_number(&user, s->user.n, 4);
    buf_put(&user, s->user);
    feed(g, buf_str(&key));
    feed(g, buf_str(&user));
    put_packet(&out, PGP_PUBLIC_KEY, k->body);
    put_packet(&out, PGP_USER_ID, s->user);
    buf_put(&out, finish(g));
    put_armor(&armored, a, S("PUBLIC KEY BLOCK"), buf_str(&out));
    return buf_str(&armored);
}

str pgp_sign(struct arena *a, const struct pgp_signer *s, str bytes, i64 at)
{
    struct keys *k = NEW(a, struct keys);
    struct signing *g = NEW(a, struct signing);
    buf armored = {.a = a};
    open_keys(a, s, k);
    begin(g, a, s, k, BINARY, at);
    feed(g, bytes);
    put_armor(&armored, a, S("SIGNATURE"), finish(g));
    return buf_str(&armored);
}

static str without_trailing(str line)
{
    while (line.n > 0 &&
           (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t' || line.p[line.n - 1] == '\r'))
        line.n--;
    return line;
}

str pgp_sign_clear(struct arena *a, const struct pgp_signer *s, str text, i64 at)
{
    struct keys *k = NEW(a, struct keys);
    struct signing *g = NEW(a, struct signing);
    buf out = {.a = a};
    open_keys(a, s, k);
    begin(g, a, s, k, TEXT, at);
    buf_put(&out, S("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n"));
    if (str_has_suffix(text, S("\n")))
        text.n--;
    for (bool first = true; first || text.n > 0; first = false) {
        str line = without_trailing(str_cut(&text, '\n'));
        if (!first)
            feed(g, S("\r\n"));
        feed(g, line);
        buf_putf(&out, "%s%.*s\n", str_has_prefix(line, S("-")) ? "- " : "", SV(line));
    }
    put_armor(&out, a, S("SIGNATURE"), finish(g));
    return buf_str(&out);
}
