/* cve_jobs.c - see cve_jobs.h: planning. */
#include "app/cve_own.h"

#include "app/history.h"
#include "base/encode.h"
#include "formats/cve_services.h"

/* clang-format off */
static const struct field_choice batches[] = {
    {.value = S_INIT("sequential")}, {.value = S_INIT("nonsequential")}};
const struct field_rule cve_reject_rules[3] = {
    {.name = S_INIT("reason_en"), .type = FIELD_TEXT, .required = true, .max = 2000},
    {.name = S_INIT("reason_ja"), .type = FIELD_TEXT, .max = 2000},
    {.name = S_INIT("replaced_by"), .type = FIELD_CVE}};
const struct field_rule cve_pool_rules[3] = {
    {.name = S_INIT("amount"), .type = FIELD_NUMBER, .required = true, .max = CVE_MOST_SEQUENTIAL},
    {.name = S_INIT("year"), .type = FIELD_NUMBER, .max = 2999},
    {.name = S_INIT("batch"), .type = FIELD_CHOICE, .choices = batches, .nchoices = COUNT(batches)}};
/* clang-format on */

str cve_mark(struct ctx *cx, str request)
{
    return hex_encode(cx->a, str_sub(hash_of(cx->a, request), 0, 16));
}

/* --- who may ---------------------------------------------------------------------------------- */

enum err cve_case_open(struct ctx *cx, str case_id, struct case_file *cf)
{
    const struct access *acc;
    TRY(case_open(cx, case_id, cf, &acc));
    if (!access_has(acc, AUD_DETAILS) || cf->flow != FLOW_COORDINATED)
        return E_NOT_FOUND;
    return vuln_may_edit(cx, cf) ? OK : E_DENIED;
}

enum err cve_may(struct ctx *cx, str case_id, bool *out)
{
    struct case_file cf;
    enum err e = cve_case_open(cx, case_id, &cf);
    *out = e == OK;
    return e == E_DENIED || e == E_NOT_FOUND ? OK : e;
}

static enum err find_vuln(struct ctx *cx, str case_id, str id, struct vuln *out)
{
    struct vuln *all;
    size_t n;
    TRY(vuln_list(cx, case_id, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, id)) {
            *out = all[i];
            return OK;
        }
    return E_NOT_FOUND;
}

static enum err need_account(struct ctx *cx)
{
    struct cve_account acc;
    TRY(cve_account_load(cx, &acc));
    return acc.is ? OK : wrong(cx, S(""), S("cve_no_account"));
}

/* What is open for that number or vulnerability is done first. */
static enum err none_open(struct ctx *cx, str case_id, str vuln_id, str cve)
{
    struct q_cve_jobs_of *rows;
    size_t n;
    TRY(q_cve_jobs_of(cx->db, &rows, &n, .case_id = case_id));
    for (size_t i = 0; i < n; i++)
        if (!rows[i].ended.is && ((vuln_id.n > 0 && str_eq(rows[i].vuln_id, vuln_id)) ||
                                  (cve.n > 0 && str_eq(rows[i].cve, cve))))
            return wrong(cx, S(""), S("cve_open"));
    return OK;
}

/* --- writing down ----------------------------------------------------------------------------- */

struct plan {
    const char *kind;
    str case_id, vuln_id, cve, batch, body;
    i64 amount, year;
    str id;
    const struct input *in;
};

enum err cve_note(struct ctx *cx, str case_id, const char *act, str cve, i64 amount)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("cve"), cve.n > 0 ? cve : S("–"));
    json_put_member(&o, S("amount"), str_fmt(cx->a, "%lld", (long long)amount));
    json_put_end(&o);
    struct history_note note = {.act = str_z(act),
                                .case_id = case_id,
                                .place = {.audience = case_id.n > 0 ? AUD_DETAILS : AUD_CASE},
                                .content = buf_str(&b)};
    return history_add(cx, &note);
}

static enum err write_plan(struct ctx *cx, struct plan *p)
{
    p->id = new_id(cx);
    return q_cve_job_add(cx->db, .id = p->id, .kind = str_z(p->kind), .case_id = p->case_id,
                         .vuln_id = p->vuln_id, .person_id = cx->who.person_id, .cve = p->cve,
                         .amount = p->amount, .year = p->year, .batch = p->batch,
                         .body = text_seal(cx, p->body), .made = cx->now);
}

/* --- a number --------------------------------------------------------------------------------- */

static enum err plan_number(struct ctx *cx, void *arg)
{
    struct plan *p = arg;
    struct case_file cf;
    struct vuln v;
    TRY(cve_case_open(cx, p->case_id, &cf));
    TRY(find_vuln(cx, p->case_id, p->vuln_id, &v));
    TRY(need_account(cx));
    if (v.cve.n > 0)
        return wrong(cx, S("cve"), S("cve_has_number"));
    TRY(none_open(cx, p->case_id, p->vuln_id, NO_STR));
    TRY(write_plan(cx, p));
    return cve_note(cx, p->case_id, "cve_number_asked", NO_STR, 1);
}

enum err cve_plan_number(struct ctx *cx, str case_id, str vuln_id, str *job)
{
    struct plan p = {.kind = "reserve",
                     .case_id = case_id,
                     .vuln_id = vuln_id,
                     .amount = 1,
                     .year = civil_at(cx->now, zone_utc).year,
                     .batch = S(""),
                     .body = S("")};
    TRY(db_write(cx, plan_number, &p));
    *job = p.id;
    return OK;
}

static enum err plan_pool(struct ctx *cx, void *arg)
{
    struct plan *p = arg;
    TRY(need_account(cx));
    TRY(write_plan(cx, p));
    return cve_note(cx, NO_STR, "cve_number_asked", NO_STR, p->amount);
}

enum err cve_plan_pool(struct ctx *cx, const struct input *in, str *job)
{
    struct value v[COUNT(cve_pool_rules)];
    struct plan p = {.kind = "reserve", .body = S("")};
    if (!cx->who.is_operator)
        return E_DENIED;
    TRY(form_read(cx, cve_pool_rules, COUNT(v), in, v));
    p.amount = v[0].n;
    p.year = v[1].is ? v[1].n : civil_at(cx->now, zone_utc).year;
    p.batch = v[2].is ? v[2].text : p.amount > 1 ? S("sequential") : S("");
    if (p.amount < 1 || p.year < 1999)
        return wrong(cx, p.amount < 1 ? S("amount") : S("year"), S("number"));
    if (str_eq(p.batch, S("nonsequential")) && p.amount > CVE_MOST_NONSEQUENTIAL)
        return wrong_limit(cx, S("amount"), S("too_many"), CVE_MOST_NONSEQUENTIAL);
    TRY(db_write(cx, plan_pool, &p));
    *job = p.id;
    return OK;
}

/* --- a record --------------------------------------------------------------------------------- */

static enum err plan_publish(struct ctx *cx, void *arg)
{
    struct plan *p = arg;
    struct case_file cf;
    struct q_cve_number_get row = {0};
    TRY(cve_case_open(cx, p->case_id, &cf));
    TRY(need_account(cx));
    TRY(none_open(cx, p->case_id, p->vuln_id, p->cve));
    enum err e = q_cve_number_get(cx->db, &row, .cve = p->cve);
    if (e != OK && e != E_NOT_FOUND)
        return e;
    if (row.sent.n > 0 && str_eq(row.sent, cve_mark(cx, p->body)))
        return wrong(cx, S(""), S("cve_same"));
    if (str_eq(row.state, S("rejected")))
        return wrong(cx, S(""), S("cve_rejected"));
    p->kind = str_eq(row.state, S("published")) ? "update" : "publish";
    TRY(write_plan(cx, p));
    return cve_note(cx, p->case_id, "cve_record_planned", p->cve, 1);
}

enum err cve_plan_publish(struct ctx *cx, str case_id, str vuln_id, str *job)
{
    struct case_file cf;
    struct cve_draft d;
    struct plan p = {.case_id = case_id, .vuln_id = vuln_id, .amount = 1, .batch = S("")};
    TRY(cve_case_open(cx, case_id, &cf));
    TRY(cve_build(cx, case_id, vuln_id, false, &d));
    if (d.record.id.n == 0)
        return wrong(cx, S("cve"), S("cve_no_number"));
    if (!d.is_public)
        return wrong(cx, S(""), S("cve_not_public"));
    if (d.fails)
        return wrong(cx, S(""), S("cve_rules"));
    p.vuln_id = d.vuln_id;
    p.cve = d.record.id;
    p.body = d.request;
    TRY(db_write(cx, plan_publish, &p));
    *job = p.id;
    return OK;
}

/* --- a rejection ------------------------------------------------------------------------------ */

static enum err plan_reject(struct ctx *cx, void *arg)
{
    struct plan *p = arg;
    struct case_file cf;
    struct q_cve_number_get row;
    TRY(cve_case_open(cx, p->case_id, &cf));
    TRY(need_account(cx));
    TRY(q_cve_number_get(cx->db, &row, .cve = p->cve));
    if (!str_eq(row.case_id, p->case_id))
        return E_NOT_FOUND;
    TRY(none_open(cx, p->case_id, NO_STR, p->cve));
    if (row.sent.n > 0 && str_eq(row.sent, cve_mark(cx, p->body)))
        return wrong(cx, S(""), S("cve_same"));
    p->vuln_id = row.vuln_id;
    TRY(write_plan(cx, p));
    return cve_note(cx, p->case_id, "cve_reject_planned", p->cve, 1);
}

static str rejection(struct ctx *cx, str cve, const struct value *v)
{
    struct cve_record r = {.rejected = true, .id = cve};
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    *PUSH(cx->a, &r.reasons) = (struct cve_text){S("en"), v[0].text};
    if (v[1].is)
        *PUSH(cx->a, &r.reasons) = (struct cve_text){S("ja"), v[1].text};
    if (v[2].is)
        *PUSH(cx->a, &r.replaced_by) = v[2].text;
    cve_write_request(&o, &r);
    return buf_str(&b);
}

enum err cve_plan_reject(struct ctx *cx, str case_id, str cve, const struct input *in, str *job)
{
    struct value v[COUNT(cve_reject_rules)];
    struct plan p = {.kind = "reject", .case_id = case_id, .cve = cve, .amount = 1, .batch = S("")};
    struct case_file cf;
    TRY(cve_case_open(cx, case_id, &cf));
    TRY(form_read(cx, cve_reject_rules, COUNT(v), in, v));
    if (v[2].is && str_eq(v[2].text, cve))
        return wrong(cx, S("replaced_by"), S("cve"));
    p.body = rejection(cx, cve, v);
    TRY(db_write(cx, plan_reject, &p));
    *job = p.id;
    return OK;
}

/* --- numbers by hand -------------------------------------------------------------------------- */

static enum err give(struct ctx *cx, void *arg)
{
    const struct plan *p = arg;
    struct case_file cf;
    struct vuln v;
    TRY(cve_case_open(cx, p->case_id, &cf));
    TRY(find_vuln(cx, p->case_id, p->vuln_id, &v));
    if (v.cve.n > 0)
        return wrong(cx, S("cve"), S("cve_has_number"));
    TRY(q_cve_number_give(cx->db, .cve = p->cve, .case_id = p->case_id, .vuln_id = p->vuln_id));
    TRY(vuln_number(cx, p->case_id, p->vuln_id, p->cve));
    return cve_note(cx, p->case_id, "cve_number_came", p->cve, 1);
}

enum err cve_give(struct ctx *cx, str case_id, str vuln_id, str cve)
{
    struct plan p = {.case_id = case_id, .vuln_id = vuln_id, .cve = cve};
    return db_write(cx, give, &p);
}
