/* provider_test.c - this installation as a CSAF provider: files, lists, hashes, signatures. */
#include "app/provider.h"
#include "formats/openpgp_sign.h"
#include "formats/schema.h"
#include "help/released.h"
#include "io/files.h"
#include "t.h"

#include <stdlib.h>
#include <unistd.h>

struct house {
    char root[40];
    struct pgp_signer own;
    struct provider_signer signer;
    struct walk *w;
    size_t signed_texts;
};

static enum err sign(void *arg, struct arena *a, struct fault *f, const struct sign_text *texts,
                     size_t n, str *out)
{
    struct house *h = arg;
    (void)f;
    for (size_t i = 0; i < n; i++)
        out[i] = pgp_sign(a, &h->own, texts[i].bytes, texts[i].at);
    h->signed_texts += n;
    return OK;
}

static struct house *open_house(struct stage *st)
{
    struct house *h = NEW(st->a, struct house);
    *h = (struct house){.root = "/tmp/kakehashi-public-XXXXXX",
                        .own = {.seed = {7}, .user = S("Portal <psirt@example.jp>")},
                        .w = released(st)};
    must(mkdtemp(h->root) != NULL);
    h->signer = (struct provider_signer){
        .key = {pgp_signer_fingerprint(st->a, &h->own), pgp_signer_public(st->a, &h->own), 0},
        .sign = sign,
        .arg = h};
    return h;
}

static void close_house(struct arena *a, struct house *h)
{
    must(system(str_to_z(a, str_fmt(a, "rm -rf %s", h->root))) == 0);
}

static struct provider_done publish(struct stage *st, struct house *h)
{
    struct fault f = {0};
    struct provider_done done;
    enum err e = provider_publish(st->app, h->root, &h->signer, &f, &done);
    if (e != OK)
        (void)printf("%s\n", f.text);
    CHECK_ERR(OK, e);
    return done;
}

static str content(struct arena *a, const struct house *h, const char *path)
{
    struct fault f = {0};
    str out = NO_STR;
    (void)file_read(a, str_to_z(a, str_fmt(a, "%s/current/.well-known/csaf/%s", h->root, path)),
                    1 << 20, &f, &out);
    return out;
}

static const struct json *parsed(struct arena *a, const struct house *h, const char *path)
{
    const struct json *j = NULL;
    struct json_error bad;
    CHECK(json_read(a, content(a, h, path), &j, &bad) == OK);
    return j;
}

/* As the official schema has it. */
static void check_form(struct arena *a, const struct house *h, const char *path, enum schema_id id)
{
    struct schema_faults faults = {0};
    bool ok = schema_check(a, schema_kept(id), parsed(a, h, path), true, &faults);
    for (size_t i = 0; i < faults.n; i++)
        (void)printf("%s %.*s: %.*s %.*s\n", path, SV(faults.v[i].path), SV(faults.v[i].keyword),
                     SV(faults.v[i].expected));
    CHECK(ok);
}

static str at(const struct json *j, const char *pointer)
{
    return json_text(json_find(j, str_z(pointer)));
}

/* In the folder of the documents of the year in question. */
static bool shell(struct arena *a, const struct house *h, const char *version, const char *command)
{
    str line = str_fmt(a, "cd %s/current/.well-known/csaf/%s/*/2[0-9]* && { %s; } >/dev/null 2>&1",
                       h->root, version, command);
    return system(str_to_z(a, line)) == 0;
}

APP_TEST(what_is_public_is_listed_hashed_and_signed_in_both_versions)
{
    struct house *h = open_house(st);
    struct provider_done done = publish(st, h);
    CHECK(done.shown);
    CHECK_I64(4, (i64)done.documents);
    CHECK_I64(4, (i64)h->signed_texts);
    static const char *const versions[] = {"v2.0", "v2.1"};
    for (size_t i = 0; i < COUNT(versions); i++) {
        CHECK(shell(a, h, versions[i], "sha256sum -c *.sha256 && sha512sum -c *.sha512"));
        CHECK(shell(a, h, versions[i], "test $(ls *.json | wc -l) = 2"));
        if (system("gpg --version >/dev/null 2>&1") == 0)
            CHECK(shell(a, h, versions[i],
                        "H=$(mktemp -d) && gpg --homedir $H --import ../../openpgp/*.asc && "
                        "for f in *.json; do gpg --homedir $H --verify $f.asc $f || exit 1; done; "
                        "gpgconf --homedir $H --kill all; rm -rf $H"));
    }
    close_house(a, h);
}

APP_TEST(the_lists_say_what_the_documents_say)
{
    struct house *h = open_house(st);
    (void)publish(st, h);
    str index = content(a, h, "v2.0/white/index.txt"), path = str_cut(&index, '\n');
    str changes = content(a, h, "v2.0/white/changes.csv"), line = str_cut(&changes, '\n');
    const struct json *doc = parsed(a, h, str_to_z(a, str_fmt(a, "v2.0/white/%.*s", SV(path))));
    str updated = at(doc, "/document/tracking/current_release_date");
    CHECK_STR(str_fmt(a, "\"%.*s\",\"%.*s\"", SV(path), SV(updated)), line);
    CHECK_STR(str_sub(at(doc, "/document/tracking/initial_release_date"), 0, 4),
              str_sub(path, 0, 4));
    str newer = content(a, h, "v2.1/clear/changes.csv");
    CHECK(str_find_char(newer, '"') < 0);

    const struct json *feed = parsed(a, h, "v2.0/white/csaf-feed-tlp-white.json");
    CHECK_STR(at(doc, "/document/tracking/id"), at(feed, "/feed/entry/0/id"));
    CHECK_STR(updated, at(feed, "/feed/entry/0/updated"));
    CHECK_STR(updated, at(feed, "/feed/updated"));
    str self = at(feed, "/feed/entry/0/link/0/href");
    bool english = str_has_suffix(path, S("-en.json")); /* whose first is the original */
    CHECK_STR(self, at(doc, english ? "/document/references/1/url" : "/document/references/0/url"));
    CHECK_STR(str_join(a, self, S(".sha512")), at(feed, "/feed/entry/0/link/2/href"));
    CHECK_STR(str_join(a, self, S(".asc")), at(feed, "/feed/entry/0/link/3/href"));
    CHECK_I64(2, (i64)json_count(json_find(feed, S("/feed/entry"))));

    CHECK_STR(content(a, h, "v2.0/provider-metadata.json"),
              content(a, h, "provider-metadata.json"));
    const struct json *pmd = parsed(a, h, "v2.1/provider-metadata.json");
    CHECK_STR(S("csaf_trusted_provider"), at(pmd, "/role"));
    CHECK_STR(h->signer.key.fingerprint, at(pmd, "/public_openpgp_keys/0/fingerprint"));
    CHECK(str_has_suffix(at(pmd, "/canonical_url"),
                         S("/.well-known/csaf/v2.1/provider-metadata.json")));
    CHECK_STR(at(parsed(a, h, "v2.1/service.json"), "/service/workspace/0/collection/0/href"),
              at(pmd, "/distributions/1/rolie/feeds/0/url"));
    close_house(a, h);
}

APP_TEST(lists_have_the_form_of_the_official_schemas)
{
    struct house *h = open_house(st);
    (void)publish(st, h);
    check_form(a, h, "v2.0/provider-metadata.json", SCHEMA_PROVIDER_2_0);
    check_form(a, h, "v2.1/provider-metadata.json", SCHEMA_PROVIDER_2_1);
    check_form(a, h, "v2.0/white/csaf-feed-tlp-white.json", SCHEMA_ROLIE_2_0);
    close_house(a, h);
}

APP_TEST(only_what_changed_is_made_and_signed_again)
{
    struct house *h = open_house(st);
    (void)publish(st, h);
    CHECK(!publish(st, h).shown);
    CHECK_I64(4, (i64)h->signed_texts);
    struct ctx *cx = walk_as(h->w, "coordinator");
    struct advisory adv;
    CHECK_OK(cx, advisory_view(cx, h->w->case_id, &adv));
    CHECK_OK(cx,
             advisory_withdraw(cx, h->w->case_id, adv.rev,
                               stage_input(a, "reason_ja", "誤り", "reason_en", "Wrong", NULL)));
    struct provider_done done = publish(st, h);
    CHECK(done.shown);
    CHECK_I64(2, (i64)done.made);
    CHECK_I64(8, (i64)h->signed_texts);
    CHECK(shell(a, h, "v2.1", "grep -q csaf_withdrawn *-en.json && sha256sum -c *.sha256"));
    close_house(a, h);
}

/* The one that is public, under n further numbers. */
static void multiply(struct stage *st, int n)
{
    static const char columns[] =
        "lang, case_id, revision, published, updated, withdrawn, origin, accepted, severity, "
        "critical, title, title_sort, vendors, cves, cwes, content, generation";
    for (int i = 0; i < n; i++)
        help_sql(st->url, str_to_z(st->a, str_fmt(st->a,
                                                  "INSERT INTO publication (number, %s) SELECT "
                                                  "'%d', %s FROM publication WHERE number > '2'",
                                                  columns, 10000001 + i, columns)));
}

static bool feeds(struct stage *st, const struct house *h, const char *command)
{
    return system(str_to_z(st->a, str_fmt(st->a, "cd %s/current/.well-known/csaf && %s", h->root,
                                          command))) == 0;
}

/* Against those that are made without the generation before. */
static void check_feeds(struct stage *st, struct house *h)
{
    CHECK(feeds(st, h, "cp v2.0/white/csaf-feed-* v2.1/clear/csaf-feed-* ../../../.."));
    must(unlink(str_to_z(st->a, str_fmt(st->a, "%s/current/.state", h->root))) == 0);
    CHECK(publish(st, h).shown);
    CHECK(feeds(st, h,
                "cmp v2.0/white/csaf-feed-* ../../../../csaf-feed-tlp-white.json && "
                "cmp v2.1/clear/csaf-feed-* ../../../../csaf-feed-tlp-clear.json"));
}

#define CHANGE "UPDATE publication SET revision = revision + 1, updated = updated + 1, title = "

APP_TEST(a_feed_with_what_changed_is_the_same_as_one_from_nothing)
{
    struct house *h = open_house(st);
    (void)publish(st, h);
    help_sql(st->url, "UPDATE publication SET number = '90000000'");
    multiply(st, 4);
    (void)publish(st, h);
    help_sql(st->url, CHANGE "'},\n]}} \"' WHERE number = '10000002' AND lang = 'en'");
    CHECK_I64(1, (i64)publish(st, h).made);
    check_feeds(st, h);
    help_sql(st->url, CHANGE "'x' WHERE number > '10000002'");
    help_sql(st->url, "DELETE FROM publication WHERE number = '10000001'");
    CHECK_I64(6, (i64)publish(st, h).made);
    check_feeds(st, h);
    close_house(a, h);
}

APP_TEST(what_changed_is_found_in_whatever_order_the_last_generation_told_it)
{
    struct house *h = open_house(st);
    (void)publish(st, h);
    help_sql(st->url, "UPDATE publication SET number = '90000000'");
    multiply(st, 4);
    CHECK_I64(10, (i64)publish(st, h).made);
    str turn = str_fmt(st->a,
                       "cd %s/current && (head -n 1 .state; tail -n +2 .state | tac) >.turned"
                       " && mv .turned .state",
                       h->root);
    must(system(str_to_z(st->a, turn)) == 0);
    CHECK(!publish(st, h).shown);
    help_sql(st->url, CHANGE "'y' WHERE number = '10000002' AND lang = 'en'");
    CHECK_I64(1, (i64)publish(st, h).made);
    check_feeds(st, h); /* which were in another order than was told */
    close_house(a, h);
}

static void rebuild(struct stage *st, struct house *h)
{
    str state = str_fmt(st->a, "%s/current/.state", h->root);
    must(unlink(str_to_z(st->a, state)) == 0);
    struct provider_done done = publish(st, h);
    CHECK(done.shown);
    CHECK_I64(2, (i64)done.made);
}

APP_TEST(what_is_made_anew_with_the_same_bytes_keeps_its_signature_of_the_same_key)
{
    struct house *h = open_house(st);
    (void)publish(st, h);
    CHECK(shell(a, h, "v2.1", "cat *.asc >../../../../../../signatures"));
    rebuild(st, h);
    CHECK_I64(4, (i64)h->signed_texts);
    CHECK(shell(a, h, "v2.1", "cat *.asc | cmp - ../../../../../../signatures"));

    h->own.seed[0]++;
    h->signer.key.fingerprint = pgp_signer_fingerprint(a, &h->own);
    h->signer.key.certificate = pgp_signer_public(a, &h->own);
    rebuild(st, h);
    CHECK_I64(8, (i64)h->signed_texts);
    CHECK(shell(a, h, "v2.1", "! cat *.asc | cmp - ../../../../../../signatures"));
    close_house(a, h);
}

APP_TEST(without_a_key_nothing_is_signed_and_nobody_is_told_so)
{
    struct house *h = open_house(st);
    struct fault f = {0};
    struct provider_done done;
    CHECK_ERR(OK, provider_publish(st->app, h->root, NULL, &f, &done));
    CHECK_STR(S("csaf_provider"), at(parsed(a, h, "v2.0/provider-metadata.json"), "/role"));
    CHECK(shell(a, h, "v2.0", "test $(ls *.asc | wc -l) = 0"));
    CHECK_I64(3, (i64)json_count(json_find(parsed(a, h, "v2.0/white/csaf-feed-tlp-white.json"),
                                           S("/feed/entry/0/link"))));
    close_house(a, h);
}
