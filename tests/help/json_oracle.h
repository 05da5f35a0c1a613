/* json_oracle.h - the same verdict and the same values as jansson gives, or the end. */
#ifndef HELP_JSON_ORACLE_H
#define HELP_JSON_ORACLE_H

#include "formats/json.h"

#include <jansson.h>
#include <string.h>

static bool oracle_same(const struct json *ours, json_t *theirs);

static bool oracle_same_text(str ours, const json_t *theirs)
{
    return str_eq(ours, (str){json_string_value(theirs), json_string_length(theirs)});
}

static bool oracle_same_items(const struct json *ours, json_t *theirs)
{
    if (json_count(ours) != json_array_size(theirs))
        return false;
    for (size_t i = 0; i < json_count(ours); i++)
        if (!oracle_same(json_at(ours, i), json_array_get(theirs, i)))
            return false;
    return true;
}

/* jansson keeps the order, too. */
static bool oracle_same_members(const struct json *ours, json_t *theirs)
{
    size_t i = 0;
    const char *key;
    json_t *value;
    if (json_count(ours) != json_object_size(theirs))
        return false;
    json_object_foreach(theirs, key, value)
    {
        if (!str_eq(json_key(ours, i), str_z(key)) ||
            json_get(ours, str_z(key)) != json_value(ours, i) ||
            !oracle_same(json_value(ours, i), value))
            return false;
        i++;
    }
    return true;
}

static bool oracle_same(const struct json *ours, json_t *theirs)
{
    i64 i;
    double d;
    switch (json_typeof(theirs)) {
    case JSON_OBJECT: return json_is(ours, JSON_IS_OBJECT) && oracle_same_members(ours, theirs);
    case JSON_ARRAY: return json_is(ours, JSON_IS_ARRAY) && oracle_same_items(ours, theirs);
    case JSON_STRING: return oracle_same_text(json_text(ours), theirs);
    case JSON_INTEGER: return json_i64(ours, &i) && i == json_integer_value(theirs);
    case JSON_REAL:
        return json_is(ours, JSON_IS_REAL) && json_double(ours, &d) &&
               memcmp(&d, &(double){json_real_value(theirs)}, sizeof d) == 0;
    case JSON_TRUE: return json_is(ours, JSON_IS_TRUE);
    case JSON_FALSE: return json_is(ours, JSON_IS_FALSE);
    case JSON_NULL: return json_is(ours, JSON_IS_NULL);
    }
    return false;
}

/* What we write is read as the same by jansson. */
static bool oracle_reads_back(struct arena *a, const struct json *ours, bool pretty, bool html)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b, .pretty = pretty, .html = html};
    json_put_json(&o, ours);
    json_t *j = json_loadb(b.p, b.n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
    bool same = json_put_done(&o) && j != NULL && oracle_same(ours, j);
    json_decref(j);
    return same;
}

/* NULL, or what differs. */
[[maybe_unused]] static const char *oracle_differs(str text)
{
    struct arena *a = arena_new();
    const struct json *ours = NULL;
    struct json_error e = {0};
    json_error_t ignored;
    json_t *theirs = json_loadb(text.p, text.n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &ignored);
    bool taken = json_read(a, text, &ours, &e) == OK;
    const char *differs = NULL;
    if (str_find_char(text, '\0') >= 0) /* jansson 2.14 overlooks it behind a number */
        differs = taken ? "we take a zero byte" : NULL;
    else if (taken != (theirs != NULL))
        differs = taken ? "we take what jansson refuses" : "we refuse what jansson takes";
    else if (taken && !oracle_same(ours, theirs))
        differs = "the values differ";
    else if (taken &&
             (!oracle_reads_back(a, ours, false, false) || !oracle_reads_back(a, ours, true, true)))
        differs = "what we wrote is read differently";
    else if (!taken && (e.code.n == 0 || e.byte > text.n || e.line < 1 || e.column < 1))
        differs = "the error has no place or no code";
    json_decref(theirs);
    arena_free(a);
    return differs;
}

#endif
