/* release_page_test.c - the release plan at the browser and over the API. */
#include "help/api.h"
#include "help/planned.h"
#include "t.h"

static str at(struct walk *w, const char *path)
{
    return str_fmt(w->st->a, "/en/cases/%.*s/release%s", SV(w->case_id), path);
}

static str act_at(struct walk *w, str id, const char *act)
{
    return at(w, str_to_z(w->st->a, str_fmt(w->st->a, "/%.*s/%s", SV(id), act)));
}

static bool holds(struct page p, const char *markup)
{
    return str_find(p.body, str_z(markup)) >= 0;
}

static struct page send(struct walk *w, const char *who, const char *lang, const char *kind, i64 in)
{
    return visit_send(visit_as(w->st, who), at(w, ""), plan_wish(w->st, lang, kind, in));
}

APP_TEST(the_page_shows_what_will_be_public_and_who_must_approve)
{
    struct walk *w = planned_case(st);
    struct page p = visit_url(visit_as(st, "coordinator"), at(w, ""));
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK_HAS(p, "Nothing is planned");
    CHECK(holds(p, "new-ja-first") && !holds(p, "new-ja-update") && !holds(p, "new-en-first"));
    CHECK_STATUS(303, send(w, "coordinator", "ja", "first", HOUR));
    p = visit_url(visit_as(st, "coordinator"), at(w, ""));
    CHECK_NESTED(p);
    CHECK_HAS(p, "Japanese: First publication");
    CHECK_HAS(p, "Waits for approval");
    CHECK_HAS(p, "(Asia/Tokyo)");
    CHECK_HAS(p, "You planned this release: somebody else approves it.");
    CHECK_HAS(p, "No errors. It can be approved.");
    CHECK_HAS(p, "csaf-2.0");
    CHECK_HAS(p, "https://portal.example/ja/advisories/");
    CHECK_HAS(p, "Gateway X における脆弱性");
    CHECK(!holds(p, "Approve this release"));
    CHECK(holds(p, "new-en-first")); /* English may be planned beside it, and has a clock */
    CHECK_HAS(p, "English version due");
    p = visit_url(visit_as(st, "second"), at(w, ""));
    CHECK(holds(p, "Approve this release"));
    CHECK_STATUS(404, visit_url(visit_as(st, "reception"), at(w, "")));
    CHECK_STATUS(404, visit_url(visit_as(st, "mihon.poc"), at(w, "")));
    CHECK_STATUS(404, send(w, "mihon.poc", "en", "first", HOUR));
}

APP_TEST(a_plan_is_approved_and_released_at_the_browser)
{
    struct walk *w = planned_case(st);
    str id = plan_add(w, "ja", "first", HOUR);
    struct visitor *second = visit_as(st, "second");
    struct page p = visit_url(second, at(w, ""));
    str rev = page_input(a, p, "rev"), built = page_input(a, p, "built");
    struct input *in = stage_input(a, NULL);
    input_put(a, in, S("rev"), rev);
    input_put(a, in, S("built"), built);
    p = visit_send(visit_as(st, "coordinator"), act_at(w, id, "approve"), in);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "Somebody else than the person who planned a release approves it.");
    p = visit_send(second, act_at(w, id, "approve"), in);
    CHECK_STATUS(303, p);
    p = visit_send(second, act_at(w, id, "approve"), in);
    CHECK_STATUS(409, p); /* the second click */
    CHECK_HAS(p, "Look at it again");
    p = visit_url(second, at(w, ""));
    CHECK_HAS(p, "P. second");
    CHECK(holds(p, "Take the approval back") && !holds(p, "Release now"));
    p = visit_post(second, act_at(w, id, "run"), NULL);
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "Its instant has not come.");
    (void)stage_later(st, HOUR);
    p = visit_url(visit_as(st, "coordinator"), at(w, ""));
    CHECK(holds(p, "Release now"));
    CHECK_STATUS(303, visit_post(visit_as(st, "coordinator"), act_at(w, id, "run"), NULL));
    p = visit_url(visit_as(st, "second"), at(w, ""));
    CHECK_NESTED(p);
    CHECK_HAS(p, "Past plans");
    CHECK(holds(p, "new-ja-update") && holds(p, "new-ja-withdrawal"));
}

APP_TEST(a_plan_is_cancelled_with_a_reason_and_its_lines_stay_inside)
{
    struct walk *w = planned_case(st);
    struct portal_advisory adv;
    bool other;
    str id = plan_add(w, "ja", "first", 0);
    plan_approve(w, id);
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, release_plan_run(cx, w->case_id, id));
    id = plan_add(w, "ja", "update", HOUR);
    struct page p = visit_post(visit_as(st, "coordinator"), act_at(w, id, "cancel"), "rev", "1",
                               "reason", "", NULL);
    CHECK_STATUS(422, p);
    CHECK_STATUS(303, visit_post(visit_as(st, "coordinator"), act_at(w, id, "cancel"), "rev", "1",
                                 "reason", "A new score", NULL));
    p = visit_url(visit_as(st, "coordinator"), at(w, ""));
    CHECK_HAS(p, "A new score");
    /* the line of the plan is nobody else's, on no page of the case and not in public */
    static const char *const who[] = {"reception", "mihon.poc", "reiji.poc", "certx"};
    static const char *const pages[] = {"", "/advisory", "/history", "/messages"};
    for (size_t i = 0; i < COUNT(who); i++)
        for (size_t k = 0; k < COUNT(pages); k++) {
            str path = str_fmt(a, "/en/cases/%.*s%s", SV(w->case_id), pages[k]);
            p = visit_url(visit_as(st, who[i]), path);
            CHECK(!holds(p, "Canary of the impact"));
        }
    str number = number_of(w);
    cx = stage_nobody(st);
    CHECK_OK(cx, portal_get(cx, LANG_JA, number, &adv, &other));
    p = visit_url(visit_nobody(st), str_fmt(a, "/ja/advisories/%.*s", SV(number)));
    CHECK_STATUS(200, p);
    CHECK(!holds(p, "影響を更新"));
}

APP_TEST(the_step_and_the_editor_lead_to_the_plan)
{
    struct walk *w = planned_case(st);
    struct page p = visit_url(visit_as(st, "coordinator"),
                              str_fmt(a, "/en/cases/%.*s/advisory", SV(w->case_id)));
    CHECK(holds(p, "/release\""));
    CHECK_HAS(p, "Nothing is published here before a second person has approved it.");
    p = visit_url(visit_as(st, "coordinator"), str_fmt(a, "/en/cases/%.*s", SV(w->case_id)));
    CHECK(holds(p, "/release\""));
    p = visit_url(visit_as(st, "mihon.poc"), str_fmt(a, "/en/cases/%.*s", SV(w->case_id)));
    CHECK(!holds(p, "/release\""));
    str step = str_fmt(a, "/en/cases/%.*s/steps/5.2.2", SV(w->case_id));
    p = visit_url(visit_as(st, "coordinator"), step);
    CHECK_HAS(p, "A release plan does this step");
    CHECK(holds(p, "/release\"") && !holds(p, "id=\"answer\""));
    p = visit_url(visit_as(st, "mihon.poc"), step);
    CHECK_STATUS(200, p);
    CHECK(!holds(p, "/release\""));
}

APP_TEST(what_waits_for_approval_stands_in_the_inbox_of_those_who_may)
{
    struct walk *w = planned_case(st);
    struct visitor *second = visit_as(st, "second"), *planner = visit_as(st, "coordinator");
    str id = plan_add(w, "ja", "first", HOUR);
    struct page p = visit_url(second, S("/en/inbox"));
    CHECK_NESTED(p);
    CHECK_HAS(p, "1 release plan waits for you");
    CHECK_HAS(p, "Japanese: First publication");
    CHECK_HAS(p, "P. coordinator");
    CHECK(holds(p, str_to_z(a, str_fmt(a, "/release#p-%.*s\"", SV(id)))));
    CHECK(!holds(visit_url(planner, S("/en/inbox")), "approval"));
    CHECK(!holds(visit_url(visit_as(st, "reception"), S("/en/inbox")), "approval"));
    p = api_get(api_as(st, "second"), "/api/v1/inbox/releases");
    CHECK_STATUS(200, p);
    CHECK_STR(S("planned"), json_path(a, p, "items.0.state"));
    CHECK_STR(id, json_path(a, p, "items.0.plan"));
    p = api_get(api_as(st, "coordinator"), "/api/v1/inbox/releases");
    CHECK(!holds(p, str_to_z(a, id)));
    plan_approve(w, id);
    CHECK(!holds(visit_url(second, S("/en/inbox")), "plan waits for you"));
    CHECK(!holds(api_get(api_as(st, "second"), "/api/v1/inbox/releases"), str_to_z(a, id)));
}

/* --- the API -------------------------------------------------------------------------------------- */

APP_TEST(a_program_plans_rehearses_approves_and_releases)
{
    struct walk *w = planned_case(st);
    struct visitor *one = api_as(st, "coordinator"), *two = api_as(st, "second");
    str base = str_fmt(a, "/api/v1/cases/%.*s/releases", SV(w->case_id));
    i64 when = clock_now(&st->app->clock) + HOUR;
    struct page p = api_post(one, base,
                             str_fmt(a,
                                     "{\"lang\":\"ja\",\"kind\":\"first\",\"at\":\"%.*s\","
                                     "\"zone\":\"Asia/Tokyo\"}",
                                     SV(time_rfc3339(a, when, zone_utc))));
    CHECK_STATUS(200, p);
    CHECK_STR(S("planned"), json_path(a, p, "state"));
    str path = str_fmt(a, "%.*s/%.*s", SV(base), SV(json_path(a, p, "id"))), tag = page_tag(p);
    p = api_get_url(two, str_join(a, path, S("/dry-run")));
    CHECK_STATUS(200, p);
    CHECK_STR(S("true"), json_path(a, p, "ready"));
    CHECK_STR(S("title"), json_path(a, p, "fields.0.field"));
    CHECK_STR(S("agrees"), json_path(a, p, "fields.0.forms.3.verdict"));
    CHECK(holds(p, "\"changes-2.1\"") && holds(p, "\"rolie-2.0\""));
    str body = str_fmt(a, "{\"built\":\"%.*s\"}", SV(json_path(a, p, "built")));
    str approve = str_join(a, path, S("/approve"));
    CHECK_STATUS(422, api_post_if(one, approve, tag, body));
    CHECK_STATUS(428, api_post(two, approve, body));
    p = api_post_if(two, approve, tag, body);
    CHECK_STATUS(200, p);
    CHECK_STR(S("approved"), json_path(a, p, "state"));
    CHECK_STATUS(412, api_post_if(two, str_join(a, path, S("/unapprove")), tag, S("{}")));
    CHECK_STATUS(422, api_post(one, str_join(a, path, S("/run")), S("{}")));
    (void)stage_later(st, HOUR);
    p = api_post(one, str_join(a, path, S("/run")), S("{}"));
    CHECK_STATUS(200, p);
    CHECK_STR(S("released"), json_path(a, p, "state"));
    p = api_get_url(two, base);
    CHECK_STR(S("1"), json_path(a, p, "items.0.revision"));
    CHECK_STATUS(404, api_get_url(api_as(st, "mihon.poc"), base));
    CHECK_STATUS(404, api_get_url(api_as(st, "reception"), path));
}
