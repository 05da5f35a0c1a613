/* expect src/domain/x.c: includes src/io/thing.h: domain/ may not include what belongs to io */
#include "io/thing.h"
