/* process_check.h - between the files that prove a process. */
#ifndef DOMAIN_PROCESS_CHECK_H
#define DOMAIN_PROCESS_CHECK_H

#include "domain/process.h"

/* One more finding. */
PRINTF(3, 4) void check_found(struct arena *a, struct findings *out, const char *fmt, ...);

/* No step or fact rests on itself, by whatever way. */
void check_cycles(struct arena *a, const struct process *p, enum flow flow, struct findings *out);

/* Walk a flow every way that its answers can go; every act as soon as it can be taken. */
void check_walks(struct arena *a, const struct process *p, enum flow flow, struct findings *out);

#endif
