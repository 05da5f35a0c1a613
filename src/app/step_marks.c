/* step_marks.c - signatures, invitations, skips and deadlines. */
#include "app/case_file.h"
#include "app/step_effects.h"

#include "app/history.h"
#include "app/texts.h"
#include "base/vec.h"

const struct field_rule sign_rules[1] = {{.name = S_INIT("comment"), .type = FIELD_TEXT}};
const struct field_rule skip_rules[1] = {
    {.name = S_INIT("reason"), .type = FIELD_TEXT, .required = true}};
const struct field_rule due_rules[2] = {
    {.name = S_INIT("due"), .type = FIELD_INSTANT, .required = true},
    {.name = S_INIT("reason"), .type = FIELD_TEXT, .required = true}};

struct small_act {
    const struct step_ref *ref;
    i64 round;
    enum actor kind;
    const struct input *in;
    /* found on the way */
    struct case_file cf;
    int lane, step;
};

static enum err keep_text(struct ctx *cx, const struct small_act *p, enum audience audience,
                          str kind, str dept_id, str body)
{
    bool lane = audience == AUD_INTERNAL || audience == AUD_COORDINATION;
    if (body.n == 0)
        return OK;
    struct text_new text = {.case_id = p->cf.row.id,
                            .place = {.audience = audience, .step = p->ref->step},
                            .kind = kind,
                            .dept_id = dept_id,
                            .body = body};
    text.place.lane = lane ? p->cf.lanes[p->lane].id : S("");
    return text_put(cx, &text, NULL);
}

static enum err small_history(struct ctx *cx, const struct small_act *p, str act, str dept_id,
                              enum audience audience)
{
    struct history_note note = {.case_id = p->cf.row.id,
                                .act = act,
                                .dept_id = dept_id,
                                .place = {.audience = audience, .step = p->ref->step}};
    note.place.lane = p->lane == 0 ? S("") : p->cf.lanes[p->lane].id;
    return history_add(cx, &note);
}

static enum err sign(struct ctx *cx, void *arg)
{
    struct small_act *p = arg;
    struct value comment;
    TRY(step_find(cx, p->ref, &p->cf, &p->lane, &p->step));
    TRY(step_may(cx, &p->cf, p->lane, p->kind));
    const struct step_state *st = progress_at(&p->cf.g, p->lane, p->step);
    if (st->status != STEP_OPEN || st->round != p->round || !(st->unsigned_ >> p->kind & 1))
        return fail(cx, E_CONFLICT, "nothing to sign");
    TRY(form_read(cx, sign_rules, 1, p->in, &comment));
    str dept = case_acting_dept(cx, &p->cf, p->lane, p->kind);
    TRY(q_mark_add(cx->db, .id = new_id(cx), .case_id = p->cf.row.id,
                   .lane = p->cf.lanes[p->lane].id, .step = p->ref->step, .round = p->round,
                   .kind = S("signed"), .dept = actor_name(p->kind), .at = cx->now,
                   .person_id = cx->who.person_id));
    TRY(keep_text(cx, p, AUD_INTERNAL, S("comment"), dept, comment.text));
    TRY(small_history(cx, p, S("signed"), dept, AUD_INTERNAL));
    return case_settle(cx, p->cf.row.id);
}

enum err step_sign(struct ctx *cx, const struct step_ref *ref, i64 round, enum actor kind,
                   const struct input *in)
{
    struct small_act p = {.ref = ref, .round = round, .kind = kind, .in = in};
    return db_write(cx, sign, &p);
}

/* Whoever leads the step may invite, and the POC. */
static enum err may_lead(const struct ctx *cx, const struct small_act *p)
{
    const struct step *s = case_step(&p->cf, p->step);
    if (p->lane > 0 && case_may_act(cx, &p->cf, p->lane, ACTOR_POC))
        return OK;
    return step_may(cx, &p->cf, p->lane, s->lead);
}

static enum err check_kinds(struct ctx *cx, const struct strs *kinds, unsigned allowed, str field)
{
    enum actor kind;
    for (size_t i = 0; i < kinds->n; i++)
        if (!actor_find(kinds->v[i], &kind) || !(allowed >> kind & 1))
            return wrong(cx, field, S("choice"));
    return OK;
}

static enum err read_kinds(struct ctx *cx, const struct input *in, str name, struct strs *out)
{
    struct {
        VEC(str)
    } all = {0};
    for (size_t i = 0; i < in->n && all.n < ACTOR_COUNT; i++)
        if (str_eq(in->v[i].name, name))
            *PUSH(cx->a, &all) = in->v[i].value;
    *out = (struct strs){all.v, all.n};
    return OK;
}

static enum err invite(struct ctx *cx, void *arg)
{
    struct small_act *p = arg;
    struct strs asked, told;
    TRY(step_find(cx, p->ref, &p->cf, &p->lane, &p->step));
    TRY(may_lead(cx, p));
    const struct step *s = case_step(&p->cf, p->step);
    if (p->lane == 0)
        return E_DENIED;
    TRY(read_kinds(cx, p->in, S("take_part"), &asked));
    TRY(read_kinds(cx, p->in, S("inform"), &told));
    TRY(check_kinds(cx, &asked, s->with_asked, S("take_part")));
    TRY(check_kinds(cx, &told, s->share_asked, S("inform")));
    if (asked.n + told.n == 0)
        return wrong(cx, S("take_part"), S("required"));
    TRY(step_mark(cx, &p->cf, p->lane, p->step, &asked, S("asked")));
    TRY(step_mark(cx, &p->cf, p->lane, p->step, &told, S("told")));
    TRY(small_history(cx, p, S("invited"), case_acting_dept(cx, &p->cf, p->lane, s->lead),
                      AUD_INTERNAL));
    return case_settle(cx, p->cf.row.id);
}

enum err step_invite(struct ctx *cx, const struct step_ref *ref, const struct input *in)
{
    struct small_act p = {.ref = ref, .in = in};
    return db_write(cx, invite, &p);
}

static enum err skip(struct ctx *cx, void *arg)
{
    struct small_act *p = arg;
    struct value reason;
    TRY(step_find(cx, p->ref, &p->cf, &p->lane, &p->step));
    const struct step *s = case_step(&p->cf, p->step);
    const struct step_state *st = progress_at(&p->cf.g, p->lane, p->step);
    enum actor as = ACTOR_COUNT;
    for (int k = 0; k < ACTOR_COUNT; k++)
        if ((s->skip >> k & 1) && case_may_act(cx, &p->cf, p->lane, (enum actor)k))
            as = (enum actor)k;
    if (as == ACTOR_COUNT)
        return step_may(cx, &p->cf, p->lane, s->lead) == E_NOT_FOUND ? E_NOT_FOUND : E_DENIED;
    if ((st->status != STEP_OPEN && st->status != STEP_WAITING) || st->begun)
        return fail(cx, E_CONFLICT, "the step moved on");
    TRY(form_read(cx, skip_rules, 1, p->in, &reason));
    TRY(q_skip_add(cx->db, .case_id = p->cf.row.id, .lane = p->cf.lanes[p->lane].id, .step = s->id,
                   .at = cx->now, .person_id = cx->who.person_id));
    enum audience audience = as == ACTOR_POC ? AUD_INTERNAL : AUD_COORDINATION;
    str dept = case_acting_dept(cx, &p->cf, p->lane, as);
    TRY(keep_text(cx, p, audience, S("skip_reason"), dept, reason.text));
    TRY(small_history(cx, p, S("skipped"), dept, audience));
    return case_settle(cx, p->cf.row.id);
}

enum err step_skip(struct ctx *cx, const struct step_ref *ref, const struct input *in)
{
    struct small_act p = {.ref = ref, .in = in};
    return db_write(cx, skip, &p);
}

static enum err set_due(struct ctx *cx, void *arg)
{
    struct small_act *p = arg;
    struct value v[2];
    TRY(step_find(cx, p->ref, &p->cf, &p->lane, &p->step));
    const struct step_state *st = progress_at(&p->cf.g, p->lane, p->step);
    enum actor as = p->lane > 0 ? ACTOR_POC : ACTOR_COORDINATOR;
    if (!case_may_act(cx, &p->cf, p->lane, as))
        TRY(step_may(cx, &p->cf, p->lane, as));
    if (st->status == STEP_DONE || st->status == STEP_SKIPPED || st->status == STEP_NOT_APPLICABLE)
        return fail(cx, E_CONFLICT, "the step moved on");
    TRY(form_read(cx, due_rules, 2, p->in, v));
    TRY(q_due_put(cx->db, .case_id = p->cf.row.id, .lane = p->cf.lanes[p->lane].id,
                  .step = p->ref->step, .due = v[0].n, .at = cx->now,
                  .person_id = cx->who.person_id));
    enum audience audience = p->lane > 0 ? AUD_INTERNAL : AUD_OFFICE;
    str dept = case_acting_dept(cx, &p->cf, p->lane, as);
    TRY(keep_text(cx, p, audience, S("due_reason"), dept, v[1].text));
    TRY(small_history(cx, p, S("due"), dept, audience));
    return case_settle(cx, p->cf.row.id);
}

enum err step_set_due(struct ctx *cx, const struct step_ref *ref, const struct input *in)
{
    struct small_act p = {.ref = ref, .in = in};
    return db_write(cx, set_due, &p);
}
