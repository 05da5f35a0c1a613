/* statistics_page.h - the figures: each a chart, its table, its definition; and as CSV. */
#ifndef WEB_PAGES_STATISTICS_PAGE_H
#define WEB_PAGES_STATISTICS_PAGE_H

#include "app/portal.h"
#include "web/parts.h"

extern const struct routes statistics_routes;

struct stat_row {
    str label;
    i64 n;
    str share; /* "25%"; empty: none */
};
struct stat_chart {
    str id, title, text; /* text: how it is counted */
    str note;            /* a sentence with the figure that matters; empty: none */
    html svg;
    str column;
    bool shares;
    const struct stat_row *rows;
    size_t nrows;
    url csv;
};
void tpl_stat_chart(struct html_out *o, const struct stat_chart *c);

struct stat_quarter {
    str label;
    struct quarter q;
    str per_day, within_45, within_90; /* "0.42", "3 (50%)" */
};
struct stat_figure {
    str label, value, text;
};
struct statistics_view {
    i64 now;
    const struct stat_figure *figures;
    size_t nfigures;
    const struct stat_chart *charts;
    size_t ncharts;
    html lines; /* product and website reports by quarter */
    const struct stat_quarter *quarters;
    size_t nquarters;
    url csv;
};
void tpl_statistics(struct html_out *o, const struct statistics_view *v);
void tpl_stat_quarters(struct html_out *o, const struct statistics_view *v);
void tpl_stat_quarter(struct html_out *o, const struct stat_quarter *r);

#endif
