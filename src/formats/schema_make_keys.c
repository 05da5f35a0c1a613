/* schema_make_keys.c - lists, patterns, and keys in slots where they are found at once. */
#include "formats/schema_make.h"

#include <string.h>

enum { KEYS = 30000, SEEDS = 500 };
#define ODD 0x9E3779B1u

struct schema_list schema_list_add(struct schema_maker *m, const struct schema_gather *g)
{
    struct schema_list list = {(uint32_t)m->lists.n, (uint32_t)g->n};
    for (size_t i = 0; i < g->n; i++)
        *PUSH(m->a, &m->lists) = g->v[i];
    return list;
}

uint32_t schema_pattern_add(struct schema_maker *m, const struct json *at, str text)
{
    for (uint32_t i = 0; i < m->patterns.n; i++)
        if (str_eq(m->patterns.v[i].text, text))
            return i;
    const struct regex *r = regex_make(m->a, text);
    if (r == NULL)
        schema_refuse(m, S("schema_pattern"), at, text);
    *PUSH(m->a, &m->patterns) = (struct schema_pattern){text, r};
    return (uint32_t)m->patterns.n - 1;
}

/* How many keys do not stand where they are looked for first. */
static size_t place_all(const struct schema_gathered_keys *g, const struct schema_keys *k,
                        uint16_t *slots)
{
    size_t moved = 0;
    uint32_t mask = k->mask;
    memset(slots, 0, (mask + (size_t)1) * sizeof *slots);
    for (size_t i = 0; i < g->n; i++) {
        uint32_t at = schema_slot(k, g->v[i].text, json_mark(g->v[i].text));
        moved += slots[at & mask] != 0;
        while (slots[at & mask] != 0)
            at++;
        slots[at & mask] = (uint16_t)(i + 1);
    }
    return moved;
}

struct schema_keys schema_keys_add(struct schema_maker *m, const struct schema_gathered_keys *g,
                                   uint32_t needed)
{
    struct schema_keys k = {.at = (uint32_t)m->keys.n, .n = (uint32_t)g->n, .needed = needed};
    uint32_t size = 4;
    if (g->n > KEYS) {
        schema_refuse(m, S("schema_size"), NULL, NO_STR);
        return k;
    }
    while (size < 2 * g->n)
        size *= 2;
    size *= g->n <= SCHEMA_FEW ? 2 : 1;
    k.mask = size - 1;
    k.slots = (uint32_t)m->slots.n;
    uint16_t *slots = NEWS(m->a, uint16_t, size);
    size_t seeds = g->n <= SCHEMA_FEW ? SEEDS : 4;
    do
        k.seed += 2 * ODD + !k.seed;
    while (place_all(g, &k, slots) > 0 && --seeds > 0);
    for (uint32_t i = 0; i < size; i++)
        *PUSH(m->a, &m->slots) = slots[i];
    for (size_t i = 0; i < g->n; i++)
        *PUSH(m->a, &m->keys) = g->v[i];
    return k;
}

uint32_t schema_sub(struct schema_maker *m, const struct json *schema, str key, uint32_t resource)
{
    const struct json *v = json_get(schema, key);
    if (v == NULL)
        return SCHEMA_NONE;
    if (!json_is(v, JSON_IS_OBJECT) && !json_is(v, JSON_IS_TRUE) && !json_is(v, JSON_IS_FALSE)) {
        schema_refuse(m, S("schema_form"), v, key);
        return SCHEMA_NONE;
    }
    return schema_node_of(m, v, resource);
}

uint32_t schema_count(struct schema_maker *m, const struct json *schema, str key, uint32_t other)
{
    const struct json *v = json_get(schema, key);
    double d;
    if (v == NULL)
        return other;
    if (!json_double(v, &d) || d < 0 || !schema_is_whole(json_number(v))) {
        schema_refuse(m, S("schema_form"), v, key);
        return other;
    }
    return d > UINT32_MAX ? UINT32_MAX : (uint32_t)d;
}
