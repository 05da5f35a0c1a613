/* portal_filter.h - what a reader of the portal's list asked for, by the query of its address. */
#ifndef WEB_PAGES_PORTAL_FILTER_H
#define WEB_PAGES_PORTAL_FILTER_H

#include "app/portal.h"
#include "web/parts.h"

/* clang-format off */
enum portal_field {
    PF_PERIOD, PF_SEVERITY, PF_VENDOR, PF_STATUS, PF_CWE, PF_CVE, PF_FROM, PF_UNTIL, PF_URGENT,
    PF_UPDATED, PF_SORT, PF_COUNT
};
/* clang-format on */

struct portal_asked {
    struct portal_filter f;
    str typed[PF_COUNT]; /* as it came; empty: not */
    bool more;           /* one of those that are folded away was used */
    bool any;            /* there is any filter */
};

/* E_INVALID: a value that cannot be; the problems say which. */
enum err portal_ask(struct ctx *cx, const struct request *rq, struct portal_asked *out);

/* The fields, filled with what was asked. */
struct portal_form {
    url act;
    struct filter_view period, severity, status;
    str vendor, cwe, cve, from, until, sort;
    bool urgent, updated, more;
    html problems;
};
struct portal_form portal_form(struct ctx *cx, const struct portal_asked *asked);
void tpl_portal_form(struct html_out *o, const struct portal_form *v);

/* "/ja/advisories.csv?cwe=CWE-79": the list with the same filters under another name. */
url portal_url(struct ctx *cx, const char *path, const struct request *rq);

#endif
