/* validate_api.c - CSAF documents that other programs send to be checked.
 *
 * Open to everybody, because the tools that speak this protocol (csaf_checker, Secvisogram,
 * ISDuBA) send no credentials; nothing is kept.  Documents are small, the tests linear, and who
 * has not signed in is counted by address: enough for a provider with thousands of documents,
 * and not more than a small part of a processor. */
#include "web/api/validate_api.h"

#include "app/auth.h"
#include "app/csaf_words.h"
#include "web/api_doc.h"

enum { BODY_MOST = 4 << 20, PER_ADDRESS = 6000 };
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

/* "6.1.1" → "mandatoryTest_6_1_1" */
static str name_of(struct arena *a, enum csaf_version version, const struct csaf_outcome *o)
{
    static const char *const names[CSAF_GROUPS] = {
        [CSAF_MANDATORY] = "mandatoryTest_",
        [CSAF_RECOMMENDED] = "recommendedTest_",
        [CSAF_INFORMATIVE] = "informativeTest_",
    };
    bool optional = version == CSAF_2_0 && o->group == CSAF_RECOMMENDED;
    buf b = {.a = a};
    if (o->group == CSAF_SCHEMA)
        return version == CSAF_2_0 ? S("csaf_2_0_strict") : S("csaf_2_1_strict");
    buf_put(&b, optional ? S("optionalTest_") : str_z(names[o->group]));
    for (size_t i = 0; i < o->test.n; i++)
        buf_char(&b, o->test.p[i] == '.' ? '_' : o->test.p[i]);
    return buf_str(&b);
}

/* "csaf_2_0", "csaf_2_0_strict", …; an unknown name is false. */
static bool choose_schema(struct csaf_choice *c, str name)
{
    bool strict = str_has_suffix(name, S("_strict"));
    str base = strict ? str_sub(name, 0, name.n - 7) : name;
    if (!str_eq(base, S("csaf_2_0")) && !str_eq(base, S("csaf_2_1")))
        return false;
    c->schema = true;
    c->published = !strict;
    return true;
}

static bool choose(struct ctx *cx, struct csaf_choice *c, enum csaf_version version,
                   const struct json *test)
{
    str type = json_get_text(test, S("type")), name = json_get_text(test, S("name"));
    if (str_eq(type, S("preset")))
        return csaf_choose(c, name);
    if (!str_eq(type, S("test")))
        return false;
    return choose_schema(c, name) || csaf_choose_test(c, version, id_of(cx->a, name));
}

static enum err choose_all(struct ctx *cx, const struct request *rq, const struct json *document,
                           struct csaf_choice *out)
{
    const struct json *tests = json_get(rq->json, S("tests"));
    enum csaf_version version = CSAF_2_0;
    (void)csaf_version_of(document, &version);
    if (!json_is(tests, JSON_IS_ARRAY))
        return wrong(cx, S("tests"), S("required"));
    if (!json_is(document, JSON_IS_OBJECT))
        return wrong(cx, S("document"), S("required"));
    for (size_t i = 0; i < json_count(tests); i++)
        if (!choose(cx, out, version, json_at(tests, i)))
            return wrong(cx, S("tests"), S("choice"));
    return OK;
}

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

static void put_outcome(struct ctx *cx, struct json_out *o, const struct csaf_report *r,
                        const struct csaf_outcome *t)
{
    json_put_object(o);
    json_put_member(o, S("name"), name_of(cx->a, r->version, t));
    json_put_member_bool(o, S("isValid"), t->group > CSAF_MANDATORY || t->found == 0);
    json_put_key(o, S("errors"));
    put_findings(cx, o, r, t, 1u << CSAF_SCHEMA | 1u << CSAF_MANDATORY);
    json_put_key(o, S("warnings"));
    put_findings(cx, o, r, t, 1u << CSAF_RECOMMENDED);
    json_put_key(o, S("infos"));
    put_findings(cx, o, r, t, 1u << CSAF_INFORMATIVE);
    json_put_end(o);
}

static enum err may_ask(struct ctx *cx, const struct request *rq, struct reply *an)
{
    const i64 none = 1000000; /* as good as no limit: tests and benches need not count */
    i64 retry_s = 0;
    if (cx->who.person_id.p != NULL || cx->app->rates.reports_per_address >= none)
        return OK;
    enum err e = throttle_check(cx, S("validate"), rq->http->peer, PER_ADDRESS, WINDOW, &retry_s);
    if (e == E_BUSY && retry_s > 0)
        an->status = HTTP_TOO_MANY;
    TRY(e);
    return throttle_count(cx, S("validate"), rq->http->peer, WINDOW);
}

static enum err validate(struct ctx *cx, struct request *rq, struct reply *an)
{
    const struct json *document = json_get(rq->json, S("document"));
    struct csaf_choice choice = {.now = cx->now};
    struct csaf_report r;
    TRY(choose_all(cx, rq, document, &choice));
    TRY(may_ask(cx, rq, an));
    csaf_validate(cx->a, document, &choice, &r);
    an->content_type = S("application/json");
    an->raw.a = cx->a;
    struct json_out o = {.b = &an->raw};
    json_put_object(&o);
    json_put_member_bool(&o, S("isValid"), r.valid);
    json_put_key(&o, S("tests"));
    json_put_array(&o);
    for (size_t i = 0; i < r.outcomes.n; i++)
        put_outcome(cx, &o, &r, &r.outcomes.v[i]);
    json_put_end(&o);
    json_put_end(&o);
    return OK;
}

/* clang-format off */
static const struct api_doc doc_validate = {
    .tag = "public",
    .summary = "Check a CSAF document: {\"tests\":[{\"type\":\"preset\",\"name\":\"mandatory\"}],\"document\":{…}}",
    .flags = API_BODY_FREE | API_JSON};

static const struct route table[] = {
    {POST, S_INIT("/api/v1/validate"), NEED_NOBODY, OF_NOTHING, 0, validate, ROUTE_FRESH | ROUTE_APART | ROUTE_JSON, BODY_MOST, &doc_validate},
};
/* clang-format on */
const struct routes validate_api_routes = {table, COUNT(table)};
