/* expect src/io/x.c: calls sprintf, which is banned */
#include <stdio.h>
char buf[10];
void f(int n);
void f(int n)
{
    sprintf(buf, "%d%d", n, n);
}
