/* cve_check.c - see cve_check.h. */
#include "formats/cve_check.h"

#include "base/time.h"
#include "base/utf8.h"
#include "formats/cvss.h"
#include "formats/cwe.h"
#include "formats/identifier.h"

enum { TITLE_MAX = 256, TEXT_MAX = 4096, AHEAD_HOURS = 24 };

struct checking {
    struct arena *a;
    const struct cve_record *r;
    i64 now;
    struct cve_findings *out;
};

#define CNA "/containers/cna"

static void find(struct checking *c, bool must, const char *rule, const char *code, str path,
                 str got)
{
    *PUSH(c->a, c->out) = (struct cve_finding){str_z(rule), str_z(code), path, got, must};
}

static str at(struct checking *c, const char *list, size_t i)
{
    return str_fmt(c->a, CNA "/%s/%zu", list, i);
}

/* --- products --------------------------------------------------------------------------------- */

struct told { /* what the products' statuses say, all together */
    bool named, affected, unknown, unaffected, range;
};

static void note_status(struct told *t, str status)
{
    t->affected |= str_eq(status, S("affected"));
    t->unknown |= str_eq(status, S("unknown"));
    t->unaffected |= str_eq(status, S("unaffected"));
}

static void check_version(struct checking *c, const struct cve_version *v, str path, struct told *t)
{
    bool is_range = v->less_than.p != NULL || v->up_to.p != NULL;
    note_status(t, v->status);
    t->range |= is_range || v->changes.n > 0;
    for (size_t i = 0; i < v->changes.n; i++)
        note_status(t, v->changes.v[i].status);
    if ((v->less_than.p != NULL && v->up_to.p != NULL) || (is_range && v->type.p == NULL) ||
        (!is_range && v->changes.n > 0))
        find(c, true, "5.1.12", "range", path, v->version);
}

static void check_product(struct checking *c, size_t i, struct told *t)
{
    const struct cve_product *p = &c->r->products.v[i];
    bool named = (p->vendor.n > 0 && p->product.n > 0) ||
                 (p->collection.n > 0 && p->package.n > 0) || p->package_url.n > 0;
    t->named |= named;
    if (!named)
        find(c, true, "5.1.3", "product_name", at(c, "affected", i), p->vendor);
    if (p->versions.n == 0 && p->default_status.p == NULL)
        find(c, true, "5.1.12", "product_status", at(c, "affected", i), p->product);
    if (p->package_url.n > 0 && !str_eq(p->package_url, purl_of_product(c->a, p->package_url)))
        find(c, true, "5.2", "package_url_version", at(c, "affected", i), p->package_url);
    note_status(t, p->default_status);
    for (size_t k = 0; k < p->versions.n; k++)
        check_version(c, &p->versions.v[k], str_fmt(c->a, CNA "/affected/%zu/versions/%zu", i, k),
                      t);
}

static void check_products(struct checking *c)
{
    struct told t = {0};
    for (size_t i = 0; i < c->r->products.n; i++)
        check_product(c, i, &t);
    str path = S(CNA "/affected");
    if (!t.named)
        find(c, true, "5.1.3", "product", path, NO_STR);
    else if (!t.affected && !t.unknown)
        find(c, true, "5.1.4", "unaffected", path, NO_STR);
    if (t.affected && !t.unaffected && !t.range)
        find(c, false, "5.1.5", "fixed", path, NO_STR);
    if (t.unknown)
        find(c, false, "5.1.6", "unknown", path, NO_STR);
}

/* --- type of problem -------------------------------------------------------------------------- */

static void check_cwe(struct checking *c, str text, str path)
{
    struct cwe w;
    i64 id;
    if (!cwe_parse(text, &id) || !cwe_find(id, &w))
        find(c, false, "5.1.7", "cwe_none", path, text);
    else if (str_eq(w.mapping, S("prohibited")) || str_eq(w.mapping, S("deprecated")) ||
             str_eq(w.mapping, S("discouraged")))
        find(c, false, "5.1.7", "cwe_mapping", path, text);
}

static void check_weaknesses(struct checking *c)
{
    bool any = false, cwe = false;
    for (size_t i = 0; i < c->r->weaknesses.n; i++) {
        const struct cve_weakness *w = &c->r->weaknesses.v[i];
        bool looked = false; /* the languages of one weakness name the same */
        for (size_t k = 0; k < w->texts.n; k++) {
            any |= w->texts.v[k].description.n > 0;
            if (w->texts.v[k].cwe.n > 0 && !looked)
                check_cwe(c, w->texts.v[k].cwe, at(c, "problemTypes", i));
            looked |= w->texts.v[k].cwe.n > 0;
        }
        cwe |= looked;
    }
    if (!any)
        find(c, true, "5.1.7", "problem_type", S(CNA "/problemTypes"), NO_STR);
    else if (!cwe)
        find(c, false, "5.1.7", "cwe", S(CNA "/problemTypes"), NO_STR);
}

/* --- description ------------------------------------------------------------------------------ */

static bool is_english(str lang)
{
    return str_eq(lang, S("en")) || str_has_prefix(lang, S("en-")) ||
           str_has_prefix(lang, S("en_"));
}

/* The first "JVN#12345678", "GHSA-…" or the like; absent: none. */
static str other_id(str text)
{
    static const str prefixes[] = {S_INIT("JVN#"),  S_INIT("JVNVU#"), S_INIT("JVNTA#"),
                                   S_INIT("VU#"),   S_INIT("GHSA-"),  S_INIT("JVNDB-"),
                                   S_INIT("ICSA-"), S_INIT("ZDI-"),   S_INIT("TALOS-")};
    for (size_t i = 0; i < COUNT(prefixes); i++) {
        ptrdiff_t found = str_find(text, prefixes[i]);
        if (found >= 0)
            return str_sub(text, (size_t)found, prefixes[i].n + 8);
    }
    return NO_STR;
}

static void check_description(struct checking *c, size_t i)
{
    const struct cve_text *t = &c->r->descriptions.v[i];
    str path = at(c, "descriptions", i), id = other_id(t->value);
    if (utf8_count(t->value) > TEXT_MAX)
        find(c, true, "5.1.12", "too_long", path, t->lang);
    if (id.p != NULL)
        find(c, false, "5.2.11", "other_id", path, id);
    for (size_t k = 0; k < c->r->credits.n; k++)
        if (c->r->credits.v[k].value.n > 1 && str_find(t->value, c->r->credits.v[k].value) >= 0)
            find(c, true, "5.2.4", "credit", path, c->r->credits.v[k].value);
}

static void check_descriptions(struct checking *c)
{
    size_t english = 0;
    for (size_t i = 0; i < c->r->descriptions.n; i++) {
        english += is_english(c->r->descriptions.v[i].lang) && c->r->descriptions.v[i].value.n > 0;
        check_description(c, i);
    }
    str path = S(CNA "/descriptions");
    if (c->r->descriptions.n == 0)
        find(c, true, "5.1.9", "description", path, NO_STR);
    else if (english == 0)
        find(c, true, "5.2.5", "english", path, NO_STR);
    else if (english > 1)
        find(c, true, "5.2.5", "english_twice", path, NO_STR);
}

static bool has_name(const struct cve_names *names, str name)
{
    for (size_t i = 0; i < names->n; i++)
        if (str_eq(names->v[i], name))
            return true;
    return false;
}

static void check_tags(struct checking *c)
{
    bool said = false;
    for (size_t i = 0; i < c->r->descriptions.n; i++)
        said |= str_find(str_lower(c->a, c->r->descriptions.v[i].value), S("disput")) >= 0;
    if (has_name(&c->r->tags, S("disputed")) && !said)
        find(c, true, "4.5.3.10", "disputed", S(CNA "/tags"), NO_STR);
}

/* --- references ------------------------------------------------------------------------------- */

/* Where the record itself stands. */
static bool is_self(str url)
{
    static const str hosts[] = {S_INIT("cve.org"), S_INIT("www.cve.org"), S_INIT("cve.mitre.org"),
                                S_INIT("cveawg.mitre.org")};
    ptrdiff_t slashes = str_find(url, S("://"));
    str host = slashes < 0 ? url : str_from(url, (size_t)slashes + 3);
    host = str_cut(&host, '/');
    for (size_t i = 0; i < COUNT(hosts); i++)
        if (str_eq_nocase(host, hosts[i]))
            return true;
    return false;
}

static void check_references(struct checking *c)
{
    bool open = false, any = false;
    for (size_t i = 0; i < c->r->references.n; i++) {
        const struct cve_reference *ref = &c->r->references.v[i];
        bool closed = has_name(&ref->tags, S("permissions-required")) ||
                      has_name(&ref->tags, S("customer-entitlement"));
        if (is_self(ref->url))
            find(c, true, "5.1.10", "reference_self", at(c, "references", i), ref->url);
        else
            any = true;
        open |= !closed && !is_self(ref->url);
    }
    if (!any)
        find(c, true, "5.1.10", "reference", S(CNA "/references"), NO_STR);
    else if (!open)
        find(c, false, "5.3.3.1", "reference_closed", S(CNA "/references"), NO_STR);
}

/* --- scores, dates, number -------------------------------------------------------------------- */

static void check_metrics(struct checking *c)
{
    for (size_t i = 0; i < c->r->metrics.n; i++) {
        const struct cve_metric *m = &c->r->metrics.v[i];
        struct cvss v;
        struct cvss_error bad;
        if (m->vector.p == NULL)
            continue;
        if (cvss_parse(m->vector, &v, &bad) != OK)
            find(c, true, "5.1.12", "vector", at(c, "metrics", i), m->vector);
        else if (m->score >= 0 && m->score != cvss_scores(&v).base)
            find(c, false, "5.2.3", "score", at(c, "metrics", i), m->vector);
    }
}

/* Years of a text that begins with one; 0: none. */
static i64 year_of(str text)
{
    i64 year;
    return str_i64(str_sub(text, 0, 4), &year) && text.n >= 4 ? year : 0;
}

static void check_year(struct checking *c)
{
    const struct cve_record *r = c->r;
    i64 year = year_of(str_from(r->id, 4));
    i64 years[] = {year_of(r->reserved), year_of(r->published), year_of(r->made_public)};
    bool known = false, one = false;
    for (size_t i = 0; i < COUNT(years); i++) {
        known |= years[i] > 0;
        one |= years[i] == year;
    }
    if (year == 1900)
        find(c, true, "5.4.2", "example_id", S("/cveMetadata/cveId"), r->id);
    else if (known && !one)
        find(c, false, "4.2.19", "year", S("/cveMetadata/cveId"), r->id);
}

static void check_dates(struct checking *c)
{
    i64 when;
    if (c->r->made_public.p != NULL && time_parse(c->r->made_public, zone_utc, &when) &&
        when > c->now + AHEAD_HOURS * HOUR)
        find(c, true, "services", "future", S(CNA "/datePublic"), c->r->made_public);
    if (utf8_count(c->r->title) > TITLE_MAX)
        find(c, true, "5.1.12", "too_long", S(CNA "/title"), NO_STR);
}

/* --- rejected --------------------------------------------------------------------------------- */

static void check_rejected(struct checking *c)
{
    bool english = false, any = false;
    for (size_t i = 0; i < c->r->reasons.n; i++) {
        any |= str_trim(c->r->reasons.v[i].value).n > 0;
        english |= is_english(c->r->reasons.v[i].lang);
    }
    str path = S(CNA "/rejectedReasons");
    if (!any)
        find(c, true, "4.5.3.7", "reason", path, NO_STR);
    else if (!english)
        find(c, true, "5.1.12", "reason_english", path, NO_STR);
    for (size_t i = 0; i < c->r->replaced_by.n; i++)
        if (str_eq(c->r->replaced_by.v[i], c->r->id) || !cve_is_id(c->r->replaced_by.v[i]))
            find(c, true, "4.5.3.8", "replaced_by", at(c, "replacedBy", i), c->r->replaced_by.v[i]);
}

void cve_check(struct arena *a, const struct cve_record *r, i64 now, struct cve_findings *out)
{
    struct checking c = {a, r, now, out};
    check_year(&c);
    if (r->rejected) {
        check_rejected(&c);
        return;
    }
    check_dates(&c);
    check_descriptions(&c);
    check_products(&c);
    check_weaknesses(&c);
    check_references(&c);
    check_metrics(&c);
    check_tags(&c);
}

bool cve_check_fails(const struct cve_findings *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->v[i].must)
            return true;
    return false;
}
