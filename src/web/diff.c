/* diff.c - see diff.h. */
#include "web/diff.h"

enum { AROUND = 90 }; /* bytes of what is the same, on each side */

static bool inside_character(str s, size_t at)
{
    return at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80;
}

/* How many bytes both begin with, up to where a character begins in both. */
static size_t same_begin(str a, str b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n])
        n++;
    while (n > 0 && (inside_character(a, n) || inside_character(b, n)))
        n--;
    return n;
}

static size_t same_end(str a, str b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[a.n - 1 - n] == b.p[b.n - 1 - n])
        n++;
    while (n > 0 && inside_character(a, a.n - n))
        n--;
    return n;
}

static void put_marked(struct html_out *o, const char *begin, str text, const char *end)
{
    if (text.n == 0)
        return;
    html_raw(o, str_z(begin));
    html_text(o, text);
    html_raw(o, str_z(end));
}

/* The last bytes of what comes before, the first of what comes behind. */
static void put_before(struct html_out *o, str s)
{
    size_t at = s.n > AROUND ? s.n - AROUND : 0;
    while (inside_character(s, at))
        at++;
    if (at > 0)
        html_text(o, S("…"));
    html_text(o, str_from(s, at));
}

static void put_behind(struct html_out *o, str s)
{
    size_t n = s.n > AROUND ? AROUND : s.n;
    while (inside_character(s, n))
        n++;
    html_text(o, str_sub(s, 0, n));
    if (n < s.n)
        html_text(o, S("…"));
}

html text_diff(struct ctx *cx, str before, str after)
{
    struct html_out o = {.b = {.a = cx->a}};
    if (str_eq(before, after))
        return (html){S("")};
    size_t begin = same_begin(before, after);
    str old = str_from(before, begin), now = str_from(after, begin);
    size_t end = same_end(old, now);
    put_before(&o, str_sub(before, 0, begin));
    put_marked(&o, "<del>", str_sub(old, 0, old.n - end), "</del>");
    put_marked(&o, "<ins>", str_sub(now, 0, now.n - end), "</ins>");
    put_behind(&o, str_from(now, now.n - end));
    return (html){buf_str(&o.b)};
}
