/* statuses.h - what a vendor says of its products, each time it says it. */
#ifndef APP_STATUSES_H
#define APP_STATUSES_H

#include "app/cases.h"
#include "app/form.h"

/* affected, not_affected, affected_investigating, not_affected_investigating, unknown: the
 * five values of VULDEF's vendor status. */
struct vendor_said {
    int lane;
    i64 at;
    str status;
    str statement[LANG_COUNT], url; /* absent where not given */
    const struct json *products;    /* array of rows (app/product_rows.h), or NULL */
};

/* The latest of each lane that said something, in the order of lanes; every one where
 * `history`, oldest first.  Not to be shown without the right to that lane's coordination. */
enum err said_load(struct ctx *cx, const struct case_file *cf, bool history,
                   struct vendor_said **out, size_t *n);

/* Record; what is absent stays as it was said before.  products: a JSON array, or absent.
 * Within db_write(). */
struct status_new {
    int lane;
    str status, statement, url, products;
    enum lang lang; /* of the statement */
    bool agreed;    /* to be published: then what is not affected says why, by a flag or in words */
};
enum err status_record(struct ctx *cx, const struct case_file *cf, const struct status_new *s);

/* The contact says it anew ("status", "statement_ja", "statement_en", "url", "products"): at
 * any time after the overview; once published, the public page changes with it and says so. */
enum err status_change(struct ctx *cx, str case_id, str lane, const struct input *in);
extern const struct field_rule status_rules[5];

/* The same, knowing the vulnerabilities of the case. */
enum err status_form(struct ctx *cx, str case_id, const struct field_rule **out);

/* What was said in a lane, for who may read its coordination; newest first. */
enum err status_history(struct ctx *cx, str case_id, str lane, struct vendor_said **out, size_t *n);

#endif
