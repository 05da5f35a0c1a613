/* percent.c - see percent.h. */
#include "formats/percent.h"

#include "base/utf8.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int percent_byte(str text, size_t at)
{
    if (at >= text.n || text.n - at < 3 || text.p[at] != '%')
        return -1;
    int high = hex_digit(text.p[at + 1]), low = hex_digit(text.p[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static bool may_stand_in_segment(int byte)
{
    return byte >= 0x20 && byte != 0x7F && byte != '/' && byte != '\\';
}

bool percent_decode(struct arena *a, str segment, str *out)
{
    char *p = NULL;
    size_t n = 0;
    if (str_find_char(segment, '%') >= 0)
        p = NEWS(a, char, segment.n);
    for (size_t i = 0; i < segment.n; i++, n++) {
        int byte = (unsigned char)segment.p[i];
        if (byte == '%') {
            byte = percent_byte(segment, i);
            i += 2;
        }
        if (!may_stand_in_segment(byte))
            return false;
        if (p != NULL)
            p[n] = (char)byte;
    }
    *out = p ? (str){p, n} : segment;
    bool dots = str_eq(*out, S(".")) || str_eq(*out, S(".."));
    return n > 0 && !dots && utf8_valid(*out) && !utf8_has_control(*out);
}

static bool is_unreserved(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void percent_put(buf *b, str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        if (is_unreserved(s.p[i])) {
            buf_char(b, s.p[i]);
        } else {
            buf_char(b, '%');
            buf_char(b, hex[(unsigned char)s.p[i] >> 4]);
            buf_char(b, hex[s.p[i] & 15]);
        }
    }
}
