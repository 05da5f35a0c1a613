/* expect src/app/x.c: includes gen/schema.h: app/ may not */
#include "gen/schema.h"
