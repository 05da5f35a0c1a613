/* report_choices.h - the forms of the intake with what can be chosen now, and hints of what
 * may be the same. */
#ifndef APP_REPORT_CHOICES_H
#define APP_REPORT_CHOICES_H

#include "app/reports.h"
#include "app/search.h"

/* The rules of report_refuse(), report_close(), report_notify_site() and report_ask_analyst(),
 * with their choices; as many as the static tables of reports.h have. */
enum err report_refuse_form(struct ctx *cx, str kind, const struct field_rule **out);
enum err report_close_form(struct ctx *cx, str kind, const struct field_rule **out);
enum err report_site_form(struct ctx *cx, const struct field_rule **out);
enum err report_analyst_form(struct ctx *cx, const struct field_rule **out);

/* Reports and cases that the reader may read and that name the same product or site, without
 * this one; a hint, at most ten. */
enum err report_similar(struct ctx *cx, const struct report_view *r, struct found *out);

#endif
