/* expect src/domain/x.c: calls time: base, formats and domain are pure */
#include <time.h>
long f(void);
long f(void)
{
    return time(NULL);
}
