/* org_page.h - organisations: looked up, looked at. */
#ifndef WEB_PAGES_ORG_PAGE_H
#define WEB_PAGES_ORG_PAGE_H

#include "app/orgs.h"
#include "app/people.h"
#include "web/form.h"

extern const struct routes org_routes;

/* "/ja/organisations/mihon" + more. */
url org_url(struct ctx *cx, str slug, const char *more);

/* Its name in the reader's language. */
str org_name(const struct ctx *cx, const struct org_view *v);

/* What kind of department, as people call it. */
str kind_word_of(struct ctx *cx, str org_kind, str kind);

/* "Organisations / Mihon / title" (absent: the organisation's own page); of whoever may not look
 * others up, without the list.  Returns how many. */
enum { ORG_CRUMBS = 3 };
size_t org_crumbs(struct ctx *cx, const struct org_view *v, str title, struct crumb *out);

/* --- the list --------------------------------------------------------------------------------- */

struct orgs_line {
    url href;
    str name, slug, kind, region, registration;
    bool takes_reports, disabled;
};
struct orgs_view {
    url act, begin; /* begin: empty where the reader may make none */
    bool may_begin;
    str part;
    const struct filter_view *filters;
    size_t nfilters;
    html kept; /* the order, as hidden field */
    struct sort_head by_name, by_age;
    const struct orgs_line *lines;
    size_t n;
    struct pager_view pager;
    url csv, json;
};
void tpl_orgs(struct html_out *o, const struct orgs_view *v);
void tpl_orgs_rows(struct html_out *o, const struct orgs_view *v);

/* --- one -------------------------------------------------------------------------------------- */

struct org_dept_line {
    str name, other, other_lang, kinds;
    i64 people;
    bool disabled;
    url edit;
};
struct org_member_row {
    str name, login, dept, role;
    i64 since;
    opt_i64 until;
    bool over, coming, disabled;
    url person, change; /* empty: the reader may not */
    struct act_view end;
};
struct org_page_view {
    const struct org_view *org;
    str name, other, other_lang, kind, unanswered;
    const struct crumb *crumbs;
    size_t ncrumbs;
    const struct fact_line *facts;
    size_t nfacts;
    const struct org_dept_line *depts;
    size_t ndepts;
    bool has_people;
    const struct org_member_row *people;
    size_t npeople;
    bool vendor, may_see_public;
    url edit, kinds, dept_new, member_new, person_new, log, public_page;
    struct act_view disable;
};
void tpl_org(struct html_out *o, const struct org_page_view *v);
void tpl_org_head(struct html_out *o, const struct org_page_view *v);
void tpl_org_depts(struct html_out *o, const struct org_page_view *v);
void tpl_org_people(struct html_out *o, const struct org_page_view *v);
void tpl_org_member(struct html_out *o, const struct org_member_row *m, bool may);

#endif
