/* advisory_page.h - one released advisory, as everybody reads it. */
#ifndef WEB_PAGES_ADVISORY_PAGE_H
#define WEB_PAGES_ADVISORY_PAGE_H

#include "app/portal.h"
#include "web/metrics.h"
#include "web/pages/library_page.h"
#include "web/parts.h"

extern const struct routes advisory_routes;

struct adv_section {
    str id, heading;
    html body; /* of its Markdown; empty: nothing but what the program adds */
};
struct adv_vuln {
    str cve, cwe, title; /* cwe: with its name */
    url cve_href, cwe_href;
    const struct vector_view *vectors;
    size_t nvectors;
    opt_i64 exploit, attacks;
};
struct adv_vendor {
    str name, status;
    enum look look;
    i64 updated;
    url notes; /* its own page; empty: none */
    str notes_label;
    const struct portal_change *history;
    size_t nhistory;
    html statement;
    str statement_lang;
    const struct adv_product *products;
    size_t nproducts;
    bool says_more; /* a statement, or products */
};
struct adv_product {
    const struct product_view *row;
    str status;
    enum look look;
};

/* Also what the editor shows of a draft. */
struct adv_view {
    str number, title, lang;
    i64 score;
    bool urgent, withdrawn;
    str pre; /* before every id, where two of them stand on a page */
    html reason;
    i64 withdrawn_at;
    struct adv_section section[SECTION_COUNT]; /* by enum section */
    const struct adv_vuln *vulns;
    size_t nvulns;
    const struct adv_vendor *vendors;
    size_t nvendors;
    const struct portal_change *history;
    size_t nhistory;
    i64 published, updated;
    url list, other, data, feed, contact;
    url paper;            /* as PDF; empty: not offered */
    url csaf_20, csaf_21; /* empty: no public files are made */
    str other_name, other_lang, coordinator;
    bool has_other;
    opt_i64 other_published;
    struct library_marks others; /* what others published about its CVEs; of a public page alone */
};
void tpl_advisory(struct html_out *o, const struct adv_view *v);
void tpl_advisory_head(struct html_out *o, const struct adv_view *v);
void tpl_advisory_doc(struct html_out *o, const struct adv_view *v);
void tpl_advisory_facts(struct html_out *o, const struct adv_view *v);
void tpl_adv_prose(struct html_out *o, const struct adv_view *v, enum section s);
void tpl_adv_vulns(struct html_out *o, const struct adv_view *v);
void tpl_adv_vendors(struct html_out *o, const struct adv_view *v);
void tpl_adv_vendor(struct html_out *o, const struct adv_vendor *x);
void tpl_adv_said(struct html_out *o, const struct adv_vendor *x);
void tpl_adv_analysis(struct html_out *o, const struct adv_view *v);
void tpl_adv_history(struct html_out *o, const struct adv_view *v);

/* "/ja/advisories/41827360.pdf"; empty: not offered. */
url paper_url(struct ctx *cx, enum lang lang, str number);

/* What somebody finds who asks for paper where nothing makes it. */
struct adv_no_paper {
    str number;
    url page;
};
void tpl_advisory_no_paper(struct html_out *o, const struct adv_no_paper *v);

/* What somebody finds who asks for a language that is not there yet. */
struct adv_elsewhere {
    str number, lang, name;
    url href, list;
};
void tpl_advisory_elsewhere(struct html_out *o, const struct adv_elsewhere *v);

#endif
