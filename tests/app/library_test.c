/* library_test.c - the library keeps the newest of each document, and shows what may be seen. */
#include "t.h"

#include "app/library.h"
#include "formats/library.h"
#include "help/app.h"
#include "io/jail.h"
#include "io/sanitized.h"

#include <fcntl.h>
#include <sys/socket.h>

/* A small document of a publisher. */
static str document(struct arena *a, const char *id, const char *version, const char *tlp,
                    const char *title, const char *cve)
{
    return str_fmt(
        a,
        "{\"document\":{\"category\":\"csaf_vex\",\"csaf_version\":\"2.0\",\"title\":\"%s\","
        "\"distribution\":{\"tlp\":{\"label\":\"%s\"}},\"publisher\":{\"category\":\"vendor\","
        "\"name\":\"Kamei\",\"namespace\":\"https://kamei.example\"},\"tracking\":{\"id\":\"%s\","
        "\"version\":\"%s\",\"status\":\"final\",\"initial_release_date\":\"2026-01-0%sT00:00:"
        "00Z\","
        "\"current_release_date\":\"2026-01-0%sT00:00:00Z\"}},\"product_tree\":{\"branches\":[{"
        "\"category\":\"vendor\",\"name\":\"Kamei\",\"branches\":[{\"category\":\"product_name\","
        "\"name\":\"ゲートウェイ X\"}]}]},\"vulnerabilities\":[{\"cve\":\"%s\",\"scores\":[{"
        "\"cvss_v3\":{\"vectorString\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}}]}]}",
        title, tlp, id, version, version, version, cve);
}

static struct library_done import(struct ctx *cx, str bytes)
{
    struct library_dones done = {0};
    const struct library_origin from = {.source = S("a.json")};
    CHECK_OK(cx, library_import(cx, bytes, &from, &done));
    CHECK_I64(1, (i64)done.n);
    return done.v[0];
}

static struct library_done put(struct stage *st, const char *id, const char *version,
                               const char *tlp, const char *title, const char *cve)
{
    struct ctx *cx = stage_as(st, "coordinator");
    return import(cx, document(cx->a, id, version, tlp, title, cve));
}

/* Titles of what a person finds, one space between. */
static str titles(struct ctx *cx, struct library_filter f)
{
    struct list_window w = {.limit = 10};
    struct library_line *v;
    size_t n;
    buf b = {.a = cx->a};
    CHECK_OK(cx, library_list(cx, &f, &w, &v, &n));
    for (size_t i = 0; i < n; i++)
        buf_putf(&b, "%s%.*s", i ? " " : "", SV(v[i].e.title));
    return b.n > 0 ? buf_str(&b) : S("");
}
#define ANY .severity = -1

JAILED_TEST(a_later_revision_takes_the_place_of_an_earlier_one)
{
    struct library_view v;
    struct library_revision r;
    str bytes;
    stage_cast(st);
    struct library_done first = put(st, "K-1", "1", "WHITE", "one", "CVE-2026-1000");
    CHECK_I64(LIBRARY_NEW, first.outcome);
    CHECK_I64(LIBRARY_UNCHANGED, put(st, "K-1", "1", "WHITE", "one", "CVE-2026-1000").outcome);
    struct library_done next = put(st, "K-1", "2", "WHITE", "two", "CVE-2026-2000");
    CHECK_I64(LIBRARY_UPDATED, next.outcome);
    CHECK_STR(first.id, next.id);
    CHECK_I64(LIBRARY_OLDER, put(st, "K-1", "1", "WHITE", "one", "CVE-2026-1000").outcome);
    struct ctx *cx = stage_as(st, "mihon.poc");
    CHECK_STR(S("two"), titles(cx, (struct library_filter){ANY}));
    CHECK_STR(S(""), titles(cx, (struct library_filter){ANY, .cve = S("CVE-2026-1000")}));
    CHECK_STR(S("two"), titles(cx, (struct library_filter){ANY, .cve = S("CVE-2026-2000")}));
    CHECK_OK(cx, library_get(cx, first.id, &v));
    CHECK_I64(2, (i64)v.nrevisions);
    CHECK_I64(2, v.revisions[0].n);
    CHECK_OK(cx, library_bytes(cx, first.id, 1, &bytes, &r));
    CHECK_STR(document(a, "K-1", "1", "WHITE", "one", "CVE-2026-1000"), bytes);
}

JAILED_TEST(what_is_not_clear_is_for_reception_and_coordinator)
{
    static const char *const labels[] = {"GREEN", "AMBER", "RED", "PINK"};
    struct library_view v;
    struct library_line *lines;
    size_t n;
    stage_cast(st);
    for (size_t i = 0; i < COUNT(labels); i++) {
        struct library_done d = put(st, labels[i], "1", labels[i], labels[i], "CVE-2026-1000");
        struct ctx *cx = stage_as(st, "mihon.poc");
        CHECK_ERR(E_NOT_FOUND, library_get(cx, d.id, &v));
        CHECK_STR(S(""), titles(cx, (struct library_filter){ANY}));
        CHECK_STR(S(""), titles(cx, (struct library_filter){ANY, .q = str_z(labels[i])}));
        CHECK_STR(S(""), titles(cx, (struct library_filter){ANY, .cve = S("CVE-2026-1000")}));
        cx = stage_as(st, "reception");
        CHECK_OK(cx, library_get(cx, d.id, &v));
        CHECK_STR(str_z(labels[i]),
                  titles(cx, (struct library_filter){ANY, .q = str_z(labels[i])}));
        const str cve = S("CVE-2026-1000");
        CHECK_OK(cx, library_of_cves(cx, (struct strs){&cve, 1}, true, 9, &lines, &n));
        CHECK_I64(0, (i64)n);
        CHECK_OK(cx, library_of_cves(cx, (struct strs){&cve, 1}, false, 9, &lines, &n));
        CHECK_I64((i64)i + 1, (i64)n);
        cx = stage_nobody(st);
        CHECK_ERR(E_NOT_FOUND, library_get(cx, d.id, &v));
    }
}

JAILED_TEST(a_revision_that_is_opened_does_not_open_the_one_before)
{
    struct library_view v;
    struct library_revision r;
    str bytes;
    stage_cast(st);
    struct library_done d = put(st, "K-1", "1", "RED", "one", "CVE-2026-1000");
    (void)put(st, "K-1", "2", "WHITE", "two", "CVE-2026-1000");
    struct ctx *cx = stage_as(st, "mihon.poc");
    CHECK_OK(cx, library_get(cx, d.id, &v));
    CHECK_I64(1, (i64)v.nrevisions);
    CHECK_ERR(E_NOT_FOUND, library_bytes(cx, d.id, 1, &bytes, &r));
    (void)put(st, "K-1", "3", "RED", "three", "CVE-2026-1000");
    cx = stage_as(st, "mihon.poc");
    CHECK_ERR(E_NOT_FOUND, library_bytes(cx, d.id, 2, &bytes, &r));
}

JAILED_TEST(only_reception_and_coordinator_let_documents_in)
{
    static const char *const others[] = {"mihon.poc", "certx", "analyst", "auditor", "kamei.poc"};
    const struct library_origin from = {.source = S("a.json")};
    struct library_dones done = {0};
    stage_cast(st);
    for (size_t i = 0; i < COUNT(others); i++) {
        struct ctx *cx = stage_as(st, others[i]);
        CHECK_ERR(E_DENIED, library_import(cx, S("{}"), &from, &done));
    }
    struct ctx *cx = stage_as(st, "reception");
    struct library_done d = import(cx, S("{}"));
    CHECK_I64(LIBRARY_REFUSED, d.outcome);
    CHECK_STR(S("library_format"), d.why.code);
    CHECK_STR(S("/document"), d.why.place);
}

JAILED_TEST(words_find_in_both_languages_and_filters_narrow)
{
    struct library_filter f = {ANY};
    stage_cast(st);
    (void)put(st, "K-1", "1", "WHITE", "ゲートウェイにおけるOSコマンドインジェクション",
              "CVE-2026-1001");
    (void)put(st, "K-2", "2", "WHITE", "Command injection in a gateway", "CVE-2026-1002");
    struct ctx *cx = stage_as(st, "coordinator");
    f.q = S("コマンドインジェク");
    CHECK_STR(S("ゲートウェイにおけるOSコマンドインジェクション"), titles(cx, f));
    f.q = S("INJECTION Kamei");
    CHECK_STR(S("Command injection in a gateway"), titles(cx, f));
    f.severity = 3;
    CHECK_STR(S(""), titles(cx, f));
    f.severity = 4;
    CHECK_STR(S("Command injection in a gateway"), titles(cx, f));
    f = (struct library_filter){ANY, .product = S("gateway")};
    CHECK_STR(S(""), titles(cx, f)); /* stands in a title, not in a product */
    f.product = S("ゲートウェイ");
    f.cve = S("CVE-2026-1002");
    CHECK_STR(S("Command injection in a gateway"), titles(cx, f));
    f = (struct library_filter){ANY, .publisher = S("https://kamei.example"),
                                .since = SOME(1767312000000)};
    CHECK_STR(S("Command injection in a gateway"), titles(cx, f));
    f.since = (opt_i64){0};
    f.until = SOME(1767312000000);
    CHECK_STR(S("ゲートウェイにおけるOSコマンドインジェクション"), titles(cx, f));
    f = (struct library_filter){ANY, .sort = LIBRARY_SEVERITY, .severity = 4};
    CHECK(titles(cx, f).n > 0);
    f.q = S("...");
    struct list_window w = {.limit = 1};
    struct library_line *v;
    size_t n;
    CHECK_ERR(E_INVALID, library_list(cx, &f, &w, &v, &n));
}

JAILED_TEST(pages_of_a_search_are_whole_and_end)
{
    stage_cast(st);
    for (int i = 0; i < 7; i++)
        (void)put(st, str_to_z(a, str_fmt(a, "K-%d", i)), "1", i == 3 ? "RED" : "WHITE", "gateway",
                  "CVE-2026-1001");
    struct ctx *cx = stage_as(st, "mihon.poc");
    const struct library_filter f = {ANY, .q = S("gateway")};
    struct list_window w = {.limit = 2};
    size_t all = 0, n, pages = 0;
    do {
        struct library_line *v;
        CHECK_OK(cx, library_list(cx, &f, &w, &v, &n));
        all += n;
        w.after = w.next;
        must(pages++ < 9);
    } while (w.next.p != NULL);
    CHECK_I64(6, (i64)all);
}

JAILED_TEST(a_feed_is_many_entries_and_the_same_feed_later_is_unchanged)
{
    static const char feed[] =
        "<VULDEF-Document version=\"3.2\" xmlns=\"http://jvn.jp/vuldef/\" xml:lang=\"ja\">%s"
        "<Vulinfo><VulinfoID>JVNDB-2026-000001</VulinfoID><VulinfoData><Title>一</Title><Related>"
        "<RelatedItem type=\"advisory\"><Name>Common Vulnerabilities and Exposures (CVE)</Name>"
        "<VulinfoID>CVE-2026-1</VulinfoID></RelatedItem><RelatedItem "
        "type=\"advisory\"><Name>Common "
        "Vulnerabilities and Exposures (CVE)</Name><VulinfoID>CVE-2026-0001</VulinfoID>"
        "</RelatedItem></Related><DateLastUpdated>%s</DateLastUpdated></VulinfoData></Vulinfo>"
        "<Vulinfo><VulinfoID>JVNDB-2026-000002</VulinfoID><VulinfoData><Title>二</Title>"
        "</VulinfoData></Vulinfo><Vulinfo><VulinfoID>JVNDB-2026-000003</VulinfoID><VulinfoData>"
        "</VulinfoData></Vulinfo></VULDEF-Document>";
    static const struct {
        const char *head, *date;
        enum library_outcome want[3];
    } rounds[] = {
        {"", "2026-01-01T00:00:00+09:00", {LIBRARY_REFUSED, LIBRARY_NEW, LIBRARY_NEW}},
        {" ", "2026-01-01T00:00:00+09:00", {LIBRARY_REFUSED, LIBRARY_UNCHANGED, LIBRARY_UNCHANGED}},
        {"", "2026-01-02T00:00:00+09:00", {LIBRARY_REFUSED, LIBRARY_UPDATED, LIBRARY_UNCHANGED}},
    };
    const struct library_origin from = {.source = S("jvndb_detail_2026.rdf")};
    stage_cast(st);
    for (size_t i = 0; i < COUNT(rounds); i++) {
        struct ctx *cx = stage_as(st, "reception");
        struct library_dones done = {0};
        CHECK_OK(
            cx, library_import(cx, str_fmt(a, feed, rounds[i].head, rounds[i].date), &from, &done));
        CHECK_I64(3, (i64)done.n);
        for (size_t k = 0; k < 3; k++)
            CHECK_I64(rounds[i].want[k], done.v[k].outcome);
        CHECK_STR(S("entry 3"), done.v[0].why.place);
    }
    struct ctx *cx = stage_as(st, "mihon.poc");
    CHECK_STR(S("一"), titles(cx, (struct library_filter){ANY, .cve = S("CVE-2026-0001")}));
}

/* A parser that does whatever the document says, and reads what says nothing. */
static enum err wicked_job(struct arena *a, str in, buf *out)
{
    static const char block[1 << 16];
    volatile bool forever = true;
    str text = in;
    (void)str_cut(&text, '\n');
    must(!str_eq(text, S("crash")));
    while (forever && str_eq(text, S("hang")))
        continue;
    while (str_eq(text, S("allocate")))
        memset(arena_alloc(a, 1 << 20, 1), 1, 1 << 20);
    while (str_eq(text, S("write")) && out->n < 80 << 20)
        buf_put(out, (str){block, sizeof block});
    if (str_eq(text, S("connect")) && socket(AF_INET, SOCK_STREAM, 0) >= 0)
        return OK;
    if (str_eq(text, S("open")) && open("/etc/passwd", O_RDONLY) >= 0)
        return OK;
    if (str_eq(text, S("nonsense")))
        buf_put(out, S("[[["));
    return str_eq(text, S("nonsense")) ? OK : library_job(a, in, out);
}

ENGINE_TEST(a_parser_that_fails_costs_its_document_alone)
{
    static const struct jail_job jobs[] = {{S_INIT("library"), wicked_job}};
    static const struct {
        const char *text, *why;
    } all[] = {
        {"crash", "ended by SIG"},
        {"hang", "ended by SIGXCPU"},
        {"allocate", "ended by SIGABRT"},
        {"write", "wrote too much"},
        {"connect", "ended by SIGSYS"},
        {"open", "ended by SIGSYS"},
        {"nonsense", "its answer makes no sense"},
    };
    const struct jail_options o = {
        .jobs = jobs, .njobs = COUNT(jobs), .most = {.cpu_seconds = 1, .memory = 64 << 20}};
    struct stage *st = stage_open_jailed(a, engine, &o);
    stage_cast(st);
    for (size_t i = 0; i < COUNT(all); i++) {
        if (SANITIZED && str_eq(str_z(all[i].text), S("allocate")))
            continue; /* its shadow takes terabytes of addresses */
        struct library_done d = import(stage_as(st, "coordinator"), str_z(all[i].text));
        CHECK_I64(LIBRARY_REFUSED, d.outcome);
        CHECK_STR(S("library_unread"), d.why.code);
        CHECK(str_has_prefix(d.why.place, str_z(all[i].why)));
    }
    CHECK_STR(S("0"), help_sql_value(a, st->url, "SELECT count(*) FROM library_document"));
    CHECK_I64(LIBRARY_NEW, put(st, "K-1", "1", "WHITE", "gateway", "CVE-2026-1000").outcome);
}

APP_TEST(without_a_jail_nothing_of_others_is_read)
{
    struct library_dones done = {0};
    const struct library_origin from = {.source = S("a.json")};
    stage_cast(st);
    struct ctx *cx = stage_as(st, "coordinator");
    CHECK_ERR(E_IO, library_import(cx, document(a, "K-1", "1", "WHITE", "x", "CVE-2026-1000"),
                                   &from, &done));
}
