/* expect src/domain/x.c: calls __errno_location */
#include <errno.h>
int f(void);
int f(void)
{
    return errno;
}
