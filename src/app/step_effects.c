/* step_effects.c - what performed hops do beside their own record. */
#include "app/step_effects.h"
#include "app/case_file.h"

#include "app/history.h"
#include "app/notice.h"
#include "app/publish.h"
#include "app/reports.h"
#include "base/id.h"
#include "formats/json.h"

/* --- products ----------------------------------------------------------------------------- */

enum { MOST_PRODUCTS = 200 };

static enum err product_row(struct ctx *cx, str field, size_t row, const struct input *in,
                            struct json_out *o, bool *there)
{
    static const struct field_choice statuses[] = {{.value = S_INIT("affected")},
                                                   {.value = S_INIT("fixed")},
                                                   {.value = S_INIT("not_affected")},
                                                   {.value = S_INIT("under_investigation")}};
    str at = str_fmt(cx->a, "%.*s.%zu.", SV(field), row);
    struct field_rule rules[] = {
        {.name = str_join(cx->a, at, S("name")), .type = FIELD_LINE},
        {.name = str_join(cx->a, at, S("versions")), .type = FIELD_LINE, .max = 300},
        {.name = str_join(cx->a, at, S("status")),
         .type = FIELD_CHOICE,
         .choices = statuses,
         .nchoices = COUNT(statuses)},
    };
    struct value v[COUNT(rules)];
    struct input own = {0};
    for (size_t i = 0; i < in->n; i++)
        if (str_has_prefix(in->v[i].name, at))
            *PUSH(cx->a, &own) = in->v[i];
    TRY(form_read(cx, rules, COUNT(rules), &own, v));
    *there = v[0].is || v[1].is;
    if (!*there)
        return OK;
    if (!v[0].is)
        return wrong(cx, rules[0].name, S("required"));
    json_put_object(o);
    json_put_member(o, S("name"), v[0].text);
    json_put_member(o, S("versions"), v[1].is ? v[1].text : S(""));
    json_put_member(o, S("status"), v[2].is ? v[2].text : S("affected"));
    json_put_end(o);
    return OK;
}

/* One more than the highest row that came; E_INVALID: too many. */
static enum err count_rows(struct ctx *cx, str field, const struct input *in, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < in->n; i++) {
        str name = in->v[i].name;
        i64 row;
        if (!str_has_prefix(name, field) || name.n <= field.n || name.p[field.n] != '.')
            continue;
        name = str_from(name, field.n + 1);
        if (!str_i64(str_cut(&name, '.'), &row) || row >= MOST_PRODUCTS)
            return wrong_limit(cx, field, S("too_many"), MOST_PRODUCTS);
        if ((size_t)row >= *n)
            *n = (size_t)row + 1;
    }
    return OK;
}

enum err products_read(struct ctx *cx, str field, const struct input *in, str *json)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    size_t rows, kept = 0;
    enum err e = OK;
    *json = NO_STR;
    TRY(count_rows(cx, field, in, &rows));
    json_put_array(&o);
    for (size_t i = 0; i < rows; i++) {
        bool there = false;
        enum err one = product_row(cx, field, i, in, &o, &there);
        if (one != OK)
            e = one;
        kept += there;
    }
    json_put_end(&o);
    if (e == OK && kept > 0)
        *json = buf_str(&b);
    return e;
}

/* --- checks --------------------------------------------------------------------------------- */

static bool is_last_hop(const struct hop_call *h)
{
    for (size_t i = (size_t)h->hop; i < h->s->nhops; i++)
        if (h->s->hops[i].only_if < 0)
            return false;
    return true;
}

static bool is_agreed(const struct hop_call *h)
{
    const struct value *v = hop_value(h, "agree");
    return !v->is || str_eq(v->text, S("yes"));
}

static enum err check_vendors(struct ctx *cx, const struct hop_call *h)
{
    const struct value *v = hop_value(h, "vendors");
    for (size_t i = 0; i < v->list.n; i++) {
        struct q_org_get org;
        enum err e = q_org_get(cx->db, &org, .id = v->list.v[i]);
        if (e == E_NOT_FOUND || (e == OK && (!str_eq(org.kind, S("vendor")) || org.disabled.is)))
            return wrong(cx, S("vendors"), S("vendor"));
        TRY(e);
        for (size_t k = 0; k < h->cf->nparties; k++)
            if (str_eq(h->cf->parties[k].org_id, org.id) &&
                str_eq(h->cf->parties[k].role, S("vendor")))
                return problem_got(cx->a, &cx->problems, S("vendors"), S("vendor_there"),
                                   pick(cx, org.name_ja, org.name_en));
    }
    return OK;
}

enum err hop_check(struct ctx *cx, const struct hop_call *h)
{
    unsigned then = h->s->then;
    const struct value *date = hop_value(h, "date");
    if (then >> THEN_ADD_VENDORS & 1)
        TRY(check_vendors(cx, h));
    if ((then >> THEN_DATE & 1) && date->is && date->n < cx->now - DAY)
        return wrong(cx, S("date"), S("date_past"));
    if ((then >> THEN_PUBLISH & 1) && is_last_hop(h))
        TRY(publication_check(cx, h->cf));
    return OK;
}

/* --- effects -------------------------------------------------------------------------------- */

static enum err add_vendors(struct ctx *cx, const struct hop_call *h)
{
    const struct value *v = hop_value(h, "vendors");
    for (size_t i = 0; i < v->list.n; i++)
        TRY(q_party_add(cx->db, .id = new_id(cx), .case_id = h->cf->row.id, .org_id = v->list.v[i],
                        .role = S("vendor"), .level = S(""), .added = cx->now));
    return OK;
}

/* What the vendor last said of its products. */
static enum err last_status(struct ctx *cx, const struct hop_call *h, const struct json **out)
{
    struct q_statuses_of *rows;
    size_t n;
    struct json_error bad;
    *out = NULL;
    TRY(q_statuses_of(cx->db, &rows, &n, .case_id = h->cf->row.id));
    while (n-- > 0)
        if (str_eq(rows[n].lane, h->cf->lanes[h->lane].id))
            return json_read(cx->a, text_open_inside(rows[n].content), out, &bad);
    return OK;
}

static str or_before(const struct value *now, const struct json *before, const char *field)
{
    return now->is ? now->text : json_get_text(before, str_z(field));
}

static enum err keep_status(struct ctx *cx, const struct hop_call *h)
{
    const struct json *before;
    str products;
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    TRY(last_status(cx, h, &before));
    TRY(products_read(cx, S("products"), h->in, &products));
    str status = or_before(hop_value(h, "status"), before, "status");
    json_put_object(&o);
    json_put_member(&o, S("status"), status.p ? status : S("unknown"));
    json_put_member(&o, S("statement"), or_before(hop_value(h, "statement"), before, "statement"));
    json_put_member(&o, S("url"), or_before(hop_value(h, "url"), before, "url"));
    json_put_key(&o, S("products"));
    json_put_raw(&o, products.n ? products : S("[]"));
    json_put_end(&o);
    return q_status_add(cx->db, .id = new_id(cx), .case_id = h->cf->row.id,
                        .lane = h->cf->lanes[h->lane].id, .at = cx->now,
                        .person_id = cx->who.person_id, .content = text_seal(cx, buf_str(&b)));
}

static enum err plan_date(struct ctx *cx, const struct hop_call *h)
{
    const struct value *date = hop_value(h, "date");
    if (!date->is || !is_agreed(h))
        return OK;
    TRY(q_planned_add(cx->db, .id = new_id(cx), .case_id = h->cf->row.id, .planned = date->n,
                      .at = cx->now, .person_id = cx->who.person_id));
    return notice_date(cx, h->cf, date->n);
}

/* The coordinator of this installation, for a direct case that asks for support. */
static enum err add_coordinator(struct ctx *cx, const struct hop_call *h)
{
    struct q_org_first org;
    enum err e = q_org_first(cx->db, &org, .kind = S("coordinator"));
    if (e == E_NOT_FOUND)
        return wrong(cx, S(""), S("no_coordinator"));
    TRY(e);
    e = q_party_add(cx->db, .id = new_id(cx), .case_id = h->cf->row.id, .org_id = org.id,
                    .role = S("coordinator"), .level = S(""), .added = cx->now);
    return e == E_CONFLICT ? OK : e;
}

static bool writes_to_finder(const struct hop_call *h)
{
    enum actor actor = h->s->hops[h->hop - 1].actor;
    bool writes = false;
    for (size_t i = 0; i < h->form->n; i++)
        writes |= h->form->questions[i] && h->form->questions[i]->audience == AUD_FINDER &&
                  h->values[i].is;
    return writes && actor != ACTOR_FINDER && actor != ACTOR_SOURCE;
}

static enum err close_reports(struct ctx *cx, const struct hop_call *h)
{
    /* of process/dispositions.tsv; phase 4 ends without publication */
    str how = h->s->phase == 4 ? S("end_individual") : S("end_published");
    for (size_t i = 0; i < h->cf->nreports; i++) {
        enum err e =
            q_report_end(cx->db, .id = h->cf->reports[i].id, .at = cx->now, .disposition = how);
        if (e != OK && e != E_CONFLICT) /* ended before */
            return e;
    }
    return OK;
}

static enum err accept_reports(struct ctx *cx, const struct hop_call *h)
{
    for (size_t i = 0; i < h->cf->nreports && h->hop > 1; i++) {
        struct q_report_get r;
        TRY(q_report_get(cx->db, &r, .id = h->cf->reports[i].id));
        if (!r.accepted.is)
            TRY(q_report_accept(cx->db, .id = r.id, .at = cx->now, .rev = r.rev));
    }
    return OK;
}

static enum err last_effects(struct ctx *cx, const struct hop_call *h)
{
    unsigned then = h->s->then;
    if (then >> THEN_ACCEPT & 1)
        TRY(accept_reports(cx, h));
    if (then >> THEN_DATE & 1)
        TRY(plan_date(cx, h));
    if (then >> THEN_SUPPORT & 1)
        TRY(add_coordinator(cx, h));
    if (then >> THEN_PUBLISH & 1)
        TRY(publication_release(cx, h->cf));
    if ((then >> THEN_VENDOR_PUBLISH & 1) && str_eq(hop_value(h, "portal")->text, S("yes")))
        TRY(report_from_case(cx, h->cf));
    if (then >> THEN_CLOSE & 1)
        TRY(close_reports(cx, h));
    return OK;
}

enum err hop_effects(struct ctx *cx, const struct hop_call *h)
{
    unsigned then = h->s->then;
    if (then >> THEN_ADD_VENDORS & 1)
        TRY(add_vendors(cx, h));
    if (then & (1u << THEN_STATUS | 1u << THEN_AGREE_DRAFT))
        TRY(keep_status(cx, h));
    if (writes_to_finder(h)) {
        TRY(q_report_told(cx->db, .id = h->report_id, .at = cx->now));
        TRY(notice_finder(cx, h->report_id));
    }
    return is_last_hop(h) ? last_effects(cx, h) : OK;
}
