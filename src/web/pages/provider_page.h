/* provider_page.h - the CSAF provider's files, as they stand in the public folder. */
#ifndef WEB_PAGES_PROVIDER_PAGE_H
#define WEB_PAGES_PROVIDER_PAGE_H

#include "web/route.h"

extern const struct routes provider_routes;

#endif
