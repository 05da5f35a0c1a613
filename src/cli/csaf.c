/* csaf.c - kakehashi csaf validate: are these CSAF documents right? */
#include "cli/csaf.h"

#include "cli/csaf_commands.h"
#include "io/clock.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_JOBS = 256, MANY = 20, EXIT_INVALID = 1, EXIT_UNREADABLE = 2 };

static const struct cli_option validate_options[] = {
    {"--json", NULL, "one JSON object a file and line"},
    {"--profile", "NAME",
     "schema, mandatory (with the schema), full (default), or a preset of CSAF 2.1"},
    {"--published", NULL, "the schema as published: unknown members are allowed"},
    {"--jobs", "N", "threads (default 1)"},
    {"--online", NULL, "ask whether the URLs in documents answer (tests 6.3.6, 6.3.7)"},
    {"--dictionaries", "DIR", "hunspell dictionaries for test 6.3.8 (default: the system's)"},
    {"--extensions", "DIR", "schemas and metadata of extensions (tests 6.1.60.2, 6.1.60.3)"},
    {"--lang", "en|ja", "language of the report (default: of the environment)"},
};

enum err csaf_lang_of(const struct cli_args *args, bool json, enum lang *out)
{
    str lang = cli_value(args, "--lang");
    *out = json ? LANG_EN : cli_lang();
    if (lang.p == NULL)
        return OK;
    if (!str_eq(lang, S("en")) && !str_eq(lang, S("ja"))) {
        (void)cli_fail(E_INVALID, "--lang is en or ja");
        return E_INVALID;
    }
    *out = str_eq(lang, S("ja")) ? LANG_JA : LANG_EN;
    return OK;
}

/* On the command line each profile holds the one before it. */
static enum err read_profile(const struct cli_args *args, struct csaf_choice *out)
{
    str profile = cli_value(args, "--profile");
    if (profile.p == NULL)
        profile = S("full");
    if (str_eq(profile, S("mandatory")))
        profile = S("basic");
    if (csaf_choose(out, profile))
        return OK;
    (void)cli_fail(E_INVALID, "there is no profile %.*s", SV(profile));
    return E_INVALID;
}

static enum err read_jobs(const struct cli_args *args, size_t *out)
{
    str jobs = cli_value(args, "--jobs");
    i64 n = 1;
    if (jobs.p != NULL && (!str_i64(jobs, &n) || n < 1 || n > MOST_JOBS)) {
        (void)cli_fail(E_INVALID, "--jobs wants a number from 1 to %d", MOST_JOBS);
        return E_INVALID;
    }
    *out = (size_t)n;
    return OK;
}

static enum err read_extensions(const struct cli_args *args, struct csaf_choice *out)
{
    str folder = cli_value(args, "--extensions");
    return folder.p != NULL ? csaf_extensions_read(args->a, str_to_z(args->a, folder), out) : OK;
}

static void say_sums(struct arena *a, const struct csaf_job *job, const struct csaf_sums *s)
{
    size_t errors = s->found[CSAF_SCHEMA] + s->found[CSAF_MANDATORY];
    size_t files = s->state[CSAF_VALID] + s->state[CSAF_NOT_VALID] + s->state[CSAF_UNREADABLE];
    str text = words_csafcli_sums(
        a, job->lang, .n_files = (i64)files, .n_valid = (i64)s->state[CSAF_VALID],
        .n_invalid = (i64)s->state[CSAF_NOT_VALID], .n_unreadable = (i64)s->state[CSAF_UNREADABLE],
        .n_errors = (i64)errors, .n_warnings = (i64)s->found[CSAF_RECOMMENDED],
        .n_infos = (i64)s->found[CSAF_INFORMATIVE]);
    (void)printf("%.*s\n", SV(text));
}

static int validate(struct cli_args *args)
{
    struct csaf_job job = {.json = cli_flag(args, "--json")};
    struct csaf_files files = {0};
    struct csaf_sums sums = {0};
    size_t jobs = 1;
    struct clock clock = {0};
    str dictionaries = cli_value(args, "--dictionaries");
    job.choice.published = cli_flag(args, "--published");
    job.choice.now = clock_now(&clock);
    job.outside.online = cli_flag(args, "--online");
    if (dictionaries.p != NULL)
        job.outside.dictionaries = str_to_z(args->a, dictionaries);
    if (csaf_lang_of(args, job.json, &job.lang) != OK || read_profile(args, &job.choice) != OK ||
        read_jobs(args, &jobs) != OK || read_extensions(args, &job.choice) != OK)
        return EXIT_UNREADABLE;
    if (args->nrest == 0) {
        (void)cli_fail(E_INVALID, "csaf validate wants files, folders or -");
        return EXIT_UNREADABLE;
    }
    csaf_files_find(args->a, args->rest, args->nrest, &files);
    job.brief = !job.json && files.n > MANY;
    csaf_validate_all(&job, &files, jobs, &sums);
    sums.state[CSAF_UNREADABLE] += files.unreadable;
    if (!job.json)
        say_sums(args->a, &job, &sums);
    if (sums.state[CSAF_UNREADABLE] > 0)
        return EXIT_UNREADABLE;
    return sums.state[CSAF_NOT_VALID] > 0 ? EXIT_INVALID : 0;
}

static const struct cli_command words[] = {
    {"validate", "csaf validate [OPTION]… FILE|DIR|-…",
     "Check documents of CSAF 2.0 and 2.1 against the schema and the tests of the standard.\n"
     "Ends with 0: all are valid; 1: some are not; 2: some cannot be read.",
     validate_options, COUNT(validate_options), validate},
    {"convert", "csaf convert [OPTION]… FILE|-",
     "Make a document of CSAF 2.1 of one of CSAF 2.0, and say what could not be carried over or\n"
     "had to be guessed.  Ends with 0: done; 1: the result would not be valid; 2: unreadable.",
     csaf_convert_cli, CSAF_CONVERT_OPTIONS, csaf_convert_run},
    {"diff", "csaf diff [OPTION]… A B",
     "Say what two documents of CSAF 2.0 or 2.1 say differently; the order of lists, ids of\n"
     "products and white space mean nothing.  Ends with 0: nothing; 1: something; 2: unreadable.",
     csaf_diff_cli, CSAF_DIFF_OPTIONS, csaf_diff_run},
    {"build", "csaf build [OPTION]… CASE",
     "Print the advisory of a case (its number or id) as a CSAF document.", csaf_build_options,
     CSAF_BUILD_OPTIONS, csaf_build_run},
    {"check-provider", "csaf check-provider [OPTION]… URL|DIR",
     "Hold a CSAF provider, or the folder that one serves, against the requirements of the "
     "standard.\n"
     "Ends with 0: the role that it claims holds; 1: it does not; 2: it cannot be reached.",
     csaf_provider_options, CSAF_PROVIDER_OPTIONS, csaf_provider_run},
};

const struct cli_command cli_csaf = {.name = "csaf",
                                     .usage = "csaf COMMAND",
                                     .help = "Look into CSAF documents.",
                                     .words = words,
                                     .nwords = COUNT(words)};
