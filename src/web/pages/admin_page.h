/* admin_page.h - for who runs the system: how it fares, its settings, what was done to it. */
#ifndef WEB_PAGES_ADMIN_PAGE_H
#define WEB_PAGES_ADMIN_PAGE_H

#include "app/health.h"
#include "web/parts.h"

extern const struct routes admin_routes;

struct health_line {
    str label, state, detail;
    enum look look;
};
struct admin_view {
    const struct health_line *lines;
    size_t n;
    const struct health_part *parts; /* as /readyz says it */
    size_t nparts;
    url orgs, people, settings, log, letters, ready;
};
void tpl_admin(struct html_out *o, const struct admin_view *v);

#endif
