/* schema_object.c - what a schema says about members. */
#include "formats/schema_own.h"

#include <string.h>

static bool mark(schema_seen *seen, size_t i)
{
    if (seen != NULL)
        seen[i / 64] |= (schema_seen)1 << (i % 64);
    return true;
}

/* The member's value, beside a schema that is no more than "false" for the keyword's sake. */
static bool walk_rest(struct schema_walk *w, uint32_t node, str keyword, const struct json *j,
                      const struct json_place *place)
{
    if (w->t->nodes[node].kinds == 0)
        return schema_say(w, place, keyword, place->key, 0);
    return schema_walk(w, node, j, place, NULL);
}

/* By patternProperties; *known: one of them is about this member. */
static bool walk_patterns(struct schema_walk *w, struct schema_list list, const struct json *j,
                          const struct json_place *place, bool *known)
{
    const uint32_t *pair = &w->t->lists[list.at];
    bool fits = true;
    for (uint32_t i = 0; i < list.n; i++, pair += 2) {
        if (!regex_finds(w->t->patterns[pair[0]].regex, place->key))
            continue;
        *known = true;
        fits &= schema_walk(w, pair[1], j, place, NULL);
    }
    return fits;
}

static bool walk_member(struct schema_walk *w, const struct schema_object *o,
                        const struct schema_key *k, const struct json *j,
                        const struct json_place *place, bool *known)
{
    bool fits = true;
    *known = k != NULL && k->node != SCHEMA_NONE;
    if (*known)
        fits = schema_walk(w, k->node, j, place, NULL);
    if (o->patterns.n > 0)
        fits &= walk_patterns(w, o->patterns, j, place, known);
    if (*known)
        return fits;
    if (o->additional != SCHEMA_NONE) {
        *known = true;
        return fits & walk_rest(w, o->additional, S("additionalProperties"), j, place);
    }
    if (o->closes && w->strict)
        return schema_say(w, place, S("additionalProperties"), place->key, 0);
    return fits;
}

static bool name_fits(struct schema_walk *w, uint32_t node, str key, const struct json_place *place)
{
    struct json name = {.u.text = key.p, .n = (uint32_t)key.n, .kind = JSON_IS_STRING};
    return schema_fits(w, node, &name, place, NULL) ||
           schema_say(w, place, S("propertyNames"), key, 0);
}

[[gnu::noinline]] static bool say_missing(struct schema_walk *w, const struct schema_object *o,
                                          const struct json *j, const struct json_place *place)
{
    if (w->out == NULL)
        return false;
    for (uint32_t i = 0; i < o->keys.n; i++) {
        const struct schema_key *k = &w->t->keys[o->keys.at + i];
        if (k->need > 0 && json_get(j, k->text) == NULL)
            (void)schema_say(w, place, S("required"), k->text, 0);
    }
    return false;
}

/* dependentRequired: lists of a key, how many it needs, and those. */
[[gnu::noinline]] static bool walk_needs(struct schema_walk *w, struct schema_list list,
                                         const struct json *j, const struct json_place *place)
{
    bool fits = true;
    const uint32_t *at = &w->t->lists[list.at], *end = at + list.n;
    while (at < end) {
        bool there = json_get(j, w->t->keys[at[0]].text) != NULL;
        uint32_t n = at[1];
        for (at += 2; n > 0; n--, at++) {
            str needed = w->t->keys[*at].text;
            if (there && json_get(j, needed) == NULL)
                fits = schema_say(w, place, S("dependentRequired"), needed, 0);
        }
    }
    return fits;
}

[[gnu::noinline]] static bool walk_depend(struct schema_walk *w, struct schema_list list,
                                          const struct json *j, const struct json_place *place,
                                          schema_seen *seen)
{
    bool fits = true;
    for (uint32_t i = 0; i < list.n; i++) {
        const uint32_t *pair = &w->t->lists[list.at + 2 * (size_t)i];
        if (json_get(j, w->t->keys[pair[0]].text) != NULL)
            fits &= schema_walk(w, pair[1], j, place, seen);
    }
    return fits;
}

/* One member beside all that can be said of it. */
[[gnu::noinline]] static bool walk_any_member(struct schema_walk *w, const struct schema_object *o,
                                              const struct schema_key *k, const struct json *j,
                                              const struct json_place *place, schema_seen *seen,
                                              size_t i)
{
    bool known, fits = walk_member(w, o, k, j, place, &known);
    if (o->names != SCHEMA_NONE)
        fits &= name_fits(w, o->names, place->key, place);
    if (known)
        (void)mark(seen, i);
    return fits;
}

static bool walk_members(struct schema_walk *w, const struct schema_object *o, const struct json *j,
                         const struct json_place *place, schema_seen *seen)
{
    const struct schema_keys keys = o->keys; /* a copy: nothing that is called changes it */
    const struct schema_tables *t = w->t;
    const struct json *member = j->u.items, *end = j->n > 0 ? member + 2 * (size_t)j->n : member;
    bool simple = seen == NULL && o->patterns.n == 0 && o->names == SCHEMA_NONE, fits = true;
    uint32_t needed = 0;
    for (; member < end; member += 2) {
        str key = {member->u.text, member->n};
        const struct schema_key *k = schema_find(t, &keys, key, member->mark);
        bool known = simple && k != NULL && k->node != SCHEMA_NONE; /* as nearly all are */
        needed += k != NULL && k->need > 0;
        if (known && (schema_fits_easily(&t->nodes[k->node], member + 1) ||
                      schema_fits_list(t, &t->nodes[k->node], member + 1)))
            continue;
        struct json_place here = {.up = place, .key = key};
        if (known)
            fits &= schema_walk(w, k->node, member + 1, &here, NULL);
        else
            fits &= walk_any_member(w, o, k, member + 1, &here, seen,
                                    (size_t)(member - j->u.items) / 2);
        if (!fits && (w->out == NULL || w->out->more))
            return false;
    }
    return needed == keys.needed ? fits : say_missing(w, o, j, place);
}

bool schema_walk_object(struct schema_walk *w, const struct schema_object *o, const struct json *j,
                        const struct json_place *place, schema_seen *seen)
{
    bool fits = walk_members(w, o, j, place, seen);
    if (j->n < o->min)
        fits = schema_say(w, place, S("minProperties"), NO_STR, o->min);
    if (j->n > o->max)
        fits = schema_say(w, place, S("maxProperties"), NO_STR, o->max);
    if (o->needs.n > 0)
        fits &= walk_needs(w, o->needs, j, place);
    if (o->depend.n > 0)
        fits &= walk_depend(w, o->depend, j, place, seen);
    return fits;
}

bool schema_walk_unevaluated_members(struct schema_walk *w, uint32_t node, const struct json *j,
                                     const struct json_place *place, schema_seen *seen)
{
    bool fits = true;
    for (uint32_t i = 0; i < j->n; i++) {
        struct json_place here = {.up = place, .key = json_key(j, i)};
        if ((seen[i / 64] >> (i % 64) & 1) == 0)
            fits &= walk_rest(w, node, S("unevaluatedProperties"), json_value(j, i), &here);
    }
    return fits;
}
