/* cve_own.h - between the files of kakehashi cve. */
#ifndef CLI_CVE_OWN_H
#define CLI_CVE_OWN_H

#include "app/cve_work.h"
#include "app/vulns.h"
#include "cli/admin.h"

/* Open the installation, and before it the helper that asks the service; wire: NULL, none is
 * needed.  NULL: it has been said why not. */
struct ctx *cve_cli(struct cli_args *args, size_t words, struct cve_wire *wire, int *code);

/* Act as the person that --as names. */
enum err cve_cli_as(struct cli_args *args, struct ctx *cx);
enum err cve_cli_case(struct ctx *cx, str number, str *id);
enum err cve_cli_vuln(struct cli_args *args, struct ctx *cx, str case_id, str *out);

int cve_run_build(struct cli_args *args);
int cve_run_account(struct cli_args *args);
int cve_run_quota(struct cli_args *args);
int cve_run_list(struct cli_args *args);
int cve_run_reserve(struct cli_args *args);
int cve_run_assign(struct cli_args *args);
int cve_run_publish(struct cli_args *args);
int cve_run_reject(struct cli_args *args);
int cve_run_jobs(struct cli_args *args);
int cve_run_work(struct cli_args *args);
int cve_run_settle(struct cli_args *args);

#endif
