/* cli.h - for tests: run the program's commands as a shell would, in a child process. */
#ifndef HELP_CLI_H
#define HELP_CLI_H

#include "help/store.h"

struct cli_result {
    int code;     /* exit code; 128 + signal */
    str out, err; /* what it printed */
};

/* `kakehashi ARG…` with `in` on standard input; the last argument is NULL. */
[[gnu::sentinel]] struct cli_result cli_run(struct arena *a, str in, ...);

#endif
