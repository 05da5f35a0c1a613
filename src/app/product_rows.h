/* product_rows.h - what is said of one product: the columns of a form's row, and the row as it is
 * kept: {"name", "versions", "status"} and, where they were given, the rest. */
#ifndef APP_PRODUCT_ROWS_H
#define APP_PRODUCT_ROWS_H

#include "app/answer_view.h"
#include "app/form.h"
#include "app/vulns.h"

/* clang-format off */
enum product_column { PRODUCT_NAME, PRODUCT_VERSIONS, PRODUCT_STATUS, PRODUCT_ABOUT, PRODUCT_FLAG,
                      PRODUCT_NAME_EN, PRODUCT_VERSIONS_EN, PRODUCT_CPE, PRODUCT_PURL, PRODUCT_REMEDY, PRODUCT_REMEDY_URL,
                      PRODUCT_REMEDY_DATE, PRODUCT_COLUMNS };
/* clang-format on */
enum { PRODUCT_FIRST = 3 }; /* so many are always kept, empty or not */

/* By enum product_column.  of: the field of the rows, by which the vulnerabilities are known that
 * a row may be about; NULL: as far as they are the same for all. */
const struct field_rule *product_rules(struct ctx *cx, const struct field_rule *of);

/* Let the field of the rows know the vulnerabilities of the case, as far as the reader may: its
 * choices, by ordinal ("1") and by name. */
enum err products_offer(struct ctx *cx, str case_id, struct field_rule *field);

/* Rows of a products field ("products.0.name", …) as a JSON array; absent: none given.  A row's
 * vulnerability is named by its ordinal or its CVE number, and kept by its ordinal.  silent: the
 * vendor writes nothing about them, so that one that is not affected needs a flag. */
enum err products_read(struct ctx *cx, const struct field_rule *field, bool silent,
                       const struct input *in, str *json);

/* Whether each row of what is not affected says why by a flag. */
bool products_flagged(const struct json *rows);

/* The other way: what is kept, as a form has it.  said: the vendor's words, from which the kind of
 * remedy is guessed for affected products that have none; absent: nothing is guessed. */
void products_preset(struct ctx *cx, str field, const struct json *rows, str said,
                     struct input *in);

/* How people call the vulnerabilities of a case, by ordinal; none for who may not read of them. */
enum err vuln_names(struct ctx *cx, str case_id, struct strs *out);
struct strs vuln_names_of(struct ctx *cx, const struct vuln *all, size_t n);

/* For people, of rows in the reader's language (product_rows_in()); names: of the vulnerabilities,
 * or none.  What holds for none of them is left out. */
const struct product_view *products_view(struct ctx *cx, const struct json *rows, struct strs names,
                                         size_t *n);

#endif
