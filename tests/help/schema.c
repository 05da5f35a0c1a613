/* schema.c - see schema.h; JSON Schema 2020-12 as written in its specification, sections 6 to 10. */
#include "help/schema.h"

const struct json *schema_ref(const struct json *root, str ref)
{
    const struct json *j = root;
    if (!str_has_prefix(ref, S("#/")))
        return NULL;
    ref = str_from(ref, 2);
    while (ref.n > 0 && j != NULL)
        j = json_get(j, str_cut(&ref, '/'));
    return j;
}

static bool is_type(const struct json *v, str name)
{
    if (str_eq(name, S("object")))
        return json_is(v, JSON_IS_OBJECT);
    if (str_eq(name, S("array")))
        return json_is(v, JSON_IS_ARRAY);
    if (str_eq(name, S("string")))
        return json_is(v, JSON_IS_STRING);
    if (str_eq(name, S("null")))
        return json_is(v, JSON_IS_NULL);
    if (str_eq(name, S("boolean")))
        return json_is(v, JSON_IS_TRUE) || json_is(v, JSON_IS_FALSE);
    i64 n;
    if (str_eq(name, S("integer")))
        return json_i64(v, &n);
    return str_eq(name, S("number")) && (json_i64(v, &n) || json_is(v, JSON_IS_REAL));
}

static bool type_holds(const struct json *type, const struct json *v)
{
    if (json_is(type, JSON_IS_STRING))
        return is_type(v, json_text(type));
    for (size_t i = 0; i < json_count(type); i++)
        if (is_type(v, json_text(json_at(type, i))))
            return true;
    return false;
}

static str inside(struct arena *a, str key, str finding)
{
    return finding.n ? str_fmt(a, "/%.*s%.*s", SV(key), SV(finding)) : S("");
}

static str check_object(struct arena *a, const struct json *root, const struct json *schema,
                        const struct json *v)
{
    const struct json *properties = json_get(schema, S("properties"));
    const struct json *required = json_get(schema, S("required"));
    for (size_t i = 0; required && i < json_count(required); i++)
        if (json_get(v, json_text(json_at(required, i))) == NULL)
            return str_fmt(a, ": %.*s is missing", SV(json_text(json_at(required, i))));
    if (json_count(schema) == 0) /* anything: JSON that a standard of its own describes */
        return S("");
    for (size_t i = 0; i < json_count(v); i++) {
        const struct json *p = properties ? json_get(properties, json_key(v, i)) : NULL;
        if (p == NULL)
            return str_fmt(a, ": %.*s is not described", SV(json_key(v, i)));
        str f = inside(a, json_key(v, i), schema_finding(a, root, p, json_value(v, i)));
        if (f.n)
            return f;
    }
    return S("");
}

static str check_array(struct arena *a, const struct json *root, const struct json *schema,
                       const struct json *v)
{
    const struct json *items = json_get(schema, S("items"));
    for (size_t i = 0; items && i < json_count(v); i++) {
        str f = inside(a, str_fmt(a, "%zu", i), schema_finding(a, root, items, json_at(v, i)));
        if (f.n)
            return f;
    }
    return S("");
}

static str unknown_keyword(struct arena *a, const struct json *schema)
{
    static const str known[] = {S_INIT("type"),
                                S_INIT("properties"),
                                S_INIT("required"),
                                S_INIT("items"),
                                S_INIT("$ref"),
                                S_INIT("format"),
                                S_INIT("maxLength"),
                                S_INIT("enum"),
                                S_INIT("maximum"),
                                S_INIT("description"),
                                S_INIT("additionalProperties")};
    for (size_t i = 0; i < json_count(schema); i++) {
        bool found = false;
        for (size_t k = 0; k < COUNT(known); k++)
            found |= str_eq(json_key(schema, i), known[k]);
        if (!found)
            return str_fmt(a, ": unknown keyword %.*s", SV(json_key(schema, i)));
    }
    return S("");
}

str schema_finding(struct arena *a, const struct json *root, const struct json *schema,
                   const struct json *v)
{
    const struct json *ref = json_get(schema, S("$ref")), *type = json_get(schema, S("type"));
    str unknown = unknown_keyword(a, schema);
    if (unknown.n)
        return unknown;
    if (ref != NULL) {
        const struct json *to = schema_ref(root, json_text(ref));
        return to ? schema_finding(a, root, to, v) : S(": a reference to nothing");
    }
    if (type != NULL && !type_holds(type, v))
        return S(": the type is another");
    if (json_is(v, JSON_IS_OBJECT))
        return check_object(a, root, schema, v);
    return json_is(v, JSON_IS_ARRAY) ? check_array(a, root, schema, v) : S("");
}

const struct json *schema_of_answer(struct arena *a, const struct json *openapi, str path,
                                    str method, int status)
{
    const struct json *j = json_get(openapi, S("paths"));
    j = j ? json_get(j, path) : NULL;
    j = j ? json_get(j, method) : NULL;
    j = j ? json_get(j, S("responses")) : NULL;
    j = j ? json_get(j, str_fmt(a, "%d", status)) : NULL;
    j = j ? json_get(j, S("content")) : NULL;
    j = j ? json_get(j, S("application/json")) : NULL;
    return j ? json_get(j, S("schema")) : NULL;
}
