/* expect src/base/x.c: calls calloc, which only base/arena may */
#include <stdlib.h>
void *f(void);
void *f(void)
{
    return calloc(1, 4);
}
