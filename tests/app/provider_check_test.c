/* provider_check_test.c - a provider held against the requirements: ours, and ours spoilt. */
#include "app/provider.h"
#include "app/provider_check_reach.h"
#include "app/settings.h"
#include "formats/openpgp_sign.h"
#include "help/cli.h"
#include "help/nginx.h"
#include "help/provided.h"
#include "help/released.h"
#include "help/web.h"
#include "help/wire.h"
#include "io/effects.h"
#include "io/files.h"
#include "t.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define ORIGIN "https://psirt.example.jp"

struct house {
    char root[40];
    struct pgp_signer own;
    struct stage *st;
};

static enum err sign(void *arg, struct arena *a, struct fault *f, const struct sign_text *texts,
                     size_t n, str *out)
{
    struct house *h = arg;
    (void)f;
    for (size_t i = 0; i < n; i++)
        out[i] = pgp_sign(a, &h->own, texts[i].bytes, texts[i].at);
    return OK;
}

/* A published advisory in both languages, as files below root/current. */
static struct house *open_house_at(struct stage *st, str origin)
{
    struct house *h = NEW(st->a, struct house);
    struct fault f = {0};
    struct provider_done done;
    if (access("/usr/bin/gpgv", X_OK) != 0)
        SKIP("gpgv is not installed");
    *h = (struct house){.root = "/tmp/kakehashi-check-XXXXXX",
                        .own = {.seed = {9}, .user = S("Portal <psirt@example.jp>")},
                        .st = st};
    st->app->public_url = origin;
    (void)released(st);
    struct ctx *cx = stage_nobody(st);
    cx->who.is_operator = true;
    CHECK_OK(cx, setting_put(cx,
                             &(struct setting_change){SET_SECURITY_CONTACT, 0,
                                                      S("mailto:psirt@example.jp")},
                             1));
    must(mkdtemp(h->root) != NULL);
    st->app->public_dir = h->root;
    const struct provider_signer signer = {
        .key = {pgp_signer_fingerprint(st->a, &h->own), pgp_signer_public(st->a, &h->own), 0},
        .sign = sign,
        .arg = h};
    CHECK_ERR(OK, provider_publish(st->app, h->root, &signer, &f, &done));
    return h;
}

static struct house *open_house(struct stage *st)
{
    return open_house_at(st, S(ORIGIN));
}

static void shell(struct arena *a, str command)
{
    must(system(str_to_z(a, command)) == 0);
}

static void close_house(struct arena *a, struct house *h)
{
    shell(a, str_fmt(a, "rm -rf %s", h->root));
}

static void print(struct arena *a, const struct provider_report *r)
{
    for (size_t i = 0; i < r->messages.n; i++) {
        const struct check_message *m = &r->messages.v[i];
        (void)printf("%d %.*s %.*s: %.*s\n", m->requirement, SV(check_level_name(m->level)),
                     SV(m->where), SV(check_text(a, m, LANG_EN)));
    }
}

static size_t count(const struct provider_report *r, enum check_level least)
{
    size_t n = 0;
    for (size_t i = 0; i < r->messages.n; i++)
        n += r->messages.v[i].level >= least;
    return n;
}

static void check_all_hold(struct arena *a, const struct provider_report *r, bool folder,
                           unsigned spared)
{
    if (count(r, CHECK_WARNING) > 0 || !r->passed)
        print(a, r);
    CHECK(r->passed);
    CHECK_I64(0, (i64)count(r, CHECK_WARNING));
    CHECK_I64(ROLE_TRUSTED, r->claimed);
    CHECK_I64(ROLE_TRUSTED, r->role);
    CHECK_I64(2, (i64)r->documents);
    for (int n = 1; n < REQUIREMENTS; n++) {
        bool asked = check_needed_for(n, r->v21) != ROLE_NONE && (n < 21 || (n > 23 && !folder));
        enum check_state want = !asked            ? CHECK_NOT_ASKED
                                : spared >> n & 1 ? CHECK_SPARED
                                                  : CHECK_HOLDS;
        if (r->requirement[n].state != want)
            (void)printf("requirement %d is %u\n", n, r->requirement[n].state);
        CHECK(r->requirement[n].state == want);
    }
}

static enum err check_version(struct stage *st, str root, bool v21, struct provider_reports *out)
{
    struct provider_folder folder = {.root = root, .origin = S(ORIGIN)};
    struct provider_reach reach;
    str where;
    (void)provider_reach_folder(st->a, &folder, &reach, &where);
    folder.origin = S(ORIGIN); /* whatever was done to the metadata */
    reach.now = STAGE_NOW;
    return provider_check(st->a, &reach,
                          v21 ? S(ORIGIN "/.well-known/csaf/v2.1/provider-metadata.json")
                              : S(ORIGIN "/.well-known/csaf/v2.0/provider-metadata.json"),
                          out);
}

static enum err check_folder(struct stage *st, str root, struct provider_reports *out)
{
    struct provider_folder folder = {.root = root};
    struct provider_reach reach;
    str where;
    *out = (struct provider_reports){0};
    if (!provider_reach_folder(st->a, &folder, &reach, &where))
        return E_INVALID;
    reach.now = STAGE_NOW;
    return provider_check(st->a, &reach, where, out);
}

APP_TEST(our_files_hold_for_a_trusted_provider_in_both_versions)
{
    struct house *h = open_house(st);
    struct provider_reports all;
    CHECK_ERR(OK, check_folder(st, str_fmt(a, "%s/current", h->root), &all));
    CHECK_I64(2, (i64)all.n);
    CHECK(!all.v[0].v21 && all.v[1].v21);
    for (size_t i = 0; i < all.n; i++) /* no security.txt and no DNS in a folder */
        check_all_hold(a, &all.v[i], true, 1U << 8 | 1U << 10);
    close_house(a, h);
}

/* --- over HTTP -------------------------------------------------------------------------------- */

static void get_served(void *arg, struct arena *a, str url, enum provider_guise as, size_t most,
                       struct provider_got *out)
{
    struct visitor *v = arg;
    (void)a, (void)as, (void)most;
    *out = (struct provider_got){.why = S("resolve")};
    if (!str_has_prefix(url, S(ORIGIN "/")))
        return;
    struct page p = visit_url(v, str_from(url, S(ORIGIN).n));
    *out =
        (struct provider_got){.status = p.status,
                              .type = p.type,
                              .allows = http_answer_header(&p.rs, S("Access-Control-Allow-Origin")),
                              .location = p.location,
                              .body = p.body};
    if (p.rs.fd >= 0 && p.rs.fd_size > 0) {
        struct fault f = {0};
        CHECK_ERR(OK, file_read_fd(v->st->a, p.rs.fd, 1 << 24, &f, &out->body));
        (void)close(p.rs.fd);
    }
}

static struct provider_reach served(struct house *h)
{
    struct provider_folder none = {.root = str_fmt(h->st->a, "%s/current", h->root)};
    struct provider_reach reach;
    str where;
    must(provider_reach_folder(h->st->a, &none, &reach, &where));
    reach.get = get_served; /* signatures are checked alike */
    reach.folder = false;
    reach.arg = visit_nobody(h->st);
    reach.now = STAGE_NOW;
    return reach;
}

APP_TEST(our_server_holds_for_a_trusted_provider_in_both_versions)
{
    struct house *h = open_house(st);
    struct provider_reports all;
    struct provider_reach reach = served(h);
    CHECK_ERR(OK, provider_check(a, &reach, S(ORIGIN), &all));
    CHECK_I64(2, (i64)all.n);
    for (size_t i = 0; i < all.n; i++)
        check_all_hold(a, &all.v[i], false, 1U << 10);
    close_house(a, h);
}

/* --- what is spoilt is found where it belongs -------------------------------------------------- */

struct spoilt {
    int requirement;
    const char *word, *command; /* within v2.0/white or v2.1/clear; $D: the Japanese document */
};

/* clang-format off */
static const struct spoilt all_spoilt[] = {
    {1,  "invalid",        "sed -i 's/\"category\": \"coordinator\"/\"category\": \"nobody\"/' $D"},
    {1,  "no_json",        "echo garbage > $D"},
    {1,  "version",        "sed -i 's/\"csaf_version\": \"2..\"/\"csaf_version\": \"2.'$OTHER'\"/' $D"},
    {2,  "name",           "for f in $D*; do mv $f $(dirname $f)/wrong.${f#*.}; done; sed -i \"s,${D##*/},wrong.json,\" *.*"},
    {3,  "no_tls",         "sed -i 's,https:\\(.*csaf-feed\\),http:\\1,' ../provider-metadata.json"},
    {5,  "not_closed",     "sed -i 's/\"label\": \"[A-Z]*\"/\"label\": \"AMBER\"/' $D"},
    {7,  "schema",         "sed -i 's/\"csaf_trusted_provider\"/\"csaf_friend\"/' ../provider-metadata.json"},
    {7,  "canonical",      "sed -i 's,csaf/v2../provider-m,csaf/old/provider-m,' ../provider-metadata.json"},
    {9,  "other_metadata", "echo '{\"canonical_url\":\"" ORIGIN "/x\"}' > ../../provider-metadata.json"},
    {11, "year",           "Y=$(dirname $D); mv $Y 1999; sed -i \"s,$Y/,1999/,\" *.*"},
    {12, "index_lacks",    "sed -i 1d index.txt"},
    {12, "not_status",     "sed -i 's/kkh/kkx/' index.txt"},
    {12, "twice",          "cat index.txt > i; cat i >> index.txt"},
    {12, "bad_path",       "echo ../../secret.json >> index.txt"},
    {13, "changes_lacks",  "sed -i 1d changes.csv"},
    {13, "changes_date",   "sed -i 's/2026-/2027-/' changes.csv"},
    {13, "changes_order",  "sed -i '2s/2026-/2028-/' changes.csv"},
    {13, "changes_time",   "sed -i 's/T/ at /' changes.csv"},
    {14, "listing_lacks",  "Y=$(dirname $D); mv $Y .hidden; ln -s .hidden .$Y; mkdir $Y; cp .hidden/*-en* $Y"},
    {15, "schema",         "sed -i 's/\"published\"/\"issued\"/' csaf-feed*"},
    {15, "feed_lacks",     "for f in $D*; do cp $f $(dirname $f)/kkh_1.${f#*.}; done; echo $(dirname $D)/kkh_1.json >> index.txt"},
    {15, "feed_date",      "sed -i 's/\"updated\": *\"2026/\"updated\":\"2025/g' csaf-feed*"},
    {15, "feed_hash",      "sed -i 's/\"rel\": *\"hash\"/\"rel\":\"alternate\"/g' csaf-feed*"},
    {15, "feed_signature", "sed -i 's/\"rel\": *\"signature\"/\"rel\":\"alternate\"/g' csaf-feed*"},
    {15, "feed_category",  "sed -i 's/\"csaf\"/\"fish\"/' csaf-feed*"},
    {15, "label",          "sed -i 's/\"label\": \"[A-Z]*\"/\"label\": \"GREEN\"/' $D"},
    {15, "feed_none_open", "sed -i 's/\"tlp_label\": \"[A-Z]*\"/\"tlp_label\": \"AMBER\"/' ../provider-metadata.json"},
    {16, "service_less",   "sed -i 's/csaf-feed/other-feed/' ../service.json"},
    {17, "category_form",  "for f in category-*; do echo '{}' > $f; done"},
    {18, "hash",           "sed -i 's/[0-9a-f]/0/g' $D.sha256"},
    {18, "no_hash",        "rm $D.sha256 $D.sha512"},
    {18, "hash",           "echo >> $D"},
    {19, "signature",      "echo >> $D"},
    {19, "signature",      "cp $(ls *-en.json.asc */*-en.json.asc 2>/dev/null | head -1) $D.asc"},
    {19, "no_signature",   "rm $D.asc"},
    {19, "signature_armor", "echo nonsense > $D.asc"},
    {20, "key_other",      "sed -i 's/\"fingerprint\": \".\\{8\\}/\"fingerprint\": \"00000000/' ../provider-metadata.json"},
    {20, "key_armor",      "for f in ../openpgp/*; do echo nonsense > $f; done"},
    {20, "not_status",     "rm ../openpgp/*.asc"},
    {20, "no_key",         "sed -i 's/public_openpgp_keys/other_keys/' ../provider-metadata.json"},
};
/* clang-format on */

static bool has(const struct provider_report *r, int requirement, const char *word)
{
    for (size_t i = 0; i < r->messages.n; i++)
        if (r->messages.v[i].requirement == requirement &&
            str_eq(r->messages.v[i].word, str_z(word)))
            return r->messages.v[i].level >= CHECK_WARNING;
    return false;
}

/* Each in a copy of its own. */
static void check_spoilt(struct house *h, bool v21)
{
    struct arena *a = h->st->a;
    for (size_t i = 0; i < COUNT(all_spoilt); i++) {
        const struct spoilt *s = &all_spoilt[i];
        struct provider_reports all;
        shell(a, str_fmt(a,
                         "rm -rf %s/m && cp -rL %s/current %s/m && cd %s/m/.well-known/csaf/%s && "
                         "OTHER=%s; D=$(ls 2*/*.json | grep -v -- -en | head -1); { %s; } "
                         ">/dev/null 2>&1 || true",
                         h->root, h->root, h->root, h->root, v21 ? "v2.1/clear" : "v2.0/white",
                         v21 ? "0" : "1", s->command));
        CHECK_ERR(OK, check_version(h->st, str_fmt(a, "%s/m", h->root), v21, &all));
        const struct provider_report *r = &all.v[0];
        bool found = has(r, s->requirement, s->word);
        if (!found) {
            (void)printf("not found under %d: %s by %s\n", s->requirement, s->word, s->command);
            print(a, r);
        }
        CHECK(found);
        CHECK(count(r, CHECK_ERROR) == 0 || !r->passed);
    }
}

TEST(what_is_spoilt_in_2_0_is_found_under_its_requirement)
{
    struct stage *st = stage_open(a, "sqlite");
    struct house *h = open_house(st);
    check_spoilt(h, false);
    close_house(a, h);
}

TEST(what_is_spoilt_in_2_1_is_found_under_its_requirement)
{
    struct stage *st = stage_open(a, "sqlite");
    struct house *h = open_house(st);
    check_spoilt(h, true);
    close_house(a, h);
}

/* --- answers that are spoilt ------------------------------------------------------------------ */

struct changed {
    struct visitor *v;
    const char *path; /* the end of the address that is answered otherwise */
    struct provider_got got;
    enum provider_guise as;
    bool alone, keeps; /* keeps: all but the headers stays */
};

static void get_changed(void *arg, struct arena *a, str url, enum provider_guise as, size_t most,
                        struct provider_got *out)
{
    const struct changed *c = arg;
    get_served(c->v, a, url, as, most, out);
    if (!str_has_suffix(url, str_z(c->path)) || (c->alone && as != c->as))
        return;
    str body = out->body;
    *out = c->got;
    if (c->keeps)
        out->body = body;
}

static struct provider_report changed(struct house *h, struct changed c)
{
    struct provider_reach reach = served(h);
    struct provider_reports all;
    c.v = reach.arg;
    reach.get = get_changed;
    reach.arg = &c;
    CHECK_ERR(OK, provider_check(h->st->a, &reach, S(ORIGIN), &all));
    return all.v[all.n - 1]; /* of 2.1, which asks for more */
}

#define GOT(...)                                                                                   \
    {                                                                                              \
        .status = 200, .type = S("application/json"), .allows = S("*"), __VA_ARGS__                \
    }

APP_TEST(answers_that_break_a_requirement_are_found_under_it)
{
    struct house *h = open_house(st);
    /* clang-format off */
    const struct { int requirement; const char *word; struct changed c; } cases[] = {
        {4,  "not_status", {.path = "-en.json", .got = {.status = 403}}},
        {6,  "redirect",   {.path = "csaf-feed-tlp-clear.json", .got = {.status = 302, .location = S(ORIGIN "/there")}}},
        {6,  "redirects_many", {.path = "index.txt", .got = {.status = 301, .location = S(ORIGIN "/.well-known/csaf/v2.1/clear/index.txt")}}},
        {15, "type",       {.path = "csaf-feed-tlp-clear.json", .keeps = true, .got = {.status = 200, .type = S("application/json; charset=utf-8"), .allows = S("*")}}},
        {3,  "not_tls",    {.path = "changes.csv", .got = {.why = S("tls")}}},
        {8,  "security_none", {.path = "security.txt", .got = GOT(.body = S("Contact: mailto:a@example.jp\n"))}},
        {8,  "security_dead", {.path = "security.txt", .got = GOT(.body = S("CSAF: " ORIGIN "/nowhere.json\n"))}},
        {8,  "security_first", {.path = "security.txt", .got = GOT(.body = S(
             "CSAF: " ORIGIN "/.well-known/csaf/v2.1/provider-metadata.json\n"
             "CSAF: " ORIGIN "/.well-known/csaf/provider-metadata.json\n"))}},
        {14, "no_listing", {.path = "v2.1/clear/", .got = GOT(.body = S("{}"))}},
        {24, "agent",      {.path = "v2.1/provider-metadata.json", .alone = true, .as = GUISE_OTHER_AGENT, .got = {.status = 403}}},
        {25, "no_cors",    {.path = "index.txt", .keeps = true, .got = {.status = 200}}},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct provider_report r = changed(h, cases[i].c);
        if (!has(&r, cases[i].requirement, cases[i].word)) {
            (void)printf("not found: %d %s\n", cases[i].requirement, cases[i].word);
            print(a, &r);
        }
        CHECK(has(&r, cases[i].requirement, cases[i].word));
    }
    close_house(a, h);
}

/* --- providers that do not answer as they should ---------------------------------------------- */

struct mute {
    struct provider_got got;
    size_t asked;
};

static void get_mute(void *arg, struct arena *a, str url, enum provider_guise as, size_t most,
                     struct provider_got *out)
{
    struct mute *m = arg;
    (void)a, (void)as, (void)most;
    m->asked++;
    *out = str_has_suffix(url, S("v2.1/provider-metadata.json")) && m->got.body.p
               ? (struct provider_got){.status = 200, .type = S("text/html"), .body = m->got.body}
               : m->got;
}

TEST(a_provider_that_is_silent_slow_or_talks_nonsense_is_refused_with_the_reason)
{
    struct provider_reports all;
    struct mute m = {.got = {.why = S("timeout")}};
    struct provider_reach reach = {.get = get_mute, .arg = &m, .now = STAGE_NOW};
    CHECK_ERR(E_NOT_FOUND, provider_check(a, &reach, S("slow.example"), &all));
    CHECK_STR(S("timeout"), all.v[0].why);
    CHECK(m.asked < 12);
    m = (struct mute){.got = {.status = 500}};
    CHECK_ERR(E_NOT_FOUND, provider_check(a, &reach, S("https://broken.example"), &all));
    CHECK_STR(S("status"), all.v[0].why);
    m = (struct mute){.got = {.why = S("timeout"), .body = S("<html>hello</html>")}};
    CHECK_ERR(OK, provider_check(a, &reach, S("nonsense.example"), &all));
    CHECK(!all.v[0].passed && all.v[0].role != ROLE_TRUSTED);
    CHECK(has(&all.v[0], 7, "no_json") && has(&all.v[0], 7, "type"));
    CHECK_I64(0, (i64)all.v[0].documents);
}

TEST(a_provider_that_stops_answering_is_left_alone)
{
    static const char text[] =
        "{\"metadata_version\":\"2.1\",\"role\":\"csaf_provider\",\"distributions\":["
        "{\"rolie\":{\"feeds\":["
#define FEED(n) "{\"tlp_label\":\"CLEAR\",\"url\":\"https://x.example/f" #n ".json\"},"
        FEED(1) FEED(2) FEED(3) FEED(4) FEED(5) FEED(6) FEED(7) FEED(8) FEED(9) FEED(10) FEED(11)
            FEED(12) FEED(13) FEED(14) FEED(15) FEED(16) FEED(17) FEED(18) FEED(19)
                FEED(20) "{\"tlp_label\":\"CLEAR\",\"url\":\"https://x.example/f.json\"}]}}]}";
    struct mute m = {.got = {.why = S("timeout"), .body = str_z(text)}};
    struct provider_reach reach = {.get = get_mute, .arg = &m, .now = STAGE_NOW};
    struct provider_reports all;
    CHECK_ERR(OK, provider_check(a, &reach, S("https://x.example"), &all));
    CHECK(m.asked < 30);
    CHECK(has(&all.v[0], 1, "gave_up"));
}

EARLY_TEST(neither_plain_http_nor_addresses_of_this_network_are_asked)
{
    static const struct effects_kind *const kinds[] = {&effects_fetch};
    static const struct {
        const char *where, *why;
    } cases[] = {{"http://192.0.2.1/provider-metadata.json", "scheme"},
                 {"https://127.0.0.1:1/provider-metadata.json", "address"},
                 {"https://10.0.0.1/provider-metadata.json", "address"},
                 {"https://[::1]/provider-metadata.json", "address"},
                 {"file:///etc/passwd.json", "scheme"}};
    struct fault f = {0};
    struct provider_net net = {0};
    struct provider_reports all;
    CHECK_ERR(OK, effects_start(a,
                                &(struct effects_options){
                                    .mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = COUNT(kinds)},
                                &f, &net.effects));
    struct provider_reach reach = provider_reach_net(&net);
    for (size_t i = 0; i < COUNT(cases); i++) {
        CHECK_ERR(E_NOT_FOUND, provider_check(a, &reach, str_z(cases[i].where), &all));
        CHECK_STR(str_z(cases[i].why), all.v[0].why);
    }
}

/* --- sizes ------------------------------------------------------------------------------------ */

/* What a list may have is the same for files and over the net; documents have a limit of their own. */
TEST(a_list_may_have_what_its_limit_says_and_not_a_byte_more)
{
    struct stage *st = stage_open(a, "sqlite");
    struct house *h = open_house(st);
    struct provider_folder folder = {.root = str_fmt(a, "%s/current", h->root)};
    struct provider_reach reach;
    struct provider_reports all;
    struct stat feed;
    str where;
    const char *file =
        str_to_z(a, str_fmt(a, "%.*s/.well-known/csaf/v2.0/white/csaf-feed-tlp-white.json",
                            SV(folder.root)));
    CHECK_I64(0, stat(file, &feed));
    CHECK(provider_reach_folder(a, &folder, &reach, &where));
    reach.now = STAGE_NOW;
    for (int less = 0; less < 2; less++) {
        reach.list_most = (size_t)(feed.st_size - less);
        CHECK_ERR(OK,
                  provider_check(a, &reach,
                                 S(ORIGIN "/.well-known/csaf/v2.0/provider-metadata.json"), &all));
        CHECK(has(&all.v[0], 15, "not_large") == (less == 1));
        CHECK_I64(2, (i64)all.v[0].documents);
    }
    close_house(a, h);
}

EARLY_TEST(an_answer_may_have_what_was_asked_for_and_not_a_byte_more)
{
    static const struct effects_kind *const kinds[] = {&effects_fetch};
    const struct effects_options o = {
        .mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = COUNT(kinds), .fetch = {.loopback = true}};
    static const struct {
        const char *path;
        size_t most;
        const char *why;
    } cases[] = {{"/thousand", 1000, NULL},    {"/thousand", 999, "large"},
                 {"/thousand", 0, NULL},       {"/packed", 1000, NULL},
                 {"/packed", 999, "large"},    {"/bad", 0, "broken"},
                 {"/huge", 0, "large"},        {"/huge", (size_t)1 << 40, "large"},
                 {"/endless", 100000, "large"}};
    static const char packed[] = /* a thousand bytes by gzip(1): 29 */
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\xa8\x18\x05\xa3\x60\x14\x0c\x77\x00\x00\xe6"
        "\xc9\x41\x3b\xe8\x03\x00\x00";
    struct fault f = {0};
    struct effects *e;
    struct provided *p = provided_new(a);
    provided_put(p, S("/thousand"), str_fmt(a, "%1000s", "x"));
    provided_trouble(p, S("/packed"), PROVIDED_PACKED, (str){packed, sizeof packed - 1});
    provided_trouble(p, S("/bad"), PROVIDED_PACKED, S("no gzip"));
    provided_trouble(p, S("/huge"), PROVIDED_HUGE, S("{"));
    provided_trouble(p, S("/endless"), PROVIDED_ENDLESS, S("{"));
    CHECK_ERR(OK, effects_start(a, &o, &f, &e));
    provided_start(p);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct fetch_request rq = {.method = S("GET"),
                                         .url = str_join(a, p->root, str_z(cases[i].path)),
                                         .most = cases[i].most};
        struct fetch_answer an;
        CHECK_ERR(OK, fetch(e, a, &f, &rq, 60000, &an));
        CHECK_I64(cases[i].why == NULL ? FETCH_ANSWERED : FETCH_LOST, an.outcome);
        if (cases[i].why != NULL)
            CHECK_STR(str_z(cases[i].why), an.why);
        CHECK_I64(cases[i].why == NULL ? 1000 : 0, (i64)an.body.n);
    }
}

/* --- the command, over TLS --------------------------------------------------------------------- */

#define ASK(a, ...) cli_run((a), S(""), "csaf", "check-provider", "--lang", "en", __VA_ARGS__, NULL)

static void check_says(struct cli_result r, int code, const char *text)
{
    if (r.code != code || str_find(r.out, str_z(text)) < 0)
        (void)printf("%d %.*s%.*s\n", r.code, SV(r.out), SV(r.err));
    CHECK_I64(code, r.code);
    CHECK(str_find(r.out, str_z(text)) >= 0);
}

EARLY_TEST(a_whole_provider_holds_over_tls_and_leads_nobody_into_a_private_network)
{
    static const char moved[] =
        "location = /moved/provider-metadata.json { return 302 https://10.0.0.1/x.json; }\n"
        "location ~ index.txt { return 302 https://10.0.0.1/index.txt; }\n";
    struct stage *st = stage_open(a, "sqlite");
    struct nginx n, other;
    if (!nginx_is_installed())
        SKIP("nginx is not installed");
    int port = wire_free_port();
    str origin = str_fmt(a, "https://127.0.0.1:%d", port);
    struct house *h = open_house_at(st, origin);
    str folder = str_fmt(a, "%s/current", h->root);
    shell(a, str_fmt(a, "chmod 755 %s", h->root));
    must(nginx_serve(&n, a, port, folder, S("")));
    const char *ca = str_to_z(a, str_fmt(a, "%s/certificate", n.dir)), *at = str_to_z(a, origin);
    struct cli_result r = ASK(a, at, "--json", "--reach-loopback", "--ca-file", ca);
    check_says(r, 0, "\"passed\":true,\"providers\":[");
    CHECK(str_find(r.out, S("\"type\":1")) < 0 && str_find(r.out, S("\"type\":2")) < 0);
    CHECK(str_find(r.out, S("/v2.0/provider-metadata.json\",\"csaf_version\":\"2.0\",")) >= 0);
    CHECK(str_find(r.out, S("\"documents\":2,")) >= 0);
    check_says(ASK(a, at, "--reach-loopback"), 2, "certificate");
    check_says(ASK(a, at, "--ca-file", ca), 2, "an address that is not public");
    nginx_stop(&n);
    must(nginx_serve(&other, a, port, folder, str_z(moved)));
    ca = str_to_z(a, str_fmt(a, "%s/certificate", other.dir));
    const char *away = str_to_z(a, str_fmt(a, "%s/moved/provider-metadata.json", at));
    check_says(ASK(a, away, "--reach-loopback", "--ca-file", ca), 2,
               "an address that is not public");
    r = ASK(a, at, "--reach-loopback", "--ca-file", ca);
    check_says(r, 1, "redirects to https://10.0.0.1/index.txt");
    check_says(r, 1, "an address that is not public");
    nginx_stop(&other);
    close_house(a, h);
}

EARLY_TEST(a_server_that_does_not_answer_in_time_is_given_up_with_the_reason)
{
    struct provided *p = provided_new(a);
    provided_trouble(p, S("/slow/provider-metadata.json"), PROVIDED_SLOW, S(""));
    provided_trouble(p, S("/huge/provider-metadata.json"), PROVIDED_HUGE, S("{"));
    provided_start(p);
    const char *slow = str_to_z(a, str_fmt(a, "%.*s/slow/provider-metadata.json", SV(p->root)));
    const char *huge = str_to_z(a, str_fmt(a, "%.*s/huge/provider-metadata.json", SV(p->root)));
    check_says(ASK(a, slow, "--reach-loopback", "--timeout", "1"), 2, "in time");
    check_says(ASK(a, huge, "--reach-loopback"), 2, "too large");
}
