/* content_page.h - the pages about the site itself, from content/, and the process as it is
 * loaded, drawn and told. */
#ifndef WEB_PAGES_CONTENT_PAGE_H
#define WEB_PAGES_CONTENT_PAGE_H

#include "web/route.h"

extern const struct routes content_routes;

struct content_view {
    str title;
    html body;
};
void tpl_content(struct html_out *o, const struct content_view *v);

/* One step as a line: "1.2.1 Overview notified: Coordinator → POC". */
struct flow_step {
    str id, title, way, with, share;
    bool decision;
};
struct flow_phase {
    str name;
    int number;
    const struct flow_step *steps;
    size_t nsteps;
};
struct flow_view {
    str id, title;
    html svg;
    const struct flow_phase *phases;
    size_t nphases;
};
struct process_view {
    struct content_view content;
    const struct flow_view *flows;
    size_t nflows;
};
void tpl_process(struct html_out *o, const struct process_view *v);
void tpl_flow(struct html_out *o, const struct flow_view *f);

#endif
