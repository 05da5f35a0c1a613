/* app.c - see app.h. */
#include "help/app.h"

#include "app/auth.h"
#include "app/foreign.h"
#include "base/id.h"
#include "gen/sql.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct app *stage_boot(struct arena *a, str url)
{
    struct fault f = {0};
    struct app *app;
    struct boot b = {.data_dir = help_folder(a),
                     .database = url,
                     .public_url = S("https://portal.example"),
                     .unsafe = true,
                     .no_limits = true};
    if (app_boot(a, &b, &f, &app) != OK) {
        (void)fprintf(stderr, "stage_open: %s\n", f.text);
        abort();
    }
    clock_set(&app->clock, STAGE_NOW);
    random_seed(&app->random, 1);
    return app;
}

str stage_database(struct arena *a, const char *engine)
{
    bool sqlite = strcmp(engine, HELP_SQLITE) == 0;
    str url = help_migrated(a, engine);
    help_sql(url, sqlite ? "INSERT INTO secret (name, value) VALUES ('search', zeroblob(32))"
                         : "INSERT INTO secret (name, value) VALUES ('search', "
                           "decode(repeat('00', 32), 'hex'))");
    /* most tests publish by one hand; those of the release plan say otherwise */
    help_sql(url, "INSERT INTO setting (key, value, rev) VALUES ('release_approval', 'no', 1)");
    return url;
}

struct stage *stage_open(struct arena *a, const char *engine)
{
    struct stage *st = NEW(a, struct stage);
    st->a = a;
    st->url = stage_database(a, engine);
    st->app = stage_boot(a, st->url);
    return st;
}

/* One for the program, forked while little memory is there to copy for each job. */
static struct jail *own_jail(void)
{
    static struct jail *j;
    static struct arena *keep;
    const struct jail_options plain = {.jobs = foreign_jobs, .njobs = foreign_njobs};
    struct fault f = {0};
    if (j != NULL && jail_alive(j))
        return j;
    if (keep == NULL)
        keep = arena_new();
    must(jail_start(keep, &plain, &f, &j) == OK);
    return j;
}

struct stage *stage_open_jailed(struct arena *a, const char *engine,
                                const struct jail_options *jail)
{
    struct fault f = {0};
    struct jail *j = NULL;
    if (jail != NULL)
        must(jail_start(a, jail, &f, &j) == OK);
    else
        j = own_jail();
    struct stage *st = stage_open(a, engine);
    st->app->jail = j;
    return st;
}

struct app *stage_again(struct stage *st)
{
    struct app *app = stage_boot(st->a, st->url);
    clock_set(&app->clock, clock_now(&st->app->clock));
    random_seed(&app->random, 2 + st->n++);
    return app;
}

/* --- rows --------------------------------------------------------------------------------- */

static void run_sql(struct stage *st, buf *sql)
{
    help_sql(st->url, str_to_z(st->a, buf_str(sql)));
}

/* Ids in the order of their making, so that "the first" of a kind is the first made. */
static str row_id(struct stage *st)
{
    unsigned char r[ID_RANDOM] = {0};
    st->n++;
    r[0] = (unsigned char)(st->n >> 8 & 0x0F);
    r[1] = (unsigned char)st->n;
    r[9] = (unsigned char)st->n;
    return id_make(st->a, STAGE_NOW - DAY, r);
}

static void put_org(buf *sql, str id, const char *kind, const char *slug)
{
    buf_putf(sql,
             "INSERT INTO org (id, kind, slug, name_ja, name_en, region, registration, keywords, "
             "contact, responsible_ja, responsible_en, poc_seat, poc_scope, policy_ja, policy_en, "
             "takes_reports, created, rev) VALUES ('%.*s', '%s', '%s', '%s（日本語）', "
             "'%s Inc.', 'JP', '%s', '', '', '', '', '', '', '', '', %d, %lld, 1);",
             SV(id), kind, slug, slug, slug, strcmp(kind, "vendor") == 0 ? "general" : "",
             strcmp(kind, "vendor") == 0, (long long)(STAGE_NOW - DAY));
}

static void put_dept(buf *sql, str id, str org_id, const char *kinds)
{
    str list = str_z(kinds);
    buf_putf(sql,
             "INSERT INTO dept (id, org_id, name_ja, name_en, created, rev) VALUES ('%.*s', "
             "'%.*s', '%s 部', '%s department', %lld, 1);",
             SV(id), SV(org_id), kinds, kinds, (long long)(STAGE_NOW - DAY));
    while (list.n > 0) {
        str kind = str_cut(&list, ',');
        buf_putf(sql,
                 "INSERT INTO dept_kind (org_id, kind, dept_id) VALUES ('%.*s','%.*s','%.*s');",
                 SV(org_id), SV(kind), SV(id));
    }
}

static const char *password_phc(void)
{
    static char phc[crypto_pwhash_STRBYTES];
    if (phc[0] == '\0')
        must(crypto_pwhash_str_alg(phc, STAGE_PASSWORD, strlen(STAGE_PASSWORD),
                                   crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN,
                                   crypto_pwhash_ALG_ARGON2ID13) == 0);
    return phc;
}

static void put_person(buf *sql, str id, const char *login, str dept_id, bool auditor)
{
    buf_putf(sql,
             "INSERT INTO person (id, login, name_ja, name_en, email, lang, zone, password, "
             "is_operator, is_auditor, created, rev) VALUES ('%.*s', '%s', '%s さん', 'P. %s', "
             "'%s@mail.example', 'en', 'Asia/Tokyo', '%s', 0, %d, %lld, 1);",
             SV(id), login, login, login, login, password_phc(), auditor,
             (long long)(STAGE_NOW - DAY));
    if (dept_id.n > 0)
        buf_putf(sql,
                 "INSERT INTO membership (person_id, dept_id, role, since) VALUES ('%.*s', "
                 "'%.*s', 'member', %lld);",
                 SV(id), SV(dept_id), (long long)(STAGE_NOW - DAY));
}

str stage_org(struct stage *st, const char *kind, const char *slug)
{
    buf sql = {.a = st->a};
    str id = row_id(st);
    put_org(&sql, id, kind, slug);
    run_sql(st, &sql);
    return id;
}

str stage_dept(struct stage *st, str org_id, const char *kinds)
{
    buf sql = {.a = st->a};
    str id = row_id(st);
    put_dept(&sql, id, org_id, kinds);
    run_sql(st, &sql);
    return id;
}

str stage_person(struct stage *st, const char *login, str dept_id)
{
    buf sql = {.a = st->a};
    str id = row_id(st);
    put_person(&sql, id, login, dept_id, false);
    run_sql(st, &sql);
    return id;
}

/* --- the cast ------------------------------------------------------------------------------- */

#define TEN(v)                                                                                     \
    v ".poc", v ".design", v ".rnd", v ".quality", v ".si_mfg", v ".si_sys", v ".care",            \
        v ".sales", v ".risk_legal", v ".pr"

const char *const stage_logins[] = {"reception",  "coordinator", "certx",     "analyst", "operator",
                                    TEN("mihon"), TEN("reiji"),  "kamei.poc", "auditor", NULL};

static void put_body(struct stage *st, buf *sql, const char *kind, const char *slug,
                     const char *dept_kind, const char *login)
{
    str org = row_id(st), dept = row_id(st);
    put_org(sql, org, kind, slug);
    put_dept(sql, dept, org, dept_kind);
    put_person(sql, row_id(st), login, dept, false);
}

static void put_vendor(struct stage *st, buf *sql, const char *slug)
{
    size_t n = strlen(slug);
    str org = row_id(st);
    put_org(sql, org, "vendor", slug);
    for (const char *const *l = stage_logins; *l != NULL; l++) {
        if (strncmp(*l, slug, n) != 0 || (*l)[n] != '.')
            continue;
        str dept = row_id(st);
        put_dept(sql, dept, org, *l + n + 1);
        put_person(sql, row_id(st), *l, dept, false);
    }
}

void stage_cast(struct stage *st)
{
    buf sql = {.a = st->a};
    put_body(st, &sql, "reception", "reception", "reception", "reception");
    put_body(st, &sql, "coordinator", "coordinator", "coordinator", "coordinator");
    put_body(st, &sql, "overseas", "certx", "overseas_coordinator", "certx");
    put_body(st, &sql, "analysis", "aist", "analysis", "analyst");
    put_body(st, &sql, "operator", "shop", "operator", "operator");
    put_vendor(st, &sql, "mihon");
    put_vendor(st, &sql, "reiji");
    put_vendor(st, &sql, "kamei");
    put_person(&sql, row_id(st), "auditor", NO_STR, true);
    run_sql(st, &sql);
}

/* --- who acts ------------------------------------------------------------------------------- */

struct ctx *stage_nobody(struct stage *st)
{
    struct ctx *cx = ctx_new(st->a, st->app);
    for (size_t i = 0; i < st->made.n; i++)
        app_read_end(st->made.v[i]);
    *PUSH(st->a, &st->made) = cx;
    cx->lang = LANG_EN;
    return cx;
}

struct ctx *stage_as(struct stage *st, const char *login)
{
    str id = stage_person_id(st, login); /* makes a ctx, too: before the one that is returned */
    struct ctx *cx = stage_nobody(st);
    enum err e = user_load(cx, id);
    must(e == OK);
    app_read_end(cx);
    return cx;
}

struct ctx *stage_finder(struct stage *st, str report_id)
{
    struct ctx *cx = stage_nobody(st);
    user_finder(cx, report_id);
    return cx;
}

i64 stage_later(struct stage *st, i64 ms)
{
    clock_set(&st->app->clock, clock_now(&st->app->clock) + ms);
    return clock_now(&st->app->clock);
}

struct input *stage_input(struct arena *a, ...)
{
    struct input *in = NEW(a, struct input);
    const char *name;
    va_list list;
    va_start(list, a);
    while ((name = va_arg(list, const char *)) != NULL)
        input_put(a, in, str_z(name), str_z(va_arg(list, const char *)));
    va_end(list);
    return in;
}

str stage_org_id(struct stage *st, const char *slug)
{
    struct ctx *cx = stage_nobody(st);
    struct q_org_by_slug row;
    must(app_read(cx) == OK && q_org_by_slug(cx->db, &row, .slug = str_z(slug)) == OK);
    app_read_end(cx);
    return row.id;
}

str stage_dept_id(struct stage *st, const char *slug, const char *kind)
{
    struct ctx *cx = stage_nobody(st);
    struct q_org_dept row;
    str org = stage_org_id(st, slug);
    must(app_read(cx) == OK);
    must(q_org_dept(cx->db, &row, .org_id = org, .kind = str_z(kind)) == OK);
    app_read_end(cx);
    return row.dept_id;
}

str stage_person_id(struct stage *st, const char *login)
{
    struct ctx *cx = stage_nobody(st);
    struct q_person_by_login row;
    enum err e = app_read(cx);
    if (e == OK)
        e = q_person_by_login(cx->db, &row, .login = str_z(login));
    if (e != OK)
        (void)fprintf(stderr, "stage: %s: err %u: %s\n", login, e, cx->fault.text);
    must(e == OK);
    app_read_end(cx);
    return row.id;
}

void stage_ok(struct ctx *cx, enum err e, const char *file, int line)
{
    if (e == OK)
        return;
    str why = stage_why(cx);
    (void)fprintf(stderr, "%s:%d: err %u: %.*s\n", file, line, e, SV(why));
    abort();
}

str stage_why(struct ctx *cx)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < cx->problems.n; i++)
        buf_putf(&b, "%.*s: %.*s; ", SV(cx->problems.v[i].field), SV(cx->problems.v[i].code));
    buf_put(&b, str_z(cx->fault.text));
    return buf_str(&b);
}
