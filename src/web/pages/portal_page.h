/* portal_page.h - the front page of the portal, the list of advisories, the search in them. */
#ifndef WEB_PAGES_PORTAL_PAGE_H
#define WEB_PAGES_PORTAL_PAGE_H

#include "web/pages/portal_filter.h"

extern const struct routes portal_routes;

struct portal_row {
    url href;
    str number;          /* with its prefix */
    html title, vendors; /* with what was searched for marked */
    html excerpt;        /* of the text, where that was found in it; else empty */
    html cve;
    i64 more_cves; /* beside that one */
    i64 score, published, updated;
    bool urgent, withdrawn;
};
void tpl_portal_row(struct html_out *o, const struct portal_row *r);

struct portal_month {
    str label;
    i64 n;
};
struct portal_chart {
    html svg;
    str span; /* "October 2025 to September 2026, 150 in all" */
    const struct portal_month *months;
    size_t nmonths;
};
void tpl_portal_chart(struct html_out *o, const struct portal_chart *v);

struct portal_saved {
    url href;
    str label, here; /* aria-current */
};

struct portal_view {
    bool front; /* with the name of the site, the search and the chart above the list */
    struct portal_chart chart;
    url search, report, track;
    str q; /* what was searched for; empty: a list */
    str direct_number;
    url direct;
    struct portal_form form;
    const struct portal_saved *views;
    size_t nviews;
    struct sort_head title, score, published, updated;
    const struct portal_row *rows;
    size_t nrows;
    str count;
    struct pager_view pager;
    url csv, json, atom;
};
void tpl_portal(struct html_out *o, const struct portal_view *v);
void tpl_portal_hero(struct html_out *o, const struct portal_view *v);
void tpl_portal_list(struct html_out *o, const struct portal_view *v);
void tpl_portal_hits(struct html_out *o, const struct portal_view *v);
void tpl_portal_table(struct html_out *o, const struct portal_view *v);

#endif
