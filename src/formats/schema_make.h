/* schema_make.h - how documents become tables; for formats/schema_make*.c and the generator. */
#ifndef FORMATS_SCHEMA_MAKE_H
#define FORMATS_SCHEMA_MAKE_H

#include "formats/schema_own.h"

enum { SCHEMA_DRAFT_04 = 4, SCHEMA_DRAFT_06 = 6, SCHEMA_DRAFT_07 = 7, SCHEMA_DRAFT_2020 = 12 };

/* A schema with a URI of its own. */
struct schema_resource {
    str base; /* without fragment */
    const struct json *root;
    const struct json *document; /* that it stands in */
    unsigned draft;
    bool formats;   /* assert */
    bool validates; /* its dialect has the vocabulary "validation" */
};

/* What is known of a schema before it is compiled. */
struct schema_place {
    const struct json *at;
    uint32_t resource;
    uint32_t node;
    bool branch; /* of allOf, anyOf …: it describes a place together with others */
};

struct schema_named {
    uint32_t resource;
    str name;
    const struct json *at;
    bool dynamic;
};

struct schema_maker {
    struct arena *a;
    const struct schema_options *options;
    struct schema_refusal *why;
    bool refused;

    struct {
        VEC(struct schema_resource)
    } resources;
    struct {
        VEC(struct schema_named)
    } names;
    struct schema_place *places; /* a hash table by address */
    size_t place_count, place_cap;
    struct {
        VEC(const struct json *)
    } queue;
    size_t queue_done;

    /* the tables */
    struct {
        VEC(struct schema_node)
    } nodes;
    struct {
        VEC(struct schema_string)
    } strings;
    struct {
        VEC(struct schema_number)
    } numbers;
    struct {
        VEC(struct schema_array)
    } arrays;
    struct {
        VEC(struct schema_object)
    } objects;
    struct {
        VEC(struct schema_value)
    } values;
    struct {
        VEC(struct schema_join)
    } joins;
    struct {
        VEC(struct schema_pattern)
    } patterns;
    struct {
        VEC(struct schema_dynamic)
    } dynamics;
    struct {
        VEC(struct schema_anchor)
    } anchors;
    struct {
        VEC(struct schema_key)
    } keys;
    struct {
        VEC(struct schema_thing)
    } things;
    struct {
        VEC(uint32_t)
    } lists;
    struct {
        VEC(uint16_t)
    } slots;
};

/* Parts of lists are gathered here and added at once. */
struct schema_gather {
    VEC(uint32_t)
};
struct schema_gathered_keys {
    VEC(struct schema_key)
};

/* ---- for whoever makes several at once ---- */

struct schema_maker *schema_maker_new(struct arena *a, const struct schema_options *options,
                                      struct schema_refusal *why);
enum err schema_maker_add(struct schema_maker *m, struct schema_source source, uint32_t *root);
const struct schema_tables *schema_maker_done(struct schema_maker *m);

/* ---- parts ---- */

/* The first refusal stays; at: the value that is to blame, or NULL. */
void schema_refuse(struct schema_maker *m, str code, const struct json *at, str text);

/* Learns a document by heart: its resources, anchors, and where schemas stand.  Its resource. */
uint32_t schema_learn(struct schema_maker *m, const struct json *document, str uri);

/* What is known of the schema; an unknown one becomes one of the resource. */
struct schema_place *schema_place(struct schema_maker *m, const struct json *at, uint32_t resource);

/* The node of a schema, which will be filled. */
uint32_t schema_node_of(struct schema_maker *m, const struct json *at, uint32_t resource);

/* Where a reference leads; *resource is the one it begins in, and then that it ends in.
 * *named: it leads to an anchor that is dynamic, of that name.  NULL: refused. */
const struct json *schema_lead(struct schema_maker *m, const struct json *ref, uint32_t *resource,
                               str *named);

/* What the schema says, into the node. */
void schema_fill(struct schema_maker *m, const struct json *schema, uint32_t node,
                 uint32_t resource, bool branch);
void schema_fill_object(struct schema_maker *m, const struct json *schema, uint32_t node,
                        uint32_t resource, bool branch);
void schema_fill_value(struct schema_maker *m, const struct json *schema, uint32_t node);

struct schema_list schema_list_add(struct schema_maker *m, const struct schema_gather *g);
struct schema_keys schema_keys_add(struct schema_maker *m, const struct schema_gathered_keys *g,
                                   uint32_t needed);
uint32_t schema_pattern_add(struct schema_maker *m, const struct json *at, str text);

/* The node of a member that is a schema, or SCHEMA_NONE. */
uint32_t schema_sub(struct schema_maker *m, const struct json *schema, str key, uint32_t resource);

/* A count that a keyword gives, or other where the keyword is missing. */
uint32_t schema_count(struct schema_maker *m, const struct json *schema, str key, uint32_t other);

/* RFC 3986, 5.2: the reference, read where base stands. */
str schema_uri_resolve(struct arena *a, str base, str ref);
str schema_uri_decode(struct arena *a, str s); /* %XX */

#endif
