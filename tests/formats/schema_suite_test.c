/* schema_suite_test.c - the schema compiler and walker on the JSON Schema Test Suite, as Debian
 * packs it: Draft 2020-12, and Draft 7 for the CVE schema's sake. */
#include "formats/schema.h"
#include "t.h"

#include <dirent.h>

#define SUITE "/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance"

/* What is refused on purpose, and why. */
static const struct {
    const char *file, *about, *why;
} refused[] = {
    {"bignum.json", "", "JSON numbers outside i64 and double are refused by the reader"},
    {"float-overflow.json", "", "the same"},
    {"cross-draft.json", "", "Draft 2019-09 is not read; no schema here is written in it"},
    {"ecmascript-regex.json", "always use unicode semantics", "\\p{…} is not taken"},
    {"ecmascript-regex.json", "non-ASCII digits", "the same"},
    {"ecmascript-regex.json", "\\a is not", "format is a note in that metaschema"},
    {"unicode.json", "unicode semantics should be used", "the same"},
    {"unicode.json", "non-ASCII digits", "the same"},
    {"definitions.json", "",
     "the metaschema of Draft 7 is not kept: no document is a schema of it"},
    {"ref.json", "remote ref, containing refs itself", "the same"},
};

static size_t agreed, on_purpose, wrong;
static bool draft_07;

static const char *why_refused(const char *file, str about)
{
    for (size_t i = 0; i < COUNT(refused); i++)
        if (strcmp(refused[i].file, file) == 0 && str_find(about, str_z(refused[i].about)) >= 0)
            return refused[i].why;
    return NULL;
}

/* The reader takes no U+0000 in a text; U+0001 serves these tests as well. */
static void replace_nul(char *p, size_t n)
{
    for (char *hit; (hit = memmem(p, n, "\\u0000", 6)) != NULL;)
        hit[5] = '1';
}

static const struct json *read_file(struct arena *a, str path)
{
    FILE *f = fopen(str_to_z(a, path), "rb");
    const struct json *j = NULL;
    struct json_error e = {0};
    if (f == NULL)
        return NULL;
    char *p = NEWS(a, char, 1 << 20);
    size_t n = fread(p, 1, 1 << 20, f);
    (void)fclose(f);
    replace_nul(p, n);
    return json_read(a, (str){p, n}, &j, &e) == OK ? j : NULL;
}

static const struct json *find(struct arena *a, void *arg, str uri)
{
    str at = S("http://localhost:1234/");
    if (str_has_prefix(uri, at))
        return read_file(a, str_fmt(a, SUITE "/remotes/%.*s", SV(str_from(uri, at.n))));
    return schema_kept_source(a, arg, uri);
}

static void count(const char *file, str group, str about, bool want, bool got)
{
    if (want == got) {
        agreed++;
    } else if (why_refused(file, group) != NULL) {
        on_purpose++;
    } else {
        wrong++;
        (void)printf("%s: %.*s: %.*s: want %d\n", file, SV(group), SV(about), want);
    }
}

static void run_group(struct arena *a, const char *file, const struct json *group, bool formats)
{
    struct schema_options options = {.formats = formats, .draft_07 = draft_07, .find = find};
    struct schema_source source = {S("http://localhost:1234/test"), json_get(group, S("schema"))};
    struct schema_refusal why = {0};
    const struct schema *s = NULL;
    const struct json *tests = json_get(group, S("tests"));
    str about = json_get_text(group, S("description"));
    if (schema_make(a, source, &options, &s, &why) != OK) {
        bool fine = why_refused(file, about) != NULL;
        on_purpose += fine ? json_count(tests) : 0;
        wrong += !fine;
        if (!fine)
            (void)printf("%s: %.*s: %.*s %.*s %.*s\n", file, SV(about), SV(why.code), SV(why.path),
                         SV(why.text));
        return;
    }
    for (size_t i = 0; i < json_count(tests); i++) {
        const struct json *t = json_at(tests, i), *data = json_get(t, S("data"));
        struct schema_faults faults = {0};
        bool want = false, got = schema_check(a, s, data, false, &faults);
        CHECK(json_bool(json_get(t, S("valid")), &want));
        CHECK(got == schema_check(a, s, data, false, NULL));
        CHECK(got == (faults.n == 0));
        count(file, about, json_get_text(t, S("description")), want, got);
    }
}

static void run_folder(struct arena *a, const char *folder, bool formats)
{
    DIR *d = opendir(folder);
    CHECK(d != NULL);
    agreed = on_purpose = wrong = 0;
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        if (!str_has_suffix(str_z(e->d_name), S(".json")))
            continue;
        struct arena *one = arena_new();
        const struct json *groups = read_file(one, str_fmt(one, "%s/%s", folder, e->d_name));
        bool fine = groups != NULL || why_refused(e->d_name, S("")) != NULL;
        if (!fine)
            (void)printf("%s: not read\n", e->d_name);
        wrong += !fine;
        for (size_t i = 0; i < json_count(groups); i++)
            run_group(one, e->d_name, json_at(groups, i), formats);
        arena_free(one);
    }
    (void)closedir(d);
    (void)a;
    (void)printf("%s: %zu agree, %zu refused on purpose, %zu wrong\n", folder + sizeof SUITE,
                 agreed, on_purpose, wrong);
    CHECK_I64(0, (i64)wrong);
}

static bool is_there(void)
{
    DIR *d = opendir(SUITE);
    if (d != NULL)
        (void)closedir(d);
    return d != NULL;
}

TEST(draft_2020_12_is_read_as_its_test_suite_says)
{
    if (!is_there())
        SKIP("libtest-json-schema-acceptance-perl is not installed");
    run_folder(a, SUITE "/tests/draft2020-12", false);
    CHECK(agreed > 1000);
}

TEST(what_is_optional_in_draft_2020_12_is_read_or_refused_on_purpose)
{
    if (!is_there())
        SKIP("libtest-json-schema-acceptance-perl is not installed");
    run_folder(a, SUITE "/tests/draft2020-12/optional", false);
}

TEST(draft_7_is_read_as_its_test_suite_says)
{
    if (!is_there())
        SKIP("libtest-json-schema-acceptance-perl is not installed");
    draft_07 = true;
    run_folder(a, SUITE "/tests/draft7", false);
    draft_07 = false;
    CHECK(agreed > 800);
}

TEST(formats_are_what_their_standards_say)
{
    static const char *const ours[] = {"date-time", "date",          "time",
                                       "uri",       "uri-reference", "uuid",
                                       "email",     "json-pointer",  "regex"};
    if (!is_there())
        SKIP("libtest-json-schema-acceptance-perl is not installed");
    agreed = wrong = on_purpose = 0;
    for (size_t i = 0; i < COUNT(ours); i++) {
        str path = str_fmt(a, SUITE "/tests/draft2020-12/optional/format/%s.json", ours[i]);
        const struct json *groups = read_file(a, path);
        CHECK(json_count(groups) > 0);
        for (size_t k = 0; k < json_count(groups); k++)
            run_group(a, ours[i], json_at(groups, k), true);
    }
    (void)printf("formats: %zu agree, %zu wrong\n", agreed, wrong);
    CHECK_I64(0, (i64)wrong);
}
