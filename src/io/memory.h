/* memory.h - memory of the whole process. */
#ifndef IO_MEMORY_H
#define IO_MEMORY_H

/* Hand what freed arenas left back to the system: after something large was made once. */
void memory_give_back(void);

#endif
