/* step_preset.c - what stands beside and in the form of a hop before anything was typed: the
 * texts it rests on, what is passed on from the hop before, the department's draft. */
#include "app/view_own.h"

#include "app/product_rows.h"
#include "app/step_effects.h"

#include "base/vec.h"
#include "formats/json.h"

struct sources {
    VEC(struct step_source)
};

/* --- to read ------------------------------------------------------------------------------------ */

static void case_source(const struct reader *r, const struct case_texts *t, const char *kind,
                        enum word head, bool folded, struct sources *out)
{
    const struct text_line *x = text_newest(t, str_z(kind), S(""), NO_STR);
    if (x == NULL || (x->audience != AUD_OVERVIEW && x->audience != AUD_DETAILS))
        return;
    struct step_source *s = PUSH(r->cx->a, out);
    *s = (struct step_source){.head = word(r->cx->lang, head), .at = x->at, .folded = folded};
    answer_plain(r, x, S(""), &s->answers);
}

static void input_source(const struct reader *r, const struct case_texts *t, int lane, int step,
                         struct sources *out)
{
    const struct step *s = case_step(r->cf, step);
    struct step_source source = {.folded = true};
    int at = r->cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
    if (!progress_has(&r->cf->g, lane, step))
        return;
    source.head = str_fmt(r->cx->a, "%.*s %.*s", SV(s->id), SV(s->title[at]));
    answers_of_step(r, t, lane, step, &source.answers, &source.at);
    if (source.answers.n > 0)
        *PUSH(r->cx->a, out) = source;
}

void step_sources(const struct reader *r, const struct case_texts *t, struct step_view *v)
{
    const struct step *s = case_step(r->cf, v->at_step);
    struct sources all = {0};
    bool details = text_newest(t, S("details"), S(""), NO_STR) != NULL;
    if (r->kinds[v->at_lane] != 0 && s->phase <= 3) {
        if (details)
            case_source(r, t, "details", W_source_details, s->phase > 2 || v->nacts > 0, &all);
        else
            case_source(r, t, "overview", W_source_overview, s->phase > 2, &all);
    }
    for (size_t i = 0; i < s->ninputs; i++)
        input_source(r, t, v->at_lane, s->inputs[i], &all);
    v->sources = all.v;
    v->nsources = all.n;
}

/* --- to write ------------------------------------------------------------------------------------ */

static const struct text_line *text_of_act(const struct case_texts *t, str act_id, str field)
{
    for (size_t i = t->n; i-- > 0;)
        if (t->v[i].act_id.p && str_eq(t->v[i].act_id, act_id) && str_eq(t->v[i].kind, field))
            return &t->v[i];
    return NULL;
}

/* What is passed on from hop to hop has the same field in both; what was refused is written
 * anew from what it was. */
static const struct text_line *passed_on(const struct reader *r, const struct case_texts *t,
                                         const struct step_view *v, str field)
{
    const struct text_line *found = NULL;
    for (size_t i = 0; i < r->cf->nacts; i++) {
        const struct q_case_acts *x = &r->cf->acts[i];
        bool same_round = x->round == v->round && x->hop < v->hop;
        bool refused = x->round == v->round - 1 && x->hop == v->hop;
        if (!str_eq(x->step, v->step) || !str_eq(x->lane, v->lane) || (!same_round && !refused) ||
            (refused && case_step(r->cf, v->at_step)->redo_field.n == 0))
            continue;
        const struct text_line *one = text_of_act(t, x->id, field);
        found = one ? one : found;
    }
    return found;
}

static const struct text_line *from_inputs(const struct reader *r, const struct case_texts *t,
                                           const struct step_view *v, str field)
{
    const struct step *s = case_step(r->cf, v->at_step);
    for (size_t i = s->ninputs; i-- > 0;) {
        str step = case_step(r->cf, s->inputs[i])->id;
        const struct text_line *x = text_newest(t, field, v->lane, step);
        if (x != NULL)
            return x;
    }
    return NULL;
}

static void preset_rows(const struct reader *r, str field, str body, struct input *in)
{
    const struct json *rows;
    struct json_error bad;
    if (json_read(r->cx->a, body, &rows, &bad) == OK)
        products_preset(r->cx, field, rows, NO_STR, in);
}

static void preset_field(const struct reader *r, const struct case_texts *t, struct step_view *v,
                         const struct question *q)
{
    const struct text_line *x = NULL;
    if (q->type == ASK_CHOICE || q->type == ASK_CONFIRM)
        return; /* a decision is made, not taken over */
    if (q->audience == AUD_OVERVIEW || q->audience == AUD_DETAILS)
        x = text_newest(t, q->field, S(""), NO_STR);
    else
        x = passed_on(r, t, v, q->field);
    if (x == NULL && q->type == ASK_PRODUCTS)
        x = from_inputs(r, t, v, q->field);
    if (x == NULL)
        return;
    if (q->type == ASK_PRODUCTS)
        preset_rows(r, q->field, x->body, &v->preset);
    else
        input_put(r->cx->a, &v->preset, q->field, x->body);
}

static enum err preset_draft(const struct reader *r, struct step_view *v, bool *found)
{
    struct q_draft_answer_get row;
    struct ctx *cx = r->cx;
    str dept = case_acting_dept(cx, r->cf, v->at_lane, v->as);
    *found = false;
    v->may_draft = dept.n > 0;
    if (!v->may_draft)
        return OK;
    enum err e = q_draft_answer_get(cx->db, &row, .case_id = r->cf->row.id, .lane = v->lane,
                                    .step = v->step, .hop = v->hop, .dept_id = dept);
    if (e == E_NOT_FOUND)
        return OK;
    TRY(e);
    *found = true;
    v->draft_rev = row.rev;
    v->draft_at = row.at;
    return draft_read(cx, text_open_inside(row.content), &v->preset); /* its department's own */
}

enum err step_preset(const struct reader *r, const struct case_texts *t, struct step_view *v)
{
    bool drafted;
    TRY(preset_draft(r, v, &drafted));
    for (size_t i = 0; i < v->form.n && !drafted; i++)
        if (v->form.questions[i] != NULL)
            preset_field(r, t, v, v->form.questions[i]);
    return OK;
}
