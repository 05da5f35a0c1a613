/* csaf.c - see csaf.h and csaf_check.h: running the tests. */
#include "formats/csaf.h"

#include "formats/csaf_check.h"

#include <stdarg.h>
#include <stdlib.h>

static const str version_names[CSAF_VERSIONS] = {S_INIT("2.0"), S_INIT("2.1")};

/* clang-format off */
#define CSAF_TEST(id20, id21, function) {{S_INIT(id20), S_INIT(id21)}, function},
/* clang-format on */
const struct csaf_test csaf_tests[] = {
#include "formats/csaf_tests_61.inc"
#include "formats/csaf_tests_62.inc"
#include "formats/csaf_tests_63.inc"
};
#undef CSAF_TEST
const size_t csaf_ntests = COUNT(csaf_tests);
_Static_assert(COUNT(csaf_tests) <= CSAF_TESTS, "CSAF_TESTS is too small");

str csaf_version_name(enum csaf_version version)
{
    return version_names[version];
}

bool csaf_version_of(const struct json *document, enum csaf_version *out)
{
    str said = json_get_text(json_get(document, S("document")), S("csaf_version"));
    for (size_t v = 0; v < CSAF_VERSIONS; v++)
        if (str_eq(said, version_names[v])) {
            *out = (enum csaf_version)v;
            return true;
        }
    return false;
}

enum csaf_group csaf_group_of(str id)
{
    must(id.n > 4 && id.p[0] == '6' && id.p[1] == '.');
    return id.p[2] == '1' ? CSAF_MANDATORY : id.p[2] == '2' ? CSAF_RECOMMENDED : CSAF_INFORMATIVE;
}

str csaf_test_next(enum csaf_version version, size_t *at, enum csaf_group *group)
{
    while (*at < csaf_ntests) {
        str id = csaf_tests[(*at)++].id[version];
        if (id.n == 0)
            continue;
        *group = csaf_group_of(id);
        return id;
    }
    return NO_STR;
}

const struct json *csaf_at(const struct json *from, ...)
{
    va_list ap;
    va_start(ap, from);
    for (const char *key = va_arg(ap, const char *); key != NULL; key = va_arg(ap, const char *))
        from = json_get(from, str_z(key));
    va_end(ap);
    return from;
}

void csaf_found(struct csaf_check *c, const struct json *where, str word, str arg_a, str arg_b,
                str arg_c)
{
    *PUSH(c->a, &c->found) = (struct csaf_found){.where = where ? where : c->document,
                                                 .word = word,
                                                 .arg = {arg_a, arg_b, arg_c},
                                                 .row = c->row};
}

void csaf_warn(struct csaf_check *c, const struct json *where, str word, str arg_a)
{
    csaf_found(c, where, word, arg_a, NO_STR, NO_STR);
    c->found.v[c->found.n - 1].warning = true;
}

void csaf_found_below(struct csaf_check *c, const struct json *where, str pointer, str word,
                      str arg_a, str arg_b, str arg_c)
{
    csaf_found(c, where, word, arg_a, arg_b, arg_c);
    c->found.v[c->found.n - 1].below = pointer;
}

void csaf_lacks(struct csaf_check *c, const struct json *where, str member, str word)
{
    struct json_place root = {0}, place = {&root, member, 0};
    csaf_found_below(c, where, json_pointer(c->a, &place), word, member, NO_STR, NO_STR);
}

static void run_test(struct csaf_check *c, size_t row, struct csaf_report *out)
{
    size_t before = c->found.n, warnings = 0;
    str id = csaf_tests[row].id[c->version];
    c->row = (uint16_t)row;
    csaf_tests[row].run(c);
    for (size_t i = before; i < c->found.n; i++)
        warnings += c->found.v[i].warning;
    *PUSH(c->a, &out->outcomes) =
        (struct csaf_outcome){id, csaf_group_of(id), c->found.n - before - warnings};
}

static void run_tests(struct csaf_check *c, struct csaf_report *out)
{
    RESERVE(c->a, &out->outcomes, csaf_ntests);
    for (size_t i = 0; i < csaf_ntests; i++)
        if (csaf_tests[i].id[c->version].n > 0 && c->choice->test[i])
            run_test(c, i, out);
}

static void put_findings(struct csaf_check *c, struct csaf_report *out)
{
    const str *paths = csaf_paths(c);
    for (size_t i = 0; i < c->found.n; i++) {
        const struct csaf_found *f = &c->found.v[i];
        struct csaf_finding *made = PUSH(c->a, &out->findings);
        *made = (struct csaf_finding){
            .test = csaf_tests[f->row].id[c->version], .path = paths[i], .word = f->word};
        made->group = f->warning ? CSAF_RECOMMENDED : csaf_group_of(made->test);
        for (size_t k = 0; k < CSAF_ARGS; k++)
            made->arg[k] = f->arg[k];
    }
}

void csaf_validate(struct arena *a, const struct json *document, const struct csaf_choice *choice,
                   struct csaf_report *out)
{
    *out = (struct csaf_report){0};
    out->version_text = json_get_text(json_get(document, S("document")), S("csaf_version"));
    bool known = csaf_version_of(document, &out->version);
    struct csaf_check c = {.a = a, .document = document, .version = out->version, .choice = choice};
    if (!known)
        *PUSH(a, &out->findings) = (struct csaf_finding){.test = S("schema"),
                                                         .group = CSAF_SCHEMA,
                                                         .path = S("/document/csaf_version"),
                                                         .word = S("version_unknown"),
                                                         .arg = {out->version_text}};
    if (choice->schema)
        csaf_schema_findings(&c, out);
    c.index = csaf_index_new(a, document);
    run_tests(&c, out);
    put_findings(&c, out);
    out->valid = true;
    for (size_t i = 0; i < out->findings.n; i++)
        out->valid = out->valid && out->findings.v[i].group > CSAF_MANDATORY;
}
