/* cve_words.c - the words behind kakehashi cve, and their options. */
#include "cli/cve_own.h"

/* clang-format off */
#define CVE_REACH_OPTIONS \
    {"--ca-file", "FILE", "certificates to trust in place of the system's"}, \
    {"--reach-loopback", NULL, "tests: a service on this machine, and http"}, \
    {"--clock", "FILE", "tests: the time is what the file says"}
static const struct cli_option build_options[] = {
    {"--as", "LOGIN", "the person whose rights count"},
    {"--vuln", "N|CVE|ID", "which vulnerability, where there are several"},
    {"--format", "VERSION", "5.1 (default) or 5.2"},
    {"--request", NULL, "what CVE Services would be sent, in place of the record"},
    CLI_STORE_OPTIONS,
};
static const struct cli_option account_options[] = {
    {"--key-file", "FILE", "the API key in one line; - is standard input"},
    CVE_REACH_OPTIONS, CLI_STORE_OPTIONS,
};
static const struct cli_option list_options[] = {
    {"--state", "STATE", "RESERVED, PUBLISHED or REJECTED"},
    {"--year", "YEAR", "of the numbers"},
    CLI_JSON, CVE_REACH_OPTIONS, CLI_STORE_OPTIONS,
};
static const struct cli_option quota_options[] = {CLI_JSON, CVE_REACH_OPTIONS, CLI_STORE_OPTIONS};

#define WHO {"--as", "LOGIN", "the person of the case who does this"}
#define WHICH {"--vuln", "N|CVE|ID", "which vulnerability, where there are several"}
static const struct cli_option reserve_options[] = {
    {"--case", "CASE", "for a vulnerability of this case, in place of the pool"}, WHICH, WHO,
    CLI_JSON, CVE_REACH_OPTIONS, CLI_STORE_OPTIONS};
static const struct cli_option act_options[] = {WHICH, WHO, CLI_JSON, CVE_REACH_OPTIONS, CLI_STORE_OPTIONS};
static const struct cli_option work_options[] = {CLI_JSON, CVE_REACH_OPTIONS, CLI_STORE_OPTIONS};
static const struct cli_option choose_options[] = {
    {"--ids", "CVE,…", "the numbers that are ours"}, {"--none", NULL, "none of them is ours"},
    CLI_STORE_OPTIONS};


#define ACT(word, how, what, fn, list) .name = (word), .usage = (how), .help = (what), .run = (fn), .options = (list), .noptions = COUNT(list)
static const struct cli_command words[] = {
    {ACT("build", "cve build CASE --as LOGIN [--vuln N] [--format 5.2]",
         "Print the CVE record of a vulnerability; findings go to standard error.", cve_run_build, build_options)},
    {ACT("account", "cve account [--url URL --short-name S --user-name U --key-file FILE]",
         "Show or set the account at CVE Services, and ask whether it holds.", cve_run_account, account_options),
     .rules = cve_account_rules, .nrules = 3},
    {ACT("reserve", "cve reserve --amount N [--year Y] [--batch B] | --case CASE --as LOGIN",
         "Reserve numbers: for the pool, or one for a vulnerability.", cve_run_reserve, reserve_options),
     .rules = cve_pool_rules, .nrules = 3},
    {ACT("assign", "cve assign CASE CVE --as LOGIN [--vuln N]",
         "Give a number of the pool to a vulnerability.", cve_run_assign, act_options)},
    {ACT("publish", "cve publish CASE --as LOGIN [--vuln N]",
         "Publish the record of a vulnerability that is public.", cve_run_publish, act_options)},
    {ACT("update", "cve update CASE --as LOGIN [--vuln N]",
         "Bring a published record up to what is public now.", cve_run_publish, act_options)},
    {ACT("reject", "cve reject CASE CVE --as LOGIN --reason-en TEXT [--replaced-by CVE]",
         "Reject a number that is not needed, or that was wrong.", cve_run_reject, act_options),
     .rules = cve_reject_rules, .nrules = 3},
    {ACT("jobs", "cve jobs [--json]", "What was asked of the service, newest first.", cve_run_jobs, work_options)},
    {ACT("work", "cve work", "Do what is due; the server does so, too.", cve_run_work, work_options)},
    {ACT("settle", "cve settle JOB --ids CVE,… | --none",
         "Say which numbers an unclear reservation brought.", cve_run_settle, choose_options)},
    {ACT("quota", "cve quota [--json]", "How many numbers may be reserved.", cve_run_quota, quota_options)},
    {ACT("list", "cve list [--state STATE] [--year YEAR] [--json]", "Our numbers, as the service lists them.", cve_run_list, list_options)},
};
/* clang-format on */

const struct cli_command cli_cve = {.name = "cve",
                                    .usage = "cve COMMAND",
                                    .help = "CVE records and numbers.",
                                    .words = words,
                                    .nwords = COUNT(words)};
