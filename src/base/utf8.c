/* utf8.c - see utf8.h. */
#include "base/utf8.h"

#include <string.h>

/* Length of the sequence at p with n bytes left; 0: not valid. */
static size_t sequence(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    size_t want = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (n < want)
        return 0;
    for (size_t i = 1; i < want; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    bool overlong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xF0 && p[1] < 0x90);
    bool outside = (p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF4 && p[1] > 0x8F);
    return overlong || outside ? 0 : want;
}

/* A whole sequence of three, which most of a Japanese text is made of. */
static inline bool is_three(const unsigned char *p)
{
    unsigned head = (unsigned)p[0] << 8 | p[1];
    bool shape = (p[0] & 0xF0) == 0xE0 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80;
    return shape && head >= 0xE0A0 && (head < 0xEDA0 || head > 0xEDBF);
}

size_t utf8_valid_prefix(str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t at = 0;
    for (;;) {
        uint64_t eight;
        while (s.n - at >= 3 && is_three(p + at))
            at += 3;
        if (at == s.n)
            return at;
        if (s.n - at >= sizeof eight) {
            memcpy(&eight, p + at, sizeof eight);
            if ((eight & 0x8080808080808080u) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        size_t n = sequence(p + at, s.n - at);
        if (n == 0)
            return at;
        at += n;
    }
}

bool utf8_valid(str s)
{
    return utf8_valid_prefix(s) == s.n;
}

uint32_t utf8_next(str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.p + *at;
    uint32_t c = p[0];
    size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    must(n <= s.n - *at);
    if (n > 1)
        c &= 0xFFu >> (n + 1);
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (p[i] & 0x3Fu);
    *at += n;
    return c;
}

size_t utf8_count(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

str utf8_sub(str s, size_t n)
{
    size_t at = 0;
    while (n-- > 0 && at < s.n)
        (void)utf8_next(s, &at);
    return str_sub(s, 0, at);
}

void utf8_put(buf *b, uint32_t c)
{
    if (c < 0x80) {
        buf_char(b, (char)c);
    } else if (c < 0x800) {
        buf_char(b, (char)(0xC0 | c >> 6));
        buf_char(b, (char)(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        buf_char(b, (char)(0xE0 | c >> 12));
        buf_char(b, (char)(0x80 | (c >> 6 & 0x3F)));
        buf_char(b, (char)(0x80 | (c & 0x3F)));
    } else {
        buf_char(b, (char)(0xF0 | c >> 18));
        buf_char(b, (char)(0x80 | (c >> 12 & 0x3F)));
        buf_char(b, (char)(0x80 | (c >> 6 & 0x3F)));
        buf_char(b, (char)(0x80 | (c & 0x3F)));
    }
}

static bool is_control(uint32_t c)
{
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    if (c < 0x7F)
        return false;
    return c <= 0x9F || c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

bool utf8_has_control(str s)
{
    for (size_t at = 0; at < s.n;)
        if (is_control(utf8_next(s, &at)))
            return true;
    return false;
}
