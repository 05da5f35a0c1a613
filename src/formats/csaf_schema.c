/* csaf_schema.c - findings of schemas: of the whole document, and of its parts that have one of
 * their own (6.1.8, 6.1.46). */
#include "formats/csaf_check.h"
#include "formats/schema.h"

/* Keywords that have words of their own in po/. */
static str word_of(const struct schema_fault *f)
{
    static const struct {
        str keyword, word;
    } words[] = {
        {S_INIT("required"), S_INIT("schema_required")},
        {S_INIT("type"), S_INIT("schema_type")},
        {S_INIT("enum"), S_INIT("schema_enum")},
        {S_INIT("const"), S_INIT("schema_enum")},
        {S_INIT("pattern"), S_INIT("schema_pattern")},
        {S_INIT("format"), S_INIT("schema_format")},
        {S_INIT("minLength"), S_INIT("schema_empty")},
        {S_INIT("minItems"), S_INIT("schema_few")},
        {S_INIT("minProperties"), S_INIT("schema_few_members")},
        {S_INIT("maxProperties"), S_INIT("schema_many_members")},
        {S_INIT("uniqueItems"), S_INIT("schema_unique")},
        {S_INIT("additionalProperties"), S_INIT("schema_unknown")},
        {S_INIT("unevaluatedProperties"), S_INIT("schema_unknown")},
        {S_INIT("propertyNames"), S_INIT("schema_unknown")},
        {S_INIT("false"), S_INIT("schema_unknown")},
        {S_INIT("oneOf"), S_INIT("schema_choice")},
        {S_INIT("anyOf"), S_INIT("schema_choice")},
    };
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(f->keyword, words[i].keyword))
            return words[i].word;
    return S("schema_other");
}

/* The last step of a pointer, as a name. */
static str last_step(str path)
{
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return str_from(path, at);
}

static str limit_text(struct arena *a, const struct schema_fault *f)
{
    return f->limit != 0 ? str_fmt(a, "%lld", (long long)f->limit) : NO_STR;
}

static str first_arg(const struct schema_fault *f)
{
    return f->expected.n > 0 ? f->expected : last_step(f->path);
}

void csaf_schema_findings(struct csaf_check *c, struct csaf_report *out)
{
    static const enum schema_id ids[CSAF_VERSIONS] = {SCHEMA_CSAF_2_0, SCHEMA_CSAF_2_1};
    bool strict = !c->choice->published;
    struct schema_faults *faults = NEW(c->a, struct schema_faults);
    (void)schema_check(c->a, schema_kept(ids[c->version]), c->document, strict, faults);
    if (strict)
        c->strict = faults;
    for (size_t i = 0; i < faults->n; i++) {
        const struct schema_fault *f = &faults->v[i];
        *PUSH(c->a, &out->findings) =
            (struct csaf_finding){.test = S("schema"),
                                  .group = CSAF_SCHEMA,
                                  .path = f->path,
                                  .word = word_of(f),
                                  .arg = {first_arg(f), limit_text(c->a, f), f->keyword}};
    }
    *PUSH(c->a, &out->outcomes) = (struct csaf_outcome){S("schema"), CSAF_SCHEMA, faults->n};
}

void csaf_found_faults(struct csaf_check *c, const struct json *where, const struct schema *s)
{
    struct schema_faults faults = {0};
    (void)schema_check(c->a, s, where, false, &faults);
    for (size_t i = 0; i < faults.n; i++) {
        const struct schema_fault *f = &faults.v[i];
        csaf_found_below(c, where, f->path, word_of(f), first_arg(f), limit_text(c->a, f),
                         f->keyword);
    }
}

static void check_cvss(struct csaf_check *c, const struct json *content)
{
    const struct json *two = json_get(content, S("cvss_v2"));
    const struct json *three = json_get(content, S("cvss_v3"));
    const struct json *four = json_get(content, S("cvss_v4"));
    bool old = str_eq(json_get_text(three, S("version")), S("3.0"));
    if (two != NULL)
        csaf_found_faults(c, two, schema_kept(SCHEMA_CVSS_2_0));
    if (three != NULL)
        csaf_found_faults(c, three, schema_kept(old ? SCHEMA_CVSS_3_0 : SCHEMA_CVSS_3_1));
    if (four != NULL && c->version > CSAF_2_0)
        csaf_found_faults(c, four, schema_kept(SCHEMA_CVSS_4_0));
}

/* The schema of the document holds those of CVSS: what it found nothing in is not read again. */
static bool schema_was_clean(const struct csaf_check *c)
{
    return c->strict != NULL && c->strict->n == 0;
}

/* 6.1.8 */
void csaf_cvss_wrong(struct csaf_check *c)
{
    if (schema_was_clean(c))
        return;
    EACH (v, c->index->vulnerabilities) {
        if (c->version == CSAF_2_0)
            EACH (score, json_get(v, S("scores")))
                check_cvss(c, score);
        else
            EACH (metric, json_get(v, S("metrics")))
                check_cvss(c, json_get(metric, S("content")));
    }
}

/* 6.1.46 */
void csaf_ssvc_wrong(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities)
        EACH (metric, json_get(v, S("metrics"))) {
            const struct json *ssvc = csaf_at(metric, "content", "ssvc_v2", NULL);
            if (ssvc != NULL)
                csaf_found_faults(c, ssvc, schema_kept(SCHEMA_SSVC_2));
        }
}
