/* csaf_convert.c - see csaf_convert.h: the order of the rules, and the proof of the result. */
#include "formats/csaf_convert_own.h"

struct csaf_carried *carry_text(struct convert *c, const struct edit *at, str word, str what,
                                str arg_a)
{
    struct csaf_carried *made = PUSH(c->a, &c->out->carried);
    *made = (struct csaf_carried){
        .place = edit_place(c->a, at), .what = what, .word = word, .arg = {arg_a}};
    return made;
}

struct csaf_carried *carry(struct convert *c, const struct edit *at, str word)
{
    return carry_text(c, at, word, at->text, NO_STR);
}

str carry_places(struct arena *a, const struct edit *const *nodes, size_t n)
{
    buf b = {.a = a};
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_put(&b, S(", "));
        buf_put(&b, edit_place(a, nodes[i]));
    }
    return buf_str(&b);
}

void convert_unique(struct convert *c, struct edit *list)
{
    struct dict seen = {0};
    bool fresh, any = false;
    for (size_t i = 0; i < edit_count(list); i++) {
        buf b = {.a = c->a};
        struct json_out o = {.b = &b};
        edit_put(&o, list->v[i].value);
        (void)dict_add(c->a, &seen, buf_str(&b), &fresh);
        if (fresh)
            continue;
        (void)carry_text(c, list->v[i].value, S("twice"), buf_str(&b), NO_STR);
        list->v[i].value = NULL;
        any = true;
    }
    if (any)
        edit_sweep(list);
}

/* ---- members that 2.0 does not know ---- */

static void take_unknown(struct convert *c, struct edit *e, const struct dict *paths)
{
    bool any = false;
    size_t found;
    for (size_t i = 0; i < e->n; i++) {
        struct edit *value = e->v[i].value;
        if (e->kind == JSON_IS_OBJECT && dict_find(paths, edit_place(c->a, value), &found)) {
            (void)carry_text(c, value, S("unknown"), e->v[i].key, NO_STR);
            e->v[i].value = NULL;
            any = true;
        } else {
            take_unknown(c, value, paths);
        }
    }
    if (any)
        edit_sweep(e);
}

void convert_unknown(struct convert *c)
{
    struct csaf_choice choice = {.schema = true};
    struct csaf_report r;
    struct dict paths = {0};
    csaf_validate(c->a, c->check.document, &choice, &r);
    for (size_t i = 0; i < r.findings.n; i++)
        if (str_eq(r.findings.v[i].word, S("schema_unknown")))
            (void)dict_add(c->a, &paths, r.findings.v[i].path, NULL);
    if (paths.keys.n > 0)
        take_unknown(c, c->root, &paths);
}

/* ---- dates ---- */

enum { SECONDS_AT = 17 }; /* 2016-12-31T23:59:60Z */

static bool is_leap(str s)
{
    return s.n > SECONDS_AT + 2 && s.p[SECONDS_AT] == '6' && s.p[SECONDS_AT + 1] == '0';
}

/* The offset behind the seconds and their fraction. */
static str zone_of(str s)
{
    size_t at = SECONDS_AT + 2;
    if (at < s.n && s.p[at] == '.')
        at++;
    while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
        at++;
    return str_from(s, at);
}

static void convert_date(struct convert *c, struct edit *e)
{
    struct instant t;
    bool real = instant_read(e->text, &t);
    if (is_leap(e->text)) {
        bool is = real && t.leap;
        (void)carry(c, e, is ? S("leap") : S("leap_never"));
        e->text = str_fmt(c->a, "%.*s59.999999%.*s", SECONDS_AT, e->text.p, SV(zone_of(e->text)));
    }
    if (!real || !t.lower)
        return;
    (void)carry(c, e, S("date_small"));
    buf b = {.a = c->a};
    for (size_t i = 0; i < e->text.n; i++)
        buf_char(&b, e->text.p[i] == 't' ? 'T' : e->text.p[i] == 'z' ? 'Z' : e->text.p[i]);
    e->text = buf_str(&b);
}

static bool is_date(str key)
{
    return str_eq(key, S("date")) || str_has_suffix(key, S("_date"));
}

static void dates_in(struct convert *c, struct edit *e)
{
    for (size_t i = 0; i < e->n; i++) {
        struct edit *value = e->v[i].value;
        if (value->kind == JSON_IS_STRING && is_date(e->v[i].key))
            convert_date(c, value);
        else
            dates_in(c, value);
    }
}

void convert_dates(struct convert *c)
{
    dates_in(c, c->root);
}

/* ---- the result ---- */

static void write_result(struct convert *c)
{
    buf b = {.a = c->a};
    struct json_out o = {.b = &b, .pretty = true};
    edit_put(&o, c->root);
    buf_char(&b, '\n');
    c->out->bytes = buf_str(&b);
}

static void prove(struct convert *c, struct csaf_report *r)
{
    struct csaf_choice choice = {.now = c->options->now};
    const struct json *result;
    struct json_error error;
    must(csaf_choose(&choice, S("basic")));
    write_result(c);
    must(json_read(c->a, c->out->bytes, &result, &error) == OK);
    csaf_validate(c->a, result, &choice, r);
}

static bool breaks_profile(const struct csaf_report *r)
{
    for (size_t i = 0; i < r->findings.n; i++)
        if (r->findings.v[i].group == CSAF_MANDATORY &&
            str_has_prefix(r->findings.v[i].test, S("6.1.27.")))
            return true;
    return false;
}

static bool starts_nocase(str s, str with)
{
    return s.n >= with.n && str_eq_nocase(str_sub(s, 0, with.n), with);
}

/* The profile of 2.1 that a document seems to be meant for; absent: its own. */
static str meant_profile(struct convert *c, const struct edit *document)
{
    str category = edit_get_text(document, S("category")),
        title = edit_get_text(document, S("title"));
    if (!csaf_is_english(&c->check))
        return NO_STR;
    if (starts_nocase(title, S("Superseded")) || str_eq_nocase(category, S("Superseded")))
        return S("csaf_superseded");
    if (starts_nocase(title, S("Withdrawn")) || str_eq_nocase(category, S("Withdrawn")))
        return S("csaf_withdrawn");
    return NO_STR;
}

static void try_profile(struct convert *c, str profile, struct csaf_report *r)
{
    struct edit *category = edit_in(c->root, "document", "category");
    str before = category->text;
    category->text = profile;
    prove(c, r);
    bool right = r->valid;
    category->text = right ? profile : before;
    (void)carry_text(c, category, right ? S("profile_taken") : S("profile_not"), before, profile);
    if (!right)
        prove(c, r);
}

/* Section 9.1.18: try the profile that fits, and fall back. */
static void settle_profile(struct convert *c, struct csaf_report *r)
{
    struct edit *document = edit_get(c->root, S("document"));
    struct edit *category = edit_get(document, S("category"));
    str meant = meant_profile(c, document);
    if (category == NULL || category->kind != JSON_IS_STRING) {
        prove(c, r);
        return;
    }
    if (meant.p != NULL)
        try_profile(c, meant, r);
    else
        prove(c, r);
    if (!str_eq(category->text, S("csaf_security_advisory")) || !breaks_profile(r))
        return;
    (void)carry_text(c, category, S("profile_deprecated"), category->text, NO_STR);
    category->text = S("csaf_deprecated_security_advisory");
    prove(c, r);
}

static void tell_findings(struct convert *c, const struct csaf_report *r)
{
    for (size_t i = 0; i < r->findings.n; i++) {
        const struct csaf_finding *f = &r->findings.v[i];
        if (f->group > CSAF_MANDATORY)
            continue;
        struct csaf_carried *made = PUSH(c->a, &c->out->carried);
        *made = (struct csaf_carried){
            .error = true, .result = true, .place = f->path, .test = f->test, .word = f->word};
        for (size_t k = 0; k < CSAF_ARGS; k++)
            made->arg[k] = f->arg[k];
    }
    c->out->valid = r->valid;
}

static enum err refuse(struct convert *c)
{
    struct csaf_carried *made = carry_text(
        c, c->root, S("not_2_0"),
        json_get_text(json_get(c->check.document, S("document")), S("csaf_version")), NO_STR);
    made->place = S("/document/csaf_version");
    made->error = true;
    return E_INVALID;
}

enum err csaf_convert(struct arena *a, const struct json *source,
                      const struct csaf_convert_options *options, struct csaf_conversion *out)
{
    static const struct csaf_choice none;
    enum csaf_version version;
    struct csaf_report r;
    *out = (struct csaf_conversion){0};
    struct convert c = {.a = a, .options = options, .out = out, .root = edit_of(a, source)};
    c.check = (struct csaf_check){.a = a, .document = source, .choice = &none};
    if (!csaf_version_of(source, &version) || version != CSAF_2_0)
        return refuse(&c);
    c.check.index = csaf_index_new(a, source);
    convert_unknown(&c);
    convert_dates(&c);
    convert_licence(&c);
    convert_notes(&c);
    convert_helpers(&c);
    convert_remediations(&c);
    convert_vulnerabilities(&c);
    convert_tree(&c);
    convert_fixed(&c);
    convert_document(&c);
    settle_profile(&c, &r);
    tell_findings(&c, &r);
    return OK;
}
