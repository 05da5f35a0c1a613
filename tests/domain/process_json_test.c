/* process_json_test.c - the array that other programs read. */
#include "t.h"

#include "formats/json.h"
#include "help/scene.h"

static const struct json *read_back(struct arena *a)
{
    const struct json *j;
    struct json_error e;
    CHECK_ERR(OK, json_read(a, process_json(a, scene_process(a)), &j, &e));
    return j;
}

TEST(it_is_one_array_of_all_33_and_20_steps_in_order)
{
    const struct json *all = read_back(a);
    CHECK(json_is(all, JSON_IS_ARRAY));
    CHECK_I64(53, (i64)json_count(all));
    for (size_t i = 0; i < 53; i++)
        CHECK_STR(i < 33 ? S("coordinated") : S("direct"),
                  json_get_text(json_at(all, i), S("flow")));
    CHECK_STR(S("0.1.1"), json_get_text(json_at(all, 0), S("step")));
    CHECK_STR(S("5.1.2"), json_get_text(json_at(all, 52), S("step")));
}

TEST(each_step_has_these_strings_and_no_others)
{
    static const str keys[] = {S_INIT("flow"), S_INIT("phase"),    S_INIT("step"),
                               S_INIT("kind"), S_INIT("title_ja"), S_INIT("title_en"),
                               S_INIT("from"), S_INIT("to"),       S_INIT("lead"),
                               S_INIT("with"), S_INIT("share")};
    const struct json *all = read_back(a);
    for (size_t i = 0; i < json_count(all); i++) {
        CHECK_I64((i64)COUNT(keys), (i64)json_count(json_at(all, i)));
        for (size_t k = 0; k < COUNT(keys); k++)
            CHECK(json_is(json_get(json_at(all, i), keys[k]), JSON_IS_STRING));
    }
}

TEST(the_words_are_those_of_the_source_texts)
{
    const struct json *s = json_at(read_back(a), 4);
    CHECK_STR(S("1"), json_get_text(s, S("phase")));
    CHECK_STR(S("1.3.1"), json_get_text(s, S("step")));
    CHECK_STR(S("decision"), json_get_text(s, S("kind")));
    CHECK_STR(S("脆弱性概要情報の内部展開/詳細情報の要否確認"), json_get_text(s, S("title_ja")));
    CHECK_STR(S("Share the overview inside, decide whether details are needed"),
              json_get_text(s, S("title_en")));
    CHECK_STR(S("poc"), json_get_text(s, S("from")));
    CHECK_STR(S("design,rnd?,si?"), json_get_text(s, S("to")));
    CHECK_STR(S("design"), json_get_text(s, S("lead")));
    CHECK_STR(S("rnd?,si?"), json_get_text(s, S("with")));
    CHECK_STR(S("quality?"), json_get_text(s, S("share")));
    CHECK_STR(S(""), json_get_text(json_at(read_back(a), 2), S("from")));
}
