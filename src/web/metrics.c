/* metrics.c - see metrics.h; the markup is in templates/parts/metrics.html. */
#include "web/metrics.h"

#include "base/vec.h"
#include "formats/cwe.h"

/* The word of a metric or value; versions that mean another thing by it have a word of their
 * own: cvss_v2_au before cvss_au. */
static bool find_word(struct arena *a, enum cvss_version version, str key, enum lang lang, str *out)
{
    enum word w;
    char major = cvss_version_text(version).p[0];
    if (!word_find(str_fmt(a, "cvss_v%c_%.*s", major, SV(key)), &w) &&
        !word_find(str_fmt(a, "cvss_%.*s", SV(key)), &w))
        return false;
    *out = word(lang, w);
    return true;
}

/* MAV is AV after the reader's own measures. */
static bool is_modified(str metric)
{
    return metric.n > 1 && metric.p[0] == 'M';
}

str metric_name(struct arena *a, enum cvss_version version, str metric, enum lang lang)
{
    str name;
    if (find_word(a, version, str_lower(a, metric), lang, &name))
        return name;
    if (is_modified(metric) &&
        find_word(a, version, str_lower(a, str_from(metric, 1)), lang, &name))
        return words_cvss_modified(a, lang, .metric = name);
    return metric;
}

str metric_value(struct arena *a, enum cvss_version version, str metric, str value, enum lang lang)
{
    str name, low = str_lower(a, metric), v = str_lower(a, value);
    if (str_eq(v, S("x")) || str_eq(v, S("nd")))
        return word(lang, W_cvss_undefined);
    if (find_word(a, version, str_fmt(a, "%.*s_%.*s", SV(low), SV(v)), lang, &name))
        return name;
    if (is_modified(metric) &&
        find_word(a, version, str_fmt(a, "%.*s_%.*s", SV(str_from(low, 1)), SV(v)), lang, &name))
        return name;
    if (find_word(a, version, str_join(a, S("value_"), v), lang, &name))
        return name;
    return value;
}

static str issuer_word(struct ctx *cx, str issuer)
{
    enum word w;
    if (issuer.n == 0 || !word_find(str_fmt(cx->a, "choice_issuer_%.*s", SV(issuer)), &w))
        return S("");
    return word(cx->lang, w);
}

static str severity_of_version(enum cvss_version version, i64 score, enum lang lang)
{
    static const enum word words[] = {W_severity_none, W_severity_low, W_severity_medium,
                                      W_severity_high, W_severity_critical};
    return word(lang, words[cvss_severity(version, (int)score)]);
}

struct vector_view vector_view(struct ctx *cx, str issuer, str vector)
{
    struct vector_view v = {.vector = vector, .issuer = issuer_word(cx, issuer), .score = -1};
    struct cvss c;
    struct cvss_error bad;
    size_t n;
    v.version = v.severity = S("");
    if (cvss_parse(vector, &c, &bad) != OK)
        return v;
    const struct cvss_metric *m = cvss_metrics(c.version, &n);
    struct metric_view *all = NEWS(cx->a, struct metric_view, n);
    for (size_t i = 0; i < n; i++) {
        str value = cvss_value(&c, m[i].name);
        if (value.p == NULL)
            continue;
        all[v.n++] =
            (struct metric_view){metric_name(cx->a, c.version, m[i].name, cx->lang), m[i].name,
                                 metric_value(cx->a, c.version, m[i].name, value, cx->lang)};
    }
    v.v = all;
    v.version = str_fmt(cx->a, "CVSS v%.*s", SV(cvss_version_text(c.version)));
    v.score = cvss_scores(&c).base;
    if (v.score >= 0)
        v.severity = severity_of_version(c.version, v.score, cx->lang);
    return v;
}

/* --- other registers -------------------------------------------------------------------------- */

str cwe_words(struct arena *a, str cwe, enum lang lang)
{
    i64 id;
    struct cwe c;
    if (!cwe_parse(cwe, &id) || !cwe_find(id, &c))
        return cwe;
    str name = lang == LANG_JA && c.name_ja.n > 0 ? c.name_ja : c.name_en;
    return str_fmt(a, "%.*s %.*s", SV(cwe), SV(name));
}

url cwe_url(struct arena *a, str cwe)
{
    i64 id;
    if (!cwe_parse(cwe, &id))
        return (url){S("")};
    return (url){str_fmt(a, "https://cwe.mitre.org/data/definitions/%lld.html", (long long)id)};
}

url cve_url(struct arena *a, str cve)
{
    return url_query(a, (url){S("https://www.cve.org/CVERecord")}, S("id"), cve);
}
