/* json_edit.c - see json_edit.h. */
#include "formats/json_edit.h"

struct edit *edit_of(struct arena *a, const struct json *source)
{
    struct edit *e = NEW(a, struct edit);
    *e = (struct edit){.kind = (enum json_kind)source->kind, .from = source};
    if (json_is(source, JSON_IS_STRING))
        e->text = json_text(source);
    else if (json_is(source, JSON_IS_INT) || json_is(source, JSON_IS_REAL))
        e->text = json_number(source);
    bool object = json_is(source, JSON_IS_OBJECT);
    for (size_t i = 0; i < json_count(source); i++) {
        struct edit *child = edit_of(a, object ? json_value(source, i) : json_at(source, i));
        child->up = e;
        child->key = object ? json_key(source, i) : NO_STR;
        child->index = i;
        *PUSH(a, e) = (struct edit_slot){child->key, child};
    }
    return e;
}

static struct edit *made(struct arena *a, enum json_kind kind, str text)
{
    struct edit *e = NEW(a, struct edit);
    *e = (struct edit){.kind = kind, .text = text};
    return e;
}

struct edit *edit_str(struct arena *a, str text)
{
    return made(a, JSON_IS_STRING, text);
}

struct edit *edit_object(struct arena *a)
{
    return made(a, JSON_IS_OBJECT, NO_STR);
}

struct edit *edit_array(struct arena *a)
{
    return made(a, JSON_IS_ARRAY, NO_STR);
}

struct edit *edit_copy(struct arena *a, const struct edit *e)
{
    struct edit *copy = NEW(a, struct edit);
    *copy = *e;
    copy->v = NULL;
    copy->n = copy->cap = 0;
    for (size_t i = 0; i < e->n; i++)
        *PUSH(a, copy) = (struct edit_slot){e->v[i].key, edit_copy(a, e->v[i].value)};
    return copy;
}

static struct edit_slot *slot_of(const struct edit *object, str key)
{
    if (object == NULL || object->kind != JSON_IS_OBJECT)
        return NULL;
    for (size_t i = 0; i < object->n; i++)
        if (str_eq(object->v[i].key, key))
            return &object->v[i];
    return NULL;
}

struct edit *edit_get(const struct edit *object, str key)
{
    const struct edit_slot *s = slot_of(object, key);
    return s != NULL ? s->value : NULL;
}

struct edit *edit_at(const struct edit *array, size_t i)
{
    return i < edit_count(array) ? array->v[i].value : NULL;
}

str edit_text(const struct edit *e)
{
    return e != NULL && e->kind == JSON_IS_STRING ? e->text : NO_STR;
}

str edit_get_text(const struct edit *object, str key)
{
    return edit_text(edit_get(object, key));
}

size_t edit_count(const struct edit *array)
{
    return array != NULL && array->kind == JSON_IS_ARRAY ? array->n : 0;
}

static void put_into(struct edit *in, str key, size_t index, struct edit *value)
{
    if (value->up != NULL || value->from != NULL)
        return;
    value->up = in;
    value->key = key;
    value->index = index;
}

void edit_set(struct arena *a, struct edit *object, str key, struct edit *value)
{
    struct edit_slot *s = slot_of(object, key);
    put_into(object, key, 0, value);
    if (s == NULL)
        *PUSH(a, object) = (struct edit_slot){key, value};
    else
        s->value = value;
}

void edit_set_first(struct arena *a, struct edit *object, str key, struct edit *value)
{
    (void)edit_take(object, key);
    put_into(object, key, 0, value);
    *PUSH(a, object) = (struct edit_slot){key, value};
    for (size_t i = object->n - 1; i > 0; i--) {
        struct edit_slot moved = object->v[i];
        object->v[i] = object->v[i - 1];
        object->v[i - 1] = moved;
    }
}

struct edit *edit_rename(struct edit *object, str key, str to)
{
    struct edit_slot *s = slot_of(object, key);
    if (s == NULL || str_eq(key, to))
        return s != NULL ? s->value : NULL;
    (void)edit_take(object, to);
    s = slot_of(object, key); /* what stood behind the taken one has moved */
    must(s != NULL);
    s->key = to;
    return s->value;
}

struct edit *edit_take(struct edit *object, str key)
{
    struct edit_slot *s = slot_of(object, key);
    if (s == NULL)
        return NULL;
    struct edit *value = s->value;
    s->value = NULL;
    edit_sweep(object);
    return value;
}

void edit_push(struct arena *a, struct edit *array, struct edit *value)
{
    put_into(array, NO_STR, array->n, value);
    *PUSH(a, array) = (struct edit_slot){NO_STR, value};
}

void edit_sweep(struct edit *e)
{
    size_t kept = 0;
    for (size_t i = 0; i < e->n; i++)
        if (e->v[i].value != NULL)
            e->v[kept++] = e->v[i];
    e->n = kept;
}

static const struct json_place *place_of(struct arena *a, const struct edit *e)
{
    struct json_place *place = NEW(a, struct json_place);
    if (e->up != NULL)
        *place = (struct json_place){place_of(a, e->up), e->key, e->index};
    return place;
}

str edit_place(struct arena *a, const struct edit *e)
{
    return json_pointer(a, place_of(a, e));
}

static void put_members(struct json_out *o, const struct edit *e)
{
    for (size_t i = 0; i < e->n; i++) {
        if (e->kind == JSON_IS_OBJECT)
            json_put_key(o, e->v[i].key);
        edit_put(o, e->v[i].value);
    }
    json_put_end(o);
}

void edit_put(struct json_out *o, const struct edit *e)
{
    switch (e->kind) {
    case JSON_IS_OBJECT:
        json_put_object(o);
        put_members(o, e);
        break;
    case JSON_IS_ARRAY:
        json_put_array(o);
        put_members(o, e);
        break;
    case JSON_IS_STRING: json_put_str(o, e->text); break;
    case JSON_IS_INT:
    case JSON_IS_REAL: json_put_raw(o, e->text); break;
    case JSON_IS_NULL: json_put_null(o); break;
    case JSON_IS_FALSE:
    case JSON_IS_TRUE: json_put_bool(o, e->kind == JSON_IS_TRUE); break;
    }
}
