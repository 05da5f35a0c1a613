/* cases_page.h - the desk: one's cases, what waits, what is due. */
#ifndef WEB_PAGES_CASES_PAGE_H
#define WEB_PAGES_CASES_PAGE_H

#include "web/pages/step_card.h"

extern const struct routes cases_routes, inbox_routes, clocks_routes;

/* --- cases ---------------------------------------------------------------------------------------- */

struct cases_line {
    url href;
    str title, title_lang, number; /* title empty: not for this reader */
    str flow, phase;               /* phase empty: not to be told */
    bool done;
    str own, others; /* who is awaited; empty: nobody */
    opt_i64 due, planned, published;
    i64 opened;
};
struct cases_view {
    const struct filter_view *filters;
    size_t nfilters;
    html kept;
    url act, csv, json;
    struct sort_head opened;
    const struct cases_line *v;
    size_t n;
    struct pager_view pager;
    str empty, empty_how;
};
void tpl_cases(struct html_out *o, const struct cases_view *v);
void tpl_cases_line(struct html_out *o, const struct cases_line *l);

/* --- inbox ---------------------------------------------------------------------------------------- */

struct inbox_line {
    url href;
    str heading, number, title, title_lang, dept;
    bool sign, open; /* sign: a signature; open: the card follows */
    i64 since;
    opt_i64 due;
};
struct inbox_approval { /* a release plan that waits for the reader */
    url href;
    str what, state, number, title, title_lang, zone_at, planner;
    str held_why; /* empty: it is not held */
    enum look look;
    bool at_once; /* it had come when it was planned */
    i64 at;
};
struct inbox_view {
    const struct inbox_approval *approvals;
    size_t napprovals;
    str seat; /* departments of the reader */
    i64 late;
    const struct filter_view *filters;
    size_t nfilters;
    html kept;
    url act, csv, json;
    struct sort_head due, since;
    const struct inbox_line *v;
    size_t n;
    const struct step_card *card;
    struct pager_view pager;
    i64 total;
};
void tpl_inbox(struct html_out *o, const struct inbox_view *v);
void tpl_inbox_approvals(struct html_out *o, const struct inbox_view *v);
void tpl_inbox_rows(struct html_out *o, const struct inbox_view *v);

/* --- clocks ---------------------------------------------------------------------------------------- */

struct clocks_line {
    url href;
    str what, lane, source, number, title, title_lang;
    i64 due;
    bool late, reached, moved;
};
struct clocks_view {
    url csv, json;
    const struct filter_view *filters;
    size_t nfilters;
    url act;
    const struct clocks_line *v;
    size_t n;
    i64 late;
    bool more;
    str count;
};
void tpl_clocks(struct html_out *o, const struct clocks_view *v);

#endif
