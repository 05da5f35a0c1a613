/* formgen_write.c - a compiled schema's tables as C. */
#include "formgen.h"

/* Bytes beyond ASCII and what ends a literal as escapes of three digits. */
static void put_text(buf *b, str s)
{
    if (s.p == NULL) {
        buf_put(b, S("{NULL, 0}"));
        return;
    }
    buf_put(b, S("{\""));
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?')
            buf_putf(b, "\\%03o", c);
        else
            buf_char(b, (char)c);
    }
    buf_putf(b, "\", %zu}", s.n);
}

static void put_list(buf *b, struct schema_list l)
{
    buf_putf(b, "{%u, %u}", l.at, l.n);
}

static void put_keys(buf *b, const struct schema_keys *k)
{
    buf_putf(b, "{%u, %u, %u, %u, %uu, %u}", k->at, k->n, k->slots, k->mask, k->seed, k->needed);
}

static void put_nodes(buf *b, const struct schema_maker *m)
{
    buf_put(b, S("static const struct schema_node nodes[] = {\n"));
    for (size_t i = 0; i < m->nodes.n; i++) {
        const struct schema_node *n = &m->nodes.v[i];
        buf_putf(b, "{%u, %d, %d, %u, %u, %uu, %uu, %uu, %uu, %uu, %uu},\n", n->kinds, n->whole,
                 n->plain, n->easy, n->resource, n->value, n->string, n->number, n->array,
                 n->object, n->join);
    }
    buf_put(b, S("};\n"));
}

static void put_strings(buf *b, const struct schema_maker *m)
{
    buf_put(b, S("static const struct schema_string strings[] = {\n"));
    for (size_t i = 0; i < m->strings.n; i++) {
        const struct schema_string *s = &m->strings.v[i];
        buf_putf(b, "{%u, %uu, %uu, %u},\n", s->min, s->max, s->pattern, s->format);
    }
    buf_put(b, S("};\nstatic const struct schema_number numbers[] = {\n"));
    for (size_t i = 0; i < m->numbers.n; i++) {
        const struct schema_number *n = &m->numbers.v[i];
        const str limit[] = {n->min, n->above, n->max, n->below, n->multiple};
        for (size_t k = 0; k < COUNT(limit); k++) {
            buf_put(b, k == 0 ? S("{") : S(", "));
            put_text(b, limit[k]);
        }
        buf_put(b, S("},\n"));
    }
    buf_put(b, S("};\n"));
}

static void put_arrays(buf *b, const struct schema_maker *m)
{
    buf_put(b, S("static const struct schema_array arrays[] = {\n"));
    for (size_t i = 0; i < m->arrays.n; i++) {
        const struct schema_array *r = &m->arrays.v[i];
        buf_putf(b, "{%u, %uu, %uu, ", r->min, r->max, r->items);
        put_list(b, r->prefix);
        buf_putf(b, ", %uu, %u, %uu, %uu, %d},\n", r->contains, r->contains_min, r->contains_max,
                 r->unevaluated, r->unique);
    }
    buf_put(b, S("};\n"));
}

static void put_objects(buf *b, const struct schema_maker *m)
{
    buf_put(b, S("static const struct schema_object objects[] = {\n"));
    for (size_t i = 0; i < m->objects.n; i++) {
        const struct schema_object *o = &m->objects.v[i];
        buf_putf(b, "{%u, %uu, ", o->min, o->max);
        put_keys(b, &o->keys);
        buf_put(b, S(", "));
        put_list(b, o->patterns);
        buf_putf(b, ", %uu, %uu, %uu, ", o->additional, o->unevaluated, o->names);
        put_list(b, o->needs);
        buf_put(b, S(", "));
        put_list(b, o->depend);
        buf_putf(b, ", %d},\n", o->closes);
    }
    buf_put(b, S("};\n"));
}

static void put_values(buf *b, const struct schema_maker *m)
{
    buf_put(b, S("static const struct schema_value values[] = {\n"));
    for (size_t i = 0; i < m->values.n; i++) {
        const struct schema_value *v = &m->values.v[i];
        buf_char(b, '{');
        put_keys(b, &v->texts);
        buf_put(b, S(", "));
        put_list(b, v->others);
        buf_put(b, S(", "));
        put_text(b, v->shown);
        buf_putf(b, ", %d},\n", v->constant);
    }
    buf_put(b, S("};\nstatic const struct schema_thing things[] = {\n"));
    for (size_t i = 0; i < m->things.n; i++) {
        const struct schema_thing *t = &m->things.v[i];
        buf_char(b, '{');
        put_text(b, t->text);
        buf_putf(b, ", %u, %u, %u},\n", t->n, t->span, t->kind);
    }
    buf_put(b, S("};\n"));
}

static void put_joins(buf *b, const struct schema_maker *m)
{
    buf_put(b, S("static const struct schema_join joins[] = {\n"));
    for (size_t i = 0; i < m->joins.n; i++) {
        const struct schema_join *j = &m->joins.v[i];
        const struct schema_list list[] = {j->all, j->any, j->one};
        buf_char(b, '{');
        for (size_t k = 0; k < COUNT(list); k++) {
            put_list(b, list[k]);
            buf_put(b, S(", "));
        }
        buf_putf(b, "%uu, %uu, %uu, %uu, %uu, %uu},\n", j->ref, j->dynamic, j->not, j->when,
                 j->then, j->otherwise);
    }
    buf_put(b, S("};\nstatic const struct schema_dynamic dynamics[] = {\n"));
    for (size_t i = 0; i < m->dynamics.n; i++) {
        buf_putf(b, "{%u, ", m->dynamics.v[i].node);
        put_text(b, m->dynamics.v[i].anchor);
        buf_put(b, S("},\n"));
    }
    buf_put(b, S("};\nstatic const struct schema_anchor anchors[] = {\n"));
    for (size_t i = 0; i < m->anchors.n; i++) {
        buf_putf(b, "{%u, ", m->anchors.v[i].resource);
        put_text(b, m->anchors.v[i].anchor);
        buf_putf(b, ", %u},\n", m->anchors.v[i].node);
    }
    buf_put(b, S("};\n"));
}

/* ---- patterns ---- */

static void put_machine(buf *b, const struct regex_machine *m, size_t pattern, size_t part)
{
    buf_putf(b, "static const uint8_t class_%zu_%zu[] = {", pattern, part);
    for (size_t i = 0; i < 256; i++)
        buf_putf(b, "%u,", m->class_of[i]);
    buf_putf(b, "};\nstatic const uint32_t next_%zu_%zu[] = {", pattern, part);
    for (size_t i = 0; i < m->size; i++)
        buf_putf(b, "%u,%s", m->next[i], i % 32 == 31 ? "\n" : "");
    buf_put(b, S("};\n"));
}

static void put_regex(buf *b, const struct regex *r, size_t pattern)
{
    for (size_t i = 0; i < r->n; i++)
        put_machine(b, &r->machines[i], pattern, i);
    buf_putf(b, "static const struct regex_machine machine_%zu[] = {", pattern);
    for (size_t i = 0; i < r->n; i++) {
        const struct regex_machine *m = &r->machines[i];
        buf_putf(b, "{class_%zu_%zu, next_%zu_%zu, %u, %u, %u, %u, %d}, ", pattern, i, pattern, i,
                 m->size, m->classes, m->start, m->final, m->negative);
    }
    buf_putf(b, "};\nstatic const struct regex regex_%zu = {machine_%zu, %zu};\n", pattern, pattern,
             r->n);
}

static void put_patterns(buf *b, const struct schema_maker *m)
{
    for (size_t i = 0; i < m->patterns.n; i++)
        put_regex(b, m->patterns.v[i].regex, i);
    buf_put(b, S("static const struct schema_pattern patterns[] = {\n"));
    for (size_t i = 0; i < m->patterns.n; i++) {
        buf_char(b, '{');
        put_text(b, m->patterns.v[i].text);
        buf_putf(b, ", &regex_%zu},\n", i);
    }
    buf_put(b, S("};\n"));
}

static void put_pools(buf *b, const struct schema_maker *m)
{
    buf_put(b, S("static const struct schema_key keys[] = {\n"));
    for (size_t i = 0; i < m->keys.n; i++) {
        buf_char(b, '{');
        put_text(b, m->keys.v[i].text);
        buf_putf(b, ", %uu, %u},\n", m->keys.v[i].node, m->keys.v[i].need);
    }
    buf_put(b, S("};\nstatic const uint32_t lists[] = {\n"));
    for (size_t i = 0; i < m->lists.n; i++)
        buf_putf(b, "%uu,%s", m->lists.v[i], i % 16 == 15 ? "\n" : "");
    buf_put(b, S("};\nstatic const uint16_t slots[] = {\n"));
    for (size_t i = 0; i < m->slots.n; i++)
        buf_putf(b, "%u,%s", m->slots.v[i], i % 32 == 31 ? "\n" : "");
    buf_put(b, S("};\n"));
}

void form_write(buf *b, const struct schema_maker *m, const struct form_files *files)
{
    buf_put(b, S("/* forms.c - made by tools/formgen from schemas/. */\n"
                 "#include \"formats/schema_own.h\"\n"));
    put_nodes(b, m);
    put_strings(b, m);
    put_arrays(b, m);
    put_objects(b, m);
    put_values(b, m);
    put_joins(b, m);
    put_patterns(b, m);
    put_pools(b, m);
    buf_putf(b,
             "static const struct schema_tables tables = {nodes, strings, numbers, arrays, objects,"
             " values, joins, patterns, dynamics, anchors, keys, things, lists, slots, %zu};\n",
             m->anchors.n);
    buf_put(b, S("const struct schema schema_all_kept[SCHEMA_COUNT] = {\n"));
    for (size_t i = 0; i < files->n; i++)
        if (!str_eq(files->v[i].name, S("-")))
            buf_putf(b, "[SCHEMA_%.*s] = {&tables, %u},\n", SV(files->v[i].name), files->v[i].root);
    buf_put(b, S("};\nconst struct schema_file schema_files[] = {\n"));
    for (size_t i = 0; i < files->n; i++)
        buf_putf(b, "{S_INIT(\"%.*s\"), S_INIT(\"schemas/%.*s\")},\n", SV(files->v[i].uri),
                 SV(files->v[i].file));
    buf_putf(b, "};\nconst size_t schema_file_count = %zu;\n", files->n);
}
