/* myjvn_test.c - the answers of MyJVN beside IPA's own examples. */
#include "formats/myjvn.h"
#include "help/same_xml.h"
#include "t.h"

#include "base/vec.h"

static const str none = S_INIT("");

static str example(struct arena *a, const char *dir, const char *name)
{
    str text = read_whole(a, str_fmt(a, "%s/myjvn/examples/%s", dir, name));
    CHECK(text.n > 0);
    return text;
}

static const struct xml_node *tree(struct arena *a, str text, struct myjvn_head *h)
{
    const struct xml_node *root;
    struct xml_error e;
    struct jvn_status *s = NEW(a, struct jvn_status);
    CHECK_ERR(OK, xml_read(a, text, &root, &e));
    CHECK(jvn_read_status(a, root, s));
    *h = (struct myjvn_head){.lang = S("ja"), .status = s};
    return root;
}

static i64 number(const struct xml_node *n, const char *name)
{
    i64 v = -1;
    CHECK(str_i64(xml_attribute_of(n, none, str_z(name)), &v));
    return v;
}

/* --- vendors and products --- */

static struct myjvn_vendors vendors_of(struct arena *a, const struct xml_node *root)
{
    struct {
        VEC(struct myjvn_vendor)
    } v = {0};
    const struct xml_node *n =
        xml_find(xml_find(root, S(JVN_RESULTS), S("VendorInfo")), S(JVN_RESULTS), S("Vendor"));
    for (; n != NULL; n = xml_after(n)) {
        struct {
            VEC(struct myjvn_product)
        } p = {0};
        for (const struct xml_node *k = n->first; k != NULL; k = k->next)
            *PUSH(a, &p) =
                (struct myjvn_product){number(k, "pid"), xml_attribute_of(k, none, S("pname")),
                                       xml_attribute_of(k, none, S("cpe"))};
        *PUSH(a, &v) =
            (struct myjvn_vendor){number(n, "vid"), xml_attribute_of(n, none, S("vname")),
                                  xml_attribute_of(n, none, S("cpe")), p.v, p.n};
    }
    return (struct myjvn_vendors){v.v, v.n};
}

TEST(the_official_lists_of_vendors_and_products_come_out_as_they_went_in)
{
    static const char *const names[] = {"hnd/getVendorList_hnd.xml", "hnd/getProductList_hnd.xml",
                                        "hnd/dataFeed_myjvn_vendor_hnd.xml",
                                        "hnd/dataFeed_myjvn_product_hnd.xml"};
    const char *dir = TESTDATA();
    for (size_t i = 0; i < COUNT(names); i++) {
        struct myjvn_head h;
        str text = example(a, dir, names[i]);
        struct myjvn_vendors v = vendors_of(a, tree(a, text, &h));
        CHECK(v.n > 0);
        CHECK(same_xml(a, text, myjvn_vendors_xml(a, &h, &v)));
        CHECK(valid_by(a, "results_3.3.xsd", myjvn_vendors_xml(a, &h, &v)));
    }
}

/* --- statistics --- */

struct counts {
    VEC(struct myjvn_count)
};

static void count_rows(struct arena *a, const struct xml_node *n, enum myjvn_theme theme,
                       struct counts *v)
{
    static const char *const ratings[] = {"cntN", "cntL", "cntM", "cntH", "cntC"};
    for (size_t i = 0; n != NULL; n = n->next, i++) {
        struct myjvn_count *c = i < v->n ? &v->v[i] : PUSH(a, v);
        c->date = xml_attribute_of(n, none, S("date"));
        *(theme == MYJVN_SUM_CWE ? &c->cwe : &c->all) = number(n, "cntAll");
        for (size_t k = 0; theme == MYJVN_SUM_CVSS && k < MYJVN_RATINGS; k++)
            c->by[k] = number(n, ratings[k]);
    }
}

static enum myjvn_theme theme_of(const struct xml_node *sum)
{
    if (str_eq(sum->name, S("sumCwe")))
        return MYJVN_SUM_CWE;
    return str_eq(sum->name, S("sumJvnDb")) ? MYJVN_SUM_JVNDB : MYJVN_SUM_CVSS;
}

static struct myjvn_statistics statistics_of(struct arena *a, const struct xml_node *root)
{
    struct myjvn_statistics s = {0};
    struct counts v = {0};
    size_t sums = 0;
    for (const struct xml_node *sum = root->first; sum->next != NULL; sum = sum->next, sums++) {
        const struct xml_node *title = xml_find(sum, S(JVN_STATISTICS), S("title")),
                              *all = xml_find(sum, S(JVN_STATISTICS), S("resDataTotal"));
        s.theme = theme_of(sum);
        s.vulnerabilities = number(all, "vulinfo");
        s.vendors = number(all, "vendor");
        s.products = number(all, "product");
        if (s.theme == MYJVN_SUM_CWE) {
            s.cwe = xml_attribute_of(sum, none, S("cweId"));
            s.cwe_ja = title->text;
            s.cwe_en = xml_after(title)->text;
        }
        count_rows(a, all->next, s.theme, &v);
    }
    s.theme = sums > 1 ? MYJVN_SUM_ALL : s.theme;
    s.v = v.v;
    s.n = v.n;
    return s;
}

TEST(the_official_statistics_come_out_as_they_went_in)
{
    static const char *const names[] = {
        "hnd/getStatistics_hnd_sumAll.xml", "hnd/getStatistics_hnd_sumCvss.xml",
        "hnd/getStatistics_hnd_sumCwe.xml", "hnd/getStatistics_hnd_sumJvnDb.xml"};
    const char *dir = TESTDATA();
    for (size_t i = 0; i < COUNT(names); i++) {
        struct myjvn_head h;
        str text = example(a, dir, names[i]);
        struct myjvn_statistics s = statistics_of(a, tree(a, text, &h));
        CHECK(s.n > 20);
        CHECK(same_xml(a, text, myjvn_statistics_xml(a, &h, &s)));
        CHECK(valid_by(a, "results_3.3.xsd", myjvn_statistics_xml(a, &h, &s)));
    }
}

/* --- alerts --- */

static str atom(const struct xml_node *n, const char *name)
{
    return xml_child_text(n, S(JVN_ATOM), str_z(name));
}

static str sec(const struct xml_node *n, const char *name)
{
    return xml_child_text(n, S(JVN_SEC3), str_z(name));
}

static str href(const struct xml_node *n, const char *space)
{
    return xml_attribute_of(xml_find(n, str_z(space), S("link")), none, S("href"));
}

static void items_of(struct arena *a, const struct xml_node *entry, struct myjvn_alert *t)
{
    struct {
        VEC(struct myjvn_alert_item)
    } v = {0};
    const struct xml_node *n =
        xml_find(xml_find(entry, S(JVN_SEC3), S("items")), S(JVN_SEC3), S("item"));
    for (; n != NULL; n = xml_after(n))
        *PUSH(a, &v) = (struct myjvn_alert_item){.title = sec(n, "title"),
                                                 .id = sec(n, "identifier"),
                                                 .summary = sec(n, "summary"),
                                                 .link = href(n, JVN_SEC3),
                                                 .author = sec(n, "author"),
                                                 .cpes = jvn_texts(a, n, S(JVN_SEC3), S("cpe")),
                                                 .published = jvn_time_read(sec(n, "published")),
                                                 .updated = jvn_time_read(sec(n, "updated"))};
    t->items = v.v;
    t->nitems = v.n;
}

TEST(the_official_alerts_come_out_as_they_went_in)
{
    struct myjvn_head h;
    struct {
        VEC(struct myjvn_alert)
    } v = {0};
    str text = example(a, TESTDATA(), "hnd/getAlertList_hnd.xml");
    const struct xml_node *root = tree(a, text, &h);
    h.title = atom(root, "title");
    h.id = atom(root, "id");
    h.link = href(root, JVN_ATOM);
    h.updated = jvn_time_read(atom(root, "updated"));
    h.author = atom(xml_find(root, S(JVN_ATOM), S("author")), "name");
    h.author_uri = atom(xml_find(root, S(JVN_ATOM), S("author")), "uri");
    for (const struct xml_node *n = xml_find(root, S(JVN_ATOM), S("entry")); n; n = xml_after(n)) {
        const struct xml_node *kind = xml_find(n, S(JVN_ATOM), S("category"));
        struct myjvn_alert *t = PUSH(a, &v);
        *t = (struct myjvn_alert){.title = atom(n, "title"),
                                  .id = atom(n, "id"),
                                  .summary = atom(n, "summary"),
                                  .link = href(n, JVN_ATOM),
                                  .term = xml_attribute_of(kind, none, S("term")),
                                  .label = xml_attribute_of(kind, none, S("label")),
                                  .published = jvn_time_read(atom(n, "published")),
                                  .updated = jvn_time_read(atom(n, "updated"))};
        items_of(a, n, t);
    }
    CHECK_I64(2, (i64)v.n);
    str got = myjvn_alerts_xml(a, &h, &(struct myjvn_alerts){v.v, v.n});
    CHECK(same_xml(a, text, got));
    for (size_t i = 0; i < v.n; i++) /* theirs lack what their schema asks of a product */
        for (size_t k = 0; k < v.v[i].nitems; k++)
            ((struct myjvn_alert_item *)(uintptr_t)v.v[i].items)[k].vendor = S("V");
    CHECK(valid_by(a, "atom.xsd", myjvn_alerts_xml(a, &h, &(struct myjvn_alerts){v.v, v.n})));
}

/* --- JSON: every member of ours is one of theirs, and of the same kind --- */

static const struct json *parsed(struct arena *a, str text)
{
    const struct json *j;
    struct json_error e;
    CHECK_ERR(OK, json_read(a, text, &j, &e));
    return j;
}

static bool same_kind(const struct json *x, const struct json *y)
{
    if (json_is(x, JSON_IS_INT) || json_is(x, JSON_IS_REAL))
        return json_is(y, JSON_IS_INT) || json_is(y, JSON_IS_REAL);
    return x->kind == y->kind;
}

static bool known(const struct json *ours, const struct json *theirs, const struct json *more);

/* An item is known where any of theirs has all its members. */
static bool known_items(const struct json *ours, const struct json *theirs, const struct json *more)
{
    for (size_t i = 0; i < json_count(ours); i++) {
        bool is = false;
        for (size_t k = 0; k < json_count(theirs) && !is; k++)
            is = known(json_at(ours, i), json_at(theirs, k), NULL);
        for (size_t k = 0; k < json_count(more) && !is; k++)
            is = known(json_at(ours, i), json_at(more, k), NULL);
        if (!is)
            return false;
    }
    return true;
}

static bool known(const struct json *ours, const struct json *theirs, const struct json *more)
{
    if (theirs == NULL && more != NULL)
        return known(ours, more, NULL);
    if (theirs == NULL || !same_kind(ours, theirs))
        return false;
    if (json_is(ours, JSON_IS_ARRAY))
        return known_items(ours, theirs, more);
    for (size_t i = 0; json_is(ours, JSON_IS_OBJECT) && i < json_count(ours); i++) {
        str key = json_key(ours, i);
        if (!known(json_value(ours, i), json_get(theirs, key), json_get(more, key))) {
            (void)printf("not known: %.*s\n", SV(key));
            return false;
        }
    }
    return true;
}

static void check_known(struct arena *a, const char *dir, str ours, const char *one,
                        const char *other)
{
    const struct json *x = parsed(a, example(a, dir, one));
    CHECK(known(parsed(a, ours), x, other ? parsed(a, example(a, dir, other)) : NULL));
}

static const str cpe = S_INIT("cpe:/a:v:p");
static const struct jvn_reference references[] = {
    {JVN_ADVISORY, S_INIT("CVE"), S_INIT("CVE-2026-0001"), {0}, S_INIT("https://e.example/1"), {0}},
    {JVN_CWE, {0}, S_INIT("CWE-79"), S_INIT("XSS"), S_INIT("https://e.example/79"), {0}}};
static const struct jvn_product products[] = {
    {.vendor = S_INIT("V"), .product = S_INIT("P"), .cpes = {&cpe, 1}}};
static const struct jvn_cvss cvss[] = {
    {.version = S_INIT("3.0"),
     .vector = S_INIT("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
     .severity = S_INIT("Critical"),
     .score = S_INIT("9.8")},
    {.version = S_INIT("4.0"),
     .vector = S_INIT("CVSS:4.0/AV:N/AC:H/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:L/SA:L"),
     .severity = S_INIT("Critical"),
     .score = S_INIT("9.5")}};
static const str words = S_INIT("do this");
static const struct jvn_item said = {.texts = {&words, 1}};
static const struct jvn_change change = {
    .no = S_INIT("1"), .at = {true, 1744383125000}, .texts = {&words, 1}};
static const struct jvn_entry entry = {.id = S_INIT("KKHDB-2026-000001"),
                                       .link = S_INIT("https://e.example/1"),
                                       .title = S_INIT("t"),
                                       .overview = S_INIT("o"),
                                       .references = references,
                                       .nreferences = 2,
                                       .products = products,
                                       .nproducts = 1,
                                       .cvss = cvss,
                                       .ncvss = 2,
                                       .impacts = {&said, 1},
                                       .solutions = {&said, 1},
                                       .history = &change,
                                       .nhistory = 1,
                                       .issued = {true, 1744383125000},
                                       .modified = {true, 1744383126000},
                                       .first_public = {true, 1744383124000}};
static const struct jvn_entries entries = {&entry, 1};
static const struct jvn_status status = {.method = S_INIT("getVulnDetailInfo"),
                                         .lang = S_INIT("ja"),
                                         .feed = S_INIT("oka"),
                                         .max = {true, 50},
                                         .total = {true, 1},
                                         .returned = {true, 1},
                                         .first = {true, 1}};
static const struct myjvn_head head = {.lang = S_INIT("ja"),
                                       .title = S_INIT("t"),
                                       .link = S_INIT("https://e.example/"),
                                       .author = S_INIT("A"),
                                       .author_uri = S_INIT("https://e.example/"),
                                       .id = S_INIT("urn:x"),
                                       .now = 1744383124000,
                                       .status = &status};

TEST(json_has_the_members_of_the_official_examples_and_no_others)
{
    static const struct myjvn_product product = {7, S_INIT("P"), S_INIT("cpe:/a:v:p")};
    static const struct myjvn_vendor vendor = {5, S_INIT("V"), S_INIT("cpe:/:v"), &product, 1};
    static const struct myjvn_alert_item item = {S_INIT("t"), S_INIT("i"), S_INIT("s"),
                                                 S_INIT("l"), S_INIT("A"), S_INIT("V"),
                                                 {&cpe, 1},   {true, 1},   {true, 1}};
    static const struct myjvn_alert alert = {
        S_INIT("t"),    S_INIT("i"), S_INIT("s"), S_INIT("l"), S_INIT("Info"),
        S_INIT("INFO"), {true, 1},   {true, 1},   &item,       1};
    static const struct myjvn_count counts[] = {
        {.date = S_INIT("2024-12"),
         .year = 2024,
         .month = 12,
         .all = 3,
         .by = {0, 1, 0, 0, 2},
         .cwe = 1},
        {.date = S_INIT("2025-01"), .year = 2025, .month = 1, .all = 1, .by = {1}}};
    const struct myjvn_vendors vendors = {&vendor, 1};
    const struct myjvn_alerts alerts = {&alert, 1};
    const struct myjvn_statistics sums = {
        .v = counts, .n = 2, .vulnerabilities = 4, .vendors = 1, .products = 1};
    struct jvn_entry plain = entry;
    struct jvn_status short_status = status;
    struct myjvn_head alert_head = head;
    short_status.lang = NO_STR;
    alert_head.status = &short_status;
    const char *dir = TESTDATA();
    plain.ncvss = 1;
    check_known(a, dir, myjvn_overview_json(a, &head, &entries), "oka/getVulnOverviewList_oka.json",
                NULL);
    check_known(a, dir, myjvn_csaf_json(a, &head, &entry), "oka/getVulnDetailInfo_oka_jvncsaf.json",
                "oka/getVulnDetailInfo_oka_JVNDB-2022-000097.json");
    check_known(a, dir,
                myjvn_stix_json(a, &head, &(struct jvn_entries){&plain, 1},
                                S("4c2812dd-d870-42ed-a920-b3b0cc1bef03")),
                "oka/getVulnDetailInfo_oka_JVNDB-2017-009608_jvnstix.json",
                "oka/getVulnDetailInfo_oka_jvnstix.json");
    check_known(a, dir, myjvn_vendors_json(a, &head, &vendors), "oka/getProductList_oka.json",
                NULL);
    check_known(a, dir, myjvn_alerts_json(a, &alert_head, &alerts), "oka/getAlertList_oka.json",
                NULL);
    check_known(a, dir, myjvn_alerts_hnd_json(a, &alert_head, &alerts), "hnd/getAlertList_hnd.json",
                NULL);
    str text = myjvn_statistics_json(a, &head, &sums);
    check_known(a, dir, text, "oka/getStatistics_oka.json", NULL);
    const struct json *year = json_at(json_get(parsed(a, text), S("data")), 0);
    i64 n = 0;
    CHECK(json_i64(json_get(year, S("total_severity_critical")), &n) && n == 2);
    CHECK(json_i64(json_get(json_get(year, S("vulninfo")), S("12")), &n) && n == 3);
    CHECK(json_count(json_get(parsed(a, text), S("data"))) == 2);
}

TEST(a_score_and_its_metrics_are_told_in_words_of_their_version)
{
    str text = myjvn_csaf_json(a, &head, &entry);
    const struct json *v =
        json_find(parsed(a, text), S("/vulnerabilities/0/metrics/0/content/cvss_v4"));
    CHECK_STR(S("9.5"), json_number(json_get(v, S("baseScore"))));
    CHECK_STR(S("CRITICAL"), json_get_text(v, S("baseSeverity")));
    CHECK_STR(S("PRESENT"), json_get_text(v, S("attackRequirements")));
    CHECK_STR(S("LOW"), json_get_text(v, S("subIntegrityImpact")));
    v = json_find(parsed(a, text), S("/vulnerabilities/0/metrics/0/content/cvss_v3"));
    CHECK_STR(S("UNCHANGED"), json_get_text(v, S("scope")));
}

TEST(errors_and_empty_answers_have_the_status_alone)
{
    struct jvn_status s = {
        .method = S("getVendorList"), .failed = true, .code = S("XX00000001"), .message = S("m")};
    struct myjvn_head h = {.lang = S("ja"), .status = &s, .title = S("t")};
    struct myjvn_vendors nobody = {0};
    const struct json *j = parsed(a, myjvn_csaf_json(a, &h, NULL));
    CHECK(json_get(j, S("document")) == NULL);
    CHECK_STR(S("XX00000001"), json_get_text(json_get(j, S("status")), S("errCd")));
    CHECK_STR(S(""), json_get_text(json_get(j, S("status")), S("totalRes")));
    CHECK(str_find(myjvn_vendors_xml(a, &h, &nobody), S("VendorInfo")) < 0);
    CHECK(str_find(myjvn_nothing_xml(a, &s), S("retCd=\"1\"")) > 0);
}

TEST(names_of_products_change_their_form_and_keep_their_parts)
{
    CHECK_STR(S("cpe:2.3:a:v:p%28x%29:*:*:*:*:*:*:*:*"),
              myjvn_cpe23(a, S("cpe:/a:v:p%28x%29:1.0")));
    CHECK_STR(S("cpe:2.3::v"), myjvn_cpe23(a, S("cpe:/:v")));
    CHECK_STR(S("jvnpid:1.0::v:p"), myjvn_pid(a, S("cpe:/a:v:p:1:2")));
    CHECK_STR(S("jvnpid:1.0::v"), myjvn_pid(a, S("cpe:/:v")));
    CHECK_STR(NO_STR, myjvn_cpe23(a, S("v:p")));
}

TEST(a_pattern_fits_what_it_leaves_open)
{
    CHECK(myjvn_cpe_fits(S("cpe:/a:apache:http_server"), S("cpe:/a:apache:http_server")));
    CHECK(myjvn_cpe_fits(S("CPE:/A:Apache"), S("cpe:/a:apache:http_server")));
    CHECK(myjvn_cpe_fits(S("cpe:/:apache"), S("cpe:/a:apache:http_server")));
    CHECK(myjvn_cpe_fits(S("cpe:/*:apa*e:*serv*"), S("cpe:/a:apache:http_server")));
    CHECK(myjvn_cpe_fits(S("cpe:/a:apache:*"), S("cpe:/a:apache:x")));
    CHECK(!myjvn_cpe_fits(S("cpe:/a:apache:http"), S("cpe:/a:apache:http_server")));
    CHECK(!myjvn_cpe_fits(S("cpe:/o:apache"), S("cpe:/a:apache:http_server")));
    CHECK(!myjvn_cpe_fits(S("cpe:/a:*x"), S("cpe:/a:apache:http_server")));
    CHECK(!myjvn_cpe_fits(S("apache"), S("cpe:/a:apache:http_server")));
    CHECK(!myjvn_cpe_fits(S("cpe:/a:apache:http_server:1.0"), S("cpe:/a:apache:http_server")));
}
