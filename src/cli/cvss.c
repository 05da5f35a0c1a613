/* cvss.c - kakehashi cvss: scores and severities of CVSS vectors. */
#include "formats/cvss.h"
#include "cli/cli.h"
#include "formats/json.h"

#include <stdio.h>
#include <string.h>

enum { BAD_VECTOR = 1, LINE = 4096 };

/* clang-format off */
static const struct cli_option options[] = {
    {"--json", NULL, "one JSON object a line: vector, version, base, temporal, environmental, overall, severity"},
};
/* clang-format on */

static void put_score(struct json_out *o, str key, int tenths)
{
    json_put_key(o, key);
    if (tenths < 0)
        json_put_null(o);
    else
        json_put_decimal(o, tenths, 1);
}

static void print_json(const buf *b)
{
    (void)printf("%.*s\n", SV(buf_str(b)));
}

static void score_json(struct arena *a, str vector, const struct cvss *c)
{
    struct cvss_scores s = cvss_scores(c);
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("vector"), vector);
    json_put_member(&o, S("version"), cvss_version_text(c->version));
    put_score(&o, S("base"), s.base);
    put_score(&o, S("temporal"), s.temporal);
    put_score(&o, S("environmental"), s.environmental);
    put_score(&o, S("overall"), s.overall);
    json_put_member(&o, S("severity"), cvss_severity_text(cvss_severity(c->version, s.overall)));
    json_put_end(&o);
    print_json(&b);
}

static void print_part(const char *name, int tenths)
{
    if (tenths >= 0)
        (void)printf("  %s %d.%d", name, tenths / 10, tenths % 10);
}

static void score_text(str vector, const struct cvss *c)
{
    struct cvss_scores s = cvss_scores(c);
    str severity = cvss_severity_text(cvss_severity(c->version, s.overall));
    (void)printf("%2d.%d  %-8.*s  CVSS %.*s", s.overall / 10, s.overall % 10, SV(severity),
                 SV(cvss_version_text(c->version)));
    print_part("base", s.base);
    print_part("temporal", s.temporal);
    print_part("environmental", s.environmental);
    (void)printf("  %.*s\n", SV(vector));
}

/* "the metric AV stands twice" */
static str why(struct arena *a, const struct cvss_error *e)
{
    static const struct {
        str code;
        const char *text;
    } texts[] = {
        {S_INIT("cvss_version"), "no CVSS version that is known: \"%.*s\""},
        {S_INIT("cvss_syntax"), "not METRIC:VALUE between slashes: \"%.*s\""},
        {S_INIT("cvss_metric"), "no metric of this version: \"%.*s\""},
        {S_INIT("cvss_value"), "no value of this metric: \"%.*s\""},
        {S_INIT("cvss_duplicate"), "a metric stands twice: \"%.*s\""},
        {S_INIT("cvss_order"), "out of the order of the standard: \"%.*s\""},
        {S_INIT("cvss_missing"), "the base metric %.*s is missing"},
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        if (!str_eq(e->code, texts[i].code))
            continue;
        const char *gap = strstr(texts[i].text, "%.*s");
        must(gap != NULL);
        str front = {texts[i].text, (size_t)(gap - texts[i].text)};
        return str_join(a, front, str_join(a, e->got, str_z(gap + 4)));
    }
    return e->code;
}

static bool score(struct arena *a, str vector, bool json)
{
    struct cvss c;
    struct cvss_error e = {0};
    if (cvss_parse(vector, &c, &e) == OK) {
        if (json)
            score_json(a, vector, &c);
        else
            score_text(vector, &c);
        return true;
    }
    if (!json) {
        (void)cli_fail(E_INVALID, "%.*s: %.*s", SV(vector), SV(why(a, &e)));
        return false;
    }
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("vector"), vector);
    json_put_member(&o, S("error"), why(a, &e));
    json_put_end(&o);
    print_json(&b);
    return false;
}

/* Lines of the standard input, empty ones apart. */
static bool score_lines(bool json)
{
    char line[LINE];
    bool good = true;
    while (fgets(line, sizeof line, stdin) != NULL) {
        str vector = str_trim(str_z(line));
        if (vector.n == 0)
            continue;
        struct arena *a = arena_new();
        good = score(a, vector, json) && good;
        arena_free(a);
    }
    return good;
}

static int run(struct cli_args *args)
{
    bool json = cli_flag(args, "--json"), good = true;
    if (args->nrest == 0)
        return cli_fail(E_INVALID, "name a vector, or - for one a line");
    for (size_t i = 0; i < args->nrest; i++) {
        str word = str_z(args->rest[i]);
        good = (str_eq(word, S("-")) ? score_lines(json) : score(args->a, word, json)) && good;
    }
    return good ? 0 : BAD_VECTOR;
}

const struct cli_command cli_cvss = {"cvss",
                                     "cvss [--json] VECTOR…|-",
                                     "Compute the scores of CVSS 2.0, 3.0, 3.1 and 4.0 vectors.",
                                     options,
                                     COUNT(options),
                                     run};
