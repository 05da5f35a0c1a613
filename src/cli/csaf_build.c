/* csaf_build.c - kakehashi csaf build: an advisory as a CSAF document.
 *
 * The command line has no right to unpublished text of its own: what is public is built for
 * everybody, a draft for the person whose API token is given. */
#include "app/csaf_build.h"
#include "app/auth.h"
#include "app/cases.h"
#include "cli/admin.h"
#include "cli/csaf_commands.h"

#include <stdio.h>

const struct cli_option csaf_build_options[CSAF_BUILD_OPTIONS] = {
    CLI_STORE_OPTIONS,
    {"--version", "2.0|2.1", "of CSAF (default 2.0)"},
    {"--profile", "NAME",
     "security_advisory, vex, base, informational_advisory (default: the best)"},
    {"--lang", "ja|en", "language of the document (default ja)"},
    {"--token", "FILE", "API token of the person whose rights count, for what is not public yet"},
};

static enum err read_wish(const struct cli_args *args, struct csaf_wish *wish, enum lang *lang)
{
    str version = cli_value(args, "--version"), profile = cli_value(args, "--profile"),
        language = cli_value(args, "--lang");
    *wish = (struct csaf_wish){str_eq(version, S("2.1")), CSAF_PROFILES};
    *lang = str_eq(language, S("en")) ? LANG_EN : LANG_JA;
    if (version.n > 0 && !wish->v21 && !str_eq(version, S("2.0")))
        return (void)cli_fail(E_INVALID, "--version is 2.0 or 2.1"), E_INVALID;
    if (language.n > 0 && *lang == LANG_JA && !str_eq(language, S("ja")))
        return (void)cli_fail(E_INVALID, "--lang is ja or en"), E_INVALID;
    if (profile.n > 0 && !csaf_profile_find(profile, &wish->profile))
        return (void)cli_fail(E_INVALID, "there is no profile %.*s", SV(profile)), E_INVALID;
    return OK;
}

static enum err open_reader(struct cli_args *args, struct ctx *cx)
{
    str token;
    cx->who = (struct user){0};
    TRY(cli_secret(args, "--token", &token));
    return token.p != NULL ? token_open(cx, token) : OK;
}

int csaf_build_run(struct cli_args *args)
{
    struct csaf_wish wish;
    enum lang lang;
    int code;
    str id, text;
    if (read_wish(args, &wish, &lang) != OK)
        return err_info[E_INVALID].exit;
    struct ctx *cx = cli_admin(args, 1, &code);
    if (cx == NULL)
        return code;
    enum err e = open_reader(args, cx);
    if (e == OK)
        e = case_id_of(cx, cli_word(args, 0), &id);
    if (e == OK)
        e = csaf_of_case(cx, id, lang, wish, &text);
    app_read_end(cx);
    if (e == E_NOT_FOUND)
        return cli_fail(e, "there is no such case, or nothing in it that may be read");
    if (e == OK)
        (void)fwrite(text.p, 1, text.n, stdout);
    return cli_end(cx, e);
}
