/* schema_walk.c - one value beside one schema, and what other schemas say of the same place. */
#include "formats/schema_own.h"

#include <string.h>

/* A schema can lead round in circles by $dynamicRef alone, and a document can be made to take
 * for ever by branches inside branches. */
enum { DEPTH = 6000, WORK = 200 * 1000 * 1000 };

static str kinds_shown(struct schema_walk *w, const struct schema_node *n)
{
    static const str name[] = {S_INIT("null"),    S_INIT("boolean"), S_INIT("boolean"),
                               S_INIT("integer"), S_INIT("number"),  S_INIT("string"),
                               S_INIT("array"),   S_INIT("object")};
    unsigned kinds = n->kinds;
    buf b = {.a = w->a};
    if ((kinds & SCHEMA_NUMBERS) == SCHEMA_NUMBERS)
        kinds &= ~(1u << (n->whole ? JSON_IS_REAL : JSON_IS_INT));
    kinds &= ~(1u << JSON_IS_FALSE);
    for (unsigned k = 0; k < COUNT(name); k++) {
        if ((kinds >> k & 1) == 0)
            continue;
        if (b.n > 0)
            buf_put(&b, S(", "));
        buf_put(&b, name[k]);
    }
    return buf_str(&b);
}

static bool kind_fits(const struct schema_node *n, const struct json *j)
{
    return (n->kinds >> j->kind & 1) != 0 &&
           (!n->whole || j->kind != JSON_IS_REAL || schema_is_whole(json_number(j)));
}

static bool say_kind(struct schema_walk *w, const struct schema_node *n,
                     const struct json_place *place)
{
    if (w->out == NULL)
        return false;
    if (n->kinds == 0)
        return schema_say(w, place, S("false"), NO_STR, 0);
    return schema_say(w, place, S("type"), kinds_shown(w, n), 0);
}

bool schema_is_listed(const struct schema_tables *t, const struct schema_value *v,
                      const struct json *j)
{
    str text = {j->u.text, j->n};
    return schema_find(t, &v->texts, text, json_mark(text)) != NULL;
}

static bool value_fits(const struct schema_tables *t, const struct schema_value *v,
                       const struct json *j)
{
    if (j->kind == JSON_IS_STRING)
        return schema_is_listed(t, v, j);
    for (uint32_t i = 0; i < v->others.n; i += t->things[v->others.at + i].span)
        if (schema_is_thing(j, &t->things[v->others.at + i]))
            return true;
    return false;
}

static bool walk_value(struct schema_walk *w, const struct schema_value *v, const struct json *j,
                       const struct json_place *place)
{
    return value_fits(w->t, v, j) ||
           schema_say(w, place, v->constant ? S("const") : S("enum"), v->shown, 0);
}

/* What the schema itself says, by the kind of value. */
static bool walk_own(struct schema_walk *w, const struct schema_node *n, const struct json *j,
                     const struct json_place *place, schema_seen *seen)
{
    const struct schema_tables *t = w->t;
    bool fits = true;
    if (n->value != SCHEMA_NONE)
        fits = walk_value(w, &t->values[n->value], j, place);
    if (j->kind == JSON_IS_STRING) {
        if (n->string != SCHEMA_NONE)
            fits &= schema_walk_string(w, &t->strings[n->string], j, place);
    } else if (j->kind == JSON_IS_OBJECT) {
        if (n->object != SCHEMA_NONE)
            fits &= schema_walk_object(w, &t->objects[n->object], j, place, seen);
    } else if (j->kind == JSON_IS_ARRAY) {
        if (n->array != SCHEMA_NONE)
            fits &= schema_walk_array(w, &t->arrays[n->array], j, place, seen);
    } else if (n->number != SCHEMA_NONE && (SCHEMA_NUMBERS >> j->kind & 1) != 0) {
        fits &= schema_walk_number(w, &t->numbers[n->number], j, place);
    }
    return fits;
}

static uint32_t unevaluated_of(const struct schema_tables *t, const struct schema_node *n,
                               const struct json *j)
{
    if (j->kind == JSON_IS_OBJECT && n->object != SCHEMA_NONE)
        return t->objects[n->object].unevaluated;
    if (j->kind == JSON_IS_ARRAY && n->array != SCHEMA_NONE)
        return t->arrays[n->array].unevaluated;
    return SCHEMA_NONE;
}

static bool walk_parts(struct schema_walk *w, const struct schema_node *n, const struct json *j,
                       const struct json_place *place, schema_seen *seen)
{
    bool fits = walk_own(w, n, j, place, seen);
    if (n->join != SCHEMA_NONE && (fits || w->out != NULL))
        fits &= schema_walk_join(w, &w->t->joins[n->join], j, place, seen);
    return fits;
}

/* With a word on what nothing else has evaluated: that looks only at what stands in this schema. */
static bool walk_evaluating(struct schema_walk *w, const struct schema_node *n, uint32_t rest,
                            const struct json *j, const struct json_place *place, schema_seen *seen)
{
    schema_seen *own = schema_seen_new(w, j->n);
    bool fits = walk_parts(w, n, j, place, own);
    if (fits || w->out != NULL)
        fits &= j->kind == JSON_IS_OBJECT ? schema_walk_unevaluated_members(w, rest, j, place, own)
                                          : schema_walk_unevaluated_items(w, rest, j, place, own);
    if (seen != NULL)
        memset(seen, 0xFF, (j->n / 64 + 1) * sizeof *seen);
    return fits;
}

static bool walk_node(struct schema_walk *w, const struct schema_node *n, const struct json *j,
                      const struct json_place *place, schema_seen *seen)
{
    bool fits = kind_fits(n, j) || say_kind(w, n, place);
    if (!fits && (w->out == NULL || n->kinds == 0))
        return false;
    uint32_t rest = unevaluated_of(w->t, n, j);
    if (rest != SCHEMA_NONE)
        return walk_evaluating(w, n, rest, j, place, seen) && fits;
    return walk_parts(w, n, j, place, seen) && fits;
}

[[gnu::noinline]] static bool walk_any(struct schema_walk *w, const struct schema_node *n,
                                       const struct json *j, const struct json_place *place,
                                       schema_seen *seen)
{
    if (w->out != NULL && w->out->more)
        return false;
    if (w->depth == DEPTH || w->work == WORK)
        return schema_say(w, place, w->depth == DEPTH ? S("depth") : S("work"), NO_STR, 0);
    w->depth++;
    w->work++;
    const struct schema_scope *outer = w->scope;
    struct schema_scope inner = {outer, n->resource};
    if (n->resource != outer->resource)
        w->scope = &inner;
    bool fits = walk_node(w, n, j, place, seen);
    w->scope = outer;
    w->depth--;
    return fits;
}

[[gnu::noinline]] static bool walk_text(struct schema_walk *w, const struct schema_node *n,
                                        const struct json *j, const struct json_place *place)
{
    bool fits = n->value == SCHEMA_NONE || walk_value(w, &w->t->values[n->value], j, place);
    if (n->string != SCHEMA_NONE)
        fits &= schema_walk_string(w, &w->t->strings[n->string], j, place);
    return fits;
}

[[gnu::noinline]] static bool walk_container(struct schema_walk *w, const struct schema_node *n,
                                             const struct json *j, const struct json_place *place,
                                             schema_seen *seen)
{
    bool fits;
    if (n->value != SCHEMA_NONE || w->depth == DEPTH)
        return walk_any(w, n, j, place, seen);
    w->depth++;
    if (j->kind == JSON_IS_OBJECT && n->object != SCHEMA_NONE)
        fits = schema_walk_object(w, &w->t->objects[n->object], j, place, seen);
    else if (j->kind == JSON_IS_ARRAY && n->array != SCHEMA_NONE)
        fits = schema_walk_array(w, &w->t->arrays[n->array], j, place, seen);
    else
        fits = walk_any(w, n, j, place, seen);
    w->depth--;
    return fits;
}

/* Nearly all values are texts, objects and arrays about which nothing unusual is said: those go
 * the short way. */
bool schema_walk(struct schema_walk *w, uint32_t node, const struct json *j,
                 const struct json_place *place, schema_seen *seen)
{
    const struct schema_node *n = &w->t->nodes[node];
    bool plain = n->plain && (n->kinds >> j->kind & 1) != 0 && n->resource == w->scope->resource;
    if (!plain)
        return walk_any(w, n, j, place, seen);
    if (j->kind == JSON_IS_STRING)
        return walk_text(w, n, j, place);
    return walk_container(w, n, j, place, seen);
}

bool schema_fits(struct schema_walk *w, uint32_t node, const struct json *j,
                 const struct json_place *place, schema_seen *seen)
{
    struct schema_faults *out = w->out;
    w->out = NULL;
    bool fits = schema_walk(w, node, j, place, seen);
    w->out = out;
    return fits;
}
