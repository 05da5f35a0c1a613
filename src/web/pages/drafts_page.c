/* drafts_page.c - see drafts_page.h. */
#include "web/pages/drafts_page.h"

#include "store/db.h"
#include "web/list_out.h"
#include "web/public.h"

enum { ON_A_PAGE = 50 };

static const char *state_of(const struct advisory_line *l)
{
    return l->published.is ? "released"
           : l->planned.is ? "planned"
           : l->asked.is   ? "asked"
                           : "draft";
}

static void fill_row(struct ctx *cx, const struct advisory_line *l, struct draft_row *r)
{
    static const struct {
        const char *state;
        enum word w;
        enum look look;
    } states[] = {{"draft", W_drafts_is_draft, LOOK_WAIT},
                  {"asked", W_drafts_is_asked, LOOK_OPEN},
                  {"planned", W_drafts_is_planned, LOOK_LOCK},
                  {"released", W_drafts_is_released, LOOK_DONE}};
    *r = (struct draft_row){
        .href = url_seg(cx->a, lang_url(cx, "/cases/").s, l->case_id, S("/advisory")),
        .number = public_number(cx, l->number),
        .title = l->title.n > 0 ? l->title : public_number(cx, l->number),
        .title_lang = l->title_lang.n > 0 ? l->title_lang : S("ja"),
        .begun = l->created,
        .date = l->published.is ? l->published : l->planned,
    };
    for (size_t i = 0; i < COUNT(states); i++)
        if (str_eq(str_z(states[i].state), str_z(state_of(l)))) {
            r->state = word(cx->lang, states[i].w);
            r->look = states[i].look;
        }
}

static enum err read_view(const struct request *rq, opt_i64 *published)
{
    str view = query_get(rq, "view");
    *published = (opt_i64){0};
    if (str_eq(view, S("open")))
        *published = SOME(0);
    else if (str_eq(view, S("public")))
        *published = SOME(1);
    else if (view.n > 0)
        return E_NOT_FOUND;
    return OK;
}

static void fill_views(struct ctx *cx, const struct request *rq, struct drafts_view *v)
{
    static const struct {
        str value;
        enum word w;
    } all[] = {{S_INIT(""), W_drafts_all},
               {S_INIT("open"), W_drafts_open},
               {S_INIT("public"), W_drafts_public}};
    struct draft_choice *c = NEWS(cx->a, struct draft_choice, COUNT(all));
    str now = query_get(rq, "view");
    for (size_t i = 0; i < COUNT(all); i++) {
        url to = lang_url(cx, "/drafts");
        c[i] = (struct draft_choice){
            i == 0 ? to : url_query(cx->a, to, S("view"), all[i].value), word(cx->lang, all[i].w),
            str_eq(now, all[i].value) || (i == 0 && now.n == 0) ? S("true") : S("false")};
    }
    v->views = c;
    v->nviews = COUNT(all);
}

static enum err draw(struct ctx *cx, struct request *rq, struct reply *an, opt_i64 published)
{
    struct list_window w = {.limit = ON_A_PAGE, .after = query_get(rq, "after")};
    struct advisory_line *lines;
    struct drafts_view v = {.csv = query_suffix(cx, rq, "csv"),
                            .json = query_suffix(cx, rq, "json")};
    TRY(advisory_list(cx, published, &w, &lines, &v.n));
    struct draft_row *rows = NEWS(cx->a, struct draft_row, v.n + 1);
    for (size_t i = 0; i < v.n; i++)
        fill_row(cx, &lines[i], &rows[i]);
    v.rows = rows;
    v.pager = pager_for(cx, rq, w.total, w.next);
    fill_views(cx, rq, &v);
    an->title = word(cx->lang, W_drafts_title);
    an->nav = S("advisories");
    an->amber = true;
    tpl_drafts(&an->out, &v);
    return OK;
}

static enum err write_rows(struct ctx *cx, struct request *rq, struct reply *an, opt_i64 published)
{
    static const char *const columns[] = {"number", "title",   "lang",      "state", "begun",
                                          "asked",  "planned", "published", NULL};
    struct list_window w = {.limit = DB_LIST_MAX, .after = query_get(rq, "after")};
    struct advisory_line *lines;
    struct list_out l;
    size_t n;
    TRY(advisory_list(cx, published, &w, &lines, &n));
    list_begin(&l, cx, an, list_format_of(rq), "advisories", columns);
    for (size_t i = 0; i < n; i++) {
        list_text(&l, public_number(cx, lines[i].number));
        list_text(&l, lines[i].title);
        list_text(&l, lines[i].title_lang);
        list_text(&l, str_z(state_of(&lines[i])));
        list_instant(&l, SOME(lines[i].created));
        list_instant(&l, lines[i].asked);
        list_instant(&l, lines[i].planned);
        list_instant(&l, lines[i].published);
    }
    list_end(&l, w.next, w.total);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *an)
{
    opt_i64 published;
    TRY(read_view(rq, &published));
    return list_format_of(rq) == LIST_HTML ? draw(cx, rq, an, published)
                                           : write_rows(cx, rq, an, published);
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/drafts"),      NEED_PERSON, OF_NOTHING, 0, show, 0, 0, NULL},
    {GET, S_INIT("/{lang}/drafts.csv"),  NEED_PERSON, OF_NOTHING, 0, show, 0, 0, NULL},
    {GET, S_INIT("/{lang}/drafts.json"), NEED_PERSON, OF_NOTHING, 0, show, 0, 0, NULL},
};
/* clang-format on */
const struct routes drafts_routes = {table, COUNT(table)};
