/* schema_value.c - when two values are the same: JSON Schema compares numbers by value. */
#include "formats/schema_own.h"

static bool is_number(unsigned kind)
{
    return (SCHEMA_NUMBERS >> kind & 1) != 0;
}

static bool is_thing_array(const struct json *j, const struct schema_thing *thing)
{
    const struct schema_thing *part = thing + 1;
    for (uint32_t i = 0; i < j->n; i++, part += part->span)
        if (!schema_is_thing(&j->u.items[i], part))
            return false;
    return true;
}

static bool is_thing_object(const struct json *j, const struct schema_thing *thing)
{
    const struct schema_thing *part = thing + 1;
    for (uint32_t i = 0; i < j->n; i++) {
        const struct json *there = json_get(j, part->text);
        part += part->span;
        if (there == NULL || !schema_is_thing(there, part))
            return false;
        part += part->span;
    }
    return true;
}

bool schema_is_thing(const struct json *j, const struct schema_thing *thing)
{
    if (is_number(j->kind) && is_number(thing->kind))
        return schema_number_cmp(json_number(j), thing->text) == 0;
    if (j->kind != thing->kind)
        return false;
    if (j->kind == JSON_IS_STRING)
        return str_eq(json_text(j), thing->text);
    if (j->kind == JSON_IS_ARRAY)
        return j->n == thing->n && is_thing_array(j, thing);
    if (j->kind == JSON_IS_OBJECT)
        return j->n == thing->n && is_thing_object(j, thing);
    return true;
}

static bool is_equal_array(const struct json *x, const struct json *y)
{
    for (uint32_t i = 0; i < x->n; i++)
        if (!schema_is_equal(&x->u.items[i], &y->u.items[i]))
            return false;
    return true;
}

static bool is_equal_object(const struct json *x, const struct json *y)
{
    for (uint32_t i = 0; i < x->n; i++) {
        const struct json *there = json_get(y, json_key(x, i));
        if (there == NULL || !schema_is_equal(json_value(x, i), there))
            return false;
    }
    return true;
}

bool schema_is_equal(const struct json *x, const struct json *y)
{
    if (is_number(x->kind) && is_number(y->kind))
        return schema_number_cmp(json_number(x), json_number(y)) == 0;
    if (x->kind != y->kind)
        return false;
    if (x->kind == JSON_IS_STRING)
        return str_eq(json_text(x), json_text(y));
    if (x->kind == JSON_IS_ARRAY)
        return x->n == y->n && is_equal_array(x, y);
    if (x->kind == JSON_IS_OBJECT)
        return x->n == y->n && is_equal_object(x, y);
    return true;
}
