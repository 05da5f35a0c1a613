/* schema_join.c - $ref, allOf, anyOf, oneOf, not, if: other schemas about the same place. */
#include "formats/schema_own.h"

/* The node of a $dynamicRef: of the outermost document that has such an anchor. */
static uint32_t dynamic_node(const struct schema_walk *w, const struct schema_dynamic *d)
{
    uint32_t node = d->node;
    if (d->anchor.p == NULL)
        return node;
    for (const struct schema_scope *s = w->scope; s != NULL; s = s->up)
        for (uint32_t i = 0; i < w->t->anchor_count; i++)
            if (w->t->anchors[i].resource == s->resource &&
                str_eq(w->t->anchors[i].anchor, d->anchor))
                node = w->t->anchors[i].node;
    return node;
}

static size_t words_of(const struct json *j)
{
    return (json_count(j) / 64 + 1);
}

static void seen_add(schema_seen *to, const schema_seen *from, const struct json *j)
{
    for (size_t i = 0; i < words_of(j); i++)
        to[i] |= from[i];
}

/* Whether a branch fits; what it evaluated counts only then. */
static bool branch_fits(struct schema_walk *w, uint32_t node, const struct json *j,
                        const struct json_place *place, schema_seen *seen)
{
    schema_seen *own = seen == NULL ? NULL : schema_seen_new(w, json_count(j));
    bool fits = schema_fits(w, node, j, place, own);
    if (fits && seen != NULL)
        seen_add(seen, own, j);
    return fits;
}

static size_t count_fitting(struct schema_walk *w, struct schema_list list, const struct json *j,
                            const struct json_place *place, schema_seen *seen, size_t enough)
{
    size_t n = 0;
    for (uint32_t i = 0; i < list.n && n < enough; i++)
        n += branch_fits(w, w->t->lists[list.at + i], j, place, seen);
    return n;
}

/* The faults of the branch that has the fewest.  What any of them knows counts as evaluated, or
 * a wrong value would make its neighbours look unknown. */
static void say_nearest(struct schema_walk *w, struct schema_list list, const struct json *j,
                        const struct json_place *place, schema_seen *seen)
{
    struct schema_faults *out = w->out, best = {.more = true};
    for (uint32_t i = 0; i < list.n; i++) {
        struct schema_faults one = {0};
        w->out = &one;
        (void)schema_walk(w, w->t->lists[list.at + i], j, place, seen);
        if (i == 0 || (!one.more && one.n < best.n))
            best = one;
    }
    w->out = out;
    for (size_t i = 0; i < best.n && !out->more; i++) {
        out->more = out->n == SCHEMA_FAULTS;
        if (!out->more)
            *PUSH(w->a, out) = best.v[i];
    }
}

static bool walk_any(struct schema_walk *w, struct schema_list list, const struct json *j,
                     const struct json_place *place, schema_seen *seen)
{
    if (count_fitting(w, list, j, place, seen, seen == NULL ? 1 : list.n) > 0)
        return true;
    if (w->out == NULL || w->out->more)
        return false;
    (void)schema_say(w, place, S("anyOf"), NO_STR, 0);
    say_nearest(w, list, j, place, seen);
    return false;
}

static bool walk_one(struct schema_walk *w, struct schema_list list, const struct json *j,
                     const struct json_place *place, schema_seen *seen)
{
    size_t n = count_fitting(w, list, j, place, seen, 2);
    if (n == 1)
        return true;
    if (w->out == NULL || w->out->more)
        return false;
    (void)schema_say(w, place, S("oneOf"), NO_STR, (i64)n);
    if (n == 0)
        say_nearest(w, list, j, place, seen);
    return false;
}

static bool walk_all(struct schema_walk *w, struct schema_list list, const struct json *j,
                     const struct json_place *place, schema_seen *seen)
{
    bool fits = true;
    for (uint32_t i = 0; i < list.n && (fits || w->out != NULL); i++)
        fits &= schema_walk(w, w->t->lists[list.at + i], j, place, seen);
    return fits;
}

static bool walk_when(struct schema_walk *w, const struct schema_join *n, const struct json *j,
                      const struct json_place *place, schema_seen *seen)
{
    uint32_t then = branch_fits(w, n->when, j, place, seen) ? n->then : n->otherwise;
    return then == SCHEMA_NONE || schema_walk(w, then, j, place, seen);
}

static bool walk_references(struct schema_walk *w, const struct schema_join *n,
                            const struct json *j, const struct json_place *place, schema_seen *seen)
{
    bool fits = n->ref == SCHEMA_NONE || schema_walk(w, n->ref, j, place, seen);
    if (n->dynamic != SCHEMA_NONE && (fits || w->out != NULL))
        fits &= schema_walk(w, dynamic_node(w, &w->t->dynamics[n->dynamic]), j, place, seen);
    return fits;
}

bool schema_walk_join(struct schema_walk *w, const struct schema_join *n, const struct json *j,
                      const struct json_place *place, schema_seen *seen)
{
    bool fits = walk_references(w, n, j, place, seen);
    if (n->all.n > 0 && (fits || w->out != NULL))
        fits &= walk_all(w, n->all, j, place, seen);
    if (n->any.n > 0 && (fits || w->out != NULL))
        fits &= walk_any(w, n->any, j, place, seen);
    if (n->one.n > 0 && (fits || w->out != NULL))
        fits &= walk_one(w, n->one, j, place, seen);
    if (n->not != SCHEMA_NONE && (fits || w->out != NULL) && schema_fits(w, n->not, j, place, NULL))
        fits = schema_say(w, place, S("not"), NO_STR, 0);
    if (n->when != SCHEMA_NONE && (fits || w->out != NULL))
        fits &= walk_when(w, n, j, place, seen);
    return fits;
}
