/* myjvn_page.h - the MyJVN API over our own advisories, and JVN's search by CVE. */
#ifndef WEB_PAGES_MYJVN_PAGE_H
#define WEB_PAGES_MYJVN_PAGE_H

#include "web/route.h"

extern const struct routes myjvn_routes;

#endif
