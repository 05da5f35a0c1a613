/* release_plan_test.c - kakehashi release plan, approve, run and list over the demo cases. */
#include "help/cli.h"
#include "t.h"

#include "formats/json.h"

struct install {
    struct arena *a;
    const char *data, *database;
};

#define RUN(in, ...)                                                                               \
    cli_run((in)->a, S(""), __VA_ARGS__, "--data", (in)->data, "--database", (in)->database, NULL)

/* STARDOM, published in both languages. */
#define CASE "69010179"
#define LINES "--line-ja", "追記", "--line-en", "Addition"

static struct install demo(struct arena *a, const char *engine)
{
    struct install in = {.a = a};
    in.data = str_to_z(a, help_folder(a));
    in.database = str_to_z(a, help_migrated(a, engine));
    CHECK_I64(0, RUN(&in, "demo").code);
    return in;
}

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
    struct cli_result r = RUN(&in, "release", "plan", CASE, "--as", "watanabe.rie", "--lang", "ja",
                              "--kind", "update", LINES, "--json");
    CHECK_I64(0, r.code);
    CHECK_STR(S("planned"), member(a, r.out, "state"));
    const char *id = str_to_z(a, member(a, r.out, "id"));
    r = RUN(&in, "release", "dry-run", CASE, "--as", "ito.naoki", "--kind", "update", LINES,
            "--json");
    CHECK_I64(0, r.code);
    const char *built = str_to_z(a, member(a, r.out, "digest"));

    r = RUN(&in, "release", "approve", CASE, id, "--built", built, "--as", "watanabe.rie");
    CHECK_I64(2, r.code);
    CHECK(str_find(r.err, S("Somebody else than the person who planned")) >= 0);
    CHECK_I64(2, RUN(&in, "release", "approve", CASE, id, "--as", "ito.naoki").code);
    r = RUN(&in, "release", "approve", CASE, id, "--built", "0", "--as", "ito.naoki");
    CHECK(r.code != 0); /* it is not what would be built */
    r = RUN(&in, "release", "run");
    CHECK_STR(S("0 released\n"), r.out);
    r = RUN(&in, "release", "approve", CASE, id, "--built", built, "--as", "ito.naoki");
    CHECK_I64(0, r.code);
    CHECK(str_find(r.out, S("approved by Naoki Ito")) >= 0 || str_find(r.out, S("伊藤")) >= 0);
    r = RUN(&in, "release", "run");
    CHECK_STR(S("1 released\n"), r.out);
    r = RUN(&in, "release", "list", CASE, "--as", "ito.naoki", "--json");
    CHECK_STR(S("released"), member(a, r.out, "state"));
    r = RUN(&in, "release", "list", CASE, "--as", "aoki.mayu");
    CHECK(r.code != 0 && r.out.n == 0); /* of a vendor */
}

ENGINE_TEST(a_plan_is_cancelled_from_the_command_line)
{
    struct install in = demo(a, engine);
    struct cli_result r = RUN(&in, "release", "plan", CASE, "--as", "watanabe.rie", "--lang", "ja",
                              "--kind", "withdrawal", LINES, "--json");
    CHECK_I64(0, r.code);
    const char *id = str_to_z(a, member(a, r.out, "id"));
    CHECK_I64(2, RUN(&in, "release", "cancel", CASE, id, "--as", "watanabe.rie").code);
    r = RUN(&in, "release", "cancel", CASE, id, "--as", "watanabe.rie", "--reason", "Wrong case",
            "--json");
    CHECK_I64(0, r.code);
    CHECK_STR(S("cancelled"), member(a, r.out, "state"));
    CHECK(RUN(&in, "release", "unapprove", CASE, id, "--as", "ito.naoki").code != 0);
}
