/* cases_api.h - /api/v1/cases: lists, one case, and what is done with it beside its steps. */
#ifndef WEB_API_CASES_API_H
#define WEB_API_CASES_API_H

#include "web/route.h"

extern const struct routes cases_api_routes;

#endif
