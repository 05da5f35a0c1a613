/* step_card.c - see step_card.h; the markup is in templates/parts/step.html. */
#include "web/pages/step_card.h"

#include "app/tables.h"
#include "app/talk.h"
#include "formats/markdown.h"
#include "web/field.h"
#include "web/frame.h"
#include "web/once.h"
#include "web/pages/choices.h"

/* --- how it looks ------------------------------------------------------------------------------- */

enum look chip_look(enum chip_is is)
{
    static const enum look looks[CHIP_COUNT] = {
        [CHIP_DONE] = LOOK_DONE,    [CHIP_OPEN] = LOOK_OPEN,        [CHIP_LATE] = LOOK_LATE,
        [CHIP_WAITING] = LOOK_WAIT, [CHIP_OPTIONAL] = LOOK_NA,      [CHIP_TOLD] = LOOK_NA,
        [CHIP_SKIPPED] = LOOK_SKIP, [CHIP_NOT_APPLICABLE] = LOOK_NA};
    return looks[is];
}

str chip_css(enum chip_is is)
{
    return look_css(chip_look(is));
}

enum look product_look(str status)
{
    return str_has_prefix(status, S("affected"))       ? LOOK_HIT
           : str_has_prefix(status, S("not_affected")) ? LOOK_FREE
           : str_eq(status, S("fixed"))                ? LOOK_DONE
                                                       : LOOK_OPEN;
}

str product_word(str status, enum lang lang)
{
    return word(lang, str_eq(status, S("affected"))       ? W_choice_status_affected
                      : str_eq(status, S("not_affected")) ? W_choice_status_not_affected
                      : str_eq(status, S("fixed"))        ? W_choice_status_fixed
                                                          : W_choice_status_under_investigation);
}

html answer_html(struct html_out *o, const struct answer_view *a)
{
    struct html_out b = {.b = {.a = o->b.a}, .lang = o->lang, .zone = o->zone, .now = o->now};
    str lang = a->lang.n ? a->lang : o->lang == LANG_JA ? S("ja") : S("en");
    tpl_prose(&b, lang, a->text, (html){a->markdown ? markdown_html(o->b.a, a->text) : NO_STR});
    return (html){buf_str(&b.b)};
}

/* --- addresses ---------------------------------------------------------------------------------- */

str case_base(struct ctx *cx, str digits)
{
    return url_seg(cx->a, lang_url(cx, "/cases/").s, digits, S("")).s;
}

url step_in_place(struct arena *a, str base, str lane, str step)
{
    url u = {base};
    if (lane.n > 0)
        u = url_query(a, u, S("lane"), lane);
    u = url_query(a, u, S("step"), step);
    return (url){str_join(a, u.s, S("#step"))};
}

url step_alone(struct arena *a, str base, str lane, str step)
{
    url u = url_seg(a, str_join(a, base, S("/steps/")), step, S(""));
    return lane.n > 0 ? url_query(a, u, S("lane"), lane) : u;
}

url step_act(struct arena *a, str base, str step, const char *act)
{
    url u = url_seg(a, str_join(a, base, S("/steps/")), step, S(""));
    return act[0] ? (url){str_fmt(a, "%.*s/%s", SV(u.s), act)} : u;
}

/* --- the fields --------------------------------------------------------------------------------- */

static str button_word(struct ctx *cx, const struct step_view *v)
{
    return word(cx->lang, v->kind == STEP_MESSAGE    ? W_step_send
                          : v->kind == STEP_DECISION ? W_step_decide
                                                     : W_step_answer);
}

static html join(struct ctx *cx, html x, html y)
{
    return (html){str_join(cx->a, x.s, y.s)};
}

/* What was typed into that form; NULL: another came back, or none. */
static const struct input *typed_in(const struct step_typed *t, const char *form)
{
    return t && t->form && str_eq(str_z(t->form), str_z(form)) ? t->in : NULL;
}

static html fields_of(struct ctx *cx, const char *form, const struct step_typed *t,
                      const struct field_rule *rules, size_t n)
{
    return form_fields_of(cx, form, rules, n, typed_in(t, form));
}

/* A vendor is chosen by name from those that are known here. */
static enum err offer_vendors(struct ctx *cx, const struct step_form *form,
                              const struct field_rule **out)
{
    struct field_rule *rules = NEWS(cx->a, struct field_rule, form->n + 1);
    for (size_t i = 0; i < form->n; i++) {
        rules[i] = form->rules[i];
        if (rules[i].type == FIELD_IDS && rules[i].nchoices == 0)
            TRY(vendor_choices(cx, &rules[i]));
    }
    *out = rules;
    return OK;
}

static enum err make_answer_form(struct ctx *cx, const struct step_typed *typed,
                                 struct step_card *c)
{
    const struct step_view *v = c->v;
    const struct field_rule *rules;
    bool back = typed != NULL && typed->form == NULL;
    TRY(offer_vendors(cx, &v->form, &rules));
    c->hidden = join(cx, hidden_number(cx, "round", v->round), hidden_number(cx, "hop", v->hop));
    c->hidden = join(cx, c->hidden, hidden_number(cx, "rev", v->draft_rev));
    if (back || typed == NULL)
        c->fields = form_fields(cx, rules, v->form.n, back ? typed->in : &v->preset);
    else
        c->fields = form_fields_of(cx, "answer", rules, v->form.n, NULL);
    c->button = button_word(cx, v);
    c->seat = department_word(v->as, cx->lang);
    return OK;
}

static void make_sign_form(struct ctx *cx, const struct step_typed *typed, struct step_card *c)
{
    c->sign_hidden = join(cx, hidden_number(cx, "round", c->v->round),
                          hidden_field(cx, "kind", actor_name(c->v->sign_as)));
    c->sign_fields = fields_of(cx, "sign", typed, sign_rules, COUNT(sign_rules));
    c->seat = department_word(c->v->sign_as, cx->lang);
}

static void make_small_forms(struct ctx *cx, const struct step_typed *typed, struct step_card *c)
{
    const struct step_view *v = c->v;
    if (v->may_invite)
        c->invite_fields = fields_of(cx, "invite", typed, v->invite.rules, v->invite.n);
    if (v->may_skip)
        c->skip_fields = fields_of(cx, "skip", typed, skip_rules, COUNT(skip_rules));
    if (v->may_due)
        c->due_fields = fields_of(cx, "due", typed, due_rules, COUNT(due_rules));
    if (!v->may_note)
        return;
    str to = str_fmt(cx->a, "internal:%.*s:%.*s", SV(v->lane), SV(v->step));
    c->note_hidden = hidden_field(cx, "to", to);
    c->note_fields = fields_of(cx, "note", typed, talk_rules, 1);
}

/* --- the card ----------------------------------------------------------------------------------- */

static void make_problems(struct ctx *cx, const struct step_typed *typed, struct step_card *c)
{
    const struct step_form *form = &c->v->form;
    bool answer = typed != NULL && typed->form == NULL;
    if (typed != NULL)
        c->problems = form_problems_of(cx, answer ? "" : typed->form, answer ? form->rules : NULL,
                                       answer ? form->n : 0);
}

enum err step_card_make(struct ctx *cx, const struct request *rq, const struct case_ident *ident,
                        const struct step_view *v, const struct step_typed *typed, str back,
                        struct step_card *c)
{
    str base = case_base(cx, ident->digits);
    *c = (struct step_card){.v = v,
                            .csrf = csrf_field(cx, rq),
                            .problems = {S("")},
                            .perform = step_act(cx->a, base, v->step, ""),
                            .draft = step_act(cx->a, base, v->step, "draft"),
                            .sign = step_act(cx->a, base, v->step, "sign"),
                            .invite = step_act(cx->a, base, v->step, "invite"),
                            .skip = step_act(cx->a, base, v->step, "skip"),
                            .due = step_act(cx->a, base, v->step, "due"),
                            .note = step_act(cx->a, base, v->step, "note"),
                            .plan = {str_join(cx->a, base, S("/release"))},
                            .close = {str_join(cx->a, base, S("#board"))},
                            .close_word = word(cx->lang, W_step_close),
                            .tlp = ident->tlp};
    c->place = join(cx, hidden_field(cx, "lane", v->lane), once_field(cx));
    if (back.n > 0)
        c->place = join(cx, c->place, hidden_field(cx, "back", back));
    if (v->may_perform)
        TRY(make_answer_form(cx, typed, c));
    if (v->may_sign)
        make_sign_form(cx, typed, c);
    make_small_forms(cx, typed, c);
    make_problems(cx, typed, c);
    return OK;
}

/* --- what is not lost --------------------------------------------------------------------------- */

static const struct question *question_of(const struct step *s, str field)
{
    for (size_t i = 0; i < s->nquestions; i++)
        if (str_eq(s->questions[i].field, field))
            return &s->questions[i];
    return NULL;
}

void step_card_moved(struct ctx *cx, enum flow flow, const struct input *in, struct step_card *c)
{
    int at = process_step(cx->app->process, flow, c->v->step);
    struct answer_view *typed = NEWS(cx->a, struct answer_view, in->n + 1);
    c->moved = true;
    for (size_t i = 0; i < in->n && at >= 0; i++) {
        str whole = in->v[i].name, field = str_cut(&whole, '.');
        const struct question *q = question_of(&cx->app->process->flow[flow].steps[at], field);
        if (q == NULL || in->v[i].value.n == 0)
            continue;
        typed[c->ntyped++] =
            (struct answer_view){.label = q->label[cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT],
                                 .text = in->v[i].value,
                                 .prose = true};
    }
    c->typed = typed;
}
