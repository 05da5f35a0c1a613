/* schema_test.c - faults and their places, strictness, schemas made at run time, hostile input. */
#include "formats/schema.h"
#include "t.h"

static const struct json *read_ok(struct arena *a, str text)
{
    const struct json *j = NULL;
    struct json_error e = {0};
    if (json_read(a, text, &j, &e) != OK)
        (void)printf("%.*s at byte %zu\n", SV(e.code), e.byte);
    CHECK(j != NULL);
    return j;
}

static struct schema_faults faults_of(struct arena *a, const struct schema *s, str text,
                                      bool strict)
{
    struct schema_faults f = {0};
    bool fits = schema_check(a, s, read_ok(a, text), strict, &f);
    CHECK(fits == (f.n == 0));
    return f;
}

static void is_fault(const struct schema_faults *f, str path, str keyword, str expected)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->v[i].path, path) && str_eq(f->v[i].keyword, keyword) &&
            str_eq(f->v[i].expected, expected))
            return;
    (void)printf("want %.*s %.*s (%.*s), got:\n", SV(path), SV(keyword), SV(expected));
    for (size_t i = 0; i < f->n; i++)
        (void)printf("  %.*s %.*s (%.*s)\n", SV(f->v[i].path), SV(f->v[i].keyword),
                     SV(f->v[i].expected));
    CHECK(false);
}

/* ---- a small document of 2.0, and one thing wrong with it at a time ---- */

#define TRACKING                                                                                   \
    "\"tracking\":{\"id\":\"X-1\",\"current_release_date\":\"2026-01-01T00:00:00Z\","              \
    "\"initial_release_date\":\"2026-01-01T00:00:00Z\",\"status\":\"final\",\"version\":\"1\","    \
    "\"revision_history\":[{\"date\":\"2026-01-01T00:00:00Z\",\"number\":\"1\","                   \
    "\"summary\":\"s\"}]}"
#define PUBLISHER                                                                                  \
    "\"publisher\":{\"category\":\"vendor\",\"name\":\"N\","                                       \
    "\"namespace\":\"https://example.com\"}"
#define DOCUMENT                                                                                   \
    "{\"document\":{\"category\":\"csaf_base\",\"csaf_version\":\"2.0\"," PUBLISHER ","            \
    "\"title\":\"T\"," TRACKING "}}"

static str replaced(struct arena *a, str what, str by)
{
    str s = S(DOCUMENT);
    ptrdiff_t at = str_find(s, what);
    CHECK(at >= 0);
    return str_fmt(a, "%.*s%.*s%.*s", (int)at, s.p, SV(by), SV(str_from(s, (size_t)at + what.n)));
}

TEST(each_wrong_thing_is_told_with_its_place)
{
    static const struct {
        str what, by, path, keyword, expected;
    } cases[] = {
        {S_INIT("\"title\":\"T\""), S_INIT("\"title\":7"), S_INIT("/document/title"),
         S_INIT("type"), S_INIT("string")},
        {S_INIT("\"title\":\"T\""), S_INIT("\"title\":\"\""), S_INIT("/document/title"),
         S_INIT("minLength"), S_INIT("")},
        {S_INIT("\"title\":\"T\","), S_INIT(""), S_INIT("/document"), S_INIT("required"),
         S_INIT("title")},
        {S_INIT("\"2.0\""), S_INIT("\"2.1\""), S_INIT("/document/csaf_version"), S_INIT("enum"),
         S_INIT("2.0")},
        {S_INIT("\"status\":\"final\""), S_INIT("\"status\":\"done\""),
         S_INIT("/document/tracking/status"), S_INIT("enum"), S_INIT("draft, final, interim")},
        {S_INIT("\"id\":\"X-1\""), S_INIT("\"id\":\" X\""), S_INIT("/document/tracking/id"),
         S_INIT("pattern"), S_INIT("^[\\S](.*[\\S])?$")},
        {S_INIT("https://example.com"), S_INIT("no uri"), S_INIT("/document/publisher/namespace"),
         S_INIT("format"), S_INIT("uri")},
        {S_INIT("{\"date\":\"2026-01-01"), S_INIT("{\"date\":\"2026-02-30"),
         S_INIT("/document/tracking/revision_history/0/date"), S_INIT("format"),
         S_INIT("date-time")},
        {S_INIT("\"number\":\"1\","), S_INIT(""), S_INIT("/document/tracking/revision_history/0"),
         S_INIT("required"), S_INIT("number")},
        {S_INIT("\"revision_history\":[{"), S_INIT("\"revision_history\":[null,{"),
         S_INIT("/document/tracking/revision_history/0"), S_INIT("type"), S_INIT("object")},
    };
    const struct schema *s = schema_kept(SCHEMA_CSAF_2_0);
    CHECK_I64(0, (i64)faults_of(a, s, S(DOCUMENT), true).n);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct schema_faults f = faults_of(a, s, replaced(a, cases[i].what, cases[i].by), true);
        CHECK_I64(1, (i64)f.n);
        is_fault(&f, cases[i].path, cases[i].keyword, cases[i].expected);
    }
}

TEST(an_unknown_member_is_a_fault_only_when_strict)
{
    const struct schema *s = schema_kept(SCHEMA_CSAF_2_0);
    str text = replaced(a, S("\"title\":"), S("\"a/b\":{\"x\":1},\"title\":"));
    CHECK_I64(0, (i64)faults_of(a, s, text, false).n);
    struct schema_faults f = faults_of(a, s, text, true);
    CHECK_I64(1, (i64)f.n);
    is_fault(&f, S("/document/a~1b"), S("additionalProperties"), S("a/b"));
}

TEST(all_faults_are_told_and_not_the_first_alone)
{
    struct schema_faults f =
        faults_of(a, schema_kept(SCHEMA_CSAF_2_0), S("{\"document\":{}}"), true);
    CHECK_I64(5, (i64)f.n);
    is_fault(&f, S("/document"), S("required"), S("tracking"));
    f = faults_of(a, schema_kept(SCHEMA_CSAF_2_0), S("[]"), true);
    is_fault(&f, S(""), S("type"), S("object"));
}

TEST(of_two_branches_the_nearer_one_is_explained)
{
    const struct schema *s = schema_kept(SCHEMA_CSAF_2_0);
    str by = S("}},\"vulnerabilities\":[{\"scores\":[{\"products\":[\"p\"],\"cvss_v3\":{"
               "\"version\":\"3.1\",\"vectorString\":"
               "\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\",\"baseScore\":11,"
               "\"baseSeverity\":\"CRITICAL\"}}]}]}");
    struct schema_faults f = faults_of(a, s, replaced(a, S("}}"), S("}}")), true);
    str whole = S(DOCUMENT);
    f = faults_of(a, s, str_join(a, str_sub(whole, 0, whole.n - 2), str_from(by, 1)), true);
    CHECK_I64(2, (i64)f.n);
    is_fault(&f, S("/vulnerabilities/0/scores/0/cvss_v3"), S("oneOf"), S(""));
    is_fault(&f, S("/vulnerabilities/0/scores/0/cvss_v3/baseScore"), S("maximum"), S("10"));
}

/* ---- every member that is required, taken away ---- */

TEST(every_kept_schema_refuses_what_is_no_document_of_it)
{
    for (unsigned id = 0; id < SCHEMA_COUNT; id++) {
        const struct schema *s = schema_kept((enum schema_id)id);
        bool object = id < SCHEMA_CVE_5_1_PUBLISHED; /* those two ask it of a member only */
        CHECK(!object || !schema_check(a, s, read_ok(a, S("[1]")), false, NULL));
        CHECK(!schema_check(a, s, read_ok(a, S("{\"x\":1}")), true, NULL));
    }
}

/* ---- at run time ---- */

static const struct schema *made(struct arena *a, str text)
{
    struct schema_options o = {.formats = true, .find = schema_kept_source};
    struct schema_source source = {S("https://example.com/s"), read_ok(a, text)};
    struct schema_refusal why = {0};
    const struct schema *s = NULL;
    if (schema_make(a, source, &o, &s, &why) != OK)
        (void)printf("%.*s %.*s %.*s\n", SV(why.code), SV(why.path), SV(why.text));
    CHECK(s != NULL);
    return s;
}

TEST(a_schema_made_at_run_time_may_refer_to_the_kept_ones)
{
    const struct schema *s = made(
        a, S("{\"properties\":{\"p\":{\"$ref\":"
             "\"https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json#/$defs/product_id_t\"},"
             "\"v\":{\"$ref\":\"https://www.first.org/cvss/cvss-v4.0.json\"}}}"));
    CHECK_I64(0, (i64)faults_of(a, s, S("{\"p\":\"x\"}"), true).n);
    struct schema_faults f = faults_of(a, s, S("{\"p\":\"\",\"v\":{}}"), true);
    is_fault(&f, S("/p"), S("minLength"), S(""));
    is_fault(&f, S("/v"), S("required"), S("vectorString"));
}

TEST(a_schema_that_cannot_be_compiled_is_refused_by_name_and_place)
{
    static const struct {
        str text, code, path;
    } cases[] = {
        {S_INIT("{\"properties\":{\"a\":{\"minLength\":-1}}}"), S_INIT("schema_form"),
         S_INIT("/properties/a/minLength")},
        {S_INIT("{\"type\":\"text\"}"), S_INIT("schema_form"), S_INIT("/type")},
        {S_INIT("{\"allOf\":{}}"), S_INIT("schema_form"), S_INIT("/allOf")},
        {S_INIT("{\"items\":3}"), S_INIT("schema_form"), S_INIT("/items")},
        {S_INIT("{\"multipleOf\":0}"), S_INIT("schema_form"), S_INIT("/multipleOf")},
        {S_INIT("{\"$ref\":\"#/$defs/x\"}"), S_INIT("schema_ref"), S_INIT("/$ref")},
        {S_INIT("{\"not\":{\"$ref\":\"other.json\"}}"), S_INIT("schema_ref"), S_INIT("/not/$ref")},
        {S_INIT("{\"pattern\":\"(a)\\\\1\"}"), S_INIT("schema_pattern"), S_INIT("/pattern")},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct schema_source source = {S("https://example.com/s"), read_ok(a, cases[i].text)};
        struct schema_refusal why = {0};
        const struct schema *s;
        CHECK_ERR(E_INVALID, schema_make(a, source, NULL, &s, &why));
        CHECK_STR(cases[i].code, why.code);
        CHECK_STR(cases[i].path, why.path);
    }
}

TEST(numbers_are_compared_by_value_and_exactly)
{
    const struct schema *s = made(a, S("{\"multipleOf\":0.1,\"maximum\":8.9}"));
    CHECK(schema_check(a, s, read_ok(a, S("5.3")), false, NULL));
    CHECK(schema_check(a, s, read_ok(a, S("89e-1")), false, NULL));
    CHECK(!schema_check(a, s, read_ok(a, S("8.90000000000000000001")), false, NULL));
    CHECK(!schema_check(a, s, read_ok(a, S("5.35")), false, NULL));
    s = made(a, S("{\"enum\":[1,{\"a\":[2.0]}]}"));
    CHECK(schema_check(a, s, read_ok(a, S("1.0")), false, NULL));
    CHECK(schema_check(a, s, read_ok(a, S("{\"a\":[20e-1]}")), false, NULL));
    CHECK(!schema_check(a, s, read_ok(a, S("{\"a\":[2,2]}")), false, NULL));
}

/* ---- what strangers send ---- */

TEST(items_that_are_there_twice_are_found_among_many_and_each_is_told)
{
    const struct schema *s = made(a, S("{\"uniqueItems\":true}"));
    buf b = {.a = a};
    for (int i = 0; i < 20000; i++)
        buf_putf(&b, "%s\"p%d\"", i == 0 ? "[" : ",", i % 19990);
    buf_char(&b, ']');
    struct schema_faults f = faults_of(a, s, buf_str(&b), false);
    CHECK_I64(10, (i64)f.n);
    is_fault(&f, S("/19990"), S("uniqueItems"), S(""));
    f = faults_of(a, s, S("[1,[1,2],{\"a\":1,\"b\":2},0,1,2,3,4,5,{\"b\":2.0,\"a\":10e-1},[1,2]]"),
                  false);
    CHECK_I64(3, (i64)f.n);
    is_fault(&f, S("/9"), S("uniqueItems"), S(""));
}

TEST(no_more_faults_are_kept_than_there_is_room_for)
{
    const struct schema *s = made(a, S("{\"items\":{\"type\":\"string\"}}"));
    buf b = {.a = a};
    for (int i = 0; i < 3 * SCHEMA_FAULTS; i++)
        buf_put(&b, i == 0 ? S("[1") : S(",1"));
    buf_char(&b, ']');
    struct schema_faults f = faults_of(a, s, buf_str(&b), false);
    CHECK_I64(SCHEMA_FAULTS, (i64)f.n);
    CHECK(f.more);
}

TEST(a_document_of_the_greatest_depth_is_walked_to_its_end)
{
    const struct schema *s = made(a, S("{\"type\":\"object\",\"additionalProperties\":"
                                       "{\"anyOf\":[{\"$ref\":\"#\"},{\"type\":\"null\"}]}}"));
    buf b = {.a = a};
    for (int i = 0; i < 1200; i++)
        buf_put(&b, S("{\"a\":"));
    buf_put(&b, S("null"));
    for (int i = 0; i < 1200; i++)
        buf_char(&b, '}');
    CHECK(schema_check(a, s, read_ok(a, buf_str(&b)), false, NULL));
}

TEST(a_schema_that_leads_round_in_a_circle_ends)
{
    const struct schema *s = made(a, S("{\"$ref\":\"#\"}"));
    struct schema_faults f = faults_of(a, s, S("1"), false);
    is_fault(&f, S(""), S("depth"), S(""));
}
