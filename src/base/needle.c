/* needle.c - see needle.h. */
#include "base/needle.h"

#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* How common a byte is in texts of advisories: those of kana and of frequent letters are. */
static int how_common(unsigned char c)
{
    if (c == 0xE3 || c == 0x81 || c == 0x82 || c == 0x83)
        return 3;
    if (c >= 0xE3 && c <= 0xE9)
        return 2;
    return c < 0x80 && strchr("aeinorst ", c) != NULL ? 2 : c >= 0x80;
}

/* The place of the rarest byte but for one place. */
static size_t rarest(str s, size_t but)
{
    size_t best = but == 0 && s.n > 1 ? 1 : 0;
    for (size_t i = best + 1; i < s.n; i++)
        if (i != but && how_common((unsigned char)s.p[i]) < how_common((unsigned char)s.p[best]))
            best = i;
    return best;
}

struct needle needle_of(str s)
{
    struct needle n = {.s = s, .first = rarest(s, SIZE_MAX)};
    n.second = rarest(s, n.first);
#ifdef __x86_64__
    n.is_wide = __builtin_cpu_supports("avx512bw");
#endif
    return n;
}

#ifdef __x86_64__
enum { WIDE = 16, WIDER = 64, AHEAD = 10 }; /* texts that are fetched meanwhile */

#define AVX512 [[gnu::target("avx512f,avx512bw")]]

/* Of the next bytes as many as the mask tells. */
AVX512 static __m512i some_at(__mmask64 mask, const char *p)
{
    return _mm512_maskz_loadu_epi8(mask, p);
}

/* What is compared, made once for many texts. */
struct wider {
    __m512i first, second, all;
    __mmask64 mask; /* of all: the first 64 bytes of the needle */
};

AVX512 static inline struct wider wider_of(const struct needle *n)
{
    __mmask64 mask = n->s.n >= WIDER ? UINT64_MAX : UINT64_MAX >> (WIDER - n->s.n);
    return (struct wider){_mm512_set1_epi8(n->s.p[n->first]), _mm512_set1_epi8(n->s.p[n->second]),
                          some_at(mask, n->s.p), mask};
}

/* Two bytes were compared already. */
AVX512 static inline bool is_there(const struct needle *n, const struct wider *w, const char *at)
{
    if (n->s.n <= 2)
        return true;
    if (_mm512_mask_cmpneq_epi8_mask(w->mask, some_at(w->mask, at), w->all) != 0)
        return false;
    return n->s.n <= WIDER || memcmp(at + WIDER, n->s.p + WIDER, n->s.n - WIDER) == 0;
}

AVX512 static inline ptrdiff_t find_wider(const struct needle *n, const struct wider *w, str text)
{
    if (text.n < n->s.n)
        return -1;
    for (size_t at = 0, last = text.n - n->s.n; at <= last; at += WIDER) {
        size_t left = last - at + 1;
        __mmask64 in = left >= WIDER ? UINT64_MAX : UINT64_MAX >> (WIDER - left);
        __m512i a = some_at(in, text.p + at + n->first), b = some_at(in, text.p + at + n->second);
        __mmask64 hits = _mm512_mask_cmpeq_epi8_mask(in, a, w->first) &
                         _mm512_mask_cmpeq_epi8_mask(in, b, w->second);
        for (; hits != 0; hits &= hits - 1) {
            size_t place = at + (unsigned)__builtin_ctzll(hits);
            if (is_there(n, w, text.p + place))
                return (ptrdiff_t)place;
        }
    }
    return -1;
}

AVX512 static ptrdiff_t find_one_wider(const struct needle *n, str text)
{
    struct wider w = wider_of(n);
    return find_wider(n, &w, text);
}

AVX512 static uint64_t find_each_wider(const struct needle *n, const str *texts, uint64_t which)
{
    struct wider w = wider_of(n);
    uint64_t in = 0;
    for (; which != 0; which &= which - 1) {
        size_t i = (size_t)__builtin_ctzll(which);
        if (i + AHEAD < 64) {
            __builtin_prefetch(texts[i + AHEAD].p);
            __builtin_prefetch(texts[i + AHEAD].p + WIDER);
            __builtin_prefetch(texts[i + AHEAD].p + 2 * WIDER);
        }
        in |= (uint64_t)(find_wider(n, &w, texts[i]) >= 0) << i;
    }
    return in;
}

static __m128i bytes_at(const char *p)
{
    return _mm_loadu_si128((const __m128i_u *)p);
}

/* The places among the next sixteen at which both bytes stand, as bits. */
static unsigned places(const struct needle *n, const char *at)
{
    __m128i a = _mm_cmpeq_epi8(bytes_at(at + n->first), _mm_set1_epi8(n->s.p[n->first])),
            b = _mm_cmpeq_epi8(bytes_at(at + n->second), _mm_set1_epi8(n->s.p[n->second]));
    return (unsigned)_mm_movemask_epi8(_mm_and_si128(a, b));
}

/* The last step overlaps the one before, so that nothing behind the text is read. */
static ptrdiff_t find_wide(const struct needle *n, str text, size_t last)
{
    for (size_t at = 0;; at += WIDE) {
        bool end = at + WIDE > last;
        if (end)
            at = last + 1 - WIDE;
        for (unsigned hits = places(n, text.p + at); hits != 0; hits &= hits - 1) {
            size_t place = at + (unsigned)__builtin_ctz(hits);
            if (memcmp(text.p + place, n->s.p, n->s.n) == 0)
                return (ptrdiff_t)place;
        }
        if (end)
            return -1;
    }
}
#endif

ptrdiff_t needle_find(const struct needle *n, str text)
{
    if (text.n < n->s.n)
        return -1;
    size_t last = text.n - n->s.n;
#ifdef __x86_64__
    if (n->is_wide)
        return find_one_wider(n, text);
    if (last + 1 >= WIDE)
        return find_wide(n, text, last);
#endif
    for (size_t at = 0; at <= last; at++)
        if (text.p[at + n->first] == n->s.p[n->first] && memcmp(text.p + at, n->s.p, n->s.n) == 0)
            return (ptrdiff_t)at;
    return -1;
}

uint64_t needle_in_each(const struct needle *n, const str *texts, uint64_t which)
{
#ifdef __x86_64__
    if (n->is_wide)
        return find_each_wider(n, texts, which);
#endif
    uint64_t in = 0;
    for (; which != 0; which &= which - 1) {
        size_t i = (size_t)__builtin_ctzll(which);
        in |= (uint64_t)(needle_find(n, texts[i]) >= 0) << i;
    }
    return in;
}
