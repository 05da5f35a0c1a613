/* field.c - see field.h. */
#include "web/field.h"

#include "base/vec.h"
#include "web/field_rows.h"

static str input_value(const struct input *in, str name)
{
    return in ? input_get(in, name) : NO_STR;
}

static bool input_has(const struct input *in, str name, str value)
{
    for (size_t i = 0; in != NULL && i < in->n; i++)
        if (str_eq(in->v[i].name, name) && str_eq(in->v[i].value, value))
            return true;
    return false;
}

void input_preset(struct ctx *cx, struct input *in, str name, str value)
{
    if (value.n > 0 && input_get(in, name).p == NULL)
        input_put(cx->a, in, name, value);
}

/* --- shapes --------------------------------------------------------------------------------- */

static enum field_shape shape_of(const struct field_rule *r)
{
    switch (r->type) {
    case FIELD_TEXT: return SHAPE_TEXT;
    case FIELD_BOOL: return r->required && !r->confirm ? SHAPE_RADIO : SHAPE_CHECK;
    case FIELD_CHOICE: return r->nchoices > 5 ? SHAPE_SELECT : SHAPE_RADIO;
    case FIELD_CHOICES:
    case FIELD_IDS: return SHAPE_CHECKS;
    case FIELD_LANG:
    case FIELD_ZONE: return SHAPE_SELECT;
    case FIELD_ID: return r->nchoices > 0 ? SHAPE_SELECT : SHAPE_LINE;
    case FIELD_ROWS: return SHAPE_ROWS;
    case FIELD_LINE:
    case FIELD_SECRET:
    case FIELD_EMAIL:
    case FIELD_URL:
    case FIELD_INSTANT:
    case FIELD_NUMBER:
    case FIELD_LOGIN:
    case FIELD_CVE:
    case FIELD_CWE:
    case FIELD_VECTOR:
    case FIELD_DATE:
    case FIELD_CPE:
    case FIELD_PURL:
    case FIELD_TYPE_COUNT: break;
    }
    return SHAPE_LINE;
}

static void set_input_type(const struct field_rule *r, struct field_view *v)
{
    v->type = S("text");
    v->mode = S("text");
    v->complete = S("off");
    if (r->type == FIELD_EMAIL) {
        v->type = S("email");
        v->mode = S("email");
        v->complete = S("email");
    } else if (r->type == FIELD_URL) {
        v->type = S("url");
        v->mode = S("url");
    } else if (r->type == FIELD_SECRET) {
        v->type = S("password");
    } else if (r->type == FIELD_INSTANT) {
        v->type = S("datetime-local");
    } else if (r->type == FIELD_NUMBER) {
        v->mode = S("numeric");
    } else if (r->type == FIELD_LOGIN) {
        v->complete = S("username");
    }
}

struct options {
    VEC(struct field_option)
};

static void add_option(struct ctx *cx, struct options *all, str id, str value, str label,
                       bool chosen)
{
    str own = str_fmt(cx->a, "%.*s-%zu", SV(id), all->n);
    *PUSH(cx->a, all) = (struct field_option){own, value, label, chosen};
}

/* What yes and no mean here: the words choice_NAME_yes and choice_NAME_no, where po/ has them. */
static void add_yes_no(struct ctx *cx, const struct field_rule *r, const struct input *in,
                       struct options *all, str id)
{
    static const struct field_choice both[] = {{.value = S_INIT("yes")}, {.value = S_INIT("no")}};
    const struct field_rule named = {.name = r->name, .choices = both, .nchoices = COUNT(both)};
    for (size_t i = 0; i < COUNT(both); i++) {
        str label = choice_label(cx->a, &named, i, cx->lang);
        if (str_eq(label, both[i].value))
            label = word(cx->lang, i == 0 ? W_yes : W_no);
        add_option(cx, all, id, both[i].value, label, input_has(in, r->name, both[i].value));
    }
}

static void fill_options(struct ctx *cx, const struct field_rule *r, const struct input *in,
                         struct field_view *v)
{
    struct options all = {0};
    for (size_t i = 0; i < r->nchoices; i++)
        add_option(cx, &all, v->id, r->choices[i].value, choice_label(cx->a, r, i, cx->lang),
                   input_has(in, r->name, r->choices[i].value));
    if (r->type == FIELD_BOOL && r->required)
        add_yes_no(cx, r, in, &all, v->id);
    if (r->type == FIELD_LANG) {
        add_option(cx, &all, v->id, S("ja"), word(LANG_JA, W_this_language),
                   input_has(in, r->name, S("ja")));
        add_option(cx, &all, v->id, S("en"), word(LANG_EN, W_this_language),
                   input_has(in, r->name, S("en")));
    }
    for (size_t i = 0; r->type == FIELD_ZONE && zone_at(i) != NULL; i++)
        add_option(cx, &all, v->id, zone_name(zone_at(i)), zone_name(zone_at(i)),
                   input_has(in, r->name, zone_name(zone_at(i))));
    v->options = all.v;
    v->noptions = all.n;
}

/* --- one field -------------------------------------------------------------------------------- */

static str id_of(struct ctx *cx, str name)
{
    return field_id(cx, NO_STR, name);
}

/* quiet: the problems are those of another form of the page. */
static void fill_error(struct ctx *cx, str name, bool quiet, struct field_view *v)
{
    for (size_t i = 0; i < cx->problems.n && v->error.p == NULL && !quiet; i++) {
        str field = cx->problems.v[i].field;
        if (str_eq(field, name))
            v->error = problem_sentence(cx->a, &cx->problems.v[i], cx->lang);
    }
    v->invalid = v->error.n ? S("true") : S("false");
    v->css = v->error.n ? S("field bad") : S("field");
    buf b = {.a = cx->a};
    if (v->hint.n > 0)
        buf_putf(&b, "%.*s-h", SV(v->id));
    if (v->error.n > 0)
        buf_putf(&b, "%s%.*s-e", b.n ? " " : "", SV(v->id));
    v->described = buf_str(&b);
}

/* An instant as datetime-local wants it: no zone, in the reader's. */
static str local_instant(struct ctx *cx, str value)
{
    i64 at;
    if (value.n == 0 || !time_parse(value, cx->zone, &at))
        return value;
    struct civil c = civil_at(at, cx->zone);
    return str_fmt(cx->a, "%04d-%02d-%02dT%02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
}

/* zoned: a field beside it says which zone an instant is of. */
static html draw_field(struct ctx *cx, str form, bool zoned, const struct field_rule *r,
                       const struct input *in)
{
    struct field_view v = {.shape = shape_of(r), .name = r->name, .max = field_max(r), .rows = 5};
    struct html_out o = {.b = {.a = cx->a}, .lang = cx->lang, .zone = cx->zone, .now = cx->now};
    bool quiet = form.n > 0 && in == NULL;
    v.id = field_id(cx, form, r->name);
    v.label = field_label(cx->a, r, cx->lang);
    v.hint = field_hint(cx->a, r, cx->lang);
    v.required = r->required;
    v.optional = !r->required;
    v.value = r->type == FIELD_SECRET ? NO_STR : input_value(in, r->name);
    if (r->type == FIELD_INSTANT) {
        v.value = local_instant(cx, v.value);
        str zone = zone_abbr(cx->zone, cx->now);
        if (!zoned)
            v.label = str_fmt(cx->a, cx->lang == LANG_JA ? "%.*s（%.*s）" : "%.*s (%.*s)",
                              SV(v.label), SV(zone));
    }
    set_input_type(r, &v);
    fill_options(cx, r, in, &v);
    if (v.shape == SHAPE_CHECK) {
        str given = input_value(in, r->name);
        struct field_option *only = NEW(cx->a, struct field_option);
        *only =
            (struct field_option){v.id, S("yes"), v.label, given.n > 0 && !str_eq(given, S("no"))};
        v.options = only;
        v.noptions = 1;
    }
    if (v.shape == SHAPE_ROWS)
        field_rows(cx, form, r, in, quiet, &v);
    fill_error(cx, r->name, quiet, &v);
    tpl_field(&o, &v);
    return (html){buf_str(&o.b)};
}

html form_field(struct ctx *cx, const struct field_rule *r, const struct input *in)
{
    return draw_field(cx, NO_STR, false, r, in);
}

html form_fields_of(struct ctx *cx, const char *form, const struct field_rule *rules, size_t n,
                    const struct input *in)
{
    buf b = {.a = cx->a};
    bool zoned = false;
    for (size_t i = 0; i < n; i++)
        zoned |= rules[i].type == FIELD_ZONE;
    for (size_t i = 0; i < n; i++)
        buf_put(&b, draw_field(cx, str_z(form), zoned, &rules[i], in).s);
    return (html){buf_str(&b)};
}

html form_fields(struct ctx *cx, const struct field_rule *rules, size_t n, const struct input *in)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < n; i++)
        buf_put(&b, form_field(cx, &rules[i], in).s);
    return (html){buf_str(&b)};
}

html file_field(struct ctx *cx, str name, str label, str hint, bool optional)
{
    struct field_view v = {
        .shape = SHAPE_FILE, .name = name, .label = label, .hint = hint, .optional = optional};
    struct html_out o = {.b = {.a = cx->a}, .lang = cx->lang, .zone = cx->zone, .now = cx->now};
    v.id = id_of(cx, name);
    fill_error(cx, name, false, &v);
    tpl_field(&o, &v);
    return (html){buf_str(&o.b)};
}

html form_problems(struct ctx *cx, const struct field_rule *rules, size_t n)
{
    return form_problems_of(cx, "", rules, n);
}

html form_problems_of(struct ctx *cx, const char *form, const struct field_rule *rules, size_t n)
{
    struct problem_line *lines = NEWS(cx->a, struct problem_line, cx->problems.n + 1);
    struct html_out o = {.b = {.a = cx->a}, .lang = cx->lang, .zone = cx->zone, .now = cx->now};
    for (size_t i = 0; i < cx->problems.n; i++) {
        const struct problem *p = &cx->problems.v[i];
        struct field_rule named = {.name = p->field};
        const struct field_rule *r = &named;
        for (size_t k = 0; k < n; k++)
            if (str_eq(rules[k].name, p->field) ||
                (rules[k].type == FIELD_ROWS && str_has_prefix(p->field, rules[k].name)))
                r = &rules[k];
        lines[i].sentence = problem_sentence(cx->a, p, cx->lang);
        lines[i].label = p->field.n ? field_label(cx->a, r, cx->lang) : S("");
        lines[i].field = p->field.n ? field_id(cx, str_z(form), r->name) : S("");
        field_rows_problem(cx, str_z(form), p, &lines[i]);
    }
    struct problem_view v = {lines, cx->problems.n};
    if (v.n > 0)
        tpl_problem_summary(&o, &v);
    return (html){buf_str(&o.b)};
}
