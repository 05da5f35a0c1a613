/* json_scan.h - the two loops that JSON spends its time in, a block of bytes at a step. */
#ifndef FORMATS_JSON_SCAN_H
#define FORMATS_JSON_SCAN_H

#include "base/base.h"

#include <string.h>
#if defined(__SSE2__) && !defined(JSON_SCAN_PORTABLE)
#include <emmintrin.h>
#define JSON_SCAN_SSE2 1
#endif

static inline bool json_is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* A mask has a bit for each byte of a block, the first byte the lowest. */
#ifdef JSON_SCAN_SSE2

enum { JSON_BLOCK = 16 };
typedef unsigned json_mask;

static inline unsigned json_first(json_mask m)
{
    return (unsigned)__builtin_ctz(m);
}

static inline __m128i json_load(const char *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* Bytes that are not white space. */
static inline json_mask json_dark(const char *p)
{
    __m128i v = json_load(p);
    __m128i often =
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\n')));
    __m128i rare = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('\r')),
                                _mm_cmpeq_epi8(v, _mm_set1_epi8('\t')));
    return (json_mask)_mm_movemask_epi8(_mm_or_si128(often, rare)) ^ 0xFFFF;
}

/* Bytes that are not a blank. */
static inline json_mask json_not_blank(const char *p)
{
    return (json_mask)_mm_movemask_epi8(_mm_cmpeq_epi8(json_load(p), _mm_set1_epi8(' '))) ^ 0xFFFF;
}

/* Bytes that end the plain part of a string; *high: those that are not ASCII. */
static inline json_mask json_stops(const char *p, json_mask *high)
{
    __m128i v = json_load(p);
    __m128i mark =
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v);
    *high = (json_mask)_mm_movemask_epi8(v);
    return (json_mask)_mm_movemask_epi8(_mm_or_si128(mark, control));
}

#else

enum { JSON_BLOCK = 8 };
typedef uint64_t json_mask;
#define JSON_EACH(byte) (0x0101010101010101u * (byte))

static inline unsigned json_first(json_mask m)
{
    return (unsigned)__builtin_ctzll(m) / 8;
}

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

static inline json_mask json_equal_bytes(uint64_t w, unsigned char c)
{
    return json_zeros(w ^ JSON_EACH((uint64_t)c));
}

static inline json_mask json_dark(const char *p)
{
    uint64_t w = json_load(p);
    json_mask space = json_equal_bytes(w, ' ') | json_equal_bytes(w, '\n') |
                      json_equal_bytes(w, '\r') | json_equal_bytes(w, '\t');
    return space ^ JSON_EACH(0x80u);
}

static inline json_mask json_not_blank(const char *p)
{
    return json_equal_bytes(json_load(p), ' ') ^ JSON_EACH(0x80u);
}

static inline json_mask json_stops(const char *p, json_mask *high)
{
    uint64_t w = json_load(p);
    *high = w & JSON_EACH(0x80u);
    return json_equal_bytes(w, '"') | json_equal_bytes(w, '\\') | json_zeros(w & JSON_EACH(0xE0u));
}

#endif

/* Behind blanks. */
static inline const char *json_skip_blanks(const char *p, const char *end)
{
    for (; end - p >= JSON_BLOCK; p += JSON_BLOCK) {
        json_mask other = json_not_blank(p);
        if (other != 0)
            return p + json_first(other);
    }
    while (p < end && *p == ' ')
        p++;
    return p;
}

/* Behind white space. */
static inline const char *json_skip_spaces(const char *p, const char *end)
{
    for (; end - p >= JSON_BLOCK; p += JSON_BLOCK) {
        json_mask dark = json_dark(p);
        if (dark != 0)
            return p + json_first(dark);
    }
    while (p < end && json_is_space(*p))
        p++;
    return p;
}

/* The first '"', '\' or control character, or end; *high is not 0 when a byte before it was
 * not ASCII. */
static inline const char *json_plain(const char *p, const char *end, json_mask *high)
{
    json_mask seen = 0, top;
    for (; end - p >= JSON_BLOCK; p += JSON_BLOCK) {
        json_mask stops = json_stops(p, &top);
        if (stops != 0) {
            *high = seen | (top & ((stops & -stops) - 1));
            return p + json_first(stops);
        }
        seen |= top;
    }
    for (; p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20; p++)
        seen |= (unsigned char)*p & 0x80u;
    *high = seen;
    return p;
}

#endif
