/* digest.c - see digest.h. */
#include "formats/digest.h"

#include "formats/digest_own.h"

#include <string.h>

enum { BLOCK = 64, LENGTH_AT = 56 };

static uint32_t left(uint32_t x, unsigned n)
{
    return x << n | x >> (32 - n);
}

static uint32_t word_at(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* FIPS 180-4, 6.1.2 */
static void sha1_block(uint32_t s[8], const unsigned char *p)
{
    uint32_t w[80], a = s[0], b = s[1], c = s[2], d = s[3], e = s[4];
    for (size_t t = 0; t < 80; t++)
        w[t] = t < 16 ? word_at(p + 4 * t) : left(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    for (size_t t = 0; t < 80; t++) {
        uint32_t f, k;
        if (t < 20) {
            f = (b & c) ^ (~b & d);
            k = 0x5a827999;
        } else if (t < 40) {
            f = b ^ c ^ d;
            k = 0x6ed9eba1;
        } else if (t < 60) {
            f = (b & c) ^ (b & d) ^ (c & d);
            k = 0x8f1bbcdc;
        } else {
            f = b ^ c ^ d;
            k = 0xca62c1d6;
        }
        uint32_t next = left(a, 5) + f + e + k + w[t];
        e = d;
        d = c;
        c = left(b, 30);
        b = a;
        a = next;
    }
    const uint32_t got[] = {a, b, c, d, e};
    for (size_t i = 0; i < COUNT(got); i++)
        s[i] += got[i];
}

struct digest digest_begin(enum digest_kind kind)
{
    static const uint32_t first[][8] = {
        [DIGEST_SHA1] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0},
        [DIGEST_SHA256] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                           0x1f83d9ab, 0x5be0cd19}};
    struct digest d = {.kind = kind};
    memcpy(d.state, first[kind], sizeof d.state);
    return d;
}

static void put_blocks(struct digest *d, const unsigned char *p, size_t n)
{
    if (d->kind == DIGEST_SHA256)
        sha256_blocks(d->state, p, n);
    for (; d->kind == DIGEST_SHA1 && n > 0; n--, p += BLOCK)
        sha1_block(d->state, p);
}

/* Whole blocks are taken from where they stand. */
void digest_put(struct digest *d, str bytes)
{
    while (bytes.n > 0) {
        size_t held = d->length % BLOCK, n = BLOCK - held < bytes.n ? BLOCK - held : bytes.n;
        if (held == 0 && bytes.n >= BLOCK) {
            n = bytes.n - bytes.n % BLOCK;
            put_blocks(d, (const unsigned char *)bytes.p, n / BLOCK);
        } else {
            memcpy(d->block + held, bytes.p, n);
            if (held + n == BLOCK)
                put_blocks(d, d->block, 1);
        }
        d->length += n;
        bytes = str_from(bytes, n);
    }
}

str digest_end(struct digest *d, struct arena *a)
{
    static const char padding[BLOCK] = {(char)0x80};
    uint64_t bits = d->length * 8;
    size_t held = d->length % BLOCK;
    digest_put(d, (str){padding, (held < LENGTH_AT ? LENGTH_AT : BLOCK + LENGTH_AT) - held});
    char last[8];
    for (size_t i = 0; i < sizeof last; i++)
        last[i] = (char)(bits >> (56 - 8 * i));
    digest_put(d, (str){last, sizeof last});
    size_t n = d->kind == DIGEST_SHA1 ? 20 : 32;
    char *out = NEWS(a, char, n);
    for (size_t i = 0; i < n; i++)
        out[i] = (char)(d->state[i / 4] >> (24 - 8 * (i % 4)));
    return (str){out, n};
}
