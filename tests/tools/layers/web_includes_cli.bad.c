/* expect src/web/x.c: includes src/cli/thing.h: web/ may not include what belongs to cli */
#include "cli/thing.h"
