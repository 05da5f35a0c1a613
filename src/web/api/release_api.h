/* release_api.h - the release plans of a case: list, plan, approve, cancel, release. */
#ifndef WEB_API_RELEASE_API_H
#define WEB_API_RELEASE_API_H

#include "web/route.h"

extern const struct routes release_api_routes;

#endif
