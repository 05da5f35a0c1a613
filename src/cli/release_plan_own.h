/* release_plan_own.h - the commands of kakehashi release that plan, approve and release. */
#ifndef CLI_RELEASE_PLAN_OWN_H
#define CLI_RELEASE_PLAN_OWN_H

#include "app/release_plan.h"
#include "cli/admin.h"

enum { RELEASE_PLAN_OPTIONS = 6, RELEASE_APPROVE_OPTIONS = 7, RELEASE_DUE_OPTIONS = 3 };
extern const struct cli_option release_plan_options[RELEASE_PLAN_OPTIONS],
    release_approve_options[RELEASE_APPROVE_OPTIONS], release_due_options[RELEASE_DUE_OPTIONS];

int release_list_cli(struct cli_args *args);
int release_plan_cli(struct cli_args *args);
int release_approve_cli(struct cli_args *args);
int release_unapprove_cli(struct cli_args *args);
int release_cancel_cli(struct cli_args *args);
int release_due_cli(struct cli_args *args);

#endif
