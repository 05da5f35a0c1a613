/* expect src/io/x.c: calls strcpy, which is banned */
#include <string.h>
char buf[10];
void f(const char *s);
void f(const char *s)
{
    strcpy(buf, s); /* __strcpy_chk with the hardened library */
}
