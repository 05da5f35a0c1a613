/* json_edit.h - a JSON document that is being changed, each value knowing where it stood.
 *
 * A copy of what json_read() gave: members keep their order, numbers the way they were
 * written.  Looking up a member costs the length of its object. */
#ifndef FORMATS_JSON_EDIT_H
#define FORMATS_JSON_EDIT_H

#include "base/vec.h"
#include "formats/json.h"

struct edit;
struct edit_slot {
    str key; /* absent in an array */
    struct edit *value;
};
struct edit {
    enum json_kind kind;
    str text;                /* string; number as written */
    VEC(struct edit_slot)    /* members or items */
    const struct json *from; /* what it is a copy of; NULL: made here */
    const struct edit *up;   /* where it stood; NULL: the root, or made and put nowhere yet */
    str key;
    size_t index;
};

struct edit *edit_of(struct arena *a, const struct json *source);
struct edit *edit_str(struct arena *a, str text);
struct edit *edit_object(struct arena *a);
struct edit *edit_array(struct arena *a);

/* All of it anew; copies stood where the original did. */
struct edit *edit_copy(struct arena *a, const struct edit *e);

/* These take NULL and values of other kinds, and give NULL, an absent str or 0 then. */
struct edit *edit_get(const struct edit *object, str key);
struct edit *edit_at(const struct edit *array, size_t i);
str edit_text(const struct edit *e);
str edit_get_text(const struct edit *object, str key);
size_t edit_count(const struct edit *array);

/* Replace the member, or add it at the end. */
void edit_set(struct arena *a, struct edit *object, str key, struct edit *value);

/* Put the member in front of all others. */
void edit_set_first(struct arena *a, struct edit *object, str key, struct edit *value);

/* Give the member another key, in its place; another member of that key goes.  Its value, or
 * NULL: there is none. */
struct edit *edit_rename(struct edit *object, str key, str to);

/* Take the member out.  Its value, or NULL. */
struct edit *edit_take(struct edit *object, str key);
void edit_push(struct arena *a, struct edit *array, struct edit *value);

/* Take out the slots whose value is NULL. */
void edit_sweep(struct edit *e);

/* Where it stood in the source (what was made: where it was put first). */
str edit_place(struct arena *a, const struct edit *e);

void edit_put(struct json_out *o, const struct edit *e);

/* `for` over the items of an array; over nothing where it is none. */
#define EDIT_EACH(item, list)                                                                      \
    for (size_t item##_i = 0; item##_i < edit_count(list); item##_i++)                             \
        for (struct edit *item = edit_at(list, item##_i), *item##_once = item; item##_once;        \
             item##_once = NULL)

#endif
