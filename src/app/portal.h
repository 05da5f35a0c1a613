/* portal.h - what everybody may read: released advisories and the statistics.
 *
 * Nothing here looks at who reads; what comes was released. */
#ifndef APP_PORTAL_H
#define APP_PORTAL_H

#include "app/advisory.h"
#include "app/lists.h"

/* --- list --------------------------------------------------------------------------------- */

/* clang-format off */
enum severity { SEVERITY_NONE, SEVERITY_LOW, SEVERITY_MEDIUM, SEVERITY_HIGH, SEVERITY_CRITICAL,
                SEVERITY_COUNT };
enum portal_sort { PORTAL_PUBLISHED, PORTAL_UPDATED, PORTAL_SEVERITY, PORTAL_TITLE };
/* clang-format on */

enum severity severity_of(i64 score); /* ten times a CVSS score; -1: SEVERITY_NONE */
str severity_name(enum severity s);   /* none low medium high critical */

struct portal_filter {
    opt_i64 from, until;   /* published in [from, until) */
    opt_i64 updated_since; /* e.g. a week ago */
    int severity;          /* enum severity; -1: any */
    str vendor;            /* a part of a name, in either language */
    str status;            /* of some vendor; of that one, where `vendor` is given */
    str cwe, cve;          /* "CWE-79", "CVE-2023-5915" */
    bool critical;
    enum portal_sort sort; /* newest, highest first; titles from the start */
};
struct portal_line {
    str number, title, vendors, cves, cwes;
    i64 published, updated, score; /* ten times; -1: none */
    opt_i64 withdrawn;
    bool critical;
};
enum err portal_list(struct ctx *cx, enum lang lang, const struct portal_filter *f,
                     struct list_window *w, struct portal_line **out, size_t *n);

/* --- one ---------------------------------------------------------------------------------- */

struct portal_vuln {
    str cve, cwe, title;
    const struct vuln_vector *vectors;
    size_t nvectors;
    i64 score;
    opt_i64 exploit, attacks;
};
struct portal_change {
    i64 at;
    str text; /* a status word, or a sentence of the update history */
};
struct portal_vendor {
    str slug, name, status, statement, statement_lang, url;
    i64 updated;
    const struct portal_change *history; /* oldest first; text: the status then */
    size_t nhistory;
    const struct json *products; /* array of rows: app/product_rows.h */
};
struct portal_advisory {
    struct portal_line line;
    i64 revision;
    str section[SECTION_COUNT]; /* Markdown; empty: not there */
    const struct portal_vuln *vulns;
    size_t nvulns;
    const struct portal_vendor *vendors;
    size_t nvendors;
    const struct portal_change *history; /* newest first */
    size_t nhistory;
    str reason; /* of the withdrawal */
    bool other; /* there in the other language */
    opt_i64 other_published, other_updated;
    const struct json *content; /* the whole record, for the machine-readable formats */
};
/* How people call a vulnerability, by its ordinal: its CVE number, else its title, else "#2". */
str portal_vuln_name(struct arena *a, const struct portal_advisory *p, size_t ordinal);

/* "CVE-2026-10001, CVE-2026-10002": for which ones a vendor's row holds; absent: for all. */
str portal_row_about(struct arena *a, const struct portal_advisory *p,
                     const struct portal_vendor *v, size_t row);

/* number: with or without the prefix.  E_NOT_FOUND: not published in that language; then
 * *other says whether it is in the other one. */
enum err portal_get(struct ctx *cx, enum lang lang, str number, struct portal_advisory *out,
                    bool *other);

/* The newest changes, for a feed: like a list by PORTAL_UPDATED, with each overview. */
struct portal_entry {
    struct portal_line line;
    str overview; /* Markdown */
};
enum err portal_entries(struct ctx *cx, enum lang lang, size_t limit, struct portal_entry **out,
                        size_t *n);

/* Every public page there is, at most 10,000, those of one number together. */
struct portal_place {
    str number;
    enum lang lang;
    i64 updated;
};
enum err portal_places(struct ctx *cx, struct portal_place **out, size_t *n);

/* --- statistics --------------------------------------------------------------------------- */

enum { STATS_MONTHS = 24, STATS_DAYS = 9 };
struct month_count {
    int year, month;
    i64 published, received; /* received: reports of all kinds */
};
/* Each figure has a title and a sentence that says what is counted. */
/* clang-format off */
enum stats_figure { STATS_PUBLISHED, STATS_BY_SEVERITY, STATS_BY_ORIGIN, STATS_BY_DAYS,
                    STATS_RECEIVED, STATS_STATES, STATS_VENDORS, STATS_QUARTERS,
                    STATS_FIGURE_COUNT };
/* clang-format on */
str stats_title(enum stats_figure f, enum lang lang);
str stats_definition(enum stats_figure f, enum lang lang);

struct portal_stats {
    i64 now;
    struct month_count months[STATS_MONTHS]; /* oldest first, in Japan's zone; the last runs */
    i64 published;                           /* since the start */
    i64 by_severity[SEVERITY_COUNT];
    i64 by_origin[3];               /* finder, overseas, own */
    i64 days[STATS_DAYS];           /* from acceptance: see stats_days_from() */
    i64 with_acceptance, within_45; /* published ones whose acceptance is known */
    i64 product_states[5];          /* received, accepted, refused, published, ended otherwise */
    i64 website_total;              /* never by state: no site is to be recognised */
    i64 vendors;                    /* registered */
};
enum err portal_stats(struct ctx *cx, struct portal_stats *out);

/* Only the months, and how many are published: the rest goes through every report. */
enum err portal_stats_months(struct ctx *cx, struct portal_stats *out);
int stats_days_from(int bucket); /* 0 11 21 31 46 51 101 201 301: the first day of each */

/* The table of the quarterly report: product and website reports a quarter. */
struct quarter {
    int year, quarter;
    i64 product, website, product_sum, website_sum; /* sums since the start */
    i64 published, published_sum, own, within_45;
    i64 website_fixed, website_fixed_sum, website_within_90;
    i64 working_days; /* since the first report, Japan's weekdays: reports a working day */
};
enum err portal_quarters(struct ctx *cx, size_t most, struct quarter **out, size_t *n);

#endif
