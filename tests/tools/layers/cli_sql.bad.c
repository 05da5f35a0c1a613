/* expect src/cli/x.c: includes gen/sql.h, itself or through a header: cli/ calls app/ */
#include "gen/sql.h"
