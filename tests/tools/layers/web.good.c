/* stands src/web/api/x.c */
#include "app/thing.h"
#include "gen/words.h"
#include "store/thing.h"
