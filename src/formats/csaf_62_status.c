/* csaf_62_status.c - recommended tests: what is said of products in a vulnerability is complete
 * and fits together. */
#include "formats/csaf_62.h"
#include "formats/cvss.h"

static const char *const affected[] = {"first_affected", "known_affected", "last_affected", NULL};
static const char *const open_lists[] = {"first_affected", "known_affected", "last_affected",
                                         "under_investigation", NULL};

const struct json *csaf_metrics(const struct csaf_check *c, const struct json *v)
{
    return json_get(v, c->version == CSAF_2_0 ? S("scores") : S("metrics"));
}

const struct json *csaf_metric_content(const struct csaf_check *c, const struct json *metric)
{
    return c->version == CSAF_2_0 ? metric : json_get(metric, S("content"));
}

/* Ids of the lists whose products have, or have not, some of the bits. */
static void in_lists(struct csaf_check *c, const struct csaf_marks *m, const struct json *v,
                     const char *const *lists, uint32_t bits, bool has, str word)
{
    uint32_t number = CSAF_NO_NUMBER;
    for (; *lists != NULL; lists++)
        EACH (id, csaf_at(v, "product_status", *lists, NULL)) {
            number = csaf_product_next(c->index, id, number);
            if (number != CSAF_NO_NUMBER && ((csaf_marks_of(m, number) & bits) != 0) == has)
                csaf_found(c, id, word, json_text(id), NO_STR, NO_STR);
        }
}

/* 6.2.2 */
void csaf_remedy_missing(struct csaf_check *c)
{
    struct csaf_marks m = csaf_marks_new(c);
    EACH (v, c->index->vulnerabilities) {
        csaf_marks_clear(&m);
        EACH (remediation, json_get(v, S("remediations")))
            csaf_mark_element(c, &m, remediation, 1);
        in_lists(c, &m, v, open_lists, 1, false, S("remedy_missing"));
    }
}

/* 6.2.3 */
void csaf_score_missing(struct csaf_check *c)
{
    struct csaf_marks m = csaf_marks_new(c);
    EACH (v, c->index->vulnerabilities) {
        csaf_marks_clear(&m);
        EACH (metric, csaf_metrics(c, v))
            csaf_mark_element(c, &m, metric, 1);
        in_lists(c, &m, v, affected, 1, false, S("score_missing"));
    }
}

/* ---- 6.2.19 ---- */

/* Whether the metric has its lowest value, in the vector or as a member beside it. */
static bool lowest(const struct json *object, const struct cvss *vector, const char *metric,
                   const char *member, const char *value)
{
    return str_eq(json_get_text(object, str_z(member)), str_z(value)) ||
           (vector != NULL && str_eq(cvss_value(vector, str_z(metric)), S("N")));
}

static bool nothing_v3(const struct json *object, const struct cvss *vector)
{
    return lowest(object, vector, "MC", "modifiedConfidentialityImpact", "NONE") &&
           lowest(object, vector, "MI", "modifiedIntegrityImpact", "NONE") &&
           lowest(object, vector, "MA", "modifiedAvailabilityImpact", "NONE");
}

static bool nothing_v4(const struct json *object, const struct cvss *vector)
{
    return lowest(object, vector, "MVC", "modifiedVulnConfidentialityImpact", "NONE") &&
           lowest(object, vector, "MVI", "modifiedVulnIntegrityImpact", "NONE") &&
           lowest(object, vector, "MVA", "modifiedVulnAvailabilityImpact", "NONE") &&
           lowest(object, vector, "MSC", "modifiedSubConfidentialityImpact", "NEGLIGIBLE") &&
           lowest(object, vector, "MSI", "modifiedSubIntegrityImpact", "NEGLIGIBLE") &&
           lowest(object, vector, "MSA", "modifiedSubAvailabilityImpact", "NEGLIGIBLE");
}

/* Whether the score as a whole is 0, by its vector or by what stands beside it. */
static bool is_zero(const struct json *object, str name)
{
    struct cvss c;
    struct cvss_error error;
    double score;
    const struct cvss *vector = NULL;
    if (cvss_parse(json_get_text(object, S("vectorString")), &c, &error) == OK) {
        if (cvss_scores(&c).overall == 0)
            return true;
        vector = &c;
    }
    if (json_double(json_get(object, S("environmentalScore")), &score))
        return score == 0;
    if (str_eq(name, S("cvss_v2")))
        return lowest(object, vector, "TD", "targetDistribution", "NONE");
    return str_eq(name, S("cvss_v3")) ? nothing_v3(object, vector) : nothing_v4(object, vector);
}

static bool has_impact(const struct json *content)
{
    static const str names[] = {S_INIT("cvss_v2"), S_INIT("cvss_v3"), S_INIT("cvss_v4")};
    for (size_t i = 0; i < COUNT(names); i++) {
        const struct json *object = json_get(content, names[i]);
        if (object != NULL && !is_zero(object, names[i]))
            return true;
    }
    return false;
}

/* 6.2.19 */
void csaf_score_of_fixed(struct csaf_check *c)
{
    static const char *const fixed[] = {"first_fixed", "fixed", NULL};
    struct csaf_marks m = csaf_marks_new(c);
    EACH (v, c->index->vulnerabilities) {
        const struct json *status = json_get(v, S("product_status"));
        if (json_get(status, S("fixed")) == NULL && json_get(status, S("first_fixed")) == NULL)
            continue;
        csaf_marks_clear(&m);
        EACH (metric, csaf_metrics(c, v))
            if (has_impact(csaf_metric_content(c, metric)))
                csaf_mark_element(c, &m, metric, 1);
        in_lists(c, &m, v, fixed, 1, true, S("score_of_fixed"));
    }
}

/* ---- 6.2.27 ---- */

enum { NOT_AFFECTED = 1, FIXED = 2, INVESTIGATED = 4, UNKNOWN = 8 };

static uint32_t discouraged(str category)
{
    static const struct {
        str category;
        uint32_t bits;
    } table[] = {
        {S_INIT("workaround"), INVESTIGATED | UNKNOWN},
        {S_INIT("mitigation"), INVESTIGATED | UNKNOWN},
        {S_INIT("vendor_fix"), INVESTIGATED | UNKNOWN},
        {S_INIT("optional_patch"), FIXED},
        {S_INIT("fix_planned"), NOT_AFFECTED | INVESTIGATED | UNKNOWN},
        {S_INIT("no_fix_planned"), NOT_AFFECTED},
    };
    for (size_t i = 0; i < COUNT(table); i++)
        if (str_eq(table[i].category, category))
            return table[i].bits;
    return 0;
}

static void mark_status(const struct csaf_check *c, struct csaf_marks *m, const struct json *v,
                        const char *list, uint32_t bits)
{
    EACH (id, csaf_at(v, "product_status", list, NULL)) {
        uint32_t number = csaf_product_number(c->index, id);
        if (number != CSAF_NO_NUMBER)
            csaf_mark_product(m, number, bits);
    }
}

/* Statuses of the products of a group, gathered once a vulnerability. */
static uint32_t group_bits(const struct csaf_check *c, struct csaf_marks *m, const struct json *id)
{
    uint32_t number = csaf_group_number(c->index, id);
    const struct csaf_product_group *g = csaf_group_at(c->index, number);
    if (g == NULL)
        return 0;
    if (m->group[number].stamp != m->stamp) {
        m->group[number] = (struct csaf_mark){m->stamp, 0};
        const uint32_t *products = csaf_group_products(c->index, g);
        for (uint32_t i = 0; i < g->n; i++)
            m->group[number].bits |= csaf_marks_of(m, products[i]);
    }
    return m->group[number].bits;
}

static void check_remedy(struct csaf_check *c, struct csaf_marks *m, const struct json *remediation)
{
    str category = json_get_text(remediation, S("category"));
    uint32_t bad = discouraged(category);
    EACH (id, json_get(remediation, S("product_ids"))) {
        uint32_t number = csaf_product_number(c->index, id);
        if (number != CSAF_NO_NUMBER && (csaf_marks_of(m, number) & bad) != 0)
            csaf_found(c, remediation, S("remedy_discouraged"), json_text(id), category, NO_STR);
    }
    EACH (id, json_get(remediation, S("group_ids")))
        if ((group_bits(c, m, id) & bad) != 0)
            csaf_found(c, remediation, S("remedy_discouraged"), json_text(id), category, NO_STR);
}

/* 6.2.27 */
void csaf_remedy_discouraged(struct csaf_check *c)
{
    struct csaf_marks m = csaf_marks_new(c);
    EACH (v, c->index->vulnerabilities) {
        csaf_marks_clear(&m);
        mark_status(c, &m, v, "known_not_affected", NOT_AFFECTED);
        mark_status(c, &m, v, "fixed", FIXED);
        mark_status(c, &m, v, "first_fixed", FIXED);
        mark_status(c, &m, v, "under_investigation", INVESTIGATED);
        mark_status(c, &m, v, "unknown", UNKNOWN);
        EACH (remediation, json_get(v, S("remediations")))
            check_remedy(c, &m, remediation);
    }
}

/* ---- informative tests of scores ---- */

/* 6.3.1: a product whose only score is of CVSS 2. */
void csaf_score_v2_alone(struct csaf_check *c)
{
    struct csaf_marks m = csaf_marks_new(c);
    EACH (v, c->index->vulnerabilities) {
        csaf_marks_clear(&m);
        EACH (metric, csaf_metrics(c, v)) {
            const struct json *content = csaf_metric_content(c, metric);
            if (json_get(content, S("cvss_v3")) != NULL || json_get(content, S("cvss_v4")) != NULL)
                csaf_mark_element(c, &m, metric, 1);
        }
        EACH (metric, csaf_metrics(c, v)) {
            if (json_get(csaf_metric_content(c, metric), S("cvss_v2")) == NULL)
                continue;
            EACH (id, json_get(metric, S("products"))) {
                uint32_t number = csaf_product_number(c->index, id);
                if (number != CSAF_NO_NUMBER && csaf_marks_of(&m, number) == 0)
                    csaf_found(c, metric, S("score_v2_alone"), json_text(id), NO_STR, NO_STR);
            }
        }
    }
}

/* 6.3.2 */
void csaf_score_v30(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities)
        EACH (metric, csaf_metrics(c, v)) {
            const struct json *object = json_get(csaf_metric_content(c, metric), S("cvss_v3"));
            const struct json *version = json_get(object, S("version"));
            const struct json *vector = json_get(object, S("vectorString"));
            if (str_eq(json_text(version), S("3.0")))
                csaf_found(c, version, S("score_v30"), NO_STR, NO_STR, NO_STR);
            if (str_has_prefix(json_text(vector), S("CVSS:3.0/")))
                csaf_found(c, vector, S("score_v30"), NO_STR, NO_STR, NO_STR);
        }
}

enum { SCORED = 1, SCORED_V4 = 2 };

static bool has_any_cvss(const struct json *content)
{
    return json_get(content, S("cvss_v2")) != NULL || json_get(content, S("cvss_v3")) != NULL ||
           json_get(content, S("cvss_v4")) != NULL;
}

static void mark_scores(const struct csaf_check *c, struct csaf_marks *m, const struct json *v)
{
    csaf_marks_clear(m);
    EACH (metric, json_get(v, S("metrics"))) {
        const struct json *content = json_get(metric, S("content"));
        if (json_get(content, S("cvss_v4")) != NULL)
            csaf_mark_element(c, m, metric, SCORED | SCORED_V4);
        else if (has_any_cvss(content))
            csaf_mark_element(c, m, metric, SCORED);
    }
}

/* 6.3.12 */
void csaf_score_v4_missing(struct csaf_check *c)
{
    struct csaf_marks m = csaf_marks_new(c);
    EACH (v, c->index->vulnerabilities) {
        mark_scores(c, &m, v);
        EACH (metric, json_get(v, S("metrics"))) {
            const struct json *content = json_get(metric, S("content"));
            EACH (id, has_any_cvss(content) ? json_get(metric, S("products")) : NULL) {
                uint32_t number = csaf_product_number(c->index, id);
                if (number != CSAF_NO_NUMBER && (csaf_marks_of(&m, number) & SCORED_V4) == 0)
                    csaf_found(c, content, S("score_v4_missing"), json_text(id), NO_STR, NO_STR);
            }
        }
        in_lists(c, &m, v, affected, SCORED, false, S("score_v4_missing"));
    }
}

static bool rated(const struct json *metric)
{
    return csaf_at(metric, "content", "qualitative_severity_rating", NULL) != NULL;
}

/* 6.2.47: of the issuer's own. */
void csaf_rating_own(struct csaf_check *c)
{
    str canonical = json_get_text(csaf_canonical_reference(c), S("url"));
    EACH (v, c->index->vulnerabilities)
        EACH (metric, json_get(v, S("metrics"))) {
            str source = json_get_text(metric, S("source"));
            bool own = source.p == NULL || (canonical.p != NULL && str_eq(source, canonical));
            if (rated(metric) && own)
                csaf_found(c, metric, S("rating_own"), NO_STR, NO_STR, NO_STR);
        }
}

/* 6.3.18 */
void csaf_rating_any(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities)
        EACH (metric, json_get(v, S("metrics")))
            if (rated(metric))
                csaf_found(c, metric, S("rating_any"), NO_STR, NO_STR, NO_STR);
}
