/* cve_build.c - see cve_build.h. */
#include "app/cve_build_own.h"

#include "app/publish.h"
#include "formats/markdown.h"

/* What stands where no account of the service is set: a UUID that belongs to nobody. */
static const str nobody = S_INIT("00000000-0000-4000-9000-000000000000");

enum lang building_lang(const struct building *b)
{
    return b->has[LANG_EN] ? LANG_EN : LANG_JA;
}

/* --- what it is made from --------------------------------------------------------------------- */

static enum err pick_vuln(struct ctx *cx, struct building *b, const struct vuln *all, size_t n,
                          str id, size_t *at)
{
    if (id.n == 0 && n > 1)
        return wrong(cx, S("vuln"), S("required"));
    b->several = n > 1;
    for (size_t i = 0; i < n; i++)
        if (id.n == 0 || str_eq(all[i].id, id)) {
            b->vuln = &all[i];
            *at = i;
        }
    return b->vuln != NULL ? OK : E_NOT_FOUND;
}

static enum err choose(struct ctx *cx, struct building *b, str id, size_t *at)
{
    struct vuln *all;
    size_t n;
    TRY(vuln_list(cx, b->cf.row.id, &all, &n));
    return pick_vuln(cx, b, all, n, id, at);
}

/* A draft holds what its readers do not all know: the vendors' own parts. */
static bool may_read_draft(const struct ctx *cx, const struct case_file *cf)
{
    return case_may_act(cx, cf, 0, ACTOR_COORDINATOR) || case_may_act(cx, cf, 0, ACTOR_RECEPTION);
}

static enum err load_page(struct ctx *cx, struct building *b, enum lang g)
{
    struct q_publications_of *rows;
    size_t n;
    bool other;
    enum err e = E_NOT_FOUND;
    TRY(q_publications_of(cx->db, &rows, &n, .case_id = b->cf.row.id));
    b->is_public = n > 0;
    if (n > 0)
        e = portal_get(cx, g, rows[0].number, &b->page[g], &other);
    else if (may_read_draft(cx, &b->cf))
        e = publication_preview(cx, &b->cf, g, &b->page[g]);
    b->has[g] = e == OK;
    return e == E_NOT_FOUND ? OK : e;
}

/* By its number, else by its place. */
static void find_shown(struct building *b, enum lang g, size_t at)
{
    must(b->vuln != NULL); /* chosen before */
    const struct portal_advisory *p = &b->page[g];
    if (b->has[g] && at < p->nvulns)
        b->shown[g] = p->vulns[at];
    for (size_t i = 0; b->has[g] && i < p->nvulns; i++)
        if (b->vuln->cve.n > 0 && str_eq(p->vulns[i].cve, b->vuln->cve))
            b->shown[g] = p->vulns[i];
}

static enum err load_pages(struct ctx *cx, str case_id, struct building *b)
{
    const struct access *acc;
    TRY(case_open(cx, case_id, &b->cf, &acc));
    if (!access_has(acc, AUD_DRAFT))
        return E_NOT_FOUND;
    for (enum lang g = 0; g < LANG_COUNT; g++)
        TRY(load_page(cx, b, g));
    return b->has[LANG_JA] || b->has[LANG_EN] ? OK : E_NOT_FOUND;
}

static enum err load(struct ctx *cx, str case_id, str vuln_id, struct building *b)
{
    size_t at = 0;
    TRY(load_pages(cx, case_id, b));
    TRY(choose(cx, b, vuln_id, &at));
    for (enum lang g = 0; g < LANG_COUNT; g++)
        find_shown(b, g, at);
    return OK;
}

enum err cve_can_build(struct ctx *cx, str case_id, bool *out)
{
    struct building *b = NEW(cx->a, struct building);
    b->a = cx->a;
    enum err e = load_pages(cx, case_id, b);
    *out = e == OK;
    return e == E_NOT_FOUND ? OK : e;
}

/* --- texts ------------------------------------------------------------------------------------ */

static str lang_name(enum lang g)
{
    return g == LANG_JA ? S("ja") : S("en");
}

/* English first: it is what must be there. */
static enum lang nth(size_t i)
{
    return i == 0 ? LANG_EN : LANG_JA;
}

static str section_plain(struct building *b, enum lang g, enum section s)
{
    str text = b->has[g] ? b->page[g].section[s] : NO_STR;
    return text.n > 0 ? str_trim(markdown_plain(b->a, text)) : S("");
}

static void add_text(struct building *b, struct cve_texts *to, enum lang g, str text)
{
    if (text.n > 0)
        *PUSH(b->a, to) = (struct cve_text){lang_name(g), text};
}

/* On a page of several each has its own title; else the page's. */
static str title_of(const struct building *b, enum lang g)
{
    str own = b->vuln->title[g];
    return own.n > 0 ? own : b->has[g] ? b->page[g].line.title : S("");
}

/* One of several says first which one it is. */
static str description_of(struct building *b, enum lang g)
{
    str overview = section_plain(b, g, SECTION_OVERVIEW), title = b->vuln->title[g];
    if (!b->several || title.n == 0 || overview.n == 0)
        return overview;
    return str_fmt(b->a, "%.*s\n\n%.*s", SV(title), SV(overview));
}

/* The format has one title, in no stated language: both stand in a member of our own. */
static void put_titles(struct building *b, struct cve_record *r)
{
    buf text = {.a = b->a};
    struct json_out o = {.b = &text};
    str title = title_of(b, LANG_EN).n > 0 ? title_of(b, LANG_EN) : title_of(b, LANG_JA);
    if (title.n == 0)
        return;
    r->title = title;
    json_put_array(&o);
    for (size_t i = 0; i < LANG_COUNT; i++) {
        if (title_of(b, nth(i)).n == 0)
            continue;
        json_put_object(&o);
        json_put_member(&o, S("lang"), lang_name(nth(i)));
        json_put_member(&o, S("value"), title_of(b, nth(i)));
        json_put_end(&o);
    }
    json_put_end(&o);
    *PUSH(b->a, &r->extras) = (struct cve_extra){S("x_titles"), buf_str(&text)};
}

static void put_texts(struct building *b, struct cve_record *r)
{
    struct cve_impact impact = {0};
    put_titles(b, r);
    for (size_t i = 0; i < LANG_COUNT; i++) {
        enum lang g = nth(i);
        add_text(b, &r->descriptions, g, description_of(b, g));
        add_text(b, &impact.texts, g, section_plain(b, g, SECTION_IMPACT));
        if (b->shown[g].attacks.is)
            add_text(b, &r->exploits, g, word(g, W_csaf_attacks));
        else if (b->shown[g].exploit.is)
            add_text(b, &r->exploits, g, word(g, W_csaf_exploit));
    }
    if (impact.texts.n > 0 && str_eq(impact.texts.v[0].lang, S("en")))
        *PUSH(b->a, &r->impacts) = impact;
}

/* The solution solves, unless all that vendors offer is to work around it. */
static void put_solution(struct building *b, struct cve_record *r)
{
    const unsigned around = 1u << REMEDY_WORKAROUND | 1u << REMEDY_MITIGATION;
    bool is_around = (b->todo & around) != 0 && (b->todo & ~around) == 0;
    for (size_t i = 0; i < LANG_COUNT; i++)
        add_text(b, is_around ? &r->workarounds : &r->solutions, nth(i),
                 section_plain(b, nth(i), SECTION_SOLUTION));
}

/* --- the whole -------------------------------------------------------------------------------- */

static void put_head(struct building *b, const struct cve_org *org, struct cve_record *r)
{
    opt_i64 made_public = b->vuln->since[WORLD_PUBLIC];
    if (!made_public.is && b->is_public)
        made_public = SOME(b->page[LANG_JA].line.published);
    r->assigner = r->provider = org->uuid.n > 0 ? org->uuid : nobody;
    r->assigner_name = r->provider_name = org->name.n > 0 ? org->name : NO_STR;
    r->id = b->vuln->cve.n > 0 ? b->vuln->cve : NO_STR;
    if (made_public.is)
        r->made_public = time_utc_ms(b->a, made_public.v);
}

static void find_more(struct building *b, struct cve_draft *out)
{
    if (out->record.id.n == 0)
        *PUSH(b->a, &out->findings) =
            (struct cve_finding){S("5.1.12"), S("number"), S("/cveMetadata/cveId"), NO_STR, true};
    for (size_t i = 0; i < b->silent.n; i++)
        *PUSH(b->a, &out->findings) = (struct cve_finding){
            S("5.1.3"), S("no_products"), S("/containers/cna/affected"), b->silent.v[i], false};
}

static void write_out(struct building *b, struct cve_draft *out)
{
    buf whole = {.a = b->a}, request = {.a = b->a};
    struct json_out w = {.b = &whole, .pretty = true}, q = {.b = &request};
    cve_write(&w, &out->record);
    cve_write_request(&q, &out->record);
    out->json = buf_str(&whole);
    out->request = buf_str(&request);
}

static enum err build(struct ctx *cx, struct building *b, bool v5_2, struct cve_draft *out)
{
    struct cve_org org;
    must(b->vuln != NULL);
    *out = (struct cve_draft){.record.v5_2 = v5_2};
    TRY(cve_org_load(cx, &org));
    out->vuln_id = b->vuln->id;
    out->is_public = b->is_public;
    put_head(b, &org, &out->record);
    put_texts(b, &out->record);
    TRY(building_parts(cx, b, &out->record));
    put_solution(b, &out->record);
    cve_check(cx->a, &out->record, cx->now, &out->findings);
    find_more(b, out);
    write_out(b, out);
    building_check_schema(b, out);
    out->fails = cve_check_fails(&out->findings);
    return OK;
}

enum err cve_build(struct ctx *cx, str case_id, str vuln_id, bool v5_2, struct cve_draft *out)
{
    struct building *b = NEW(cx->a, struct building);
    b->a = cx->a;
    TRY(load(cx, case_id, vuln_id, b));
    return build(cx, b, v5_2, out);
}

enum err cve_build_of(struct ctx *cx, const struct case_file *cf,
                      const struct portal_advisory *const page[LANG_COUNT], str vuln_id, bool v5_2,
                      struct cve_draft *out)
{
    struct building *b = NEW(cx->a, struct building);
    size_t at = 0;
    struct vuln *all;
    size_t n;
    *b = (struct building){.a = cx->a, .cf = *cf, .is_public = true};
    TRY(vulns_load(cx, cf->row.id, &all, &n));
    TRY(pick_vuln(cx, b, all, n, vuln_id, &at));
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        b->has[g] = page[g] != NULL;
        if (b->has[g])
            b->page[g] = *page[g];
        find_shown(b, g, at);
    }
    return build(cx, b, v5_2, out);
}

str cve_finding_words(struct arena *a, const struct cve_finding *f, enum lang lang)
{
    enum word w;
    buf b = {.a = a};
    bool known = word_find(str_fmt(a, "cve_rule_%.*s", SV(f->code)), &w);
    str text = known ? word(lang, w) : S("");
    must(known);
    while (text.n > 0) {
        buf_put(&b, str_cut(&text, '{'));
        if (str_has_prefix(text, S("got}")))
            buf_put(&b, f->got);
        if (text.n > 0)
            (void)str_cut(&text, '}');
    }
    return buf_str(&b);
}
