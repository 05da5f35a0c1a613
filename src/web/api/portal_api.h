/* portal_api.h - what everybody may read: advisories, search, statistics, vendors. */
#ifndef WEB_API_PORTAL_API_H
#define WEB_API_PORTAL_API_H

#include "web/route.h"

extern const struct routes portal_api_routes;

#endif
