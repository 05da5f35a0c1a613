/* user.c - kakehashi user: accounts and who acts for whom. */
#include "cli/admin.h"

#include "app/orgs.h"
#include "app/people.h"

#include <stdio.h>

#define PASSWORD_FILE                                                                              \
    {                                                                                              \
        "--password-file", "FILE", "its first line is the password; - reads standard input"        \
    }
#define MEMBER_OPTIONS                                                                             \
    {"--org", "SLUG", "organisation that the person acts for"},                                    \
        {"--dept", "DEPT", "its department: a kind such as poc, a name, or an id"},                \
    {                                                                                              \
        "--role", "ROLE", "lead, member or substitute"                                             \
    }

/* Department and role, as the options give them, into a form. */
static enum err put_place(struct ctx *cx, struct cli_args *args, struct input *in)
{
    str org = cli_value(args, "--org"), dept = cli_value(args, "--dept"), id;
    if (org.p == NULL && dept.p == NULL)
        return OK;
    TRY(cli_dept(cx, org.p ? org : S(""), dept.p ? dept : S(""), &id));
    input_put(args->a, in, S("dept"), id);
    if (cli_value(args, "--role").p != NULL)
        input_put(args->a, in, S("role"), cli_value(args, "--role"));
    return OK;
}

static enum err find(struct ctx *cx, str login, struct person_view *v)
{
    enum err e = person_view(cx, login, v);
    app_read_end(cx);
    return e == E_NOT_FOUND ? fail(cx, e, "there is no account %.*s", SV(login)) : e;
}

/* --- add ---------------------------------------------------------------------------------- */

static int say_made(struct cli_args *args, str login, const struct person_made *made)
{
    buf b = {.a = args->a};
    struct json_out o = {.b = &b};
    if (cli_flag(args, "--json")) {
        json_put_object(&o);
        json_put_member(&o, S("id"), made->id);
        json_put_member(&o, S("login"), login);
        json_put_member(&o, S("start_password"), made->password);
        json_put_end(&o);
        cli_print(&b);
    } else if (made->password.p != NULL) {
        (void)printf("start password of %.*s, to be changed at the first sign-in: %.*s\n",
                     SV(login), SV(made->password));
    }
    return 0;
}

static int add(struct cli_args *args)
{
    struct input in = {0};
    struct person_made made;
    str password;
    int code;
    if (cli_input(args, &in) != OK || cli_secret(args, "--password-file", &password) != OK)
        return err_info[E_INVALID].exit;
    struct ctx *cx = cli_admin(args, 1, &code);
    if (cx == NULL)
        return code;
    input_put(args->a, &in, S("login"), cli_word(args, 0));
    enum err e = put_place(cx, args, &in);
    if (e == OK)
        e = person_create(cx, &in, password, &made);
    return e == OK ? say_made(args, cli_word(args, 0), &made) : cli_end(cx, e);
}

/* --- list and show ------------------------------------------------------------------------ */

enum { PAGE = 500 };

static void put_line(struct json_out *o, const struct person_line *p)
{
    json_put_object(o);
    json_put_member(o, S("id"), p->id);
    json_put_member(o, S("login"), p->login);
    json_put_member(o, S("name"), p->name);
    json_put_member(o, S("email"), p->email);
    json_put_member_bool(o, S("is_operator"), p->is_operator);
    json_put_member_bool(o, S("is_auditor"), p->is_auditor);
    json_put_member_bool(o, S("must_change"), p->must_change);
    json_put_member_bool(o, S("disabled"), p->disabled);
    json_put_end(o);
}

static void print_line(const struct person_line *p)
{
    (void)printf("%-20.*s %-24.*s %-28.*s%s%s%s%s\n", SV(p->login), SV(p->name), SV(p->email),
                 p->is_operator ? " operator" : "", p->is_auditor ? " auditor" : "",
                 p->must_change ? " start-password" : "", p->disabled ? " disabled" : "");
}

static enum err print_all(struct ctx *cx, const struct person_filter *f, struct json_out *o)
{
    struct list_window w = {.limit = PAGE};
    struct person_line *rows;
    size_t n;
    do {
        TRY(person_list(cx, f, &w, &rows, &n));
        for (size_t i = 0; i < n; i++) {
            if (o != NULL)
                put_line(o, &rows[i]);
            else
                print_line(&rows[i]);
        }
        w.after = w.next;
    } while (w.next.n > 0);
    return OK;
}

static int list(struct cli_args *args)
{
    buf b = {.a = args->a};
    struct json_out o = {.b = &b};
    struct person_filter f = {.part = cli_value(args, "--part"),
                              .enabled = !cli_flag(args, "--all")};
    bool json = cli_flag(args, "--json");
    int code;
    struct ctx *cx = cli_admin(args, 0, &code);
    if (cx == NULL)
        return code;
    str org = cli_value(args, "--org");
    enum err e = org.p ? org_id_of(cx, org, &f.org_id) : OK;
    if (e == E_NOT_FOUND)
        return cli_fail(e, "there is no organisation %.*s", SV(org));
    json_put_array(&o);
    if (e == OK)
        e = print_all(cx, &f, json ? &o : NULL);
    json_put_end(&o);
    if (e == OK && json)
        cli_print(&b);
    return cli_end(cx, e);
}

static void put_member(struct json_out *o, struct ctx *cx, const struct member_line *m)
{
    json_put_object(o);
    json_put_member(o, S("org"), m->org_slug);
    json_put_member(o, S("dept"), m->dept);
    json_put_member(o, S("dept_id"), m->dept_id);
    json_put_member(o, S("role"), m->role);
    json_put_member(o, S("since"), time_utc_ms(cx->a, m->since));
    if (m->until.is)
        json_put_member(o, S("until"), time_utc_ms(cx->a, m->until.v));
    json_put_end(o);
}

static void print_json(struct ctx *cx, const struct person_view *v)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("id"), v->id);
    json_put_member(&o, S("login"), v->login);
    json_put_member(&o, S("name_ja"), v->name_ja);
    json_put_member(&o, S("name_en"), v->name_en);
    json_put_member(&o, S("email"), v->email);
    json_put_member(&o, S("lang"), v->lang);
    json_put_member(&o, S("zone"), v->zone);
    json_put_member_bool(&o, S("is_operator"), v->is_operator);
    json_put_member_bool(&o, S("is_auditor"), v->is_auditor);
    json_put_member_bool(&o, S("must_change"), v->must_change);
    json_put_member_bool(&o, S("disabled"), v->disabled.is);
    json_put_key(&o, S("members"));
    json_put_array(&o);
    for (size_t i = 0; i < v->nmemberships; i++)
        put_member(&o, cx, &v->memberships[i]);
    json_put_end(&o);
    json_put_end(&o);
    cli_print(&b);
}

static void print_person(struct ctx *cx, const struct person_view *v)
{
    (void)printf("%.*s  %.*s / %.*s  <%.*s>  %.*s, %.*s%s%s%s%s\n", SV(v->login), SV(v->name_ja),
                 SV(v->name_en), SV(v->email), SV(v->lang), SV(v->zone),
                 v->is_operator ? ", operator" : "", v->is_auditor ? ", auditor" : "",
                 v->must_change ? ", start password" : "", v->disabled.is ? ", disabled" : "");
    for (size_t i = 0; i < v->nmemberships; i++) {
        const struct member_line *m = &v->memberships[i];
        (void)printf("  %.*s of %.*s (%.*s), from %.*s until %.*s\n", SV(m->role), SV(m->dept),
                     SV(m->org_slug), SV(cli_time(cx, SOME(m->since))), SV(cli_time(cx, m->until)));
    }
}

static int show(struct cli_args *args)
{
    struct person_view v;
    int code;
    struct ctx *cx = cli_admin(args, 1, &code);
    if (cx == NULL)
        return code;
    enum err e = find(cx, cli_word(args, 0), &v);
    if (e == OK && cli_flag(args, "--json"))
        print_json(cx, &v);
    else if (e == OK)
        print_person(cx, &v);
    return cli_end(cx, e);
}

/* --- change ------------------------------------------------------------------------------- */

typedef enum err change_fn(struct ctx *cx, struct cli_args *args, const struct person_view *v);

static int change(struct cli_args *args, change_fn *fn)
{
    struct person_view v;
    int code;
    struct ctx *cx = cli_admin(args, 1, &code);
    if (cx == NULL)
        return code;
    enum err e = find(cx, cli_word(args, 0), &v);
    if (e == OK)
        e = fn(cx, args, &v);
    return cli_end(cx, e);
}

static enum err do_edit(struct ctx *cx, struct cli_args *args, const struct person_view *v)
{
    struct input in = {0};
    TRY(cli_input(args, &in));
    return person_edit(cx, v->id, v->rev, &in);
}

static enum err do_disable(struct ctx *cx, struct cli_args *args, const struct person_view *v)
{
    (void)args;
    return person_disable(cx, v->id, v->rev, true);
}

static enum err do_enable(struct ctx *cx, struct cli_args *args, const struct person_view *v)
{
    (void)args;
    return person_disable(cx, v->id, v->rev, false);
}

static enum err do_password(struct ctx *cx, struct cli_args *args, const struct person_view *v)
{
    str password;
    struct person_made made = {.id = v->id};
    TRY(cli_secret(args, "--password-file", &password));
    if (password.p != NULL)
        return person_set_password(cx, v->id, password);
    TRY(person_reset(cx, v->id, &made.password));
    (void)say_made(args, v->login, &made);
    return OK;
}

static enum err do_member(struct ctx *cx, struct cli_args *args, const struct person_view *v)
{
    struct input in = {0};
    TRY(cli_input(args, &in));
    input_put(args->a, &in, S("person"), v->login);
    TRY(put_place(cx, args, &in));
    app_read_end(cx);
    return member_put(cx, &in);
}

static enum err do_leave(struct ctx *cx, struct cli_args *args, const struct person_view *v)
{
    str org = cli_value(args, "--org"), dept = cli_value(args, "--dept"), id;
    TRY(cli_dept(cx, org.p ? org : S(""), dept.p ? dept : S(""), &id));
    app_read_end(cx);
    return member_end(cx, v->id, id);
}

static int edit(struct cli_args *args)
{
    return change(args, do_edit);
}

static int disable(struct cli_args *args)
{
    return change(args, do_disable);
}

static int enable(struct cli_args *args)
{
    return change(args, do_enable);
}

static int password(struct cli_args *args)
{
    return change(args, do_password);
}

static int member(struct cli_args *args)
{
    return change(args, do_member);
}

static int leave(struct cli_args *args)
{
    return change(args, do_leave);
}

/* clang-format off */
static const struct cli_option add_options[] = {
    PASSWORD_FILE, MEMBER_OPTIONS, CLI_JSON, CLI_STORE_OPTIONS};
static const struct cli_option list_options[] = {
    {"--part", "TEXT", "a part of a login, name or address"},
    {"--org", "SLUG", "people of this organisation"},
    {"--all", NULL, "disabled accounts, too"},
    CLI_JSON, CLI_STORE_OPTIONS};
static const struct cli_option one_options[] = {CLI_JSON, CLI_STORE_OPTIONS};
static const struct cli_option plain_options[] = {CLI_STORE_OPTIONS};
static const struct cli_option password_options[] = {PASSWORD_FILE, CLI_JSON, CLI_STORE_OPTIONS};
static const struct cli_option member_options[] = {MEMBER_OPTIONS, CLI_STORE_OPTIONS};
static const struct field_rule member_dates[] = {
    {.name = S_INIT("since"), .type = FIELD_INSTANT},
    {.name = S_INIT("until"), .type = FIELD_INSTANT}};

static const struct cli_command words[] = {
    {.name = "add", .usage = "user add LOGIN --name-ja … --name-en … [--org … --dept … --role …]",
     .help = "Make an account; without --password-file prints a start password.",
     .options = add_options, .noptions = COUNT(add_options), .run = add,
     .rules = person_edit_rules, .nrules = PERSON_EDIT_RULES},
    {.name = "list", .usage = "user list [--part TEXT] [--org SLUG] [--all] [--json]",
     .help = "List accounts.", .options = list_options, .noptions = COUNT(list_options),
     .run = list},
    {.name = "show", .usage = "user show LOGIN [--json]",
     .help = "Show an account and what it acts for.", .options = one_options,
     .noptions = COUNT(one_options), .run = show},
    {.name = "edit", .usage = "user edit LOGIN [--name-ja …] [--email …] …",
     .help = "Change what is named, and nothing else.", .options = plain_options,
     .noptions = COUNT(plain_options), .run = edit, .rules = person_edit_rules,
     .nrules = PERSON_EDIT_RULES},
    {.name = "disable", .usage = "user disable LOGIN",
     .help = "End all sessions and tokens of an account.", .options = plain_options,
     .noptions = COUNT(plain_options), .run = disable},
    {.name = "enable", .usage = "user enable LOGIN", .help = "Let an account sign in again.",
     .options = plain_options, .noptions = COUNT(plain_options), .run = enable},
    {.name = "password", .usage = "user password LOGIN [--password-file FILE|-]",
     .help = "Set a password, or print a start password.", .options = password_options,
     .noptions = COUNT(password_options), .run = password},
    {.name = "member", .usage = "user member LOGIN --org SLUG --dept DEPT --role ROLE",
     .help = "Let somebody act for a department.", .options = member_options,
     .noptions = COUNT(member_options), .run = member, .rules = member_dates,
     .nrules = COUNT(member_dates)},
    {.name = "leave", .usage = "user leave LOGIN --org SLUG --dept DEPT",
     .help = "End that somebody acts for a department.", .options = member_options,
     .noptions = COUNT(member_options), .run = leave},
};
/* clang-format on */

const struct cli_command cli_user = {.name = "user",
                                     .usage = "user COMMAND",
                                     .help = "Accounts, and who acts for whom.",
                                     .words = words,
                                     .nwords = COUNT(words)};
