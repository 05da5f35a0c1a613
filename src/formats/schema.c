/* schema.c - the kept schemas by name. */
#include "formats/schema.h"

const struct schema *schema_kept(enum schema_id id)
{
    must(id < SCHEMA_COUNT);
    return NULL;
}

bool schema_check(struct arena *a, const struct schema *s, const struct json *document, bool strict,
                  struct schema_faults *out)
{
    (void)a, (void)document, (void)strict, (void)out;
    return s == NULL;
}
