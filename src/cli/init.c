/* init.c - kakehashi init: the first reception, coordinator and operator, without a question. */
#include "cli/admin.h"

#include "app/orgs.h"
#include "app/people.h"

#include <stdio.h>

/* What is made, from the options. */
struct plan {
    struct cli_args *args;
    str start, phc;
};

/* A body with names in both languages, where the options give them. */
static enum err add_body(struct ctx *cx, const struct plan *p, const char *kind)
{
    str slug = str_z(kind), id;
    str ja = cli_value(p->args, str_to_z(cx->a, str_fmt(cx->a, "--%s-ja", kind)));
    str en = cli_value(p->args, str_to_z(cx->a, str_fmt(cx->a, "--%s-en", kind)));
    struct input in = {0};
    if (ja.p == NULL && en.p == NULL)
        return OK;
    input_put(cx->a, &in, S("kind"), slug);
    input_put(cx->a, &in, S("slug"), slug);
    input_put(cx->a, &in, S("name_ja"), ja.p ? ja : en);
    input_put(cx->a, &in, S("name_en"), en.p ? en : ja);
    input_put(cx->a, &in, S("region"), S("JP"));
    return org_create(cx, &in, &id);
}

static enum err add_operator(struct ctx *cx, const struct plan *p)
{
    struct input in = {0};
    str login = cli_value(p->args, "--operator"), name = cli_value(p->args, "--operator-name"), id;
    input_put(cx->a, &in, S("login"), login);
    input_put(cx->a, &in, S("name_ja"), name.p ? name : login);
    input_put(cx->a, &in, S("name_en"), name.p ? name : login);
    input_put(cx->a, &in, S("is_operator"), S("yes"));
    if (cli_value(p->args, "--email").p != NULL)
        input_put(cx->a, &in, S("email"), cli_value(p->args, "--email"));
    if (cli_value(p->args, "--lang").p != NULL)
        input_put(cx->a, &in, S("lang"), cli_value(p->args, "--lang"));
    return person_create_hashed(cx, &in, p->phc, p->start.p != NULL, &id);
}

/* Only an installation that has nobody yet. */
static enum err check_empty(struct ctx *cx)
{
    struct person_filter all = {0};
    struct org_filter any = {0};
    struct person_line *people;
    struct org_line *orgs;
    struct list_window w = {.limit = 1}, v = {.limit = 1};
    size_t n;
    TRY(person_list(cx, &all, &w, &people, &n));
    TRY(org_list(cx, &any, &v, &orgs, &n));
    app_read_end(cx);
    if (w.total > 0 || v.total > 0)
        return fail(cx, E_CONFLICT,
                    "this installation has people or organisations already; "
                    "kakehashi user and kakehashi org add more");
    return OK;
}

static enum err make_all(struct ctx *cx, void *arg)
{
    const struct plan *p = arg;
    TRY(check_empty(cx));
    TRY(add_operator(cx, p));
    TRY(add_body(cx, p, "reception"));
    return add_body(cx, p, "coordinator");
}

static int init(struct cli_args *args)
{
    struct plan p = {.args = args};
    str login = cli_value(args, "--operator"), password;
    int code;
    if (login.p == NULL)
        return cli_fail(E_INVALID, "--operator LOGIN says who runs the system");
    if (cli_secret(args, "--password-file", &password) != OK)
        return err_info[E_INVALID].exit;
    struct ctx *cx = cli_admin_new(args, &code);
    if (cx == NULL)
        return code;
    enum err e = person_secret(cx, login, password, &p.start, &p.phc);
    if (e == OK)
        e = db_write(cx, make_all, &p);
    if (e != OK)
        return cli_end(cx, e);
    (void)printf("%.*s runs the system", SV(login));
    if (p.start.p != NULL)
        (void)printf("; start password, to be changed at the first sign-in: %.*s", SV(p.start));
    (void)printf("\n");
    return 0;
}

/* clang-format off */
static const struct cli_option options[] = {
    {"--operator", "LOGIN", "who runs the system"},
    {"--operator-name", "NAME", "the operator's name (default: the login)"},
    {"--email", "ADDRESS", "the operator's mail address"},
    {"--lang", "LANG", "the operator's language: ja (default) or en"},
    {"--password-file", "FILE", "its first line is the operator's password; - reads standard input"},
    {"--reception-ja", "NAME", "make a reception of this name"},
    {"--reception-en", "NAME", "its name in English"},
    {"--coordinator-ja", "NAME", "make a coordinator of this name"},
    {"--coordinator-en", "NAME", "its name in English"},
    CLI_STORE_OPTIONS,
};
/* clang-format on */

const struct cli_command cli_init = {
    .name = "init",
    .usage = "init --operator LOGIN [--reception-ja NAME] [--coordinator-ja NAME] …",
    .help = "Begin an installation: schema, bodies, the first operator.",
    .options = options,
    .noptions = COUNT(options),
    .run = init};
