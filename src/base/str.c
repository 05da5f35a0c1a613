/* str.c - see str.h. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool same_word(const char *x, const char *y)
{
    uint64_t v[2];
    memcpy(&v[0], x, sizeof v[0]);
    memcpy(&v[1], y, sizeof v[1]);
    return v[0] == v[1];
}

/* Of 17 to 32 bytes. */
static bool same_four_words(const char *x, const char *y, size_t n)
{
    return same_word(x, y) && same_word(x + 8, y + 8) && same_word(x + n - 16, y + n - 16) &&
           same_word(x + n - 8, y + n - 8);
}

/* Of less than 8. */
static bool same_few(const char *x, const char *y, size_t n)
{
    if (n >= 4) {
        uint32_t v[4];
        memcpy(&v[0], x, 4);
        memcpy(&v[1], y, 4);
        memcpy(&v[2], x + n - 4, 4);
        memcpy(&v[3], y + n - 4, 4);
        return v[0] == v[1] && v[2] == v[3];
    }
    return n == 0 || (memcmp(x, y, 1) == 0 && memcmp(x + n / 2, y + n / 2, 1) == 0 &&
                      memcmp(x + n - 1, y + n - 1, 1) == 0);
}

/* Nearly all of them are names: without a call for those. */
bool str_same_bytes(const char *a, const char *b, size_t n)
{
    if (n < 8)
        return same_few(a, b, n);
    if (n <= 16)
        return same_word(a, b) && same_word(a + n - 8, b + n - 8);
    return n <= 32 ? same_four_words(a, b, n) : memcmp(a, b, n) == 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool str_eq_nocase(str a, str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

bool str_has_prefix(str s, str prefix)
{
    return s.n >= prefix.n && str_eq((str){s.p, prefix.n}, prefix);
}

bool str_has_suffix(str s, str suffix)
{
    return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

int str_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c != 0 ? c : (a.n > b.n) - (a.n < b.n);
}

ptrdiff_t str_find(str s, str needle)
{
    if (needle.n == 0)
        return 0;
    const char *hit = s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
    return hit ? hit - s.p : -1;
}

ptrdiff_t str_find_char(str s, char c)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    return hit ? hit - s.p : -1;
}

str str_sub(str s, size_t at, size_t n)
{
    if (at > s.n)
        at = s.n;
    if (n > s.n - at)
        n = s.n - at;
    return (str){s.p ? s.p + at : NULL, n};
}

str str_from(str s, size_t at)
{
    return str_sub(s, at, s.n);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

str str_trim(str s)
{
    while (s.n > 0 && is_space(s.p[0]))
        s = str_from(s, 1);
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

str str_cut(str *rest, char sep)
{
    const char *hit = rest->n ? memchr(rest->p, sep, rest->n) : NULL;
    size_t n = hit ? (size_t)(hit - rest->p) : rest->n;
    str head = {rest->p, n};
    *rest = str_from(*rest, hit ? n + 1 : n);
    return head;
}

bool str_i64(str s, i64 *out)
{
    i64 v = 0;
    if (s.n == 0 || s.n > 18)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        v = v * 10 + (s.p[i] - '0');
    }
    *out = v;
    return true;
}

str str_z(const char *z)
{
    return (str){z, z ? strlen(z) : 0};
}

const char *str_to_z(struct arena *a, str s)
{
    char *z = NEWS(a, char, s.n + 1);
    if (s.n > 0)
        memcpy(z, s.p, s.n);
    return z;
}

str str_copy(struct arena *a, str s)
{
    return s.p ? (str){str_to_z(a, s), s.n} : s;
}

str str_join(struct arena *a, str x, str y)
{
    buf b = {.a = a};
    (void)buf_room(&b, x.n + y.n + 1);
    buf_put(&b, x);
    buf_put(&b, y);
    return buf_str(&b);
}

str str_lower(struct arena *a, str s)
{
    char *p = NEWS(a, char, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = lower(s.p[i]);
    return (str){p, s.n};
}

bool str_eq_secret(str a, str b)
{
    unsigned char differ = 0;
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        differ = (unsigned char)(differ | ((unsigned char)a.p[i] ^ (unsigned char)b.p[i]));
    return differ == 0;
}

char *buf_room(buf *b, size_t more)
{
    if (b->p != NULL && b->cap - b->n >= more)
        return b->p + b->n;
    size_t want, cap = b->cap ? b->cap * 2 : 256;
    must(!__builtin_add_overflow(b->n, more, &want));
    if (cap < want)
        cap = want;
    if (!arena_extend(b->a, b->p, b->cap, cap)) {
        char *p = NEWS(b->a, char, cap);
        if (b->n > 0)
            memcpy(p, b->p, b->n);
        b->p = p;
    }
    b->cap = cap;
    return b->p + b->n;
}

void buf_put(buf *b, str s)
{
    if (s.n == 0)
        return;
    memcpy(buf_room(b, s.n), s.p, s.n);
    b->n += s.n;
}

void buf_char(buf *b, char c)
{
    *buf_room(b, 1) = c;
    b->n++;
}

void buf_i64(buf *b, i64 n)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do
        digits[--at] = (char)('0' + u % 10);
    while ((u /= 10) > 0);
    if (n < 0)
        digits[--at] = '-';
    buf_put(b, (str){digits + at, sizeof digits - at});
}

static void buf_vputf(buf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int need = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    must(need >= 0);
    (void)vsnprintf(buf_room(b, (size_t)need + 1), (size_t)need + 1, fmt, ap);
    b->n += (size_t)need;
}

void buf_putf(buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    buf_vputf(b, fmt, ap);
    va_end(ap);
}

str str_fmt(struct arena *a, const char *fmt, ...)
{
    buf b = {.a = a};
    va_list ap;
    va_start(ap, fmt);
    buf_vputf(&b, fmt, ap);
    va_end(ap);
    return buf_str(&b);
}

str buf_str(const buf *b)
{
    return (str){b->p ? b->p : "", b->n};
}
