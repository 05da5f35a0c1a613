/* json_scan.h - the loop that writing strings spends its time in, a block of bytes at a step. */
#ifndef FORMATS_JSON_SCAN_H
#define FORMATS_JSON_SCAN_H

#include "base/base.h"

#include <string.h>
#if defined(__SSE2__) && !defined(JSON_SCAN_PORTABLE)
#include <emmintrin.h>
#define JSON_SCAN_SSE2 1
#endif

/* Bytes that end the plain part of a string: a bit or more for each, the first byte the lowest. */
#ifdef JSON_SCAN_SSE2

enum { JSON_BLOCK = 16, JSON_BITS = 1 };
typedef unsigned json_mask;

static inline json_mask json_stops(const char *p)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i mark =
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v);
    return (json_mask)_mm_movemask_epi8(_mm_or_si128(mark, control));
}

#else

enum { JSON_BLOCK = 8, JSON_BITS = 8 };
typedef uint64_t json_mask;
#define JSON_EACH(byte) (0x0101010101010101u * (byte))

static inline uint64_t json_load(const char *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

/* The top bit of each byte that is zero. */
static inline json_mask json_zeros(uint64_t w)
{
    uint64_t low = JSON_EACH(0x7Fu);
    return ~(((w & low) + low) | w | low);
}

static inline json_mask json_stops(const char *p)
{
    uint64_t w = json_load(p);
    return json_zeros(w ^ JSON_EACH((uint64_t)'"')) | json_zeros(w ^ JSON_EACH((uint64_t)'\\')) |
           json_zeros(w & JSON_EACH(0xE0u));
}

#endif

/* The first '"', '\' or control character, or end. */
static inline const char *json_plain(const char *p, const char *end)
{
    for (; end - p >= JSON_BLOCK; p += JSON_BLOCK) {
        json_mask stops = json_stops(p);
        if (stops != 0)
            return p + __builtin_ctzll(stops) / JSON_BITS;
    }
    while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20)
        p++;
    return p;
}

#endif
