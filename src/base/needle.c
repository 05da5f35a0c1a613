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
enum { WIDE = 16, WIDER = 64 };

#define AVX512 [[gnu::target("avx512f,avx512bw")]]

/* Of the next bytes as many as the mask tells. */
AVX512 static __m512i some_at(__mmask64 mask, const char *p)
{
    return _mm512_maskz_loadu_epi8(mask, p);
}

AVX512 static bool is_there(const struct needle *n, const char *at)
{
    if (n->s.n > WIDER)
        return memcmp(at, n->s.p, n->s.n) == 0;
    __mmask64 all = UINT64_MAX >> (WIDER - n->s.n);
    return _mm512_mask_cmpneq_epi8_mask(all, some_at(all, at), some_at(all, n->s.p)) == 0;
}

AVX512 static ptrdiff_t find_wider(const struct needle *n, str text, size_t last)
{
    __m512i first = _mm512_set1_epi8(n->s.p[n->first]),
            second = _mm512_set1_epi8(n->s.p[n->second]);
    for (size_t at = 0; at <= last; at += WIDER) {
        size_t left = last - at + 1;
        __mmask64 hits = left >= WIDER ? UINT64_MAX : UINT64_MAX >> (WIDER - left);
        hits = _mm512_mask_cmpeq_epi8_mask(hits, some_at(hits, text.p + at + n->first), first);
        hits = _mm512_mask_cmpeq_epi8_mask(hits, some_at(hits, text.p + at + n->second), second);
        for (; hits != 0; hits &= hits - 1) {
            size_t place = at + (unsigned)__builtin_ctzll(hits);
            if (is_there(n, text.p + place))
                return (ptrdiff_t)place;
        }
    }
    return -1;
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
        return find_wider(n, text, last);
    if (last + 1 >= WIDE)
        return find_wide(n, text, last);
#endif
    for (size_t at = 0; at <= last; at++)
        if (text.p[at + n->first] == n->s.p[n->first] &&
            memcmp(text.p + at, n->s.p, n->s.n) == 0)
            return (ptrdiff_t)at;
    return -1;
}
