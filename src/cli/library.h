/* library.h - between the files of kakehashi library. */
#ifndef CLI_LIBRARY_H
#define CLI_LIBRARY_H

#include "app/library.h"
#include "cli/admin.h"

/* Open the installation as its operator, or as the person whose token --token names.  NULL: it
 * has been said why not. */
struct ctx *library_cli(struct cli_args *args, size_t words, int *code);

void library_put_line(struct ctx *cx, struct json_out *o, const struct library_line *l);

int library_run_import(struct cli_args *args);

#endif
