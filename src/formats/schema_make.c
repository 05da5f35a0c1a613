/* schema_make.c - a schema compiled: what it refers to is learned as it is met, and every schema
 * in use becomes a node. */
#include "formats/schema_make.h"

#include <string.h>

enum { NODES = 50000 };

/* ---- refusals ---- */

static bool pointer_to(struct arena *a, const struct json *from, const struct json *to,
                       const struct json_place *place, str *out)
{
    if (from == to) {
        *out = json_pointer(a, place);
        return true;
    }
    bool object = json_is(from, JSON_IS_OBJECT);
    for (size_t i = 0; i < json_count(from); i++) {
        struct json_place here = {.up = place, .key = json_key(from, i), .index = i};
        if (pointer_to(a, object ? json_value(from, i) : json_at(from, i), to, &here, out))
            return true;
    }
    return false;
}

void schema_refuse(struct schema_maker *m, str code, const struct json *at, str text)
{
    if (m->refused)
        return;
    m->refused = true;
    *m->why = (struct schema_refusal){.code = code, .path = S(""), .text = text};
    struct json_place root = {0};
    for (size_t i = 0; at != NULL && i < m->resources.n; i++)
        if (pointer_to(m->a, m->resources.v[i].document, at, &root, &m->why->path))
            return;
}

/* ---- nodes ---- */

uint32_t schema_node_of(struct schema_maker *m, const struct json *at, uint32_t resource)
{
    struct schema_place *p = schema_place(m, at, resource);
    if (p->node != SCHEMA_NONE)
        return p->node;
    if (m->nodes.n == NODES) {
        schema_refuse(m, S("schema_size"), NULL, NO_STR);
        return 0;
    }
    p->node = (uint32_t)m->nodes.n;
    *PUSH(m->a, &m->nodes) = (struct schema_node){.kinds = SCHEMA_ANY,
                                                  .resource = p->resource,
                                                  .value = SCHEMA_NONE,
                                                  .string = SCHEMA_NONE,
                                                  .number = SCHEMA_NONE,
                                                  .array = SCHEMA_NONE,
                                                  .object = SCHEMA_NONE,
                                                  .join = SCHEMA_NONE};
    *PUSH(m->a, &m->queue) = at;
    return p->node;
}

static void work_off(struct schema_maker *m)
{
    while (m->queue_done < m->queue.n && !m->refused) {
        const struct json *at = m->queue.v[m->queue_done++];
        struct schema_place p = *schema_place(m, at, 0);
        schema_fill(m, at, p.node, p.resource, p.branch);
    }
}

/* A $dynamicRef may lead to any dynamic anchor that was met. */
static void add_anchors(struct schema_maker *m)
{
    bool used = false;
    for (size_t i = 0; i < m->dynamics.n; i++)
        used |= m->dynamics.v[i].anchor.p != NULL;
    for (size_t i = 0; used && i < m->names.n && !m->refused; i++) {
        struct schema_named n = m->names.v[i];
        if (!n.dynamic)
            continue;
        uint32_t node = schema_node_of(m, n.at, n.resource);
        *PUSH(m->a, &m->anchors) = (struct schema_anchor){n.resource, n.name, node};
        work_off(m);
    }
}

/* ---- shortening ---- */

/* Where a schema that is nothing but a $ref leads in the end. */
static uint32_t behind(const struct schema_maker *m, uint32_t node)
{
    for (unsigned steps = 0; node != SCHEMA_NONE && steps < 100; steps++) {
        const struct schema_node *n = &m->nodes.v[node];
        bool plain = n->kinds == SCHEMA_ANY && !n->whole && n->value == SCHEMA_NONE &&
                     n->string == SCHEMA_NONE && n->number == SCHEMA_NONE &&
                     n->array == SCHEMA_NONE && n->object == SCHEMA_NONE && n->join != SCHEMA_NONE;
        if (!plain)
            break;
        const struct schema_join *j = &m->joins.v[n->join];
        bool alone = j->ref != SCHEMA_NONE && j->all.n + j->any.n + j->one.n == 0 &&
                     j->dynamic == SCHEMA_NONE && j->not == SCHEMA_NONE && j->when == SCHEMA_NONE;
        /* the way to an anchor leads through all documents that are entered */
        if (!alone || (m->anchors.n > 0 && m->nodes.v[j->ref].resource != n->resource))
            break;
        node = j->ref;
    }
    return node;
}

static void shorten(struct schema_maker *m)
{
    for (size_t i = 0; i < m->keys.n; i++)
        m->keys.v[i].node = behind(m, m->keys.v[i].node);
    for (size_t i = 0; i < m->arrays.n; i++)
        m->arrays.v[i].items = behind(m, m->arrays.v[i].items);
    for (size_t i = 0; i < m->joins.n; i++)
        m->joins.v[i].ref = behind(m, m->joins.v[i].ref);
}

static uint8_t ease(const struct schema_maker *m, const struct schema_node *n)
{
    static const struct schema_string none = {.max = UINT32_MAX, .pattern = SCHEMA_NONE};
    const struct schema_string *s = n->string == SCHEMA_NONE ? &none : &m->strings.v[n->string];
    bool texts = n->plain && (n->kinds >> JSON_IS_STRING & 1) != 0;
    if (texts && n->value != SCHEMA_NONE && n->string == SCHEMA_NONE)
        return SCHEMA_LISTED;
    bool easy = texts && n->value == SCHEMA_NONE && s->min <= 1 && s->max == UINT32_MAX &&
                s->pattern == SCHEMA_NONE && s->format == SCHEMA_FORMAT_NONE;
    return easy ? (uint8_t)(1 + s->min) : 0;
}

static void mark_plain(struct schema_maker *m)
{
    for (size_t i = 0; i < m->nodes.n; i++) {
        struct schema_node *n = &m->nodes.v[i];
        n->plain = n->join == SCHEMA_NONE &&
                   (n->array == SCHEMA_NONE || m->arrays.v[n->array].unevaluated == SCHEMA_NONE) &&
                   (n->object == SCHEMA_NONE || m->objects.v[n->object].unevaluated == SCHEMA_NONE);
        n->easy = ease(m, n);
    }
}

/* ---- doors ---- */

struct schema_maker *schema_maker_new(struct arena *a, const struct schema_options *options,
                                      struct schema_refusal *why)
{
    struct schema_maker *m = NEW(a, struct schema_maker);
    m->a = a;
    m->options = options;
    m->why = why;
    return m;
}

enum err schema_maker_add(struct schema_maker *m, struct schema_source source, uint32_t *root)
{
    uint32_t r = SCHEMA_NONE;
    for (uint32_t i = 0; i < m->resources.n; i++)
        if (m->resources.v[i].root == source.document)
            r = i;
    if (r == SCHEMA_NONE)
        r = schema_learn(m, source.document, source.uri);
    *root = schema_node_of(m, source.document, r);
    work_off(m);
    return m->refused ? E_INVALID : OK;
}

const struct schema_tables *schema_maker_done(struct schema_maker *m)
{
    struct schema_tables *t = NEW(m->a, struct schema_tables);
    add_anchors(m);
    if (m->refused)
        return NULL;
    shorten(m);
    mark_plain(m);
    *t = (struct schema_tables){
        .nodes = m->nodes.v,
        .strings = m->strings.v,
        .numbers = m->numbers.v,
        .arrays = m->arrays.v,
        .objects = m->objects.v,
        .values = m->values.v,
        .joins = m->joins.v,
        .patterns = m->patterns.v,
        .dynamics = m->dynamics.v,
        .anchors = m->anchors.v,
        .keys = m->keys.v,
        .things = m->things.v,
        .lists = m->lists.v,
        .slots = m->slots.v,
        .anchor_count = (uint32_t)m->anchors.n,
    };
    return t;
}

enum err schema_make(struct arena *a, struct schema_source source,
                     const struct schema_options *options, const struct schema **out,
                     struct schema_refusal *why)
{
    static const struct schema_options none;
    struct schema_maker *m = schema_maker_new(a, options == NULL ? &none : options, why);
    struct schema *s = NEW(a, struct schema);
    TRY(schema_maker_add(m, source, &s->root));
    s->tables = schema_maker_done(m);
    if (s->tables == NULL)
        return E_INVALID;
    *out = s;
    return OK;
}
