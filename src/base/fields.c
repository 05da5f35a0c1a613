/* fields.c - see fields.h. */
#include "base/fields.h"

void fields_put(buf *b, str s)
{
    if (s.p == NULL)
        buf_put(b, S("-"));
    else
        buf_i64(b, (i64)s.n);
    buf_char(b, ':');
    buf_put(b, s);
}

void fields_put_i64(buf *b, i64 n)
{
    buf digits = {.a = b->a};
    buf_i64(&digits, n);
    fields_put(b, buf_str(&digits));
}

bool fields_take(str *rest, str *out)
{
    enum { DIGITS_MOST = 20 };
    i64 n;
    *out = NO_STR;
    if (str_find_char(str_sub(*rest, 0, rest->n < DIGITS_MOST ? rest->n : DIGITS_MOST), ':') < 0)
        return false;
    str size = str_cut(rest, ':');
    if (str_eq(size, S("-")))
        return true;
    if (!str_i64(size, &n) || (size_t)n > rest->n)
        return false;
    *out = n > 0 ? str_sub(*rest, 0, (size_t)n) : S("");
    *rest = str_from(*rest, (size_t)n);
    return true;
}

bool fields_take_i64(str *rest, i64 least, i64 most, i64 *out)
{
    str s;
    if (!fields_take(rest, &s))
        return false;
    bool negative = s.n > 0 && s.p[0] == '-';
    if (!str_i64(str_from(s, negative), out))
        return false;
    *out = negative ? -*out : *out;
    return *out >= least && *out <= most;
}
