/* talk_api.h - the conversation, history and files of a case. */
#ifndef WEB_API_TALK_API_H
#define WEB_API_TALK_API_H

#include "web/route.h"

extern const struct routes talk_api_routes;

#endif
