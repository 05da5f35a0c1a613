/* case_acts.h - what may be done with a case beside its steps.
 *
 * The coordinator of a coordinated case, the vendor's contact of a direct one; exceptions are
 * said.  Each stands in the history, and grants and tasks follow in the same transaction.
 * E_NOT_FOUND: no right to know of the case; E_DENIED: none to do this. */
#ifndef APP_CASE_ACTS_H
#define APP_CASE_ACTS_H

#include "app/cases.h"
#include "app/form.h"

/* title_ja, title_en: a changed one is a new text. */
enum err case_set_title(struct ctx *cx, str case_id, const struct input *in);
extern const struct field_rule title_rules[2];

/* tlp: CLEAR GREEN AMBER AMBER+STRICT RED; until publication. */
enum err case_set_tlp(struct ctx *cx, str case_id, const struct input *in);
extern const struct field_rule tlp_rules[1];

/* date, reason.  Reception and every contacted vendor are told of every change; the reason
 * goes to all contacted vendors. */
enum err case_set_date(struct ctx *cx, str case_id, const struct input *in);
extern const struct field_rule date_rules[2];

/* named: whether the vendors are shown each other's names.  The coordinator. */
enum err case_name_vendors(struct ctx *cx, str case_id, const struct input *in);
extern const struct field_rule named_rules[1];

/* vendors: further ones to be notified, beside those of 1.1.  The coordinator. */
enum err case_add_vendors(struct ctx *cx, str case_id, const struct input *in);
extern const struct field_rule vendors_rules[1];

/* org: an overseas coordinator or a priority body; level: none, overview, details; delegated:
 * the talk with the vendors, too (an overseas coordinator's).  The coordinator. */
enum err case_share(struct ctx *cx, str case_id, const struct input *in);
extern const struct field_rule share_rules[3];

/* person: of an analysis body under agreement.  Reception or the coordinator. */
enum err case_name_analyst(struct ctx *cx, str case_id, const struct input *in);
extern const struct field_rule analyst_rules[1];

/* A vendor that does not answer, or is not concerned after all: its lane waits no more.
 * reason: read by that vendor, too.  The coordinator. */
enum err case_close_lane(struct ctx *cx, str case_id, str lane, const struct input *in);
enum err case_reopen_lane(struct ctx *cx, str case_id, str lane, const struct input *in);
extern const struct field_rule reason_rules[1];

/* What this reader may do, for pages and the API. */
struct case_may {
    bool title, tlp, date, name_vendors, share, analyst, close_lane;
};
struct case_file;
void case_may(const struct ctx *cx, const struct case_file *cf, struct case_may *out);

#endif
