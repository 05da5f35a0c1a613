/* dept_page.c - see dept_page.h. */
#include "web/pages/dept_page.h"

#include "web/frame.h"
#include "web/pages/org_page.h"

static enum err find_org(struct ctx *cx, const struct request *rq, struct org_view *o)
{
    TRY(org_view(cx, rq->seg[0], o));
    return o->may_edit_depts ? OK : E_NOT_FOUND;
}

static enum err find_dept(struct ctx *cx, const struct request *rq, struct org_view *o,
                          const struct dept_view **d)
{
    TRY(find_org(cx, rq, o));
    for (size_t i = 0; i < o->ndepts; i++)
        if (str_eq(o->depts[i].id, rq->seg[1])) {
            *d = &o->depts[i];
            return OK;
        }
    return E_NOT_FOUND;
}

static url dept_url(struct ctx *cx, const struct org_view *o, str id, const char *more)
{
    return url_seg(cx->a, org_url(cx, o->slug, "/departments/").s, id, str_z(more));
}

static url depts_url(struct ctx *cx, const struct org_view *o)
{
    return org_url(cx, o->slug, "#depts");
}

static struct form_part part_of(struct ctx *cx, const struct org_view *o)
{
    return (struct form_part){.title = S(""), .rules = dept_rules(cx, o->kind), .n = DEPT_RULES};
}

/* --- a new one -------------------------------------------------------------------------------------- */

static enum err draw_new(struct ctx *cx, struct request *rq, struct reply *an,
                         const struct org_view *o, const struct input *in)
{
    struct crumb crumbs[ORG_CRUMBS];
    struct form_part part = part_of(cx, o);
    struct form_page p = {.title = word(cx->lang, W_dept_new),
                          .intro = word(cx->lang, W_dept_intro),
                          .button = word(cx->lang, W_dept_make),
                          .sees = word(cx->lang, W_dept_sees),
                          .act = org_url(cx, o->slug, "/departments/new"),
                          .cancel = depts_url(cx, o),
                          .parts = &part,
                          .nparts = 1,
                          .hidden = {S("")},
                          .crumbs = crumbs,
                          .in = in};
    p.ncrumbs = org_crumbs(cx, o, p.title, crumbs);
    form_page(cx, rq, an, &p);
    return OK;
}

static enum err show_new(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    TRY(find_org(cx, rq, &o));
    return draw_new(cx, rq, an, &o, NULL);
}

static enum err do_new(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    str id;
    TRY(find_org(cx, rq, &o));
    struct form_part part = part_of(cx, &o);
    struct input in = form_typed(cx, rq, &part, 1);
    enum err e = dept_create(cx, o.id, &in, &id);
    if (form_again(an, e))
        return draw_new(cx, rq, an, &o, &in);
    TRY(form_hide(e));
    return redirect(cx, an, depts_url(cx, &o), "dept_made");
}

/* --- edit ------------------------------------------------------------------------------------------- */

static struct act_view disable_act(struct ctx *cx, const struct request *rq,
                                   const struct org_view *o, const struct dept_view *d)
{
    buf b = {.a = cx->a};
    buf_put(&b, csrf_field(cx, rq).s);
    buf_put(&b, hidden_number(cx, "rev", d->rev).s);
    buf_put(&b, hidden_field(cx, "disabled", d->disabled ? S("no") : S("yes")).s);
    return (struct act_view){
        .act = dept_url(cx, o, d->id, "/disable"),
        .button = word(cx->lang, d->disabled ? W_dept_enable : W_dept_disable),
        .sees = word(cx->lang, d->disabled ? W_dept_enable_text : W_dept_disable_text),
        .hidden = {buf_str(&b)}};
}

static void as_input(struct ctx *cx, const struct dept_view *d, struct input *in)
{
    input_put(cx->a, in, S("name_ja"), d->name_ja);
    input_put(cx->a, in, S("name_en"), d->name_en);
    for (size_t i = 0; i < d->kinds.n; i++)
        input_put(cx->a, in, S("kinds"), d->kinds.v[i]);
}

static enum err draw_edit(struct ctx *cx, struct request *rq, struct reply *an,
                          const struct input *typed)
{
    struct org_view o;
    const struct dept_view *d;
    struct crumb crumbs[ORG_CRUMBS];
    struct input stands = {0};
    TRY(find_dept(cx, rq, &o, &d));
    as_input(cx, d, &stands);
    struct form_part part = part_of(cx, &o);
    struct form_page p = {.title = pick(cx, d->name_ja, d->name_en),
                          .intro = word(cx->lang, W_dept_intro),
                          .button = word(cx->lang, W_manage_save),
                          .sees = word(cx->lang, W_dept_sees),
                          .act = dept_url(cx, &o, d->id, ""),
                          .cancel = depts_url(cx, &o),
                          .parts = &part,
                          .nparts = 1,
                          .hidden = hidden_number(cx, "rev", d->rev),
                          .crumbs = crumbs,
                          .in = typed ? typed : &stands,
                          .now = an->status == HTTP_CONFLICT ? &stands : NULL};
    p.ncrumbs = org_crumbs(cx, &o, p.title, crumbs);
    form_page(cx, rq, an, &p);
    struct dept_edit_view v = {
        .form = {buf_str(&an->out.b)},
        .title = word(cx->lang, d->disabled ? W_dept_enable_title : W_dept_disable_title),
        .disable = disable_act(cx, rq, &o, d)};
    an->out.b = (buf){.a = cx->a};
    tpl_dept_edit(&an->out, &v);
    return OK;
}

static enum err show_edit(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw_edit(cx, rq, an, NULL);
}

static enum err do_edit(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    const struct dept_view *d;
    i64 rev;
    TRY(find_dept(cx, rq, &o, &d));
    struct form_part part = part_of(cx, &o);
    struct input in = form_typed(cx, rq, &part, 1);
    enum err e = input_i64(cx, rq, "rev", &rev);
    if (e == OK)
        e = dept_edit(cx, d->id, rev, &in);
    if (form_again(an, e))
        return draw_edit(cx, rq, an, &in);
    TRY(form_hide(e));
    return redirect(cx, an, depts_url(cx, &o), "saved");
}

static enum err do_disable(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    const struct dept_view *d;
    i64 rev;
    bool disabled = str_eq(input_get(&rq->in, S("disabled")), S("yes"));
    TRY(find_dept(cx, rq, &o, &d));
    if (d->disabled == disabled) /* a second click */
        return redirect(cx, an, depts_url(cx, &o), "nothing_changed");
    TRY(input_i64(cx, rq, "rev", &rev));
    enum err e = dept_disable(cx, d->id, rev, disabled);
    if (form_again(an, e))
        return draw_edit(cx, rq, an, NULL);
    TRY(form_hide(e));
    return redirect(cx, an, depts_url(cx, &o), disabled ? "dept_disabled" : "dept_enabled");
}

/* --- all kinds at once ------------------------------------------------------------------------------- */

/* One choice of department for each kind; for all but the main one also none. */
static struct form_part kinds_part(struct ctx *cx, const struct org_view *o)
{
    struct strs kinds = dept_kinds(cx->a, o->kind);
    struct field_choice *c = NEWS(cx->a, struct field_choice, o->ndepts + 1);
    struct field_rule *r = NEWS(cx->a, struct field_rule, kinds.n + 1);
    size_t nc = 0;
    c[nc++] = (struct field_choice){
        .value = S(""),
        .label = {word(LANG_JA, W_org_kind_nobody), word(LANG_EN, W_org_kind_nobody)}};
    for (size_t i = 0; i < o->ndepts; i++)
        if (!o->depts[i].disabled)
            c[nc++] = (struct field_choice){
                .value = o->depts[i].id,
                .label = {[LANG_JA] = o->depts[i].name_ja, [LANG_EN] = o->depts[i].name_en}};
    for (size_t i = 0; i < kinds.n; i++) {
        str label = kind_word_of(cx, o->kind, kinds.v[i]);
        r[i] = (struct field_rule){.name = kinds.v[i],
                                   .type = FIELD_CHOICE,
                                   .required = true,
                                   .choices = i == 0 ? c + 1 : c,
                                   .nchoices = i == 0 ? nc - 1 : nc,
                                   .label = {label, label}};
    }
    return (struct form_part){.title = S(""), .rules = r, .n = kinds.n};
}

static str answering(const struct org_view *o, str kind)
{
    for (size_t i = 0; i < o->ndepts; i++)
        for (size_t k = 0; k < o->depts[i].kinds.n; k++)
            if (str_eq(o->depts[i].kinds.v[k], kind))
                return o->depts[i].id;
    return S("");
}

static enum err draw_kinds(struct ctx *cx, struct request *rq, struct reply *an,
                           const struct input *typed)
{
    struct org_view o;
    struct crumb crumbs[ORG_CRUMBS];
    struct input stands = {0};
    buf was = {.a = cx->a};
    TRY(find_org(cx, rq, &o));
    struct form_part part = kinds_part(cx, &o);
    for (size_t i = 0; i < part.n; i++) {
        str kind = part.rules[i].name, dept = answering(&o, kind);
        input_put(cx->a, &stands, kind, dept);
        buf_put(&was, hidden_field(cx, str_to_z(cx->a, str_join(cx->a, S("was."), kind)), dept).s);
    }
    struct form_page p = {.title = word(cx->lang, W_org_kinds),
                          .intro = word(cx->lang, W_org_kinds_intro),
                          .button = word(cx->lang, W_manage_save),
                          .sees = word(cx->lang, W_dept_sees),
                          .act = org_url(cx, o.slug, "/kinds"),
                          .cancel = depts_url(cx, &o),
                          .parts = &part,
                          .nparts = 1,
                          .hidden = {buf_str(&was)},
                          .crumbs = crumbs,
                          .in = typed ? typed : &stands,
                          .now = an->status == HTTP_CONFLICT ? &stands : NULL};
    p.ncrumbs = org_crumbs(cx, &o, p.title, crumbs);
    form_page(cx, rq, an, &p);
    return OK;
}

static enum err show_kinds(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw_kinds(cx, rq, an, NULL);
}

static enum err do_kinds(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    TRY(find_org(cx, rq, &o));
    struct form_part part = kinds_part(cx, &o);
    struct input in = form_typed(cx, rq, &part, 1);
    str *depts = NEWS(cx->a, str, part.n + 1), *was = NEWS(cx->a, str, part.n + 1);
    for (size_t i = 0; i < part.n; i++) {
        depts[i] = input_get(&in, part.rules[i].name);
        was[i] = input_get(&rq->in, str_join(cx->a, S("was."), part.rules[i].name));
    }
    enum err e = org_kinds_put(cx, o.id, depts, was);
    if (form_again(an, e))
        return draw_kinds(cx, rq, an, &in);
    TRY(form_hide(e));
    return redirect(cx, an, depts_url(cx, &o), "saved");
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/organisations/{}/departments/new"),        NEED_PERSON, OF_NOTHING, 0, show_new,   0, 0, NULL},
    {POST, S_INIT("/{lang}/organisations/{}/departments/new"),        NEED_PERSON, OF_NOTHING, 0, do_new,     0, 8192, NULL},
    {GET,  S_INIT("/{lang}/organisations/{}/departments/{}"),         NEED_PERSON, OF_NOTHING, 0, show_edit,  0, 0, NULL},
    {POST, S_INIT("/{lang}/organisations/{}/departments/{}"),         NEED_PERSON, OF_NOTHING, 0, do_edit,    0, 8192, NULL},
    {POST, S_INIT("/{lang}/organisations/{}/departments/{}/disable"), NEED_PERSON, OF_NOTHING, 0, do_disable, 0, 8192, NULL},
    {GET,  S_INIT("/{lang}/organisations/{}/kinds"),                  NEED_PERSON, OF_NOTHING, 0, show_kinds, 0, 0, NULL},
    {POST, S_INIT("/{lang}/organisations/{}/kinds"),                  NEED_PERSON, OF_NOTHING, 0, do_kinds,   0, 16384, NULL},
};
/* clang-format on */
const struct routes dept_routes = {table, COUNT(table)};
