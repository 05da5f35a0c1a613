/* library_test.c - what is read of others' advisories, and what is refused and where. */
#include "t.h"

#include "base/time.h"
#include "formats/library.h"

#include <dirent.h>

enum { NOW_S = 1793581200 };

static enum err read_text(struct arena *a, str text, struct library_read *out,
                          struct library_refusal *why)
{
    return library_read(a, text, (i64)NOW_S * SECOND, out, why);
}

static struct library_entry one(struct arena *a, const char *text)
{
    struct library_read r;
    struct library_refusal why;
    enum err e = read_text(a, str_z(text), &r, &why);
    if (e != OK)
        (void)printf("%.*s at %.*s\n", SV(why.code), SV(why.place));
    CHECK_ERR(OK, e);
    CHECK_I64(1, (i64)r.entries.n);
    return r.entries.v[0];
}

#define HEAD                                                                                       \
    "{\"document\":{\"category\":\"csaf_vex\",\"csaf_version\":\"2.0\",\"lang\":\"ja\","           \
    "\"title\":\"ルータの脆弱性\",\"distribution\":{\"tlp\":{\"label\":\"WHITE\"}},"        \
    "\"publisher\":{\"category\":\"vendor\",\"name\":\"Mihon\",\"namespace\":\"https://mihon."     \
    "example\"},\"notes\":[{\"category\":\"general\",\"text\":\"later\"},{\"category\":"           \
    "\"summary\","                                                                                 \
    "\"text\":\" An overflow. \"}],\"references\":[{\"category\":\"self\",\"summary\":\"the "      \
    "page\","                                                                                      \
    "\"url\":\"https://mihon.example/sa/1\"},{\"url\":\"javascript:alert(1)\"}],"                  \
    "\"tracking\":{\"id\":\"MSA-1\",\"version\":\"2\",\"status\":\"final\",\"aliases\":[\"X-9\"]," \
    "\"initial_release_date\":\"2026-01-02T00:00:00Z\","                                           \
    "\"current_release_date\":\"2026-01-03T09:00:00+09:00\"}}"

TEST(a_csaf_document_is_told_in_the_words_of_the_library)
{
    struct library_entry e = one(
        a, HEAD ",\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"Mihon\","
                "\"branches\":[{\"category\":\"product_name\",\"name\":\"Router\",\"branches\":["
                "{\"category\":\"product_version\",\"name\":\"1\",\"product\":{\"product_id\":"
                "\"A\",\"name\":\"Router 1\"}}]}]}]},"
                "\"vulnerabilities\":[{\"cve\":\"CVE-2026-1234\",\"cwe\":{\"id\":\"CWE-79\","
                "\"name\":\"x\"},\"title\":\"T\",\"scores\":[{\"products\":[\"A\"],\"cvss_v3\":"
                "{\"version\":\"3.1\",\"vectorString\":"
                "\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}}]},{\"cve\":"
                "\"CVE-2026-1234\",\"ids\":[{\"system_name\":\"s\",\"text\":\"BUG-7\"}]}]}");
    CHECK_STR(S("csaf20"), e.kind);
    CHECK_STR(S("https://mihon.example"), e.publisher);
    CHECK_STR(S("MSA-1"), e.id);
    CHECK_STR(S("CLEAR"), e.tlp);
    CHECK_STR(S("An overflow."), e.summary);
    CHECK_STR(S("https://mihon.example/sa/1"), e.url);
    CHECK_I64(1, (i64)e.nlinks);
    CHECK_I64(1767312000000, e.released.v);
    CHECK_I64(1767398400000, e.updated.v);
    CHECK_I64(1, (i64)e.cves.n);
    CHECK_STR(S("CVE-2026-1234"), e.cves.v[0]);
    CHECK_STR(S("CWE-79"), e.cwes.v[0]);
    CHECK_I64(2, (i64)e.others.n);
    CHECK_I64(98, e.score);
    CHECK_I64(1, (i64)e.nproducts);
    CHECK_STR(S("Router"), e.products[0].name);
    CHECK_STR(S("Mihon"), e.products[0].vendor);
    CHECK(e.findings > 0); /* no product status, no revision history */
    CHECK(library_is_open(&e));
}

TEST(a_document_of_2_1_has_its_scores_in_metrics)
{
    struct library_entry e = one(
        a,
        "{\"document\":{\"csaf_version\":\"2.1\",\"title\":\"t\",\"distribution\":{\"tlp\":{"
        "\"label\":\"AMBER+STRICT\"}},\"publisher\":{\"name\":\"n\",\"namespace\":\"https://x\"},"
        "\"tracking\":{\"id\":\"i\"}},\"vulnerabilities\":[{\"cwes\":[{\"id\":\"CWE-20\"}],"
        "\"metrics\":[{\"content\":{\"cvss_v4\":{\"vectorString\":\"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/"
        "UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N\"}}}]}]}");
    CHECK_STR(S("csaf21"), e.kind);
    CHECK_STR(S("CWE-20"), e.cwes.v[0]);
    CHECK_I64(93, e.score);
    CHECK_STR(S("AMBER+STRICT"), e.tlp);
    CHECK(!library_is_open(&e) && !e.updated.is);
}

static void refused(struct arena *a, const char *text, const char *code, const char *place)
{
    struct library_read r;
    struct library_refusal why;
    CHECK_ERR(E_INVALID, read_text(a, str_z(text), &r, &why));
    CHECK_STR(str_z(code), why.code);
    CHECK_STR(str_z(place), why.place);
}

TEST(what_does_not_say_who_published_what_is_refused_with_its_place)
{
    refused(a, "", "library_format", "");
    refused(a, "hello", "library_format", "");
    refused(a, "{}", "library_format", "/document");
    refused(a, "{\"document\":[]}", "library_format", "/document");
    refused(a, "{\"document\":{}}", "library_no_id", "/document/tracking/id");
    refused(a, "{\"document\":{\"tracking\":{\"id\":7}}}", "library_no_id",
            "/document/tracking/id");
    refused(a, "{\"document\":{\"tracking\":{\"id\":\"a\"}}}", "library_no_publisher",
            "/document/publisher/namespace");
    refused(a,
            "{\"document\":{\"tracking\":{\"id\":\"a\"},\"publisher\":{\"namespace\":\"b\"},"
            "\"title\":{}}}",
            "library_no_title", "/document/title");
    refused(a, "{\"document\":{\"a\":1,\n\"a\":2}}", "json_duplicate", "2:1");
    refused(a, "{\"document\":{\"title\":\"\xff\"}}", "json_utf8", "1:23");
    refused(a, "{\"document\":", "json_end", "1:13");
    refused(a, "<rdf><a></rdf>", "library_xml", "1");
    refused(a, "<html/>", "library_format", "");
}

TEST(a_deep_and_a_huge_document_are_refused)
{
    struct library_read r;
    struct library_refusal why;
    buf deep = {.a = a}, huge = {.a = a};
    for (int i = 0; i < 100000; i++)
        buf_put(&deep, S("{\"a\":"));
    CHECK_ERR(E_INVALID, read_text(a, buf_str(&deep), &r, &why));
    CHECK_STR(S("json_depth"), why.code);
    (void)memset(buf_room(&huge, (size_t)100 << 20), ' ', (size_t)100 << 20);
    huge.n = (size_t)100 << 20;
    CHECK_ERR(E_INVALID, read_text(a, buf_str(&huge), &r, &why));
    CHECK_STR(S("library_large"), why.code);
}

/* Ten thousand products and as many CVEs: told within limits, counted whole. */
TEST(ten_thousand_products_are_counted_and_some_told)
{
    buf b = {.a = a};
    struct library_read r;
    struct library_refusal why;
    buf_put(&b, S(HEAD ",\"product_tree\":{\"full_product_names\":["));
    for (int i = 0; i < 10000; i++)
        buf_putf(&b, "%s{\"product_id\":\"P%d\",\"name\":\"Product %d\"}", i ? "," : "", i, i);
    buf_put(&b, S("]},\"vulnerabilities\":["));
    for (int i = 0; i < 10000; i++)
        buf_putf(&b, "%s{\"cve\":\"CVE-2026-%d\"}", i ? "," : "", 10000 + i);
    size_t there = b.n;
    buf_put(&b, S("]}"));
    CHECK_ERR(OK, read_text(a, buf_str(&b), &r, &why));
    CHECK_I64(LIBRARY_PRODUCTS, (i64)r.entries.v[0].nproducts);
    CHECK_I64(10000, (i64)r.entries.v[0].allproducts);
    CHECK_I64(10000, (i64)r.entries.v[0].cves.n);
    b.n = there;
    buf_put(&b, S(",{\"cve\":\"CVE-2026-99999\"}]}"));
    CHECK_ERR(E_INVALID, read_text(a, buf_str(&b), &r, &why));
    CHECK_STR(S("library_cves"), why.code);
}

TEST(wrong_types_everywhere_are_harmless)
{
    static const char *const kinds[] = {"null", "7", "\"x\"", "[]", "{}", "[null]", "[[7]]"};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        str head = str_sub(S(HEAD), 0, sizeof HEAD - 2);
        str text = str_fmt(
            a,
            "%.*s,\"x\":%s},\"product_tree\":%s,\"vulnerabilities\":[%s,{\"scores\":%s,\"ids\":%s,"
            "\"metrics\":[%s,{\"content\":%s}],\"cwe\":%s}]}",
            SV(head), kinds[i], kinds[i], kinds[i], kinds[i], kinds[i], kinds[i], kinds[i],
            kinds[i]);
        CHECK_STR(S("MSA-1"), one(a, str_to_z(a, text)).id);
    }
}

TEST(later_is_by_version_and_then_by_date)
{
    struct library_entry x = {.version = S("2"), .updated = SOME(5), .kind = S("csaf20")};
    struct library_entry y = {.version = S("10"), .updated = SOME(1), .kind = S("csaf20")};
    CHECK(library_compare(&x, &y) < 0);
    y.version = S("2");
    CHECK(library_compare(&x, &y) > 0);
    y.updated = SOME(5);
    CHECK(library_compare(&x, &y) == 0);
    x = (struct library_entry){.version = S(""), .kind = S("jvnrss"), .updated = SOME(5)};
    y = (struct library_entry){.version = S(""), .kind = S("vuldef"), .updated = SOME(5)};
    CHECK(library_compare(&x, &y) < 0);
}

TEST(what_left_the_jail_is_as_it_went_in)
{
    struct library_read read, again;
    struct library_refusal why = {0};
    buf out = {.a = a}, p = {.a = a}, q = {.a = a};
    struct json_out o = {.b = &p}, o2 = {.b = &q};
    str in = library_job_input(a, S(HEAD "}"), (i64)NOW_S * SECOND);
    CHECK_ERR(OK, read_text(a, S(HEAD "}"), &read, &why));
    CHECK_ERR(OK, library_job(a, in, &out));
    CHECK(library_job_take(a, buf_str(&out), OK, &again, &why));
    library_put(&o, &read.entries.v[0]);
    library_put(&o2, &again.entries.v[0]);
    CHECK_STR(buf_str(&p), buf_str(&q));
    CHECK(!library_job_take(a, S("{\"entries\":[{\"id\":\"x\"}]}"), OK, &again, &why));
    out.n = 0;
    CHECK_ERR(E_INVALID, library_job(a, S("1\n{}"), &out));
    CHECK(library_job_take(a, buf_str(&out), E_INVALID, &again, &why));
    CHECK_STR(S("/document"), why.place);
}

static str slurp(struct arena *a, const char *path)
{
    buf b = {.a = a};
    FILE *f = fopen(path, "rb");
    size_t n;
    must(f != NULL);
    while ((n = fread(buf_room(&b, 65536), 1, 65536, f)) > 0)
        b.n += n;
    (void)fclose(f);
    return b.n > 0 ? buf_str(&b) : S("");
}

/* Another look at the same bytes: every text behind "cve": */
static size_t cves_in(struct arena *a, str text)
{
    struct {
        VEC(str)
    } seen = {0};
    for (ptrdiff_t at; (at = str_find(text, S("\"cve\":"))) >= 0;) {
        text = str_from(text, (size_t)at + 6);
        str rest = text, id;
        (void)str_cut(&rest, '"');
        id = str_cut(&rest, '"');
        size_t k = 0;
        while (k < seen.n && !str_eq(seen.v[k], id))
            k++;
        if (k == seen.n)
            *PUSH(a, &seen) = id;
    }
    return seen.n;
}

TEST(every_real_advisory_is_read_with_all_its_cves)
{
    const char *folder = str_to_z(a, str_fmt(a, "%s/real-advisories", TESTDATA()));
    DIR *d = opendir(folder);
    size_t n = 0, cves = 0;
    if (d == NULL)
        SKIP("there are no real advisories");
    for (const struct dirent *f = readdir(d); f != NULL; f = readdir(d)) {
        if (!str_has_suffix(str_z(f->d_name), S(".json")))
            continue;
        struct arena *own = arena_new();
        str text = slurp(own, str_to_z(own, str_fmt(own, "%s/%s", folder, f->d_name)));
        struct library_entry e = one(own, str_to_z(own, text));
        CHECK_I64((i64)cves_in(own, text), (i64)e.cves.n);
        CHECK_STR(S("CLEAR"), e.tlp);
        CHECK(e.nproducts > 0 && e.updated.is && e.released.is && e.nlinks > 0 && e.url.n > 0);
        cves += e.cves.n;
        n++;
        arena_free(own);
    }
    (void)closedir(d);
    (void)printf("%zu advisories, %zu CVEs\n", n, cves);
    CHECK(n > 0);
}

TEST(jvns_own_examples_are_read)
{
    static const struct {
        const char *file, *kind, *id;
        i64 n;
    } all[] = {
        {"getVulnOverviewList_hnd.xml", "jvnrss", "JVNDB-2025-002953", 2},
        {"getVulnDetailInfo_hnd_JVNDB-2022-000097.xml", "vuldef", "JVNDB-2022-000097", 1},
    };
    const char *data = TESTDATA();
    for (size_t i = 0; i < COUNT(all); i++) {
        struct library_read r;
        struct library_refusal why;
        str text = slurp(a, str_to_z(a, str_fmt(a, "%s/myjvn/examples/hnd/%s", data, all[i].file)));
        CHECK_ERR(OK, read_text(a, text, &r, &why));
        CHECK_STR(str_z(all[i].kind), r.entries.v[0].kind);
        CHECK_STR(str_z(all[i].id), r.entries.v[0].id);
        CHECK_STR(S("https://jvndb.jvn.jp"), r.entries.v[0].publisher);
        CHECK_STR(S("ja"), r.entries.v[0].edition);
        CHECK(r.entries.v[0].cves.n > 0 && library_is_open(&r.entries.v[0]));
        CHECK_I64(all[i].n, (i64)r.entries.n);
    }
}
