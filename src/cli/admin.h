/* admin.h - what the commands that administer share: open, act as the command line, answer. */
#ifndef CLI_ADMIN_H
#define CLI_ADMIN_H

#include "app/admin.h"
#include "cli/cli.h"
#include "formats/json.h"

/* Open the installation and act as its operator; so many words must stand behind the command.
 * NULL: it has been said why not, and *code is the exit code. */
struct ctx *cli_admin(struct cli_args *args, size_t words, int *code);

/* The same with a schema that is brought up first. */
struct ctx *cli_admin_new(struct cli_args *args, int *code);

/* The n-th word behind the command; absent where there is none. */
str cli_word(const struct cli_args *args, size_t n);

/* Say each problem in a sentence, or the fault; the exit code.  OK: prints nothing. */
int cli_end(struct ctx *cx, enum err e);

/* The first line of the file that an option names, "-" for standard input; absent where the
 * option is not given.  E_INVALID: it cannot be read, which has been said. */
enum err cli_secret(struct cli_args *args, const char *option, str *out);

/* Print a JSON value that was built, with a line end. */
void cli_print(const buf *b);

/* "2026-11-21 09:00 JST", or "–". */
str cli_time(struct ctx *cx, opt_i64 at);

/* A department of an organisation by its id, by a kind that it answers for, or by a name. */
enum err cli_dept(struct ctx *cx, str org_slug, str dept, str *id);

#define CLI_JSON                                                                                   \
    {                                                                                              \
        "--json", NULL, "print JSON"                                                               \
    }

#endif
