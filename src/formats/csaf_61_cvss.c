/* csaf_61_cvss.c - mandatory tests: scores are what their vectors say. */
#include "formats/csaf_check.h"
#include "formats/cvss.h"

/* A CVSS object of a vulnerability whose vector can be read. */
struct scored {
    struct csaf_check *c;
    const struct json *object;
    struct cvss cvss; /* its vector */
};

struct csaf_scored {
    VEC(struct scored)
};

enum { V2 = 1 << CVSS_2_0, V3 = 1 << CVSS_3_0 | 1 << CVSS_3_1, V4 = 1 << CVSS_4_0 };

static void read_vector(struct csaf_check *c, const struct json *object, unsigned allowed)
{
    struct scored s = {c, object, {0}};
    struct cvss_error error;
    str vector = json_get_text(object, S("vectorString"));
    if (vector.p != NULL && cvss_parse(vector, &s.cvss, &error) == OK &&
        (allowed & 1u << s.cvss.version))
        *PUSH(c->a, c->scored) = s;
}

/* By member: the versions whose vectors may stand in it. */
static void read_vectors(struct csaf_check *c, const struct json *content)
{
    read_vector(c, json_get(content, S("cvss_v2")), V2);
    read_vector(c, json_get(content, S("cvss_v3")), V3);
    read_vector(c, json_get(content, S("cvss_v4")), V4);
}

/* All of them, read by the first test that asks. */
static struct csaf_scored *scored_of(struct csaf_check *c)
{
    if (c->scored != NULL)
        return c->scored;
    c->scored = NEW(c->a, struct csaf_scored);
    EACH (v, c->index->vulnerabilities) {
        if (c->version == CSAF_2_0)
            EACH (score, json_get(v, S("scores")))
                read_vectors(c, score);
        else
            EACH (metric, json_get(v, S("metrics")))
                read_vectors(c, json_get(metric, S("content")));
    }
    return c->scored;
}

static str tenths_text(struct arena *a, int tenths)
{
    return str_fmt(a, "%d.%d", tenths / 10, tenths % 10);
}

static bool is_tenths(double score, int tenths)
{
    double away = score * 10 - tenths;
    return away > -1e-6 && away < 1e-6;
}

/* Two values that the score may have: where the vector has no metric of the group, the
 * formula with nothing defined and the score before it are both in use. */
struct expected {
    int one, other;
};

static void check_score(struct scored *s, const struct json *node, struct expected e)
{
    double score;
    if (!json_double(node, &score) || is_tenths(score, e.one) || is_tenths(score, e.other))
        return;
    csaf_found(s->c, node, S("score_wrong"), json_number(node), tenths_text(s->c->a, e.one),
               json_get_text(s->object, S("vectorString")));
}

static void check_severity(struct scored *s, const struct json *node, struct expected e)
{
    str said = json_text(node);
    str one = cvss_severity_text(cvss_severity(s->cvss.version, e.one));
    str other = cvss_severity_text(cvss_severity(s->cvss.version, e.other));
    if (said.p == NULL || str_eq_nocase(said, one) || str_eq_nocase(said, other))
        return;
    csaf_found(s->c, node, S("severity_wrong"), said, one, tenths_text(s->c->a, e.one));
}

/* The scores as if the vector said of each group: nothing defined. */
static struct cvss_scores scores_defined(const struct cvss *c)
{
    struct cvss with = *c;
    bool two = c->version == CVSS_2_0;
    if (cvss_value(&with, S("E")).n == 0)
        (void)cvss_set(&with, S("E"), two ? S("ND") : S("X"));
    if (cvss_value(&with, S("CR")).n == 0)
        (void)cvss_set(&with, S("CR"), two ? S("ND") : S("X"));
    return cvss_scores(&with);
}

static struct expected expected_of(const struct cvss *c, enum cvss_group group,
                                   const struct cvss_scores *given)
{
    if (c->version == CVSS_4_0)
        return (struct expected){given->overall, given->overall};
    int before = given->temporal >= 0 ? given->temporal : given->base;
    if (group == CVSS_BASE)
        return (struct expected){given->base, given->base};
    if (group == CVSS_TEMPORAL)
        return (struct expected){before,
                                 given->temporal >= 0 ? before : scores_defined(c).temporal};
    if (given->environmental >= 0)
        return (struct expected){given->environmental, given->environmental};
    return (struct expected){before, scores_defined(c).environmental};
}

/* Members that say a score or its severity; 4.0 has those of the base group alone. */
static const struct {
    str member;
    enum cvss_group group;
    void (*check)(struct scored *s, const struct json *node, struct expected e);
} said_scores[] = {
    {S_INIT("baseScore"), CVSS_BASE, check_score},
    {S_INIT("temporalScore"), CVSS_TEMPORAL, check_score},
    {S_INIT("environmentalScore"), CVSS_ENVIRONMENTAL, check_score},
    {S_INIT("baseSeverity"), CVSS_BASE, check_severity},
    {S_INIT("temporalSeverity"), CVSS_TEMPORAL, check_severity},
    {S_INIT("environmentalSeverity"), CVSS_ENVIRONMENTAL, check_severity},
};

static void compute(struct scored *s)
{
    struct cvss_scores given = cvss_scores(&s->cvss);
    for (size_t i = 0; i < json_count(s->object); i++) {
        str key = json_key(s->object, i);
        for (size_t k = 0; k < COUNT(said_scores); k++)
            if (str_eq(key, said_scores[k].member) &&
                (said_scores[k].group == CVSS_BASE || s->cvss.version != CVSS_4_0))
                said_scores[k].check(s, json_value(s->object, i),
                                     expected_of(&s->cvss, said_scores[k].group, &given));
    }
}

/* 6.1.9 */
void csaf_score_wrong(struct csaf_check *c)
{
    struct csaf_scored *all = scored_of(c);
    for (size_t i = 0; i < all->n; i++)
        compute(&all->v[i]);
}

/* Members of CVSS objects that repeat a metric of the vector: in which versions, and which.  Those
 * of a version stand between its two places. */
enum { FIRST_V3 = 6, FIRST_V4 = 17, END_V2 = 20, END_V3 = 28 };
/* clang-format off */
static const struct {
    str member, metric;
    unsigned versions;
} repeated[] = {
    {S_INIT("accessVector"), S_INIT("AV"), V2},
    {S_INIT("accessComplexity"), S_INIT("AC"), V2},
    {S_INIT("authentication"), S_INIT("Au"), V2},
    {S_INIT("exploitability"), S_INIT("E"), V2},
    {S_INIT("collateralDamagePotential"), S_INIT("CDP"), V2},
    {S_INIT("targetDistribution"), S_INIT("TD"), V2},
    {S_INIT("confidentialityImpact"), S_INIT("C"), V2 | V3},
    {S_INIT("integrityImpact"), S_INIT("I"), V2 | V3},
    {S_INIT("availabilityImpact"), S_INIT("A"), V2 | V3},
    {S_INIT("remediationLevel"), S_INIT("RL"), V2 | V3},
    {S_INIT("reportConfidence"), S_INIT("RC"), V2 | V3},
    {S_INIT("scope"), S_INIT("S"), V3},
    {S_INIT("exploitCodeMaturity"), S_INIT("E"), V3},
    {S_INIT("modifiedScope"), S_INIT("MS"), V3},
    {S_INIT("modifiedConfidentialityImpact"), S_INIT("MC"), V3},
    {S_INIT("modifiedIntegrityImpact"), S_INIT("MI"), V3},
    {S_INIT("modifiedAvailabilityImpact"), S_INIT("MA"), V3},
    {S_INIT("confidentialityRequirement"), S_INIT("CR"), V2 | V3 | V4},
    {S_INIT("integrityRequirement"), S_INIT("IR"), V2 | V3 | V4},
    {S_INIT("availabilityRequirement"), S_INIT("AR"), V2 | V3 | V4},
    {S_INIT("attackVector"), S_INIT("AV"), V3 | V4},
    {S_INIT("attackComplexity"), S_INIT("AC"), V3 | V4},
    {S_INIT("privilegesRequired"), S_INIT("PR"), V3 | V4},
    {S_INIT("userInteraction"), S_INIT("UI"), V3 | V4},
    {S_INIT("modifiedAttackVector"), S_INIT("MAV"), V3 | V4},
    {S_INIT("modifiedAttackComplexity"), S_INIT("MAC"), V3 | V4},
    {S_INIT("modifiedPrivilegesRequired"), S_INIT("MPR"), V3 | V4},
    {S_INIT("modifiedUserInteraction"), S_INIT("MUI"), V3 | V4},
    {S_INIT("attackRequirements"), S_INIT("AT"), V4},
    {S_INIT("vulnConfidentialityImpact"), S_INIT("VC"), V4},
    {S_INIT("vulnIntegrityImpact"), S_INIT("VI"), V4},
    {S_INIT("vulnAvailabilityImpact"), S_INIT("VA"), V4},
    {S_INIT("subConfidentialityImpact"), S_INIT("SC"), V4},
    {S_INIT("subIntegrityImpact"), S_INIT("SI"), V4},
    {S_INIT("subAvailabilityImpact"), S_INIT("SA"), V4},
    {S_INIT("exploitMaturity"), S_INIT("E"), V4},
    {S_INIT("modifiedAttackRequirements"), S_INIT("MAT"), V4},
    {S_INIT("modifiedVulnConfidentialityImpact"), S_INIT("MVC"), V4},
    {S_INIT("modifiedVulnIntegrityImpact"), S_INIT("MVI"), V4},
    {S_INIT("modifiedVulnAvailabilityImpact"), S_INIT("MVA"), V4},
    {S_INIT("modifiedSubConfidentialityImpact"), S_INIT("MSC"), V4},
    {S_INIT("modifiedSubIntegrityImpact"), S_INIT("MSI"), V4},
    {S_INIT("modifiedSubAvailabilityImpact"), S_INIT("MSA"), V4},
    {S_INIT("Safety"), S_INIT("S"), V4},
    {S_INIT("Automatable"), S_INIT("AU"), V4},
    {S_INIT("Recovery"), S_INIT("R"), V4},
    {S_INIT("valueDensity"), S_INIT("V"), V4},
    {S_INIT("vulnerabilityResponseEffort"), S_INIT("RE"), V4},
    {S_INIT("providerUrgency"), S_INIT("U"), V4},
};
/* clang-format on */

/* Words of 2.0 whose letters in a vector are not the initials of their parts. */
static const struct {
    str word, letters;
} odd[] = {
    {S_INIT("ADJACENT_NETWORK"), S_INIT("A")},
    {S_INIT("UNCONFIRMED"), S_INIT("UC")},
    {S_INIT("UNCORROBORATED"), S_INIT("UR")},
};

/* "PROOF_OF_CONCEPT" is "POC" in a vector of 2.0 … */
static bool is_initials(str word, str letters)
{
    for (size_t i = 0; i < COUNT(odd); i++)
        if (str_eq(word, odd[i].word))
            return str_eq(letters, odd[i].letters);
    size_t n = 0;
    while (word.n > 0) {
        str part = str_cut(&word, '_');
        if (n >= letters.n || part.n == 0 || part.p[0] != letters.p[n])
            return false;
        n++;
    }
    return n == letters.n;
}

/* … and "P" in later ones.  A metric that the vector leaves out contradicts nothing. */
static bool says_same(enum cvss_version version, str word, str value)
{
    if (value.n == 0)
        return true;
    if (str_eq(word, S("NOT_DEFINED")))
        return str_eq(value, version == CVSS_2_0 ? S("ND") : S("X"));
    if (version == CVSS_2_0)
        return is_initials(word, value);
    return str_eq_nocase(word, value) || (value.n == 1 && word.n > 0 && word.p[0] == value.p[0]);
}

/* The metric that a member repeats; absent: none. */
static str metric_of(enum cvss_version version, str member)
{
    size_t first = version == CVSS_2_0 ? 0 : version == CVSS_4_0 ? FIRST_V4 : FIRST_V3;
    size_t end = version == CVSS_2_0 ? END_V2 : version == CVSS_4_0 ? COUNT(repeated) : END_V3;
    for (size_t i = first; i < end; i++)
        if (str_eq(repeated[i].member, member))
            return repeated[i].versions & 1u << version ? repeated[i].metric : NO_STR;
    return NO_STR;
}

static void compare(struct scored *s)
{
    const struct json *version = json_get(s->object, S("version"));
    str own = cvss_version_text(s->cvss.version);
    str vector = json_get_text(s->object, S("vectorString"));
    if (json_text(version).p != NULL && !str_eq(json_text(version), own))
        csaf_found(s->c, version, S("vector_contradicts"), S("version"), json_text(version),
                   vector);
    for (size_t i = 0; i < json_count(s->object); i++) {
        const struct json *node = json_value(s->object, i);
        str metric = metric_of(s->cvss.version, json_key(s->object, i));
        if (metric.p != NULL && json_is(node, JSON_IS_STRING) &&
            !says_same(s->cvss.version, json_text(node), cvss_value(&s->cvss, metric)))
            csaf_found(s->c, node, S("vector_contradicts"), json_key(s->object, i), json_text(node),
                       vector);
    }
}

/* 6.1.10 */
void csaf_vector_contradicts(struct csaf_check *c)
{
    struct csaf_scored *all = scored_of(c);
    for (size_t i = 0; i < all->n; i++)
        compare(&all->v[i]);
}
