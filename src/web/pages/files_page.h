/* files_page.h - /static/, /healthz, /readyz and the way from / to a language. */
#ifndef WEB_PAGES_FILES_PAGE_H
#define WEB_PAGES_FILES_PAGE_H

#include "web/route.h"

extern const struct routes files_routes;

#endif
