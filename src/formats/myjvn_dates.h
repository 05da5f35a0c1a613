/* myjvn_dates.h - the dates of a request to MyJVN; for formats/myjvn_query.c alone. */
#ifndef FORMATS_MYJVN_DATES_H
#define FORMATS_MYJVN_DATES_H

#include "formats/myjvn_query.h"

/* Fills from and until, by method and feed. */
void myjvn_read_dates(struct arena *a, const struct fields *in, i64 now, struct myjvn_query *q);

#endif
