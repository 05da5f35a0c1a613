/* armor.c - see armor.h. */
#include "formats/armor.h"

#include "base/encode.h"

static const str begin = S_INIT("-----BEGIN PGP "), end = S_INIT("-----END PGP "),
                 dashes = S_INIT("-----");

/* The line without its end and the white space before that. */
static str next_line(str *rest)
{
    str line = str_cut(rest, '\n');
    while (line.n > 0 && (unsigned char)line.p[line.n - 1] <= ' ')
        line.n--;
    return line;
}

/* PUBLIC KEY BLOCK, of a line with these words in front; absent: it is another line. */
static str label_of(str line, str front)
{
    if (line.n < front.n + dashes.n || !str_has_prefix(line, front) ||
        !str_has_suffix(line, dashes))
        return NO_STR;
    return str_sub(line, front.n, line.n - front.n - dashes.n);
}

static str find_begin(str *rest)
{
    str label = NO_STR;
    while (label.p == NULL && rest->n > 0)
        label = label_of(next_line(rest), begin);
    return label;
}

bool armor_is(str text)
{
    return find_begin(&text).p != NULL;
}

static bool is_header(str line)
{
    return str_find(line, S(": ")) > 0 || str_has_suffix(line, S(":"));
}

/* "=" and four digits on a line of their own. */
static bool is_checksum(str line)
{
    return line.n == 5 && line.p[0] == '=';
}

static char url_digit(char c)
{
    switch (c) {
    case '+': return '-';
    case '/': return '_';
    case '-':
    case '_': return '!';
    default: return c;
    }
}

/* RFC 4648's base64 in the alphabet that base64url_decode() knows, without padding. */
static void put_digits(buf *b, str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != '=')
            buf_char(b, url_digit(line.p[i]));
}

bool armor_read(struct arena *a, str text, struct armor *out)
{
    *out = (struct armor){.label = find_begin(&text)};
    if (out->label.p == NULL)
        return false;
    str line = next_line(&text);
    while (line.n > 0 && is_header(line))
        line = next_line(&text);
    if (line.n > 0) /* an empty line stands between headers and data */
        return false;
    buf digits = {.a = a};
    str ended = NO_STR;
    while (ended.p == NULL && text.n > 0) {
        line = next_line(&text);
        ended = label_of(line, end);
        if (ended.p == NULL && !is_checksum(line))
            put_digits(&digits, line);
    }
    out->rest = text;
    return str_eq(ended, out->label) && digits.n > 0 &&
           base64url_decode(a, buf_str(&digits), &out->bytes);
}
