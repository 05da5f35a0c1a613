/* reports_page_test.c - the lists of reports, and the page of one for those who work on it. */
#include "app/reports.h"
#include "base/encode.h"
#include "formats/json.h"
#include "help/case_walk.h"
#include "help/forms.h"
#include "t.h"

static str handed_in(struct stage *st, enum report_kind kind, const char *what)
{
    struct ctx *cx = stage_nobody(st);
    struct report_receipt got;
    struct input *in = stage_input(st->a, "name", "Hanako Mihon", "email", "hanako@finder.example",
                                   "personal_data", "yes", "publish_name", "no", "result",
                                   "<b>Script</b> runs", NULL);
    if (kind != REPORT_OWN) {
        input_put(st->a, in, S("tell_vendor"), S("no"));
        input_put(st->a, in, S("direct_contact"), S("no"));
        input_put(st->a, in, S("told_others"), S("no"));
        input_put(st->a, in, S("steps"), S("1. Wait."));
    }
    if (kind == REPORT_WEBSITE) {
        input_put(st->a, in, S("url"), str_z(what));
        input_put(st->a, in, S("grounds"), S("It is echoed."));
    } else {
        input_put(st->a, in, S("product"), str_z(what));
    }
    if (kind == REPORT_PRODUCT)
        input_put(st->a, in, S("environment"), S("Defaults"));
    if (kind == REPORT_OWN) {
        input_put(st->a, in, S("maker"), S("Mihon"));
        input_put(st->a, in, S("affected_versions"), S("2"));
        input_put(st->a, in, S("countermeasure"), S("Update"));
    }
    CHECK_OK(cx, report_submit(cx, kind, NO_STR, in, &got));
    return got.id;
}

static const char *page_of(struct stage *st, str id, const char *rest)
{
    return str_to_z(st->a, str_fmt(st->a, "/en/reports/%.*s%s", SV(id), rest));
}

static str path_of(struct stage *st, str id, const char *rest)
{
    return str_z(page_of(st, id, rest));
}

static bool links(struct page p, const char *what)
{
    return str_find(p.body, str_z(what)) >= 0;
}

static str value(struct stage *st, const char *sql)
{
    return help_sql_value(st->a, st->url, sql);
}

static struct input *acceptance(struct stage *st, const char *rev)
{
    return stage_input(st->a, "rev", rev, "complete", "yes", "consistent", "yes", "in_scope", "yes",
                       "vulnerability", "yes", "unknown", "yes", "note", "See step 1.", "to_finder",
                       "Accepted today.", NULL);
}

/* A website report that was accepted. */
static str accepted_site(struct stage *st)
{
    str id = handed_in(st, REPORT_WEBSITE, "https://shop.example/search");
    struct page p =
        visit_send(visit_as(st, "reception"), path_of(st, id, "/accept"), acceptance(st, "1"));
    CHECK_STATUS(303, p);
    return id;
}

static struct page notify_site(struct stage *st, str id, const char *rev)
{
    return visit_post(visit_as(st, "reception"), path_of(st, id, "/site"), "rev", rev, "site",
                      str_to_z(st->a, stage_org_id(st, "shop")), "details", "Escape the term.",
                      NULL);
}

/* --- lists -------------------------------------------------------------------------------------- */

APP_TEST(each_seat_has_its_own_lists_and_the_others_have_none)
{
    stage_cast(st);
    (void)handed_in(st, REPORT_PRODUCT, "Gateway X");
    static const struct {
        const char *login;
        bool sees;
        int status;
    } t[] = {{"reception", true, 200},     {"coordinator", false, 200}, {"certx", false, 200},
             {"analyst", false, 200},      {"operator", false, 200},    {"mihon.poc", false, 200},
             {"mihon.design", false, 404}, {"mihon.care", false, 404}};
    for (size_t i = 0; i < COUNT(t); i++)
        for (int lang = 0; lang < 2; lang++) {
            struct page p = visit(visit_as(st, t[i].login), lang ? "/en/reports" : "/ja/reports");
            CHECK_STATUS(t[i].status, p);
            CHECK_NESTED(p);
            CHECK(page_holds(p, S("Gateway X")) == t[i].sees);
        }
    CHECK_GOES(visit(visit_nobody(st), "/en/reports"), "/en/sign-in?to=%2Fen%2Freports");
    CHECK_STATUS(404, visit(visit_as(st, "reception"), "/en/reports?list=site"));
    CHECK_STATUS(404, visit(visit_as(st, "operator"), "/en/reports?list=intake"));
    CHECK_STATUS(404, visit(visit_as(st, "reception"), "/en/reports?list=nothing"));
    CHECK_STATUS(404, visit(visit_as(st, "reception"), "/en/reports?state=nothing"));
}

APP_TEST(the_list_filters_counts_and_sorts)
{
    stage_cast(st);
    struct visitor *v = visit_as(st, "reception");
    str first = handed_in(st, REPORT_PRODUCT, "Gateway X");
    (void)stage_later(st, HOUR);
    (void)handed_in(st, REPORT_WEBSITE, "https://shop.example/search");
    struct page p = visit(v, "/en/reports");
    CHECK_HAS(p, "2 in all");
    CHECK(str_find(p.body, S("shop.example")) < str_find(p.body, S("Gateway X")));
    p = visit(v, "/en/reports?sort=oldest");
    CHECK(str_find(p.body, S("shop.example")) > str_find(p.body, S("Gateway X")));
    CHECK(links(p, "aria-sort=\"ascending\""));
    p = visit(v, "/en/reports?kind=website");
    CHECK_LACKS(p, "Gateway X");
    CHECK_HAS(p, "shop.example");
    p = visit(v, "/en/reports?source=vendor");
    CHECK_HAS(p, "No report is here.");
    CHECK_LACKS(visit(v, "/en/reports?state=late"), "Gateway X");
    (void)stage_later(st, 7 * DAY);
    p = visit(visit_as(st, "reception"), "/en/reports?state=late");
    CHECK_HAS(p, "Gateway X");
    CHECK_HAS(p, "overdue");
    CHECK_GOES(visit_post(visit_as(st, "reception"), path_of(st, first, "/refuse"), "rev", "1",
                          "disposition", "refuse_scope", "to_finder", "Made to order.", NULL),
               page_of(st, first, "?done=refused"));
    v = visit_as(st, "reception");
    CHECK_HAS(visit(v, "/en/reports?state=refused"), "Gateway X");
    CHECK_LACKS(visit(v, "/en/reports?state=waiting"), "Gateway X");
}

APP_TEST(the_same_rows_come_as_csv_and_json_by_the_same_address)
{
    stage_cast(st);
    (void)handed_in(st, REPORT_PRODUCT, "=Gateway, \"X\"");
    (void)handed_in(st, REPORT_WEBSITE, "https://shop.example/search");
    struct visitor *v = visit_as(st, "reception");
    CHECK(links(visit(v, "/en/reports?kind=product"), "/en/reports.csv?kind=product"));
    struct page p = visit(v, "/en/reports.csv?kind=product");
    CHECK_STATUS(200, p);
    CHECK_STR(S("text/csv; charset=utf-8; header=present"), p.type);
    CHECK(str_find(p.body, S("receipt,kind,source,title,lang,state")) >= 0);
    CHECK(str_find(p.body, S(",product,finder,\"'=Gateway, \"\"X\"\"\",en,received,")) > 0);
    CHECK(str_find(p.body, S("shop.example")) < 0);
    CHECK(str_find(http_answer_header(&p.rs, S("Content-Disposition")), S("reports.csv")) > 0);
    p = visit(v, "/ja/reports.json");
    const struct json *j;
    struct json_error bad;
    CHECK_ERR(OK, json_read(a, p.body, &j, &bad));
    CHECK_I64(2, (i64)json_count(json_get(j, S("items"))));
    CHECK_STATUS(404, visit(visit_as(st, "mihon.design"), "/en/reports.csv"));
}

/* --- one report: who ---------------------------------------------------------------------------- */

APP_TEST(a_report_is_there_for_those_who_may_read_it_and_for_nobody_else)
{
    stage_cast(st);
    str id = handed_in(st, REPORT_PRODUCT, "Gateway X");
    for (const char *const *l = stage_logins; *l != NULL; l++) {
        struct page p = visit(visit_as(st, *l), page_of(st, id, ""));
        CHECK_STATUS(strcmp(*l, "reception") == 0 ? 200 : 404, p);
    }
    static const char *const acts[] = {"/accept", "/refuse", "/triage",      "/site",    "/analyst",
                                       "/close",  "/say",    "/site-answer", "/withdraw"};
    for (size_t i = 0; i < COUNT(acts); i++)
        CHECK_STATUS(404, visit_post(visit_as(st, "coordinator"), path_of(st, id, acts[i]), "rev",
                                     "1", NULL));
    CHECK_STATUS(404, visit(visit_as(st, "reception"), "/en/reports/nothing"));
}

APP_TEST(reception_reads_what_was_sent_and_by_whom_and_what_is_due)
{
    stage_cast(st);
    str id = handed_in(st, REPORT_PRODUCT, "Gateway X");
    struct page p = visit(visit_as(st, "reception"), page_of(st, id, ""));
    CHECK_NESTED(p);
    static const char *const shown[] = {"Gateway X",
                                        "Hanako Mihon",
                                        "hanako@finder.example",
                                        "<b>Script</b> runs",
                                        "Acknowledge to the finder",
                                        "2026-11-09 10:00 JST",
                                        "They may not be told"};
    for (size_t i = 0; i < COUNT(shown); i++)
        CHECK_HAS(p, shown[i]);
    CHECK(!links(p, "<b>Script"));
    static const char *const buttons[] = {"act=accept#act", "act=refuse#act", "act=triage#act",
                                          "act=analyst#act"};
    for (size_t i = 0; i < COUNT(buttons); i++)
        CHECK(links(p, buttons[i]));
    CHECK(!links(p, "act=site#act") && !links(p, "act=close#act"));
    p = visit_url(visit_as(st, "reception"), str_fmt(a, "/ja/reports/%.*s?act=accept", SV(id)));
    CHECK_NESTED(p);
    CHECK_HAS(p, "受理する");
}

/* --- deciding ----------------------------------------------------------------------------------- */

APP_TEST(an_accepted_report_begins_a_case_with_the_coordinator)
{
    stage_cast(st);
    str id = handed_in(st, REPORT_PRODUCT, "Gateway X");
    struct visitor *v = visit_as(st, "reception");
    struct page p = visit(v, page_of(st, id, "?act=accept"));
    struct input form = page_inputs(a, p);
    CHECK_STR(S("1"), input_get(&form, S("rev")));
    p = visit_send(v, path_of(st, id, "/accept"),
                   stage_input(a, "rev", "1", "to_finder", "Hm.", NULL));
    CHECK_STATUS(422, p);
    CHECK_NESTED(p);
    CHECK(links(p, "href=\"#f-in_scope\"") && links(p, "Hm.</textarea>"));
    CHECK_STR(S("0"), value(st, "SELECT count(*) FROM cases"));

    CHECK_GOES(visit_send(v, path_of(st, id, "/accept"), acceptance(st, "1")),
               page_of(st, id, "?done=accepted"));
    p = visit(v, page_of(st, id, "?done=accepted"));
    CHECK_HAS(p, "The report was accepted, and the finder has been told.");
    CHECK_HAS(p, "Accepted today.");
    str number = value(st, "SELECT number FROM cases");
    CHECK(links(p, str_to_z(a, str_fmt(a, "/en/cases/%.*s", SV(number)))));
    CHECK_STATUS(200, visit(visit_as(st, "coordinator"), page_of(st, id, "")));
    p = visit_send(v, path_of(st, id, "/accept"), acceptance(st, "1")); /* late */
    CHECK_STATUS(409, p);
    CHECK_HAS(p, "This moved on while you were writing.");
    CHECK_STR(S("1"), value(st, "SELECT count(*) FROM cases"));
}

APP_TEST(a_second_click_on_accept_goes_on_as_the_first)
{
    stage_cast(st);
    str id = handed_in(st, REPORT_PRODUCT, "Gateway X");
    struct visitor *v = visit_as(st, "reception");
    struct page p = visit(v, page_of(st, id, "?act=accept"));
    struct input *in = acceptance(st, "1");
    input_put(a, in, S("_once"), page_input(a, p, "_once"));
    for (int i = 0; i < 2; i++)
        CHECK_GOES(visit_send(v, path_of(st, id, "/accept"), in),
                   page_of(st, id, "?done=accepted"));
    CHECK_STR(S("1"), value(st, "SELECT count(*) FROM cases"));
}

APP_TEST(a_further_report_of_the_same_joins_its_case)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str number = value(st, "SELECT number FROM cases");
    str id = handed_in(st, REPORT_PRODUCT, "Gateway X 2");
    struct visitor *v = visit_as(st, "reception");
    struct page p = visit(v, page_of(st, id, ""));
    CHECK_HAS(p, "Perhaps the same");
    CHECK(page_holds(p, number));
    struct input *in = acceptance(st, "1");
    input_put(a, in, S("case"), S("00000000"));
    p = visit_send(v, path_of(st, id, "/accept"), in);
    CHECK_STATUS(422, p);
    CHECK(links(p, "href=\"#f-case\""));
    in = acceptance(st, "1");
    input_put(a, in, S("case"), number);
    CHECK_GOES(visit_send(v, path_of(st, id, "/accept"), in), page_of(st, id, "?done=accepted"));
    CHECK_STR(S("1"), value(st, "SELECT count(*) FROM cases"));
    CHECK_STR(w->case_id,
              value(st, "SELECT case_id FROM report ORDER BY received DESC, id DESC LIMIT 1"));
}

APP_TEST(a_refusal_needs_a_reason_of_the_list_and_says_it)
{
    stage_cast(st);
    str id = handed_in(st, REPORT_PRODUCT, "Gateway X");
    struct visitor *v = visit_as(st, "reception");
    struct page p = visit(v, page_of(st, id, "?act=refuse"));
    CHECK_HAS(p, "Out of scope");
    CHECK_LACKS(p, "Already fixed"); /* of websites */
    p = visit_post(v, path_of(st, id, "/refuse"), "rev", "1", "disposition", "refuse_fixed",
                   "to_finder", "No.", NULL);
    CHECK_STATUS(422, p);
    CHECK(links(p, "href=\"#f-disposition\"") && links(p, "No.</textarea>"));
    p = visit_post(v, path_of(st, id, "/refuse"), "rev", "1", "disposition", "refuse_scope",
                   "to_finder", "Made to order.", NULL);
    CHECK_GOES(p, page_of(st, id, "?done=refused"));
    p = visit(v, page_of(st, id, ""));
    CHECK_HAS(p, "Not accepted Out of scope");
    CHECK(!links(p, "act=accept#act"));
    p = visit_post(v, path_of(st, id, "/refuse"), "rev", "1", "disposition", "refuse_scope",
                   "to_finder", "Again.", NULL);
    CHECK_STATUS(409, p);
}

APP_TEST(the_triage_is_kept_with_the_file_and_read_by_reception_alone)
{
    stage_cast(st);
    str id = handed_in(st, REPORT_PRODUCT, "Gateway X");
    struct visitor *v = visit_as(st, "reception");
    CHECK_STATUS(422, visit_post(v, path_of(st, id, "/triage"), "triage", "perhaps", NULL));
    CHECK_GOES(visit_post(v, path_of(st, id, "/triage"), "triage", "incident", "reason",
                          "A default password", "passed_to", "CSIRT", NULL),
               page_of(st, id, "?done=triaged#notes"));
    CHECK_HAS(visit(v, page_of(st, id, "")), "A default password");
    CHECK_LACKS(visit(visit_finder(st, id), "/en/track/report"), "A default password");
}

APP_TEST(an_analyst_reads_the_report_without_its_finder)
{
    stage_cast(st);
    str id = handed_in(st, REPORT_PRODUCT, "Gateway X");
    struct visitor *v = visit_as(st, "reception");
    str analyst = stage_person_id(st, "analyst"), other = stage_person_id(st, "mihon.poc");
    CHECK(page_holds(visit(v, page_of(st, id, "?act=analyst")), S("analyst")));
    CHECK_STATUS(422,
                 visit_post(v, path_of(st, id, "/analyst"), "person", str_to_z(a, other), NULL));
    CHECK_STATUS(404, visit(visit_as(st, "analyst"), page_of(st, id, "")));
    CHECK_GOES(visit_post(v, path_of(st, id, "/analyst"), "person", str_to_z(a, analyst), NULL),
               page_of(st, id, "?done=analyst_asked"));
    struct visitor *helper = visit_as(st, "analyst");
    CHECK_HAS(visit(helper, "/en/reports"), "Gateway X");
    struct page p = visit(helper, page_of(st, id, ""));
    CHECK_STATUS(200, p);
    CHECK_HAS(p, "Name and contact of the finder are not shown to you.");
    CHECK_LACKS(p, "Hanako");
    CHECK_LACKS(p, "hanako@");
    CHECK_LACKS(p, "Conversation with the finder");
    CHECK(!links(p, "act=accept"));
    p = visit_send(helper, path_of(st, id, "/accept"), acceptance(st, "1"));
    CHECK(p.status == 403 || p.status == 404);
}

/* --- websites ----------------------------------------------------------------------------------- */

APP_TEST(the_operator_reads_the_notice_alone_and_answers_it)
{
    stage_cast(st);
    str id = accepted_site(st);
    struct visitor *v = visit_as(st, "reception");
    struct page p = visit(v, page_of(st, id, "?act=site"));
    CHECK_HAS(p, "shop Inc.");
    CHECK(links(p, "https://shop.example/search") && links(p, "1. Wait."));
    str mihon = stage_org_id(st, "mihon");
    p = visit_post(v, path_of(st, id, "/site"), "rev", "2", "site", str_to_z(a, mihon), "details",
                   "To a vendor", NULL);
    CHECK_STATUS(422, p);
    CHECK_STATUS(404, visit(visit_as(st, "operator"), page_of(st, id, "")));
    CHECK_GOES(notify_site(st, id, "2"), page_of(st, id, "?done=site_notified#notes"));
    CHECK_STATUS(409, notify_site(st, id, "2"));

    struct visitor *op = visit_as(st, "operator");
    CHECK_LACKS(visit(op, "/en/reports"), "to the finder");
    p = visit(op, page_of(st, id, ""));
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "Escape the term.");
    CHECK_HAS(p, "Report of the website’s operator");
    static const char *const hidden[] = {"Hanako", "Accepted today.", "1. Wait.",
                                         "Conversation with the finder", "word to the finder"};
    for (size_t i = 0; i < COUNT(hidden); i++)
        CHECK_LACKS(p, hidden[i]);
    p = visit_post(op, path_of(st, id, "/site-answer"), "done", "modified", NULL);
    CHECK_STATUS(422, p);
    CHECK_GOES(visit_post(op, path_of(st, id, "/site-answer"), "done", "modified", "answer",
                          "Escaped since today.", NULL),
               page_of(st, id, "?done=site_answered#notes"));
    p = visit(visit_as(st, "reception"), page_of(st, id, ""));
    CHECK_HAS(p, "Escaped since today.");
    CHECK_HAS(p, "The application was modified");
}

APP_TEST(a_website_report_ends_with_an_outcome_and_not_with_being_open)
{
    stage_cast(st);
    str id = accepted_site(st);
    struct visitor *v = visit_as(st, "reception");
    struct page p = visit(v, page_of(st, id, "?act=close"));
    CHECK_HAS(p, "Fixed: the application was modified");
    CHECK_LACKS(p, "In progress");
    p = visit_post(v, path_of(st, id, "/close"), "disposition", "end_open", "to_finder", "x", NULL);
    CHECK_STATUS(422, p);
    p = visit_post(v, path_of(st, id, "/close"), "disposition", "end_modified", "to_finder",
                   "It was mended.", NULL);
    CHECK_GOES(p, page_of(st, id, "?done=closed"));
    p = visit(v, page_of(st, id, ""));
    CHECK_HAS(p, "Fixed: the application was modified");
    CHECK(!links(p, "act=close#act"));
    CHECK_STATUS(409, visit_post(v, path_of(st, id, "/close"), "disposition", "end_modified",
                                 "to_finder", "Again.", NULL));
}

/* --- talk and files ----------------------------------------------------------------------------- */

APP_TEST(reception_writes_to_the_finder_with_a_file)
{
    stage_cast(st);
    str id = handed_in(st, REPORT_PRODUCT, "Gateway X");
    struct visitor *v = visit_as(st, "reception");
    struct form_file file = {"files", "patch.diff", "text/plain", S("+1")};
    struct page p = visit_form(v, path_of(st, id, "/say"),
                               stage_input(a, "text", "Does this help?", NULL), &file, 1);
    CHECK_GOES(p, page_of(st, id, "?done=said#talk"));
    CHECK_HAS(visit(visit_finder(st, id), "/en/track/report"), "patch.diff");
    str path = str_fmt(a, "/files/%.*s", SV(value(st, "SELECT id FROM attachment")));
    p = visit(v, page_of(st, id, str_to_z(a, path)));
    CHECK_STATUS(200, p);
    CHECK(str_has_prefix(http_answer_header(&p.rs, S("Content-Disposition")), S("attachment;")));
    CHECK_STATUS(404, visit(visit_as(st, "coordinator"), page_of(st, id, str_to_z(a, path))));
    file = (struct form_file){"files", "void.bin", "", S("")};
    p = visit_form(v, path_of(st, id, "/say"), stage_input(a, "text", "And this?", NULL), &file, 1);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "“void.bin” is empty: there is nothing in it.");
    CHECK(links(p, "And this?</textarea>"));
}

/* --- senders that sign in ----------------------------------------------------------------------- */

APP_TEST(a_vendor_that_reported_its_own_product_follows_it_signed_in)
{
    stage_cast(st);
    struct ctx *cx = stage_as(st, "mihon.poc");
    struct report_receipt got;
    struct input *in =
        stage_input(a, "name", "PSIRT", "email", "psirt@mihon.example", "maker", "Mihon", "product",
                    "MG-200", "affected_versions", "2", "result", "It stops", "countermeasure",
                    "Update", "personal_data", "yes", "publish_name", "no", NULL);
    CHECK_OK(cx, report_submit(cx, REPORT_OWN, NO_STR, in, &got));
    CHECK(got.key.p == NULL);
    struct visitor *v = visit_as(st, "mihon.poc");
    CHECK_HAS(visit(v, "/en/reports?list=sent"), "MG-200");
    struct page p = visit(v, page_of(st, got.id, ""));
    CHECK_HAS(p, "reception Inc. is looking at your report.");
    CHECK_GOES(visit_form(v, path_of(st, got.id, "/say"),
                          stage_input(a, "text", "One more model.", NULL), NULL, 0),
               page_of(st, got.id, "?done=said#talk"));
    CHECK_HAS(visit(visit_as(st, "reception"), page_of(st, got.id, "")), "One more model.");
    CHECK_STATUS(404, visit(visit_as(st, "reiji.poc"), page_of(st, got.id, "")));
    CHECK_GOES(
        visit_post(v, path_of(st, got.id, "/withdraw"), "rev", "1", "withdraw_sure", "yes", NULL),
        page_of(st, got.id, "?done=withdrawn"));
}
