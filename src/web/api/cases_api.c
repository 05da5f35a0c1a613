/* cases_api.c - see cases_api.h. */
#include "web/api/cases_api.h"

#include "web/api/case_out.h"

/* --- lists ---------------------------------------------------------------------------------------- */

/* A query parameter that is 0 or 1. */
static enum err query_flag(struct ctx *cx, const struct request *rq, const char *name, opt_i64 *out)
{
    str s = query_get(rq, name);
    *out = (opt_i64){0};
    if (s.n == 0)
        return OK;
    if (!str_eq(s, S("0")) && !str_eq(s, S("1")))
        return wrong(cx, str_z(name), S("choice"));
    *out = SOME(s.p[0] == '1');
    return OK;
}

static enum err read_filter(struct ctx *cx, const struct request *rq, struct case_filter *f)
{
    enum flow flow;
    str phase = query_get(rq, "phase"), order = query_get(rq, "order");
    *f = (struct case_filter){.flow = query_get(rq, "flow"),
                              .oldest_first = str_eq(order, S("oldest"))};
    (void)query_flag(cx, rq, "open", &f->open);
    (void)query_flag(cx, rq, "published", &f->published);
    f->phase.is = phase.n > 0;
    if (f->phase.is && (!str_i64(phase, &f->phase.v) || f->phase.v < 0 || f->phase.v > PHASES))
        (void)wrong(cx, S("phase"), S("choice"));
    if (f->flow.n > 0 && !flow_find(f->flow, &flow))
        (void)wrong(cx, S("flow"), S("choice"));
    if (order.n > 0 && !f->oldest_first && !str_eq(order, S("newest")))
        (void)wrong(cx, S("order"), S("choice"));
    return cx->problems.n > 0 ? E_INVALID : OK;
}

static enum err list_cases(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct list_window w = {0};
    struct case_filter f;
    struct case_line *rows;
    size_t n;
    TRY(read_filter(cx, rq, &f));
    TRY(api_window(cx, rq, &w.limit, &w.after));
    TRY(case_list(cx, &f, &w, &rows, &n));
    struct case_line_out *out = NEWS(cx->a, struct case_line_out, n + 1);
    struct case_waits *waits = NEWS(cx->a, struct case_waits, n + 1);
    TRY(case_waits_for(cx, rows, n, waits));
    for (size_t i = 0; i < n; i++)
        out[i] = (struct case_line_out){rows[i], waits[i]};
    return api_send_list(cx, an, &case_line_schema, out, n, w.next, w.total);
}

/* --- one ------------------------------------------------------------------------------------------ */

static enum err read_case(struct ctx *cx, str id, const struct access *acc, struct case_out *out)
{
    static const str states[] = {[PHASE_DONE] = S_INIT("done"),
                                 [PHASE_NOW] = S_INIT("now"),
                                 [PHASE_TO_COME] = S_INIT("to_come")};
    struct case_ask ask = {.acc = acc};
    *out = (struct case_out){0};
    TRY(case_view(cx, id, &ask, &out->v));
    for (size_t i = 0; i < PHASES; i++)
        out->phases[i] = (struct phase_out){(i64)i, states[out->v.board.phase[i]]};
    out->all_phases = out->phases;
    out->nphases = PHASES;
    return OK;
}

static enum err send_case(struct ctx *cx, struct request *rq, struct reply *an,
                          const struct access *acc)
{
    struct case_out out;
    TRY(read_case(cx, rq->id, acc, &out));
    api_etag_tag(rq, an, api_tag(cx, api_json(cx, &case_schema, &out)));
    return api_send(cx, an, &case_schema, &out);
}

static enum err show_case(struct ctx *cx, struct request *rq, struct reply *an)
{
    return send_case(cx, rq, an, rq->acc);
}

/* --- acts ----------------------------------------------------------------------------------------- */

typedef enum err case_act_fn(struct ctx *cx, str case_id, const struct input *in);

struct edit {
    const struct request *rq;
    case_act_fn *act;
    size_t may; /* offset of the flag in struct case_may */
    str tag;
};

/* What was read must still be so in the act's own transaction. */
static enum err edit_within(struct ctx *cx, void *arg)
{
    const struct edit *x = arg;
    struct case_out now;
    TRY(read_case(cx, x->rq->id, NULL, &now));
    if (!*(const bool *)((const char *)&now.v.may + x->may))
        return E_DENIED;
    if (!str_eq(api_tag(cx, api_json(cx, &case_schema, &now)), x->tag))
        return E_CONFLICT;
    return x->act(cx, x->rq->id, &x->rq->in);
}

static enum err edit(struct ctx *cx, struct request *rq, struct reply *an, case_act_fn *act,
                     size_t may)
{
    struct edit x = {.rq = rq, .act = act, .may = may};
    TRY(api_if_match_tag(cx, rq, an, &x.tag));
    TRY(api_edited(an, db_write(cx, edit_within, &x)));
    return send_case(cx, rq, an, NULL);
}

static enum err act(struct ctx *cx, struct request *rq, struct reply *an, case_act_fn *fn)
{
    TRY(fn(cx, rq->id, &rq->in));
    return send_case(cx, rq, an, NULL);
}

static enum err put_title(struct ctx *cx, struct request *rq, struct reply *an)
{
    return edit(cx, rq, an, case_set_title, offsetof(struct case_may, title));
}

static enum err put_label(struct ctx *cx, struct request *rq, struct reply *an)
{
    return edit(cx, rq, an, case_set_tlp, offsetof(struct case_may, tlp));
}

static enum err put_date(struct ctx *cx, struct request *rq, struct reply *an)
{
    return edit(cx, rq, an, case_set_date, offsetof(struct case_may, date));
}

static enum err put_named(struct ctx *cx, struct request *rq, struct reply *an)
{
    return edit(cx, rq, an, case_name_vendors, offsetof(struct case_may, name_vendors));
}

static enum err add_vendors(struct ctx *cx, struct request *rq, struct reply *an)
{
    return act(cx, rq, an, case_add_vendors);
}

static enum err share(struct ctx *cx, struct request *rq, struct reply *an)
{
    return act(cx, rq, an, case_share);
}

static enum err name_analyst(struct ctx *cx, struct request *rq, struct reply *an)
{
    return act(cx, rq, an, case_name_analyst);
}

static enum err close_lane(struct ctx *cx, struct request *rq, struct reply *an)
{
    TRY(case_close_lane(cx, rq->id, rq->seg[1], &rq->in));
    return send_case(cx, rq, an, NULL);
}

static enum err reopen_lane(struct ctx *cx, struct request *rq, struct reply *an)
{
    TRY(case_reopen_lane(cx, rq->id, rq->seg[1], &rq->in));
    return send_case(cx, rq, an, NULL);
}

/* clang-format off */
static const struct api_param list_params[] = {
    {"flow", "coordinated or direct"}, {"phase", "0 to 6; for reception and coordinator"}, {"open", "1: something is left to do; 0: nothing"},
    {"published", "1 or 0"}, {"order", "newest (the default) or oldest"}};

#define CASES_DOC(name, what, ...) static const struct api_doc name = {.tag = "cases", .summary = what, __VA_ARGS__}
CASES_DOC(doc_list, "The cases that you may know of", .out = &case_line_schema, .flags = API_LIST, .query = list_params, .nquery = COUNT(list_params));
CASES_DOC(doc_case, "One case: its state, what it waits for and on whom, vendors, clocks", .out = &case_schema, .flags = API_ETAG);
CASES_DOC(doc_title, "Set the title in one or both languages", .in = title_rules, .nin = COUNT(title_rules), .out = &case_schema, .flags = API_ETAG);
CASES_DOC(doc_label, "Set the TLP label", .in = tlp_rules, .nin = COUNT(tlp_rules), .out = &case_schema, .flags = API_ETAG);
CASES_DOC(doc_date, "Set the date of publication", .in = date_rules, .nin = COUNT(date_rules), .out = &case_schema, .flags = API_ETAG);
CASES_DOC(doc_named, "Whether vendors are shown each other's names", .in = named_rules, .nin = COUNT(named_rules), .out = &case_schema, .flags = API_ETAG);
CASES_DOC(doc_vendors, "Add vendors", .in = vendors_rules, .nin = COUNT(vendors_rules), .out = &case_schema);
CASES_DOC(doc_share, "Share with an overseas coordinator or a priority body", .in = share_rules, .nin = COUNT(share_rules), .out = &case_schema);
CASES_DOC(doc_analyst, "Name an analyst", .in = analyst_rules, .nin = COUNT(analyst_rules), .out = &case_schema);
CASES_DOC(doc_close, "End a vendor's lane", .in = reason_rules, .nin = COUNT(reason_rules), .out = &case_schema);
CASES_DOC(doc_reopen, "Take a vendor's lane up again", .in = reason_rules, .nin = COUNT(reason_rules), .out = &case_schema);

static const struct route table[] = {
    {GET,  S_INIT("/api/v1/cases"),                         NEED_PERSON, OF_NOTHING, 0, list_cases, 0, 0, &doc_list},
    {GET,  S_INIT("/api/v1/cases/{}"),                      NEED_PERSON, OF_CASE, 0, show_case, 0, 0, &doc_case},
    {PUT,  S_INIT("/api/v1/cases/{}/title"),                NEED_PERSON, OF_CASE, 0, put_title, 0, 0, &doc_title},
    {PUT,  S_INIT("/api/v1/cases/{}/label"),                NEED_PERSON, OF_CASE, 0, put_label, 0, 0, &doc_label},
    {PUT,  S_INIT("/api/v1/cases/{}/date"),                 NEED_PERSON, OF_CASE, 0, put_date, 0, 0, &doc_date},
    {PUT,  S_INIT("/api/v1/cases/{}/vendor-names"),         NEED_PERSON, OF_CASE, 0, put_named, 0, 0, &doc_named},
    {POST, S_INIT("/api/v1/cases/{}/vendors"),              NEED_PERSON, OF_CASE, 0, add_vendors, 0, 0, &doc_vendors},
    {POST, S_INIT("/api/v1/cases/{}/shares"),               NEED_PERSON, OF_CASE, 0, share, 0, 0, &doc_share},
    {POST, S_INIT("/api/v1/cases/{}/analysts"),             NEED_PERSON, OF_CASE, 0, name_analyst, 0, 0, &doc_analyst},
    {POST, S_INIT("/api/v1/cases/{}/vendors/{}/close"),     NEED_PERSON, OF_CASE, 0, close_lane, 0, 0, &doc_close},
    {POST, S_INIT("/api/v1/cases/{}/vendors/{}/reopen"),    NEED_PERSON, OF_CASE, 0, reopen_lane, 0, 0, &doc_reopen},
};
/* clang-format on */
const struct routes cases_api_routes = {table, COUNT(table)};
