/* release_test.c - kakehashi release over the demo cases: rehearsals, plans, approvals, releases. */
#include "help/cli.h"
#include "t.h"

#include "formats/json.h"

struct install {
    struct arena *a;
    struct cli_demo at;
};

#define RUN(in, ...)                                                                               \
    cli_run((in)->a, S(""), __VA_ARGS__, "--data", (in)->at.data, "--database", (in)->at.database, \
            NULL)

static struct install demo(struct arena *a, const char *engine)
{
    return (struct install){a, cli_demo_copy(a, engine)};
}

static str last_line(str text)
{
    str last = S("");
    while (text.n > 0) {
        str line = str_cut(&text, '\n');
        last = line.n > 0 ? line : last;
    }
    return last;
}

/* STARDOM, published in both languages; CX-Drive, whose English is not complete. */
#define PUBLIC "69010179"
#define BEGUN "98713461"
#define LINES "--line-ja", "追記", "--line-en", "Addition"

ENGINE_TEST(a_rehearsal_is_told_to_people_in_both_languages_and_to_machines)
{
    struct install in = demo(a, engine);
    struct cli_result r = RUN(&in, "release", "dry-run", PUBLIC, "--as", "ito.naoki", "--lang",
                              "en", "--words", "en", "--places", LINES);
    CHECK_I64(0, r.code);
    CHECK(str_has_prefix(r.out, S("KKH#41827360  Uncontrolled resource consumption")));
    CHECK(str_find(r.out, S("csaf-2.1")) > 0);
    CHECK(str_find(r.out, S("| ## Solution")) > 0);
    CHECK(str_find(r.out, S("RFC 4287 4.2.14 atom:title")) > 0);
    CHECK(str_find(r.out, S(" \n")) < 0);
    CHECK(str_has_prefix(last_line(r.out), S("ready")));

    r = RUN(&in, "release", "dry-run", PUBLIC, "--as", "ito.naoki", "--words", "ja", LINES);
    CHECK_I64(0, r.code);
    CHECK(str_find(r.out, S("読む人に見える内容")) > 0);
    CHECK(str_has_prefix(last_line(r.out), S("公開できます")));

    const struct json *j;
    struct json_error bad;
    r = RUN(&in, "release", "dry-run", PUBLIC, "--as", "ito.naoki", "--json", "--kind",
            "withdrawal", LINES);
    CHECK_I64(0, r.code);
    CHECK(json_read(a, r.out, &j, &bad) == OK);
    CHECK_STR(S("withdrawal"), json_get_text(j, S("kind")));
    CHECK_I64(64, (i64)json_get_text(j, S("digest")).n);
    size_t papers = 0;
    const struct json *made = json_get(j, S("artefacts"));
    for (size_t i = 0; i < json_count(made); i++)
        papers += str_has_suffix(json_get_text(json_at(made, i), S("name")), S("pdf"));
    CHECK_I64(32, (i64)(json_count(made) - papers)); /* the paper is for who has the library */
    CHECK(papers == 0 || papers == 2);
    CHECK_I64(17, (i64)json_count(json_get(j, S("fields"))));
}

ENGINE_TEST(what_is_not_ready_ends_with_one_and_what_is_not_theirs_is_not_there)
{
    struct install in = demo(a, engine);
    struct cli_result r = RUN(&in, "release", "dry-run", BEGUN, "--as", "ito.naoki", "--lang", "en",
                              "--words", "en", LINES);
    CHECK_I64(1, r.code);
    CHECK(str_find(r.out, S("en.solution")) > 0);
    CHECK(str_has_prefix(last_line(r.out), S("not ready: ")));

    r = RUN(&in, "release", "dry-run", BEGUN, "--as", "okada.shun");
    CHECK(r.code != 0 && r.code != 1 && r.out.n == 0);
    r = RUN(&in, "release", "dry-run", BEGUN);
    CHECK(r.code == 2 && str_find(r.err, S("--as LOGIN")) > 0);
    r = RUN(&in, "release", "dry-run", BEGUN, "--as", "ito.naoki", "--lang", "de");
    CHECK_I64(2, r.code);
    r = RUN(&in, "release", "dry-run", BEGUN, "--as", "ito.naoki", "--kind", "first");
    CHECK(r.code != 0 && str_find(r.err, S("it is public")) > 0);
}

/* --- plans ---------------------------------------------------------------------------------- */

static str member(struct arena *a, str text, const char *name)
{
    const struct json *j;
    struct json_error bad;
    if (json_read(a, text, &j, &bad) != OK)
        return NO_STR;
    return json_get_text(json_count(j) == 1 ? json_at(j, 0) : j, str_z(name));
}

ENGINE_TEST(a_release_is_planned_approved_and_made_from_the_command_line)
{
    struct install in = demo(a, engine);
    struct cli_result r = RUN(&in, "release", "plan", PUBLIC, "--as", "watanabe.rie", "--lang",
                              "ja", "--kind", "update", LINES, "--json");
    CHECK_I64(0, r.code);
    CHECK_STR(S("planned"), member(a, r.out, "state"));
    const char *id = str_to_z(a, member(a, r.out, "id"));
    r = RUN(&in, "release", "dry-run", PUBLIC, "--as", "ito.naoki", "--kind", "update", LINES,
            "--json");
    CHECK_I64(0, r.code);
    const char *built = str_to_z(a, member(a, r.out, "digest"));

    r = RUN(&in, "release", "approve", PUBLIC, id, "--built", built, "--as", "watanabe.rie");
    CHECK_I64(2, r.code);
    CHECK(str_find(r.err, S("Somebody else than the person who planned")) >= 0);
    CHECK_I64(2, RUN(&in, "release", "approve", PUBLIC, id, "--as", "ito.naoki").code);
    r = RUN(&in, "release", "approve", PUBLIC, id, "--built", "0", "--as", "ito.naoki");
    CHECK(r.code != 0); /* it is not what would be built */
    r = RUN(&in, "release", "run");
    CHECK_STR(S("0 released\n"), r.out);
    r = RUN(&in, "release", "approve", PUBLIC, id, "--built", built, "--as", "ito.naoki");
    CHECK_I64(0, r.code);
    CHECK(str_find(r.out, S("approved by Naoki Ito")) >= 0 || str_find(r.out, S("伊藤")) >= 0);
    r = RUN(&in, "release", "run");
    CHECK_STR(S("1 released\n"), r.out);
    r = RUN(&in, "release", "list", PUBLIC, "--as", "ito.naoki", "--json");
    CHECK_STR(S("released"), member(a, r.out, "state"));
    r = RUN(&in, "release", "list", PUBLIC, "--as", "aoki.mayu");
    CHECK(r.code != 0 && r.out.n == 0); /* of a vendor */
}

ENGINE_TEST(a_plan_is_cancelled_from_the_command_line)
{
    struct install in = demo(a, engine);
    struct cli_result r = RUN(&in, "release", "plan", PUBLIC, "--as", "watanabe.rie", "--lang",
                              "ja", "--kind", "withdrawal", LINES, "--json");
    CHECK_I64(0, r.code);
    const char *id = str_to_z(a, member(a, r.out, "id"));
    CHECK_I64(2, RUN(&in, "release", "cancel", PUBLIC, id, "--as", "watanabe.rie").code);
    r = RUN(&in, "release", "cancel", PUBLIC, id, "--as", "watanabe.rie", "--reason", "Wrong case",
            "--json");
    CHECK_I64(0, r.code);
    CHECK_STR(S("cancelled"), member(a, r.out, "state"));
    CHECK(RUN(&in, "release", "unapprove", PUBLIC, id, "--as", "ito.naoki").code != 0);
}
