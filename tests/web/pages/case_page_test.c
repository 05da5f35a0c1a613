/* case_page_test.c - the page of a case: who sees what of it, the talk, the acts. */
#include "help/case_walk.h"
#include "help/released.h"
#include "help/web.h"
#include "t.h"

static str case_number(struct walk *w)
{
    return help_sql_value(w->st->a, w->st->url, "SELECT number FROM cases");
}

static str at(struct walk *w, const char *lang, const char *rest)
{
    return str_fmt(w->st->a, "/%s/cases/%.*s%s", lang, SV(case_number(w)), rest);
}

static struct page open_case(struct walk *w, const char *who, const char *rest)
{
    return visit_url(visit_as(w->st, who), at(w, "en", rest));
}

/* The case with the talk with a vendor open. */
static struct page talk_of(struct walk *w, const char *who, const char *slug)
{
    str key = str_fmt(w->st->a, "?thread=coordination:%.*s", SV(walk_lane(w, slug)));
    return open_case(w, who, str_to_z(w->st->a, key));
}

APP_TEST(a_case_is_there_for_whom_it_concerns_and_for_nobody_else)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    static const char *const in[] = {"coordinator", "reception",     "mihon.poc", "mihon.design",
                                     "mihon.rnd",   "mihon.quality", "reiji.poc"};
    static const char *const out[] = {"mihon.pr", "mihon.care", "reiji.design", "kamei.poc",
                                      "certx",    "analyst",    "operator"};
    for (size_t i = 0; i < COUNT(in); i++) {
        struct page p = open_case(w, in[i], "");
        CHECK_STATUS(200, p);
        CHECK_NESTED(p);
        CHECK_STATUS(200, open_case(w, in[i], "/history"));
        CHECK_STATUS(200, open_case(w, in[i], "/messages"));
    }
    for (size_t i = 0; i < COUNT(out); i++) {
        CHECK_STATUS(404, open_case(w, out[i], ""));
        CHECK_STATUS(404, open_case(w, out[i], "/history"));
        CHECK_STATUS(404, open_case(w, out[i], "/messages"));
        CHECK_STATUS(404, open_case(w, out[i], "/steps/1.3.1"));
    }
    struct page none = visit(visit_as(st, "coordinator"), "/en/cases/99999999");
    struct page hidden = open_case(w, "kamei.poc", "");
    CHECK_STR(page_words(a, none), page_words(a, hidden));
}

APP_TEST(a_finder_and_nobody_are_asked_to_sign_in)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    CHECK_STATUS(303, visit_url(visit_nobody(st), at(w, "ja", "")));
    CHECK_STATUS(303, visit_url(visit_finder(st, w->report_id), at(w, "ja", "")));
}

/* --- what is shown ------------------------------------------------------------------------------ */

APP_TEST(each_reader_sees_the_part_of_the_case_that_is_theirs)
{
    struct walk *w = walked(st, WALKED_REPORTED);
    struct page p = open_case(w, "coordinator", "");
    CHECK_HAS(p, "mihon Inc.");
    CHECK_HAS(p, "reiji Inc.");
    CHECK_LACKS(p, "an unchecked length"); /* inside of mihon until 2.6.1 says it */
    CHECK_HAS(talk_of(w, "coordinator", "mihon"), "2.6.1/1/");
    p = open_case(w, "reiji.poc", "");
    CHECK_LACKS(p, "mihon Inc.");
    CHECK_LACKS(p, "up to 2.4.3");
    CHECK_LACKS(p, "How to reproduce it");
    p = open_case(w, "mihon.design", "/steps/2.2.1");
    CHECK_STATUS(200, p);
    CHECK_HAS(p, "an unchecked length");
    p = open_case(w, "mihon.quality", "");
    CHECK_LACKS(p, "A gateway can be taken over");
    CHECK_STATUS(
        404, open_case(w, "reiji.poc", "/steps/2.2.1?lane=00000000-0000-7000-8000-000000000000"));
    str other = str_fmt(a, "/steps/2.2.1?lane=%.*s", SV(walk_lane(w, "mihon")));
    CHECK_STATUS(404, open_case(w, "reiji.poc", str_to_z(a, other)));
    CHECK_STATUS(404, open_case(w, "coordinator", str_to_z(a, other)));
}

APP_TEST(the_page_says_what_waits_for_its_reader_first_and_on_whom_the_rest)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct page p = open_case(w, "mihon.rnd", "");
    CHECK_HAS(p, "1 for you, 1 for others");
    CHECK(str_find(p.body, S(">Sign<")) >= 0);
    p = open_case(w, "coordinator", "");
    CHECK_HAS(p, "0 for you, 2 for others");
    CHECK_HAS(p, "Awaited: mihon Inc.");
    p = visit_url(visit_as(st, "mihon.rnd"), at(w, "ja", ""));
    CHECK_NESTED(p);
    CHECK_HAS(p, "あなたの対応待ち 1 件、ほかの人の対応待ち 1 件");
    CHECK_HAS(p, "起算日");
}

APP_TEST(acts_that_a_reader_may_not_do_are_not_offered_and_not_done)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    CHECK_HAS(open_case(w, "coordinator", ""), "Manage the case");
    CHECK_LACKS(open_case(w, "mihon.design", ""), "Manage the case");
    CHECK_LACKS(open_case(w, "reiji.poc", ""), "Change the title");
    struct visitor *poc = visit_as(st, "reiji.poc");
    CHECK_STATUS(403, visit_post(poc, at(w, "en", "/title"), "title_en", "Mine", NULL));
    struct visitor *kamei = visit_as(st, "kamei.poc");
    CHECK_STATUS(404, visit_post(kamei, at(w, "en", "/title"), "title_en", "Mine", NULL));
    CHECK_LACKS(open_case(w, "coordinator", ""), "Mine");
}

/* --- answering ------------------------------------------------------------------------------------ */

static struct page answer(struct walk *w, const char *who, const char *step, struct page form,
                          const char *field, const char *value, const char *once)
{
    str lane = page_input(w->st->a, form, "lane"), token = page_input(w->st->a, form, "_once");
    str round = page_input(w->st->a, form, "round"), hop = page_input(w->st->a, form, "hop");
    return visit_post(visit_as(w->st, who), at(w, "en", step), "lane", str_to_z(w->st->a, lane),
                      "round", str_to_z(w->st->a, round), "hop", str_to_z(w->st->a, hop), "rev",
                      "0", "_once", once ? once : str_to_z(w->st->a, token), field, value, NULL);
}

APP_TEST(a_step_is_answered_on_its_page_and_a_second_click_does_it_once)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct page form = open_case(w, "mihon.design", "/steps/2.3.1");
    CHECK_STATUS(200, form);
    CHECK_NESTED(form);
    CHECK_HAS(form, "How to reproduce it"); /* the text that the answer needs */
    CHECK_HAS(form, "will read");           /* who will see it */
    struct page p =
        answer(w, "mihon.design", "/steps/2.3.1", form, "question", "Which model?", NULL);
    CHECK_GOES(p, str_to_z(a, at(w, "en", "?done=step#now")));
    p = answer(w, "mihon.design", "/steps/2.3.1", form, "question", "Which model?", NULL);
    CHECK_GOES(p, str_to_z(a, at(w, "en", "?done=step#now")));
    CHECK_STR(S("1"), help_sql_value(a, st->url, "SELECT count(*) FROM act WHERE step = '2.3.1'"));
}

APP_TEST(an_answer_that_lacks_something_comes_back_with_what_was_typed)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct page form = open_case(w, "mihon.design", "/steps/2.1.1");
    struct page p =
        answer(w, "mihon.design", "/steps/2.1.1", form, "environment", "MG-200 <2.4.3>", NULL);
    CHECK_STATUS(422, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "2 things need correcting");
    CHECK_HAS(p, "MG-200 <2.4.3>");
    CHECK_STR(S("0"), help_sql_value(a, st->url, "SELECT count(*) FROM act WHERE step = '2.1.1'"));
}

APP_TEST(an_answer_that_comes_too_late_is_shown_and_not_lost)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct page form = open_case(w, "mihon.design", "/steps/2.3.1");
    struct page p =
        answer(w, "mihon.design", "/steps/2.3.1", form, "question", "Which <model>?", NULL);
    CHECK_GOES(p, str_to_z(a, at(w, "en", "?done=step#now")));
    p = answer(w, "mihon.design", "/steps/2.3.1", form, "question", "And which firmware?", "other");
    CHECK_STATUS(409, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "The step has moved on");
    CHECK_HAS(p, "And which firmware?");
    CHECK_STR(S("1"), help_sql_value(a, st->url, "SELECT count(*) FROM act WHERE step = '2.3.1'"));
}

APP_TEST(who_is_not_asked_cannot_answer)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct page form = open_case(w, "mihon.design", "/steps/2.1.1");
    static const char *const others[] = {"mihon.quality", "reiji.poc", "coordinator", "mihon.care"};
    for (size_t i = 0; i < COUNT(others); i++) {
        struct page p = answer(w, others[i], "/steps/2.1.1", form, "reproduced", "yes", NULL);
        CHECK(p.status == 403 || p.status == 404);
    }
    CHECK_STATUS(404, answer(w, "mihon.care", "/steps/2.1.1", form, "reproduced", "yes", NULL));
    CHECK_STR(S("0"), help_sql_value(a, st->url, "SELECT count(*) FROM act WHERE step = '2.1.1'"));
}

APP_TEST(a_draft_is_kept_for_the_department_and_no_one_else)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct page form = open_case(w, "mihon.design", "/steps/2.3.1");
    struct page p =
        answer(w, "mihon.design", "/steps/2.3.1/draft", form, "question", "Half a question", NULL);
    CHECK_STATUS(303, p);
    p = open_case(w, "mihon.design", "/steps/2.3.1");
    CHECK_HAS(p, "Half a question");
    CHECK_HAS(p, "Draft saved");
    CHECK_LACKS(open_case(w, "mihon.poc", "/steps/2.3.1"), "Half a question");
    CHECK_LACKS(open_case(w, "coordinator", ""), "Half a question");
}

APP_TEST(a_department_that_takes_part_signs_on_the_page)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct page form = open_case(w, "mihon.rnd", "/steps/1.3.1");
    CHECK_HAS(form, "Sign as");
    struct page p = visit_post(visit_as(st, "mihon.rnd"), at(w, "en", "/steps/1.3.1/sign"), "lane",
                               str_to_z(a, page_input(a, form, "lane")), "round", "1", "kind",
                               "rnd", "comment", "Seen", NULL);
    CHECK_GOES(p, str_to_z(a, at(w, "en", "?done=signed#now")));
    p = open_case(w, "mihon.design", "/steps/1.3.1");
    CHECK_HAS(p, "Seen");
    p = visit_post(visit_as(st, "mihon.design"), at(w, "en", "/steps/1.3.1/sign"), "lane",
                   str_to_z(a, page_input(a, form, "lane")), "round", "1", "kind", "rnd", NULL);
    CHECK_STATUS(403, p);
}

/* --- the talk -------------------------------------------------------------------------------------- */

static struct page say(struct walk *w, const char *who, str to, const char *text, const char *once)
{
    return visit_post(visit_as(w->st, who), at(w, "en", "/messages"), "to", str_to_z(w->st->a, to),
                      "text", text, "_once", once, NULL);
}

APP_TEST(a_message_is_read_by_its_thread_and_sent_once)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str to = str_fmt(a, "coordination:%.*s", SV(walk_lane(w, "mihon")));
    struct page p = say(w, "mihon.poc", to, "We look <into> it", "once");
    CHECK_STATUS(303, p);
    CHECK(str_find(p.location, S("done=message")) > 0);
    CHECK_STATUS(303, say(w, "mihon.poc", to, "We look <into> it", "once"));
    CHECK_STR(S("1"),
              help_sql_value(a, st->url, "SELECT count(*) FROM text WHERE kind = 'message'"));
    p = talk_of(w, "coordinator", "mihon");
    CHECK_HAS(p, "We look <into> it");
    CHECK(str_find(p.body, S("We look <into>")) < 0);
    CHECK_HAS(p, "unread");
    CHECK_LACKS(open_case(w, "reiji.poc", ""), "We look");
    CHECK_LACKS(open_case(w, "mihon.design", ""), "We look");
    CHECK_STATUS(404, say(w, "reiji.poc", to, "Mine", "x"));
    p = say(w, "mihon.poc", to, "", "y");
    CHECK_STATUS(422, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "needs correcting");
}

APP_TEST(a_text_is_passed_on_as_a_new_one_to_whom_the_reader_chooses)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str to = str_fmt(a, "coordination:%.*s", SV(walk_lane(w, "mihon")));
    CHECK_STATUS(303, say(w, "mihon.poc", to, "We look into it", "once"));
    str id = help_sql_value(a, st->url, "SELECT max(id) FROM text WHERE kind = 'message'");
    str path = str_fmt(a, "/relay?text=%.*s", SV(id));
    struct page p = open_case(w, "coordinator", str_to_z(a, path));
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "We look into it");
    CHECK_STATUS(404, open_case(w, "reiji.poc", str_to_z(a, path)));
    p = visit_post(visit_as(st, "coordinator"), at(w, "en", "/relay"), "from", str_to_z(a, id),
                   "to", "reception", "text", "A vendor looks into it", NULL);
    CHECK_STATUS(303, p);
    CHECK_HAS(open_case(w, "reception", ""), "A vendor looks into it");
    p = visit_post(visit_as(st, "coordinator"), at(w, "en", "/relay"), "from", str_to_z(a, id),
                   "text", "To nobody", NULL);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "To nobody");
}

/* --- acts ------------------------------------------------------------------------------------------- */

APP_TEST(the_coordinator_changes_title_label_date_and_vendors)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct visitor *v = visit_as(st, "coordinator");
    struct page p = visit_post(v, at(w, "en", "/title"), "title_ja", "見本の件", "title_en",
                               "The sample", NULL);
    CHECK_GOES(p, str_to_z(a, at(w, "en", "?done=title#manage")));
    CHECK_GOES(visit_post(v, at(w, "en", "/tlp"), "tlp", "RED", NULL),
               str_to_z(a, at(w, "en", "?done=tlp#manage")));
    CHECK_GOES(
        visit_post(v, at(w, "en", "/date"), "date", "2026-12-24T10:00", "reason", "Agreed", NULL),
        str_to_z(a, at(w, "en", "?done=date#manage")));
    CHECK_GOES(visit_post(v, at(w, "en", "/vendors"), "vendors",
                          str_to_z(a, stage_org_id(st, "kamei")), NULL),
               str_to_z(a, at(w, "en", "?done=vendors#manage")));
    p = visit_url(v, at(w, "en", "?done=title"));
    CHECK_HAS(p, "The title was changed.");
    CHECK_HAS(p, "The sample");
    CHECK_HAS(p, "TLP:RED");
    CHECK_HAS(p, "2026-12-24 10:00 JST");
    CHECK_HAS(p, "kamei Inc.");
    p = visit_url(v, at(w, "ja", ""));
    CHECK_HAS(p, "見本の件");
}

APP_TEST(each_act_has_a_page_that_says_who_will_see_what_for_those_who_may)
{
    static const char *const acts[] = {"/title", "/date",  "/tlp",    "/vendors",
                                       "/named", "/share", "/analyst"};
    struct walk *w = walked(st, WALKED_SPREAD);
    for (size_t i = 0; i < COUNT(acts); i++) {
        struct page p = open_case(w, "coordinator", acts[i]);
        CHECK_STATUS(200, p);
        CHECK_NESTED(p);
        CHECK(str_find(p.body, S("class=\"sees\"")) > 0);
        CHECK_STATUS(404, open_case(w, "mihon.poc", acts[i]));
        CHECK_STATUS(404, open_case(w, "kamei.poc", acts[i]));
    }
    CHECK_STATUS(200, open_case(w, "reception", "/analyst"));
    CHECK_STATUS(404, open_case(w, "reception", "/share"));
}

APP_TEST(an_act_that_lacks_something_comes_back_alone_with_what_was_typed)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct visitor *v = visit_as(st, "coordinator");
    struct page p = visit_post(v, at(w, "en", "/date"), "date", "2026-12-24T10:00", NULL);
    CHECK_STATUS(422, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "needs correcting");
    CHECK_STR(S("2026-12-24T10:00"), page_input(a, p, "date"));
    p = visit_post(v, at(w, "ja", "/share"), "level", "overview", NULL);
    CHECK_STATUS(422, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "ほかの機関との共有");
}

APP_TEST(a_lane_is_ended_with_a_reason_and_taken_up_again)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct visitor *v = visit_as(st, "coordinator");
    str lane = str_fmt(a, "/lanes/%.*s/", SV(walk_lane(w, "reiji")));
    str close = at(w, "en", str_to_z(a, str_join(a, lane, S("close"))));
    str reopen = at(w, "en", str_to_z(a, str_join(a, lane, S("reopen"))));
    CHECK_STATUS(422, visit_post(v, close, NULL));
    CHECK_STATUS(303, visit_post(v, close, "reason", "No answer", NULL));
    CHECK_HAS(open_case(w, "reiji.poc", ""), "No answer");
    CHECK_HAS(open_case(w, "coordinator", ""), "Take up the coordination again");
    CHECK_STATUS(409, visit_post(v, close, "reason", "Again", NULL));
    CHECK_STATUS(303, visit_post(v, reopen, "reason", "It answered", NULL));
    CHECK_STATUS(403, visit_post(visit_as(st, "mihon.poc"), close, "reason", "Mine", NULL));
}

APP_TEST(the_contact_says_its_status_and_what_it_said_stands_in_the_form)
{
    struct walk *w = walked(st, WALKED_REPORTED);
    struct visitor *poc = visit_as(st, "mihon.poc");
    str path = str_fmt(a, "/lanes/%.*s/status", SV(walk_lane(w, "mihon")));
    struct page p = visit_post(poc, at(w, "en", str_to_z(a, path)), "status", "affected",
                               "statement_ja", "修正版を準備しています。", NULL);
    CHECK_STATUS(303, p);
    CHECK_HAS(open_case(w, "mihon.poc", ""), "修正版を準備しています。");
    p = open_case(w, "mihon.poc", str_to_z(a, path));
    CHECK_NESTED(p);
    CHECK_STATUS(404, open_case(w, "reiji.poc", str_to_z(a, path)));
    CHECK_STATUS(404, open_case(w, "coordinator", str_to_z(a, path)));
    CHECK(str_find(p.body, S("修正版を準備しています。</textarea>")) >= 0);
    CHECK_STATUS(404, visit_post(visit_as(st, "reiji.poc"), at(w, "en", str_to_z(a, path)),
                                 "status", "affected", NULL));
}

APP_TEST(names_of_a_product_are_read_shown_and_refused_at_their_field)
{
    struct walk *w = walked(st, WALKED_REPORTED);
    struct visitor *poc = visit_as(st, "mihon.poc");
    str path = str_fmt(a, "/lanes/%.*s/status", SV(walk_lane(w, "mihon")));
    str form = at(w, "ja", str_to_z(a, path));
    struct page p = visit_post(poc, form, "status", "affected", "products.0.name", "Gateway X",
                               "products.1.name", "Gateway Y", "products.1.cpe", "mihon gateway",
                               "products.1.purl", "pkg:swift/gateway", NULL);
    CHECK_STATUS(422, p);
    CHECK_NESTED(p);
    CHECK(str_find(p.body, S("<a href=\"#f-products-1-cpe\">製品 2：CPE 名（2.3）</a>")) > 0);
    CHECK_HAS(p, "CPE 名は cpe:2.3:（または cpe:/）で始めてください。");
    CHECK(str_find(p.body, S("id=\"f-products-1-purl-e\"")) > 0);
    CHECK(str_find(p.body, S("value=\"mihon gateway\"")) > 0);
    CHECK(str_find(p.body, S("<details open>")) > 0);
    CHECK_STATUS(303, visit_post(poc, form, "status", "affected", "products.0.name", "Gateway Y",
                                 "products.0.cpe", "cpe:/h:mihon:gateway_y", "products.0.purl",
                                 "pkg:npm/%40mihon/y", NULL));
    p = open_case(w, "mihon.poc", "");
    CHECK_HAS(p, "cpe:2.3:h:mihon:gateway_y:*:*:*:*:*:*:*:*");
    CHECK_HAS(p, "pkg:npm/%40mihon/y");
    p = open_case(w, "mihon.poc", str_to_z(a, path));
    CHECK(str_find(p.body, S("value=\"pkg:npm/%40mihon/y\"")) > 0);
}

/* Neither step has a statement in which the reason could stand, so that it is asked, not demanded. */
APP_TEST(why_a_product_is_not_affected_is_asked_where_its_status_is_reported)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    walk_run(w, "2.4.1");
    struct page p = open_case(w, "mihon.design", "/steps/2.4.1");
    CHECK_HAS(p, "Choose the reason under “More on this product” of the row.");
    CHECK(str_find(p.body, S("aria-describedby=\"f-products-0-flag-h\"")) > 0);
    CHECK(str_find(p.body, S("<details open>")) < 0);
    walk_act(w, "mihon.design", "mihon", "2.4.1", 1, "products.0.name", "Gateway X",
             "products.1.name", "Gateway Y", "products.1.status", "not_affected", NULL);
    walk_run(w, "2.6.1");
    p = open_case(w, "mihon.poc", "/steps/2.6.1");
    CHECK_HAS(p, "For products that are not affected, choose the reason");
    ptrdiff_t open = str_find(p.body, S("<details open>"));
    CHECK(open > str_find(p.body, S("f-products-0-cpe")));
    CHECK(open > 0 && open < str_find(p.body, S("f-products-1-flag-h")));
    walk_act(w, "mihon.poc", "mihon", "2.6.1", 1, "products.0.name", "Gateway Y",
             "products.0.status", "not_affected", NULL);
}

APP_TEST(a_remedy_is_proposed_from_the_words_and_has_to_fit_the_status)
{
    struct walk *w = walked(st, WALKED_REPORTED);
    struct visitor *poc = visit_as(st, "mihon.poc");
    str path = str_fmt(a, "/lanes/%.*s/status", SV(walk_lane(w, "mihon")));
    str form = at(w, "en", str_to_z(a, path));
    CHECK_STATUS(303, visit_post(poc, form, "status", "affected", "statement_en",
                                 "An update will come.", "products.0.name", "Gateway X", NULL));
    struct page p = open_case(w, "mihon.poc", str_to_z(a, path));
    CHECK(str_find(p.body, S("<option value=\"vendor_fix\" selected>")) > 0);
    p = visit_post(poc, form, "status", "affected", "products.0.name", "Gateway X",
                   "products.0.status", "fixed", "products.0.remedy", "vendor_fix",
                   "products.0.remedy_date", "tomorrow", NULL);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "Write the day like 2026-12-05.");
    p = visit_post(poc, form, "status", "affected", "products.0.name", "Gateway X",
                   "products.0.status", "fixed", "products.0.remedy", "vendor_fix", NULL);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "This remedy does not fit the status");
    CHECK_STATUS(303,
                 visit_post(poc, form, "status", "affected", "products.0.name", "Gateway X",
                            "products.0.remedy", "fix_planned", "products.0.remedy_date",
                            "2026-12-05", "products.0.remedy_url", "https://m.example/x", NULL));
    p = open_case(w, "mihon.poc", "");
    CHECK_HAS(p, "Remedy: Fix planned 2026-12-05");
    CHECK(str_find(p.body, S("<a href=\"https://m.example/x\" rel=\"noopener\">")) > 0);
}

APP_TEST(a_status_is_said_of_one_vulnerability_and_why_it_has_none)
{
    struct walk *w = released_two(st);
    struct visitor *poc = visit_as(st, "mihon.poc");
    str path = str_fmt(a, "/lanes/%.*s/status", SV(walk_lane(w, "mihon")));
    str form = at(w, "en", str_to_z(a, path));
    struct page p = open_case(w, "mihon.poc", str_to_z(a, path));
    CHECK_HAS(p, "All vulnerabilities");
    CHECK(str_find(p.body, S(">CVE-2026-10002</option>")) > 0);
    CHECK(str_find(p.body, S("<option value=\"vulnerable_code_not_present\"")) > 0);
#define SAY(...)                                                                                   \
    visit_post(poc, form, "status", "affected", "products.0.name", "Gateway X", "products.1.name", \
               "Gateway X", __VA_ARGS__, NULL)
    p = SAY("products.1.vulnerability", "2", "products.1.status", "not_affected");
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "Say why the product is not affected");
    CHECK(str_find(p.body, S("<option value=\"2\" selected>CVE-2026-10002")) > 0); /* it stays */
    p = SAY("products.1.vulnerability", "2", "products.1.flag", "component_not_present");
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "A reason for not being affected fits only a product");
    p = SAY("products.1.vulnerability", "CVE-2026-1");
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "This case has no such vulnerability");
    p = SAY("products.1.status", "fixed");
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "A row above says something else of the same product");
    CHECK_STATUS(303, SAY("products.1.vulnerability", "CVE-2026-10002", "products.1.status",
                          "not_affected", "products.1.flag", "component_not_present"));
#undef SAY
    p = open_case(w, "mihon.poc", "");
    CHECK_HAS(p, "Holds for: CVE-2026-10002");
    CHECK_HAS(p, "Reason: The vulnerable component is not in the product");
    p = visit_url(visit_nobody(st), str_fmt(a, "/ja/advisories/%.*s", SV(number_of(w))));
    CHECK_HAS(p, "対象： CVE-2023-5915");
    CHECK_HAS(p, "理由： 脆弱なコンポーネントを含んでいない");
}

APP_TEST(where_there_is_one_vulnerability_nobody_chooses_it)
{
    struct walk *w = released(st);
    str path = str_fmt(a, "/lanes/%.*s/status", SV(walk_lane(w, "mihon")));
    struct page p = open_case(w, "mihon.poc", str_to_z(a, path));
    CHECK(str_find(p.body, S("All vulnerabilities")) < 0);
}
