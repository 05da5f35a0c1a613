/* expect src/io/x.c: includes src/store/thing.h: io/ may not include what belongs to store */
#include "store/thing.h"
