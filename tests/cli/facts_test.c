/* facts_test.c - kakehashi cvss and kakehashi facts, as a shell runs them. */
#include "help/cli.h"
#include "t.h"

#include "formats/json.h"

static const char high[] = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P";

TEST(a_vector_is_scored_as_it_is_written)
{
    struct cli_result r = cli_run(a, NO_STR, "cvss", "AV:N/AC:L/Au:N/C:N/I:N/A:C", high, NULL);
    CHECK_I64(0, r.code);
    CHECK_STR(S(" 7.8  high      CVSS 2.0  base 7.8  AV:N/AC:L/Au:N/C:N/I:N/A:C\n"
                " 9.3  critical  CVSS 3.1  base 9.8  temporal 9.3  "
                "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P\n"),
              r.out);
}

TEST(lines_of_vectors_give_lines_of_json)
{
    str in = S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P\n\n"
               " CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H\r\n");
    struct cli_result r = cli_run(a, in, "cvss", "--json", "-", NULL);
    CHECK_I64(0, r.code);
    CHECK_STR(S("{\"vector\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P\","
                "\"version\":\"3.1\",\"base\":9.8,\"temporal\":9.3,\"environmental\":null,"
                "\"overall\":9.3,\"severity\":\"critical\"}\n"
                "{\"vector\":\"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H\","
                "\"version\":\"4.0\",\"base\":10.0,\"temporal\":null,\"environmental\":null,"
                "\"overall\":10.0,\"severity\":\"critical\"}\n"),
              r.out);
}

TEST(a_bad_vector_is_said_and_the_others_are_scored)
{
    struct cli_result r = cli_run(a, S("CVSS:3.1/AV:N\n"), "cvss", "--json", "-", high, NULL);
    CHECK_I64(1, r.code);
    CHECK(str_has_prefix(r.out, S("{\"vector\":\"CVSS:3.1/AV:N\",\"error\":\"the base metric AC is "
                                  "missing\"}\n{\"vector\":\"CVSS:3.1/AV:N/AC:L")));
    r = cli_run(a, NO_STR, "cvss", "nope", high, NULL);
    CHECK_I64(1, r.code);
    CHECK(str_find(r.err, S("nope")) >= 0 && str_has_prefix(r.out, S(" 9.3")));
    CHECK_I64(2, cli_run(a, NO_STR, "cvss", NULL).code);
}

TEST(each_table_of_facts_says_its_version_and_source)
{
    struct cli_result r = cli_run(a, NO_STR, "facts", "--json", NULL);
    const struct json *tables = NULL;
    struct json_error error;
    CHECK_I64(0, r.code);
    CHECK_ERR(OK, json_read(a, r.out, &tables, &error));
    CHECK(json_count(tables) >= 10);
    for (size_t i = 0; i < json_count(tables); i++) {
        static const str members[] = {S_INIT("name"), S_INIT("title"), S_INIT("version"),
                                      S_INIT("source"), S_INIT("licence")};
        for (size_t m = 0; m < COUNT(members); m++)
            CHECK(json_get_text(json_at(tables, i), members[m]).n > 0);
    }
    r = cli_run(a, NO_STR, "facts", NULL);
    CHECK(str_find(r.out, S("cwe-versions")) >= 0 && str_find(r.out, S("4.20")) >= 0);
}
