/* main.c - one program, many doors. */
#include "cli/cli.h"
#include "serve.h"

static const struct cli_command *const commands[] = {
    &serve_command, &cli_init, &cli_demo,    &cli_user,    &cli_org,     &cli_token,
    &cli_setting,   &cli_work, &cli_migrate, &cli_check,   &cli_process, &cli_cvss,
    &cli_facts,     &cli_csaf, &cli_cve,     &cli_library, &cli_release, &cli_advisory};

int main(int argc, char **argv)
{
    return cli_main(argc, argv, commands, COUNT(commands));
}
