/* cve_page.h - the CVE record of a vulnerability, and what is asked of CVE Services. */
#ifndef WEB_PAGES_CVE_PAGE_H
#define WEB_PAGES_CVE_PAGE_H

#include "app/cve_jobs.h"
#include "web/field.h"
#include "web/parts.h"

extern const struct routes cve_routes;

struct cve_finding_item {
    bool must;
    str level, rule, text;
};
struct cve_job_item {
    str kind, state, cve, error, message;
    i64 made;
};
struct cve_view {
    str number, name, json;
    url cases, case_href, vulns, ask, publish;
    bool is_public, may_ask, may_publish;
    html csrf, problems;
    const struct cve_finding_item *findings;
    size_t nfindings;
    const struct cve_job_item *jobs;
    size_t njobs;
};
void tpl_cve(struct html_out *o, const struct cve_view *v);

#endif
