/* product_rows.h - what is said of one product: the columns of a form's row, and the row as it is
 * kept: {"name", "versions", "status"} and, where they were given, the rest. */
#ifndef APP_PRODUCT_ROWS_H
#define APP_PRODUCT_ROWS_H

#include "app/answer_view.h"
#include "app/form.h"

/* clang-format off */
enum product_column { PRODUCT_NAME, PRODUCT_VERSIONS, PRODUCT_STATUS, PRODUCT_CPE, PRODUCT_PURL,
                      PRODUCT_REMEDY, PRODUCT_REMEDY_URL, PRODUCT_REMEDY_DATE, PRODUCT_COLUMNS };
/* clang-format on */
enum { PRODUCT_FIRST = 3 }; /* so many are always kept, empty or not */

/* By enum product_column. */
const struct field_rule *product_rules(struct ctx *cx);

/* Rows of a products field ("products.0.name", …) as a JSON array; absent: none given. */
enum err products_read(struct ctx *cx, str field, const struct input *in, str *json);

/* The other way: what is kept, as a form has it.  said: the vendor's words, from which the kind of
 * remedy is guessed for affected products that have none; absent: nothing is guessed. */
void products_preset(struct ctx *cx, str field, const struct json *rows, str said,
                     struct input *in);

/* For people. */
const struct product_view *products_view(struct ctx *cx, const struct json *rows, size_t *n);

#endif
