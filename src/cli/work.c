/* work.c - kakehashi work: do once what acts left to be done, and what became of the mails. */
#include "cli/admin.h"

#include "app/outbox.h"
#include "io/effects.h"

#include <stdio.h>

static const struct effects_kind *const kinds[] = {&effects_smtp};
enum { ROUND = 100 };

static enum err start_effects(struct cli_args *args, struct fault *f, struct effects **out)
{
    struct effects_options o = {.mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = COUNT(kinds)};
    str credentials = cli_value(args, "--smtp-credentials");
    *out = NULL;
    o.smtp.url = cli_value(args, "--smtp");
    if (o.smtp.url.n == 0)
        return OK;
    if (credentials.n > 0)
        o.smtp.credentials = str_to_z(args->a, credentials);
    return effects_start(args->a, &o, f, out);
}

static enum err work_all(struct app *app, struct effects *effects, struct fault *f,
                         struct outbox_count *count)
{
    struct outbox_mailer mailer = outbox_smtp(effects);
    size_t before;
    bool more = true;
    while (more) {
        before = count->others;
        TRY(outbox_work(app, effects ? &mailer : NULL, ROUND, NULL, f, count, &more));
        more = more || count->others > before; /* a notice may have become mails */
    }
    return OK;
}

static enum err say_counts(struct app *app, struct arena *a, const struct outbox_count *count,
                           bool has_mailer, struct fault *f)
{
    struct ctx *cx = ctx_new(a, app);
    i64 waiting = 0;
    enum err e = outbox_sweep(cx, has_mailer);
    if (e == OK)
        e = outbox_waiting(cx, &waiting);
    if (e != OK)
        *f = cx->fault;
    app_read_end(cx);
    (void)printf("%zu mails sent, %zu put off, %zu given up, %zu other things done; %lld wait\n",
                 count->sent, count->later, count->given_up, count->others, (long long)waiting);
    return e;
}

/* The effects process is forked before the database is opened. */
static int run(struct cli_args *args)
{
    struct fault f = {0};
    struct effects *effects;
    struct app *app;
    struct outbox_count count = {0};
    enum err e = start_effects(args, &f, &effects);
    if (e == OK)
        e = cli_boot(args, false, &f, &app);
    if (e == OK)
        e = work_all(app, effects, &f, &count);
    if (e == OK)
        e = say_counts(app, args->a, &count, effects != NULL, &f);
    return e == OK ? 0 : cli_fail(e, "%s", f.text);
}

/* --- what was given up -------------------------------------------------------------------- */

static void put_letter(struct json_out *o, const struct outbox_letter *l)
{
    json_put_object(o);
    json_put_member(o, S("id"), l->id);
    json_put_member(o, S("kind"), l->kind);
    json_put_member(o, S("login"), l->login);
    json_put_member(o, S("why"), l->why);
    json_put_member_i64(o, S("at"), l->at);
    json_put_member_i64(o, S("tries"), l->tries);
    json_put_end(o);
}

static int list_letters(struct cli_args *args)
{
    struct outbox_letter *list;
    size_t n = 0;
    buf b = {.a = args->a};
    struct json_out o = {.b = &b};
    int code;
    struct ctx *cx = cli_admin(args, 0, &code);
    if (cx == NULL)
        return code;
    enum err e = outbox_letters(cx, &list, &n);
    json_put_array(&o);
    for (size_t i = 0; e == OK && i < n; i++) {
        put_letter(&o, &list[i]);
        if (!cli_flag(args, "--json"))
            (void)printf("%.*s  %.*s  %lld tries  %-20.*s %.*s\n", SV(list[i].id),
                         SV(cli_time(cx, SOME(list[i].at))), (long long)list[i].tries,
                         SV(list[i].login.p ? list[i].login : S("(a finder)")), SV(list[i].why));
    }
    json_put_end(&o);
    if (e == OK && cli_flag(args, "--json"))
        cli_print(&b);
    return cli_end(cx, e);
}

static int put_back(struct cli_args *args)
{
    str id = cli_value(args, "--again");
    int code;
    struct ctx *cx = cli_admin(args, 0, &code);
    if (cx == NULL)
        return code;
    enum err e = outbox_again(cx, id);
    cx->fault.text[0] = '\0'; /* say it in our own words */
    if (e == E_NOT_FOUND)
        (void)fail(cx, e, "no letter with that id was given up; --letters lists them");
    return cli_end(cx, e);
}

static int work(struct cli_args *args)
{
    if (cli_flag(args, "--letters"))
        return list_letters(args);
    if (cli_value(args, "--again").n > 0)
        return put_back(args);
    return run(args);
}

/* clang-format off */
static const struct cli_option options[] = {
    {"--smtp", "URL", "mail server: smtps://host or smtp://host; without it mails stay"},
    {"--smtp-credentials", "FILE", "two lines, name and password, readable by nobody else"},
    {"--public-url", "URL", "how people reach this server: what the mails link to"},
    {"--letters", NULL, "list what was given up, and send nothing"},
    {"--again", "ID", "put one of those back, to be tried again"},
    {"--clock", "FILE", "tests: the time is what the file says"},
    CLI_JSON,
    CLI_STORE_OPTIONS,
};
/* clang-format on */

const struct cli_command cli_work = {.name = "work",
                                     .usage = "work [--smtp URL] [--letters | --again ID]",
                                     .help =
                                         "Send the notices that are due; the server does so, too.",
                                     .options = options,
                                     .noptions = COUNT(options),
                                     .run = work};
