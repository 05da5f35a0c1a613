/* multipart_head.c - see multipart_head.h. */
#include "formats/multipart_head.h"

#include "base/utf8.h"

#include <string.h>

static bool is_token_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

/* The token at the front of *rest, removed; empty: there is none. */
static str cut_token(str *rest)
{
    size_t n = 0;
    while (n < rest->n && is_token_char(rest->p[n]))
        n++;
    str token = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    return token;
}

static void skip_blanks(str *rest)
{
    while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\t'))
        *rest = str_from(*rest, 1);
}

bool multipart_parameter(str *rest, str *name, str *value)
{
    skip_blanks(rest);
    if (!str_has_prefix(*rest, S(";")))
        return false;
    *rest = str_from(*rest, 1);
    skip_blanks(rest);
    *name = cut_token(rest);
    if (name->n == 0 || !str_has_prefix(*rest, S("=")))
        return false;
    *rest = str_from(*rest, 1);
    if (!str_has_prefix(*rest, S("\""))) {
        *value = cut_token(rest);
        return value->n > 0;
    }
    *rest = str_from(*rest, 1);
    bool closed = str_find_char(*rest, '"') >= 0;
    *value = str_cut(rest, '"');
    return closed;
}

/* What %22, %0D and %0A stand for; other percent signs are themselves. */
static str unescaped(struct arena *a, str s)
{
    static const struct {
        str from;
        char to;
    } escapes[] = {{S_INIT("%22"), '"'}, {S_INIT("%0D"), '\r'}, {S_INIT("%0A"), '\n'}};
    buf b = {.a = a};
    if (str_find_char(s, '%') < 0)
        return str_copy(a, s);
    while (s.n > 0) {
        size_t n = 1;
        char c = s.p[0];
        for (size_t i = 0; i < COUNT(escapes); i++)
            if (str_eq_nocase(str_sub(s, 0, 3), escapes[i].from)) {
                c = escapes[i].to;
                n = 3;
            }
        buf_char(&b, c);
        s = str_from(s, n);
    }
    return buf_str(&b);
}

/* Each parameter once; filename* is what RFC 7578 section 4.2 forbids. */
static str read_disposition(struct arena *a, str value, struct multipart_part *out)
{
    if (out->name.p != NULL || !str_eq_nocase(cut_token(&value), S("form-data")))
        return S("disposition");
    while (value.n > 0) {
        str name, text;
        if (!multipart_parameter(&value, &name, &text))
            return S("disposition");
        str *to = str_eq_nocase(name, S("name"))       ? &out->name
                  : str_eq_nocase(name, S("filename")) ? &out->filename
                                                       : NULL;
        if (to == NULL || to->p != NULL)
            return S("disposition");
        *to = unescaped(a, text);
        skip_blanks(&value);
    }
    return out->name.p ? NO_STR : S("disposition");
}

static str read_encoding(str value)
{
    bool plain = str_eq_nocase(value, S("7bit")) || str_eq_nocase(value, S("8bit")) ||
                 str_eq_nocase(value, S("binary"));
    return plain ? NO_STR : S("encoding");
}

static str read_field(struct arena *a, str line, struct multipart_part *out)
{
    str name = cut_token(&line);
    if (name.n == 0 || !str_has_prefix(line, S(":")))
        return S("head");
    str value = str_trim(str_from(line, 1));
    if (!utf8_valid(value))
        return S("encoding");
    if (utf8_has_control(value) || str_find_char(value, '\r') >= 0 ||
        str_find_char(value, '\n') >= 0)
        return S("head");
    if (str_eq_nocase(name, S("content-disposition")))
        return read_disposition(a, value, out);
    if (str_eq_nocase(name, S("content-transfer-encoding")))
        return read_encoding(value);
    if (!str_eq_nocase(name, S("content-type")))
        return NO_STR;
    if (out->type.p != NULL)
        return S("head");
    out->type = str_copy(a, value);
    return NO_STR;
}

str multipart_head(struct arena *a, str head, struct multipart_part *out)
{
    *out = (struct multipart_part){0};
    while (head.n > 0) {
        ptrdiff_t end = str_find(head, S("\r\n"));
        if (end < 0)
            return S("head");
        str code = read_field(a, str_sub(head, 0, (size_t)end), out);
        if (code.p != NULL)
            return code;
        head = str_from(head, (size_t)end + 2);
    }
    return out->name.p ? NO_STR : S("disposition");
}
