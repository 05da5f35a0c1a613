/* jvn_entry.h - a released advisory as JVN's formats tell it. */
#ifndef APP_JVN_ENTRY_H
#define APP_JVN_ENTRY_H

#include "app/portal.h"
#include "formats/jvn.h"

struct jvn_place {
    int year;
    i64 serial; /* from 1 within the year */
};

/* "KKHDB-2026-000001" */
str jvn_id(struct ctx *cx, struct jvn_place place);

/* The page of an advisory. */
str jvn_link(struct ctx *cx, enum lang lang, str number);

/* "KKHDB": what they begin with; with the prefix "JVN" these are JVN's own. */
str jvn_database(struct ctx *cx);

/* JVN_NAMED: weaknesses are named as overviews do, with their number behind.  JVN_LISTED: so, and
 * without what lists do not show (details, impacts, solutions, credits, exploits, history). */
enum jvn_depth { JVN_WHOLE, JVN_NAMED, JVN_LISTED };

/* From the record that its page is made from. */
enum err jvn_entry_of(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                      struct jvn_place place, enum jvn_depth depth, struct jvn_entry *out);

/* cpe:/a:vendor:product, of a vendor's short name and what it calls its product: JVN gives such
 * names to products that no dictionary has.  cpe:/:vendor without a product. */
str jvn_cpe(struct arena *a, str slug, str product);

/* The name that the vendor gave with a product's row, without versions; else as above. */
str jvn_product_cpe(struct arena *a, str slug, const struct json *row);

/* A number that this name keeps for ever, of at most 40 bits. */
i64 jvn_number(struct arena *a, str name);

/* Of the metrics of a vector its base, in the order of the standard and without a prefix. */
str jvn_base_vector(struct arena *a, str vector, int *major, i64 *tenths);

#endif
