/* cve_build_parts.c - see cve_build_own.h: what vendors said, and all that is not prose. */
#include "app/cve_build_own.h"

#include "app/advisory.h"
#include "formats/cwe.h"
#include "formats/identifier.h"
#include "formats/product_row.h"
#include "formats/version_said.h"

/* --- products --------------------------------------------------------------------------------- */

/* A fixed version is not affected, and the record's reader learns where the fix is. */
static str status_of(str said)
{
    if (str_eq(said, S("affected")))
        return S("affected");
    if (str_eq(said, S("fixed")) || str_eq(said, S("not_affected")))
        return S("unaffected");
    return S("unknown");
}

static struct cve_product *product_of(struct building *b, struct cve_record *r, size_t from,
                                      str vendor, str name)
{
    for (size_t i = from; i < r->products.n; i++)
        if (str_eq(r->products.v[i].product, name))
            return &r->products.v[i];
    struct cve_product *p = PUSH(b->a, &r->products);
    *p = (struct cve_product){.vendor = vendor, .product = name};
    return p;
}

/* The schema's ranges begin with a version that belongs to them; "0" is before all others. */
static struct cve_version version_of(const struct version_span *s, str status)
{
    struct cve_version v = {.version = s->only, .status = status};
    if (s->only.n > 0)
        return v;
    v.version = s->from.n > 0 ? s->from : S("0");
    v.type = S("custom");
    if (s->to.n > 0 && s->to_in)
        v.up_to = s->to;
    else
        v.less_than = s->to.n > 0 ? s->to : S("*");
    return v;
}

static bool can_say(const struct version_span *spans, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (spans[i].only.n == 0 && spans[i].from.n > 0 && !spans[i].from_in)
            return false;
    return true;
}

/* Of two entries for the same versions the first one decides; there may be thousands. */
static void add_version(struct building *b, const struct cve_record *r, struct cve_product *p,
                        struct cve_version v)
{
    bool fresh;
    str key = str_fmt(b->a, "%td\n%.*s\n%.*s\n%.*s", p - r->products.v, SV(v.version),
                      SV(v.less_than), SV(v.up_to));
    (void)dict_add(b->a, &b->versions, key, &fresh);
    if (fresh)
        *PUSH(b->a, &p->versions) = v;
}

/* CPE names as they were given; the package URL without a version, which `versions` tells. */
static void identify(struct building *b, struct cve_product *p, const struct json *row)
{
    str cpe = json_get_text(row, S("cpe"));
    bool had = cpe.n == 0;
    for (size_t i = 0; i < p->cpes.n; i++)
        had |= str_eq(p->cpes.v[i], cpe);
    if (!had)
        *PUSH(b->a, &p->cpes) = cpe;
    if (p->package_url.n == 0)
        p->package_url = purl_of_product(b->a, json_get_text(row, S("purl")));
}

static void add_reference(struct building *b, struct cve_record *r, str address, str tag)
{
    for (size_t i = 0; i < r->references.n; i++)
        if (str_eq(r->references.v[i].url, address))
            return;
    struct cve_reference *ref = PUSH(b->a, &r->references);
    *ref = (struct cve_reference){.url = address};
    if (tag.n > 0)
        *PUSH(b->a, &ref->tags) = tag;
}

/* Where a product's remedy is described. */
static void add_remedy(struct building *b, struct cve_record *r, const struct json *row)
{
    enum remedy kind;
    str page = json_get_text(row, S("remedy_url"));
    if (!remedy_find(json_get_text(row, S("remedy")), &kind))
        return;
    b->todo |= 1u << kind;
    bool patch = kind == REMEDY_VENDOR_FIX || kind == REMEDY_OPTIONAL_PATCH;
    if (page.n > 0)
        add_reference(b, r, page,
                      patch                 ? S("patch")
                      : remedy_solves(kind) ? S("mitigation")
                                            : S("vendor-advisory"));
}

/* What no machine could compare stands there as it was written. */
static void add_row(struct building *b, struct cve_record *r, size_t from, str vendor,
                    const struct json *row)
{
    str status = status_of(json_get_text(row, S("status")));
    str said = json_get_text(row, S("versions"));
    struct cve_product *p = product_of(b, r, from, vendor, json_get_text(row, S("name")));
    struct version_span *spans;
    size_t n = 0;
    identify(b, p, row);
    add_remedy(b, r, row);
    if (said.n == 0) {
        p->default_status = status;
        return;
    }
    if (!versions_read(b->a, said, &spans, &n) || !can_say(spans, n)) {
        add_version(b, r, p, (struct cve_version){.version = said, .status = status});
        return;
    }
    for (size_t i = 0; i < n; i++)
        add_version(b, r, p, version_of(&spans[i], status));
}

/* What holds for this vulnerability; what is said of it alone stands first. */
static void add_rows(struct building *b, struct cve_record *r, const struct portal_vendor *v)
{
    size_t from = r->products.n;
    for (int of_all = 0; of_all < 2; of_all++)
        for (size_t k = 0; k < json_count(v->products); k++) {
            const struct json *row = json_at(v->products, k);
            if ((product_row_about(row) == 0) == of_all &&
                product_row_holds(v->products, k, b->vuln->ordinal))
                add_row(b, r, from, v->name, row);
        }
}

static void add_vendors(struct building *b, struct cve_record *r)
{
    const struct portal_advisory *page = &b->page[building_lang(b)];
    for (size_t i = 0; i < page->nvendors; i++) {
        const struct portal_vendor *v = &page->vendors[i];
        add_rows(b, r, v);
        if (json_count(v->products) == 0 && str_has_prefix(v->status, S("affected")))
            *PUSH(b->a, &b->silent) = v->name;
        if (v->url.n > 0)
            add_reference(b, r, v->url, S("vendor-advisory"));
    }
}

/* --- weakness and scores ---------------------------------------------------------------------- */

static void add_weakness(struct building *b, struct cve_record *r)
{
    struct cwe w;
    i64 id;
    if (!cwe_parse(b->shown[building_lang(b)].cwe, &id) || !cwe_find(id, &w))
        return;
    struct cve_weakness *one = PUSH(b->a, &r->weaknesses);
    str cwe = str_fmt(b->a, "CWE-%lld", (long long)id);
    *PUSH(b->a, &one->texts) = (struct cve_weakness_text){
        S("en"), str_fmt(b->a, "%.*s %.*s", SV(cwe), SV(w.name_en)), cwe, S("CWE")};
    if (w.name_ja.n > 0)
        *PUSH(b->a, &one->texts) = (struct cve_weakness_text){
            S("ja"), str_fmt(b->a, "%.*s %.*s", SV(cwe), SV(w.name_ja)), cwe, S("CWE")};
}

/* The coordinator's and the vendors', each once: a finder's estimate is not the authority's. */
static void add_scores(struct building *b, struct cve_record *r)
{
    const struct portal_vuln *shown = &b->shown[building_lang(b)];
    for (size_t i = 0; i < shown->nvectors; i++) {
        const struct vuln_vector *v = &shown->vectors[i];
        bool ours = str_eq(v->issuer, S("coordinator")) || str_eq(v->issuer, S("vendor"));
        for (size_t k = 0; k < r->metrics.n; k++)
            ours &= !str_eq(r->metrics.v[k].vector, v->vector);
        if (!ours)
            continue;
        struct cve_metric *m = PUSH(b->a, &r->metrics);
        *m = (struct cve_metric){.vector = v->vector, .score = -1};
        *PUSH(b->a, &m->scenarios) = (struct cve_text){S("en"), S("GENERAL")};
    }
}

/* --- references ------------------------------------------------------------------------------- */

static bool in_address(char c)
{
    return (unsigned char)c > ' ' && (unsigned char)c < 0x7f && str_find_char(S("<>\"()[]"), c) < 0;
}

/* The addresses that stand in a text, in order. */
static void add_addresses(struct building *b, struct cve_record *r, str text)
{
    for (ptrdiff_t at; (at = str_find(text, S("http"))) >= 0;) {
        size_t n = 0;
        text = str_from(text, (size_t)at);
        while (n < text.n && in_address(text.p[n]))
            n++;
        str address = str_sub(text, 0, n);
        while (address.n > 0 && str_find_char(S(".,;:'*"), address.p[address.n - 1]) >= 0)
            address.n--;
        if (str_find(address, S("https://")) == 0 || str_find(address, S("http://")) == 0)
            add_reference(b, r, address, NO_STR);
        text = str_from(text, n > 4 ? n : 4);
    }
}

static void add_references(const struct ctx *cx, struct building *b, struct cve_record *r)
{
    for (size_t i = 0; i < LANG_COUNT; i++) {
        str number = b->page[i].line.number;
        if (b->has[i] && number.n > 0)
            add_reference(b, r,
                          str_fmt(b->a, "%.*s/%s/advisories/%.*s", SV(cx->app->public_url),
                                  i == LANG_JA ? "ja" : "en", SV(number)),
                          S("third-party-advisory"));
    }
    for (size_t i = 0; i < LANG_COUNT; i++)
        if (b->has[i])
            add_addresses(b, r, b->page[i].section[SECTION_REFERENCES]);
}

/* --- credits, source, timeline ---------------------------------------------------------------- */

static enum err add_credits(struct ctx *cx, struct building *b, struct cve_record *r)
{
    struct strs en, ja;
    TRY(advisory_credit_names(cx, &b->cf, LANG_EN, &en));
    TRY(advisory_credit_names(cx, &b->cf, LANG_JA, &ja));
    for (size_t i = 0; i < en.n && i < ja.n; i++) {
        *PUSH(b->a, &r->credits) = (struct cve_credit){S("en"), en.v[i], S("finder"), NO_STR};
        if (!str_eq(en.v[i], ja.v[i]))
            *PUSH(b->a, &r->credits) = (struct cve_credit){S("ja"), ja.v[i], S("finder"), NO_STR};
    }
    return OK;
}

static void add_source(struct building *b, struct cve_record *r)
{
    bool own = b->cf.nreports > 0 && str_eq(b->cf.reports[0].kind, S("own"));
    buf text = {.a = b->a};
    struct json_out o = {.b = &text};
    json_put_object(&o);
    json_put_member(&o, S("discovery"), own ? S("INTERNAL") : S("EXTERNAL"));
    json_put_end(&o);
    r->source = buf_str(&text);
}

/* What the public page says of its own changes, oldest first. */
static void add_timeline(struct building *b, struct cve_record *r)
{
    for (size_t i = 0; i < LANG_COUNT; i++) {
        const struct portal_advisory *p = &b->page[i];
        for (size_t k = b->has[i] ? p->nhistory : 0; k-- > 0;)
            if (p->history[k].text.n > 0)
                *PUSH(b->a, &r->timeline) =
                    (struct cve_event){time_utc_ms(b->a, p->history[k].at),
                                       i == LANG_JA ? S("ja") : S("en"), p->history[k].text};
    }
}

enum err building_parts(struct ctx *cx, struct building *b, struct cve_record *r)
{
    add_weakness(b, r);
    add_scores(b, r);
    add_references(cx, b, r);
    add_vendors(b, r);
    add_timeline(b, r);
    add_source(b, r);
    return add_credits(cx, b, r);
}
