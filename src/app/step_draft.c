/* step_draft.c - what somebody began to answer, kept for the department until it is sent. */
#include "app/case_file.h"
#include "app/step_effects.h"

#include "base/vec.h"
#include "formats/json.h"

struct draft_call {
    const struct step_ref *ref;
    i64 hop, rev;
    const struct input *in;
    i64 *rev_out;
    /* found on the way */
    struct case_file cf;
    int lane, step;
    str dept_id;
};

static enum err find(struct ctx *cx, struct draft_call *d)
{
    TRY(step_find(cx, d->ref, &d->cf, &d->lane, &d->step));
    const struct step *s = case_step(&d->cf, d->step);
    if (d->hop < 1 || d->hop > (i64)s->nhops)
        return E_NOT_FOUND;
    enum actor actor = s->hops[d->hop - 1].actor;
    TRY(step_may(cx, &d->cf, d->lane, actor));
    d->dept_id = case_acting_dept(cx, &d->cf, d->lane, actor);
    return d->dept_id.n > 0 ? OK : E_DENIED; /* a finder's answer is sent at once */
}

/* Only what the hop asks: "cause", "products.0.name". */
static bool is_asked(const struct step_form *form, str name)
{
    for (size_t i = 0; i < form->n; i++) {
        str rule = form->rules[i].name;
        if (str_eq(rule, name) || (form->rules[i].type == FIELD_ROWS && name.n > rule.n &&
                                   str_has_prefix(name, rule) && name.p[rule.n] == '.'))
            return true;
    }
    return false;
}

static str write_draft(struct ctx *cx, const struct step_form *form, const struct input *in)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_array(&o);
    for (size_t i = 0; i < in->n; i++) {
        if (!is_asked(form, in->v[i].name) || in->v[i].value.n == 0)
            continue;
        json_put_array(&o);
        json_put_str(&o, in->v[i].name);
        json_put_str(&o, in->v[i].value);
        json_put_end(&o);
    }
    json_put_end(&o);
    return buf_str(&b);
}

static bool may_wait_for_it(const struct step_state *st, i64 hop)
{
    bool coming = st->status == STEP_WAITING || (st->status == STEP_DONE && st->again);
    return coming || (st->status == STEP_OPEN && (st->hop == 0 || hop >= st->hop));
}

static enum err save(struct ctx *cx, void *arg)
{
    struct draft_call *d = arg;
    struct step_form form;
    TRY(find(cx, d));
    if (!may_wait_for_it(progress_at(&d->cf.g, d->lane, d->step), d->hop))
        return fail(cx, E_CONFLICT, "the step moved on");
    TRY(step_form(cx, &d->cf, d->lane, d->step, (int)d->hop, &form));
    struct sealed content = text_seal(cx, write_draft(cx, &form, d->in));
    str lane = d->cf.lanes[d->lane].id;
    *d->rev_out = d->rev + 1;
    if (d->rev == 0)
        return q_draft_answer_add(cx->db, .case_id = d->cf.row.id, .lane = lane,
                                  .step = d->ref->step, .hop = d->hop, .dept_id = d->dept_id,
                                  .person_id = cx->who.person_id, .at = cx->now,
                                  .content = content);
    return q_draft_answer_put(cx->db, .case_id = d->cf.row.id, .lane = lane, .step = d->ref->step,
                              .hop = d->hop, .dept_id = d->dept_id, .person_id = cx->who.person_id,
                              .at = cx->now, .content = content, .rev = d->rev);
}

enum err step_save_draft(struct ctx *cx, const struct step_ref *ref, i64 hop, i64 rev,
                         const struct input *in, i64 *rev_out)
{
    struct draft_call d = {.ref = ref, .hop = hop, .rev = rev, .in = in, .rev_out = rev_out};
    return db_write(cx, save, &d);
}

/* --- reading ------------------------------------------------------------------------------------ */

enum err draft_read(struct ctx *cx, str content, struct input *out)
{
    const struct json *all;
    struct json_error bad;
    *out = (struct input){0};
    TRY(json_read(cx->a, content, &all, &bad));
    for (size_t i = 0; i < json_count(all); i++) {
        const struct json *pair = json_at(all, i);
        input_put(cx->a, out, json_text(json_at(pair, 0)), json_text(json_at(pair, 1)));
    }
    return OK;
}

enum err step_draft(struct ctx *cx, const struct step_ref *ref, i64 hop, struct input *out,
                    i64 *rev)
{
    struct draft_call d = {.ref = ref, .hop = hop};
    struct q_draft_answer_get row;
    TRY(find(cx, &d));
    TRY(q_draft_answer_get(cx->db, &row, .case_id = d.cf.row.id, .lane = d.cf.lanes[d.lane].id,
                           .step = ref->step, .hop = hop, .dept_id = d.dept_id));
    *rev = row.rev;
    return draft_read(cx, text_open_inside(row.content), out); /* the department's own */
}
