/* memory.c - see memory.h. */
#include "io/memory.h"

#include <malloc.h>

void memory_give_back(void)
{
    (void)malloc_trim(0);
}
