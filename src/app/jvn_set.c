/* jvn_set.c - the set of the index: rows in order, old ones and new ones, and their things. */
#include "app/jvn_own.h"

#include <stdlib.h>
#include <string.h>

/* --- order ---------------------------------------------------------------------------------------- */

static int rows_differ(const struct jvn_row *a, const struct jvn_row *b)
{
    if (a->key.updated != b->key.updated)
        return a->key.updated < b->key.updated ? 1 : -1;
    if (a->place.year != b->place.year)
        return a->place.year < b->place.year ? 1 : -1;
    return (a->place.serial < b->place.serial) - (a->place.serial > b->place.serial);
}

static int by_change(const void *x, const void *y)
{
    return rows_differ(*(const struct jvn_row *const *)x, *(const struct jvn_row *const *)y);
}

static int by_number(const void *x, const void *y)
{
    return str_cmp(((const struct jvn_row *)x)->number, ((const struct jvn_row *)y)->number);
}

static int things_differ(const struct jvn_thing *a, const struct jvn_thing *b)
{
    int d = str_cmp(a->vendor_cpe, b->vendor_cpe);
    d = d != 0 ? d : str_cmp(a->vendor, b->vendor);
    d = d != 0 ? d : str_cmp(a->cpe, b->cpe);
    return d != 0 ? d : str_cmp(a->name, b->name);
}

static int by_thing(const void *x, const void *y)
{
    return things_differ(*(const struct jvn_thing *const *)x, *(const struct jvn_thing *const *)y);
}

/* --- rows that changed ---------------------------------------------------------------------------- */

/* One that changed while it was read is there twice: its newer state stays. */
static void drop_twice(struct jvn_rows *rows)
{
    size_t n = 0;
    if (rows->n > 0)
        qsort(rows->v, rows->n, sizeof rows->v[0], by_number);
    for (size_t i = 0; i < rows->n; i++) {
        bool again = n > 0 && by_number(&rows->v[i], &rows->v[n - 1]) == 0;
        if (again && rows->v[n - 1].key.updated >= rows->v[i].key.updated)
            continue;
        n += !again;
        rows->v[n - 1] = rows->v[i];
    }
    rows->n = n;
}

static void *same(struct arena *a, const void *from, size_t bytes)
{
    char *p = NEWS(a, char, bytes + 1);
    if (bytes > 0)
        memcpy(p, from, bytes);
    return p;
}

/* Into the heap in the order in which they will be walked over: texts of neighbours stand beside
 * each other.  out: their places, as many as there are rows. */
static void keep_rows(const struct jvn_making *m, const struct jvn_row **out)
{
    struct arena *a = m->heap->a;
    struct jvn_row *rows = NEWS(a, struct jvn_row, m->rows.n + 1);
    for (size_t i = 0; i < m->rows.n; i++)
        out[i] = &m->rows.v[i];
    if (m->rows.n > 0)
        qsort(out, m->rows.n, sizeof out[0], by_change);
    for (size_t i = 0; i < m->rows.n; i++) {
        const struct jvn_row *from = out[i];
        rows[i] = *from;
        rows[i].number = str_copy(a, from->number);
        rows[i].text = str_copy(a, from->text);
        rows[i].links = same(a, from->links, from->nlinks * sizeof from->links[0]);
        rows[i].cwes = same(a, from->cwes, from->ncwes * sizeof from->cwes[0]);
        out[i] = &rows[i];
    }
}

/* --- the set -------------------------------------------------------------------------------------- */

static bool is_replaced(const struct jvn_making *m, const struct jvn_row *row)
{
    return m->rows.n > 0 &&
           bsearch(row, m->rows.v, m->rows.n, sizeof m->rows.v[0], by_number) != NULL;
}

/* Both are in order already. */
static void merge(struct arena *a, struct jvn_making *m, const struct jvn_set *old,
                  struct jvn_set *out)
{
    size_t had = old ? old->nrows : 0, n = 0, k = 0;
    const struct jvn_row **rows = NEWS(a, const struct jvn_row *, had + m->rows.n + 1);
    const struct jvn_row **changed = NEWS(m->a, const struct jvn_row *, m->rows.n + 1);
    struct jvn_key *keys = NEWS(a, struct jvn_key, had + m->rows.n + 1);
    keep_rows(m, changed);
    for (size_t i = 0; i < had; i++) {
        if (is_replaced(m, old->rows[i])) {
            m->heap->gone++;
            continue;
        }
        while (k < m->rows.n && rows_differ(changed[k], old->rows[i]) < 0)
            rows[n++] = changed[k++];
        rows[n++] = old->rows[i];
    }
    while (k < m->rows.n)
        rows[n++] = changed[k++];
    for (size_t i = 0; i < n; i++)
        keys[i] = rows[i]->key;
    out->rows = rows;
    out->keys = keys;
    out->nrows = n;
}

/* The links of all rows beside each other: a walk over them reads what it needs, and no more. */
static void join_links(struct arena *a, struct jvn_set *set)
{
    uint32_t *linked = NEWS(a, uint32_t, set->nrows + 1), n = 0;
    for (size_t i = 0; i < set->nrows; i++) {
        linked[i] = n;
        n += set->rows[i]->nlinks;
    }
    linked[set->nrows] = n;
    struct jvn_link *links = NEWS(a, struct jvn_link, n + (size_t)1);
    for (size_t i = 0; i < set->nrows; i++)
        for (size_t k = 0; k < set->rows[i]->nlinks; k++)
            links[linked[i] + k] = set->rows[i]->links[k];
    set->links = links;
    set->linked = linked;
}

/* Things in order: those listed before that are still used, and between them those that came. */
static void merge_things(struct arena *a, const bool *used, const struct jvn_set *old,
                         const struct jvn_thing *const *came, size_t ncame, struct jvn_set *set)
{
    size_t had = old ? old->nlisted : 0, k = 0;
    uint32_t *listed = NEWS(a, uint32_t, had + ncame + 1);
    for (size_t i = 0; i < had; i++) {
        const struct jvn_thing *t = &set->things[old->listed[i]];
        while (k < ncame && things_differ(came[k], t) < 0)
            listed[set->nlisted++] = (uint32_t)(came[k++] - set->things);
        if (used[old->listed[i]])
            listed[set->nlisted++] = old->listed[i];
    }
    while (k < ncame)
        listed[set->nlisted++] = (uint32_t)(came[k++] - set->things);
    set->listed = listed;
}

/* What rows are about, each once, by vendor and name. */
static void list_things(struct arena *a, const struct jvn_making *m, const struct jvn_set *old,
                        struct jvn_set *set)
{
    bool *used = NEWS(m->a, bool, set->nthings + 1), *had = NEWS(m->a, bool, set->nthings + 1);
    const struct jvn_thing **came = NEWS(m->a, const struct jvn_thing *, set->nthings + 1);
    size_t n = 0;
    for (size_t i = 0; i < set->linked[set->nrows]; i++)
        used[set->links[i].thing] = true;
    for (size_t i = 0; old != NULL && i < old->nlisted; i++)
        had[old->listed[i]] = true;
    for (size_t i = 0; i < set->nthings; i++)
        if (used[i] && !had[i])
            came[n++] = &set->things[i];
    if (n > 0)
        qsort(came, n, sizeof came[0], by_thing);
    merge_things(a, used, old, came, n, set);
}

struct jvn_set jvn_making_end(struct arena *a, struct jvn_making *m, const struct jvn_set *old)
{
    struct jvn_heap *h = m->heap;
    struct jvn_set set = {.things = h->things.v,
                          .nthings = h->things.n,
                          .scores = h->scores.v,
                          .nscores = h->scores.n,
                          .versions = h->versions.v,
                          .nversions = h->versions.n};
    drop_twice(&m->rows);
    merge(a, m, old, &set);
    join_links(a, &set);
    list_things(a, m, old, &set);
    return set;
}

const struct jvn_row *jvn_row_of(const struct jvn_set *set, struct jvn_place place)
{
    for (size_t i = 0; i < set->nrows; i++)
        if (set->rows[i]->place.serial == place.serial && set->rows[i]->place.year == place.year)
            return set->rows[i];
    return NULL;
}
