/* release_waiting.c - the plans that wait for somebody, and which of them changed. */
#include "app/release_plan_own.h"

#include "app/lists.h"
#include "base/vec.h"

struct found {
    VEC(struct release_waiting)
};

/* Those of one case; a right that the records no longer give is none. */
static enum err add_case(struct ctx *cx, const struct q_release_waiting *row, struct found *out)
{
    struct case_file cf;
    struct release_plan *all;
    size_t n;
    enum err e = plan_case(cx, row->case_id, false, &cf);
    if (e == E_NOT_FOUND)
        return OK;
    TRY(e);
    TRY(plans_load(cx, &cf, &all, &n));
    for (size_t i = 0; i < n; i++) {
        bool held =
            all[i].held_at.is && all[i].may_cancel && str_eq(all[i].planned_by, cx->who.person_id);
        if (!all[i].may_approve && !held)
            continue;
        *PUSH(cx->a, out) = (struct release_waiting){
            .case_id = row->case_id, .number = row->number, .plan = all[i]};
        for (size_t k = out->n - 1; k > 0; k--) {
            struct release_waiting later = out->v[k - 1];
            if (later.plan.order.at <= out->v[k].plan.order.at)
                break;
            out->v[k - 1] = out->v[k];
            out->v[k] = later;
        }
    }
    return OK;
}

static enum err add_titles(struct ctx *cx, struct found *all)
{
    str *ids = NEWS(cx->a, str, all->n + 1), *titles = NEWS(cx->a, str, all->n + 1);
    str *langs = NEWS(cx->a, str, all->n + 1);
    for (size_t i = 0; i < all->n; i++)
        ids[i] = all->v[i].case_id;
    TRY(titles_for(cx, ids, all->n, titles, langs));
    for (size_t i = 0; i < all->n; i++) {
        all->v[i].title = titles[i];
        all->v[i].title_lang = langs[i];
    }
    return OK;
}

enum err releases_waiting(struct ctx *cx, struct release_waiting **out, size_t *n)
{
    struct q_release_waiting *rows;
    struct found all = {0};
    size_t nrows;
    TRY(app_read(cx));
    TRY(q_release_waiting(cx->db, &rows, &nrows, .principals = cx->who.principals,
                          .person = cx->who.person_id));
    for (size_t i = 0; i < nrows; i++)
        TRY(add_case(cx, &rows[i], &all));
    TRY(add_titles(cx, &all));
    *out = all.v;
    *n = all.n;
    return OK;
}

/* --- what changed since it was approved -------------------------------------------------------------- */

struct look {
    str case_id, id;
    bool stale;
};

static enum err mark(struct ctx *cx, void *arg)
{
    const struct look *t = arg;
    struct case_file cf;
    TRY(q_release_plan_stale(cx->db, .id = t->id, .stale_at = {t->stale, cx->now}));
    if (!t->stale)
        return OK;
    TRY(case_load(cx, t->case_id, &cf));
    return plan_tell(cx, &cf);
}

static enum err look_at(struct ctx *cx, const struct q_release_plans_approved *row,
                        struct look *out, bool *differs)
{
    struct case_file cf;
    struct release_plan p;
    TRY(app_read(cx));
    TRY(case_load(cx, row->case_id, &cf));
    TRY(plan_load(cx, &cf, row->id, &p));
    *out = (struct look){row->case_id, row->id, p.state == RELEASE_STALE};
    *differs = plan_is_open(&p) && out->stale != row->stale_at.is;
    return OK;
}

enum err plans_look(struct ctx *cx, i64 at_once)
{
    str after = S("");
    size_t n;
    do {
        struct q_release_plans_approved *rows;
        TRY(app_read(cx));
        TRY(q_release_plans_approved(cx->db, &rows, &n, .after = after, .most = at_once));
        for (size_t i = 0; i < n; i++) {
            struct look one;
            bool differs;
            TRY(look_at(cx, &rows[i], &one, &differs));
            if (differs)
                TRY(db_write(cx, mark, &one));
        }
        if (n > 0)
            after = rows[n - 1].id;
    } while ((i64)n == at_once);
    return OK;
}

enum err releases_look(struct ctx *cx)
{
    return plans_look(cx, 200);
}
