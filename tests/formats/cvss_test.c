/* cvss_test.c - vectors and scores against the standards' own examples, against published
 * advisories, and against an independent computation of every base vector. */
#include "formats/cvss.h"
#include "formats/json.h"
#include "t.h"

#include <dirent.h>

static struct cvss parsed(str vector)
{
    struct cvss c;
    struct cvss_error e = {0};
    if (cvss_parse(vector, &c, &e) != OK)
        (void)printf("%.*s: %.*s at %zu\n", SV(vector), SV(e.code), e.byte);
    CHECK(e.code.p == NULL);
    return c;
}

static void scored(str vector, int base, int temporal, int environmental, int overall)
{
    struct cvss c = parsed(vector);
    struct cvss_scores s = cvss_scores(&c);
    if (s.base != base || s.overall != overall)
        (void)printf("%.*s\n", SV(vector));
    CHECK_I64(base, s.base);
    CHECK_I64(temporal, s.temporal);
    CHECK_I64(environmental, s.environmental);
    CHECK_I64(overall, s.overall);
}

/* Section 3.3 of the guide. */
TEST(the_examples_of_the_guide_to_2_0_score_as_printed)
{
    scored(S("AV:N/AC:L/Au:N/C:N/I:N/A:C"), 78, -1, -1, 78);
    scored(S("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C"), 78, 64, -1, 64);
    scored(S("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H"), 78, 64, 92,
           92);
    scored(S("AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:L"), 100, 83, 90,
           90);
    scored(S("AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:M"), 62, 49, 75,
           75);
    scored(S("AV:N/AC:L/Au:N/C:N/I:N/A:N"), 0, -1, -1, 0);
}

/* "CVSS v3.1: Examples" of FIRST. */
TEST(the_examples_for_3_1_score_as_printed)
{
    scored(S("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N"), 64, -1, -1, 64);
    scored(S("CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N"), 31, -1, -1, 31);
    scored(S("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H"), 99, -1, -1, 99);
    scored(S("CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L"), 42, -1, -1, 42);
    scored(S("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H"), 88, -1, -1, 88);
    scored(S("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"), 61, -1, -1, 61);
    scored(S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"), 75, -1, -1, 75);
    scored(S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), 98, -1, -1, 98);
    scored(S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"), 0, -1, -1, 0);
}

/* "CVSS v4.0: Examples" of FIRST. */
TEST(the_examples_for_4_0_score_as_printed)
{
    scored(S("CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"), 73, -1, -1, 73);
    scored(S("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"), 77, -1, -1, 77);
    scored(S("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N"), 87, -1, -1, 87);
    scored(S("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H"), 100, -1, -1, 100);
    scored(S("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N/E:A"), 0, -1, -1, 0);
}

TEST(threat_and_environment_change_the_whole_score_of_4_0_and_supplements_do_not)
{
    str base = S("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N");
    struct cvss c = parsed(base);
    CHECK_I64(93, cvss_scores(&c).overall);
    CHECK(cvss_set(&c, S("U"), S("Red")) && cvss_set(&c, S("S"), S("P")));
    CHECK_I64(93, cvss_scores(&c).overall);
    CHECK(cvss_set(&c, S("E"), S("U")));
    CHECK_I64(81, cvss_scores(&c).overall);
    CHECK_I64(93, cvss_scores(&c).base);
    c = parsed(base);
    CHECK(cvss_set(&c, S("MSI"), S("S")));
    CHECK_I64(100, cvss_scores(&c).overall);
    CHECK(!cvss_set(&c, S("SI"), S("S")) && !cvss_set(&c, S("XY"), S("S")));
}

/* 5.0 × 0.92 is 4.6 and nothing above it; 3.0 × 0.95 is 2.85 and nothing below it. */
TEST(no_score_depends_on_how_a_machine_stores_a_fraction)
{
    scored(S("CVSS:3.0/AV:L/AC:H/PR:L/UI:R/S:U/C:H/I:N/A:L/RC:U"), 50, 46, -1, 46);
    scored(S("CVSS:3.1/AV:L/AC:H/PR:L/UI:R/S:U/C:H/I:N/A:L/RC:U"), 50, 46, -1, 46);
    scored(S("AV:L/AC:M/Au:S/C:P/I:N/A:P/RC:UR"), 30, 29, -1, 29);
    scored(S("CVSS:4.0/AV:L/AC:H/AT:N/PR:H/UI:N/VC:N/VI:H/VA:L/SC:L/SI:N/SA:N"), 57, -1, -1, 57);
}

/* Modified metrics, in 3.1 with its own exponent where the scope changes. */
TEST(environments_of_3_x_score_as_an_independent_computation_has_them)
{
    scored(
        S("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:L/A:N/E:F/RL:X/RC:X/CR:M/AR:L/MAV:L/MAC:H/MUI:N"
          "/MS:C/MC:N/MI:H/MA:H"),
        40, 39, 67, 67);
    scored(S("CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:N/I:N/A:L/E:F/RL:W/RC:R/CR:H/IR:L/AR:M/MAV:L/MAC:X"
             "/MPR:L/MUI:N/MS:C/MC:X/MI:L/MA:L"),
           22, 20, 32, 32);
    scored(S("CVSS:3.1/AV:A/AC:L/PR:H/UI:R/S:C/C:L/I:H/A:N/E:P/RL:U/IR:M/AR:M/MAV:L/MS:C/MA:X"), 65,
           62, 60, 60);
    scored(
        S("CVSS:3.1/AV:A/AC:H/PR:L/UI:N/S:C/C:L/I:H/A:N/E:P/CR:L/IR:X/AR:L/MAC:L/MS:U/MI:L/MA:X"),
        65, 62, 39, 39);
    scored(S("CVSS:3.0/AV:P/AC:L/PR:N/UI:R/S:U/C:L/I:N/A:L/E:U/CR:H/AR:X/MPR:L/MUI:N/MS:C/MI:L"
             "/MA:N"),
           32, 30, 41, 41);
    scored(S("CVSS:3.0/AV:P/AC:L/PR:H/UI:R/S:U/C:N/I:N/A:L/E:P/CR:X/AR:M/MAV:N/MAC:L/MS:C/MC:X"),
           17, 16, 32, 32);
}

/* FNV-1a over the base scores of all vectors, the last metric fastest, values in the order of
 * the tables; compared once, vector by vector, with npm's ae-cvss-calculator 1.0.13. */
static uint64_t digest(enum cvss_version version, i64 *count, i64 *sum)
{
    size_t n, base = 0;
    const struct cvss_metric *m = cvss_metrics(version, &n);
    struct cvss c = {.version = version};
    uint64_t h = 14695981039346656037u;
    unsigned char values[CVSS_METRICS];
    for (; base < n && m[base].group == CVSS_BASE; base++) {
        values[base] = (unsigned char)((m[base].values.n + 1) / 2);
        c.value[base] = 1;
    }
    for (size_t at = base; at > 0;) {
        int score = cvss_scores(&c).base;
        h = (h ^ (uint64_t)score) * 1099511628211u;
        *sum += score;
        ++*count;
        for (at = base; at > 0 && ++c.value[at - 1] > values[at - 1]; at--)
            c.value[at - 1] = 1;
    }
    return h;
}

TEST(every_base_vector_scores_as_an_independent_computation_has_it)
{
    static const struct {
        i64 count, sum;
        uint64_t digest;
    } want[CVSS_VERSIONS] = {
        {729, 38007, 12545463005567919016u},
        {2592, 142706, 16615685435724361481u},
        {2592, 142706, 16615685435724361481u},
        {104976, 5964883, 6764123788490301914u},
    };
    for (int v = 0; v < CVSS_VERSIONS; v++) {
        i64 count = 0, sum = 0;
        uint64_t got = digest((enum cvss_version)v, &count, &sum);
        CHECK_I64(want[v].count, count);
        CHECK_I64(want[v].sum, sum);
        CHECK(want[v].digest == got);
    }
}

static void wrong(str vector, str code, size_t byte, str got)
{
    struct cvss c;
    struct cvss_error e;
    CHECK_ERR(E_INVALID, cvss_parse(vector, &c, &e));
    CHECK_STR(code, e.code);
    CHECK_I64((i64)byte, (i64)e.byte);
    CHECK_STR(got, e.got);
}

TEST(bad_vectors_say_what_is_wrong_and_where)
{
    wrong(S(""), S("cvss_syntax"), 0, S(""));
    wrong(S("x"), S("cvss_syntax"), 0, S("x"));
    wrong(S("CVSS:3.2/AV:N"), S("cvss_version"), 5, S("3.2"));
    wrong(S("CVSS:2.0/AV:N/AC:L/Au:N/C:N/I:N/A:C"), S("cvss_version"), 5, S("2.0"));
    wrong(S("cvss:3.1/AV:N"), S("cvss_metric"), 0, S("cvss"));
    wrong(S("CVSS:3.1"), S("cvss_syntax"), 8, S(""));
    wrong(S("CVSS:3.1/"), S("cvss_syntax"), 9, S(""));
    wrong(S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H"), S("cvss_missing"), 40, S("A"));
    wrong(S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/"), S("cvss_syntax"), 45, S(""));
    wrong(S("CVSS:3.1/AV:N//AC:L"), S("cvss_syntax"), 14, S(""));
    wrong(S("CVSS:3.1/AV:Q/AC:L"), S("cvss_value"), 12, S("Q"));
    wrong(S("CVSS:3.1/AV:/AC:L"), S("cvss_value"), 12, S(""));
    wrong(S("CVSS:3.1/AV:N/AT:N"), S("cvss_metric"), 14, S("AT"));
    wrong(S("CVSS:3.1/AV:N/AV:N"), S("cvss_duplicate"), 14, S("AV"));
    wrong(S("CVSS:3.1/AV:N/av:n"), S("cvss_metric"), 14, S("av"));
    wrong(S("CVSS:4.0/AC:L/AV:N"), S("cvss_order"), 14, S("AV"));
    wrong(S("CVSS:3.1/AV:N:N/AC:L"), S("cvss_value"), 12, S("N:N"));
    wrong(S("(AV:N/AC:L/Au:N/C:N/I:N/A:C)"), S("cvss_metric"), 0, S("(AV"));
    wrong(S("CVSS:3.1/AV:N\0/AC:L"), S("cvss_value"), 12, S("N\0"));
}

TEST(metrics_may_come_in_any_order_before_4_0_and_are_written_in_the_standards)
{
    struct cvss c = parsed(S("CVSS:3.1/C:H/S:U/UI:N/PR:N/AC:L/AV:N/E:X/A:H/I:H/MAV:L/RL:O"));
    CHECK(!c.ordered);
    CHECK_STR(S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/RL:O/MAV:L"), cvss_vector(a, &c));
    str four =
        S("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P/MSI:S/U:Amber");
    c = parsed(four);
    CHECK(c.ordered);
    CHECK_STR(four, cvss_vector(a, &c));
    str two = S("AV:N/AC:L/Au:N/C:N/I:N/A:C/E:POC/TD:L");
    c = parsed(two);
    CHECK_STR(two, cvss_vector(a, &c));
    CHECK_STR(S("POC"), cvss_value(&c, S("E")));
    CHECK_STR(NO_STR, cvss_value(&c, S("RL")));
    CHECK_STR(NO_STR, cvss_value(&c, S("nope")));
}

TEST(severities_change_at_the_bounds_of_the_standards)
{
    static const struct {
        int tenths;
        enum cvss_severity three, two;
    } bounds[] = {{0, CVSS_NONE, CVSS_LOW},       {1, CVSS_LOW, CVSS_LOW},
                  {39, CVSS_LOW, CVSS_LOW},       {40, CVSS_MEDIUM, CVSS_MEDIUM},
                  {69, CVSS_MEDIUM, CVSS_MEDIUM}, {70, CVSS_HIGH, CVSS_HIGH},
                  {89, CVSS_HIGH, CVSS_HIGH},     {90, CVSS_CRITICAL, CVSS_HIGH},
                  {100, CVSS_CRITICAL, CVSS_HIGH}};
    for (size_t i = 0; i < COUNT(bounds); i++) {
        CHECK(cvss_severity(CVSS_2_0, bounds[i].tenths) == bounds[i].two);
        CHECK(cvss_severity(CVSS_3_0, bounds[i].tenths) == bounds[i].three);
        CHECK(cvss_severity(CVSS_4_0, bounds[i].tenths) == bounds[i].three);
    }
    CHECK_STR(S("critical"), cvss_severity_text(CVSS_CRITICAL));
    CHECK_STR(S("3.1"), cvss_version_text(CVSS_3_1));
}

static str slurp(struct arena *a, str path)
{
    FILE *f = fopen(str_to_z(a, path), "rb");
    CHECK(f != NULL);
    buf b = {.a = a};
    for (size_t n = 1; n > 0; b.n += n)
        n = fread(buf_room(&b, 65536), 1, 65536, f);
    (void)fclose(f);
    return buf_str(&b);
}

static size_t check_published(const struct json *advisory)
{
    size_t n = 0;
    const struct json *vulnerabilities = json_get(advisory, S("vulnerabilities"));
    for (size_t i = 0; i < json_count(vulnerabilities); i++) {
        const struct json *scores = json_get(json_at(vulnerabilities, i), S("scores"));
        for (size_t k = 0; k < json_count(scores); k++) {
            const struct json *s = json_get(json_at(scores, k), S("cvss_v3"));
            double base = -1;
            CHECK(json_double(json_get(s, S("baseScore")), &base));
            struct cvss c = parsed(json_get_text(s, S("vectorString")));
            CHECK_I64((i64)(base * 10 + 0.5), cvss_scores(&c).base);
            str severity = cvss_severity_text(cvss_severity(c.version, cvss_scores(&c).base));
            CHECK(str_eq_nocase(severity, json_get_text(s, S("baseSeverity"))));
            n++;
        }
    }
    return n;
}

TEST(published_advisories_have_the_scores_that_we_compute)
{
    str folder = str_fmt(a, "%s/real-advisories", TESTDATA());
    DIR *d = opendir(str_to_z(a, folder));
    CHECK(d != NULL);
    size_t seen = 0;
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        const struct json *j;
        struct json_error fault;
        if (!str_has_suffix(str_z(e->d_name), S(".json")))
            continue;
        str text = slurp(a, str_fmt(a, "%.*s/%s", SV(folder), e->d_name));
        CHECK_ERR(OK, json_read(a, text, &j, &fault));
        seen += check_published(j);
    }
    (void)closedir(d);
    CHECK(seen > 150);
}
