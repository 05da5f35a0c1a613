/* csaf_62_strict.c - recommended test 6.2.20: no members that the schema does not know. */
#include "formats/csaf_62.h"
#include "formats/schema.h"

static bool is_unknown_member(str keyword)
{
    return str_eq(keyword, S("additionalProperties")) ||
           str_eq(keyword, S("unevaluatedProperties"));
}

static const struct schema_faults *strict_faults(struct csaf_check *c)
{
    if (c->strict != NULL)
        return c->strict;
    struct schema_faults *faults = NEW(c->a, struct schema_faults);
    enum schema_id id = c->version == CSAF_2_0 ? SCHEMA_CSAF_2_0 : SCHEMA_CSAF_2_1;
    (void)schema_check(c->a, schema_kept(id), c->document, true, faults);
    return faults;
}

/* 6.2.20 */
void csaf_member_unknown(struct csaf_check *c)
{
    const struct schema_faults *faults = strict_faults(c);
    for (size_t i = 0; i < faults->n; i++) {
        const struct schema_fault *f = &faults->v[i];
        if (is_unknown_member(f->keyword))
            csaf_found(c, json_find(c->document, f->path), S("member_unknown"), f->path, NO_STR,
                       NO_STR);
    }
}
