/* release_dry_test.c - a release rehearsed: built, checked, compared, and nothing written. */
#include "app/release_dry.h"
#include "app/statuses.h"
#include "app/vulns.h"
#include "gen/sql.h"
#include "help/admin.h"
#include "help/rehearsed.h"
#include "t.h"

/* --- what is built ------------------------------------------------------------------------------ */

static const char *const names[] = {"page",     "json-ld",    "atom",         "csaf-2.0",
                                    "csaf-2.1", "jvnrss-3.2", "jvnrss-2.0",   "jvnrss-own",
                                    "vuldef",   "myjvn",      "CVE-2023-5915"};

APP_TEST(every_form_of_a_first_release_is_built_in_both_languages)
{
    struct walk *w = drafted(st);
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        struct release_dry d = dry_of(w, g);
        dry_print(a, &d);
        CHECK(d.wish.kind == RELEASE_FIRST && d.ready);
        size_t n = g == LANG_EN ? COUNT(names) : COUNT(names) - 1;
        CHECK_I64((i64)(n + REHEARSED_LISTS), (i64)d.artefacts.n);
        for (size_t i = 0; i < d.artefacts.n; i++) {
            CHECK_STR(str_z(i < n ? names[i] : rehearsed_lists[i - n]), d.artefacts.v[i].name);
            CHECK(d.artefacts.v[i].bytes.n > 0 && d.artefacts.v[i].url.n > 0);
            CHECK_I64(64, (i64)d.artefacts.v[i].sha256.n);
        }
    }
}

/* Of every product more than its status: all forms still say the same. */
APP_TEST(what_vendors_say_of_identifiers_and_remedies_agrees)
{
    struct walk *w = dry_products(st);
    struct ctx *cx = walk_as(w, "mihon.poc");
    struct input *in = stage_input(
        cx->a, "status", "affected", "products.0.name", "Gateway X", "products.0.versions",
        "2.4 より前", "products.0.cpe", "cpe:2.3:o:mihon:gx:*:*:*:*:*:*:*:*", "products.0.purl",
        "pkg:npm/gx", "products.0.remedy", "mitigation", "products.0.remedy_url",
        "https://mihon.example/gx", "products.1.name", "Gateway Y", "products.1.remedy",
        "workaround", "products.1.cpe", "cpe:/h:mihon:gy", "products.2.name", "Gateway X",
        "products.2.versions", "2.4", "products.2.status", "fixed", "products.2.cpe",
        "cpe:2.3:o:mihon:gx:*:*:*:*:*:*:*:*", "products.2.purl", "pkg:npm/gx@2.4", NULL);
    CHECK_OK(cx, status_change(cx, w->case_id, walk_lane(w, "mihon"), in));
    (void)stage_later(w->st, MINUTE);
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        struct release_dry d = dry_of(w, g);
        dry_print(a, &d);
        CHECK(d.ready);
        str vuldef = NO_STR, cve = NO_STR;
        for (size_t i = 0; i < d.artefacts.n; i++) {
            if (str_eq(d.artefacts.v[i].name, S("vuldef")))
                vuldef = d.artefacts.v[i].bytes;
            if (str_has_prefix(d.artefacts.v[i].name, S("CVE-")))
                cve = d.artefacts.v[i].bytes;
        }
        CHECK(str_find(vuldef, S("<SolutionItem solutiontype=\"workaround\">")) > 0);
        CHECK(str_find(vuldef, S("<URL>https://mihon.example/gx</URL>")) > 0);
        CHECK(str_find(vuldef, S("cpe:/o:mihon:gx</Cpe>")) > 0);
        CHECK(g == LANG_JA || str_find(cve, S("\"workarounds\"")) > 0);
        CHECK(str_find(cve, S("\"solutions\"")) < 0);
    }
}

APP_TEST(a_good_update_is_ready_and_every_field_agrees)
{
    struct walk *w = dry_products(st);
    struct release_dry d = dry_of(w, LANG_EN);
    dry_print(a, &d);
    CHECK(d.wish.kind == RELEASE_UPDATE && d.ready);
    for (enum said_field r = 0; r < SAID_FIELDS; r++)
        for (enum said_format f = 0; f < SAID_PDF; f++) {
            enum said_verdict v = d.rows[r].cell[f].verdict;
            bool carried = said_carries(f, r).rule != SAID_NOTHING;
            CHECK(v == (carried ? SAID_AGREES : SAID_NOT_CARRIED));
            CHECK(!carried || d.rows[r].cell[f].values.n > 0);
            CHECK(said_carries(f, r).where != NULL);
        }
    str ranges = S("mihon Inc. / Gateway X / 2.4 | mihon Inc. / Gateway X / <2.4 | "
                   "mihon Inc. / Gateway Y / *");
    CHECK_STR(S("A vulnerability in Gateway X"), dry_said(a, &d, SAID_TITLE, SAID_VULDEF));
    CHECK_STR(S("Resource exhaustion"), dry_said(a, &d, SAID_TITLE, SAID_CVE));
    CHECK_STR(str_join(a, S("KKH#"), number_of(w)), dry_said(a, &d, SAID_NUMBER, SAID_CSAF_2_1));
    CHECK_STR(S("KKHDB-2026-000001"), dry_said(a, &d, SAID_OTHER_ID, SAID_MYJVN));
    CHECK_STR(S("CVE-2023-5915"), dry_said(a, &d, SAID_CVES, SAID_ATOM));
    CHECK_STR(S("CWE-400"), dry_said(a, &d, SAID_CWES, SAID_JVNRSS_2));
    CHECK_STR(ranges, dry_said(a, &d, SAID_PRODUCTS, SAID_CSAF_2_0));
    CHECK_STR(ranges, dry_said(a, &d, SAID_PRODUCTS, SAID_CVE));
    CHECK_STR(S("mihon Inc. / Gateway X"), dry_said(a, &d, SAID_PRODUCTS, SAID_JVNRSS_3));
    CHECK_STR(S("mihon Inc. / Gateway X / 2.4 = fixed | mihon Inc. / Gateway X / <2.4 = affected | "
                "mihon Inc. / Gateway Y / * = not affected"),
              dry_said(a, &d, SAID_STATUS, SAID_CSAF_2_1));
    CHECK_STR(S("CVE-2023-5915 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L 5.3"),
              dry_said(a, &d, SAID_SCORES, SAID_CSAF_2_0));
    CHECK_STR(S("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L 5.3"),
              dry_said(a, &d, SAID_SCORES, SAID_JVNRSS_OWN));
    CHECK_STR(S("Taro Finder"), dry_said(a, &d, SAID_CREDITS, SAID_CVE));
    CHECK_STR(S("https://mihon.example/psirt/1"), dry_said(a, &d, SAID_LINKS, SAID_JVNRSS_3));
    CHECK_STR(S("The overview"), dry_said(a, &d, SAID_SUMMARY, SAID_ATOM));
    CHECK_STR(S("Update"), dry_said(a, &d, SAID_SOLUTION, SAID_CSAF_2_0));
}

/* Two vulnerabilities of different products. */
static struct walk *dry_two(struct stage *st)
{
    struct walk *w = released_two(st);
    two_said(w, "2", "CVE-2026-10002");
    return w;
}

static size_t artefact(const struct release_dry *d, const char *name)
{
    size_t at = 0;
    while (at < d->artefacts.n && !str_eq(d->artefacts.v[at].name, str_z(name)))
        at++;
    must(at < d->artefacts.n);
    return at;
}

static void check_named(struct ctx *cx, const struct release_dry *from, size_t which,
                        enum said_field field, str before, str behind);
static struct release_dry altered(struct ctx *cx, const struct release_dry *from, size_t which,
                                  str bytes);

APP_TEST(statuses_are_compared_for_each_vulnerability)
{
    struct walk *w = dry_two(st);
    struct ctx *cx = walk_as(w, "coordinator");
    str each = S("mihon Inc. / X / <2.4 = affected (CVE-2023-5915) | "
                 "mihon Inc. / X / <2.4 = not affected (CVE-2026-10002) | "
                 "mihon Inc. / Y = affected (CVE-2026-10002)");
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        struct release_dry d = dry_of(w, g);
        dry_print(a, &d);
        CHECK(d.ready);
        if (g == LANG_JA)
            continue;
        CHECK_STR(each, dry_said(a, &d, SAID_STATUS, SAID_CSAF_2_0));
        CHECK_STR(each, dry_said(a, &d, SAID_STATUS, SAID_CSAF_2_1));
        CHECK_STR(each, dry_said(a, &d, SAID_STATUS, SAID_CVE));
        CHECK_STR(S("mihon Inc. / X / before 2.4 = affected (CVE-2023-5915) | "
                    "mihon Inc. / X / before 2.4 = not affected (CVE-2026-10002) | "
                    "mihon Inc. / Y = affected (CVE-2026-10002)"),
                  dry_said(a, &d, SAID_STATUS, SAID_VULDEF));
        check_named(cx, &d, artefact(&d, "vuldef"), SAID_STATUS,
                    S("<Description>CVE-2026-10002</Description>"), S(""));
        size_t cve = artefact(&d, "CVE-2026-10002");
        struct release_dry other = altered(
            cx, &d, cve, dry_replaced(a, d.artefacts.v[cve].bytes, S("unaffected"), S("affected")));
        CHECK(dry_found(&other, RELEASE_WARNING, "status", "dry_differs"));
        check_named(cx, &d, artefact(&d, "csaf-2.1"), SAID_STATUS, S("known_not_affected"),
                    S("fixed"));
    }
}

/* --- what differs is found ---------------------------------------------------------------------- */

struct change {
    enum said_field field;
    const char *only; /* artefacts, between blanks; NULL: all that tell the field */
    const char *from, *to;
};
#define NOT_RSS " page csaf-2.0 csaf-2.1 vuldef myjvn CVE-2023-5915 "
#define RSS " jvnrss-3.2 jvnrss-2.0 jvnrss-own "
#define FILES " index-2.0 index-2.1 changes-2.0 changes-2.1 "
static const struct change changes[] = {
    {SAID_TITLE, NULL, "A vulnerability in", "Two vulnerabilities in"},
    {SAID_TITLE, " CVE-2023-5915 ", "Resource exhaustion", "Exhaustion"},
    {SAID_NUMBER, NULL, "KKH#", "KKH#1"},
    {SAID_NUMBER, FILES, "/kkh_", "/kkh_1"},
    {SAID_OTHER_ID, NULL, "KKHDB-2026-0", "KKHDB-2026-1"},
    {SAID_CVES, NULL, "CVE-2023-5915", "CVE-2023-5916"},
    {SAID_CWES, NULL, "CWE-400", "CWE-401"},
    {SAID_PRODUCTS, NOT_RSS, "Gateway Y", "Gateway Z"},
    {SAID_PRODUCTS, RSS, "product=\"Gateway X\"", "product=\"Gateway Y\""},
    {SAID_PRODUCTS, " csaf-2.0 csaf-2.1 ", "<2.4\"", "<2.5\""},
    {SAID_PRODUCTS, " csaf-2.0 csaf-2.1 ", "<2.4\"", "<=2.4\""},
    {SAID_PRODUCTS, " CVE-2023-5915 ", "\"lessThan\": \"2.4\"", "\"lessThanOrEqual\": \"2.4\""},
    {SAID_PRODUCTS, " vuldef page ", "before 2.4", "up to 2.4"},
    {SAID_STATUS, " csaf-2.0 csaf-2.1 myjvn ", "\"known_not_affected\"", "\"under_investigation\""},
    {SAID_STATUS, " vuldef ", "notvulnerable", "unknown"},
    {SAID_STATUS, " CVE-2023-5915 ", "unaffected", "unknown"},
    {SAID_STATUS, " page ", "not_affected", "under_investigation"},
    {SAID_IDENTIFIERS, " page csaf-2.0 csaf-2.1 CVE-2023-5915 ", "o:mihon:gateway_x",
     "o:mihon:gateway_z"},
    {SAID_IDENTIFIERS, " page csaf-2.0 csaf-2.1 ", "mihon/gateway-x", "mihon/gateway-z"},
    {SAID_IDENTIFIERS, RSS "vuldef myjvn ", "o:mihon:gateway_x", "o:mihon:gateway_z"},
    {SAID_SCORES, NULL, "/A:L", "/A:H"},
    {SAID_SCORES, NULL, "5.3", "5.4"},
    {SAID_SCORES, RSS, "\"Medium\"", "\"High\""},
    {SAID_SCORES, " csaf-2.0 csaf-2.1 myjvn CVE-2023-5915 ", "\"MEDIUM\"", "\"HIGH\""},
    {SAID_HISTORY, NULL, "Products were added", "Products were removed"},
    {SAID_CREDITS, NULL, "Taro Finder", "Jiro Finder"},
    {SAID_ADDRESS, NULL, "/en/advisories/", "/en/advisory/"},
    {SAID_LINKS, NULL, "mihon.example/psirt/1", "mihon.example/psirt/2"},
    {SAID_SUMMARY, NULL, "The overview", "An overview"},
    {SAID_SOLUTION, NULL, "Update", "Wait"},
};

/* As it was built, but for one artefact's bytes. */
static struct release_dry altered(struct ctx *cx, const struct release_dry *from, size_t which,
                                  str bytes)
{
    struct release_dry d = *from;
    d.artefacts.v = NEWS(cx->a, struct release_artefact, d.artefacts.n + 1);
    for (size_t i = 0; i < d.artefacts.n; i++)
        d.artefacts.v[i] = from->artefacts.v[i];
    d.artefacts.v[which].bytes = bytes;
    d.findings.v = NULL;
    d.findings.n = d.findings.cap = 0;
    d.count[RELEASE_ERROR] = 0;
    release_dry_compare(cx, &d);
    return d;
}

static void check_named(struct ctx *cx, const struct release_dry *from, size_t which,
                        enum said_field field, str before, str behind)
{
    const struct release_artefact *x = &from->artefacts.v[which];
    str bytes = dry_replaced(cx->a, x->bytes, before, behind), name = x->name;
    if (str_has_prefix(name, S("CVE-")))
        name = S("cve");
    struct release_dry d = altered(cx, from, which, bytes);
    bool named = false;
    if (str_eq(bytes, x->bytes) || d.ready)
        (void)printf("%.*s %.*s: nothing was changed, or it was not seen\n", SV(name),
                     SV(said_field_name(field)));
    CHECK(!str_eq(bytes, x->bytes) && !d.ready);
    for (size_t i = 0; i < d.findings.n; i++) {
        const struct release_finding *f = &d.findings.v[i];
        CHECK_STR(name, f->artefact); /* no other form is blamed */
        CHECK_STR(S("compare"), f->test);
        CHECK(release_finding_words(cx->a, f, LANG_JA).n > 0);
        named |= str_eq(f->path, said_field_name(field));
    }
    if (!named)
        (void)printf("%.*s %.*s: not named\n", SV(name), SV(said_field_name(field)));
    CHECK(named);
}

static bool tells(const struct release_artefact *x, const struct change *c)
{
    enum said_format f = SAID_CVE;
    if (c->only != NULL)
        return str_find(str_z(c->only), x->name) > 0;
    if (str_find(S(FILES), x->name) > 0) /* a number is a file's name there */
        return false;
    (void)said_format_find(x->name, &f);
    /* the CVE record's title is its vulnerability's */
    return said_carries(f, c->field).rule != SAID_NOTHING &&
           (c->field != SAID_TITLE || f != SAID_CVE);
}

APP_TEST(a_change_of_one_form_in_any_field_is_found_and_named)
{
    struct walk *w = dry_products(st);
    struct release_dry d = dry_of(w, LANG_EN);
    struct ctx *cx = walk_as(w, "coordinator");
    for (size_t i = 0; i < COUNT(changes); i++)
        for (size_t k = 0; k < d.artefacts.n; k++)
            if (tells(&d.artefacts.v[k], &changes[i]))
                check_named(cx, &d, k, changes[i].field, str_z(changes[i].from),
                            str_z(changes[i].to));
}

/* "T10:46": the hour and minute, as it stands in bytes of either zone. */
static str clock_in(struct arena *a, i64 at, const struct zone *z)
{
    struct civil c = civil_at(at, z);
    return str_fmt(a, "T%02d:%02d", c.hour, c.minute);
}

static str zoned(struct arena *a, str bytes, i64 at)
{
    str utc = clock_in(a, at, zone_utc);
    return str_find(bytes, utc) >= 0 ? utc : clock_in(a, at, zone_tokyo);
}

APP_TEST(a_change_of_an_instant_is_found_in_any_form_and_zone)
{
    struct walk *w = dry_products(st);
    struct release_dry d = dry_of(w, LANG_EN);
    struct ctx *cx = walk_as(w, "coordinator");
    const struct portal_line *l = &d.page.line;
    for (size_t k = 0; k < d.artefacts.n; k++) {
        const struct release_artefact *x = &d.artefacts.v[k];
        enum said_format f = SAID_CVE;
        (void)said_format_find(x->name, &f);
        if (said_carries(f, SAID_PUBLISHED).rule != SAID_NOTHING)
            check_named(cx, &d, k, SAID_PUBLISHED, zoned(a, x->bytes, l->published), S("T23:59"));
        if (said_carries(f, SAID_UPDATED).rule != SAID_NOTHING)
            check_named(cx, &d, k, SAID_UPDATED, zoned(a, x->bytes, l->updated), S("T23:58"));
    }
}

APP_TEST(a_form_that_cannot_be_read_blocks)
{
    struct walk *w = dry_products(st);
    struct release_dry d = dry_of(w, LANG_EN);
    struct ctx *cx = walk_as(w, "coordinator");
    for (size_t k = 0; k < d.artefacts.n; k++) {
        const struct release_artefact *x = &d.artefacts.v[k];
        struct release_dry cut = altered(cx, &d, k, str_sub(x->bytes, 0, x->bytes.n / 2));
        CHECK(!cut.ready);
        CHECK(dry_found(&cut, RELEASE_ERROR, "", "dry_unreadable"));
    }
}

/* --- what is missing ---------------------------------------------------------------------------- */

APP_TEST(an_english_text_that_is_not_complete_says_so)
{
    struct walk *w = undrafted(st);
    vulnerability_add(w);
    i64 rev = draft_save(w, 0, draft_ja(a));
    (void)draft_save(w, rev,
                     stage_input(a, "en.title", "A vulnerability in Gateway X", "en.overview",
                                 "The overview", NULL));
    struct release_dry d = dry_of(w, LANG_EN);
    CHECK(!d.ready);
    CHECK(dry_found(&d, RELEASE_ERROR, "en.solution", "problem_english_missing"));
    CHECK(!dry_found(&d, RELEASE_ERROR, "en.title", "problem_english_missing"));
    CHECK(dry_found(&d, RELEASE_WARNING, "", "dry_japanese_first"));
}

APP_TEST(a_japanese_text_that_was_changed_since_it_was_agreed_to_says_so)
{
    struct walk *w = drafted(st);
    struct ctx *cx = walk_as(w, "coordinator");
    struct advisory adv;
    CHECK(dry_of(w, LANG_JA).ready);
    CHECK_OK(cx, advisory_view(cx, w->case_id, &adv));
    (void)draft_save(w, adv.rev, stage_input(a, "ja.overview", "別の概要です", NULL));
    struct release_dry d = dry_of(w, LANG_JA);
    CHECK(!d.ready);
    CHECK(dry_found(&d, RELEASE_ERROR, "advisory", "problem_changed_since_asked"));
}

APP_TEST(an_update_or_a_withdrawal_wants_its_words_in_both_languages)
{
    struct walk *w = dry_products(st);
    struct release_wish wish = dry_wish(w, LANG_JA);
    wish.text[LANG_EN] = S("");
    struct release_dry d = dry_tried(w, wish);
    CHECK(!d.ready && dry_found(&d, RELEASE_ERROR, "history_en", "problem_required"));
    wish.kind = RELEASE_WITHDRAWAL;
    d = dry_tried(w, wish);
    CHECK(!d.ready && dry_found(&d, RELEASE_ERROR, "reason_en", "problem_required"));
}

APP_TEST(a_record_of_our_own_number_that_breaks_a_rule_blocks_and_one_of_others_does_not)
{
    struct walk *w = released(st); /* mihon names no product */
    CHECK(dry_of(w, LANG_EN).ready);
    dry_own_number(w);
    struct release_dry d = dry_of(w, LANG_EN);
    CHECK(!d.ready);
    CHECK(dry_found(&d, RELEASE_ERROR, "/containers/cna/affected", "cve_rule_product"));
    CHECK(dry_of(w, LANG_JA).ready);
}

/* --- withdrawal --------------------------------------------------------------------------------- */

APP_TEST(a_withdrawal_is_rehearsed_in_every_form)
{
    struct walk *w = dry_products(st);
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        struct release_wish wish = {.lang = g, .kind = RELEASE_WITHDRAWAL};
        wish.text[LANG_JA] = S("再現しませんでした");
        wish.text[LANG_EN] = S("It could not be reproduced");
        struct release_dry d = dry_tried(w, wish);
        dry_print(a, &d);
        CHECK(d.ready && d.page.line.withdrawn.is);
        CHECK_STR(wish.text[g], dry_said(a, &d, SAID_SUMMARY, SAID_CSAF_2_1));
        CHECK(str_find(dry_said(a, &d, SAID_SUMMARY, SAID_VULDEF), wish.text[g]) >= 0);
        CHECK_STR(S(""), dry_said(a, &d, SAID_PRODUCTS, SAID_CSAF_2_0));
        /* the CVE record stays; the Japanese takes the English with it */
        i64 each = COUNT(names) - 1 + REHEARSED_LISTS, all = g == LANG_JA ? 2 * each : each;
        CHECK_I64(all, (i64)d.artefacts.n);
        if (g == LANG_JA)
            CHECK_STR(S("en/csaf-2.1"), d.artefacts.v[each + 4].name);
    }
}

/* --- when, who, and nothing written ------------------------------------------------------------- */

APP_TEST(the_instant_that_is_planned_stands_in_every_form)
{
    struct walk *w = dry_products(st);
    struct release_wish wish = dry_wish(w, LANG_JA);
    wish.at = SOME(civil_instant((struct civil){2027, 1, 15, 12, 30, 0, 0}, zone_tokyo));
    struct release_dry d = dry_tried(w, wish);
    dry_print(a, &d);
    CHECK(d.ready && d.at == wish.at.v);
    for (enum said_format f = 0; f < SAID_FORMATS; f++)
        if (d.rows[SAID_UPDATED].cell[f].verdict == SAID_AGREES)
            CHECK_STR(S("2027-01-15T03:30:00Z"), dry_said(a, &d, SAID_UPDATED, f));
    CHECK_STR(dry_of(w, LANG_JA).digest, d.digest);
}

APP_TEST(a_first_release_of_what_is_public_is_refused_and_an_update_of_what_is_not)
{
    struct walk *w = drafted(st);
    struct ctx *cx = walk_as(w, "coordinator");
    struct release_dry d;
    struct release_wish wish = {.lang = LANG_JA, .kind = RELEASE_UPDATE};
    CHECK_ERR(E_CONFLICT, release_dry_run(cx, w->case_id, &wish, &d));
    wish.kind = RELEASE_WITHDRAWAL;
    CHECK_ERR(E_CONFLICT, release_dry_run(cx, w->case_id, &wish, &d));
}

APP_TEST(nobody_without_the_right_to_write_learns_that_there_is_anything)
{
    struct walk *w = drafted(st);
    static const char *const others[] = {"mihon.poc", "reiji.design", "reception", "certx",
                                         "analyst",   "operator",     "auditor"};
    struct release_wish wish = {.lang = LANG_JA};
    struct release_dry d;
    for (size_t i = 0; i < COUNT(others); i++) {
        struct ctx *cx = walk_as(w, others[i]);
        CHECK_ERR(E_NOT_FOUND, release_dry_run(cx, w->case_id, &wish, &d));
    }
    CHECK_ERR(E_NOT_FOUND, release_dry_run(stage_nobody(st), w->case_id, &wish, &d));
    CHECK_ERR(E_NOT_FOUND, release_dry_run(stage_finder(st, w->report_id), w->case_id, &wish, &d));
}

/* All that the database holds: other tests write to the same server of PostgreSQL meanwhile. */
static str held(struct stage *st)
{
    str version;
    struct ctx *cx = stage_nobody(st);
    if (str_has_prefix(st->url, S("postgresql:")))
        return help_sql_value(st->a, st->url,
                              "SELECT md5(schema_to_xml('public', true, false, '')::text)");
    CHECK_OK(cx, app_version(cx, &version));
    return version;
}

APP_TEST(a_rehearsal_writes_nothing)
{
    struct walk *w = dry_products(st);
    str before = held(st);
    for (enum lang g = 0; g < LANG_COUNT; g++)
        (void)dry_of(w, g);
    CHECK_STR(before, held(st));
    admin_sql(st, "UPDATE generation SET n = n + 1;");
    CHECK(!str_eq(before, held(st)));
}

/* --- the digest --------------------------------------------------------------------------------- */

static void save(struct walk *w, const char *field, const char *text)
{
    struct ctx *cx = walk_as(w, "coordinator");
    struct advisory adv;
    CHECK_OK(cx, advisory_view(cx, w->case_id, &adv));
    (void)draft_save(w, adv.rev, stage_input(cx->a, field, text, NULL));
}

static void edit_vuln(struct walk *w, const char *field, const char *text)
{
    struct ctx *cx = walk_as(w, "coordinator");
    struct vuln *v;
    size_t n;
    CHECK_OK(cx, vuln_list(cx, w->case_id, &v, &n));
    struct input *in =
        stage_input(cx->a, "cve", "CVE-2023-5915", "cwe", "CWE-400", "title_en",
                    "Resource exhaustion", "vectors.0.issuer", "coordinator", "vectors.0.vector",
                    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L", NULL);
    for (size_t i = 0; i < in->n; i++)
        if (str_eq(in->v[i].name, str_z(field)))
            in->v[i].value = str_z(text);
    if (str_eq(str_z(field), S("note")))
        input_put(cx->a, in, S("note"), str_z(text));
    CHECK_OK(cx, vuln_edit(cx, w->case_id, v[0].id, v[0].rev, in));
    (void)stage_later(w->st, MINUTE);
}

APP_TEST(the_digest_changes_with_every_public_word_and_with_nothing_else)
{
    static const char *const sections[] = {"en.title",       "en.overview", "en.affected",
                                           "en.description", "en.impact",   "en.solution",
                                           "en.references",  "en.credit",   "en.other"};
    struct walk *w = dry_products(st);
    str last = dry_of(w, LANG_EN).digest, next;
    (void)stage_later(st, 40 * DAY);
    CHECK_STR(last, dry_of(w, LANG_EN).digest);
    edit_vuln(w, "note", "Only we read this");
    CHECK_STR(last, dry_of(w, LANG_EN).digest);
    for (size_t i = 0; i < COUNT(sections); i++) {
        save(w, sections[i], "Other words");
        next = dry_of(w, LANG_EN).digest;
        CHECK(!str_eq(last, next));
        last = next;
    }
    edit_vuln(w, "vectors.0.vector", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H");
    next = dry_of(w, LANG_EN).digest;
    CHECK(!str_eq(last, next));
    last = next;
    dry_say(w, "affected");
    next = dry_of(w, LANG_EN).digest;
    CHECK(!str_eq(last, next));
    last = next;
    struct release_wish wish = dry_wish(w, LANG_EN);
    wish.text[LANG_EN] = S("Another line");
    CHECK(!str_eq(last, dry_tried(w, wish).digest));
}
