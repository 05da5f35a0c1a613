/* vulns_page.h - the vulnerabilities of a case: identifiers, vectors with their scores, facts. */
#ifndef WEB_PAGES_VULNS_PAGE_H
#define WEB_PAGES_VULNS_PAGE_H

#include "app/vulns.h"
#include "web/field.h"
#include "web/metrics.h"
#include "web/pages/library_page.h"
#include "web/parts.h"

extern const struct routes vulns_routes;

struct vuln_item {
    str id, name, title, title_lang, cve, cwe, note; /* name: the CVE, or its place in the list */
    url cve_href, cwe_href, edit, record;
    bool has_record; /* the CVE record can be looked at */
    i64 score;
    const struct vector_view *vectors;
    size_t nvectors;
    opt_i64 since[WORLD_COUNT];
};

/* One line of the table of vectors. */
struct vuln_vector_row {
    str label, id, issuer, vector, value, error, invalid, described;
    struct field_option options[4];
};
struct vuln_fact {
    str label;
    i64 at;
};
struct vuln_form {
    str heading;
    bool conflict;
    html csrf, rev, problems, fields, world; /* world: dates that are not set yet */
    url act, cancel;
    const struct vuln_vector_row *rows;
    size_t nrows;
    const struct vuln_fact *facts; /* dates that are */
    size_t nfacts;
};
struct vulns_view {
    str number;
    url cases, case_href, add;
    bool may_edit, writing;
    const struct vuln_item *items;
    size_t n;
    struct vuln_form form;
    struct library_marks others; /* what others published about these CVEs */
};
void tpl_vulns(struct html_out *o, const struct vulns_view *v);
void tpl_vuln_item(struct html_out *o, const struct vuln_item *x, bool may_edit);
void tpl_vuln_facts(struct html_out *o, const struct vuln_item *x);
void tpl_vuln_form(struct html_out *o, const struct vuln_form *f);
void tpl_vuln_vectors(struct html_out *o, const struct vuln_form *f);

#endif
