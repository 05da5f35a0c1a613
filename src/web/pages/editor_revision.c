/* editor_revision.c - one older revision of an advisory, and what it changed. */
#include "web/pages/editor_own.h"

#include "app/case_view.h"
#include "web/diff.h"
#include "web/pages/advisory_own.h"

static url revision_url(struct ctx *cx, const struct request *rq, i64 n)
{
    str path = str_fmt(cx->a, "/advisory/%.*s/%lld", SV(rq->seg[1]), (long long)n);
    return editor_url(cx, rq, str_to_z(cx->a, path));
}

static void fill_sections(struct ctx *cx, const struct advisory_words *now,
                          const struct advisory_words *before, struct revision_view *v)
{
    struct revision_section *all = NEWS(cx->a, struct revision_section, SECTION_COUNT);
    struct bodies b;
    str coordinator = public_bodies(cx, &b) == OK ? b.coordinator : S("");
    for (enum section s = 0; s < SECTION_COUNT; s++) {
        str old = before ? before->section[s] : S("");
        if (now->section[s].n == 0 && old.n == 0)
            continue;
        all[v->n++] = (struct revision_section){
            section_heading(cx->a, s, coordinator, cx->lang), now->section[s],
            before ? text_diff(cx, old, now->section[s]) : (html){S("")}};
    }
    v->sections = all;
}

static bool read_lang(str s, enum lang *out)
{
    *out = str_eq(s, S("ja")) ? LANG_JA : LANG_EN;
    return str_eq(s, S("ja")) || str_eq(s, S("en"));
}

enum err editor_revision(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct advisory_words now, before;
    struct case_ident id;
    enum lang g;
    i64 n;
    if (!read_lang(rq->seg[1], &g) || !str_i64(rq->seg[2], &n))
        return E_NOT_FOUND;
    TRY(advisory_revision(cx, rq->id, g, n, &now));
    if (n > 1)
        TRY(advisory_revision(cx, rq->id, g, n - 1, &before));
    TRY(case_head(cx, rq->id, rq->acc, &id));
    struct advisory_words later;
    bool has_after = advisory_revision(cx, rq->id, g, n + 1, &later) == OK;
    struct revision_view v = {
        .number = id.number,
        .title = words_editor_revision(
            cx->a, cx->lang, .n_revision = n,
            .language = word(cx->lang, g == LANG_JA ? W_language_ja : W_language_en)),
        .lang = rq->seg[1],
        .cases = lang_url(cx, "/cases"),
        .case_href = editor_url(cx, rq, ""),
        .editor = editor_url(cx, rq, "/advisory"),
        .at = now.at,
        .has_before = n > 1,
        .has_after = has_after,
        .before = revision_url(cx, rq, n - 1),
        .after = revision_url(cx, rq, n + 1),
    };
    fill_sections(cx, &now, n > 1 ? &before : NULL, &v);
    an->title = v.title;
    an->nav = S("advisories");
    an->amber = true;
    tpl_revision(&an->out, &v);
    return OK;
}
