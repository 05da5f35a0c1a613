/* csaf_convert_vuln.c - from CSAF 2.0 to 2.1: weaknesses, scores, dates and ids. */
#include "formats/csaf_convert_own.h"

#include "formats/csaf_62.h"
#include "formats/cwe.h"
#include "formats/fact.h"

/* ---- weaknesses ---- */

struct cwe_choice {
    str before, after; /* the latest version up to the day, the first behind it */
    int before_order, after_order;
};

/* Versions of the list, by their dates. */
static void try_version(struct cwe_choice *k, str version, str date, str day, bool latest)
{
    int order = cwe_version_order(version);
    bool early = latest || str_cmp(date, day) < 0;
    if (early && (k->before.p == NULL || order > k->before_order)) {
        k->before = version;
        k->before_order = order;
    } else if (!early && (k->after.p == NULL || order < k->after_order)) {
        k->after = version;
        k->after_order = order;
    }
}

/* day: "2024-01-24" and whatever stands behind. */
static str cwe_version_for(i64 id, str name, str day, bool latest)
{
    struct cwe_choice k = {0};
    str rest = fact_rows(S("cwe-versions"));
    while (rest.n > 0) {
        str line = str_cut(&rest, '\n'), version = str_cut(&line, '\t');
        struct cwe_fact f;
        (void)str_cut(&line, '\t');
        if (cwe_in(id, version, &f) && str_eq(f.name, name))
            try_version(&k, version, line, day, latest);
    }
    return k.before.p != NULL ? k.before : k.after;
}

static void convert_cwe(struct convert *c, struct edit *v)
{
    struct edit *cwe = edit_rename(v, S("cwe"), S("cwes")), *list = edit_array(c->a);
    struct edit *name = edit_get(cwe, S("name"));
    i64 id;
    if (cwe == NULL)
        return;
    *PUSH(c->a, list) = (struct edit_slot){NO_STR, cwe};
    edit_set(c->a, v, S("cwes"), list);
    if (edit_text(name).p == NULL)
        return;
    name->text = str_trim(name->text);
    if (!cwe_parse(edit_get_text(cwe, S("id")), &id))
        return;
    str day = str_sub(json_get_text(c->check.index->tracking, S("current_release_date")), 0, 10);
    str version = cwe_version_for(id, name->text, day, c->options->latest_cwe);
    if (version.p != NULL)
        edit_set(c->a, cwe, S("version"), edit_str(c->a, version));
    else
        carry_text(c, cwe, S("cwe"), edit_get_text(cwe, S("id")), name->text)->error = true;
}

/* ---- scores ---- */

static void convert_score(struct convert *c, struct edit *score)
{
    struct edit *content = edit_object(c->a);
    static const str kinds[] = {S_INIT("cvss_v2"), S_INIT("cvss_v3")};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct edit *e = edit_take(score, kinds[i]);
        if (e != NULL)
            edit_set(c->a, content, kinds[i], e);
    }
    edit_set_first(c->a, score, S("content"), content);
}

struct edit *convert_metrics(struct convert *c, struct edit *vulnerability)
{
    struct edit *metrics = edit_get(vulnerability, S("metrics"));
    if (metrics == NULL)
        edit_set(c->a, vulnerability, S("metrics"), metrics = edit_array(c->a));
    return metrics;
}

/* ---- ids ---- */

/* RVISC mapping, version 1 of 2026-02-06: "Issue 12", "issues #012" and "12" are "#12". */
static str issue_number(struct arena *a, str text)
{
    static const str words[] = {S_INIT("issues"), S_INIT("issue")};
    str small = str_lower(a, text), rest = text;
    for (size_t i = 0; i < COUNT(words) && rest.n == text.n; i++)
        if (str_has_prefix(small, words[i]))
            rest = str_trim(str_from(text, words[i].n));
    if (str_has_prefix(rest, S("#")))
        rest = str_from(rest, 1);
    while (str_has_prefix(rest, S("0")))
        rest = str_from(rest, 1);
    for (size_t i = 0; i < rest.n; i++)
        if (rest.p[i] < '0' || rest.p[i] > '9')
            return NO_STR;
    return rest.n > 0 ? str_join(a, S("#"), rest) : NO_STR;
}

static bool fits_system(struct convert *c, str system, str text, bool *registered)
{
    str cells;
    *registered = fact_find(S("id-systems"), system, &cells);
    return *registered && csaf_fits(&c->check, str_cut(&cells, '\t'), text);
}

static void convert_id(struct convert *c, struct edit *id)
{
    static const str csaf = S_INIT("https://github.com/oasis-tcs/csaf");
    struct edit *system = edit_get(id, S("system_name")), *text = edit_get(id, S("text"));
    bool registered;
    if (edit_text(system).p == NULL || edit_text(text).p == NULL ||
        fits_system(c, system->text, text->text, &registered))
        return;
    bool mapped =
        str_eq(system->text, csaf) || str_eq(system->text, S("OASIS Open CSAF TC GitHub Issues"));
    str made = mapped ? issue_number(c->a, text->text) : NO_STR;
    if (made.p == NULL) {
        (void)carry_text(c, id, registered || mapped ? S("id_stays") : S("id_unknown"),
                         system->text, text->text);
        return;
    }
    struct csaf_carried *said = carry_text(c, id, S("id"), system->text, text->text);
    said->arg[1] = csaf;
    said->arg[2] = made;
    system->text = csaf;
    text->text = made;
}

void convert_ids(struct convert *c, struct edit *vulnerability)
{
    EDIT_EACH(id, edit_get(vulnerability, S("ids")))
    convert_id(c, id);
}

static void convert_vulnerability(struct convert *c, struct edit *v)
{
    if (v->kind != JSON_IS_OBJECT)
        return;
    convert_cwe(c, v);
    struct edit *metrics = edit_rename(v, S("scores"), S("metrics"));
    EDIT_EACH(score, metrics)
    {
        if (score->kind == JSON_IS_OBJECT)
            convert_score(c, score);
    }
    convert_unique(c, metrics);
    (void)edit_rename(v, S("release_date"), S("disclosure_date"));
    convert_ids(c, v);
    convert_cvss4(c, v);
    convert_ssvc(c, v);
}

void convert_vulnerabilities(struct convert *c)
{
    EDIT_EACH(v, edit_get(c->root, S("vulnerabilities")))
    convert_vulnerability(c, v);
}
