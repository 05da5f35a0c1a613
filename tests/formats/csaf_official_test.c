/* csaf_official_test.c - the official test documents of CSAF: who fires where.
 *
 * A case is right when its test fires exactly if the case is one of its failing documents,
 * also when an element that means nothing is added, and at the places that the case's result
 * file names, if it has one.  All cases of all tests of the table must be right, but for those
 * that csaf_exceptions.tsv lists with the reason.  With KAKEHASHI_CSAF_TEST="2.1 6.1.8" set,
 * says what that test finds in its documents. */
#include "formats/csaf_check.h"
#include "formats/tsv.h"
#include "gen/words.h"
#include "t.h"

struct counts {
    size_t tests, tests_made, tests_right, cases, cases_right, whole_right;
};

struct run {
    struct arena *a;
    enum csaf_version version;
    str dir;     /* of the documents */
    str verbose; /* the test whose findings are printed; or absent */
    struct counts counts;
    struct strs exceptions; /* "2.1 mandatory/name.json" */
    struct {
        VEC(struct csaf_extension)
    } extensions;
};

static str read_whole(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return NO_STR;
    buf b = {.a = a};
    char some[16384];
    for (size_t n = 1; n > 0;) {
        n = fread(some, 1, sizeof some, f);
        buf_put(&b, (str){some, n});
    }
    (void)fclose(f);
    return buf_str(&b);
}

static const struct json *read_json(struct arena *a, str text)
{
    const struct json *j = NULL;
    struct json_error error;
    CHECK_ERR(OK, json_read(a, text, &j, &error));
    return j;
}

static str benign(bool note)
{
    return note ? S("{\"category\":\"other\",\"text\":\"benign\"}") : S("{\"title\":\"benign\"}");
}

static void put_list(struct json_out *o, const struct json *list, bool first, bool note)
{
    json_put_array(o);
    if (first)
        json_put_raw(o, benign(note));
    EACH (item, list)
        json_put_json(o, item);
    if (!first)
        json_put_raw(o, benign(note));
    json_put_end(o);
}

/* The members of an object; of one, a list, with something that means nothing added to it. */
static void put_with(struct json_out *o, const struct json *object, str member, bool first)
{
    bool note = str_eq(member, S("notes"));
    for (size_t i = 0; i < json_count(object); i++) {
        json_put_key(o, json_key(object, i));
        if (str_eq(json_key(object, i), member) && json_is(json_value(object, i), JSON_IS_ARRAY))
            put_list(o, json_value(object, i), first, note);
        else
            json_put_json(o, json_value(object, i));
    }
    if (json_get(object, member) == NULL) {
        json_put_key(o, member);
        put_list(o, NULL, first, note);
    }
}

/* The document with a vulnerability that says nothing more, or, where there are none, with
 * such a note. */
static const struct json *with_benign(struct arena *a, const struct json *document, bool first)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    if (json_is(json_get(document, S("vulnerabilities")), JSON_IS_ARRAY)) {
        put_with(&o, document, S("vulnerabilities"), first);
    } else {
        for (size_t i = 0; i < json_count(document); i++) {
            bool document_part = str_eq(json_key(document, i), S("document"));
            json_put_key(&o, json_key(document, i));
            if (document_part) {
                json_put_object(&o);
                put_with(&o, json_value(document, i), S("notes"), first);
                json_put_end(&o);
            } else {
                json_put_json(&o, json_value(document, i));
            }
        }
    }
    json_put_end(&o);
    return read_json(a, buf_str(&b));
}

static bool is_made(enum csaf_version version, str id)
{
    struct csaf_choice c = {0};
    return csaf_choose_test(&c, version, id);
}

/* What the documents of 6.3.6 to 6.3.8 and 6.3.16 take for granted of the world. */
static bool resolves([[maybe_unused]] void *arg, str url)
{
    return !str_eq(url, S("https://example.invalid")) && !str_has_suffix(url, S("/not-available"));
}

static bool speaks([[maybe_unused]] void *arg, str lang)
{
    return str_eq(lang, S("en"));
}

static str misspelt([[maybe_unused]] void *arg, [[maybe_unused]] str lang, str text)
{
    static const str words[] = {S_INIT("Secruity"), S_INIT("Pruduct"), S_INIT("Produkt"),
                                S_INIT("combonent")};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_find(text, words[i]) >= 0)
            return words[i];
    return NO_STR;
}

static str ungrammatical([[maybe_unused]] void *arg, [[maybe_unused]] str lang, str text)
{
    return str_find(text, S("must followed")) >= 0 ? S("must followed") : NO_STR;
}

static const struct csaf_outside outside = {resolves, speaks, misspelt, ungrammatical, NULL};
enum { TESTED_ON = 1780000000 }; /* in 2026 */

static bool fires(const struct run *run, struct arena *a, const struct json *document, str id,
                  struct csaf_report *r)
{
    struct csaf_choice one = {.now = TESTED_ON * (i64)1000,
                              .outside = &outside,
                              .extensions = run->extensions.v,
                              .nextensions = run->extensions.n};
    CHECK(csaf_choose_test(&one, run->version, id));
    csaf_validate(a, document, &one, r);
    bool any = false;
    for (size_t i = 0; i < r->findings.n; i++)
        any = any || (str_eq(r->findings.v[i].test, id) &&
                      r->findings.v[i].group == csaf_group_of(id)); /* not a mere warning */
    return any;
}

static bool has_words(struct arena *a, const struct csaf_finding *f)
{
    enum word w;
    bool both = word_find(str_fmt(a, "csaf_%.*s", SV(f->word)), &w) &&
                word_find(str_fmt(a, "csaf_%.*s_mend", SV(f->word)), &w);
    if (!both)
        (void)printf("no words csaf_%.*s and csaf_%.*s_mend in po/\n", SV(f->word), SV(f->word));
    return both;
}

static bool names(const struct csaf_report *r, str test, str path)
{
    for (size_t i = 0; i < r->findings.n; i++)
        if (str_eq(r->findings.v[i].test, test) && str_eq(r->findings.v[i].path, path))
            return true;
    return false;
}

static bool expects(const struct json *list, str path)
{
    EACH (e, list)
        if (str_eq(json_get_text(e, S("instance_path")), path))
            return true;
    return false;
}

/* Whether the places are those of the result file: errors of mandatory tests, warnings of
 * recommended and infos of informative ones. */
static bool same_places(const struct csaf_report *r, const struct json *result, str id)
{
    static const str lists[CSAF_GROUPS] = {[CSAF_MANDATORY] = S_INIT("errors"),
                                           [CSAF_RECOMMENDED] = S_INIT("warnings"),
                                           [CSAF_INFORMATIVE] = S_INIT("infos")};
    const struct json *errors = json_get(result, lists[csaf_group_of(id)]);
    bool same = true;
    EACH (e, errors)
        same = same && names(r, id, json_get_text(e, S("instance_path")));
    for (size_t i = 0; i < r->findings.n; i++)
        if (str_eq(r->findings.v[i].test, id))
            same = same && expects(errors, r->findings.v[i].path);
    return same;
}

static void print_findings(const struct csaf_report *r, str id)
{
    for (size_t i = 0; i < r->findings.n; i++) {
        const struct csaf_finding *f = &r->findings.v[i];
        if (str_eq(f->test, id))
            (void)printf("    %.*s %.*s [%.*s] [%.*s] [%.*s]\n", SV(f->path), SV(f->word),
                         SV(f->arg[0]), SV(f->arg[1]), SV(f->arg[2]));
    }
}

static const struct json *read_document(struct run *run, struct arena *a, str name)
{
    const char *path = str_to_z(a, str_fmt(a, "%.*s/%.*s", SV(run->dir), SV(name)));
    return read_json(a, read_whole(a, path));
}

static bool all_have_words(struct arena *a, const struct csaf_report *r)
{
    bool all = true;
    for (size_t i = 0; i < r->findings.n; i++)
        all = has_words(a, &r->findings.v[i]) && all;
    return all;
}

/* Whether the other tests that the result file names fire at its places. */
static bool same_others(struct run *run, struct arena *a, const struct json *document,
                        const struct json *result)
{
    EACH (other, json_get(result, S("secondary_results"))) {
        str id = json_get_text(other, S("id"));
        struct csaf_report r;
        if (!is_made(run->version, id))
            continue;
        (void)fires(run, a, document, id, &r);
        if (!same_places(&r, other, id))
            return false;
    }
    return true;
}

/* What a failing document must show besides. */
static const char *judge_failing(struct run *run, struct arena *a, str id,
                                 const struct json *document)
{
    struct csaf_report more;
    if (!fires(run, a, with_benign(a, document, false), id, &more))
        return "is silent before an element that means nothing";
    if (!fires(run, a, with_benign(a, document, true), id, &more))
        return "is silent behind an element that means nothing";
    return NULL;
}

/* Why the case is wrong; NULL: it is right. */
static const char *judge(struct run *run, struct arena *a, str id, const struct json *entry,
                         bool should)
{
    str name = json_get_text(entry, S("name")), result = json_get_text(entry, S("result"));
    const struct json *document = read_document(run, a, name);
    struct csaf_report r;
    bool fired = fires(run, a, document, id, &r);
    if (str_eq(run->verbose, id)) {
        (void)printf("  %.*s %s\n", SV(name), should ? "fails" : "passes");
        print_findings(&r, id);
    }
    if (fired != should)
        return should ? "is silent" : "fires";
    if (!all_have_words(a, &r))
        return "has no words";
    const char *why = should ? judge_failing(run, a, id, document) : NULL;
    if (why != NULL || result.p == NULL)
        return why;
    const struct json *expected = read_document(run, a, result);
    return same_places(&r, json_get(expected, S("primary_result")), id) &&
                   same_others(run, a, document, expected)
               ? NULL
               : "names other places";
}

static bool is_excepted(struct run *run, str name)
{
    str key = str_fmt(run->a, "%.*s %.*s", SV(csaf_version_name(run->version)), SV(name));
    for (size_t i = 0; i < run->exceptions.n; i++)
        if (str_eq(run->exceptions.v[i], key))
            return true;
    return false;
}

/* Whether schema (as published) and mandatory tests say of the document what its entry says. */
static bool same_verdict(struct run *run, struct arena *a, const struct json *entry)
{
    struct csaf_choice c = {
        .published = true, .extensions = run->extensions.v, .nextensions = run->extensions.n};
    struct csaf_report r;
    bool valid = false;
    CHECK(csaf_choose(&c, S("basic")) && json_bool(json_get(entry, S("valid")), &valid));
    csaf_validate(a, read_document(run, a, json_get_text(entry, S("name"))), &c, &r);
    return r.valid == valid;
}

/* The verdict on the whole, which is listed by "verdict NAME" where it contradicts. */
static bool run_verdict(struct run *run, struct arena *a, const struct json *entry)
{
    str name = json_get_text(entry, S("name"));
    bool same = same_verdict(run, a, entry);
    bool excepted = is_excepted(run, str_fmt(a, "verdict %.*s", SV(name)));
    run->counts.whole_right += same;
    if (same == excepted)
        (void)printf("CSAF %.*s: the verdict on %.*s %s\n", SV(csaf_version_name(run->version)),
                     SV(name), same ? "is no exception any more" : "is another");
    return same != excepted;
}

/* False: something is wrong that no exception explains. */
static bool run_cases(struct run *run, str id, const struct json *cases, bool should, size_t *right)
{
    bool good = true;
    EACH (entry, cases) {
        struct arena *a = arena_new();
        const char *why = judge(run, a, id, entry, should);
        str name = json_get_text(entry, S("name"));
        bool excepted = is_excepted(run, name);
        if (why == NULL)
            (*right)++;
        else
            (void)printf("CSAF %.*s %.*s %s in %.*s%s\n", SV(csaf_version_name(run->version)),
                         SV(id), why, SV(name), excepted ? " (as csaf_exceptions.tsv says)" : "");
        good = good && (why != NULL) == excepted;
        good = run_verdict(run, a, entry) && good;
        if (why == NULL && excepted)
            (void)printf("%.*s is right: it is no exception any more\n", SV(name));
        arena_free(a);
    }
    return good;
}

static bool run_all(struct run *run, const struct json *tests)
{
    bool good = true;
    EACH (t, tests) {
        str id = json_get_text(t, S("id"));
        const struct json *failures = json_get(t, S("failures")), *valid = json_get(t, S("valid"));
        size_t right = 0, all = json_count(failures) + json_count(valid);
        run->counts.tests++;
        run->counts.cases += all;
        if (!is_made(run->version, id))
            continue;
        run->counts.tests_made++;
        good = run_cases(run, id, failures, true, &right) && good;
        good = run_cases(run, id, valid, false, &right) && good;
        run->counts.cases_right += right;
        run->counts.tests_right += right == all;
    }
    return good;
}

static void read_exceptions(struct run *run)
{
    static const str columns[] = {S_INIT("version"), S_INIT("document"), S_INIT("why")};
    struct tsv t;
    struct tsv_fault f;
    CHECK_ERR(OK, tsv_read(run->a, read_whole(run->a, "tests/formats/csaf_exceptions.tsv"), columns,
                           COUNT(columns), &t, &f));
    str *keys = NEWS(run->a, str, t.n + 1);
    for (size_t i = 0; i < t.n; i++)
        keys[i] = str_fmt(run->a, "%.*s %.*s", SV(t.rows[i].cells[0]), SV(t.rows[i].cells[1]));
    run->exceptions = (struct strs){keys, t.n};
}

/* Those beside the official documents. */
static void read_extensions(struct run *run, const char *dir)
{
    static const char *const names[] = {"invalid/documentation-01", "invalid/documentation-02",
                                        "valid/documentation-11", "valid/documentation-12",
                                        "valid/documentation-13"};
    struct arena *a = run->a;
    for (size_t i = 0; i < COUNT(names); i++) {
        str at = str_fmt(a, "%s/csaf/2.1/extra/extension/data/%s/%s", dir, names[i],
                         strchr(names[i], '/') + 1);
        str content = read_whole(a, str_to_z(a, str_fmt(a, "%.*s-content_1.0.0.json", SV(at))));
        str metadata = read_whole(a, str_to_z(a, str_fmt(a, "%.*s-metadata_1.0.0.json", SV(at))));
        struct csaf_extension e = {.content = read_json(a, content),
                                   .metadata = read_json(a, metadata)};
        e.uri = json_get_text(e.content, S("$id"));
        *PUSH(a, &run->extensions) = e;
    }
}

static void run_version(struct arena *a, enum csaf_version version, const char *dir)
{
    struct run run = {.a = a, .version = version};
    str wanted = str_z(getenv("KAKEHASHI_CSAF_TEST"));
    str v = csaf_version_name(version);
    if (str_eq(str_cut(&wanted, ' '), v))
        run.verbose = wanted;
    run.dir = str_fmt(a, "%s/csaf/%.*s/validator-tests/data", dir, SV(v));

    str list = read_whole(a, str_to_z(a, str_fmt(a, "%.*s/testcases.json", SV(run.dir))));
    read_exceptions(&run);
    read_extensions(&run, dir);
    bool good = run_all(&run, json_get(read_json(a, list), S("tests")));
    (void)printf("CSAF %.*s: %zu of %zu official cases right; %zu of %zu tests made, %zu right\n",
                 SV(v), run.counts.cases_right, run.counts.cases, run.counts.tests_made,
                 run.counts.tests, run.counts.tests_right);
    (void)printf("CSAF %.*s: %zu verdicts as stated\n", SV(v), run.counts.whole_right);
    CHECK(good);
}

TEST(the_official_cases_of_2_0_are_right)
{
    run_version(a, CSAF_2_0, TESTDATA());
}

TEST(the_official_cases_of_2_1_are_right)
{
    run_version(a, CSAF_2_1, TESTDATA());
}
