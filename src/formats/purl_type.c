/* purl_type.c - what the types of package URLs ask, and the canonical form; see purl.h. */
#include "formats/fact.h"
#include "formats/percent.h"
#include "formats/purl_own.h"

#include <utf8proc.h>

struct rules {
    str ns, lower, rule, qualifier;
};

/* ECMA-427 folds by Unicode's full mapping; simple mapping is the same but for a few letters
 * that no registry of packages takes. */
static str lower(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t at = 0; at < s.n;) {
        utf8proc_int32_t c;
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t n =
            utf8proc_iterate((const utf8proc_uint8_t *)s.p + at, (utf8proc_ssize_t)(s.n - at), &c);
        must(n > 0);
        at += (size_t)n;
        n = utf8proc_encode_char(utf8proc_tolower(c), bytes);
        buf_put(&b, (str){(const char *)bytes, (size_t)n});
    }
    return s.n == 0 ? s : buf_str(&b);
}

static str replaced(struct arena *a, str s, bool underscore)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (underscore)
            buf_char(&b, word ? c : '_');
        else
            buf_char(&b, c == '_' ? '-' : c);
    }
    return buf_str(&b);
}

static bool has_word(str words, str word)
{
    while (words.n > 0) {
        if (str_eq(str_cut(&words, ' '), word))
            return true;
    }
    return false;
}

static bool has_small(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= 'a' && s.p[i] <= 'z')
            return true;
    }
    return false;
}

static bool crx(str name)
{
    size_t i = 0;
    while (i < name.n && name.p[i] >= 'a' && name.p[i] <= 'z')
        i++;
    return i == 32 && i == name.n;
}

static bool two_segments(str ns)
{
    (void)str_cut(&ns, '/');
    (void)str_cut(&ns, '/');
    return ns.n == 0;
}

static bool keeps_rule(str rule, const struct purl *p)
{
    return !(has_word(rule, S("upper")) && has_small(p->ns)) &&
           !(has_word(rule, S("module")) && str_find(p->name, S("::")) >= 0) &&
           !(has_word(rule, S("segments2")) && !two_segments(p->ns)) &&
           !(has_word(rule, S("crx")) && !crx(p->name));
}

static bool has_qualifier(const struct purl *p, str key)
{
    for (size_t i = 0; i < p->nqualifiers; i++) {
        if (str_eq(p->qualifiers[i].key, key))
            return true;
    }
    return key.n == 0;
}

static void fold(struct arena *a, struct purl *p, const struct rules *r)
{
    if (str_find_char(r->lower, 'N') >= 0)
        p->ns = lower(a, p->ns);
    if (str_find_char(r->lower, 'A') >= 0)
        p->name = lower(a, p->name);
    if (str_find_char(r->lower, 'V') >= 0)
        p->version = lower(a, p->version);
    if (has_word(r->rule, S("dash")))
        p->name = replaced(a, p->name, false);
    if (has_word(r->rule, S("underscore")))
        p->name = replaced(a, p->name, true);
}

enum err purl_by_type(struct arena *a, struct purl *p, str *why)
{
    str cells;
    if (!fact_find(S("purl-types"), p->type, &cells))
        return OK;
    p->registered = true;
    struct rules r = {.ns = str_cut(&cells, '\t')};
    r.lower = str_cut(&cells, '\t');
    r.rule = str_cut(&cells, '\t');
    r.qualifier = cells;
    fold(a, p, &r);
    *why = NO_STR;
    if (str_eq(r.ns, S("required")) && p->ns.n == 0)
        *why = S("purl_namespace");
    else if (str_eq(r.ns, S("prohibited")) && p->ns.n > 0)
        *why = S("purl_no_namespace");
    else if (!keeps_rule(r.rule, p))
        *why = S("purl_rule");
    else if (!has_qualifier(p, r.qualifier))
        *why = S("purl_qualifier");
    return why->p == NULL ? OK : E_INVALID;
}

/* Colons stay as they are. */
static void put(buf *b, str s)
{
    while (s.n > 0) {
        ptrdiff_t colon = str_find_char(s, ':');
        percent_put(b, colon < 0 ? s : str_sub(s, 0, (size_t)colon));
        if (colon < 0)
            return;
        buf_char(b, ':');
        s = str_from(s, (size_t)colon + 1);
    }
}

static void put_segments(buf *b, str s)
{
    while (s.n > 0) {
        put(b, str_cut(&s, '/'));
        if (s.n > 0)
            buf_char(b, '/');
    }
}

str purl_write(struct arena *a, const struct purl *p)
{
    buf b = {.a = a};
    buf_put(&b, S("pkg:"));
    buf_put(&b, p->type);
    buf_char(&b, '/');
    if (p->ns.n > 0) {
        put_segments(&b, p->ns);
        buf_char(&b, '/');
    }
    put(&b, p->name);
    if (p->version.n > 0) {
        buf_char(&b, '@');
        put(&b, p->version);
    }
    for (size_t i = 0; i < p->nqualifiers; i++) {
        buf_char(&b, i == 0 ? '?' : '&');
        buf_put(&b, p->qualifiers[i].key);
        buf_char(&b, '=');
        put(&b, p->qualifiers[i].value);
    }
    if (p->subpath.n > 0) {
        buf_char(&b, '#');
        put_segments(&b, p->subpath);
    }
    return buf_str(&b);
}

bool purl_same_package(const struct purl *x, const struct purl *y)
{
    return str_eq(x->type, y->type) && str_eq(x->ns, y->ns) && str_eq(x->name, y->name) &&
           str_eq(x->version, y->version) && str_eq(x->subpath, y->subpath);
}
