/* case_page.c - see case_page.h. */
#include "web/pages/case_page.h"

#include "web/frame.h"

/* --- for templates ---------------------------------------------------------------------------- */

url case_to(struct html_out *o, str base, const char *rest)
{
    return (url){str_fmt(o->b.a, "%.*s%s", SV(base), rest)};
}

url case_thread(struct html_out *o, const struct case_page *p, str key, str text_id)
{
    url u =
        url_query(o->b.a, (url){p->heading.n ? str_join(o->b.a, p->base, S("/messages")) : p->base},
                  S("thread"), key);
    str to = text_id.n > 0 ? str_join(o->b.a, S("#m-"), text_id) : S("#talk");
    return (url){str_join(o->b.a, u.s, to)};
}

url case_relay_url(struct html_out *o, const struct case_page *p, str text_id)
{
    return url_query(o->b.a, case_to(o, p->base, "/relay"), S("text"), text_id);
}

url case_report_url(struct html_out *o, str report_id)
{
    return url_seg(o->b.a, o->lang == LANG_JA ? S("/ja/reports/") : S("/en/reports/"), report_id,
                   S(""));
}

struct file_lines entry_files(struct html_out *o, const struct case_page *p,
                              const struct talk_entry *e)
{
    struct file_line *v = NEWS(o->b.a, struct file_line, e->nfiles + 1);
    for (size_t i = 0; i < e->nfiles; i++)
        v[i] = (struct file_line){.name = e->files[i].name,
                                  .size = size_words(o->b.a, e->files[i].size),
                                  .hash = e->files[i].hash,
                                  .href = url_seg(o->b.a, str_join(o->b.a, p->base, S("/files/")),
                                                  e->files[i].id, S(""))};
    return (struct file_lines){v, e->nfiles};
}

enum word share_role_word(str role)
{
    return str_eq(role, S("analyst"))    ? W_share_role_analyst
           : str_eq(role, S("priority")) ? W_share_role_priority
                                         : W_share_role_peer;
}

enum word share_level_word(str level)
{
    return str_eq(level, S("details"))    ? W_share_level_details
           : str_eq(level, S("overview")) ? W_share_level_overview
                                          : W_share_level_none;
}

str phase_css(enum phase_is is)
{
    return is == PHASE_DONE ? S("done") : is == PHASE_NOW ? S("open") : S("coming");
}

enum word phase_word(enum phase_is is)
{
    return is == PHASE_DONE  ? W_phase_is_done
           : is == PHASE_NOW ? W_phase_is_now
                             : W_phase_is_to_come;
}

str phase_name(enum lang lang, int phase)
{
    static const enum word words[PHASES] = {W_phase_short_0, W_phase_short_1, W_phase_short_2,
                                            W_phase_short_3, W_phase_short_4, W_phase_short_5};
    return phase >= 0 && phase < PHASES ? word(lang, words[phase])
                                        : word(lang, W_phase_nothing_left);
}

const struct crumb *case_crumbs(struct ctx *cx, const struct case_ident *ident, enum word here)
{
    struct crumb *c = NEWS(cx->a, struct crumb, 3);
    c[0] = (struct crumb){word(cx->lang, W_nav_cases), lang_url(cx, "/cases")};
    c[1] = (struct crumb){ident->number, {case_base(cx, ident->digits)}};
    c[2] = (struct crumb){word(cx->lang, here), {S("")}};
    return c;
}

/* --- the page ----------------------------------------------------------------------------------- */

static size_t first_lane(const struct request *rq)
{
    i64 n;
    return str_i64(query_get(rq, "lanes"), &n) && n > 0 && n < 100000 ? (size_t)n : 0;
}

static void add_pagers(struct ctx *cx, const struct request *rq, struct case_page *p)
{
    const struct board *b = &p->c->board;
    size_t before = b->first > BOARD_LANES ? b->first - BOARD_LANES : 0;
    size_t after = b->first + BOARD_LANES;
    p->has_before = b->first > 0;
    p->has_after = b->more > 0;
    p->board_before.s =
        query_with(cx, rq, "lanes", before ? str_fmt(cx->a, "%zu", before) : NO_STR).s;
    p->board_after.s = query_with(cx, rq, "lanes", str_fmt(cx->a, "%zu", after)).s;
    p->board_before.s = str_join(cx->a, p->board_before.s, S("#board"));
    p->board_after.s = str_join(cx->a, p->board_after.s, S("#board"));
    url older = url_query(cx->a, (url){str_join(cx->a, p->base, S("/messages"))}, S("thread"),
                          p->c->talk.here);
    p->older = older;
    p->history = (url){str_join(cx->a, p->base, S("/history"))};
}

static const str *vendor_words(struct ctx *cx, const struct case_view *c)
{
    str *words = NEWS(cx->a, str, c->nvendors + 1);
    for (size_t i = 0; i < c->nvendors; i++)
        words[i] = vendor_status_word(cx, c->vendors[i].status);
    return words;
}

static str page_title(struct ctx *cx, const struct case_ident *ident)
{
    if (ident->title.n == 0)
        return ident->number;
    return str_fmt(cx->a, "%.*s %.*s", SV(ident->number), SV(ident->title));
}

static enum err show_case(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct case_view c;
    struct step_card card;
    struct case_manage manage;
    struct case_ask ask = {.acc = rq->acc,
                           .lane = query_get(rq, "lane"),
                           .step = query_get(rq, "step"),
                           .thread = query_get(rq, "thread"),
                           .first_vendor = first_lane(rq)};
    TRY(case_view(cx, rq->id, &ask, &c));
    struct case_page p = {
        .c = &c, .base = case_base(cx, c.ident.digits), .cases = lang_url(cx, "/cases")};
    p.may_release = access_has(rq->acc, AUD_RELEASE);
    if (c.open != NULL) {
        TRY(step_card_make(cx, rq, &c.ident, c.open, NULL, S(""), &card));
        p.open = &card;
    }
    case_manage_make(cx, &c, &manage);
    p.manage = &manage;
    p.vendor_words = vendor_words(cx, &c);
    case_talk_make(cx, rq, p.base, NULL, &p.talk);
    add_pagers(cx, rq, &p);
    an->title = page_title(cx, &c.ident);
    an->nav = S("cases");
    an->amber = true;
    tpl_case_page(&an->out, &p);
    return OK;
}

static enum err show_history(struct ctx *cx, struct request *rq, struct reply *an)
{
    enum { LINES = 200 };
    struct case_ident ident;
    struct history_line *lines;
    struct case_history_page p = {.ident = &ident};
    str next;
    TRY(case_name(cx, rq->id, &ident));
    TRY(history_of_case(cx, rq->id, LINES, query_get(rq, "after"), &lines, &p.n, &next));
    p.v = lines;
    p.crumbs = case_crumbs(cx, &ident, W_case_history);
    p.ncrumbs = 3;
    p.pager = pager_for(cx, rq, (i64)p.n, next);
    an->title = str_fmt(cx->a, "%.*s %.*s", SV(word(cx->lang, W_case_history)), SV(ident.number));
    an->nav = S("cases");
    an->amber = true;
    tpl_case_history_page(&an->out, &p);
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/cases/{}"),         NEED_PERSON, OF_CASE, 0, show_case,    ROUTE_KEEP, 0, NULL},
    {GET, S_INIT("/{lang}/cases/{}/history"), NEED_PERSON, OF_CASE, 0, show_history, ROUTE_KEEP, 0, NULL},
};
/* clang-format on */
const struct routes case_routes = {table, COUNT(table)};
