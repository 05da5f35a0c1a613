/* reports_page.h - the reports that a seat has: the queue, and each of them. */
#ifndef WEB_PAGES_REPORTS_PAGE_H
#define WEB_PAGES_REPORTS_PAGE_H

#include "web/report_out.h"

extern const struct routes reports_routes;

struct reports_tab {
    str label, count, here; /* count: empty where it is not counted */
    url href;
};
struct reports_line {
    url href, case_href;
    str receipt, title, lang, kind, source, state, clock, number;
    enum look look;
    opt_i64 due, since;
    i64 received;
};
struct reports_view {
    const struct reports_tab *queues, *stands;
    size_t nqueues, nstands;
    bool intake; /* more columns, and filters */
    bool site;   /* nothing of what was reported */
    const struct filter_view *filters;
    size_t nfilters;
    html kept; /* what else is in the address */
    url act, csv, json, begin;
    str begin_label; /* empty: nothing can be begun here */
    struct sort_head received;
    const struct reports_line *lines;
    size_t n;
    struct pager_view pager;
    str empty, empty_how;
};
void tpl_reports(struct html_out *o, const struct reports_view *v);
void tpl_reports_rows(struct html_out *o, const struct reports_view *v);
void tpl_reports_head(struct html_out *o, const struct reports_view *v);

#endif
