/* report_fields.c - what each kind of report asks. */
#include "app/reports.h"

/* clang-format off */
static const str names[REPORT_KIND_COUNT] = {
    S_INIT("product"), S_INIT("website"), S_INIT("own")};

static const struct field_choice reproducibility[] = {
    {.value = S_INIT("always")}, {.value = S_INIT("sometimes")}, {.value = S_INIT("rarely")}};

#define LINE(n, req)  {.name = S_INIT(n), .type = FIELD_LINE, .required = req}
#define TEXT(n, req)  {.name = S_INIT(n), .type = FIELD_TEXT, .required = req}
#define BOOL(n, req)  {.name = S_INIT(n), .type = FIELD_BOOL, .required = req}

#define WHO                                                                                        \
    LINE("name", true),                                                                            \
    {.name = S_INIT("email"), .type = FIELD_EMAIL, .required = true},                              \
    TEXT("pgp_key", false)

#define CONSENTS                                                                                   \
    BOOL("tell_vendor", true), BOOL("direct_contact", true), BOOL("publish_name", true),           \
    LINE("credit_ja", false), LINE("credit_en", false)

/* No data of other people is in what was sent. */
#define HANDLED                                                                                    \
    {.name = S_INIT("personal_data"), .type = FIELD_BOOL, .required = true, .confirm = true}

#define OTHERS                                                                                     \
    BOOL("told_others", true), TEXT("other_reports", false), HANDLED

static const struct field_rule product[] = {
    WHO,
    LINE("product", true), LINE("maker", false),
    TEXT("environment", true), TEXT("steps", true), TEXT("result", true),
    {.name = S_INIT("reproducibility"), .type = FIELD_CHOICE, .choices = reproducibility,
     .nchoices = COUNT(reproducibility)},
    TEXT("threat", false), TEXT("workaround", false),
    BOOL("exploit_public", false), BOOL("attacks_seen", false),
    CONSENTS, OTHERS,
};
static const struct field_rule website[] = {
    WHO,
    {.name = S_INIT("url"), .type = FIELD_URL, .required = true},
    {.name = S_INIT("found_on"), .type = FIELD_INSTANT},
    LINE("weakness", false), TEXT("circumstances", false), TEXT("grounds", true),
    TEXT("steps", true), TEXT("result", true), TEXT("threat", false), LINE("site_contact", false),
    CONSENTS, OTHERS,
};
static const struct field_rule own[] = {
    WHO,
    LINE("maker", true), LINE("product", true), TEXT("affected_versions", true),
    TEXT("result", true), TEXT("steps", false), TEXT("threat", false),
    TEXT("countermeasure", true),
    {.name = S_INIT("wished_date"), .type = FIELD_INSTANT},
    BOOL("publish_name", true), LINE("credit_ja", false), LINE("credit_en", false),
    HANDLED,
};
/* clang-format on */

static const struct {
    const struct field_rule *rules;
    size_t n;
} tables[REPORT_KIND_COUNT] = {
    {product, COUNT(product)}, {website, COUNT(website)}, {own, COUNT(own)}};

str report_kind_name(enum report_kind k)
{
    return names[k];
}

bool report_kind_find(str name, enum report_kind *out)
{
    for (enum report_kind k = 0; k < REPORT_KIND_COUNT; k++)
        if (str_eq(names[k], name)) {
            *out = k;
            return true;
        }
    return false;
}

const struct field_rule *report_rules(enum report_kind k, size_t *n)
{
    *n = tables[k].n;
    return tables[k].rules;
}

bool report_is_identity(str field)
{
    static const str identity[] = {S_INIT("name"), S_INIT("email"), S_INIT("pgp_key"),
                                   S_INIT("credit_ja"), S_INIT("credit_en")};
    for (size_t i = 0; i < COUNT(identity); i++)
        if (str_eq(field, identity[i]))
            return true;
    return false;
}

enum report_section report_section_of(str field)
{
    /* clang-format off */
    static const struct {
        str field;
        enum report_section section;
    } places[] = {
        {S_INIT("name"), SECTION_WHO}, {S_INIT("email"), SECTION_WHO},
        {S_INIT("pgp_key"), SECTION_WHO}, {S_INIT("came"), SECTION_WHO},
        {S_INIT("overseas_from"), SECTION_WHO},
        {S_INIT("product"), SECTION_TARGET}, {S_INIT("maker"), SECTION_TARGET},
        {S_INIT("url"), SECTION_TARGET}, {S_INIT("found_on"), SECTION_TARGET},
        {S_INIT("site_contact"), SECTION_TARGET}, {S_INIT("affected_versions"), SECTION_TARGET},
        {S_INIT("tell_vendor"), SECTION_CONSENT}, {S_INIT("direct_contact"), SECTION_CONSENT},
        {S_INIT("publish_name"), SECTION_CONSENT}, {S_INIT("credit_ja"), SECTION_CONSENT},
        {S_INIT("credit_en"), SECTION_CONSENT},
        {S_INIT("told_others"), SECTION_OTHERS}, {S_INIT("other_reports"), SECTION_OTHERS},
        {S_INIT("personal_data"), SECTION_OTHERS}, {S_INIT("wished_date"), SECTION_OTHERS},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(places); i++)
        if (str_eq(places[i].field, field))
            return places[i].section;
    return SECTION_CONTENT;
}

str report_details(struct arena *a, const struct json *content, bool ja)
{
    static const struct {
        str field, ja, en;
    } parts[] = {
        {S_INIT("environment"), S_INIT("環境"), S_INIT("Environment")},
        {S_INIT("affected_versions"), S_INIT("影響を受ける版"), S_INIT("Affected versions")},
        {S_INIT("steps"), S_INIT("再現の手順"), S_INIT("Steps to reproduce")},
        {S_INIT("result"), S_INIT("起きること"), S_INIT("Result")},
        {S_INIT("threat"), S_INIT("想定される脅威"), S_INIT("Threat")},
        {S_INIT("workaround"), S_INIT("回避策"), S_INIT("Workaround")},
        {S_INIT("countermeasure"), S_INIT("対策"), S_INIT("Countermeasure")},
    };
    buf b = {.a = a};
    for (size_t i = 0; i < COUNT(parts); i++) {
        str text = json_get_text(content, parts[i].field);
        if (text.n > 0)
            buf_putf(&b, "%s### %.*s\n\n%.*s\n", b.n ? "\n" : "",
                     SV(ja ? parts[i].ja : parts[i].en), SV(text));
    }
    return buf_str(&b);
}
