/* csaf_choice.c - which tests are made: presets and single tests by their names. */
#include "formats/csaf_check.h"

static const struct preset {
    str name;
    bool schema;
    unsigned groups;   /* bits of enum csaf_group */
    const char *tests; /* of 2.1, between spaces */
} presets[] = {
    {S_INIT("schema"), true, 0, NULL},
    {S_INIT("mandatory"), false, 1u << CSAF_MANDATORY, NULL},
    {S_INIT("recommended"), false, 1u << CSAF_RECOMMENDED, NULL},
    {S_INIT("optional"), false, 1u << CSAF_RECOMMENDED, NULL},
    {S_INIT("informative"), false, 1u << CSAF_INFORMATIVE, NULL},
    {S_INIT("basic"), true, 1u << CSAF_MANDATORY, NULL},
    {S_INIT("extended"), true, 1u << CSAF_MANDATORY | 1u << CSAF_RECOMMENDED, NULL},
    {S_INIT("full"), true, 1u << CSAF_MANDATORY | 1u << CSAF_RECOMMENDED | 1u << CSAF_INFORMATIVE,
     NULL},
};

static void choose_group(struct csaf_choice *c, enum csaf_group group)
{
    for (size_t i = 0; i < csaf_ntests; i++) {
        const str *id = csaf_tests[i].id;
        if (csaf_group_of(id[CSAF_2_1].n ? id[CSAF_2_1] : id[CSAF_2_0]) == group)
            c->test[i] = true;
    }
}

bool csaf_choose(struct csaf_choice *c, str preset)
{
    for (size_t p = 0; p < COUNT(presets); p++) {
        if (!str_eq(presets[p].name, preset))
            continue;
        c->schema |= presets[p].schema;
        for (unsigned g = CSAF_MANDATORY; g < CSAF_GROUPS; g++)
            if (presets[p].groups & 1u << g)
                choose_group(c, (enum csaf_group)g);
        return true;
    }
    return false;
}

bool csaf_choose_test(struct csaf_choice *c, enum csaf_version version, str id)
{
    for (size_t i = 0; i < csaf_ntests; i++)
        if (id.n > 0 && str_eq(csaf_tests[i].id[version], id))
            return c->test[i] = true;
    return false;
}
