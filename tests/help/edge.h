/* edge.h - memory that ends right before a page that nobody may read: ASan does not see every vector load. */
#ifndef HELP_EDGE_H
#define HELP_EDGE_H

#include "base/str.h"

/* The end of such memory of at least that many bytes, until a is freed. */
char *help_edge(struct arena *a, size_t bytes);

#endif
