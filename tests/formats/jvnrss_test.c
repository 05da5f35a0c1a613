/* jvnrss_test.c - JVNRSS in both dialects, and IPA's own examples through reader and writer. */
#include "formats/jvnrss.h"
#include "help/same_xml.h"
#include "t.h"

static str file(struct arena *a, const char *dir, const char *name)
{
    str text = read_whole(a, str_fmt(a, "%s/myjvn/examples/hnd/%s", dir, name));
    CHECK(text.n > 0);
    return text;
}

TEST(the_official_overview_comes_out_as_it_went_in)
{
    struct jvnrss f;
    struct xml_error e;
    str text = file(a, TESTDATA(), "getVulnOverviewList_hnd.xml");
    CHECK_ERR(OK, jvnrss_read(a, text, &f, &e));
    CHECK_I64(2, (i64)f.entries.n);
    CHECK(!f.is_file && f.status != NULL && !f.status->failed && f.status->total.v == 6);
    CHECK(same_xml(a, text, jvnrss_write(a, &f)));
    CHECK(valid_by(a, "all.xsd", jvnrss_write(a, &f)));
}

/* The captured files have the old module's namespace; the published example has the new one. */
static str as_captured(struct arena *a, str text)
{
    ptrdiff_t at = str_find(text, S("mod_sec/3.0/")), end = str_find(text, S("<status:Status"));
    CHECK(at > 0 && end > 0);
    str head = str_sub(text, 0, (size_t)at + 8);
    return str_fmt(a, "%.*s%.*s</rdf:RDF>", SV(head),
                   SV(str_sub(text, (size_t)at + 12, (size_t)(end - at) - 12)));
}

TEST(the_official_file_feed_comes_out_as_it_went_in)
{
    struct jvnrss f;
    struct xml_error e;
    str text = as_captured(a, file(a, TESTDATA(), "dataFeed_jvndb_rss_hnd.xml"));
    CHECK_ERR(OK, jvnrss_read(a, text, &f, &e));
    CHECK(f.is_file && f.status == NULL && f.entries.n == 4);
    CHECK_I64(1744383120000, f.entries.v[0].issued.v); /* 2025-04-11T23:52+09:00 */
    CHECK(same_xml(a, text, jvnrss_write(a, &f)));
}

static const struct jvn_reference references[] = {
    {JVN_ADVISORY,
     S_INIT("CVE"),
     S_INIT("CVE-2026-0001"),
     {0},
     S_INIT("https://e.example/?a=1&b=2"),
     {0}},
    {JVN_CWE, {0}, S_INIT("CWE-79"), S_INIT("XSS(CWE-79)"), S_INIT("https://e.example/79"), {0}},
};
static const str cpe = S_INIT("cpe:/a:v:p");
static const struct jvn_product products[] = {
    {.vendor = S_INIT("V"), .product = S_INIT("P"), .cpes = {&cpe, 1}}, {.vendor = S_INIT("W")}};
static const struct jvn_cvss cvss[] = {
    {.version = S_INIT("2.0"),
     .vector = S_INIT("AV:N/AC:L/Au:N/C:P/I:P/A:P"),
     .severity = S_INIT("High"),
     .score = S_INIT("7.5")},
    {.version = S_INIT("3.1"),
     .vector = S_INIT("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
     .severity = S_INIT("Critical"),
     .score = S_INIT("9.8")},
    {.version = S_INIT("4.0"),
     .vector = S_INIT("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"),
     .severity = S_INIT("Critical"),
     .score = S_INIT("9.3")}};
static const struct jvn_entry entry = {
    .id = S_INIT("KKHDB-2026-000001"),
    .link = S_INIT("https://e.example/1"),
    .title = S_INIT("<橋> & \"門\""),
    .overview = S_INIT("one\ntwo"),
    .creator = S_INIT("Someone"),
    .references = references,
    .nreferences = 2,
    .products = products,
    .nproducts = 2,
    .cvss = cvss,
    .ncvss = 3,
    .issued = {true, 1744383125000},
    .modified = {true, 1744383126000},
};

static struct jvnrss feed(bool is_file)
{
    return (struct jvnrss){.is_file = is_file,
                           .lang = S("ja"),
                           .about = S("https://e.example/rss"),
                           .title = S("t"),
                           .link = S("https://e.example/"),
                           .description = S("d"),
                           .date = SOME(1744383120000),
                           .entries = {&entry, 1}};
}

TEST(what_is_written_is_read_again)
{
    struct jvnrss f = feed(false), back;
    struct xml_error e;
    CHECK_ERR(OK, jvnrss_read(a, jvnrss_write(a, &f), &back, &e));
    CHECK(!back.is_file && back.entries.n == 1 && back.date.v == f.date.v);
    const struct jvn_entry *b = &back.entries.v[0];
    CHECK_STR(entry.title, b->title);
    CHECK_STR(entry.overview, b->overview);
    CHECK_STR(entry.id, b->id);
    CHECK_I64(entry.issued.v, b->issued.v);
    CHECK_I64(2, (i64)b->nreferences);
    CHECK(b->references[1].about == JVN_CWE && b->references[0].about == JVN_ADVISORY);
    CHECK_STR(references[0].url, b->references[0].url);
    CHECK_I64(1, (i64)b->nproducts); /* without a CPE there is nothing to say it with */
    CHECK_STR(S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), b->cvss[1].vector);
    CHECK_I64(3, (i64)b->ncvss);
}

TEST(a_file_has_times_without_seconds_and_no_cvss_that_its_readers_do_not_know)
{
    struct jvnrss f = feed(true), back;
    struct xml_error e;
    str text = jvnrss_write(a, &f);
    CHECK(str_find(text, S("<dcterms:issued>2025-04-11T23:52+09:00<")) > 0);
    CHECK(str_find(text, S("<dc:date>2025-04-11T23:52:00+09:00<")) > 0); /* the channel's */
    CHECK(str_find(text, S("xmlns:sec=\"http://jvn.jp/rss/mod_sec/\"")) > 0);
    CHECK(str_find(text, S("Someone")) < 0 && str_find(text, S("CVSS:3.1")) < 0);
    CHECK_ERR(OK, jvnrss_read(a, text, &back, &e));
    CHECK(back.is_file && back.entries.v[0].ncvss == 2);
    CHECK_STR(S("3.0"), back.entries.v[0].cvss[1].version);
    CHECK_STR(S("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), back.entries.v[0].cvss[1].vector);
}

TEST(an_error_keeps_the_root_and_has_the_status_alone)
{
    struct jvn_parameter echo[] = {{S("cpeName"), S("cpe:/a:<v>")}};
    struct jvn_status s = {.method = S("getVulnOverviewList"),
                           .feed = S("hnd"),
                           .failed = true,
                           .code = S("VL01020003"),
                           .message = S("…"),
                           .parameters = echo,
                           .nparameters = 1},
                      got;
    struct jvnrss f = {.lang = S("ja"), .bare = true, .status = &s};
    const struct xml_node *root;
    struct xml_error e;
    CHECK_ERR(OK, xml_read(a, jvnrss_write(a, &f), &root, &e));
    CHECK(xml_is(root, S(JVN_RDF), S("RDF")) && root->first->next == NULL);
    CHECK(jvn_read_status(a, root, &got) && got.failed && !got.total.is && !got.max.is);
    CHECK_STR(S("VL01020003"), got.code);
    CHECK_STR(S(""), xml_attribute_of(root->first, S(""), S("totalRes")));
    CHECK_STR(S("3.3"), xml_attribute_of(root->first, S(""), S("version")));
    CHECK_STR(S("cpe:/a:<v>"), got.parameters[0].value);
}

TEST(other_documents_are_refused)
{
    struct jvnrss f;
    struct xml_error e;
    CHECK_ERR(E_INVALID, jvnrss_read(a, S("<rss version='2.0'/>"), &f, &e));
    CHECK_STR(S("xml_root"), e.code);
    CHECK_ERR(E_INVALID, jvnrss_read(a, S("<rdf:RDF"), &f, &e));
    CHECK_STR(S("xml_end"), e.code);
}

TEST(times_are_read_as_jvn_writes_them_and_refused_else)
{
    CHECK_I64(1744383125000, jvn_time_read(S("2025-04-11T23:52:05+09:00")).v);
    CHECK_I64(1744383120000, jvn_time_read(S(" 2025-04-11T23:52+09:00 ")).v);
    CHECK_I64(1744383120000, jvn_time_read(S("2025-04-11T14:52:00Z")).v);
    CHECK(!jvn_time_read(S("")).is && !jvn_time_read(NO_STR).is);
    CHECK(!jvn_time_read(S("2025-02-30T23:52+09:00")).is);
    CHECK(!jvn_time_read(S("2025-02-20T23:52x09:00")).is);
}

TEST(severities_are_those_of_the_version_s_own_scale)
{
    CHECK_STR(S("Low"), jvn_severity(S("2.0"), 0));
    CHECK_STR(S("High"), jvn_severity(S("2.0"), 100));
    CHECK_STR(S("None"), jvn_severity(S("3.0"), 0));
    CHECK_STR(S("Low"), jvn_severity(S("3.1"), 39));
    CHECK_STR(S("Medium"), jvn_severity(S("3.1"), 40));
    CHECK_STR(S("High"), jvn_severity(S("4.0"), 89));
    CHECK_STR(S("Critical"), jvn_severity(S("4.0"), 90));
    CHECK_STR(S("10.0"), jvn_score(a, 100));
    CHECK_STR(S("0.1"), jvn_score(a, 1));
}
