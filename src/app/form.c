/* form.c - input, flattened, and read by a table; see form_check.c for each type's rules. */
#include "app/form.h"

#include "app/attach.h"
#include "app/form_check.h"

void input_put(struct arena *a, struct input *in, str name, str value)
{
    *PUSH(a, in) = (struct input_item){name, value, INPUT_TEXT, false};
}

void input_from_fields(struct arena *a, const struct fields *in, struct input *out)
{
    for (size_t i = 0; i < in->n; i++)
        input_put(a, out, in->v[i].name, in->v[i].value);
}

str input_get(const struct input *in, str name)
{
    for (size_t i = 0; i < in->n; i++)
        if (str_eq(in->v[i].name, name))
            return in->v[i].value;
    return NO_STR;
}

enum { MOST_NESTED = 4, MOST_ITEMS = 2000 };

static enum err flatten(struct ctx *cx, str name, const struct json *j, int depth,
                        struct input *out);

static enum err flatten_object(struct ctx *cx, str name, const struct json *j, int depth,
                               struct input *out)
{
    enum err e = OK;
    if (json_count(j) == 0 && name.n > 0)
        *PUSH(cx->a, out) = (struct input_item){name, NO_STR, INPUT_JSON_NO_OBJECT, false};
    for (size_t i = 0; i < json_count(j) && e == OK; i++) {
        str key = json_key(j, i);
        if (name.n > 0)
            key = str_fmt(cx->a, "%.*s.%.*s", SV(name), SV(key));
        e = flatten(cx, key, json_value(j, i), depth + 1, out);
    }
    return e;
}

static enum err flatten_array(struct ctx *cx, str name, const struct json *j, int depth,
                              struct input *out)
{
    enum err e = OK;
    if (json_count(j) == 0)
        *PUSH(cx->a, out) = (struct input_item){name, NO_STR, INPUT_JSON_NO_LIST, false};
    for (size_t i = 0; i < json_count(j) && e == OK; i++) {
        const struct json *item = json_at(j, i);
        bool row = json_is(item, JSON_IS_OBJECT);
        size_t from = out->n;
        e = flatten(cx, row ? str_fmt(cx->a, "%.*s.%zu", SV(name), i) : name, item, depth + 1, out);
        for (; from < out->n && !row; from++)
            out->v[from].listed = true;
    }
    return e;
}

static enum input_kind kind_of(const struct json *j)
{
    if (json_is(j, JSON_IS_STRING))
        return INPUT_JSON_STRING;
    if (json_is(j, JSON_IS_TRUE) || json_is(j, JSON_IS_FALSE))
        return INPUT_JSON_BOOL;
    return json_is(j, JSON_IS_NULL) ? INPUT_JSON_NULL : INPUT_JSON_NUMBER;
}

static enum err flatten(struct ctx *cx, str name, const struct json *j, int depth,
                        struct input *out)
{
    bool flag;
    if (depth > MOST_NESTED)
        return wrong(cx, name, S("nested"));
    if (out->n >= MOST_ITEMS)
        return wrong_limit(cx, name, S("too_many"), MOST_ITEMS);
    if (json_is(j, JSON_IS_OBJECT))
        return flatten_object(cx, name, j, depth, out);
    if (json_is(j, JSON_IS_ARRAY))
        return flatten_array(cx, name, j, depth, out);
    struct input_item it = {name, NO_STR, kind_of(j), false};
    if (it.kind == INPUT_JSON_STRING)
        it.value = json_text(j);
    else if (json_bool(j, &flag))
        it.value = flag ? S("yes") : S("no");
    else if (it.kind == INPUT_JSON_NUMBER)
        it.value = json_number(j);
    *PUSH(cx->a, out) = it;
    return OK;
}

enum err input_from_json(struct ctx *cx, const struct json *object, struct input *out)
{
    if (!json_is(object, JSON_IS_OBJECT))
        return wrong(cx, S(""), S("not_object"));
    return flatten_object(cx, S(""), object, 0, out);
}

/* Whether a rule knows the name, as it is or as the head of a row's. */
static bool is_known(const struct field_rule *rules, size_t n, str name)
{
    if (str_eq(name, ATTACHED))
        return true;
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rules[i].name, name))
            return true;
        if (rules[i].type == FIELD_ROWS && str_has_prefix(name, rules[i].name) &&
            name.p[rules[i].name.n] == '.')
            return true;
    }
    return false;
}

static enum err check_names(struct ctx *cx, const struct field_rule *rules, size_t n,
                            const struct input *in)
{
    enum err e = OK;
    for (size_t i = 0; i < in->n && cx->door == DOOR_API; i++)
        if (!is_known(rules, n, in->v[i].name) && in->v[i].kind < INPUT_JSON_NO_LIST)
            e = wrong(cx, in->v[i].name, S("unknown_field"));
    return e;
}

enum err form_read(struct ctx *cx, const struct field_rule *rules, size_t n, const struct input *in,
                   struct value *v)
{
    enum err e = check_names(cx, rules, n, in);
    for (size_t i = 0; i < n; i++) {
        v[i] = (struct value){0};
        enum err one = rules[i].type == FIELD_ROWS ? OK : form_check(cx, &rules[i], in, &v[i]);
        if (one != OK)
            e = one;
    }
    return e;
}

str field_type_name(enum field_type t)
{
    static const str names[FIELD_TYPE_COUNT] = {
        S_INIT("line"),   S_INIT("text"),   S_INIT("secret"),  S_INIT("email"),   S_INIT("url"),
        S_INIT("bool"),   S_INIT("choice"), S_INIT("choices"), S_INIT("instant"), S_INIT("number"),
        S_INIT("id"),     S_INIT("ids"),    S_INIT("login"),   S_INIT("cve"),     S_INIT("cwe"),
        S_INIT("vector"), S_INIT("lang"),   S_INIT("zone"),    S_INIT("date"),    S_INIT("cpe"),
        S_INIT("purl"),   S_INIT("rows"),
    };
    return names[t];
}

static str word_by_key(str key, enum lang lang)
{
    enum word w;
    return word_find(key, &w) ? word(lang, w) : NO_STR;
}

/* "field_" + name, with '.' and '-' as '_': keys of po/ have no others. */
static str word_of(struct arena *a, const char *family, str name, enum lang lang)
{
    buf b = {.a = a};
    buf_put(&b, str_z(family));
    for (size_t i = 0; i < name.n; i++)
        buf_char(&b, name.p[i] == '.' || name.p[i] == '-' ? '_' : name.p[i]);
    return word_by_key(buf_str(&b), lang);
}

str field_label(struct arena *a, const struct field_rule *r, enum lang lang)
{
    if (r->label[lang].n > 0)
        return r->label[lang];
    str label = word_of(a, "field_", r->name, lang);
    return label.n > 0 ? label : r->name;
}

str field_hint(struct arena *a, const struct field_rule *r, enum lang lang)
{
    return r->hint[lang].n > 0 ? r->hint[lang] : word_of(a, "hint_", r->name, lang);
}

str choice_label(struct arena *a, const struct field_rule *r, size_t choice, enum lang lang)
{
    const struct field_choice *c = &r->choices[choice];
    if (c->label[lang].n > 0)
        return c->label[lang];
    str label = word_of(a, "choice_", str_fmt(a, "%.*s_%.*s", SV(r->name), SV(c->value)), lang);
    return label.n > 0 ? label : c->value;
}

str problem_sentence(struct arena *a, const struct problem *p, enum lang lang)
{
    str text = word_of(a, "problem_", p->code, lang);
    buf b = {.a = a};
    if (text.n == 0)
        text = word(lang, W_problem_other);
    while (text.n > 0) {
        buf_put(&b, str_cut(&text, '{'));
        if (str_has_prefix(text, S("limit}")))
            buf_i64(&b, p->limit);
        else if (str_has_prefix(text, S("got}")))
            buf_put(&b, p->got);
        if (text.n > 0)
            (void)str_cut(&text, '}');
    }
    return buf_str(&b);
}
