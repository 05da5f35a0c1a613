/* digest.c - see digest.h. */
#include "formats/digest.h"

#include <string.h>

enum { BLOCK = 64, LENGTH_AT = 56 };

static uint32_t left(uint32_t x, unsigned n)
{
    return x << n | x >> (32 - n);
}

static uint32_t right(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
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

static const uint32_t k256[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* FIPS 180-4, 6.2.2; v is a … h */
static void sha256_block(uint32_t s[8], const unsigned char *p)
{
    uint32_t w[64], v[8];
    memcpy(v, s, sizeof v);
    for (size_t t = 0; t < 64; t++) {
        if (t < 16) {
            w[t] = word_at(p + 4 * t);
            continue;
        }
        uint32_t x = w[t - 15], y = w[t - 2];
        w[t] = (right(y, 17) ^ right(y, 19) ^ y >> 10) + w[t - 7] +
               (right(x, 7) ^ right(x, 18) ^ x >> 3) + w[t - 16];
    }
    for (size_t t = 0; t < 64; t++) {
        uint32_t a = v[0], e = v[4];
        uint32_t t1 = v[7] + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) +
                      ((e & v[5]) ^ (~e & v[6])) + k256[t] + w[t];
        uint32_t t2 =
            (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (size_t i = 0; i < 8; i++)
        s[i] += v[i];
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

void digest_put(struct digest *d, str bytes)
{
    while (bytes.n > 0) {
        size_t held = d->length % BLOCK, n = BLOCK - held < bytes.n ? BLOCK - held : bytes.n;
        memcpy(d->block + held, bytes.p, n);
        d->length += n;
        bytes = str_from(bytes, n);
        if (held + n < BLOCK)
            return;
        if (d->kind == DIGEST_SHA1)
            sha1_block(d->state, d->block);
        else
            sha256_block(d->state, d->block);
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
