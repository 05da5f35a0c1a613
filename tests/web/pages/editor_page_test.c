/* editor_page_test.c - the advisory editor: writing, preview, agreement, update, withdrawal. */
#include "app/statuses.h"
#include "help/released.h"
#include "help/web.h"
#include "t.h"

/* "/en/cases/41827360/advisory" + path */
static str at(struct walk *w, const char *lang, const char *path)
{
    return str_fmt(w->st->a, "/%s/cases/%.*s/advisory%s", lang, SV(w->case_id), path);
}

static struct page see(struct walk *w, const char *who, const char *lang)
{
    return visit_url(visit_as(w->st, who), at(w, lang, ""));
}

/* Press a button with these sections and what the page carried. */
static struct page press(struct walk *w, const char *button, i64 rev, const struct input *in)
{
    struct arena *a = w->st->a;
    struct input all = {0};
    for (size_t i = 0; in && i < in->n; i++)
        *PUSH(a, &all) = in->v[i];
    input_put(a, &all, S("rev"), str_fmt(a, "%lld", (long long)rev));
    input_put(a, &all, S("do"), str_z(button));
    return visit_send(visit_as(w->st, "coordinator"), at(w, "en", ""), &all);
}

static bool holds(struct page p, const char *markup)
{
    return str_find(p.body, str_z(markup)) >= 0;
}

APP_TEST(who_may_not_read_the_draft_finds_no_page)
{
    struct walk *w = undrafted(st);
    i64 rev = draft_save(w, 0, draft_ja(a));
    CHECK_STATUS(200, see(w, "coordinator", "ja"));
    CHECK_STATUS(200, see(w, "reception", "ja"));
    CHECK_STATUS(404, see(w, "kamei.poc", "ja"));
    CHECK_STATUS(404, see(w, "mihon.quality", "ja"));
    CHECK_STATUS(404, see(w, "mihon.poc", "ja")); /* not asked yet */
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_ask(cx, w->case_id, rev));
    struct page p = see(w, "mihon.poc", "en");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "概要です");
    CHECK(!holds(p, "<textarea"));
    CHECK_LACKS(p, "reiji");
    CHECK_STATUS(303, visit_url(visit_nobody(st), at(w, "en", "")));
}

APP_TEST(the_first_save_draws_a_number_and_the_second_click_is_told)
{
    struct walk *w = undrafted(st);
    CHECK_GOES(press(w, "save", 0, draft_ja(a)),
               str_to_z(a, str_fmt(a, "/en/cases/%.*s/advisory?done=draft_saved", SV(w->case_id))));
    struct page p = see(w, "coordinator", "en");
    CHECK_NESTED(p);
    CHECK(holds(p, "**詳細**です &lt;i&gt;</textarea>"));
    CHECK(holds(p, "<strong>詳細</strong>です &lt;i&gt;")); /* the preview */
    CHECK_HAS(p, "Overview (English) Not translated");
    CHECK_STR(S("1"), page_input(a, p, "rev"));
    p = press(w, "save", 0, draft_en(a)); /* as it was before the first save */
    CHECK_STATUS(409, p);
    CHECK(holds(p, "The overview</textarea>"));
    CHECK_STR(S("1"), page_input(a, p, "rev"));
}

APP_TEST(of_two_writers_the_second_keeps_the_text_and_sees_the_difference)
{
    struct walk *w = undrafted(st);
    i64 rev = draft_save(w, 0, draft_ja(a));
    (void)draft_save(w, rev, stage_input(a, "ja.overview", "別の概要です", NULL));
    struct page p = press(w, "save", rev, stage_input(a, "ja.overview", "私の概要です", NULL));
    CHECK_STATUS(409, p);
    CHECK_NESTED(p);
    CHECK(holds(p, "私の概要です</textarea>"));
    CHECK(holds(p, "<del>別</del><ins>私</ins>の概要です"));
    CHECK_HAS(p, "Somebody saved this advisory");
    CHECK_STATUS(303, press(w, "save", rev + 1, stage_input(a, "ja.overview", "私の概要", NULL)));
}

APP_TEST(the_preview_shows_what_is_typed_and_saves_nothing)
{
    struct walk *w = undrafted(st);
    i64 rev = draft_save(w, 0, draft_ja(a));
    const struct input *typed = stage_input(a, "ja.overview", "*新しい* 概要", NULL);
    struct page p = press(w, "preview", rev, typed);
    CHECK_STATUS(200, p);
    CHECK(holds(p, "<em>新しい</em> 概要"));
    CHECK(holds(p, "*新しい* 概要</textarea>"));
    p = visit_send(visit_as(st, "coordinator"), at(w, "en", "/preview"), typed);
    CHECK_STATUS(200, p);
    CHECK(holds(p, "<em>新しい</em> 概要"));
    CHECK(!holds(p, "<html"));
    CHECK(!holds(see(w, "coordinator", "ja"), "新しい"));
    CHECK_STATUS(403, visit_send(visit_as(st, "reception"), at(w, "en", "/preview"), typed));
}

APP_TEST(products_are_named_in_the_language_of_the_reader_inside_and_in_the_preview)
{
    struct walk *w = released(st);
    struct ctx *cx = walk_as(w, "mihon.poc");
    CHECK_OK(cx, status_change(cx, w->case_id, walk_lane(w, "mihon"),
                               stage_input(a, "status", "affected", "products.0.name", "ゲート",
                                           "products.0.name_en", "The Gate", "products.0.versions",
                                           "2.4 より前", NULL)));
    (void)stage_later(st, MINUTE);
    static const char *const pages[] = {"", "/advisory"};
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct visitor *v = visit_as(st, "coordinator");
        struct page en = visit_url(v, str_fmt(a, "/en/cases/%.*s%s", SV(w->case_id), pages[i])),
                    ja = visit_url(v, str_fmt(a, "/ja/cases/%.*s%s", SV(w->case_id), pages[i]));
        CHECK_HAS(en, "The Gate");
        CHECK_HAS(en, "before 2.4");
        CHECK_HAS(ja, "ゲート");
        CHECK_HAS(ja, "2.4 より前");
    }
}

APP_TEST(what_is_too_long_or_missing_is_said_at_its_section)
{
    struct walk *w = undrafted(st);
    char *lots = NEWS(a, char, 301);
    for (int i = 0; i < 301; i++)
        lots[i] = 'x';
    struct input *in = draft_ja(a);
    input_put(a, in, S("en.title"), (str){lots, 301});
    struct page p = press(w, "save", 0, in);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "Title (English)");
    CHECK(holds(p, "href=\"#f-en-title\""));
    CHECK(holds(p, "概要です</textarea>"));
    p = press(w, "ask", 0, stage_input(a, "ja.title", "題", NULL)); /* saved, but not asked */
    CHECK_STATUS(422, p);
    CHECK(holds(p, "href=\"#f-ja-impact\""));
    CHECK_STR(S("1"), page_input(a, p, "rev"));
}

APP_TEST(the_urgent_mark_goes_on_and_off)
{
    struct walk *w = undrafted(st);
    struct input *in = draft_ja(a);
    input_put(a, in, S("critical"), S("yes"));
    input_put(a, in, S("with_critical"), S("yes"));
    CHECK_STATUS(303, press(w, "save", 0, in));
    CHECK(holds(see(w, "coordinator", "en"),
                "value=\"yes\" aria-describedby=\"f-critical-h\" checked"));
    CHECK_STATUS(303, press(w, "save", 1, stage_input(a, "with_critical", "yes", NULL)));
    CHECK(!holds(see(w, "coordinator", "en"), "checked"));
}

APP_TEST(agreement_is_asked_for_given_and_shown)
{
    struct walk *w = undrafted(st);
    CHECK_STATUS(303, press(w, "ask", 0, draft_ja(a)));
    CHECK_HAS(see(w, "coordinator", "en"), "Being checked");
    (void)stage_later(st, MINUTE);
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", NULL);
    CHECK_HAS(see(w, "coordinator", "en"), "Agreed To version 1");
    CHECK_HAS(see(w, "coordinator", "ja"), "合意済み");
}

APP_TEST(a_public_advisory_is_updated_with_a_line_and_the_difference_is_shown)
{
    struct walk *w = released(st);
    struct page p = see(w, "coordinator", "en");
    CHECK_HAS(p, "Save and update the public page");
    str rev = page_input(a, p, "rev");
    i64 n;
    CHECK(str_i64(rev, &n));
    const struct input *in =
        stage_input(a, "ja.impact", "大きな影響です", "en.impact", "The great impact", "history_ja",
                    "影響を直しました", "history_en", "Impact was corrected", NULL);
    CHECK(holds(press(w, "preview", n, in), "<ins>大きな</ins>影響です"));
    p = press(w, "update", n, stage_input(a, "ja.impact", "大きな影響です", NULL));
    CHECK_STATUS(422, p); /* no line for the history */
    CHECK_STATUS(303, press(w, "update", n + 1, in));
    p = visit_url(visit_nobody(st), str_fmt(a, "/en/advisories/%.*s", SV(number_of(w))));
    CHECK_HAS(p, "The great impact");
    CHECK_HAS(p, "Impact was corrected");
}

APP_TEST(a_withdrawal_needs_its_reasons)
{
    struct walk *w = released(st);
    str rev = page_input(a, see(w, "coordinator", "en"), "rev");
    struct visitor *v = visit_as(st, "coordinator");
    CHECK_STATUS(422, visit_post(v, at(w, "en", "/withdraw"), "rev", str_to_z(a, rev), "reason_ja",
                                 "重複", NULL));
    CHECK_STATUS(303, visit_post(v, at(w, "en", "/withdraw"), "rev", str_to_z(a, rev), "reason_ja",
                                 "重複", "reason_en", "duplicate", NULL));
    struct page p = see(w, "coordinator", "en");
    CHECK(!holds(p, "<textarea"));
}

APP_TEST(older_revisions_can_be_read_with_what_they_changed)
{
    struct walk *w = undrafted(st);
    i64 rev = draft_save(w, 0, draft_ja(a));
    (void)draft_save(w, rev, stage_input(a, "ja.impact", "重大な影響です", NULL));
    struct visitor *v = visit_as(st, "coordinator");
    struct page p = visit_url(v, at(w, "ja", "/ja/2"));
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK(holds(p, "<ins>重大な</ins>影響です"));
    CHECK_STATUS(404, visit_url(v, at(w, "ja", "/ja/3")));
    CHECK_STATUS(404, visit_url(v, at(w, "ja", "/de/1")));
    CHECK_STATUS(404, visit_url(visit_as(st, "mihon.poc"), at(w, "ja", "/ja/2")));
}
