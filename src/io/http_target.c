/* http_target.c - what may stand in a request target and in Host; see http_head.h. */
#include "io/http_head.h"

#include "base/utf8.h"

#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte of the %XX at s[i]; -1: it is not whole. */
static int escaped_byte(str s, size_t i)
{
    if (s.n - i < 3)
        return -1;
    int high = hex_digit(s.p[i + 1]), low = hex_digit(s.p[i + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* pchar and '/' of RFC 3986 section 3.3, without the percent sign. */
static bool is_path_char(char c)
{
    return is_alnum(c) || (c != '\0' && strchr("/-._~!$&'()*+,;=:@", c) != NULL);
}

/* More than RFC 3986 allows, because browsers send it: the URL standard escapes less. */
static bool is_query_char(char c)
{
    return c > ' ' && c < 0x7f && strchr("#\"<>", c) == NULL;
}

static bool query_ok(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_query_char(s.p[i]) || (s.p[i] == '%' && escaped_byte(s, i) < 0))
            return false;
    return true;
}

/* An escaped slash or control would mean another thing to whoever decodes first. */
static bool may_be_escaped(int byte)
{
    return byte >= 0x20 && byte != 0x7f && byte != '/' && byte != '\\';
}

static bool path_decode(str path, char *out, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < path.n; i++) {
        int byte = (unsigned char)path.p[i];
        if (byte == '%') {
            byte = escaped_byte(path, i);
            if (!may_be_escaped(byte))
                return false;
            i += 2;
        } else if (!is_path_char(path.p[i])) {
            return false;
        }
        out[(*n)++] = (char)byte;
    }
    return true;
}

/* Behind the first slash: nothing empty but at the end, no "." and no "..". */
static bool segments_ok(str s)
{
    while (s.n > 0) {
        str segment = str_cut(&s, '/');
        if (segment.n == 0 || str_eq(segment, S(".")) || str_eq(segment, S("..")))
            return false;
    }
    return true;
}

static bool path_ok(struct arena *a, str path)
{
    if (path.n == 0 || path.p[0] != '/')
        return false;
    char *bytes = NEWS(a, char, path.n);
    size_t n;
    if (!path_decode(path, bytes, &n))
        return false;
    str decoded = {bytes, n};
    return utf8_valid(decoded) && segments_ok(str_from(decoded, 1));
}

bool http_target_read(struct arena *a, str target, str *path, str *query)
{
    str rest = target;
    str head = str_cut(&rest, '?');
    if (!path_ok(a, head) || !query_ok(rest))
        return false;
    *path = str_copy(a, head);
    *query = rest.n > 0 ? str_copy(a, rest) : S("");
    return true;
}

static bool is_port(str s)
{
    i64 n;
    return s.n <= 5 && str_i64(s, &n) && n >= 1 && n <= 65535;
}

static bool all_in(str s, bool (*is)(char c))
{
    for (size_t i = 0; i < s.n; i++)
        if (!is(s.p[i]))
            return false;
    return s.n > 0;
}

static bool is_name_char(char c)
{
    return is_alnum(c) || c == '-' || c == '.' || c == '_';
}

static bool is_ipv6_char(char c)
{
    return hex_digit(c) >= 0 || c == ':' || c == '.';
}

bool http_is_host(str s)
{
    str rest = s, name;
    if (s.n > 255)
        return false;
    if (str_has_prefix(s, S("["))) {
        rest = str_from(s, 1);
        if (str_find_char(rest, ']') < 0)
            return false;
        name = str_cut(&rest, ']');
        if (!all_in(name, is_ipv6_char))
            return false;
        return rest.n == 0 || (rest.p[0] == ':' && is_port(str_from(rest, 1)));
    }
    bool has_port = str_find_char(s, ':') >= 0;
    name = str_cut(&rest, ':');
    return all_in(name, is_name_char) && (!has_port || is_port(rest));
}
