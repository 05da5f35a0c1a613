/* expect src/mail/x.c: a layer that tools/layers.sh does not know */
#include "base/thing.h"
