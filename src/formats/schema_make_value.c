/* schema_make_value.c - enum and const. */
#include "formats/schema_make.h"

/* The value and all its parts, flat. */
static void put_thing(struct schema_maker *m, const struct json *j)
{
    size_t at = m->things.n;
    str text = json_is(j, JSON_IS_STRING) ? json_text(j) : json_number(j);
    *PUSH(m->a, &m->things) =
        (struct schema_thing){.text = text, .n = (uint32_t)json_count(j), .kind = j->kind};
    for (size_t i = 0; i < json_count(j); i++) {
        if (json_is(j, JSON_IS_OBJECT))
            *PUSH(m->a, &m->things) =
                (struct schema_thing){.text = json_key(j, i), .span = 1, .kind = JSON_IS_STRING};
        put_thing(m, json_is(j, JSON_IS_OBJECT) ? json_value(j, i) : json_at(j, i));
    }
    m->things.v[at].span = (uint32_t)(m->things.n - at);
}

static bool has_text(const struct schema_gathered_keys *g, str text)
{
    for (size_t i = 0; i < g->n; i++)
        if (str_eq(g->v[i].text, text))
            return true;
    return false;
}

static void add_value(struct schema_maker *m, const struct json *j, struct schema_value *v,
                      struct schema_gathered_keys *texts, buf *shown)
{
    if (shown->n > 0)
        buf_put(shown, S(", "));
    if (!json_is(j, JSON_IS_STRING)) {
        json_put_json(&(struct json_out){.b = shown}, j);
        put_thing(m, j);
        v->others.n = (uint32_t)m->things.n - v->others.at;
        return;
    }
    buf_put(shown, json_text(j));
    if (!has_text(texts, json_text(j)))
        *PUSH(m->a, texts) = (struct schema_key){.text = json_text(j), .node = SCHEMA_NONE};
}

static void fill(struct schema_maker *m, const struct json *const *items, size_t n, bool constant,
                 uint32_t node)
{
    struct schema_value v = {.constant = constant, .others = {(uint32_t)m->things.n, 0}};
    struct schema_gathered_keys texts = {0};
    buf shown = {.a = m->a};
    for (size_t i = 0; i < n; i++)
        add_value(m, items[i], &v, &texts, &shown);
    v.texts = schema_keys_add(m, &texts, 0);
    v.shown = buf_str(&shown);
    m->nodes.v[node].value = (uint32_t)m->values.n;
    *PUSH(m->a, &m->values) = v;
}

/* With both, only what both allow is left: const, where enum has it. */
void schema_fill_value(struct schema_maker *m, const struct json *schema, uint32_t node)
{
    const struct json *constant = json_get(schema, S("const")), *of = json_get(schema, S("enum"));
    size_t n = json_count(of);
    bool allowed = of == NULL;
    if (of != NULL && (!json_is(of, JSON_IS_ARRAY) || n > 5000)) {
        schema_refuse(m, S("schema_form"), of, S("enum"));
        return;
    }
    const struct json **items = NEWS(m->a, const struct json *, n + 1);
    for (size_t i = 0; i < n; i++) {
        items[i] = json_at(of, i);
        allowed |= constant != NULL && schema_is_equal(items[i], constant);
    }
    if (constant != NULL) {
        items[0] = constant;
        n = allowed;
    }
    if (constant != NULL || of != NULL)
        fill(m, items, n, constant != NULL, node);
}
