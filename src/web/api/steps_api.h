/* steps_api.h - the steps of a case and of a report's finder. */
#ifndef WEB_API_STEPS_API_H
#define WEB_API_STEPS_API_H

#include "web/route.h"

extern const struct routes steps_api_routes;

#endif
