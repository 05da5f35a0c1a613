/* csaf_validate_fuzz.c - any JSON as a CSAF document of either version: findings with places that
 * exist, and nothing worse. */
#include "formats/csaf.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The place exists, or what holds it does (a member that is missing). */
static bool stands(const struct json *document, str path)
{
    if (json_find(document, path) != NULL)
        return true;
    while (path.n > 0 && path.p[path.n - 1] != '/')
        path.n--;
    return path.n > 0 && json_find(document, str_sub(path, 0, path.n - 1)) != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    const struct json *document;
    struct json_error error;
    struct csaf_choice all = {.now = 1780000000000};
    struct csaf_report r;
    if (json_read(a, (str){(const char *)data, size}, &document, &error) == OK &&
        csaf_choose(&all, S("full"))) {
        csaf_validate(a, document, &all, &r);
        for (size_t i = 0; i < r.findings.n; i++)
            if (!stands(document, r.findings.v[i].path) &&
                !str_eq(r.findings.v[i].word, S("version_unknown"))) {
                (void)fprintf(stderr, "%.*s: %.*s\n", SV(r.findings.v[i].test),
                              SV(r.findings.v[i].path));
                abort();
            }
    }
    arena_free(a);
    return 0;
}
