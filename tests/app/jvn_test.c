/* jvn_test.c - what the MyJVN API answers over what is public. */
#include "app/jvn.h"
#include "app/jvn_file.h"
#include "app/jvn_own.h"
#include "app/settings.h"
#include "formats/jvnrss.h"
#include "formats/vuldef.h"
#include "gen/sql.h"
#include "help/app.h"
#include "t.h"

/* One released advisory; day: before STAGE_NOW, of its change; since: of its first release. */
struct one {
    int i, day, since;
    const char *title, *overview, *vector, *slug, *product, *versions, *status, *cwe;
    bool critical, english, again; /* again: it stands there already */
};

#define V_CRITICAL "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
#define V_MEDIUM "CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"
#define V_TWO "AV:N/AC:L/Au:N/C:P/I:P/A:P"
#define V_FOUR "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"

static const struct one all[] = {
    {1, 1, 1, "橋における脆弱性", "Ｇａｔｅ に脆弱性があります", V_CRITICAL, "mihon", "Gate X",
     "1.0 から 2.0", "affected", "CWE-79", true, true},
    {2, 3, 400, "Tower における脆弱性", "塔です", V_MEDIUM, "mihon", "Tower", "3.0", "affected",
     "CWE-352", false, false},
    {3, 20, 20, "Gate Y における脆弱性", "門です", V_TWO, "reiji", "Gate Y", "", "affected",
     "CWE-79", false, true},
    {4, 100, 800, "Old における問題", "古い", V_FOUR, "reiji", "門 Old", "2.0 より前", "affected",
     "CWE-20", false, false},
    {5, 2, 2, "Clear", "影響なし", "", "mihon", "Clear", "", "not_affected", "", false, false},
};

static str content(struct arena *a, const struct one *o)
{
    return str_fmt(
        a,
        "{\"sections\":{\"overview\":\"%s\"},\"vulnerabilities\":[{\"cve\":\"CVE-2026-%04d\","
        "\"cwe\":\"%s\",\"title\":\"\",\"score\":0,\"vectors\":[{\"issuer\":\"coordinator\","
        "\"vector\":\"%s\",\"score\":0}]}],\"vendors\":[{\"org\":\"x\",\"slug\":\"%s\",\"name\":"
        "\"%s Ltd\",\"status\":\"%s\",\"updated\":0,\"history\":[],\"products\":[{\"name\":\"%s\","
        "\"versions\":\"%s\",\"status\":\"%s\"}]}],\"history\":[{\"kind\":\"released\",\"at\":%lld}"
        "]}",
        o->overview, o->i, o->cwe, o->vector, o->slug, o->slug, o->status, o->product, o->versions,
        o->status, (long long)STAGE_NOW);
}

static enum err put(struct ctx *cx, void *arg)
{
    const struct one *o = arg;
    struct q_generation_get g;
    struct q_org_by_slug org;
    str number = str_fmt(cx->a, "%08d", o->i), case_id = new_id(cx);
    i64 published = STAGE_NOW - o->since * DAY;
    TRY(q_org_by_slug(cx->db, &org, .slug = S("coordinator")));
    if (!o->again)
        TRY(q_case_add(cx->db, .id = case_id, .number = number, .flow = S("coordinated"),
                       .entry = S("finder"), .owner_id = org.id, .opened = cx->now,
                       .tlp = S("CLEAR")));
    for (int lang = 0; lang <= o->english; lang++)
        TRY(q_publication_put(cx->db, .number = number, .lang = lang ? S("en") : S("ja"),
                              .case_id = case_id, .revision = 1, .published = published,
                              .updated = STAGE_NOW - o->day * DAY, .origin = S("finder"),
                              .severity = 53, .critical = o->critical, .title = str_z(o->title),
                              .title_sort = S(""), .vendors = S(""), .cves = S(""), .cwes = S(""),
                              .content = content(cx->a, o)));
    TRY(q_publication_id_add(cx->db, .id = str_fmt(cx->a, "CVE-2026-%04d", o->i),
                             .number = number));
    TRY(q_generation_next(cx->db));
    TRY(q_generation_get(cx->db, &g));
    TRY(q_publication_serial_add(cx->db, .number = number,
                                 .year = civil_at(published, zone_tokyo).year));
    return q_publication_mark(cx->db, .number = number, .generation = g.n);
}

static void publish(struct stage *st, const struct one *o)
{
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, db_write(cx, put, (void *)(uintptr_t)o));
}

static void publish_all(struct stage *st)
{
    stage_cast(st);
    for (size_t i = 0; i < COUNT(all); i++)
        publish(st, &all[i]);
}

static struct jvn_answer ask(struct stage *st, const char *query, struct myjvn_query *q)
{
    struct ctx *cx = stage_nobody(st);
    struct fields f = {0};
    struct problems ps = {0};
    struct jvn_answer r;
    struct urlform_limits max = {100, 100, 2000};
    CHECK_ERR(OK, urlform_read(st->a, str_z(query), max, &f, &ps));
    myjvn_query_read(st->a, &f, S("KKHDB"), STAGE_NOW, q);
    if (q->wrong != MYJVN_RIGHT)
        (void)printf("%s: %.*s\n", query, SV(q->status.code));
    CHECK(q->wrong == MYJVN_RIGHT);
    CHECK_OK(cx, jvn_answer(cx, q, &r));
    return r;
}

/* "1 2 (2)": the numbers of those shown, and how many there are. */
static void check_found(struct stage *st, const char *want, const char *query)
{
    struct myjvn_query q;
    struct jvn_answer r = ask(st, query, &q);
    buf b = {.a = st->a};
    for (size_t i = 0; i < r.entries.n; i++)
        buf_putf(&b, "%d ", atoi(str_to_z(st->a, str_from(r.entries.v[i].number, 4))));
    buf_putf(&b, "(%" PRId64 ")", r.total);
    if (!str_eq(str_z(want), buf_str(&b)))
        (void)printf("%s\n", query);
    CHECK_STR(str_z(want), buf_str(&b));
}

#define LIST "method=getVulnOverviewList&feed=hnd"
#define OPEN LIST "&rangeDatePublic=n&rangeDatePublished=n&rangeDateFirstPublished=n"
#define OKA "method=getVulnOverviewList&feed=oka"

APP_TEST(overviews_are_filtered_by_every_parameter_the_last_changed_first)
{
    static const struct {
        const char *want, *query;
    } cases[] = {
        {"1 5 (2)", LIST},
        {"1 5 2 3 4 (5)", OPEN},
        {"5 2 (5)", OPEN "&startItem=2&maxCountItem=2"},
        {"(5)", OPEN "&startItem=9"},
        {"1 3 (2)", OPEN "&lang=en"},
        {"1 5 2 (3)", LIST "&rangeDatePublic=n&rangeDateFirstPublished=n"},
        {"1 5 2 3 (4)", LIST "&rangeDatePublic=n&rangeDateFirstPublished=n&rangeDatePublished=m"},
        {"4 (1)", OPEN "&datePublicEndY=2024"},
        {"2 4 (2)", OPEN "&dateFirstPublishedEndY=2025&dateFirstPublishedEndM=12"},
        {"1 (1)", OPEN "&datePublishedStartY=2026&datePublishedStartM=11&datePublishedStartD=1"},
        {"1 (1)", OPEN "&severity=c"},
        {"2 (1)", OPEN "&severity=m&datePublicStartY=2025"},
        {"(0)", OPEN "&severity=n"},
        {"1 (1)", OPEN "&vector=CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},
        {"3 (1)", OKA "&cvssV2Severity=HIGH"},
        {"4 (1)", OKA "&cvssV4Metrics=AV:N/VC:H"},
        {"4 (1)", OKA "&cvssV4Severity=CRITICAL"},
        {"1 2 3 (3)",
         OPEN "&keyword=%E3%81%AB%E3%81%8A%E3%81%91%E3%82%8B%E8%84%86%E5%BC%B1%E6%80%A7"},
        {"1 3 (2)", OPEN "&keyword=GATE"},
        {"4 (1)", OPEN "&keyword=%E5%8F%A4%E3%81%84"},
        {"(0)", OPEN "&keyword=%2A"},
        {"1 3 (2)", OKA "&keyword=gate"}, /* names of products */
        {"(0)", OKA "&keyword=%E5%8F%A4%E3%81%84"},
        {"1 2 (2)", OPEN "&cpeName=cpe:/a:mihon:*"},
        {"1 2 (2)", OPEN "&cpeName=cpe:/:mihon"},
        {"1 (1)", OPEN "&cpeName=cpe:/a:mihon:gate_x"},
        {"1 3 (2)", OPEN "&cpeName=cpe:/a:mihon:gate*%2Bcpe:/a:reiji:gate*"},
        {"2 (1)", OKA "&nameType=cpe&productName=cpe:2.3:a:mihon:tower"},
        {"1 (1)", OKA "&nameType=jvnpid&productName=jvnpid:1.0::mihon&version=1.5"},
        {"2 (1)", OKA "&nameType=cpe&productName=cpe:2.3:a:*:*&version=3.0"},
        {"4 (1)", OKA "&nameType=cpe&productName=cpe:2.3:a:reiji&versionEnd=1.9"},
        {"1 2 (2)", OKA "&nameType=cpe&productName=cpe:2.3:a:*:*&versionStart=2.0"},
        {"2 (1)",
         OKA "&nameType=cpe&productName=cpe:2.3:a:*:*&versionStart=2.0&versionStartType=excluding"},
        {"3 (1)", OKA "&nameType=cpe&productName=cpe:2.3:a:*:*&versionType=no"},
        {"1 2 4 (3)", OKA "&nameType=cpe&productName=cpe:2.3:a:*:*&versionType=all"},
    };
    publish_all(st);
    for (size_t i = 0; i < COUNT(cases); i++)
        check_found(st, cases[i].want, cases[i].query);
}

APP_TEST(an_advisory_is_told_as_jvn_would)
{
    struct myjvn_query q;
    publish_all(st);
    struct jvn_answer r = ask(st, "method=getVulnDetailInfo&feed=hnd&vulnId=KKHDB-2026-000001", &q);
    CHECK_I64(1, (i64)r.entries.n);
    const struct jvn_entry *e = &r.entries.v[0];
    CHECK_STR(S("KKHDB-2026-000001"), e->id);
    CHECK_STR(S("KKH#00000001"), e->number);
    CHECK_STR(S("橋における脆弱性"), e->title);
    CHECK_STR(S("Ｇａｔｅ に脆弱性があります"), e->overview);
    CHECK_STR(S("CVE-2026-0001"), e->references[0].id);
    CHECK_STR(S("NVD"), e->references[1].source);
    CHECK_STR(S("KKH"), e->references[2].source);
    CHECK(e->references[3].about == JVN_CWE);
    CHECK_STR(S("クロスサイトスクリプティング"), e->references[3].title);
    CHECK_STR(S("cpe:/a:mihon:gate_x"), e->products[0].cpes.v[0]);
    CHECK_STR(S("vulnerable"), e->products[0].status);
    CHECK_STR(S("1.0 から 2.0"), e->products[0].versions[0].text);
    CHECK_STR(S("9.8"), e->cvss[0].score);
    CHECK_STR(S("Critical"), e->cvss[0].severity);
    CHECK_STR(S(V_CRITICAL), e->cvss[0].vector);
    CHECK_I64(STAGE_NOW - DAY, e->issued.v);
    CHECK_I64(time_day_start(STAGE_NOW - DAY, zone_tokyo), e->first_public.v);
    CHECK_I64(1, (i64)e->nhistory);
    check_found(st, "3 1 (2)",
                "method=getVulnDetailInfo&feed=hnd&vulnId=KKHDB-2026-000002%2BKKHDB-2026-000001%"
                "2BKKHDB-2026-999999");
    check_found(st, "(0)", "method=getVulnDetailInfo&feed=hnd&vulnId=KKHDB-2026-999999");
    check_found(st, "(0)", "method=getVulnDetailInfo&feed=hnd&vulnId=KKHDB-20x");
    check_found(st, "2 (1)", "method=getVulnDetailInfo&feed=hnd&vulnId=KKHDB-2025-000001");
}

/* "mihon Ltd: Gate X, Tower; …" */
static str said(struct stage *st, const struct myjvn_vendors *v)
{
    buf b = {.a = st->a};
    for (size_t i = 0; i < v->n; i++) {
        buf_putf(&b, "%s%.*s", i ? "; " : "", SV(v->v[i].name));
        for (size_t k = 0; k < v->v[i].nproducts; k++)
            buf_putf(&b, "%s %.*s", k ? "," : ":", SV(v->v[i].products[k].name));
    }
    return b.n ? buf_str(&b) : S("");
}

APP_TEST(vendors_and_products_are_those_that_are_affected_each_once)
{
    struct myjvn_query q;
    publish_all(st);
    struct jvn_answer r = ask(st, "method=getVendorList&feed=hnd", &q);
    CHECK_STR(S("mihon Ltd; reiji Ltd"), said(st, &r.vendors));
    CHECK_STR(S("cpe:/:mihon"), r.vendors.v[0].cpe);
    i64 vid = r.vendors.v[0].vid;
    r = ask(st, "method=getProductList&feed=hnd", &q);
    CHECK_STR(S("mihon Ltd: Gate X, Tower; reiji Ltd: 門 Old, Gate Y"), said(st, &r.vendors));
    CHECK_I64(4, r.total);
    i64 pid = r.vendors.v[0].products[0].pid;
    r = ask(st, "method=getProductList&feed=hnd&startItem=2&maxCountItem=2", &q);
    CHECK_STR(S("mihon Ltd: Tower; reiji Ltd: 門 Old"), said(st, &r.vendors));
    CHECK_I64(4, r.total);
    r = ask(st, "method=getProductList&feed=hnd&keyword=gate", &q);
    CHECK_STR(S("mihon Ltd: Gate X; reiji Ltd: Gate Y"), said(st, &r.vendors));
    char query[200];
    (void)snprintf(query, sizeof query, "method=getProductList&feed=hnd&vendorId=%" PRId64, vid);
    r = ask(st, query, &q);
    CHECK_STR(S("mihon Ltd: Gate X, Tower"), said(st, &r.vendors));
    (void)snprintf(query, sizeof query, OPEN "&productId=%" PRId64, pid);
    check_found(st, "1 (1)", query);
}

static struct myjvn_statistics sums(struct stage *st, const char *query)
{
    struct myjvn_query q;
    return ask(st, query, &q).statistics;
}

APP_TEST(statistics_count_by_years_quarters_months_ratings_and_weaknesses)
{
    publish_all(st);
    struct myjvn_statistics s =
        sums(st, "method=getStatistics&feed=hnd&theme=sumAll&cweId=79&datePublicStartY=2024");
    CHECK_I64(3, (i64)s.n); /* 2024 2025 2026 */
    CHECK_STR(S("2026"), s.v[2].date);
    CHECK(s.v[0].all == 1 && s.v[1].all == 1 && s.v[2].all == 3);
    CHECK(s.v[2].by[4] == 1 && s.v[1].by[2] == 1 && s.v[2].cwe == 2 && s.v[0].cwe == 0);
    CHECK(s.vulnerabilities == 5 && s.vendors == 2 && s.products == 4);
    CHECK_STR(S("CWE-79"), s.cwe);
    s = sums(st, "method=getStatistics&feed=hnd&theme=sumJvnDb&type=q&datePublicStartY=2026");
    CHECK_I64(4, (i64)s.n);
    CHECK_STR(S("2026-4Q"), s.v[3].date);
    CHECK_I64(3, s.v[3].all);
    s = sums(st, "method=getStatistics&feed=hnd&theme=sumJvnDb&type=m&datePublicStartY=2026&"
                 "datePublicStartM=10&datePublicEndY=2026&datePublicEndM=10");
    CHECK_I64(1, (i64)s.n);
    CHECK_STR(S("2026-10"), s.v[0].date);
    CHECK_I64(2, s.v[0].all);
    s = sums(st, "method=getStatistics&feed=hnd&theme=sumJvnDb&cpeName=cpe:/a:mihon:*&"
                 "datePublicStartY=2026");
    CHECK_I64(1, s.v[0].all);
    s = sums(st, "method=getStatistics&feed=oka&metricType=cvssV4&datePublicStart=2024&"
                 "datePublicEnd=2024");
    CHECK_I64(12, (i64)s.n);
    CHECK(s.v[7].month == 8 && s.v[7].by[4] == 1);
}

APP_TEST(urgent_advisories_are_alerts)
{
    struct myjvn_query q;
    publish_all(st);
    struct jvn_answer r = ask(st, "method=getAlertList&feed=hnd", &q);
    CHECK(r.total == 1 && r.alerts.n == 1);
    CHECK_STR(S("KKH-ALT-2026-000001"), r.alerts.v[0].id);
    CHECK_STR(S("Critical"), r.alerts.v[0].term);
    CHECK_I64(1, (i64)r.alerts.v[0].nitems);
    CHECK_STR(S("Gate X"), r.alerts.v[0].items[0].title);
    r = ask(st, "method=getAlertList&feed=hnd&datePublished=2025", &q);
    CHECK(r.total == 0);
}

APP_TEST(what_changes_is_seen_at_once_and_what_was_read_stays)
{
    struct one changed = all[1], more = all[0];
    const struct jvn_set *before, *after;
    publish_all(st);
    struct ctx *cx = ctx_new(st->a, st->app);
    CHECK_OK(cx, jvn_index_open(cx, LANG_JA, &before));
    app_read_end(cx);
    changed.title = "Tower 2";
    changed.product = "Bridge";
    changed.day = 0;
    changed.again = true;
    more.i = 6;
    more.day = 0;
    publish(st, &changed);
    publish(st, &more);
    check_found(st, "6 2 1 5 3 4 (6)", OPEN);
    check_found(st, "2 (1)", OPEN "&keyword=tower+2");
    check_found(st, "6 (1)", "method=getVulnDetailInfo&feed=hnd&vulnId=KKHDB-2026-000004");
    struct myjvn_query q;
    CHECK_I64(0, ask(st, "method=getProductList&feed=hnd&keyword=tower", &q).total);
    CHECK_I64(1, ask(st, "method=getProductList&feed=hnd&keyword=bridge", &q).total);
    check_found(st, "2 (1)", OPEN "&cpeName=cpe:/a:mihon:b*");
    CHECK_I64(5, (i64)before->nrows);
    CHECK_STR(S("00000001"), before->rows[0]->number);
    cx = ctx_new(st->a, stage_again(st)); /* another process */
    CHECK_OK(cx, jvn_index_open(cx, LANG_JA, &after));
    app_read_end(cx);
    CHECK_I64(6, (i64)after->nrows);
    CHECK_I64(4, (i64)after->nlisted);
}

APP_TEST(what_nobody_asks_for_is_given_back_and_read_again)
{
    publish_all(st);
    check_found(st, "1 5 2 3 4 (5)", OPEN);
    CHECK(!jvn_index_sweep(st->app->jvn, STAGE_NOW + HOUR - 1));
    CHECK(jvn_index_sweep(st->app->jvn, STAGE_NOW + HOUR));
    CHECK(!jvn_index_sweep(st->app->jvn, STAGE_NOW + HOUR));
    check_found(st, "1 5 2 3 4 (5)", OPEN);
}

/* --- files --- */

static struct jvn_file look(struct ctx *cx, enum lang lang, enum jvn_list list, int year)
{
    struct jvn_file f = {.path = str_fmt(cx->a, "/%d/%d/%d", (int)lang, (int)list, year),
                         .list = list,
                         .year = year,
                         .lang = lang,
                         .depth = year > 0 ? JVN_WHOLE : JVN_LISTED};
    CHECK_OK(cx, jvn_file_look(cx, &f));
    return f;
}

APP_TEST(files_hold_a_year_or_the_newest)
{
    struct ctx *cx;
    struct jvn_entries e;
    int *years;
    size_t n;
    publish_all(st);
    cx = stage_nobody(st);
    CHECK_OK(cx, jvn_years(cx, LANG_JA, &years, &n));
    CHECK(n == 3 && years[0] == 2024 && years[2] == 2026);
    struct jvn_file f = look(cx, LANG_JA, JVN_LIST_YEAR, 2026);
    CHECK_OK(cx, jvn_file_entries(cx, &f, &e));
    CHECK(e.n == 3 && f.changed == STAGE_NOW - DAY);
    CHECK_STR(S("KKHDB-2026-000003"), e.v[0].id);
    f = look(cx, LANG_JA, JVN_LIST_CHANGED, 0);
    CHECK_OK(cx, jvn_file_entries(cx, &f, &e));
    CHECK(e.n == 5);
    CHECK_STR(S("KKH#00000001"), e.v[0].number);
    f = look(cx, LANG_EN, JVN_LIST_YEAR, 2024);
    CHECK_OK(cx, jvn_file_entries(cx, &f, &e));
    CHECK(e.n == 0 && f.changed == 0);
}

/* made: how many of its entries are taken from the last time. */
static struct jvn_file write_file(struct stage *st, enum jvn_list list, int year, size_t *made)
{
    struct ctx *cx = stage_nobody(st);
    struct jvn_file f = look(cx, LANG_JA, list, year);
    struct vuldef d = {.lang = S("ja")};
    CHECK_OK(cx, jvn_file_entries(cx, &f, &d.entries));
    *made = 0;
    for (size_t i = 0; i < d.entries.n; i++)
        *made += d.entries.v[i].made.p != NULL;
    struct jvnrss r = {.is_file = true, .lang = d.lang, .link = S("x"), .entries = d.entries};
    f.text = year > 0 ? vuldef_write(cx->a, &d) : jvnrss_write(cx->a, &r);
    jvn_file_written(cx, &f, &d.entries);
    return f;
}

/* As it is written with what was kept, and by a process that just started. */
static void check_written(struct stage *st, enum jvn_list list, int year, size_t want)
{
    size_t made;
    struct jvn_kept *kept = st->app->jvn_kept;
    struct jvn_file again = write_file(st, list, year, &made);
    CHECK_I64((i64)want, (i64)made);
    st->app->jvn_kept = jvn_kept_new(st->a);
    struct jvn_file anew = write_file(st, list, year, &made);
    CHECK_I64(0, (i64)made);
    CHECK_STR(anew.text, again.text);
    CHECK_STR(anew.sum.sha256, again.sum.sha256);
    st->app->jvn_kept = kept;
}

static const struct one changed_one = {1,     0,       1,        "新しい橋", "橋 & <門>",
                                       V_TWO, "mihon", "Gate X", "1.0",      "affected",
                                       "",    false,   true,     true},
                        one_more = {6,          0,       0,     "六番目の橋", "第六の橋",
                                    V_CRITICAL, "reiji", "Six", "6",          "affected",
                                    "CWE-79",   false,   true,  false};

APP_TEST(a_file_that_is_written_again_is_the_same_as_from_nothing)
{
    static const int years[] = {2026, 0}; /* details, a list */
    publish_all(st);
    for (size_t i = 0; i < COUNT(years); i++)
        check_written(st, years[i] > 0 ? JVN_LIST_YEAR : JVN_LIST_CHANGED, years[i], 0);
    publish(st, &one_more);
    publish(st, &changed_one);
    for (size_t i = 0; i < COUNT(years); i++)
        check_written(st, years[i] > 0 ? JVN_LIST_YEAR : JVN_LIST_CHANGED, years[i],
                      years[i] > 0 ? 2 : 4);
    CHECK(look(stage_nobody(st), LANG_JA, JVN_LIST_YEAR, 2026).text.n > 0);
    check_written(st, JVN_LIST_YEAR, 2024, 0);
    CHECK(look(stage_nobody(st), LANG_JA, JVN_LIST_YEAR, 2024).text.p == NULL); /* not lively */
    CHECK(jvn_kept_sweep(st->app->jvn_kept, STAGE_NOW + DAY));
    CHECK(!jvn_kept_sweep(st->app->jvn_kept, STAGE_NOW + DAY));
    CHECK(look(stage_nobody(st), LANG_JA, JVN_LIST_YEAR, 2026).known);
    check_written(st, JVN_LIST_YEAR, 2026, 0);
}

APP_TEST(a_setting_that_stands_in_every_entry_writes_them_all_anew)
{
    publish_all(st);
    check_written(st, JVN_LIST_YEAR, 2026, 0);
    check_written(st, JVN_LIST_YEAR, 2026, 3);
    struct ctx *cx = stage_nobody(st);
    cx->who.is_operator = true;
    CHECK_OK(cx, setting_put(cx, &(struct setting_change){SET_COORDINATOR_JA, 0, S("架け橋")}, 1));
    CHECK(!look(stage_nobody(st), LANG_JA, JVN_LIST_YEAR, 2026).known);
    check_written(st, JVN_LIST_YEAR, 2026, 0);
}

APP_TEST(the_sum_of_a_file_holds_until_one_of_its_advisories_changes)
{
    size_t made;
    publish_all(st);
    struct ctx *cx = stage_nobody(st);
    CHECK(!look(cx, LANG_JA, JVN_LIST_YEAR, 2026).known);
    (void)write_file(st, JVN_LIST_YEAR, 2026, &made);
    (void)write_file(st, JVN_LIST_YEAR, 2024, &made);
    struct jvn_file f = look(cx, LANG_JA, JVN_LIST_YEAR, 2026);
    CHECK(f.known && f.sum.size > 0 && f.sum.changed == STAGE_NOW - DAY);
    CHECK(!look(cx, LANG_JA, JVN_LIST_YEAR, 2025).known);
    publish(st, &changed_one);
    cx = stage_nobody(st);
    CHECK(!look(cx, LANG_JA, JVN_LIST_YEAR, 2026).known);
    CHECK(look(cx, LANG_JA, JVN_LIST_YEAR, 2024).known);
}

APP_TEST(a_server_that_ends_gives_up_what_it_writes)
{
    struct jvn_entries e;
    publish_all(st);
    struct ctx *cx = stage_nobody(st);
    struct jvn_file f = look(cx, LANG_JA, JVN_LIST_YEAR, 2026);
    jvn_index_end(st->app->jvn);
    CHECK_ERR(E_BUSY, jvn_file_entries(cx, &f, &e));
}

APP_TEST(a_file_that_was_read_across_a_release_is_not_kept)
{
    struct jvn_entries e;
    publish_all(st);
    struct ctx *cx = stage_nobody(st);
    struct jvn_file f = look(cx, LANG_JA, JVN_LIST_YEAR, 2026);
    app_read_end(cx);
    publish(st, &changed_one);
    CHECK_OK(cx, jvn_file_entries(cx, &f, &e));
    CHECK_STR(S("新しい橋"), e.v[2].title);
    f.text = S("x");
    jvn_file_written(cx, &f, &e);
    struct ctx *late = stage_nobody(st);
    CHECK(!look(late, LANG_JA, JVN_LIST_YEAR, 2026).known);
    struct jvn_sum sum;
    const struct jvn_text *last;
    CHECK(jvn_kept_find(late, f.path, f.print, &sum, &last) == JVN_FOUND_NOTHING && last == NULL);
}

TEST(names_of_products_are_made_of_what_a_name_may_have)
{
    CHECK_STR(S("cpe:/a:mihon:gate_x-1.0"), jvn_cpe(a, S("mihon"), S("Gate X-1.0")));
    CHECK_STR(S("cpe:/a:m:%e6%a9%8b%28a%29"), jvn_cpe(a, S("m"), S("橋(A)")));
    CHECK_STR(S("cpe:/:mihon"), jvn_cpe(a, S("mihon"), S("")));
    const struct json *row;
    struct json_error bad;
    CHECK(json_read(a,
                    S("{\"name\":\"Gate\",\"cpe\":\"cpe:2.3:o:sun:gate\\\\+:2.4:*:*:*:*:*:*:*\"}"),
                    &row, &bad) == OK);
    CHECK_STR(S("cpe:/o:sun:gate%2b"), jvn_product_cpe(a, S("mihon"), row));
    CHECK(jvn_number(a, S("x")) == jvn_number(a, S("x")) &&
          jvn_number(a, S("x")) != jvn_number(a, S("y")));
    CHECK(jvn_number(a, S("x")) < (i64)1 << 40);
}

TEST(the_table_of_pairs_tells_of_each_row_also_after_it_was_moved)
{
    enum { ROWS = 200, FROM = 7, TO = 70, MOVED = 130 };
    static const char *const words[] = {"脆弱性", "認証", "境界外", "overflow", "ab"};
    uint64_t pairs[JVN_PAIRS / 64], *table = jvn_pairs_table(a, ROWS), rows[4], *moved;
    for (size_t i = 0; i < ROWS; i++) {
        jvn_pairs_of(str_fmt(a, "%s %s", words[i % 5], words[i / 5 % 5]), pairs);
        jvn_pairs_put(table, i, pairs);
    }
    moved = jvn_pairs_table(a, ROWS);
    jvn_pairs_move(moved, TO, table, FROM, MOVED);
    for (size_t w = 0; w < COUNT(words); w++) {
        jvn_pairs_of(str_z(words[w]), pairs);
        for (size_t k = 0; k < COUNT(rows); k++)
            rows[k] = UINT64_MAX;
        jvn_pairs_keep(moved, pairs, rows, COUNT(rows));
        for (size_t i = 0; i < ROWS; i++) {
            size_t of = i + FROM - TO;
            bool has = i >= TO && (of % 5 == w || of / 5 % 5 == w);
            CHECK((rows[i / 64] >> i % 64 & 1) == has);
        }
    }
}

APP_TEST(a_thread_beside_the_requests_makes_what_was_asked_for_within_an_hour)
{
    struct myjvn_query q;
    struct ctx *cx = stage_nobody(st);
    publish_all(st);
    cx->now = STAGE_NOW;
    CHECK_OK(cx, jvn_index_keep(cx, LANG_JA, false));
    CHECK(!jvn_index_sweep(cx->app->jvn, STAGE_NOW + DAY)); /* nobody asked: nothing was made */
    CHECK_OK(cx, jvn_index_keep(cx, LANG_EN, true));
    CHECK(jvn_index_sweep(cx->app->jvn, STAGE_NOW + DAY));
    (void)ask(st, OPEN, &q);
    CHECK(jvn_index_asked(cx->app->jvn, LANG_JA) > 0);
    CHECK_I64(0, jvn_index_asked(cx->app->jvn, LANG_EN));
    CHECK(jvn_index_sweep(cx->app->jvn, STAGE_NOW + DAY));
    cx->now = jvn_index_asked(cx->app->jvn, LANG_JA) + HOUR - 1;
    CHECK_OK(cx, jvn_index_keep(cx, LANG_JA, false));
    CHECK(jvn_index_sweep(cx->app->jvn, STAGE_NOW + DAY));
    cx->now++;
    CHECK_OK(cx, jvn_index_keep(cx, LANG_JA, false));
    CHECK(!jvn_index_sweep(cx->app->jvn, STAGE_NOW + DAY));
}

static void add_changed(struct stage *st, struct jvn_making *m, i64 *behind)
{
    struct ctx *cx = stage_nobody(st);
    struct q_publication_changed *rows;
    size_t n;
    CHECK_OK(cx, app_read(cx));
    CHECK_OK(cx, q_publication_changed(cx->db, &rows, &n, .generation = *behind, .number = S("z"),
                                       .lang = S("ja"), .most = 100));
    for (size_t i = 0; i < n; i++) {
        CHECK_OK(cx, jvn_making_add(cx, m, &rows[i]));
        *behind = rows[i].generation;
    }
}

/* Although the clock was set back meanwhile. */
APP_TEST(of_an_advisory_that_changed_while_all_were_read_the_newer_state_stays)
{
    static const struct one anew = {1,          3,       3,        "新しい", "橋",
                                    V_CRITICAL, "mihon", "Gate X", "1.0",    "affected",
                                    "CWE-79",   true,    true,     true};
    struct jvn_heap heap = {.a = a};
    struct jvn_making m = {.a = a, .heap = &heap, .lang = LANG_JA};
    i64 behind = 0;
    publish_all(st);
    add_changed(st, &m, &behind);
    publish(st, &anew);
    add_changed(st, &m, &behind);
    struct jvn_set set = jvn_making_end(a, &m, NULL);
    CHECK_I64(COUNT(all), (i64)set.nrows);
    const struct jvn_row *row = jvn_row_of(&set, (struct jvn_place){2026, 1});
    CHECK(row != NULL && row->generation == behind && str_find(row->text, S("新しい")) >= 0);
}
