/* jvn_file.c - see jvn_file.h. */
#include "app/jvn_file.h"

#include "app/jvn_own.h"
#include "app/settings.h"
#include "base/encode.h"
#include "formats/digest.h"

#include <stdlib.h>

/* --- which rows ------------------------------------------------------------------------------------- */

static int by_issue(const void *x, const void *y)
{
    const struct jvn_row *a = *(const struct jvn_row *const *)x,
                         *b = *(const struct jvn_row *const *)y;
    if (a->place.year != b->place.year)
        return a->place.year < b->place.year ? 1 : -1;
    return (a->place.serial < b->place.serial) - (a->place.serial > b->place.serial);
}

static enum err find_rows(struct ctx *cx, struct jvn_file *f)
{
    const struct jvn_set *set;
    size_t n = 0;
    int newest = 0;
    TRY(jvn_index_open(cx, f->lang, &set));
    const struct jvn_row **rows = NEWS(cx->a, const struct jvn_row *, set->nrows + 1);
    for (size_t i = 0; i < set->nrows; i++) {
        const struct jvn_row *r = set->rows[i];
        newest = r->place.year > newest ? r->place.year : newest;
        if (f->list != JVN_LIST_YEAR || r->place.year == f->year)
            rows[n++] = r;
    }
    if (f->list != JVN_LIST_CHANGED && n > 0)
        qsort(rows, n, sizeof rows[0], by_issue);
    if (f->list != JVN_LIST_YEAR && n > JVN_LIST_MOST)
        n = JVN_LIST_MOST;
    f->changed = 0;
    for (size_t i = 0; i < n; i++)
        if (rows[i]->updated > f->changed)
            f->changed = rows[i]->updated;
    f->rows = rows;
    f->nrows = n;
    f->lively = f->list != JVN_LIST_YEAR || f->year == newest;
    return OK;
}

enum err jvn_years(struct ctx *cx, enum lang lang, int **out, size_t *n)
{
    const struct jvn_set *set;
    struct {
        VEC(int)
    } v = {0};
    TRY(jvn_index_open(cx, lang, &set));
    for (size_t i = 0; i < set->nrows; i++) {
        size_t k = 0;
        while (k < v.n && v.v[k] < set->rows[i]->place.year)
            k++;
        if (k < v.n && v.v[k] == set->rows[i]->place.year)
            continue;
        (void)PUSH(cx->a, &v);
        for (size_t m = v.n - 1; m > k; m--)
            v.v[m] = v.v[m - 1];
        v.v[k] = set->rows[i]->place.year;
    }
    *out = v.v;
    *n = v.n;
    return OK;
}

/* --- is it as it was? --------------------------------------------------------------------------------- */

/* Each with its length in front. */
static void print_text(struct digest *d, str s)
{
    uint64_t n = s.n;
    digest_put(d, (str){(const char *)&n, sizeof n});
    digest_put(d, s);
}

/* Of the settings: names of bodies stand in every entry. */
static enum err print_head(struct ctx *cx, str *out)
{
    const struct settings *s;
    struct digest d = digest_begin(DIGEST_SHA256);
    TRY(settings_open(cx, &s));
    for (size_t i = 0; i < COUNT(s->v); i++)
        print_text(&d, s->v[i]);
    *out = digest_end(&d, cx->a);
    return OK;
}

/* And of its advisories, by their last changes. */
static str print_of(struct ctx *cx, const struct jvn_file *f)
{
    struct digest d = digest_begin(DIGEST_SHA256);
    print_text(&d, f->head);
    for (size_t i = 0; i < f->nrows; i++) {
        const struct jvn_row *r = f->rows[i];
        print_text(&d, r->number);
        digest_put(&d, (str){(const char *)&r->generation, sizeof r->generation});
    }
    return digest_end(&d, cx->a);
}

enum err jvn_file_look(struct ctx *cx, struct jvn_file *f)
{
    TRY(find_rows(cx, f));
    TRY(print_head(cx, &f->head));
    f->print = print_of(cx, f);
    enum jvn_found found = jvn_kept_find(cx, f->path, f->print, &f->sum, &f->last);
    f->known = found == JVN_FOUND_SAME;
    f->lively = f->lively || found == JVN_FOUND_OTHER;
    if (f->last != NULL && !str_eq(f->last->head, f->head))
        f->last = NULL;
    if (f->known && f->last != NULL)
        f->text = f->last->text;
    return OK;
}

/* --- entries ------------------------------------------------------------------------------------------ */

static int by_number(const void *x, const void *y)
{
    return str_cmp(((const struct jvn_mark *)x)->number, ((const struct jvn_mark *)y)->number);
}

/* Its bytes of the last time, if it did not change since. */
static str made_before(const struct jvn_text *last, const struct jvn_row *row)
{
    const struct jvn_mark key = {.number = row->number}, *m = NULL;
    if (last != NULL && last->n > 0)
        m = bsearch(&key, last->marks, last->n, sizeof key, by_number);
    return m != NULL && m->generation == row->generation
               ? str_sub(last->text, m->from, m->to - m->from)
               : NO_STR;
}

/* made: of each row; read: the entries of the others that are there, in the same order. */
static void join(struct ctx *cx, struct jvn_file *f, const str *made,
                 const struct jvn_entries *read, struct jvn_entries *out)
{
    struct jvn_entry *v = NEWS(cx->a, struct jvn_entry, f->nrows + 1);
    size_t k = 0;
    *out = (struct jvn_entries){.v = v, .written = NEWS(cx->a, size_t, f->nrows + 1)};
    for (size_t i = 0; i < f->nrows; i++) {
        if (made[i].p != NULL)
            v[out->n++] = (struct jvn_entry){.made = made[i],
                                             .link = jvn_link(cx, f->lang, f->rows[i]->number)};
        else if (f->generations[i] >= 0)
            v[out->n++] = read->v[k++];
    }
    must(k == read->n);
}

enum err jvn_file_entries(struct ctx *cx, struct jvn_file *f, struct jvn_entries *out)
{
    const struct jvn_row **stale = NEWS(cx->a, const struct jvn_row *, f->nrows + 1);
    str *made = NEWS(cx->a, str, f->nrows + 1);
    i64 *found = NEWS(cx->a, i64, f->nrows + 1), *generations = NEWS(cx->a, i64, f->nrows + 1);
    struct jvn_entries read = {0};
    size_t n = 0, k = 0;
    for (size_t i = 0; i < f->nrows; i++) {
        made[i] = made_before(f->last, f->rows[i]);
        if (made[i].p == NULL)
            stale[n++] = f->rows[i];
    }
    if (n > 0)
        TRY(jvn_entries_of(cx, f->lang, stale, n, f->depth, &read, found));
    for (size_t i = 0; i < f->nrows; i++)
        generations[i] = made[i].p != NULL ? f->rows[i]->generation : found[k++];
    f->generations = generations;
    join(cx, f, made, &read, out);
    return OK;
}

/* --- written ------------------------------------------------------------------------------------------ */

/* Whether each is as the rows say.  It is not when something was released while it was read: then
 * the print would not be that of the text. */
static bool is_of_print(const struct jvn_file *f)
{
    for (size_t i = 0; i < f->nrows; i++)
        if (f->generations[i] != f->rows[i]->generation)
            return false;
    return true;
}

static struct jvn_text *text_of(struct ctx *cx, const struct jvn_file *f, const size_t *at)
{
    struct jvn_mark *marks = NEWS(cx->a, struct jvn_mark, f->nrows + 1);
    for (size_t i = 0; i < f->nrows; i++)
        marks[i] = (struct jvn_mark){f->rows[i]->number, f->generations[i], at[i], at[i + 1]};
    if (f->nrows > 0)
        qsort(marks, f->nrows, sizeof marks[0], by_number);
    return jvn_text_new(f->text, f->head, marks, f->nrows);
}

void jvn_file_written(struct ctx *cx, struct jvn_file *f, const struct jvn_entries *entries)
{
    struct digest d = digest_begin(DIGEST_SHA256);
    digest_put(&d, f->text);
    f->sum = (struct jvn_sum){hex_encode(cx->a, digest_end(&d, cx->a)), (i64)f->text.n, f->changed};
    if (is_of_print(f))
        jvn_kept_put(cx, f->path, f->print, &f->sum,
                     f->lively ? text_of(cx, f, entries->written) : NULL);
}
