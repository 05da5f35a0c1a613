/* portal_api.c - see portal_api.h. */
#include "web/api/portal_api.h"

#include "app/orgs.h"
#include "app/search.h"
#include "app/vulns.h"
#include "web/api_doc.h"

/* --- advisories ----------------------------------------------------------------------------------- */

#define LINE(T, m)                                                                                 \
    OUT_AS(T, m number, "number", OUT_STR), OUT_AS(T, m title, "title", OUT_STR),                  \
        OUT_AS(T, m vendors, "vendors", OUT_STR), OUT_AS(T, m cves, "cves", OUT_STR),              \
        OUT_AS(T, m cwes, "cwes", OUT_STR), OUT_AS(T, m published, "published", OUT_INSTANT),      \
        OUT_AS(T, m updated, "updated", OUT_INSTANT), OUT_AS(T, m score, "score", OUT_SCORE),      \
        OUT_AS(T, m withdrawn, "withdrawn", OUT_OPT_INSTANT),                                      \
        OUT_AS(T, m critical, "critical", OUT_BOOL)
static const struct out_field line_fields[] = {LINE(struct portal_line, )};
OUT_SCHEMA(line_schema, "PublicAdvisoryLine", struct portal_line, line_fields);

/* clang-format off */
static const struct field_choice severities[] = {
    {.value = S_INIT("none")}, {.value = S_INIT("low")}, {.value = S_INIT("medium")}, {.value = S_INIT("high")}, {.value = S_INIT("critical")}};
static const struct field_choice sorts[] = {
    {.value = S_INIT("published")}, {.value = S_INIT("updated")}, {.value = S_INIT("severity")}, {.value = S_INIT("title")}};
enum { Q_LANG, Q_FROM, Q_UNTIL, Q_UPDATED, Q_SEVERITY, Q_VENDOR, Q_STATUS, Q_CWE, Q_CVE, Q_CRITICAL, Q_SORT };
static const struct field_rule query_rules[] = {
    {.name = S_INIT("lang"), .type = FIELD_LANG},
    {.name = S_INIT("from"), .type = FIELD_INSTANT},
    {.name = S_INIT("until"), .type = FIELD_INSTANT},
    {.name = S_INIT("updated_since"), .type = FIELD_INSTANT},
    {.name = S_INIT("severity"), .type = FIELD_CHOICE, .choices = severities, .nchoices = COUNT(severities)},
    {.name = S_INIT("vendor"), .type = FIELD_LINE},
    {.name = S_INIT("status"), .type = FIELD_LINE, .max = 40},
    {.name = S_INIT("cwe"), .type = FIELD_CWE},
    {.name = S_INIT("cve"), .type = FIELD_CVE},
    {.name = S_INIT("critical"), .type = FIELD_BOOL},
    {.name = S_INIT("sort"), .type = FIELD_CHOICE, .choices = sorts, .nchoices = COUNT(sorts)},
    {.name = S_INIT("limit"), .type = FIELD_NUMBER, .max = 200},
    {.name = S_INIT("after"), .type = FIELD_LINE, .max = 5000}};
/* clang-format on */

static int choice_of(const struct field_rule *r, const struct value *v)
{
    for (size_t i = 0; v->is && i < r->nchoices; i++)
        if (str_eq(r->choices[i].value, v->text))
            return (int)i;
    return -1;
}

static opt_i64 instant_of(const struct value *v)
{
    return (opt_i64){v->is, v->n};
}

/* ?lang=, else the language that the request wants. */
static enum err read_lang(struct ctx *cx, const struct request *rq)
{
    str lang = query_get(rq, "lang");
    if (lang.n == 0 || lang_find(lang, &cx->lang))
        return OK;
    return wrong(cx, S("lang"), S("choice"));
}

static enum err list(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct value v[COUNT(query_rules)];
    struct input in = {0};
    struct list_window w = {0};
    struct portal_line *rows;
    size_t n;
    input_from_fields(cx->a, &rq->query, &in);
    TRY(form_read(cx, query_rules, COUNT(query_rules), &in, v));
    TRY(read_lang(cx, rq));
    TRY(api_window(cx, rq, &w.limit, &w.after));
    int sort = choice_of(&query_rules[Q_SORT], &v[Q_SORT]);
    struct portal_filter f = {.from = instant_of(&v[Q_FROM]),
                              .until = instant_of(&v[Q_UNTIL]),
                              .updated_since = instant_of(&v[Q_UPDATED]),
                              .severity = choice_of(&query_rules[Q_SEVERITY], &v[Q_SEVERITY]),
                              .vendor = v[Q_VENDOR].text,
                              .status = v[Q_STATUS].text,
                              .cwe = v[Q_CWE].text,
                              .cve = v[Q_CVE].text,
                              .critical = v[Q_CRITICAL].n != 0,
                              .sort = sort < 0 ? PORTAL_PUBLISHED : (enum portal_sort)sort};
    TRY(portal_list(cx, cx->lang, &f, &w, &rows, &n));
    return api_send_list(cx, an, &line_schema, rows, n, w.next, w.total);
}

/* --- one ------------------------------------------------------------------------------------------ */

static const struct out_field vector_fields[] = {OUT(struct vuln_vector, issuer, OUT_STR),
                                                 OUT(struct vuln_vector, vector, OUT_STR),
                                                 OUT(struct vuln_vector, score, OUT_SCORE)};
OUT_SCHEMA(vector_schema, "PublicVector", struct vuln_vector, vector_fields);

static const struct out_field vuln_fields[] = {
    OUT(struct portal_vuln, cve, OUT_STR),
    OUT(struct portal_vuln, cwe, OUT_STR),
    OUT(struct portal_vuln, title, OUT_STR),
    OUT(struct portal_vuln, score, OUT_SCORE),
    OUT(struct portal_vuln, exploit, OUT_OPT_INSTANT),
    OUT(struct portal_vuln, attacks, OUT_OPT_INSTANT),
    OUT_ITEMS(struct portal_vuln, vectors, nvectors, &vector_schema),
};
OUT_SCHEMA(vuln_schema, "PublicVulnerability", struct portal_vuln, vuln_fields);

static const struct out_field change_fields[] = {OUT(struct portal_change, at, OUT_INSTANT),
                                                 OUT(struct portal_change, text, OUT_STR)};
OUT_SCHEMA(change_schema, "Change", struct portal_change, change_fields);

static const struct out_field vendor_fields[] = {
    OUT(struct portal_vendor, slug, OUT_STR),
    OUT(struct portal_vendor, name, OUT_STR),
    OUT(struct portal_vendor, status, OUT_STR),
    OUT(struct portal_vendor, statement, OUT_STR),
    OUT(struct portal_vendor, statement_lang, OUT_STR),
    OUT(struct portal_vendor, url, OUT_STR),
    OUT(struct portal_vendor, updated, OUT_INSTANT_0),
    OUT_ITEMS(struct portal_vendor, history, nhistory, &change_schema),
};
OUT_SCHEMA(vendor_schema, "PublicVendorStatus", struct portal_vendor, vendor_fields);

struct section_out {
    str section, text;
};
static const struct out_field section_fields[] = {OUT(struct section_out, section, OUT_STR),
                                                  OUT(struct section_out, text, OUT_STR)};
OUT_SCHEMA(section_schema, "Section", struct section_out, section_fields);

struct one_out {
    struct portal_advisory v;
    str lang;
    struct section_out section[SECTION_COUNT];
    const struct section_out *sections;
    size_t nsections;
};
static const struct out_field one_fields[] = {
    LINE(struct one_out, v.line.),
    OUT(struct one_out, lang, OUT_STR),
    OUT_AS(struct one_out, v.other, "other_language", OUT_BOOL),
    OUT_AS(struct one_out, v.revision, "revision", OUT_I64),
    OUT_ITEMS(struct one_out, sections, nsections, &section_schema),
    OUT_ITEMS_AS(struct one_out, v.vulns, v.nvulns, "vulnerabilities", &vuln_schema),
    OUT_ITEMS_AS(struct one_out, v.vendors, v.nvendors, "vendor_statuses", &vendor_schema),
    OUT_ITEMS_AS(struct one_out, v.history, v.nhistory, "history", &change_schema),
    OUT_AS(struct one_out, v.reason, "withdrawal_reason", OUT_STR),
};
OUT_SCHEMA(one_schema, "PublicAdvisory", struct one_out, one_fields);

static enum err show(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct one_out out = {0};
    bool other;
    TRY(read_lang(cx, rq));
    TRY(portal_get(cx, cx->lang, rq->seg[0], &out.v, &other));
    out.lang = lang_tag(cx->lang);
    out.sections = out.section;
    for (enum section s = 0; s < SECTION_COUNT; s++)
        if (out.v.section[s].n > 0)
            out.section[out.nsections++] = (struct section_out){section_name(s), out.v.section[s]};
    api_etag(cx, rq, an, out.v.revision);
    return api_send(cx, an, &one_schema, &out);
}

/* --- search --------------------------------------------------------------------------------------- */

static enum err search(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct list_window w = {0};
    struct public_hits hits;
    TRY(read_lang(cx, rq));
    TRY(api_window(cx, rq, &w.limit, &w.after));
    TRY(search_public(cx, cx->lang, query_get(rq, "q"), &w, &hits));
    return api_send_list(cx, an, &line_schema, hits.v, hits.n, w.next, w.total);
}

static const struct out_field found_fields[] = {
    OUT(struct found_text, kind, OUT_STR), OUT(struct found_text, lane, OUT_STR),
    OUT(struct found_text, step, OUT_STR), OUT(struct found_text, at, OUT_INSTANT),
    OUT(struct found_text, excerpt, OUT_STR)};
OUT_SCHEMA(found_schema, "FoundText", struct found_text, found_fields);

static const struct out_field hit_fields[] = {
    OUT(struct found_case, case_id, OUT_STR),
    OUT(struct found_case, number, OUT_STR),
    OUT(struct found_case, report_id, OUT_STR),
    OUT(struct found_case, receipt, OUT_STR),
    OUT(struct found_case, title, OUT_STR),
    OUT(struct found_case, title_lang, OUT_STR),
    OUT_ITEMS(struct found_case, texts, ntexts, &found_schema)};
OUT_SCHEMA(hit_schema, "FoundCase", struct found_case, hit_fields);

static enum err search_own(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct list_window w = {0};
    struct found hits;
    TRY(api_window(cx, rq, &w.limit, &w.after));
    TRY(search_cases(cx, query_get(rq, "q"), &w, &hits));
    return api_send_list(cx, an, &hit_schema, hits.v, hits.n, w.next, -1);
}

/* --- vendors -------------------------------------------------------------------------------------- */

static const struct out_field org_fields[] = {
    OUT(struct org_line, slug, OUT_STR), OUT(struct org_line, name, OUT_STR),
    OUT(struct org_line, registration, OUT_STR), OUT(struct org_line, takes_reports, OUT_BOOL)};
OUT_SCHEMA(org_schema, "PublicVendorLine", struct org_line, org_fields);

static enum err list_vendors(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct list_window w = {0};
    struct org_line *rows;
    size_t n;
    bool takers = str_eq(query_get(rq, "takes_reports"), S("1"));
    TRY(read_lang(cx, rq));
    TRY(api_window(cx, rq, &w.limit, &w.after));
    TRY(takers ? org_takers(cx, &w, &rows, &n) : org_listed(cx, &w, &rows, &n));
    return api_send_list(cx, an, &org_schema, rows, n, w.next, w.total);
}

static const struct out_field public_fields[] = {
    OUT(struct vendor_page, slug, OUT_STR),
    OUT(struct vendor_page, name, OUT_STR),
    OUT(struct vendor_page, registration, OUT_STR),
    OUT(struct vendor_page, contact, OUT_STR),
    OUT(struct vendor_page, other_contact, OUT_STR),
    OUT_AS(struct vendor_page, org_key, "openpgp_key", OUT_STR),
    OUT(struct vendor_page, fingerprint, OUT_STR),
    OUT(struct vendor_page, policy, OUT_STR),
    OUT(struct vendor_page, policy_lang, OUT_STR),
    OUT(struct vendor_page, takes_reports, OUT_BOOL),
};
OUT_SCHEMA(public_schema, "PublicVendor", struct vendor_page, public_fields);

static enum err show_vendor(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct vendor_page v;
    TRY(read_lang(cx, rq));
    TRY(vendor_public(cx, rq->seg[0], &v));
    return api_send(cx, an, &public_schema, &v);
}

/* --- statistics ----------------------------------------------------------------------------------- */

static const struct out_field month_fields[] = {
    OUT(struct month_count, year, OUT_INT), OUT(struct month_count, month, OUT_INT),
    OUT(struct month_count, published, OUT_I64), OUT(struct month_count, received, OUT_I64)};
OUT_SCHEMA(month_schema, "Month", struct month_count, month_fields);

struct days_out {
    int from;
    i64 n;
};
static const struct out_field days_fields[] = {OUT(struct days_out, from, OUT_INT),
                                               OUT_AS(struct days_out, n, "published", OUT_I64)};
OUT_SCHEMA(days_schema, "Days", struct days_out, days_fields);

struct stats_out {
    struct portal_stats v;
    const struct month_count *months;
    size_t nmonths;
    const struct days_out *days;
    size_t ndays;
};
#define STAT(m, name) OUT_AS(struct stats_out, v.m, name, OUT_I64)
static const struct out_field stats_fields[] = {
    OUT_AS(struct stats_out, v.now, "now", OUT_INSTANT),
    OUT_ITEMS(struct stats_out, months, nmonths, &month_schema),
    OUT_ITEMS_AS(struct stats_out, days, ndays, "days_from_acceptance", &days_schema),
    STAT(published, "published"),
    STAT(by_severity[SEVERITY_NONE], "severity_none"),
    STAT(by_severity[SEVERITY_LOW], "severity_low"),
    STAT(by_severity[SEVERITY_MEDIUM], "severity_medium"),
    STAT(by_severity[SEVERITY_HIGH], "severity_high"),
    STAT(by_severity[SEVERITY_CRITICAL], "severity_critical"),
    STAT(by_origin[0], "from_finders"),
    STAT(by_origin[1], "from_overseas"),
    STAT(by_origin[2], "own_products"),
    STAT(with_acceptance, "with_acceptance"),
    STAT(within_45, "within_45_days"),
    STAT(product_states[0], "product_received"),
    STAT(product_states[1], "product_accepted"),
    STAT(product_states[2], "product_refused"),
    STAT(product_states[3], "product_published"),
    STAT(product_states[4], "product_ended"),
    STAT(website_total, "website_received"),
    STAT(vendors, "vendors"),
};
OUT_SCHEMA(stats_schema, "Statistics", struct stats_out, stats_fields);

static enum err show_stats(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct stats_out out;
    struct days_out *days = NEWS(cx->a, struct days_out, STATS_DAYS);
    (void)rq;
    TRY(portal_stats(cx, &out.v));
    for (int i = 0; i < STATS_DAYS; i++)
        days[i] = (struct days_out){stats_days_from(i), out.v.days[i]};
    out.months = out.v.months;
    out.nmonths = STATS_MONTHS;
    out.days = days;
    out.ndays = STATS_DAYS;
    return api_send(cx, an, &stats_schema, &out);
}

#define QUARTER(m) OUT(struct quarter, m, OUT_I64)
static const struct out_field quarter_fields[] = {OUT(struct quarter, year, OUT_INT),
                                                  OUT(struct quarter, quarter, OUT_INT),
                                                  QUARTER(product),
                                                  QUARTER(website),
                                                  QUARTER(product_sum),
                                                  QUARTER(website_sum),
                                                  QUARTER(published),
                                                  QUARTER(published_sum),
                                                  QUARTER(own),
                                                  QUARTER(within_45),
                                                  QUARTER(website_fixed),
                                                  QUARTER(website_fixed_sum),
                                                  QUARTER(website_within_90),
                                                  QUARTER(working_days)};
OUT_SCHEMA(quarter_schema, "Quarter", struct quarter, quarter_fields);

static enum err list_quarters(struct ctx *cx, struct request *rq, struct reply *an)
{
    enum { MOST = 40 };
    struct quarter *rows;
    size_t n;
    (void)rq;
    TRY(portal_quarters(cx, MOST, &rows, &n));
    return api_send_list(cx, an, &quarter_schema, rows, n, NO_STR, (i64)n);
}

/* clang-format off */
static const struct api_param list_params[] = {
    {"lang", "ja or en; absent: as Accept-Language wants"}, {"from", "Published from this day or instant"}, {"until", "Published before"},
    {"updated_since", "Changed since"}, {"severity", "none, low, medium, high or critical"}, {"vendor", "A part of a name"},
    {"status", "Of some vendor: affected, …"}, {"cwe", "CWE-79"}, {"cve", "CVE-2023-5915"}, {"critical", "yes: only urgent ones"},
    {"sort", "published, updated, severity or title"}};
static const struct api_param lang_params[] = {{"lang", "ja or en; absent: as Accept-Language wants"}};
static const struct api_param search_params[] = {{"q", "Words, all of them"}, {"lang", "ja or en"}};
static const struct api_param vendor_params[] = {{"lang", "ja or en"}, {"takes_reports", "1: those that take reports themselves"}};

#define PUBLIC_DOC(name, what, ...) static const struct api_doc name = {.tag = "public", .summary = what, __VA_ARGS__}
PUBLIC_DOC(doc_list, "The published advisories", .out = &line_schema, .flags = API_LIST, .query = list_params, .nquery = COUNT(list_params));
PUBLIC_DOC(doc_show, "One published advisory", .out = &one_schema, .query = lang_params, .nquery = COUNT(lang_params));
PUBLIC_DOC(doc_search, "Search published advisories, newest first", .out = &line_schema, .flags = API_LIST, .query = search_params, .nquery = COUNT(search_params));
PUBLIC_DOC(doc_search_own, "Search what you may read; a page may be short and have a next", .out = &hit_schema, .flags = API_LIST, .query = search_params, .nquery = 1);
PUBLIC_DOC(doc_vendors, "Vendors that agreed to stand in the public list", .out = &org_schema, .flags = API_LIST, .query = vendor_params, .nquery = COUNT(vendor_params));
PUBLIC_DOC(doc_vendor, "One of them", .out = &public_schema, .query = lang_params, .nquery = COUNT(lang_params));
PUBLIC_DOC(doc_stats, "Counts of what is published and what was received", .out = &stats_schema);
PUBLIC_DOC(doc_quarters, "The table of the quarterly report", .out = &quarter_schema, .flags = API_ALL);

static const struct route table[] = {
    {GET, S_INIT("/api/v1/advisories"),          NEED_NOBODY, OF_NOTHING, 0, list, 0, 0, &doc_list},
    {GET, S_INIT("/api/v1/advisories/{}"),       NEED_NOBODY, OF_NOTHING, 0, show, 0, 0, &doc_show},
    {GET, S_INIT("/api/v1/search"),              NEED_NOBODY, OF_NOTHING, 0, search, 0, 0, &doc_search},
    {GET, S_INIT("/api/v1/search/cases"),        NEED_PERSON, OF_NOTHING, 0, search_own, 0, 0, &doc_search_own},
    {GET, S_INIT("/api/v1/vendors"),             NEED_NOBODY, OF_NOTHING, 0, list_vendors, 0, 0, &doc_vendors},
    {GET, S_INIT("/api/v1/vendors/{}"),          NEED_NOBODY, OF_NOTHING, 0, show_vendor, 0, 0, &doc_vendor},
    {GET, S_INIT("/api/v1/statistics"),          NEED_NOBODY, OF_NOTHING, 0, show_stats, 0, 0, &doc_stats},
    {GET, S_INIT("/api/v1/statistics/quarters"), NEED_NOBODY, OF_NOTHING, 0, list_quarters, 0, 0, &doc_quarters},
};
/* clang-format on */
const struct routes portal_api_routes = {table, COUNT(table)};
