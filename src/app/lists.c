/* lists.c - see lists.h.  A person with several seats sees the merge of what each seat sees:
 * one index walk a seat, so that a page costs the same whatever there is in all. */
#include "app/lists.h"

#include "app/board.h"
#include "app/case_file.h"

#include "base/vec.h"
#include "store/cursor.h"

/* --- titles ------------------------------------------------------------------------------- */

enum err titles_for(struct ctx *cx, const str *case_ids, size_t n, str *titles, str *langs)
{
    struct q_titles_of *rows;
    size_t nrows;
    str want = cx->lang == LANG_JA ? S("ja") : S("en");
    for (size_t i = 0; i < n; i++)
        titles[i] = langs[i] = NO_STR;
    if (n == 0)
        return OK;
    TRY(app_read(cx));
    TRY(q_titles_of(cx->db, &rows, &nrows, .case_ids = {case_ids, n},
                    .principals = cx->who.principals));
    for (size_t k = 0; k < nrows; k++)
        for (size_t i = 0; i < n; i++) {
            if (!str_eq(case_ids[i], rows[k].case_id))
                continue;
            if (titles[i].p == NULL || str_eq(rows[k].lang, want) || !str_eq(langs[i], want)) {
                titles[i] = text_open_inside(rows[k].body); /* the query joined the grants */
                langs[i] = rows[k].lang;
            }
        }
    return OK;
}

/* --- merging ------------------------------------------------------------------------------ */

struct run {
    char *rows;
    size_t n, at;
    bool more;
};

/* How two rows of a statement stand to each other in its order; 0: the same row. */
typedef int order_fn(const void *x, const void *y);

struct merge {
    struct run *runs;
    size_t nruns, size; /* bytes of a row */
    order_fn *order;
};

static const void *next_row(struct merge *m)
{
    struct run *best = NULL;
    for (size_t i = 0; i < m->nruns; i++) {
        struct run *r = &m->runs[i];
        if (r->at < r->n && (best == NULL || m->order(r->rows + r->at * m->size,
                                                      best->rows + best->at * m->size) < 0))
            best = r;
    }
    if (best == NULL)
        return NULL;
    const void *row = best->rows + best->at * m->size;
    for (size_t i = 0; i < m->nruns; i++) { /* the same row through another seat */
        struct run *r = &m->runs[i];
        while (r->at < r->n && m->order(r->rows + r->at * m->size, row) == 0)
            r->at++;
    }
    return row;
}

static bool anything_left(const struct merge *m)
{
    for (size_t i = 0; i < m->nruns; i++)
        if (m->runs[i].at < m->runs[i].n || m->runs[i].more)
            return true;
    return false;
}

/* Up to w->limit rows of all runs, in order; sets w->next. */
static size_t take(struct ctx *cx, struct merge *m, const struct stmt *q, size_t sort,
                   struct list_window *w, const void **out)
{
    size_t n = 0;
    while (n < w->limit && (out[n] = next_row(m)) != NULL)
        n++;
    w->next = n == w->limit && anything_left(m) ? cursor_write(cx->a, q, sort, out[n - 1]) : NO_STR;
    return n;
}

/* --- cases -------------------------------------------------------------------------------- */

static int newest_case(const void *x, const void *y)
{
    return str_cmp(((const struct q_case_list *)y)->id, ((const struct q_case_list *)x)->id);
}

static int oldest_case(const void *x, const void *y)
{
    return newest_case(y, x);
}

static enum err case_runs(struct ctx *cx, const struct case_filter *f, size_t sort,
                          struct list_window *w, struct merge *m)
{
    m->nruns = cx->who.principals.n;
    m->runs = NEWS(cx->a, struct run, m->nruns + 1);
    for (size_t i = 0; i < m->nruns; i++) {
        struct list_page page = {.sort = sort, .limit = w->limit, .after = w->after};
        struct q_case_list *rows;
        TRY(q_case_list(cx->db, &page, &rows, &m->runs[i].n, .principal = cx->who.principals.v[i],
                        .flow = f->flow, .phase = f->phase, .open = f->open,
                        .published = f->published));
        m->runs[i].rows = (char *)rows;
        m->runs[i].more = page.next.n > 0;
    }
    return OK;
}

static void case_line(const struct q_case_list *r, bool wide, struct case_line *l)
{
    *l = (struct case_line){.id = r->id,
                            .number = r->number,
                            .entry = r->entry,
                            .opened = r->opened,
                            .closed = r->phase >= PHASES,
                            .phase = {wide, r->phase},
                            .planned = r->planned,
                            .published = r->published};
    (void)flow_find(r->flow, &l->flow);
}

bool case_list_is_wide(const struct ctx *cx)
{
    return user_seat(&cx->who, actor_name(ACTOR_RECEPTION)) != NULL ||
           user_seat(&cx->who, actor_name(ACTOR_COORDINATOR)) != NULL;
}

enum err case_list(struct ctx *cx, const struct case_filter *f, struct list_window *w,
                   struct case_line **out, size_t *n)
{
    size_t sort = f->oldest_first ? SORT_case_list_oldest : SORT_case_list_newest;
    struct merge m = {.size = sizeof(struct q_case_list),
                      .order = f->oldest_first ? oldest_case : newest_case};
    struct q_case_count count;
    bool wide = case_list_is_wide(cx);
    if (f->phase.is && !wide)
        return wrong(cx, S("phase"), S("choice"));
    TRY(app_read(cx));
    TRY(case_runs(cx, f, sort, w, &m));
    TRY(q_case_count(cx->db, &count, .principals = cx->who.principals, .most = COUNT_MAX));
    w->total = count.n;

    const void **rows = NEWS(cx->a, const void *, w->limit + 1);
    *n = take(cx, &m, &stmt_case_list, sort, w, rows);
    *out = NEWS(cx->a, struct case_line, *n + 1);
    str *ids = NEWS(cx->a, str, *n + 1), *titles = NEWS(cx->a, str, *n + 1);
    str *langs = NEWS(cx->a, str, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        case_line(rows[i], wide, &(*out)[i]);
        ids[i] = (*out)[i].id;
    }
    TRY(titles_for(cx, ids, *n, titles, langs));
    for (size_t i = 0; i < *n; i++) {
        (*out)[i].title = titles[i];
        (*out)[i].title_lang = langs[i];
    }
    return OK;
}

/* --- the inbox ---------------------------------------------------------------------------- */

static int nearest_task(const void *x, const void *y)
{
    const struct q_task_list *p = x, *q = y;
    if (p->due_sort != q->due_sort)
        return p->due_sort < q->due_sort ? -1 : 1;
    return str_cmp(p->id, q->id);
}

static int newest_task(const void *x, const void *y)
{
    return str_cmp(((const struct q_task_list *)y)->id, ((const struct q_task_list *)x)->id);
}

static enum err task_runs(struct ctx *cx, const struct task_filter *f, size_t sort,
                          struct list_window *w, struct merge *m)
{
    m->nruns = cx->who.principals.n;
    m->runs = NEWS(cx->a, struct run, m->nruns + 1);
    for (size_t i = 0; i < m->nruns; i++) {
        struct list_page page = {.sort = sort, .limit = w->limit, .after = w->after};
        struct q_task_list *rows;
        TRY(q_task_list(cx->db, &page, &rows, &m->runs[i].n, .principal = cx->who.principals.v[i],
                        .step = f->step, .overdue = {f->overdue, cx->now}, .case_id = f->case_id));
        m->runs[i].rows = (char *)rows;
        m->runs[i].more = page.next.n > 0;
    }
    return OK;
}

static void task_line(struct ctx *cx, const struct q_task_list *r, struct task_line *l)
{
    const struct seat *seat = user_seat_in(&cx->who, r->principal);
    int lang = cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
    *l = (struct task_line){.id = r->id,
                            .case_id = r->case_id,
                            .number = r->number,
                            .lane = r->lane,
                            .step = r->step,
                            .round = r->round,
                            .hop = r->hop,
                            .since = r->since,
                            .due = r->due};
    if (seat != NULL)
        l->dept = seat->dept_name[cx->lang];
    (void)actor_find(r->actor, &l->actor);
    (void)flow_find(r->flow, &l->flow);
    int step = process_step(cx->app->process, l->flow, r->step);
    if (step >= 0)
        l->step_title = cx->app->process->flow[l->flow].steps[step].title[lang];
}

enum err task_list(struct ctx *cx, const struct task_filter *f, struct list_window *w,
                   struct task_line **out, size_t *n)
{
    size_t sort = f->newest_first ? SORT_task_list_newest : SORT_task_list_due;
    struct merge m = {.size = sizeof(struct q_task_list),
                      .order = f->newest_first ? newest_task : nearest_task};
    struct q_task_counts count;
    TRY(app_read(cx));
    TRY(task_runs(cx, f, sort, w, &m));
    TRY(q_task_counts(cx->db, &count, .principals = cx->who.principals, .person = cx->who.person_id,
                      .now = cx->now, .most = COUNT_MAX));
    w->total = count.n;

    const void **rows = NEWS(cx->a, const void *, w->limit + 1);
    *n = take(cx, &m, &stmt_task_list, sort, w, rows);
    *out = NEWS(cx->a, struct task_line, *n + 1);
    str *ids = NEWS(cx->a, str, *n + 1), *titles = NEWS(cx->a, str, *n + 1);
    str *langs = NEWS(cx->a, str, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        task_line(cx, rows[i], &(*out)[i]);
        ids[i] = (*out)[i].case_id;
    }
    TRY(titles_for(cx, ids, *n, titles, langs));
    for (size_t i = 0; i < *n; i++) {
        (*out)[i].title = titles[i];
        (*out)[i].title_lang = langs[i];
    }
    return OK;
}

/* One principal has a case once: only where several have some must they be told apart. */
static enum err count_cases(struct ctx *cx, i64 most, i64 *out)
{
    struct q_case_count all;
    struct q_case_count_of one;
    size_t some = 0;
    *out = 0;
    for (size_t i = 0; i < cx->who.principals.n; i++) {
        TRY(q_case_count_of(cx->db, &one, .principal = cx->who.principals.v[i], .most = most));
        some += one.n > 0;
        *out = one.n > *out ? one.n : *out;
    }
    if (some < 2 || *out >= most)
        return OK;
    TRY(q_case_count(cx->db, &all, .principals = cx->who.principals, .most = most));
    *out = all.n;
    return OK;
}

enum err count_own(struct ctx *cx, i64 most, struct counts *out)
{
    struct q_task_counts tasks;
    i64 cases;
    TRY(app_read(cx));
    TRY(q_task_counts(cx->db, &tasks, .principals = cx->who.principals, .person = cx->who.person_id,
                      .now = cx->now, .most = most));
    TRY(count_cases(cx, most, &cases));
    *out = (struct counts){tasks.n, tasks.late, cases, tasks.approvals};
    return OK;
}
