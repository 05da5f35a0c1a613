/* org_edit_page.h - organisations are made, edited and disabled. */
#ifndef WEB_PAGES_ORG_EDIT_PAGE_H
#define WEB_PAGES_ORG_EDIT_PAGE_H

#include "web/route.h"

/* Before org_routes: "new" is no organisation's name. */
extern const struct routes org_edit_routes;

#endif
