/* csaf_commands.h - what stands behind `kakehashi csaf`, each word in a file of its own. */
#ifndef CLI_CSAF_COMMANDS_H
#define CLI_CSAF_COMMANDS_H

#include "cli/cli.h"

enum { CSAF_BUILD_OPTIONS = 7 };
extern const struct cli_option csaf_build_options[CSAF_BUILD_OPTIONS];
int csaf_build_run(struct cli_args *args);

enum { CSAF_PROVIDER_OPTIONS = 7 };
extern const struct cli_option csaf_provider_options[CSAF_PROVIDER_OPTIONS];
int csaf_provider_run(struct cli_args *args);

enum { CSAF_CONVERT_OPTIONS = 9 };
extern const struct cli_option csaf_convert_cli[CSAF_CONVERT_OPTIONS];
int csaf_convert_run(struct cli_args *args);

enum { CSAF_DIFF_OPTIONS = 2 };
extern const struct cli_option csaf_diff_cli[CSAF_DIFF_OPTIONS];
int csaf_diff_run(struct cli_args *args);

#endif
