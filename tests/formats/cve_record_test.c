/* cve_record_test.c - CVE records are written as the schema has them, and read with a place for
 * what is wrong. */
#include "formats/cve_record.h"

#include "formats/schema.h"
#include "help/cve.h"
#include "t.h"

static str written(struct arena *a, const struct cve_record *r)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    cve_write(&o, r);
    CHECK(json_put_done(&o));
    return buf_str(&b);
}

static const struct json *tree(struct arena *a, str text)
{
    const struct json *j;
    struct json_error bad;
    CHECK(json_read(a, text, &j, &bad) == OK);
    return j;
}

static str text_at(const struct json *j, const char *pointer)
{
    return json_text(json_find(j, str_z(pointer)));
}

static str number_at(const struct json *j, const char *pointer)
{
    return json_number(json_find(j, str_z(pointer)));
}

#define CNA "/containers/cna"

TEST(a_record_has_its_members_where_the_format_has_them)
{
    struct cve_record r = cve_sample(a);
    const struct json *j = tree(a, written(a, &r));
    CHECK_STR(S("5.1"), text_at(j, "/dataVersion"));
    CHECK_STR(S("PUBLISHED"), text_at(j, "/cveMetadata/state"));
    CHECK_STR(S("ja"), text_at(j, CNA "/descriptions/1/lang"));
    CHECK_STR(S("custom"), text_at(j, CNA "/affected/0/versions/0/versionType"));
    CHECK_STR(S("1.5"), text_at(j, CNA "/affected/0/versions/0/lessThan"));
    CHECK_STR(S("parse"), text_at(j, CNA "/affected/0/programRoutines/0/name"));
    CHECK_STR(S("CWE-78"), text_at(j, CNA "/problemTypes/0/descriptions/1/cweId"));
    CHECK_STR(S("vendor-advisory"), text_at(j, CNA "/references/0/tags/0"));
    CHECK_STR(S("EXTERNAL"), text_at(j, CNA "/source/discovery"));
    CHECK_STR(S("OSコマンドインジェクション"), text_at(j, CNA "/x_titles/0/value"));
    CHECK(json_find(j, S(CNA "/affected/0/packageURL")) == NULL); /* not before 5.2 */
    CHECK(json_find(j, S(CNA "/rejectedReasons")) == NULL);
}

/* Scores: FIRST's examples for the versions; 2.0's schema has no severity. */
TEST(metrics_are_computed_from_their_vectors)
{
    struct cve_record r = cve_sample(a);
    const struct json *j = tree(a, written(a, &r));
    CHECK_STR(S("9.8"), number_at(j, CNA "/metrics/0/cvssV3_1/baseScore"));
    CHECK_STR(S("CRITICAL"), text_at(j, CNA "/metrics/0/cvssV3_1/baseSeverity"));
    CHECK_STR(S("7.8"), number_at(j, CNA "/metrics/1/cvssV2_0/baseScore"));
    CHECK(json_find(j, S(CNA "/metrics/1/cvssV2_0/baseSeverity")) == NULL);
    CHECK_STR(S("9.3"), number_at(j, CNA "/metrics/2/cvssV4_0/baseScore"));
    CHECK_STR(S("10.0"), number_at(j, CNA "/metrics/3/cvssV3_0/baseScore"));
}

TEST(package_urls_stand_in_5_2_alone)
{
    struct cve_record r = cve_sample(a);
    r.v5_2 = true;
    const struct json *j = tree(a, written(a, &r));
    CHECK_STR(S("5.2"), text_at(j, "/dataVersion"));
    CHECK_STR(S("pkg:npm/mihon-router"), text_at(j, CNA "/affected/0/packageURL"));
}

TEST(a_rejected_record_has_reasons_and_nothing_else)
{
    struct cve_record r = cve_rejected_sample(a);
    const struct json *j = tree(a, written(a, &r));
    CHECK_STR(S("REJECTED"), text_at(j, "/cveMetadata/state"));
    CHECK_STR(S("en"), text_at(j, CNA "/rejectedReasons/0/lang"));
    CHECK_STR(S("CVE-2026-20001"), text_at(j, CNA "/replacedBy/0"));
    CHECK(json_find(j, S(CNA "/affected")) == NULL);
}

TEST(the_request_is_the_container_without_what_the_service_sets)
{
    struct cve_record r = cve_sample(a);
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    cve_write_request(&o, &r);
    const struct json *j = tree(a, buf_str(&b));
    CHECK_I64(1, (i64)json_count(j));
    CHECK_STR(r.title, text_at(j, "/cnaContainer/title"));
    CHECK(json_find(j, S("/cnaContainer/providerMetadata")) == NULL);
}

TEST(what_was_written_is_read_as_the_same)
{
    struct cve_record samples[] = {cve_sample(a), cve_rejected_sample(a)};
    for (size_t i = 0; i < COUNT(samples); i++) {
        struct cve_record again;
        struct cve_error e;
        str first = written(a, &samples[i]);
        CHECK_ERR(OK, cve_read(a, first, &again, &e));
        CHECK_STR(first, written(a, &again));
        CHECK(again.rejected == samples[i].rejected);
    }
}

TEST(what_was_written_has_the_form_of_the_schema)
{
    struct cve_record samples[] = {cve_sample(a), cve_rejected_sample(a)};
    for (size_t i = 0; i < COUNT(samples); i++) {
        struct schema_faults faults = {0};
        const struct json *j = tree(a, written(a, &samples[i]));
        bool right = schema_check(a, schema_kept(SCHEMA_CVE_5_1), j, false, &faults);
        for (size_t k = 0; k < faults.n; k++)
            (void)printf("%.*s %.*s %.*s\n", SV(faults.v[k].path), SV(faults.v[k].keyword),
                         SV(faults.v[k].expected));
        CHECK(right);
    }
}

TEST(several_versions_of_a_score_in_one_item_are_several_metrics)
{
    struct cve_record r;
    struct cve_error e;
    str text = S("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":"
                 "\"CVE-2024-0001\",\"state\":\"PUBLISHED\"},\"containers\":{\"cna\":{"
                 "\"descriptions\":[],\"affected\":[],\"references\":[],\"metrics\":[{"
                 "\"cvssV2_0\":{\"vectorString\":\"AV:N/AC:L/Au:N/C:N/I:N/A:C\",\"baseScore\":7.8},"
                 "\"cvssV3_1\":{\"vectorString\":\"CVSS:3.1/AV:N\",\"baseScore\":9,"
                 "\"baseSeverity\":\"CRITICAL\"}}]}}}");
    CHECK_ERR(OK, cve_read(a, text, &r, &e));
    CHECK_I64(2, (i64)r.metrics.n);
    CHECK_I64(78, r.metrics.v[0].score);
    CHECK_I64(90, r.metrics.v[1].score);
    CHECK_STR(S("CRITICAL"), r.metrics.v[1].severity);
}

static void refused(struct arena *a, const char *cna, const char *code, const char *path)
{
    struct cve_record r;
    struct cve_error e;
    str text = str_fmt(a,
                       "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{"
                       "\"cveId\":\"CVE-2024-0001\",\"state\":\"PUBLISHED\"},"
                       "\"containers\":{\"cna\":%s}}",
                       cna);
    CHECK_ERR(E_INVALID, cve_read(a, text, &r, &e));
    CHECK_STR(str_z(code), e.code);
    CHECK_STR(str_z(path), e.path);
}

#define REST "\"references\":[{\"url\":\"https://example.jp\"}]"
TEST(what_is_wrong_is_said_with_its_place)
{
    refused(a, "[]", "cve_type", CNA);
    refused(a, "{" REST "}", "cve_missing", CNA "/descriptions");
    refused(a, "{\"descriptions\":{},\"affected\":[]," REST "}", "cve_type", CNA "/descriptions");
    refused(a, "{\"descriptions\":[{\"lang\":\"en\"}],\"affected\":[]," REST "}", "cve_missing",
            CNA "/descriptions/0/value");
    refused(a, "{\"descriptions\":[],\"affected\":[{\"versions\":[{\"version\":1}]}]," REST "}",
            "cve_type", CNA "/affected/0/versions/0/version");
    refused(a, "{\"descriptions\":[],\"affected\":[]," REST ",\"metrics\":[{\"cvssV3_1\":{}}]}",
            "cve_missing", CNA "/metrics/0/cvssV3_1/vectorString");
    refused(a, "{\"descriptions\":[],\"affected\":[]," REST ",\"source\":[]}", "cve_type",
            CNA "/source");
}

TEST(what_is_no_record_is_refused)
{
    struct cve_record r;
    struct cve_error e;
    CHECK_ERR(E_INVALID, cve_read(a, S("{\n \"a\": 1,"), &r, &e));
    CHECK_STR(S("json_end"), e.code);
    CHECK_I64(2, e.line);
    CHECK_ERR(E_INVALID, cve_read(a, S("[]"), &r, &e));
    CHECK_STR(S("cve_type"), e.code);
    CHECK_ERR(E_INVALID,
              cve_read(a, S("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"4.0\"}"), &r, &e));
    CHECK_STR(S("/dataVersion"), e.path);
    buf big = {.a = a};
    (void)buf_room(&big, CVE_BODY_MAX + 1);
    big.n = CVE_BODY_MAX + 1;
    CHECK_ERR(E_INVALID, cve_read(a, buf_str(&big), &r, &e));
    CHECK_STR(S("cve_size"), e.code);
}

TEST(identifiers_are_those_of_the_schema)
{
    CHECK(cve_is_id(S("CVE-2026-1234")) && cve_is_id(S("CVE-2026-1234567890123456789")));
    CHECK(!cve_is_id(S("CVE-2026-123")) && !cve_is_id(S("cve-2026-1234")));
    CHECK(!cve_is_id(S("CVE-2026-12345678901234567890")) && !cve_is_id(S("CVE-20261-1234")));
}

/* Every record in the answers that a real service gave. */
TEST(records_of_a_service_are_read)
{
    struct cve_record r;
    struct cve_error e;
    str text = help_file(a, str_fmt(a, "%s/cve/services-transcript.txt", TESTDATA()));
    size_t seen = 0;
    while (text.n > 0) {
        str line = str_cut(&text, '\n');
        ptrdiff_t from = str_find(line, S("{\"dataType\":\"CVE_RECORD\""));
        bool wrapped = from > 0;
        if (from < 0 || !str_has_suffix(line, S("}")))
            continue;
        line = str_sub(line, (size_t)from, line.n - (size_t)from - (wrapped ? 1 : 0));
        CHECK_ERR(OK, cve_read(a, line, &r, &e));
        CHECK(r.descriptions.n == 1 || r.reasons.n == 1);
        CHECK_STR(S("window_1"), r.provider_name);
        seen++;
    }
    CHECK(seen >= 5);
}
