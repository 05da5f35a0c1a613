/* provider_find.h - one of the public files, as the current generation has it. */
#ifndef APP_PROVIDER_FIND_H
#define APP_PROVIDER_FIND_H

#include "app/ctx.h"

struct public_file {
    int fd; /* to be read from its start; -1: a folder */
    i64 size, changed;
    str tag;           /* differs when the bytes differ */
    struct strs names; /* of a folder, sorted; folders end with a slash */
};

/* path: ".well-known/csaf/v2.0/white/index.txt"; what is hidden or leads elsewhere is not found.
 * E_NOT_FOUND: no such file, or none are made. */
enum err public_file_find(struct ctx *cx, str path, struct public_file *out);

#endif
