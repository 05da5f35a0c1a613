/* vulns.c - see vulns.h. */
#include "app/vulns.h"

#include "app/case_file.h"
#include "app/history.h"
#include "app/search_index.h"
#include "formats/cvss.h"
#include "formats/json.h"

enum { MOST_VECTORS = 10, MOST_VULNS = 200 };

/* clang-format off */
const struct field_rule vuln_rules[9] = {
    {.name = S_INIT("cve"), .type = FIELD_CVE},
    {.name = S_INIT("cwe"), .type = FIELD_CWE},
    {.name = S_INIT("title_ja"), .type = FIELD_LINE},
    {.name = S_INIT("title_en"), .type = FIELD_LINE},
    {.name = S_INIT("note"), .type = FIELD_TEXT},
    {.name = S_INIT("vectors"), .type = FIELD_ROWS},
    {.name = S_INIT("public_at"), .type = FIELD_INSTANT},
    {.name = S_INIT("exploit_at"), .type = FIELD_INSTANT},
    {.name = S_INIT("attacks_at"), .type = FIELD_INSTANT}};
static const struct field_choice issuers[] = {
    {.value = S_INIT("coordinator")}, {.value = S_INIT("vendor")}, {.value = S_INIT("finder")},
    {.value = S_INIT("other")}};
const struct field_rule vuln_vector_rules[2] = {
    {.name = S_INIT("issuer"), .type = FIELD_CHOICE, .required = true, .choices = issuers,
     .nchoices = COUNT(issuers)},
    {.name = S_INIT("vector"), .type = FIELD_VECTOR, .required = true}};
/* clang-format on */

enum { AT_WORLD = 6 }; /* of public_at in vuln_rules */

/* --- reading -------------------------------------------------------------------------------- */

/* Base score, ten times; -1: it has none. */
static i64 vector_score(str vector)
{
    struct cvss c;
    struct cvss_error bad;
    return cvss_parse(vector, &c, &bad) == OK ? cvss_scores(&c).base : -1;
}

static void read_vectors(struct ctx *cx, const struct json *j, struct vuln *v)
{
    struct vuln_vector *all = NEWS(cx->a, struct vuln_vector, json_count(j) + 1);
    bool coordinators = false;
    v->score = -1;
    for (size_t i = 0; i < json_count(j); i++) {
        struct vuln_vector *x = &all[v->nvectors++];
        *x = (struct vuln_vector){json_get_text(json_at(j, i), S("issuer")),
                                  json_get_text(json_at(j, i), S("vector")), -1};
        x->score = vector_score(x->vector);
        bool own = str_eq(x->issuer, S("coordinator")) && x->score >= 0;
        if (own && !coordinators)
            v->score = -1; /* from here on the coordinator's alone */
        coordinators |= own;
        if (own == coordinators && x->score > v->score)
            v->score = x->score;
    }
    v->vectors = all;
}

static str or_absent(str s)
{
    return s.n > 0 ? s : NO_STR;
}

static enum err read_vuln(struct ctx *cx, str content, struct vuln *v)
{
    const struct json *j;
    struct json_error bad;
    TRY(json_read(cx->a, content, &j, &bad));
    v->cve = or_absent(json_get_text(j, S("cve")));
    v->cwe = or_absent(json_get_text(j, S("cwe")));
    v->title[LANG_JA] = or_absent(json_get_text(j, S("title_ja")));
    v->title[LANG_EN] = or_absent(json_get_text(j, S("title_en")));
    v->note = or_absent(json_get_text(j, S("note")));
    for (int w = 0; w < WORLD_COUNT; w++)
        v->since[w].is = json_i64(json_get(j, vuln_rules[AT_WORLD + w].name), &v->since[w].v);
    read_vectors(cx, json_get(j, S("vectors")), v);
    return OK;
}

static enum err load(struct ctx *cx, str case_id, const struct access *acc, struct vuln **out,
                     size_t *n)
{
    struct q_vulnerabilities_of *rows;
    struct place at = {.audience = AUD_DETAILS, .lane = S(""), .step = S("")};
    *n = 0;
    TRY(app_read(cx));
    size_t nrows;
    TRY(q_vulnerabilities_of(cx->db, &rows, &nrows, .case_id = case_id));
    *out = NEWS(cx->a, struct vuln, nrows + 1);
    for (size_t i = 0; i < nrows; i++) {
        str content =
            acc != NULL ? text_open(acc, &at, rows[i].content) : text_open_inside(rows[i].content);
        if (content.p == NULL)
            continue;
        struct vuln *v = &(*out)[(*n)++];
        *v = (struct vuln){.id = rows[i].id, .ordinal = rows[i].ordinal, .rev = rows[i].rev};
        TRY(read_vuln(cx, content, v));
    }
    return OK;
}

enum err vuln_list(struct ctx *cx, str case_id, struct vuln **out, size_t *n)
{
    const struct access *acc;
    TRY(access_case(cx, case_id, &acc));
    return load(cx, case_id, acc, out, n);
}

enum err vulns_load(struct ctx *cx, str case_id, struct vuln **out, size_t *n)
{
    return load(cx, case_id, NULL, out, n);
}

/* --- writing -------------------------------------------------------------------------------- */

bool vuln_may_edit(const struct ctx *cx, const struct case_file *cf)
{
    if (cf->flow == FLOW_DIRECT)
        return cf->nlanes > 1 && case_may_act(cx, cf, 1, ACTOR_POC);
    return case_may_act(cx, cf, 0, ACTOR_COORDINATOR);
}

enum err vuln_may(struct ctx *cx, str case_id, bool *out)
{
    struct case_file cf;
    const struct access *acc;
    TRY(case_open(cx, case_id, &cf, &acc));
    *out = vuln_may_edit(cx, &cf);
    return OK;
}

struct edit {
    str case_id, id;
    i64 rev;
    const struct input *in;
    str *id_out;
};

static enum err check_vector(struct ctx *cx, size_t row, str vector)
{
    struct cvss c;
    struct cvss_error bad;
    if (cvss_parse(vector, &c, &bad) == OK)
        return OK;
    return wrong(cx, str_fmt(cx->a, "vectors.%zu.vector", row), S("vector"));
}

static enum err put_vectors(struct ctx *cx, const struct input *in, struct json_out *o)
{
    size_t rows;
    enum err e = OK;
    TRY(form_row_count(cx, S("vectors"), MOST_VECTORS, in, &rows));
    json_put_key(o, S("vectors"));
    json_put_array(o);
    for (size_t i = 0; i < rows; i++) {
        struct value v[COUNT(vuln_vector_rules)];
        bool there;
        enum err one = form_row(cx, S("vectors"), i, vuln_vector_rules, COUNT(v), in, v, &there);
        if (one == OK && there)
            one = check_vector(cx, i, v[1].text);
        if (one != OK)
            e = one;
        if (one != OK || !there)
            continue;
        json_put_object(o);
        json_put_member(o, S("issuer"), v[0].text);
        json_put_member(o, S("vector"), v[1].text);
        json_put_end(o);
    }
    json_put_end(o);
    return e;
}

/* What was true stays true, with its date. */
static enum err put_world(struct ctx *cx, const struct vuln *before, const struct value *v,
                          struct json_out *o)
{
    enum err e = OK;
    for (int w = 0; w < WORLD_COUNT; w++) {
        const struct value *now = &v[AT_WORLD + w];
        str name = vuln_rules[AT_WORLD + w].name;
        if (before->since[w].is && now->is && now->n != before->since[w].v)
            e = wrong(cx, name, S("latched"));
        else if (now->is && now->n > cx->now)
            e = wrong(cx, name, S("date_future"));
        else if (before->since[w].is || now->is)
            json_put_member_i64(o, name, before->since[w].is ? before->since[w].v : now->n);
    }
    return e;
}

static enum err write_content(struct ctx *cx, const struct edit *t, const struct vuln *before,
                              str *out)
{
    struct value v[COUNT(vuln_rules)];
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    enum err e = form_read(cx, vuln_rules, COUNT(v), t->in, v);
    json_put_object(&o);
    for (size_t i = 0; i < AT_WORLD; i++)
        if (vuln_rules[i].type != FIELD_ROWS)
            json_put_member(&o, vuln_rules[i].name, v[i].text);
    enum err world = put_world(cx, before, v, &o);
    enum err vectors = put_vectors(cx, t->in, &o);
    json_put_end(&o);
    TRY(e);
    TRY(world);
    TRY(vectors);
    if (!v[0].is && !v[2].is && !v[3].is)
        return wrong(cx, S("title_ja"), S("required"));
    *out = buf_str(&b);
    return OK;
}

static enum err after_edit(struct ctx *cx, const struct edit *t, const struct case_file *cf, str id,
                           str content, const char *act)
{
    struct place at = {.audience = AUD_DETAILS};
    struct search_doc doc = {id, S("vulnerability"), t->case_id, at, content};
    enum actor as = cf->flow == FLOW_DIRECT ? ACTOR_POC : ACTOR_COORDINATOR;
    struct history_note note = {.case_id = t->case_id, .act = str_z(act), .place = at};
    note.dept_id = case_acting_dept(cx, cf, cf->flow == FLOW_DIRECT ? 1 : 0, as);
    TRY(search_index(cx, &doc));
    return history_add(cx, &note);
}

static enum err add(struct ctx *cx, void *arg)
{
    const struct edit *t = arg;
    struct case_file cf;
    const struct access *acc;
    struct vuln none = {0}, *all;
    size_t n;
    str content, id = new_id(cx);
    TRY(case_open(cx, t->case_id, &cf, &acc));
    if (!vuln_may_edit(cx, &cf))
        return E_DENIED;
    TRY(vulns_load(cx, t->case_id, &all, &n));
    if (n >= MOST_VULNS)
        return wrong_limit(cx, S(""), S("too_many"), MOST_VULNS);
    TRY(write_content(cx, t, &none, &content));
    TRY(q_vulnerability_add(cx->db, .id = id, .case_id = t->case_id,
                            .ordinal = n > 0 ? all[n - 1].ordinal + 1 : 1,
                            .content = text_seal(cx, content)));
    *t->id_out = id;
    return after_edit(cx, t, &cf, id, content, "vulnerability_added");
}

enum err vuln_add(struct ctx *cx, str case_id, const struct input *in, str *id)
{
    struct edit t = {.case_id = case_id, .in = in, .id_out = id};
    return db_write(cx, add, &t);
}

static enum err edit(struct ctx *cx, void *arg)
{
    const struct edit *t = arg;
    struct case_file cf;
    const struct access *acc;
    struct vuln *all, *found = NULL;
    size_t n;
    str content;
    TRY(case_open(cx, t->case_id, &cf, &acc));
    TRY(vuln_list(cx, t->case_id, &all, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].id, t->id))
            found = &all[i];
    if (found == NULL)
        return E_NOT_FOUND;
    if (!vuln_may_edit(cx, &cf))
        return E_DENIED;
    TRY(write_content(cx, t, found, &content));
    TRY(q_vulnerability_put(cx->db, .id = t->id, .content = text_seal(cx, content), .rev = t->rev));
    return after_edit(cx, t, &cf, t->id, content, "vulnerability_edited");
}

enum err vuln_edit(struct ctx *cx, str case_id, str id, i64 rev, const struct input *in)
{
    struct edit t = {.case_id = case_id, .id = id, .rev = rev, .in = in};
    return db_write(cx, edit, &t);
}

/* --- a number --------------------------------------------------------------------------------- */

enum err vuln_number(struct ctx *cx, str case_id, str id, str cve)
{
    struct q_vulnerabilities_of *rows, *row = NULL;
    struct place at = {.audience = AUD_DETAILS};
    const struct json *j;
    struct json_error bad;
    size_t n;
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    TRY(q_vulnerabilities_of(cx->db, &rows, &n, .case_id = case_id));
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].id, id))
            row = &rows[i];
    if (row == NULL)
        return E_NOT_FOUND;
    TRY(json_read(cx->a, text_open_inside(row->content), &j, &bad));
    json_put_object(&o);
    json_put_member(&o, S("cve"), cve);
    for (size_t i = 0; i < json_count(j); i++) {
        if (str_eq(json_key(j, i), S("cve")))
            continue;
        json_put_key(&o, json_key(j, i));
        json_put_json(&o, json_value(j, i));
    }
    json_put_end(&o);
    TRY(q_vulnerability_put(cx->db, .id = id, .content = text_seal(cx, buf_str(&b)),
                            .rev = row->rev));
    struct search_doc doc = {id, S("vulnerability"), case_id, at, buf_str(&b)};
    return search_index(cx, &doc);
}
