/* myjvn_own.h - parts that several of the JSON answers have. */
#ifndef FORMATS_MYJVN_OWN_H
#define FORMATS_MYJVN_OWN_H

#include "formats/myjvn.h"

/* "$schema", the address of one of IPA's schemas by its name. */
void myjvn_put_schema(struct json_out *o, str name);

/* Members generator, title, link, updated, lang, author, distribution. */
void myjvn_put_head(struct json_out *o, const struct myjvn_head *h);
void myjvn_put_generator(struct json_out *o, i64 now);
void myjvn_put_distribution(struct json_out *o);

/* The member "status" of version 4.0.0. */
void myjvn_put_status_json(struct json_out *o, const struct jvn_status *s);

/* Members of a product: vname product_id pname product_ids. */
void myjvn_put_product(struct json_out *o, str vendor, str product, str cpe);

/* A member cvss_v2, cvss_v3 or cvss_v4; long: with its metrics in words. */
void myjvn_put_cvss(struct json_out *o, const struct jvn_cvss *c, bool is_long);

void myjvn_put_time(struct json_out *o, str key, opt_i64 at); /* absent: "" */

/* What a member always has: an absent text is "". */
void myjvn_put_text(struct json_out *o, str key, str text);

/* An object as CSAF has it; a part of a STIX bundle, or with the status the whole answer. */
void myjvn_put_csaf(struct json_out *o, const struct myjvn_head *h, const struct jvn_entry *e);

#endif
