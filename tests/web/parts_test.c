/* parts_test.c - states, clocks and rows as people and programs read them. */
#include "web/parts.h"

#include "help/app.h"
#include "t.h"
#include "web/list_out.h"

static struct html_out page(struct arena *a, enum lang lang)
{
    return (struct html_out){.b = {.a = a}, .lang = lang, .zone = zone_tokyo, .now = STAGE_NOW};
}

TEST(what_is_left_is_said_in_the_two_largest_units)
{
    CHECK_STR(S("あと 3日 4時間"), span_words(a, LANG_JA, 3 * DAY + 4 * HOUR + 59 * MINUTE));
    CHECK_STR(S("23 h left"), span_words(a, LANG_EN, 23 * HOUR));
    CHECK_STR(S("あと 59分"), span_words(a, LANG_JA, 59 * MINUTE));
    CHECK_STR(S("89時間超過"), span_words(a, LANG_JA, -(89 * HOUR + MINUTE)));
    CHECK_STR(S("5 min overdue"), span_words(a, LANG_EN, -5 * MINUTE));
}

TEST(a_clock_shows_the_instant_with_its_zone_and_warns_by_shape_when_late)
{
    struct html_out o = page(a, LANG_JA);
    tpl_clock(&o, STAGE_NOW + DAY);
    str s = buf_str(&o.b);
    CHECK(str_find(s, S("2026-11-03 10:00 JST")) > 0);
    CHECK(str_find(s, S("datetime=\"2026-11-03T10:00:00+09:00\"")) > 0);
    CHECK(str_find(s, S("data-due=\"2026-11-03T01:00:00.000Z\"")) > 0);
    CHECK(str_find(s, S("#i-late")) < 0);
    tpl_clock(&o, STAGE_NOW - 1);
    CHECK(str_find(buf_str(&o.b), S("#i-late")) > 0);
}

TEST(a_state_has_a_shape_and_a_word)
{
    for (enum look k = 0; k < LOOK_COUNT; k++) {
        struct html_out o = page(a, LANG_EN);
        tpl_st(&o, k, S("<word>"));
        CHECK(str_find(buf_str(&o.b), str_join(a, S("href=\""), look_icon(k).s)) > 0);
        CHECK(str_find(buf_str(&o.b), S("&lt;word&gt;")) > 0);
    }
}

TEST(severities_are_those_of_the_standard)
{
    static const struct {
        i64 score;
        const char *word;
    } want[] = {{0, "None"},  {1, "Low"},   {39, "Low"},      {40, "Medium"},   {69, "Medium"},
                {70, "High"}, {89, "High"}, {90, "Critical"}, {100, "Critical"}};
    for (size_t i = 0; i < COUNT(want); i++)
        CHECK_STR(str_z(want[i].word), severity_word(want[i].score, LANG_EN));
}

TEST(counts_stop_at_a_thousand_and_more)
{
    struct app app = {0};
    struct ctx cx = {.a = a, .app = &app};
    CHECK_STR(S("999"), count_words(&cx, 999));
    CHECK_STR(S("1,000"), count_words(&cx, 1000));
    CHECK_STR(S("1,000+"), count_words(&cx, 1001));
}

static str rows(struct arena *a, enum list_format f)
{
    static const char *const columns[] = {"number", "title", "open", NULL};
    struct http_response rs = http_response_new(a);
    struct http_request rq = {.a = a};
    struct ctx cx = {.a = a, .zone = zone_tokyo};
    struct reply an = {.rs = &rs, .http = &rq, .raw = {.a = a}};
    struct list_out l;
    list_begin(&l, &cx, &an, f, "cases", columns);
    list_number(&l, 7);
    list_text(&l, S("=1+1, \"x\"\n"));
    list_bool(&l, true);
    list_number(&l, 8);
    list_text(&l, NO_STR);
    list_bool(&l, false);
    list_end(&l, S("c"), 2);
    return buf_str(&an.raw);
}

TEST(rows_as_csv_are_quoted_and_hold_no_formula)
{
    CHECK_STR(S("\xEF\xBB\xBFnumber,title,open\r\n"
                "7,\"'=1+1, \"\"x\"\"\n\",true\r\n8,,false\r\n"),
              rows(a, LIST_CSV));
}

TEST(rows_as_json_keep_their_types)
{
    CHECK_STR(S("{\"items\":[{\"number\":7,\"title\":\"=1+1, \\\"x\\\"\\n\",\"open\":true},"
                "{\"number\":8,\"title\":null,\"open\":false}],\"next\":\"c\",\"total\":2}"),
              rows(a, LIST_JSON));
}
