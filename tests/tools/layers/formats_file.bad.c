/* expect src/formats/x.c: calls open */
#include <fcntl.h>
int f(void);
int f(void)
{
    return open("/x", O_RDONLY);
}
