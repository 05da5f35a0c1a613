/* advisory.c - kakehashi advisory pdf: a released advisory on paper. */
#include "app/advisory_pdf.h"
#include "cli/admin.h"
#include "io/files.h"

#include <stdio.h>

enum { MODE = 0644 };

static const struct cli_option pdf_options[] = {
    CLI_STORE_OPTIONS,
    {"--lang", "ja|en", "language of the advisory (default ja)"},
    {"-o", "FILE", "write it there (default: to the standard output)"},
};

static int say_missing(struct ctx *cx, enum err e)
{
    if (cx->fault.text[0] != '\0')
        return cli_fail(e, "%s", cx->fault.text);
    return cli_fail(e, "there is no such advisory, or it is not published in that language");
}

static enum err put_out(struct ctx *cx, str path, str bytes)
{
    if (path.p != NULL)
        return file_write(cx->a, str_to_z(cx->a, path), bytes, MODE, &cx->fault);
    return fwrite(bytes.p, 1, bytes.n, stdout) == bytes.n ? OK : E_IO;
}

static int make_pdf(struct cli_args *args)
{
    str lang = cli_value(args, "--lang"), bytes;
    int code;
    if (lang.p != NULL && !str_eq(lang, S("ja")) && !str_eq(lang, S("en")))
        return cli_fail(E_INVALID, "--lang is ja or en");
    struct ctx *cx = cli_admin(args, 1, &code);
    if (cx == NULL)
        return code;
    cx->fault = (struct fault){0};
    enum err e = app_read(cx);
    if (e == OK)
        e = advisory_pdf(cx, str_eq(lang, S("en")) ? LANG_EN : LANG_JA, cli_word(args, 0), &bytes);
    app_read_end(cx);
    if (e == E_NOT_FOUND || e == E_INVALID)
        return say_missing(cx, e);
    if (e == OK)
        e = put_out(cx, cli_value(args, "-o"), bytes);
    return cli_end(cx, e);
}

static const struct cli_command words[] = {
    {"pdf", "advisory pdf [OPTION]… NUMBER",
     "Make a PDF of a released advisory.  Wants libpangocairo-1.0-0 and a Japanese font.",
     pdf_options, COUNT(pdf_options), make_pdf},
};

const struct cli_command cli_advisory = {.name = "advisory",
                                         .usage = "advisory COMMAND",
                                         .help = "Released advisories on paper.",
                                         .words = words,
                                         .nwords = COUNT(words)};
