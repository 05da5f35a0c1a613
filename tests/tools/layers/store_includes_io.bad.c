/* expect src/store/x.c: includes src/io/thing.h: store/ may not include what belongs to io */
#include "io/thing.h"
