/* cookie.c - see cookie.h. */
#include "formats/cookie.h"

#include <string.h>

static bool is_octets(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || strchr("\",;\\", s.p[i]) != NULL)
            return false;
    return true;
}

static bool is_token(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~' || strchr("()<>@,;:\\\"/[]?={}", s.p[i]) != NULL)
            return false;
    return s.n > 0;
}

static str unquoted(str s)
{
    bool quoted = s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"';
    return quoted ? str_sub(s, 1, s.n - 2) : s;
}

str cookie_get(str header, str name)
{
    str found = NO_STR;
    while (header.n > 0) {
        str value = str_cut(&header, ';');
        if (!str_eq(str_trim(str_cut(&value, '=')), name))
            continue;
        value = unquoted(str_trim(value));
        if (!is_octets(value) || (found.p != NULL && !str_eq(found, value)))
            return NO_STR;
        found = value.p ? value : S("");
    }
    return found;
}

str cookie_set(struct arena *a, struct cookie c)
{
    buf b = {.a = a};
    must(is_token(c.name) && is_octets(c.value));
    must(c.secure || !str_has_prefix(c.name, S("__Host-")));
    buf_put(&b, c.name);
    buf_char(&b, '=');
    buf_put(&b, c.value);
    buf_put(&b, S("; Path=/; HttpOnly"));
    buf_put(&b, c.strict ? S("; SameSite=Strict") : S("; SameSite=Lax"));
    if (c.secure)
        buf_put(&b, S("; Secure"));
    if (c.max_age != 0) {
        buf_put(&b, S("; Max-Age="));
        buf_i64(&b, c.max_age > 0 ? c.max_age : 0);
    }
    return buf_str(&b);
}
