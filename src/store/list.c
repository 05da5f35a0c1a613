/* list.c - db_list() and db_list_count(): a page of a :list statement, and how much there is. */
#include "store/conn.h"
#include "store/cursor.h"
#include "store/shape.h"

static struct run listing(const struct stmt *q, const void *in, enum form form, size_t sort)
{
    return (struct run){
        .shape = {.q = q, .filters = shape_filters(q, in), .sort = sort, .form = form},
        .out = q->out,
        .nout = q->nout,
        .row = q->row,
    };
}

static void keys_to_args(struct arg *args, const struct stmt *q, const struct list_sort *by,
                         const union cursor_key *key)
{
    for (size_t i = 0; i < by->nkeys; i++) {
        enum col_type type = q->out[by->out[i]].type;
        const void *field = type == COL_I64 ? (const void *)&key[i].n : (const void *)&key[i].s;
        args[i] = (struct arg){type, field};
    }
}

enum err db_list(struct db *db, const struct stmt *q, const void *in, struct list_page *page,
                 void **rows, size_t *n)
{
    must(page->sort < q->nsorts && page->limit >= 1 && page->limit <= DB_LIST_MAX);
    const struct list_sort *by = &q->sorts[page->sort];
    struct run r = listing(q, in, page->after.p ? FORM_AFTER : FORM_FIRST, page->sort);
    struct arg *args = db_args(db, q, in, COUNT(by->key) + 1);
    union cursor_key key[COUNT(by->key)];
    i64 limit = (i64)page->limit + 1; /* one more, to know whether there is a next page */

    r.nargs = q->nin;
    if (page->after.p != NULL) {
        if (!cursor_read(db->a, page->after, q, page->sort, key))
            return fault_set(db->f, E_INVALID, "%s: another list's cursor", q->name);
        keys_to_args(args + r.nargs, q, by, key);
        r.nargs += by->nkeys;
    }
    args[r.nargs++] = (struct arg){COL_I64, &limit};
    r.args = args;
    r.most = page->limit + 1;
    TRY(db_run(db, &r));

    page->next = NO_STR;
    if (r.n > page->limit) {
        r.n = page->limit;
        page->next = cursor_write(db->a, q, page->sort, (char *)r.rows + (r.n - 1) * q->row);
        if (page->next.p == NULL)
            return fault_set(db->f, E_IO, "%s: a key too long for a cursor", q->name);
    }
    *rows = r.rows;
    *n = r.n;
    return OK;
}

enum err db_list_count(struct db *db, const struct stmt *q, const void *in, i64 *out)
{
    static const struct col column = {COL_I64, 0};
    struct run r = listing(q, in, FORM_COUNT, 0);
    struct arg *args = db_args(db, q, in, 1);
    i64 limit = DB_COUNT_MAX + 1;

    args[q->nin] = (struct arg){COL_I64, &limit};
    r.args = args;
    r.nargs = q->nin + 1;
    r.out = &column;
    r.nout = r.most = r.cap = 1;
    r.row = sizeof *out;
    r.rows = out;
    return db_run(db, &r);
}
