/* purl.c - see purl.h: taking package URLs apart, as ECMA-427 clause 5 says. */
#include "formats/purl.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "formats/percent.h"
#include "formats/purl_own.h"

#include <stdlib.h>

struct qualifiers {
    VEC(struct purl_qualifier)
};

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static enum err because(str *why, str code)
{
    *why = code;
    return E_INVALID;
}

/* Everything behind the last sep, which is cut off; absent: there is none. */
static str cut_last(str *s, char sep)
{
    for (size_t i = s->n; i-- > 0;) {
        if (s->p[i] == sep) {
            str behind = str_from(*s, i + 1);
            *s = str_sub(*s, 0, i);
            return behind;
        }
    }
    return NO_STR;
}

/* What may stand as it is: printable ASCII but the separators named, space, quote and the
 * like that no URL has. */
static bool plain(char c, str separators)
{
    return c > ' ' && c < 0x7F && str_find_char(S("\"<>\\^`{|}"), c) < 0 &&
           str_find_char(separators, c) < 0;
}

static enum err decode(struct arena *a, str s, str separators, str *out, str *why)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '%') {
            if (!plain(s.p[i], separators))
                return because(why, S("purl_character"));
            buf_char(&b, s.p[i]);
            continue;
        }
        int byte = percent_byte(s, i);
        if (byte < 0)
            return because(why, S("purl_encoding"));
        buf_char(&b, (char)byte);
        i += 2;
    }
    *out = b.n == 0 ? S("") : buf_str(&b);
    return utf8_valid(*out) ? OK : because(why, S("purl_encoding"));
}

static str strip(str s, char c)
{
    while (s.n > 0 && s.p[0] == c)
        s = str_from(s, 1);
    while (s.n > 0 && s.p[s.n - 1] == c)
        s = str_sub(s, 0, s.n - 1);
    return s;
}

/* Segments between slashes, each decoded.  Those of a subpath that say nothing are dropped. */
static enum err segments(struct arena *a, str s, bool subpath, str *out, str *why)
{
    buf b = {.a = a};
    *out = NO_STR;
    for (str rest = strip(s, '/'); rest.n > 0;) {
        str segment = str_cut(&rest, '/');
        TRY(decode(a, segment, S("?#"), &segment, why));
        if (subpath && (segment.n == 0 || str_eq(segment, S(".")) || str_eq(segment, S(".."))))
            continue;
        if (segment.n == 0 || str_find_char(segment, '/') >= 0)
            return because(why, S("purl_segment"));
        if (b.n > 0)
            buf_char(&b, '/');
        buf_put(&b, segment);
    }
    if (b.n > 0)
        *out = buf_str(&b);
    return OK;
}

static bool key_valid(str key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (!letter(c) && !digit(c) && c != '.' && c != '-' && c != '_')
            return false;
    }
    return key.n > 0 && letter(key.p[0]);
}

static int by_key(const void *x, const void *y)
{
    return str_cmp(((const struct purl_qualifier *)x)->key,
                   ((const struct purl_qualifier *)y)->key);
}

static enum err qualifiers(struct arena *a, str s, struct purl *out, str *why)
{
    struct qualifiers qs = {0};
    while (s.n > 0) {
        str pair = str_cut(&s, '&'), key = str_cut(&pair, '='), value;
        if (!key_valid(key))
            return because(why, S("purl_key"));
        TRY(decode(a, pair, S("#"), &value, why));
        if (value.n > 0)
            *PUSH(a, &qs) = (struct purl_qualifier){str_lower(a, key), value};
    }
    if (qs.n > 1)
        qsort(qs.v, qs.n, sizeof *qs.v, by_key);
    for (size_t i = 1; i < qs.n; i++) {
        if (str_eq(qs.v[i - 1].key, qs.v[i].key))
            return because(why, S("purl_duplicate"));
    }
    out->qualifiers = qs.v;
    out->nqualifiers = qs.n;
    return OK;
}

static enum err read_type(struct arena *a, str *rest, str *out, str *why)
{
    str type = str_cut(rest, '/');
    for (size_t i = 0; i < type.n; i++) {
        if (!letter(type.p[i]) && !digit(type.p[i]) && type.p[i] != '.' && type.p[i] != '-')
            return because(why, S("purl_type"));
    }
    if (type.n == 0 || !letter(type.p[0]))
        return because(why, S("purl_type"));
    *out = str_lower(a, type);
    return OK;
}

/* namespace/name@version.  An '@' that begins a segment is part of it ("@scope/name"), if
 * there is a name behind it. */
static enum err read_path(struct arena *a, str path, struct purl *out, str *why)
{
    str rest = strip(path, '/'), version = cut_last(&rest, '@');
    bool scope = version.p != NULL && (rest.n == 0 || rest.p[rest.n - 1] == '/');
    if (scope && str_find_char(version, '/') >= 0) {
        rest = strip(path, '/');
        version = NO_STR;
    } else if (scope) {
        return because(why, S("purl_name"));
    }
    rest = strip(rest, '/');
    str name = cut_last(&rest, '/'), ns = name.p == NULL ? NO_STR : rest;
    TRY(decode(a, name.p == NULL ? rest : name, S("@?#"), &out->name, why));
    if (out->name.n == 0)
        return because(why, S("purl_name"));
    if (version.n > 0)
        TRY(decode(a, version, S("?#"), &out->version, why));
    return segments(a, ns, false, &out->ns, why);
}

enum err purl_read(struct arena *a, str text, struct purl *out, str *why)
{
    *out = (struct purl){0};
    if (!str_has_prefix(text, S("pkg:")))
        return because(why, S("purl_scheme"));
    str rest = str_from(text, 4);
    if (str_has_prefix(rest, S("//")))
        return because(why, S("purl_authority"));
    str path = str_cut(&rest, '#');
    TRY(segments(a, rest, true, &out->subpath, why));
    rest = path;
    path = str_cut(&rest, '?');
    TRY(qualifiers(a, rest, out, why));
    path = strip(path, '/');
    TRY(read_type(a, &path, &out->type, why));
    TRY(read_path(a, path, out, why));
    return purl_by_type(a, out, why);
}
