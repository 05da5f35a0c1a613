/* json_marks.c - bytes to bits, bits to places. */
#include "formats/json_marks.h"

#include <string.h>
#ifdef __SSE2__
#include <immintrin.h>
#endif

enum { BLOCK = 64 };

/* What the 64 bytes of a block are, a bit each, the first byte the lowest. */
struct bytes {
    uint64_t quote, backslash, bracket, space, control, high; /* bracket: comma and colon, too */
};

/* ---- bytes to bits ---- */

enum { QUOTE = 1, BACKSLASH = 2, BRACKET = 4, SPACE = 8, CONTROL = 16 };
static const unsigned char kinds[256] = {
    16, 16, 16, 16, 16, 16, 16, 16, 16, 24, 24, 16, 16, 24, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 8,  0,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    4,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  4,  0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  4,  2,  4,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  4,  0,  4,  0,  0,
};

/* A bit of each of eight bytes, put together. */
static inline uint64_t gather(uint64_t eight, uint64_t bit)
{
    return (eight / bit & 0x0101010101010101) * 0x0102040810204080 >> 56;
}

static inline void look_bytewise(const char *p, struct bytes *b)
{
    *b = (struct bytes){0};
    for (unsigned i = 0; i < BLOCK; i += 8) {
        uint64_t all = 0, eight = 0;
        for (unsigned k = 0; k < 8; k++) {
            all |= (uint64_t)(unsigned char)p[i + k] << (8 * k);
            eight |= (uint64_t)kinds[(unsigned char)p[i + k]] << (8 * k);
        }
        b->quote |= gather(eight, QUOTE) << i;
        b->backslash |= gather(eight, BACKSLASH) << i;
        b->bracket |= gather(eight, BRACKET) << i;
        b->space |= gather(eight, SPACE) << i;
        b->control |= gather(eight, CONTROL) << i;
        b->high |= gather(all, 0x80) << i;
    }
}

#ifdef __SSE2__

static inline __m128i is16(__m128i v, char c)
{
    return _mm_cmpeq_epi8(v, _mm_set1_epi8(c));
}

static inline uint64_t bits16(__m128i v)
{
    return (uint16_t)_mm_movemask_epi8(v);
}

static inline void look_sse2(const char *p, struct bytes *b)
{
    *b = (struct bytes){0};
#pragma GCC unroll 4
    for (unsigned i = 0; i < BLOCK; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        __m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
        __m128i braces = _mm_or_si128(is16(low, '{'), is16(low, '}'));
        __m128i between = _mm_or_si128(is16(v, ','), is16(v, ':'));
        __m128i often = _mm_or_si128(is16(v, ' '), is16(v, '\n'));
        __m128i rare = _mm_or_si128(is16(v, '\r'), is16(v, '\t'));
        b->quote |= bits16(is16(v, '"')) << i;
        b->backslash |= bits16(is16(v, '\\')) << i;
        b->bracket |= bits16(_mm_or_si128(braces, between)) << i;
        b->space |= bits16(_mm_or_si128(often, rare)) << i;
        b->control |= bits16(_mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v)) << i;
        b->high |= bits16(v) << i;
    }
}

#define AVX2 [[gnu::target("avx2,bmi,popcnt")]]

AVX2 static inline uint64_t bits32(__m256i v)
{
    return (uint32_t)_mm256_movemask_epi8(v);
}

#define SPACES _mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0)
#define BRACKETS _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ':', '{', ',', '}', 0, 0)

/* Of the bytes that are asked for, no two have the same lower half: it finds the only one that a
 * byte can be. */
AVX2 static inline __m256i is_listed(__m256i v, __m128i table)
{
    return _mm256_cmpeq_epi8(_mm256_shuffle_epi8(_mm256_broadcastsi128_si256(table), v), v);
}

AVX2 static inline void look_avx2(const char *p, struct bytes *b)
{
    *b = (struct bytes){0};
#pragma GCC unroll 2
    for (unsigned i = 0; i < BLOCK; i += 32) {
        __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(p + i));
        __m256i low = _mm256_or_si256(v, _mm256_set1_epi8(0x20));
        __m256i control = _mm256_min_epu8(v, _mm256_set1_epi8(0x1F));
        b->quote |= bits32(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('"'))) << i;
        b->backslash |= bits32(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\\'))) << i;
        b->bracket |= bits32(is_listed(low, BRACKETS)) << i;
        b->space |= bits32(is_listed(v, SPACES)) << i;
        b->control |= bits32(_mm256_cmpeq_epi8(control, v)) << i;
        b->high |= bits32(v) << i;
    }
    b->bracket &= ~b->control; /* with 0x20 they look like comma and colon */
}

#define AVX512 [[gnu::target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt")]]

AVX512 static inline uint64_t is_listed_512(__m512i v, __m128i table)
{
    return _mm512_cmpeq_epi8_mask(_mm512_shuffle_epi8(_mm512_broadcast_i32x4(table), v), v);
}

AVX512 static inline void look_avx512(const char *p, struct bytes *b)
{
    __m512i v = _mm512_loadu_si512(p), low = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
    b->quote = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('"'));
    b->backslash = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\\'));
    b->control = _mm512_cmplt_epu8_mask(v, _mm512_set1_epi8(0x20));
    b->bracket = is_listed_512(low, BRACKETS) & ~b->control;
    b->space = is_listed_512(v, SPACES);
    b->high = _mm512_movepi8_mask(v);
}

#endif

/* ---- bits to marks ---- */

/* Those backslashes that begin an escape; *escaped: what they stand before. */
static inline uint64_t escapes(struct json_before *was, uint64_t backslash, uint64_t *escaped)
{
    uint64_t first = 0;
    *escaped = was->escaped;
    was->escaped = 0;
    for (backslash &= ~*escaped; backslash != 0; backslash &= ~*escaped) {
        uint64_t one = backslash & -backslash;
        first |= one;
        *escaped |= one << 1;
        was->escaped = one >> 63;
        backslash ^= one;
    }
    return first;
}

/* Each bit: whether an odd number of bits is set up to it. */
static inline uint64_t odd(uint64_t bits)
{
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    return bits ^ bits << 32;
}

/* Where runs begin; *before: whether the byte before belongs to one. */
static inline uint64_t runs(uint64_t bits, uint64_t *before)
{
    uint64_t first = bits & ~(bits << 1 | *before);
    *before = bits >> 63;
    return first;
}

/* Most texts are ASCII, have few escapes, and hardly anything but strings. */
[[gnu::always_inline]] static inline uint64_t marks_of(struct json_before *was,
                                                       const struct bytes *b)
{
    uint64_t quote = b->quote, inner = b->control, outer = b->bracket;
    if ((b->backslash | b->high | was->escaped | was->high) != 0) {
        uint64_t escaped;
        inner |= escapes(was, b->backslash, &escaped) | runs(b->high, &was->high);
        quote &= ~escaped;
    }
    uint64_t inside = odd(quote) ^ was->inside; /* with the quote that opens, without the other */
    uint64_t other = ~(inside | quote | outer | b->space);
    was->inside = (uint64_t)((int64_t)inside >> 63);
    if ((other | was->other) != 0)
        outer |= runs(other, &was->other);
    return quote | (outer & ~inside) | (inner & inside);
}

/* ---- marks to places ---- */

static inline void list(struct json_marks *m, size_t from, const char *p, uint64_t marks)
{
    for (; marks != 0; marks &= marks - 1, m->n++) {
        unsigned i = (unsigned)__builtin_ctzll(marks);
        m->at[m->n] = (uint32_t)from + i;
        m->byte[m->n] = p[i];
    }
}

#ifdef __SSE2__

/* Eight at a time without a question: what is too many is overwritten. */
AVX2 static inline void list_avx2(struct json_marks *m, size_t from, const char *p, uint64_t marks)
{
    uint32_t *at = m->at + m->n;
    char *byte = m->byte + m->n;
    size_t n = (size_t)_mm_popcnt_u64(marks);
    m->n += n;
    for (size_t done = 0; done < n; done += 8, at += 8, byte += 8) {
#pragma GCC unroll 8
        for (int i = 0; i < 8; i++, marks &= marks - 1) {
            at[i] = (uint32_t)from + (uint32_t)_tzcnt_u64(marks);
            byte[i] = p[_tzcnt_u64(marks) & 63];
        }
    }
}

/* Sixteen at a time: the bytes that are marks, and their numbers, side by side. */
AVX512 static inline void list_avx512(struct json_marks *m, size_t from, const char *p,
                                      uint64_t marks)
{
    static const char numbers[BLOCK] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    if (marks == 0)
        return;
    __m512i at = _mm512_maskz_compress_epi8(marks, _mm512_loadu_si512(numbers));
    __m512i bytes = _mm512_maskz_compress_epi8(marks, _mm512_loadu_si512(p));
    size_t n = (size_t)_mm_popcnt_u64(marks);
    for (size_t to = m->n, end = to + n; to < end; to += 16) { /* what is too many is overwritten */
        __m512i wide = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(at));
        wide = _mm512_add_epi32(wide, _mm512_set1_epi32((int)from));
        _mm512_storeu_si512(m->at + to, wide);
        _mm_storeu_si128((__m128i *)(void *)(m->byte + to), _mm512_castsi512_si128(bytes));
        at = _mm512_alignr_epi64(at, at, 2);
        bytes = _mm512_alignr_epi64(bytes, bytes, 2);
    }
    m->n += n;
}

#endif

/* ---- all of it ---- */

[[gnu::always_inline]] static inline void
scan(struct json_marks *m, size_t to, void (*look)(const char *, struct bytes *),
     void (*put)(struct json_marks *, size_t, const char *, uint64_t))
{
    struct json_before was = m->was;
    size_t at = m->seen;
    struct bytes b;
    for (; at + BLOCK <= to; at += BLOCK) {
        look(m->text.p + at, &b);
        put(m, at, m->text.p + at, marks_of(&was, &b));
    }
    if (at < to) { /* the text's last bytes, and blanks */
        char last[BLOCK];
        memset(last, ' ', sizeof last);
        memcpy(last, m->text.p + at, to - at);
        look(last, &b);
        put(m, at, last, marks_of(&was, &b));
    }
    m->was = was;
    m->seen = to;
}

static void scan_bytewise(struct json_marks *m, size_t to)
{
    scan(m, to, look_bytewise, list);
}

#ifdef __SSE2__

static void scan_sse2(struct json_marks *m, size_t to)
{
    scan(m, to, look_sse2, list);
}

AVX2 static void scan_avx2(struct json_marks *m, size_t to)
{
    scan(m, to, look_avx2, list_avx2);
}

AVX512 static void scan_avx512(struct json_marks *m, size_t to)
{
    scan(m, to, look_avx512, list_avx512);
}

enum json_way json_way(void)
{
    bool bits = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    if (bits && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2"))
        return JSON_AVX512;
    return bits && __builtin_cpu_supports("avx2") ? JSON_AVX2 : JSON_SSE2;
}

#else

enum json_way json_way(void)
{
    return JSON_BYTEWISE;
}

#endif

void json_marks_begin(struct json_marks *m, str text, enum json_way way)
{
    m->text = text;
    m->seen = m->n = 0;
    m->was = (struct json_before){0};
    m->way = way;
}

void json_marks_more(struct json_marks *m, size_t from)
{
    static void (*const scans[JSON_WAYS])(struct json_marks *, size_t) = {
        [JSON_BYTEWISE] = scan_bytewise,
#ifdef __SSE2__
        [JSON_SSE2] = scan_sse2,
        [JSON_AVX2] = scan_avx2,
        [JSON_AVX512] = scan_avx512,
#endif
    };
    m->n -= from;
    memmove(m->at, m->at + from, m->n * sizeof m->at[0]);
    memmove(m->byte, m->byte + from, m->n);
    while (m->seen < m->text.n && m->n < JSON_AHEAD) {
        size_t left = m->text.n - m->seen;
        scans[m->way](m, m->seen + (left < JSON_STRETCH ? left : JSON_STRETCH));
    }
    for (; m->n < JSON_AHEAD; m->n++) {
        m->at[m->n] = (uint32_t)m->text.n;
        m->byte[m->n] = '\0';
    }
}
