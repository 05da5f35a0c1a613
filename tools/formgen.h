/* formgen.h - the parts of formgen. */
#ifndef TOOLS_FORMGEN_H
#define TOOLS_FORMGEN_H

#include "formats/schema_make.h"
#include "gen.h"

struct form_file {
    str name, file, uri;
    const char *line; /* of the list */
    const struct source *source;
    const struct json *document;
    uint32_t root;
};
struct form_files {
    VEC(struct form_file)
};

const struct json *form_find(struct arena *a, void *arg, str uri);

/* The tables as C. */
void form_write(buf *b, const struct schema_maker *m, const struct form_files *files);

#endif
