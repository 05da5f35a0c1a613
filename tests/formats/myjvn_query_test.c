/* myjvn_query_test.c - parameters, defaults, limits and errors of the MyJVN API. */
#include "formats/myjvn_query.h"
#include "t.h"

#define NOW 1795335600000 /* 2026-11-22T15:20:00+09:00 */

static struct myjvn_query ask(struct arena *a, const char *query)
{
    struct myjvn_query q;
    struct fields f = {0};
    struct problems ps = {0};
    struct urlform_limits max = {200, 100, 5000};
    CHECK_ERR(OK, urlform_read(a, str_z(query), max, &f, &ps));
    myjvn_query_read(a, &f, S("JVNDB"), NOW, &q);
    return q;
}

static void good(struct arena *a, const char *query, struct myjvn_query *q)
{
    *q = ask(a, query);
    if (q->wrong != MYJVN_RIGHT)
        (void)printf("%s: %.*s %.*s\n", query, SV(q->status.code), SV(q->parameter));
    CHECK(q->wrong == MYJVN_RIGHT && !q->status.failed);
}

static void bad(struct arena *a, const char *query, const char *code)
{
    struct myjvn_query q = ask(a, query);
    CHECK(q.wrong != MYJVN_RIGHT && q.status.failed && !q.status.max.is);
    CHECK_STR(str_z(code), q.status.code);
}

static i64 day(int y, int m, int d)
{
    return civil_instant((struct civil){.year = y, .month = m, .day = d}, zone_tokyo);
}

#define LIST "method=getVulnOverviewList&feed=hnd"
#define OKA "method=getVulnOverviewList&feed=oka"

TEST(an_overview_is_of_the_last_week_by_all_three_dates_unless_it_is_said)
{
    struct myjvn_query q;
    good(a, LIST, &q);
    CHECK(q.method == MYJVN_OVERVIEW && q.start == 1 && q.count == 50 && !q.is_oka && !q.is_en);
    for (enum myjvn_date d = 0; d < MYJVN_DATES; d++)
        CHECK(q.from[d].is && q.from[d].v == day(2026, 11, 15) && !q.until[d].is);
    CHECK(q.keyword.p == NULL && q.kind == MYJVN_BY_NOTHING && q.cvss == 0 && q.rating == -1);
    CHECK_I64(50, q.status.max.v);
    good(a, LIST "&rangeDatePublic=n&rangeDatePublished=m&rangeDateFirstPublished=", &q);
    CHECK(!q.from[MYJVN_PUBLIC].is);
    CHECK_I64(day(2026, 10, 22), q.from[MYJVN_UPDATED].v);
    CHECK_I64(day(2026, 11, 15), q.from[MYJVN_ISSUED].v);
}

TEST(days_are_given_from_the_first_to_the_last_whole_one)
{
    struct myjvn_query q;
    good(
        a,
        LIST
        "&datePublicStartY=2020&datePublicEndY=2022&rangeDatePublished=n&rangeDateFirstPublished=n",
        &q);
    CHECK_I64(day(2020, 1, 1), q.from[MYJVN_PUBLIC].v);
    CHECK_I64(day(2023, 1, 1), q.until[MYJVN_PUBLIC].v);
    good(a,
         LIST "&datePublishedStartY=2024&datePublishedStartM=02&datePublishedEndY=2024&"
              "datePublishedEndM=2",
         &q);
    CHECK_I64(day(2024, 2, 1), q.from[MYJVN_UPDATED].v);
    CHECK_I64(day(2024, 3, 1), q.until[MYJVN_UPDATED].v);
    good(a,
         LIST "&rangeDateFirstPublished=n&dateFirstPublishedEndY=2024&dateFirstPublishedEndM=02&"
              "dateFirstPublishedEndD=29",
         &q);
    CHECK(!q.from[MYJVN_ISSUED].is && q.until[MYJVN_ISSUED].v == day(2024, 3, 1));
    good(a, LIST "&rangeDatePublic=w&datePublicStartY=2020&datePublicEndY=2021",
         &q); /* the range wins */
    CHECK(q.from[MYJVN_PUBLIC].v == day(2026, 11, 15) && !q.until[MYJVN_PUBLIC].is);
    good(a, OKA "&modifiedRangeDate=DAY&createdStartDate=20210804&createdEndDate=20211022", &q);
    CHECK_I64(day(2026, 11, 21), q.from[MYJVN_UPDATED].v);
    CHECK_I64(day(2021, 8, 4), q.from[MYJVN_ISSUED].v);
    CHECK_I64(day(2021, 10, 23), q.until[MYJVN_ISSUED].v);
    CHECK(!q.from[MYJVN_PUBLIC].is); /* no default there */
    good(a, OKA "&lastModStartDate=20210804&pubEndDate=20211022&publicRangeDate=NONE", &q);
    CHECK_I64(day(2021, 8, 4), q.from[MYJVN_UPDATED].v);
    bad(a, LIST "&datePublicStartM=1", "VL06030970");
    bad(a, LIST "&datePublicStartY=2020&datePublicStartD=1", "VL06030970");
    bad(a, LIST "&datePublicStartY=2023&datePublicStartM=2&datePublicStartD=29", "VL06030970");
    bad(a, LIST "&datePublicStartY=2023&datePublicEndY=2022", "VL06030970");
    bad(a, LIST "&datePublicStartY=2023&datePublicStartM=13", "VL06030970");
    bad(a, OKA "&createdStartDate=20210230", "VL06030970");
    bad(a, OKA "&createdStartDate=2021010", "VL06030970");
    bad(a, OKA "&createdStartDate=20210102&createdEndDate=20210101", "VL06030970");
    bad(a, LIST "&rangeDatePublic=x", "VL90000005");
}

TEST(the_codes_that_jvn_answers_are_answered)
{
    bad(a, "method=getVulnOverviewList&feed=itm", "XX00000001");
    bad(a, "method=getVulnOverviewList", "XX00000001");
    bad(a, "method=getVulnOverviewList&feed=", "XX00000001");
    bad(a, LIST "&startItem=0", "VL01020003");
    bad(a, LIST "&startItem=x", "VL01020003");
    bad(a, "method=getVendorList&feed=hnd&startItem=-1", "VN01020003");
    bad(a, "method=getProductList&feed=oka&startItem=1.5", "PR01020003");
    bad(a, "method=getVulnDetailInfo&feed=hnd&vulnId=CVE-2026-0001", "VD01030602");
    bad(a, "method=getVulnDetailInfo&feed=hnd&vulnId=JVNDB-2026-000001%2BJVN%2312345678",
        "VD01030602");
    bad(a, "method=getStatistics&feed=hnd&theme=sumAll&datePublicStartY=2024&datePublicEndY=2023",
        "VS06030970");
    bad(a, "method=getAlertList&feed=hnd&datePublished=x", "AL0703019");
    bad(a, "method=getAlertList&feed=hnd&datePublished=10000", "AL0703019");
}

TEST(other_errors_have_codes_of_our_own)
{
    bad(a, "feed=hnd", "XX90000001");
    bad(a, "method=getvulnoverviewlist&feed=hnd", "XX90000001");
    bad(a, LIST "&maxCountItem=51", "VL90000004");
    bad(a, LIST "&maxCountItem=0", "VL90000003");
    bad(a, "method=getVulnDetailInfo&feed=hnd&vulnId=JVNDB-2026-000001&maxCountItem=11",
        "VD90000004");
    bad(a, "method=getVulnDetailInfo&feed=hnd", "VD90000007");
    bad(a, "method=getVulnDetailInfo&feed=hnd&vulnId=", "VD90000007");
    bad(a, "method=getStatistics&feed=hnd", "VS90000007");
    bad(a, "method=getStatistics&feed=hnd&theme=sumCwe", "VS90000007");
    bad(a, LIST "&lang=fr", "VL90000005");
    bad(a, LIST "&severity=x", "VL90000005");
    bad(a, LIST "&cpeName=apache", "VL90000005");
    bad(a, LIST "&vendorId=x", "VL90000003");
    bad(a, LIST "&cpeName=cpe:/a:apache&vendorId=1", "VL90000006");
    bad(a, LIST "&vector=CVSS:3.0/AV:X", "VL90000011");
}

TEST(several_names_are_joined_by_plus_and_only_one_kind_may_be_given)
{
    struct myjvn_query q;
    good(a,
         "method=getProductList&feed=hnd&cpeName=cpe:/a:apache:http_server+cpe:/a:microsoft:.net",
         &q);
    CHECK(q.kind == MYJVN_BY_CPE && q.names.n == 2);
    CHECK_STR(S("cpe:/a:microsoft:.net"), q.names.v[1]);
    CHECK(q.keyword_names);
    good(a,
         "method=getProductList&feed=hnd&cpeName=cpe:/"
         "a:apache:xerces-c%252B%252B&keyword=Xerces%20C",
         &q);
    CHECK_STR(S("cpe:/a:apache:xerces-c%2B%2B"), q.names.v[0]);
    CHECK_STR(S("Xerces C"), q.keyword);
    good(a, LIST "&productId=1%2B22&keyword=%E6%A9%8B", &q);
    CHECK(q.kind == MYJVN_BY_PRODUCT && q.names.n == 2 && !q.keyword_names);
    good(a,
         "method=getVulnDetailInfo&feed=hnd&vulnId=JVNDB-2026-000001%2BJVNDB-2026-000002&lang=en",
         &q);
    CHECK(q.ids.n == 2 && q.count == 10 && q.is_en);
    CHECK_STR(S("en"), q.status.lang);
    buf b = {.a = a};
    buf_put(&b, S(LIST "&vendorId=1"));
    for (int i = 0; i < MYJVN_NAMES; i++)
        buf_put(&b, S("%2B1"));
    struct myjvn_query many = ask(a, str_to_z(a, buf_str(&b)));
    CHECK(many.wrong == MYJVN_TOO_MANY && many.limit == MYJVN_NAMES);
}

TEST(oka_names_products_in_four_ways)
{
    struct myjvn_query q;
    good(a, OKA "&nameType=cpe&productName=cpe:2.3:a:apache:http_server&version=1.3.1.1", &q);
    CHECK_STR(S("cpe:/a:apache:http_server"), q.names.v[0]);
    CHECK_STR(S("1.3.1.1"), q.version);
    good(
        a,
        OKA
        "&nameType=jvnpid&productName=jvnpid:1.0::apache&versionStart=1&versionStartType=excluding",
        &q);
    CHECK_STR(S("cpe:/:apache:"), q.names.v[0]);
    CHECK(q.from_open && !q.until_open);
    good(a, OKA "&nameType=vid&productName=8", &q);
    CHECK(q.kind == MYJVN_BY_VENDOR);
    good(a, OKA "&nameType=pid&productName=141", &q);
    CHECK(q.kind == MYJVN_BY_PRODUCT && q.count == 50);
    bad(a, OKA "&nameType=cpe", "VL90000007");
    bad(a, OKA "&productName=8", "VL90000007");
    bad(a, OKA "&nameType=cpe&productName=cpe:/a:apache", "VL90000005");
    bad(a, OKA "&nameType=vid&productName=x", "VL90000003");
    bad(a, OKA "&version=1", "VL90000006");
    bad(a, OKA "&nameType=vid&productName=8&version=1", "VL90000006");
    good(a, "method=getVulnDetailInfo&feed=oka&vulnId=JVNDB-2026-000001&ft=jvnstix", &q);
    CHECK(q.ft == MYJVN_FT_STIX && q.count == 1);
}

TEST(severity_and_metrics_are_of_the_version_they_are_asked_of)
{
    struct myjvn_query q;
    good(a, LIST "&severity=c&vector=CVSS:3.0/AV:L/AC:L/PR:L/UI:N/S:C/C:H/I:N/A:N", &q);
    CHECK(q.cvss == 3 && q.rating == 4);
    CHECK_STR(S("AV:L/AC:L/PR:L/UI:N/S:C/C:H/I:N/A:N"), q.vector);
    good(a, OKA "&cvssV2Severity=LOW", &q);
    CHECK(q.cvss == 2 && q.rating == 1);
    good(a, OKA "&cvssV4Metrics=AV:A/AC:H/PR:H/UI:N", &q);
    CHECK(q.cvss == 4 && q.rating == -1);
    bad(a, OKA "&cvssV4Metrics=AV:A&cvssV3Severity=HIGH", "VL90000006");
    bad(a, OKA "&cvssV2Severity=CRITICAL", "VL90000005");
    CHECK(ask(a, OKA "&cvssV2Metrics=AV:P").wrong == MYJVN_VECTOR);
    CHECK(ask(a, LIST "&vector=E:U").wrong == MYJVN_VECTOR); /* no base metric */
}

TEST(statistics_have_a_theme_a_step_and_months)
{
    struct myjvn_query q;
    good(a,
         "method=getStatistics&feed=hnd&theme=sumCwe&cweId=CWE-79&type=q&datePublicStartY=2024&"
         "datePublicStartM=4&datePublicEndY=2024&datePublicEndM=6",
         &q);
    CHECK(q.theme == MYJVN_SUM_CWE && q.cwe == 79 && q.step == 'q' && q.cvss == 3);
    CHECK_I64(day(2024, 4, 1), q.from[MYJVN_PUBLIC].v);
    CHECK_I64(day(2024, 7, 1), q.until[MYJVN_PUBLIC].v);
    good(a, "method=getStatistics&feed=hnd&theme=sumAll&pid=7", &q);
    CHECK(q.theme == MYJVN_SUM_ALL && q.step == 'y' && q.kind == MYJVN_BY_PRODUCT);
    good(a,
         "method=getStatistics&feed=oka&metricType=cvssV4&datePublicStart=2020&datePublicEnd=2021",
         &q);
    CHECK(q.cvss == 4 && q.step == 'm' && q.until[MYJVN_PUBLIC].v == day(2022, 1, 1));
    good(a, "method=getAlertList&feed=hnd&dateFirstPublished=2025&ft=json", &q);
    CHECK(q.ft == MYJVN_FT_JSON && q.from[MYJVN_ISSUED].v == day(2025, 1, 1));
}

TEST(what_was_given_is_echoed_once_and_nothing_else)
{
    struct myjvn_query q;
    good(a,
         LIST "&maxCountItem=2&keyword=a&keyword=b&xsl=1&severity=&rangeDatePublic=n&"
              "datePublicEndY=2024&a%0BDate=1",
         &q);
    CHECK_I64(4, (i64)q.status.nparameters);
    CHECK_STR(S("maxCountItem"), q.status.parameters[0].name);
    CHECK_STR(S("a"), q.status.parameters[1].value);
    CHECK_STR(S("getVulnOverviewList"), q.status.method);
    CHECK_STR(S("hnd"), q.status.feed);
}
