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
    struct dict kinds; /* of a vulnerability: version and source */
    struct dict seen;  /* kind and product */
};

/* The products of a metric have a value of this kind now; found where one had it before. */
static void give(struct metrics *m, const struct json *metric, str version, str source)
{
    struct csaf_check *c = m->c;
    buf kind = {.a = c->a};
    buf_put(&kind, version);
    buf_char(&kind, '\n');
    buf_put(&kind, source);
    uint32_t pair[2] = {(uint32_t)dict_add(c->a, &m->kinds, buf_str(&kind), NULL), 0};
    EACH (id, json_get(metric, S("products"))) {
        pair[1] = csaf_product_number(c->index, id);
        bool fresh = true;
        if (pair[1] != CSAF_NO_NUMBER)
            (void)dict_add(c->a, &m->seen, str_copy(c->a, (str){(const char *)pair, sizeof pair}),
                           &fresh);
        if (!fresh)
            csaf_found(c, id, S("score_twice"), json_text(id), version, source);
    }
}

static void give_versions(struct metrics *m, const struct json *metric, const struct json *content,
                          str source)
{
    static const str members[] = {S_INIT("cvss_v2"), S_INIT("cvss_v3"), S_INIT("cvss_v4")};
    for (size_t i = 0; i < COUNT(members); i++) {
        const struct json *cvss = json_get(content, members[i]);
        str version = json_get_text(cvss, S("version"));
        if (cvss != NULL)
            give(m, metric, version.p != NULL ? version : members[i], source);
    }
}

/* 6.1.7 */
void csaf_score_twice(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities) {
        struct metrics m = {.c = c};
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
