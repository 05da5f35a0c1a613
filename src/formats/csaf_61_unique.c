/* csaf_61_unique.c - mandatory tests: what vulnerabilities say once alone. */
#include "formats/csaf_check.h"

/* 6.1.23 */
void csaf_cve_twice(struct csaf_check *c)
{
    struct dict seen = {0};
    EACH (v, c->index->vulnerabilities) {
        const struct json *cve = json_get(v, S("cve"));
        bool fresh = true;
        if (json_text(cve).p != NULL)
            (void)dict_add(c->a, &seen, json_text(cve), &fresh);
        if (!fresh)
            csaf_found(c, cve, S("cve_twice"), json_text(cve), NO_STR, NO_STR);
    }
}

/* A date as one instant is written in one way alone; as it stands where it is none. */
static str instant_key(struct arena *a, str date)
{
    struct instant t;
    if (!instant_read(date, &t))
        return date.p != NULL ? date : S("");
    return str_fmt(a, "%lld %d %.*s", (long long)t.seconds, t.leap, SV(t.fraction));
}

/* 6.1.24 */
void csaf_involvement_twice(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities) {
        struct dict seen = {0};
        EACH (item, json_get(v, S("involvements"))) {
            str party = json_get_text(item, S("party")), date = json_get_text(item, S("date"));
            bool fresh = true;
            if (party.p != NULL)
                (void)dict_add(
                    c->a, &seen,
                    str_join(c->a, str_fmt(c->a, "%.*s\n", SV(party)), instant_key(c->a, date)),
                    &fresh);
            if (!fresh)
                csaf_found(c, item, S("involvement_twice"), party, date, NO_STR);
        }
    }
}

struct metrics {
    struct csaf_check *c;
    struct dict kinds;       /* of a vulnerability: version and source */
    struct dict seen;        /* kind and product … */
    struct csaf_marks marks; /* … but of the first kinds here, by bit */
};
enum { KINDS = 32 };

static size_t kind_of(struct metrics *m, str version, str source)
{
    struct arena *a = m->c->a;
    str kind = source.n == 0 ? version : str_fmt(a, "%.*s\n%.*s", SV(version), SV(source));
    return dict_add(a, &m->kinds, kind, NULL);
}

/* The product had a value of this kind before. */
static bool has_kind(struct metrics *m, uint32_t product, size_t kind)
{
    if (kind < KINDS) {
        bool had = (csaf_marks_of(&m->marks, product) & 1u << kind) != 0;
        csaf_mark_product(&m->marks, product, 1u << kind);
        return had;
    }
    uint32_t pair[2] = {(uint32_t)kind, product};
    bool fresh;
    (void)dict_add(m->c->a, &m->seen, str_copy(m->c->a, (str){(const char *)pair, sizeof pair}),
                   &fresh);
    return !fresh;
}

/* The products of a metric have a value of this kind now; found where one had it before. */
static void give(struct metrics *m, const struct json *metric, str version, str source)
{
    struct csaf_check *c = m->c;
    size_t kind = kind_of(m, version, source);
    uint32_t product = CSAF_NO_NUMBER;
    EACH (id, json_get(metric, S("products"))) {
        product = csaf_product_next(c->index, id, product);
        if (product != CSAF_NO_NUMBER && has_kind(m, product, kind))
            csaf_found(c, id, S("score_twice"), json_text(id), version, source);
    }
}

static void give_versions(struct metrics *m, const struct json *metric, const struct json *content,
                          str source)
{
    const struct json *cvss[] = {json_get(content, S("cvss_v2")), json_get(content, S("cvss_v3")),
                                 json_get(content, S("cvss_v4"))};
    static const str members[] = {S_INIT("cvss_v2"), S_INIT("cvss_v3"), S_INIT("cvss_v4")};
    for (size_t i = 0; i < COUNT(cvss); i++) {
        str version = json_get_text(cvss[i], S("version"));
        if (cvss[i] != NULL)
            give(m, metric, version.p != NULL ? version : members[i], source);
    }
}

/* 6.1.7 */
void csaf_score_twice(struct csaf_check *c)
{
    struct csaf_marks marks = csaf_marks_new(c);
    EACH (v, c->index->vulnerabilities) {
        csaf_marks_clear(&marks);
        struct metrics m = {.c = c, .marks = marks};
        if (c->version == CSAF_2_0)
            EACH (score, json_get(v, S("scores")))
                give_versions(&m, score, score, S(""));
        else
            EACH (metric, json_get(v, S("metrics"))) {
                str source = json_get_text(metric, S("source"));
                give_versions(&m, metric, json_get(metric, S("content")),
                              source.p != NULL ? source : S(""));
            }
    }
}

static bool has_cvss(const struct json *content)
{
    return json_get(content, S("cvss_v2")) != NULL || json_get(content, S("cvss_v3")) != NULL ||
           json_get(content, S("cvss_v4")) != NULL;
}

/* Products of metrics that have a CVSS, by source. */
static void note_cvss(struct metrics *m, const struct json *metric)
{
    str source = json_get_text(metric, S("source"));
    uint32_t pair[2] = {
        (uint32_t)dict_add(m->c->a, &m->kinds, source.p != NULL ? source : S(""), NULL), 0};
    EACH (id, json_get(metric, S("products"))) {
        pair[1] = csaf_product_number(m->c->index, id);
        if (pair[1] != CSAF_NO_NUMBER)
            (void)dict_add(m->c->a, &m->seen,
                           str_copy(m->c->a, (str){(const char *)pair, sizeof pair}), NULL);
    }
}

static void rated_too(struct metrics *m, const struct json *metric)
{
    str source = json_get_text(metric, S("source"));
    size_t kind, at;
    if (!dict_find(&m->kinds, source.p != NULL ? source : S(""), &kind))
        return;
    EACH (id, json_get(metric, S("products"))) {
        uint32_t pair[2] = {(uint32_t)kind, csaf_product_number(m->c->index, id)};
        if (dict_find(&m->seen, (str){(const char *)pair, sizeof pair}, &at))
            csaf_found(m->c, id, S("score_and_rating"), json_text(id), NO_STR, NO_STR);
    }
}

/* 6.1.56 */
void csaf_score_and_rating(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities) {
        struct metrics m = {.c = c};
        EACH (metric, json_get(v, S("metrics")))
            if (has_cvss(json_get(metric, S("content"))))
                note_cvss(&m, metric);
        EACH (metric, json_get(v, S("metrics")))
            if (csaf_at(metric, "content", "qualitative_severity_rating", NULL) != NULL)
                rated_too(&m, metric);
    }
}
