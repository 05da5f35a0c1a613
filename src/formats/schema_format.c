/* schema_format.c - the formats that JSON Schema names (Draft 2020-12, 7.3). */
#include "formats/schema_own.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_hex(char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static bool is_of(char c, const char *set)
{
    for (; *set != 0; set++)
        if (*set == c)
            return true;
    return false;
}

/* ---- RFC 3339 ---- */

/* So many digits at the beginning, which are removed; or -1. */
static int number(str *s, size_t digits)
{
    int v = 0;
    if (s->n < digits)
        return -1;
    for (size_t i = 0; i < digits; i++) {
        if (!is_digit(s->p[i]))
            return -1;
        v = v * 10 + (s->p[i] - '0');
    }
    *s = str_from(*s, digits);
    return v;
}

static bool mark(str *s, const char *set)
{
    if (s->n == 0 || !is_of(s->p[0], set))
        return false;
    *s = str_from(*s, 1);
    return true;
}

static bool date(str *s)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int y = number(s, 4);
    if (y < 0 || !mark(s, "-"))
        return false;
    int m = number(s, 2);
    if (m < 1 || m > 12 || !mark(s, "-"))
        return false;
    int d = number(s, 2);
    bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
    return d >= 1 && d <= days[m - 1] && (m != 2 || d < 29 || leap);
}

/* Minutes east of UTC. */
static bool offset(str *s, int *minutes)
{
    *minutes = 0;
    if (mark(s, "Zz"))
        return true;
    bool west = s->n > 0 && s->p[0] == '-';
    if (!mark(s, "+-"))
        return false;
    int h = number(s, 2);
    if (h < 0 || h > 23 || !mark(s, ":"))
        return false;
    int m = number(s, 2);
    *minutes = (west ? -1 : 1) * (h * 60 + m);
    return m >= 0 && m < 60;
}

/* A second 60 only where a leap second can be: in the last minute of a day of UTC. */
static bool time_of_day(str *s)
{
    int h = number(s, 2), east;
    if (h < 0 || h > 23 || !mark(s, ":"))
        return false;
    int m = number(s, 2);
    if (m < 0 || m > 59 || !mark(s, ":"))
        return false;
    int second = number(s, 2);
    if (second < 0 || second > 60)
        return false;
    if (mark(s, ".")) {
        if (number(s, 1) < 0)
            return false;
        while (s->n > 0 && is_digit(s->p[0]))
            *s = str_from(*s, 1);
    }
    if (!offset(s, &east))
        return false;
    return second < 60 || (h * 60 + m - east + 2 * 1440) % 1440 == 1439;
}

static bool is_date_time(str s)
{
    return date(&s) && mark(&s, "Tt") && time_of_day(&s) && s.n == 0;
}

static bool is_date(str s)
{
    return date(&s) && s.n == 0;
}

static bool is_time(str s)
{
    return time_of_day(&s) && s.n == 0;
}

/* ---- RFC 3986 ---- */

/* Where in a URI a character may stand. */
enum use {
    NAME = 1,  /* letters, digits, -._~!$&'()*+,;= */
    USER = 2,  /* and : */
    PATH = 4,  /* and @ / */
    QUERY = 8, /* and ? */
};
static const unsigned char uses[256] = {
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  15, 0,  0,  15, 0,  15, 15, 15, 15, 15, 15,
    15, 15, 15, 12, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 14, 15, 0,  15, 0,  8,  12, 15,
    15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,
    15, 15, 15, 0,  0,  0,  0,  15, 0,  15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,
    15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 0,  0,  0,  15, 0,
};

/* The first character from i on that may not stand there so. */
static size_t span(str s, size_t i, enum use use)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (; s.n - i >= 4; i += 4)
        if ((uses[p[i]] & uses[p[i + 1]] & uses[p[i + 2]] & uses[p[i + 3]] & use) == 0)
            break;
    while (i < s.n && (uses[p[i]] & use) != 0)
        i++;
    return i;
}

static bool all_of(str s, enum use use)
{
    for (size_t i = span(s, 0, use); i < s.n; i = span(s, i + 3, use))
        if (s.p[i] != '%' || i + 2 >= s.n || !is_hex(s.p[i + 1]) || !is_hex(s.p[i + 2]))
            return false;
    return true;
}

static bool is_ipv6(str s)
{
    size_t colons = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_hex(s.p[i]) && s.p[i] != ':' && s.p[i] != '.')
            return false;
        colons += s.p[i] == ':';
    }
    return colons >= 2 && colons <= 8;
}

static bool is_ip_literal(str s)
{
    if (s.n < 4 || s.p[s.n - 1] != ']')
        return false;
    str inside = str_sub(s, 1, s.n - 2);
    if ((inside.p[0] | 0x20) == 'v')
        return all_of(inside, USER) && str_find_char(inside, '%') < 0;
    return is_ipv6(inside);
}

static bool is_authority(str s)
{
    ptrdiff_t user = str_find_char(s, '@');
    if (user >= 0) {
        if (!all_of(str_sub(s, 0, (size_t)user), USER))
            return false;
        s = str_from(s, (size_t)user + 1);
    }
    size_t end = s.n;
    while (end > 0 && is_digit(s.p[end - 1]))
        end--;
    if (end > 0 && s.p[end - 1] == ':')
        s.n = end - 1;
    if (s.n > 0 && s.p[0] == '[')
        return is_ip_literal(s);
    return all_of(s, NAME);
}

/* All behind the scheme. */
static bool is_relative(str s)
{
    ptrdiff_t hash = str_find_char(s, '#');
    str fragment = hash < 0 ? S("") : str_from(s, (size_t)hash + 1);
    if (hash >= 0)
        s.n = (size_t)hash;
    ptrdiff_t ask = str_find_char(s, '?');
    str query = ask < 0 ? S("") : str_from(s, (size_t)ask + 1);
    if (ask >= 0)
        s.n = (size_t)ask;
    if (str_has_prefix(s, S("//"))) {
        s = str_from(s, 2);
        ptrdiff_t slash = str_find_char(s, '/');
        size_t n = slash < 0 ? s.n : (size_t)slash;
        if (!is_authority(str_sub(s, 0, n)))
            return false;
        s = str_from(s, n);
    }
    return all_of(s, PATH) && all_of(query, QUERY) && all_of(fragment, QUERY);
}

/* How long the scheme with its colon is, or 0. */
static size_t scheme_of(str s)
{
    size_t i = 0;
    while (i < s.n && (is_letter(s.p[i]) || (i > 0 && (is_digit(s.p[i]) || is_of(s.p[i], "+-.")))))
        i++;
    return i > 0 && i < s.n && s.p[i] == ':' ? i + 1 : 0;
}

/* As nearly all are: of the web, with a plain name, path, query and fragment.  False: that needs
 * a closer look. */
static bool is_plain_uri(str s)
{
    bool secure = str_has_prefix(s, S("https://"));
    if (!secure && !str_has_prefix(s, S("http://")))
        return false;
    size_t at = span(s, secure ? 8 : 7, NAME);
    if (at < s.n && s.p[at] == '/')
        at = span(s, at, PATH);
    if (at < s.n && s.p[at] == '?')
        at = span(s, at, QUERY);
    if (at < s.n && s.p[at] == '#')
        at = span(s, at + 1, QUERY);
    return at == s.n;
}

static bool is_uri(str s)
{
    if (is_plain_uri(s))
        return true;
    size_t n = scheme_of(s);
    return n > 0 && is_relative(str_from(s, n));
}

static bool is_uri_reference(str s)
{
    size_t n = scheme_of(s), i = 0;
    while (n == 0 && i < s.n && !is_of(s.p[i], ":/?#"))
        i++;
    return (n > 0 || i == s.n || s.p[i] != ':') && is_relative(str_from(s, n));
}

/* ---- others ---- */

static bool is_uuid(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? s.p[i] != '-' : !is_hex(s.p[i]))
            return false;
    }
    return s.n == 36;
}

static bool is_ipv4(str s)
{
    for (int part = 0; part < 4; part++) {
        str digits = str_cut(&s, part < 3 ? '.' : '\0');
        i64 v;
        bool fits = str_i64(digits, &v) && v < 256 && (digits.n == 1 || digits.p[0] != '0');
        if (!fits)
            return false;
    }
    return s.n == 0;
}

/* RFC 5321, 4.1.3 */
static bool is_address(str s)
{
    str inside = str_sub(s, 1, s.n - 2);
    if (s.p[s.n - 1] != ']')
        return false;
    if (!str_has_prefix(inside, S("IPv6:")))
        return is_ipv4(inside);
    return is_ipv6(str_from(inside, 5));
}

static bool is_domain(str s)
{
    bool fits = s.n > 0 && s.n < 254;
    if (s.n > 6 && s.p[0] == '[')
        return is_address(s);
    for (bool last = false; fits && !last;) {
        last = str_find_char(s, '.') < 0;
        str label = str_cut(&s, '.');
        fits = label.n > 0 && label.n < 64 && label.p[0] != '-' && label.p[label.n - 1] != '-';
        for (size_t i = 0; i < label.n; i++)
            fits &= is_letter(label.p[i]) || is_digit(label.p[i]) || label.p[i] == '-';
    }
    return fits;
}

/* RFC 5321, 4.1.2: Mailbox. */
static bool is_local(str s)
{
    if (s.n > 2 && s.p[0] == '"' && s.p[s.n - 1] == '"') {
        for (size_t i = 1; i + 1 < s.n; i++)
            if (s.p[i] < ' ' || (s.p[i] == '"' && s.p[i - 1] != '\\'))
                return false;
        return true;
    }
    char before = '.';
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '.' ? before == '.'
                     : !is_letter(c) && !is_digit(c) && !is_of(c, "!#$%&'*+-/=?^_`{|}~"))
            return false;
        before = c;
    }
    return before != '.';
}

static bool is_email(str s)
{
    size_t at = s.n;
    while (at > 0 && s.p[at - 1] != '@')
        at--;
    return at > 1 && is_local(str_sub(s, 0, at - 1)) && is_domain(str_from(s, at));
}

static bool is_regex(str s)
{
    struct arena *a = arena_new();
    bool is = regex_make(a, s) != NULL;
    arena_free(a);
    return is;
}

static bool is_json_pointer(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '~' && (i + 1 == s.n || !is_of(s.p[i + 1], "01")))
            return false;
    return s.n == 0 || s.p[0] == '/';
}

static const struct {
    str name;
    bool (*is)(str);
} formats[] = {
    [SCHEMA_FORMAT_NONE] = {S_INIT(""), NULL},
    [SCHEMA_FORMAT_URI] = {S_INIT("uri"), is_uri},
    [SCHEMA_FORMAT_URI_REFERENCE] = {S_INIT("uri-reference"), is_uri_reference},
    [SCHEMA_FORMAT_DATE_TIME] = {S_INIT("date-time"), is_date_time},
    [SCHEMA_FORMAT_DATE] = {S_INIT("date"), is_date},
    [SCHEMA_FORMAT_TIME] = {S_INIT("time"), is_time},
    [SCHEMA_FORMAT_UUID] = {S_INIT("uuid"), is_uuid},
    [SCHEMA_FORMAT_EMAIL] = {S_INIT("email"), is_email},
    [SCHEMA_FORMAT_IPV4] = {S_INIT("ipv4"), is_ipv4},
    [SCHEMA_FORMAT_REGEX] = {S_INIT("regex"), is_regex},
    [SCHEMA_FORMAT_JSON_POINTER] = {S_INIT("json-pointer"), is_json_pointer},
};

bool schema_has_format(enum schema_format format, str text)
{
    return formats[format].is == NULL || formats[format].is(text);
}

str schema_format_name(enum schema_format format)
{
    return formats[format].name;
}
