/* metrics.h - CVSS vectors as people read them: version, score, each metric in words. */
#ifndef WEB_METRICS_H
#define WEB_METRICS_H

#include "app/ctx.h"
#include "formats/cvss.h"
#include "web/html.h"

struct metric_view {
    str name, code, value; /* "Attack vector", "AV", "Network" */
};
struct vector_view {
    str version; /* "CVSS v3.1" */
    str vector;  /* as written */
    str issuer;  /* who scored it, as a word; empty: not said */
    str severity;
    i64 score; /* base, ten times; -1: cannot be told */
    const struct metric_view *v;
    size_t n;
};
void tpl_vector(struct html_out *o, const struct vector_view *v);
void tpl_vector_line(struct html_out *o, const struct vector_view *v);

/* issuer: coordinator vendor finder other, or absent.  A vector that cannot be read has no
 * metrics and no score. */
struct vector_view vector_view(struct ctx *cx, str issuer, str vector);

/* "Attack vector", and what a value of it is called: "Network". */
str metric_name(struct arena *a, enum cvss_version version, str metric, enum lang lang);
str metric_value(struct arena *a, enum cvss_version version, str metric, str value, enum lang lang);

/* "CWE-79", and the name with it: "CWE-79 Cross-site scripting". */
str cwe_words(struct arena *a, str cwe, enum lang lang);
url cwe_url(struct arena *a, str cwe);
url cve_url(struct arena *a, str cve);

#endif
