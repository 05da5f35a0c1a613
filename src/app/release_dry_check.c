/* release_dry_check.c - every form against its own rules: texts, schemas, tests, readers. */
#include "app/release_dry_own.h"

#include "formats/csaf.h"

void rehearsal_find(struct rehearsal *h, struct release_dry *out, struct release_finding f)
{
    *PUSH(h->cx->a, &out->findings) = f;
    out->count[f.level]++;
}

static void find(struct rehearsal *h, struct release_dry *out, str artefact,
                 enum release_level level, const char *test, const char *key)
{
    rehearsal_find(
        h, out,
        (struct release_finding){
            .artefact = artefact, .level = level, .test = str_z(test), .word = str_z(key)});
}

/* --- the portal's texts ----------------------------------------------------------------------- */

/* What a person would be told at the form, as findings. */
static void take_problems(struct rehearsal *h, struct release_dry *out, size_t from)
{
    struct problems *all = &h->cx->problems;
    for (size_t i = from; i < all->n; i++) {
        const struct problem *p = &all->v[i];
        rehearsal_find(h, out,
                       (struct release_finding){
                           .level = RELEASE_ERROR,
                           .test = S("complete"),
                           .path = p->field,
                           .word = str_join(h->cx->a, S("problem_"), p->code),
                           .arg = {p->got, str_fmt(h->cx->a, "%lld", (long long)p->limit)}});
    }
    all->n = from;
}

static enum err check_japanese(struct rehearsal *h)
{
    if (h->wish->kind == RELEASE_FIRST)
        return publication_check(h->cx, &h->cf);
    enum err e = draft_complete(h->cx, &h->r.d);
    enum err names = release_check_names(h->cx, &h->cf, &h->r.d);
    return e != OK ? e : names;
}

static enum err check_english(struct rehearsal *h)
{
    enum err e = release_check_english(h->cx, &h->r);
    enum err names = release_check_names(h->cx, &h->cf, &h->r.d);
    return e != OK ? e : names;
}

static void check_lines(struct rehearsal *h, struct release_dry *out)
{
    static const char *const fields[RELEASE_KINDS][LANG_COUNT] = {
        [RELEASE_UPDATE] = {[LANG_JA] = "history_ja", [LANG_EN] = "history_en"},
        [RELEASE_WITHDRAWAL] = {[LANG_JA] = "reason_ja", [LANG_EN] = "reason_en"}};
    if (h->wish->kind == RELEASE_FIRST)
        return;
    for (enum lang g = 0; g < LANG_COUNT; g++)
        if (h->wish->text[g].n == 0)
            rehearsal_find(h, out,
                           (struct release_finding){.level = RELEASE_ERROR,
                                                    .test = S("complete"),
                                                    .path = str_z(fields[h->wish->kind][g]),
                                                    .word = S("problem_required")});
}

enum err rehearsal_check_texts(struct rehearsal *h, struct release_dry *out)
{
    size_t from = h->cx->problems.n;
    enum err e = OK;
    i64 of = 0;
    if (h->wish->kind != RELEASE_WITHDRAWAL)
        e = h->lang == LANG_JA ? check_japanese(h) : check_english(h);
    TRY(e == E_INVALID ? OK : e);
    take_problems(h, out, from);
    check_lines(h, out);
    TRY(release_source(h->cx, &h->r, LANG_JA, &of));
    if (h->lang == LANG_EN && h->wish->kind != RELEASE_WITHDRAWAL && !h->wish->ja_before &&
        of != h->r.d.words[LANG_JA].revision)
        find(h, out, NO_STR, RELEASE_WARNING, "complete", "dry_japanese_first");
    if (h->lang == LANG_JA && h->wish->kind != RELEASE_WITHDRAWAL)
        find(h, out, NO_STR, RELEASE_INFO, "complete", "dry_cve_later");
    return OK;
}

/* --- CVE -------------------------------------------------------------------------------------- */

void rehearsal_check_cve(struct rehearsal *h, struct release_dry *out,
                         const struct release_artefact *of, const struct cve_findings *found)
{
    if (of->aside)
        find(h, out, of->name, RELEASE_INFO, "5.1.12", "dry_cve_not_ours");
    for (size_t i = 0; i < found->n; i++) {
        const struct cve_finding *f = &found->v[i];
        enum release_level level = f->must && !of->aside ? RELEASE_ERROR : RELEASE_WARNING;
        rehearsal_find(h, out,
                       (struct release_finding){.artefact = of->name,
                                                .level = level,
                                                .test = f->rule,
                                                .path = f->path,
                                                .word = str_join(h->cx->a, S("cve_rule_"), f->code),
                                                .arg = {f->got}});
    }
}

/* --- CSAF ------------------------------------------------------------------------------------- */

static void check_csaf(struct rehearsal *h, struct release_dry *out,
                       const struct release_artefact *x)
{
    static const enum release_level levels[CSAF_GROUPS] = {[CSAF_SCHEMA] = RELEASE_ERROR,
                                                           [CSAF_MANDATORY] = RELEASE_ERROR,
                                                           [CSAF_RECOMMENDED] = RELEASE_WARNING,
                                                           [CSAF_INFORMATIVE] = RELEASE_INFO};
    struct csaf_choice full = {.now = h->cx->now};
    struct csaf_report r = {0};
    const struct json *j;
    struct json_error bad;
    if (json_read(h->cx->a, x->bytes, &j, &bad) != OK || !csaf_choose(&full, S("full")))
        return;
    csaf_validate(h->cx->a, j, &full, &r);
    for (size_t i = 0; i < r.findings.n; i++) {
        const struct csaf_finding *f = &r.findings.v[i];
        rehearsal_find(h, out,
                       (struct release_finding){.artefact = x->name,
                                                .level = levels[f->group],
                                                .test = f->test,
                                                .path = f->path,
                                                .word = str_join(h->cx->a, S("csaf_"), f->word),
                                                .arg = {f->arg[0], f->arg[1], f->arg[2]}});
    }
}

/* Of the others, that they can be read back is seen when they are compared. */
void rehearsal_check_artefacts(struct rehearsal *h, struct release_dry *out)
{
    for (size_t i = 0; i < out->artefacts.n; i++)
        if (str_has_prefix(out->artefacts.v[i].name, S("csaf")))
            check_csaf(h, out, &out->artefacts.v[i]);
}
