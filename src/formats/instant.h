/* instant.h - points in time as RFC 3339 section 5.6 writes them, and the versions of documents.
 *
 * Any fraction of a second counts, so that instants compare exactly as written.  A leap second
 * is read where one was: on the 27 days that IERS Bulletin C named, at 23:59:60 UTC. */
#ifndef FORMATS_INSTANT_H
#define FORMATS_INSTANT_H

#include "base/str.h"

struct instant {
    i64 seconds;  /* since 1970-01-01T00:00:00Z, leap seconds not counted; of :59 when leap */
    bool leap;    /* the 61st second of a minute */
    bool lower;   /* a small t or z, which CSAF forbids and RFC 3339 permits */
    str fraction; /* digits of the text read, without zeros at the end; empty: none */
};

/* False: not a date-time with offset, or no such day, time or leap second. */
bool instant_read(str s, struct instant *out);

/* Less than, equal to or greater than 0. */
int instant_cmp(const struct instant *x, const struct instant *y);

/* Milliseconds since 1970, as base/time.h counts; a leap second is the one before it. */
i64 instant_ms(const struct instant *t);

/* The version of a CSAF document: an integer, or a version of semver.org 2.0.0. */
struct doc_version {
    bool integer;
    str major, minor, patch; /* digits; integer: only major */
    str pre, build;          /* absent: none */
};

bool doc_version_read(str s, struct doc_version *out);

/* By precedence: what was built (behind '+') does not count.  An integer is taken as its major
 * version alone. */
int doc_version_cmp(const struct doc_version *x, const struct doc_version *y);

/* 0 or 0.y.z: before the first release. */
bool doc_version_is_zero(const struct doc_version *v);

/* Numbers of any length as digits without sign; zeros in front do not count. */
int digits_cmp(str x, str y);

/* Precedence of what stands between '-' and '+', without the '-'; absent is the greatest. */
int semver_pre_cmp(str x, str y);

#endif
