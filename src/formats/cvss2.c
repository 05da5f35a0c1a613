/* cvss2.c - the equations of CVSS 2.0, section 3.2 of its guide, in whole numbers. */
#include "formats/cvss_own.h"

__extension__ typedef __int128 wide; /* impact has 17 decimal places, the base score 21 */

/* By value number - 1. */
static const short access_vector[] = {395, 646,
                                      1000}; /* thousandths, as all below but where said */
static const short access_complexity[] = {350, 610, 710};
static const short authentication[] = {450, 560, 704};
static const short impact[] = {0, 275, 660};
static const short exploitability[] = {100, 85, 90, 95, 100}; /* hundredths from here on */
static const short remediation[] = {100, 87, 90, 95, 100};
static const short confidence[] = {100, 90, 95, 100};
static const short damage[] = {0, 0, 10, 30, 40, 50};
static const short distribution[] = {100, 0, 25, 75, 100};
static const short requirement[] = {100, 50, 100, 151};

/* An optional metric that is not in the vector is as one that is not defined. */
static i64 weight(const struct cvss *c, int metric, const short *weights)
{
    return weights[c->value[metric] > 0 ? c->value[metric] - 1 : 0];
}

/* Tenths of value / 10^places, half up. */
static int rounded(wide value, int places)
{
    wide unit = 1;
    for (int i = 1; i < places; i++)
        unit *= 10;
    return (int)((value + unit / 2) / unit);
}

/* What one impact metric leaves, in 1e-5. */
static wide left(const struct cvss *c, int metric, int req, bool adjusted)
{
    i64 r = adjusted ? weight(c, req, requirement) : 100;
    return 100000 - weight(c, metric, impact) * r;
}

static int base(const struct cvss *c, bool adjusted)
{
    wide kept = left(c, V2_C, V2_CR, adjusted) * left(c, V2_I, V2_IR, adjusted) *
                left(c, V2_A, V2_AR, adjusted);
    wide ten17 = (wide)100000000000000000, hit = 1041 * (ten17 / 100 - kept); /* 1e-17 */
    if (adjusted && hit > 10 * ten17)
        hit = 10 * ten17;
    if (hit == 0)
        return 0;
    wide use = 20 * weight(c, V2_AV, access_vector) * weight(c, V2_AC, access_complexity) *
               weight(c, V2_AU, authentication) * (ten17 / 1000000000); /* 1e-17 */
    wide sum = 6 * hit + 4 * use - 15 * ten17;                          /* 1e-18 */
    return rounded(sum * 1176, 21);
}

static int with_temporal(const struct cvss *c, int score)
{
    wide v = (wide)score * weight(c, V2_E, exploitability) * weight(c, V2_RL, remediation) *
             weight(c, V2_RC, confidence); /* 1e-7 */
    return rounded(v, 7);
}

static int environmental(const struct cvss *c)
{
    i64 t = with_temporal(c, base(c, true));
    wide v = (t * 100 + (100 - t) * weight(c, V2_CDP, damage)) * weight(c, V2_TD, distribution);
    return rounded(v, 5);
}

struct cvss_scores cvss2_scores(const struct cvss *c)
{
    struct cvss_scores s = {base(c, false), -1, -1, 0};
    s.overall = s.base;
    if (cvss_has_group(c, CVSS_TEMPORAL))
        s.overall = s.temporal = with_temporal(c, s.base);
    if (cvss_has_group(c, CVSS_ENVIRONMENTAL))
        s.overall = s.environmental = environmental(c);
    return s;
}
