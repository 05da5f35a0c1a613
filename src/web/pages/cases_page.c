/* cases_page.c - one's cases as a list: which, how they stand, what waits for whom. */
#include "web/pages/cases_page.h"

#include "app/desk.h"
#include "web/frame.h"
#include "web/list_out.h"
#include "web/pages/case_page.h"

enum { ON_A_PAGE = 50, ON_A_LIST = DB_LIST_MAX };

/* --- which ------------------------------------------------------------------------------------- */

struct wanted {
    struct case_filter f;
    str state, flow, phase; /* as the address says it */
    bool any;               /* something is left out */
};

static enum err read_wanted(struct ctx *cx, const struct request *rq, struct wanted *w)
{
    enum flow flow;
    i64 phase;
    *w = (struct wanted){.state = query_get(rq, "state"),
                         .flow = query_get(rq, "flow"),
                         .phase = query_get(rq, "phase")};
    w->f.oldest_first = str_eq(query_get(rq, "sort"), S("oldest"));
    if (w->flow.n > 0 && !flow_find(w->flow, &flow))
        return E_NOT_FOUND;
    w->f.flow = w->flow.n ? w->flow : NO_STR;
    if (w->phase.n > 0 && (!case_list_is_wide(cx) || !str_i64(w->phase, &phase) || phase > 6))
        return E_NOT_FOUND;
    if (w->phase.n > 0)
        w->f.phase = SOME(phase);
    if (str_eq(w->state, S("published")))
        w->f.published = SOME(1);
    else if (str_eq(w->state, S("closed")))
        w->f.open = SOME(0);
    else if (!str_eq(w->state, S("all")))
        w->f.open = SOME(1);
    w->any = !str_eq(w->state, S("all")) || w->flow.n > 0 || w->phase.n > 0;
    return OK;
}

static struct filter_view filter_of(struct ctx *cx, const char *name, enum word label, str now,
                                    const str *values, const str *labels, size_t n)
{
    struct filter_option *o = NEWS(cx->a, struct filter_option, n);
    for (size_t i = 0; i < n; i++)
        o[i] = (struct filter_option){values[i], labels[i], str_eq(values[i], now)};
    return (struct filter_view){str_z(name), word(cx->lang, label), o, n};
}

static void fill_filters(struct ctx *cx, const struct request *rq, const struct wanted *w,
                         struct cases_view *v)
{
    static const str states[] = {S_INIT(""), S_INIT("closed"), S_INIT("published"), S_INIT("all")};
    static const str flows[] = {S_INIT(""), S_INIT("coordinated"), S_INIT("direct")};
    static const str phases[] = {S_INIT(""),  S_INIT("0"), S_INIT("1"), S_INIT("2"),
                                 S_INIT("3"), S_INIT("4"), S_INIT("5")};
    struct filter_view *all = NEWS(cx->a, struct filter_view, 3);
    const str state_words[] = {word(cx->lang, W_cases_open), word(cx->lang, W_cases_closed),
                               word(cx->lang, W_cases_published), word(cx->lang, W_filter_any)};
    const str flow_words[] = {word(cx->lang, W_filter_any), word(cx->lang, W_case_coordinated),
                              word(cx->lang, W_case_direct)};
    str *phase_words = NEWS(cx->a, str, COUNT(phases));
    phase_words[0] = word(cx->lang, W_filter_any);
    for (int i = 0; i < PHASES; i++)
        phase_words[i + 1] = str_fmt(cx->a, "%d %.*s", i, SV(phase_name(cx->lang, i)));
    all[0] = filter_of(cx, "state", W_col_state, w->state, states, state_words, COUNT(states));
    all[1] = filter_of(cx, "flow", W_cases_flow, w->flow, flows, flow_words, COUNT(flows));
    all[2] = filter_of(cx, "phase", W_cases_phase, w->phase, phases, phase_words, COUNT(phases));
    v->filters = all;
    v->nfilters = case_list_is_wide(cx) ? 3 : 2;
    v->act = lang_url(cx, "/cases");
    str sort = query_get(rq, "sort");
    v->kept = sort.n ? hidden_field(cx, "sort", sort) : (html){S("")};
}

/* --- as a page --------------------------------------------------------------------------------- */

static void fill_lines(struct ctx *cx, const struct case_line *rows, const struct case_waits *w,
                       size_t n, struct cases_view *v)
{
    struct cases_line *l = NEWS(cx->a, struct cases_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        bool done = rows[i].closed;
        l[i] = (struct cases_line){
            .href = {case_base(cx, rows[i].number)},
            .title = rows[i].title.n ? rows[i].title : S(""),
            .title_lang = rows[i].title_lang,
            .number = str_fmt(cx->a, "%.*s#%.*s", SV(cx->app->number_prefix), SV(rows[i].number)),
            .flow =
                word(cx->lang, rows[i].flow == FLOW_DIRECT ? W_cases_direct : W_cases_coordinated),
            .done = done,
            .own = phrases_join(cx->a, cx->lang, &w[i].own),
            .others = phrases_join(cx->a, cx->lang, &w[i].others),
            .due = w[i].due,
            .planned = rows[i].planned,
            .published = rows[i].published,
            .opened = rows[i].opened,
        };
        l[i].phase = done ? phase_name(cx->lang, PHASES) : S("");
        if (!done && w[i].phase.is)
            l[i].phase = str_fmt(cx->a, "%d %.*s", (int)w[i].phase.v,
                                 SV(phase_name(cx->lang, (int)w[i].phase.v)));
    }
    v->v = l;
    v->n = n;
}

/* How many there are: of all that the reader has, or of those that fit, as far as is seen. */
static struct pager_view pager_of(struct ctx *cx, const struct request *rq, const struct wanted *w,
                                  const struct list_window *win, size_t n)
{
    struct pager_view p = pager_for(cx, rq, w->any ? (i64)n : win->total, win->next);
    str shown = count_words(cx, (i64)n);
    if (w->any && (p.has_next || p.has_first))
        p.count = words_pager_count(cx->a, cx->lang, .count = str_join(cx->a, shown, S("+")));
    return p;
}

static enum err show_page(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct wanted w;
    struct list_window win = {.limit = ON_A_PAGE, .after = query_get(rq, "after")};
    struct case_line *rows;
    size_t n;
    TRY(read_wanted(cx, rq, &w));
    TRY(case_list(cx, &w.f, &win, &rows, &n));
    struct case_waits *waits = NEWS(cx->a, struct case_waits, n + 1);
    TRY(case_waits_for(cx, rows, n, waits));
    struct cases_view v = {
        .opened = sort_head(cx, rq, W_case_opened, w.f.oldest_first ? "newest" : "oldest",
                            w.f.oldest_first ? "newest" : "oldest", !w.f.oldest_first),
        .csv = query_suffix(cx, rq, "csv"),
        .json = query_suffix(cx, rq, "json"),
        .pager = pager_of(cx, rq, &w, &win, n),
        .empty = word(cx->lang, w.any ? W_cases_none_fit : W_cases_none),
        .empty_how = word(cx->lang, w.any ? W_cases_none_fit_how : W_cases_none_how),
    };
    fill_filters(cx, rq, &w, &v);
    fill_lines(cx, rows, waits, n, &v);
    an->title = word(cx->lang, W_nav_cases);
    an->nav = S("cases");
    an->amber = true;
    tpl_cases(&an->out, &v);
    return OK;
}

/* --- as rows for programs ------------------------------------------------------------------------ */

static void put_row(struct list_out *l, const struct case_line *r, const struct case_waits *w)
{
    struct ctx *cx = l->cx;
    list_text(l, r->number);
    list_text(l, r->title);
    list_text(l, flow_name(r->flow));
    list_text(l, r->closed ? S("done") : S("open"));
    list_text(l, w->phase.is && !r->closed ? str_fmt(cx->a, "%d", (int)w->phase.v) : NO_STR);
    list_text(l, phrases_join(cx->a, cx->lang, &w->own));
    list_text(l, phrases_join(cx->a, cx->lang, &w->others));
    list_instant(l, w->due);
    list_instant(l, SOME(r->opened));
    list_instant(l, r->planned);
    list_instant(l, r->published);
}

static enum err show_rows(struct ctx *cx, struct request *rq, struct reply *an)
{
    static const char *const columns[] = {"number", "title",   "flow",       "state",
                                          "phase",  "for_you", "for_others", "due",
                                          "opened", "planned", "published",  NULL};
    struct wanted w;
    struct list_window win = {.limit = ON_A_LIST, .after = query_get(rq, "after")};
    struct case_line *rows;
    struct list_out out;
    size_t n;
    TRY(read_wanted(cx, rq, &w));
    TRY(case_list(cx, &w.f, &win, &rows, &n));
    struct case_waits *waits = NEWS(cx->a, struct case_waits, n + 1);
    TRY(case_waits_for(cx, rows, n, waits));
    list_begin(&out, cx, an, list_format_of(rq), "cases", columns);
    for (size_t i = 0; i < n; i++)
        put_row(&out, &rows[i], &waits[i]);
    list_end(&out, win.next, w.any ? (i64)n : win.total);
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/cases"),      NEED_PERSON, OF_NOTHING, 0, show_page, ROUTE_KEEP, 0, NULL},
    {GET, S_INIT("/{lang}/cases.csv"),  NEED_PERSON, OF_NOTHING, 0, show_rows, 0, 0, NULL},
    {GET, S_INIT("/{lang}/cases.json"), NEED_PERSON, OF_NOTHING, 0, show_rows, 0, 0, NULL},
};
/* clang-format on */
const struct routes cases_routes = {table, COUNT(table)};
