/* csaf_extensions.c - the files of CSAF extensions that a validation shall know. */
#include "cli/csaf.h"

#include "io/files.h"

struct bundle {
    VEC(struct csaf_extension)
};

static struct csaf_extension *extension_named(struct arena *a, struct bundle *b, str uri)
{
    for (size_t i = 0; i < b->n; i++)
        if (str_eq(b->v[i].uri, uri))
            return &b->v[i];
    struct csaf_extension *e = PUSH(a, b);
    e->uri = uri;
    return e;
}

/* A file is a schema by its $id, or metadata by the schema that they name. */
static enum err take(struct arena *a, const char *path, struct bundle *b)
{
    struct fault f = {0};
    struct json_error error;
    const struct json *j;
    str text;
    if (file_read(a, path, CSAF_MOST_BYTES, &f, &text) != OK ||
        json_read(a, text, &j, &error) != OK) {
        (void)cli_fail(E_INVALID, "%s cannot be read as JSON", path);
        return E_INVALID;
    }
    str schema = json_get_text(j, S("extension_schema")), id = json_get_text(j, S("$id"));
    if (schema.p != NULL)
        extension_named(a, b, schema)->metadata = j;
    else if (id.p != NULL)
        extension_named(a, b, id)->content = j;
    return OK;
}

enum err csaf_extensions_read(struct arena *a, const char *folder, struct csaf_choice *out)
{
    struct csaf_files files = {0};
    struct bundle all = {0}, known = {0};
    csaf_files_find(a, &folder, 1, &files);
    if (files.unreadable > 0)
        return E_INVALID;
    for (size_t i = 0; i < files.n; i++)
        TRY(take(a, files.v[i], &all));
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].content != NULL)
            *PUSH(a, &known) = all.v[i];
    out->extensions = known.v;
    out->nextensions = known.n;
    return OK;
}
