/* token.c - kakehashi token: API tokens of a person. */
#include "cli/admin.h"

#include "app/people.h"
#include "app/tokens.h"

#include <stdio.h>

static enum err find(struct ctx *cx, str login, str *id)
{
    enum err e = person_id_of(cx, login, id);
    app_read_end(cx);
    return e == E_NOT_FOUND ? fail(cx, e, "there is no account %.*s", SV(login)) : e;
}

/* --- make --------------------------------------------------------------------------------------- */

/* What lets a person in, and is said once. */
struct maker {
    enum err (*make)(struct ctx *cx, str person_id, const struct input *in, struct token_made *out);
    void (*say)(struct cli_args *args, struct ctx *cx, const struct token_made *made);
};

static int make(struct cli_args *args, const struct maker *m)
{
    struct input in = {0};
    struct token_made made;
    str id;
    int code;
    if (cli_input(args, &in) != OK)
        return err_info[E_INVALID].exit;
    struct ctx *cx = cli_admin(args, 1, &code);
    if (cx == NULL)
        return code;
    enum err e = find(cx, cli_word(args, 0), &id);
    if (e == OK)
        e = m->make(cx, id, &in, &made);
    if (e == OK)
        m->say(args, cx, &made);
    return cli_end(cx, e);
}

static void say_json(struct cli_args *args, const char *what, const struct token_made *made)
{
    buf b = {.a = args->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("id"), made->id);
    json_put_member(&o, str_z(what), made->secret);
    json_put_member(&o, S("expires"), time_utc_ms(args->a, made->expires));
    json_put_end(&o);
    cli_print(&b);
}

static void say_certificate(struct cli_args *args, struct ctx *cx, const struct token_made *made)
{
    if (cli_flag(args, "--json"))
        say_json(args, "certificate", made);
    else
        (void)printf("%.*s\nSHA-256 %.*s\nIt is good until %.*s.\n", SV(made->id), SV(made->secret),
                     SV(time_minute(args->a, made->expires, cx->zone)));
}

static void say_token(struct cli_args *args, struct ctx *cx, const struct token_made *made)
{
    if (cli_flag(args, "--json"))
        say_json(args, "token", made);
    else
        (void)printf("%.*s\nShown once. It is good until %.*s.\n", SV(made->secret),
                     SV(time_minute(args->a, made->expires, cx->zone)));
}

static int add(struct cli_args *args)
{
    return make(args, &(struct maker){token_make, say_token});
}

static int add_certificate(struct cli_args *args)
{
    return make(args, &(struct maker){certificate_make, say_certificate});
}

/* --- list, revoke ------------------------------------------------------------------------------- */

static void put_line(struct json_out *o, struct arena *a, const struct token_line *t)
{
    json_put_object(o);
    json_put_member(o, S("id"), t->id);
    json_put_member(o, S("name"), t->name);
    if (t->certificate.n > 0)
        json_put_member(o, S("certificate"), t->certificate);
    json_put_member(o, S("created"), time_utc_ms(a, t->created));
    if (t->expires.is)
        json_put_member(o, S("expires"), time_utc_ms(a, t->expires.v));
    if (t->used.is)
        json_put_member(o, S("used"), time_utc_ms(a, t->used.v));
    if (t->revoked.is)
        json_put_member(o, S("revoked"), time_utc_ms(a, t->revoked.v));
    json_put_end(o);
}

static int list(struct cli_args *args)
{
    struct token_line *rows;
    size_t n = 0;
    buf b = {.a = args->a};
    struct json_out o = {.b = &b};
    str id;
    int code;
    struct ctx *cx = cli_admin(args, 1, &code);
    if (cx == NULL)
        return code;
    enum err e = find(cx, cli_word(args, 0), &id);
    if (e == OK)
        e = token_list(cx, id, &rows, &n);
    json_put_array(&o);
    for (size_t i = 0; e == OK && i < n; i++) {
        put_line(&o, args->a, &rows[i]);
        if (!cli_flag(args, "--json"))
            (void)printf("%.*s  %-24.*s until %.*s, last used %.*s%s%s%.*s\n", SV(rows[i].id),
                         SV(rows[i].name), SV(cli_time(cx, rows[i].expires)),
                         SV(cli_time(cx, rows[i].used)), rows[i].revoked.is ? ", revoked" : "",
                         rows[i].certificate.n > 0 ? ", certificate " : "",
                         SV(rows[i].certificate));
    }
    json_put_end(&o);
    if (e == OK && cli_flag(args, "--json"))
        cli_print(&b);
    return cli_end(cx, e);
}

static int revoke(struct cli_args *args)
{
    str id;
    int code;
    struct ctx *cx = cli_admin(args, 2, &code);
    if (cx == NULL)
        return code;
    enum err e = find(cx, cli_word(args, 0), &id);
    if (e == OK)
        e = token_revoke(cx, id, cli_word(args, 1));
    if (e == E_NOT_FOUND)
        e = fail(cx, e, "there is no such token of theirs that is not revoked");
    return cli_end(cx, e);
}

/* clang-format off */
static const struct cli_option one_options[] = {CLI_JSON, CLI_STORE_OPTIONS};
static const struct cli_option plain_options[] = {CLI_STORE_OPTIONS};

static const struct cli_command words[] = {
    {.name = "add", .usage = "token add LOGIN --token-name NAME [--expires TIME] [--json]",
     .help = "Make a token; it is shown once.", .options = one_options,
     .noptions = COUNT(one_options), .run = add, .rules = token_rules, .nrules = TOKEN_RULES},
    {.name = "certificate",
     .usage = "token certificate LOGIN --certificate-name NAME --certificate @FILE [--expires TIME] [--json]",
     .help = "Register a client certificate (PEM, or its SHA-256): it reads what is published for them alone.",
     .options = one_options, .noptions = COUNT(one_options), .run = add_certificate,
     .rules = certificate_rules, .nrules = CERTIFICATE_RULES},
    {.name = "list", .usage = "token list LOGIN [--json]", .help = "List somebody's tokens and certificates.",
     .options = one_options, .noptions = COUNT(one_options), .run = list},
    {.name = "revoke", .usage = "token revoke LOGIN ID", .help = "End a token or certificate for good.",
     .options = plain_options, .noptions = COUNT(plain_options), .run = revoke},
};
/* clang-format on */

const struct cli_command cli_token = {.name = "token",
                                      .usage = "token COMMAND",
                                      .help = "API tokens.",
                                      .words = words,
                                      .nwords = COUNT(words)};
