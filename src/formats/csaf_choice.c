/* csaf_choice.c - which tests are made: presets and single tests by their names. */
#include "formats/csaf_check.h"

static const struct preset {
    str name;
    bool schema;
    unsigned groups;   /* bits of enum csaf_group */
    const char *tests; /* of 2.1, between spaces; with '-': left out */
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
    {S_INIT("external-request-free"), true,
     1u << CSAF_MANDATORY | 1u << CSAF_RECOMMENDED | 1u << CSAF_INFORMATIVE, " -6.3.6 -6.3.7 "},
    {S_INIT("consistent-revision-history"), false, 0,
     " 6.1.14 6.1.18 6.1.19 6.1.21 6.1.22 6.1.37 6.2.4 6.2.5 6.2.6 6.2.21 6.2.33 "},
    {S_INIT("consistent-date-times"), false, 0, " 6.1.37 6.1.45 6.1.49 6.1.51 6.1.52 6.1.53 "},
    {S_INIT("ssvc"), false, 0,
     " 6.1.46 6.1.47 6.1.48 6.1.49 6.2.34 6.2.35 6.2.36 6.2.37 6.3.13 6.3.14 6.3.15 "},
};

static str id_of(size_t row)
{
    const str *id = csaf_tests[row].id;
    return id[CSAF_2_1].n ? id[CSAF_2_1] : id[CSAF_2_0];
}

static void choose_group(struct csaf_choice *c, enum csaf_group group)
{
    for (size_t i = 0; i < csaf_ntests; i++)
        if (csaf_group_of(id_of(i)) == group)
            c->test[i] = true;
}

/* Tests that a preset names, or leaves out. */
static void choose_named(struct csaf_choice *c, str names)
{
    while (names.n > 0) {
        str name = str_cut(&names, ' ');
        bool out = str_has_prefix(name, S("-"));
        for (size_t i = 0; i < csaf_ntests; i++)
            if (name.n > 0 && str_eq(id_of(i), out ? str_from(name, 1) : name))
                c->test[i] = !out;
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
        choose_named(c, str_z(presets[p].tests));
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
