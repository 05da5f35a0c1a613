/* admin_log.h - what was done to an organisation, or to the installation, as a list. */
#ifndef WEB_PAGES_ADMIN_LOG_H
#define WEB_PAGES_ADMIN_LOG_H

#include "app/admin.h"
#include "web/parts.h"

struct admin_log_view {
    str title, intro;
    const struct crumb *crumbs;
    size_t ncrumbs;
    const struct admin_line *lines;
    size_t n;
    struct pager_view pager;
    url csv, json;
};
void tpl_admin_log(struct html_out *o, const struct admin_log_view *v);
void tpl_admin_log_rows(struct html_out *o, const struct admin_log_view *v);

/* The list as page, CSV or JSON.  org_id absent: of the installation; v: title, intro, crumbs. */
enum err admin_log(struct ctx *cx, struct request *rq, struct reply *an, str org_id,
                   struct admin_log_view *v);

#endif
