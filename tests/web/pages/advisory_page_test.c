/* advisory_page_test.c - a released advisory as everybody reads it. */
#include "help/paper.h"
#include "help/released.h"
#include "help/web.h"
#include "io/pdf_press.h"
#include "t.h"

static struct page adv(struct walk *w, const char *lang, const char *suffix)
{
    str number = number_of(w);
    return visit_url(visit_nobody(w->st),
                     str_fmt(w->st->a, "/%s/advisories/%.*s%s", lang, SV(number), suffix));
}

static bool holds(struct page p, const char *markup)
{
    return str_find(p.body, str_z(markup)) >= 0;
}

APP_TEST(the_page_has_every_section_that_has_a_text_in_both_languages)
{
    static const char *const ja[] = {"概要",
                                     "影響を受けるシステム",
                                     "詳細情報",
                                     "想定される影響",
                                     "対策方法",
                                     "ベンダ情報",
                                     "謝辞",
                                     "更新履歴",
                                     "による脆弱性分析結果"};
    static const char *const en[] = {"Overview", "Products Affected", "Description",
                                     "Impact",   "Solution",          "Vendor Status",
                                     "Credit",   "Update History",    "Vulnerability Analysis by"};
    struct walk *w = released(st);
    struct page p = adv(w, "ja", "");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    for (size_t i = 0; i < COUNT(ja); i++)
        CHECK_HAS(p, ja[i]);
    CHECK(holds(p, "<strong>詳細</strong>です &lt;i&gt;"));
    CHECK_HAS(p, "該当製品あり");
    p = adv(w, "en", "");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    for (size_t i = 0; i < COUNT(en); i++)
        CHECK_HAS(p, en[i]);
    CHECK_HAS(p, "Taro Finder");
    CHECK_HAS(p, "Our own view");
    CHECK_HAS(p, "5.3");
    CHECK_HAS(p, "Attack vector AV Network");
    CHECK(holds(p, "https://www.cve.org/CVERecord?id=CVE-2023-5915"));
    CHECK_LACKS(p, "reiji"); /* it never agreed to be named */
    CHECK_LACKS(p, "References");
}

/* The sections of JVN's page, in the order that its readers know. */
static void has_all_sections(struct page p)
{
    static const char *const ids[] = {"overview", "affected", "description", "impact",
                                      "solution", "vendors",  "references",  "addendum",
                                      "analysis", "credit",   "other",       "history"};
    ptrdiff_t last = 0;
    CHECK_STATUS(200, p);
    for (size_t i = 0; i < COUNT(ids); i++) {
        char mark[64];
        (void)snprintf(mark, sizeof mark, "<section id=\"%s\"", ids[i]);
        ptrdiff_t at = str_find(p.body, str_z(mark));
        CHECK(at > last);
        last = at;
    }
}

APP_TEST(all_twelve_sections_stand_in_their_order_in_both_languages)
{
    struct walk *w = undrafted(st);
    vulnerability_add(w);
    i64 rev = draft_save(w, 0,
                         stage_input(a, "ja.title", "題名", "ja.overview", "概要", "ja.affected",
                                     "- X", "ja.description", "詳細", "ja.impact", "影響",
                                     "ja.solution", "対策", "ja.references", "参考", "ja.addendum",
                                     "補足", "ja.other", "関連", NULL));
    rev = draft_save(w, rev,
                     stage_input(a, "en.title", "Title", "en.overview", "o", "en.affected", "- X",
                                 "en.description", "d", "en.impact", "i", "en.solution", "s",
                                 "en.references", "r", "en.addendum", "a", "en.other", "x", NULL));
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_ask(cx, w->case_id, rev));
    (void)stage_later(st, MINUTE);
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", NULL);
    walk_act(w, "coordinator", "", "5.2.2", 1, NULL);
    has_all_sections(adv(w, "ja", ""));
    struct page p = adv(w, "en", "");
    has_all_sections(p);
    CHECK_HAS(p, "References");
    CHECK_HAS(p, "Addendum");
    CHECK_HAS(p, "Other Information");
}

APP_TEST(the_head_links_the_other_language_the_address_itself_the_feed_and_the_data)
{
    struct walk *w = released(st);
    str number = number_of(w), base = st->app->public_url;
    struct page p = adv(w, "en", "");
    CHECK(str_find(p.body, str_fmt(a, "rel=\"canonical\" href=\"%.*s/en/advisories/%.*s\"",
                                   SV(base), SV(number))) >= 0);
    CHECK(str_find(p.body, str_fmt(a, "hreflang=\"ja\" href=\"%.*s/ja/advisories/%.*s\"", SV(base),
                                   SV(number))) >= 0);
    CHECK(str_find(p.body, str_fmt(a, "hreflang=\"x-default\" href=\"%.*s/ja/advisories/%.*s\"",
                                   SV(base), SV(number))) >= 0);
    CHECK(holds(p, "application/atom+xml"));
    CHECK(holds(p, "href=\"/ja/feed.atom\"") && holds(p, "href=\"/en/feed.atom\""));
    CHECK(holds(p, ".jsonld\""));
    ptrdiff_t from = str_find(p.body, S("<script type=\"application/ld+json\">"));
    str data = str_from(p.body, (size_t)from + 35);
    data = str_sub(data, 0, (size_t)str_find(data, S("</script>")));
    CHECK_STR(adv(w, "en", ".jsonld").body, data);
    const struct json *j = NULL;
    struct json_error error;
    CHECK_ERR(OK, json_read(a, data, &j, &error));
    CHECK_STR(S("A vulnerability in Gateway X"), json_get_text(j, S("headline")));
    CHECK_STR(S("en"), json_get_text(j, S("inLanguage")));
    CHECK_STR(S("CVE-2023-5915"), json_text(json_at(json_get(j, S("keywords")), 0)));
    p = adv(w, "en", ".jsonld");
    CHECK_STATUS(200, p);
    CHECK_STR(S("application/ld+json"), p.type);
    CHECK(holds(p, "\"headline\":\"A vulnerability in Gateway X\""));
    CHECK(holds(p, "translationOfWork"));
}

APP_TEST(before_its_release_nothing_of_an_advisory_is_there)
{
    struct walk *w = undrafted(st);
    (void)draft_save(w, 0, draft_ja(a));
    struct page p = adv(w, "ja", "");
    CHECK_STATUS(404, p);
    CHECK_LACKS(p, "Gateway");
    CHECK_STATUS(404, adv(w, "ja", ".jsonld"));
    CHECK_LACKS(visit(visit_nobody(st), "/ja/"), "Gateway");
    CHECK_LACKS(visit(visit_nobody(st), "/ja/feed.atom"), "Gateway");
}

APP_TEST(without_its_english_a_page_says_where_the_japanese_is)
{
    struct walk *w = undrafted(st);
    i64 rev = draft_save(w, 0, draft_ja(a));
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_ask(cx, w->case_id, rev));
    (void)stage_later(st, MINUTE);
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", NULL);
    walk_act(w, "coordinator", "", "5.2.2", 1, NULL);
    struct page p = adv(w, "en", "");
    CHECK_STATUS(404, p);
    CHECK_HAS(p, "Gateway X における脆弱性");
    CHECK(holds(p, "hreflang=\"ja\""));
    p = adv(w, "ja", "");
    CHECK_STATUS(200, p);
    CHECK(!holds(p, "hreflang=\"en\""));
}

APP_TEST(a_withdrawn_advisory_says_when_and_why)
{
    struct walk *w = released(st);
    struct ctx *cx = walk_as(w, "coordinator");
    struct advisory adv_now;
    CHECK_OK(cx, advisory_view(cx, w->case_id, &adv_now));
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_withdraw(cx, w->case_id, adv_now.rev,
                                   stage_input(a, "reason_ja", "重複でした", "reason_en",
                                               "It was a duplicate", NULL)));
    struct page p = adv(w, "en", "");
    CHECK_STATUS(200, p);
    CHECK_HAS(p, "Withdrawn");
    CHECK_HAS(p, "It was a duplicate");
    CHECK_LACKS(p, "The overview");
}

/* --- on paper --------------------------------------------------------------------------------- */

static struct arena *press_arena;
static struct pdf_press *press;

/* Before main() there is no other thread, and the process may fork. */
[[gnu::constructor]] static void start_press(void)
{
    struct fault f = {0};
    press_arena = arena_new();
    must(pdf_press_start(press_arena, SANDBOX_AUTO, &f, &press) == OK);
}

[[gnu::destructor]] static void end_press(void)
{
    arena_free(press_arena);
}

APP_TEST(a_released_advisory_is_offered_as_pdf_in_both_languages_on_its_page_and_on_the_desk)
{
    if (!pdf_press_can(press))
        SKIP("libpangocairo-1.0-0 is not installed");
    struct walk *w = released(st);
    st->app->paper = press;
    struct page p = adv(w, "en", ".pdf"), ja = adv(w, "ja", ".pdf");
    str name = str_fmt(a, "attachment; filename=\"KKH-%.*s-en.pdf\"", SV(number_of(w)));
    CHECK_STATUS(200, p);
    CHECK_STR(S("application/pdf"), p.type);
    CHECK_STR(name, http_answer_header(&p.rs, S("Content-Disposition")));
    CHECK(str_find(paper_text(a, p.body), S("A vulnerability in Gateway X")) >= 0);
    CHECK_STATUS(200, ja);
    CHECK(str_find(paper_text(a, ja.body), S("Gateway X における脆弱性")) >= 0);
    str en_href = str_fmt(a, "href=\"/en/advisories/%.*s.pdf\"", SV(number_of(w)));
    str ja_href = str_fmt(a, "href=\"/ja/advisories/%.*s.pdf\"", SV(number_of(w)));
    CHECK(str_find(adv(w, "en", "").body, en_href) > 0);
    CHECK(str_find(adv(w, "ja", "").body, ja_href) > 0);
    p = visit_url(visit_as(st, "coordinator"),
                  str_fmt(a, "/en/cases/%.*s/advisory", SV(w->case_id)));
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK(str_find(p.body, en_href) > 0 && str_find(p.body, ja_href) > 0);
    CHECK_STATUS(404, visit(visit_nobody(st), "/en/advisories/99999999.pdf"));
}

APP_TEST(where_nothing_makes_pdf_there_is_no_link_and_its_address_says_why)
{
    struct walk *w = released(st);
    CHECK(str_find(adv(w, "en", "").body, S(".pdf")) < 0);
    struct page p = adv(w, "en", ".pdf");
    CHECK_STATUS(404, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "There is no PDF here: what makes it");
    p = adv(w, "ja", ".pdf");
    CHECK_STATUS(404, p);
    CHECK_HAS(p, "PDF はありません");
    CHECK_LACKS(visit(visit_nobody(st), "/en/advisories/99999999.pdf"), "There is no PDF here");
}
