/* schema_unique.c - items that are there twice, never by comparing each with each.
 *
 * A few are compared as they are.  Of more, those that are equal get an equal text, and texts
 * are sorted: n log n whatever a stranger chooses. */
#include "formats/schema_own.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 8, MARKED = 300 };

struct item {
    str text;
    uint32_t at;
};

static bool say_twice(struct schema_walk *w, const struct json_place *place, uint32_t first,
                      uint32_t again)
{
    struct json_place here = {.up = place, .index = again};
    return schema_say(w, &here, S("uniqueItems"), NO_STR, first);
}

static bool few_unique(struct schema_walk *w, const struct json *j, const struct json_place *place)
{
    bool fits = true;
    for (uint32_t i = 1; i < j->n; i++)
        for (uint32_t k = 0; k < i; k++)
            if (schema_is_equal(&j->u.items[k], &j->u.items[i])) {
                fits = say_twice(w, place, k, i);
                break;
            }
    return fits;
}

static int by_text(const void *x, const void *y)
{
    const struct item *u = x, *v = y;
    int c = str_cmp(u->text, v->text);
    return c != 0 ? c : (u->at > v->at) - (u->at < v->at);
}

static void put_value(buf *b, const struct json *j);

static void put_object(buf *b, const struct json *j)
{
    struct item *keys = NEWS(b->a, struct item, j->n + (size_t)1);
    for (uint32_t i = 0; i < j->n; i++)
        keys[i] = (struct item){json_key(j, i), i};
    qsort(keys, j->n, sizeof *keys, by_text);
    buf_char(b, '{');
    for (uint32_t i = 0; i < j->n; i++) {
        json_quote(b, keys[i].text);
        buf_char(b, ':');
        put_value(b, json_value(j, keys[i].at));
    }
}

static void put_value(buf *b, const struct json *j)
{
    static const char mark[] = {'n', 'f', 't'};
    switch ((enum json_kind)j->kind) {
    case JSON_IS_NULL:
    case JSON_IS_FALSE:
    case JSON_IS_TRUE: buf_char(b, mark[j->kind]); break;
    case JSON_IS_INT:
    case JSON_IS_REAL: schema_number_put(b, json_number(j)); break;
    case JSON_IS_STRING: json_quote(b, json_text(j)); break;
    case JSON_IS_ARRAY:
        buf_char(b, '[');
        for (uint32_t i = 0; i < j->n; i++) {
            put_value(b, &j->u.items[i]);
            buf_char(b, ',');
        }
        buf_char(b, ']');
        break;
    case JSON_IS_OBJECT:
        put_object(b, j);
        buf_char(b, '}');
        break;
    }
}

static bool all_strings(const struct json *j)
{
    for (uint32_t i = 0; i < j->n; i++)
        if (j->u.items[i].kind != JSON_IS_STRING)
            return false;
    return true;
}

static bool many_unique(struct schema_walk *w, struct arena *a, const struct json *j,
                        const struct json_place *place)
{
    bool plain = all_strings(j), fits = true;
    struct item *items = NEWS(a, struct item, j->n);
    for (uint32_t i = 0; i < j->n; i++) {
        buf b = {.a = a};
        if (!plain)
            put_value(&b, &j->u.items[i]);
        items[i] = (struct item){plain ? json_text(&j->u.items[i]) : buf_str(&b), i};
    }
    qsort(items, j->n, sizeof *items, by_text);
    for (uint32_t i = 1, first = 0; i < j->n; i++) {
        if (str_eq(items[i].text, items[first].text))
            fits = say_twice(w, place, items[first].at, items[i].at);
        else
            first = i;
    }
    return fits;
}

/* Texts in a hash table, as long as that is quick: a stranger may choose texts that meet in it.
 * True: all differ. */
static bool quickly_unique(const struct json *j, uint32_t *slots, size_t size)
{
    size_t steps = 0;
    for (uint32_t i = 0; i < j->n; i++) {
        str text = {j->u.items[i].u.text, j->u.items[i].n};
        size_t at = schema_hash(text, 0) >> 20 & (size - 1);
        for (; slots[at] != 0; at = (at + 1) & (size - 1)) {
            const struct json *other = &j->u.items[slots[at] - 1];
            if (++steps > 8 * (size_t)j->n)
                return false;
            if (schema_same_text(text, (str){other->u.text, other->n}))
                return false;
        }
        slots[at] = i + 1;
    }
    return true;
}

/* Texts by their marks alone.  False: two have nearly the same mark. */
static bool marks_differ(const struct json *j)
{
    uint64_t seen[1 << 16 >> 6];
    unsigned bits = j->n <= 16 ? 10 : j->n <= 48 ? 13 : 16;
    memset(seen, 0, (size_t)1 << bits >> 3);
    for (uint32_t i = 0; i < j->n; i++) {
        str text = {j->u.items[i].u.text, j->u.items[i].n};
        unsigned at = (unsigned)json_mark(text) >> (16 - bits);
        uint64_t bit = (uint64_t)1 << (at & 63);
        if ((seen[at / 64] & bit) != 0)
            return false;
        seen[at / 64] |= bit;
    }
    return true;
}

bool schema_walk_unique(struct schema_walk *w, const struct json *j, const struct json_place *place)
{
    size_t size = 2;
    bool plain = all_strings(j);
    if (plain && j->n <= MARKED && marks_differ(j))
        return true;
    if (j->n <= FEW)
        return few_unique(w, j, place);
    while (size < 2 * (size_t)j->n)
        size *= 2;
    struct arena *a = arena_new();
    bool fits =
        (plain && quickly_unique(j, NEWS(a, uint32_t, size), size)) || many_unique(w, a, j, place);
    arena_free(a);
    return fits;
}
