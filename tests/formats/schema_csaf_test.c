/* schema_csaf_test.c - the kept schemas of CSAF on the official documents and on real ones. */
#include "formats/schema.h"
#include "t.h"

#include <dirent.h>

/* Documents of the standard's test suite whose form is wrong on purpose, and where.  The verdicts
 * were compared once with those of another validator (jsonschema 4.26 for Python, format
 * checked) on all 1,095 documents. */
static const struct wrong {
    const char *name, *path, *keyword;
    bool strict; /* only then */
} wrong[] = {
    {"2_0-2021-6-1-08-01", "/vulnerabilities/0/scores/0/cvss_v3", "required"},
    {"2_0-2021-6-1-08-02", "/vulnerabilities/0/scores/0/cvss_v3", "required"},
    {"2_0-2021-6-1-08-03", "/vulnerabilities/0/scores/0/cvss_v2", "required"},
    {"2_0-2021-6-2-20-01", "/document/custom_property", "additionalProperties", true},
    {"2_1-2024-6-1-07-06", "/vulnerabilities/2/metrics/0/content/cvss_v2/version", "enum"},
    {"2_1-2024-6-1-08-01", "/vulnerabilities/0/metrics/0/content/cvss_v3", "required"},
    {"2_1-2024-6-1-08-02", "/vulnerabilities/0/metrics/0/content/cvss_v3", "required"},
    {"2_1-2024-6-1-08-03", "/vulnerabilities/0/metrics/0/content/cvss_v2", "required"},
    {"2_1-2024-6-1-08-04", "/vulnerabilities/0/metrics/0/content/cvss_v4", "required"},
    {"2_1-2024-6-1-08-05", "/vulnerabilities/0/metrics/0/content/cvss_v4/threatScore",
     "unevaluatedProperties"},
    {"2_1-2024-6-1-08-06", "/vulnerabilities/0/metrics/0/content/cvss_v4/environmentalScore",
     "unevaluatedProperties"},
    {"2_1-2024-6-1-09-05", "/vulnerabilities/0/metrics/0/content/cvss_v4", "anyOf"},
    {"2_1-2024-6-1-37-01", "/document/tracking/current_release_date", "format"},
    {"2_1-2024-6-1-37-02", "/document/tracking/revision_history/0/date", "format"},
    {"2_1-2024-6-1-37-03", "/vulnerabilities/0/disclosure_date", "format"},
    {"2_1-2024-6-1-37-04", "/vulnerabilities/0/discovery_date", "format"},
    {"2_1-2024-6-1-37-05", "/vulnerabilities/0/discovery_date", "format"},
    {"2_1-2024-6-1-37-06", "/vulnerabilities/0/disclosure_date", "format"},
    {"2_1-2024-6-1-46-01", "/vulnerabilities/0/metrics/0/content/ssvc_v2", "required"},
    {"2_1-2024-6-1-46-02", "/vulnerabilities/0/metrics/0/content/ssvc_v2/selections/0/values/0",
     "required"},
    {"2_1-2024-6-1-60-01-01", "/x_extensions/0", "required"},
    {"2_1-2024-6-1-60-01-02", "/x_extensions/0/some_additional_property", "additionalProperties"},
    {"2_1-2024-6-2-20-01", "/vulnerabilities/0/metrics/0/content/cvss_v3/custom_property",
     "additionalProperties", true},
    {"2_1-2024-6-2-20-02", "/vulnerabilities/0/metrics/0/content/cvss_v4/custom_property",
     "unevaluatedProperties"},
};

static str testdata(void)
{
    return str_z(getenv("KAKEHASHI_TESTDATA"));
}

static const struct json *read_file(struct arena *a, str dir, const char *name)
{
    FILE *f = fopen(str_to_z(a, str_fmt(a, "%.*s/%s", SV(dir), name)), "rb");
    const struct json *j = NULL;
    struct json_error e = {0};
    CHECK(f != NULL);
    CHECK(fseek(f, 0, SEEK_END) == 0);
    size_t n = (size_t)ftell(f);
    rewind(f);
    char *p = NEWS(a, char, n + 1);
    CHECK_I64((i64)n, (i64)fread(p, 1, n, f));
    (void)fclose(f);
    if (json_read(a, (str){p, n}, &j, &e) != OK)
        (void)printf("%s: %.*s\n", name, SV(e.code));
    CHECK(j != NULL);
    return j;
}

static const struct wrong *is_wrong(const char *name, bool strict)
{
    for (size_t i = 0; i < COUNT(wrong); i++)
        if (str_find(str_z(name), str_z(wrong[i].name)) >= 0 && (strict || !wrong[i].strict))
            return &wrong[i];
    return NULL;
}

static bool has(const struct schema_faults *f, const struct wrong *w)
{
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->v[i].path, str_z(w->path)) && str_eq(f->v[i].keyword, str_z(w->keyword)))
            return true;
    return false;
}

static void print_faults(const char *name, const struct schema_faults *f)
{
    for (size_t i = 0; i < f->n; i++)
        (void)printf("%s: %.*s %.*s (%.*s)\n", name, SV(f->v[i].path), SV(f->v[i].keyword),
                     SV(f->v[i].expected));
}

static void check_one(struct arena *a, const struct schema *s, str dir, const char *name,
                      bool strict)
{
    struct schema_faults faults = {0};
    const struct json *j = read_file(a, dir, name);
    const struct wrong *w = is_wrong(name, strict);
    bool fits = schema_check(a, s, j, strict, &faults);
    if (fits != (w == NULL) || (w != NULL && !has(&faults, w))) {
        (void)printf("%s: %s\n", name, fits ? "is found to fit" : "has faults:");
        print_faults(name, &faults);
    }
    CHECK(fits == (w == NULL));
    CHECK(fits == (faults.n == 0));
    CHECK(w == NULL || has(&faults, w));
    CHECK(fits == schema_check(a, s, j, strict, NULL));
}

static size_t check_folder(const struct schema *s, str dir)
{
    size_t n = 0;
    struct arena *a = arena_new();
    DIR *d = opendir(str_to_z(a, dir));
    CHECK(d != NULL);
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        str name = str_z(e->d_name);
        struct arena *one = arena_new();
        if (!str_has_suffix(name, S(".json")) || str_has_suffix(name, S(".result.json")))
            name = NO_STR;
        for (int strict = 0; name.p != NULL && strict < 2; strict++, n += (size_t)strict / 2)
            check_one(one, s, dir, e->d_name, strict == 1);
        arena_free(one);
    }
    (void)closedir(d);
    arena_free(a);
    return n;
}

static size_t check_cases(struct arena *a, const struct schema *s, const char *version,
                          const char *second)
{
    size_t n = 0;
    const char *group[] = {"mandatory", second, "informative"};
    for (size_t i = 0; i < COUNT(group); i++)
        n += check_folder(s, str_fmt(a, "%.*s/csaf/%s/validator-tests/data/%s", SV(testdata()),
                                     version, group[i]));
    return n;
}

TEST(official_documents_of_2_0_have_the_form_that_is_said_of_them)
{
    if (testdata().p == NULL)
        SKIP("KAKEHASHI_TESTDATA is not set");
    CHECK_I64(239, (i64)check_cases(a, schema_kept(SCHEMA_CSAF_2_0), "2.0", "optional"));
}

TEST(official_documents_of_2_1_have_the_form_that_is_said_of_them)
{
    if (testdata().p == NULL)
        SKIP("KAKEHASHI_TESTDATA is not set");
    CHECK_I64(856, (i64)check_cases(a, schema_kept(SCHEMA_CSAF_2_1), "2.1", "recommended"));
}

TEST(real_advisories_are_valid_strictly_and_not)
{
    if (testdata().p == NULL)
        SKIP("KAKEHASHI_TESTDATA is not set");
    str dir = str_fmt(a, "%.*s/real-advisories", SV(testdata()));
    CHECK(check_folder(schema_kept(SCHEMA_CSAF_2_0), dir) >= 40);
}
