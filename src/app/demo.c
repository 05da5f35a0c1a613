/* demo.c - see demo.h. */
#include "app/demo_own.h"

#include "app/admin.h"
#include "app/auth.h"
#include "base/asset.h"
#include "base/encode.h"
#include "base/vec.h"

/* The setting "demo" says how many cases are loaded, or that it is done. */
static const char orgs_file[] = "demo/orgs.json";

struct load {
    const struct json *file;
    str phc, mark; /* the setting's value afterwards */
    i64 now, rev;
};

static enum err read_mark(struct ctx *cx, str *mark, i64 *rev)
{
    struct q_setting_get row;
    enum err e = q_setting_get(cx->db, &row, .key = S("demo"));
    *mark = e == OK ? row.value : S("");
    *rev = e == OK ? row.rev : 0;
    return e == E_NOT_FOUND ? OK : e;
}

static enum err write_mark(struct ctx *cx, const struct load *l)
{
    if (l->rev == 0)
        return q_setting_add(cx->db, .key = S("demo"), .value = l->mark);
    return q_setting_put(cx->db, .key = S("demo"), .value = l->mark, .rev = l->rev);
}

/* Long before anything of the cases. */
static const i64 founded = 1325376000000; /* 2012-01-01T00:00:00Z */

static enum err load_orgs(struct ctx *cx, void *arg)
{
    const struct load *l = arg;
    struct q_demo_is_empty is;
    TRY(q_demo_is_empty(cx->db, &is));
    if (is.people > 0 || is.orgs > 0)
        return fail(cx, E_CONFLICT,
                    "there are people or organisations here: the demo wants an empty installation");
    admin_at_command_line(cx);
    cx->now = founded;
    TRY(demo_orgs(cx, l->file, l->phc));
    cx->now = l->now;
    return write_mark(cx, l);
}

static enum err load_case(struct ctx *cx, void *arg)
{
    const struct load *l = arg;
    TRY(demo_play(cx, l->file, l->now));
    TRY(q_demo_outbox_clear(cx->db));
    return write_mark(cx, l);
}

/* One transaction, in memory of its own. */
static enum err run(struct app *app, struct fault *f, struct load *l,
                    enum err (*fn)(struct ctx *cx, void *arg))
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, app);
    l->now = cx->now;
    enum err e = db_write(cx, fn, l);
    for (size_t i = 0; e != OK && i < cx->problems.n; i++)
        (void)fail(cx, e, "demo: %.*s: %.*s", SV(cx->problems.v[i].field),
                   SV(cx->problems.v[i].code));
    if (e != OK)
        *f = cx->fault;
    l->rev++;
    arena_free(a);
    return e;
}

/* Those that are over first, in the order of their reports; then those that stand still at
 * some moment, the longest running first: an order that does not depend on today. */
static i64 order_of(const struct json *file)
{
    i64 reported = 0, as_of = 0;
    (void)time_parse(json_get_text(file, S("reported")), zone_tokyo, &reported);
    if (!time_parse(json_get_text(file, S("as_of")), zone_tokyo, &as_of))
        return reported;
    return reported - as_of + 1000000 * DAY;
}

struct case_file_of {
    str path;
    const struct json *j;
};
struct files {
    VEC(struct case_file_of)
};

static enum err gather(struct arena *a, struct fault *f, struct files *out)
{
    for (size_t i = 0; i < asset_count; i++) {
        struct case_file_of one = {.path = assets[i].path};
        if (!str_has_prefix(one.path, S("demo/cases/")))
            continue;
        TRY(demo_file(a, one.path, f, &one.j));
        *PUSH(a, out) = one;
        for (size_t k = out->n - 1; k > 0 && order_of(out->v[k - 1].j) > order_of(out->v[k].j);
             k--) {
            struct case_file_of later = out->v[k - 1];
            out->v[k - 1] = out->v[k];
            out->v[k] = later;
        }
    }
    return OK;
}

static enum err load_rest(struct app *app, struct arena *a, struct fault *f, i64 from, i64 rev)
{
    struct files files = {0};
    TRY(gather(a, f, &files));
    for (size_t i = (size_t)from; i < files.n; i++) {
        struct load l = {.file = files.v[i].j, .rev = rev++};
        l.mark = i + 1 == files.n ? S("done") : str_fmt(a, "%zu", i + 1);
        TRY(run(app, f, &l, load_case));
    }
    return OK;
}

static enum err load_all(struct app *app, struct arena *a, struct fault *f, bool *loaded)
{
    struct ctx *cx = ctx_new(a, app);
    struct load l = {.mark = S("0")};
    str mark;
    i64 from = 0;
    enum err e = app_read(cx);
    if (e == OK)
        e = read_mark(cx, &mark, &l.rev);
    app_read_end(cx);
    *loaded = e == OK && !str_eq(mark, S("done"));
    if (e == OK && mark.n == 0) {
        TRY(demo_file(a, str_z(orgs_file), f, &l.file));
        e = password_hash(cx, S(DEMO_PASSWORD), &l.phc);
    }
    if (e != OK) {
        *f = cx->fault;
        return e;
    }
    if (!*loaded)
        return OK;
    if (mark.n == 0)
        TRY(run(app, f, &l, load_orgs));
    else
        (void)str_i64(mark, &from);
    return load_rest(app, a, f, from, l.rev);
}

enum err demo_load(struct app *app, struct fault *f, bool *loaded)
{
    struct arena *a = arena_new();
    enum err e = load_all(app, a, f, loaded);
    arena_free(a);
    return e;
}

enum err demo_is_here(struct app *app, struct fault *f, bool *is)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, app);
    str mark = {0};
    i64 rev;
    enum err e = app_read(cx);
    if (e == OK)
        e = read_mark(cx, &mark, &rev);
    app_read_end(cx);
    if (e != OK)
        *f = cx->fault;
    *is = mark.n > 0;
    arena_free(a);
    return e;
}

/* --- whom to be ----------------------------------------------------------------------------- */

static const char *const main_logins[] = {
    "okada.shun",  "matsui.yoko",    "ito.naoki",     "watanabe.rie",   "arai.sachi",
    "e.harper",    "ishii.takuya",   "morita.megumi", "ogawa.shinichi", "sato.misaki",
    "ueno.satoru", "taniguchi.yuki", "kubo.makoto",   "kanda.osamu"};
static const char *const finder_cases[] = {"demo/cases/13-iqr-modules-question.json",
                                           "demo/cases/18-kinetix-mediation.json"};

static const struct json *find_person(const struct json *orgs, str login, const struct json **org)
{
    for (size_t i = 0; i < json_count(orgs); i++) {
        const struct json *people = json_get(json_at(orgs, i), S("people"));
        for (size_t k = 0; k < json_count(people); k++) {
            *org = json_at(orgs, i);
            if (str_eq(json_get_text(json_at(people, k), S("login")), login))
                return json_at(people, k);
        }
    }
    return NULL;
}

/* The title, or the department. */
static str place_name(const struct json *org, const struct json *p, enum lang lang)
{
    const struct json *depts = json_get(org, S("departments"));
    if (json_get(p, S("title")) != NULL)
        return demo_words(json_get(p, S("title")), lang);
    for (size_t i = 0; i < json_count(depts); i++)
        if (str_eq(json_get_text(json_at(depts, i), S("id")), json_get_text(p, S("department"))))
            return demo_words(json_get(json_at(depts, i), S("name")), lang);
    return S("");
}

static void add_person(struct arena *a, const struct json *orgs, str login,
                       struct demo_sign_in *out)
{
    const struct json *org = NULL, *p = find_person(orgs, login, &org);
    *out = (struct demo_sign_in){.login = login, .secret = S(DEMO_PASSWORD)};
    for (enum lang l = 0; l < LANG_COUNT; l++)
        out->who[l] =
            str_fmt(a, "%.*s, %.*s, %.*s", SV(demo_words(json_get(p, S("name")), l)),
                    SV(place_name(org, p, l)), SV(demo_words(json_get(org, S("name")), l)));
}

/* The key in groups of four, as a finder gets it. */
static str shown_key(struct arena *a, const struct json *file)
{
    str text = base32_encode(a, demo_key(a, file));
    buf b = {.a = a};
    for (size_t i = 0; i < text.n; i++)
        buf_putf(&b, "%s%c", i > 0 && i % 4 == 0 ? "-" : "", text.p[i]);
    return buf_str(&b);
}

enum err demo_sign_ins(struct arena *a, struct demo_sign_in **out, size_t *n)
{
    const struct json *file;
    struct fault f = {0};
    TRY(demo_file(a, str_z(orgs_file), &f, &file));
    *out = NEWS(a, struct demo_sign_in, COUNT(main_logins) + COUNT(finder_cases));
    *n = 0;
    for (size_t i = 0; i < COUNT(main_logins); i++)
        add_person(a, json_get(file, S("organisations")), str_z(main_logins[i]), &(*out)[(*n)++]);
    for (size_t i = 0; i < COUNT(finder_cases); i++) {
        struct demo_sign_in *s = &(*out)[(*n)++];
        TRY(demo_file(a, str_z(finder_cases[i]), &f, &file));
        *s = (struct demo_sign_in){.login = demo_number(a, file, DEMO_RECEIPT),
                                   .secret = shown_key(a, file),
                                   .finder = true};
        s->who[LANG_JA] =
            str_fmt(a, "発見者, %.*s", SV(demo_words(json_get(file, S("title")), LANG_JA)));
        s->who[LANG_EN] =
            str_fmt(a, "Finder, %.*s", SV(demo_words(json_get(file, S("title")), LANG_EN)));
    }
    return OK;
}
