/* desk_page_test.c - one's cases, what waits for one, what is due: pages and rows. */
#include "help/case_walk.h"
#include "help/web.h"
#include "t.h"

static struct page open_as(struct walk *w, const char *who, const char *path)
{
    return visit(visit_as(w->st, who), path);
}

static str number_of(struct walk *w)
{
    return help_sql_value(w->st->a, w->st->url, "SELECT number FROM cases");
}

APP_TEST(a_desk_shows_whose_cases_they_are_and_says_what_an_empty_one_would_hold)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    static const char *const in[] = {"coordinator", "reception", "mihon.poc", "mihon.design"};
    static const char *const out[] = {"mihon.pr", "kamei.poc", "certx", "analyst"};
    static const char *const pages[] = {"/en/cases", "/ja/cases",  "/en/inbox",
                                        "/ja/inbox", "/en/clocks", "/ja/clocks"};
    str number = number_of(w);
    for (size_t i = 0; i < COUNT(in); i++)
        CHECK(page_holds(open_as(w, in[i], "/en/cases"), number));
    for (size_t i = 0; i < COUNT(out); i++)
        for (size_t k = 0; k < COUNT(pages); k++) {
            struct page p = open_as(w, out[i], pages[k]);
            CHECK_STATUS(200, p);
            CHECK_NESTED(p);
            CHECK(!page_holds(p, number));
        }
    CHECK_HAS(open_as(w, "kamei.poc", "/en/cases"), "No case fits this choice");
    CHECK_HAS(open_as(w, "kamei.poc", "/en/cases?state=all"), "Cases appear here once");
    CHECK_HAS(open_as(w, "kamei.poc", "/ja/inbox"), "対応を待つ工程はありません");
    CHECK_STATUS(303, visit(visit_nobody(st), "/en/cases"));
}

APP_TEST(a_row_says_what_waits_for_its_reader_and_on_whom_as_far_as_that_one_may_know)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct page p = open_as(w, "coordinator", "/en/cases");
    CHECK_NESTED(p);
    CHECK_HAS(p, "mihon Inc.");
    CHECK_HAS(p, "reiji Inc.");
    CHECK_LACKS(p, "2.1.1");
    CHECK_LACKS(p, "Design and product owner");
    p = open_as(w, "reception", "/en/cases");
    CHECK_LACKS(p, "mihon Inc.");
    CHECK_HAS(p, "a vendor");
    p = open_as(w, "mihon.poc", "/en/cases");
    CHECK_HAS(p, "Design and product owner");
    CHECK_LACKS(p, "reiji");
    p = open_as(w, "mihon.design", "/en/cases");
    CHECK_HAS(p, "2.1.1");
    p = open_as(w, "mihon.rnd", "/en/cases");
    CHECK_LACKS(p, "Design and product owner");
    p = open_as(w, "reiji.poc", "/en/cases");
    CHECK_HAS(p, "1.3.1");
    CHECK_LACKS(p, "2.1.1");
    CHECK_LACKS(p, "2 Investigation"); /* how far the other vendor is */
}

APP_TEST(filters_narrow_the_list_and_what_they_do_not_know_is_not_found)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str number = number_of(w);
    CHECK(page_holds(open_as(w, "coordinator", "/en/cases?flow=coordinated&phase=1"), number));
    CHECK(!page_holds(open_as(w, "coordinator", "/en/cases?flow=direct"), number));
    CHECK(!page_holds(open_as(w, "coordinator", "/en/cases?state=published"), number));
    CHECK_STATUS(404, open_as(w, "coordinator", "/en/cases?flow=sideways"));
    CHECK_STATUS(404, open_as(w, "coordinator", "/en/cases?phase=9"));
    CHECK_STATUS(404, open_as(w, "reiji.poc", "/en/cases?phase=2"));
    CHECK(page_holds(open_as(w, "reiji.poc", "/en/cases?sort=oldest"), number));
}

APP_TEST(rows_for_programs_hold_what_the_page_shows)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct page p = open_as(w, "mihon.poc", "/en/cases.json");
    CHECK_STATUS(200, p);
    CHECK_STR(S("application/json"), p.type);
    const struct json *j, *row;
    struct json_error bad;
    CHECK(json_read(a, p.body, &j, &bad) == OK);
    CHECK_I64(1, (i64)json_count(json_get(j, S("items"))));
    row = json_at(json_get(j, S("items")), 0);
    CHECK_STR(number_of(w), json_get_text(row, S("number")));
    CHECK_STR(S("Gateway X"), json_get_text(row, S("title")));
    CHECK_STR(S("coordinated"), json_get_text(row, S("flow")));
    CHECK_STR(S("Design and product owner"), json_get_text(row, S("for_others")));
    p = open_as(w, "coordinator", "/ja/cases.csv?state=all");
    CHECK(str_has_prefix(p.body, S("\xEF\xBB\xBFnumber,title,flow,state,phase,for_you,for_others,"
                                   "due,opened,planned,published\r\n")));
    CHECK(str_find(p.body, S("2026-11-02T")) > 0);
    CHECK_STATUS(200, open_as(w, "kamei.poc", "/en/inbox.json"));
    p = open_as(w, "mihon.design", "/en/inbox.csv");
    CHECK(str_find(p.body, S(",2.1.1,")) > 0);
    p = open_as(w, "coordinator", "/en/clocks.json");
    CHECK(json_read(a, p.body, &j, &bad) == OK);
    CHECK(json_count(json_get(j, S("items"))) > 0);
}

APP_TEST(the_inbox_holds_the_question_and_the_text_it_needs_and_leads_back_to_itself)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct page p = open_as(w, "mihon.rnd", "/en/inbox"); /* the only one: open at once */
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "1 step waits for you");
    CHECK_HAS(p, "A gateway can be taken over");
    CHECK_HAS(p, "Sign as");
    CHECK_LACKS(p, "reiji");
    str path = str_fmt(a, "/en/cases/%.*s/steps/1.3.1/sign", SV(number_of(w)));
    struct page done =
        visit_post(visit_as(st, "mihon.rnd"), path, "lane", str_to_z(a, page_input(a, p, "lane")),
                   "back", "inbox", "round", "1", "kind", "rnd", NULL);
    CHECK_GOES(done, "/en/inbox?done=signed");
    p = open_as(w, "mihon.rnd", "/en/inbox?done=signed");
    CHECK_HAS(p, "Your signature was recorded.");
    CHECK_HAS(p, "Nothing waits for you.");
}

APP_TEST(a_task_of_somebody_else_is_not_opened)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    str id = help_sql_value(a, st->url, "SELECT min(id) FROM task WHERE step = '2.1.1'");
    str path = str_fmt(a, "/en/inbox?task=%.*s", SV(id));
    CHECK_HAS(open_as(w, "mihon.design", str_to_z(a, path)), "How to reproduce it");
    CHECK_LACKS(open_as(w, "reiji.poc", str_to_z(a, path)), "How to reproduce it");
}

APP_TEST(clocks_stand_nearest_first_and_only_for_whom_they_run)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct page p = open_as(w, "coordinator", "/en/clocks");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK(page_holds(p, number_of(w)));
    CHECK_LACKS(p, "2.1.1");
    struct page poc = open_as(w, "mihon.poc", "/en/clocks");
    CHECK_HAS(poc, "2.1.1");
    str last = S("");
    str rest = poc.body, mark = S("data-due=\"");
    for (ptrdiff_t at = str_find(rest, mark); at >= 0; at = str_find(rest, mark)) {
        rest = str_from(rest, (size_t)at + mark.n);
        str due = str_sub(rest, 0, 20);
        CHECK(str_cmp(last, due) <= 0);
        last = due;
    }
    CHECK(last.n > 0);
    CHECK_HAS(open_as(w, "mihon.poc", "/en/clocks?state=late"), "No clock runs.");
    (void)stage_later(st, 60 * DAY);
    CHECK_HAS(open_as(w, "mihon.poc", "/en/clocks?state=late"), "2.1.1");
}
