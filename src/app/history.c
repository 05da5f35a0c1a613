/* history.c - see history.h. */
#include "app/history.h"

#include "app/view_own.h"
#include "formats/json.h"

enum err history_add(struct ctx *cx, const struct history_note *h)
{
    return q_history_add(cx->db, .id = new_id(cx), .case_id = h->case_id, .report_id = h->report_id,
                         .org_id = h->org_id, .at = cx->now, .person_id = cx->who.person_id,
                         .dept_id = h->dept_id, .behalf_id = h->behalf_id, .act = h->act,
                         .audience = h->place.audience,
                         .lane = h->place.lane.p ? h->place.lane : S(""),
                         .step = h->place.step.p ? h->place.step : S(""),
                         .content = text_seal(cx, h->content.n ? h->content : S("{}")));
}

str history_sentence(struct ctx *cx, str act, enum flow flow, str step, const struct json *content)
{
    enum word w;
    buf b = {.a = cx->a};
    int at = process_step(cx->app->process, flow, step);
    int lang = cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
    str text = word_find(str_fmt(cx->a, "history_%.*s", SV(act)), &w) ? word(cx->lang, w) : act;
    while (text.n > 0) {
        buf_put(&b, str_cut(&text, '{'));
        if (text.n == 0)
            break;
        str name = str_cut(&text, '}');
        if (str_eq(name, S("step")))
            buf_put(&b, step);
        else if (str_eq(name, S("title")) && at >= 0)
            buf_put(&b, cx->app->process->flow[flow].steps[at].title[lang]);
        else
            buf_put(&b, json_get_text(content, name));
    }
    return buf_str(&b);
}

static str lane_name(const struct ctx *cx, const struct q_case_parties *p, size_t n, str lane)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(p[i].id, lane))
            return pick(cx, p[i].name_ja, p[i].name_en);
    return NO_STR;
}

enum err history_lines(struct ctx *cx, const struct case_file *cf, struct list_page *page,
                       struct history_line **out, size_t *n)
{
    struct q_history_of_case *rows;
    TRY(q_history_of_case(cx->db, page, &rows, n, .case_id = cf->row.id,
                          .principals = cx->who.principals));
    *out = NEWS(cx->a, struct history_line, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct json *content = NULL;
        struct json_error bad;
        str body = text_open_inside(rows[i].content);
        if (body.n > 2) /* {} names nothing */
            TRY(json_read(cx->a, body, &content, &bad));
        (*out)[i] = (struct history_line){
            .id = rows[i].id,
            .at = rows[i].at,
            .who = pick(cx, rows[i].person_ja, rows[i].person_en),
            .dept = pick(cx, rows[i].dept_ja, rows[i].dept_en),
            .behalf = pick(cx, rows[i].behalf_ja, rows[i].behalf_en),
            .sentence = history_sentence(cx, rows[i].act, cf->flow, rows[i].step, content),
            .lane_name = lane_name(cx, cf->parties, cf->nparties, rows[i].lane),
        };
    }
    return OK;
}

enum err history_of_case(struct ctx *cx, str case_id, size_t limit, str after,
                         struct history_line **out, size_t *n, str *next)
{
    struct list_page page = {.sort = SORT_history_of_case_newest, .limit = limit, .after = after};
    struct case_file cf = {0};
    TRY(app_read(cx));
    TRY(q_case_get(cx->db, &cf.row, .id = case_id));
    if (!flow_find(cf.row.flow, &cf.flow))
        return fail(cx, E_IO, "a case has an unknown flow");
    TRY(q_case_parties(cx->db, &cf.parties, &cf.nparties, .case_id = case_id));
    TRY(history_lines(cx, &cf, &page, out, n));
    *next = page.next;
    return OK;
}

enum err history_of_report(struct ctx *cx, const struct access *acc, str report_id, size_t limit,
                           struct history_line **out, size_t *n)
{
    struct q_history_of_report *rows;
    size_t nrows;
    TRY(app_read(cx));
    TRY(q_history_of_report(cx->db, &rows, &nrows, .report_id = report_id, .most = (i64)limit));
    *out = NEWS(cx->a, struct history_line, nrows + 1);
    *n = 0;
    for (size_t i = 0; i < nrows; i++) {
        struct place at = {.audience = (enum audience)rows[i].audience,
                           .lane = rows[i].lane,
                           .step = rows[i].step,
                           .report_id = report_id};
        const struct json *content = NULL;
        struct json_error bad;
        str text = text_open(acc, &at, rows[i].content);
        if (text.p == NULL)
            continue;
        TRY(json_read(cx->a, text, &content, &bad));
        (*out)[(*n)++] = (struct history_line){
            .id = rows[i].id,
            .at = rows[i].at,
            .who = pick(cx, rows[i].person_ja, rows[i].person_en),
            .dept = pick(cx, rows[i].dept_ja, rows[i].dept_en),
            .behalf = pick(cx, rows[i].behalf_ja, rows[i].behalf_en),
            .sentence = history_sentence(cx, rows[i].act, FLOW_COORDINATED, rows[i].step, content),
        };
    }
    return OK;
}
