/* cve_read.c - see cve_record.h: reading. */
#include "formats/cve_own.h"
#include "formats/cvss.h"

#include <string.h>

enum { MOST_ITEMS = 20000 };

struct reading {
    struct arena *a;
    struct cve_error *error;
};

typedef const struct json_place *place_at;

static enum err stop(struct reading *rd, place_at at, str code)
{
    *rd->error = (struct cve_error){.code = code, .path = json_pointer(rd->a, at)};
    return E_INVALID;
}

static enum err stop_in(struct reading *rd, place_at up, str key, str code)
{
    return stop(rd, &(struct json_place){up, key, 0}, code);
}

/* --- one member ------------------------------------------------------------------------------- */

static enum err text_of(struct reading *rd, const struct json *j, place_at at, str *out)
{
    *out = json_text(j);
    return out->p != NULL ? OK : stop(rd, at, S("cve_type"));
}

static enum err text_in(struct reading *rd, const struct json *object, place_at up, str key,
                        str *out)
{
    const struct json *j = json_get(object, key);
    return j == NULL ? OK : text_of(rd, j, &(struct json_place){up, key, 0}, out);
}

/* The value again as text: for what is kept and not understood. */
static str as_json(struct reading *rd, const struct json *j)
{
    buf b = {.a = rd->a};
    struct json_out o = {.b = &b};
    json_put_json(&o, j);
    return buf_str(&b);
}

static enum err list_of(struct reading *rd, const struct json *j, place_at at)
{
    if (!json_is(j, JSON_IS_ARRAY))
        return stop(rd, at, S("cve_type"));
    return json_count(j) > MOST_ITEMS ? stop(rd, at, S("cve_size")) : OK;
}

static enum err read_names(struct reading *rd, const struct cve_member *m, const struct json *j,
                           place_at at, struct cve_names *out)
{
    TRY(list_of(rd, j, at));
    for (size_t i = 0; i < json_count(j); i++) {
        struct json_place here = {at, NO_STR, i};
        const struct json *item = json_at(j, i);
        if (m->kind == CVE_NAMES)
            item = json_get(item, S("name"));
        TRY(text_of(rd, item, &here, PUSH(rd->a, out)));
    }
    return OK;
}

/* --- metrics ---------------------------------------------------------------------------------- */

/* "9.8", "9.80" and "9" in tenths; -1: no number, or finer than that. */
static i64 tenths(const struct json *j)
{
    double d;
    if (!json_double(j, &d) || d < 0 || d > 10)
        return -1;
    i64 n = (i64)(d * 10 + 0.5);
    double off = d * 10 - (double)n;
    return off < 1e-6 && off > -1e-6 ? n : -1;
}

static enum err read_texts(struct reading *rd, const struct json *j, place_at at,
                           struct cve_texts *out)
{
    TRY(list_of(rd, j, at));
    for (size_t i = 0; i < json_count(j); i++) {
        struct json_place here = {at, NO_STR, i};
        struct cve_text *t = PUSH(rd->a, out);
        TRY(text_in(rd, json_at(j, i), &here, S("lang"), &t->lang));
        TRY(text_in(rd, json_at(j, i), &here, S("value"), &t->value));
        if (t->value.p == NULL || t->lang.p == NULL)
            return stop(rd, &here, S("cve_missing"));
    }
    return OK;
}

static enum err read_cvss(struct reading *rd, const struct json *j, place_at at,
                          struct cve_metric *out)
{
    if (!json_is(j, JSON_IS_OBJECT))
        return stop(rd, at, S("cve_type"));
    TRY(text_in(rd, j, at, S("vectorString"), &out->vector));
    if (out->vector.p == NULL)
        return stop_in(rd, at, S("vectorString"), S("cve_missing"));
    out->score = tenths(json_get(j, S("baseScore")));
    return text_in(rd, j, at, S("baseSeverity"), &out->severity);
}

/* One item may hold several versions; each becomes a metric of its own. */
static enum err read_metric(struct reading *rd, const struct json *j, place_at at,
                            struct cve_record *r)
{
    const struct json *other = json_get(j, S("other"));
    struct cve_metric one = {.score = -1};
    if (!json_is(j, JSON_IS_OBJECT))
        return stop(rd, at, S("cve_type"));
    if (json_get(j, S("scenarios")) != NULL)
        TRY(read_texts(rd, json_get(j, S("scenarios")), &(struct json_place){at, S("scenarios"), 0},
                       &one.scenarios));
    for (size_t v = 0; v < COUNT(cve_cvss_names); v++) {
        const struct json *c = json_get(j, cve_cvss_names[v]);
        struct cve_metric m = one;
        if (c == NULL)
            continue;
        TRY(read_cvss(rd, c, &(struct json_place){at, cve_cvss_names[v], 0}, &m));
        *PUSH(rd->a, &r->metrics) = m;
    }
    if (json_is(other, JSON_IS_OBJECT)) {
        one.other = as_json(rd, other);
        *PUSH(rd->a, &r->metrics) = one;
    }
    return OK;
}

static enum err read_metrics(struct reading *rd, const struct json *j, place_at at,
                             struct cve_record *r)
{
    TRY(list_of(rd, j, at));
    for (size_t i = 0; i < json_count(j); i++)
        TRY(read_metric(rd, json_at(j, i), &(struct json_place){at, NO_STR, i}, r));
    return OK;
}

/* --- members by their table ------------------------------------------------------------------- */

static enum err read_members(struct reading *rd, const struct cve_shape *shape,
                             const struct json *j, place_at at, char *out);

static enum err read_list(struct reading *rd, const struct cve_member *m, const struct json *j,
                          place_at at, char *out)
{
    TRY(list_of(rd, j, at));
    size_t n = json_count(j);
    struct cve_any list = {arena_alloc(rd->a, m->of->size, n + 1), n, n + 1};
    for (size_t i = 0; i < n; i++)
        TRY(read_members(rd, m->of, json_at(j, i), &(struct json_place){at, NO_STR, i},
                         (char *)list.v + i * m->of->size));
    memcpy(out, &list, sizeof list);
    return OK;
}

static enum err read_kept(struct reading *rd, enum json_kind kind, const struct json *j,
                          place_at at, char *out)
{
    if (!json_is(j, kind))
        return stop(rd, at, S("cve_type"));
    str s = as_json(rd, j);
    memcpy(out, &s, sizeof s);
    return OK;
}

static enum err read_member(struct reading *rd, const struct cve_member *m, const struct json *j,
                            place_at at, char *base)
{
    char *out = base + m->at;
    struct cve_names names = {0};
    str s = NO_STR;
    switch (m->kind) {
    case CVE_STR:
        TRY(text_of(rd, j, at, &s));
        memcpy(out, &s, sizeof s);
        return OK;
    case CVE_STRS:
    case CVE_NAMES:
        TRY(read_names(rd, m, j, at, &names));
        memcpy(out, &names, sizeof names);
        return OK;
    case CVE_LIST: return read_list(rd, m, j, at, out);
    case CVE_OBJECT: return read_kept(rd, JSON_IS_OBJECT, j, at, out);
    case CVE_ARRAY: return read_kept(rd, JSON_IS_ARRAY, j, at, out);
    case CVE_METRICS: return read_metrics(rd, j, at, (struct cve_record *)(void *)base);
    }
    return OK;
}

static enum err read_members(struct reading *rd, const struct cve_shape *shape,
                             const struct json *j, place_at at, char *out)
{
    if (!json_is(j, JSON_IS_OBJECT))
        return stop(rd, at, S("cve_type"));
    for (size_t i = 0; i < shape->n; i++) {
        const struct cve_member *m = &shape->v[i];
        const struct json *value = json_get(j, m->name);
        struct json_place here = {at, m->name, 0};
        if (value == NULL && m->required)
            return stop(rd, &here, S("cve_missing"));
        if (value != NULL)
            TRY(read_member(rd, m, value, &here, out));
    }
    return OK;
}

/* --- the whole -------------------------------------------------------------------------------- */

static void read_extras(struct reading *rd, const struct json *j, struct cve_record *r)
{
    for (size_t i = 0; i < json_count(j); i++)
        if (str_has_prefix(json_key(j, i), S("x_")))
            *PUSH(rd->a, &r->extras) =
                (struct cve_extra){json_key(j, i), as_json(rd, json_value(j, i))};
}

static enum err read_container(struct reading *rd, const struct json *j, place_at at,
                               struct cve_record *r)
{
    const struct json *p = json_get(j, S("providerMetadata"));
    struct json_place here = {at, S("providerMetadata"), 0};
    if (!json_is(j, JSON_IS_OBJECT))
        return j == NULL ? stop(rd, at, S("cve_missing")) : stop(rd, at, S("cve_type"));
    TRY(text_in(rd, p, &here, S("orgId"), &r->provider));
    TRY(text_in(rd, p, &here, S("shortName"), &r->provider_name));
    TRY(text_in(rd, p, &here, S("dateUpdated"), &r->provider_updated));
    read_extras(rd, j, r);
    return read_members(rd, r->rejected ? &cve_rejected_shape : &cve_published_shape, j, at,
                        (char *)r);
}

static enum err read_meta(struct reading *rd, const struct json *j, place_at at,
                          struct cve_record *r)
{
    str state = NO_STR;
    if (!json_is(j, JSON_IS_OBJECT))
        return j == NULL ? stop(rd, at, S("cve_missing")) : stop(rd, at, S("cve_type"));
    TRY(text_in(rd, j, at, S("cveId"), &r->id));
    TRY(text_in(rd, j, at, S("assignerOrgId"), &r->assigner));
    TRY(text_in(rd, j, at, S("assignerShortName"), &r->assigner_name));
    TRY(text_in(rd, j, at, S("dateReserved"), &r->reserved));
    TRY(text_in(rd, j, at, S("datePublished"), &r->published));
    TRY(text_in(rd, j, at, S("dateUpdated"), &r->updated));
    TRY(text_in(rd, j, at, S("dateRejected"), &r->rejected_at));
    TRY(text_in(rd, j, at, S("state"), &state));
    if (r->id.p == NULL || state.p == NULL)
        return stop_in(rd, at, r->id.p == NULL ? S("cveId") : S("state"), S("cve_missing"));
    if (!cve_is_id(r->id))
        return stop_in(rd, at, S("cveId"), S("cve_value"));
    r->rejected = str_eq(state, S("REJECTED"));
    return r->rejected || str_eq(state, S("PUBLISHED"))
               ? OK
               : stop_in(rd, at, S("state"), S("cve_value"));
}

static enum err read_record(struct reading *rd, const struct json *j, struct cve_record *r)
{
    struct json_place root = {0}, meta = {&root, S("cveMetadata"), 0};
    struct json_place containers = {&root, S("containers"), 0}, cna = {&containers, S("cna"), 0};
    str type = NO_STR, version = NO_STR;
    if (!json_is(j, JSON_IS_OBJECT))
        return stop(rd, &root, S("cve_type"));
    TRY(text_in(rd, j, &root, S("dataType"), &type));
    TRY(text_in(rd, j, &root, S("dataVersion"), &version));
    if (!str_eq(type, S("CVE_RECORD")))
        return stop_in(rd, &root, S("dataType"), type.p ? S("cve_value") : S("cve_missing"));
    if (!str_has_prefix(version, S("5.")))
        return stop_in(rd, &root, S("dataVersion"), version.p ? S("cve_value") : S("cve_missing"));
    r->v5_2 = str_eq(version, S("5.2")) || str_has_prefix(version, S("5.2."));
    TRY(read_meta(rd, json_get(j, S("cveMetadata")), &meta, r));
    return read_container(rd, json_get(json_get(j, S("containers")), S("cna")), &cna, r);
}

enum err cve_read(struct arena *a, str text, struct cve_record *out, struct cve_error *error)
{
    struct reading rd = {a, error};
    struct json_error bad;
    const struct json *j;
    *out = (struct cve_record){0};
    *error = (struct cve_error){0};
    if (text.n > CVE_BODY_MAX)
        return stop(&rd, &(struct json_place){0}, S("cve_size"));
    if (json_read(a, text, &j, &bad) != OK) {
        *error = (struct cve_error){bad.code, S(""), bad.line, bad.column};
        return E_INVALID;
    }
    return read_record(&rd, j, out);
}
