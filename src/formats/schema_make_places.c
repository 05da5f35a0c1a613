/* schema_make_places.c - where in a document schemas stand, and by what names they go. */
#include "formats/schema_make.h"

#include <string.h>

/* ---- a hash table by address ---- */

static size_t slot_of(const struct schema_maker *m, const struct json *at)
{
    uint64_t h = (uint64_t)(uintptr_t)at * 0x9E3779B97F4A7C15u;
    size_t i = (size_t)(h >> 20) & (m->place_cap - 1);
    while (m->places[i].at != NULL && m->places[i].at != at)
        i = (i + 1) & (m->place_cap - 1);
    return i;
}

static void grow(struct schema_maker *m)
{
    struct schema_place *old = m->places;
    size_t n = m->place_cap;
    m->place_cap = n == 0 ? 256 : 2 * n;
    m->places = NEWS(m->a, struct schema_place, m->place_cap);
    for (size_t i = 0; i < n; i++)
        if (old[i].at != NULL)
            m->places[slot_of(m, old[i].at)] = old[i];
}

struct schema_place *schema_place(struct schema_maker *m, const struct json *at, uint32_t resource)
{
    if (2 * m->place_count >= m->place_cap)
        grow(m);
    struct schema_place *p = &m->places[slot_of(m, at)];
    if (p->at == NULL) {
        *p = (struct schema_place){at, resource, SCHEMA_NONE, false};
        m->place_count++;
    }
    return p;
}

/* ---- resources ---- */

static str without_fragment(str uri)
{
    ptrdiff_t hash = str_find_char(uri, '#');
    return hash < 0 ? uri : str_sub(uri, 0, (size_t)hash);
}

static unsigned draft_of(str uri, unsigned other)
{
    if (str_find(uri, S("draft-04/")) >= 0)
        return SCHEMA_DRAFT_04;
    if (str_find(uri, S("draft-06/")) >= 0)
        return SCHEMA_DRAFT_06;
    if (str_find(uri, S("draft-07/")) >= 0)
        return SCHEMA_DRAFT_07;
    return uri.p == NULL ? other : SCHEMA_DRAFT_2020;
}

/* What a metaschema of someone's own says about the vocabularies in use. */
static void read_dialect(struct schema_maker *m, struct schema_resource *r, str uri)
{
    bool yes;
    if (uri.p == NULL || m->options->find == NULL || r->draft != SCHEMA_DRAFT_2020)
        return;
    const struct json *meta = m->options->find(m->a, m->options->arg, without_fragment(uri));
    const struct json *words = json_get(meta, S("$vocabulary"));
    if (json_count(words) == 0)
        return;
    const struct json *format =
        json_get(words, S("https://json-schema.org/draft/2020-12/vocab/format-assertion"));
    r->formats |= json_bool(format, &yes);
    r->validates =
        json_get(words, S("https://json-schema.org/draft/2020-12/vocab/validation")) != NULL;
}

static uint32_t resource_add(struct schema_maker *m, const struct json *root, str base,
                             const struct json *document, const struct schema_resource *outer)
{
    str dialect = json_get_text(root, S("$schema"));
    struct schema_resource r = {.base = base, .root = root, .document = document};
    r.validates = outer == NULL || outer->validates;
    r.formats = outer == NULL ? m->options->formats : outer->formats;
    unsigned draft = m->options->draft_07 ? SCHEMA_DRAFT_07 : SCHEMA_DRAFT_2020;
    r.draft = draft_of(dialect, outer == NULL ? draft : outer->draft);
    read_dialect(m, &r, dialect);
    *PUSH(m->a, &m->resources) = r;
    return (uint32_t)m->resources.n - 1;
}

static void name_add(struct schema_maker *m, const struct json *at, uint32_t resource, str name,
                     bool dynamic)
{
    if (name.n > 0)
        *PUSH(m->a, &m->names) = (struct schema_named){resource, name, at, dynamic};
}

/* A schema's own URI, or absent.  Before 2019 a $ref made the others beside it mean nothing, and
 * "#name" was an anchor. */
static str own_id(struct schema_maker *m, const struct json *s, uint32_t resource)
{
    unsigned draft = draft_of(json_get_text(s, S("$schema")), m->resources.v[resource].draft);
    str id = json_get_text(s, draft == SCHEMA_DRAFT_04 ? S("id") : S("$id"));
    if (draft <= SCHEMA_DRAFT_07 && json_get(s, S("$ref")) != NULL)
        return NO_STR;
    if (id.n > 0 && id.p[0] == '#') {
        name_add(m, s, resource, str_from(id, 1), false);
        return NO_STR;
    }
    return id.n == 0 ? NO_STR : id;
}

/* ---- schemas inside schemas ---- */

enum kind { NO_SCHEMA, ONE, LIST, MAP };

static const struct {
    str key;
    enum kind kind;
    bool branch;
} keyword[] = {
    {S_INIT("properties"), MAP, false},
    {S_INIT("patternProperties"), MAP, false},
    {S_INIT("$defs"), MAP, false},
    {S_INIT("definitions"), MAP, false},
    {S_INIT("dependentSchemas"), MAP, true},
    {S_INIT("dependencies"), MAP, true},
    {S_INIT("allOf"), LIST, true},
    {S_INIT("anyOf"), LIST, true},
    {S_INIT("oneOf"), LIST, true},
    {S_INIT("prefixItems"), LIST, false},
    {S_INIT("items"), ONE, false},
    {S_INIT("additionalItems"), ONE, false},
    {S_INIT("additionalProperties"), ONE, false},
    {S_INIT("unevaluatedItems"), ONE, false},
    {S_INIT("unevaluatedProperties"), ONE, false},
    {S_INIT("contains"), ONE, false},
    {S_INIT("propertyNames"), ONE, false},
    {S_INIT("contentSchema"), ONE, false},
    {S_INIT("not"), ONE, true},
    {S_INIT("if"), ONE, true},
    {S_INIT("then"), ONE, true},
    {S_INIT("else"), ONE, true},
};

static void learn(struct schema_maker *m, const struct json *s, uint32_t resource, bool branch);

static void learn_keyword(struct schema_maker *m, const struct json *v, enum kind kind,
                          uint32_t resource, bool branch)
{
    if (json_is(v, JSON_IS_ARRAY)) { /* items, too, before 2020 */
        for (size_t i = 0; i < json_count(v); i++)
            learn(m, json_at(v, i), resource, branch);
    } else if (kind == MAP) {
        for (size_t i = 0; i < json_count(v); i++)
            learn(m, json_value(v, i), resource, branch);
    } else if (kind == ONE) {
        learn(m, v, resource, branch);
    }
}

/* Recursive: documents are at most JSON_DEPTH deep. */
static void learn(struct schema_maker *m, const struct json *s, uint32_t resource, bool branch)
{
    bool is_schema =
        json_is(s, JSON_IS_OBJECT) || json_is(s, JSON_IS_TRUE) || json_is(s, JSON_IS_FALSE);
    if (!is_schema)
        return;
    str id = s == m->resources.v[resource].root ? NO_STR : own_id(m, s, resource);
    if (id.p != NULL) {
        struct schema_resource outer = m->resources.v[resource];
        str base = without_fragment(schema_uri_resolve(m->a, outer.base, id));
        resource = resource_add(m, s, base, outer.document, &outer);
    }
    schema_place(m, s, resource)->branch = branch;
    if (!json_is(s, JSON_IS_OBJECT))
        return;
    name_add(m, s, resource, json_get_text(s, S("$anchor")), false);
    name_add(m, s, resource, json_get_text(s, S("$dynamicAnchor")), true);
    for (size_t i = 0; i < COUNT(keyword); i++) {
        const struct json *v = json_get(s, keyword[i].key);
        if (v != NULL)
            learn_keyword(m, v, keyword[i].kind, resource, keyword[i].branch);
    }
}

uint32_t schema_learn(struct schema_maker *m, const struct json *document, str uri)
{
    uint32_t r = resource_add(m, document, without_fragment(uri), document, NULL);
    str id = own_id(m, document, r);
    if (id.p != NULL)
        m->resources.v[r].base =
            without_fragment(schema_uri_resolve(m->a, m->resources.v[r].base, id));
    learn(m, document, r, false);
    return r;
}

/* ---- references ---- */

static uint32_t resource_find(struct schema_maker *m, str base)
{
    for (uint32_t i = 0; i < m->resources.n; i++)
        if (str_eq(m->resources.v[i].base, base))
            return i;
    const struct json *document =
        m->options->find == NULL ? NULL : m->options->find(m->a, m->options->arg, base);
    if (document == NULL)
        return SCHEMA_NONE;
    uint32_t r = schema_learn(m, document, base);
    m->resources.v[r].base = base; /* by which it is known: a query in its $id does not matter */
    return r;
}

static const struct json *by_name(const struct schema_maker *m, uint32_t resource, str name,
                                  str *named)
{
    for (size_t i = 0; i < m->names.n; i++) {
        const struct schema_named *n = &m->names.v[i];
        if (n->resource != resource || !str_eq(n->name, name))
            continue;
        *named = n->dynamic ? name : NO_STR;
        return n->at;
    }
    return NULL;
}

const struct json *schema_lead(struct schema_maker *m, const struct json *ref, uint32_t *resource,
                               str *named)
{
    str text = json_text(ref);
    const struct json *to = NULL;
    str uri = schema_uri_resolve(m->a, m->resources.v[*resource].base, text);
    str base = without_fragment(uri);
    str fragment = schema_uri_decode(m->a, str_from(uri, base.n + 1));
    *resource = resource_find(m, base);
    *named = NO_STR;
    if (*resource != SCHEMA_NONE) {
        const struct json *root = m->resources.v[*resource].root;
        bool pointer = fragment.n == 0 || fragment.p[0] == '/';
        to = pointer ? json_find(root, fragment) : by_name(m, *resource, fragment, named);
    }
    bool is_schema =
        json_is(to, JSON_IS_OBJECT) || json_is(to, JSON_IS_TRUE) || json_is(to, JSON_IS_FALSE);
    if (!is_schema) {
        schema_refuse(m, S("schema_ref"), ref, text);
        return NULL;
    }
    return to;
}
