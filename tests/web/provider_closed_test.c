/* provider_closed_test.c - advisories before publication, as CSAF for those who may read them. */
#include "app/auth.h"
#include "app/case_acts.h"
#include "app/provider.h"
#include "app/provider_check_reach.h"
#include "app/tokens.h"
#include "base/encode.h"
#include "formats/csaf.h"
#include "formats/digest.h"
#include "help/nginx.h"
#include "help/released.h"
#include "help/web.h"
#include "help/wire.h"
#include "io/effects.h"
#include "io/files.h"
#include "io/httpd.h"
#include "t.h"
#include "web/web.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define ORIGIN "https://psirt.example.jp"
#define CANARY "Canary in Gateway X"

struct house {
    char root[40];
    struct stage *st;
    struct walk *w;
    str number, name; /* name: of the Japanese document's file */
    i64 rev;
};

static enum err sign(void *arg, struct arena *a, struct fault *f, const struct sign_text *texts,
                     size_t n, str *out)
{
    return sign_many(arg, a, f, SIGN_DETACHED, texts, n, out);
}

static void publish(struct house *h)
{
    struct app *app = h->st->app;
    struct provider_signer signer = {.sign = sign, .arg = app->effects};
    struct provider_done done;
    struct fault f = {0};
    bool keyed = app->effects != NULL && sign_key(app->effects, h->st->a, &f, &signer.key) == OK;
    CHECK_ERR(OK, provider_publish(app, h->root, keyed ? &signer : NULL, &f, &done));
}

/* A draft in both languages, about which the vendors were asked. */
static struct house *open_house(struct stage *st)
{
    struct house *h = NEW(st->a, struct house);
    *h = (struct house){.root = "/tmp/kakehashi-closed-XXXXXX", .st = st};
    must(mkdtemp(h->root) != NULL);
    st->app->public_url = S(ORIGIN);
    st->app->public_dir = h->root;
    h->w = undrafted(st);
    vulnerability_add(h->w);
    i64 rev = draft_save(h->w, 0, draft_ja(st->a));
    rev = draft_save(h->w, rev,
                     stage_input(st->a, "en.title", CANARY, "en.overview", "The overview",
                                 "en.affected", "- Gateway X", "en.description", "It sings",
                                 "en.impact", "The impact", "en.solution", "Update", NULL));
    struct ctx *cx = walk_as(h->w, "coordinator");
    CHECK_OK(cx, advisory_ask(cx, h->w->case_id, rev));
    (void)stage_later(st, MINUTE);
    h->rev = rev;
    h->number = number_of(h->w);
    h->name = str_fmt(st->a, "kkh_%.*s.json", SV(h->number));
    publish(h);
    return h;
}

static void close_house(struct arena *a, struct house *h)
{
    must(system(str_to_z(a, str_fmt(a, "rm -rf %s", h->root))) == 0);
}

/* A program with a token of that person. */
static struct visitor *program_of(struct stage *st, const char *login)
{
    struct visitor *v = visit_nobody(st);
    struct ctx *cx = stage_as(st, login);
    struct token_made t;
    CHECK_OK(cx, token_make(cx, stage_person_id(st, login),
                            stage_input(st->a, "token_name", "feeds", NULL), &t));
    v->bearer = t.secret;
    return v;
}

static struct page closed(struct visitor *v, const char *path)
{
    return visit_url(v, str_fmt(v->st->a, "/.well-known/csaf/%s", path));
}

static str body(struct visitor *v, struct page p)
{
    struct fault f = {0};
    str out = p.body;
    if (p.rs.fd >= 0 && p.rs.fd_size > 0) {
        CHECK_ERR(OK, file_read_fd(v->st->a, p.rs.fd, 1 << 24, &f, &out));
        (void)close(p.rs.fd);
    }
    return out;
}

static str path_of(struct house *h, const char *folder, const char *end)
{
    return str_fmt(h->st->a, "/.well-known/csaf/%s/2026/%.*s%s", folder, SV(h->name), end);
}

static const struct json *parsed(struct arena *a, str text)
{
    const struct json *j = NULL;
    struct json_error bad;
    CHECK_ERR(OK, json_read(a, text, &j, &bad));
    return j;
}

static void check_valid(struct arena *a, const struct json *j)
{
    struct csaf_choice all = {.now = STAGE_NOW};
    struct csaf_report r = {0};
    CHECK(csaf_choose(&all, S("basic")));
    csaf_validate(a, j, &all, &r);
    for (size_t i = 0; i < r.findings.n; i++)
        (void)printf("%.*s %.*s %.*s\n", SV(r.findings.v[i].test), SV(r.findings.v[i].path),
                     SV(r.findings.v[i].word));
    CHECK(r.valid);
}

static str at(const struct json *j, const char *pointer)
{
    return json_text(json_find(j, str_z(pointer)));
}

APP_TEST(a_draft_is_a_valid_document_of_its_label_for_who_may_read_it)
{
    struct house *h = open_house(st);
    struct visitor *v = program_of(st, "coordinator");
    static const char *const folders[] = {"v2.0/amber", "v2.1/amber"};
    for (size_t i = 0; i < COUNT(folders); i++) {
        struct page p = visit_url(v, path_of(h, folders[i], ""));
        CHECK_STATUS(200, p);
        const struct json *j = parsed(a, p.body);
        check_valid(a, j);
        CHECK_STR(S("AMBER"), at(j, "/document/distribution/tlp/label"));
        CHECK_STR(S("draft"), at(j, "/document/tracking/status"));
        CHECK_STR(S("0"), at(j, "/document/tracking/version"));
        CHECK_STR(S("no-store"), http_answer_header(&p.rs, S("Cache-Control")));
        CHECK_STR(S("application/json"), p.type);
        CHECK_STR(str_join(a, S(ORIGIN), path_of(h, folders[i], "")),
                  at(j, "/document/references/0/url"));
        struct digest d = digest_begin(DIGEST_SHA256);
        digest_put(&d, p.body);
        struct page hash = visit_url(v, path_of(h, folders[i], ".sha256"));
        CHECK(str_has_prefix(hash.body, hex_encode(a, digest_end(&d, a))));
        CHECK_STATUS(404, visit_url(v, path_of(h, folders[i], ".asc"))); /* nobody signs here */
        CHECK_STATUS(404, visit_url(v, path_of(h, folders[i], ".sha1")));
    }
    CHECK_STATUS(404, visit_url(v, path_of(h, "v2.1/red", "")));
    CHECK_STATUS(404, visit_url(v, path_of(h, "v2.1/green", "")));
    close_house(a, h);
}

APP_TEST(the_label_is_that_of_the_case)
{
    struct house *h = open_house(st);
    struct visitor *v = program_of(st, "coordinator");
    struct ctx *cx = walk_as(h->w, "coordinator");
    CHECK_OK(cx, case_set_tlp(cx, h->w->case_id, stage_input(a, "tlp", "AMBER+STRICT", NULL)));
    CHECK_STATUS(200, visit_url(v, path_of(h, "v2.1/amber+strict", "")));
    CHECK_STATUS(200, visit_url(v, path_of(h, "v2.0/amber", "")));
    CHECK_STATUS(404, visit_url(v, path_of(h, "v2.1/amber", "")));
    check_valid(a, parsed(a, visit_url(v, path_of(h, "v2.1/amber+strict", "")).body));
    check_valid(a, parsed(a, visit_url(v, path_of(h, "v2.0/amber", "")).body));
    cx = walk_as(h->w, "coordinator");
    CHECK_OK(cx, case_set_tlp(cx, h->w->case_id, stage_input(a, "tlp", "CLEAR", NULL)));
    CHECK_STATUS(404, visit_url(v, path_of(h, "v2.1/clear", ""))); /* for nobody before its time */
    CHECK_STATUS(404, visit_url(v, path_of(h, "v2.1/green", "")));
    close_house(a, h);
}

APP_TEST(metadata_and_service_name_the_feeds_of_who_asks)
{
    struct house *h = open_house(st);
    struct visitor *in = program_of(st, "coordinator"), *out = visit_nobody(st);
    static const char *const paths[] = {"provider-metadata.json", "v2.0/provider-metadata.json",
                                        "v2.1/provider-metadata.json", "v2.0/service.json",
                                        "v2.1/service.json"};
    for (size_t i = 0; i < COUNT(paths); i++) {
        str more = body(in, closed(in, paths[i])), plain = body(out, closed(out, paths[i]));
        (void)parsed(a, more);
        CHECK(str_find(more, S("/amber/csaf-feed-tlp-amber.json")) > 0);
        CHECK(str_find(plain, S("amber")) < 0);
    }
    const struct json *j = parsed(a, body(in, closed(in, "v2.1/provider-metadata.json")));
    CHECK_STR(S("CLEAR"), at(j, "/distributions/0/directory/tlp_label"));
    CHECK_STR(S("AMBER"), at(j, "/distributions/1/rolie/feeds/1/tlp_label"));
    CHECK_STR(S("AMBER"), at(j, "/distributions/2/directory/tlp_label"));
    CHECK_HAS(closed(in, "v2.1/amber/"), "csaf-feed-tlp-amber.json");
    CHECK_HAS(closed(in, "v2.1/amber/2026/"), str_to_z(a, h->name));
    close_house(a, h);
}

static int open_files(void)
{
    int n = 0;
    for (int fd = 0; fd < 256; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

APP_TEST(metadata_that_cannot_be_read_leave_no_file_open)
{
    struct house *h = open_house(st);
    struct visitor *v = program_of(st, "coordinator");
    str metadata = str_fmt(a, "%s/current/.well-known/csaf/v2.1/provider-metadata.json", h->root);
    must(truncate(str_to_z(a, metadata), (1 << 24) + 1) == 0); /* too large */
    CHECK(closed(v, "v2.1/provider-metadata.json").status != 200);
    int before = open_files();
    CHECK(closed(v, "v2.1/provider-metadata.json").status != 200);
    CHECK_I64(before, open_files());
    close_house(a, h);
}

/* --- who ---------------------------------------------------------------------------------------- */

static const char *const all_paths[] = {
    "provider-metadata.json",
    "v2.0/provider-metadata.json",
    "v2.1/provider-metadata.json",
    "v2.0/service.json",
    "v2.1/service.json",
    "v2.0/amber",
    "v2.1/amber",
    "v2.1/amber/",
    "v2.1/amber/2026/",
    "v2.0/amber/index.txt",
    "v2.1/amber/index.txt",
    "v2.1/amber/changes.csv",
    "v2.1/amber/category-amber.json",
    "v2.0/amber/csaf-feed-tlp-amber.json",
    "v2.1/amber/csaf-feed-tlp-amber.json",
};

/* All that one sees, one behind the other. */
static str all_of(struct house *h, struct visitor *v)
{
    static const char *const ends[] = {"", ".sha256", ".sha512", ".asc"};
    static const char *const folders[] = {"v2.0/amber", "v2.1/amber", "v2.0/white",
                                          "v2.1/clear", "v2.1/red",   "v2.1/green"};
    buf b = {.a = h->st->a};
    str english = str_fmt(h->st->a, "kkh_%.*s-en.json", SV(h->number)), japanese = h->name;
    for (size_t i = 0; i < COUNT(all_paths); i++)
        buf_put(&b, body(v, closed(v, all_paths[i])));
    for (size_t i = 0; i < COUNT(folders); i++)
        for (size_t k = 0; k < COUNT(ends); k++)
            for (int en = 0; en < 2; en++) {
                h->name = en ? english : japanese;
                struct page p = visit_url(v, path_of(h, folders[i], ends[k]));
                if (p.status == 200)
                    buf_put(&b, body(v, p));
            }
    h->name = japanese;
    return buf_str(&b);
}

/* Who may read the draft at the browser, which rights.tsv decides, and nobody else. */
APP_TEST(nobody_learns_of_a_draft_who_may_not_read_it)
{
    struct house *h = open_house(st);
    size_t readers = 0;
    for (size_t i = 0; stage_logins[i] != NULL; i++) {
        struct visitor *v = program_of(st, stage_logins[i]);
        struct ctx *cx = stage_as(st, stage_logins[i]);
        struct advisory adv;
        bool may = advisory_view(cx, h->w->case_id, &adv) == OK;
        str all = all_of(h, v);
        bool sees = str_find(all, S("Canary")) >= 0 || str_find(all, h->number) >= 0 ||
                    str_find(all, S("amber")) >= 0 || str_find(all, S("AMBER")) >= 0;
        if (may != sees)
            (void)printf("%s: may %d, sees %d\n", stage_logins[i], may, sees);
        CHECK(may == sees);
        readers += may;
        if (str_has_prefix(str_z(stage_logins[i]), S("mihon")) && may)
            CHECK(str_find(all, S("reiji")) < 0 && str_find(all, S("Reiji")) < 0);
    }
    CHECK(readers >= 3);
    static const char *const outside[] = {"kamei.poc", "auditor", "shop", "operator"};
    for (size_t i = 0; i < COUNT(outside); i++)
        for (size_t k = 0; stage_logins[k] != NULL; k++)
            if (str_eq(str_z(outside[i]), str_z(stage_logins[k])))
                CHECK(str_find(all_of(h, program_of(st, outside[i])), h->number) < 0);
    close_house(a, h);
}

APP_TEST(without_a_token_there_is_nothing_whoever_asks)
{
    struct house *h = open_house(st);
    struct visitor *nobody = visit_nobody(st), *browser = visit_as(st, "coordinator"),
                   *finder = visit_finder(st, h->w->report_id);
    struct visitor *const all[] = {nobody, browser, finder};
    finder->bearer = finder->session; /* a receipt's session is no person's */
    finder->session = NO_STR;
    for (size_t i = 0; i < COUNT(all); i++) {
        str seen = all_of(h, all[i]);
        CHECK(str_find(seen, S("Canary")) < 0 && str_find(seen, h->number) < 0);
        CHECK_STATUS(404, closed(all[i], "v2.1/amber/index.txt"));
        CHECK_STATUS(404, visit_url(all[i], path_of(h, "v2.1/amber", "")));
    }
    close_house(a, h);
}

APP_TEST(a_program_whose_token_does_not_hold_is_told_so)
{
    static const char *const paths[] = {"provider-metadata.json", "v2.1/provider-metadata.json",
                                        "v2.1/amber/index.txt", "v2.1/nothing/index.txt"};
    struct house *h = open_house(st);
    struct visitor *wrong = visit_nobody(st), *late = program_of(st, "coordinator");
    wrong->bearer = S("kkh_0000000000000000000000000000000000000000000000000000");
    (void)stage_later(st, 400 * DAY);
    struct visitor *const all[] = {wrong, late};
    for (size_t i = 0; i < COUNT(all); i++)
        for (size_t k = 0; k < COUNT(paths); k++) {
            struct page p = closed(all[i], paths[k]);
            CHECK_STATUS(401, p);
            CHECK_STR(S("Bearer realm=\"kakehashi\""),
                      http_answer_header(&p.rs, S("WWW-Authenticate")));
            CHECK_STR(S("no-store"), http_answer_header(&p.rs, S("Cache-Control")));
        }
    CHECK_STATUS(404, closed(visit_nobody(st), "v2.1/amber/index.txt"));
    close_house(a, h);
}

APP_TEST(a_vendor_reads_its_own_part_alone)
{
    struct house *h = open_house(st);
    struct visitor *v = program_of(st, "mihon.poc"), *c = program_of(st, "coordinator");
    struct page p = visit_url(v, path_of(h, "v2.1/amber", ""));
    CHECK_STATUS(200, p);
    check_valid(a, parsed(a, p.body));
    CHECK(str_find(p.body, S("mihon")) >= 0 || str_find(p.body, S("Gateway X")) >= 0);
    /* what was written since is not what it was asked about */
    (void)draft_save(h->w, h->rev, stage_input(a, "ja.title", "書き直した題名", NULL));
    CHECK(str_find(visit_url(c, path_of(h, "v2.1/amber", "")).body, S("書き直した題名")) > 0);
    CHECK(str_find(visit_url(v, path_of(h, "v2.1/amber", "")).body, S("書き直した題名")) < 0);
    close_house(a, h);
}

APP_TEST(after_its_publication_it_is_clear_and_for_everybody)
{
    struct house *h = open_house(st);
    struct visitor *v = program_of(st, "coordinator"), *nobody = visit_nobody(st);
    walk_act(h->w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", NULL);
    walk_act(h->w, "coordinator", "", "5.2.2", 1, NULL);
    (void)stage_later(st, MINUTE);
    publish(h);
    CHECK_STATUS(404, visit_url(v, path_of(h, "v2.1/amber", "")));
    CHECK_STATUS(404, closed(v, "v2.1/amber/index.txt"));
    struct page p = visit_url(nobody, path_of(h, "v2.1/clear", ""));
    const struct json *j = parsed(a, body(nobody, p));
    CHECK_STR(S("CLEAR"), at(j, "/document/distribution/tlp/label"));
    CHECK_STR(S("final"), at(j, "/document/tracking/status"));
    CHECK(str_find(body(v, closed(v, "v2.1/provider-metadata.json")), S("amber")) < 0);
    close_house(a, h);
}

/* --- client certificates ------------------------------------------------------------------------ */

#define NEW_KEY "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "

/* A CA with two certificates of its own, good and other; and a stranger's, who signed it himself. */
static void make_certificates(struct arena *a, const char *dir)
{
    static const char make[] =
        "cd %s && openssl req -x509 " NEW_KEY "-subj /CN=CA -keyout ca.key -out ca 2>/dev/null && "
        "openssl req -x509 " NEW_KEY
        "-subj /CN=x -keyout stranger.key -out stranger 2>/dev/null && "
        "for n in good other; do openssl req " NEW_KEY "-subj /CN=$n -keyout $n.key -out $n.req "
        "2>/dev/null && openssl x509 -req -in $n.req -CA ca -CAkey ca.key -CAcreateserial -out $n "
        "2>/dev/null || exit 1; done";
    must(system(str_to_z(a, str_fmt(a, make, dir))) == 0);
}

/* Over TLS through nginx, with a certificate (NULL: none) and lines of the client's own; the
 * status, and the whole answer. */
static int through(struct house *h, int port, const char *name, const char *lines, str *answer)
{
    struct arena *a = h->st->a;
    struct fault f = {0};
    const char *file = str_to_z(a, str_fmt(a, "%s/answer", h->root));
    str with = name == NULL
                   ? S("")
                   : str_fmt(a, "-cert %s/%s -key %s/%s.key", h->root, name, h->root, name);
    str run =
        str_fmt(a,
                "printf 'GET %.*s HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\n%s\\r\\n' | openssl s_client "
                "-quiet -ign_eof -connect 127.0.0.1:%d %.*s > %s 2>/dev/null",
                SV(path_of(h, "v2.1/amber", "")), lines, port, SV(with), file);
    (void)system(str_to_z(a, run));
    CHECK_ERR(OK, file_read(a, file, 1 << 20, &f, answer));
    i64 status = 0;
    str rest = *answer;
    (void)str_cut(&rest, ' ');
    (void)str_i64(str_cut(&rest, ' '), &status);
    return (int)status;
}

static struct token_made registered(struct house *h, const char *name, i64 ms)
{
    struct arena *a = h->st->a;
    struct ctx *cx = stage_as(h->st, "coordinator");
    struct fault f = {0};
    struct token_made made;
    str pem;
    const char *until = str_to_z(a, time_utc_ms(a, cx->now + ms));
    CHECK_ERR(OK, file_read(a, str_to_z(a, str_fmt(a, "%s/%s", h->root, name)), 1 << 14, &f, &pem));
    CHECK_OK(cx, certificate_make(cx, cx->who.person_id,
                                  stage_input(a, "certificate_name", "feeds", "certificate",
                                              str_to_z(a, pem), "expires", until, NULL),
                                  &made));
    return made;
}

static struct httpd *serve(struct house *h, struct web *w, int port)
{
    static const str proxy = S_INIT("127.0.0.2");
    struct fault f = {0};
    struct httpd *d;
    static struct http_app app;
    struct httpd_options o = {.address = S("127.0.0.1"), .port = port, .workers = 2};
    o.spool_dir = h->root;
    o.clock = &h->st->app->clock;
    o.trusted_proxies = (struct strs){&proxy, 1};
    o.certificate_header = S("x-client-certificate");
    app = web_app(w);
    must(httpd_start(&o, &app, &f, &d) == OK);
    return d;
}

TEST(who_shows_a_registered_certificate_to_the_proxy_reads_what_their_token_would)
{
    struct stage *st = stage_open(a, "sqlite");
    struct nginx n;
    if (!nginx_is_installed())
        SKIP("nginx is not installed");
    struct house *h = open_house(st);
    int front = wire_free_port(), back = wire_free_port();
    make_certificates(a, h->root);
    str more =
        str_fmt(a,
                "ssl_client_certificate %s/ca; ssl_verify_client optional_no_ca; location / { "
                "proxy_pass http://127.0.0.1:%d; proxy_bind 127.0.0.2;\n"
                "proxy_set_header X-Client-Certificate $ssl_client_escaped_cert;\n"
                "proxy_set_header X-Client-Certificate-Verify $ssl_client_verify; }\n",
                h->root, back);
    must(nginx_serve(&n, a, front, str_z(h->root), more));
    struct web w = {.app = st->app};
    struct token_made good = registered(h, "good", 300 * DAY);
    (void)registered(h, "stranger", 300 * DAY); /* whom no CA of the proxy vouches for */
    struct httpd *d = serve(h, &w, back);
    str answer, forged = str_fmt(a,
                                 "X-Client-Certificate: %.*s\\r\\nX-Client-Certificate-Verify: "
                                 "SUCCESS\\r\\n",
                                 SV(good.secret));
    CHECK_I64(200, through(h, front, "good", "", &answer));
    CHECK(str_find(answer, S(CANARY)) < 0 && str_find(answer, S("AMBER")) > 0);
    CHECK(str_find(answer, h->number) > 0);
    CHECK_I64(404, through(h, front, "other", "", &answer));
    CHECK_I64(404, through(h, front, "stranger", "", &answer));
    CHECK_I64(404, through(h, front, NULL, "", &answer));
    CHECK_I64(404, through(h, front, NULL, str_to_z(a, forged), &answer));
    CHECK_I64(404, through(h, front, "other", str_to_z(a, forged), &answer));
    str direct = str_fmt(a,
                         "GET %.*s HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Client-Certificate: %.*s\r\n"
                         "X-Client-Certificate-Verify: SUCCESS\r\n\r\n",
                         SV(path_of(h, "v2.1/amber", "")), SV(good.secret));
    CHECK_I64(404, wire_ask(a, back, direct).status);
    (void)registered(h, "other", DAY);
    CHECK_I64(200, through(h, front, "other", "", &answer));
    (void)stage_later(st, 2 * DAY);
    CHECK_I64(404, through(h, front, "other", "", &answer));
    CHECK_I64(200, through(h, front, "good", "", &answer));
    struct ctx *cx = stage_as(st, "coordinator");
    CHECK_OK(cx, token_revoke(cx, cx->who.person_id, good.id));
    CHECK_I64(404, through(h, front, "good", "", &answer));
    must(httpd_stop(d, 1000));
    nginx_stop(&n);
    close_house(a, h);
}

APP_TEST(a_certificate_is_registered_once_and_reads_nothing_else)
{
    static const char sha256[] = "836012d5d84b2fc6348bc0037a8042b518c40a223d1329f426dad1be53f85f94";
    struct token_made made;
    stage_cast(st);
    struct ctx *cx = stage_as(st, "coordinator");
    struct input *in = stage_input(a, "certificate_name", "feeds", "certificate", sha256, NULL);
    CHECK_OK(cx, certificate_make(cx, cx->who.person_id, in, &made));
    cx = stage_as(st, "reception");
    CHECK_ERR(E_INVALID, certificate_make(cx, cx->who.person_id, in, &made));
    CHECK_STR(S("certificate_known"), cx->problems.v[0].code);
    cx = stage_as(st, "reception");
    CHECK_ERR(E_INVALID,
              certificate_make(cx, cx->who.person_id,
                               stage_input(a, "certificate_name", "x", "certificate", "x", NULL),
                               &made));
    CHECK_STR(S("certificate_bad"), cx->problems.v[0].code);
    cx = stage_as(st, "reception");
    CHECK_ERR(E_NOT_FOUND, certificate_make(cx, stage_person_id(st, "coordinator"), in, &made));
    cx->door = DOOR_API;
    CHECK_ERR(E_DENIED, certificate_make(cx, cx->who.person_id, in, &made));
    cx = stage_nobody(st); /* its fingerprint is no token */
    CHECK_ERR(E_NOT_FOUND, token_open(cx, str_join(a, S("certificate "), str_z(sha256))));
    CHECK_ERR(E_NOT_FOUND, token_open(cx, str_z(sha256)));
    CHECK_OK(cx, certificate_open(cx, str_z(sha256)));
    CHECK_STR(stage_person_id(st, "coordinator"), cx->who.person_id);
}
