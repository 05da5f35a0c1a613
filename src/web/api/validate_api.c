/* validate_api.c - CSAF documents that other programs send to be checked.
 *
 * Open to everybody, because the tools that speak this protocol (csaf_checker, Secvisogram and its
 * CMS, ISDuBA) send no credentials; nothing is kept.  The tests are linear, and who has not signed
 * in is counted by address, large documents more strictly: enough for a provider with thousands of
 * documents, and not more than a small part of a processor. */
#include "web/api/validate_api.h"

#include "app/auth.h"
#include "app/csaf_words.h"
#include "app/settings.h"
#include "web/api_doc.h"

enum { BODY_MOST = 16 << 20, LARGE = 1 << 20, LARGE_COUNTS = 10, NO_LIMIT = 1000000 };
#define WINDOW (10 * MINUTE)

static const struct {
    str name;
    enum csaf_group group;
} families[] = {
    {S_INIT("mandatoryTest_"), CSAF_MANDATORY},
    {S_INIT("optionalTest_"), CSAF_RECOMMENDED},
    {S_INIT("recommendedTest_"), CSAF_RECOMMENDED},
    {S_INIT("informativeTest_"), CSAF_INFORMATIVE},
};

/* "mandatoryTest_6_1_1" → "6.1.1"; absent: no name of a test. */
static str id_of(struct arena *a, str name)
{
    for (size_t i = 0; i < COUNT(families); i++) {
        if (!str_has_prefix(name, families[i].name))
            continue;
        buf b = {.a = a};
        for (size_t k = families[i].name.n; k < name.n; k++)
            buf_char(&b, name.p[k] == '_' ? '.' : name.p[k]);
        return b.n > 0 ? buf_str(&b) : NO_STR;
    }
    return NO_STR;
}

static str schema_name(enum csaf_version version, bool published)
{
    static const str names[CSAF_VERSIONS][2] = {
        [CSAF_2_0] = {S_INIT("csaf_2_0_strict"), S_INIT("csaf_2_0")},
        [CSAF_2_1] = {S_INIT("csaf_2_1_strict"), S_INIT("csaf_2_1")},
    };
    return names[version][published];
}

/* "6.1.1" → "mandatoryTest_6_1_1" */
static str name_of(struct arena *a, enum csaf_version version, enum csaf_group group, str id)
{
    static const char *const names[CSAF_GROUPS] = {
        [CSAF_MANDATORY] = "mandatoryTest_",
        [CSAF_RECOMMENDED] = "recommendedTest_",
        [CSAF_INFORMATIVE] = "informativeTest_",
    };
    bool optional = version == CSAF_2_0 && group == CSAF_RECOMMENDED;
    buf b = {.a = a};
    buf_put(&b, optional ? S("optionalTest_") : str_z(names[group]));
    for (size_t i = 0; i < id.n; i++)
        buf_char(&b, id.p[i] == '.' ? '_' : id.p[i]);
    return buf_str(&b);
}

/* --- what is asked for ------------------------------------------------------------------------ */

struct asked {
    struct csaf_choice choice; /* its schema is the strict one */
    bool published;            /* the schema as published, too, or alone */
};

/* "csaf_2_0", "csaf_2_0_strict", …; an unknown name is false.  A document is held against the
 * schema of its own version, whichever is named: Secvisogram names 2.0 for 2.1, too. */
static bool ask_schema(struct asked *q, str name)
{
    bool strict = str_has_suffix(name, S("_strict"));
    str base = strict ? str_sub(name, 0, name.n - 7) : name;
    if (!str_eq(base, S("csaf_2_0")) && !str_eq(base, S("csaf_2_1")))
        return false;
    q->choice.schema |= strict;
    q->published |= !strict;
    return true;
}

static bool ask_one(struct arena *a, struct asked *q, enum csaf_version version,
                    const struct json *test)
{
    str type = json_get_text(test, S("type")), name = json_get_text(test, S("name"));
    if (str_eq(type, S("preset"))) {
        q->published |= str_eq(name, S("schema"));
        return csaf_choose(&q->choice, name);
    }
    return str_eq(type, S("test")) &&
           (ask_schema(q, name) || csaf_choose_test(&q->choice, version, id_of(a, name)));
}

static enum err ask_all(struct ctx *cx, const struct request *rq, const struct json *document,
                        struct asked *out)
{
    const struct json *tests = json_get(rq->json, S("tests"));
    enum csaf_version version = CSAF_2_0;
    (void)csaf_version_of(document, &version);
    if (!json_is(tests, JSON_IS_ARRAY))
        return wrong(cx, S("tests"), S("required"));
    if (!json_is(document, JSON_IS_OBJECT))
        return wrong(cx, S("document"), S("required"));
    for (size_t i = 0; i < json_count(tests); i++)
        if (!ask_one(cx->a, out, version, json_at(tests, i)))
            return wrong(cx, S("tests"), S("choice"));
    return OK;
}

/* --- the answer ------------------------------------------------------------------------------- */

/* The findings of one test at one level. */
static void put_findings(struct ctx *cx, struct json_out *o, const struct csaf_report *r,
                         const struct csaf_outcome *t, unsigned groups)
{
    json_put_array(o);
    for (size_t i = 0; i < r->findings.n; i++) {
        const struct csaf_finding *f = &r->findings.v[i];
        if (!(groups & 1u << f->group) || !str_eq(f->test, t->test))
            continue;
        json_put_object(o);
        json_put_member(o, S("message"), csaf_message(cx->a, f, cx->lang));
        json_put_member(o, S("instancePath"), f->path.p != NULL ? f->path : S(""));
        json_put_end(o);
    }
    json_put_end(o);
}

static bool is_good(const struct csaf_outcome *t)
{
    return t->group > CSAF_MANDATORY || t->found == 0;
}

static void put_outcome(struct ctx *cx, struct json_out *o, const struct csaf_report *r,
                        const struct csaf_outcome *t, bool published)
{
    json_put_object(o);
    json_put_member(o, S("name"),
                    t->group == CSAF_SCHEMA ? schema_name(r->version, published)
                                            : name_of(cx->a, r->version, t->group, t->test));
    json_put_member_bool(o, S("isValid"), is_good(t));
    json_put_key(o, S("errors"));
    put_findings(cx, o, r, t, 1u << CSAF_SCHEMA | 1u << CSAF_MANDATORY);
    json_put_key(o, S("warnings"));
    put_findings(cx, o, r, t, 1u << CSAF_RECOMMENDED);
    json_put_key(o, S("infos"));
    put_findings(cx, o, r, t, 1u << CSAF_INFORMATIVE);
    json_put_end(o);
}

static void put_report(struct ctx *cx, struct json_out *o, const struct csaf_report *r,
                       bool published)
{
    for (size_t i = 0; i < r->outcomes.n; i++)
        put_outcome(cx, o, r, &r->outcomes.v[i], published);
}

/* Of the tests that were asked for, and of nothing else: {} breaks no mandatory one. */
static bool all_good(const struct csaf_report *r)
{
    bool good = true;
    for (size_t i = 0; i < r->outcomes.n; i++)
        good = good && is_good(&r->outcomes.v[i]);
    return good;
}

static void put_answer(struct ctx *cx, const struct json *document, const struct asked *q,
                       struct json_out *o)
{
    struct csaf_choice alone = {.published = true, .schema = true};
    struct csaf_report all, schema = {0};
    csaf_validate(cx->a, document, &q->choice, &all);
    if (q->published)
        csaf_validate(cx->a, document, &alone, &schema);
    json_put_object(o);
    json_put_member_bool(o, S("isValid"), all_good(&all) && all_good(&schema));
    json_put_key(o, S("tests"));
    json_put_array(o);
    put_report(cx, o, &schema, true);
    put_report(cx, o, &all, false);
    json_put_end(o);
    json_put_end(o);
}

/* --- browsers at other places ----------------------------------------------------------------- */

static void put(const struct request *rq, struct reply *an, const char *name, str value)
{
    http_put((struct http_request *)(uintptr_t)rq->http, an->rs, str_z(name), value);
}

/* Whether the operator lets pages of that origin read; nobody's unless it says so. */
static enum err let_origin(struct ctx *cx, const struct request *rq, struct reply *an, bool *lets)
{
    const struct settings *s;
    str origin = http_header(rq->http, S("origin"));
    *lets = false;
    TRY(settings_open(cx, &s));
    for (str rest = s->v[SET_VALIDATOR_ORIGINS]; rest.n > 0 && !*lets;) {
        str one = str_cut(&rest, ' ');
        *lets = one.n > 0 && (str_eq(one, S("*")) || str_eq_nocase(one, origin));
    }
    if (s->v[SET_VALIDATOR_ORIGINS].n > 0)
        put(rq, an, "Vary", S("Origin"));
    if (*lets && origin.n > 0)
        put(rq, an, "Access-Control-Allow-Origin", origin);
    return OK;
}

/* What a browser asks before it sends a page's request (Fetch standard, section 3.2). */
static enum err preflight(struct ctx *cx, struct request *rq, struct reply *an)
{
    bool lets;
    TRY(let_origin(cx, rq, an, &lets));
    an->status = HTTP_NO_CONTENT;
    if (!lets)
        return OK;
    put(rq, an, "Access-Control-Allow-Methods", S("GET, POST"));
    put(rq, an, "Access-Control-Allow-Headers", S("Content-Type"));
    put(rq, an, "Access-Control-Max-Age", S("600"));
    return OK;
}

/* --- routes ----------------------------------------------------------------------------------- */

static enum err may_ask(struct ctx *cx, const struct request *rq, struct reply *an)
{
    bool large = rq->http->body.size > LARGE;
    str kind = large ? S("validate_large") : S("validate");
    i64 most = cx->app->rates.validations_per_address / (large ? LARGE_COUNTS : 1), retry_s = 0;
    if (cx->who.person_id.p != NULL || most >= NO_LIMIT)
        return OK;
    enum err e = throttle_check(cx, kind, rq->http->peer, most, WINDOW, &retry_s);
    if (e == E_BUSY && retry_s > 0)
        an->status = HTTP_TOO_MANY;
    TRY(e);
    return throttle_count(cx, kind, rq->http->peer, WINDOW);
}

static enum err validate(struct ctx *cx, struct request *rq, struct reply *an)
{
    const struct json *document = json_get(rq->json, S("document"));
    struct asked q = {.choice = {.now = cx->now}};
    bool lets;
    TRY(let_origin(cx, rq, an, &lets));
    TRY(ask_all(cx, rq, document, &q));
    TRY(may_ask(cx, rq, an));
    an->content_type = S("application/json");
    put_answer(cx, document, &q, &(struct json_out){.b = &an->raw});
    return OK;
}

static void put_test(struct json_out *o, str name, const char *preset)
{
    json_put_object(o);
    json_put_member(o, S("name"), name);
    json_put_member(o, S("preset"), str_z(preset));
    json_put_end(o);
}

/* Of one group; those of 2.1 that 2.0 has by the same name are there already. */
static void put_tests(struct arena *a, struct json_out *o, enum csaf_version version,
                      enum csaf_group of)
{
    static const char *const presets[CSAF_GROUPS] = {"schema", "mandatory", "recommended",
                                                     "informative"};
    bool old = version == CSAF_2_0, optional = old && of == CSAF_RECOMMENDED;
    enum csaf_group group;
    size_t at = 0;
    for (str id; (id = csaf_test_next(version, &at, &group)).p != NULL;) {
        struct csaf_choice none = {0};
        bool again = !old && of != CSAF_RECOMMENDED && csaf_choose_test(&none, CSAF_2_0, id);
        if (group == of && !again)
            put_test(o, name_of(a, version, group, id), optional ? "optional" : presets[of]);
    }
}

static enum err list_tests(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct json_out o = {.b = &an->raw};
    bool lets;
    TRY(let_origin(cx, rq, an, &lets));
    an->content_type = S("application/json");
    json_put_array(&o);
    for (enum csaf_version v = 0; v < CSAF_VERSIONS; v++) {
        put_test(&o, schema_name(v, false), "schema");
        put_test(&o, schema_name(v, true), "schema");
        for (enum csaf_group g = CSAF_MANDATORY; g < CSAF_GROUPS; g++)
            put_tests(cx->a, &o, v, g);
    }
    json_put_end(&o);
    return OK;
}

/* clang-format off */
static const struct api_doc doc_validate = {
    .tag = "public",
    .summary = "Check a CSAF document: {\"tests\":[{\"type\":\"preset\",\"name\":\"mandatory\"}],\"document\":{…}}",
    .flags = API_BODY_FREE | API_JSON};
static const struct api_doc doc_tests = {
    .tag = "public",
    .summary = "The tests of CSAF documents by name, each with the preset that it is of",
    .flags = API_JSON};
static const struct api_doc doc_preflight = {
    .tag = "public", .summary = "What a browser asks before a page of another origin asks",
    .status = HTTP_NO_CONTENT};

static const struct route table[] = {
    {POST,    S_INIT("/api/v1/validate"), NEED_NOBODY, OF_NOTHING, 0, validate, ROUTE_FRESH | ROUTE_APART | ROUTE_JSON, BODY_MOST, &doc_validate},
    {OPTIONS, S_INIT("/api/v1/validate"), NEED_NOBODY, OF_NOTHING, 0, preflight, ROUTE_FRESH, 0, &doc_preflight},
    {GET,     S_INIT("/api/v1/tests"),    NEED_NOBODY, OF_NOTHING, 0, list_tests, 0, 0, &doc_tests},
    {OPTIONS, S_INIT("/api/v1/tests"),    NEED_NOBODY, OF_NOTHING, 0, preflight, ROUTE_FRESH, 0, &doc_preflight},
};
/* clang-format on */
const struct routes validate_api_routes = {table, COUNT(table)};
