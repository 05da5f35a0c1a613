/* html.c - see html.h. */
#include "web/html.h"

#include <string.h>

void html_raw(struct html_out *o, str markup)
{
    buf_put(&o->b, markup);
}

void html_html(struct html_out *o, html h)
{
    buf_put(&o->b, h.s);
}

void html_num(struct html_out *o, i64 n)
{
    buf_i64(&o->b, n);
}

void html_url(struct html_out *o, url u)
{
    html_text(o, u.s);
}

void html_word(struct html_out *o, enum word w)
{
    html_text(o, word(o->lang, w));
}

/* Of the 256 bytes: which entity a byte becomes, 0 none. */
/* clang-format off */
static const unsigned char entity_of[256] = {['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5};
static const str entities[] = {
    S_INIT(""), S_INIT("&amp;"), S_INIT("&lt;"), S_INIT("&gt;"), S_INIT("&quot;"), S_INIT("&#39;"),
};
/* clang-format on */

/* Bytes at p, a multiple of 16, in which none needs an entity. */
static size_t plain_blocks(const char *p, size_t n)
{
    typedef unsigned char block __attribute__((vector_size(16)));
    size_t at = 0;
    for (; n - at >= sizeof(block); at += sizeof(block)) {
        block b;
        uint64_t any[2];
        memcpy(&b, p + at, sizeof b);
        b = (block)((b == '&') | (b == '<') | (b == '>') | (b == '"') | (b == '\''));
        memcpy(any, &b, sizeof any);
        if ((any[0] | any[1]) != 0)
            break;
    }
    return at;
}

void html_text(struct html_out *o, str data)
{
    if (data.n == 0)
        return;
    for (const char *p = data.p, *end = p + data.n; p < end;) {
        size_t left = (size_t)(end - p), n = plain_blocks(p, left);
        while (n < left && entity_of[(unsigned char)p[n]] == 0)
            n++;
        buf_put(&o->b, (str){p, n});
        p += n;
        if (p < end)
            buf_put(&o->b, entities[entity_of[(unsigned char)*p++]]);
    }
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

static void percent_encode(buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (is_unreserved(s.p[i])) {
            buf_char(b, s.p[i]);
        } else {
            buf_char(b, '%');
            buf_char(b, "0123456789ABCDEF"[c >> 4]);
            buf_char(b, "0123456789ABCDEF"[c & 15]);
        }
    }
}

void html_fragment(struct html_out *o, str id)
{
    percent_encode(&o->b, id);
}

url url_seg(struct arena *a, str prefix, str segment, str suffix)
{
    buf b = {.a = a};
    buf_put(&b, prefix);
    /* these two, even as %2E, would mean another folder to a browser: lead nowhere instead */
    if (str_eq(segment, S(".")) || str_eq(segment, S("..")))
        buf_put(&b, segment.n == 1 ? S("%252E") : S("%252E%252E"));
    else
        percent_encode(&b, segment);
    buf_put(&b, suffix);
    return (url){buf_str(&b)};
}

url url_query(struct arena *a, url u, str name, str value)
{
    buf b = {.a = a};
    ptrdiff_t hash = str_find_char(u.s, '#');
    size_t end = hash < 0 ? u.s.n : (size_t)hash;
    str before = str_sub(u.s, 0, end);
    buf_put(&b, before);
    buf_char(&b, str_find_char(before, '?') < 0 ? '?' : '&');
    percent_encode(&b, name);
    buf_char(&b, '=');
    percent_encode(&b, value);
    buf_put(&b, str_from(u.s, end));
    return (url){buf_str(&b)};
}

bool url_web(str s, url *out)
{
    str scheme = str_sub(s, 0, 8);
    size_t at = str_eq_nocase(scheme, S("https://")) ? 8 : 0;
    if (at == 0 && str_eq_nocase(str_sub(s, 0, 7), S("http://")))
        at = 7;
    if (at == 0 || s.n > 2000)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || str_find_char(S("\"'<>\\^`{|}"), s.p[i]) >= 0)
            return false;
    size_t host = at;
    while (host < s.n && str_find_char(S("/?#"), s.p[host]) < 0)
        host++;
    str authority = str_sub(s, at, host - at);
    if (authority.n == 0 || str_find_char(authority, '@') >= 0 || authority.p[0] == ':')
        return false;
    *out = (url){s};
    return true;
}
