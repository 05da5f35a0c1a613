/* schema_own.h - the tables of a compiled schema; for formats/schema*.c and the generator.
 *
 * Everything is an index into a table, so that the generator can write the tables down and the
 * compiler can fill them at run time.  A node is a schema; what it says about strings, numbers,
 * arrays, objects … stands in a rule of that kind. */
#ifndef FORMATS_SCHEMA_OWN_H
#define FORMATS_SCHEMA_OWN_H

#include "formats/regex.h"
#include "formats/schema.h"

#include <string.h>

enum { SCHEMA_NONE = UINT32_MAX };

enum { /* of a node: what may stand there, by enum json_kind */
       SCHEMA_ANY = 0xFF,
       SCHEMA_NUMBERS = 1 << JSON_IS_INT | 1 << JSON_IS_REAL
};

enum { SCHEMA_LISTED = 0xFF }; /* of texts those that the rule of values lists, and no others */

struct schema_node {
    uint8_t kinds; /* bits; 0: the schema false */
    bool whole;    /* a real must be a whole number: type integer */
    bool plain;    /* nothing is said but kinds, values, and rules without "unevaluated…" */
    uint8_t
        easy; /* 1: any text fits; 2: any that is not empty; 0: not so simple, or SCHEMA_LISTED */
    uint32_t resource;
    uint32_t value, string, number, array, object, join; /* rules, or SCHEMA_NONE */
};

/* Part of the table of lists. */
struct schema_list {
    uint32_t at, n;
};

enum schema_format {
    SCHEMA_FORMAT_NONE,
    SCHEMA_FORMAT_URI,
    SCHEMA_FORMAT_URI_REFERENCE,
    SCHEMA_FORMAT_DATE_TIME,
    SCHEMA_FORMAT_DATE,
    SCHEMA_FORMAT_TIME,
    SCHEMA_FORMAT_UUID,
    SCHEMA_FORMAT_EMAIL,
    SCHEMA_FORMAT_IPV4,
    SCHEMA_FORMAT_REGEX,
    SCHEMA_FORMAT_JSON_POINTER,
    SCHEMA_FORMAT_COUNT
};

struct schema_string {
    uint32_t min, max; /* code points */
    uint32_t pattern;  /* or SCHEMA_NONE */
    uint32_t format;
};

/* Limits are numbers as written; absent: none. */
struct schema_number {
    str min, above, max, below, multiple;
};

struct schema_array {
    uint32_t min, max;
    uint32_t items; /* of those behind the prefix; or SCHEMA_NONE */
    struct schema_list prefix;
    uint32_t contains, contains_min, contains_max;
    uint32_t unevaluated;
    bool unique;
};

/* A member or a value that is found by its text. */
struct schema_key {
    str text;
    uint32_t node; /* of a member that is named; SCHEMA_NONE: it is only required */
    uint32_t need; /* 1 + its number among the required ones; 0: not required */
};

/* A hash table: slots[schema_slot() + …], which hold 1 + the number of a key, or 0. */
struct schema_keys {
    uint32_t at, n;       /* in the table of keys */
    uint32_t slots, mask; /* in the table of slots */
    uint32_t seed;        /* odd */
    uint32_t needed;
};

struct schema_object {
    uint32_t min, max;
    struct schema_keys keys;
    struct schema_list patterns;             /* pattern, node, pattern, node … */
    uint32_t additional, unevaluated, names; /* or SCHEMA_NONE */
    struct schema_list
        needs; /* dependentRequired: key, n, keys … as numbers in the table of keys */
    struct schema_list depend; /* dependentSchemas: key, node … */
    bool closes;               /* unknown members are faults when strict */
};

/* enum and const. */
struct schema_value {
    struct schema_keys texts;  /* those that are strings */
    struct schema_list others; /* in the table of things, each with its parts behind it */
    str shown;                 /* all of them, for a message */
    bool constant;
};

/* A JSON value written flat: the parts of an array or object (key, value …) follow it. */
struct schema_thing {
    str text;      /* of a string or number */
    uint32_t n;    /* items or members */
    uint32_t span; /* things that it is made of, itself included */
    uint8_t kind;
};

/* What other schemas say of the same place. */
struct schema_join {
    struct schema_list all, any, one;
    uint32_t ref, dynamic; /* dynamic: in the table of dynamics */
    uint32_t not, when, then, otherwise;
};

struct schema_pattern {
    str text;
    const struct regex *regex;
};

/* $dynamicRef: the node it leads to at first, and the anchor that others may have. */
struct schema_dynamic {
    uint32_t node;
    str anchor; /* absent: that node, whatever surrounds it */
};

/* The dynamic anchors of a document. */
struct schema_anchor {
    uint32_t resource;
    str anchor;
    uint32_t node;
};

struct schema_tables {
    const struct schema_node *nodes;
    const struct schema_string *strings;
    const struct schema_number *numbers;
    const struct schema_array *arrays;
    const struct schema_object *objects;
    const struct schema_value *values;
    const struct schema_join *joins;
    const struct schema_pattern *patterns;
    const struct schema_dynamic *dynamics;
    const struct schema_anchor *anchors;
    const struct schema_key *keys;
    const struct schema_thing *things;
    const uint32_t *lists;
    const uint16_t *slots;
    uint32_t anchor_count;
};

struct schema {
    const struct schema_tables *tables;
    uint32_t root;
};

/* What the generator writes: by enum schema_id; and where the texts stand. */
extern const struct schema schema_all_kept[SCHEMA_COUNT];
struct schema_file {
    str uri, path;
};
extern const struct schema_file schema_files[];
extern const size_t schema_file_count;

/* ---- shared by the compiler and the walker ---- */

/* The first at most eight bytes, all of which count. */
static inline uint64_t schema_load(const char *p, size_t n)
{
    uint64_t v = 0;
    uint32_t lo, hi;
    if (n >= 8) {
        memcpy(&v, p, 8);
        return v;
    }
    if (n >= 4) {
        memcpy(&lo, p, 4);
        memcpy(&hi, p + n - 4, 4);
        return (uint64_t)hi << 32 | lo;
    }
    if (n > 0)
        v = (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[n / 2] << 8 |
            (uint64_t)(unsigned char)p[n - 1] << 16;
    return v;
}

/* A number that depends on all bytes of the key. */
static inline uint64_t schema_hash(str key, uint64_t seed)
{
    const uint64_t odd = 0x9E3779B97F4A7C15u;
    uint64_t h = seed + key.n;
    for (; key.n > 8; key.p += 8, key.n -= 8) {
        h = (h ^ schema_load(key.p, 8)) * odd;
        h ^= h >> 29;
    }
    h = (h ^ schema_load(key.p, key.n)) * odd;
    return h ^ h >> 29;
}

/* Most keys are short: without a call. */
static inline bool schema_same_text(str x, str y)
{
    if (x.n != y.n)
        return false;
    if (x.n < 8)
        return schema_load(x.p, x.n) == schema_load(y.p, x.n);
    return schema_load(x.p, 8) == schema_load(y.p, 8) &&
           schema_load(x.p + x.n - 8, 8) == schema_load(y.p + x.n - 8, 8) &&
           (x.n <= 16 || memcmp(x.p, y.p, x.n) == 0);
}

/* Where a key is looked for first: by its json_mark() among a few, by all its bytes among many. */
enum { SCHEMA_FEW = 64 };
static inline uint32_t schema_slot(const struct schema_keys *k, str text, uint16_t mark)
{
    return k->n > SCHEMA_FEW ? (uint32_t)(schema_hash(text, k->seed) >> 20) : mark * k->seed >> 16;
}

/* The key of that text, whose json_mark() is known, or NULL. */
static inline const struct schema_key *
schema_find(const struct schema_tables *t, const struct schema_keys *k, str text, uint16_t mark)
{
    const uint16_t *slots = &t->slots[k->slots];
    if (k->n == 0)
        return NULL;
    for (uint32_t at = schema_slot(k, text, mark);; at++) {
        uint16_t slot = slots[at & k->mask];
        if (slot == 0)
            return NULL;
        const struct schema_key *key = &t->keys[k->at + slot - 1u];
        if (schema_same_text(key->text, text))
            return key;
    }
}

/* Whether a text has a format. */
bool schema_has_format(enum schema_format format, str text);
str schema_format_name(enum schema_format format);

/* Order of two JSON numbers by value: < 0, 0, > 0.  Exact. */
int schema_number_cmp(str x, str y);
bool schema_is_multiple(str x, str of); /* of is above 0 */
bool schema_is_whole(str x);
void schema_number_put(buf *b, str x); /* equal values, equal texts */

/* Whether a value is the thing, numbers by value. */
bool schema_is_thing(const struct json *j, const struct schema_thing *thing);

/* Whether two values are equal as JSON Schema says: numbers by value. */
bool schema_is_equal(const struct json *x, const struct json *y);

/* ---- the walker ---- */

/* Documents that were entered on the way here. */
struct schema_scope {
    const struct schema_scope *up;
    uint32_t resource;
};

struct schema_walk {
    struct arena *a;
    const struct schema_tables *t;
    struct schema_faults *out; /* NULL: stop at the first fault */
    const struct schema_scope *scope;
    struct arena *spare; /* for what is needed for a moment; NULL as long as nothing was */
    uint64_t work;       /* nodes met */
    uint32_t depth;
    bool strict;
};

/* Members or items that a schema has evaluated, a bit each; NULL: nobody asks. */
typedef uint64_t schema_seen;

/* Whether it is a text of which no more is asked than to be one: most are. */
static inline bool schema_fits_easily(const struct schema_node *n, const struct json *j)
{
    return n->easy > 0 && j->kind == JSON_IS_STRING && j->n + 1 >= n->easy &&
           n->easy != SCHEMA_LISTED;
}

/* Whether the text is one that the rule lists. */
bool schema_is_listed(const struct schema_tables *t, const struct schema_value *v,
                      const struct json *j);

/* The same as schema_fits_easily() of a text that must be one of a list. */
static inline bool schema_fits_list(const struct schema_tables *t, const struct schema_node *n,
                                    const struct json *j)
{
    return n->easy == SCHEMA_LISTED && j->kind == JSON_IS_STRING &&
           schema_is_listed(t, &t->values[n->value], j);
}

/* All give whether the value fits; faults are added where they are wanted. */
bool schema_walk(struct schema_walk *w, uint32_t node, const struct json *j,
                 const struct json_place *place, schema_seen *seen);
bool schema_walk_object(struct schema_walk *w, const struct schema_object *o, const struct json *j,
                        const struct json_place *place, schema_seen *seen);
bool schema_walk_array(struct schema_walk *w, const struct schema_array *r, const struct json *j,
                       const struct json_place *place, schema_seen *seen);
bool schema_walk_string(struct schema_walk *w, const struct schema_string *s, const struct json *j,
                        const struct json_place *place);
bool schema_walk_number(struct schema_walk *w, const struct schema_number *n, const struct json *j,
                        const struct json_place *place);
bool schema_walk_join(struct schema_walk *w, const struct schema_join *n, const struct json *j,
                      const struct json_place *place, schema_seen *seen);
bool schema_walk_unevaluated_members(struct schema_walk *w, uint32_t node, const struct json *j,
                                     const struct json_place *place, schema_seen *seen);
bool schema_walk_unevaluated_items(struct schema_walk *w, uint32_t node, const struct json *j,
                                   const struct json_place *place, schema_seen *seen);
bool schema_walk_unique(struct schema_walk *w, const struct json *j,
                        const struct json_place *place);

/* Always false.  limit 0, expected absent where the keyword has none. */
bool schema_say(struct schema_walk *w, const struct json_place *place, str keyword, str expected,
                i64 limit);

/* Whether it fits, without a word. */
bool schema_fits(struct schema_walk *w, uint32_t node, const struct json *j,
                 const struct json_place *place, schema_seen *seen);

/* Bits for n members or items, all 0. */
schema_seen *schema_seen_new(struct schema_walk *w, size_t n);

#endif
