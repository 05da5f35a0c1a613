/* fact.h - tables of facts inside the program, from facts/NAME.tsv.
 *
 * The head is lines "# KEY: text" (title, version, source, licence) and free ones that begin
 * with '#'; then the names of the columns; then rows sorted by the bytes of their first cell.
 * Looking up reads the text where it lies; where its rows begin is known from the build
 * (tools/factgen).  Asking for a table that there is not is a bug. */
#ifndef FORMATS_FACT_H
#define FORMATS_FACT_H

#include "base/str.h"

/* The rows of facts/NAME.tsv. */
str fact_rows(str name);

/* What the head says: fact_head(S("cwe"), S("version")); absent: nothing. */
str fact_head(str name, str key);

/* The cells behind the first one, of the first row that begins with key. */
bool fact_find(str name, str key, str *cells);

/* The rows from the first whose first cell is key, or greater. */
str fact_from(str name, str key);

/* All tables by name: begin with *at = 0; false: there are no more. */
bool fact_next(size_t *at, str *name);

/* Rows of a table. */
size_t fact_count(str name);

#endif
