/* expect src/base/x.c: includes src/formats/thing.h: base/ may not include what belongs to formats */
#include "formats/thing.h"
