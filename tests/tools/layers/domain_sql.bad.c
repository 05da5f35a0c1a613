/* expect src/domain/x.c: includes gen/sql.h */
#include "gen/sql.h"
