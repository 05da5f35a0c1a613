/* disclosure.h - inside app/: one year after the overview was notified, the finder may ask that
 * the request not to disclose be withdrawn (process/clocks.tsv, withdraw_nondisclosure). */
#ifndef APP_DISCLOSURE_H
#define APP_DISCLOSURE_H

#include "app/case_file.h"
#include "app/reports.h"

enum err disclosure_right(struct ctx *cx, const struct q_report_get *report,
                          struct disclosure *out);

#endif
