/* schema_check.c - the beginning of a walk, and what is said on the way. */
#include "formats/schema_own.h"

bool schema_check(struct arena *a, const struct schema *s, const struct json *document, bool strict,
                  struct schema_faults *out)
{
    struct schema_scope scope = {.resource = s->tables->nodes[s->root].resource};
    struct schema_walk w = {.a = a, .t = s->tables, .out = out, .scope = &scope, .strict = strict};
    bool fits = schema_walk(&w, s->root, document, &(struct json_place){0}, NULL);
    arena_free(w.spare);
    return fits;
}

bool schema_say(struct schema_walk *w, const struct json_place *place, str keyword, str expected,
                i64 limit)
{
    if (w->out == NULL || w->out->more)
        return false;
    if (w->out->n == SCHEMA_FAULTS)
        w->out->more = true;
    else
        *PUSH(w->a, w->out) =
            (struct schema_fault){json_pointer(w->a, place), keyword, expected, limit};
    return false;
}

schema_seen *schema_seen_new(struct schema_walk *w, size_t n)
{
    if (w->spare == NULL)
        w->spare = arena_new();
    return NEWS(w->spare, schema_seen, n / 64 + 1);
}
