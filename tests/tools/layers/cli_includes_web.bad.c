/* expect src/cli/x.c: includes src/web/thing.h: cli/ may not include what belongs to web */
#include "web/thing.h"
