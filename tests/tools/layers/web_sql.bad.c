/* expect src/web/pages/x.c: includes gen/sql.h, itself or through a header: web/ calls app/ */
#include "gen/sql.h"
