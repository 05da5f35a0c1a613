/* steps.c - a hop is performed: checked, recorded, its answers kept as texts, its effects
 * carried out, all in one transaction. */
#include "app/case_file.h"
#include "app/step_effects.h"

#include "app/history.h"
#include "app/product_rows.h"
#include "app/statuses.h"
#include "app/texts.h"
#include "base/vec.h"

const struct value *hop_value(const struct hop_call *h, const char *field)
{
    static const struct value none;
    for (size_t i = 0; i < h->form->n; i++)
        if (str_eq(h->form->rules[i].name, str_z(field)))
            return &h->values[i];
    return &none;
}

struct place place_for(const struct case_file *cf, int lane, enum audience audience)
{
    static const unsigned of_lane = AUD_BIT(AUD_COORDINATION) | AUD_BIT(AUD_INTERNAL) |
                                    AUD_BIT(AUD_NOTICE) | AUD_BIT(AUD_DRAFT_OWN) |
                                    AUD_BIT(AUD_VENDOR_DRAFT);
    struct place p = {.audience = audience, .lane = S(""), .step = S("")};
    if (of_lane >> audience & 1)
        p.lane = cf->lanes[lane].id;
    return p;
}

struct place hop_place(const struct hop_call *h, enum audience audience)
{
    struct place p = place_for(h->cf, h->lane, audience);
    p.step = h->s->id;
    if (audience == AUD_FINDER)
        p.report_id = h->report_id;
    return p;
}

enum err step_find(struct ctx *cx, const struct step_ref *ref, struct case_file *cf, int *lane,
                   int *step)
{
    const struct access *acc;
    TRY(case_open(cx, ref->case_id, cf, &acc));
    *lane = case_lane(cf, ref->lane);
    *step = process_step(cx->app->process, cf->flow, ref->step);
    if (*lane < 0 || *step < 0 || !progress_has(&cf->g, *lane, *step))
        return E_NOT_FOUND;
    return OK;
}

enum err step_may(const struct ctx *cx, const struct case_file *cf, int lane, enum actor actor)
{
    if (case_may_act(cx, cf, lane, actor))
        return OK;
    if (lane == 0 || case_may_act(cx, cf, 0, ACTOR_COORDINATOR) ||
        case_may_act(cx, cf, 0, ACTOR_RECEPTION))
        return E_DENIED;
    for (int k = ACTOR_POC; k < ACTOR_COUNT; k++)
        if (case_may_act(cx, cf, lane, (enum actor)k))
            return E_DENIED;
    return E_NOT_FOUND;
}

/* The talk with which finder: the only one, one's own, or the one that was named. */
static enum err find_report(struct ctx *cx, struct hop_call *h)
{
    const struct case_file *cf = h->cf;
    str named = hop_value(h, "report")->text;
    for (size_t i = 0; i < cf->nreports; i++) {
        const struct q_case_reports *r = &cf->reports[i];
        bool own = str_eq(r->id, cx->who.report_id) ||
                   (r->source_dept_id.p && str_eq(r->source_dept_id, h->dept_id));
        if (own || cf->nreports == 1 || str_eq(r->receipt, named))
            h->report_id = r->id;
    }
    if (named.n > 0 && h->report_id.n == 0)
        return wrong(cx, S("report"), S("choice"));
    return OK;
}

/* "field=value\n": what facts rest on, and nothing of the prose. */
static str short_answers(struct ctx *cx, const struct hop_call *h)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < h->form->n; i++) {
        const struct field_rule *r = &h->form->rules[i];
        const struct value *v = &h->values[i];
        if (!v->is || (r->type != FIELD_CHOICE && r->type != FIELD_INSTANT &&
                       r->type != FIELD_BOOL && r->type != FIELD_CHOICES))
            continue;
        buf_put(&b, r->name);
        buf_char(&b, '=');
        if (r->type == FIELD_INSTANT)
            buf_i64(&b, v->n);
        else if (r->type == FIELD_CHOICES)
            for (size_t k = 0; k < v->list.n; k++)
                buf_putf(&b, "%s%.*s", k ? "," : "", SV(v->list.v[k]));
        else
            buf_put(&b, v->text);
        buf_char(&b, '\n');
    }
    return buf_str(&b);
}

/* How an answer is kept as a text: instants in UTC, lists with commas, rows as JSON. */
static enum err answer_text(struct ctx *cx, const struct hop_call *h, size_t i, str *out)
{
    const struct field_rule *r = &h->form->rules[i];
    const struct value *v = &h->values[i];
    buf b = {.a = cx->a};
    *out = v->text;
    if (r->type == FIELD_ROWS)
        return products_read(cx, r, false, h->in, out);
    if (r->type == FIELD_INSTANT && v->is)
        *out = time_rfc3339(cx->a, v->n, zone_utc);
    if (r->type == FIELD_CHOICES || r->type == FIELD_IDS) {
        for (size_t k = 0; k < v->list.n; k++)
            buf_putf(&b, "%s%.*s", k ? "," : "", SV(v->list.v[k]));
        *out = v->is ? buf_str(&b) : NO_STR;
    }
    return OK;
}

/* The case's own overview and details are one text for all: only a changed one is new. */
static enum err is_unchanged(struct ctx *cx, const struct hop_call *h, str kind, str body,
                             bool *same)
{
    struct q_text_of_kind *rows;
    size_t n;
    *same = false;
    if (!str_eq(kind, S("overview")) && !str_eq(kind, S("details")))
        return OK;
    TRY(q_text_of_kind(cx->db, &rows, &n, .case_id = h->cf->row.id, .kind = kind));
    *same = n > 0 && str_eq(text_open_inside(rows[n - 1].body), body);
    return OK;
}

static enum err keep_answers(struct ctx *cx, const struct hop_call *h)
{
    for (size_t i = 0; i < h->form->n; i++) {
        const struct question *q = h->form->questions[i];
        bool same;
        str body = NO_STR;
        if (q == NULL)
            continue;
        TRY(answer_text(cx, h, i, &body));
        if (body.n == 0)
            continue;
        TRY(is_unchanged(cx, h, q->field, body, &same));
        struct place p = hop_place(h, q->audience);
        if (same)
            continue;
        struct text_new answer = {.case_id = h->cf->row.id,
                                  .place = p,
                                  .act_id = h->act_id,
                                  .kind = q->field,
                                  .dept_id = h->dept_id,
                                  .body = body};
        TRY(text_put(cx, &answer, NULL));
    }
    return OK;
}

enum err step_mark(struct ctx *cx, const struct case_file *cf, int lane, int step,
                   const struct strs *kinds, str mark)
{
    for (size_t i = 0; i < kinds->n; i++) {
        enum err e =
            q_mark_add(cx->db, .id = new_id(cx), .case_id = cf->row.id, .lane = cf->lanes[lane].id,
                       .step = case_step(cf, step)->id, .round = 0, .kind = mark,
                       .dept = kinds->v[i], .at = cx->now, .person_id = cx->who.person_id);
        if (e != OK && e != E_CONFLICT) /* asked before: nothing to add */
            return e;
    }
    return OK;
}

/* Whose history it is: what leaves the vendor is the coordination's, the rest its own. */
static struct place history_place(const struct hop_call *h)
{
    enum actor actor = h->s->hops[h->hop - 1].actor;
    enum audience audience = actor >= ACTOR_POC ? AUD_INTERNAL : AUD_COORDINATION;
    for (size_t i = 0; i < h->form->n; i++)
        if (h->form->questions[i] && h->form->questions[i]->audience == AUD_COORDINATION)
            audience = AUD_COORDINATION;
    if (actor == ACTOR_RECEPTION || actor == ACTOR_FINDER)
        audience = AUD_RECEPTION;
    if (h->lane == 0 && audience == AUD_COORDINATION)
        audience = AUD_OFFICE;
    if (h->cf->flow == FLOW_DIRECT)
        audience = AUD_INTERNAL;
    if (h->s->then >> THEN_PUBLISH & 1)
        audience = AUD_CASE;
    return hop_place(h, audience);
}

/* Design is always among those to whom a text is spread, where the vendor has it. */
static void add_design(struct ctx *cx, const struct field_rule *r, struct value *v)
{
    str design = actor_name(ACTOR_DESIGN);
    bool offered = false;
    for (size_t i = 0; i < r->nchoices; i++)
        offered |= str_eq(r->choices[i].value, design);
    for (size_t i = 0; i < v->list.n; i++)
        offered &= !str_eq(v->list.v[i], design);
    if (!offered)
        return;
    str *all = NEWS(cx->a, str, v->list.n + 1);
    all[0] = design;
    for (size_t i = 0; i < v->list.n; i++)
        all[i + 1] = v->list.v[i];
    v->list = (struct strs){all, v->list.n + 1};
    v->is = true;
}

static enum err read_values(struct ctx *cx, struct hop_call *h, struct step_form *form)
{
    TRY(step_form(cx, h->cf, h->lane, h->step, h->hop, form));
    struct value *values = NEWS(cx->a, struct value, form->n + 1);
    h->form = form;
    h->values = values;
    enum err e = form_read(cx, form->rules, form->n, h->in, values);
    for (size_t i = 0; i < form->n; i++) {
        const struct question *q = form->questions[i];
        if (q && q->type == ASK_DEPARTMENTS && str_eq(q->field, S("spread")))
            add_design(cx, &form->rules[i], &values[i]);
        if (q && q->type == ASK_PRODUCTS) {
            str json;
            enum err rows = products_read(cx, &form->rules[i], false, h->in, &json);
            if (rows != OK)
                e = rows;
            else if (q->required && json.n == 0)
                e = wrong(cx, q->field, S("required"));
        }
    }
    return e;
}

static enum err record(struct ctx *cx, const struct hop_call *h)
{
    const str case_id = h->cf->row.id, lane = h->cf->lanes[h->lane].id;
    TRY(q_act_add(cx->db, .id = h->act_id, .case_id = case_id, .lane = lane, .step = h->s->id,
                  .round = h->round, .hop = h->hop, .at = cx->now, .dept_id = h->dept_id,
                  .person_id = cx->who.person_id, .answers = text_seal(cx, short_answers(cx, h))));
    TRY(keep_answers(cx, h));
    TRY(q_draft_answer_drop(cx->db, .case_id = case_id, .lane = lane, .step = h->s->id,
                            .hop = h->hop));
    TRY(step_mark(cx, h->cf, h->lane, h->step, &hop_value(h, "take_part")->list, S("asked")));
    TRY(step_mark(cx, h->cf, h->lane, h->step, &hop_value(h, "inform")->list, S("told")));
    struct history_note note = {
        .case_id = case_id, .act = S("step"), .place = history_place(h), .dept_id = h->dept_id};
    if (note.place.audience == AUD_RECEPTION || note.place.audience == AUD_CASE ||
        note.place.audience == AUD_OFFICE)
        note.place.lane = S("");
    return history_add(cx, &note);
}

enum err hop_run(struct ctx *cx, struct hop_call *h)
{
    struct step_form *form = NEW(cx->a, struct step_form); /* h keeps it */
    h->s = case_step(h->cf, h->step);
    h->dept_id = case_acting_dept(cx, h->cf, h->lane, h->s->hops[h->hop - 1].actor);
    TRY(read_values(cx, h, form));
    TRY(find_report(cx, h));
    TRY(hop_check(cx, h));
    h->act_id = new_id(cx);
    TRY(record(cx, h));
    TRY(hop_effects(cx, h));
    return case_settle(cx, h->cf->row.id);
}

struct perform {
    const struct step_ref *ref;
    i64 round, hop;
    const struct input *in;
};

static enum err perform(struct ctx *cx, void *arg)
{
    const struct perform *p = arg;
    struct case_file cf;
    struct hop_call h = {.cf = &cf, .round = (int)p->round, .hop = (int)p->hop, .in = p->in};

    TRY(step_find(cx, p->ref, &cf, &h.lane, &h.step));
    const struct step *s = case_step(&cf, h.step);
    if (h.hop < 1 || h.hop > (int)s->nhops)
        return E_NOT_FOUND;
    TRY(step_may(cx, &cf, h.lane, s->hops[h.hop - 1].actor));
    const struct step_state *st = progress_at(&cf.g, h.lane, h.step);
    bool is_next = st->status == STEP_OPEN && st->hop == h.hop && st->round == h.round;
    bool once_more = st->status == STEP_DONE && st->again && h.hop == 1 && h.round == st->round + 1;
    if ((!is_next && !once_more) || cf.in.lanes[h.lane].closed)
        return fail(cx, E_CONFLICT, "the step moved on");
    return hop_run(cx, &h);
}

enum err step_perform(struct ctx *cx, const struct step_ref *ref, i64 round, i64 hop,
                      const struct input *in)
{
    struct perform p = {ref, round, hop, in};
    return db_write(cx, perform, &p);
}

enum err step_form_of(struct ctx *cx, const struct step_ref *ref, int hop, struct step_form *out)
{
    struct case_file cf;
    int lane, step;
    TRY(step_find(cx, ref, &cf, &lane, &step));
    const struct step *s = case_step(&cf, step);
    if (hop < 1 || hop > (int)s->nhops)
        return E_NOT_FOUND;
    TRY(step_may(cx, &cf, lane, s->hops[hop - 1].actor));
    return step_form(cx, &cf, lane, step, hop, out);
}
