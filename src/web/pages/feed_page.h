/* feed_page.h - for programs that follow the portal: Atom, sitemap, robots.txt, security.txt. */
#ifndef WEB_PAGES_FEED_PAGE_H
#define WEB_PAGES_FEED_PAGE_H

#include "web/route.h"

extern const struct routes feed_routes;

#endif
