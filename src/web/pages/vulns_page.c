/* vulns_page.c - see vulns_page.h. */
#include "web/pages/vulns_page.h"

#include "app/case_view.h"
#include "app/cve_build.h"
#include "web/frame.h"

enum { SPARE = 2, MOST_ROWS = 10, PLAIN_FIELDS = 5, WORLD_AT = 6, BODY = 1 << 20 };

static url here(struct ctx *cx, const struct request *rq, const char *path)
{
    return url_seg(cx->a, lang_url(cx, "/cases/").s, rq->seg[0], str_z(path));
}

/* --- the list --------------------------------------------------------------------------------- */

static str name_of(struct ctx *cx, const struct vuln *v)
{
    return v->cve.n > 0 ? v->cve : words_vulns_unnamed(cx->a, cx->lang, .n_number = v->ordinal);
}

static void fill_item(struct ctx *cx, const struct request *rq, const struct vuln *v,
                      struct vuln_item *x)
{
    enum lang g = v->title[cx->lang].n > 0 ? cx->lang : !cx->lang;
    struct vector_view *vectors = NEWS(cx->a, struct vector_view, v->nvectors + 1);
    for (size_t i = 0; i < v->nvectors; i++)
        vectors[i] = vector_view(cx, v->vectors[i].issuer, v->vectors[i].vector);
    *x = (struct vuln_item){
        .id = str_join(cx->a, S("v-"), v->id),
        .name = name_of(cx, v),
        .title = v->title[g].n > 0 ? v->title[g] : S(""),
        .title_lang = g == LANG_JA ? S("ja") : S("en"),
        .cve = v->cve.n > 0 ? v->cve : S(""),
        .cwe = v->cwe.n > 0 ? cwe_words(cx->a, v->cwe, cx->lang) : S(""),
        .note = v->note.n > 0 ? v->note : S(""),
        .edit = url_query(cx->a, here(cx, rq, "/vulnerabilities#form"), S("edit"), v->id),
        .record = url_seg(cx->a, here(cx, rq, "/vulnerabilities/").s, v->id, S("/cve")),
        .score = v->score,
        .vectors = vectors,
        .nvectors = v->nvectors,
    };
    if (v->cve.n > 0)
        x->cve_href = cve_url(cx->a, v->cve);
    if (v->cwe.n > 0)
        x->cwe_href = cwe_url(cx->a, v->cwe);
    for (int w = 0; w < WORLD_COUNT; w++)
        x->since[w] = v->since[w];
}

/* --- the form --------------------------------------------------------------------------------- */

/* What is written of it, as a form would send it. */
static const struct input *written(struct ctx *cx, const struct vuln *v)
{
    struct input *in = NEW(cx->a, struct input);
    *in = (struct input){0};
    input_preset(cx, in, S("cve"), v->cve);
    input_preset(cx, in, S("cwe"), v->cwe);
    input_preset(cx, in, S("title_ja"), v->title[LANG_JA]);
    input_preset(cx, in, S("title_en"), v->title[LANG_EN]);
    input_preset(cx, in, S("note"), v->note);
    for (size_t i = 0; i < v->nvectors; i++) {
        input_preset(cx, in, str_fmt(cx->a, "vectors.%zu.issuer", i), v->vectors[i].issuer);
        input_preset(cx, in, str_fmt(cx->a, "vectors.%zu.vector", i), v->vectors[i].vector);
    }
    return in;
}

static str problem_at(struct ctx *cx, str row)
{
    for (size_t i = 0; i < cx->problems.n; i++)
        if (str_has_prefix(cx->problems.v[i].field, row))
            return problem_sentence(cx->a, &cx->problems.v[i], cx->lang);
    return S("");
}

static void fill_row(struct ctx *cx, const struct input *in, size_t i, struct vuln_vector_row *r)
{
    const struct field_rule *issuer = &vuln_vector_rules[0];
    str at = str_fmt(cx->a, "vectors.%zu.", i);
    str chosen = input_get(in, str_join(cx->a, at, S("issuer")));
    str value = input_get(in, str_join(cx->a, at, S("vector")));
    *r = (struct vuln_vector_row){
        .label = words_vulns_row(cx->a, cx->lang, .n_row = (i64)i + 1),
        .id = i == 0 ? S("f-vectors") : str_fmt(cx->a, "f-vectors-%zu", i),
        .issuer = str_join(cx->a, at, S("issuer")),
        .vector = str_join(cx->a, at, S("vector")),
        .value = value.p ? value : S(""),
        .error = problem_at(cx, at),
    };
    r->invalid = r->error.n > 0 ? S("true") : S("false");
    r->described = r->error.n > 0 ? str_join(cx->a, r->id, S("-e")) : S("");
    for (size_t k = 0; k < issuer->nchoices && k < COUNT(r->options); k++)
        r->options[k] = (struct field_option){.value = issuer->choices[k].value,
                                              .label = choice_label(cx->a, issuer, k, cx->lang),
                                              .chosen = chosen.n > 0 &&
                                                        str_eq(chosen, issuer->choices[k].value)};
}

static void fill_rows(struct ctx *cx, const struct input *in, struct vuln_form *f)
{
    size_t n = 0;
    for (size_t i = 0; i < MOST_ROWS; i++)
        if (input_get(in, str_fmt(cx->a, "vectors.%zu.vector", i)).n > 0)
            n = i + 1;
    n = n + SPARE < MOST_ROWS ? n + SPARE : MOST_ROWS;
    struct vuln_vector_row *rows = NEWS(cx->a, struct vuln_vector_row, n);
    for (size_t i = 0; i < n; i++)
        fill_row(cx, in, i, &rows[i]);
    f->rows = rows;
    f->nrows = n;
}

/* Dates that are set stay; the others can be. */
static void fill_world(struct ctx *cx, const struct vuln *v, const struct input *in,
                       struct vuln_form *f)
{
    static const enum word labels[] = {W_vulns_public_at, W_vulns_exploit_at, W_vulns_attacks_at};
    struct vuln_fact *facts = NEWS(cx->a, struct vuln_fact, WORLD_COUNT);
    buf b = {.a = cx->a};
    for (int w = 0; w < WORLD_COUNT; w++)
        if (v != NULL && v->since[w].is)
            facts[f->nfacts++] = (struct vuln_fact){word(cx->lang, labels[w]), v->since[w].v};
        else
            buf_put(&b, form_field(cx, &vuln_rules[WORLD_AT + w], in).s);
    f->facts = facts;
    f->world = (html){b.n > 0 ? buf_str(&b) : S("")};
}

/* v: what is edited; NULL: a new one. */
static void fill_form(struct ctx *cx, const struct request *rq, const struct vuln *v,
                      const struct input *typed, struct vuln_form *f)
{
    static const struct input nothing = {0};
    const struct input *in = typed ? typed : v ? written(cx, v) : &nothing;
    f->heading = v ? words_vulns_edit_one(cx->a, cx->lang, .name = name_of(cx, v))
                   : word(cx->lang, W_vulns_add);
    f->csrf = csrf_field(cx, rq);
    f->rev = v ? hidden_number(cx, "rev", v->rev) : (html){S("")};
    f->problems = form_problems(cx, vuln_rules, COUNT(vuln_rules));
    f->fields = form_fields(cx, vuln_rules, PLAIN_FIELDS, in);
    f->cancel = here(cx, rq, "/vulnerabilities");
    f->act = v ? url_seg(cx->a, here(cx, rq, "/vulnerabilities/").s, v->id, S("")) : f->cancel;
    fill_rows(cx, in, f);
    fill_world(cx, v, in, f);
}

/* --- pages ------------------------------------------------------------------------------------ */

static enum err fill_others(struct ctx *cx, struct vulns_view *v)
{
    enum { MOST = 20 };
    struct library_line *lines;
    str *cves = NEWS(cx->a, str, v->n + 1);
    size_t ncves = 0, n;
    for (size_t i = 0; i < v->n; i++)
        if (v->items[i].cve.n > 0)
            cves[ncves++] = v->items[i].cve;
    TRY(library_of_cves(cx, (struct strs){cves, ncves}, false, MOST, &lines, &n));
    v->others = library_marks_of(cx, lines, n);
    return OK;
}

/* editing: id of the one to change; empty: a new one; absent: none, unless there is none yet. */
static enum err draw(struct ctx *cx, struct request *rq, struct reply *an, str editing,
                     const struct input *typed, bool conflict)
{
    struct vulns_view *v = NEW(cx->a, struct vulns_view);
    const struct vuln *found = NULL;
    struct case_ident id;
    struct vuln *all;
    *v = (struct vulns_view){.cases = lang_url(cx, "/cases"), .case_href = here(cx, rq, "")};
    TRY(case_head(cx, rq->id, rq->acc, &id));
    TRY(vuln_list(cx, rq->id, &all, &v->n));
    TRY(vuln_may(cx, rq->id, &v->may_edit));
    bool can_build = false;
    TRY(cve_can_build(cx, rq->id, &can_build));
    struct vuln_item *items = NEWS(cx->a, struct vuln_item, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        fill_item(cx, rq, &all[i], &items[i]);
        items[i].has_record = can_build;
        if (editing.n > 0 && str_eq(all[i].id, editing))
            found = &all[i];
    }
    if (editing.n > 0 && (found == NULL || !v->may_edit))
        return E_NOT_FOUND;
    v->items = items;
    TRY(fill_others(cx, v));
    v->number = id.number;
    v->writing = v->may_edit && (editing.p != NULL || v->n == 0);
    v->add = url_query(cx->a, here(cx, rq, "/vulnerabilities#form"), S("edit"), S("new"));
    v->form.conflict = conflict;
    if (v->writing)
        fill_form(cx, rq, found, typed, &v->form);
    an->title = str_fmt(cx->a, "%.*s %.*s", SV(word(cx->lang, W_vulns_title)), SV(id.number));
    an->nav = S("cases");
    an->amber = true;
    tpl_vulns(&an->out, v);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *an)
{
    str edit = query_get(rq, "edit");
    if (str_eq(edit, S("new")))
        edit = S("");
    else if (edit.n == 0)
        edit = NO_STR;
    return draw(cx, rq, an, edit, NULL, false);
}

static enum err again(struct ctx *cx, struct request *rq, struct reply *an, str editing, enum err e)
{
    app_read_end(cx);
    an->status = e == E_CONFLICT ? HTTP_CONFLICT : HTTP_UNPROCESSABLE;
    return draw(cx, rq, an, editing, &rq->in, e == E_CONFLICT);
}

/* A list always has something chosen: a row without a vector is no row. */
static void drop_empty_rows(struct ctx *cx, struct request *rq)
{
    struct input kept = {0};
    for (size_t i = 0; i < rq->in.n; i++) {
        str name = rq->in.v[i].name;
        bool issuer = str_has_prefix(name, S("vectors.")) && str_has_suffix(name, S(".issuer"));
        str vector = issuer ? str_join(cx->a, str_sub(name, 0, name.n - 6), S("vector")) : NO_STR;
        if (!issuer || str_trim(input_get(&rq->in, vector)).n > 0)
            *PUSH(cx->a, &kept) = rq->in.v[i];
    }
    rq->in = kept;
}

static enum err add(struct ctx *cx, struct request *rq, struct reply *an)
{
    str id;
    drop_empty_rows(cx, rq);
    enum err e = vuln_add(cx, rq->id, &rq->in, &id);
    if (e == E_INVALID)
        return again(cx, rq, an, S(""), e);
    TRY(e);
    return redirect(cx, an, here(cx, rq, "/vulnerabilities"), "vulnerability_added");
}

static enum err edit(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    drop_empty_rows(cx, rq);
    enum err e = input_i64(cx, rq, "rev", &rev);
    if (e == OK)
        e = vuln_edit(cx, rq->id, rq->seg[1], rev, &rq->in);
    if (e == E_INVALID || e == E_CONFLICT)
        return again(cx, rq, an, rq->seg[1], e);
    TRY(e);
    return redirect(cx, an, here(cx, rq, "/vulnerabilities"), "vulnerability_saved");
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/cases/{}/vulnerabilities"),    NEED_PERSON, OF_CASE, 1U << AUD_DETAILS, show, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/vulnerabilities"),    NEED_PERSON, OF_CASE, 1U << AUD_DETAILS, add,  0, BODY, NULL},
    {POST, S_INIT("/{lang}/cases/{}/vulnerabilities/{}"), NEED_PERSON, OF_CASE, 1U << AUD_DETAILS, edit, 0, BODY, NULL},
};
/* clang-format on */
const struct routes vulns_routes = {table, COUNT(table)};
