/* http_api_test.c - what every route of the API does alike: methods, types, problems, once. */
#include "gen/words.h"
#include "help/api.h"
#include "help/case_walk.h"
#include "t.h"

static str thread_of(struct stage *st, struct walk *w)
{
    return str_fmt(st->a, "coordination:%.*s", SV(walk_lane(w, "mihon")));
}

APP_TEST(a_method_that_a_path_has_not_is_refused_with_those_that_it_has)
{
    stage_cast(st);
    struct visitor *v = api_as(st, "coordinator");
    struct page p = api_post(v, S("/api/v1/cases"), S("{}"));
    CHECK_STATUS(405, p);
    CHECK_STR(S("GET, HEAD"), http_answer_header(&p.rs, S("Allow")));
    CHECK_STR(S("application/problem+json"), p.type);
    p = api_put(v, S("/api/v1/track/consents/x"), NO_STR, S("{}"));
    CHECK_STATUS(404, p);
    p = visit_raw(v, DELETE, S("/api/v1/cases/12345678/messages"), NO_STR, NO_STR, NULL);
    CHECK_STATUS(405, p);
    CHECK_STR(S("GET, HEAD, POST"), http_answer_header(&p.rs, S("Allow")));
}

APP_TEST(a_body_that_is_no_json_is_refused_by_its_type_or_its_place)
{
    stage_cast(st);
    struct visitor *v = api_as(st, "coordinator");
    struct page p = visit_raw(v, POST, S("/api/v1/track"), S("application/x-www-form-urlencoded"),
                              S("receipt=1"), NULL);
    CHECK_STATUS(415, p);
    CHECK_STATUS(415, visit_raw(v, POST, S("/api/v1/track"), S("text/plain"), S("{}"), NULL));
    CHECK_STATUS(400, api_post(v, S("/api/v1/track"), S("{\"receipt\":")));
    CHECK_STATUS(422, api_post(v, S("/api/v1/track"), S("[1]")));
    p = api_post(v, S("/api/v1/track"), S("{\"receipt\":\"1\",\"receipt\":\"2\",\"key\":\"k\"}"));
    CHECK_STATUS(400, p); /* a member that is there twice */
}

APP_TEST(problems_are_said_at_their_field_in_the_language_that_is_asked_for)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    str path = S("/api/v1/track");
    struct page ja = visit_raw(v, POST, path, S("application/json"), S("{\"key\":7}"),
                               "accept-language", "ja", NULL);
    struct page en = visit_raw(v, POST, path, S("application/json"), S("{\"key\":7}"), NULL);
    CHECK_STATUS(422, ja);
    CHECK_STR(word(LANG_JA, W_err_invalid), json_path(a, ja, "title"));
    CHECK_STR(word(LANG_EN, W_err_invalid), json_path(a, en, "title"));
    CHECK_STR(S("receipt required; key wrong_type"), page_errors(a, ja));
    CHECK_STR(word(LANG_JA, W_problem_required), json_path(a, ja, "errors.0.message"));
    CHECK_STR(S("urn:kakehashi:problem:invalid"), json_path(a, en, "type"));
    CHECK_STR(S("422"), json_path(a, en, "status"));
    struct page none =
        visit_raw(v, GET, S("/api/v1/nothing"), NO_STR, NO_STR, "accept-language", "ja", NULL);
    CHECK_STR(word(LANG_JA, W_err_not_found), json_path(a, none, "title"));
}

APP_TEST(a_bearer_that_does_not_hold_is_refused_and_a_cookie_is_not_looked_at)
{
    stage_cast(st);
    struct visitor *v = visit_as(st, "coordinator");
    CHECK_STATUS(401, visit(v, "/api/v1/me"));
    struct page p = visit_raw(visit_nobody(st), GET, S("/api/v1/advisories"), NO_STR, NO_STR,
                              "authorization", "Bearer kkh_nonsense", NULL);
    CHECK_STATUS(401, p);
    CHECK(http_answer_header(&p.rs, S("WWW-Authenticate")).n > 0);
}

static const str one_report =
    S_INIT("{\"kind\":\"product\",\"name\":\"Hanako\",\"email\":\"hanako@finder.example\","
           "\"product\":\"Gateway X\",\"environment\":\"default\",\"steps\":\"1\","
           "\"result\":\"2\",\"tell_vendor\":false,\"direct_contact\":false,"
           "\"publish_name\":true,\"told_others\":false,\"personal_data\":true}");

static struct page once(struct visitor *v, str path, str body, const char *key)
{
    return visit_raw(v, POST, path, S("application/json"), body, "idempotency-key", key, NULL);
}

APP_TEST(a_post_with_a_key_is_done_once)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct visitor *v = api_as(st, "mihon.poc");
    str path = str_fmt(a, "/api/v1/cases/%.*s/messages", SV(w->case_id));
    str body = str_fmt(a, "{\"to\":\"%.*s\",\"text\":\"once\"}", SV(thread_of(st, w)));
    str other = str_fmt(a, "{\"to\":\"%.*s\",\"text\":\"twice\"}", SV(thread_of(st, w)));
    struct page first = once(v, path, body, "k-1"), second = once(v, path, body, "k-1");
    CHECK_STATUS(201, first);
    CHECK_STATUS(201, second);
    CHECK_STR(json_path(a, first, "id"), json_path(a, second, "id"));
    CHECK_STATUS(409, once(v, path, other, "k-1"));
    struct page third = once(v, path, body, "k-2");
    CHECK_STATUS(201, third);
    CHECK(!str_eq(json_path(a, first, "id"), json_path(a, third, "id")));
}

APP_TEST(a_report_with_a_key_is_taken_once_from_who_has_no_account)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    struct page first = once(v, S("/api/v1/reports"), one_report, "r-1");
    struct page second = once(v, S("/api/v1/reports"), one_report, "r-1");
    CHECK_STATUS(201, first);
    CHECK_STATUS(201, second);
    CHECK_STR(json_path(a, first, "receipt"), json_path(a, second, "receipt"));
    CHECK_STR(json_path(a, first, "key"), json_path(a, second, "key"));
    CHECK_STR(S("1"), help_sql_value(a, st->url, "SELECT count(*) FROM report"));
}

/* As where the process dies before the answer is kept. */
static void lose_answers(struct stage *st)
{
    bool lite = !store_is_postgres(st->app->store);
    help_sql(
        st->url,
        lite ? "CREATE TRIGGER lost BEFORE UPDATE ON once BEGIN SELECT RAISE(ABORT, 'lost'); END"
             : "CREATE FUNCTION lost() RETURNS trigger LANGUAGE plpgsql AS "
               "'BEGIN RAISE EXCEPTION ''lost''; END';"
               "CREATE TRIGGER lost BEFORE UPDATE ON once EXECUTE FUNCTION lost()");
}

static void keep_answers(struct stage *st)
{
    bool lite = !store_is_postgres(st->app->store);
    help_sql(st->url, lite ? "DROP TRIGGER lost" : "DROP TRIGGER lost ON once");
}

APP_TEST(an_act_whose_answer_cannot_be_kept_is_not_done)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct visitor *poc = api_as(st, "mihon.poc"), *finder = visit_nobody(st);
    str says = str_fmt(a, "/api/v1/cases/%.*s/messages", SV(w->case_id));
    str body = str_fmt(a, "{\"to\":\"%.*s\",\"text\":\"whole\"}", SV(thread_of(st, w)));
    static const char *const counts[] = {"SELECT count(*) FROM report",
                                         "SELECT count(*) FROM text"};
    str before[2];
    for (int i = 0; i < 2; i++)
        before[i] = help_sql_value(a, st->url, counts[i]);
    lose_answers(st);
    CHECK(once(finder, S("/api/v1/reports"), one_report, "w-1").status >= 400);
    CHECK(once(poc, says, body, "w-2").status >= 400);
    for (int i = 0; i < 2; i++)
        CHECK_STR(before[i], help_sql_value(a, st->url, counts[i]));
    keep_answers(st);
    struct page taken = once(finder, S("/api/v1/reports"), one_report, "w-1");
    CHECK_STATUS(201, taken);
    CHECK(json_path(a, taken, "key").n > 0);
    CHECK_STATUS(201, once(poc, says, body, "w-2"));
}

APP_TEST(a_refused_post_with_a_key_may_be_put_right_and_sent_again)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct visitor *poc = api_as(st, "mihon.poc");
    str path = str_fmt(a, "/api/v1/cases/%.*s/messages", SV(w->case_id));
    str empty = str_fmt(a, "{\"to\":\"%.*s\",\"text\":\"\"}", SV(thread_of(st, w)));
    str whole = str_fmt(a, "{\"to\":\"%.*s\",\"text\":\"now\"}", SV(thread_of(st, w)));
    CHECK_STATUS(422, once(poc, path, empty, "f-1"));
    CHECK_STATUS(201, once(poc, path, whole, "f-1"));
}

APP_TEST(pages_of_a_list_follow_each_other_and_a_broken_cursor_is_refused)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    static const char *const lists[] = {"/api/v1/cases",
                                        "/api/v1/inbox",
                                        "/api/v1/reports",
                                        "/api/v1/organisations",
                                        "/api/v1/drafts",
                                        "/api/v1/advisories",
                                        "/api/v1/vendors?takes_reports=1"};
    struct visitor *v = api_as(st, "reception");
    for (size_t i = 0; i < COUNT(lists); i++) {
        const char *join = str_find(str_z(lists[i]), S("?")) >= 0 ? "&" : "?";
        struct page p = api_get(v, "%s%safter=bm90LW9uZQ", lists[i], join);
        CHECK_STATUS(422, p);
        CHECK_STATUS(422, api_get(v, "%s%slimit=201", lists[i], join));
        CHECK_STATUS(200, api_get(v, "%s%slimit=1", lists[i], join));
    }
    struct page p = api_get(v, "/api/v1/organisations?limit=2");
    str first = json_path(a, p, "items.0.id"), next = json_path(a, p, "next");
    p = api_get(v, "/api/v1/organisations?limit=2&after=%.*s", SV(next));
    CHECK_STATUS(200, p);
    CHECK(!str_eq(first, json_path(a, p, "items.0.id")));
    CHECK(w != NULL);
}
