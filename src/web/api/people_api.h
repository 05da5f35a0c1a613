/* people_api.h - people, who acts for whom, and their tokens. */
#ifndef WEB_API_PEOPLE_API_H
#define WEB_API_PEOPLE_API_H

#include "web/route.h"

extern const struct routes people_api_routes;

#endif
