/* identifier.c - see identifier.h. */
#include "formats/identifier.h"

#include "formats/cpe.h"
#include "formats/purl.h"

bool version_same(str x, str y)
{
    if (x.n > 1 && (x.p[0] == 'v' || x.p[0] == 'V'))
        x = str_from(x, 1);
    if (y.n > 1 && (y.p[0] == 'v' || y.p[0] == 'V'))
        y = str_from(y, 1);
    return str_eq_nocase(x, y);
}

/* --- CPE -------------------------------------------------------------------------------------- */

static bool read_cpe(struct arena *a, str text, struct cpe *out)
{
    str why, bad;
    return text.n > 0 && cpe_read(a, text, out, &why, &bad) == OK;
}

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

/* As a value of a formatted string; absent: it has what none may have. */
static str quote(struct arena *a, str version)
{
    buf b = {.a = a};
    str s = str_lower(a, version);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i] == ' ' ? '_' : s.p[i];
        if ((unsigned char)c < ' ' || (unsigned char)c >= 0x7F)
            return NO_STR;
        if (!is_plain(c) || (s.n == 1 && c == '-')) /* "-" alone means: there is none */
            buf_char(&b, '\\');
        buf_char(&b, c);
    }
    return buf_str(&b);
}

str cpe_of_version(struct arena *a, str cpe, str version)
{
    struct cpe c;
    if (!read_cpe(a, cpe, &c))
        return NO_STR;
    str own = c.v[CPE_VERSION];
    bool open = str_eq(own, S("*"));
    if (version.n == 0)
        return open || str_eq(own, S("-")) ? cpe : NO_STR;
    if (!open)
        return version_same(cpe_plain(a, own), version) ? cpe : NO_STR;
    str quoted = quote(a, version);
    if (quoted.n == 0)
        return cpe;
    c.v[CPE_VERSION] = quoted;
    struct cpe again;
    str named = cpe_write(a, &c);
    return read_cpe(a, named, &again) ? named : cpe;
}

str cpe_of_product(struct arena *a, str cpe)
{
    struct cpe c;
    if (!read_cpe(a, cpe, &c))
        return NO_STR;
    for (size_t i = CPE_VERSION; i < CPE_ATTRS; i++)
        c.v[i] = S("*");
    return cpe_write_uri(a, &c);
}

/* --- package URL ------------------------------------------------------------------------------ */

static bool read_purl(struct arena *a, str text, struct purl *out)
{
    str why;
    return text.n > 0 && purl_read(a, text, out, &why) == OK;
}

str purl_of_version(struct arena *a, str purl, str version)
{
    struct purl p, again;
    if (!read_purl(a, purl, &p))
        return NO_STR;
    if (version.n == 0)
        return p.version.n == 0 ? purl : NO_STR;
    if (p.version.n > 0)
        return version_same(p.version, version) ? purl : NO_STR;
    bool go = str_eq(p.type, S("golang")) && version.p[0] >= '0' && version.p[0] <= '9';
    p.version = go ? str_join(a, S("v"), version) : version;
    str named = purl_write(a, &p);
    return read_purl(a, named, &again) ? named : purl; /* "oci": its versions are digests */
}

str purl_of_product(struct arena *a, str purl)
{
    struct purl p;
    if (!read_purl(a, purl, &p))
        return NO_STR;
    struct purl_qualifier *kept = NEWS(a, struct purl_qualifier, p.nqualifiers + 1);
    size_t n = 0;
    for (size_t i = 0; i < p.nqualifiers; i++) /* "vers" names a range of versions */
        if (!str_eq(p.qualifiers[i].key, S("vers")))
            kept[n++] = p.qualifiers[i];
    p.version = NO_STR;
    p.qualifiers = kept;
    p.nqualifiers = n;
    return purl_write(a, &p);
}
