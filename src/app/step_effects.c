/* step_effects.c - what performed hops do beside their own record. */
#include "app/step_effects.h"
#include "app/case_file.h"

#include "app/history.h"
#include "app/notice.h"
#include "app/product_rows.h"
#include "app/release_plan.h"
#include "app/reports.h"
#include "app/statuses.h"

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
    if ((then >> THEN_PUBLISH & 1) && is_last_hop(h)) {
        TRY(publication_check(cx, h->cf));
        TRY(release_step_check(cx, h->cf));
    }
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

static const struct field_rule *rule_of(const struct hop_call *h, str name)
{
    for (size_t i = 0; i < h->form->n; i++)
        if (str_eq(h->form->rules[i].name, name))
            return &h->form->rules[i];
    return NULL;
}

static enum err keep_status(struct ctx *cx, const struct hop_call *h)
{
    const struct field_rule *products = rule_of(h, S("products"));
    struct status_new now = {.lane = h->lane,
                             .status = hop_value(h, "status")->text,
                             .statement = hop_value(h, "statement")->text,
                             .url = hop_value(h, "url")->text,
                             .lang = cx->lang,
                             .agreed = (h->s->then >> THEN_AGREE_DRAFT & 1) && is_agreed(h)};
    if (products != NULL)
        TRY(products_read(cx, products, false, h->in, &now.products));
    return status_record(cx, h->cf, &now);
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
        TRY(release_step_run(cx, h->cf));
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
