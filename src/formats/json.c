/* json.c - looking into a tree. */
#include "formats/json.h"

#include "formats/json_tree.h"

static str text_of(const struct json *j)
{
    return (str){j->u.text, j->n};
}

/* All that a node says beside its address. */
static uint64_t rest_of(const struct json *j)
{
    uint64_t rest;
    _Static_assert(sizeof *j == offsetof(struct json, n) + sizeof rest, "the rest is a word");
    memcpy(&rest, &j->n, sizeof rest);
    return rest;
}

static const struct json *get_linear(const struct json *object, str key, uint16_t mark)
{
    struct json like = {.n = (uint32_t)key.n, .kind = JSON_IS_STRING, .mark = mark};
    const struct json *m = object->u.items;
    uint64_t rest = rest_of(&like);
    for (uint32_t i = 0; i < object->n; i++, m += 2)
        if (rest_of(m) == rest && str_eq(text_of(m), key))
            return m + 1;
    return NULL;
}

const struct json *json_get_marked(const struct json *object, str key, uint16_t mark)
{
    if (!json_is(object, JSON_IS_OBJECT))
        return NULL;
    if (!object->sorted)
        return get_linear(object, key, mark);
    return json_value(object, json_sorted_find(object, key));
}

const struct json *json_get_unmarked(const struct json *object, str key)
{
    return json_get_marked(object, key, json_mark(key));
}

const struct json *json_at(const struct json *array, size_t i)
{
    return json_is(array, JSON_IS_ARRAY) && i < array->n ? &array->u.items[i] : NULL;
}

str json_get_text(const struct json *object, str key)
{
    return json_text(json_get(object, key));
}

str json_number(const struct json *j)
{
    return json_is(j, JSON_IS_INT) || json_is(j, JSON_IS_REAL) ? text_of(j) : NO_STR;
}

bool json_i64(const struct json *j, i64 *out)
{
    if (!json_is(j, JSON_IS_INT))
        return false;
    str s = text_of(j);
    bool negative = s.p[0] == '-';
    i64 v = 0;
    for (size_t at = negative; at < s.n; at++) {
        int d = s.p[at] - '0'; /* counted downwards, where there is one more than upwards */
        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, d, &v))
            return false;
    }
    if (!negative && __builtin_sub_overflow(0, v, &v))
        return false;
    *out = v;
    return true;
}

bool json_double(const struct json *j, double *out)
{
    str s = json_number(j);
    return s.p != NULL && json_decimal(s, out);
}

bool json_bool(const struct json *j, bool *out)
{
    *out = json_is(j, JSON_IS_TRUE);
    return *out || json_is(j, JSON_IS_FALSE);
}
