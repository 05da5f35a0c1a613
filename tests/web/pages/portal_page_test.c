/* portal_page_test.c - the public portal: front page, list, filters, search, feeds, figures. */
#include "app/search_index.h"
#include "formats/json.h"
#include "gen/sql.h"
#include "help/released.h"
#include "help/web.h"
#include "t.h"

/* A publication as its rows say; what publish.c writes is tested there. */
struct one {
    const char *number, *title, *text, *vendor, *status, *cve, *cwe;
    i64 score, published;
    bool critical, english;
};

static enum err put(struct ctx *cx, void *arg)
{
    const struct one *o = arg;
    struct q_org_by_slug org;
    str case_id = new_id(cx);
    TRY(q_org_by_slug(cx->db, &org, .slug = S("coordinator")));
    TRY(q_case_add(cx->db, .id = case_id, .number = str_z(o->number), .flow = S("coordinated"),
                   .entry = S("finder"), .owner_id = org.id, .opened = cx->now, .tlp = S("CLEAR")));
    for (int g = 0; g < 1 + o->english; g++) {
        str lang = g ? S("en") : S("ja");
        TRY(q_publication_put(
            cx->db, .number = str_z(o->number), .lang = lang, .case_id = case_id, .revision = 1,
            .published = o->published, .updated = o->published, .origin = S("finder"),
            .severity = o->score, .critical = o->critical, .title = str_z(o->title),
            .title_sort = str_z(o->title), .vendors = str_z(o->vendor), .cves = str_z(o->cve),
            .cwes = str_z(o->cwe),
            .content = str_fmt(cx->a, "{\"sections\":{\"overview\":\"%s\"}}", o->text)));
        TRY(search_index_public(cx, str_z(o->number), lang,
                                str_fmt(cx->a, "%s %s", o->title, o->text)));
    }
    TRY(q_org_by_slug(cx->db, &org, .slug = str_z(o->vendor)));
    TRY(q_publication_vendor_add(cx->db, .number = str_z(o->number), .org_id = org.id,
                                 .status = str_z(o->status), .names = str_z(o->vendor)));
    TRY(q_publication_id_add(cx->db, .id = str_z(o->cve), .number = str_z(o->number)));
    return q_publication_id_add(cx->db, .id = str_z(o->cwe), .number = str_z(o->number));
}

static void three(struct stage *st)
{
    static const struct one all[] = {
        {"10000001", "Gateway における認証不備", "遠隔の第三者が<設定>を変更する", "mihon",
         "affected", "CVE-2026-0001", "CWE-287", 91, STAGE_NOW - 30 * DAY, true, true},
        {"10000002", "RT-90 における情報漏えい", "保守端子から鍵を読み取られる", "reiji",
         "not_affected", "CVE-2026-0002", "CWE-200", 46, STAGE_NOW - 3 * DAY, false, false},
        {"10000003", "Panel 3 における認証回避", "認証を回避される", "mihon", "affected",
         "CVE-2026-0003", "CWE-287", 75, STAGE_NOW - DAY, false, true},
    };
    stage_cast(st);
    for (size_t i = 0; i < COUNT(all); i++) {
        struct ctx *cx = stage_nobody(st);
        struct one copy = all[i];
        CHECK_OK(cx, db_write(cx, put, &copy));
    }
}

/* The numbers of the advisories that a page links to, in its order: "3 1". */
static str listed(struct stage *st, struct page p)
{
    buf b = {.a = st->a};
    str rest = p.body, needle = S("/advisories/1000000");
    for (ptrdiff_t at; (at = str_find(rest, needle)) >= 0;) {
        rest = str_from(rest, (size_t)at + needle.n);
        if (rest.n > 1 && rest.p[1] == '"')
            buf_putf(&b, "%s%c", b.n ? " " : "", rest.p[0]);
    }
    return b.n ? buf_str(&b) : S("");
}

static str list_of(struct stage *st, const char *query)
{
    struct page p =
        visit(visit_nobody(st), str_to_z(st->a, str_fmt(st->a, "/ja/advisories%s", query)));
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    return listed(st, p);
}

APP_TEST(the_front_pages_list_what_is_public_newest_first)
{
    three(st);
    struct page p = visit(visit_nobody(st), "/ja/");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_STR(S("3 2 1"), listed(st, p));
    CHECK_HAS(p, "全 3 件");
    CHECK(str_find(p.body, S("href=\"/ja/report\"")) >= 0);
    p = visit(visit_nobody(st), "/en/");
    CHECK_STATUS(200, p);
    CHECK_STR(S("3 1"), listed(st, p)); /* the second is not there in English */
    CHECK(str_find(p.body, S("hreflang=\"ja\"")) >= 0);
}

APP_TEST(an_empty_portal_says_so_in_both_languages)
{
    stage_cast(st);
    CHECK_HAS(visit(visit_nobody(st), "/ja/"), "公表情報はありません");
    CHECK_STATUS(200, visit(visit_nobody(st), "/en/"));
    CHECK_STATUS(200, visit(visit_nobody(st), "/en/statistics"));
}

APP_TEST(each_filter_of_the_list_lets_through_what_it_names)
{
    three(st);
    CHECK_STR(S("3 2 1"), list_of(st, ""));
    CHECK_STR(S("1"), list_of(st, "?severity=critical"));
    CHECK_STR(S("1"), list_of(st, "?urgent=yes"));
    CHECK_STR(S("3 2"), list_of(st, "?period=week"));
    CHECK_STR(S("2"), list_of(st, "?vendor=reiji"));
    CHECK_STR(S("2"), list_of(st, "?status=not_affected"));
    CHECK_STR(S("3 1"), list_of(st, "?cwe=287"));
    CHECK_STR(S("2"), list_of(st, "?cve=cve-2026-0002"));
    CHECK_STR(S("1 3 2"), list_of(st, "?sort=severity"));
    CHECK_STR(S(""), list_of(st, "?vendor=nobody"));
}

APP_TEST(a_filter_that_cannot_be_is_named_and_kept)
{
    three(st);
    struct page p = visit(visit_nobody(st), "/en/advisories?cve=CVE-1&vendor=mihon");
    CHECK_STATUS(422, p);
    CHECK(str_find(p.body, S("value=\"CVE-1\"")) >= 0);
    CHECK(str_find(p.body, S("value=\"mihon\"")) >= 0);
    CHECK_STATUS(422, visit(visit_nobody(st), "/en/advisories?severity=fatal"));
    CHECK_STATUS(422, visit(visit_nobody(st), "/en/advisories?from=yesterday"));
}

APP_TEST(japanese_words_of_any_length_are_found_and_marked)
{
    three(st);
    CHECK_STR(S("2"), list_of(st, "?q=%E9%8D%B5"));                            /* 鍵 */
    CHECK_STR(S("3 1"), list_of(st, "?q=%E8%AA%8D%E8%A8%BC"));                 /* 認証 */
    CHECK_STR(S("3"), list_of(st, "?q=%E8%AA%8D%E8%A8%BC%E5%9B%9E%E9%81%BF")); /* 認証回避 */
    CHECK_STR(S("2"), list_of(st, "?q=%EF%BC%B2%EF%BC%B4")); /* ＲＴ, in full width */
    struct page p = visit(visit_nobody(st), "/ja/advisories?q=%E8%A8%AD%E5%AE%9A");
    CHECK(str_find(p.body, S("&lt;<mark>設定</mark>&gt;")) >= 0);
    p = visit(visit_nobody(st), "/ja/advisories?q=%3Cscript%3E");
    CHECK_STATUS(200, p);
    CHECK(str_find(p.body, S("<script>")) < 0);
    CHECK_STATUS(422, visit(visit_nobody(st), "/ja/advisories?q=%E3%80%80.%20"));
}

APP_TEST(programs_get_the_same_rows_as_csv_and_json)
{
    three(st);
    struct page p = visit(visit_nobody(st), "/en/advisories.csv?cwe=CWE-287");
    CHECK_STATUS(200, p);
    CHECK(str_has_prefix(p.type, S("text/csv")));
    CHECK(str_find(p.body, S("KKH#10000003")) >= 0);
    CHECK(str_find(p.body, S("KKH#10000002")) < 0);
    p = visit(visit_nobody(st), "/ja/advisories.json");
    CHECK(str_find(p.body, S("\"cvss\":\"9.1\"")) >= 0 || str_find(p.body, S("\"cvss\":9.1")) >= 0);
    CHECK_STATUS(422, visit(visit_nobody(st), "/ja/advisories.json?cve=x"));
}

APP_TEST(the_feed_is_in_the_language_of_its_address)
{
    three(st);
    struct page p = visit(visit_nobody(st), "/ja/feed.atom");
    CHECK_STATUS(200, p);
    CHECK(str_has_prefix(p.type, S("application/atom+xml")));
    CHECK(str_find(p.body, S("xml:lang=\"ja\"")) >= 0);
    CHECK(str_find(p.body, S("KKH#10000002")) >= 0);
    CHECK(str_find(p.body, S("&lt;設定&gt;")) >= 0);
    p = visit(visit_nobody(st), "/en/feed.atom");
    CHECK(str_find(p.body, S("KKH#10000002")) < 0);
    p = visit(visit_nobody(st), "/sitemap.xml");
    CHECK(str_find(p.body, S("/ja/advisories/10000002<")) >= 0);
    CHECK(str_find(p.body, S("/en/advisories/10000002<")) < 0);
}

APP_TEST(the_statistics_count_in_a_chart_and_a_table_and_for_programs)
{
    three(st);
    struct page p = visit(visit_nobody(st), "/en/statistics");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK(str_find(p.body, S("<svg")) >= 0);
    CHECK_HAS(p, "Critical 1 33.3%");
    p = visit(visit_nobody(st), "/en/statistics/severity.csv");
    CHECK_STATUS(200, p);
    CHECK(str_find(p.body, S("Critical,1")) >= 0);
    CHECK_STATUS(200, visit(visit_nobody(st), "/ja/statistics/quarters.json"));
    CHECK_STATUS(404, visit(visit_nobody(st), "/ja/statistics/nothing.csv"));
    CHECK_STATUS(404, visit(visit_nobody(st), "/ja/statistics/severity.xml"));
}

APP_TEST(each_text_of_the_site_is_there_in_both_languages)
{
    static const char *const names[] = {
        "about", "policy", "privacy", "vendor-registration", "machine-readable", "process"};
    stage_cast(st);
    for (size_t i = 0; i < COUNT(names); i++)
        for (int g = 0; g < 2; g++) {
            const char *lang = g ? "en" : "ja";
            struct page p = visit_url(visit_nobody(st), str_fmt(st->a, "/%s/%s", lang, names[i]));
            CHECK_STATUS(200, p);
            CHECK_NESTED(p);
            CHECK(str_find(p.body, str_fmt(st->a, "rel=\"canonical\" href=\"%.*s/%s/%s\"",
                                           SV(st->app->public_url), lang, names[i])) >= 0);
            CHECK(str_find(p.body, S("{reception}")) < 0);
        }
    struct page p = visit(visit_nobody(st), "/ja/process");
    CHECK_HAS(p, "5.2.2"); /* drawn and in a table: from the process that runs */
}

APP_TEST(public_answers_may_be_kept_until_the_content_moves)
{
    three(st);
    struct page p = visit(visit_nobody(st), "/ja/");
    CHECK(p.rs.cache_generation > 0);
    i64 before = p.rs.cache_generation;
    CHECK_I64(0, visit(visit_nobody(st), "/ja/advisories?q=a").rs.cache_generation);
    CHECK_I64(0, visit(visit_nobody(st), "/ja/advisories/99999999").rs.cache_generation);
    (void)stage_later(st, HOUR);
    CHECK(visit(visit_nobody(st), "/ja/").rs.cache_generation > before);
    struct visitor *poc = visit_as(st, "mihon.poc");
    CHECK_LACKS(visit(poc, "/ja/"), "mihon.poc"); /* the same for everybody */
}

APP_TEST(an_address_without_a_page_is_answered_in_its_language)
{
    stage_cast(st);
    struct page p = visit(visit_nobody(st), "/en/nowhere");
    CHECK_STATUS(404, p);
    CHECK_NESTED(p);
    CHECK(str_find(p.body, S("<html lang=\"en\"")) >= 0);
    p = visit(visit_nobody(st), "/nowhere");
    CHECK_STATUS(404, p);
    CHECK_HAS(p, "見つかりません");
    CHECK_HAS(p, "Not found");
    p = visit_raw(visit_nobody(st), DELETE, S("/ja/about"), NO_STR, NO_STR, NULL);
    CHECK_STATUS(405, p);
    CHECK(str_find(p.body, S("<html lang=\"ja\"")) >= 0);
}
