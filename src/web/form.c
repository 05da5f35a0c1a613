/* form.c - see form.h. */
#include "web/form.h"

#include "web/frame.h"

static bool is_list(const struct field_rule *r)
{
    return r->type == FIELD_CHOICES || r->type == FIELD_IDS;
}

/* Where nothing came of a field that a browser sends only when it is ticked. */
static void add_unticked(struct ctx *cx, const struct field_rule *r, struct input *out)
{
    if (r->type == FIELD_BOOL && !r->required)
        input_put(cx->a, out, r->name, S("no"));
    else if (is_list(r))
        input_put(cx->a, out, r->name, S(""));
}

struct input form_typed(struct ctx *cx, const struct request *rq, const struct form_part *parts,
                        size_t n)
{
    struct input out = {0};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < parts[i].n; k++) {
            const struct field_rule *r = &parts[i].rules[k];
            size_t before = out.n;
            for (size_t j = 0; j < rq->in.n; j++)
                if (str_eq(rq->in.v[j].name, r->name))
                    *PUSH(cx->a, &out) = rq->in.v[j];
            if (out.n == before)
                add_unticked(cx, r, &out);
        }
    return out;
}

bool form_again(struct reply *an, enum err e)
{
    if (e != E_INVALID && e != E_CONFLICT)
        return false;
    an->status = e == E_INVALID ? HTTP_UNPROCESSABLE : HTTP_CONFLICT;
    return true;
}

enum err form_hide(enum err e)
{
    return e == E_DENIED ? E_NOT_FOUND : e;
}

/* --- what moved -------------------------------------------------------------------------------- */

str form_value_word(struct ctx *cx, const struct field_rule *r, str value)
{
    i64 at;
    for (size_t i = 0; i < r->nchoices; i++)
        if (str_eq(r->choices[i].value, value))
            return choice_label(cx->a, r, i, cx->lang);
    if (r->type == FIELD_BOOL)
        return word(cx->lang, str_eq(value, S("yes")) ? W_yes : W_no);
    if (r->type == FIELD_INSTANT && time_parse(value, cx->zone, &at))
        return time_minute(cx->a, at, cx->zone);
    if (r->type == FIELD_LANG && value.n > 0)
        return word(str_eq(value, S("ja")) ? LANG_JA : LANG_EN, W_this_language);
    return value.n > 0 ? value : S("–");
}

static str all_values(struct ctx *cx, const struct field_rule *r, const struct input *in)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; in != NULL && i < in->n; i++)
        if (str_eq(in->v[i].name, r->name) && in->v[i].value.n > 0)
            buf_putf(&b, "%s%.*s", b.n ? ", " : "",
                     SV(form_value_word(cx, r, str_trim(in->v[i].value))));
    return b.n > 0 ? buf_str(&b) : S("–");
}

/* The fields that stand otherwise by now than was typed. */
static void fill_moved(struct ctx *cx, const struct form_page *p, struct form_view *v)
{
    size_t most = 0;
    for (size_t i = 0; i < p->nparts; i++)
        most += p->parts[i].n;
    struct form_moved *out = NEWS(cx->a, struct form_moved, most + 1);
    for (size_t i = 0; i < p->nparts && p->now != NULL; i++)
        for (size_t k = 0; k < p->parts[i].n; k++) {
            const struct field_rule *r = &p->parts[i].rules[k];
            str now = all_values(cx, r, p->now);
            if (!str_eq(now, all_values(cx, r, p->in)))
                out[v->nmoved++] = (struct form_moved){field_label(cx->a, r, cx->lang), now};
        }
    v->moved = out;
}

/* --- the page ----------------------------------------------------------------------------------- */

/* All fields of all parts, for the summary's labels. */
static html problems_of(struct ctx *cx, const struct form_page *p)
{
    size_t n = 0, most = 0;
    for (size_t i = 0; i < p->nparts; i++)
        most += p->parts[i].n;
    struct field_rule *all = NEWS(cx->a, struct field_rule, most + 1);
    for (size_t i = 0; i < p->nparts; i++)
        for (size_t k = 0; k < p->parts[i].n; k++)
            all[n++] = p->parts[i].rules[k];
    return form_problems(cx, all, n);
}

void form_page(struct ctx *cx, struct request *rq, struct reply *an, const struct form_page *p)
{
    struct form_part_view *parts = NEWS(cx->a, struct form_part_view, p->nparts + 1);
    for (size_t i = 0; i < p->nparts; i++)
        parts[i] =
            (struct form_part_view){p->parts[i].title, p->parts[i].intro,
                                    form_fields(cx, p->parts[i].rules, p->parts[i].n, p->in)};
    struct form_view v = {.p = p,
                          .parts = parts,
                          .nparts = p->nparts,
                          .problems = problems_of(cx, p),
                          .csrf = csrf_field(cx, rq)};
    fill_moved(cx, p, &v);
    an->title = p->title;
    tpl_form_page(&an->out, &v);
}

/* --- filters ------------------------------------------------------------------------------------ */

struct filter_view filter_by(struct ctx *cx, const struct field_rule *r, const char *name, str now)
{
    struct filter_option *o = NEWS(cx->a, struct filter_option, r->nchoices + 1);
    o[0] = (struct filter_option){S(""), word(cx->lang, W_filter_any), now.n == 0};
    for (size_t i = 0; i < r->nchoices; i++)
        o[i + 1] = (struct filter_option){r->choices[i].value, choice_label(cx->a, r, i, cx->lang),
                                          str_eq(now, r->choices[i].value)};
    return (struct filter_view){str_z(name), field_label(cx->a, r, cx->lang), o, r->nchoices + 1};
}
