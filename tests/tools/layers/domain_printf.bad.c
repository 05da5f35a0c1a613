/* expect src/domain/x.c: calls puts */
#include <stdio.h>
void f(void);
void f(void)
{
    puts("x");
}
