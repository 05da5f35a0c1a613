/* schema_make_object.c - the keywords about members. */
#include "formats/schema_make.h"

struct filler {
    struct schema_maker *m;
    const struct json *schema; /* with keywords of the vocabulary "applicator" */
    const struct json *limits; /* the same, or nothing: without the vocabulary "validation" */
    uint32_t resource;
    struct schema_object o;
    struct schema_gathered_keys keys;
};

static bool is_object(struct filler *f, const struct json *v, str key)
{
    if (v != NULL && !json_is(v, JSON_IS_OBJECT))
        schema_refuse(f->m, S("schema_form"), v, key);
    return json_is(v, JSON_IS_OBJECT);
}

static bool is_array(struct filler *f, const struct json *v, str key)
{
    if (v != NULL && !json_is(v, JSON_IS_ARRAY))
        schema_refuse(f->m, S("schema_form"), v, key);
    return json_is(v, JSON_IS_ARRAY);
}

static void add_properties(struct filler *f)
{
    const struct json *v = json_get(f->schema, S("properties"));
    if (!is_object(f, v, S("properties")))
        return;
    for (size_t i = 0; i < json_count(v); i++)
        *PUSH(f->m->a, &f->keys) = (struct schema_key){
            .text = json_key(v, i), .node = schema_node_of(f->m, json_value(v, i), f->resource)};
}

static struct schema_key *key_named(struct filler *f, str name)
{
    for (size_t i = 0; i < f->keys.n; i++)
        if (str_eq(f->keys.v[i].text, name))
            return &f->keys.v[i];
    struct schema_key *k = PUSH(f->m->a, &f->keys);
    *k = (struct schema_key){.text = name, .node = SCHEMA_NONE};
    return k;
}

static uint32_t add_required(struct filler *f)
{
    const struct json *v = json_get(f->limits, S("required"));
    uint32_t n = 0;
    if (!is_array(f, v, S("required")))
        return 0;
    if (json_count(v) > 5000)
        schema_refuse(f->m, S("schema_size"), v, NO_STR);
    for (size_t i = 0; i < json_count(v) && !f->m->refused; i++) {
        if (!json_is(json_at(v, i), JSON_IS_STRING)) {
            schema_refuse(f->m, S("schema_form"), v, S("required"));
            return n;
        }
        struct schema_key *k = key_named(f, json_text(json_at(v, i)));
        if (k->need == 0)
            k->need = ++n;
    }
    return n;
}

static void add_patterns(struct filler *f)
{
    const struct json *v = json_get(f->schema, S("patternProperties"));
    struct schema_gather g = {0};
    if (!is_object(f, v, S("patternProperties")))
        return;
    for (size_t i = 0; i < json_count(v); i++) {
        *PUSH(f->m->a, &g) = schema_pattern_add(f->m, v, json_key(v, i));
        *PUSH(f->m->a, &g) = schema_node_of(f->m, json_value(v, i), f->resource);
    }
    f->o.patterns = schema_list_add(f->m, &g);
    f->o.patterns.n /= 2;
}

/* A key that is only looked for by its text: outside the table of members. */
static uint32_t loose_key(struct filler *f, str text)
{
    *PUSH(f->m->a, &f->m->keys) = (struct schema_key){.text = text, .node = SCHEMA_NONE};
    return (uint32_t)f->m->keys.n - 1;
}

static void put_needs(struct filler *f, struct schema_gather *g, str key, const struct json *v)
{
    *PUSH(f->m->a, g) = loose_key(f, key);
    *PUSH(f->m->a, g) = (uint32_t)json_count(v);
    for (size_t i = 0; i < json_count(v); i++)
        *PUSH(f->m->a, g) = loose_key(f, json_text(json_at(v, i)));
}

static void put_depend(struct filler *f, struct schema_gather *g, str key, const struct json *v)
{
    *PUSH(f->m->a, g) = loose_key(f, key);
    *PUSH(f->m->a, g) = schema_node_of(f->m, v, f->resource);
}

/* dependentRequired, dependentSchemas; and dependencies, which were both. */
static void add_dependent(struct filler *f)
{
    static const str name[] = {S_INIT("dependentRequired"), S_INIT("dependentSchemas"),
                               S_INIT("dependencies")};
    struct schema_gather needs = {0}, depend = {0};
    for (size_t k = 0; k < COUNT(name); k++) {
        const struct json *v = json_get(k == 0 ? f->limits : f->schema, name[k]);
        for (size_t i = 0; is_object(f, v, name[k]) && i < json_count(v); i++) {
            const struct json *one = json_value(v, i);
            if (json_is(one, JSON_IS_ARRAY))
                put_needs(f, &needs, json_key(v, i), one);
            else
                put_depend(f, &depend, json_key(v, i), one);
        }
    }
    f->o.needs = schema_list_add(f->m, &needs);
    f->o.depend = schema_list_add(f->m, &depend);
    f->o.depend.n /= 2;
}

static bool says(const struct schema_object *o)
{
    return o->min > 0 || o->max < UINT32_MAX || o->keys.n > 0 || o->patterns.n > 0 ||
           o->additional != SCHEMA_NONE || o->unevaluated != SCHEMA_NONE ||
           o->names != SCHEMA_NONE || o->needs.n > 0 || o->depend.n > 0 || o->closes;
}

void schema_fill_object(struct schema_maker *m, const struct json *schema, uint32_t node,
                        uint32_t resource, bool branch)
{
    static const struct json nothing = {.kind = JSON_IS_OBJECT};
    bool validates = m->resources.v[resource].validates;
    struct filler f = {.m = m, .schema = schema, .resource = resource};
    f.limits = validates ? schema : &nothing;
    f.o.min = schema_count(m, f.limits, S("minProperties"), 0);
    f.o.max = schema_count(m, f.limits, S("maxProperties"), UINT32_MAX);
    f.o.additional = schema_sub(m, schema, S("additionalProperties"), resource);
    f.o.unevaluated = schema_sub(m, schema, S("unevaluatedProperties"), resource);
    f.o.names = schema_sub(m, schema, S("propertyNames"), resource);
    f.o.closes = !branch && json_get(schema, S("properties")) != NULL &&
                 f.o.additional == SCHEMA_NONE && f.o.unevaluated == SCHEMA_NONE;
    add_properties(&f);
    uint32_t needed = add_required(&f);
    add_patterns(&f);
    add_dependent(&f);
    f.o.keys = schema_keys_add(m, &f.keys, needed);
    if (!says(&f.o))
        return;
    m->nodes.v[node].object = (uint32_t)m->objects.n;
    *PUSH(m->a, &m->objects) = f.o;
}
