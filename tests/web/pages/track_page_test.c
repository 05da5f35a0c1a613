/* track_page_test.c - a finder follows a report with its key: what is said, asked and shown. */
#include "t.h"
#include "app/auth.h"
#include "app/reports.h"
#include "app/tables.h"
#include "help/case_walk.h"
#include "help/forms.h"

#define OWN "/en/track/report"

/* A report that was handed in, and its key. */
static struct report_receipt handed_in(struct stage *st, enum report_kind kind)
{
    struct ctx *cx = stage_nobody(st);
    struct report_receipt got;
    struct input *in = stage_input(st->a, "name", "Hanako Mihon", "email", "hanako@finder.example",
                                   "personal_data", "yes", "publish_name", "yes", "credit_en",
                                   "H. Mihon", "result", "<b>Script</b> runs", NULL);
    if (kind != REPORT_OWN) {
        input_put(st->a, in, S("tell_vendor"), S("no"));
        input_put(st->a, in, S("direct_contact"), S("no"));
        input_put(st->a, in, S("told_others"), S("no"));
        input_put(st->a, in, S("steps"), S("1. Wait."));
    }
    if (kind == REPORT_WEBSITE) {
        input_put(st->a, in, S("url"), S("https://shop.example/search"));
        input_put(st->a, in, S("grounds"), S("It is echoed."));
    } else {
        input_put(st->a, in, S("product"), S("MG-200 2.4.3"));
    }
    if (kind == REPORT_PRODUCT)
        input_put(st->a, in, S("environment"), S("Defaults"));
    if (kind == REPORT_OWN) {
        input_put(st->a, in, S("maker"), S("Mihon"));
        input_put(st->a, in, S("affected_versions"), S("2"));
        input_put(st->a, in, S("countermeasure"), S("Update"));
    }
    CHECK_OK(cx, report_submit(cx, kind, NO_STR, in, &got));
    return got;
}

static void accept(struct stage *st, str id)
{
    struct ctx *cx = stage_as(st, "reception");
    str case_id;
    struct input *in =
        stage_input(st->a, "complete", "yes", "consistent", "yes", "in_scope", "yes",
                    "vulnerability", "yes", "unknown", "yes", "to_finder", "Accepted today.", NULL);
    CHECK_OK(cx, report_accept(cx, id, 1, in, &case_id));
}

static void say_as_reception(struct stage *st, str id, const char *text)
{
    struct ctx *cx = stage_as(st, "reception");
    CHECK_OK(cx, report_say(cx, id, stage_input(st->a, "text", text, NULL)));
}

static bool links(struct page p, const char *what)
{
    return str_find(p.body, str_z(what)) >= 0;
}

static str count(struct stage *st, const char *from)
{
    return help_sql_value(st->a, st->url,
                          str_to_z(st->a, str_fmt(st->a, "SELECT count(*) FROM %s", from)));
}

/* --- coming in ---------------------------------------------------------------------------------- */

APP_TEST(the_key_opens_the_report_and_stands_in_no_address)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_PRODUCT);
    struct visitor *v = visit_nobody(st);
    str path = str_fmt(a, "/en/track?receipt=%.*s", SV(r.receipt));
    struct page p = visit_url(v, path);
    CHECK_STR(r.receipt, page_input(a, p, "receipt"));
    CHECK(links(p, "method=\"post\""));
    p = visit_post(v, S("/en/track"), "receipt", str_to_z(a, r.receipt), "key", str_to_z(a, r.key),
                   NULL);
    CHECK_GOES(p, OWN);
    CHECK(str_find(p.location, r.key) < 0);
    str cookie = http_answer_header(&p.rs, S("Set-Cookie"));
    CHECK(str_has_prefix(cookie, S("kk=")));
    CHECK(str_find(cookie, r.key) < 0);
    CHECK(str_find(cookie, S("HttpOnly")) > 0 && str_find(cookie, S("SameSite=")) > 0);
}

APP_TEST(a_wrong_key_an_unknown_number_and_another_reports_key_get_the_same_answer)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_PRODUCT), other = handed_in(st, REPORT_OWN);
    const str tries[][2] = {{r.receipt, S("AAAA-BBBB-CCCC-DDDD")},
                            {S("00000000"), r.key},
                            {r.receipt, other.key},
                            {r.receipt, S("not a key at all !")}};
    for (size_t i = 0; i < COUNT(tries); i++) {
        struct page p = visit_post(visit_nobody(st), S("/en/track"), "receipt",
                                   str_to_z(a, tries[i][0]), "key", str_to_z(a, tries[i][1]), NULL);
        CHECK_STATUS(403, p);
        CHECK_NESTED(p);
        CHECK(page_holds(p, word(LANG_EN, W_problem_key_failed)));
        CHECK_STR(tries[i][0], page_input(a, p, "receipt"));
        CHECK(str_find(p.body, tries[i][1]) < 0 ||
              tries[i][1].n == 0); /* a key is not shown again */
        CHECK(http_answer_header(&p.rs, S("Set-Cookie")).p == NULL);
    }
}

APP_TEST(after_many_wrong_keys_the_right_one_has_to_wait_too)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_PRODUCT);
    struct visitor *v = visit_nobody(st);
    struct page p = {0};
    int tries = 0;
    st->app->rates.sign_in_per_account = 5;
    do
        p = visit_post(v, S("/ja/track"), "receipt", str_to_z(a, r.receipt), "key", "AAAA", NULL);
    while (p.status == 403 && ++tries < 100);
    CHECK_STATUS(429, p);
    CHECK_I64(5, tries);
    CHECK(http_answer_header(&p.rs, S("Retry-After")).n > 0);
    CHECK_NESTED(p);
    p = visit_post(v, S("/ja/track"), "receipt", str_to_z(a, r.receipt), "key", str_to_z(a, r.key),
                   NULL);
    CHECK_STATUS(429, p);
    (void)stage_later(st, HOUR);
    p = visit_post(v, S("/ja/track"), "receipt", str_to_z(a, r.receipt), "key", str_to_z(a, r.key),
                   NULL);
    CHECK_GOES(p, "/ja/track/report");
}

APP_TEST(without_a_key_there_is_no_report_page)
{
    stage_cast(st);
    (void)handed_in(st, REPORT_PRODUCT);
    struct page p = visit(visit_nobody(st), OWN);
    CHECK_STATUS(303, p);
    CHECK(str_has_prefix(p.location, S("/en/track")));
    for (const char *const *l = stage_logins; *l != NULL; l++)
        CHECK_STATUS(404, visit(visit_as(st, *l), OWN));
}

APP_TEST(the_page_closes_after_thirty_minutes_without_use)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_PRODUCT);
    struct visitor *v = visit_finder(st, r.id);
    (void)stage_later(st, 29 * MINUTE);
    CHECK_STATUS(200, visit(v, OWN));
    (void)stage_later(st, 31 * MINUTE);
    CHECK_STATUS(303, visit(v, OWN));
}

APP_TEST(who_leaves_has_to_type_the_key_again)
{
    stage_cast(st);
    struct visitor *v = visit_finder(st, handed_in(st, REPORT_PRODUCT).id);
    CHECK_GOES(visit_post(v, S("/en/track/sign-out"), "", "", NULL), "/en/track?done=sign_out");
    CHECK_STATUS(303, visit(v, OWN));
}

APP_TEST(a_key_opens_its_report_and_no_other_page)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_PRODUCT), other = handed_in(st, REPORT_OWN);
    struct visitor *v = visit_finder(st, r.id);
    CHECK_STATUS(200, visit(v, OWN));
    const str closed[] = {S("/en/reports"), str_join(a, S("/en/reports/"), other.id),
                          str_join(a, S("/en/reports/"), r.id)};
    for (size_t i = 0; i < COUNT(closed); i++) {
        struct page p = visit_url(v, closed[i]);
        CHECK(p.status == 303 || p.status == 404);
        CHECK(str_find(p.body, other.receipt) < 0);
    }
}

/* --- how it stands ------------------------------------------------------------------------------ */

APP_TEST(the_page_says_at_each_stage_how_it_stands_in_both_languages)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_WEBSITE);
    struct visitor *v = visit_finder(st, r.id);
    struct ctx *cx;
    struct page p = visit(v, OWN);
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "reception Inc. is looking at your report.");
    CHECK_HAS(p, "reception Inc. tells you by then that it was received 7 d 0 h left 2026-11-09 "
                 "10:00 JST");
    CHECK(page_holds(p, r.receipt));
    accept(st, r.id);
    p = visit(v, OWN);
    CHECK_HAS(p, "Your report was accepted. reception Inc. is about to tell the site’s operator.");
    CHECK_HAS(p, "Accepted today.");
    cx = stage_as(st, "reception");
    str shop = stage_org_id(st, "shop");
    struct input *in = stage_input(a, "site", str_to_z(a, shop), "details", "Mend it.", NULL);
    CHECK_OK(cx, report_notify_site(cx, r.id, 2, in));
    p = visit(v, OWN);
    CHECK_HAS(p, "The site’s operator was told what is needed to mend it");
    CHECK_LACKS(p, "Mend it."); /* written to the operator */
    CHECK_LACKS(p, "shop Inc.");
    cx = stage_as(st, "operator");
    CHECK_OK(cx, report_site_answer(
                     cx, r.id, stage_input(a, "done", "modified", "answer", "Escaped.", NULL)));
    p = visit(v, "/ja/track/report");
    CHECK_HAS(p, "運営者から回答がありました");
    CHECK_LACKS(p, "Escaped.");
    cx = stage_as(st, "reception");
    CHECK_OK(cx, report_close(cx, r.id,
                              stage_input(a, "disposition", "end_modified", "to_finder",
                                          "Thank you for it.", NULL)));
    p = visit(v, "/ja/track/report");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "修正完了（ウェブアプリケーションの修正）");
    CHECK_HAS(p, "Thank you for it.");
}

APP_TEST(who_was_refused_reads_why)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_PRODUCT);
    struct ctx *cx = stage_as(st, "reception");
    CHECK_OK(cx, report_refuse(cx, r.id, 1,
                               stage_input(a, "disposition", "refuse_scope", "to_finder",
                                           "It is made to order.", NULL)));
    struct page p = visit(visit_finder(st, r.id), OWN);
    CHECK_HAS(p, "reception Inc. did not accept this report: Out of scope.");
    CHECK_HAS(p, "It is made to order.");
    CHECK_LACKS(p, "Withdraw the report");
}

APP_TEST(what_reception_notes_for_itself_is_not_shown)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_PRODUCT);
    struct ctx *cx = stage_as(st, "reception");
    str analyst = stage_person_id(st, "analyst");
    CHECK_OK(cx, report_triage(cx, r.id,
                               stage_input(a, "triage", "unclear", "reason", "Odd claim", NULL)));
    cx = stage_as(st, "reception");
    CHECK_OK(cx,
             report_ask_analyst(cx, r.id, stage_input(a, "person", str_to_z(a, analyst), NULL)));
    struct page p = visit(visit_finder(st, r.id), OWN);
    CHECK_STATUS(200, p);
    CHECK_LACKS(p, "Odd claim");
    CHECK_LACKS(p, "analyst");
    CHECK(links(p, "&lt;b&gt;Script&lt;/b&gt; runs"));
    CHECK(!links(p, "<b>Script"));
}

/* --- the talk ----------------------------------------------------------------------------------- */

APP_TEST(both_sides_write_and_each_reads_the_other)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_PRODUCT);
    struct visitor *v = visit_finder(st, r.id);
    say_as_reception(st, r.id, "Which firmware?");
    CHECK_HAS(visit(v, OWN), "Which firmware?");
    struct page p = visit_form(v, S("/en/track/say"),
                               stage_input(a, "text", "Version 2.4.3 <i>beta</i>", NULL), NULL, 0);
    CHECK_GOES(p, OWN "?done=said#talk");
    p = visit(v, OWN "?done=said");
    CHECK_HAS(p, "The message was sent.");
    CHECK_HAS(p, "Version 2.4.3 <i>beta</i>");
    CHECK(!links(p, "<i>beta"));
}

APP_TEST(an_empty_message_is_told_at_its_field_and_its_file_is_kept)
{
    stage_cast(st);
    struct visitor *v = visit_finder(st, handed_in(st, REPORT_PRODUCT).id);
    struct form_file file = {"files", "log.txt", "text/plain", S("line")};
    struct page p = visit_form(v, S("/en/track/say"), stage_input(a, "text", "  ", NULL), &file, 1);
    CHECK_STATUS(422, p);
    CHECK_NESTED(p);
    CHECK(links(p, "href=\"#f-text\""));
    CHECK_HAS(p, "log.txt");
    CHECK(page_input(a, p, "attached").n > 0);
    CHECK_STR(S("0"), count(st, "text WHERE kind = 'message'"));
}

APP_TEST(an_empty_file_is_told_and_the_message_stays)
{
    stage_cast(st);
    struct visitor *v = visit_finder(st, handed_in(st, REPORT_PRODUCT).id);
    struct form_file file = {"files", "nothing.txt", "", S("")};
    struct page p =
        visit_form(v, S("/ja/track/say"), stage_input(a, "text", "ログです。", NULL), &file, 1);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "「nothing.txt」は空のファイルです。");
    CHECK(links(p, "ログです。</textarea>"));
    CHECK_STR(S("0"), count(st, "text WHERE kind = 'message'"));
}

APP_TEST(a_second_click_says_it_once)
{
    stage_cast(st);
    struct visitor *v = visit_finder(st, handed_in(st, REPORT_PRODUCT).id);
    str once = page_input(a, visit(v, OWN), "_once");
    CHECK(once.n >= 16);
    struct input *in = stage_input(a, "text", "Once only", "_once", str_to_z(a, once), NULL);
    for (int i = 0; i < 2; i++)
        CHECK_GOES(visit_form(v, S("/en/track/say"), in, NULL, 0), OWN "?done=said#talk");
    CHECK_STR(S("1"), count(st, "text WHERE kind = 'message'"));
}

APP_TEST(a_file_goes_out_as_a_download_to_those_of_its_report_alone)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_PRODUCT), other = handed_in(st, REPORT_OWN);
    struct visitor *v = visit_finder(st, r.id);
    struct form_file file = {"files", "再現 log.html", "text/html", S("<script>alert(1)</script>")};
    CHECK_STATUS(303, visit_form(v, S("/ja/track/say"), stage_input(a, "text", "添付します", NULL),
                                 &file, 1));
    str id = help_sql_value(a, st->url, "SELECT id FROM attachment");
    struct page p = visit(v, "/ja/track/report");
    CHECK(links(p, str_to_z(a, str_fmt(a, "/ja/track/files/%.*s", SV(id)))));
    p = visit_url(v, str_fmt(a, "/ja/track/files/%.*s", SV(id)));
    CHECK_STATUS(200, p);
    CHECK_STR(S("application/octet-stream"), p.type);
    CHECK_STR(S("attachment; filename=\"___log.html\"; filename*=UTF-8''"
                "%E5%86%8D%E7%8F%BE%20log.html"),
              http_answer_header(&p.rs, S("Content-Disposition")));
    CHECK_STR(S("nosniff"), http_answer_header(&p.rs, S("X-Content-Type-Options")));
    CHECK_STR(S("no-store"), http_answer_header(&p.rs, S("Cache-Control")));
    CHECK_I64(25, p.rs.fd_size);
    struct visitor *stranger = visit_finder(st, other.id);
    CHECK_STATUS(404, visit_url(stranger, str_fmt(a, "/ja/track/files/%.*s", SV(id))));
    CHECK_STATUS(404, visit(v, "/ja/track/files/nothing"));
}

/* --- what waits for the finder ------------------------------------------------------------------ */

APP_TEST(a_question_of_the_case_is_answered_here)
{
    struct walk *w = walked(st, WALKED_ASKED);
    struct visitor *v = visit_finder(st, w->report_id);
    struct page p = visit(v, OWN);
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "This waits for you");
    CHECK_HAS(p, "Answer the clarification");
    CHECK_LACKS(p, "mihon Inc."); /* nothing of the vendor, not even its name */
    struct input form = page_inputs(a, p);
    struct input answer = {0};
    static const char *const names[] = {"_step", "_lane", "_round", "_hop"};
    for (size_t i = 0; i < COUNT(names); i++)
        input_put(a, &answer, str_z(names[i]), input_get(&form, str_z(names[i])));

    p = visit_send(v, S("/en/track/answer"), &answer);
    CHECK_STATUS(422, p);
    CHECK(links(p, "href=\"#f-answer\""));
    input_put(a, &answer, S("answer"), S("Firmware 2.4.3"));
    CHECK_GOES(visit_send(v, S("/en/track/answer"), &answer), OWN "?done=answered");
    p = visit(v, OWN);
    CHECK_LACKS(p, "This waits for you");
    CHECK_HAS(p, "Firmware 2.4.3");
    p = visit_send(v, S("/en/track/answer"), &answer); /* a second click */
    CHECK_STATUS(409, p);
    CHECK_HAS(p, "This moved on while you were writing.");
}

APP_TEST(the_finder_may_ask_how_it_stands_once_there_is_a_case)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct visitor *v = visit_finder(st, w->report_id);
    struct page p = visit(v, OWN);
    CHECK_HAS(p, "Ask what the vendor intends to do");
    CHECK_LACKS(p, "Ask for the findings"); /* of direct cases */
    CHECK_GOES(visit_post(v, S("/en/track/inquire"), "kind", "finder_asked", NULL),
               OWN "?done=inquired");
    CHECK_STATUS(422, visit_post(v, S("/en/track/inquire"), "kind", "asked_date", NULL));
    CHECK_STR(S("1"), count(st, "inquiry"));
}

APP_TEST(before_there_is_a_case_there_is_nothing_to_ask)
{
    stage_cast(st);
    struct visitor *v = visit_finder(st, handed_in(st, REPORT_PRODUCT).id);
    CHECK_LACKS(visit(v, OWN), "Ask how it stands");
    CHECK_STATUS(409, visit_post(v, S("/en/track/inquire"), "kind", "finder_asked", NULL));
}

/* --- the request not to disclose ---------------------------------------------------------------- */

#define DAY_MS ((i64)24 * 60 * 60 * 1000)

APP_TEST(before_a_year_the_finder_reads_from_when_it_may_ask_for_disclosure)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    (void)stage_later(st, 300 * DAY_MS);
    struct visitor *v = visit_finder(st, w->report_id);
    struct page p = visit(v, OWN);
    CHECK_NESTED(p);
    CHECK_HAS(p, "You may ask from: 2027-11-0");
    CHECK_LACKS(p, "Ask that it be withdrawn");
    CHECK_STATUS(409, visit_post(v, S("/en/track/disclosure"), NULL));
    CHECK_STR(S("0"), count(st, "inquiry"));
}

APP_TEST(a_year_after_the_overview_the_finder_asks_once_for_disclosure)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    (void)stage_later(st, 366 * DAY_MS);
    struct visitor *v = visit_finder(st, w->report_id);
    struct page p = visit(v, OWN);
    CHECK_NESTED(p);
    CHECK_HAS(p, "Ask that it be withdrawn");
    CHECK_GOES(
        visit_post(v, S("/en/track/disclosure"), "disclosure_reason", "Users are attacked.", NULL),
        OWN "?done=withdrawal_asked#disclosure");
    p = visit(v, OWN);
    CHECK_HAS(p, "You asked: 2027-11-0");
    CHECK_HAS(p, "Users are attacked.");
    CHECK_LACKS(p, "Ask that it be withdrawn");
    CHECK_STATUS(409, visit_post(v, S("/en/track/disclosure"), NULL));
    CHECK_STR(S("1"), count(st, "inquiry"));
}

APP_TEST(reception_and_coordinator_are_told_that_disclosure_is_asked_for_and_no_vendor)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    (void)stage_later(st, 366 * DAY_MS);
    str tasks = S("outbox WHERE kind = 'task' AND done IS NULL AND due >= ");
    str since = str_fmt(a, "%.*s%lld", SV(tasks), (long long)clock_now(&st->app->clock));
    struct visitor *v = visit_finder(st, w->report_id);
    CHECK_STATUS(303, visit_post(v, S("/en/track/disclosure"), NULL));
    CHECK_STR(S("2"), count(st, str_to_z(a, since)));
    const char *path = str_to_z(a, str_fmt(a, "/en/cases/%.*s/history", SV(w->case_id)));
    const char *act = "asked that the request not to disclose be withdrawn";
    CHECK_HAS(visit(visit_as(st, "reception"), path), act);
    CHECK_HAS(visit(visit_as(st, "coordinator"), path), act);
    CHECK_LACKS(visit(visit_as(st, "mihon.poc"), path), act);
}

/* --- consents ----------------------------------------------------------------------------------- */

static struct input *consents(struct stage *st, struct page shown)
{
    struct input all = page_inputs(st->a, shown);
    return stage_input(st->a, "rev", str_to_z(st->a, input_get(&all, S("rev"))), "tell_vendor",
                       "yes", "direct_contact", "no", "publish_name", "yes", "credit_en",
                       "Hana & Co", NULL);
}

APP_TEST(consents_and_credit_can_be_changed_and_the_older_form_is_told)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_PRODUCT);
    struct visitor *v = visit_finder(st, r.id);
    struct page shown = visit(v, OWN "?act=consents");
    CHECK_NESTED(shown);
    CHECK(links(shown, "name=\"tell_vendor\" value=\"no\" checked"));
    CHECK_STR(S("H. Mihon"), page_input(a, shown, "credit_en"));
    struct input *in = consents(st, shown);
    CHECK_GOES(visit_send(v, S("/en/track/consents"), in), OWN "?done=consents#consents");
    struct page p = visit(v, OWN);
    CHECK_HAS(p, "They may be told");
    CHECK_HAS(p, "Hana & Co");
    p = visit_send(v, S("/en/track/consents"), in);
    CHECK_STATUS(409, p);
    CHECK_HAS(p, "This moved on while you were writing.");
    CHECK_STR(S("Hana & Co"), page_input(a, p, "credit_en"));
}

APP_TEST(a_consent_that_is_neither_yes_nor_no_is_told_at_its_field)
{
    stage_cast(st);
    struct visitor *v = visit_finder(st, handed_in(st, REPORT_PRODUCT).id);
    struct page p = visit_post(v, S("/ja/track/consents"), "rev", "1", "tell_vendor", "perhaps",
                               "direct_contact", "no", "publish_name", "no", NULL);
    CHECK_STATUS(422, p);
    CHECK(links(p, "href=\"#f-tell_vendor\""));
}

APP_TEST(a_report_on_ones_own_product_asks_for_the_credit_alone)
{
    stage_cast(st);
    struct visitor *v = visit_finder(st, handed_in(st, REPORT_OWN).id);
    struct page p = visit(v, OWN "?act=consents");
    CHECK(links(p, "name=\"publish_name\""));
    CHECK(!links(p, "type=\"radio\" name=\"tell_vendor\"") && !links(p, "id=\"f-tell_vendor\""));
}

/* --- taking it back ----------------------------------------------------------------------------- */

APP_TEST(a_report_is_withdrawn_before_the_decision_and_stays_readable)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_PRODUCT);
    struct visitor *v = visit_finder(st, r.id);
    struct page p = visit(v, OWN);
    CHECK_HAS(p, "Withdraw the report");
    CHECK(!links(p, "name=\"withdraw_sure\"")); /* asked for first */
    p = visit(v, OWN "?act=withdraw");
    CHECK(links(p, "name=\"withdraw_sure\""));
    p = visit_post(v, S("/en/track/withdraw"), "rev", "1", "withdraw_reason", "A mistake", NULL);
    CHECK_STATUS(422, p);
    CHECK(links(p, "href=\"#f-withdraw_sure\"") && links(p, "A mistake</textarea>"));
    p = visit_post(v, S("/en/track/withdraw"), "rev", "1", "withdraw_reason", "A mistake",
                   "withdraw_sure", "yes", NULL);
    CHECK_GOES(p, OWN "?done=withdrawn");
    p = visit(v, OWN "?done=withdrawn");
    CHECK_STATUS(200, p);
    CHECK_HAS(p, "This report was withdrawn, and the handling has ended.");
    CHECK_LACKS(p, "Being handled"); /* it did not come that far */
    CHECK_HAS(p, "A mistake");
    CHECK_LACKS(p, "Change this");
    p = visit_post(v, S("/en/track/withdraw"), "rev", "2", "withdraw_sure", "yes", NULL);
    CHECK_STATUS(409, p);
    /* and nobody decides about it any more */
    struct ctx *cx = stage_as(st, "reception");
    struct report_view view;
    CHECK_OK(cx, report_view(cx, r.id, &view));
    CHECK(!view.may_decide);
    CHECK_STR(S("ended"), view.state);
}

APP_TEST(what_was_accepted_is_not_withdrawn_any_more)
{
    stage_cast(st);
    struct report_receipt r = handed_in(st, REPORT_PRODUCT);
    struct visitor *v = visit_finder(st, r.id);
    accept(st, r.id);
    CHECK_LACKS(visit(v, OWN), "Withdraw the report");
    for (int rev = 1; rev < 4; rev++)
        CHECK_STATUS(409,
                     visit_post(v, S("/en/track/withdraw"), "rev",
                                str_to_z(a, str_fmt(a, "%d", rev)), "withdraw_sure", "yes", NULL));
    CHECK_STR(S("0"), count(st, "report WHERE ended IS NOT NULL"));
}
