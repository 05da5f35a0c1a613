/* time.c - see time.h.  Days from civil and back after the proleptic Gregorian calendar. */
#include "base/time.h"

#include <string.h>

/* When summer time begins and ends: the nth Sunday of a month (5: the last), at minutes of
 * standard local time, or of UTC where the rule says so. */
enum dst { DST_NONE, DST_EU, DST_US };

struct zone {
    str name, abbr, summer;
    int offset; /* minutes, standard time */
    enum dst dst;
};

/* clang-format off */
static const struct zone zones[] = {
    {S_INIT("Asia/Tokyo"),          S_INIT("JST"),  S_INIT(""),     540, DST_NONE},
    {S_INIT("UTC"),                 S_INIT("UTC"),  S_INIT(""),       0, DST_NONE},
    {S_INIT("Asia/Seoul"),          S_INIT("KST"),  S_INIT(""),     540, DST_NONE},
    {S_INIT("Asia/Shanghai"),       S_INIT("CST"),  S_INIT(""),     480, DST_NONE},
    {S_INIT("Asia/Singapore"),      S_INIT("+08"),  S_INIT(""),     480, DST_NONE},
    {S_INIT("Asia/Kolkata"),        S_INIT("IST"),  S_INIT(""),     330, DST_NONE},
    {S_INIT("Europe/London"),       S_INIT("GMT"),  S_INIT("BST"),    0, DST_EU},
    {S_INIT("Europe/Berlin"),       S_INIT("CET"),  S_INIT("CEST"),  60, DST_EU},
    {S_INIT("Europe/Paris"),        S_INIT("CET"),  S_INIT("CEST"),  60, DST_EU},
    {S_INIT("Europe/Zurich"),       S_INIT("CET"),  S_INIT("CEST"),  60, DST_EU},
    {S_INIT("Europe/Helsinki"),     S_INIT("EET"),  S_INIT("EEST"), 120, DST_EU},
    {S_INIT("America/New_York"),    S_INIT("EST"),  S_INIT("EDT"), -300, DST_US},
    {S_INIT("America/Chicago"),     S_INIT("CST"),  S_INIT("CDT"), -360, DST_US},
    {S_INIT("America/Denver"),      S_INIT("MST"),  S_INIT("MDT"), -420, DST_US},
    {S_INIT("America/Los_Angeles"), S_INIT("PST"),  S_INIT("PDT"), -480, DST_US},
};
/* clang-format on */
const struct zone *const zone_tokyo = &zones[0], *const zone_utc = &zones[1];

const struct zone *zone_find(str name)
{
    for (size_t i = 0; i < COUNT(zones); i++)
        if (str_eq(name, zones[i].name))
            return &zones[i];
    return NULL;
}

const struct zone *zone_at(size_t i)
{
    return i < COUNT(zones) ? &zones[i] : NULL;
}

str zone_name(const struct zone *z)
{
    return z->name;
}

static i64 floor_div(i64 x, i64 y)
{
    return x / y - (x % y < 0);
}

/* Days since 1970-01-01 of a civil date; years count from March, so that the leap day is last. */
static i64 days_of(i64 year, i64 month, i64 day)
{
    year += floor_div(month - 1, 12);
    month = month - 1 - 12 * floor_div(month - 1, 12) + 1;
    year -= month <= 2;
    i64 era = floor_div(year, 400), of_era = year - era * 400;
    i64 of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct civil civil_of_days(i64 days)
{
    days += 719468;
    i64 era = floor_div(days, 146097), of_era = days - era * 146097;
    i64 year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    i64 of_year = of_era - (365 * year + year / 4 - year / 100);
    i64 shifted = (5 * of_year + 2) / 153;
    struct civil c = {.day = (int)(of_year - (153 * shifted + 2) / 5 + 1),
                      .month = (int)(shifted < 10 ? shifted + 3 : shifted - 9)};
    c.year = (int)(year + era * 400 + (c.month <= 2));
    return c;
}

static int weekday_of_days(i64 days)
{
    return (int)(days + 4 - 7 * floor_div(days + 4, 7));
}

/* Days since 1970 of the nth Sunday of a month; n = 5 is the last. */
static i64 sunday(int year, int month, int n)
{
    if (n == 5) {
        i64 last = days_of(year, month + 1, 1) - 1;
        return last - weekday_of_days(last);
    }
    i64 first = days_of(year, month, 1);
    return first + (7 - weekday_of_days(first)) % 7 + 7 * (n - 1);
}

static bool is_summer(const struct zone *z, i64 at)
{
    if (z->dst == DST_NONE)
        return false;
    int year = civil_of_days(floor_div(at + z->offset * MINUTE, DAY)).year;
    i64 from, to;
    if (z->dst == DST_EU) {
        from = sunday(year, 3, 5) * DAY + HOUR;
        to = sunday(year, 10, 5) * DAY + HOUR;
    } else {
        from = sunday(year, 3, 2) * DAY + 2 * HOUR - z->offset * MINUTE;
        to = sunday(year, 11, 1) * DAY + 1 * HOUR - z->offset * MINUTE;
    }
    return at >= from && at < to;
}

int zone_offset(const struct zone *z, i64 at)
{
    return z->offset + (is_summer(z, at) ? 60 : 0);
}

str zone_abbr(const struct zone *z, i64 at)
{
    return is_summer(z, at) ? z->summer : z->abbr;
}

struct civil civil_at(i64 at, const struct zone *z)
{
    i64 local = at + zone_offset(z, at) * MINUTE;
    i64 days = floor_div(local, DAY), rest = local - days * DAY;
    struct civil c = civil_of_days(days);
    c.hour = (int)(rest / HOUR);
    c.minute = (int)(rest % HOUR / MINUTE);
    c.second = (int)(rest % MINUTE / SECOND);
    c.ms = (int)(rest % SECOND);
    return c;
}

i64 civil_instant(struct civil c, const struct zone *z)
{
    i64 local = days_of(c.year, c.month, c.day) * DAY + c.hour * HOUR + c.minute * MINUTE +
                c.second * SECOND + c.ms;
    i64 summer = local - (z->offset + 60) * MINUTE, standard = local - z->offset * MINUTE;
    if (z->dst != DST_NONE && zone_offset(z, summer) == z->offset + 60)
        return summer;
    if (zone_offset(z, standard) == z->offset)
        return standard;
    /* skipped by the change to summer time: the change itself */
    i64 at = summer;
    while (zone_offset(z, at) == z->offset)
        at += MINUTE;
    return at;
}

int civil_weekday(struct civil c)
{
    return weekday_of_days(days_of(c.year, c.month, c.day));
}

i64 time_day_start(i64 at, const struct zone *z)
{
    struct civil c = civil_at(at, z);
    return civil_instant((struct civil){.year = c.year, .month = c.month, .day = c.day}, z);
}

i64 time_add_days(i64 at, int days, const struct zone *z)
{
    struct civil c = civil_at(at, z);
    c.day += days;
    return civil_instant(c, z);
}

i64 time_add_months(i64 at, int months, const struct zone *z)
{
    struct civil c = civil_at(at, z);
    int day = c.day;
    c.month += months;
    int last = civil_of_days(days_of(c.year, c.month + 1, 1) - 1).day;
    c.day = day < last ? day : last;
    return civil_instant(c, z);
}

/* A page has a hundred instants, and printf() is slow: the mark and two digits. */
static void put_two(buf *b, char mark, int n)
{
    char s[3] = {mark, (char)('0' + n / 10 % 10), (char)('0' + n % 10)};
    buf_put(b, (str){s, sizeof s});
}

static void put_day(buf *b, const struct civil *c)
{
    if (c->year < 1000 || c->year > 9999) {
        buf_putf(b, "%04d", c->year);
    } else {
        char s[4] = {(char)('0' + c->year / 1000), (char)('0' + c->year / 100 % 10),
                     (char)('0' + c->year / 10 % 10), (char)('0' + c->year % 10)};
        buf_put(b, (str){s, sizeof s});
    }
    put_two(b, '-', c->month);
    put_two(b, '-', c->day);
}

str time_date(struct arena *a, i64 at, const struct zone *z)
{
    struct civil c = civil_at(at, z);
    buf b = {.a = a};
    put_day(&b, &c);
    return buf_str(&b);
}

str time_minute(struct arena *a, i64 at, const struct zone *z)
{
    struct civil c = civil_at(at, z);
    buf b = {.a = a};
    put_day(&b, &c);
    put_two(&b, ' ', c.hour);
    put_two(&b, ':', c.minute);
    buf_char(&b, ' ');
    buf_put(&b, zone_abbr(z, at));
    return buf_str(&b);
}

str time_rfc3339(struct arena *a, i64 at, const struct zone *z)
{
    struct civil c = civil_at(at, z);
    int off = zone_offset(z, at), far = off < 0 ? -off : off;
    buf b = {.a = a};
    put_day(&b, &c);
    put_two(&b, 'T', c.hour);
    put_two(&b, ':', c.minute);
    put_two(&b, ':', c.second);
    if (off == 0) {
        buf_char(&b, 'Z');
    } else {
        put_two(&b, off < 0 ? '-' : '+', far / 60);
        put_two(&b, ':', far % 60);
    }
    return buf_str(&b);
}

static void set_two(char *p, int n)
{
    p[0] = (char)('0' + n / 10);
    p[1] = (char)('0' + n % 10);
}

void time_put_utc_ms(buf *b, i64 at)
{
    struct civil c = civil_at(at, zone_utc);
    if (c.year < 1000 || c.year > 9999) {
        buf_putf(b, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day, c.hour, c.minute,
                 c.second, c.ms);
        return;
    }
    /* a list has a hundred thousand of them */
    static const char like[] = "0000-00-00T00:00:00.000Z";
    char *p = buf_room(b, sizeof like - 1);
    memcpy(p, like, sizeof like - 1);
    set_two(p, c.year / 100);
    set_two(p + 2, c.year % 100);
    set_two(p + 5, c.month);
    set_two(p + 8, c.day);
    set_two(p + 11, c.hour);
    set_two(p + 14, c.minute);
    set_two(p + 17, c.second);
    set_two(p + 20, c.ms / 10);
    p[22] = (char)('0' + c.ms % 10);
    b->n += sizeof like - 1;
}

str time_utc_ms(struct arena *a, i64 at)
{
    buf b = {.a = a};
    time_put_utc_ms(&b, at);
    return buf_str(&b);
}

str time_http(struct arena *a, i64 at)
{
    static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct civil c = civil_at(at, zone_utc);
    return str_fmt(a, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[civil_weekday(c)], c.day,
                   months[c.month - 1], c.year, c.hour, c.minute, c.second);
}

/* n digits at the front of *s as a number, removed; -1: not there. */
static int digits(str *s, size_t n)
{
    int v = 0;
    if (s->n < n)
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (s->p[i] < '0' || s->p[i] > '9')
            return -1;
        v = v * 10 + (s->p[i] - '0');
    }
    *s = str_from(*s, n);
    return v;
}

static bool eat(str *s, char c)
{
    if (s->n == 0 || s->p[0] != c)
        return false;
    *s = str_from(*s, 1);
    return true;
}

static bool parse_date(str *s, struct civil *c)
{
    c->year = digits(s, 4);
    if (c->year < 0 || !eat(s, '-') || (c->month = digits(s, 2)) < 0 || !eat(s, '-') ||
        (c->day = digits(s, 2)) < 0)
        return false;
    struct civil back = civil_of_days(days_of(c->year, c->month, c->day));
    return c->month >= 1 && c->month <= 12 && back.month == c->month && back.day == c->day;
}

static bool parse_clock(str *s, struct civil *c)
{
    if ((c->hour = digits(s, 2)) < 0 || !eat(s, ':') || (c->minute = digits(s, 2)) < 0)
        return false;
    if (eat(s, ':') && (c->second = digits(s, 2)) < 0)
        return false;
    if (eat(s, '.')) {
        int weight = 100, seen = 0;
        for (int d; (d = digits(s, 1)) >= 0; weight /= 10, seen++)
            c->ms += d * weight;
        if (seen == 0)
            return false;
    }
    return c->hour <= 23 && c->minute <= 59 && c->second <= 60;
}

/* "Z" or "+09:00" in minutes. */
static bool parse_offset(str *s, int *out)
{
    if (eat(s, 'Z') || eat(s, 'z')) {
        *out = 0;
        return true;
    }
    int sign = eat(s, '+') ? 1 : eat(s, '-') ? -1 : 0, h, m;
    if (sign == 0 || (h = digits(s, 2)) < 0 || h > 23 || !eat(s, ':') || (m = digits(s, 2)) < 0 ||
        m > 59)
        return false;
    *out = sign * (h * 60 + m);
    return true;
}

bool time_parse(str s, const struct zone *z, i64 *out)
{
    struct civil c = {0};
    int offset;
    if (!parse_date(&s, &c))
        return false;
    if (s.n > 0) {
        if (!eat(&s, 'T') && !eat(&s, 't') && !eat(&s, ' '))
            return false;
        if (!parse_clock(&s, &c))
            return false;
    }
    if (s.n == 0) {
        *out = civil_instant(c, z);
        return true;
    }
    if (!parse_offset(&s, &offset) || s.n > 0)
        return false;
    *out = civil_instant(c, zone_utc) - offset * MINUTE;
    return true;
}
