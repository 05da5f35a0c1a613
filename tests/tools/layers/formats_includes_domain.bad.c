/* expect src/formats/x.c: includes src/domain/thing.h: formats/ may not include what belongs to domain */
#include "domain/thing.h"
