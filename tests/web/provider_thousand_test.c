/* provider_thousand_test.c - advisories of all TLP levels, public and not, held against all
 * requirements: forty documents, and a thousand with KAKEHASHI_SOAK. */
#include "app/case_acts.h"
#include "app/provider.h"
#include "app/provider_check_reach.h"
#include "app/settings.h"
#include "app/tokens.h"
#include "help/released.h"
#include "help/web.h"
#include "io/effects.h"
#include "io/files.h"
#include "t.h"

#include <stdlib.h>
#include <unistd.h>

#define ORIGIN "https://psirt.example.jp"
enum { LABELS = 4, LANGUAGES = 2 };
static const char *const labels[LABELS] = {"GREEN", "AMBER", "AMBER+STRICT", "RED"};

struct house {
    char root[40];
    struct stage *st;
    struct visitor *stranger, *reader;
    size_t cases, documents; /* cases: a label */
};

/* --- seeds ------------------------------------------------------------------------------------ */

/* A key, and the process that signs with it: before there are threads. */
static struct effects *signer(struct arena *a, const char *root)
{
    static const struct effects_kind *const kinds[] = {&effects_sign};
    const char *key = str_to_z(a, str_fmt(a, "%s/key", root));
    struct random random = {0};
    struct fault f = {0};
    struct effects *e = NULL;
    must(sign_key_make(a, key, S("Portal <psirt@example.jp>"), STAGE_NOW, &random, &f) == OK);
    const struct effects_options o = {
        .mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = COUNT(kinds), .sign = {.key_file = key}};
    CHECK_ERR(OK, effects_start(a, &o, &f, &e));
    return e;
}

static enum err sign(void *arg, struct arena *a, struct fault *f, const struct sign_text *texts,
                     size_t n, str *out)
{
    return sign_many(arg, a, f, SIGN_DETACHED, texts, n, out);
}

/* A case whose draft is the coordinator's, of that label. */
static void draft(struct stage *st, const char *label)
{
    struct walk *w = walk_new(st);
    walk_begin(w, false);
    (void)draft_save(w, draft_save(w, 0, draft_ja(st->a)), draft_en(st->a));
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, case_set_tlp(cx, w->case_id, stage_input(st->a, "tlp", label, NULL)));
}

/* The one that is public, under further numbers. */
static void multiply(struct stage *st, size_t n)
{
    static const char columns[] =
        "lang, case_id, revision, published, updated, withdrawn, origin, accepted, severity, "
        "critical, title, title_sort, vendors, cves, cwes, content, generation";
    for (size_t i = 0; i < n; i++)
        help_sql(st->url, str_to_z(st->a, str_fmt(st->a,
                                                  "INSERT INTO publication (number, %s) SELECT "
                                                  "'%zu', %s FROM publication WHERE number = "
                                                  "(SELECT MAX(number) FROM publication WHERE "
                                                  "length(number) = 8)",
                                                  columns, 100000000 + i, columns)));
}

static struct house *open_house(struct arena *a)
{
    struct house *h = NEW(a, struct house);
    struct provider_signer by = {.sign = sign};
    struct provider_done done;
    struct fault f = {0};
    bool all = getenv("KAKEHASHI_SOAK") != NULL;
    *h = (struct house){.root = "/tmp/kakehashi-levels-XXXXXX", .cases = all ? 12 : 2};
    must(mkdtemp(h->root) != NULL);
    by.arg = signer(a, h->root);
    struct stage *st = h->st = stage_open(a, "sqlite");
    st->app->public_url = S(ORIGIN);
    st->app->public_dir = h->root;
    (void)released(st);
    h->documents = all ? 1000 : 40;
    multiply(st, (h->documents - LABELS * h->cases * LANGUAGES) / LANGUAGES - 1);
    for (size_t i = 0; i < LABELS * h->cases; i++)
        draft(st, labels[i % LABELS]);
    struct ctx *cx = stage_nobody(st);
    cx->who.is_operator = true;
    CHECK_OK(cx, setting_put(cx,
                             &(struct setting_change){SET_SECURITY_CONTACT, 0,
                                                      S("mailto:psirt@example.jp")},
                             1));
    st->app->effects = by.arg;
    CHECK_ERR(OK, sign_key(by.arg, a, &f, &by.key));
    CHECK_ERR(OK, provider_publish(st->app, h->root, &by, &f, &done));
    h->stranger = visit_nobody(st);
    h->reader = visit_nobody(st);
    struct token_made t;
    cx = stage_as(st, "coordinator");
    CHECK_OK(cx, token_make(cx, stage_person_id(st, "coordinator"),
                            stage_input(a, "token_name", "feeds", NULL), &t));
    h->reader->bearer = t.secret;
    return h;
}

/* --- looking ---------------------------------------------------------------------------------- */

static void get(void *arg, struct arena *a, str url, enum provider_guise as, size_t most,
                struct provider_got *out)
{
    struct house *h = arg;
    struct visitor v = *(as == GUISE_ENTITLED ? h->reader : h->stranger);
    struct stage st = *h->st;
    struct fault f = {0};
    (void)most;
    *out = (struct provider_got){.why = S("resolve")};
    if (!str_has_prefix(url, S(ORIGIN "/")))
        return;
    st.a = a; /* what a page takes goes with its document */
    v.st = &st;
    struct page p = visit_url(&v, str_from(url, S(ORIGIN).n));
    *out =
        (struct provider_got){.status = p.status,
                              .type = p.type,
                              .allows = http_answer_header(&p.rs, S("Access-Control-Allow-Origin")),
                              .location = p.location,
                              .body = p.body};
    if (p.rs.fd >= 0 && p.rs.fd_size > 0) {
        CHECK_ERR(OK, file_read_fd(a, p.rs.fd, 1 << 26, &f, &out->body));
        (void)close(p.rs.fd);
    }
}

static void check_report(struct arena *a, const struct provider_report *r, size_t documents)
{
    for (size_t i = 0; i < r->messages.n; i++) {
        const struct check_message *m = &r->messages.v[i];
        if (m->level > CHECK_INFO && i < 20)
            (void)printf("%d %.*s: %.*s\n", m->requirement, SV(m->where),
                         SV(check_text(a, m, LANG_EN)));
        CHECK(m->level == CHECK_INFO);
    }
    CHECK(r->passed);
    CHECK_I64(ROLE_TRUSTED, r->role);
    CHECK_I64((i64)documents, (i64)r->documents);
}

TEST(documents_of_all_levels_hold_for_who_may_read_them_and_none_is_public)
{
    struct house *h = open_house(a);
    struct provider_folder folder = {.root = str_fmt(a, "%s/current", h->root)};
    struct provider_reach files, reach;
    struct provider_reports all;
    size_t closed = LABELS * h->cases * LANGUAGES;
    str where;
    if (access("/usr/bin/gpgv", X_OK) != 0)
        SKIP("gpgv is not installed");
    CHECK(provider_reach_folder(a, &folder, &files, &where));
    files.now = STAGE_NOW;
    CHECK_ERR(OK, provider_check(a, &files, where, &all));
    CHECK_I64(2, (i64)all.n);
    for (size_t i = 0; i < all.n; i++)
        check_report(a, &all.v[i], h->documents - closed);
    reach = files;
    reach.folder = false;
    reach.get = get;
    reach.arg = h;
    reach.entitled = true;
    CHECK_ERR(OK, provider_check(a, &reach, S(ORIGIN), &all));
    CHECK_I64(2, (i64)all.n);
    for (size_t i = 0; i < all.n; i++)
        check_report(a, &all.v[i], h->documents);
    str marked = str_fmt(a,
                         "grep -rlE '\"(label|tlp_label)\": \"(GREEN|AMBER|AMBER.STRICT|RED)\"' "
                         "%s/generations %s/folders | grep -q . && exit 1; exit 0",
                         h->root, h->root);
    CHECK_I64(0, system(str_to_z(a, marked)));
    must(system(str_to_z(a, str_fmt(a, "rm -rf %s", h->root))) == 0);
}
