/* publish_build.c - one language of a released advisory as one record. */
#include "app/publish_own.h"

#include "app/case_new.h"
#include "app/search_index.h"
#include "base/vec.h"
#include "formats/json.h"
#include "formats/product_row.h"
#include "formats/tokens.h"

/* The record while it is being written, and what its columns need. */
struct record {
    const struct release *r;
    enum lang lang;
    bool keep; /* words and vulnerabilities as they stand there */
    const struct q_publications_of *before;
    const struct json *old; /* NULL: nothing stands there */
    struct json_out o;
    buf b, vendors, cves, cwes, found;
    str title;
    i64 revision, score;
    bool critical;
};

static bool is_gone(const struct record *x)
{
    return x->r->withdrawn_reason[LANG_JA].n > 0;
}

/* --- words and vulnerabilities ------------------------------------------------------------------ */

static str section_text(struct ctx *cx, const struct record *x, enum section s, enum err *e)
{
    const struct draft *d = &x->r->d;
    str text = d->words[x->lang].section[s], credit;
    if (x->keep)
        return json_get_text(json_get(x->old, S("sections")), section_name(s));
    if (s != SECTION_CREDIT || text.n > 0)
        return text;
    *e = advisory_credit(cx, x->r->cf, x->lang, &credit);
    return *e == OK ? credit : S("");
}

static enum err put_sections(struct ctx *cx, struct record *x)
{
    enum err e = OK;
    x->title =
        x->keep ? json_get_text(x->old, S("title")) : x->r->d.words[x->lang].section[SECTION_TITLE];
    json_put_member(&x->o, S("title"), x->title);
    json_put_member_bool(&x->o, S("critical"), x->critical);
    json_put_key(&x->o, S("sections"));
    json_put_object(&x->o);
    for (enum section s = SECTION_TITLE + 1; s < SECTION_COUNT && !is_gone(x); s++) {
        str text = section_text(cx, x, s, &e);
        TRY(e);
        if (text.n == 0)
            continue;
        json_put_member(&x->o, section_name(s), text);
        buf_putf(&x->found, "%.*s\n", SV(text));
    }
    json_put_end(&x->o);
    return OK;
}

static void put_vectors(struct record *x, const struct vuln *v)
{
    json_put_key(&x->o, S("vectors"));
    json_put_array(&x->o);
    for (size_t i = 0; i < v->nvectors; i++) {
        json_put_object(&x->o);
        json_put_member(&x->o, S("issuer"), v->vectors[i].issuer);
        json_put_member(&x->o, S("vector"), v->vectors[i].vector);
        json_put_member_i64(&x->o, S("score"), v->vectors[i].score);
        json_put_end(&x->o);
    }
    json_put_end(&x->o);
}

static void put_vuln(struct record *x, const struct vuln *v)
{
    str title = v->title[x->lang].n > 0 ? v->title[x->lang] : v->title[!x->lang];
    json_put_object(&x->o);
    json_put_member(&x->o, S("cve"), v->cve);
    json_put_member(&x->o, S("cwe"), v->cwe);
    json_put_member(&x->o, S("title"), title);
    json_put_member_i64(&x->o, S("score"), v->score);
    put_vectors(x, v);
    if (v->since[WORLD_EXPLOIT].is)
        json_put_member_i64(&x->o, S("exploit"), v->since[WORLD_EXPLOIT].v);
    if (v->since[WORLD_ATTACKS].is)
        json_put_member_i64(&x->o, S("attacks"), v->since[WORLD_ATTACKS].v);
    json_put_end(&x->o);
}

/* The columns that lists and filters use, from the record itself. */
static void note_vuln(struct record *x, str cve, str cwe, str title, i64 score)
{
    if (cve.n > 0)
        buf_putf(&x->cves, "%s%.*s", x->cves.n ? " " : "", SV(cve));
    if (cwe.n > 0 && str_find(buf_str(&x->cwes), cwe) < 0)
        buf_putf(&x->cwes, "%s%.*s", x->cwes.n ? " " : "", SV(cwe));
    buf_putf(&x->found, "%.*s %.*s %.*s\n", SV(cve), SV(cwe), SV(title));
    if (score > x->score)
        x->score = score;
}

static void put_vulns(struct record *x)
{
    const struct json *old = json_get(x->old, S("vulnerabilities"));
    json_put_key(&x->o, S("vulnerabilities"));
    if (x->keep && !is_gone(x)) {
        json_put_json(&x->o, old);
        for (size_t i = 0; i < json_count(old); i++) {
            const struct json *v = json_at(old, i);
            i64 score = -1;
            (void)json_i64(json_get(v, S("score")), &score);
            note_vuln(x, json_get_text(v, S("cve")), json_get_text(v, S("cwe")),
                      json_get_text(v, S("title")), score);
        }
        return;
    }
    json_put_array(&x->o);
    for (size_t i = 0; i < x->r->nvulns && !is_gone(x); i++) {
        const struct vuln *v = &x->r->vulns[i];
        put_vuln(x, v);
        note_vuln(x, v->cve, v->cwe, v->title[x->lang], v->score);
    }
    json_put_end(&x->o);
}

/* --- vendors ---------------------------------------------------------------------------------- */

static bool was_listed(const struct release *r, str org_id)
{
    for (size_t i = 0; i < r->nbefore; i++)
        if (str_find(r->before[i].content, org_id) >= 0) /* UUIDs stand there for vendors alone */
            return true;
    return false;
}

static bool fact_holds(const struct release *r, int lane, str fact)
{
    struct progress g = r->cf->g;
    int at = process_fact(g.p, fact);
    return at >= 0 && progress_fact(&g, lane, at) == YES;
}

bool release_lists(const struct release *r, int lane, struct vendor_said *out)
{
    const struct case_file *cf = r->cf;
    int told = step_with(cf, THEN_OVERVIEW), agree = step_with(cf, THEN_AGREE_DRAFT);
    *out = (struct vendor_said){.lane = lane, .status = S("informed")};
    if (told < 0 || agree < 0 || last_act(cf, lane, told) == NULL ||
        fact_holds(r, lane, S("nonpublication_agreed")))
        return false;
    bool said = false;
    for (size_t i = 0; i < r->nsaid; i++)
        if (r->said[i].lane == lane) {
            *out = r->said[i];
            said = true;
        }
    enum step_status st = progress_at(&cf->g, lane, agree)->status;
    if (st == STEP_DONE)
        return true;
    if (st == STEP_SKIPPED) { /* listed, but with nothing that was not agreed */
        *out = (struct vendor_said){.lane = lane, .at = out->at, .status = out->status};
        return true;
    }
    return said && (st == STEP_NOT_APPLICABLE || was_listed(r, cf->lanes[lane].party->org_id));
}

static const struct json *old_vendor(const struct record *x, str org_id)
{
    const struct json *all = json_get(x->old, S("vendors"));
    for (size_t i = 0; i < json_count(all); i++)
        if (str_eq(json_get_text(json_at(all, i), S("org")), org_id))
            return json_at(all, i);
    return NULL;
}

static str statement_of(const struct vendor_said *s, enum lang lang, enum lang *in)
{
    *in = s->statement[lang].n > 0 ? lang : !lang;
    return s->statement[*in].n > 0 ? s->statement[*in] : NO_STR;
}

/* The row as it will stand there, without its dates: to see whether it changed. */
static void put_said(struct record *x, const struct q_case_parties *p, const struct vendor_said *s)
{
    enum lang in;
    str statement = statement_of(s, x->lang, &in);
    json_put_member(&x->o, S("org"), p->org_id);
    json_put_member(&x->o, S("slug"), p->slug);
    json_put_member(&x->o, S("name"), x->lang == LANG_JA ? p->name_ja : p->name_en);
    json_put_member(&x->o, S("status"), s->status);
    if (statement.n > 0) {
        json_put_member(&x->o, S("statement"), statement);
        json_put_member(&x->o, S("statement_lang"), lang_code(in));
    }
    if (s->url.n > 0)
        json_put_member(&x->o, S("url"), s->url);
    json_put_key(&x->o, S("products"));
    if (s->products != NULL)
        json_put_json(&x->o, s->products);
    else
        json_put_raw(&x->o, S("[]"));
}

static bool same_said(const struct record *x, const struct json *old, const struct vendor_said *s)
{
    enum lang in;
    str statement = statement_of(s, x->lang, &in);
    size_t had = json_count(json_get(old, S("products")));
    bool products = s->products == NULL || json_count(s->products) == 0
                        ? had == 0
                        : json_same(json_get(old, S("products")), s->products);
    return old != NULL && products && str_eq(json_get_text(old, S("status")), s->status) &&
           str_eq(json_get_text(old, S("statement")), statement) &&
           str_eq(json_get_text(old, S("url")), s->url);
}

static void put_vendor_dates(const struct ctx *cx, struct record *x, const struct json *old,
                             const struct vendor_said *s)
{
    const struct json *history = json_get(old, S("history"));
    bool same = same_said(x, old, s);
    i64 updated = cx->now;
    if (same)
        (void)json_i64(json_get(old, S("updated")), &updated);
    json_put_member_i64(&x->o, S("updated"), updated);
    json_put_key(&x->o, S("history"));
    json_put_array(&x->o);
    for (size_t i = 0; i < json_count(history); i++)
        json_put_json(&x->o, json_at(history, i));
    if (!same) {
        json_put_object(&x->o);
        json_put_member_i64(&x->o, S("at"), cx->now);
        json_put_member(&x->o, S("status"), s->status);
        json_put_end(&x->o);
    }
    json_put_end(&x->o);
}

static void note_vendor(struct record *x, const struct q_case_parties *p,
                        const struct vendor_said *s)
{
    str name = x->lang == LANG_JA ? p->name_ja : p->name_en;
    enum lang in;
    str statement = statement_of(s, x->lang, &in);
    buf_putf(&x->vendors, "%s%.*s", x->vendors.n ? (x->lang == LANG_JA ? "、" : ", ") : "",
             SV(name));
    buf_putf(&x->found, "%.*s %.*s\n%.*s\n", SV(p->name_ja), SV(p->name_en), SV(statement));
}

/* A search finds a product by either name. */
static void note_products(struct record *x, const struct json *rows)
{
    for (size_t i = 0; i < json_count(rows); i++)
        buf_putf(&x->found, "%.*s\n", SV(json_get_text(json_at(rows, i), S("name"))));
}

static void put_vendors(const struct ctx *cx, struct record *x)
{
    const struct case_file *cf = x->r->cf;
    json_put_key(&x->o, S("vendors"));
    json_put_array(&x->o);
    for (int lane = 1; lane < (int)cf->nlanes && !is_gone(x); lane++) {
        const struct q_case_parties *p = cf->lanes[lane].party;
        struct vendor_said s;
        if (!release_lists(x->r, lane, &s))
            continue;
        const struct json *written = s.products;
        s.products = product_rows_in(x->o.b->a, written, x->lang == LANG_JA);
        json_put_object(&x->o);
        put_said(x, p, &s);
        put_vendor_dates(cx, x, old_vendor(x, p->org_id), &s);
        json_put_end(&x->o);
        note_vendor(x, p, &s);
        note_products(x, s.products);
        note_products(x, written);
    }
    json_put_end(&x->o);
}

/* --- history ---------------------------------------------------------------------------------- */

static void put_history(const struct ctx *cx, struct record *x, const struct change_line *line)
{
    const struct json *old = json_get(x->old, S("history"));
    json_put_key(&x->o, S("history"));
    json_put_array(&x->o);
    for (size_t i = 0; i < json_count(old); i++)
        json_put_json(&x->o, json_at(old, i));
    if (line != NULL) {
        json_put_object(&x->o);
        json_put_member_i64(&x->o, S("at"), cx->now);
        json_put_member(&x->o, S("kind"), str_z(line->kind));
        json_put_member(&x->o, S("ja"), line->text[LANG_JA]);
        json_put_member(&x->o, S("en"), line->text[LANG_EN]);
        json_put_member(&x->o, S("vendor"), line->vendor[x->lang]);
        json_put_end(&x->o);
    }
    json_put_end(&x->o);
}

/* --- the whole --------------------------------------------------------------------------------- */

enum err release_source(struct ctx *cx, const struct release *r, enum lang lang, i64 *out)
{
    const struct q_publications_of *row = release_before(r, lang);
    const struct json *j;
    struct json_error bad;
    *out = 0;
    if (row == NULL)
        return OK;
    TRY(json_read(cx->a, row->content, &j, &bad));
    (void)json_i64(json_get(j, S("source")), out);
    return OK;
}

static enum err put_record(struct ctx *cx, struct record *x, const struct change_line *line)
{
    i64 source = x->r->d.words[LANG_JA].revision;
    if (x->keep)
        (void)json_i64(json_get(x->old, S("source")), &source);
    json_put_object(&x->o);
    json_put_member(&x->o, S("number"), x->r->d.row.number);
    json_put_member(&x->o, S("lang"), lang_code(x->lang));
    json_put_member_i64(&x->o, S("revision"), x->revision);
    json_put_member_i64(&x->o, S("source"), source);
    TRY(put_sections(cx, x));
    put_vulns(x);
    put_vendors(cx, x);
    put_history(cx, x, line);
    if (is_gone(x))
        json_put_member(&x->o, S("reason"), x->r->withdrawn_reason[x->lang]);
    json_put_end(&x->o);
    return OK;
}

static str origin_of(const struct case_file *cf)
{
    if (str_eq(cf->row.entry, S("overseas")))
        return S("overseas");
    for (size_t i = 0; i < cf->nreports; i++)
        if (str_eq(cf->reports[i].kind, S("own")))
            return S("own");
    return S("finder");
}

static opt_i64 accepted_at(const struct case_file *cf)
{
    opt_i64 at = {0};
    for (size_t i = 0; i < cf->nreports; i++) {
        opt_i64 one = cf->reports[i].accepted;
        if (one.is && (!at.is || one.v < at.v))
            at = one;
    }
    return at;
}

static enum err put_row(struct ctx *cx, struct record *x)
{
    const struct release *r = x->r;
    buf found = {.a = cx->a};
    i64 published = x->before ? x->before->published : cx->now;
    TRY(q_publication_put(cx->db, .number = r->d.row.number, .lang = lang_code(x->lang),
                          .case_id = r->cf->row.id, .revision = x->revision, .published = published,
                          .updated = cx->now, .withdrawn = {is_gone(x), cx->now},
                          .origin = origin_of(r->cf), .accepted = accepted_at(r->cf),
                          .severity = x->score, .critical = x->critical, .title = x->title,
                          .title_sort = tokens_normal(cx->a, x->title),
                          .vendors = buf_str(&x->vendors), .cves = buf_str(&x->cves),
                          .cwes = buf_str(&x->cwes), .content = buf_str(&x->b)));
    buf_putf(&found, "%.*s%.*s %.*s\n%.*s\n%.*s", SV(cx->app->number_prefix), SV(r->d.row.number),
             SV(r->d.row.number), SV(x->title), SV(buf_str(&x->found)));
    return search_index_public(cx, r->d.row.number, lang_code(x->lang), buf_str(&found));
}

static enum err make_record(struct ctx *cx, const struct release *r, enum lang lang,
                            bool keep_words, const struct change_line *line, struct record **out)
{
    struct record *x = NEW(cx->a, struct record);
    struct json_error bad;
    buf none = {.a = cx->a};
    *x = (struct record){.r = r, .lang = lang, .keep = keep_words, .revision = 1, .score = -1};
    x->b = x->vendors = x->cves = x->cwes = x->found = none;
    x->o = (struct json_out){.b = &x->b};
    x->before = release_before(r, lang);
    x->critical = r->d.words[LANG_JA].critical;
    if (x->before != NULL) {
        x->revision = x->before->revision + 1;
        x->critical = keep_words ? x->before->critical : x->critical;
        TRY(json_read(cx->a, x->before->content, &x->old, &bad));
    }
    *out = x;
    return put_record(cx, x, line);
}

enum err release_write(struct ctx *cx, const struct release *r, enum lang lang, bool keep_words,
                       const struct change_line *line)
{
    struct record *x;
    TRY(make_record(cx, r, lang, keep_words, line, &x));
    return put_row(cx, x);
}

enum err release_preview(struct ctx *cx, const struct release *r, enum lang lang, bool keep_words,
                         const struct change_line *line, struct q_publication_get *out)
{
    struct record *x;
    TRY(make_record(cx, r, lang, keep_words, line, &x));
    *out = (struct q_publication_get){.number = r->d.row.number,
                                      .revision = x->revision,
                                      .published = x->before ? x->before->published : cx->now,
                                      .updated = cx->now,
                                      .withdrawn = {is_gone(x), cx->now},
                                      .severity = x->score,
                                      .critical = x->critical,
                                      .title = x->title,
                                      .vendors = buf_str(&x->vendors),
                                      .cves = buf_str(&x->cves),
                                      .cwes = buf_str(&x->cwes),
                                      .content = buf_str(&x->b)};
    return OK;
}

/* --- filters and the generation ------------------------------------------------------------------ */

static enum err put_ids(struct ctx *cx, const struct release *r, str list)
{
    while (list.n > 0)
        TRY(q_publication_id_add(cx->db, .id = str_cut(&list, ' '), .number = r->d.row.number));
    return OK;
}

enum err release_finish(struct ctx *cx, const struct release *r)
{
    struct q_publication_get row;
    struct q_generation_get generation;
    const str number = r->d.row.number;
    TRY(q_publication_get(cx->db, &row, .number = number, .lang = S("ja")));
    TRY(q_publication_vendor_drop(cx->db, .number = number));
    TRY(q_publication_id_drop(cx->db, .number = number));
    TRY(put_ids(cx, r, row.cves));
    TRY(put_ids(cx, r, row.cwes));
    for (int lane = 1; lane < (int)r->cf->nlanes && !row.withdrawn.is; lane++) {
        const struct q_case_parties *p = r->cf->lanes[lane].party;
        struct vendor_said s;
        str names = str_fmt(cx->a, "%.*s\n%.*s", SV(p->name_ja), SV(p->name_en));
        if (release_lists(r, lane, &s))
            TRY(q_publication_vendor_add(cx->db, .number = number, .org_id = p->org_id,
                                         .status = s.status, .names = tokens_normal(cx->a, names)));
    }
    TRY(q_generation_next(cx->db));
    TRY(q_generation_get(cx->db, &generation));
    TRY(q_publication_serial_add(cx->db, .number = number,
                                 .year = civil_at(row.published, zone_tokyo).year));
    TRY(q_publication_mark(cx->db, .number = number, .generation = generation.n));
    cx->generation = generation.n;
    return OK;
}
