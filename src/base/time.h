/* time.h - instants, days and zones, by arithmetic alone: the clock is read in io/.
 *
 * An instant is milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.  What a
 * person reads is always shown in a zone, with its abbreviation. */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include "base/str.h"

#define SECOND ((i64)1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

struct civil {
    int year, month, day, hour, minute, second, ms; /* month and day from 1 */
};

/* A zone of the IANA database, by the rule that holds today (no history before 2007). */
struct zone;
extern const struct zone *const zone_utc, *const zone_tokyo;

/* By IANA name ("Asia/Tokyo"); NULL: none that we carry. */
const struct zone *zone_find(str name);

/* All zones that we carry, for a select; NULL behind the last. */
const struct zone *zone_at(size_t i);
str zone_name(const struct zone *z);

/* Minutes east of UTC at that instant, and the abbreviation that then holds ("JST"). */
int zone_offset(const struct zone *z, i64 at);
str zone_abbr(const struct zone *z, i64 at);

struct civil civil_at(i64 at, const struct zone *z);

/* The first instant that shows this civil time in the zone; a time that a clock change
 * skips gives the instant of the change.  Fields out of range carry over. */
i64 civil_instant(struct civil c, const struct zone *z);

/* 0 Sunday … 6 Saturday. */
int civil_weekday(struct civil c);

i64 time_day_start(i64 at, const struct zone *z);

/* Calendar arithmetic in the zone, keeping the wall clock; 31 January plus a month is the
 * last day of February. */
i64 time_add_days(i64 at, int days, const struct zone *z);
i64 time_add_months(i64 at, int months, const struct zone *z);

str time_rfc3339(struct arena *a, i64 at, const struct zone *z); /* 2026-11-21T09:00:00+09:00 */
str time_utc_ms(struct arena *a, i64 at);                        /* 2026-11-21T00:00:00.000Z */
void time_put_utc_ms(buf *b, i64 at);                            /* likewise */
str time_date(struct arena *a, i64 at, const struct zone *z);    /* 2026-11-21 */
str time_minute(struct arena *a, i64 at, const struct zone *z);  /* 2026-11-21 09:00 JST */
str time_http(struct arena *a, i64 at);                          /* RFC 9110 IMF-fixdate */

/* RFC 3339 date-time with offset, or full-date (then midnight in z).  Existing days only.
 * "2026-11-21T09:00" without offset, as datetime-local fields send it, is read in z. */
bool time_parse(str s, const struct zone *z, i64 *out);

#endif
