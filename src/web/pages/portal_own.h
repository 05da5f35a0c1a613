/* portal_own.h - between the files of the portal's pages. */
#ifndef WEB_PAGES_PORTAL_OWN_H
#define WEB_PAGES_PORTAL_OWN_H

#include "formats/svg.h"
#include "web/pages/portal_page.h"

struct portal_row portal_row(struct ctx *cx, const struct portal_line *l);

/* GET /{lang}/advisories?q=… */
enum err portal_search(struct ctx *cx, struct request *rq, struct reply *an);

/* The last n months of the statistics, with their points for a chart. */
struct months {
    const struct month_count *v;
    size_t n;
    const struct svg_point *points;
    const str *labels; /* "September 2026" */
};
struct months portal_months(struct ctx *cx, const struct portal_stats *s, size_t n);

/* "September"; in Japanese "9月". */
str month_name(int month, enum lang lang);

#endif
