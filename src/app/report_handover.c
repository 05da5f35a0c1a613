/* report_handover.c - from a direct case to reception: the vendor reports its own product, with
 * what it has just made public itself and nothing else. */
#include "app/case_file.h"
#include "app/case_new.h"
#include "app/history.h"
#include "app/notice.h"
#include "app/reports.h"
#include "app/search_index.h"
#include "formats/json.h"

struct handover {
    str id, receipt, recipient_id;
    str content, identity;
    const struct lane *lane;
};

/* The newest text of that kind in the vendor's lane. */
static enum err newest(struct ctx *cx, const struct case_file *cf, const char *kind, str lane,
                       str *out)
{
    struct q_text_of_kind *rows;
    size_t n;
    *out = NO_STR;
    TRY(q_text_of_kind(cx->db, &rows, &n, .case_id = cf->row.id, .kind = str_z(kind)));
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].lane, lane))
            *out = text_open_inside(rows[i].body);
    return OK;
}

static enum err write_content(struct ctx *cx, const struct case_file *cf, struct handover *h)
{
    const struct q_case_parties *p = h->lane->party;
    str product, text, url;
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    TRY(newest(cx, cf, "title", S(""), &product));
    TRY(newest(cx, cf, "text", h->lane->id, &text));
    TRY(newest(cx, cf, "url", h->lane->id, &url));
    json_put_object(&o);
    json_put_member(&o, S("maker"), pick(cx, p->name_ja, p->name_en));
    json_put_member(&o, S("product"), product);
    json_put_member(&o, S("result"), text);
    json_put_member(&o, S("countermeasure"), url);
    json_put_member_bool(&o, S("publish_name"), true);
    json_put_member_bool(&o, S("personal_data"), true);
    json_put_end(&o);
    h->content = buf_str(&b);
    return OK;
}

static void write_identity(struct ctx *cx, struct handover *h)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("name"), cx->who.name[cx->lang]);
    json_put_member(&o, S("email"), cx->who.email);
    json_put_end(&o);
    h->identity = buf_str(&b);
}

static enum err put_report(struct ctx *cx, const struct handover *h)
{
    TRY(q_report_add(cx->db, .id = h->id, .receipt = h->receipt, .kind = S("own"),
                     .recipient_id = h->recipient_id, .source = S("vendor"),
                     .source_dept_id = h->lane->dept[ACTOR_POC],
                     .lang = cx->lang == LANG_JA ? S("ja") : S("en"), .received = cx->now,
                     .content = text_seal(cx, h->content), .identity = text_seal(cx, h->identity),
                     .tell_vendor = true, .direct_contact = true, .publish_name = true));
    struct search_doc doc = {.id = h->id, .source = S("report"), .body = h->content};
    doc.place = (struct place){.audience = AUD_REPORT, .report_id = h->id};
    TRY(search_index(cx, &doc));
    struct history_note note = {.report_id = h->id,
                                .act = S("received"),
                                .place = {.audience = AUD_REPORT},
                                .dept_id = h->lane->dept[ACTOR_POC]};
    return history_add(cx, &note);
}

static enum err note_in_case(struct ctx *cx, const struct case_file *cf, const struct handover *h)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("receipt"), h->receipt);
    json_put_end(&o);
    struct history_note note = {.case_id = cf->row.id,
                                .act = S("handed_over"),
                                .dept_id = h->lane->dept[ACTOR_POC],
                                .place = {.audience = AUD_INTERNAL, .lane = h->lane->id},
                                .content = buf_str(&b)};
    return history_add(cx, &note);
}

enum err report_from_case(struct ctx *cx, const struct case_file *cf)
{
    struct q_org_first reception;
    struct q_org_dept dept;
    struct handover h = {.id = new_id(cx)};
    must(cf->flow == FLOW_DIRECT && cf->nlanes > 1);
    h.lane = &cf->lanes[1];
    enum err e = q_org_first(cx->db, &reception, .kind = S("reception"));
    if (e == E_NOT_FOUND)
        return wrong(cx, S("portal"), S("no_reception"));
    TRY(e);
    h.recipient_id = reception.id;
    TRY(number_free(cx, &h.receipt));
    TRY(write_content(cx, cf, &h));
    write_identity(cx, &h);
    TRY(put_report(cx, &h));
    e = q_org_dept(cx->db, &dept, .org_id = reception.id, .kind = S("reception"));
    if (e == OK)
        e = notice_task(cx, dept.dept_id, NO_STR);
    TRY(e == E_NOT_FOUND ? OK : e);
    return note_in_case(cx, cf, &h);
}
