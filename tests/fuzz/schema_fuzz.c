/* schema_fuzz.c - any JSON against the schemas of CSAF, and, where it is an object with "schema" and
 * "data", one against the other. */
#include "formats/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct arena *a, const struct schema *s, const struct json *j, bool strict)
{
    struct schema_faults faults = {0};
    bool fits = schema_check(a, s, j, strict, &faults);
    must(fits == (faults.n == 0));
    must(fits == schema_check(a, s, j, strict, NULL));
    for (size_t i = 0; i < faults.n; i++)
        must(str_eq(faults.v[i].keyword, S("propertyNames")) ||
             json_find(j, faults.v[i].path) != NULL);
}

static void make(struct arena *a, const struct json *j)
{
    struct schema_options o = {.formats = true, .find = schema_kept_source};
    struct schema_source source = {S("https://example.com/s"), json_get(j, S("schema"))};
    struct schema_refusal why = {0};
    const struct schema *s;
    const struct json *document = json_get(j, S("data"));
    if (source.document == NULL || document == NULL)
        return;
    if (schema_make(a, source, &o, &s, &why) == OK)
        check(a, s, document, false);
    else
        must(why.code.p != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum schema_id ids[] = {SCHEMA_CSAF_2_0, SCHEMA_CSAF_2_1, SCHEMA_PROVIDER_2_1,
                                         SCHEMA_EXTENSION_METASCHEMA};
    struct arena *a = arena_new();
    const struct json *j;
    struct json_error e;
    if (json_read(a, (str){(const char *)data, size}, &j, &e) == OK) {
        for (size_t i = 0; i < COUNT(ids); i++)
            check(a, schema_kept(ids[i]), j, i % 2 == 0);
        make(a, j);
    }
    arena_free(a);
    return 0;
}
