/* cvss4.c - CVSS 4.0, section 8 of its specification: the score of the macrovector, less how
 * far the vector lies from the worst ones of its macrovector towards the next lower ones. */
#include "formats/cvss_own.h"

/* The metrics that count, each a level: 0 is the worst. */
enum { AV, PR, UI, AC, AT, VC, VI, VA, CR, IR, AR, SC, SI, SA, E, LEVELS };

/* All distances within a macrovector are divided by one of these numbers. */
enum { COMMON = 840 };

/* The worst vectors of one level of one set of metrics, and how deep the level is. */
struct worst {
    int depth;
    int n;
    unsigned char level[5][6];
};

/* clang-format off */
static const struct worst eq1[] = { /* AV PR UI */
    {1, 1, {{0, 0, 0}}},
    {4, 3, {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {5, 2, {{3, 0, 0}, {1, 1, 1}}},
};
static const struct worst eq2[] = { /* AC AT */
    {1, 1, {{0, 0}}},
    {2, 2, {{1, 0}, {0, 1}}},
};
static const struct worst eq3eq6[][2] = { /* VC VI VA CR IR AR */
    {{7, 1, {{0, 0, 0, 0, 0, 0}}},
     {6, 2, {{0, 0, 1, 1, 1, 0}, {0, 0, 0, 1, 1, 1}}}},
    {{8, 2, {{1, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0}}},
     {8, 5, {{1, 0, 1, 0, 1, 0}, {1, 0, 0, 0, 1, 1}, {0, 1, 0, 1, 0, 1}, {0, 1, 1, 1, 0, 0},
             {1, 1, 0, 0, 0, 1}}}},
    {{1, 0, {{0}}},
     {10, 1, {{1, 1, 1, 0, 0, 0}}}},
};
static const struct worst eq4[] = { /* SC SI SA */
    {6, 1, {{1, 0, 0}}},
    {5, 1, {{1, 1, 1}}},
    {4, 1, {{2, 2, 2}}},
};
/* clang-format on */

/* From 0; of the modified metric where it is defined and counts. */
static int number(const struct cvss *c, int metric, int modified)
{
    if (modified > 0 && c->value[modified] > 1)
        return c->value[modified] - 2;
    return c->value[metric] - 1;
}

/* Not defined is as bad as can be. */
static int optional(const struct cvss *c, int metric, bool whole)
{
    return whole && c->value[metric] > 1 ? c->value[metric] - 2 : 0;
}

/* High, low, none, safety. */
static int subsequent(const struct cvss *c, int metric, int modified)
{
    static const int levels[] = {1, 2, 3, 0};
    return levels[number(c, metric, modified)];
}

/* whole: with threat and environmental metrics. */
static void levels_of(const struct cvss *c, bool whole, int level[LEVELS])
{
    level[AV] = number(c, V4_AV, whole ? V4_MAV : 0);
    level[PR] = number(c, V4_PR, whole ? V4_MPR : 0);
    level[UI] = number(c, V4_UI, whole ? V4_MUI : 0);
    level[AC] = number(c, V4_AC, whole ? V4_MAC : 0);
    level[AT] = number(c, V4_AT, whole ? V4_MAT : 0);
    level[VC] = number(c, V4_VC, whole ? V4_MVC : 0);
    level[VI] = number(c, V4_VI, whole ? V4_MVI : 0);
    level[VA] = number(c, V4_VA, whole ? V4_MVA : 0);
    level[CR] = optional(c, V4_CR, whole);
    level[IR] = optional(c, V4_IR, whole);
    level[AR] = optional(c, V4_AR, whole);
    level[SC] = subsequent(c, V4_SC, whole ? V4_MSC : 0);
    level[SI] = subsequent(c, V4_SI, whole ? V4_MSI : 0);
    level[SA] = subsequent(c, V4_SA, whole ? V4_MSA : 0);
    level[E] = optional(c, V4_E, whole);
}

static bool is_harmless(const int *l)
{
    return l[VC] == 2 && l[VI] == 2 && l[VA] == 2 && l[SC] == 3 && l[SI] == 3 && l[SA] == 3;
}

/* Tables 24 to 29. */
static void macro_of(const int *l, int eq[6])
{
    int worst = (l[AV] == 0) + (l[PR] == 0) + (l[UI] == 0);
    eq[0] = worst == 3 ? 0 : worst > 0 && l[AV] != 3 ? 1 : 2;
    eq[1] = l[AC] == 0 && l[AT] == 0 ? 0 : 1;
    bool any_high = l[VC] == 0 || l[VI] == 0 || l[VA] == 0;
    eq[2] = l[VC] == 0 && l[VI] == 0 ? 0 : any_high ? 1 : 2;
    bool any_subsequent = l[SC] == 1 || l[SI] == 1 || l[SA] == 1;
    eq[3] = l[SI] == 0 || l[SA] == 0 ? 0 : any_subsequent ? 1 : 2;
    eq[4] = l[E];
    bool required =
        (l[CR] == 0 && l[VC] == 0) || (l[IR] == 0 && l[VI] == 0) || (l[AR] == 0 && l[VA] == 0);
    eq[5] = required ? 0 : 1;
}

/* How far the levels lie from the first of the worst vectors that is not better in any. */
static int distance(const struct worst *w, const int *level, int n)
{
    for (int k = 0; k < w->n; k++) {
        int sum = 0, i = 0;
        for (; i < n && level[i] >= w->level[k][i]; i++)
            sum += level[i] - w->level[k][i];
        if (i == n)
            return sum;
    }
    return 0;
}

/* The score of the next lower macrovector in one or two EQs, or -1. */
static int lower(const int eq[6], int first, int second)
{
    int next[6];
    for (int i = 0; i < 6; i++)
        next[i] = eq[i] + (i == first || i == second);
    return cvss4_macro(next);
}

/* EQ3 and EQ6 go down together: 00 to the higher of 01 and 10, 01 and 10 to 11, 11 to 21. */
static int lower_eq3eq6(const int eq[6])
{
    if (eq[2] == 0 && eq[5] == 0) {
        int left = lower(eq, 5, 5), right = lower(eq, 2, 2);
        return left > right ? left : right;
    }
    if (eq[2] == 1 && eq[5] == 0)
        return lower(eq, 5, 5);
    return eq[2] < 2 ? lower(eq, 2, 2) : -1;
}

struct mean {
    int value; /* of the macrovector, in tenths */
    int sum;   /* of what each set of metrics takes away, in tenths / COMMON */
    int n;     /* sets that can go down */
};

static void take(struct mean *m, int next, const struct worst *w, const int *level, int n)
{
    if (next < 0)
        return;
    m->n++;
    if (w != NULL)
        m->sum += (m->value - next) * distance(w, level, n) * (COMMON / w->depth);
}

static int score(const struct cvss *c, bool whole)
{
    int level[LEVELS], eq[6];
    levels_of(c, whole, level);
    if (is_harmless(level))
        return 0;
    macro_of(level, eq);
    struct mean m = {.value = cvss4_macro(eq)};
    must(m.value > 0);
    take(&m, lower(eq, 0, 0), &eq1[eq[0]], level + AV, 3);
    take(&m, lower(eq, 1, 1), &eq2[eq[1]], level + AC, 2);
    take(&m, lower_eq3eq6(eq), &eq3eq6[eq[2]][eq[5]], level + VC, 6);
    take(&m, lower(eq, 3, 3), &eq4[eq[3]], level + SC, 3);
    take(&m, lower(eq, 4, 4), NULL, NULL, 0); /* E has one value a level: no distance */
    int unit = COMMON * (m.n > 0 ? m.n : 1);
    int v = m.value * unit - m.sum;
    return v > 0 ? (2 * v + unit) / (2 * unit) : 0;
}

struct cvss_scores cvss4_scores(const struct cvss *c)
{
    return (struct cvss_scores){score(c, false), -1, -1, score(c, true)};
}
