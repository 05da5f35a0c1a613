/* jvn_entry.c - see jvn_entry.h. */
#include "app/jvn_entry.h"

#include "app/csaf_own.h"
#include "app/settings.h"
#include "app/tables.h"
#include "app/vulns.h"
#include "base/vec.h"
#include "formats/cvss.h"
#include "formats/cwe.h"
#include "formats/digest.h"
#include "formats/identifier.h"
#include "formats/product_row.h"

struct maker {
    struct ctx *cx;
    struct arena *a;
    enum lang lang;
    const struct portal_advisory *p;
    struct jvn_entry *e;
    enum jvn_depth depth;
};

/* --- names -------------------------------------------------------------------------------------- */

str jvn_database(struct ctx *cx)
{
    return str_join(cx->a, cx->app->number_prefix, S("DB"));
}

str jvn_id(struct ctx *cx, struct jvn_place place)
{
    return str_fmt(cx->a, "%.*sDB-%d-%06lld", SV(cx->app->number_prefix), place.year,
                   (long long)place.serial);
}

/* A CPE 2.2 name has no capitals, no blanks, and what it cannot have is escaped. */
static void put_part(buf *b, str s)
{
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                     c == '_' || c == '~';
        if (c >= 'A' && c <= 'Z') {
            buf_char(b, (char)(c + 32));
        } else if (plain || c == ' ') {
            buf_char(b, c == ' ' ? '_' : (char)c);
        } else {
            buf_char(b, '%');
            buf_char(b, hex[c >> 4]);
            buf_char(b, hex[c & 15]);
        }
    }
}

str jvn_cpe(struct arena *a, str slug, str product)
{
    buf b = {.a = a};
    buf_put(&b, product.n > 0 ? S("cpe:/a:") : S("cpe:/:"));
    put_part(&b, slug);
    if (product.n > 0)
        buf_char(&b, ':');
    put_part(&b, product);
    return buf_str(&b);
}

str jvn_product_cpe(struct arena *a, str slug, const struct json *row)
{
    str own = cpe_of_product(a, json_get_text(row, S("cpe")));
    str english = json_get_text(row, S("name_en")); /* the same number in both languages */
    str name = english.n > 0 ? english : json_get_text(row, S("name"));
    return own.n > 0 ? own : jvn_cpe(a, slug, name);
}

i64 jvn_number(struct arena *a, str name)
{
    enum { BYTES = 5 };
    struct digest d = digest_begin(DIGEST_SHA256);
    digest_put(&d, name);
    str hash = digest_end(&d, a);
    i64 n = 0;
    for (size_t i = 0; i < BYTES; i++)
        n = n << 8 | (unsigned char)hash.p[i];
    return n;
}

/* --- scores ------------------------------------------------------------------------------------- */

str jvn_base_vector(struct arena *a, str vector, int *major, i64 *tenths)
{
    struct cvss c;
    struct cvss_error bad;
    size_t n;
    buf b = {.a = a};
    *tenths = -1;
    if (cvss_parse(vector, &c, &bad) != OK)
        return NO_STR;
    const struct cvss_metric *all = cvss_metrics(c.version, &n);
    for (size_t i = 0; i < n; i++)
        if (all[i].group == CVSS_BASE) {
            buf_put(&b, b.n > 0 ? S("/") : S(""));
            buf_put(&b, all[i].name);
            buf_char(&b, ':');
            buf_put(&b, cvss_value(&c, all[i].name));
        }
    *major = c.version == CVSS_2_0 ? 2 : c.version == CVSS_4_0 ? 4 : 3;
    *tenths = cvss_scores(&c).base;
    return buf_str(&b);
}

static bool fill_cvss(struct arena *a, str vector, struct jvn_cvss *out)
{
    int major;
    i64 tenths;
    str base = jvn_base_vector(a, vector, &major, &tenths);
    if (base.p == NULL || tenths < 0)
        return false;
    str version = major == 2                               ? S("2.0")
                  : major == 4                             ? S("4.0")
                  : str_has_prefix(vector, S("CVSS:3.1/")) ? S("3.1")
                                                           : S("3.0");
    *out = (struct jvn_cvss){
        .version = version,
        .vector = major == 2 ? base : str_fmt(a, "CVSS:%.*s/%.*s", SV(version), SV(base)),
        .severity = jvn_severity(version, tenths),
        .type = S("Base"),
        .score = jvn_score(a, tenths)};
    return true;
}

/* The coordinator's of each version, else another's; the older version first. */
static void fill_vuln_cvss(const struct maker *m, const struct portal_vuln *v, struct jvn_vuln *out)
{
    struct jvn_cvss *kept = NEWS(m->a, struct jvn_cvss, 3);
    for (int major = 2; major <= 4; major++) {
        struct jvn_cvss one, *best = &kept[out->ncvss];
        bool found = false, own = false;
        for (size_t i = 0; i < v->nvectors; i++) {
            bool is_own = str_eq(v->vectors[i].issuer, S("coordinator"));
            if ((found && (own || !is_own)) || !fill_cvss(m->a, v->vectors[i].vector, &one) ||
                one.version.p[0] - '0' != major)
                continue;
            *best = one;
            found = true;
            own = is_own;
        }
        out->ncvss += found;
    }
    out->cvss = kept;
}

static i64 tenths_of(const struct jvn_cvss *c)
{
    str rest = c->score, whole = str_cut(&rest, '.');
    i64 n = 0, part = 0;
    (void)str_i64(whole, &n);
    (void)str_i64(rest, &part);
    return n * 10 + part;
}

/* Of the whole: the highest of each version. */
static void fill_whole_cvss(struct maker *m)
{
    struct jvn_cvss *kept = NEWS(m->a, struct jvn_cvss, 3);
    size_t n = 0;
    for (int major = 2; major <= 4; major++) {
        const struct jvn_cvss *best = NULL;
        for (size_t i = 0; i < m->e->nvulns; i++)
            for (size_t k = 0; k < m->e->vulns[i].ncvss; k++) {
                const struct jvn_cvss *c = &m->e->vulns[i].cvss[k];
                if (c->version.p[0] - '0' == major &&
                    (best == NULL || tenths_of(c) > tenths_of(best)))
                    best = c;
            }
        if (best != NULL)
            kept[n++] = *best;
    }
    m->e->cvss = kept;
    m->e->ncvss = n;
}

/* --- references --------------------------------------------------------------------------------- */

struct references {
    VEC(struct jvn_reference)
};

static void refer(const struct maker *m, struct references *v, struct jvn_reference r)
{
    for (size_t i = 0; i < v->n; i++)
        if (str_eq(v->v[i].url, r.url))
            return;
    *PUSH(m->a, v) = r;
}

static void refer_cves(const struct maker *m, struct references *v)
{
    static const struct {
        str source;
        const char *url;
    } places[] = {{S_INIT("CVE"), "https://www.cve.org/CVERecord?id=%.*s"},
                  {S_INIT("NVD"), "https://nvd.nist.gov/vuln/detail/%.*s"}};
    for (size_t k = 0; k < COUNT(places); k++)
        for (size_t i = 0; i < m->p->nvulns; i++) {
            str cve = m->p->vulns[i].cve, rest = str_z(places[k].url);
            buf url = {.a = m->a};
            if (cve.n == 0)
                continue;
            buf_put(&url, str_cut(&rest, '%'));
            buf_put(&url, cve);
            refer(m, v,
                  (struct jvn_reference){
                      .source = places[k].source, .id = cve, .url = buf_str(&url)});
        }
}

static void refer_weakness(const struct maker *m, struct references *v, str said)
{
    struct cwe c;
    i64 id;
    if (!cwe_parse(said, &id) || !cwe_find(id, &c))
        return;
    str name = m->lang == LANG_JA && c.name_ja.n > 0 ? c.name_ja : c.name_en,
        number = str_fmt(m->a, "CWE-%lld", (long long)id);
    if (m->depth != JVN_WHOLE)
        name = str_fmt(m->a, "%.*s(%.*s)", SV(name), SV(number));
    refer(m, v,
          (struct jvn_reference){.about = JVN_CWE,
                                 .source = m->depth != JVN_WHOLE ? NO_STR : jvn_database(m->cx),
                                 .id = number,
                                 .title = name,
                                 .url = str_fmt(m->a,
                                                "https://cwe.mitre.org/data/definitions/%lld.html",
                                                (long long)id)});
}

static void fill_references(struct maker *m)
{
    struct references v = {0};
    struct csaf_document links = {.published = m->p->line.published};
    str other = word(m->lang, W_jvn_other_source);
    refer_cves(m, &v);
    refer(m, &v,
          (struct jvn_reference){
              .source = m->cx->app->number_prefix, .id = m->e->number, .url = m->e->link});
    for (size_t i = 0; i < m->p->nvendors; i++)
        if (m->p->vendors[i].url.n > 0)
            refer(m, &v,
                  (struct jvn_reference){
                      .about = JVN_VENDOR,
                      .source = m->p->vendors[i].name,
                      .id = words_csaf_vendor_page(m->a, m->lang, .vendor = m->p->vendors[i].name),
                      .url = m->p->vendors[i].url});
    csaf_fill_links(m->cx, m->lang, m->p, m->e->link, m->e->link, &links);
    for (size_t i = 0; i < links.nlinks; i++)
        if (!links.links[i].self)
            refer(m, &v,
                  (struct jvn_reference){
                      .source = other, .id = links.links[i].summary, .url = links.links[i].url});
    for (size_t i = 0; i < m->p->nvulns; i++)
        refer_weakness(m, &v, m->p->vulns[i].cwe);
    m->e->references = v.v;
    m->e->nreferences = v.n;
}

/* --- vulnerabilities ------------------------------------------------------------------------------ */

static const struct jvn_reference *weakness(const struct maker *m, str said)
{
    i64 id, other;
    for (size_t i = 0; i < m->e->nreferences; i++)
        if (m->e->references[i].about == JVN_CWE && cwe_parse(said, &id) &&
            cwe_parse(m->e->references[i].id, &other) && id == other)
            return &m->e->references[i];
    return NULL;
}

static void fill_vulns(struct maker *m)
{
    struct jvn_vuln *v = NEWS(m->a, struct jvn_vuln, m->p->nvulns + 1);
    for (size_t i = 0; i < m->p->nvulns; i++) {
        v[i] = (struct jvn_vuln){.cve = m->p->vulns[i].cve,
                                 .text = m->p->vulns[i].title,
                                 .cwe = weakness(m, m->p->vulns[i].cwe)};
        fill_vuln_cvss(m, &m->p->vulns[i], &v[i]);
    }
    m->e->vulns = v;
    m->e->nvulns = m->p->nvulns;
    fill_whole_cvss(m);
}

/* --- products ------------------------------------------------------------------------------------- */

struct products {
    VEC(struct jvn_product)
};

/* A vendor's status, or a product's, which may be fixed as well. */
static str status_of(const struct maker *m, str said)
{
    enum vendor_status s;
    if (str_eq(said, S("fixed")))
        said = S("not_affected");
    return vendor_status_find(said, &s) ? m->cx->app->tables->statuses.v[s].vuldef : S("unknown");
}

static struct strs one(const struct maker *m, str text)
{
    str *v = NEW(m->a, str);
    *v = text;
    return (struct strs){v, text.n > 0};
}

static void add_product(struct maker *m, struct products *all, const struct portal_vendor *v,
                        size_t at)
{
    const struct json *row = json_at(v->products, at);
    struct jvn_version *version = NEW(m->a, struct jvn_version);
    str *cpe = NEW(m->a, str), name = json_get_text(row, S("name")),
        versions = json_get_text(row, S("versions"));
    *cpe = jvn_product_cpe(m->a, v->slug, row);
    *version = (struct jvn_version){.text = versions};
    *PUSH(m->a, all) = (struct jvn_product){.vendor = v->name,
                                            .product = name,
                                            .cpes = {cpe, name.n > 0},
                                            .status = status_of(m, json_get_text(row, S("status"))),
                                            .versions = version,
                                            .nversions = versions.n > 0,
                                            .texts = one(m, portal_row_about(m->a, m->p, v, at))};
}

static void fill_products(struct maker *m)
{
    struct products all = {0};
    for (size_t i = 0; i < m->p->nvendors; i++) {
        const struct portal_vendor *v = &m->p->vendors[i];
        for (size_t k = 0; k < json_count(v->products); k++)
            if (product_row_is_told(v->products, k, m->p->nvulns))
                add_product(m, &all, v, k);
        if (json_count(v->products) == 0)
            *PUSH(m->a, &all) =
                (struct jvn_product){.vendor = v->name, .status = status_of(m, v->status)};
    }
    m->e->products = all.v;
    m->e->nproducts = all.n;
}

/* --- texts ---------------------------------------------------------------------------------------- */

static struct jvn_items item(const struct maker *m, enum section s)
{
    struct jvn_item *v = NEW(m->a, struct jvn_item);
    *v = (struct jvn_item){.texts = one(m, csaf_plain(m->cx, m->p->section[s]))};
    return (struct jvn_items){v, v->texts.n};
}

struct typing {
    const struct maker *m;
    str type;
    bool mixed;
    VEC(str)
};

static void type_of_row(struct typing *t, const struct json *row)
{
    str page = json_get_text(row, S("remedy_url"));
    enum remedy r;
    bool had = page.n == 0;
    if (!remedy_find(json_get_text(row, S("remedy")), &r))
        return;
    str type = t->m->cx->app->tables->remedies.v[r].vuldef;
    t->mixed |= t->type.n > 0 && !str_eq(t->type, type);
    t->type = type;
    for (size_t i = 0; i < t->n; i++)
        had |= str_eq(t->v[i], page);
    if (!had)
        *PUSH(t->m->a, t) = page;
}

/* The kind that vendors named, where all named one; and the pages that describe it. */
static void type_solution(const struct maker *m, struct jvn_item *v)
{
    struct typing t = {.m = m};
    for (size_t i = 0; i < m->p->nvendors; i++)
        for (size_t k = 0; k < json_count(m->p->vendors[i].products); k++)
            type_of_row(&t, json_at(m->p->vendors[i].products, k));
    v->type = t.mixed ? NO_STR : t.type;
    v->urls = (struct strs){t.v, t.n};
}

static struct jvn_items solution(const struct maker *m)
{
    struct jvn_item *v = NEW(m->a, struct jvn_item);
    *v = (struct jvn_item){.texts = one(m, csaf_plain(m->cx, m->p->section[SECTION_SOLUTION]))};
    type_solution(m, v);
    return (struct jvn_items){v, v->texts.n};
}

static struct jvn_items exploit(const struct maker *m)
{
    struct jvn_item *v = NEW(m->a, struct jvn_item);
    bool attacks = false, code = false;
    for (size_t i = 0; i < m->p->nvulns; i++) {
        attacks = attacks || m->p->vulns[i].attacks.is;
        code = code || m->p->vulns[i].exploit.is;
    }
    *v = (struct jvn_item){.type = S("exploit"),
                           .texts =
                               one(m, word(m->lang, attacks ? W_csaf_attacks : W_csaf_exploit))};
    return (struct jvn_items){v, attacks || code};
}

static void fill_history(struct maker *m)
{
    size_t n = m->p->nhistory;
    struct jvn_change *v = NEWS(m->a, struct jvn_change, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct portal_change *h = &m->p->history[n - 1 - i]; /* newest first there */
        v[i] = (struct jvn_change){
            .no = str_fmt(m->a, "%zu", i + 1), .at = SOME(h->at), .texts = one(m, h->text)};
        if (v[i].texts.n == 0)
            v[i].texts = one(m, word(m->lang, W_csaf_update));
    }
    m->e->history = v;
    m->e->nhistory = n;
}

static str overview(const struct maker *m)
{
    if (m->p->line.withdrawn.is)
        return words_jvn_withdrawn(m->a, m->lang, .reason = csaf_plain(m->cx, m->p->reason));
    return csaf_plain(m->cx, m->p->section[SECTION_OVERVIEW]);
}

static void fill_texts(struct maker *m)
{
    struct jvn_entry *e = m->e;
    e->overview = overview(m);
    if (m->depth == JVN_LISTED)
        return;
    e->details = one(m, csaf_plain(m->cx, m->p->section[SECTION_DESCRIPTION]));
    e->impacts = item(m, SECTION_IMPACT);
    e->solutions = solution(m);
    e->credits = item(m, SECTION_CREDIT);
    e->exploits = exploit(m);
}

str jvn_link(struct ctx *cx, enum lang lang, str number)
{
    return str_fmt(cx->a, "%.*s/%s/advisories/%.*s", SV(cx->app->public_url),
                   lang == LANG_JA ? "ja" : "en", SV(number));
}

enum err jvn_entry_of(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                      struct jvn_place place, enum jvn_depth depth, struct jvn_entry *out)
{
    const struct settings *s;
    struct maker m = {cx, cx->a, lang, p, out, depth};
    bool ja = lang == LANG_JA;
    TRY(settings_open(cx, &s));
    *out = (struct jvn_entry){
        .id = jvn_id(cx, place),
        .number = str_fmt(cx->a, "%.*s#%.*s", SV(cx->app->number_prefix), SV(p->line.number)),
        .link = jvn_link(cx, lang, p->line.number),
        .title = p->line.title,
        .lang = ja ? S("ja") : S("en"),
        .creator = s->v[ja ? SET_COORDINATOR_JA : SET_COORDINATOR_EN],
        .issued = SOME(p->line.published),
        .modified = SOME(p->line.updated),
        .first_public = SOME(time_day_start(p->line.published, zone_tokyo)),
    };
    if (out->creator.n == 0)
        out->creator = s->v[ja ? SET_SITE_NAME_JA : SET_SITE_NAME_EN];
    fill_texts(&m);
    fill_references(&m);
    fill_vulns(&m);
    fill_products(&m);
    if (depth != JVN_LISTED)
        fill_history(&m);
    return OK;
}
