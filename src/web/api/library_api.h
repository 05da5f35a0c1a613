/* library_api.h - advisories of others: search, read, hand in one. */
#ifndef WEB_API_LIBRARY_API_H
#define WEB_API_LIBRARY_API_H

#include "web/route.h"

extern const struct routes library_api_routes;

#endif
