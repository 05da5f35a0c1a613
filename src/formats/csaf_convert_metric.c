/* csaf_convert_metric.c - from CSAF 2.0 to 2.1: assessments that 2.0 had no place for, from
 * references (CVSS 4.0) and notes (SSVC). */
#include "formats/csaf_convert_own.h"

#include "formats/cvss.h"
#include "formats/schema.h"
#include "formats/ssvc.h"

/* ---- CVSS 4.0 ---- */

static struct edit *affected_products(struct convert *c, const struct edit *vulnerability)
{
    static const str lists[] = {S_INIT("first_affected"), S_INIT("known_affected"),
                                S_INIT("last_affected")};
    struct edit *status = edit_get(vulnerability, S("product_status")),
                *products = edit_array(c->a);
    struct dict seen = {0};
    for (size_t l = 0; l < COUNT(lists); l++)
        EDIT_EACH(id, edit_get(status, lists[l]))
        {
            bool fresh = false;
            if (edit_text(id).p != NULL)
                (void)dict_add(c->a, &seen, id->text, &fresh);
            if (fresh)
                edit_push(c->a, products, edit_str(c->a, id->text));
        }
    return products;
}

/* The vector in the fragment of a link to FIRST's calculator; absent: it is no such link. */
static str calculator_vector(str url)
{
    static const str hosts[] = {S_INIT("https://www.first.org/cvss/calculator/4"),
                                S_INIT("https://first.org/cvss/calculator/4"),
                                S_INIT("http://www.first.org/cvss/calculator/4")};
    ptrdiff_t mark = str_find_char(url, '#');
    for (size_t i = 0; i < COUNT(hosts); i++)
        if (str_has_prefix(url, hosts[i]))
            return mark < 0 ? S("") : str_from(url, (size_t)mark + 1);
    return NO_STR;
}

static struct edit *decimal(struct arena *a, int tenths)
{
    struct edit *e = edit_str(a, str_fmt(a, "%d.%d", tenths / 10, tenths % 10));
    e->kind = JSON_IS_REAL;
    return e;
}

static str upper(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++)
        buf_char(&b, s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 32) : s.p[i]);
    return buf_str(&b);
}

/* Its base score is that of the base metrics alone. */
static struct edit *cvss4_object(struct convert *c, const struct cvss *cvss, str vector)
{
    struct edit *e = edit_object(c->a);
    int base = cvss_scores(cvss).base;
    str severity = cvss_severity_text(cvss_severity(CVSS_4_0, base));
    edit_set(c->a, e, S("version"), edit_str(c->a, S("4.0")));
    edit_set(c->a, e, S("vectorString"), edit_str(c->a, vector));
    edit_set(c->a, e, S("baseScore"), decimal(c->a, base));
    edit_set(c->a, e, S("baseSeverity"), edit_str(c->a, upper(c->a, severity)));
    return e;
}

static bool is_base(const struct cvss *cvss)
{
    size_t n;
    const struct cvss_metric *metrics = cvss_metrics(CVSS_4_0, &n);
    for (size_t i = 0; i < n; i++)
        if (metrics[i].group != CVSS_BASE && metrics[i].group != CVSS_SUPPLEMENTAL &&
            cvss->value[i] > 1)
            return false;
    return true;
}

static bool add_cvss4(struct convert *c, struct edit *vulnerability, const struct edit *url,
                      str vector)
{
    struct cvss cvss;
    struct cvss_error error;
    struct edit *products = affected_products(c, vulnerability);
    str why = NO_STR;
    if (cvss_parse(vector, &cvss, &error) != OK || cvss.version != CVSS_4_0)
        why = S("cvss4_vector");
    else if (!is_base(&cvss))
        why = S("cvss4_threat");
    else if (products->n == 0)
        why = S("cvss4_products");
    if (why.p != NULL) {
        (void)carry_text(c, url, why, url->text, vector);
        return false;
    }
    struct edit *metric = edit_object(c->a), *content = edit_object(c->a);
    edit_set(c->a, content, S("cvss_v4"), cvss4_object(c, &cvss, vector));
    edit_set(c->a, metric, S("content"), content);
    edit_set(c->a, metric, S("products"), products);
    edit_push(c->a, convert_metrics(c, vulnerability), metric);
    return true;
}

void convert_cvss4(struct convert *c, struct edit *vulnerability)
{
    str added = NO_STR;
    EDIT_EACH(reference, edit_get(vulnerability, S("references")))
    {
        const struct edit *url = edit_get(reference, S("url"));
        str vector = calculator_vector(edit_text(url));
        if (vector.p == NULL || str_eq(vector, added))
            continue;
        if (added.p != NULL)
            (void)carry_text(c, url, S("cvss4_second"), url->text, added);
        else if (add_cvss4(c, vulnerability, url, vector))
            added = vector;
    }
}

/* ---- SSVC ---- */

/* The only version of the decision point that has the value; absent: none, or several. */
static str only_version(struct arena *a, str key, str value, bool *several)
{
    static const char *const versions[] = {"1.0.0", "1.0.1", "1.1.0", "2.0.0",
                                           "2.0.1", "2.1.0", "3.0.0", "3.0.1"};
    str found = NO_STR;
    *several = false;
    for (size_t i = 0; i < COUNT(versions); i++) {
        struct ssvc_point p;
        str k, name, rest;
        if (!ssvc_find(S("ssvc"), key, str_z(versions[i]), &p))
            continue;
        for (rest = p.values; ssvc_value_next(&rest, &k, &name);)
            if (str_eq(k, value)) {
                *several |= found.p != NULL;
                found = str_copy(a, str_z(versions[i]));
            }
    }
    return *several ? NO_STR : found;
}

static struct edit *selection(struct convert *c, str key, str version, str value)
{
    struct edit *s = edit_object(c->a), *values = edit_array(c->a), *v = edit_object(c->a);
    edit_set(c->a, v, S("key"), edit_str(c->a, value));
    edit_push(c->a, values, v);
    edit_set(c->a, s, S("namespace"), edit_str(c->a, S("ssvc")));
    edit_set(c->a, s, S("key"), edit_str(c->a, key));
    edit_set(c->a, s, S("version"), edit_str(c->a, version));
    edit_set(c->a, s, S("values"), values);
    return s;
}

/* "SSVCv2/E:A/A:Y/2024-01-24T10:00:00Z/".  NULL sets *why. */
static struct edit *of_vector(struct convert *c, str text, str *why)
{
    struct edit *list = edit_object(c->a), *selections = edit_array(c->a);
    struct instant t;
    str rest = text, when = NO_STR;
    *why = S("ssvc_wrong");
    if (!str_eq(str_cut(&rest, '/'), S("SSVCv2")))
        return NULL;
    while (rest.n > 0) {
        str part = str_cut(&rest, '/'), value = part;
        if (instant_read(part, &t)) {
            when = part;
            continue;
        }
        str key = str_cut(&value, ':');
        bool several;
        str version = only_version(c->a, key, value, &several);
        if (version.p == NULL) {
            *why = several ? S("ssvc_loses") : *why;
            return NULL;
        }
        edit_push(c->a, selections, selection(c, key, version, value));
    }
    if (when.p == NULL || selections->n == 0)
        return NULL;
    edit_set(c->a, list, S("selections"), selections);
    edit_set(c->a, list, S("schemaVersion"), edit_str(c->a, S("2.0.0")));
    edit_set(c->a, list, S("timestamp"), edit_str(c->a, when));
    return list;
}

static const struct json *read_list(struct convert *c, str text)
{
    const struct json *j;
    struct json_error error;
    struct schema_faults faults = {0};
    if (!str_has_prefix(text, S("{")) || json_read(c->a, text, &j, &error) != OK)
        return NULL;
    (void)schema_check(c->a, schema_kept(SCHEMA_SSVC_2), j, true, &faults);
    return faults.n == 0 ? j : NULL;
}

/* True: the note is in the metrics now, whole. */
static bool take_ssvc(struct convert *c, struct edit *vulnerability, const struct edit *note)
{
    str text = str_trim(edit_get_text(note, S("text"))), why = S("ssvc_wrong");
    const struct json *whole = read_list(c, text);
    struct edit *list = whole != NULL ? edit_of(c->a, whole) : of_vector(c, text, &why);
    struct edit *products = affected_products(c, vulnerability);
    if (list != NULL && products->n == 0)
        why = S("ssvc_products");
    if (list == NULL || products->n == 0) {
        (void)carry_text(c, note, why, text, NO_STR);
        return false;
    }
    struct edit *metric = edit_object(c->a), *content = edit_object(c->a);
    edit_set(c->a, content, S("ssvc_v2"), list);
    edit_set(c->a, metric, S("content"), content);
    edit_set(c->a, metric, S("products"), products);
    edit_push(c->a, convert_metrics(c, vulnerability), metric);
    (void)carry_text(c, note, S("ssvc"), text, NO_STR);
    return true;
}

void convert_ssvc(struct convert *c, struct edit *vulnerability)
{
    struct edit *notes = edit_get(vulnerability, S("notes"));
    bool any = false;
    for (size_t i = 0; i < edit_count(notes); i++) {
        const struct edit *note = notes->v[i].value;
        if (!any && str_eq(edit_get_text(note, S("title")), S("SSVC")) &&
            str_eq(edit_get_text(note, S("category")), S("other")) &&
            take_ssvc(c, vulnerability, note)) {
            notes->v[i].value = NULL;
            any = true;
        }
    }
    if (!any)
        return;
    edit_sweep(notes);
    if (notes->n == 0)
        (void)edit_take(vulnerability, S("notes"));
}
