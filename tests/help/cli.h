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

/* An installation with the demo cases: `kakehashi demo` is run once for an engine, and copied. */
struct cli_demo {
    const char *data, *database; /* what --data and --database say */
};
struct cli_demo cli_demo_copy(struct arena *a, const char *engine);

#endif
