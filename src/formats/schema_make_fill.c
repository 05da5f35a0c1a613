/* schema_make_fill.c - the keywords of one schema, except those about members and values. */
#include "formats/schema_make.h"

static const struct {
    str name;
    uint8_t kinds;
} types[] = {
    {S_INIT("null"), 1 << JSON_IS_NULL},
    {S_INIT("boolean"), 1 << JSON_IS_FALSE | 1 << JSON_IS_TRUE},
    {S_INIT("integer"), SCHEMA_NUMBERS},
    {S_INIT("number"), SCHEMA_NUMBERS},
    {S_INIT("string"), 1 << JSON_IS_STRING},
    {S_INIT("array"), 1 << JSON_IS_ARRAY},
    {S_INIT("object"), 1 << JSON_IS_OBJECT},
};

static uint8_t type_kinds(struct schema_maker *m, const struct json *v, bool *integer, bool *number)
{
    str name = json_text(v);
    *integer |= str_eq(name, S("integer"));
    *number |= str_eq(name, S("number"));
    for (size_t i = 0; i < COUNT(types); i++)
        if (str_eq(types[i].name, name))
            return types[i].kinds;
    schema_refuse(m, S("schema_form"), v, S("type"));
    return 0;
}

static void fill_type(struct schema_maker *m, const struct json *schema, struct schema_node *n)
{
    const struct json *v = json_get(schema, S("type"));
    bool integer = false, number = false;
    if (v == NULL)
        return;
    n->kinds = 0;
    if (!json_is(v, JSON_IS_ARRAY))
        n->kinds = type_kinds(m, v, &integer, &number);
    for (size_t i = 0; json_is(v, JSON_IS_ARRAY) && i < json_count(v); i++)
        n->kinds |= type_kinds(m, json_at(v, i), &integer, &number);
    n->whole = integer && !number;
}

static enum schema_format format_of(str name)
{
    for (unsigned f = 1; f < SCHEMA_FORMAT_COUNT; f++)
        if (str_eq(schema_format_name((enum schema_format)f), name))
            return (enum schema_format)f;
    return SCHEMA_FORMAT_NONE; /* others are notes */
}

static void fill_string(struct schema_maker *m, const struct json *schema, struct schema_node *n,
                        const struct schema_resource *r)
{
    static const struct json nothing = {.kind = JSON_IS_OBJECT};
    const struct json *limits = r->validates ? schema : &nothing;
    const struct json *pattern = json_get(limits, S("pattern"));
    struct schema_string s = {
        .min = schema_count(m, limits, S("minLength"), 0),
        .max = schema_count(m, limits, S("maxLength"), UINT32_MAX),
        .pattern = SCHEMA_NONE,
        .format = r->formats ? format_of(json_get_text(schema, S("format"))) : SCHEMA_FORMAT_NONE,
    };
    if (pattern != NULL) {
        if (!json_is(pattern, JSON_IS_STRING))
            schema_refuse(m, S("schema_form"), pattern, S("pattern"));
        s.pattern = schema_pattern_add(m, pattern, json_text(pattern));
    }
    if (s.min == 0 && s.max == UINT32_MAX && s.pattern == SCHEMA_NONE &&
        s.format == SCHEMA_FORMAT_NONE)
        return;
    n->string = (uint32_t)m->strings.n;
    *PUSH(m->a, &m->strings) = s;
}

static str number_of(struct schema_maker *m, const struct json *schema, str key)
{
    const struct json *v = json_get(schema, key);
    if (v != NULL && json_number(v).p == NULL)
        schema_refuse(m, S("schema_form"), v, key);
    return json_number(v);
}

static void fill_number(struct schema_maker *m, const struct json *schema, struct schema_node *n)
{
    struct schema_number r = {
        .min = number_of(m, schema, S("minimum")),
        .above = number_of(m, schema, S("exclusiveMinimum")),
        .max = number_of(m, schema, S("maximum")),
        .below = number_of(m, schema, S("exclusiveMaximum")),
        .multiple = number_of(m, schema, S("multipleOf")),
    };
    if (r.multiple.p != NULL && schema_number_cmp(r.multiple, S("0")) <= 0)
        schema_refuse(m, S("schema_form"), json_get(schema, S("multipleOf")), S("multipleOf"));
    if (r.min.p == NULL && r.above.p == NULL && r.max.p == NULL && r.below.p == NULL &&
        r.multiple.p == NULL)
        return;
    n->number = (uint32_t)m->numbers.n;
    *PUSH(m->a, &m->numbers) = r;
}

static struct schema_list subs(struct schema_maker *m, const struct json *schema, str key,
                               uint32_t resource)
{
    const struct json *v = json_get(schema, key);
    struct schema_gather g = {0};
    if (v != NULL && !json_is(v, JSON_IS_ARRAY))
        schema_refuse(m, S("schema_form"), v, key);
    for (size_t i = 0; json_is(v, JSON_IS_ARRAY) && i < json_count(v); i++)
        *PUSH(m->a, &g) = schema_node_of(m, json_at(v, i), resource);
    return schema_list_add(m, &g);
}

/* Before 2020 a list of items was what prefixItems is now, and additionalItems the rest. */
static void fill_items(struct schema_maker *m, const struct json *schema, struct schema_array *r,
                       uint32_t resource)
{
    bool old = json_is(json_get(schema, S("items")), JSON_IS_ARRAY) &&
               m->resources.v[resource].draft <= SCHEMA_DRAFT_07;
    r->prefix = subs(m, schema, old ? S("items") : S("prefixItems"), resource);
    r->items = schema_sub(m, schema, old ? S("additionalItems") : S("items"), resource);
}

static bool is_true(const struct json *j)
{
    return json_is(j, JSON_IS_TRUE);
}

static void fill_array(struct schema_maker *m, const struct json *schema, uint32_t node,
                       uint32_t resource)
{
    bool validates = m->resources.v[resource].validates;
    static const struct json nothing = {.kind = JSON_IS_OBJECT};
    const struct json *limits = validates ? schema : &nothing;
    struct schema_array r = {
        .min = schema_count(m, limits, S("minItems"), 0),
        .max = schema_count(m, limits, S("maxItems"), UINT32_MAX),
        .contains_min = schema_count(m, limits, S("minContains"), 1),
        .contains_max = schema_count(m, limits, S("maxContains"), UINT32_MAX),
        .unique = is_true(json_get(limits, S("uniqueItems"))),
        .contains = schema_sub(m, schema, S("contains"), resource),
        .unevaluated = schema_sub(m, schema, S("unevaluatedItems"), resource),
    };
    fill_items(m, schema, &r, resource);
    bool says = r.min > 0 || r.max < UINT32_MAX || r.unique || r.contains != SCHEMA_NONE ||
                r.unevaluated != SCHEMA_NONE || r.items != SCHEMA_NONE || r.prefix.n > 0;
    if (!says)
        return;
    m->nodes.v[node].array = (uint32_t)m->arrays.n;
    *PUSH(m->a, &m->arrays) = r;
}

static uint32_t reference(struct schema_maker *m, const struct json *ref, uint32_t resource,
                          str *named)
{
    *named = NO_STR;
    if (ref == NULL)
        return SCHEMA_NONE;
    if (!json_is(ref, JSON_IS_STRING)) {
        schema_refuse(m, S("schema_form"), ref, S("$ref"));
        return SCHEMA_NONE;
    }
    const struct json *to = schema_lead(m, ref, &resource, named);
    return to == NULL ? SCHEMA_NONE : schema_node_of(m, to, resource);
}

static void fill_references(struct schema_maker *m, const struct json *schema,
                            struct schema_join *j, uint32_t resource)
{
    str named;
    j->ref = reference(m, json_get(schema, S("$ref")), resource, &named);
    j->dynamic = SCHEMA_NONE;
    if (m->resources.v[resource].draft < SCHEMA_DRAFT_2020)
        return;
    uint32_t node = reference(m, json_get(schema, S("$dynamicRef")), resource, &named);
    if (node == SCHEMA_NONE)
        return;
    j->dynamic = (uint32_t)m->dynamics.n;
    *PUSH(m->a, &m->dynamics) = (struct schema_dynamic){node, named};
}

static void fill_join(struct schema_maker *m, const struct json *schema, uint32_t node,
                      uint32_t resource)
{
    bool alone =
        m->resources.v[resource].draft <= SCHEMA_DRAFT_07 && json_get(schema, S("$ref")) != NULL;
    static const struct json nothing = {.kind = JSON_IS_OBJECT};
    const struct json *others = alone ? &nothing : schema;
    struct schema_join j = {
        .all = subs(m, others, S("allOf"), resource),
        .any = subs(m, others, S("anyOf"), resource),
        .one = subs(m, others, S("oneOf"), resource),
        .not = schema_sub(m, others, S("not"), resource),
        .when = schema_sub(m, others, S("if"), resource),
        .then = schema_sub(m, others, S("then"), resource),
        .otherwise = schema_sub(m, others, S("else"), resource),
    };
    fill_references(m, schema, &j, resource);
    bool says = j.all.n + j.any.n + j.one.n > 0 || j.not != SCHEMA_NONE || j.when != SCHEMA_NONE ||
                j.ref != SCHEMA_NONE || j.dynamic != SCHEMA_NONE;
    if (!says)
        return;
    m->nodes.v[node].join = (uint32_t)m->joins.n;
    *PUSH(m->a, &m->joins) = j;
}

static void fill_own(struct schema_maker *m, const struct json *schema, uint32_t node,
                     uint32_t resource)
{
    struct schema_node n = m->nodes.v[node];
    struct schema_resource r = m->resources.v[resource];
    fill_string(m, schema, &n, &r);
    if (r.validates) {
        fill_type(m, schema, &n);
        fill_number(m, schema, &n);
    }
    m->nodes.v[node] = n;
    if (r.validates)
        schema_fill_value(m, schema, node);
}

void schema_fill(struct schema_maker *m, const struct json *schema, uint32_t node,
                 uint32_t resource, bool branch)
{
    if (!json_is(schema, JSON_IS_OBJECT)) {
        if (json_is(schema, JSON_IS_FALSE))
            m->nodes.v[node].kinds = 0;
        else if (!json_is(schema, JSON_IS_TRUE))
            schema_refuse(m, S("schema_form"), schema, NO_STR);
        return;
    }
    bool alone =
        m->resources.v[resource].draft <= SCHEMA_DRAFT_07 && json_get(schema, S("$ref")) != NULL;
    if (!alone) {
        fill_own(m, schema, node, resource);
        fill_array(m, schema, node, resource);
        schema_fill_object(m, schema, node, resource, branch);
    }
    fill_join(m, schema, node, resource);
}
