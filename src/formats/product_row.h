/* product_row.h - for which vulnerabilities what a vendor says of a product holds.
 *
 * A vendor's rows are a JSON array of {"name", "versions", "status", …}; one with "vulnerability"
 * is of that one alone: the ordinal of a case's vulnerability, from "1".  Name and
 * versions are as the vendor wrote them; "name_en" and "versions_en" say the same in English, where
 * that differs, for every row with the same name or versions. */
#ifndef FORMATS_PRODUCT_ROW_H
#define FORMATS_PRODUCT_ROW_H

#include "formats/json.h"

/* The ordinal; 0: of all. */
i64 product_row_about(const struct json *row);

/* Whether the row at that place holds for a vulnerability; 0: for none in particular, as where
 * none is told.  A row that names the vulnerability stands in place of those of all for the same
 * product and versions, and where it names no versions, for that product whatever they are. */
bool product_row_holds(const struct json *rows, size_t at, i64 vulnerability);

/* Whether it holds for any of so many vulnerabilities; of none: whether it is of all. */
bool product_row_is_told(const struct json *rows, size_t at, size_t vulnerabilities);

/* Whether it holds for some of so many, but not for all. */
bool product_row_is_apart(const struct json *rows, size_t at, size_t vulnerabilities);

/* The rows as a reader of that language reads them: "name" and "versions" in it.  Versions that
 * nobody wrote in English are said in it where a machine understands them; a Japanese reader gets
 * what the vendor wrote.  "name_en" stays, "versions_en" does not; NULL gives NULL. */
const struct json *product_rows_in(struct arena *a, const struct json *rows, bool japanese);

#endif
