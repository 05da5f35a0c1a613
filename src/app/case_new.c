/* case_new.c - see case_new.h. */
#include "app/case_new.h"
#include "app/case_file.h"

#include "app/history.h"
#include "app/texts.h"

enum err number_free(struct ctx *cx, str *out)
{
    struct q_number_taken taken;
    for (int tries = 0; tries < 20; tries++) {
        *out = new_number(cx);
        TRY(q_number_taken(cx->db, &taken, .number = *out));
        if (!taken.taken)
            return OK;
    }
    return fail(cx, E_IO, "no free number in twenty draws");
}

enum err case_add_party(struct ctx *cx, str case_id, str org_id, str role)
{
    return q_party_add(cx->db, .id = new_id(cx), .case_id = case_id, .org_id = org_id, .role = role,
                       .level = S(""), .added = cx->now);
}

enum err case_add_text(struct ctx *cx, str case_id, enum audience audience, str kind, str lang,
                       str body)
{
    if (body.n == 0)
        return OK;
    struct text_new text = {.case_id = case_id,
                            .place = {.audience = audience},
                            .kind = kind,
                            .lang = lang,
                            .body = body};
    return text_put(cx, &text, NULL);
}

/* The parties that a case has from its first moment. */
static enum err add_bodies(struct ctx *cx, const struct case_begin *b, str case_id)
{
    static const str roles[] = {S_INIT("reception"), S_INIT("coordinator")};
    if (b->flow == FLOW_DIRECT)
        return case_add_party(cx, case_id, b->owner_id, S("vendor"));
    for (size_t i = 0; i < COUNT(roles); i++) {
        struct q_org_first org;
        enum err e = q_org_first(cx->db, &org, .kind = roles[i]);
        if (e == E_NOT_FOUND)
            return wrong(cx, S(""), i ? S("no_coordinator") : S("no_reception"));
        TRY(e);
        TRY(case_add_party(cx, case_id, org.id, roles[i]));
    }
    return OK;
}

static enum err first_act(struct ctx *cx, const struct case_begin *b, str case_id)
{
    str step = b->flow == FLOW_DIRECT            ? S("1.1.1")
               : str_eq(b->entry, S("overseas")) ? S("0.2.1")
                                                 : S("0.1.1");
    struct q_case_parties *parties;
    size_t n;
    str lane = S("");
    bool by_itself = b->dept_id.p && user_has(&cx->who, b->dept_id);
    if (process_step(cx->app->process, b->flow, step) < 0)
        return fail(cx, E_IO, "the process has no step %.*s", SV(step));
    if (b->flow == FLOW_DIRECT) {
        TRY(q_case_parties(cx->db, &parties, &n, .case_id = case_id));
        lane = parties[0].id;
    }
    return q_act_add(cx->db, .id = new_id(cx), .case_id = case_id, .lane = lane, .step = step,
                     .round = 1, .hop = 1, .at = b->received, .dept_id = b->dept_id,
                     .person_id = by_itself ? cx->who.person_id : NO_STR,
                     .answers = text_seal(cx, S("")));
}

enum err case_new(struct ctx *cx, const struct case_begin *b, str *case_id)
{
    str number;
    *case_id = new_id(cx);
    TRY(number_free(cx, &number));
    TRY(q_case_add(cx->db, .id = *case_id, .number = number, .flow = flow_name(b->flow),
                   .entry = b->entry, .owner_id = b->owner_id, .opened = b->received,
                   .tlp = S("AMBER")));
    TRY(add_bodies(cx, b, *case_id));
    TRY(q_case_report_join(cx->db, .report_id = b->report_id, .case_id = *case_id));
    TRY(case_add_text(cx, *case_id, AUD_TITLE, S("title"), b->lang, b->title));
    TRY(case_add_text(cx, *case_id, AUD_OVERVIEW, S("overview"), b->lang, b->overview));
    TRY(case_add_text(cx, *case_id, AUD_DETAILS, S("details"), b->lang, b->details));
    TRY(first_act(cx, b, *case_id));
    struct history_note note = {.case_id = *case_id,
                                .act = S("opened"),
                                .dept_id = b->opener_id,
                                .place = {.audience = AUD_CASE}};
    return history_add(cx, &note);
}
