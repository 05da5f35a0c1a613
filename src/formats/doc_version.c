/* doc_version.c - integer and semantic versions; see instant.h. */
#include "formats/instant.h"

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all_digits(str s)
{
    size_t i = 0;
    while (i < s.n && digit(s.p[i]))
        i++;
    return i > 0 && i == s.n;
}

/* A number without zeros in front. */
static bool plain_number(str s)
{
    return all_digits(s) && (s.n == 1 || !str_has_prefix(s, S("0")));
}

static bool identifier(str s, bool pre)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!digit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '-')
            return false;
    }
    return s.n > 0 && !(pre && all_digits(s) && !plain_number(s));
}

static bool identifiers(str s, bool pre)
{
    for (;;) {
        ptrdiff_t dot = str_find_char(s, '.');
        if (dot < 0)
            return identifier(s, pre);
        if (!identifier(str_sub(s, 0, (size_t)dot), pre))
            return false;
        s = str_from(s, (size_t)dot + 1);
    }
}

/* What stands behind sep; absent where there is no sep. */
static str behind(str *s, char sep)
{
    ptrdiff_t at = str_find_char(*s, sep);
    if (at < 0)
        return NO_STR;
    str rest = str_from(*s, (size_t)at + 1);
    *s = str_sub(*s, 0, (size_t)at);
    return rest;
}

bool doc_version_read(str s, struct doc_version *out)
{
    *out = (struct doc_version){.integer = true, .major = s};
    if (plain_number(s))
        return true;
    out->integer = false;
    out->build = behind(&s, '+');
    out->pre = behind(&s, '-');
    out->patch = s;
    out->minor = behind(&out->patch, '.');
    out->major = out->patch;
    out->patch = behind(&out->minor, '.');
    return plain_number(out->major) && plain_number(out->minor) && plain_number(out->patch) &&
           (out->pre.p == NULL || identifiers(out->pre, true)) &&
           (out->build.p == NULL || identifiers(out->build, false));
}

static str without_zeros(str s)
{
    while (s.n > 0 && s.p[0] == '0')
        s = str_from(s, 1);
    return s;
}

int digits_cmp(str x, str y)
{
    x = without_zeros(x);
    y = without_zeros(y);
    return x.n != y.n ? (x.n < y.n ? -1 : 1) : str_cmp(x, y);
}

static int identifier_cmp(str x, str y)
{
    bool number = all_digits(x);
    if (number != all_digits(y))
        return number ? -1 : 1;
    return number ? digits_cmp(x, y) : str_cmp(x, y);
}

int semver_pre_cmp(str x, str y)
{
    if (x.p == NULL || y.p == NULL)
        return (x.p == NULL) - (y.p == NULL);
    while (x.n > 0 && y.n > 0) {
        int order = identifier_cmp(str_cut(&x, '.'), str_cut(&y, '.'));
        if (order != 0)
            return order;
    }
    return (x.n > 0) - (y.n > 0);
}

int doc_version_cmp(const struct doc_version *x, const struct doc_version *y)
{
    int order = digits_cmp(x->major, y->major);
    if (order == 0)
        order = digits_cmp(x->minor, y->minor);
    if (order == 0)
        order = digits_cmp(x->patch, y->patch);
    return order == 0 ? semver_pre_cmp(x->pre, y->pre) : order;
}

bool doc_version_is_zero(const struct doc_version *v)
{
    return str_eq(v->major, S("0"));
}
