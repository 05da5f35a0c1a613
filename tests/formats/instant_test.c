/* instant_test.c - points in time and versions of documents. */
#include "base/time.h"
#include "formats/instant.h"
#include "t.h"

static bool reads(str s)
{
    struct instant t;
    return instant_read(s, &t);
}

static int order(str x, str y)
{
    struct instant s, t;
    CHECK(instant_read(x, &s) && instant_read(y, &t));
    return instant_cmp(&s, &t);
}

TEST(instants_are_read_as_rfc_3339_writes_them)
{
    static const str good[] = {
        S_INIT("1985-04-12T23:20:50.52Z"),      S_INIT("1996-12-19T16:39:57-08:00"),
        S_INIT("1990-12-31T23:59:60Z"),         S_INIT("1990-12-31T15:59:60-08:00"),
        S_INIT("1937-01-01T12:00:27.87+00:20"), S_INIT("2015-06-30T10:29:60-13:30"),
        S_INIT("2000-02-29T02:14:58+03:00"),    S_INIT("2017-01-01T02:59:60.999999+03:00"),
        S_INIT("2024-01-24t10:00:00.000z"),     S_INIT("0000-01-01T00:00:00-00:00"),
    };
    for (size_t i = 0; i < COUNT(good); i++)
        CHECK(reads(good[i]));
}

TEST(what_is_no_instant_is_refused)
{
    static const str bad[] = {
        S_INIT(""),
        S_INIT("2024-01-24"),
        S_INIT("2024-01-24 10:00:00.000Z"),
        S_INIT("2024-01-24T10:00:00.000"),
        S_INIT("2024-01-24T10:00:00.000+00:10:21"),
        S_INIT("2024-01-24T10:00:00.Z"),
        S_INIT("2014-13-31T00:00:00+01:00"),
        S_INIT("2023-02-30T00:00:00+01:00"),
        S_INIT("2023-02-29T00:00:00+01:00"),
        S_INIT("1900-02-29T00:00:00+01:00"),
        S_INIT("2024-01-24T24:00:00Z"),
        S_INIT("2024-01-24T10:60:00Z"),
        S_INIT("2024-01-24T10:00:61Z"),
        S_INIT("2024-01-24T10:00:00+24:00"),
        S_INIT("2017-01-01T02:59:60+04:00"),
        S_INIT("2015-07-01T06:59:60-07:00"),
        S_INIT("2016-12-31T00:00:60+23:59"),
        S_INIT("2015-06-30T12:59:60+00:00"),
        S_INIT("2023-06-30T23:59:60Z"),
        S_INIT("2024-01-24T10:00:00Z "),
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!reads(bad[i]));
}

TEST(instants_compare_over_offsets_fractions_and_leap_seconds)
{
    CHECK(order(S("2024-01-24T10:00:00Z"), S("2024-01-24T19:00:00+09:00")) == 0);
    CHECK(order(S("2024-01-24T10:00:00.1Z"), S("2024-01-24T10:00:00.1000Z")) == 0);
    CHECK(order(S("2024-01-24T10:00:00.0000000001Z"), S("2024-01-24T10:00:00Z")) > 0);
    CHECK(order(S("2024-01-24T10:00:00.2Z"), S("2024-01-24T10:00:00.19Z")) > 0);
    CHECK(order(S("2016-12-31T23:59:60Z"), S("2016-12-31T23:59:59.9999Z")) > 0);
    CHECK(order(S("2016-12-31T23:59:60.9Z"), S("2017-01-01T00:00:00Z")) < 0);
    CHECK(order(S("2017-01-01T08:59:60+09:00"), S("2016-12-31T23:59:60Z")) == 0);
    struct instant t;
    CHECK(instant_read(S("2024-01-24T10:00:00.0625Z"), &t) && !t.lower && !t.leap);
    CHECK_I64(1706090400062, instant_ms(&t));
    CHECK(instant_read(S("2024-01-24T10:00:00z"), &t) && t.lower);
}

/* semver.org 2.0.0, section 11. */
TEST(versions_of_documents_have_the_precedence_of_semver)
{
    static const str up[] = {
        S_INIT("1.0.0-alpha"),
        S_INIT("1.0.0-alpha.1"),
        S_INIT("1.0.0-alpha.beta"),
        S_INIT("1.0.0-beta"),
        S_INIT("1.0.0-beta.2"),
        S_INIT("1.0.0-beta.11"),
        S_INIT("1.0.0-rc.1"),
        S_INIT("1.0.0"),
        S_INIT("2.0.0"),
        S_INIT("2.1.0"),
        S_INIT("2.1.1"),
        S_INIT("2.1.10"),
        S_INIT("99999999999999999999.0.0"),
        S_INIT("100000000000000000000.0.0"),
    };
    struct doc_version x, y;
    for (size_t i = 0; i < COUNT(up); i++) {
        for (size_t j = 0; j < COUNT(up); j++) {
            CHECK(doc_version_read(up[i], &x) && doc_version_read(up[j], &y));
            int order = doc_version_cmp(&x, &y);
            CHECK((order > 0) - (order < 0) == (i > j) - (i < j));
        }
    }
    CHECK(doc_version_read(S("1.0.0+a.01"), &x) && doc_version_read(S("1.0.0+b"), &y));
    CHECK(doc_version_cmp(&x, &y) == 0 && !x.integer);
    CHECK_STR(S("a.01"), x.build);
    CHECK(doc_version_read(S("9"), &x) && doc_version_read(S("10"), &y));
    CHECK(x.integer && doc_version_cmp(&x, &y) < 0);
    CHECK(doc_version_read(S("0.9.1-rc.1+5"), &x) && doc_version_is_zero(&x));
    CHECK_STR(S("rc.1"), x.pre);
}

TEST(what_is_no_version_of_a_document_is_refused)
{
    static const str bad[] = {
        S_INIT(""),
        S_INIT("01"),
        S_INIT("-1"),
        S_INIT("1.0"),
        S_INIT("1.0.0."),
        S_INIT("v1.0.0"),
        S_INIT("1.02.0"),
        S_INIT("1.0.0-"),
        S_INIT("1.0.0-a..b"),
        S_INIT("1.0.0-01"),
        S_INIT("1.0.0+"),
        S_INIT("1.0.0-a+b+c"),
        S_INIT("1.0.0-\xC3\xA4"),
        S_INIT("1.0.0.0"),
        S_INIT("1-rc"),
        S_INIT("1.0.0-a."),
    };
    struct doc_version v;
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!doc_version_read(bad[i], &v));
    CHECK(doc_version_read(S("1.0.0-0a.-.--"), &v));
}
