/* expect src/domain/x.c: includes src/store/thing.h: domain/ may not include what belongs to store */
#include "store/thing.h"
