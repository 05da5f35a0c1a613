/* jvn_set.c - the set of the index: rows in order, old ones and new ones, and their things. */
#include "app/jvn_names.h"

#include <stdlib.h>
#include <string.h>

/* --- order ---------------------------------------------------------------------------------------- */

static int rows_differ(const struct jvn_row *a, const struct jvn_row *b)
{
    if (a->updated != b->updated)
        return a->updated < b->updated ? 1 : -1;
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
    return str_cmp(((const struct jvn_read *)x)->row.number,
                   ((const struct jvn_read *)y)->row.number);
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
        if (again && rows->v[n - 1].row.generation >= rows->v[i].row.generation)
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
 * each other.  The same rows in the heap; read: as they were read, in the same order. */
static const struct jvn_row *keep_rows(const struct jvn_making *m, const struct jvn_row **read)
{
    struct arena *a = m->heap->a;
    struct jvn_row *rows = NEWS(a, struct jvn_row, m->rows.n + 1);
    size_t bytes = 0;
    for (size_t i = 0; i < m->rows.n; i++) {
        read[i] = &m->rows.v[i].row;
        bytes += read[i]->text.n;
    }
    if (m->rows.n > 0)
        qsort(read, m->rows.n, sizeof read[0], by_change);
    char *texts = NEWS(a, char, bytes + 1);
    for (size_t i = 0; i < m->rows.n; i++) {
        const struct jvn_row *from = read[i];
        rows[i] = *from;
        rows[i].number = str_copy(a, from->number);
        rows[i].text.p = texts;
        if (from->text.n > 0)
            memcpy(texts, from->text.p, from->text.n);
        texts += from->text.n;
        rows[i].links = same(a, from->links, from->nlinks * sizeof from->links[0]);
        rows[i].cwes = same(a, from->cwes, from->ncwes * sizeof from->cwes[0]);
    }
    return rows;
}

/* --- the set -------------------------------------------------------------------------------------- */

static bool is_replaced(const struct jvn_making *m, const struct jvn_row *row)
{
    const struct jvn_read key = {.row.number = row->number};
    return m->rows.n > 0 &&
           bsearch(&key, m->rows.v, m->rows.n, sizeof m->rows.v[0], by_number) != NULL;
}

/* Where a row of the new set comes from: a place in the old one, or in what changed. */
struct origin {
    uint32_t at;
    bool changed;
};

/* Both are in order already. */
static struct origin *merge(struct jvn_making *m, const struct jvn_row *const *changed,
                            const struct jvn_set *old, size_t *out)
{
    size_t had = old ? old->nrows : 0, n = 0, k = 0;
    struct origin *v = NEWS(m->a, struct origin, had + m->rows.n + 1);
    for (size_t i = 0; i < had; i++) {
        if (is_replaced(m, old->rows[i])) {
            m->heap->gone++;
            continue;
        }
        for (; k < m->rows.n && rows_differ(changed[k], old->rows[i]) < 0; k++)
            v[n++] = (struct origin){(uint32_t)k, true};
        v[n++] = (struct origin){(uint32_t)i, false};
    }
    for (; k < m->rows.n; k++)
        v[n++] = (struct origin){(uint32_t)k, true};
    *out = n;
    return v;
}

/* kept: what changed, in the heap. */
static void fill_rows(struct arena *a, const struct origin *v, size_t n, const struct jvn_row *kept,
                      const struct jvn_set *old, struct jvn_set *out)
{
    size_t room = (jvn_words64(n) + 1) * 64;
    const struct jvn_row **rows = NEWS(a, const struct jvn_row *, n + 1);
    i64 *updated = NEWS(a, i64, room), *issued = NEWS(a, i64, room), *first = NEWS(a, i64, room);
    uint32_t *scored = NEWS(a, uint32_t, room);
    uint64_t *critical = NEWS(a, uint64_t, room / 64);
    str *texts = NEWS(a, str, room);
    for (size_t i = 0; i < n; i++) {
        const struct jvn_row *r = v[i].changed ? &kept[v[i].at] : old->rows[v[i].at];
        rows[i] = r;
        updated[i] = r->updated;
        issued[i] = r->issued;
        first[i] = r->first_public;
        scored[i] = r->scores;
        texts[i] = r->text;
        critical[i / 64] |= (uint64_t)r->critical << i % 64;
    }
    out->rows = rows;
    out->nrows = n;
    out->updated = updated;
    out->issued = issued;
    out->first_public = first;
    out->scored = scored;
    out->critical = critical;
    out->texts = texts;
}

/* Rows that stood beside each other before and do so still are moved together. */
static void fill_pairs(struct arena *a, const struct origin *v, size_t n,
                       const struct jvn_row *const *changed, const struct jvn_set *old,
                       struct jvn_set *out)
{
    uint64_t *table = jvn_pairs_table(a, n);
    for (size_t i = 0; i < n;) {
        size_t run = 1;
        if (v[i].changed) {
            const struct jvn_read *r = (const struct jvn_read *)(const void *)changed[v[i].at];
            jvn_pairs_put(table, i, r->pairs);
        } else {
            while (i + run < n && !v[i + run].changed && v[i + run].at == v[i].at + run)
                run++;
            jvn_pairs_move(table, i, old->pairs, v[i].at, run);
        }
        i += run;
    }
    out->pairs = table;
}

static void join_rows(struct arena *a, struct jvn_making *m, const struct jvn_set *old,
                      struct jvn_set *out)
{
    const struct jvn_row **changed = NEWS(m->a, const struct jvn_row *, m->rows.n + 1);
    size_t n;
    const struct jvn_row *kept = keep_rows(m, changed);
    const struct origin *v = merge(m, changed, old, &n);
    fill_pairs(a, v, n, changed, old, out);
    fill_rows(a, v, n, kept, old, out);
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
    join_rows(a, m, old, &set);
    join_links(a, &set);
    list_things(a, m, old, &set);
    jvn_name_set(a, h, &set);
    return set;
}

const struct jvn_row *jvn_row_of(const struct jvn_set *set, struct jvn_place place)
{
    for (size_t i = 0; i < set->nrows; i++)
        if (set->rows[i]->place.serial == place.serial && set->rows[i]->place.year == place.year)
            return set->rows[i];
    return NULL;
}
