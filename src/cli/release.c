/* release.c - kakehashi release: what becomes public, rehearsed and planned. */
#include "cli/release_own.h"
#include "cli/release_plan_own.h"

#include "app/cases.h"
#include "io/effects.h"
#include "io/pdf_press.h"

#include <stdio.h>
#include <unistd.h>

const struct cli_option release_dry_options[RELEASE_DRY_OPTIONS] = {
    CLI_STORE_OPTIONS,
    RELEASE_KEYS,
    {"--as", "LOGIN", "the person whose rights count"},
    {"--lang", "ja|en", "which version (default ja)"},
    {"--kind", "KIND", "first, update or withdrawal (default: the next one)"},
    {"--line-ja", "TEXT", "update: what changed; withdrawal: why; in Japanese"},
    {"--line-en", "TEXT", "the same in English"},
    {"--at", "TIME", "when it would become public (default now), as 2026-12-01T12:30+09:00"},
    {"--words", "ja|en", "language of this report (default: of the environment)"},
    {"--places", NULL, "say where each field stands in each format, too"},
    CLI_JSON,
};

enum err release_cli_as(struct cli_args *args, struct ctx *cx)
{
    str login = cli_value(args, "--as");
    if (login.n == 0)
        return fail(cx, E_INVALID, "--as LOGIN is needed: whose rights count");
    enum err e = admin_as_person(cx, login);
    return e == E_NOT_FOUND ? fail(cx, e, "there is no person %.*s", SV(login)) : e;
}

/* The helpers that sign and print are forked before the database is opened. */
static enum err start_helpers(struct cli_args *args, struct effects **effects,
                              struct pdf_press **paper)
{
    static const struct effects_kind *const kinds[] = {&effects_sign};
    struct effects_options o = {.mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = COUNT(kinds)};
    struct fault f = {0};
    str data = cli_value(args, "--data");
    const char *path =
        sign_key_path(args->a, data.n > 0 ? data : S("var"), cli_value(args, "--keys"));
    if (access(path, F_OK) == 0)
        o.sign.key_file = path;
    enum err e = effects_start(args->a, &o, &f, effects);
    if (e == OK)
        e = pdf_press_start(args->a, SANDBOX_AUTO, &f, paper);
    if (e != OK)
        (void)cli_fail(e, "%s", f.text);
    return e;
}

struct ctx *release_cli_begin(struct cli_args *args, size_t words, int *code)
{
    struct effects *effects;
    struct pdf_press *paper;
    enum err e = start_helpers(args, &effects, &paper);
    if (e != OK) {
        *code = err_info[e].exit;
        return NULL;
    }
    struct ctx *cx = cli_admin(args, words, code);
    if (cx != NULL) {
        cx->app->effects = effects;
        cx->app->paper = paper;
    }
    return cx;
}

static enum err read_lang(const struct cli_args *args, const char *option, enum lang *out)
{
    str value = cli_value(args, option);
    if (value.p == NULL)
        return OK;
    if (!str_eq(value, S("ja")) && !str_eq(value, S("en")))
        return (void)cli_fail(E_INVALID, "%s is ja or en", option), E_INVALID;
    *out = str_eq(value, S("ja")) ? LANG_JA : LANG_EN;
    return OK;
}

static enum err read_at(const struct cli_args *args, struct release_wish *wish)
{
    str at = cli_value(args, "--at");
    wish->at.is = at.p != NULL;
    if (at.p != NULL && !time_parse(at, zone_tokyo, &wish->at.v))
        return (void)cli_fail(E_INVALID, "--at is no time: %.*s", SV(at)), E_INVALID;
    return OK;
}

static enum err read_kind(struct cli_args *args, struct ctx *cx, str id, struct release_wish *wish)
{
    str kind = cli_value(args, "--kind");
    wish->text[LANG_JA] = cli_value(args, "--line-ja");
    wish->text[LANG_EN] = cli_value(args, "--line-en");
    if (kind.p == NULL)
        return release_kind_next(cx, id, wish->lang, &wish->kind);
    if (!release_kind_find(kind, &wish->kind))
        return fail(cx, E_INVALID, "--kind is first, update or withdrawal");
    return OK;
}

static enum err rehearse(struct cli_args *args, struct ctx *cx, struct release_wish *wish,
                         struct release_report *r, struct release_dry *d)
{
    str id;
    TRY(release_cli_as(args, cx));
    TRY(case_id_of(cx, cli_word(args, 0), &id));
    TRY(read_kind(args, cx, id, wish));
    TRY(release_dry_run(cx, id, wish, d));
    return release_dry_reader(cx, d, &r->reader);
}

int release_dry_cli(struct cli_args *args)
{
    struct release_wish wish = {.lang = LANG_JA};
    struct release_dry d;
    buf b = {.a = args->a};
    bool json = cli_flag(args, "--json");
    struct release_report r = {.d = &d, .lang = json ? LANG_EN : cli_lang(), .b = &b};
    int code;
    if (read_lang(args, "--lang", &wish.lang) != OK || read_lang(args, "--words", &r.lang) != OK ||
        read_at(args, &wish) != OK)
        return err_info[E_INVALID].exit;
    struct ctx *cx = release_cli_begin(args, 1, &code);
    if (cx == NULL)
        return code;
    r.cx = cx;
    r.places = cli_flag(args, "--places");
    enum err e = rehearse(args, cx, &wish, &r, &d);
    app_read_end(cx);
    if (e == E_NOT_FOUND && cx->fault.text[0] == '\0')
        return cli_fail(e, "there is no such case, or nothing in it that this person may release");
    if (e != OK)
        return cli_end(cx, e);
    if (json)
        release_report_json(&r);
    else
        release_report_text(&r);
    (void)fwrite(b.p, 1, b.n, stdout);
    return d.ready ? 0 : 1;
}

static const struct cli_command words[] = {
    {"dry-run", "release dry-run [OPTION]… CASE --as LOGIN",
     "Build everything that would become public, check it, compare the formats field by field\n"
     "and show what a reader would see.  Nothing is written.  Ends with 0: ready; 1: not.",
     release_dry_options, RELEASE_DRY_OPTIONS, release_dry_cli},
    {"list", "release list CASE --as LOGIN", "The release plans of a case, newest first.",
     release_plan_options, RELEASE_PLAN_OPTIONS, release_list_cli},
    {"plan", "release plan CASE --lang ja|en --kind first|update|withdrawal --as LOGIN [OPTION]…",
     "Plan a release; another person has to approve it.  --at TIME, in --zone, is when; an update\n"
     "and a withdrawal want --line-ja and --line-en: what changed, or why.",
     release_plan_options, RELEASE_PLAN_OPTIONS, release_plan_cli, release_plan_rules,
     COUNT(release_plan_rules)},
    {"approve", "release approve CASE PLAN --built DIGEST --as LOGIN",
     "Let exactly that become public at the plan's instant.", release_approve_options,
     RELEASE_APPROVE_OPTIONS, release_approve_cli},
    {"unapprove", "release unapprove CASE PLAN --as LOGIN", "Take the approval back.",
     release_plan_options, RELEASE_PLAN_OPTIONS, release_unapprove_cli},
    {"cancel", "release cancel CASE PLAN --reason TEXT --as LOGIN", "Cancel a plan.",
     release_plan_options, RELEASE_PLAN_OPTIONS, release_cancel_cli, release_cancel_rules,
     COUNT(release_cancel_rules)},
    {"run", "release run", "Release all whose instant has come, as the server does every second.",
     release_due_options, RELEASE_DUE_OPTIONS, release_due_cli},
};

const struct cli_command cli_release = {.name = "release",
                                        .usage = "release COMMAND",
                                        .help = "Releases of advisories.",
                                        .words = words,
                                        .nwords = COUNT(words)};
