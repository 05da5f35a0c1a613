/* myjvn_csaf.c - one advisory in the shape of CSAF that JVN gave it, and in its STIX object. */
#include "formats/myjvn_own.h"

#include "base/vec.h"

/* --- CVSS in words ------------------------------------------------------------------------------- */

/* Member and words of a metric's letters, by the JSON schemas of FIRST for each version. */
struct metric {
    str name, member, words; /* words: "N NETWORK A ADJACENT …" */
};
#define NLH "N NONE L LOW H HIGH"
#define NPC "N NONE P PARTIAL C COMPLETE"
static const struct metric metrics_2[] = {
    {S_INIT("AV"), S_INIT("accessVector"), S_INIT("N NETWORK A ADJACENT_NETWORK L LOCAL")},
    {S_INIT("AC"), S_INIT("accessComplexity"), S_INIT("L LOW M MEDIUM H HIGH")},
    {S_INIT("Au"), S_INIT("authentication"), S_INIT("N NONE S SINGLE M MULTIPLE")},
    {S_INIT("C"), S_INIT("confidentialityImpact"), S_INIT(NPC)},
    {S_INIT("I"), S_INIT("integrityImpact"), S_INIT(NPC)},
    {S_INIT("A"), S_INIT("availabilityImpact"), S_INIT(NPC)},
    {{0}, {0}, {0}}};
static const struct metric metrics_3[] = {
    {S_INIT("AV"), S_INIT("attackVector"),
     S_INIT("N NETWORK A ADJACENT_NETWORK L LOCAL P PHYSICAL")},
    {S_INIT("AC"), S_INIT("attackComplexity"), S_INIT("L LOW H HIGH")},
    {S_INIT("PR"), S_INIT("privilegesRequired"), S_INIT(NLH)},
    {S_INIT("UI"), S_INIT("userInteraction"), S_INIT("N NONE R REQUIRED")},
    {S_INIT("S"), S_INIT("scope"), S_INIT("U UNCHANGED C CHANGED")},
    {S_INIT("C"), S_INIT("confidentialityImpact"), S_INIT(NLH)},
    {S_INIT("I"), S_INIT("integrityImpact"), S_INIT(NLH)},
    {S_INIT("A"), S_INIT("availabilityImpact"), S_INIT(NLH)},
    {{0}, {0}, {0}}};
static const struct metric metrics_4[] = {
    {S_INIT("AV"), S_INIT("attackVector"), S_INIT("N NETWORK A ADJACENT L LOCAL P PHYSICAL")},
    {S_INIT("AC"), S_INIT("attackComplexity"), S_INIT("L LOW H HIGH")},
    {S_INIT("AT"), S_INIT("attackRequirements"), S_INIT("N NONE P PRESENT")},
    {S_INIT("PR"), S_INIT("privilegesRequired"), S_INIT(NLH)},
    {S_INIT("UI"), S_INIT("userInteraction"), S_INIT("N NONE P PASSIVE A ACTIVE")},
    {S_INIT("VC"), S_INIT("vulnConfidentialityImpact"), S_INIT(NLH)},
    {S_INIT("VI"), S_INIT("vulnIntegrityImpact"), S_INIT(NLH)},
    {S_INIT("VA"), S_INIT("vulnAvailabilityImpact"), S_INIT(NLH)},
    {S_INIT("SC"), S_INIT("subConfidentialityImpact"), S_INIT(NLH)},
    {S_INIT("SI"), S_INIT("subIntegrityImpact"), S_INIT(NLH)},
    {S_INIT("SA"), S_INIT("subAvailabilityImpact"), S_INIT(NLH)},
    {{0}, {0}, {0}}};

static void put_metric(struct json_out *o, const struct metric *m, str value)
{
    str words = m->words;
    while (words.n > 0) {
        str letter = str_cut(&words, ' '), word = str_cut(&words, ' ');
        if (str_eq(letter, value))
            json_put_member(o, m->member, word);
    }
}

static void put_metrics(struct json_out *o, const struct metric *all, str vector)
{
    while (vector.n > 0) {
        str value = str_cut(&vector, '/'), name = str_cut(&value, ':');
        for (const struct metric *m = all; m->name.n > 0; m++)
            if (str_eq(m->name, name))
                put_metric(o, m, value);
    }
}

static str upper(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++)
        buf_char(&b, s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 32) : s.p[i]);
    return b.n > 0 ? buf_str(&b) : s;
}

void myjvn_put_cvss(struct json_out *o, const struct jvn_cvss *c, bool is_long)
{
    char major = c->version.n > 0 ? c->version.p[0] : '\0';
    if (major < '2' || major > '4')
        return;
    json_put_key(o, major == '2' ? S("cvss_v2") : major == '3' ? S("cvss_v3") : S("cvss_v4"));
    json_put_object(o);
    json_put_member(o, S("version"), c->version);
    myjvn_put_text(o, S("vectorString"), c->vector);
    i64 tenths = 0; /* "9.8" is two numbers with a point between */
    str rest = c->score, whole = str_cut(&rest, '.');
    if (str_i64(whole, &tenths) && tenths <= 10) {
        i64 part = 0;
        (void)str_i64(str_sub(rest, 0, 1), &part);
        json_put_key(o, S("baseScore"));
        json_put_decimal(o, tenths * 10 + part, 1);
    }
    json_put_member(o, S("baseSeverity"), upper(o->b->a, c->severity));
    if (is_long)
        put_metrics(o, major == '2' ? metrics_2 : major == '3' ? metrics_3 : metrics_4, c->vector);
    json_put_end(o);
}

/* --- the document --------------------------------------------------------------------------------- */

static void put_notes(struct json_out *o, str text)
{
    json_put_key(o, S("notes"));
    json_put_array(o);
    if (text.n > 0) {
        json_put_object(o);
        json_put_member(o, S("category"), S("description"));
        json_put_member(o, S("text"), text);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_history(struct json_out *o, const struct jvn_entry *e)
{
    json_put_key(o, S("revision_history"));
    json_put_array(o);
    for (size_t i = 0; i < e->nhistory; i++) {
        json_put_object(o);
        myjvn_put_time(o, S("date"), e->history[i].at);
        myjvn_put_text(o, S("number"), e->history[i].no);
        myjvn_put_text(o, S("summary"),
                       e->history[i].texts.n > 0 ? e->history[i].texts.v[0] : NO_STR);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_tracking(struct json_out *o, const struct myjvn_head *h, const struct jvn_entry *e)
{
    json_put_key(o, S("tracking"));
    json_put_object(o);
    myjvn_put_generator(o, h->now);
    myjvn_put_text(o, S("id"), e->id);
    myjvn_put_time(o, S("current_release_date"), e->modified);
    myjvn_put_time(o, S("initial_release_date"), e->issued);
    myjvn_put_time(o, S("public_date"), e->first_public);
    json_put_member(o, S("status"), S("final"));
    json_put_member(o, S("version"), e->nhistory > 0 ? e->history[e->nhistory - 1].no : S("1"));
    put_history(o, e);
    json_put_end(o);
}

static void put_references(struct json_out *o, const struct jvn_entry *e)
{
    json_put_key(o, S("references"));
    json_put_array(o);
    for (size_t i = 0; i < e->nreferences; i++) {
        const struct jvn_reference *r = &e->references[i];
        if (r->about == JVN_CWE)
            continue;
        json_put_object(o);
        json_put_member(o, S("category"), S("external"));
        myjvn_put_text(o, S("summary"), r->id.n > 0 ? r->id : r->title);
        myjvn_put_text(o, S("url"), r->url);
        json_put_member(o, S("type"), r->about == JVN_VENDOR ? S("vendor") : S("advisory"));
        myjvn_put_text(o, S("source"), r->source);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_document(struct json_out *o, const struct myjvn_head *h, const struct jvn_entry *e)
{
    json_put_key(o, S("document"));
    json_put_object(o);
    json_put_member(o, S("category"), S("myjvn_security_advisory"));
    json_put_member(o, S("csaf_version"), S("2.1"));
    myjvn_put_distribution(o);
    myjvn_put_text(o, S("title"), e->title);
    json_put_member(o, S("lang"), h->lang);
    put_notes(o, e->overview);
    put_tracking(o, h, e);
    json_put_key(o, S("publisher"));
    json_put_object(o);
    json_put_member(o, S("category"), S("coordinator"));
    json_put_member(o, S("name"), h->author);
    json_put_member(o, S("namespace"), h->author_uri);
    json_put_end(o);
    put_references(o, e);
    json_put_end(o);
}

/* --- products ------------------------------------------------------------------------------------- */

static void put_branch(struct json_out *o, const struct jvn_product *p, str cpe)
{
    json_put_object(o);
    json_put_key(o, S("product"));
    json_put_object(o);
    myjvn_put_text(o, S("product_id"), myjvn_pid(o->b->a, cpe));
    myjvn_put_text(o, S("name"), p->product);
    json_put_key(o, S("product_identification_helper"));
    json_put_object(o);
    myjvn_put_text(o, S("cpe"), myjvn_cpe23(o->b->a, cpe));
    json_put_end(o);
    json_put_end(o);
    json_put_member(o, S("category"), S("product_name"));
    myjvn_put_text(o, S("name"), p->product);
    json_put_end(o);
}

/* Products of one vendor that stand together become its branches. */
static void put_tree(struct json_out *o, const struct jvn_entry *e)
{
    json_put_key(o, S("product_tree"));
    json_put_object(o);
    json_put_key(o, S("branches"));
    json_put_array(o);
    for (size_t i = 0; i < e->nproducts;) {
        str vendor = e->products[i].vendor;
        json_put_object(o);
        json_put_key(o, S("branches"));
        json_put_array(o);
        for (; i < e->nproducts && str_eq(e->products[i].vendor, vendor); i++)
            for (size_t k = 0; k < e->products[i].cpes.n; k++)
                put_branch(o, &e->products[i], e->products[i].cpes.v[k]);
        json_put_end(o);
        json_put_member(o, S("category"), S("vendor"));
        myjvn_put_text(o, S("name"), vendor);
        json_put_end(o);
    }
    json_put_end(o);
    json_put_end(o);
}

static bool is_clear(const struct jvn_product *p)
{
    return str_eq(p->status, S("notvulnerable"));
}

static bool is_open(const struct jvn_product *p)
{
    return !jvn_is_affected(p) && !is_clear(p);
}

/* A list of product ids; none: no member. */
static void put_ids(struct json_out *o, str key, const struct jvn_entry *e,
                    bool (*wants)(const struct jvn_product *))
{
    bool any = false;
    for (size_t i = 0; i < e->nproducts; i++)
        for (size_t k = 0; wants(&e->products[i]) && k < e->products[i].cpes.n; k++) {
            if (!any) {
                json_put_key(o, key);
                json_put_array(o);
            }
            any = true;
            json_put_str(o, myjvn_pid(o->b->a, e->products[i].cpes.v[k]));
        }
    if (any)
        json_put_end(o);
}

/* --- vulnerabilities -------------------------------------------------------------------------------- */

static void put_vuln_metrics(struct json_out *o, const struct jvn_vuln *v,
                             const struct jvn_entry *e)
{
    if (v->ncvss == 0)
        return;
    json_put_key(o, S("metrics"));
    json_put_array(o);
    json_put_object(o);
    json_put_key(o, S("content"));
    json_put_object(o);
    for (size_t i = 0; i < v->ncvss; i++)
        myjvn_put_cvss(o, &v->cvss[i], true);
    json_put_end(o);
    put_ids(o, S("products"), e, jvn_is_affected);
    json_put_end(o);
    json_put_end(o);
}

static void put_cwes(struct json_out *o, const struct jvn_vuln *v)
{
    if (v->cwe == NULL)
        return;
    json_put_key(o, S("cwes"));
    json_put_array(o);
    json_put_object(o);
    myjvn_put_text(o, S("id"), v->cwe->id);
    myjvn_put_text(o, S("name"), v->cwe->title);
    myjvn_put_text(o, S("url"), v->cwe->url);
    json_put_member(o, S("version"), S(""));
    json_put_member(o, S("source"), S(""));
    json_put_end(o);
    json_put_end(o);
}

/* Threats and remediations: a member with objects of category, details and the products. */
static void put_said(struct json_out *o, str key, str category, const struct jvn_items *v,
                     const struct jvn_entry *e)
{
    if (v->n == 0)
        return;
    json_put_key(o, key);
    json_put_array(o);
    for (size_t i = 0; i < v->n; i++)
        for (size_t k = 0; k < v->v[i].texts.n; k++) {
            json_put_object(o);
            json_put_member(o, S("category"),
                            str_eq(v->v[i].type, S("workaround")) ? S("workaround") : category);
            json_put_member(o, S("details"), v->v[i].texts.v[k]);
            if (e != NULL)
                put_ids(o, S("product_ids"), e, jvn_is_affected);
            json_put_end(o);
        }
    json_put_end(o);
}

static void put_vuln(struct json_out *o, const struct jvn_vuln *v, const struct jvn_entry *e)
{
    json_put_object(o);
    myjvn_put_text(o, S("cve"), v->cve);
    put_cwes(o, v);
    if (v->text.n > 0)
        put_notes(o, v->text);
    json_put_key(o, S("product_status"));
    json_put_object(o);
    put_ids(o, S("known_affected"), e, jvn_is_affected);
    put_ids(o, S("known_not_affected"), e, is_clear);
    put_ids(o, S("under_investigation"), e, is_open);
    json_put_end(o);
    put_said(o, S("threats"), S("impact"), &e->impacts, NULL);
    put_said(o, S("remediations"), S("vendor_fix"), &e->solutions, e);
    put_vuln_metrics(o, v, e);
    json_put_end(o);
}

/* Where they are not told apart: one a CVE, the first with all that is known of the whole. */
static void put_untold(struct json_out *o, const struct jvn_entry *e)
{
    struct jvn_vuln v = {.cve = S(""), .cvss = e->cvss, .ncvss = e->ncvss};
    bool first = true;
    for (size_t i = e->nreferences; i-- > 0;)
        if (e->references[i].about == JVN_CWE)
            v.cwe = &e->references[i];
    for (size_t i = 0; i < e->nreferences; i++)
        if (str_eq(e->references[i].source, S("CVE"))) {
            v.cve = e->references[i].id;
            put_vuln(o, &v, e);
            v = (struct jvn_vuln){0};
            first = false;
        }
    if (first)
        put_vuln(o, &v, e);
}

/* --- the whole -------------------------------------------------------------------------------------- */

static void put_extension(struct json_out *o, const struct myjvn_head *h, const struct jvn_entry *e)
{
    json_put_key(o, S("jvn_extension"));
    json_put_object(o);
    myjvn_put_generator(o, h->now);
    json_put_member(o, S("title"), h->title);
    json_put_member(o, S("link"), h->link);
    myjvn_put_time(o, S("updated"), h->updated);
    myjvn_put_text(o, S("vulnid"), e->id);
    json_put_end(o);
}

void myjvn_put_csaf(struct json_out *o, const struct myjvn_head *h, const struct jvn_entry *e)
{
    put_document(o, h, e);
    put_tree(o, e);
    json_put_key(o, S("vulnerabilities"));
    json_put_array(o);
    for (size_t i = 0; i < e->nvulns; i++)
        put_vuln(o, &e->vulns[i], e);
    if (e->nvulns == 0)
        put_untold(o, e);
    json_put_end(o);
    put_extension(o, h, e);
}

str myjvn_csaf_json(struct arena *a, const struct myjvn_head *h, const struct jvn_entry *e)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    myjvn_put_schema(&o, S("myjvn_vuldef_1.0.csaf.json"));
    if (e != NULL)
        myjvn_put_csaf(&o, h, e);
    myjvn_put_status_json(&o, h->status);
    json_put_end(&o);
    return buf_str(&b);
}
