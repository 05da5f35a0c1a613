/* digest_sha256.c - see digest_own.h. */
#include "formats/digest_own.h"

#if defined(__x86_64__) && !defined(__clang__) /* clang 14 cannot be asked whether there is "sha" */
#include <immintrin.h>
#define SHA256_BY_PROCESSOR 1
#endif

enum { BLOCK = 64 };

static const uint32_t k256[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static inline uint32_t right(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static inline uint32_t word_at(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

struct eight {
    uint32_t a, b, c, d, e, f, g, h;
};

/* One round: of the eight only d and h become something new; the others are what the caller calls
 * them in the next one. */
static inline void turn(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f,
                        uint32_t g, uint32_t *h, uint32_t kw)
{
    uint32_t t1 = *h + (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + (g ^ (e & (f ^ g))) + kw;
    *d += t1;
    *h = t1 + (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) | (c & (a | b)));
}

static inline void turn_eight(struct eight *v, const uint32_t *k, const uint32_t *w)
{
    turn(v->a, v->b, v->c, &v->d, v->e, v->f, v->g, &v->h, k[0] + w[0]);
    turn(v->h, v->a, v->b, &v->c, v->d, v->e, v->f, &v->g, k[1] + w[1]);
    turn(v->g, v->h, v->a, &v->b, v->c, v->d, v->e, &v->f, k[2] + w[2]);
    turn(v->f, v->g, v->h, &v->a, v->b, v->c, v->d, &v->e, k[3] + w[3]);
    turn(v->e, v->f, v->g, &v->h, v->a, v->b, v->c, &v->d, k[4] + w[4]);
    turn(v->d, v->e, v->f, &v->g, v->h, v->a, v->b, &v->c, k[5] + w[5]);
    turn(v->c, v->d, v->e, &v->f, v->g, v->h, v->a, &v->b, k[6] + w[6]);
    turn(v->b, v->c, v->d, &v->e, v->f, v->g, v->h, &v->a, k[7] + w[7]);
}

static void block_portable(uint32_t s[8], const unsigned char *p)
{
    struct eight v = {s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]};
    uint32_t w[64];
    for (size_t t = 0; t < 16; t++)
        w[t] = word_at(p + 4 * t);
    for (size_t t = 16; t < 64; t++) {
        uint32_t x = w[t - 15], y = w[t - 2];
        w[t] = (right(y, 17) ^ right(y, 19) ^ y >> 10) + w[t - 7] +
               (right(x, 7) ^ right(x, 18) ^ x >> 3) + w[t - 16];
    }
    for (size_t t = 0; t < 64; t += 8)
        turn_eight(&v, k256 + t, w + t);
    const uint32_t got[] = {v.a, v.b, v.c, v.d, v.e, v.f, v.g, v.h};
    for (size_t i = 0; i < COUNT(got); i++)
        s[i] += got[i];
}

void sha256_blocks_portable(uint32_t state[8], const unsigned char *p, size_t n)
{
    for (; n > 0; n--, p += BLOCK)
        block_portable(state, p);
}

#ifdef SHA256_BY_PROCESSOR

#define SHA [[gnu::target("sha,sse4.1,ssse3")]]

/* Intel, "SHA Extensions", 2013: the state stands in two registers as ABEF and CDGH. */
SHA static void blocks_sha(uint32_t s[8], const unsigned char *p, size_t n)
{
    const __m128i turned = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i_u *)s), 0xb1);
    __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i_u *)(s + 4)), 0x1b);
    __m128i abef = _mm_alignr_epi8(badc, efgh, 8), cdgh = _mm_blend_epi16(efgh, badc, 0xf0);
    for (; n > 0; n--, p += BLOCK) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i w[4];
#pragma GCC unroll 16
        for (size_t i = 0; i < 16; i++) { /* four rounds each */
            if (i < 4) {
                w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i_u *)(p + 16 * i)), turned);
            } else {
                __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w[i % 4], w[(i + 1) % 4]),
                                            _mm_alignr_epi8(w[(i + 3) % 4], w[(i + 2) % 4], 4));
                w[i % 4] = _mm_sha256msg2_epu32(sum, w[(i + 3) % 4]);
            }
            __m128i kw =
                _mm_add_epi32(w[i % 4], _mm_loadu_si128((const __m128i_u *)(k256 + 4 * i)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, kw);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(kw, 0x0e));
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
    _mm_storeu_si128((__m128i_u *)s, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128((__m128i_u *)(s + 4), _mm_alignr_epi8(dchg, feba, 8));
}

void sha256_blocks(uint32_t state[8], const unsigned char *p, size_t n)
{
    if (__builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1"))
        blocks_sha(state, p, n);
    else
        sha256_blocks_portable(state, p, n);
}

#else

void sha256_blocks(uint32_t state[8], const unsigned char *p, size_t n)
{
    sha256_blocks_portable(state, p, n);
}

#endif
