/* csaf_61_category.c - mandatory test 6.1.26: no document is called like a profile that it does
 * not follow. */
#include "formats/csaf_check.h"

#include "base/utf8.h"

#include <utf8proc.h>

static const struct {
    str value, bare; /* bare: without "csaf_" and what does not count */
    enum csaf_version since;
} profiles[] = {
    {S_INIT("csaf_informational_advisory"), S_INIT("informationaladvisory"), CSAF_2_0},
    {S_INIT("csaf_security_incident_response"), S_INIT("securityincidentresponse"), CSAF_2_0},
    {S_INIT("csaf_security_advisory"), S_INIT("securityadvisory"), CSAF_2_0},
    {S_INIT("csaf_vex"), S_INIT("vex"), CSAF_2_0},
    {S_INIT("csaf_deprecated_security_advisory"), S_INIT("deprecatedsecurityadvisory"), CSAF_2_1},
    {S_INIT("csaf_withdrawn"), S_INIT("withdrawn"), CSAF_2_1},
    {S_INIT("csaf_superseded"), S_INIT("superseded"), CSAF_2_1},
};

/* Dashes, hyphens, minus signs, underscores and white space in all their forms: by Unicode's
 * categories, and those that stand in others. */
static bool is_left_out(uint32_t point)
{
    static const uint32_t others[] = {0x00AD, 0x02D7, 0x0332, 0x0333, 0x2043, 0x207B,
                                      0x208B, 0x2212, 0x2796, 0x200B, 0x200C, 0x200D,
                                      0x2060, 0xFEFF, 0x0085, 0x180E, 0x2500, 0x2501};
    if ((point >= '\t' && point <= '\r') || point == ' ')
        return true;
    for (size_t i = 0; i < COUNT(others); i++)
        if (point == others[i])
            return true;
    switch ((int)utf8proc_category((utf8proc_int32_t)point)) {
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return true;
    default: return false;
    }
}

static str bare(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t at = 0; at < s.n;) {
        uint32_t point = utf8_next(s, &at);
        if (!is_left_out(point))
            utf8_put(&b, (uint32_t)utf8proc_tolower((utf8proc_int32_t)point));
    }
    return b.n > 0 ? buf_str(&b) : S("");
}

static bool is_profile(const struct csaf_check *c, size_t i, str plain)
{
    if (profiles[i].since > c->version)
        return false;
    str without = str_has_prefix(plain, S("csaf")) ? str_from(plain, 4) : plain;
    return str_eq(plain, profiles[i].bare) || str_eq(without, profiles[i].bare);
}

/* 6.1.26 */
void csaf_category_prohibited(struct csaf_check *c)
{
    const struct json *node = json_get(c->index->document_part, S("category"));
    str category = c->index->category;
    if (category.p == NULL || str_eq(category, S("csaf_base")))
        return;
    for (size_t i = 0; i < COUNT(profiles); i++)
        if (str_eq(category, profiles[i].value) && profiles[i].since <= c->version)
            return;
    str plain = bare(c->a, category);
    for (size_t i = 0; i < COUNT(profiles); i++)
        if (is_profile(c, i, plain)) {
            csaf_found(c, node, S("category_prohibited"), category, profiles[i].value, NO_STR);
            return;
        }
    if (str_eq_nocase(str_sub(category, 0, 5), S("csaf_")))
        csaf_found(c, node, S("category_reserved"), category, NO_STR, NO_STR);
}
