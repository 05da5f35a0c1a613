/* sign_in_page.h - signing in and out, for people and for finders with a receipt key. */
#ifndef WEB_PAGES_SIGN_IN_PAGE_H
#define WEB_PAGES_SIGN_IN_PAGE_H

#include "web/route.h"

extern const struct routes sign_in_routes;

struct sign_in_view {
    html problems, fields, hidden, csrf;
    url act;
    bool demo;
};
void tpl_sign_in(struct html_out *o, const struct sign_in_view *v);
void tpl_track(struct html_out *o, const struct sign_in_view *v);

#endif
