/* myjvn.h - the answers of the MyJVN API: XML (feed=hnd, 3.3) and JSON (feed=oka, 4.0.0).
 *
 * Of XML, overviews are JVNRSS (jvnrss.h) and details VULDEF (vuldef.h); the rest is here.  What
 * is written validates against IPA's schemas where they admit the content at all: an answer with
 * nothing found, or an error, has the Status alone. */
#ifndef FORMATS_MYJVN_H
#define FORMATS_MYJVN_H

#include "formats/json.h"
#include "formats/jvn.h"

/* What stands in the head of an answer. */
struct myjvn_head {
    str lang, title, link; /* link: of the service */
    str author, author_uri;
    str id; /* of the feed of alerts: an IRI */
    i64 now;
    opt_i64 updated;
    const struct jvn_status *status;
};

/* --- vendors and products --- */

struct myjvn_product {
    i64 pid;
    str name, cpe; /* cpe:/a:vendor:product */
};
struct myjvn_vendor {
    i64 vid;
    str name, cpe; /* cpe:/:vendor */
    const struct myjvn_product *products;
    size_t nproducts;
};
struct myjvn_vendors {
    const struct myjvn_vendor *v;
    size_t n;
};
str myjvn_vendors_xml(struct arena *a, const struct myjvn_head *h, const struct myjvn_vendors *v);
str myjvn_vendors_json(struct arena *a, const struct myjvn_head *h, const struct myjvn_vendors *v);

/* --- statistics --- */

/* clang-format off */
enum myjvn_theme { MYJVN_SUM_ALL, MYJVN_SUM_JVNDB, MYJVN_SUM_CVSS, MYJVN_SUM_CWE };
enum { MYJVN_RATINGS = 5 }; /* None Low Medium High Critical */
/* clang-format on */

struct myjvn_count {
    str date;                        /* 2024, 2024-1Q or 2024-01 */
    int year, month;                 /* month: of a count by months, else 0 */
    i64 all, by[MYJVN_RATINGS], cwe; /* cwe: with that weakness */
};
struct myjvn_statistics {
    enum myjvn_theme theme;
    str cwe, cwe_ja, cwe_en;                /* cwe empty: none was asked for */
    i64 vulnerabilities, vendors, products; /* all there are */
    const struct myjvn_count *v;
    size_t n;
    str product, from, until; /* what was asked for, as it was asked; empty: nothing */
};
str myjvn_statistics_xml(struct arena *a, const struct myjvn_head *h,
                         const struct myjvn_statistics *s);

/* The counts by months, whatever span was asked for, as this version has it. */
str myjvn_statistics_json(struct arena *a, const struct myjvn_head *h,
                          const struct myjvn_statistics *s);

/* --- alerts --- */

struct myjvn_alert_item {
    str title, id, summary, link, author;
    str vendor; /* of the products; absent: the XML is as JVN's, which is not valid there */
    struct strs cpes;
    opt_i64 published, updated;
};
struct myjvn_alert {
    str title, id, summary, link; /* summary, link: absent where there is none */
    str term, label;
    opt_i64 published, updated;
    const struct myjvn_alert_item *items;
    size_t nitems;
};
struct myjvn_alerts {
    const struct myjvn_alert *v;
    size_t n;
};
str myjvn_alerts_xml(struct arena *a, const struct myjvn_head *h, const struct myjvn_alerts *v);
str myjvn_alerts_hnd_json(struct arena *a, const struct myjvn_head *h,
                          const struct myjvn_alerts *v); /* ft=json of hnd */
str myjvn_alerts_json(struct arena *a, const struct myjvn_head *h, const struct myjvn_alerts *v);

/* --- advisories, feed=oka --- */

str myjvn_overview_json(struct arena *a, const struct myjvn_head *h, const struct jvn_entries *v);

/* One advisory, in the shape of CSAF that JVN gave it.  NULL: none, the status alone. */
str myjvn_csaf_json(struct arena *a, const struct myjvn_head *h, const struct jvn_entry *e);

/* Many, as a STIX bundle with JVN's own object.  id: a UUID for the bundle and the object. */
str myjvn_stix_json(struct arena *a, const struct myjvn_head *h, const struct jvn_entries *v,
                    str id);

/* An error before it was known what was asked for, as XML: a Result with the Status alone. */
str myjvn_nothing_xml(struct arena *a, const struct jvn_status *status);

/* --- names of products --- */

/* cpe:2.3:a:v:p:*:*:*:*:*:*:*:* of cpe:/a:v:p, its parts as they are; absent: no CPE 2.2. */
str myjvn_cpe23(struct arena *a, str cpe);
str myjvn_pid(struct arena *a, str cpe); /* jvnpid:1.0::v:p */

/* Whether a CPE 2.2 fits what was asked for, without regard to case: * stands for anything, and
 * what was not asked for fits. */
bool myjvn_cpe_fits(str pattern, str cpe);

/* The same of names alone, without "cpe:/a" in front: "vendor:product". */
bool myjvn_names_fit(str pattern, str names);

#endif
