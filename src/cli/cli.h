/* cli.h - the subcommands of kakehashi.
 *
 * Answers go to stdout, what is wrong to stderr, in plain sentences.  Exit codes are those of
 * base/err.h; 2 also for a command that was called wrongly. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "app/boot.h"
#include "app/form.h"

struct cli_option {
    const char *name;  /* "--data" */
    const char *value; /* what stands behind it in the help: "DIR"; NULL: a flag */
    const char *help;
};

/* What stood on the command line. */
struct cli_args {
    struct arena *a;
    const struct cli_command *command;
    const struct cli_option *options; /* of the command, and of its rules */
    size_t noptions;
    str *values;       /* absent: not given; a flag that was given: "" */
    const char **rest; /* words that are no options */
    size_t nrest;
};

/* Fields of app/form.h are options, too: name_ja is --name-ja. */
struct cli_command {
    const char *name, *usage, *help;
    const struct cli_option *options;
    size_t noptions;
    int (*run)(struct cli_args *args); /* NULL: `words` come next, as in `kakehashi user add` */
    const struct field_rule *rules;
    size_t nrules;
    const struct cli_command *words;
    size_t nwords;
};

extern const struct cli_command cli_check, cli_migrate, cli_process, cli_user, cli_org, cli_token,
    cli_setting, cli_init, cli_demo, cli_work, cli_cvss, cli_facts, cli_csaf, cli_cve, cli_library,
    cli_release, cli_advisory;

/* The value of an option; absent: not given. */
str cli_value(const struct cli_args *args, const char *name);
bool cli_flag(const struct cli_args *args, const char *name);

/* The options that are fields, as a form would send them.  A list is split at its commas; a
 * text "@FILE" is what the file holds.  E_INVALID: it cannot be read, which has been said. */
enum err cli_input(struct cli_args *args, struct input *out);

/* Say what is wrong and give the exit code. */
PRINTF(2, 3) int cli_fail(enum err e, const char *fmt, ...);

/* Of the environment: LC_ALL, LC_MESSAGES, LANG. */
enum lang cli_lang(void);

/* Open the installation that --data, --database and --process name. */
enum err cli_boot(struct cli_args *args, bool migrate, struct fault *f, struct app **out);
#define CLI_STORE_OPTIONS                                                                          \
    {"--data", "DIR", "folder of this installation (default ./var)"},                              \
        {"--database", "URL", "postgresql://… or sqlite:PATH (default: a file in --data)"},        \
    {                                                                                              \
        "--process", "DIR", "tables of the handling process in place of the built-in ones"         \
    }

/* Run the command that argv names. */
int cli_main(int argc, char **argv, const struct cli_command *const *commands, size_t n);

#endif
