/* inbox_page.c - what waits for the reader, the nearest deadline first, answered in place. */
#include "web/pages/cases_page.h"

#include "app/lists.h"
#include "web/frame.h"
#include "web/list_out.h"
#include "web/pages/release_own.h"

enum { ON_A_PAGE = 50, ON_A_LIST = DB_LIST_MAX };

static struct task_filter wanted(const struct request *rq)
{
    struct task_filter f = {.overdue = str_eq(query_get(rq, "state"), S("late")),
                            .newest_first = str_eq(query_get(rq, "sort"), S("newest"))};
    return f;
}

static const struct filter_view *filters_of(struct ctx *cx, const struct task_filter *f)
{
    struct filter_view *v = NEW(cx->a, struct filter_view);
    struct filter_option *o = NEWS(cx->a, struct filter_option, 2);
    o[0] = (struct filter_option){S(""), word(cx->lang, W_inbox_all), !f->overdue};
    o[1] = (struct filter_option){S("late"), word(cx->lang, W_inbox_late), f->overdue};
    *v = (struct filter_view){S("state"), word(cx->lang, W_col_state), o, 2};
    return v;
}

/* The departments that the reader acts for. */
static str seats_of(struct ctx *cx)
{
    struct phrases all = {NEWS(cx->a, str, cx->who.nseats + 1), 0, cx->who.nseats + 1};
    for (size_t i = 0; i < cx->who.nseats; i++)
        all.v[all.n++] = cx->who.seats[i].dept_name[cx->lang];
    return phrases_join(cx->a, cx->lang, &all);
}

/* The one that the address asks for; a single one is open at once.  n: none. */
static size_t open_task(const struct request *rq, const struct task_line *rows, size_t n)
{
    str id = query_get(rq, "task");
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].id, id) || (id.n == 0 && n == 1))
            return i;
    return n;
}

static enum err open_card(struct ctx *cx, struct request *rq, const struct task_line *t,
                          struct step_card *card)
{
    struct case_ident *ident = NEW(cx->a, struct case_ident);
    struct step_view *v = NEW(cx->a, struct step_view);
    TRY(case_step_view(cx, t->case_id, NULL, t->lane, t->step, ident, v));
    TRY(step_card_make(cx, rq, ident, v, NULL, S("inbox"), card));
    card->close = query_with(cx, rq, "task", NO_STR);
    return OK;
}

static void fill_lines(struct ctx *cx, const struct request *rq, const struct task_line *rows,
                       size_t n, size_t open, struct inbox_view *v)
{
    struct inbox_line *l = NEWS(cx->a, struct inbox_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        l[i] = (struct inbox_line){
            .href = query_with(cx, rq, "task", rows[i].id),
            .heading = str_fmt(cx->a, "%.*s %.*s", SV(rows[i].step), SV(rows[i].step_title)),
            .number = str_fmt(cx->a, "%.*s#%.*s", SV(cx->app->number_prefix), SV(rows[i].number)),
            .title = rows[i].title,
            .title_lang = rows[i].title_lang,
            .dept = rows[i].dept.n ? rows[i].dept : cx->who.name[cx->lang],
            .sign = rows[i].hop == 0,
            .open = i == open,
            .since = rows[i].since,
            .due = rows[i].due,
        };
        l[i].href.s = str_join(cx->a, l[i].href.s, S("#step"));
    }
    v->v = l;
    v->n = n;
}

/* Release plans that wait for the reader, who acts on their page. */
static enum err fill_approvals(struct ctx *cx, struct inbox_view *v)
{
    struct release_waiting *all;
    TRY(releases_waiting(cx, &all, &v->napprovals));
    struct inbox_approval *out = NEWS(cx->a, struct inbox_approval, v->napprovals + 1);
    for (size_t i = 0; i < v->napprovals; i++) {
        const struct release_plan *p = &all[i].plan;
        str page = str_join(cx->a, case_base(cx, all[i].number), S("/release"));
        out[i] = (struct inbox_approval){
            .href = {str_fmt(cx->a, "%.*s#p-%.*s", SV(page), SV(p->id))},
            .what = release_what(cx, &p->order),
            .state = release_word(cx, "release_state_", release_state_name(p->state)),
            .number = str_fmt(cx->a, "%.*s#%.*s", SV(cx->app->number_prefix), SV(all[i].number)),
            .title = all[i].title,
            .title_lang = all[i].title_lang,
            .zone_at = release_in_zone(cx, p->order.at, p->zone),
            .planner = p->planner,
            .held_why = p->held_at.is ? release_word(cx, "problem_", p->held_why) : S(""),
            .look = release_look(p->state),
            .at = p->order.at,
            .at_once = release_at_once(p),
        };
    }
    v->approvals = out;
    return OK;
}

static enum err show_page(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct task_filter f = wanted(rq);
    struct list_window win = {.limit = ON_A_PAGE, .after = query_get(rq, "after")};
    struct task_line *rows;
    struct counts counts;
    struct step_card card;
    size_t n;
    TRY(task_list(cx, &f, &win, &rows, &n));
    TRY(count_own(cx, COUNT_MAX, &counts));
    size_t open = open_task(rq, rows, n);
    struct inbox_view v = {
        .seat = seats_of(cx),
        .late = counts.late,
        .total = counts.tasks,
        .filters = filters_of(cx, &f),
        .nfilters = 1,
        .act = lang_url(cx, "/inbox"),
        .csv = query_suffix(cx, rq, "csv"),
        .json = query_suffix(cx, rq, "json"),
        .due = sort_head(cx, rq, W_clock_due, "", f.newest_first ? "newest" : "", false),
        .since = sort_head(cx, rq, W_inbox_since, "newest", f.newest_first ? "newest" : "", true),
        .pager = pager_for(cx, rq, f.overdue ? counts.late : counts.tasks, win.next),
    };
    TRY(fill_approvals(cx, &v));
    enum err e = open < n ? open_card(cx, rq, &rows[open], &card) : E_NOT_FOUND;
    if (e != OK && e != E_NOT_FOUND)
        return e;
    v.card = e == OK ? &card : NULL;
    fill_lines(cx, rq, rows, n, e == OK ? open : n, &v);
    an->title = word(cx->lang, W_nav_inbox);
    an->nav = S("inbox");
    an->amber = true;
    tpl_inbox(&an->out, &v);
    return OK;
}

/* A plan has no step; what it is, until when, and how it stands. */
static void put_plan(struct list_out *out, struct ctx *cx, const struct release_waiting *w)
{
    const struct release_plan *p = &w->plan;
    list_text(out, w->number);
    list_text(out, w->title);
    list_text(out, S(""));
    list_text(out, release_what(cx, &p->order));
    list_text(out, S(""));
    list_bool(out, false);
    list_instant(out, SOME(p->planned_at));
    list_instant(out, SOME(p->order.at));
    list_text(out, S("release"));
    list_text(out, release_state_name(p->state));
    list_text(out, p->held_at.is ? p->held_why : S(""));
    list_text(out, p->id);
}

static void put_task(struct list_out *out, const struct task_line *t)
{
    list_text(out, t->number);
    list_text(out, t->title);
    list_text(out, t->step);
    list_text(out, t->step_title);
    list_text(out, t->dept);
    list_bool(out, t->hop == 0);
    list_instant(out, SOME(t->since));
    list_instant(out, t->due);
    list_text(out, S("step"));
    list_text(out, S(""));
    list_text(out, S(""));
    list_text(out, S(""));
}

/* Plans stand first, as on the page; they have no filter. */
static enum err show_rows(struct ctx *cx, struct request *rq, struct reply *an)
{
    static const char *const columns[] = {"number",    "title", "step", "step_title", "department",
                                          "signature", "since", "due",  "kind",       "state",
                                          "held",      "plan",  NULL};
    struct task_filter f = wanted(rq);
    struct list_window win = {.limit = ON_A_LIST, .after = query_get(rq, "after")};
    struct release_waiting *plans;
    struct task_line *rows;
    struct list_out out;
    size_t n, nplans;
    TRY(task_list(cx, &f, &win, &rows, &n));
    TRY(releases_waiting(cx, &plans, &nplans));
    list_begin(&out, cx, an, list_format_of(rq), "inbox", columns);
    for (size_t i = 0; i < nplans && win.after.n == 0; i++)
        put_plan(&out, cx, &plans[i]);
    for (size_t i = 0; i < n; i++)
        put_task(&out, &rows[i]);
    list_end(&out, win.next, win.total + (i64)nplans);
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/inbox"),      NEED_PERSON, OF_NOTHING, 0, show_page, ROUTE_KEEP, 0, NULL},
    {GET, S_INIT("/{lang}/inbox.csv"),  NEED_PERSON, OF_NOTHING, 0, show_rows, 0, 0, NULL},
    {GET, S_INIT("/{lang}/inbox.json"), NEED_PERSON, OF_NOTHING, 0, show_rows, 0, 0, NULL},
};
/* clang-format on */
const struct routes inbox_routes = {table, COUNT(table)};
