/* audit_page.h - for auditors: dates and history of the own organisation's cases, no content. */
#ifndef WEB_PAGES_AUDIT_PAGE_H
#define WEB_PAGES_AUDIT_PAGE_H

#include "app/audit.h"
#include "web/form.h"

extern const struct routes audit_routes;

struct audit_tab {
    str label, here;
    url href;
};
/* One filter that is typed: a number, a day. */
struct audit_field {
    str name, label, type, value;
};
struct audit_case_line {
    str number, flow, phase;
    url href; /* to its history */
    struct audit_case c;
    bool late, over;
};
struct audit_view {
    struct audit_tab tabs[2];
    url act;
    html kept;
    const struct audit_field *fields;
    size_t nfields;
    const struct filter_view *filters;
    size_t nfilters;
    const struct audit_case_line *cases;
    const struct audit_entry *entries;
    size_t n;
    struct sort_head by_opened;
    struct pager_view pager;
    url csv, json;
    str prefix; /* in front of numbers: "KKH#" */
};
void tpl_audit(struct html_out *o, const struct audit_view *v);
void tpl_audit_head(struct html_out *o, const struct audit_view *v);
void tpl_audit_foot(struct html_out *o, const struct audit_view *v);
void tpl_audit_history(struct html_out *o, const struct audit_view *v);

#endif
