/* pdf_text_token.c - strings, names and words of PDF (ISO 32000-1, section 7.2 and 7.3). */
#include "io/pdf_text_own.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_mark(char c)
{
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' ||
           c == '}' || c == '/' || c == '%';
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Behind '<'; a last digit that is alone counts as if a zero followed. */
static str take_hex(buf *b, str *rest)
{
    int high = -1;
    while (rest->n > 0 && rest->p[0] != '>') {
        int d = digit(rest->p[0]);
        *rest = str_from(*rest, 1);
        if (d < 0)
            continue;
        if (high >= 0)
            buf_char(b, (char)(high << 4 | d));
        high = high >= 0 ? -1 : d;
    }
    if (high >= 0)
        buf_char(b, (char)(high << 4));
    *rest = str_from(*rest, 1);
    return b->n > 0 ? buf_str(b) : S("");
}

/* Behind a backslash. */
static void take_escape(str *rest, buf *b)
{
    static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
    char c = rest->p[0];
    int n = 0, octal = 0;
    while (n < 3 && (size_t)n < rest->n && rest->p[n] >= '0' && rest->p[n] <= '7')
        octal = octal * 8 + (rest->p[n++] - '0');
    *rest = str_from(*rest, n > 0 ? (size_t)n : 1);
    if (n > 0) {
        buf_char(b, (char)octal);
        return;
    }
    if (c == '\n') /* the line goes on */
        return;
    for (size_t i = 0; i + 1 < sizeof from; i++)
        if (from[i] == c) {
            c = to[i];
            break;
        }
    buf_char(b, c);
}

/* Behind '('. */
static str take_literal(buf *b, str *rest)
{
    for (int depth = 1; rest->n > 0;) {
        char c = rest->p[0];
        *rest = str_from(*rest, 1);
        if (c == '\\' && rest->n > 0) {
            take_escape(rest, b);
            continue;
        }
        depth += c == '(';
        depth -= c == ')';
        if (depth == 0)
            break;
        buf_char(b, c);
    }
    return b->n > 0 ? buf_str(b) : S("");
}

static str take_word(str *rest)
{
    size_t n = 0;
    while (n < rest->n && !is_space(rest->p[n]) && !is_mark(rest->p[n]))
        n++;
    str word = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    return word;
}

static void skip_space(str *rest)
{
    size_t n = 0;
    while (n < rest->n && is_space(rest->p[n]))
        n++;
    *rest = str_from(*rest, n);
}

struct pdf_token pdf_token(buf *string, str *rest)
{
    string->n = 0;
    skip_space(rest);
    if (rest->n == 0)
        return (struct pdf_token){PDF_END, S("")};
    char c = rest->p[0];
    if (!is_mark(c))
        return (struct pdf_token){PDF_WORD, take_word(rest)};
    str mark = str_sub(*rest, 0, 1);
    *rest = str_from(*rest, 1);
    bool twice = rest->n > 0 && rest->p[0] == c && (c == '<' || c == '>');
    if (twice) {
        *rest = str_from(*rest, 1);
        return (struct pdf_token){PDF_MARK, c == '<' ? S("<<") : S(">>")};
    }
    if (c == '/')
        return (struct pdf_token){PDF_NAME, take_word(rest)};
    if (c == '(')
        return (struct pdf_token){PDF_STRING, take_literal(string, rest)};
    if (c == '<')
        return (struct pdf_token){PDF_STRING, take_hex(string, rest)};
    if (c == '%')
        (void)str_cut(rest, '\n');
    return (struct pdf_token){PDF_MARK, mark};
}
