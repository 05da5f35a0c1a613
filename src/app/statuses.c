/* statuses.c - see statuses.h. */
#include "app/statuses.h"

#include "app/case_file.h"
#include "app/history.h"
#include "app/product_rows.h"
#include "app/publish.h"
#include "app/step_effects.h"
#include "formats/json.h"

/* clang-format off */
static const struct field_choice statuses[] = {
    {.value = S_INIT("affected")}, {.value = S_INIT("not_affected")},
    {.value = S_INIT("affected_investigating")}, {.value = S_INIT("not_affected_investigating")},
    {.value = S_INIT("unknown")}};
const struct field_rule status_rules[5] = {
    {.name = S_INIT("status"), .type = FIELD_CHOICE, .required = true, .choices = statuses,
     .nchoices = COUNT(statuses)},
    {.name = S_INIT("statement_ja"), .type = FIELD_TEXT},
    {.name = S_INIT("statement_en"), .type = FIELD_TEXT},
    {.name = S_INIT("url"), .type = FIELD_URL},
    {.name = S_INIT("products"), .type = FIELD_ROWS}};
/* clang-format on */

static str lang_key(const char *name, enum lang lang)
{
    if (str_eq(str_z(name), S("statement")))
        return lang == LANG_JA ? S("statement_ja") : S("statement_en");
    return str_z(name);
}

static enum err read_status(struct ctx *cx, const struct q_statuses_of *row, int lane,
                            struct vendor_said *out)
{
    const struct json *j;
    struct json_error bad;
    TRY(json_read(cx->a, text_open_inside(row->content), &j, &bad));
    *out = (struct vendor_said){.lane = lane,
                                .at = row->at,
                                .status = json_get_text(j, S("status")),
                                .url = json_get_text(j, S("url")),
                                .products = json_get(j, S("products"))};
    for (enum lang g = 0; g < LANG_COUNT; g++)
        out->statement[g] = json_get_text(j, lang_key("statement", g));
    return OK;
}

enum err said_load(struct ctx *cx, const struct case_file *cf, bool history,
                   struct vendor_said **out, size_t *n)
{
    struct q_statuses_of *rows;
    size_t nrows;
    TRY(app_read(cx));
    TRY(q_statuses_of(cx->db, &rows, &nrows, .case_id = cf->row.id));
    *out = NEWS(cx->a, struct vendor_said, nrows + 1);
    *n = 0;
    for (int lane = 1; lane < (int)cf->nlanes; lane++) {
        bool said = false;
        for (size_t i = 0; i < nrows; i++) {
            if (!str_eq(rows[i].lane, cf->lanes[lane].id))
                continue;
            if (history || !said)
                (*n)++;
            said = true;
            TRY(read_status(cx, &rows[i], lane, &(*out)[*n - 1]));
        }
    }
    return OK;
}

static enum err last_of(struct ctx *cx, const struct case_file *cf, int lane,
                        struct vendor_said *out)
{
    struct vendor_said *all;
    size_t n;
    *out = (struct vendor_said){.lane = lane};
    TRY(said_load(cx, cf, false, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (all[i].lane == lane)
            *out = all[i];
    return OK;
}

static enum err put_status(struct ctx *cx, const struct case_file *cf, const struct vendor_said *s,
                           str products)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("status"), s->status.n > 0 ? s->status : S("unknown"));
    for (enum lang g = 0; g < LANG_COUNT; g++)
        json_put_member(&o, lang_key("statement", g), s->statement[g]);
    json_put_member(&o, S("url"), s->url);
    json_put_key(&o, S("products"));
    if (products.n > 0)
        json_put_raw(&o, products);
    else if (s->products != NULL)
        json_put_json(&o, s->products);
    else
        json_put_raw(&o, S("[]"));
    json_put_end(&o);
    return q_status_add(cx->db, .id = new_id(cx), .case_id = cf->row.id,
                        .lane = cf->lanes[s->lane].id, .at = cx->now,
                        .person_id = cx->who.person_id, .content = text_seal(cx, buf_str(&b)));
}

enum err status_record(struct ctx *cx, const struct case_file *cf, const struct status_new *now)
{
    struct vendor_said s;
    TRY(last_of(cx, cf, now->lane, &s));
    if (now->status.p != NULL)
        s.status = now->status;
    if (now->url.p != NULL)
        s.url = now->url;
    if (now->statement.p != NULL)
        s.statement[now->lang] = now->statement;
    if (now->agreed && s.statement[LANG_JA].n == 0 && s.statement[LANG_EN].n == 0 &&
        !products_flagged(s.products))
        return wrong(cx, S("statement"), S("flag_or_statement"));
    return put_status(cx, cf, &s, now->products);
}

enum err status_form(struct ctx *cx, str case_id, const struct field_rule **out)
{
    struct field_rule *rules = NEWS(cx->a, struct field_rule, COUNT(status_rules));
    for (size_t i = 0; i < COUNT(status_rules); i++)
        rules[i] = status_rules[i];
    *out = rules;
    return products_offer(cx, case_id, &rules[COUNT(status_rules) - 1]);
}

struct change {
    str case_id, lane;
    const struct input *in;
};

static enum err change(struct ctx *cx, void *arg)
{
    const struct change *c = arg;
    struct case_file cf;
    const struct access *acc;
    const struct field_rule *rules;
    struct value v[COUNT(status_rules)];
    str products;
    TRY(case_open(cx, c->case_id, &cf, &acc));
    int lane = case_lane(&cf, c->lane);
    if (lane <= 0)
        return E_NOT_FOUND;
    TRY(step_may(cx, &cf, lane, ACTOR_POC));
    if (cf.flow != FLOW_COORDINATED || !access_lane(acc, AUD_COORDINATION, c->lane))
        return E_DENIED;
    TRY(status_form(cx, c->case_id, &rules));
    enum err e = form_read(cx, rules, COUNT(v), c->in, v);
    bool silent = !v[1].is && !v[2].is;
    enum err rows = products_read(cx, &rules[COUNT(v) - 1], silent, c->in, &products);
    TRY(e);
    TRY(rows);
    struct vendor_said now = {.lane = lane, .status = v[0].text, .url = v[3].text};
    now.statement[LANG_JA] = v[1].text;
    now.statement[LANG_EN] = v[2].text;
    TRY(put_status(cx, &cf, &now, products));
    struct history_note note = {.case_id = c->case_id,
                                .act = S("status"),
                                .dept_id = case_acting_dept(cx, &cf, lane, ACTOR_POC),
                                .place = {.audience = AUD_COORDINATION, .lane = c->lane}};
    TRY(history_add(cx, &note));
    TRY(publication_vendor_said(cx, &cf, lane));
    return case_settle(cx, c->case_id);
}

enum err status_change(struct ctx *cx, str case_id, str lane, const struct input *in)
{
    struct change c = {case_id, lane, in};
    return db_write(cx, change, &c);
}

enum err status_history(struct ctx *cx, str case_id, str lane, struct vendor_said **out, size_t *n)
{
    struct case_file cf;
    const struct access *acc;
    struct vendor_said *all;
    size_t nall, kept = 0;
    TRY(case_open(cx, case_id, &cf, &acc));
    if (lane.n == 0 || case_lane(&cf, lane) < 0 || !access_lane(acc, AUD_COORDINATION, lane))
        return E_NOT_FOUND;
    TRY(said_load(cx, &cf, true, &all, &nall));
    *out = NEWS(cx->a, struct vendor_said, nall + 1);
    while (nall-- > 0)
        if (all[nall].lane == case_lane(&cf, lane))
            (*out)[kept++] = all[nall];
    *n = kept;
    return OK;
}
