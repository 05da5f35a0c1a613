/* expect src/app/x.c: includes src/web/thing.h: app/ may not include what belongs to web */
#include "web/thing.h"
