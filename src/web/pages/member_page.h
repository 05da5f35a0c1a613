/* member_page.h - who acts for a department of an organisation, as what, from when to when. */
#ifndef WEB_PAGES_MEMBER_PAGE_H
#define WEB_PAGES_MEMBER_PAGE_H

#include "web/route.h"

extern const struct routes member_routes;

#endif
