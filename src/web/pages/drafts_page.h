/* drafts_page.h - the advisories that were begun, for those who work on the portal. */
#ifndef WEB_PAGES_DRAFTS_PAGE_H
#define WEB_PAGES_DRAFTS_PAGE_H

#include "app/advisory.h"
#include "web/parts.h"

extern const struct routes drafts_routes;

struct draft_row {
    url href;
    str number, title, title_lang, state;
    enum look look;
    i64 begun;
    opt_i64 date; /* published, else planned */
};
struct draft_choice {
    url href;
    str label, here;
};
struct drafts_view {
    const struct draft_choice *views;
    size_t nviews;
    const struct draft_row *rows;
    size_t n;
    struct pager_view pager;
    url csv, json;
};
void tpl_drafts(struct html_out *o, const struct drafts_view *v);
void tpl_draft_row(struct html_out *o, const struct draft_row *r);

#endif
