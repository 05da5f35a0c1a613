/* json_marks.c - bytes to bits, bits to places; or byte by byte. */
#include "formats/json_marks.h"

#include <string.h>
#ifdef __SSE2__
#include <immintrin.h>
#endif

/* ---- byte by byte ---- */

enum { QUOTE = 1, BACKSLASH = 2, BRACKET = 4, SPACE = 8, CONTROL = 16, HIGH = 32 };
enum { ODD = QUOTE | BACKSLASH | CONTROL | HIGH }; /* in a string */
static const unsigned char kinds[256] = {
    16, 16, 16, 16, 16, 16, 16, 16, 16, 24, 24, 16, 16, 24, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
    16, 16, 16, 16, 16, 16, 16, 16, 8,  0,  1,  0,  0,  0,  0,  0,  0,  0,  0,  0,  4,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  4,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  4,  2,  4,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  4,  0,  4,  0,  0,  32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
};

/* In registers: what is written to the list could be anything, as far as a compiler knows. */
struct slow {
    struct json_before was;
    const unsigned char *p;
    size_t at, to;
    uint32_t *place;
    char *byte;
};

[[gnu::always_inline]] static inline void mark(struct slow *s)
{
    *s->place++ = (uint32_t)s->at;
    *s->byte++ = (char)s->p[s->at];
}

static inline uint64_t eight_of(const struct slow *s)
{
    uint64_t eight;
    memcpy(&eight, s->p + s->at, sizeof eight);
    return eight;
}

/* Whether one of eight bytes may be odd in a string, and surely if one is. */
static inline bool may_be_odd(uint64_t eight)
{
    const uint64_t one = 0x0101010101010101;
    uint64_t quote = (eight ^ one * '"') - one, backslash = (eight ^ one * '\\') - one;
    return ((quote | backslash | (eight - one * 0x20) | eight) & one * 0x80) != 0;
}

/* The next odd byte of a string. */
[[gnu::always_inline]] static inline void step_inside(struct slow *s)
{
    size_t from = s->at;
    while (s->at + 8 <= s->to && !may_be_odd(eight_of(s)))
        s->at += 8;
    while (s->at < s->to && (kinds[s->p[s->at]] & ODD) == 0)
        s->at++;
    if (s->at > from)
        s->was.escaped = s->was.high = 0;
    if (s->at == s->to)
        return;
    unsigned kind = kinds[s->p[s->at]];
    bool begins = s->was.escaped == 0 && (kind & (QUOTE | BACKSLASH)) != 0;
    if (begins || (kind & CONTROL) != 0 || ((kind & HIGH) != 0 && s->was.high == 0))
        mark(s);
    s->was.escaped = begins && (kind & BACKSLASH) != 0;
    s->was.high = (kind & HIGH) != 0;
    s->was.inside = begins && (kind & QUOTE) != 0 ? 0 : s->was.inside;
    s->at++;
}

[[gnu::always_inline]] static inline void step_outside(struct slow *s)
{
    unsigned kind = kinds[s->p[s->at]];
    bool begins = s->was.escaped == 0 && (kind & QUOTE) != 0;
    bool other = !begins && (kind & (BRACKET | SPACE)) == 0;
    if (begins || (kind & BRACKET) != 0 || (other && s->was.other == 0))
        mark(s);
    s->was.escaped = s->was.escaped == 0 && (kind & BACKSLASH) != 0;
    s->was.high = (kind & HIGH) != 0;
    s->was.other = other;
    s->was.inside = begins ? UINT64_MAX : 0;
    s->at++;
}

[[gnu::always_inline]] static inline void step_blank(struct slow *s)
{
    s->was.escaped = s->was.high = s->was.other = 0;
    for (s->at++; s->at + 8 <= s->to && eight_of(s) == 0x2020202020202020;)
        s->at += 8;
}

static void scan_bytewise(struct json_marks *m, size_t to)
{
    struct slow s = {.was = m->was,
                     .p = (const unsigned char *)m->text.p,
                     .at = m->seen,
                     .to = to,
                     .place = m->at + m->n,
                     .byte = m->byte + m->n};
    while (s.at < to) {
        if (s.was.inside != 0)
            step_inside(&s);
        else if ((kinds[s.p[s.at]] & SPACE) != 0)
            step_blank(&s);
        else
            step_outside(&s);
    }
    m->was = s.was;
    m->seen = to;
    m->n = (size_t)(s.place - m->at);
}

#ifdef __SSE2__

/* ---- bytes to bits ---- */

enum { BLOCK = 64 };

/* What the 64 bytes of a block are, a bit each, the first byte the lowest. */
struct bytes {
    uint64_t quote, backslash, bracket, space, control, high; /* bracket: comma and colon, too */
};

#define SPACES _mm_setr_epi8(' ', 0, 0, 0, 0, 0, 0, 0, 0, '\t', '\n', 0, 0, '\r', 0, 0)
#define BRACKETS _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ':', '{', ',', '}', 0, 0)

#define SSE4 [[gnu::target("sse4.2,popcnt,pclmul")]]

SSE4 static inline uint64_t bits16(__m128i v)
{
    return (uint16_t)_mm_movemask_epi8(v);
}

/* Of the bytes that are asked for, no two have the same lower half: it finds the only one that a
 * byte can be. */
SSE4 static inline __m128i is_listed_16(__m128i v, __m128i table)
{
    return _mm_cmpeq_epi8(_mm_shuffle_epi8(table, v), v);
}

SSE4 static inline void look_sse4(const char *p, struct bytes *b)
{
    *b = (struct bytes){0};
#pragma GCC unroll 4
    for (unsigned i = 0; i < BLOCK; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        __m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
        __m128i control = _mm_min_epu8(v, _mm_set1_epi8(0x1F));
        b->quote |= bits16(_mm_cmpeq_epi8(v, _mm_set1_epi8('"'))) << i;
        b->backslash |= bits16(_mm_cmpeq_epi8(v, _mm_set1_epi8('\\'))) << i;
        b->bracket |= bits16(is_listed_16(low, BRACKETS)) << i;
        b->space |= bits16(is_listed_16(v, SPACES)) << i;
        b->control |= bits16(_mm_cmpeq_epi8(control, v)) << i;
        b->high |= bits16(v) << i;
    }
    b->bracket &= ~b->control; /* with 0x20 they look like comma and colon */
}

#define AVX2 [[gnu::target("avx2,bmi,popcnt,pclmul")]]

AVX2 static inline uint64_t bits32(__m256i v)
{
    return (uint32_t)_mm256_movemask_epi8(v);
}

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
    b->bracket &= ~b->control;
}

#define AVX512 [[gnu::target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt,pclmul")]]

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

/* Each bit: whether an odd number of bits is set up to it: a product without carries by a number
 * of which all bits are set. */
#define CLMUL [[gnu::target("pclmul")]]
CLMUL static inline uint64_t odd(uint64_t bits)
{
    __m128i all = _mm_set1_epi8(-1), v = _mm_cvtsi64_si128((long long)bits);
    return (uint64_t)_mm_cvtsi128_si64(_mm_clmulepi64_si128(v, all, 0));
}

/* Where runs begin; *before: whether the byte before belongs to one. */
static inline uint64_t runs(uint64_t bits, uint64_t *before)
{
    uint64_t first = bits & ~(bits << 1 | *before);
    *before = bits >> 63;
    return first;
}

/* Most texts are ASCII, have few escapes, and hardly anything but strings. */
[[gnu::always_inline]] static inline uint64_t
marks_of(struct json_before *was, const struct bytes *b, uint64_t (*odd_of)(uint64_t))
{
    uint64_t quote = b->quote, inner = b->control, outer = b->bracket;
    if ((b->backslash | b->high | was->escaped | was->high) != 0) {
        uint64_t escaped;
        inner |= escapes(was, b->backslash, &escaped) | runs(b->high, &was->high);
        quote &= ~escaped;
    }
    uint64_t inside =
        odd_of(quote) ^ was->inside; /* with the quote that opens, without the other */
    uint64_t other = ~(inside | quote | outer | b->space);
    was->inside = (uint64_t)((int64_t)inside >> 63);
    if ((other | was->other) != 0)
        outer |= runs(other, &was->other);
    return quote | (outer & ~inside) | (inner & inside);
}

/* ---- marks to places ---- */

/* How the marks of 64 bytes at p, which begin `from` behind the text's beginning, are added to a
 * list of n; gives how many it has then.  What stands behind those may be overwritten. */
typedef size_t put_marks(struct json_marks *m, size_t n, size_t from, const char *p,
                         uint64_t marks);

enum { AT_ONCE = 12 };

/* Twelve at a time without a question: what is too many is overwritten. */
SSE4 static inline size_t list_sse4(struct json_marks *m, size_t n, size_t from, const char *p,
                                    uint64_t marks)
{
    uint32_t *at = m->at + n;
    char *byte = m->byte + n;
    size_t more = (size_t)_mm_popcnt_u64(marks);
    for (size_t done = 0; done < more; done += AT_ONCE, at += AT_ONCE, byte += AT_ONCE) {
#pragma GCC unroll 12
        for (int i = 0; i < AT_ONCE; i++, marks &= marks - 1) {
            unsigned k = (unsigned)__builtin_ctzll(marks | (uint64_t)1 << 63);
            at[i] = (uint32_t)from + k;
            byte[i] = p[k];
        }
    }
    return n + more;
}

/* The same by tzcnt, which knows zero: no bit is set for it first.  One loop for both would do that
 * here, too, once for each mark, where most of the time of reading JSON goes. */
AVX2 static inline size_t list_avx2(struct json_marks *m, size_t n, size_t from, const char *p,
                                    uint64_t marks)
{
    uint32_t *at = m->at + n;
    char *byte = m->byte + n;
    size_t more = (size_t)_mm_popcnt_u64(marks);
    for (size_t done = 0; done < more; done += AT_ONCE, at += AT_ONCE, byte += AT_ONCE) {
#pragma GCC unroll 12
        for (int i = 0; i < AT_ONCE; i++, marks &= marks - 1) {
            at[i] = (uint32_t)from + (uint32_t)_tzcnt_u64(marks);
            byte[i] = p[_tzcnt_u64(marks) & 63];
        }
    }
    return n + more;
}

/* Sixteen at a time: the bytes that are marks, and their numbers, side by side. */
AVX512 static inline size_t list_avx512(struct json_marks *m, size_t n, size_t from, const char *p,
                                        uint64_t marks)
{
    static const char numbers[BLOCK] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    __m512i at = _mm512_maskz_compress_epi8(marks, _mm512_loadu_si512(numbers));
    __m512i bytes = _mm512_maskz_compress_epi8(marks, _mm512_loadu_si512(p));
    size_t end = n + (size_t)_mm_popcnt_u64(marks);
    for (;; n += 16) { /* hardly ever more than once */
        __m512i wide = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(at));
        wide = _mm512_add_epi32(wide, _mm512_set1_epi32((int)from));
        _mm512_storeu_si512(m->at + n, wide);
        _mm_storeu_si128((__m128i *)(void *)(m->byte + n), _mm512_castsi512_si128(bytes));
        if (n + 16 >= end)
            return end;
        at = _mm512_alignr_epi64(at, at, 2);
        bytes = _mm512_alignr_epi64(bytes, bytes, 2);
    }
}

/* ---- all of it ---- */

[[gnu::always_inline]] static inline void
scan(struct json_marks *m, size_t to, void (*look)(const char *, struct bytes *), put_marks *put)
{
    struct json_before was = m->was;
    const char *p = m->text.p;
    size_t at = m->seen, n = m->n;
    struct bytes b;
    for (; at + BLOCK <= to; at += BLOCK) {
        look(p + at, &b);
        n = put(m, n, at, p + at, marks_of(&was, &b, odd));
    }
    if (at < to) { /* the text's last bytes, and blanks */
        char last[BLOCK];
        memset(last, ' ', sizeof last);
        memcpy(last, p + at, to - at);
        look(last, &b);
        n = put(m, n, at, last, marks_of(&was, &b, odd));
    }
    m->was = was;
    m->seen = to;
    m->n = n;
}

SSE4 static void scan_sse4(struct json_marks *m, size_t to)
{
    scan(m, to, look_sse4, list_sse4);
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
    bool first = __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt") &&
                 __builtin_cpu_supports("pclmul");
    bool bits = first && __builtin_cpu_supports("bmi");
    if (bits && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2"))
        return JSON_AVX512;
    if (bits && __builtin_cpu_supports("avx2"))
        return JSON_AVX2;
    return first ? JSON_SSE4 : JSON_BYTEWISE;
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
        [JSON_SSE4] = scan_sse4,
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
