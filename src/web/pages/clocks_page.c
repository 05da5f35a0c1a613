/* clocks_page.c - what is due, the nearest first. */
#include "web/pages/cases_page.h"

#include "web/frame.h"
#include "web/list_out.h"

static bool is_late(const struct ctx *cx, const struct due_line *d)
{
    return d->clock.is == CLOCK_OVERDUE || (d->clock.is != CLOCK_REACHED && d->clock.due < cx->now);
}

static void fill_lines(struct ctx *cx, const struct due_lines *all, bool late_only,
                       struct clocks_view *v)
{
    struct clocks_line *l = NEWS(cx->a, struct clocks_line, all->n + 1);
    for (size_t i = 0; i < all->n; i++) {
        const struct due_line *d = &all->v[i];
        bool late = is_late(cx, d);
        str base = case_base(cx, d->digits);
        v->late += late;
        if (late_only && !late)
            continue;
        l[v->n++] = (struct clocks_line){
            .href = d->step.n ? step_in_place(cx->a, base, d->lane, d->step)
                              : (url){str_join(cx->a, base, S("#clocks"))},
            .what = d->clock.word,
            .lane = d->clock.lane_name.n ? d->clock.lane_name : S(""),
            .source = d->clock.source,
            .number = d->number,
            .title = d->title.n ? d->title : S(""),
            .title_lang = d->title_lang,
            .due = d->clock.due,
            .late = late,
            .reached = d->clock.is == CLOCK_REACHED,
            .moved = d->clock.moved,
        };
    }
    v->v = l;
}

static enum err show_page(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct due_lines all;
    bool late = str_eq(query_get(rq, "state"), S("late"));
    struct filter_option o[] = {{S(""), word(cx->lang, W_clocks_all), !late},
                                {S("late"), word(cx->lang, W_inbox_late), late}};
    struct filter_view f = {S("state"), word(cx->lang, W_col_state), o, COUNT(o)};
    TRY(clocks_of_cases(cx, &all));
    struct clocks_view v = {.csv = query_suffix(cx, rq, "csv"),
                            .json = query_suffix(cx, rq, "json"),
                            .filters = &f,
                            .nfilters = 1,
                            .act = lang_url(cx, "/clocks"),
                            .more = all.more};
    fill_lines(cx, &all, late, &v);
    v.count = words_pager_count(cx->a, cx->lang, .count = count_words(cx, (i64)v.n));
    an->title = word(cx->lang, W_nav_clocks);
    an->nav = S("clocks");
    an->amber = true;
    tpl_clocks(&an->out, &v);
    return OK;
}

static enum err show_rows(struct ctx *cx, struct request *rq, struct reply *an)
{
    static const char *const columns[] = {"due",  "overdue", "what",   "source",
                                          "case", "title",   "vendor", NULL};
    struct due_lines all;
    struct list_out out;
    bool late_only = str_eq(query_get(rq, "state"), S("late"));
    i64 n = 0;
    TRY(clocks_of_cases(cx, &all));
    list_begin(&out, cx, an, list_format_of(rq), "clocks", columns);
    for (size_t i = 0; i < all.n; i++) {
        const struct due_line *d = &all.v[i];
        if (late_only && !is_late(cx, d))
            continue;
        n++;
        list_instant(&out, SOME(d->clock.due));
        list_bool(&out, is_late(cx, d));
        list_text(&out, d->clock.word);
        list_text(&out, d->clock.source);
        list_text(&out, d->digits);
        list_text(&out, d->title);
        list_text(&out, d->clock.lane_name);
    }
    list_end(&out, NO_STR, n);
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/clocks"),      NEED_PERSON, OF_NOTHING, 0, show_page, 0, 0, NULL},
    {GET, S_INIT("/{lang}/clocks.csv"),  NEED_PERSON, OF_NOTHING, 0, show_rows, 0, 0, NULL},
    {GET, S_INIT("/{lang}/clocks.json"), NEED_PERSON, OF_NOTHING, 0, show_rows, 0, 0, NULL},
};
/* clang-format on */
const struct routes clocks_routes = {table, COUNT(table)};
