/* schema.h - for tests: whether a JSON value is what a JSON Schema says, as far as our
 * openapi.json uses the language; an unknown keyword is a finding. */
#ifndef HELP_SCHEMA_H
#define HELP_SCHEMA_H

#include "formats/json.h"

/* "" where it fits, else the first place and reason.  root: what "#/…" points into. */
str schema_finding(struct arena *a, const struct json *root, const struct json *schema,
                   const struct json *value);

/* What "#/components/schemas/Case" names; NULL: nothing. */
const struct json *schema_ref(const struct json *root, str ref);

/* The schema of a JSON answer of an operation with that status; NULL: none is described. */
const struct json *schema_of_answer(struct arena *a, const struct json *openapi, str path,
                                    str method, int status);

#endif
