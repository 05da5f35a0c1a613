/* expect src/store/x.c: includes src/app/thing.h: store/ may not include what belongs to app */
#include "app/thing.h"
