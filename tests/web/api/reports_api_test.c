/* reports_api_test.c - a report by the API: what of JSON is of no field's type, and what is said. */
#include "t.h"

#include "help/api.h"

#define GOOD                                                                                       \
    "\"kind\":\"product\",\"name\":\"Hanako\",\"email\":\"h@finder.example\",\"product\":\"X\","   \
    "\"environment\":\"Linux\",\"steps\":\"1.\",\"result\":\"It "                                  \
    "stops.\",\"direct_contact\":false,"                                                           \
    "\"publish_name\":false,\"told_others\":false,\"personal_data\":true"

static str errors_of(struct visitor *v, const char *more)
{
    str body = str_fmt(v->st->a, "{" GOOD ",%s}", more);
    struct page p = visit_json(v, POST, S("/api/v1/reports"), str_to_z(v->st->a, body));
    return p.status == 201 ? S("taken") : page_errors(v->st->a, p);
}

APP_TEST(a_list_or_an_object_is_no_text_and_no_answer)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    static const char *const values[] = {"[]", "{}", "[\"yes\"]", "[[\"yes\"]]", "[null]"};
    CHECK_STR(S("taken"), errors_of(v, "\"tell_vendor\":true,\"maker\":null"));
    for (size_t i = 0; i < COUNT(values); i++) {
        str text = str_fmt(a, "\"tell_vendor\":true,\"maker\":%s", values[i]);
        CHECK_STR(S("maker wrong_type"), errors_of(v, str_to_z(a, text)));
        text = str_fmt(a, "\"tell_vendor\":%s", values[i]);
        CHECK_STR(S("tell_vendor wrong_type"), errors_of(v, str_to_z(a, text)));
    }
    CHECK_STR(S("maker.of unknown_field"),
              errors_of(v, "\"tell_vendor\":true,\"maker\":{\"of\":1}"));
}

APP_TEST(a_receiver_that_is_none_is_said_at_its_field)
{
    stage_cast(st);
    struct visitor *v = visit_nobody(st);
    CHECK_STR(S("recipient choice"), errors_of(v, "\"tell_vendor\":true,\"recipient\":\"nobody\""));
    CHECK_STR(S("taken"), errors_of(v, "\"tell_vendor\":true,\"recipient\":\"mihon\""));
}

APP_TEST(a_language_that_is_none_is_refused_in_the_language_that_was_asked_for)
{
    stage_cast(st);
    struct page p = visit_json(visit_nobody(st), POST, S("/api/v1/reports"),
                               "{" GOOD ",\"tell_vendor\":true,\"lang\":\"fr\"}");
    CHECK_STATUS(422, p);
    CHECK_STR(S("Choose one of the given values."), json_path(a, p, "errors.0.message"));
}
