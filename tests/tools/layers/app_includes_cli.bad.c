/* expect src/app/x.c: includes src/cli/thing.h: app/ may not include what belongs to cli */
#include "cli/thing.h"
