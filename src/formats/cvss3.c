/* cvss3.c - the equations of CVSS 3.0 (section 8) and 3.1 (section 7).
 *
 * Numbers are whole, in units of 1e-16.  The one term that has no end, a 15th or 13th power
 * where the scope changes, is rounded to 1e-14 first. */
#include "formats/cvss_own.h"

#include <math.h>

#define ONE (i64)10000000000000000

/* Hundredths, by value number - 1. */
static const short attack_vector[] = {85, 62, 55, 20};
static const short attack_complexity[] = {77, 44};
static const short privileges[2][3] = {{85, 62, 27}, {85, 68, 50}}; /* scope unchanged, changed */
static const short interaction[] = {85, 62};
static const short impact[] = {56, 22, 0};
static const short exploit[] = {100, 100, 97, 94, 91};
static const short remediation[] = {100, 100, 97, 96, 95};
static const short confidence[] = {100, 100, 96, 92};
static const short requirement[] = {100, 150, 100, 50};

/* The number of a base metric's value, from 0; of its modified one where `modified` is its
 * place and it is defined. */
static int number(const struct cvss *c, int metric, int modified)
{
    if (modified > 0 && c->value[modified] > 1)
        return c->value[modified] - 2;
    return c->value[metric] - 1;
}

static i64 optional(const struct cvss *c, int metric, const short *weights)
{
    return weights[c->value[metric] > 0 ? c->value[metric] - 1 : 0];
}

/* What one impact metric leaves, in 1e-4. */
static i64 left(const struct cvss *c, int metric, int modified, int req)
{
    i64 r = modified ? optional(c, req, requirement) : 100;
    return 10000 - impact[number(c, metric, modified)] * r;
}

/* The impact sub-score, in 1e-14. */
static i64 impact_score(const struct cvss *c, bool env, bool changed)
{
    i64 part = 1000000000000 - left(c, V3_C, env ? V3_MC : 0, V3_CR) *
                                   left(c, V3_I, env ? V3_MI : 0, V3_IR) *
                                   left(c, V3_A, env ? V3_MA : 0, V3_AR); /* 1e-12 */
    if (part > 915000000000)
        part = 915000000000;
    if (!changed)
        return 642 * part;
    long double p = (long double)part / 1e12L, power;
    if (env && c->version == CVSS_3_1)
        power = powl(p * 0.9731L - 0.02L, 13);
    else
        power = powl(p - 0.02L, 15);
    return llroundl((7.52L * (p - 0.029L) - 3.25L * power) * 1e14L);
}

/* The exploitability sub-score, in 1e-10. */
static i64 exploitability_score(const struct cvss *c, bool env, bool changed)
{
    return 822 * attack_vector[number(c, V3_AV, env ? V3_MAV : 0)] *
           (i64)attack_complexity[number(c, V3_AC, env ? V3_MAC : 0)] *
           privileges[changed][number(c, V3_PR, env ? V3_MPR : 0)] *
           interaction[number(c, V3_UI, env ? V3_MUI : 0)];
}

/* The smallest tenth that is not less.  3.1 (appendix A) looks at five decimal places only. */
static int rounded_up(const struct cvss *c, i64 v)
{
    if (c->version == CVSS_3_0)
        return (int)((v + ONE / 10 - 1) / (ONE / 10));
    i64 places = (v + ONE / 200000) / (ONE / 100000);
    return (int)((places + 9999) / 10000);
}

static int base(const struct cvss *c, bool env)
{
    bool changed = number(c, V3_S, env ? V3_MS : 0) == 1;
    i64 hit = impact_score(c, env, changed);
    if (hit <= 0)
        return 0;
    i64 sum = hit + exploitability_score(c, env, changed) * 10000;
    i64 v = sum * (changed ? 108 : 100);
    return rounded_up(c, v < 10 * ONE ? v : 10 * ONE);
}

static int with_temporal(const struct cvss *c, int score)
{
    i64 v = score * optional(c, V3_E, exploit) * optional(c, V3_RL, remediation) *
            optional(c, V3_RC, confidence); /* 1e-7 */
    return rounded_up(c, v * (ONE / 10000000));
}

struct cvss_scores cvss3_scores(const struct cvss *c)
{
    struct cvss_scores s = {base(c, false), -1, -1, 0};
    s.overall = s.base;
    if (cvss_has_group(c, CVSS_TEMPORAL))
        s.overall = s.temporal = with_temporal(c, s.base);
    if (cvss_has_group(c, CVSS_ENVIRONMENTAL))
        s.overall = s.environmental = with_temporal(c, base(c, true));
    return s;
}
