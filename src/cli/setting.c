/* setting.c - kakehashi setting: what the operator decides. */
#include "cli/admin.h"

#include "app/settings.h"

#include <stdio.h>

static void put_line(struct json_out *o, const struct setting_line *l)
{
    json_put_object(o);
    json_put_member(o, S("key"), l->rule->name);
    json_put_member(o, S("value"), l->value);
    json_put_member(o, S("default"), l->fallback);
    json_put_member_i64(o, S("rev"), l->rev);
    json_put_end(o);
}

static int list(struct cli_args *args)
{
    struct setting_line lines[SETTING_COUNT];
    buf b = {.a = args->a};
    struct json_out o = {.b = &b};
    int code;
    struct ctx *cx = cli_admin(args, 0, &code);
    if (cx == NULL)
        return code;
    enum err e = setting_list(cx, lines);
    json_put_array(&o);
    for (size_t i = 0; e == OK && i < SETTING_COUNT; i++) {
        const struct setting_line *l = &lines[i];
        put_line(&o, l);
        if (!cli_flag(args, "--json"))
            (void)printf("%-22.*s %.*s%s\n", SV(l->rule->name),
                         SV(l->value.n ? l->value : l->fallback), l->value.n ? "" : "  (default)");
    }
    json_put_end(&o);
    if (e == OK && cli_flag(args, "--json"))
        cli_print(&b);
    return cli_end(cx, e);
}

static enum err find(struct ctx *cx, str key, enum setting *which)
{
    if (setting_find(key, which))
        return OK;
    return fail(cx, E_NOT_FOUND, "there is no setting %.*s; kakehashi setting list names them",
                SV(key));
}

static int get(struct cli_args *args)
{
    const struct settings *s;
    enum setting which;
    int code;
    struct ctx *cx = cli_admin(args, 1, &code);
    if (cx == NULL)
        return code;
    enum err e = find(cx, cli_word(args, 0), &which);
    if (e == OK)
        e = settings_open(cx, &s);
    if (e == OK)
        (void)printf("%.*s\n", SV(s->v[which]));
    return cli_end(cx, e);
}

static int set(struct cli_args *args)
{
    struct setting_line lines[SETTING_COUNT];
    enum setting which;
    int code;
    struct ctx *cx = cli_admin(args, 2, &code);
    if (cx == NULL)
        return code;
    enum err e = find(cx, cli_word(args, 0), &which);
    if (e == OK)
        e = setting_list(cx, lines);
    if (e == OK) {
        struct setting_change c = {which, lines[which].rev, cli_word(args, 1)};
        e = setting_put(cx, &c, 1);
    }
    return cli_end(cx, e);
}

/* clang-format off */
static const struct cli_option list_options[] = {CLI_JSON, CLI_STORE_OPTIONS};
static const struct cli_option plain_options[] = {CLI_STORE_OPTIONS};

static const struct cli_command words[] = {
    {.name = "list", .usage = "setting list [--json]", .help = "List all settings.",
     .options = list_options, .noptions = COUNT(list_options), .run = list},
    {.name = "get", .usage = "setting get KEY", .help = "Print one, or its default.",
     .options = plain_options, .noptions = COUNT(plain_options), .run = get},
    {.name = "set", .usage = "setting set KEY VALUE",
     .help = "Set one; an empty value returns to the default.", .options = plain_options,
     .noptions = COUNT(plain_options), .run = set},
};
/* clang-format on */

const struct cli_command cli_setting = {.name = "setting",
                                        .usage = "setting COMMAND",
                                        .help = "Settings of the installation.",
                                        .words = words,
                                        .nwords = COUNT(words)};
