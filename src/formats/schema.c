/* schema.c - the kept schemas by name, and their texts for others that refer to them. */
#include "formats/schema_own.h"

#include "base/asset.h"

const struct schema *schema_kept(enum schema_id id)
{
    must(id < SCHEMA_COUNT);
    return &schema_all_kept[id];
}

const struct json *schema_kept_source(struct arena *a, void *arg, str uri)
{
    (void)arg;
    for (size_t i = 0; i < schema_file_count; i++) {
        const struct asset *file =
            str_eq(schema_files[i].uri, uri) ? asset_find(schema_files[i].path) : NULL;
        const struct json *document;
        struct json_error e;
        if (file != NULL)
            return json_read(a, file->bytes, &document, &e) == OK ? document : NULL;
    }
    return NULL;
}
