/* frame.c - see frame.h. */
#include "web/frame.h"

#include "app/lists.h"
#include "app/settings.h"
#include "base/asset.h"
#include "base/encode.h"
#include "web/parts.h"

#include <pthread.h>
#include <sodium.h>

/* clang-format off */
enum place_for { FOR_SEAT = 1, FOR_RECEPTION = 2, FOR_COORDINATOR = 4, FOR_POC = 8,
                 FOR_OVERSEAS = 16, FOR_OPERATOR = 32, FOR_LEAD = 64, FOR_SITE = 128,
                 FOR_ANALYST = 256, FOR_AUDITOR = 512 };
static const struct {
    const char *key, *path;
    enum word label;
    unsigned who;
    bool gap;
} places[] = {
    {"inbox",      "/inbox",      W_nav_inbox,      FOR_SEAT, false},
    {"cases",      "/cases",      W_nav_cases,      FOR_SEAT, false},
    {"clocks",     "/clocks",     W_nav_clocks,     FOR_RECEPTION | FOR_COORDINATOR | FOR_POC, false},
    {"reports",    "/reports",    W_nav_reports,    FOR_RECEPTION | FOR_COORDINATOR | FOR_POC | FOR_OVERSEAS | FOR_SITE | FOR_ANALYST, false},
    {"advisories", "/drafts",     W_nav_advisories, FOR_COORDINATOR | FOR_RECEPTION, false},
    {"library",    "/library",    W_nav_library,    FOR_SEAT, false},
    {"vendors",    "/organisations", W_nav_vendors, FOR_COORDINATOR | FOR_RECEPTION | FOR_OPERATOR, true},
    {"organisation", "/organisation", W_nav_organisation, FOR_LEAD, true},
    {"statistics", "/statistics", W_nav_statistics, FOR_COORDINATOR | FOR_RECEPTION | FOR_POC, false},
    {"people",     "/people",     W_nav_people,     FOR_LEAD | FOR_OPERATOR, false},
    {"audit",      "/audit",      W_nav_audit,      FOR_AUDITOR, false},
    {"admin",      "/admin",      W_nav_admin,      FOR_OPERATOR, false},
    {"settings",   "/settings",   W_nav_settings,   FOR_OPERATOR, false},
    {"account",    "/account",    W_nav_account,    ~0u, true},
};
/* clang-format on */

static unsigned reader_is(const struct user *who)
{
    static const struct {
        str kind;
        unsigned bits;
    } kinds[] = {{S_INIT("reception"), FOR_RECEPTION},
                 {S_INIT("coordinator"), FOR_COORDINATOR},
                 {S_INIT("poc"), FOR_POC},
                 {S_INIT("overseas_coordinator"), FOR_OVERSEAS},
                 {S_INIT("operator"), FOR_SITE},
                 {S_INIT("analysis"), FOR_ANALYST}};
    unsigned bits = who->nseats > 0 ? FOR_SEAT : 0;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        const struct seat *s = user_seat(who, kinds[i].kind);
        bits |= s ? kinds[i].bits : 0;
        if (s && s->lead && str_eq(kinds[i].kind, S("poc")))
            bits |= FOR_LEAD;
    }
    if (who->is_operator)
        bits |= FOR_OPERATOR;
    if (who->is_auditor)
        bits |= FOR_AUDITOR | FOR_SEAT;
    return bits;
}

url lang_url(struct ctx *cx, const char *path)
{
    return (url){str_fmt(cx->a, "/%s%s", cx->lang == LANG_JA ? "ja" : "en", path)};
}

static str badge_words(struct ctx *cx, i64 n)
{
    if (n >= BADGE_MAX)
        return str_fmt(cx->a, "%d+", BADGE_MAX - 1);
    return str_fmt(cx->a, "%lld", (long long)n);
}

/* What is counted beside the inbox and beside the cases. */
static void set_badge(struct ctx *cx, struct nav_item *it, size_t place, const struct counts *n)
{
    if (place == 0) {
        it->n = badge_words(cx, n->tasks + n->approvals);
        it->badge = n->late > 0 ? S("n hot") : S("n");
    } else if (place == 1) {
        it->n = badge_words(cx, n->cases);
    }
}

static void fill_nav(struct ctx *cx, const struct reply *an, struct frame_view *v)
{
    struct counts n = {0};
    unsigned who = reader_is(&cx->who);
    struct nav_item *nav = NEWS(cx->a, struct nav_item, COUNT(places));
    bool counted = count_own(cx, BADGE_MAX, &n) == OK;
    for (size_t i = 0; i < COUNT(places); i++) {
        if (!(places[i].who & who) && places[i].who != ~0u)
            continue;
        struct nav_item *it = &nav[v->nnav++];
        *it = (struct nav_item){.href = lang_url(cx, places[i].path),
                                .label = word(cx->lang, places[i].label),
                                .css = places[i].gap ? S("gap") : S("in"),
                                .badge = S("n"),
                                .here =
                                    str_eq(an->nav, str_z(places[i].key)) ? S("page") : S("false")};
        if (counted)
            set_badge(cx, it, i, &n);
    }
    v->nav = nav;
}

/* Of every file, hashed once: each page names several. */
enum { ASSETS_MAX = 256, HASH_SIZE = 16, TAG_SIZE = 9 };
static unsigned char asset_hash[ASSETS_MAX][HASH_SIZE];

static void hash_assets(void)
{
    must(asset_count <= ASSETS_MAX);
    for (size_t i = 0; i < asset_count; i++)
        (void)crypto_generichash(asset_hash[i], HASH_SIZE, (const unsigned char *)assets[i].bytes.p,
                                 assets[i].bytes.n, NULL, 0);
}

url static_url(struct arena *a, const char *name)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    const struct asset *asset = asset_find(str_fmt(a, "static/%s", name));
    must(asset != NULL && pthread_once(&once, hash_assets) == 0);
    const unsigned char *hash = asset_hash[asset - assets];
    str tag = base64url_encode(a, (str){(const char *)hash, TAG_SIZE});
    return (url){str_fmt(a, "/static/%.*s/%s", SV(tag), name)};
}

html csrf_field(struct ctx *cx, const struct request *rq)
{
    if (rq->csrf.n == 0)
        return (html){S("")};
    return (html){
        str_fmt(cx->a, "<input type=\"hidden\" name=\"_csrf\" value=\"%.*s\">", SV(rq->csrf))};
}

/* The same page under the other language's prefix, with its query. */
static url swap_lang(struct arena *a, const struct http_request *http, str lang)
{
    str path = http->path;
    bool has = str_has_prefix(path, S("/ja")) || str_has_prefix(path, S("/en"));
    str rest = has ? str_from(path, 3) : S("");
    str q = http->query;
    return (url){str_fmt(a, "/%.*s%.*s%s%.*s", SV(lang), SV(rest), q.n ? "?" : "", SV(q))};
}

static void fill_languages(struct ctx *cx, const struct reply *an, struct frame_view *v)
{
    bool ja = cx->lang == LANG_JA;
    v->lang = ja ? S("ja") : S("en");
    v->other_lang = ja ? S("en") : S("ja");
    v->other_lang_name = ja ? S("English") : S("日本語");
    v->other = swap_lang(cx->a, an->http, v->other_lang);
    v->has_other = !an->no_other_lang && an->http->method == GET;
}

static str done_word(struct ctx *cx, const struct request *rq)
{
    enum word w;
    str what = query_get(rq, "done");
    if (what.n == 0 || what.n > 40 || !word_find(str_fmt(cx->a, "done_%.*s", SV(what)), &w))
        return NO_STR;
    return word(cx->lang, w);
}

static void fill_reader(struct ctx *cx, struct frame_view *v)
{
    if (cx->who.person_id.n == 0)
        return;
    v->signed_in = true;
    v->who = cx->who.name[cx->lang];
    if (cx->who.nseats > 0)
        v->seat = str_fmt(cx->a, cx->lang == LANG_JA ? "%.*s %.*s" : "%.*s, %.*s",
                          SV(cx->who.seats[0].org_name[cx->lang]),
                          SV(cx->who.seats[0].dept_name[cx->lang]));
    else if (cx->who.is_operator)
        v->seat = word(cx->lang, W_role_operator);
}

static void fill_site(struct ctx *cx, struct frame_view *v)
{
    const struct settings *s;
    v->site = word(cx->lang, W_product_name);
    if (settings_open(cx, &s) != OK)
        return;
    v->site = s->v[cx->lang == LANG_JA ? SET_SITE_NAME_JA : SET_SITE_NAME_EN];
    if (s->v[SET_SECURITY_CONTACT].n > 0)
        v->security = (url){S("/.well-known/security.txt")};
}

void frame_write(struct ctx *cx, const struct request *rq, struct reply *an)
{
    struct frame_view v = {
        .title = an->title,
        .home = lang_url(cx, "/"),
        .css = static_url(cx->a, "kakehashi.css"),
        .script = static_url(cx->a, "kakehashi.mjs"),
        .icon = static_url(cx->a, "icon.svg"),
        .app = an->frame == FRAME_APP && cx->who.person_id.n > 0,
        .body_class = an->amber ? S("amber") : S("clear"),
        .sign_in = lang_url(cx, "/sign-in"),
        .sign_out = lang_url(cx, "/sign-out"),
        .account = lang_url(cx, "/account"),
        .report = lang_url(cx, "/report"),
        .track = lang_url(cx, "/track"),
        .about = lang_url(cx, "/about"),
        .process = lang_url(cx, "/process"),
        .vendors = lang_url(cx, "/vendor-registration"),
        .machine = lang_url(cx, "/machine-readable"),
        .statistics = lang_url(cx, "/statistics"),
        .policy = lang_url(cx, "/policy"),
        .privacy = lang_url(cx, "/privacy"),
        .head = an->head,
        .csrf = csrf_field(cx, rq),
        .done = done_word(cx, rq),
        .body = {buf_str(&an->out.b)},
    };
    struct html_out o = {.b = {.a = cx->a}, .lang = cx->lang, .zone = cx->zone, .now = cx->now};
    fill_site(cx, &v);
    v.search = lang_url(cx, v.app ? "/search" : "/advisories");
    v.search_public = !v.app && an->head != NULL && !an->head->own_search;
    v.clock_words = v.app ? clock_words(cx->a, cx->lang) : S("");
    fill_languages(cx, an, &v);
    if (v.app)
        fill_nav(cx, an, &v);
    fill_reader(cx, &v);
    (void)buf_room(&o.b, v.body.s.n + 8192);
    tpl_frame(&o, &v);
    an->rs->out = o.b;
}
