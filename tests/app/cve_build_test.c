/* cve_build_test.c - the CVE record of a case's vulnerability, in both languages. */
#include "app/cve_build.h"
#include "app/statuses.h"
#include "app/vulns.h"
#include "help/released.h"
#include "t.h"

#include "gen/sql.h"

static void say(struct walk *w, const char *versions)
{
    struct ctx *cx = walk_as(w, "mihon.poc");
    CHECK_OK(cx,
             status_change(
                 cx, w->case_id, walk_lane(w, "mihon"),
                 stage_input(w->st->a, "status", "affected", "url", "https://mihon.example.jp/1",
                             "products.0.name", "Gateway X", "products.0.versions", versions,
                             "products.0.status", "affected", "products.1.name", "Gateway X",
                             "products.1.versions", "2.4", "products.1.status", "fixed", NULL)));
}

static struct cve_draft built(struct walk *w, const char *who)
{
    struct ctx *cx = walk_as(w, who);
    struct cve_draft d;
    CHECK_OK(cx, cve_build(cx, w->case_id, NO_STR, false, &d));
    return d;
}

static str findings(struct arena *a, const struct cve_draft *d)
{
    buf b = {.a = a};
    for (size_t i = 0; i < d->findings.n; i++)
        buf_putf(&b, "%.*s%s ", SV(d->findings.v[i].code), d->findings.v[i].must ? "!" : "");
    return b.n ? buf_str(&b) : S("");
}

APP_TEST(a_released_advisory_is_a_record_in_both_languages)
{
    struct walk *w = released(st);
    say(w, "2.4 より前");
    struct cve_draft d = built(w, "coordinator");
    const struct cve_record *r = &d.record;
    CHECK_STR(S("year cwe_mapping "), findings(a, &d)); /* of 2023; CWE-400 is discouraged */
    CHECK(d.is_public && !d.fails);
    CHECK_STR(S("CVE-2023-5915"), r->id);
    CHECK_STR(S("Resource exhaustion"), r->title);
    CHECK_I64(2, (i64)r->descriptions.n);
    CHECK_STR(S("en"), r->descriptions.v[0].lang);
    CHECK_STR(S("The overview"), r->descriptions.v[0].value);
    CHECK_STR(S("ja"), r->descriptions.v[1].lang);
    CHECK_STR(S("CWE-400"), r->weaknesses.v[0].texts.v[0].cwe);
    CHECK_STR(S("mihon Inc."), r->products.v[0].vendor);
    CHECK_I64(1, (i64)r->products.n); /* two rows of one product */
    CHECK_STR(S("0"), r->products.v[0].versions.v[0].version);
    CHECK_STR(S("2.4"), r->products.v[0].versions.v[0].less_than);
    CHECK_STR(S("unaffected"), r->products.v[0].versions.v[1].status);
    CHECK(str_has_suffix(r->references.v[0].url,
                         str_fmt(a, "/en/advisories/%.*s", SV(number_of(w)))));
    CHECK_STR(S("https://mihon.example.jp/1"), r->references.v[2].url);
    CHECK_I64(1, (i64)r->metrics.n);
    CHECK_STR(S("en"), r->timeline.v[0].lang);
}

APP_TEST(a_record_says_what_identifies_a_product)
{
    struct walk *w = released(st);
    struct ctx *cx = walk_as(w, "mihon.poc");
    static const char *const cpe = "cpe:2.3:a:mihon:gateway:*:*:*:*:*:*:*:*";
    CHECK_OK(cx,
             status_change(cx, w->case_id, walk_lane(w, "mihon"),
                           stage_input(w->st->a, "status", "affected", "products.0.name",
                                       "Gateway X", "products.0.versions", "1.0", "products.0.cpe",
                                       cpe, "products.0.purl", "pkg:npm/gateway@1.0",
                                       "products.1.name", "Gateway X", "products.1.versions", "1.1",
                                       "products.1.cpe", cpe, NULL)));
    struct cve_draft d = built(w, "coordinator");
    CHECK(!d.fails);
    CHECK_I64(1, (i64)d.record.products.v[0].cpes.n);
    CHECK_STR(str_z(cpe), d.record.products.v[0].cpes.v[0]);
    CHECK(str_find(d.json, S("packageURL")) < 0); /* 5.1 has no place for it */
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, cve_build(cx, w->case_id, NO_STR, true, &d));
    CHECK(str_find(d.json, S("\"packageURL\": \"pkg:npm/gateway\"")) > 0);
    CHECK(!d.fails);
}

/* The CVE Record Format 5.2 of packageURL: "MUST NOT include a version", neither behind an @ nor
 * as a range in the qualifier "vers" (CVE Services refuses both). */
APP_TEST(a_package_url_of_a_record_names_no_version)
{
    static const struct {
        const char *given, *written;
    } urls[] = {{"pkg:npm/gateway@1.0", "\"packageURL\": \"pkg:npm/gateway\""},
                {"pkg:npm/gateway?vers=vers:npm/%3E%3D1.0", "\"packageURL\": \"pkg:npm/gateway\""},
                {"pkg:deb/debian/gateway@1.0?arch=all",
                 "\"packageURL\": \"pkg:deb/debian/gateway?arch=all\""}};
    struct walk *w = released(st);
    for (size_t i = 0; i < COUNT(urls); i++) {
        struct ctx *cx = walk_as(w, "mihon.poc");
        struct cve_draft d;
        CHECK_OK(cx, status_change(cx, w->case_id, walk_lane(w, "mihon"),
                                   stage_input(cx->a, "status", "affected", "products.0.name",
                                               "Gateway X", "products.0.versions", "1.0",
                                               "products.0.purl", urls[i].given, NULL)));
        (void)stage_later(w->st, MINUTE);
        cx = walk_as(w, "coordinator");
        CHECK_OK(cx, cve_build(cx, w->case_id, NO_STR, true, &d));
        CHECK(!d.fails && str_find(d.json, str_z(urls[i].written)) > 0);
    }
}

/* "X 0<2.4 unaffected, Y affected" */
static str affected(struct arena *a, const struct cve_record *r)
{
    buf b = {.a = a};
    for (size_t i = 0; i < r->products.n; i++) {
        const struct cve_product *p = &r->products.v[i];
        buf_putf(&b, "%s%.*s", i > 0 ? ", " : "", SV(p->product));
        for (size_t k = 0; k < p->versions.n; k++)
            buf_putf(&b, " %.*s<%.*s %.*s", SV(p->versions.v[k].version),
                     SV(p->versions.v[k].less_than), SV(p->versions.v[k].status));
        buf_putf(&b, " %.*s", SV(p->default_status));
    }
    return buf_str(&b);
}

APP_TEST(a_record_has_the_statuses_of_its_vulnerability_alone)
{
    struct walk *w = released_two(st);
    struct cve_draft d;
    struct vuln *v;
    size_t n;
    two_said(w, "1", "1");
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, vuln_list(cx, w->case_id, &v, &n));
    CHECK_OK(cx, cve_build(cx, w->case_id, v[0].id, false, &d));
    CHECK_STR(S("X 0<2.4 unaffected , Y affected"), affected(a, &d.record));
    CHECK_OK(cx, cve_build(cx, w->case_id, v[1].id, false, &d));
    CHECK_STR(S("X 0<2.4 affected "), affected(a, &d.record));
}

APP_TEST(what_no_machine_can_compare_stays_as_it_was_written)
{
    struct walk *w = released(st);
    say(w, "2024年4月以前に製造されたもの");
    struct cve_draft d = built(w, "coordinator");
    CHECK_STR(S("2024年4月以前に製造されたもの"), d.record.products.v[0].versions.v[0].version);
    CHECK(d.record.products.v[0].versions.v[0].less_than.p == NULL);
}

APP_TEST(a_vendor_without_products_is_told_of)
{
    struct walk *w = released(st);
    struct cve_draft d = built(w, "coordinator");
    CHECK_STR(S("year product! cwe_mapping no_products "), findings(a, &d));
    CHECK(d.fails);
    for (size_t i = 0; i < d.findings.n; i++)
        for (enum lang g = 0; g < LANG_COUNT; g++)
            CHECK(cve_finding_words(a, &d.findings.v[i], g).n > 0);
}

APP_TEST(a_draft_is_for_coordinator_and_reception)
{
    struct walk *w = undrafted(st);
    struct cve_draft d;
    vulnerability_add(w);
    (void)draft_save(w, draft_save(w, 0, draft_ja(a)), draft_en(a));
    d = built(w, "coordinator");
    CHECK(!d.is_public);
    CHECK(d.record.made_public.p == NULL);
    (void)built(w, "reception");
    static const char *const others[] = {"mihon.poc", "reiji.poc", "kamei.poc", "auditor"};
    for (size_t i = 0; i < COUNT(others); i++) {
        struct ctx *cx = walk_as(w, others[i]);
        CHECK_ERR(E_NOT_FOUND, cve_build(cx, w->case_id, NO_STR, false, &d));
    }
}

APP_TEST(one_of_several_has_to_be_named)
{
    struct walk *w = released(st);
    vulnerability_add(w);
    struct ctx *cx = walk_as(w, "coordinator");
    struct cve_draft d;
    CHECK_ERR(E_INVALID, cve_build(cx, w->case_id, NO_STR, false, &d));
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_NOT_FOUND, cve_build(cx, w->case_id, S("no-such"), false, &d));
}

/* One letter: the schema wants two to 32 of the short name. */
static enum err put_short_account(struct ctx *cx, [[maybe_unused]] void *arg)
{
    return q_cve_account_add(cx->db, .name = S("services"), .url = S("https://cve.example"),
                             .org = S("x"), .username = S("robot"),
                             .org_uuid = S("6d4a2f3e-4e26-4c61-9b0c-3d9f7a5e8b21"),
                             .key_box = S("box"), .changed = cx->now, .rev = 1);
}

APP_TEST(a_record_that_breaks_the_schema_alone_fails_with_its_place)
{
    struct walk *w = released(st);
    say(w, "2.4 より前");
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK(!built(w, "coordinator").fails);
    CHECK_OK(cx, db_write(cx, put_short_account, NULL));
    struct cve_draft d = built(w, "coordinator");
    CHECK(d.fails);
    bool metadata = false, container = false;
    for (size_t i = 0; i < d.findings.n; i++) {
        const struct cve_finding *f = &d.findings.v[i];
        if (!str_eq(f->rule, S("schema")))
            continue;
        CHECK_STR(S("minLength"), f->got);
        metadata |= str_eq(f->path, S("/cveMetadata/assignerShortName"));
        container |= str_eq(f->path, S("/containers/cna/providerMetadata/shortName"));
        CHECK(cve_finding_words(a, f, LANG_JA).n > 0);
    }
    CHECK(metadata && container);
}
