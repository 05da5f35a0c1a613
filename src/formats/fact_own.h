/* fact_own.h - where the rows of the tables of facts begin; for formats/fact.c and tools/factgen. */
#ifndef FORMATS_FACT_OWN_H
#define FORMATS_FACT_OWN_H

#include "base/str.h"

struct fact_table {
    str name;
    size_t asset;         /* its place in assets[] */
    uint32_t n;           /* rows */
    uint32_t slots;       /* a power of two */
    const uint32_t *row;  /* n + 1: where each begins in the file, and where the last one ends */
    const uint16_t *slot; /* by fact_hash() of the first cell, going on to the next one that is
                             free: the place of the first row that has it, plus 1; or 0 */
};

/* Sorted by name. */
extern const struct fact_table fact_tables[];
extern const size_t fact_ntables;

/* FNV-1a. */
static inline uint32_t fact_hash(str cell)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < cell.n; i++)
        h = (h ^ (unsigned char)cell.p[i]) * 16777619u;
    return h;
}

#endif
