/* cve_write.c - see cve_record.h: writing. */
#include "formats/cve_own.h"
#include "formats/cvss.h"

#include <string.h>

static struct cve_any any_of(const char *at)
{
    struct cve_any x;
    memcpy(&x, at, sizeof x);
    return x;
}

static str str_of(const char *at)
{
    str s;
    memcpy(&s, at, sizeof s);
    return s;
}

/* --- metrics ---------------------------------------------------------------------------------- */

static str upper(struct json_out *o, str word)
{
    buf b = {.a = o->b->a};
    for (size_t i = 0; i < word.n; i++)
        buf_char(&b, (char)(word.p[i] - 'a' + 'A'));
    return buf_str(&b);
}

/* 2.0 has no severity in its schema. */
static void put_cvss(struct json_out *o, str vector, const struct cvss *c)
{
    int score = cvss_scores(c).base;
    str severity = cvss_severity_text(cvss_severity(c->version, score));
    json_put_key(o, cve_cvss_names[c->version]);
    json_put_object(o);
    json_put_member(o, S("version"), cvss_version_text(c->version));
    json_put_member(o, S("vectorString"), vector);
    json_put_key(o, S("baseScore"));
    json_put_decimal(o, score, 1);
    if (c->version != CVSS_2_0)
        json_put_member(o, S("baseSeverity"), upper(o, severity));
    json_put_end(o);
}

static void put_texts(struct json_out *o, const struct cve_texts *texts)
{
    json_put_array(o);
    for (size_t i = 0; i < texts->n; i++) {
        json_put_object(o);
        json_put_member(o, S("lang"), texts->v[i].lang);
        json_put_member(o, S("value"), texts->v[i].value);
        json_put_end(o);
    }
    json_put_end(o);
}

static bool is_cvss(const struct cve_metric *m, struct cvss *c)
{
    struct cvss_error bad;
    return m->vector.p != NULL && cvss_parse(m->vector, c, &bad) == OK;
}

/* Nothing can be written of a vector that cannot be read. */
static bool any_metric(struct cve_any list)
{
    const struct cve_metric *metrics = list.v;
    struct cvss c;
    for (size_t i = 0; i < list.n; i++)
        if (metrics[i].other.p != NULL || is_cvss(&metrics[i], &c))
            return true;
    return false;
}

static void put_metric(struct json_out *o, const struct cve_metric *m)
{
    struct cvss c;
    bool scored = is_cvss(m, &c);
    if (!scored && m->other.p == NULL)
        return;
    json_put_object(o);
    if (scored)
        json_put_member(o, S("format"), S("CVSS"));
    if (m->scenarios.n > 0) {
        json_put_key(o, S("scenarios"));
        put_texts(o, &m->scenarios);
    }
    if (scored) {
        put_cvss(o, m->vector, &c);
    } else {
        json_put_key(o, S("other"));
        json_put_raw(o, m->other);
    }
    json_put_end(o);
}

/* --- members ---------------------------------------------------------------------------------- */

static void put_members(struct json_out *o, const struct cve_shape *shape, const char *at,
                        bool v5_2);

static void put_names(struct json_out *o, const struct cve_member *m, struct cve_any list)
{
    const str *names = list.v;
    json_put_array(o);
    for (size_t i = 0; i < list.n; i++) {
        if (m->kind == CVE_STRS) {
            json_put_str(o, names[i]);
            continue;
        }
        json_put_object(o);
        json_put_member(o, S("name"), names[i]);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_list(struct json_out *o, const struct cve_member *m, struct cve_any list, bool v5_2)
{
    const char *items = list.v;
    const struct cve_metric *metrics = list.v;
    json_put_array(o);
    for (size_t i = 0; i < list.n; i++) {
        if (m->kind == CVE_METRICS) {
            put_metric(o, &metrics[i]);
            continue;
        }
        json_put_object(o);
        put_members(o, m->of, items + i * m->of->size, v5_2);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_member(struct json_out *o, const struct cve_member *m, const char *at, bool v5_2)
{
    bool is_text = m->kind == CVE_STR || m->kind == CVE_OBJECT || m->kind == CVE_ARRAY;
    if (is_text ? str_of(at).p == NULL : any_of(at).n == 0)
        return;
    if (m->kind == CVE_METRICS && !any_metric(any_of(at)))
        return;
    json_put_key(o, m->name);
    switch (m->kind) {
    case CVE_STR: json_put_str(o, str_of(at)); break;
    case CVE_OBJECT:
    case CVE_ARRAY: json_put_raw(o, str_of(at)); break;
    case CVE_STRS:
    case CVE_NAMES: put_names(o, m, any_of(at)); break;
    case CVE_LIST:
    case CVE_METRICS: put_list(o, m, any_of(at), v5_2); break;
    }
}

static void put_members(struct json_out *o, const struct cve_shape *shape, const char *at,
                        bool v5_2)
{
    for (size_t i = 0; i < shape->n; i++)
        if (v5_2 || !shape->v[i].newer)
            put_member(o, &shape->v[i], at + shape->v[i].at, v5_2);
}

/* --- the whole -------------------------------------------------------------------------------- */

static void put_container(struct json_out *o, const struct cve_record *r, bool provider)
{
    json_put_object(o);
    if (provider && r->provider.p != NULL) {
        json_put_key(o, S("providerMetadata"));
        json_put_object(o);
        json_put_member(o, S("orgId"), r->provider);
        json_put_member(o, S("shortName"), r->provider_name);
        json_put_member(o, S("dateUpdated"), r->provider_updated);
        json_put_end(o);
    }
    put_members(o, r->rejected ? &cve_rejected_shape : &cve_published_shape, (const char *)r,
                r->v5_2);
    for (size_t i = 0; i < r->extras.n; i++) {
        json_put_key(o, r->extras.v[i].key);
        json_put_raw(o, r->extras.v[i].json);
    }
    json_put_end(o);
}

void cve_write_container(struct json_out *o, const struct cve_record *r)
{
    put_container(o, r, true);
}

void cve_write_request(struct json_out *o, const struct cve_record *r)
{
    json_put_object(o);
    json_put_key(o, S("cnaContainer"));
    put_container(o, r, false);
    json_put_end(o);
}

void cve_write(struct json_out *o, const struct cve_record *r)
{
    json_put_object(o);
    json_put_member(o, S("dataType"), S("CVE_RECORD"));
    json_put_member(o, S("dataVersion"), r->v5_2 ? S("5.2") : S("5.1"));
    json_put_key(o, S("cveMetadata"));
    json_put_object(o);
    json_put_member(o, S("cveId"), r->id);
    json_put_member(o, S("assignerOrgId"), r->assigner);
    json_put_member(o, S("assignerShortName"), r->assigner_name);
    json_put_member(o, S("state"), r->rejected ? S("REJECTED") : S("PUBLISHED"));
    json_put_member(o, S("dateReserved"), r->reserved);
    json_put_member(o, S("datePublished"), r->published);
    json_put_member(o, S("dateUpdated"), r->updated);
    if (r->rejected)
        json_put_member(o, S("dateRejected"), r->rejected_at);
    json_put_end(o);
    json_put_key(o, S("containers"));
    json_put_object(o);
    json_put_key(o, S("cna"));
    cve_write_container(o, r);
    json_put_end(o);
    json_put_end(o);
}

bool cve_is_id(str s)
{
    if (s.n < 13 || s.n > 28 || !str_has_prefix(s, S("CVE-")) || s.p[8] != '-')
        return false;
    for (size_t i = 4; i < s.n; i++)
        if (i != 8 && (s.p[i] < '0' || s.p[i] > '9'))
            return false;
    return true;
}
