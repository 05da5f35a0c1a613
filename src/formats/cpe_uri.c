/* cpe_uri.c - CPE 2.2 URIs, read and written as NISTIR 7695 section 6.1 binds them; see cpe.h. */
#include "formats/cpe_own.h"

#include "formats/percent.h"

/* %01 and %02 stand for the wildcards '?' and '*'. */
static bool unbind(struct arena *a, str s, str *out)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++) {
        int c = (unsigned char)s.p[i];
        if (c == '%') {
            c = percent_byte(s, i);
            i += 2;
        }
        if (c == 1 || c == 2) {
            buf_char(&b, c == 1 ? '?' : '*');
            continue;
        }
        if (c <= ' ' || c >= 0x7F)
            return false;
        if (!cpe_unquoted((char)c))
            buf_char(&b, '\\');
        buf_char(&b, (char)c);
    }
    *out = b.n == 0 ? S("*") : str_lower(a, buf_str(&b));
    return true;
}

/* An edition "~edition~sw_edition~target_sw~target_hw~other" holds five attributes. */
static bool unpack(struct arena *a, str s, struct cpe *out)
{
    static const enum cpe_attr order[] = {CPE_EDITION, CPE_SW_EDITION, CPE_TARGET_SW, CPE_TARGET_HW,
                                          CPE_OTHER};
    if (!str_has_prefix(s, S("~")))
        return unbind(a, s, &out->v[CPE_EDITION]);
    s = str_from(s, 1);
    for (size_t i = 0; i < COUNT(order); i++) {
        if (!unbind(a, str_cut(&s, '~'), &out->v[order[i]]))
            return false;
    }
    return s.n == 0;
}

enum err cpe_read_uri(struct arena *a, str rest, struct cpe *out, str *why, str *bad)
{
    for (size_t i = 0; i < CPE_ATTRS; i++)
        out->v[i] = S("*");
    *bad = rest;
    for (size_t i = 0; rest.n > 0; i++) {
        str value = str_cut(&rest, ':');
        if (i > CPE_LANGUAGE) {
            *why = S("cpe_count");
            return E_INVALID;
        }
        if (i == CPE_EDITION ? unpack(a, value, out) : unbind(a, value, &out->v[i]))
            continue;
        *why = S("cpe_value");
        *bad = value;
        return E_INVALID;
    }
    return cpe_check(out, why, bad);
}

static void bind(buf *b, str value)
{
    static const char hex[] = "0123456789abcdef";
    if (str_eq(value, S("*")))
        return;
    for (size_t i = 0; i < value.n; i++) {
        char c = value.p[i];
        if (c == '\\' && i + 1 < value.n) {
            c = value.p[++i];
            buf_char(b, '%');
            buf_char(b, hex[(unsigned char)c >> 4]);
            buf_char(b, hex[c & 15]);
        } else if (c == '?' || c == '*') {
            buf_put(b, c == '?' ? S("%01") : S("%02"));
        } else {
            buf_char(b, c);
        }
    }
}

static void pack(buf *b, const struct cpe *c)
{
    bool more = false;
    for (size_t i = CPE_SW_EDITION; i < CPE_ATTRS; i++)
        more |= !str_eq(c->v[i], S("*"));
    if (more)
        buf_char(b, '~');
    bind(b, c->v[CPE_EDITION]);
    for (size_t i = CPE_SW_EDITION; i < CPE_ATTRS && more; i++) {
        buf_char(b, '~');
        bind(b, c->v[i]);
    }
}

str cpe_write_uri(struct arena *a, const struct cpe *c)
{
    buf b = {.a = a};
    buf_put(&b, S("cpe:/"));
    for (size_t i = 0; i <= CPE_LANGUAGE; i++) {
        if (i > 0)
            buf_char(&b, ':');
        if (i == CPE_EDITION)
            pack(&b, c);
        else
            bind(&b, c->v[i]);
    }
    while (b.p[b.n - 1] == ':')
        b.n--;
    return buf_str(&b);
}
