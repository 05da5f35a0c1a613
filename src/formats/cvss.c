/* cvss.c - vectors: the tables of metrics, parsing and writing. */
#include "formats/cvss.h"

#include "formats/cvss_own.h"

#define B CVSS_BASE
#define T CVSS_TEMPORAL
#define E CVSS_ENVIRONMENTAL
#define U CVSS_SUPPLEMENTAL
#define M(name, values, group)                                                                     \
    {                                                                                              \
        S_INIT(name), S_INIT(values), group                                                        \
    }

/* In the order of the standards.  The values of a modified metric are "X" and then those of
 * the base metric, in the same order: the scorers count on it. */
/* clang-format off */
static const struct cvss_metric v2[] = {
    M("AV", "L A N", B), M("AC", "H M L", B), M("Au", "M S N", B),
    M("C", "N P C", B), M("I", "N P C", B), M("A", "N P C", B),
    M("E", "ND U POC F H", T), M("RL", "ND OF TF W U", T), M("RC", "ND UC UR C", T),
    M("CDP", "ND N L LM MH H", E), M("TD", "ND N L M H", E),
    M("CR", "ND L M H", E), M("IR", "ND L M H", E), M("AR", "ND L M H", E),
};
static const struct cvss_metric v3[] = {
    M("AV", "N A L P", B), M("AC", "L H", B), M("PR", "N L H", B), M("UI", "N R", B),
    M("S", "U C", B), M("C", "H L N", B), M("I", "H L N", B), M("A", "H L N", B),
    M("E", "X H F P U", T), M("RL", "X U W T O", T), M("RC", "X C R U", T),
    M("CR", "X H M L", E), M("IR", "X H M L", E), M("AR", "X H M L", E),
    M("MAV", "X N A L P", E), M("MAC", "X L H", E), M("MPR", "X N L H", E), M("MUI", "X N R", E),
    M("MS", "X U C", E), M("MC", "X H L N", E), M("MI", "X H L N", E), M("MA", "X H L N", E),
};
static const struct cvss_metric v4[] = {
    M("AV", "N A L P", B), M("AC", "L H", B), M("AT", "N P", B), M("PR", "N L H", B),
    M("UI", "N P A", B), M("VC", "H L N", B), M("VI", "H L N", B), M("VA", "H L N", B),
    M("SC", "H L N", B), M("SI", "H L N", B), M("SA", "H L N", B),
    M("E", "X A P U", T),
    M("CR", "X H M L", E), M("IR", "X H M L", E), M("AR", "X H M L", E),
    M("MAV", "X N A L P", E), M("MAC", "X L H", E), M("MAT", "X N P", E), M("MPR", "X N L H", E),
    M("MUI", "X N P A", E), M("MVC", "X H L N", E), M("MVI", "X H L N", E), M("MVA", "X H L N", E),
    M("MSC", "X H L N", E), M("MSI", "X H L N S", E), M("MSA", "X H L N S", E),
    M("S", "X N P", U), M("AU", "X N Y", U), M("R", "X A U I", U), M("V", "X D C", U),
    M("RE", "X L M H", U), M("U", "X Clear Green Amber Red", U),
};
/* clang-format on */
#undef B
#undef T
#undef E
#undef U
#undef M
_Static_assert(COUNT(v2) == V2_COUNT, "a place for each metric of 2.0");
_Static_assert(COUNT(v3) == V3_COUNT, "a place for each metric of 3.x");
_Static_assert(COUNT(v4) == V4_COUNT && COUNT(v4) <= CVSS_METRICS, "and of 4.0");

static const str versions[CVSS_VERSIONS] = {S_INIT("2.0"), S_INIT("3.0"), S_INIT("3.1"),
                                            S_INIT("4.0")};

const struct cvss_metric *cvss_metrics(enum cvss_version version, size_t *n)
{
    *n = version == CVSS_2_0 ? COUNT(v2) : version == CVSS_4_0 ? COUNT(v4) : COUNT(v3);
    return version == CVSS_2_0 ? v2 : version == CVSS_4_0 ? v4 : v3;
}

str cvss_version_text(enum cvss_version version)
{
    return versions[version];
}

str cvss_severity_text(enum cvss_severity severity)
{
    static const str texts[] = {S_INIT("none"), S_INIT("low"), S_INIT("medium"), S_INIT("high"),
                                S_INIT("critical")};
    return texts[severity];
}

/* The place of a metric, or n. */
static size_t metric_place(enum cvss_version version, str name, size_t *n)
{
    const struct cvss_metric *m = cvss_metrics(version, n);
    size_t at = 0;
    if (name.n == 0)
        return *n;
    while (at < *n && (m[at].name.p[0] != name.p[0] || !str_eq(m[at].name, name)))
        at++;
    return at;
}

/* str_cut() for parts of a few bytes. */
static str cut_short(str *rest, char sep)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != sep)
        n++;
    str first = {rest->p, n};
    if (rest->n == 0) /* it may point nowhere */
        return first;
    rest->p += n + (n < rest->n);
    rest->n -= n + (n < rest->n);
    return first;
}

/* From 1; 0: there is none. */
static unsigned char value_number(str values, str value)
{
    unsigned char number = 1;
    for (size_t at = 0; at < values.n; at++, number++) {
        size_t n = 0;
        while (n < value.n && at + n < values.n && values.p[at + n] == value.p[n])
            n++;
        if (n == value.n && (at + n == values.n || values.p[at + n] == ' '))
            return number;
        while (at < values.n && values.p[at] != ' ')
            at++;
    }
    return 0;
}

static str value_text(str values, unsigned number)
{
    str v = NO_STR;
    while (number-- > 0)
        v = cut_short(&values, ' ');
    return v;
}

str cvss_value(const struct cvss *c, str metric)
{
    size_t n, at = metric_place(c->version, metric, &n);
    return at < n ? value_text(cvss_metrics(c->version, &n)[at].values, c->value[at]) : NO_STR;
}

bool cvss_set(struct cvss *c, str metric, str value)
{
    size_t n, at = metric_place(c->version, metric, &n);
    unsigned char v = at < n ? value_number(cvss_metrics(c->version, &n)[at].values, value) : 0;
    if (v > 0)
        c->value[at] = v;
    return v > 0;
}

bool cvss_has_group(const struct cvss *c, enum cvss_group group)
{
    size_t n;
    const struct cvss_metric *m = cvss_metrics(c->version, &n);
    for (size_t i = 0; i < n; i++)
        if (m[i].group == group && c->value[i] > 0)
            return true;
    return false;
}

static enum err bad(struct cvss_error *e, str code, size_t byte, str got)
{
    *e = (struct cvss_error){code, byte, got};
    return E_INVALID;
}

/* Takes "CVSS:3.1/" from the front of *rest. */
static enum err read_prefix(str *rest, struct cvss *out, struct cvss_error *e)
{
    out->version = CVSS_2_0;
    if (!str_has_prefix(*rest, S("CVSS:")))
        return OK;
    str text = str_from(*rest, 5), version = str_cut(&text, '/');
    for (int v = CVSS_3_0; v < CVSS_VERSIONS; v++)
        if (str_eq(version, versions[v])) {
            out->version = (enum cvss_version)v;
            *rest = text;
            return OK;
        }
    return bad(e, S("cvss_version"), 5, version);
}

/* One "AV:N" that begins at `byte`; *last is the place of the one before it, plus 1. */
static enum err read_metric(str part, size_t byte, struct cvss *out, size_t *last,
                            struct cvss_error *e)
{
    str value = part, name = cut_short(&value, ':');
    size_t n;
    const struct cvss_metric *m = cvss_metrics(out->version, &n);
    size_t at =
        *last < n && str_eq(m[*last].name, name) ? *last : metric_place(out->version, name, &n);
    if (name.n == part.n)
        return bad(e, S("cvss_syntax"), byte, part);
    if (at == n)
        return bad(e, S("cvss_metric"), byte, name);
    unsigned char v = value_number(m[at].values, value);
    if (v == 0)
        return bad(e, S("cvss_value"), byte + name.n + 1, value);
    if (out->value[at] > 0)
        return bad(e, S("cvss_duplicate"), byte, name);
    if (at < *last && out->version == CVSS_4_0)
        return bad(e, S("cvss_order"), byte, name);
    out->ordered = out->ordered && at >= *last;
    out->value[at] = v;
    *last = at + 1;
    return OK;
}

static enum err check_base(const struct cvss *c, size_t byte, struct cvss_error *e)
{
    size_t n;
    const struct cvss_metric *m = cvss_metrics(c->version, &n);
    for (size_t i = 0; i < n; i++)
        if (m[i].group == CVSS_BASE && c->value[i] == 0)
            return bad(e, S("cvss_missing"), byte, m[i].name);
    return OK;
}

enum err cvss_parse(str vector, struct cvss *out, struct cvss_error *error)
{
    str rest = vector;
    size_t last = 0;
    *out = (struct cvss){.ordered = true};
    TRY(read_prefix(&rest, out, error));
    for (bool more = true; more;) {
        size_t byte = vector.n - rest.n;
        str part = cut_short(&rest, '/');
        more = byte + part.n < vector.n; /* a slash stood there */
        TRY(read_metric(part, byte, out, &last, error));
    }
    return check_base(out, vector.n, error);
}

str cvss_vector(struct arena *a, const struct cvss *c)
{
    size_t n;
    const struct cvss_metric *m = cvss_metrics(c->version, &n);
    buf b = {.a = a};
    if (c->version != CVSS_2_0)
        buf_putf(&b, "CVSS:%.*s", SV(versions[c->version]));
    for (size_t i = 0; i < n; i++) {
        if (c->value[i] == 0 || (m[i].group != CVSS_BASE && c->value[i] == 1))
            continue;
        str value = value_text(m[i].values, c->value[i]);
        buf_putf(&b, "%s%.*s:%.*s", b.n > 0 ? "/" : "", SV(m[i].name), SV(value));
    }
    return buf_str(&b);
}

struct cvss_scores cvss_scores(const struct cvss *c)
{
    switch (c->version) {
    case CVSS_2_0: return cvss2_scores(c);
    case CVSS_4_0: return cvss4_scores(c);
    case CVSS_3_0:
    case CVSS_3_1:
    case CVSS_VERSIONS: break;
    }
    return cvss3_scores(c);
}

enum cvss_severity cvss_severity(enum cvss_version version, int tenths)
{
    if (version == CVSS_2_0)
        return tenths < 40 ? CVSS_LOW : tenths < 70 ? CVSS_MEDIUM : CVSS_HIGH;
    if (tenths < 1)
        return CVSS_NONE;
    return tenths < 40   ? CVSS_LOW
           : tenths < 70 ? CVSS_MEDIUM
           : tenths < 90 ? CVSS_HIGH
                         : CVSS_CRITICAL;
}
