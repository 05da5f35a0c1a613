/* flags.c - see flags.h. */
#include "domain/flags.h"

#include "domain/process_load.h"

static const str names[FLAG_COUNT] = {
    S_INIT("component_not_present"),
    S_INIT("vulnerable_code_not_present"),
    S_INIT("vulnerable_code_not_in_execute_path"),
    S_INIT("vulnerable_code_cannot_be_controlled_by_adversary"),
    S_INIT("inline_mitigations_already_exist"),
};

str flag_name(enum flag f)
{
    return names[f];
}

bool flag_find(str name, enum flag *out)
{
    int i = name_find(names, FLAG_COUNT, name);
    if (i >= 0)
        *out = (enum flag)i;
    return i >= 0;
}

enum err flags_load(struct arena *a, str text, struct flags *out, struct process_fault *fault)
{
    enum { ID, JA, EN, COLUMNS };
    static const str columns[COLUMNS] = {S_INIT("flag"), S_INIT("ja"), S_INIT("en")};
    struct loader l = {.a = a, .fault = fault};
    struct tsv t;
    bool there[FLAG_COUNT] = {0};
    *out = (struct flags){0};
    TRY(load_table(&l, S("flags"), text, columns, COLUMNS, &t));
    for (size_t i = 0; i < t.n; i++) {
        const str *c = t.rows[i].cells;
        enum flag f;
        l.line = t.rows[i].line;
        if (!flag_find(c[ID], &f))
            return load_bad(&l, "unknown flag %.*s", SV(c[ID]));
        TRY(load_word(&l, c[ID], c[JA], c[EN], out->v[f].word));
        there[f] = true;
    }
    return load_all(&l, names, FLAG_COUNT, there);
}
