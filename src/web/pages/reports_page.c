/* reports_page.c - see reports_page.h. */
#include "web/pages/reports_page.h"

#include "app/report_list.h"
#include "store/db.h"
#include "web/frame.h"
#include "web/list_out.h"
#include "web/pages/report_desk.h"
#include "web/pages/track_page.h"

enum { ON_A_PAGE = 50 };

/* --- which list --------------------------------------------------------------------------------- */

/* The one that the address names, or the first that this person has. */
static enum err find_queue(struct ctx *cx, const struct request *rq, enum report_queue *out)
{
    str name = query_get(rq, "list");
    for (enum report_queue q = 0; q < QUEUE_COUNT && name.n == 0; q++)
        if (report_queue_has(cx, q)) {
            *out = q;
            return OK;
        }
    return report_queue_find(name, out) && report_queue_has(cx, *out) ? OK : E_NOT_FOUND;
}

static enum err read_filter(const struct request *rq, struct report_filter *f)
{
    str kind = query_get(rq, "kind"), source = query_get(rq, "source");
    *f = (struct report_filter){.oldest_first = str_eq(query_get(rq, "sort"), S("oldest"))};
    f->kind = kind.n ? kind : NO_STR;
    f->source = source.n ? source : NO_STR;
    return report_stand_find(query_get(rq, "state"), &f->stand) || query_get(rq, "state").n == 0
               ? OK
               : E_NOT_FOUND;
}

static str stand_word(struct ctx *cx, enum report_stand s)
{
    static const enum word words[STAND_COUNT] = {
        [STAND_ANY] = W_stand_any,           [STAND_WAITING] = W_stand_waiting,
        [STAND_HANDLING] = W_stand_handling, [STAND_ACCEPTED] = W_stand_accepted,
        [STAND_REFUSED] = W_stand_refused,   [STAND_ENDED] = W_stand_ended,
        [STAND_LATE] = W_stand_late,         [STAND_OPEN] = W_stand_open,
    };
    return word(cx->lang, words[s]);
}

static str queue_word(struct ctx *cx, enum report_queue q)
{
    static const enum word words[QUEUE_COUNT] = {W_queue_intake, W_queue_sent, W_queue_site,
                                                 W_queue_help};
    return word(cx->lang, words[q]);
}

/* --- the page ----------------------------------------------------------------------------------- */

static void fill_queues(struct ctx *cx, enum report_queue now, struct reports_view *v)
{
    struct reports_tab *t = NEWS(cx->a, struct reports_tab, QUEUE_COUNT);
    for (enum report_queue q = 0; q < QUEUE_COUNT; q++)
        if (report_queue_has(cx, q))
            t[v->nqueues++] =
                (struct reports_tab){.label = queue_word(cx, q),
                                     .here = q == now ? S("page") : S("false"),
                                     .href = url_query(cx->a, lang_url(cx, "/reports"), S("list"),
                                                       report_queue_name(q))};
    v->queues = t;
}

static enum err fill_stands(struct ctx *cx, const struct request *rq, enum report_queue q,
                            enum report_stand now, struct reports_view *v)
{
    static const enum report_stand intake[] = {STAND_ANY,      STAND_WAITING,  STAND_LATE,
                                               STAND_ACCEPTED, STAND_HANDLING, STAND_REFUSED,
                                               STAND_ENDED};
    static const enum report_stand others[] = {STAND_ANY, STAND_OPEN, STAND_ENDED};
    const enum report_stand *all = q == QUEUE_INTAKE ? intake : others;
    size_t n = q == QUEUE_INTAKE ? COUNT(intake) : COUNT(others);
    struct reports_tab *t = NEWS(cx->a, struct reports_tab, n);
    i64 counts[STAND_COUNT];
    if (q == QUEUE_INTAKE)
        TRY(report_counts(cx, counts));
    for (size_t i = 0; i < n; i++) {
        t[i] = (struct reports_tab){
            .label = stand_word(cx, all[i]),
            .here = all[i] == now ? S("true") : S("false"),
            .href = query_with(cx, rq, "state",
                               all[i] == STAND_ANY ? NO_STR : report_stand_name(all[i]))};
        if (q == QUEUE_INTAKE)
            t[i].count = count_words(cx, counts[all[i]]);
    }
    v->stands = t;
    v->nstands = n;
    return OK;
}

static struct filter_view one_filter(struct ctx *cx, enum word label, const char *name, str now,
                                     const str *values, size_t n, bool kinds)
{
    struct filter_option *o = NEWS(cx->a, struct filter_option, n + 1);
    o[0] = (struct filter_option){S(""), word(cx->lang, W_filter_any), now.n == 0};
    for (size_t i = 0; i < n; i++) {
        str label_of = kinds ? report_kind_word(cx, values[i]) : report_source_word(cx, values[i]);
        o[i + 1] = (struct filter_option){values[i], label_of, str_eq(now, values[i])};
    }
    return (struct filter_view){str_z(name), word(cx->lang, label), o, n + 1};
}

static void fill_filters(struct ctx *cx, const struct request *rq, const struct report_filter *f,
                         struct reports_view *v)
{
    static const str sources[] = {S_INIT("finder"), S_INIT("overseas"), S_INIT("vendor")};
    static const char *const kept[] = {"list", "state", "sort"};
    struct filter_view *all = NEWS(cx->a, struct filter_view, 2);
    str kinds[REPORT_KIND_COUNT];
    buf b = {.a = cx->a};
    for (enum report_kind k = 0; k < REPORT_KIND_COUNT; k++)
        kinds[k] = report_kind_name(k);
    all[0] = one_filter(cx, W_col_kind, "kind", f->kind, kinds, REPORT_KIND_COUNT, true);
    all[1] = one_filter(cx, W_col_source, "source", f->source, sources, COUNT(sources), false);
    for (size_t i = 0; i < COUNT(kept); i++)
        if (query_get(rq, kept[i]).n > 0)
            buf_put(&b, hidden_field(cx, kept[i], query_get(rq, kept[i])).s);
    v->filters = all;
    v->nfilters = 2;
    v->kept = (html){buf_str(&b)};
    v->act = lang_url(cx, "/reports");
}

static void fill_lines(struct ctx *cx, const struct report_line *rows, size_t n,
                       struct reports_view *v)
{
    struct reports_line *l = NEWS(cx->a, struct reports_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct report_line *r = &rows[i];
        l[i] = (struct reports_line){
            .href = url_seg(cx->a, lang_url(cx, "/reports/").s, r->id, S("")),
            .receipt = r->receipt,
            .title = r->title,
            .lang = other_lang(cx, r->lang),
            .kind = report_kind_word(cx, r->kind),
            .source = report_source_word(cx, r->source),
            .state = report_state_word(cx, r->state),
            .look = report_look(r->state),
            .clock = r->clock,
            .due = r->due,
            .since = r->since,
            .received = r->received,
        };
        if (r->case_number.n > 0) {
            l[i].number =
                str_fmt(cx->a, "%.*s#%.*s", SV(cx->app->number_prefix), SV(r->case_number));
            l[i].case_href = url_seg(cx->a, lang_url(cx, "/cases/").s, r->case_number, S(""));
        }
    }
    v->lines = l;
    v->n = n;
}

/* What this person can begin from here. */
static void fill_begin(struct ctx *cx, enum report_queue q, struct reports_view *v)
{
    if (q == QUEUE_INTAKE && report_records(cx, REPORT_PRODUCT)) {
        bool all = report_records(cx, REPORT_WEBSITE);
        v->begin = lang_url(cx, all ? "/report/for" : "/report/for/product");
        v->begin_label = word(cx->lang, W_record_title);
    }
    if (q != QUEUE_SENT)
        return;
    bool overseas = user_seat(&cx->who, actor_name(ACTOR_OVERSEAS)) != NULL;
    v->begin = lang_url(cx, overseas ? "/notify" : "/report/own");
    v->begin_label = word(cx->lang, overseas ? W_report_notify_title : W_report_own_title);
}

static void fill_empty(struct ctx *cx, enum report_queue q, struct reports_view *v)
{
    static const struct {
        enum word what, how;
    } words[QUEUE_COUNT] = {
        {W_reports_empty_intake, W_reports_empty_intake_how},
        {W_reports_empty_sent, W_reports_empty_sent_how},
        {W_reports_empty_site, W_reports_empty_site_how},
        {W_reports_empty_help, W_reports_empty_help_how},
    };
    v->empty = word(cx->lang, words[q].what);
    v->empty_how = word(cx->lang, words[q].how);
}

static enum err draw_list(struct ctx *cx, struct request *rq, struct reply *an, enum report_queue q,
                          const struct report_filter *f)
{
    struct list_window w = {.limit = ON_A_PAGE, .after = query_get(rq, "after")};
    struct report_line *rows;
    size_t n;
    TRY(report_list(cx, q, f, &w, &rows, &n));
    struct reports_view v = {
        .intake = q == QUEUE_INTAKE,
        .site = q == QUEUE_SITE,
        .csv = query_suffix(cx, rq, "csv"),
        .json = query_suffix(cx, rq, "json"),
        .received = sort_head(cx, rq, W_col_received, f->oldest_first ? "newest" : "oldest",
                              f->oldest_first ? "newest" : "oldest", !f->oldest_first),
        .pager = pager_for(cx, rq, w.total, w.next),
    };
    fill_queues(cx, q, &v);
    TRY(fill_stands(cx, rq, q, f->stand, &v));
    if (q == QUEUE_INTAKE)
        fill_filters(cx, rq, f, &v);
    fill_lines(cx, rows, n, &v);
    fill_begin(cx, q, &v);
    fill_empty(cx, q, &v);
    an->title = word(cx->lang, W_reports_title);
    an->nav = S("reports");
    an->amber = true;
    tpl_reports(&an->out, &v);
    return OK;
}

static enum err write_list(struct ctx *cx, struct request *rq, struct reply *an,
                           enum list_format format, enum report_queue q,
                           const struct report_filter *f)
{
    static const char *const columns[] = {"receipt",  "kind",        "source", "title",    "lang",
                                          "state",    "disposition", "case",   "received", "told",
                                          "accepted", "ended",       "next",   "due",      NULL};
    struct list_window w = {.limit = DB_LIST_MAX, .after = query_get(rq, "after")};
    struct report_line *rows;
    struct list_out l;
    size_t n;
    TRY(report_list(cx, q, f, &w, &rows, &n));
    list_begin(&l, cx, an, format, "reports", columns);
    for (size_t i = 0; i < n; i++) {
        const struct report_line *r = &rows[i];
        const str texts[] = {r->receipt, r->kind,  r->source,      r->title,
                             r->lang,    r->state, r->disposition, r->case_number};
        const opt_i64 instants[] = {{true, r->received}, r->told, r->accepted, r->ended};
        for (size_t k = 0; k < COUNT(texts); k++)
            list_text(&l, texts[k].n ? texts[k] : NO_STR);
        for (size_t k = 0; k < COUNT(instants); k++)
            list_instant(&l, instants[k]);
        list_text(&l, r->clock);
        list_instant(&l, r->due);
    }
    list_end(&l, w.next, w.total);
    return OK;
}

static enum err show_list(struct ctx *cx, struct request *rq, struct reply *an)
{
    enum report_queue q = QUEUE_INTAKE;
    struct report_filter f;
    enum list_format format = list_format_of(rq);
    TRY(find_queue(cx, rq, &q));
    TRY(read_filter(rq, &f));
    return format == LIST_HTML ? draw_list(cx, rq, an, q, &f)
                               : write_list(cx, rq, an, format, q, &f);
}

/* --- one report --------------------------------------------------------------------------------- */

/* Whether the reader is who sent it, without a receipt key. */
static enum err is_own(struct ctx *cx, const struct request *rq, struct own *w, bool *own)
{
    struct report_view *r = NEW(cx->a, struct report_view);
    TRY(report_view(cx, rq->id, r));
    str page = url_seg(cx->a, lang_url(cx, "/reports/").s, rq->id, S("")).s;
    *w = (struct own){.id = rq->id, .page = page, .base = page};
    *own = r->is_finder;
    return OK;
}

static enum err show_report(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct own w;
    bool own;
    TRY(is_own(cx, rq, &w, &own));
    return own ? own_show(cx, rq, an, &w) : desk_show(cx, rq, an);
}

static enum err say(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct own w;
    bool own;
    TRY(is_own(cx, rq, &w, &own));
    return own ? own_say(cx, rq, an, &w) : desk_do(cx, rq, an, DESK_SAY);
}

#define OWN(name)                                                                                  \
    static enum err do_##name(struct ctx *cx, struct request *rq, struct reply *an)                \
    {                                                                                              \
        struct own w;                                                                              \
        bool own;                                                                                  \
        TRY(is_own(cx, rq, &w, &own));                                                             \
        return own ? own_##name(cx, rq, an, &w) : E_DENIED;                                        \
    }
OWN(answer)
OWN(inquire)
OWN(consents)
OWN(withdraw)

#define DESK(name, act)                                                                            \
    static enum err do_##name(struct ctx *cx, struct request *rq, struct reply *an)                \
    {                                                                                              \
        return desk_do(cx, rq, an, act);                                                           \
    }
DESK(accept, DESK_ACCEPT)
DESK(refuse, DESK_REFUSE)
DESK(triage, DESK_TRIAGE)
DESK(site, DESK_SITE)
DESK(analyst, DESK_ANALYST)
DESK(close, DESK_CLOSE)
DESK(site_answer, DESK_ANSWER)

static enum err send_file(struct ctx *cx, struct request *rq, struct reply *an)
{
    return file_send(cx, rq, an, NO_STR, rq->id, rq->seg[1]);
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/reports"),                NEED_PERSON, OF_NOTHING, 0, show_list,      0, 0, NULL},
    {GET,  S_INIT("/{lang}/reports.csv"),            NEED_PERSON, OF_NOTHING, 0, show_list,      0, 0, NULL},
    {GET,  S_INIT("/{lang}/reports.json"),           NEED_PERSON, OF_NOTHING, 0, show_list,      0, 0, NULL},
    {GET,  S_INIT("/{lang}/reports/{}"),             NEED_PERSON, OF_REPORT,  0, show_report,    0, 0, NULL},
    {GET,  S_INIT("/{lang}/reports/{}/files/{}"),    NEED_PERSON, OF_REPORT,  0, send_file,      0, 0, NULL},
    {POST, S_INIT("/{lang}/reports/{}/say"),         NEED_PERSON, OF_REPORT,  0, say,            ROUTE_UPLOAD, FILES_BODY_MAX, NULL},
    {POST, S_INIT("/{lang}/reports/{}/answer"),      NEED_PERSON, OF_REPORT,  0, do_answer,      0, 0, NULL},
    {POST, S_INIT("/{lang}/reports/{}/inquire"),     NEED_PERSON, OF_REPORT,  0, do_inquire,     0, 8192, NULL},
    {POST, S_INIT("/{lang}/reports/{}/consents"),    NEED_PERSON, OF_REPORT,  0, do_consents,    0, 0, NULL},
    {POST, S_INIT("/{lang}/reports/{}/withdraw"),    NEED_PERSON, OF_REPORT,  0, do_withdraw,    0, 0, NULL},
    {POST, S_INIT("/{lang}/reports/{}/accept"),      NEED_PERSON, OF_REPORT,  0, do_accept,      0, 0, NULL},
    {POST, S_INIT("/{lang}/reports/{}/refuse"),      NEED_PERSON, OF_REPORT,  0, do_refuse,      0, 0, NULL},
    {POST, S_INIT("/{lang}/reports/{}/triage"),      NEED_PERSON, OF_REPORT,  0, do_triage,      0, 0, NULL},
    {POST, S_INIT("/{lang}/reports/{}/site"),        NEED_PERSON, OF_REPORT,  0, do_site,        0, 0, NULL},
    {POST, S_INIT("/{lang}/reports/{}/analyst"),     NEED_PERSON, OF_REPORT,  0, do_analyst,     0, 8192, NULL},
    {POST, S_INIT("/{lang}/reports/{}/close"),       NEED_PERSON, OF_REPORT,  0, do_close,       0, 0, NULL},
    {POST, S_INIT("/{lang}/reports/{}/site-answer"), NEED_PERSON, OF_REPORT,  0, do_site_answer, 0, 0, NULL},
};
/* clang-format on */
const struct routes reports_routes = {table, COUNT(table)};
