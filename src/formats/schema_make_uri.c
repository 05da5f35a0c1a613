/* schema_make_uri.c - references between schemas (RFC 3986, 5.2). */
#include "formats/schema_make.h"

struct parts {
    str scheme, authority, path, query; /* absent, or with the marks that begin or end them */
};

static size_t upto(str s, const char *marks)
{
    size_t i = 0;
    while (i < s.n && str_find_char(str_z(marks), s.p[i]) < 0)
        i++;
    return i;
}

static str take(str *s, size_t n)
{
    str part = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return part;
}

static struct parts split(str s)
{
    struct parts p = {.scheme = S(""), .authority = S("")};
    size_t n = upto(s, ":/?#");
    if (n > 0 && n < s.n && s.p[n] == ':')
        p.scheme = take(&s, n + 1);
    if (str_has_prefix(s, S("//")))
        p.authority = take(&s, 2 + upto(str_from(s, 2), "/?#"));
    p.path = take(&s, upto(s, "?#"));
    p.query = take(&s, upto(s, "#"));
    return p;
}

/* 5.2.4 */
static str without_dots(struct arena *a, str path)
{
    buf b = {.a = a};
    while (path.n > 0) {
        bool last = str_eq(path, S("/.")) || str_eq(path, S("/.."));
        if (str_has_prefix(path, S("/../")) || str_eq(path, S("/.."))) {
            while (b.n > 0 && b.p[--b.n] != '/')
                ;
            path = str_from(path, 3);
        } else if (str_has_prefix(path, S("/./")) || str_eq(path, S("/."))) {
            path = str_from(path, 2);
        } else {
            size_t n = path.p[0] == '/';
            buf_put(&b, take(&path, n + upto(str_from(path, n), "/")));
        }
        if (last)
            buf_char(&b, '/');
    }
    return buf_str(&b);
}

static str merge(struct arena *a, const struct parts *base, str path)
{
    size_t n = base->path.n;
    if (path.n > 0 && path.p[0] == '/')
        return path;
    if (n == 0 && base->authority.n > 0)
        return str_join(a, S("/"), path);
    while (n > 0 && base->path.p[n - 1] != '/')
        n--;
    return str_join(a, str_sub(base->path, 0, n), path);
}

str schema_uri_resolve(struct arena *a, str base, str ref)
{
    size_t fragment = upto(ref, "#");
    struct parts b = split(base), r = split(ref);
    str end = str_from(ref, fragment);
    bool named = r.scheme.n > 0 || r.authority.n > 0;
    if (r.scheme.n > 0 && r.authority.n == 0 && r.path.n > 0 && r.path.p[0] != '/')
        return ref; /* urn:… has no path to go along */
    if (r.scheme.n == 0)
        r.scheme = b.scheme;
    if (!named) {
        r.authority = b.authority;
        if (r.path.n == 0) {
            r.path = b.path;
            r.query = r.query.n > 0 ? r.query : b.query;
        } else {
            r.path = merge(a, &b, r.path);
        }
    }
    bool plain = r.authority.n == 0 && (r.path.n == 0 || r.path.p[0] != '/');
    str path = plain ? r.path : without_dots(a, r.path);
    return str_fmt(a, "%.*s%.*s%.*s%.*s%.*s", SV(r.scheme), SV(r.authority), SV(path), SV(r.query),
                   SV(end));
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

str schema_uri_decode(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++) {
        bool coded = s.p[i] == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0;
        buf_char(&b, coded ? (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2])) : s.p[i]);
        i += coded ? 2 : 0;
    }
    return buf_str(&b);
}
