/* people_page.h - accounts: looked up, looked at, made, edited, disabled, given a new password. */
#ifndef WEB_PAGES_PEOPLE_PAGE_H
#define WEB_PAGES_PEOPLE_PAGE_H

#include "app/people.h"
#include "app/tokens.h"
#include "web/form.h"

extern const struct routes people_routes, person_edit_routes;

/* "/ja/people/mihon.poc" + more. */
url person_url(struct ctx *cx, str login, const char *more);

/* "People / name / title"; returns how many. */
enum { PERSON_CRUMBS = 3 };
size_t person_crumbs(struct ctx *cx, const struct person_view *p, str title, struct crumb *out);

struct people_line {
    url href;
    str login, name, email, flags;
    bool must_change, disabled;
};
struct people_view {
    str org, part; /* org: name of the one whose people these are; empty: all */
    url act, begin;
    html kept;
    const struct filter_view *filters;
    size_t nfilters;
    const struct people_line *lines;
    size_t n;
    struct pager_view pager;
    struct sort_head by_login, by_age;
    url csv, json;
};
void tpl_people(struct html_out *o, const struct people_view *v);
void tpl_people_rows(struct html_out *o, const struct people_view *v);

/* Somebody's part in an organisation. */
struct seat_line {
    str org, dept, role;
    url href;
    i64 since;
    opt_i64 until;
    bool over, coming;
};
void tpl_seats(struct html_out *o, const struct seat_line *v, size_t n);
struct seat_line *seat_lines(struct ctx *cx, const struct person_view *p);

/* API tokens; hidden: of the form that revokes one. */
struct token_row {
    str name, certificate; /* certificate: its fingerprint in lines; empty: a token */
    i64 created;
    opt_i64 expires, used;
    bool revoked, over;
    html hidden;
};
struct tokens_view {
    const struct token_row *lines;
    size_t n;
    url act;
};
void tpl_tokens(struct html_out *o, const struct tokens_view *v);
enum err tokens_fill(struct ctx *cx, const struct request *rq, str person_id,
                     struct tokens_view *v);

struct person_page_view {
    const struct crumb *crumbs;
    size_t ncrumbs;
    const struct person_view *person;
    str name, other, other_lang;
    const struct fact_line *facts;
    size_t nfacts;
    const struct seat_line *seats;
    bool has_tokens;
    struct tokens_view tokens;
    url edit;
    struct act_view reset, disable;
};
void tpl_person(struct html_out *o, const struct person_page_view *v);
void tpl_person_head(struct html_out *o, const struct person_page_view *v);

#endif
