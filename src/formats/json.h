/* json.h - JSON (RFC 8259): a strict reader into an arena, and a streaming writer.
 *
 * The reader refuses what two programs could understand differently: duplicate keys, bad
 * UTF-8, lone surrogates, U+0000, integers outside i64, reals outside double, anything behind
 * the value.  Strings without an escape are slices of the text read, so that must live as
 * long as the tree. */
#ifndef FORMATS_JSON_H
#define FORMATS_JSON_H

#include "base/str.h"

#include <string.h>

/* A value inside n arrays and objects has depth n + 1. */
enum { JSON_DEPTH = 2048 };

enum json_kind {
    JSON_IS_NULL,
    JSON_IS_FALSE,
    JSON_IS_TRUE,
    JSON_IS_INT, /* as written without fraction and exponent */
    JSON_IS_REAL,
    JSON_IS_STRING,
    JSON_IS_ARRAY,
    JSON_IS_OBJECT,
};

/* Read the fields `kind` and `n` freely, the rest by the functions below. */
struct json {
    union {
        const char *text;         /* string; number as written */
        const struct json *items; /* array; object: key, value, key, value … */
    } u;
    uint32_t n; /* bytes of text, items, or members */
    uint8_t kind;
    bool sorted;   /* an object with an index for looking up keys behind its items */
    uint16_t mark; /* of a key: json_mark() of its text */
};

/* A number from a text's length and at most 16 of its bytes, by which most keys differ, best by
 * the upper bits.  Whoever wants to can write many texts with the same. */
static inline uint16_t json_mark(str key)
{
    uint64_t head = 0, tail = 0;
    uint32_t short_head, short_tail;
    if (key.n >= 8) {
        memcpy(&head, key.p, 8);
        memcpy(&tail, key.p + key.n - 8, 8);
    } else if (key.n >= 4) {
        memcpy(&short_head, key.p, 4);
        memcpy(&short_tail, key.p + key.n - 4, 4);
        head = short_head;
        tail = short_tail;
    } else if (key.n > 0) {
        head = (unsigned char)key.p[0] | (uint64_t)(unsigned char)key.p[key.n / 2] << 8 |
               (uint64_t)(unsigned char)key.p[key.n - 1] << 16;
    }
    head = (head + key.n) * 0x9E3779B97F4A7C15u ^ tail;
    return (uint16_t)(head * 0xD6E8FEB86659FD93u >> 48);
}

/* Where and why reading stopped.  Lines and columns count from 1, columns in code points;
 * bytes from 0.  Codes: json_end json_syntax json_trailing json_control json_utf8 json_escape
 * json_surrogate json_nul json_integer json_real json_duplicate json_depth json_size. */
struct json_error {
    str code;
    i64 line, column;
    size_t byte;
};

/* Texts of 4 GiB and more are refused.  E_INVALID fills *error. */
enum err json_read(struct arena *a, str text, const struct json **out, struct json_error *error);

/* All of these take NULL, and give NULL, 0, false or an absent str where the value is not of
 * that kind, so that lookups can be chained. */
static inline const struct json *json_get(const struct json *object, str key);
const struct json *json_at(const struct json *array, size_t i);
static inline size_t json_count(const struct json *j); /* items or members */
static inline str json_key(const struct json *object, size_t i);
static inline const struct json *json_value(const struct json *object, size_t i);
static inline bool json_is(const struct json *j, enum json_kind kind);
static inline str json_text(const struct json *j); /* of a string */
str json_get_text(const struct json *object, str key);
str json_number(const struct json *j);         /* as written */
bool json_i64(const struct json *j, i64 *out); /* integers only */
bool json_double(const struct json *j, double *out);
bool json_bool(const struct json *j, bool *out);

/* json_get() for a key whose mark is known. */
const struct json *json_get_marked(const struct json *object, str key, uint16_t mark);
const struct json *json_get_unmarked(const struct json *object, str key);

/* These are asked for every value of every document: without a call. */
static inline bool json_is(const struct json *j, enum json_kind kind)
{
    return j != NULL && j->kind == kind;
}
static inline size_t json_count(const struct json *j)
{
    return json_is(j, JSON_IS_ARRAY) || json_is(j, JSON_IS_OBJECT) ? j->n : 0;
}
static inline str json_text(const struct json *j)
{
    return json_is(j, JSON_IS_STRING) ? (str){j->u.text, j->n} : NO_STR;
}
static inline bool json_has_member(const struct json *object, size_t i)
{
    return json_is(object, JSON_IS_OBJECT) && i < object->n;
}
static inline str json_key(const struct json *object, size_t i)
{
    return json_has_member(object, i) ? json_text(&object->u.items[2 * i]) : NO_STR;
}
static inline const struct json *json_value(const struct json *object, size_t i)
{
    return json_has_member(object, i) ? &object->u.items[2 * i + 1] : NULL;
}

/* A key that is written in the source has its mark from the compiler. */
static inline const struct json *json_get(const struct json *object, str key)
{
    return __builtin_constant_p(key.n) ? json_get_marked(object, key, json_mark(key))
                                       : json_get_unmarked(object, key);
}

/* Same kind, same content; the order of members does not matter.  1 and 1.0 differ, 1.0 and
 * 1.00 do not. */
bool json_same(const struct json *x, const struct json *y);

/* The correctly rounded value of a JSON number as written; false: beyond double. */
bool json_decimal(str number, double *out);

/* A place in a document as a chain of steps that lives on the stack of a walk; only when
 * something is found there is it written out as a JSON Pointer (RFC 6901). */
struct json_place {
    const struct json_place *up; /* NULL: this is the root, and key and index say nothing */
    str key;                     /* absent: an array's item */
    size_t index;
};
str json_pointer(struct arena *a, const struct json_place *place);

/* What stands there, or NULL. */
const struct json *json_find(const struct json *root, str pointer);

/* ---- writing ----
 *
 *     struct json_out o = {.b = &b};
 *     json_put_object(&o);
 *     json_put_key(&o, S("score"));
 *     json_put_decimal(&o, 98, 1);
 *     json_put_end(&o);
 *
 * Misuse (a value without a key, an end too many) is a bug and ends the process. */
struct json_out {
    buf *b;
    bool pretty; /* a member or item a line, two spaces a level */
    bool html;   /* < > & as escapes too: may stand inside a script element */
    bool more;   /* from here on our own: a comma is due */
    bool keyed;  /* a key was put, its value is due */
    unsigned depth;
    uint64_t objects[JSON_DEPTH / 64];
};

void json_put_object(struct json_out *o);
void json_put_array(struct json_out *o);
void json_put_end(struct json_out *o); /* of the innermost */
void json_put_key(struct json_out *o, str key);
void json_put_str(struct json_out *o, str value); /* absent is null */
void json_put_i64(struct json_out *o, i64 value);
void json_put_decimal(struct json_out *o, i64 value, unsigned decimals); /* 98, 1: 9.8 */
void json_put_bool(struct json_out *o, bool value);
void json_put_null(struct json_out *o);
void json_put_raw(struct json_out *o, str value); /* JSON that is trusted to be one value */
void json_put_json(struct json_out *o, const struct json *value);

/* A member at once; an absent str leaves it out. */
void json_put_member(struct json_out *o, str key, str value);
void json_put_member_i64(struct json_out *o, str key, i64 value);
void json_put_member_bool(struct json_out *o, str key, bool value);

/* Whether what was begun is ended. */
bool json_put_done(const struct json_out *o);

/* A string alone, with its quotes. */
void json_quote(buf *b, str s);

#endif
