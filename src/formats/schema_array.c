/* schema_array.c - what a schema says about items. */
#include "formats/schema_own.h"

static void mark(schema_seen *seen, size_t i)
{
    if (seen != NULL)
        seen[i / 64] |= (schema_seen)1 << (i % 64);
}

static inline bool walk_rest(struct schema_walk *w, uint32_t node, str keyword,
                             const struct json *j, const struct json_place *place)
{
    if (w->t->nodes[node].kinds == 0)
        return schema_say(w, place, keyword, NO_STR, 0);
    return schema_walk(w, node, j, place, NULL);
}

/* Lists of texts: how many items from the beginning fit without a closer look. */
static uint32_t count_easy(const struct schema_walk *w, const struct schema_array *r,
                           const struct json *j)
{
    uint32_t i = 0;
    if (r->prefix.n > 0 || r->items == SCHEMA_NONE)
        return 0;
    while (i < j->n && schema_fits_easily(&w->t->nodes[r->items], &j->u.items[i]))
        i++;
    return i;
}

static bool walk_items(struct schema_walk *w, const struct schema_array *r, const struct json *j,
                       const struct json_place *place, schema_seen *seen)
{
    bool fits = true;
    for (uint32_t i = seen == NULL ? count_easy(w, r, j) : 0; i < j->n; i++) {
        struct json_place here = {.up = place, .index = i};
        bool first = i < r->prefix.n;
        if (!first && r->items == SCHEMA_NONE)
            break;
        fits &= first ? schema_walk(w, w->t->lists[r->prefix.at + i], &j->u.items[i], &here, NULL)
                      : walk_rest(w, r->items, S("items"), &j->u.items[i], &here);
        mark(seen, i);
        if (!fits && (w->out == NULL || w->out->more))
            return false;
    }
    return fits;
}

static bool walk_contains(struct schema_walk *w, const struct schema_array *r, const struct json *j,
                          const struct json_place *place, schema_seen *seen)
{
    size_t n = 0;
    for (uint32_t i = 0; i < j->n; i++) {
        struct json_place here = {.up = place, .index = i};
        if (!schema_fits(w, r->contains, &j->u.items[i], &here, NULL))
            continue;
        n++;
        mark(seen, i);
    }
    if (n > r->contains_max)
        return schema_say(w, place, S("maxContains"), NO_STR, r->contains_max);
    if (n >= r->contains_min)
        return true;
    bool plain = r->contains_min == 1;
    return schema_say(w, place, plain ? S("contains") : S("minContains"), NO_STR, r->contains_min);
}

bool schema_walk_array(struct schema_walk *w, const struct schema_array *r, const struct json *j,
                       const struct json_place *place, schema_seen *seen)
{
    bool fits = true;
    if (r->items != SCHEMA_NONE || r->prefix.n > 0)
        fits = walk_items(w, r, j, place, seen);
    if (j->n < r->min)
        fits = schema_say(w, place, S("minItems"), NO_STR, r->min);
    if (j->n > r->max)
        fits = schema_say(w, place, S("maxItems"), NO_STR, r->max);
    if (r->contains != SCHEMA_NONE)
        fits &= walk_contains(w, r, j, place, seen);
    if (r->unique && j->n > 1 && (fits || w->out != NULL))
        fits &= schema_walk_unique(w, j, place);
    return fits;
}

bool schema_walk_unevaluated_items(struct schema_walk *w, uint32_t node, const struct json *j,
                                   const struct json_place *place, schema_seen *seen)
{
    bool fits = true;
    for (uint32_t i = 0; i < j->n; i++) {
        struct json_place here = {.up = place, .index = i};
        if ((seen[i / 64] >> (i % 64) & 1) == 0)
            fits &= walk_rest(w, node, S("unevaluatedItems"), &j->u.items[i], &here);
    }
    return fits;
}
