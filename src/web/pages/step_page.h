/* step_page.h - one step alone, and what may be done with it: answer, sign, invite, skip. */
#ifndef WEB_PAGES_STEP_PAGE_H
#define WEB_PAGES_STEP_PAGE_H

#include "web/pages/step_card.h"

extern const struct routes step_routes;

struct step_page {
    const struct case_ident *ident;
    const struct step_card *card;
    const struct crumb *crumbs;
    size_t ncrumbs;
    str heading;
};
void tpl_step_page(struct html_out *o, const struct step_page *p);

#endif
