/* stands src/store/x.c */
#include "gen/schema.h"
#include "gen/sql.h"
#include <time.h>
long f(void);
long f(void)
{
    return time(NULL);
}
