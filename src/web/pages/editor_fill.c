/* editor_fill.c - the editor's page from the draft, and from what was typed. */
#include "web/pages/editor_own.h"

#include "web/diff.h"
#include "web/field.h"
#include "web/pages/advisory_own.h"

enum { REVISIONS = 12 };

static str code(enum lang g)
{
    return g == LANG_JA ? S("ja") : S("en");
}

static str field_name(struct ctx *cx, enum lang g, enum section s)
{
    return str_fmt(cx->a, "%.*s.%.*s", SV(code(g)), SV(section_name(s)));
}

static str field_id(struct ctx *cx, enum lang g, enum section s)
{
    return str_fmt(cx->a, "f-%.*s-%.*s", SV(code(g)), SV(section_name(s)));
}

url editor_url(struct ctx *cx, const struct request *rq, const char *path)
{
    return url_seg(cx->a, lang_url(cx, "/cases/").s, rq->seg[0], str_z(path));
}

/* --- labels --------------------------------------------------------------------------------- */

static str heading(struct ctx *cx, enum section s, enum lang g)
{
    enum lang reader = cx->lang;
    struct bodies b;
    cx->lang = g; /* the coordinator is called otherwise in each language */
    str coordinator = public_bodies(cx, &b) == OK ? b.coordinator : S("");
    cx->lang = reader;
    return section_heading(cx->a, s, coordinator, g);
}

static str with_language(struct ctx *cx, enum section s, enum lang g)
{
    return words_editor_field(cx->a, cx->lang, .section = heading(cx, s, cx->lang),
                              .language =
                                  word(cx->lang, g == LANG_JA ? W_language_ja : W_language_en));
}

const struct field_rule *editor_rules(struct ctx *cx, size_t *n)
{
    const struct field_rule *from = advisory_rules(n);
    struct field_rule *r = NEWS(cx->a, struct field_rule, *n);
    for (size_t i = 0; i < *n; i++) {
        r[i] = from[i];
        if (i < 2 * (size_t)SECTION_COUNT)
            r[i].label[cx->lang] = with_language(cx, (enum section)(i % SECTION_COUNT),
                                                 i < SECTION_COUNT ? LANG_JA : LANG_EN);
    }
    return r;
}

/* --- one section ---------------------------------------------------------------------------- */

/* What is public in each language, to show what an update would change. */
struct published {
    struct portal_advisory *v[LANG_COUNT];
};

static enum err load_published(struct ctx *cx, const struct advisory *adv, struct published *out)
{
    *out = (struct published){0};
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        bool other;
        if (!adv->released[g].is || adv->withdrawn.is)
            continue;
        out->v[g] = NEW(cx->a, struct portal_advisory);
        TRY(portal_get(cx, g, adv->number, out->v[g], &other));
    }
    return OK;
}

static void set_diff(struct ctx *cx, const struct editing *e, const struct published *p,
                     enum lang g, enum section s, struct edit_cell *c)
{
    str saved = e->adv.words[g].section[s];
    c->diff = (html){S("")};
    if (e->conflict && !str_eq(saved, c->value)) {
        c->diff = text_diff(cx, saved, c->value);
        c->diff_label = word(cx->lang, W_editor_diff_saved);
    } else if (p->v[g] != NULL && (s != SECTION_CREDIT || saved.n > 0)) {
        c->diff = text_diff(cx, p->v[g]->section[s], c->value);
        c->diff_label = word(cx->lang, W_editor_diff_public);
    }
}

static void set_translation(struct ctx *cx, enum translation t, enum section s, struct edit_cell *c)
{
    c->state = S("");
    c->follows = S("");
    if (t == TRANSLATION_MISSING) {
        c->look = LOOK_WAIT;
        c->state = word(cx->lang, W_translation_missing);
        c->css = S("cell gap");
    } else if (t == TRANSLATION_STALE) {
        c->look = LOOK_NO;
        c->state = word(cx->lang, W_translation_stale);
        c->follows = str_fmt(cx->a, "follows.%.*s", SV(section_name(s)));
    } else if (t == TRANSLATION_DONE) {
        c->look = LOOK_DONE;
        c->state = word(cx->lang, W_translation_done);
    }
}

static void set_error(struct ctx *cx, struct edit_cell *c)
{
    c->error = S("");
    for (size_t i = 0; i < cx->problems.n && c->error.n == 0; i++)
        if (str_eq(cx->problems.v[i].field, c->name))
            c->error = problem_sentence(cx->a, &cx->problems.v[i], cx->lang);
    c->invalid = c->error.n > 0 ? S("true") : S("false");
    c->described = c->error.n > 0 ? str_join(cx->a, c->id, S("-e")) : S("");
}

static void fill_cell(struct ctx *cx, const struct editing *e, const struct published *p,
                      enum lang g, enum section s, struct edit_cell *c)
{
    size_t n;
    str name = field_name(cx, g, s), typed = e->typed ? input_get(e->typed, name) : NO_STR;
    str kept = e->adv.words[g].section[s];
    *c = (struct edit_cell){
        .name = name,
        .id = field_id(cx, g, s),
        .lang = code(g),
        .label = heading(cx, s, cx->lang),
        .own = g == cx->lang ? S("") : heading(cx, s, g),
        .value = typed.p  ? typed
                 : kept.p ? kept
                          : S(""),
        .css = S("cell"),
        .max = advisory_rules(&n)[s].max,
        .rows = s == SECTION_TITLE                                  ? 2
                : s == SECTION_DESCRIPTION || s == SECTION_SOLUTION ? 7
                                                                    : 4,
        .required = section_required(s) && g == LANG_JA,
        .state = S(""),
        .follows = S(""),
    };
    if (g == LANG_EN)
        set_translation(cx, e->adv.translation[s], s, c);
    set_diff(cx, e, p, g, s, c);
    set_error(cx, c);
}

static enum err fill_rows(struct ctx *cx, const struct editing *e, struct editor_view *v)
{
    struct edit_row *rows = NEWS(cx->a, struct edit_row, SECTION_COUNT);
    struct published p;
    TRY(load_published(cx, &e->adv, &p));
    for (enum section s = 0; s < SECTION_COUNT; s++)
        for (enum lang g = 0; g < LANG_COUNT; g++)
            fill_cell(cx, e, &p, g, s, &rows[s].cell[g]);
    v->rows = rows;
    v->nrows = SECTION_COUNT;
    return OK;
}

/* --- how it stands ---------------------------------------------------------------------------- */

static void fill_stages(struct ctx *cx, enum advisory_state now, struct editor_view *v)
{
    static const enum word words[] = {W_stage_draft, W_stage_agreed, W_stage_planned,
                                      W_stage_released};
    static const size_t at_of[] = {
        [ADVISORY_NONE] = 0,     [ADVISORY_DRAFT] = 0,    [ADVISORY_AGREED] = 2,
        [ADVISORY_PLANNED] = 3,  [ADVISORY_RELEASED] = 4, [ADVISORY_UPDATED] = 4,
        [ADVISORY_WITHDRAWN] = 4};
    struct edit_stage *st = NEWS(cx->a, struct edit_stage, COUNT(words));
    size_t at = at_of[now] == 0 && v->nlanes > 0 && v->may_edit && !v->may_ask ? 1 : at_of[now];
    for (size_t i = 0; i < COUNT(words); i++)
        st[i] = (struct edit_stage){word(cx->lang, words[i]), i < at ? S("done") : S("next"),
                                    i == at ? S("step") : S("false"), i < at};
    v->stages = st;
    v->nstages = COUNT(words);
}

static void fill_lanes(struct ctx *cx, const struct advisory *adv, struct editor_view *v)
{
    static const struct {
        enum look look;
        enum word w;
    } how[] = {
        [AGREEMENT_NOT_ASKED] = {LOOK_WAIT, W_agreement_not_asked},
        [AGREEMENT_WAITING] = {LOOK_OPEN, W_agreement_waiting},
        [AGREEMENT_GIVEN] = {LOOK_DONE, W_agreement_given},
        [AGREEMENT_OLDER] = {LOOK_WAIT, W_agreement_older},
        [AGREEMENT_REFUSED] = {LOOK_NO, W_agreement_refused},
        [AGREEMENT_SKIPPED] = {LOOK_SKIP, W_agreement_skipped},
        [AGREEMENT_NOT_APPLICABLE] = {LOOK_NA, W_agreement_not_applicable},
    };
    struct edit_lane *all = NEWS(cx->a, struct edit_lane, adv->nlanes + 1);
    for (size_t i = 0; i < adv->nlanes; i++) {
        const struct lane_agreement *x = &adv->lanes[i];
        all[i] = (struct edit_lane){x->name, word(cx->lang, how[x->state].w), how[x->state].look,
                                    x->at, x->revision};
    }
    v->lanes = all;
    v->nlanes = adv->nlanes;
}

/* "PDF 日本語", "PDF English": what the portal offers. */
static void fill_papers(struct ctx *cx, const struct advisory *adv, struct editor_view *v)
{
    struct edit_link *all = NEWS(cx->a, struct edit_link, LANG_COUNT);
    v->papers = all;
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        url href = paper_url(cx, g, adv->number);
        if (!adv->released[g].is || adv->withdrawn.is || href.s.n == 0)
            continue;
        str name = word(g, W_this_language);
        all[v->npapers++] =
            (struct edit_link){.href = href, .label = str_fmt(cx->a, "PDF %.*s", SV(name))};
    }
}

static void add_missing(struct ctx *cx, struct edit_link *all, size_t *n, enum lang g,
                        enum section s, enum word what)
{
    all[(*n)++] = (struct edit_link){
        .href = {str_fmt(cx->a, "#f-%.*s-%.*s", SV(code(g)), SV(section_name(s)))},
        .label = with_language(cx, s, g),
        .sub = word(cx->lang, what)};
}

static void fill_missing(struct ctx *cx, const struct advisory *adv, struct editor_view *v)
{
    struct edit_link *all = NEWS(cx->a, struct edit_link, 2 * (size_t)SECTION_COUNT);
    for (enum section s = 0; s < SECTION_COUNT; s++) {
        if (section_required(s) && adv->words[LANG_JA].section[s].n == 0)
            add_missing(cx, all, &v->nmissing, LANG_JA, s, W_editor_unwritten);
        if (adv->translation[s] == TRANSLATION_MISSING)
            add_missing(cx, all, &v->nmissing, LANG_EN, s, W_translation_missing);
        if (adv->translation[s] == TRANSLATION_STALE)
            add_missing(cx, all, &v->nmissing, LANG_EN, s, W_translation_stale);
    }
    v->missing = all;
}

static void fill_revisions(struct ctx *cx, const struct request *rq, const struct advisory *adv,
                           struct editor_view *v)
{
    struct edit_link *all = NEWS(cx->a, struct edit_link, LANG_COUNT * REVISIONS);
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        i64 last = adv->words[g].revision;
        for (i64 n = last; n > 0 && n > last - REVISIONS; n--) {
            str path = str_fmt(cx->a, "/advisory/%.*s/%lld", SV(code(g)), (long long)n);
            all[v->nrevisions++] = (struct edit_link){
                .href = editor_url(cx, rq, str_to_z(cx->a, path)),
                .label = words_editor_revision(
                    cx->a, cx->lang, .n_revision = n,
                    .language = word(cx->lang, g == LANG_JA ? W_language_ja : W_language_en)),
                .sub = n == last ? time_minute(cx->a, adv->words[g].at, cx->zone) : S("")};
        }
    }
    v->revisions = all;
}

enum err editor_fill(struct ctx *cx, const struct request *rq, const struct editing *e,
                     struct editor_view *v)
{
    const struct advisory *adv = &e->adv;
    v->may_edit = adv->may_edit && !adv->withdrawn.is;
    v->may_ask = v->may_edit && !adv->published.is && (adv->may_ask || adv->state == ADVISORY_NONE);
    v->may_update = v->may_edit && adv->published.is && !v->needs_plan;
    v->may_english = v->may_update && !adv->released[LANG_EN].is;
    v->may_withdraw = v->may_update;
    v->urgent = adv->words[LANG_JA].critical;
    str urgent = e->typed ? input_get(e->typed, S("critical")) : NO_STR;
    if (urgent.p)
        v->urgent = str_eq(urgent, S("yes"));
    v->conflict = e->conflict;
    v->advisory_number = adv->number.n > 0 ? public_number(cx, adv->number) : S("");
    v->has_planned = adv->planned.is;
    v->planned = adv->planned.v;
    v->has_published = adv->published.is;
    fill_papers(cx, adv, v);
    v->published = adv->published.v;
    fill_lanes(cx, adv, v);
    fill_stages(cx, adv->state, v);
    fill_missing(cx, adv, v);
    if (adv->may_edit)
        fill_revisions(cx, rq, adv, v);
    return v->may_edit ? fill_rows(cx, e, v) : OK;
}

/* --- previews --------------------------------------------------------------------------------- */

static enum err one_preview(struct ctx *cx, str case_id, const struct advisory *adv,
                            const struct input *typed, struct edit_preview *out)
{
    struct portal_advisory *p = NEW(cx->a, struct portal_advisory);
    struct adv_view *v = NEW(cx->a, struct adv_view);
    struct html_out o = {.b = {.a = cx->a}, .lang = cx->lang, .zone = cx->zone, .now = cx->now};
    struct bodies b;
    TRY(advisory_preview(cx, case_id, adv, cx->lang, typed, p));
    TRY(public_bodies(cx, &b));
    adv_fill(cx, p, &b, v);
    v->pre = str_join(cx->a, code(cx->lang), S("-"));
    tpl_advisory_doc(&o, v);
    *out = (struct edit_preview){code(cx->lang),
                                 word(cx->lang, W_this_language),
                                 {o.b.n > 0 ? buf_str(&o.b) : S("")},
                                 p->line.title};
    return OK;
}

enum err editor_previews(struct ctx *cx, str case_id, const struct advisory *adv,
                         const struct input *typed, struct edit_previews *out)
{
    enum lang reader = cx->lang;
    enum err e = OK;
    for (enum lang g = 0; g < LANG_COUNT && e == OK; g++) {
        cx->lang = g; /* the public page speaks the text's language */
        e = one_preview(cx, case_id, adv, typed, &out->v[g]);
    }
    cx->lang = reader;
    return e;
}
