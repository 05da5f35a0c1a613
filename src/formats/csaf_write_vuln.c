/* csaf_write_vuln.c - what is known of each vulnerability, and what to do. */
#include "base/time.h"
#include "formats/csaf_write_own.h"
#include "formats/cvss.h"

/* A document, and the vulnerability that is being written. */
struct of {
    const struct csaf_document *d;
    const struct csaf_vulnerability *v;
};

/* Whom a remark is for; without ids and vendor: every product of that status.  next: of its ids,
 * which is asked for in the order of the products. */
static bool is_of(const struct of *x, size_t product, const struct csaf_remark *r, size_t *next)
{
    const struct csaf_product *p = &x->d->products[product];
    const struct csaf_claim *c = &x->v->claims[product];
    bool named = r->ids == NULL || (*next < r->nids && str_eq(r->ids[*next], p->id));
    *next += named;
    return named && c->is && c->status == r->of &&
           (r->vendor.n == 0 || str_eq(p->vendor, r->vendor));
}

static bool has_any(const struct of *x, const struct csaf_remark *r)
{
    size_t next = 0;
    for (size_t i = 0; i < x->d->nproducts; i++)
        if (is_of(x, i, r, &next))
            return true;
    return false;
}

static bool has_status(const struct of *x, enum csaf_status s)
{
    return has_any(x, &(struct csaf_remark){.of = s});
}

static void put_ids_of(struct json_out *o, const struct of *x, const struct csaf_remark *r)
{
    size_t next = 0;
    json_put_array(o);
    for (size_t i = 0; i < x->d->nproducts; i++)
        if (is_of(x, i, r, &next))
            json_put_str(o, x->d->products[i].id);
    json_put_end(o);
}

static void put_ids(struct json_out *o, const struct of *x, enum csaf_status s)
{
    put_ids_of(o, x, &(struct csaf_remark){.of = s});
}

static void put_status(struct json_out *o, const struct of *x)
{
    static const str names[CSAF_STATUSES] = {[CSAF_KNOWN_AFFECTED] = S_INIT("known_affected"),
                                             [CSAF_FIXED] = S_INIT("fixed"),
                                             [CSAF_NOT_AFFECTED] = S_INIT("known_not_affected"),
                                             [CSAF_INVESTIGATED] = S_INIT("under_investigation"),
                                             [CSAF_UNKNOWN] = S_INIT("unknown")};
    static const enum csaf_status order[CSAF_STATUSES] = {
        CSAF_FIXED, CSAF_KNOWN_AFFECTED, CSAF_NOT_AFFECTED, CSAF_INVESTIGATED, CSAF_UNKNOWN};
    bool any = false;
    for (size_t i = 0; i < COUNT(order); i++) {
        enum csaf_status s = order[i];
        if ((s == CSAF_UNKNOWN && !x->d->v21) || !has_status(x, s))
            continue;
        if (!any) {
            json_put_key(o, S("product_status"));
            json_put_object(o);
            any = true;
        }
        json_put_key(o, names[s]);
        put_ids(o, x, s);
    }
    if (any)
        json_put_end(o);
}

static bool is_flagged(const struct csaf_claim *c, str label)
{
    return c->is && c->status == CSAF_NOT_AFFECTED && str_eq(c->flag, label);
}

/* One of each label, with its products; the first product's label first. */
static void put_flags(struct json_out *o, const struct of *x)
{
    const struct csaf_claim *c = x->v->claims;
    bool any = false;
    for (size_t i = 0; i < x->d->nproducts; i++) {
        bool had = c[i].flag.n == 0 || !is_flagged(&c[i], c[i].flag);
        for (size_t k = 0; k < i && !had; k++)
            had = is_flagged(&c[k], c[i].flag);
        if (had)
            continue;
        if (!any) {
            json_put_key(o, S("flags"));
            json_put_array(o);
            any = true;
        }
        json_put_object(o);
        json_put_member(o, S("label"), c[i].flag);
        json_put_key(o, S("product_ids"));
        json_put_array(o);
        for (size_t k = i; k < x->d->nproducts; k++)
            if (is_flagged(&c[k], c[i].flag))
                json_put_str(o, x->d->products[k].id);
        json_put_end(o);
        json_put_end(o);
    }
    if (any)
        json_put_end(o);
}

/* --- weakness and score ------------------------------------------------------------------------- */

static void put_cwe(struct json_out *o, const struct csaf_document *d,
                    const struct csaf_vulnerability *v)
{
    if (v->cwe.n == 0 || v->cwe_name.n == 0)
        return;
    json_put_key(o, d->v21 ? S("cwes") : S("cwe"));
    if (d->v21)
        json_put_array(o);
    json_put_object(o);
    json_put_member(o, S("id"), v->cwe);
    json_put_member(o, S("name"), v->cwe_name);
    if (d->v21)
        json_put_member(o, S("version"), v->cwe_version);
    json_put_end(o);
    if (d->v21)
        json_put_end(o);
}

static str upper(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++)
        buf_char(&b, s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 32) : s.p[i]);
    return buf_str(&b);
}

static void put_cvss(struct arena *a, struct json_out *o, const struct cvss *c)
{
    static const str keys[CVSS_VERSIONS] = {S_INIT("cvss_v2"), S_INIT("cvss_v3"), S_INIT("cvss_v3"),
                                            S_INIT("cvss_v4")};
    int base = cvss_scores(c).base;
    json_put_key(o, keys[c->version]);
    json_put_object(o);
    json_put_key(o, S("baseScore"));
    json_put_decimal(o, base, 1);
    if (c->version != CVSS_2_0)
        json_put_member(o, S("baseSeverity"),
                        upper(a, cvss_severity_text(cvss_severity(c->version, base))));
    json_put_member(o, S("vectorString"), cvss_vector(a, c));
    json_put_member(o, S("version"), cvss_version_text(c->version));
    json_put_end(o);
}

/* 2.0 knows nothing of CVSS 4.0. */
static bool is_scored(const struct csaf_document *d, str vector, struct cvss *c)
{
    struct cvss_error bad;
    return cvss_parse(vector, c, &bad) == OK && cvss_scores(c).base >= 0 &&
           (d->v21 || c->version != CVSS_4_0);
}

static void put_scores(struct arena *a, struct json_out *o, const struct of *x)
{
    const struct csaf_document *d = x->d;
    const struct csaf_vulnerability *v = x->v;
    struct cvss c;
    bool any = false;
    if (!has_status(x, CSAF_KNOWN_AFFECTED))
        return;
    for (size_t i = 0; i < v->nvectors; i++) {
        if (!is_scored(d, v->vectors[i], &c))
            continue;
        if (!any) {
            json_put_key(o, d->v21 ? S("metrics") : S("scores"));
            json_put_array(o);
            json_put_object(o);
            if (d->v21) {
                json_put_key(o, S("content"));
                json_put_object(o);
            }
            any = true;
        }
        put_cvss(a, o, &c);
    }
    if (!any)
        return;
    if (d->v21)
        json_put_end(o);
    json_put_key(o, S("products"));
    put_ids(o, x, CSAF_KNOWN_AFFECTED);
    json_put_end(o);
    json_put_end(o);
}

/* --- what to do, and what threatens ------------------------------------------------------------- */

static void put_remarks(struct arena *a, struct json_out *o, const struct of *x, str key,
                        const struct csaf_remark *all, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        const struct csaf_remark *r = &all[i];
        if (!has_any(x, r))
            continue;
        if (!any) {
            json_put_key(o, key);
            json_put_array(o);
            any = true;
        }
        json_put_object(o);
        json_put_member(o, S("category"), str_z(r->category));
        if (r->at.is)
            json_put_member(o, S("date"), time_utc_ms(a, r->at.v));
        json_put_member(o, S("details"), r->text);
        json_put_key(o, S("product_ids"));
        put_ids_of(o, x, r);
        if (r->url.n > 0)
            json_put_member(o, S("url"), r->url);
        json_put_end(o);
    }
    if (any)
        json_put_end(o);
}

/* Its exploitation, and why products are not affected. */
static void put_threats(struct arena *a, struct json_out *o, const struct of *x)
{
    const struct csaf_vulnerability *v = x->v;
    struct csaf_remark *all = NEWS(a, struct csaf_remark, v->nthreats + 1);
    size_t n = 0;
    if (v->exploit.n > 0)
        all[n++] = (struct csaf_remark){.category = "exploit_status",
                                        .of = CSAF_KNOWN_AFFECTED,
                                        .text = v->exploit,
                                        .at = v->exploit_at};
    for (size_t i = 0; i < v->nthreats; i++)
        all[n++] = v->threats[i];
    put_remarks(a, o, x, S("threats"), all, n);
}

static void put_exploited(struct arena *a, struct json_out *o, const struct of *x)
{
    if (!x->d->v21 || !x->v->exploited.is || !has_status(x, CSAF_KNOWN_AFFECTED))
        return;
    json_put_key(o, S("first_known_exploitation_dates"));
    json_put_array(o);
    json_put_object(o);
    json_put_member(o, S("date"), time_utc_ms(a, x->d->updated));
    json_put_member(o, S("exploitation_date"), time_utc_ms(a, x->v->exploited.v));
    json_put_key(o, S("product_ids"));
    put_ids(o, x, CSAF_KNOWN_AFFECTED);
    json_put_end(o);
    json_put_end(o);
}

static void put_own_id(struct json_out *o, const struct csaf_vulnerability *v)
{
    if (v->id.n == 0)
        return;
    json_put_key(o, S("ids"));
    json_put_array(o);
    json_put_object(o);
    json_put_member(o, S("system_name"), v->id_system);
    json_put_member(o, S("text"), v->id);
    json_put_end(o);
    json_put_end(o);
}

void csaf_put_vulnerabilities(struct arena *a, struct json_out *o, const struct csaf_document *d)
{
    if (d->nvulns == 0)
        return;
    json_put_key(o, S("vulnerabilities"));
    json_put_array(o);
    for (size_t i = 0; i < d->nvulns; i++) {
        const struct csaf_vulnerability *v = &d->vulns[i];
        const struct of x = {d, v};
        json_put_object(o);
        if (v->cve.n > 0)
            json_put_member(o, S("cve"), v->cve);
        put_cwe(o, d, v);
        put_exploited(a, o, &x);
        put_flags(o, &x);
        put_own_id(o, v);
        if (d->v21)
            put_scores(a, o, &x); /* "metrics" */
        csaf_put_notes(o, v->notes, v->nnotes);
        put_status(o, &x);
        put_remarks(a, o, &x, S("remediations"), v->remediations, v->nremediations);
        if (!d->v21)
            put_scores(a, o, &x);
        put_threats(a, o, &x);
        if (v->title.n > 0)
            json_put_member(o, S("title"), v->title);
        json_put_end(o);
    }
    json_put_end(o);
}
