/* csaf_convert.c - kakehashi csaf convert: CSAF 2.0 to 2.1, and what happened on the way. */
#include "formats/csaf_convert.h"
#include "cli/csaf.h"
#include "cli/csaf_commands.h"
#include "formats/instant.h"
#include "io/clock.h"
#include "io/files.h"

#include <stdio.h>

enum { EXIT_INVALID = 1, EXIT_UNREADABLE = 2, MODE = 0644 };

const struct cli_option csaf_convert_cli[CSAF_CONVERT_OPTIONS] = {
    {"-o", "FILE", "write the document there (default: to the standard output)"},
    {"--json", NULL, "the report as one JSON object; without -o it holds the document, too"},
    {"--invalid", NULL, "give the result also when it is not valid"},
    {"--tlp-by-text", NULL, "take the label of TLP 2.0 that the distribution text names"},
    {"--multiplier", NULL, "make the publisher category \"other\" a \"multiplier\""},
    {"--other", NULL, "say nothing of the publisher category \"other\""},
    {"--latest-cwe", NULL, "name the latest version of CWE that fits"},
    {"--now", "TIME", "the instant that dates are compared with (default: now)"},
    {"--lang", "en|ja", "language of the report (default: of the environment)"},
};

struct job {
    const char *path;
    str output; /* absent: to the standard output */
    bool json, invalid;
    enum lang lang;
};

static str sentence(struct arena *a, const struct csaf_carried *x, enum lang lang)
{
    if (x->test.p != NULL) {
        struct csaf_finding f = {.test = x->test, .word = x->word};
        for (size_t i = 0; i < CSAF_ARGS; i++)
            f.arg[i] = x->arg[i];
        return csaf_message(a, &f, lang);
    }
    const struct phrase_arg args[] = {{.name = S("what"), .s = x->what},
                                      {.name = S("a"), .s = x->arg[0]},
                                      {.name = S("b"), .s = x->arg[1]},
                                      {.name = S("c"), .s = x->arg[2]}};
    enum word w;
    if (!word_find(str_fmt(a, "csafconv_%.*s", SV(x->word)), &w))
        return x->word;
    return phrase_fill(a, word(lang, w), args, COUNT(args));
}

static void put_carried(struct json_out *o, const struct csaf_carried *x, enum lang lang)
{
    json_put_object(o);
    json_put_member(o, S("level"), x->error ? S("error") : S("warning"));
    json_put_member(o, S("in"), x->result ? S("result") : S("source"));
    json_put_member(o, S("path"), x->place.p != NULL ? x->place : S(""));
    json_put_member(o, S("test"), x->test);
    json_put_member(o, S("what"), x->what);
    json_put_member(o, S("why"), sentence(o->b->a, x, lang));
    json_put_end(o);
}

static void report_json(struct arena *a, const struct job *job, const struct csaf_conversion *r,
                        bool written)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("file"), str_z(job->path));
    json_put_member_bool(&o, S("valid"), r->valid);
    json_put_key(&o, S("notes"));
    json_put_array(&o);
    for (size_t i = 0; i < r->carried.n; i++)
        put_carried(&o, &r->carried.v[i], job->lang);
    json_put_end(&o);
    if (written && job->output.p == NULL) {
        json_put_key(&o, S("document"));
        json_put_raw(&o, str_trim(r->bytes));
    }
    json_put_end(&o);
    (void)printf("%.*s\n", SV(buf_str(&b)));
}

static void report_people(struct arena *a, const struct job *job, const struct csaf_conversion *r,
                          bool written)
{
    size_t errors = 0;
    for (size_t i = 0; i < r->carried.n; i++) {
        const struct csaf_carried *x = &r->carried.v[i];
        str level = word(job->lang, x->error ? W_csafcli_error : W_csafcli_warning);
        str place = x->place.n > 0 ? x->place : word(job->lang, W_csafcli_whole);
        if (x->result)
            place = words_csafconv_in_result(a, job->lang, .place = place);
        (void)fprintf(stderr, "%.*s  %.*s\n    %.*s\n", SV(level), SV(place),
                      SV(sentence(a, x, job->lang)));
        errors += x->error;
    }
    str end = r->valid  ? words_csafconv_done(a, job->lang, .n_errors = (i64)errors,
                                              .n_warnings = (i64)(r->carried.n - errors))
              : written ? words_csafconv_invalid_written(a, job->lang, .n_errors = (i64)errors,
                                                         .n_warnings = (i64)(r->carried.n - errors))
                        : words_csafconv_invalid_kept(a, job->lang, .n_errors = (i64)errors,
                                                      .n_warnings = (i64)(r->carried.n - errors));
    (void)fprintf(stderr, "%s: %.*s\n", job->path, SV(end));
}

static int write_out(struct arena *a, const struct job *job, const struct csaf_conversion *r)
{
    struct fault f = {0};
    if (job->output.p == NULL) {
        if (!job->json)
            (void)fwrite(r->bytes.p, 1, r->bytes.n, stdout);
        return 0;
    }
    enum err e = file_write(a, str_to_z(a, job->output), r->bytes, MODE, &f);
    return e == OK ? 0 : cli_fail(e, "%.*s: %s", SV(job->output), f.text);
}

static int convert(struct arena *a, const struct job *job,
                   const struct csaf_convert_options *options)
{
    const struct json *source;
    struct csaf_conversion r;
    str why;
    if (!csaf_file_read(a, job->lang, job->path, &source, &why)) {
        (void)fprintf(stderr, "kakehashi: %s: %.*s\n", job->path, SV(why));
        return EXIT_UNREADABLE;
    }
    bool read = csaf_convert(a, source, options, &r) == OK;
    bool written = read && (r.valid || job->invalid);
    if (written && write_out(a, job, &r) != 0)
        return EXIT_UNREADABLE;
    if (job->json)
        report_json(a, job, &r, written);
    else
        report_people(a, job, &r, written);
    if (!read)
        return EXIT_UNREADABLE;
    for (size_t i = 0; i < r.carried.n; i++)
        if (r.carried.v[i].error)
            return EXIT_INVALID;
    return 0;
}

static enum err read_now(const struct cli_args *args, i64 *out)
{
    struct clock clock = {0};
    struct instant t;
    str said = cli_value(args, "--now");
    *out = clock_now(&clock);
    if (said.p == NULL)
        return OK;
    if (!instant_read(said, &t)) {
        (void)cli_fail(E_INVALID, "--now wants a time like 2026-01-31T12:00:00Z");
        return E_INVALID;
    }
    *out = instant_ms(&t);
    return OK;
}

int csaf_convert_run(struct cli_args *args)
{
    struct csaf_convert_options options = {
        .tlp_by_text = cli_flag(args, "--tlp-by-text"),
        .multiplier = cli_flag(args, "--multiplier"),
        .other_known = cli_flag(args, "--other"),
        .latest_cwe = cli_flag(args, "--latest-cwe"),
    };
    struct job job = {.output = cli_value(args, "-o"),
                      .json = cli_flag(args, "--json"),
                      .invalid = cli_flag(args, "--invalid")};
    if (csaf_lang_of(args, job.json, &job.lang) != OK || read_now(args, &options.now) != OK)
        return EXIT_UNREADABLE;
    if (args->nrest != 1) {
        (void)cli_fail(E_INVALID, "csaf convert wants one file, or -");
        return EXIT_UNREADABLE;
    }
    job.path = args->rest[0];
    return convert(args->a, &job, &options);
}
