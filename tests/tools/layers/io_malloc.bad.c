/* expect src/io/x.c: calls malloc, which is banned */
#include <stdlib.h>
void *f(int n);
void *f(int n)
{
    return malloc((unsigned)n);
}
