/* release_beside_test.c - a release rehearsed: lists, signatures and paper, made of the forms. */
#include "app/release_dry.h"
#include "formats/openpgp_verify.h"
#include "help/pdf_leaks.h"
#include "help/rehearsed.h"
#include "io/effects.h"
#include "io/pdf_press.h"
#include "t.h"

#include <stdio.h>

/* With the helpers of a server: they are forked before there are threads. */
static struct stage *helped(struct arena *a, const char *engine, const char *key)
{
    static const struct effects_kind *const kinds[] = {&effects_sign};
    struct effects_options o = {
        .mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = COUNT(kinds), .sign.key_file = key};
    struct pdf_press *paper;
    struct effects *effects;
    struct fault f = {0};
    must(effects_start(a, &o, &f, &effects) == OK);
    must(pdf_press_start(a, SANDBOX_AUTO, &f, &paper) == OK);
    struct stage *st = stage_open(a, engine);
    st->app->effects = effects;
    st->app->paper = paper;
    return st;
}

static size_t artefact_at(const struct release_dry *d, const char *name)
{
    size_t i = 0;
    while (i < d->artefacts.n && !str_eq(d->artefacts.v[i].name, str_z(name)))
        i++;
    return i;
}

static bool found_of(const struct release_dry *d, enum release_level level, const char *of,
                     const char *word)
{
    for (size_t i = 0; i < d->findings.n; i++) {
        const struct release_finding *f = &d->findings.v[i];
        if (f->level == level && str_eq(f->artefact, str_z(of)) && str_eq(f->word, str_z(word)))
            return true;
    }
    return false;
}

/* A key that is made then, in a file; valid for five years. */
static const char *key_made(struct arena *a, i64 at)
{
    const char *path = str_to_z(a, str_join(a, help_folder(a), S("/openpgp.key")));
    struct random r = {0};
    struct fault f = {0};
    must(sign_key_make(a, path, S("Portal <psirt@example.jp>"), at, &r, &f) == OK);
    return path;
}

ENGINE_TEST(signatures_are_made_over_the_built_documents_and_verify)
{
    struct stage *st = helped(a, engine, key_made(a, STAGE_NOW - DAY));
    struct walk *w = dry_products(st);
    struct release_wish wish = dry_wish(w, LANG_JA);
    struct release_dry d = dry_tried(w, wish);
    i64 at;
    CHECK(d.ready && found_of(&d, RELEASE_INFO, "csaf-2.0", "dry_sign_good") &&
          found_of(&d, RELEASE_INFO, "csaf-2.1", "dry_sign_good"));
    str digest = d.digest, asc = d.artefacts.v[artefact_at(&d, "signature-2.1")].bytes;
    struct sign_key key;
    CHECK_ERR(OK, sign_key(st->app->effects, a, &(struct fault){0}, &key));
    CHECK_ERR(OK, pgp_verify(a, key.certificate, asc,
                             d.artefacts.v[artefact_at(&d, "csaf-2.1")].bytes, &at));
    str rolie = d.artefacts.v[artefact_at(&d, "rolie-2.0")].bytes;
    CHECK(str_find(rolie, str_join(a, d.artefacts.v[artefact_at(&d, "csaf-2.0")].url, S(".asc"))) >
          0);
    wish.at = SOME(STAGE_NOW - DAY + 5 * 365 * DAY);
    d = dry_tried(w, wish);
    CHECK(!d.ready && found_of(&d, RELEASE_ERROR, "", "dry_sign_expired"));
    st->app->effects = NULL; /* another door, without the helper: the same digest */
    d = dry_tried(w, dry_wish(w, LANG_JA));
    CHECK(d.ready && found_of(&d, RELEASE_INFO, "", "dry_sign_unknown"));
    CHECK_STR(digest, d.digest);
}

ENGINE_TEST(without_a_key_it_says_that_nothing_is_signed)
{
    struct stage *st = helped(a, engine, NULL);
    struct walk *w = dry_products(st);
    struct release_dry d = dry_of(w, LANG_JA);
    CHECK(d.ready && found_of(&d, RELEASE_WARNING, "", "dry_sign_none"));
    CHECK(artefact_at(&d, "signature-2.0") == d.artefacts.n);
}

/* What stands on paper in English → something else. */
struct change {
    enum said_field field;
    const char *from, *to;
};
static const struct change on_paper[] = {
    {SAID_TITLE, "A vulnerability in", "Two vulnerabilities in"},
    {SAID_NUMBER, "KKH#", "KKH#1"},
    {SAID_CVES, "CVE-2023-5915", "CVE-2023-5916"},
    {SAID_CWES, "CWE-400", "CWE-401"},
    {SAID_PRODUCTS, "Gateway Y", "Gateway Z"},
    {SAID_STATUS, ": Fixed", ": Affected"},
    {SAID_SCORES, "5.3", "5.4"},
    {SAID_PUBLISHED, "Published: 2026", "Published: 2025"},
    {SAID_UPDATED, "Last updated: 2026", "Last updated: 2025"},
    {SAID_HISTORY, "Products were added", "Products were removed"},
    {SAID_CREDITS, "Taro Finder", "Jiro Finder"},
    {SAID_ADDRESS, "/en/advisories/", "/en/advisory/"},
    {SAID_LINKS, "mihon.example/psirt/1", "mihon.example/psirt/2"},
    {SAID_SUMMARY, "The overview", "An overview"},
    {SAID_SOLUTION, "Update", "Wait"}};

static void check_paper(struct ctx *cx, const struct release_dry *d, const struct change *c)
{
    size_t k = artefact_at(d, "pdf");
    struct release_dry other = *d;
    other.artefacts.v = NEWS(cx->a, struct release_artefact, d->artefacts.n + 1);
    for (size_t i = 0; i < d->artefacts.n; i++)
        other.artefacts.v[i] = d->artefacts.v[i];
    str was = d->artefacts.v[k].read, is = dry_replaced(cx->a, was, str_z(c->from), str_z(c->to));
    if (str_eq(was, is))
        (void)printf("no \"%s\" in:\n%.*s\n", c->from, SV(was));
    CHECK(!str_eq(was, is));
    other.artefacts.v[k].read = is;
    other.findings.v = NULL;
    other.findings.n = other.findings.cap = 0;
    other.count[RELEASE_ERROR] = 0;
    release_dry_compare(cx, &other);
    if (other.ready)
        (void)printf("paper, %.*s: not seen\n", SV(said_field_name(c->field)));
    CHECK(!other.ready && other.findings.n >= 1);
    for (size_t i = 0; i < other.findings.n; i++)
        CHECK_STR(S("pdf"), other.findings.v[i].artefact);
    CHECK(other.rows[c->field].cell[SAID_PDF].verdict == SAID_DIFFERS);
}

ENGINE_TEST(paper_says_in_both_languages_what_the_page_says)
{
    struct stage *st = helped(a, engine, NULL);
    struct walk *w = dry_products(st);
    struct ctx *cx = walk_as(w, "coordinator");
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        struct release_dry d = dry_of(w, g);
        if (!pdf_press_can(st->app->paper)) {
            CHECK(d.ready && found_of(&d, RELEASE_INFO, "pdf", "dry_pdf_missing"));
            SKIP("libpangocairo-1.0-0 is not installed");
        }
        dry_print(a, &d);
        CHECK(d.ready && artefact_at(&d, "pdf") < d.artefacts.n);
        for (enum said_field r = 0; r < SAID_FIELDS; r++) {
            const struct said_cell *c = &d.rows[r].cell[SAID_PDF];
            CHECK(c->verdict == (r == SAID_OTHER_ID ? SAID_NOT_CARRIED : SAID_AGREES));
            CHECK(c->verdict != SAID_AGREES || c->values.n > 0);
        }
        cx = walk_as(w, "coordinator");
        for (size_t i = 0; g == LANG_EN && i < COUNT(on_paper); i++)
            check_paper(cx, &d, &on_paper[i]);
    }
}

TEST(words_stand_on_paper_over_the_ends_of_lines_and_pages)
{
    static const struct said_hints hints = {.prefix = S_INIT("KKH"),
                                            .public_url = S_INIT("https://portal.example"),
                                            .lang = S_INIT("en")};
    str text = S("A long-\nish text that goes o\xE2\x80\x90\nver\n"
                 "https://portal.example/en/advisories/12345678   1\n\f"
                 "the page\nhttps://portal.example/en/advisories/12345678   2\n\f");
    const str there[] = {S("A long-ish text"), S("goes over the page"),
                         S("https://portal.example/en/advisories/12345678")};
    const str absent[] = {S("A longish text"), S("over a page"), S("the page 2")};
    struct record_said paper = {0};
    CHECK_ERR(OK, said_read(a, SAID_PDF, text, &hints, &paper));
    CHECK_STR(there[2], paper.field[SAID_ADDRESS].v[0]);
    CHECK_I64(COUNT(there), (i64)said_standing(a, &paper, (struct strs){there, COUNT(there)}).n);
    struct strs wrong = said_standing(a, &paper, (struct strs){absent, COUNT(absent)});
    CHECK_I64(1, (i64)wrong.n); /* whether a hyphen belongs to the word cannot be told */
    CHECK_STR(absent[0], wrong.v[0]);
}

APP_TEST(what_this_process_cannot_make_is_said_and_the_lists_are_there)
{
    struct walk *w = dry_products(st);
    struct release_dry d = dry_of(w, LANG_JA);
    CHECK(found_of(&d, RELEASE_INFO, "pdf", "dry_pdf_none"));
    CHECK(found_of(&d, RELEASE_INFO, "", "dry_sign_unknown"));
    for (size_t i = 0; i < REHEARSED_LISTS; i++)
        CHECK(artefact_at(&d, rehearsed_lists[i]) < d.artefacts.n);
    str changes_csv = d.artefacts.v[artefact_at(&d, "changes-2.1")].bytes;
    CHECK(str_find(changes_csv, S("2026/kkh_")) >= 0);
}
