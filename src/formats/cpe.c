/* cpe.c - see cpe.h: formatted strings. */
#include "formats/cpe.h"

#include "formats/cpe_own.h"

static bool letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

bool cpe_unquoted(char c)
{
    return letter(c) || digit(c) || c == '.' || c == '-' || c == '_';
}

static bool quoted(char c)
{
    return str_find_char(S("\\*?!\"#$%&'()+,/:;<=>@[]^`{|}~"), c) >= 0;
}

/* Any number of '?', or one '*', at an end. */
static size_t wildcards(str s)
{
    size_t n = 0;
    if (s.n > 0 && s.p[0] == '*')
        return 1;
    while (n < s.n && s.p[n] == '?')
        n++;
    return n;
}

bool cpe_value_valid(str s)
{
    if (str_eq(s, S("*")) || str_eq(s, S("-")))
        return true;
    size_t at = wildcards(s), from = at;
    while (at < s.n) {
        if (cpe_unquoted(s.p[at]))
            at++;
        else if (s.p[at] == '\\' && at + 1 < s.n && quoted(s.p[at + 1]))
            at += 2;
        else
            break;
    }
    return at > from && at + wildcards(str_from(s, at)) == s.n;
}

static bool language_valid(str s)
{
    if (str_eq(s, S("*")) || str_eq(s, S("-")))
        return true;
    str main = str_cut(&s, '-');
    size_t i = 0;
    while (i < main.n && letter(main.p[i]))
        i++;
    if (i != main.n || i < 2 || i > 3 || s.p == NULL)
        return false;
    size_t letters = 0, digits = 0;
    for (size_t k = 0; k < s.n; k++) {
        letters += letter(s.p[k]);
        digits += digit(s.p[k]);
    }
    return s.n == 0 || (s.n == 2 && letters == 2) || (s.n == 3 && digits == 3);
}

static bool part_valid(str s)
{
    return s.n == 1 && str_find_char(S("aho*-"), s.p[0]) >= 0;
}

enum err cpe_check(const struct cpe *c, str *why, str *bad)
{
    for (size_t i = 0; i < CPE_ATTRS; i++) {
        *bad = c->v[i];
        *why = S("cpe_value");
        if (i == CPE_PART && !part_valid(c->v[i]))
            *why = S("cpe_part");
        else if (i == CPE_LANGUAGE && !language_valid(c->v[i]))
            *why = S("cpe_language");
        else if (cpe_value_valid(c->v[i]))
            continue;
        return E_INVALID;
    }
    return OK;
}

/* A component up to the next ':' that no '\' quotes. */
static str cut(str *rest)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ':')
        n += rest->p[n] == '\\' && n + 1 < rest->n ? 2 : 1;
    str head = str_sub(*rest, 0, n);
    *rest = n < rest->n ? str_from(*rest, n + 1) : NO_STR;
    return head;
}

static enum err read_formatted(struct arena *a, str rest, struct cpe *out, str *why, str *bad)
{
    size_t n = 0;
    *bad = rest;
    *why = S("cpe_count");
    for (; rest.p != NULL; n++) {
        str value = cut(&rest);
        if (n == CPE_ATTRS)
            return E_INVALID;
        out->v[n] = str_lower(a, value);
    }
    return n == CPE_ATTRS ? cpe_check(out, why, bad) : E_INVALID;
}

enum err cpe_read(struct arena *a, str text, struct cpe *out, str *why, str *bad)
{
    *out = (struct cpe){0};
    if (str_has_prefix(text, S("cpe:2.3:")))
        return read_formatted(a, str_from(text, 8), out, why, bad);
    out->uri = str_eq_nocase(str_sub(text, 0, 5), S("cpe:/"));
    if (out->uri)
        return cpe_read_uri(a, str_from(text, 5), out, why, bad);
    *why = S("cpe_prefix");
    *bad = text;
    return E_INVALID;
}

str cpe_write(struct arena *a, const struct cpe *c)
{
    buf b = {.a = a};
    buf_put(&b, S("cpe:2.3"));
    for (size_t i = 0; i < CPE_ATTRS; i++) {
        buf_char(&b, ':');
        buf_put(&b, c->v[i]);
    }
    return buf_str(&b);
}

str cpe_plain(struct arena *a, str value)
{
    buf b = {.a = a};
    for (size_t i = 0; i < value.n; i++) {
        i += value.p[i] == '\\' && i + 1 < value.n;
        buf_char(&b, value.p[i]);
    }
    return b.n == 0 ? S("") : buf_str(&b);
}
