/* json_place.c - JSON Pointer (RFC 6901), and whether two trees are the same. */
#include "formats/json.h"

static bool is_escaped(char c)
{
    return c == '~' || c == '/';
}

/* How many bytes the step has at most. */
static size_t most_of_step(const struct json_place *place)
{
    enum { DIGITS = 20 };
    return 1 + (place->key.p != NULL ? 2 * place->key.n : DIGITS);
}

/* The step, which ends at `end`.  Where it begins. */
static char *put_step(char *end, const struct json_place *place)
{
    if (place->key.p == NULL) {
        size_t rest = place->index;
        do
            *--end = (char)('0' + rest % 10);
        while ((rest /= 10) > 0);
    }
    for (size_t i = place->key.n; i-- > 0;) {
        char c = place->key.p[i];
        if (is_escaped(c)) {
            *--end = c == '~' ? '0' : '1';
            c = '~';
        }
        *--end = c;
    }
    *--end = '/';
    return end;
}

/* From the last step to the first, as the chain goes. */
str json_pointer(struct arena *a, const struct json_place *place)
{
    size_t most = 0;
    for (const struct json_place *at = place; at->up != NULL; at = at->up)
        most += most_of_step(at);
    char *p = NEWS(a, char, most + 1), *end = p + most, *from = end;
    for (const struct json_place *at = place; at->up != NULL; at = at->up)
        from = put_step(from, at);
    return (str){from, (size_t)(end - from)};
}

/* Whether a key, compared with the pointer's token, is what it names. */
static bool is_named(str key, str token)
{
    size_t k = 0;
    for (size_t i = 0; i < token.n; i++, k++) {
        char c = token.p[i];
        if (c == '~' && i + 1 < token.n)
            c = token.p[++i] == '0' ? '~' : '/';
        if (k == key.n || key.p[k] != c)
            return false;
    }
    return k == key.n;
}

static const struct json *find_member(const struct json *object, str token)
{
    if (str_find_char(token, '~') < 0)
        return json_get(object, token);
    for (size_t i = 0; i < json_count(object); i++)
        if (is_named(json_key(object, i), token))
            return json_value(object, i);
    return NULL;
}

static const struct json *find_item(const struct json *array, str token)
{
    i64 i;
    if (!str_i64(token, &i) || (token.n > 1 && token.p[0] == '0'))
        return NULL;
    return json_at(array, (size_t)i);
}

const struct json *json_find(const struct json *root, str pointer)
{
    const struct json *j = root;
    if (pointer.n == 0)
        return j;
    if (str_cut(&pointer, '/').n > 0)
        return NULL;
    for (bool last = false; j != NULL && !last;) {
        last = str_find_char(pointer, '/') < 0;
        str token = str_cut(&pointer, '/');
        j = json_is(j, JSON_IS_OBJECT) ? find_member(j, token) : find_item(j, token);
    }
    return j;
}

static bool same_items(const struct json *x, const struct json *y)
{
    for (size_t i = 0; i < x->n; i++)
        if (!json_same(&x->u.items[i], &y->u.items[i]))
            return false;
    return true;
}

static bool same_members(const struct json *x, const struct json *y)
{
    for (size_t i = 0; i < x->n; i++) {
        const struct json *there = json_get(y, json_key(x, i));
        if (there == NULL || !json_same(json_value(x, i), there))
            return false;
    }
    return true;
}

static bool same_reals(const struct json *x, const struct json *y)
{
    double u, v;
    return json_double(x, &u) && json_double(y, &v) && !(u < v) && !(u > v);
}

static bool same_integers(const struct json *x, const struct json *y)
{
    i64 u, v;
    return json_i64(x, &u) && json_i64(y, &v) && u == v;
}

/* Recursive: trees are at most JSON_DEPTH deep. */
bool json_same(const struct json *x, const struct json *y)
{
    if (x == NULL || y == NULL || x->kind != y->kind)
        return x == y;
    switch ((enum json_kind)x->kind) {
    case JSON_IS_INT: return same_integers(x, y);
    case JSON_IS_REAL: return same_reals(x, y);
    case JSON_IS_STRING: return str_eq(json_text(x), json_text(y));
    case JSON_IS_ARRAY: return x->n == y->n && same_items(x, y);
    case JSON_IS_OBJECT: return x->n == y->n && same_members(x, y);
    case JSON_IS_NULL:
    case JSON_IS_FALSE:
    case JSON_IS_TRUE: break;
    }
    return true;
}
