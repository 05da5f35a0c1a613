/* library_haul_test.c - fetching from providers that are right, wrong and hostile. */
#include "t.h"

#include "app/provider_check_apart.h"
#include "app/provider_check_wire.h"
#include "base/fields.h"
#include "help/app.h"
#include "help/provided.h"

#include <sys/socket.h>
#include <unistd.h>

/* "new A; refused library_hash SHA-256" */
static void tell(void *arg, const struct library_told *t)
{
    buf *b = arg;
    str name = library_outcome_name(t->done.outcome);
    buf_putf(b, "%s%.*s %.*s", b->n ? "; " : "", SV(name),
             SV(t->done.outcome == LIBRARY_REFUSED ? t->done.why.code : t->done.doc_id));
    if (t->done.why.place.n > 0)
        buf_putf(b, " %.*s", SV(t->done.why.place));
}

static str haul(struct stage *st, struct provided *p, str what, i64 *unchanged)
{
    struct ctx *cx = stage_as(st, "coordinator");
    buf said = {.a = st->a};
    struct library_haul h = {
        .wire = provided_wire(p), .timeout_ms = 1000, .tell = tell, .arg = &said};
    CHECK_OK(cx, library_haul(cx, &h, what));
    if (unchanged != NULL)
        *unchanged = h.count[LIBRARY_UNCHANGED];
    return said.n > 0 ? buf_str(&said) : S("");
}

static str held(struct stage *st)
{
    return help_sql_value(st->a, st->url, "SELECT count(*) FROM library_entry");
}

#define NEEDS_GPGV()                                                                               \
    do {                                                                                           \
        if (access("/usr/bin/gpgv", X_OK) != 0)                                                    \
            SKIP("gpgv is not installed");                                                         \
    } while (0)

JAILED_TEST(a_trusted_provider_is_taken_whole_and_then_only_what_changed)
{
    NEEDS_GPGV();
    struct provided *p = provided_new(a);
    i64 unchanged;
    stage_cast(st);
    provided_whole(p);
    CHECK_STR(S("new A; new B"), haul(st, p, p->root, NULL));
    CHECK_STR(S("good"), help_sql_value(a, st->url, "SELECT max(signature) FROM library_revision"));
    int before = p->requests;
    CHECK_STR(S(""), haul(st, p, p->root, &unchanged));
    CHECK_I64(2, unchanged);
    CHECK_I64(3, p->requests - before); /* metadata, key, changes */
    provided_document(p, S("/white/2026/a.json"), "A", 2);
    provided_put(p, S("/white/changes.csv"),
                 S("2026/a.json,2026-01-03T00:00:00Z\n2026/b.json,2026-01-01T00:00:00Z\n"));
    CHECK_STR(S("updated A"), haul(st, p, p->root, &unchanged));
    CHECK_I64(1, unchanged);
    struct ctx *cx = stage_as(st, "reception");
    struct library_provider *v;
    size_t n;
    CHECK_OK(cx, library_providers(cx, &v, &n));
    CHECK_I64(1, (i64)n);
    CHECK_STR(S("Provided"), v[0].name);
    CHECK_I64(2, v[0].documents);
}

JAILED_TEST(wrong_hashes_and_signatures_cost_their_document_alone)
{
    NEEDS_GPGV();
    struct provided *p = provided_new(a);
    const str other = provided_csaf(a, "A", 1, "https://provided.example");
    stage_cast(st);
    provided_whole(p);
    provided_put(p, S("/white/2026/a.json.sha256"), S("00"));
    CHECK_STR(S("refused library_hash SHA-256; new B"), haul(st, p, p->root, NULL));
    provided_document(p, S("/white/2026/a.json"), "A", 1);
    provided_put(p, S("/white/2026/a.json"), str_join(a, other, S(" ")));
    CHECK_STR(S("refused library_hash SHA-256"), haul(st, p, p->root, NULL));
    provided_signed(p, S("/x"), S("something else"));
    provided_document(p, S("/white/2026/a.json"), "A", 1);
    str sig = p->files.v[p->files.n - 1].body; /* of /x.asc */
    provided_put(p, S("/white/2026/a.json.asc"), sig);
    CHECK_STR(S("refused library_signature BADSIG"), haul(st, p, p->root, NULL));
    provided_trouble(p, S("/white/2026/a.json.asc"), PROVIDED_DENIED, S(""));
    CHECK_STR(S("refused library_no_signature"), haul(st, p, p->root, NULL));
    provided_trouble(p, S("/white/2026/a.json.sha256"), PROVIDED_DENIED, S(""));
    CHECK_STR(S("refused library_no_hash"), haul(st, p, p->root, NULL));
    CHECK_STR(S("1"), held(st));
}

JAILED_TEST(a_key_that_is_not_the_one_that_was_named_is_refused)
{
    struct provided *p = provided_new(a);
    stage_cast(st);
    provided_whole(p);
    provided_put(p, S("/key.asc"), S("no key"));
    str said = haul(st, p, p->root, NULL);
    CHECK(str_has_prefix(said, S("refused library_no_key http")));
    CHECK(str_has_suffix(said, S("refused library_no_key /public_openpgp_keys")));
    CHECK_STR(S("0"), held(st));
}

JAILED_TEST(who_promises_no_signatures_needs_none)
{
    struct provided *p = provided_new(a);
    stage_cast(st);
    provided_whole(p);
    provided_metadata(p, "csaf_publisher",
                      str_fmt(a, "[{\"directory_url\":\"%.*s/white\"}]", SV(p->root)));
    provided_put(p, S("/key.asc"), S("no key"));
    CHECK(str_has_suffix(haul(st, p, p->root, NULL), S("; new A; new B")));
    CHECK_STR(S("absent"),
              help_sql_value(a, st->url, "SELECT max(signature) FROM library_revision"));
}

JAILED_TEST(a_provider_speaks_for_itself_alone)
{
    NEEDS_GPGV();
    struct provided *p = provided_new(a);
    stage_cast(st);
    provided_whole(p);
    provided_signed(p, S("/white/2026/a.json"), provided_csaf(a, "Z", 9, "https://victim.example"));
    CHECK_STR(S("refused library_other_publisher https://victim.example; new B"),
              haul(st, p, p->root, NULL));
}

JAILED_TEST(redirects_lead_to_the_same_server_or_nowhere)
{
    NEEDS_GPGV();
    struct provided *p = provided_new(a);
    static const str elsewhere[] = {S_INIT("http://10.0.0.1/a.json"),
                                    S_INIT("http://169.254.169.254/"),
                                    S_INIT("https://other.example/a.json")};
    stage_cast(st);
    for (size_t i = 0; i < COUNT(elsewhere); i++) {
        provided_whole(p);
        provided_document(p, S("/white/2026/b.json"), "A", 1);
        provided_trouble(p, S("/white/2026/a.json"), PROVIDED_MOVED, elsewhere[i]);
        str said = haul(st, p, p->root, NULL);
        CHECK(str_has_prefix(said, str_join(a, S("refused library_redirect "), elsewhere[i])));
    }
    provided_trouble(p, S("/white/2026/a.json"), PROVIDED_MOVED,
                     str_join(a, p->root, S("/white/2026/a.json")));
    CHECK_STR(S("refused library_redirects"), haul(st, p, p->root, NULL));
    provided_document(p, S("/moved.json"), "A", 2);
    provided_document(p, S("/white/2026/a.json"), "A", 2);
    provided_trouble(p, S("/white/2026/a.json"), PROVIDED_MOVED,
                     str_join(a, p->root, S("/moved.json")));
    CHECK_STR(S("updated A"), haul(st, p, p->root, NULL));
}

JAILED_TEST(a_server_that_fails_again_and_again_is_left_alone)
{
    struct provided *p = provided_new(a);
    buf list = {.a = a};
    stage_cast(st);
    provided_whole(p);
    provided_metadata(p, "csaf_provider",
                      str_fmt(a, "[{\"directory_url\":\"%.*s/white\"}]", SV(p->root)));
    for (int i = 0; i < 50; i++) {
        buf_putf(&list, "%d.json\n", i);
        provided_trouble(p, str_fmt(a, "/white/%d.json", i), PROVIDED_SLOW, S(""));
    }
    provided_trouble(p, S("/white/changes.csv"), PROVIDED_DENIED, S(""));
    provided_put(p, S("/white/index.txt"), buf_str(&list));
    int before = p->requests;
    str said = haul(st, p, p->root, NULL);
    CHECK(str_has_prefix(said, S("refused library_timeout; refused library_timeout")));
    CHECK(str_has_suffix(said, S("refused library_given_up")));
    CHECK_I64(9, p->requests - before); /* metadata, key, changes, index, five documents */
}

static str feed(struct arena *a, str root, const char *next, const char *path)
{
    return str_fmt(
        a,
        "{\"feed\":{\"link\":[{\"rel\":\"next\",\"href\":\"%.*s%s\"}],\"entry\":[{"
        "\"updated\":\"2026-01-01T00:00:00Z\",\"link\":[{\"rel\":\"self\",\"href\":"
        "\"%.*s%s\"},{\"rel\":\"hash\",\"href\":\"%.*s%s.sha256\"},{\"rel\":\"signature\","
        "\"href\":\"%.*s%s.asc\"}]}]}}",
        SV(root), next, SV(root), path, SV(root), path, SV(root), path);
}

JAILED_TEST(a_list_may_be_as_long_as_its_limit_says)
{
    struct provided *p = provided_new(a);
    stage_cast(st);
    provided_whole(p);
    struct ctx *cx = stage_as(st, "reception");
    buf said = {.a = a};
    struct library_haul h = {
        .wire = provided_wire(p), .timeout_ms = 1000, .tell = tell, .arg = &said};
    h.list_most = S("\"2026/a.json\",\"2026-01-02T00:00:00Z\"\n").n * 2;
    CHECK_OK(cx, library_haul(cx, &h, p->root));
    CHECK_STR(S("new A; new B"), buf_str(&said));
    said.n = 0;
    h.list_most--;
    CHECK_OK(cx, library_haul(cx, &h, p->root));
    CHECK_STR(S("refused library_too_large 73 B"), buf_str(&said));
}

JAILED_TEST(feeds_that_lead_in_a_circle_end)
{
    NEEDS_GPGV();
    struct provided *p = provided_new(a);
    stage_cast(st);
    provided_whole(p);
    provided_metadata(
        p, "csaf_trusted_provider",
        str_fmt(a,
                "[{\"rolie\":{\"feeds\":[{\"url\":\"%.*s/f1\"},{\"url\":\"%.*s/f1\"},{"
                "\"url\":\"%.*s/f3\"}]}}]",
                SV(p->root), SV(p->root), SV(p->root)));
    provided_put(p, S("/f1"), feed(a, p->root, "/f2", "/white/2026/a.json"));
    provided_put(p, S("/f2"), feed(a, p->root, "/f1", "/white/2026/b.json"));
    provided_put(p, S("/f3"), S("{\"feed\":{\"entry\":7}}"));
    CHECK_STR(S("new A; new B; refused library_list /feed/entry"), haul(st, p, p->root, NULL));
}

JAILED_TEST(metadata_that_cannot_be_used_say_why)
{
    static const struct {
        const char *text, *said;
    } all[] = {
        {"{\"canonical_url\":7}", "refused library_metadata /canonical_url"},
        {"{\"canonical_url\":\"x\",\"publisher\":{\"namespace\":\"y\"}}",
         "refused library_metadata /distributions"},
    };
    stage_cast(st);
    for (size_t i = 0; i < COUNT(all); i++) {
        struct provided *p = provided_new(a);
        provided_put(p, S("/.well-known/csaf/provider-metadata.json"), str_z(all[i].text));
        CHECK_STR(str_z(all[i].said), haul(st, p, p->root, NULL));
    }
    struct provided *none = provided_new(a);
    CHECK_STR(S("refused library_no_provider"), haul(st, none, none->root, NULL));
    provided_trouble(none, S("/.well-known/csaf/provider-metadata.json"), PROVIDED_SLOW, S(""));
    CHECK_STR(S("refused library_timeout"), haul(st, none, none->root, NULL));
}

JAILED_TEST(security_txt_leads_to_the_metadata)
{
    NEEDS_GPGV();
    struct provided *p = provided_new(a);
    stage_cast(st);
    provided_whole(p);
    provided_put(p, S("/pmd.json"), p->files.v[0].body);
    provided_trouble(p, S("/.well-known/csaf/provider-metadata.json"), PROVIDED_DENIED, S(""));
    provided_put(p, S("/.well-known/security.txt"),
                 str_fmt(a, "Contact: mailto:x@x\nCSAF: %.*s/no.json\nCSAF: %.*s/pmd.json\n",
                         SV(p->root), SV(p->root)));
    CHECK_STR(S("new A; new B"), haul(st, p, p->root, NULL));
}

JAILED_TEST(a_single_address_may_be_a_document_a_feed_or_nothing_of_ours)
{
    struct provided *p = provided_new(a);
    stage_cast(st);
    provided_put(p, S("/a.json"), provided_csaf(a, "A", 1, "https://provided.example"));
    provided_put(p, S("/f1"), feed(a, p->root, "/f1", "/a.json"));
    provided_put(p, S("/page"), S("<html></html>"));
    CHECK_STR(S("new A"), haul(st, p, str_join(a, p->root, S("/a.json")), NULL));
    CHECK_STR(S("unchanged A"), haul(st, p, str_join(a, p->root, S("/f1")), NULL));
    CHECK_STR(S("refused library_format"), haul(st, p, str_join(a, p->root, S("/page")), NULL));
    CHECK_STR(S("refused library_status 404"), haul(st, p, str_join(a, p->root, S("/no")), NULL));
    CHECK_STR(S("refused library_scheme"), haul(st, p, S("ftp://x.example/a"), NULL));
}

/* --- aggregators ------------------------------------------------------------------------------- */

static void put_aggregator(struct provided *p)
{
    str root = p->root;
    provided_put(
        p, S("/aggregator.json"),
        str_fmt(p->a,
                "{\"aggregator\":{\"category\":\"aggregator\",\"name\":\"Agg\",\"namespace\":"
                "\"https://agg.example\"},\"aggregator_version\":\"2.0\",\"canonical_url\":\"x\","
                "\"csaf_providers\":[{\"metadata\":{\"publisher\":{\"name\":\"Provided\","
                "\"namespace\":\"https://provided.example\"},\"role\":\"csaf_trusted_provider\","
                "\"url\":\"%.*s/.well-known/csaf/provider-metadata.json\"},\"mirrors\":["
                "\"%.*s/mirror/provider-metadata.json\"]},{\"metadata\":{\"publisher\":{"
                "\"name\":\"Victim\",\"namespace\":\"https://victim.example\"},\"url\":"
                "\"%.*s/.well-known/csaf/provider-metadata.json\"}}]}",
                SV(root), SV(root), SV(root)));
}

static void hear_offer(void *arg, const struct aggregated *g)
{
    buf *b = arg;
    buf_putf(b, "%soffered %.*s", b->n ? "; " : "", SV(g->namespace));
}

static str haul_issuers(struct stage *st, struct provided *p, const char *issuers, bool mirrors)
{
    struct ctx *cx = stage_as(st, "coordinator");
    const str one = str_z(issuers);
    buf said = {.a = st->a};
    struct library_haul h = {.wire = provided_wire(p),
                             .timeout_ms = 1000,
                             .tell = tell,
                             .issuers = {&one, one.n > 0},
                             .mirrors = mirrors,
                             .offer = hear_offer,
                             .arg = &said};
    CHECK_OK(cx, library_haul(cx, &h, str_join(st->a, p->root, S("/aggregator.json"))));
    return said.n > 0 ? buf_str(&said) : S("");
}

JAILED_TEST(an_aggregator_says_whom_it_names_and_leads_to_those_that_are_chosen)
{
    NEEDS_GPGV();
    struct provided *p = provided_new(a);
    stage_cast(st);
    provided_whole(p);
    put_aggregator(p);
    CHECK_STR(S("offered https://provided.example; offered https://victim.example"),
              haul_issuers(st, p, "", false));
    CHECK_STR(S("0"), held(st));
    CHECK_STR(S("refused library_status 404"),
              haul_issuers(st, p, "https://provided.example", true));
    CHECK_STR(S("new A; new B"), haul_issuers(st, p, "https://provided.example", false));
    CHECK_STR(S("refused library_other_publisher https://provided.example"),
              haul_issuers(st, p, "https://victim.example", false));
    provided_put(p, S("/aggregator.json"), S("{\"aggregator\":{}}"));
    CHECK_STR(S("refused library_metadata /csaf_providers"), haul_issuers(st, p, "all", false));
}

/* --- an aggregator held against requirements 21 to 23 ------------------------------------------ */

static void get_provided(void *arg, struct arena *a, str url, enum provider_guise as, size_t most,
                         struct provider_got *out)
{
    const struct provided *p = arg;
    (void)a, (void)as, (void)most;
    *out = (struct provider_got){.status = 404};
    for (size_t i = 0; i < p->files.n; i++)
        if (str_eq(url, str_join(a, p->root, p->files.v[i].path)))
            *out = (struct provider_got){
                .status = 200, .type = S("application/json"), .body = p->files.v[i].body};
}

/* How 21, 22 and 23 stand: "+" holds, "-" fails, "." not asked; and the words of what was found. */
static str judged(struct arena *a, struct provided *p)
{
    const struct provider_reach reach = {.get = get_provided, .loopback = true, .arg = p};
    struct provider_reports all;
    buf b = {.a = a};
    CHECK_ERR(OK, provider_check(a, &reach, str_join(a, p->root, S("/aggregator.json")), &all));
    const struct provider_report *r = &all.v[0];
    for (int n = 21; n <= 23; n++)
        buf_char(&b, ".+-"[r->requirement[n].state]);
    buf_putf(&b, " %.*s", SV(provider_role_name(r->role)));
    for (size_t i = 0; i < r->messages.n; i++)
        buf_putf(&b, " %.*s", SV(r->messages.v[i].word));
    return buf_str(&b);
}

static str party(struct provided *p, const char *name, const char *mirror)
{
    return str_fmt(p->a,
                   "{\"metadata\":{\"last_updated\":\"2026-01-01T00:00:00Z\",\"publisher\":{"
                   "\"category\":\"vendor\",\"name\":\"%s\",\"namespace\":\"https://%s.example\"},"
                   "\"url\":\"https://%s.example/provider-metadata.json\"},\"mirrors\":["
                   "\"%.*s/%s/provider-metadata.json\"]}",
                   name, name, name, SV(p->root), mirror);
}

static void put_list(struct provided *p, const char *category, str parties)
{
    provided_put(
        p, S("/aggregator.json"),
        str_fmt(p->a,
                "{\"aggregator\":{\"category\":\"%s\",\"name\":\"Agg\",\"namespace\":"
                "\"https://agg.example\"},\"aggregator_version\":\"2.0\",\"canonical_url\":"
                "\"%.*s/aggregator.json\",\"csaf_providers\":[%.*s],\"last_updated\":"
                "\"2026-01-01T00:00:00Z\"}",
                category, SV(p->root), SV(parties)));
}

static void put_mirror(struct provided *p, const char *name, const char *document)
{
    provided_put(
        p, str_fmt(p->a, "/%s/provider-metadata.json", name),
        str_fmt(p->a,
                "{\"publisher\":{\"namespace\":\"https://%s.example\"},\"distributions\":[{"
                "\"rolie\":{\"feeds\":[{\"url\":\"%.*s/%s/feed.json\"}]}}]}",
                name, SV(p->root), name));
    provided_put(p, str_fmt(p->a, "/%s/feed.json", name),
                 str_fmt(p->a, "{\"feed\":{\"entry\":[{\"content\":{\"src\":\"%.*s%s\"}}]}}",
                         SV(p->root), document));
}

TEST(two_mirrors_of_one_party_may_stand_in_its_folder)
{
    struct provided *p = provided_new(a);
    str twice = str_fmt(a, "two/provider-metadata.json\",\"%.*s/two/again", SV(p->root));
    put_mirror(p, "one", "/one/a.json");
    put_mirror(p, "two", "/two/a.json");
    provided_put(
        p, S("/two/again/provider-metadata.json"),
        str_fmt(a,
                "{\"publisher\":{\"namespace\":\"https://two.example\"},\"distributions\":[{"
                "\"rolie\":{\"feeds\":[{\"url\":\"%.*s/two/feed.json\"}]}}]}",
                SV(p->root)));
    str parties = str_fmt(a, "%.*s,%.*s", SV(party(p, "one", "one")),
                          SV(party(p, "two", str_to_z(a, twice))));
    put_list(p, "aggregator", parties);
    CHECK_STR(S("+++ csaf_aggregator"), judged(a, p));
}

TEST(an_aggregator_lists_two_parties_and_mirrors_each_in_a_folder_of_its_own)
{
    struct provided *p = provided_new(a);
    str one = party(p, "one", "one"), two = party(p, "two", "two");
    str both = str_fmt(a, "%.*s,%.*s", SV(one), SV(two));
    put_mirror(p, "one", "/one/a.json");
    put_mirror(p, "two", "/two/a.json");
    put_list(p, "aggregator", both);
    CHECK_STR(S("+++ csaf_aggregator"), judged(a, p));
    put_list(p, "lister", both);
    CHECK_STR(S("++. csaf_lister"), judged(a, p));
    put_list(p, "aggregator", one);
    CHECK_STR(S("+-- none agg_parties agg_few_mirrors"), judged(a, p));
    put_list(p, "aggregator", str_fmt(a, "%.*s,%.*s", SV(one), SV(party(p, "two", "one"))));
    CHECK_STR(S("++- csaf_lister agg_other_party agg_same_folder"), judged(a, p));
    put_list(p, "aggregator", both);
    put_mirror(p, "two", "/one/a.json");
    CHECK_STR(S("++- csaf_lister agg_not_local"), judged(a, p));
    provided_put(p, S("/two/provider-metadata.json"),
                 S("{\"publisher\":{\"namespace\":\"https://two.example\"}}"));
    CHECK_STR(S("++- csaf_lister agg_no_feed"), judged(a, p));
    put_mirror(p, "two", "/two/a.json");
    provided_put(p, S("/provider-metadata.json"), S("{}"));
    CHECK_STR(S("-++ none agg_adjacent"), judged(a, p));
}

/* --- JVN -------------------------------------------------------------------------------------- */

static str item(struct arena *a, int n, const char *day)
{
    return str_fmt(a,
                   "<item rdf:about=\"https://jvndb.jvn.jp/ja/%d\"><title>%d</title><link>https://"
                   "jvndb.jvn.jp/ja/%d</link><sec:identifier>JVNDB-2026-00000%d</sec:identifier>"
                   "<dcterms:modified>2026-01-%sT00:00+09:00</dcterms:modified></item>",
                   n, n, n, n, day);
}

static str vulinfo(struct arena *a, int n, const char *day)
{
    return str_fmt(
        a,
        "<Vulinfo><VulinfoID>JVNDB-2026-00000%d</VulinfoID><VulinfoData><Title>%d</Title>"
        "<DateLastUpdated>2026-01-%sT00:00:00+09:00</DateLastUpdated></VulinfoData>"
        "</Vulinfo>",
        n, n, day);
}

static void put_jvn(struct provided *p, const char *day2, const char *query, const char *also)
{
    struct arena *a = p->a;
    provided_put(
        p, S("/ja/rss/jvndb.rdf"),
        str_fmt(a,
                "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
                "xmlns=\"http://purl.org/rss/1.0/\" xmlns:sec=\"http://jvn.jp/rss/mod_sec/\""
                " xmlns:dcterms=\"http://purl.org/dc/terms/\" xml:lang=\"ja\"><channel "
                "rdf:about=\"x\"><title>t</title><link>x</link></channel>%.*s%.*s"
                "</rdf:RDF>",
                SV(item(a, 1, "01")), SV(item(a, 2, day2))));
    provided_put(p, str_fmt(a, "/myjvn?method=getVulnDetailInfo&feed=hnd&lang=ja&vulnId=%s", query),
                 str_fmt(a,
                         "<VULDEF-Document version=\"3.2\" xmlns=\"http://jvn.jp/vuldef/\" "
                         "xml:lang=\"ja\">%.*s%s</VULDEF-Document>",
                         SV(vulinfo(a, 2, day2)), also));
}

JAILED_TEST(a_jvn_server_is_asked_for_the_details_of_what_is_new)
{
    struct provided *p = provided_new(a);
    stage_cast(st);
    put_jvn(p, "01", "JVNDB-2026-000001%2BJVNDB-2026-000002", str_to_z(a, vulinfo(a, 1, "01")));
    for (int round = 0; round < 3; round++) {
        struct ctx *cx = stage_as(st, "reception");
        buf said = {.a = a};
        struct library_haul h = {
            .wire = provided_wire(p), .timeout_ms = 1000, .tell = tell, .arg = &said};
        CHECK_OK(cx, library_haul_jvn(cx, &h, str_join(a, p->root, S("/")), LANG_JA));
        if (round == 0)
            CHECK_STR(S("new JVNDB-2026-000002; new JVNDB-2026-000001"), buf_str(&said));
        if (round == 1)
            CHECK_I64(2, h.count[LIBRARY_UNCHANGED]);
        if (round == 1)
            put_jvn(p, "02", "JVNDB-2026-000002", "");
        if (round == 2)
            CHECK_STR(S("updated JVNDB-2026-000002"), buf_str(&said));
    }
    struct ctx *cx = stage_as(st, "mihon.poc");
    struct library_haul h = {.wire = provided_wire(p), .timeout_ms = 1000};
    CHECK_ERR(E_DENIED, library_haul_jvn(cx, &h, p->root, LANG_JA));
    CHECK_ERR(E_DENIED, library_haul(cx, &h, p->root));
}

/* --- a check apart ------------------------------------------------------------------------------------- */

/* Asks for three addresses, does what the bytes there say, and counts what it got. */
static enum err wicked_job(struct arena *a, str in, const struct jail_caller *caller, buf *out)
{
    static const char *const urls[] = {"https://x.example/a", "https://x.example/b",
                                       "https://y.example/c"};
    volatile bool forever = true;
    struct provider_report r = {.url = S("https://x.example/\x1b[2J")};
    (void)in;
    for (size_t i = 0; i < COUNT(urls); i++) {
        struct provider_got got;
        buf q = {.a = a};
        str answer;
        fields_put(&q, S("get"));
        fields_put(&q, str_z(urls[i]));
        fields_put_i64(&q, GUISE_ENTITLED);
        fields_put_i64(&q, 1000);
        must(jail_ask(caller, a, buf_str(&q), &answer) && wire_take_got(&answer, &got));
        must(!str_eq(got.body, S("crash")));
        while (forever && str_eq(got.body, S("hang")))
            continue;
        if (str_eq(got.body, S("connect")))
            (void)socket(AF_INET, SOCK_STREAM, 0);
        r.documents += got.status == 200;
    }
    struct provider_reports all = {0};
    *PUSH(a, &all) = r;
    wire_put_reports(out, &all);
    return OK;
}

struct wicked {
    const char *bytes;
    buf said;
    bool shown; /* credentials, to another */
};

static void get_wicked(void *arg, struct arena *a, str url, enum provider_guise as, size_t most,
                       struct provider_got *out)
{
    struct wicked *w = arg;
    (void)a, (void)most;
    bool own = str_has_prefix(url, S("https://x.example/"));
    w->shown |= (as == GUISE_ENTITLED) != own;
    *out = (struct provider_got){.status = 200,
                                 .body = str_has_suffix(url, S("b")) ? str_z(w->bytes) : S("good")};
}

static void note_unread(void *arg, str url, str why)
{
    struct wicked *w = arg;
    buf_putf(&w->said, "%.*s %.*s", SV(url), SV(why));
}

TEST(what_crashes_the_reader_is_left_out_of_the_check_and_named)
{
    static const struct jail_job jobs[] = {{.name = S_INIT("provider"), .talk = wicked_job}};
    static const char *const cases[][2] = {{"good", ""},
                                           {"crash", "https://x.example/b jail: provider: ended"},
                                           {"hang", "https://x.example/b jail: provider: ended by "
                                                    "SIGXCPU"},
                                           {"connect", "https://x.example/b jail: provider: ended "
                                                       "by SIGSYS"}};
    const struct jail_options o = {.jobs = jobs, .njobs = COUNT(jobs), .most = {.cpu_seconds = 1}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct wicked w = {.bytes = cases[i][0], .said = {.a = a}};
        struct provider_apart p = {.reach = {.get = get_wicked, .arg = &w, .entitled = true},
                                   .unread = note_unread,
                                   .arg = &w};
        struct provider_reports all;
        struct fault f = {0};
        for (size_t k = 0; k < PROVIDER_JAILS; k++)
            must(jail_start(a, &o, &f, &p.jails[k]) == OK);
        CHECK_ERR(OK, provider_check_apart(a, &f, &p, S("https://x.example/pmd.json"), &all));
        CHECK_I64(i == 0 ? 3 : 2, (i64)all.v[0].documents);
        CHECK_STR(S("https://x.example/?[2J"), all.v[0].url); /* no word to the terminal */
        CHECK(str_has_prefix(w.said.n > 0 ? buf_str(&w.said) : S(""), str_z(cases[i][1])));
        CHECK(!w.shown);
    }
}
