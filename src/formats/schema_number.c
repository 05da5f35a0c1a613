/* schema_number.c - JSON numbers by value, exactly, whatever their length: digits and a power of
 * ten, no floating point. */
#include "formats/schema_own.h"

__extension__ typedef unsigned __int128 wide;

/* (-1)^negative · 0.d1d2d3… · 10^point; without zeros at either end.  n 0: zero. */
struct decimal {
    const char *p, *end; /* the digits, a '.' may stand among them */
    size_t n;            /* how many digits */
    i64 point;
    bool negative;
};

static i64 exponent_of(str s)
{
    bool negative = s.n > 0 && s.p[0] == '-';
    i64 v = 0;
    for (size_t i = negative || (s.n > 0 && s.p[0] == '+'); i < s.n; i++)
        v = v > 100 * 1000 * 1000 ? v : v * 10 + (s.p[i] - '0');
    return negative ? -v : v;
}

static struct decimal decimal_of(str s)
{
    struct decimal d = {.negative = s.n > 0 && s.p[0] == '-'};
    size_t e = 0;
    while (e < s.n && (s.p[e] | 0x20) != 'e')
        e++;
    str mantissa = str_sub(s, d.negative, e - d.negative);
    ptrdiff_t dot = str_find_char(mantissa, '.');
    d.point = dot >= 0 ? dot : (i64)mantissa.n;
    d.point += exponent_of(str_from(s, e + 1));
    d.p = mantissa.p;
    d.end = mantissa.p + mantissa.n;
    for (; d.p < d.end && (*d.p == '0' || *d.p == '.'); d.p++)
        d.point -= *d.p == '0';
    while (d.end > d.p && (d.end[-1] == '0' || d.end[-1] == '.'))
        d.end--;
    for (const char *p = d.p; p < d.end; p++)
        d.n += *p != '.';
    if (d.n == 0)
        return (struct decimal){0};
    return d;
}

static int next_digit(const char **p, const char *end)
{
    if (*p < end && **p == '.')
        (*p)++;
    return *p < end ? *(*p)++ - '0' : 0;
}

static int cmp_magnitude(struct decimal x, struct decimal y)
{
    if (x.n == 0 || y.n == 0)
        return (x.n > 0) - (y.n > 0);
    if (x.point != y.point)
        return x.point < y.point ? -1 : 1;
    while (x.p < x.end || y.p < y.end) {
        int u = next_digit(&x.p, x.end), v = next_digit(&y.p, y.end);
        if (u != v)
            return u < v ? -1 : 1;
    }
    return 0;
}

/* The value in billionths of a number of few digits, as most are. */
static bool in_billionths(str s, i64 *out)
{
    unsigned digits = 0, behind = 0;
    bool point = false;
    i64 v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.') {
            point = true;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9' || ++digits > 9)
            return false;
        behind += point;
        v = v * 10 + (s.p[i] - '0');
    }
    for (; behind < 9; behind++)
        v *= 10;
    *out = v;
    return true;
}

int schema_number_cmp(str x, str y)
{
    i64 p, q;
    if (in_billionths(x, &p) && in_billionths(y, &q))
        return (p > q) - (p < q);
    struct decimal u = decimal_of(x), v = decimal_of(y);
    if (u.negative != v.negative)
        return u.negative ? -1 : 1;
    return u.negative ? cmp_magnitude(v, u) : cmp_magnitude(u, v);
}

void schema_number_put(buf *b, str x)
{
    struct decimal d = decimal_of(x);
    buf_put(b, d.negative ? S("-") : S(""));
    for (const char *p = d.p; p < d.end; p++)
        if (*p != '.')
            buf_char(b, *p);
    buf_char(b, 'e');
    buf_i64(b, d.point);
}

/* The power of ten of the last digit. */
static i64 last_place(const struct decimal *d)
{
    return d->point - (i64)d->n;
}

bool schema_is_whole(str x)
{
    struct decimal d = decimal_of(x);
    return d.n == 0 || last_place(&d) >= 0;
}

static uint64_t times(uint64_t x, uint64_t y, uint64_t modulus)
{
    return (uint64_t)((wide)x * y % modulus);
}

static uint64_t ten_to(i64 n, uint64_t modulus)
{
    uint64_t result = 1 % modulus, power = 10 % modulus;
    for (; n > 0; n /= 2, power = times(power, power, modulus))
        if (n % 2 == 1)
            result = times(result, power, modulus);
    return result;
}

/* x = X·10^e and of = D·10^f, where neither X nor D ends in 0.  With e < f, X would have to be a
 * multiple of ten. */
bool schema_is_multiple(str x, str of)
{
    struct decimal d = decimal_of(of), v = decimal_of(x);
    uint64_t divisor = 0, rest = 0;
    if (v.n == 0)
        return true;
    if (d.n == 0 || d.n > 18 || last_place(&v) < last_place(&d))
        return false;
    while (d.p < d.end)
        divisor = divisor * 10 + (uint64_t)next_digit(&d.p, d.end);
    must(divisor > 0);
    while (v.p < v.end)
        rest = (times(rest, 10, divisor) + (uint64_t)next_digit(&v.p, v.end)) % divisor;
    return times(rest, ten_to(last_place(&v) - last_place(&d), divisor), divisor) == 0;
}

static bool walk_bound(struct schema_walk *w, str limit, bool fits, str keyword,
                       const struct json_place *place)
{
    return limit.p == NULL || fits || schema_say(w, place, keyword, limit, 0);
}

bool schema_walk_number(struct schema_walk *w, const struct schema_number *n, const struct json *j,
                        const struct json_place *place)
{
    str x = json_number(j);
    bool fits = true;
    if (n->min.p != NULL)
        fits &= walk_bound(w, n->min, schema_number_cmp(x, n->min) >= 0, S("minimum"), place);
    if (n->max.p != NULL)
        fits &= walk_bound(w, n->max, schema_number_cmp(x, n->max) <= 0, S("maximum"), place);
    if (n->above.p != NULL)
        fits &= walk_bound(w, n->above, schema_number_cmp(x, n->above) > 0, S("exclusiveMinimum"),
                           place);
    if (n->below.p != NULL)
        fits &= walk_bound(w, n->below, schema_number_cmp(x, n->below) < 0, S("exclusiveMaximum"),
                           place);
    if (n->multiple.p != NULL)
        fits &=
            walk_bound(w, n->multiple, schema_is_multiple(x, n->multiple), S("multipleOf"), place);
    return fits;
}
