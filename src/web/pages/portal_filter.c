/* portal_filter.c - see portal_filter.h. */
#include "web/pages/portal_filter.h"

#include "formats/cwe.h"
#include "web/field.h"
#include "web/frame.h"

/* clang-format off */
static const struct field_choice periods[] = {
    {.value = S_INIT("week")}, {.value = S_INIT("month")}, {.value = S_INIT("year")}};
static const struct field_choice severities[] = {
    {.value = S_INIT("critical")}, {.value = S_INIT("high")}, {.value = S_INIT("medium")},
    {.value = S_INIT("low")}, {.value = S_INIT("none")}};
static const struct field_choice statuses[] = {
    {.value = S_INIT("affected")}, {.value = S_INIT("affected_investigating")},
    {.value = S_INIT("not_affected_investigating")}, {.value = S_INIT("not_affected")},
    {.value = S_INIT("unknown")}, {.value = S_INIT("informed")}};
static const struct field_choice updates[] = {{.value = S_INIT("week")}};
static const struct field_choice sorts[] = {
    {.value = S_INIT("published")}, {.value = S_INIT("updated")}, {.value = S_INIT("severity")},
    {.value = S_INIT("title")}};

#define CHOICE(n, list)                                                                            \
    {.name = S_INIT(n), .type = FIELD_CHOICE, .choices = (list), .nchoices = COUNT(list)}
static const struct field_rule rules[PF_COUNT] = {
    [PF_PERIOD] = CHOICE("period", periods),
    [PF_SEVERITY] = CHOICE("severity", severities),
    [PF_VENDOR] = {.name = S_INIT("vendor"), .type = FIELD_LINE, .max = 100},
    [PF_STATUS] = CHOICE("status", statuses),
    [PF_CWE] = {.name = S_INIT("cwe"), .type = FIELD_LINE},
    [PF_CVE] = {.name = S_INIT("cve"), .type = FIELD_LINE},
    [PF_FROM] = {.name = S_INIT("from"), .type = FIELD_INSTANT},
    [PF_UNTIL] = {.name = S_INIT("until"), .type = FIELD_INSTANT},
    [PF_URGENT] = {.name = S_INIT("urgent"), .type = FIELD_BOOL},
    [PF_UPDATED] = CHOICE("updated", updates),
    [PF_SORT] = CHOICE("sort", sorts),
};
/* clang-format on */

static str upper(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++)
        buf_char(&b, s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 'a' + 'A') : s.p[i]);
    return b.n > 0 ? buf_str(&b) : S("");
}

/* "79", "cwe-79": people type it in many ways. */
static enum err read_cwe(struct ctx *cx, const struct value *v, struct portal_filter *f)
{
    i64 id;
    if (!v->is)
        return OK;
    if (!cwe_parse(v->text, &id))
        return wrong(cx, S("cwe"), S("cwe"));
    f->cwe = str_fmt(cx->a, "CWE-%lld", (long long)id);
    return OK;
}

static enum err read_cve(struct ctx *cx, const struct value *v, struct portal_filter *f)
{
    static const struct field_rule rule = {.name = S_INIT("cve"), .type = FIELD_CVE};
    struct input in = {0};
    struct value got;
    if (!v->is)
        return OK;
    input_put(cx->a, &in, rule.name, upper(cx->a, v->text));
    TRY(form_read(cx, &rule, 1, &in, &got));
    f->cve = got.text;
    return OK;
}

/* Days begin at midnight, so that a list is the same all day. */
static void read_times(struct ctx *cx, const struct value *v, struct portal_filter *f)
{
    i64 today = time_day_start(cx->now, cx->zone);
    if (str_eq(v[PF_PERIOD].text, S("week")))
        f->from = SOME(time_add_days(today, -7, cx->zone));
    if (str_eq(v[PF_PERIOD].text, S("month")))
        f->from = SOME(time_add_months(today, -1, cx->zone));
    if (str_eq(v[PF_PERIOD].text, S("year")))
        f->from = SOME(time_add_months(today, -12, cx->zone));
    if (v[PF_FROM].is && (!f->from.is || v[PF_FROM].n > f->from.v))
        f->from = SOME(v[PF_FROM].n);
    if (v[PF_UNTIL].is) /* that day itself, too */
        f->until = SOME(time_add_days(v[PF_UNTIL].n, 1, cx->zone));
    if (v[PF_UPDATED].is)
        f->updated_since = SOME(time_add_days(today, -7, cx->zone));
}

static void read_choices(const struct value *v, struct portal_filter *f)
{
    f->severity = -1;
    for (enum severity s = 0; s < SEVERITY_COUNT; s++)
        if (str_eq(v[PF_SEVERITY].text, severity_name(s)))
            f->severity = (int)s;
    for (size_t i = 0; i < COUNT(sorts); i++)
        if (str_eq(v[PF_SORT].text, sorts[i].value))
            f->sort = (enum portal_sort)i;
    f->vendor = v[PF_VENDOR].is ? v[PF_VENDOR].text : S("");
    f->status = v[PF_STATUS].is ? v[PF_STATUS].text : S("");
    f->critical = v[PF_URGENT].is && v[PF_URGENT].n != 0;
}

enum err portal_ask(struct ctx *cx, const struct request *rq, struct portal_asked *out)
{
    struct input in = {0};
    struct value v[PF_COUNT];
    *out = (struct portal_asked){0};
    input_from_fields(cx->a, &rq->query, &in);
    enum err e = form_read(cx, rules, PF_COUNT, &in, v);
    enum err cwe = read_cwe(cx, &v[PF_CWE], &out->f), cve = read_cve(cx, &v[PF_CVE], &out->f);
    for (size_t i = 0; i < PF_COUNT; i++) {
        str typed = input_get(&in, rules[i].name);
        out->typed[i] = typed.p ? str_trim(typed) : S("");
        out->any |= i != PF_SORT && out->typed[i].n > 0;
        out->more |= i >= PF_CVE && i < PF_SORT && out->typed[i].n > 0;
    }
    read_times(cx, v, &out->f);
    read_choices(v, &out->f);
    TRY(e);
    TRY(cwe);
    return cve;
}

/* --- the form ------------------------------------------------------------------------------- */

static struct filter_view options(struct ctx *cx, enum portal_field field, enum word label,
                                  const struct portal_asked *asked)
{
    const struct field_rule *r = &rules[field];
    struct filter_option *o = NEWS(cx->a, struct filter_option, r->nchoices + 1);
    o[0] = (struct filter_option){S(""), word(cx->lang, W_filter_all), false};
    for (size_t i = 0; i < r->nchoices; i++) {
        struct filter_option *one = &o[i + 1];
        one->value = r->choices[i].value;
        one->label = choice_label(cx->a, r, i, cx->lang);
        if (field == PF_STATUS)
            one->label = vendor_status_word(cx, one->value);
        one->chosen = str_eq(asked->typed[field], one->value);
    }
    return (struct filter_view){r->name, word(cx->lang, label), o, r->nchoices + 1};
}

struct portal_form portal_form(struct ctx *cx, const struct portal_asked *asked)
{
    return (struct portal_form){
        .act = lang_url(cx, "/advisories"),
        .period = options(cx, PF_PERIOD, W_portal_period, asked),
        .severity = options(cx, PF_SEVERITY, W_portal_severity, asked),
        .status = options(cx, PF_STATUS, W_portal_status, asked),
        .vendor = asked->typed[PF_VENDOR],
        .cwe = asked->typed[PF_CWE],
        .cve = asked->typed[PF_CVE],
        .from = asked->typed[PF_FROM],
        .until = asked->typed[PF_UNTIL],
        .sort = asked->typed[PF_SORT],
        .urgent = asked->typed[PF_URGENT].n > 0,
        .updated = asked->typed[PF_UPDATED].n > 0,
        .more = asked->more,
        .problems = form_problems(cx, rules, PF_COUNT),
    };
}

url portal_url(struct ctx *cx, const char *path, const struct request *rq)
{
    url u = lang_url(cx, path);
    for (size_t i = 0; i < rq->query.n; i++)
        if (!str_eq(rq->query.v[i].name, S("after")) && !str_eq(rq->query.v[i].name, S("done")) &&
            rq->query.v[i].value.n > 0)
            u = url_query(cx->a, u, rq->query.v[i].name, rq->query.v[i].value);
    return u;
}
