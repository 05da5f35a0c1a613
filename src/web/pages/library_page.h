/* library_page.h - advisories of others: the list, one of them, one that is handed in. */
#ifndef WEB_PAGES_LIBRARY_PAGE_H
#define WEB_PAGES_LIBRARY_PAGE_H

#include "app/library.h"
#include "web/form.h"
#include "web/parts.h"

extern const struct routes library_routes;

struct library_row {
    url href;
    str id, title, lang, publisher, cves, tlp;
    i64 at, score, findings;
};
struct library_list_view {
    url act, csv, json;
    str q, product, cve, since, until;
    html kept; /* the order, hidden */
    struct filter_view filters[2];
    struct sort_head by_date, by_severity;
    const struct library_row *rows;
    size_t n;
    struct pager_view pager;
    bool any;     /* something is asked for */
    bool counted; /* the pager says how many there are */
    bool may_import;
    html csrf, problems, file;
};
void tpl_library(struct html_out *o, const struct library_list_view *v);
void tpl_library_filter(struct html_out *o, const struct library_list_view *v);
void tpl_library_add(struct html_out *o, const struct library_list_view *v);
void tpl_library_row(struct html_out *o, const struct library_row *r);

struct library_mark { /* of a list: a text, perhaps with an address */
    str text, more;
    str lang; /* of the text, or empty */
    url href;
};
struct library_marks {
    const struct library_mark *v;
    size_t n;
};
struct library_revision_row {
    str version, source, sha256, signature;
    enum look look;
    i64 imported;
    opt_i64 updated;
    url href;
};
struct library_entry_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    str title, lang, tlp, summary, invalid, products_more;
    i64 score;
    const struct fact_line *facts;
    size_t nfacts;
    struct library_marks cves, vectors, products, links;
    const struct library_revision_row *revisions;
    size_t nrevisions;
};
void tpl_library_entry(struct html_out *o, const struct library_entry_view *v);
void tpl_library_marks(struct html_out *o, str id, str heading, const struct library_marks *m);
void tpl_library_revisions(struct html_out *o, const struct library_entry_view *v);

/* What others say, on other pages: title with its publisher and day. */
struct library_marks library_marks_of(struct ctx *cx, const struct library_line *lines, size_t n);

/* For a page that anybody may read: what is open, at its publisher's own address. */
enum err library_marks_public(struct ctx *cx, struct strs cves, struct library_marks *out);

#endif
