/* instant.c - see instant.h. */
#include "formats/instant.h"

#include "base/base.h"
#include "base/time.h"

/* Days whose last minute had 61 seconds, as yyyymmdd (IERS, Bulletin C; none since 2016). */
static const int leap_days[] = {
    19720630, 19721231, 19731231, 19741231, 19751231, 19761231, 19771231, 19781231, 19791231,
    19810630, 19820630, 19830630, 19850630, 19871231, 19891231, 19901231, 19920630, 19930630,
    19940630, 19951231, 19970630, 19981231, 20051231, 20081231, 20120630, 20150630, 20161231,
};

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* n digits at *at, which moves behind them; -1: they are not there. */
static int number(str s, size_t *at, size_t n)
{
    int value = 0;
    if (s.n - *at < n)
        return -1;
    for (size_t i = 0; i < n; i++) {
        char c = s.p[(*at)++];
        if (!digit(c))
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

static bool one_of(str s, size_t *at, str chars, char *which)
{
    if (*at >= s.n || str_find_char(chars, s.p[*at]) < 0)
        return false;
    *which = s.p[(*at)++];
    return true;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

static bool read_date(str s, size_t *at, struct civil *c)
{
    char dash;
    c->year = number(s, at, 4);
    if (c->year < 0 || !one_of(s, at, S("-"), &dash))
        return false;
    c->month = number(s, at, 2);
    if (c->month < 1 || c->month > 12 || !one_of(s, at, S("-"), &dash))
        return false;
    c->day = number(s, at, 2);
    return c->day >= 1 && c->day <= days_in(c->year, c->month);
}

static bool read_time(str s, size_t *at, struct civil *c)
{
    char colon;
    c->hour = number(s, at, 2);
    if (c->hour < 0 || c->hour > 23 || !one_of(s, at, S(":"), &colon))
        return false;
    c->minute = number(s, at, 2);
    if (c->minute < 0 || c->minute > 59 || !one_of(s, at, S(":"), &colon))
        return false;
    c->second = number(s, at, 2);
    return c->second >= 0 && c->second <= 60;
}

static bool read_fraction(str s, size_t *at, str *out)
{
    char dot;
    *out = S("");
    if (!one_of(s, at, S("."), &dot))
        return true;
    size_t from = *at, last = *at;
    for (; *at < s.n && digit(s.p[*at]); ++*at) {
        if (s.p[*at] != '0')
            last = *at + 1;
    }
    *out = str_sub(s, from, last - from);
    return *at > from;
}

/* Seconds east of UTC. */
static bool read_offset(str s, size_t *at, i64 *out, bool *lower)
{
    char sign, colon;
    if (!one_of(s, at, S("Zz+-"), &sign))
        return false;
    *out = 0;
    *lower |= sign == 'z';
    if (sign == 'Z' || sign == 'z')
        return true;
    int hours = number(s, at, 2);
    if (hours < 0 || hours > 23 || !one_of(s, at, S(":"), &colon))
        return false;
    int minutes = number(s, at, 2);
    if (minutes < 0 || minutes > 59)
        return false;
    *out = (i64)(hours * 60 + minutes) * (sign == '-' ? -60 : 60);
    return true;
}

/* Whether the minute that ends with this 59th second had another. */
static bool had_leap(i64 seconds)
{
    struct civil c = civil_at(seconds * SECOND, zone_utc);
    int day = c.year * 10000 + c.month * 100 + c.day;
    if (c.hour != 23 || c.minute != 59 || c.second != 59)
        return false;
    for (size_t i = 0; i < COUNT(leap_days); i++) {
        if (leap_days[i] == day)
            return true;
    }
    return false;
}

bool instant_read(str s, struct instant *out)
{
    struct civil c = {0};
    size_t at = 0;
    char sep;
    i64 east;
    *out = (struct instant){0};
    if (!read_date(s, &at, &c) || !one_of(s, &at, S("Tt"), &sep) || !read_time(s, &at, &c) ||
        !read_fraction(s, &at, &out->fraction))
        return false;
    out->lower = sep == 't';
    if (!read_offset(s, &at, &east, &out->lower) || at != s.n)
        return false;
    out->leap = c.second == 60;
    c.second -= out->leap;
    out->seconds = civil_instant(c, zone_utc) / SECOND - east;
    return !out->leap || had_leap(out->seconds);
}

int instant_cmp(const struct instant *x, const struct instant *y)
{
    if (x->seconds != y->seconds)
        return x->seconds < y->seconds ? -1 : 1;
    if (x->leap != y->leap)
        return x->leap ? 1 : -1;
    return str_cmp(x->fraction, y->fraction);
}

i64 instant_ms(const struct instant *t)
{
    i64 ms = 0;
    for (size_t i = 0; i < 3; i++)
        ms = ms * 10 + (i < t->fraction.n ? t->fraction.p[i] - '0' : 0);
    return t->seconds * SECOND + ms;
}
