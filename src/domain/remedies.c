/* remedies.c - see remedies.h. */
#include "domain/remedies.h"

#include "domain/process_load.h"

static const str names[REMEDY_COUNT] = {
    S_INIT("vendor_fix"),     S_INIT("workaround"),     S_INIT("mitigation"),
    S_INIT("fix_planned"),    S_INIT("no_fix_planned"), S_INIT("none_available"),
    S_INIT("optional_patch"),
};
static const str vuldef_names[] = {S_INIT("fixed"), S_INIT("workaround"), S_INIT("migration"),
                                   S_INIT("none"), S_INIT("unknown")};

str remedy_name(enum remedy r)
{
    return names[r];
}

bool remedy_find(str name, enum remedy *out)
{
    int i = name_find(names, REMEDY_COUNT, name);
    if (i >= 0)
        *out = (enum remedy)i;
    return i >= 0;
}

bool remedy_solves(enum remedy r)
{
    return r == REMEDY_VENDOR_FIX || r == REMEDY_WORKAROUND || r == REMEDY_MITIGATION ||
           r == REMEDY_OPTIONAL_PATCH;
}

enum err remedies_load(struct arena *a, str text, struct remedies *out, struct process_fault *fault)
{
    enum { ID, CSAF20, VULDEF, FOR, JA, EN, SAYS_JA, SAYS_EN, COLUMNS };
    static const str columns[COLUMNS] = {S_INIT("remedy"),  S_INIT("csaf20"), S_INIT("vuldef"),
                                         S_INIT("for"),     S_INIT("ja"),     S_INIT("en"),
                                         S_INIT("says_ja"), S_INIT("says_en")};
    struct loader l = {.a = a, .fault = fault};
    struct tsv t;
    bool there[REMEDY_COUNT] = {0};
    *out = (struct remedies){0};
    TRY(load_table(&l, S("remedies"), text, columns, COLUMNS, &t));
    for (size_t i = 0; i < t.n; i++) {
        const str *c = t.rows[i].cells;
        enum remedy r, old;
        l.line = t.rows[i].line;
        if (!remedy_find(c[ID], &r))
            return load_bad(&l, "unknown remedy %.*s", SV(c[ID]));
        bool in_20 = remedy_find(c[CSAF20], &old) && old != REMEDY_FIX_PLANNED &&
                     old != REMEDY_OPTIONAL_PATCH;
        if (!in_20 && !str_eq(c[CSAF20], S("-")))
            return load_bad(&l, "CSAF 2.0 has no remediation %.*s", SV(c[CSAF20]));
        if (name_find(vuldef_names, COUNT(vuldef_names), c[VULDEF]) < 0)
            return load_bad(&l, "VULDEF has no solutiontype %.*s", SV(c[VULDEF]));
        if (!str_eq(c[FOR], S("affected")) && !str_eq(c[FOR], S("clear")))
            return load_bad(&l, "for wants affected or clear");
        TRY(load_word(&l, c[ID], c[JA], c[EN], out->v[r].word));
        TRY(load_word(&l, c[ID], c[SAYS_JA], c[SAYS_EN], out->v[r].says));
        out->v[r].csaf20 = in_20 ? c[CSAF20] : NO_STR;
        out->v[r].vuldef = c[VULDEF];
        out->v[r].clear = str_eq(c[FOR], S("clear"));
        there[r] = true;
    }
    return load_all(&l, names, REMEDY_COUNT, there);
}

static bool says(str text, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_find(text, str_z(words[i])) >= 0)
            return true;
    return false;
}

bool remedy_guess(struct arena *a, str text, enum remedy *out)
{
    static const char *const fix[] = {"アップデート", "修正版", "パッチ",
                                      "update",       "patch",  "upgrade"};
    static const char *const around[] = {"ワークアラウンド", "回避", "workaround"};
    str lower = str_lower(a, text);
    bool is_fix = says(lower, fix, COUNT(fix));
    *out = is_fix ? REMEDY_VENDOR_FIX : REMEDY_WORKAROUND;
    return is_fix || says(lower, around, COUNT(around));
}
