/* json_number.c - decimal text to the nearest double, without a locale.
 *
 * Short numbers are one exact multiplication or division of doubles (W. Clinger, "How to
 * read floating point numbers accurately", 1990).  The others are an exact fraction of big
 * integers, of which the top 64 bits are taken and rounded once, half to even. */
#include "formats/json_tree.h"

#include <math.h>
#include <string.h>

enum {
    KEEP = 780,  /* digits that can matter: a tie between doubles has at most 767 */
    LIMBS = 160, /* of 32 bits: 10 to the power of KEEP + 345, and some room */
    HEAD = 19,   /* digits that surely fit a uint64_t */
};

/* A number as written, taken apart: head × 10^exp, exactly unless digits are left over. */
struct decimal {
    str digits; /* from the first that is not zero; may hold one '.' */
    uint64_t head;
    unsigned heads;
    bool over; /* a digit other than 0 stands behind the head */
    bool negative;
    i64 exp;
    i64 top; /* the value is below 10^top, and not below 10^(top - 1) */
};

struct big {
    uint32_t v[LIMBS]; /* the least significant first */
    size_t n;
};

/* The exponent at the end of a number, held within what cannot overflow. */
static i64 exponent_of(str s)
{
    bool negative = s.p[0] == '-';
    i64 e = 0;
    for (size_t i = negative || s.p[0] == '+'; i < s.n; i++)
        e = e < 1000000000000 ? e * 10 + (s.p[i] - '0') : e;
    return negative ? -e : e;
}

static void take_digit(struct decimal *d, char c, bool behind_point)
{
    if (d->heads < HEAD) {
        d->head = d->head * 10 + (uint64_t)(c - '0');
        d->heads += d->head > 0;
        d->exp -= behind_point;
    } else {
        d->over = d->over || c != '0';
        d->exp += !behind_point;
    }
}

static struct decimal take_apart(str s)
{
    struct decimal d = {.negative = s.p[0] == '-'};
    bool point = false;
    size_t i = d.negative;
    for (; i < s.n && (s.p[i] | 0x20) != 'e'; i++) {
        if (s.p[i] == '.') {
            point = true;
            continue;
        }
        if (d.head == 0 && s.p[i] != '0')
            d.digits.p = s.p + i;
        take_digit(&d, s.p[i], point);
    }
    if (d.digits.p != NULL)
        d.digits.n = (size_t)(s.p + i - d.digits.p);
    if (i < s.n)
        d.exp += exponent_of(str_from(s, i + 1));
    d.top = d.exp + d.heads;
    return d;
}

/* v × by + add */
static void big_scale(struct big *b, uint32_t by, uint32_t add)
{
    uint64_t carry = add;
    for (size_t i = 0; i < b->n; i++) {
        carry += (uint64_t)b->v[i] * by;
        b->v[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0) {
        must(b->n < LIMBS);
        b->v[b->n++] = (uint32_t)carry;
    }
}

static void big_power10(struct big *b, i64 n)
{
    for (; n >= 9; n -= 9)
        big_scale(b, 1000000000, 0);
    for (; n > 0; n--)
        big_scale(b, 10, 0);
}

static i64 big_bits(const struct big *b)
{
    return b->n == 0 ? 0 : (i64)b->n * 32 - __builtin_clz(b->v[b->n - 1]);
}

static void big_shift_left(struct big *b, i64 bits)
{
    size_t limbs = (size_t)bits / 32, rest = (size_t)bits % 32;
    if (b->n == 0 || bits == 0)
        return;
    big_scale(b, (uint32_t)1 << rest, 0);
    must(b->n + limbs <= LIMBS);
    memmove(b->v + limbs, b->v, b->n * sizeof b->v[0]);
    memset(b->v, 0, limbs * sizeof b->v[0]);
    b->n += limbs;
}

static int big_cmp(const struct big *x, const struct big *y)
{
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    for (size_t i = x->n; i-- > 0;)
        if (x->v[i] != y->v[i])
            return x->v[i] < y->v[i] ? -1 : 1;
    return 0;
}

static void big_sub(struct big *x, const struct big *y)
{
    i64 borrow = 0;
    for (size_t i = 0; i < x->n; i++) {
        borrow += (i64)x->v[i] - (i < y->n ? (i64)y->v[i] : 0);
        x->v[i] = (uint32_t)borrow;
        borrow >>= 32;
    }
    while (x->n > 0 && x->v[x->n - 1] == 0)
        x->n--;
}

/* q × 2^exp, a little more where `over`; rounded to the 53 bits of a double, or to fewer
 * where it is subnormal. */
static double round_bits(uint64_t q, i64 exp, bool over)
{
    int bits = 64 - __builtin_clzll(q);
    i64 top = exp + bits - 1; /* of the most significant bit */
    i64 keep = top >= -1022 ? 53 : 53 - (-1022 - top);
    if (keep < 0)
        return 0;
    if (bits < 64) {
        q <<= 64 - bits;
        exp -= 64 - bits;
    }
    uint64_t kept = keep == 0 ? 0 : q >> (64 - keep);
    uint64_t rest = keep == 0 ? q : q << keep, half = (uint64_t)1 << 63;
    bool up = rest > half || (rest == half && (over || (kept & 1) != 0));
    return ldexp((double)(kept + up), (int)(exp + 64 - keep));
}

/* All digits that can matter as an integer; *exp becomes its power of ten. */
static void read_digits(const struct decimal *d, struct big *b, i64 *exp)
{
    size_t taken = 0;
    bool over = false;
    *exp = d->top;
    for (size_t i = 0; i < d->digits.n; i++) {
        char c = d->digits.p[i];
        if (c == '.')
            continue;
        if (taken < KEEP) {
            big_scale(b, 10, (uint32_t)(c - '0'));
            taken++;
        } else {
            over = over || c != '0';
        }
    }
    if (over) { /* any digit here tells a number just above a tie from the tie */
        big_scale(b, 10, 1);
        taken++;
    }
    *exp -= (i64)taken;
}

/* The quotient's top 63 or 64 bits by schoolbook division, one bit a turn. */
static double divide(struct big *num, struct big *den)
{
    i64 shift = 63 - (big_bits(num) - big_bits(den));
    if (shift > 0)
        big_shift_left(num, shift);
    else
        big_shift_left(den, -shift);
    uint64_t q = 0;
    big_shift_left(den, 63);
    for (int i = 0; i < 64; i++) {
        q <<= 1;
        if (big_cmp(num, den) >= 0) {
            big_sub(num, den);
            q |= 1;
        }
        big_shift_left(num, 1);
    }
    return round_bits(q, -shift, num->n > 0);
}

static double exact(const struct decimal *d)
{
    struct big num = {0}, den = {.v = {1}, .n = 1};
    i64 exp;
    read_digits(d, &num, &exp);
    big_power10(exp < 0 ? &den : &num, exp < 0 ? -exp : exp);
    return divide(&num, &den);
}

/* True where head and power of ten are both exact doubles. */
static bool quick(const struct decimal *d, double *out)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (d->over || d->head > (uint64_t)1 << 53 || d->exp < -22 || d->exp > 22)
        return false;
    *out = d->exp < 0 ? (double)d->head / powers[-d->exp] : (double)d->head * powers[d->exp];
    return true;
}

bool json_decimal(str number, double *out)
{
    struct decimal d = take_apart(number);
    double v = 0;
    if (d.head > 0 && !quick(&d, &v)) {
        if (d.top > 310)
            return false;
        v = d.top < -345 ? 0 : exact(&d);
    }
    *out = d.negative ? -v : v;
    return !isinf(v);
}

bool json_fits_double(str number)
{
    struct decimal d = take_apart(number);
    double v;
    return d.head == 0 || d.top <= 308 || (d.top == 309 && json_decimal(number, &v));
}
