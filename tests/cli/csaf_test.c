/* csaf_test.c - kakehashi csaf validate, as a shell runs it. */
#include "help/cli.h"
#include "t.h"

#include "formats/json.h"

/* Right, but where `groups` says otherwise. */
static str document(struct arena *a, const char *groups)
{
    return str_fmt(
        a,
        "{\"document\":{\"category\":\"csaf_base\",\"csaf_version\":\"2.0\",\"publisher\":{"
        "\"category\":\"vendor\",\"name\":\"V\",\"namespace\":\"https://example.com\"},"
        "\"title\":\"T\",\"tracking\":{\"current_release_date\":\"2026-01-01T00:00:00Z\","
        "\"id\":\"V-1\",\"initial_release_date\":\"2026-01-01T00:00:00Z\","
        "\"revision_history\":[{\"date\":\"2026-01-01T00:00:00Z\",\"number\":\"1\",\"summary\":"
        "\"First.\"}],\"status\":\"final\",\"version\":\"1\"}},\"product_tree\":{%s"
        "\"full_product_names\":[{\"product_id\":\"P1\",\"name\":\"N\"}]}}",
        groups);
}

static const char broken[] =
    "\"product_groups\":[{\"group_id\":\"G\",\"product_ids\":[\"P1\",\"P2\"]}],";

static const struct json *answer(struct arena *a, struct cli_result r)
{
    const struct json *j = NULL;
    struct json_error error;
    CHECK_ERR(OK, json_read(a, str_trim(r.out), &j, &error));
    return j;
}

TEST(a_document_that_breaks_a_rule_is_named_with_the_place_and_the_reason)
{
    struct cli_result r = cli_run(a, document(a, broken), "csaf", "validate", "--json", "-", NULL);
    const struct json *j = answer(a, r);
    const struct json *first = json_at(json_get(j, S("errors")), 0);
    bool valid = true;
    CHECK_I64(1, r.code);
    CHECK(json_bool(json_get(j, S("valid")), &valid) && !valid);
    CHECK_STR(S("-"), json_get_text(j, S("file")));
    CHECK_STR(S("2.0"), json_get_text(j, S("csaf_version")));
    CHECK_STR(S("6.1.1"), json_get_text(first, S("test")));
    CHECK_STR(S("/product_tree/product_groups/0/product_ids/1"), json_get_text(first, S("path")));
    r = cli_run(a, document(a, broken), "csaf", "validate", "--lang", "ja", "-", NULL);
    CHECK_I64(1, r.code);
    CHECK(str_find(r.out, S("製品 ID「P2」")) >= 0 && str_find(r.out, S("無効")) >= 0);
}

TEST(a_document_that_breaks_none_is_valid_though_it_could_be_better)
{
    struct cli_result r = cli_run(a, document(a, ""), "csaf", "validate", "--json", "-", NULL);
    const struct json *j = answer(a, r);
    CHECK_I64(0, r.code);
    CHECK_I64(0, (i64)json_count(json_get(j, S("errors"))));
    CHECK(json_count(json_get(j, S("warnings"))) > 0);
    r = cli_run(a, document(a, ""), "csaf", "validate", "--json", "--profile", "schema", "-", NULL);
    CHECK_I64(0, (i64)json_count(json_get(answer(a, r), S("warnings"))));
}

TEST(what_cannot_be_read_ends_with_two)
{
    struct cli_result r = cli_run(a, S("{\"document\":"), "csaf", "validate", "--json", "-", NULL);
    CHECK_I64(2, r.code);
    CHECK_I64(1, (i64)json_count(json_get(answer(a, r), S("errors"))));
    CHECK_I64(2, cli_run(a, S(""), "csaf", "validate", "no-such-file.json", NULL).code);
    CHECK_I64(2, cli_run(a, S(""), "csaf", "validate", "--profile", "all", "-", NULL).code);
    CHECK_I64(2, cli_run(a, S(""), "csaf", "validate", NULL).code);
}

TEST(many_files_are_answered_in_their_order_whatever_the_number_of_threads)
{
    static const char corpus[] = "tests/fuzz/corpus/csaf_validate";
    struct cli_result one = cli_run(a, S(""), "csaf", "validate", "--json", corpus, NULL);
    struct cli_result four =
        cli_run(a, S(""), "csaf", "validate", "--json", "--jobs", "4", corpus, NULL);
    CHECK_I64(1, one.code);
    CHECK_I64(1, four.code);
    CHECK(one.out.n > 1000);
    CHECK_STR(one.out, four.out);
}

TEST(urls_are_asked_only_when_that_was_said)
{
    str in = document(a, ""), url = S("https://example.com"), closed = S("http://127.0.0.1:1");
    size_t at = (size_t)str_find(in, url);
    in = str_join(a, str_sub(in, 0, at), str_join(a, closed, str_from(in, at + url.n)));
    struct cli_result r = cli_run(a, in, "csaf", "validate", "--json", "-", NULL);
    CHECK(r.code == 0 && str_find(r.out, S("6.3.6")) < 0);
    r = cli_run(a, in, "csaf", "validate", "--json", "--online", "-", NULL);
    CHECK(r.code == 0 && str_find(r.out, S("6.3.6")) > 0);
}

TEST(an_extension_is_checked_by_its_schema_when_its_files_are_named)
{
    const char *dir = str_to_z(a, str_fmt(a, "%s/csaf/2.1", TESTDATA()));
    const char *file = str_to_z(a, str_fmt(a, "%s/validator-tests/data/mandatory/%s", dir,
                                           "oasis_csaf_tc-csaf_2_1-2024-6-1-60-02-01.json"));
    const char *bundles = str_to_z(a, str_fmt(a, "%s/extra/extension/data/valid", dir));
    struct cli_result r =
        cli_run(a, S(""), "csaf", "validate", "--json", "--profile", "mandatory", file, NULL);
    CHECK_I64(0, r.code);
    CHECK(json_count(json_get(answer(a, r), S("warnings"))) > 0);
    r = cli_run(a, S(""), "csaf", "validate", "--json", "--profile", "mandatory", "--extensions",
                bundles, file, NULL);
    CHECK_I64(1, r.code);
    CHECK_I64(0, (i64)json_count(json_get(answer(a, r), S("warnings"))));
    CHECK_STR(S("6.1.60.2"),
              json_get_text(json_at(json_get(answer(a, r), S("errors")), 0), S("test")));
}

TEST(a_document_of_2_0_is_converted_and_what_was_guessed_is_said)
{
    str source = document(a, "");
    struct cli_result r = cli_run(a, source, "csaf", "convert", "--lang", "ja", "-", NULL);
    const struct json *j = answer(a, r);
    CHECK_I64(0, r.code);
    CHECK_STR(S("2.1"), json_text(json_find(j, S("/document/csaf_version"))));
    CHECK(str_find(r.err, S("TLP ラベルがないため")) >= 0);
    r = cli_run(a, source, "csaf", "convert", "--json", "-", NULL);
    j = answer(a, r);
    CHECK_STR(S("warning"), json_text(json_find(j, S("/notes/0/level"))));
    CHECK_STR(S("/document"), json_text(json_find(j, S("/notes/0/path"))));
    CHECK_STR(S("CLEAR"), json_text(json_find(j, S("/document/document/distribution/tlp/label"))));
}

TEST(a_result_that_is_not_valid_is_given_only_when_asked_for)
{
    str source = document(a, broken);
    struct cli_result r = cli_run(a, source, "csaf", "convert", "-", NULL);
    CHECK_I64(1, r.code);
    CHECK_I64(0, (i64)r.out.n);
    CHECK(str_find(r.err, S("/product_tree/product_groups/0/product_ids/1")) >= 0);
    r = cli_run(a, source, "csaf", "convert", "--invalid", "-", NULL);
    CHECK_I64(1, r.code);
    CHECK_STR(S("2.1"), json_text(json_find(answer(a, r), S("/document/csaf_version"))));
    CHECK_I64(2, cli_run(a, S("{}"), "csaf", "convert", "-", NULL).code);
    CHECK_I64(2, cli_run(a, S("{"), "csaf", "convert", "-", NULL).code);
}

TEST(a_converted_document_stands_in_the_file_that_is_named)
{
    str dir = help_folder(a), path = str_fmt(a, "%.*s/v21.json", SV(dir));
    struct cli_result r =
        cli_run(a, document(a, ""), "csaf", "convert", "-o", str_to_z(a, path), "-", NULL);
    CHECK_I64(0, r.code);
    CHECK_I64(0, (i64)r.out.n);
    CHECK_I64(0, cli_run(a, S(""), "csaf", "validate", str_to_z(a, path), NULL).code);
}

TEST(two_documents_are_told_apart_line_by_line)
{
    str dir = help_folder(a);
    const char *x = str_to_z(a, str_fmt(a, "%.*s/x.json", SV(dir)));
    struct cli_result r = cli_run(a, document(a, ""), "csaf", "convert", "-o", x, "-", NULL);
    CHECK_I64(0, r.code);
    CHECK_I64(0, cli_run(a, S(""), "csaf", "diff", x, x, NULL).code);
    r = cli_run(a, document(a, ""), "csaf", "diff", "--json", "-", x, NULL);
    CHECK_I64(1, r.code);
    str rest = r.out;
    const struct json *line = NULL;
    struct json_error error;
    CHECK_ERR(OK, json_read(a, str_cut(&rest, '\n'), &line, &error));
    CHECK_STR(S("document"), json_get_text(line, S("kind")));
    CHECK_STR(S("csaf_version"), json_get_text(line, S("what")));
    CHECK_STR(S("2.0"), json_get_text(line, S("old")));
    CHECK_STR(S("2.1"), json_get_text(line, S("new")));
    CHECK_ERR(OK, json_read(a, str_cut(&rest, '\n'), &line, &error));
    CHECK_STR(S("tlp"), json_get_text(line, S("kind")));
    CHECK(json_is(json_get(line, S("path_a")), JSON_IS_NULL));
    CHECK_STR(S("/document/distribution/tlp/label"), json_get_text(line, S("path_b")));
    CHECK_I64(0, (i64)rest.n);
    r = cli_run(a, document(a, ""), "csaf", "diff", "--lang", "ja", "-", x, NULL);
    CHECK(str_find(r.out, S("相違 2 件")) >= 0);
    CHECK_I64(2, cli_run(a, S("{"), "csaf", "diff", "-", x, NULL).code);
}

TEST(a_provider_that_cannot_be_reached_is_told_with_the_reason)
{
    struct cli_result r = cli_run(a, S(""), "csaf", "check-provider", "--json",
                                  "https://127.0.0.1:1/provider-metadata.json", NULL);
    const struct json *j = answer(a, r);
    const struct json *p = json_at(json_get(j, S("providers")), 0);
    bool passed = true;
    CHECK_I64(2, r.code);
    CHECK(json_bool(json_get(j, S("passed")), &passed) && !passed);
    CHECK_STR(S("address"), json_get_text(p, S("not_reached")));
    r = cli_run(a, S(""), "csaf", "check-provider", "--lang", "ja", "http://example.com", NULL);
    CHECK_I64(2, r.code);
    CHECK(str_find(r.out, S("https のアドレスではありません")) > 0);
    r = cli_run(a, S(""), "csaf", "check-provider", "/usr/share/doc", NULL);
    CHECK_I64(2, r.code);
    CHECK(str_find(r.err, S("no provider-metadata.json")) > 0);
}
