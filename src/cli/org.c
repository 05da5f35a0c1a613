/* org.c - kakehashi org: organisations, departments, and the kinds they answer for. */
#include "cli/admin.h"

#include "app/orgs.h"

#include <stdio.h>

static enum err find(struct ctx *cx, str slug, struct org_view *v)
{
    enum err e = org_view(cx, slug, v);
    app_read_end(cx);
    return e == E_NOT_FOUND ? fail(cx, e, "there is no organisation %.*s", SV(slug)) : e;
}

static int add(struct cli_args *args)
{
    struct input in = {0};
    str id;
    int code;
    if (cli_input(args, &in) != OK)
        return err_info[E_INVALID].exit;
    struct ctx *cx = cli_admin(args, 1, &code);
    if (cx == NULL)
        return code;
    input_put(args->a, &in, S("slug"), cli_word(args, 0));
    return cli_end(cx, org_create(cx, &in, &id));
}

/* --- list and show ------------------------------------------------------------------------ */

enum { PAGE = 500 };

static void put_line(struct json_out *o, const struct org_line *l)
{
    json_put_object(o);
    json_put_member(o, S("id"), l->id);
    json_put_member(o, S("slug"), l->slug);
    json_put_member(o, S("kind"), l->kind);
    json_put_member(o, S("name"), l->name);
    json_put_member(o, S("region"), l->region);
    json_put_member(o, S("registration"), l->registration);
    json_put_member(o, S("keywords"), l->keywords);
    json_put_member_bool(o, S("takes_reports"), l->takes_reports);
    json_put_member_bool(o, S("disabled"), l->disabled);
    json_put_end(o);
}

static void print_line(const struct org_line *l)
{
    (void)printf("%-20.*s %-12.*s %-10.*s %.*s%s\n", SV(l->slug), SV(l->kind), SV(l->registration),
                 SV(l->name), l->disabled ? "  (disabled)" : "");
}

static enum err print_all(struct ctx *cx, const struct org_filter *f, struct json_out *o)
{
    struct list_window w = {.limit = PAGE};
    struct org_line *rows;
    size_t n;
    do {
        TRY(org_list(cx, f, &w, &rows, &n));
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
    struct org_filter f = {.kind = cli_value(args, "--kind"),
                           .part = cli_value(args, "--part"),
                           .keyword = cli_value(args, "--keyword"),
                           .enabled = !cli_flag(args, "--all")};
    bool json = cli_flag(args, "--json");
    int code;
    struct ctx *cx = cli_admin(args, 0, &code);
    if (cx == NULL)
        return code;
    json_put_array(&o);
    enum err e = print_all(cx, &f, json ? &o : NULL);
    json_put_end(&o);
    if (e == OK && json)
        cli_print(&b);
    return cli_end(cx, e);
}

static str kinds_of(struct arena *a, struct strs kinds)
{
    buf b = {.a = a};
    for (size_t i = 0; i < kinds.n; i++)
        buf_putf(&b, "%s%.*s", i ? ", " : "", SV(kinds.v[i]));
    return b.n ? buf_str(&b) : S("–");
}

static void put_depts(struct json_out *o, const struct org_view *v)
{
    json_put_key(o, S("departments"));
    json_put_array(o);
    for (size_t i = 0; i < v->ndepts; i++) {
        const struct dept_view *d = &v->depts[i];
        json_put_object(o);
        json_put_member(o, S("id"), d->id);
        json_put_member(o, S("name_ja"), d->name_ja);
        json_put_member(o, S("name_en"), d->name_en);
        json_put_key(o, S("kinds"));
        json_put_array(o);
        for (size_t k = 0; k < d->kinds.n; k++)
            json_put_str(o, d->kinds.v[k]);
        json_put_end(o);
        json_put_member_i64(o, S("people"), d->people);
        json_put_member_bool(o, S("disabled"), d->disabled);
        json_put_end(o);
    }
    json_put_end(o);
}

static void print_json(struct ctx *cx, const struct org_view *v)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("id"), v->id);
    json_put_member(&o, S("slug"), v->slug);
    json_put_member(&o, S("kind"), v->kind);
    json_put_member(&o, S("name_ja"), v->name_ja);
    json_put_member(&o, S("name_en"), v->name_en);
    json_put_member(&o, S("region"), v->region);
    json_put_member(&o, S("parent"), v->parent_slug);
    json_put_member(&o, S("registration"), v->registration);
    json_put_member(&o, S("keywords"), v->keywords);
    json_put_member(&o, S("contact"), v->contact);
    json_put_member(&o, S("responsible_ja"), v->responsible_ja);
    json_put_member(&o, S("responsible_en"), v->responsible_en);
    json_put_member(&o, S("poc_seat"), v->poc_seat);
    json_put_member(&o, S("poc_scope"), v->poc_scope);
    json_put_member_bool(&o, S("takes_reports"), v->takes_reports);
    json_put_member_bool(&o, S("disabled"), v->disabled.is);
    put_depts(&o, v);
    json_put_end(&o);
    cli_print(&b);
}

static void print_org(struct ctx *cx, const struct org_view *v)
{
    (void)printf("%.*s  %.*s / %.*s  %.*s %.*s%s\n", SV(v->slug), SV(v->name_ja), SV(v->name_en),
                 SV(v->kind), SV(v->registration), v->disabled.is ? "  (disabled)" : "");
    for (size_t i = 0; i < v->ndepts; i++) {
        const struct dept_view *d = &v->depts[i];
        (void)printf("  %.*s / %.*s: %.*s; %lld people%s\n", SV(d->name_ja), SV(d->name_en),
                     SV(kinds_of(cx->a, d->kinds)), (long long)d->people,
                     d->disabled ? "  (disabled)" : "");
    }
    if (v->unanswered.n > 0)
        (void)printf("the contact stands in for: %.*s\n", SV(kinds_of(cx->a, v->unanswered)));
    if (v->few_at_poc)
        (void)printf("the contact should have at least two people\n");
}

static int show(struct cli_args *args)
{
    struct org_view v;
    int code;
    struct ctx *cx = cli_admin(args, 1, &code);
    if (cx == NULL)
        return code;
    enum err e = find(cx, cli_word(args, 0), &v);
    if (e == OK && cli_flag(args, "--json"))
        print_json(cx, &v);
    else if (e == OK)
        print_org(cx, &v);
    return cli_end(cx, e);
}

/* --- change ------------------------------------------------------------------------------- */

typedef enum err change_fn(struct ctx *cx, struct cli_args *args, const struct org_view *v);

static int change(struct cli_args *args, size_t nwords, change_fn *fn)
{
    struct org_view v;
    int code;
    struct ctx *cx = cli_admin(args, nwords, &code);
    if (cx == NULL)
        return code;
    enum err e = find(cx, cli_word(args, 0), &v);
    if (e == OK)
        e = fn(cx, args, &v);
    return cli_end(cx, e);
}

static enum err do_edit(struct ctx *cx, struct cli_args *args, const struct org_view *v)
{
    struct input in = {0};
    TRY(cli_input(args, &in));
    return org_edit(cx, v->id, v->rev, &in);
}

static enum err do_disable(struct ctx *cx, struct cli_args *args, const struct org_view *v)
{
    (void)args;
    return org_disable(cx, v->id, v->rev, true);
}

static enum err do_enable(struct ctx *cx, struct cli_args *args, const struct org_view *v)
{
    (void)args;
    return org_disable(cx, v->id, v->rev, false);
}

static const struct dept_view *dept_of(const struct org_view *v, str id)
{
    for (size_t i = 0; i < v->ndepts; i++)
        if (str_eq(v->depts[i].id, id))
            return &v->depts[i];
    return NULL;
}

/* --dept names the one to change; without it a new one is made. */
static enum err do_dept(struct ctx *cx, struct cli_args *args, const struct org_view *v)
{
    struct input in = {0};
    str which = cli_value(args, "--dept"), id;
    TRY(cli_input(args, &in));
    if (which.p == NULL)
        return dept_create(cx, v->id, &in, &id);
    TRY(cli_dept(cx, v->slug, which, &id));
    app_read_end(cx);
    const struct dept_view *d = dept_of(v, id);
    if (d == NULL)
        return E_NOT_FOUND;
    if (cli_flag(args, "--disable") || cli_flag(args, "--enable"))
        return dept_disable(cx, id, d->rev, cli_flag(args, "--disable"));
    return dept_edit(cx, id, d->rev, &in);
}

/* One kind more, beside those that the department has. */
static enum err do_kind(struct ctx *cx, struct cli_args *args, const struct org_view *v)
{
    struct input in = {0};
    str which = cli_value(args, "--dept"), id;
    TRY(cli_dept(cx, v->slug, which.p ? which : S(""), &id));
    app_read_end(cx);
    const struct dept_view *d = dept_of(v, id);
    if (d == NULL)
        return E_NOT_FOUND;
    for (size_t i = 0; i < d->kinds.n; i++)
        if (!str_eq(d->kinds.v[i], cli_word(args, 1)))
            input_put(args->a, &in, S("kinds"), d->kinds.v[i]);
    input_put(args->a, &in, S("kinds"), cli_word(args, 1));
    return dept_edit(cx, id, d->rev, &in);
}

static int edit(struct cli_args *args)
{
    return change(args, 1, do_edit);
}

static int disable(struct cli_args *args)
{
    return change(args, 1, do_disable);
}

static int enable(struct cli_args *args)
{
    return change(args, 1, do_enable);
}

static int dept(struct cli_args *args)
{
    return change(args, 1, do_dept);
}

static int kind(struct cli_args *args)
{
    return change(args, 2, do_kind);
}

/* clang-format off */
static const struct cli_option plain_options[] = {CLI_STORE_OPTIONS};
static const struct cli_option one_options[] = {CLI_JSON, CLI_STORE_OPTIONS};
static const struct cli_option list_options[] = {
    {"--kind", "KIND", "reception, coordinator, overseas, vendor, analysis, operator, priority"},
    {"--part", "TEXT", "a part of a name"},
    {"--keyword", "WORD", "a technology keyword"},
    {"--all", NULL, "disabled ones, too"},
    CLI_JSON, CLI_STORE_OPTIONS};
static const struct cli_option dept_options[] = {
    {"--dept", "DEPT", "change this one: a kind that it answers for, its name or id"},
    {"--disable", NULL, "with --dept: it answers for nothing any more"},
    {"--enable", NULL, "with --dept: it answers again"},
    CLI_STORE_OPTIONS};
static const struct cli_option kind_options[] = {
    {"--dept", "DEPT", "the department: a kind that it answers for, its name or id"},
    CLI_STORE_OPTIONS};
static const struct field_rule dept_fields[] = {
    {.name = S_INIT("name_ja"), .type = FIELD_LINE},
    {.name = S_INIT("name_en"), .type = FIELD_LINE},
    {.name = S_INIT("kinds"), .type = FIELD_CHOICES}};

static const struct cli_command words[] = {
    {.name = "add", .usage = "org add SLUG --kind KIND --name-ja … --name-en … …",
     .help = "Register an organisation, with its first department.", .options = plain_options,
     .noptions = COUNT(plain_options), .run = add, .rules = org_rules, .nrules = ORG_RULES},
    {.name = "list", .usage = "org list [--kind KIND] [--part TEXT] [--keyword WORD] [--json]",
     .help = "List organisations.", .options = list_options, .noptions = COUNT(list_options),
     .run = list},
    {.name = "show", .usage = "org show SLUG [--json]",
     .help = "Show an organisation and its departments.", .options = one_options,
     .noptions = COUNT(one_options), .run = show},
    {.name = "edit", .usage = "org edit SLUG [--name-ja …] …",
     .help = "Change what is named, and nothing else.", .options = plain_options,
     .noptions = COUNT(plain_options), .run = edit, .rules = org_rules, .nrules = ORG_RULES},
    {.name = "disable", .usage = "org disable SLUG",
     .help = "Nobody acts for the organisation any more.", .options = plain_options,
     .noptions = COUNT(plain_options), .run = disable},
    {.name = "enable", .usage = "org enable SLUG", .help = "Its people act for it again.",
     .options = plain_options, .noptions = COUNT(plain_options), .run = enable},
    {.name = "dept", .usage = "org dept SLUG [--dept DEPT] [--name-ja …] [--kinds A,B] …",
     .help = "Add a department, or change one.", .options = dept_options,
     .noptions = COUNT(dept_options), .run = dept, .rules = dept_fields,
     .nrules = COUNT(dept_fields)},
    {.name = "kind", .usage = "org kind SLUG KIND --dept DEPT",
     .help = "Let a department answer for one kind more.", .options = kind_options,
     .noptions = COUNT(kind_options), .run = kind},
};
/* clang-format on */

const struct cli_command cli_org = {.name = "org",
                                    .usage = "org COMMAND",
                                    .help = "Organisations and departments.",
                                    .words = words,
                                    .nwords = COUNT(words)};
