/* advisory.c - the draft as it is stored, and how it stands. */
#include "app/advisory_own.h"

#include "app/vulns.h"
#include "base/encode.h"
#include "formats/json.h"

str section_name(enum section s)
{
    static const str names[SECTION_COUNT] = {
        S_INIT("title"),    S_INIT("overview"), S_INIT("affected"),    S_INIT("description"),
        S_INIT("impact"),   S_INIT("solution"), S_INIT("vendor_info"), S_INIT("references"),
        S_INIT("addendum"), S_INIT("analysis"), S_INIT("credit"),      S_INIT("other")};
    return names[s];
}

bool section_required(enum section s)
{
    return s <= SECTION_SOLUTION;
}

str section_heading(struct arena *a, enum section s, str coordinator, enum lang lang)
{
    switch (s) {
    case SECTION_TITLE: return word(lang, W_section_title);
    case SECTION_OVERVIEW: return word(lang, W_section_overview);
    case SECTION_AFFECTED: return word(lang, W_section_affected);
    case SECTION_DESCRIPTION: return word(lang, W_section_description);
    case SECTION_IMPACT: return word(lang, W_section_impact);
    case SECTION_SOLUTION: return word(lang, W_section_solution);
    case SECTION_VENDOR_INFO: return word(lang, W_section_vendor_info);
    case SECTION_REFERENCES: return word(lang, W_section_references);
    case SECTION_ADDENDUM: return words_section_addendum(a, lang, .coordinator = coordinator);
    case SECTION_ANALYSIS: return words_section_analysis(a, lang, .coordinator = coordinator);
    case SECTION_CREDIT: return word(lang, W_section_credit);
    case SECTION_OTHER: return word(lang, W_section_other);
    case SECTION_COUNT: break;
    }
    return S("");
}

str lang_code(enum lang lang)
{
    return lang == LANG_JA ? S("ja") : S("en");
}

str section_field(struct ctx *cx, enum lang lang, enum section s)
{
    return str_fmt(cx->a, "%.*s.%.*s", SV(lang_code(lang)), SV(section_name(s)));
}

str section_mark(struct ctx *cx, str text)
{
    return hex_encode(cx->a, str_sub(hash_of(cx->a, text), 0, 8));
}

int step_with(const struct case_file *cf, enum effect effect)
{
    for (int i = 0; i < (int)cf->g.nsteps; i++)
        if (case_step(cf, i)->then >> effect & 1)
            return i;
    return -1;
}

const struct act *last_act(const struct case_file *cf, int lane, int step)
{
    const struct act *found = NULL;
    for (size_t i = 0; i < cf->in.nacts; i++) {
        const struct act *x = &cf->in.acts[i];
        if (x->lane == lane && x->step == step && (found == NULL || x->round >= found->round))
            found = x;
    }
    return found;
}

/* --- loading -------------------------------------------------------------------------------- */

static enum err read_words(struct ctx *cx, const struct q_advisory_text_last *row, enum lang lang,
                           struct draft *out)
{
    struct advisory_words *w = &out->words[lang];
    const struct json *j;
    struct json_error bad;
    TRY(json_read(cx->a, text_open_inside(row->content), &j, &bad));
    w->revision = row->revision;
    w->at = row->at;
    w->person_id = row->person_id;
    for (enum section s = 0; s < SECTION_COUNT; s++) {
        str text = json_get_text(j, section_name(s));
        w->section[s] = text.p ? text : S("");
        if (lang == LANG_EN)
            out->follows[s] = json_get_text(json_get(j, S("follows")), section_name(s));
    }
    (void)json_bool(json_get(j, S("critical")), &w->critical);
    return OK;
}

enum err draft_load(struct ctx *cx, str case_id, i64 ja, i64 en, struct draft *out)
{
    struct q_advisory_asked_of *asked;
    *out = (struct draft){0};
    TRY(app_read(cx));
    TRY(q_advisory_of(cx->db, &out->row, .case_id = case_id));
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        struct q_advisory_text_last row;
        for (enum section s = 0; s < SECTION_COUNT; s++)
            out->words[g].section[s] = S("");
        enum err e = q_advisory_text_last(cx->db, &row, .advisory_id = out->row.id,
                                          .lang = lang_code(g), .revision = g == LANG_JA ? ja : en);
        if (e == OK)
            e = read_words(cx, &row, g, out);
        TRY(e == E_NOT_FOUND ? OK : e);
    }
    TRY(q_advisory_asked_of(cx->db, &asked, &out->nasked, .advisory_id = out->row.id));
    out->asked = asked;
    return OK;
}

enum translation draft_translation(struct ctx *cx, const struct draft *d, enum section s)
{
    str ja = d->words[LANG_JA].section[s], en = d->words[LANG_EN].section[s];
    if (ja.n == 0)
        return TRANSLATION_NONE;
    if (en.n == 0)
        return TRANSLATION_MISSING;
    return str_eq(d->follows[s], section_mark(cx, ja)) ? TRANSLATION_DONE : TRANSLATION_STALE;
}

bool draft_english_ready(struct ctx *cx, const struct draft *d)
{
    for (enum section s = 0; s < SECTION_COUNT; s++) {
        enum translation t = draft_translation(cx, d, s);
        if (t == TRANSLATION_MISSING || t == TRANSLATION_STALE)
            return false;
        if (section_required(s) && t == TRANSLATION_NONE)
            return false;
    }
    return true;
}

enum err draft_complete(struct ctx *cx, const struct draft *d)
{
    enum err e = OK;
    for (enum section s = 0; s < SECTION_COUNT; s++)
        if (section_required(s) && d->words[LANG_JA].section[s].n == 0)
            e = wrong(cx, section_field(cx, LANG_JA, s), S("section_missing"));
    return e;
}

/* --- how it stands ---------------------------------------------------------------------------- */

static bool is_changed_since_asked(const struct draft *d)
{
    return d->nasked > 0 && (d->asked[0].ja != d->words[LANG_JA].revision ||
                             d->asked[0].en != d->words[LANG_EN].revision);
}

/* Which Japanese was on the table when an answer came. */
static i64 revision_at(const struct draft *d, i64 at)
{
    for (size_t i = 0; i < d->nasked; i++)
        if (d->asked[i].at <= at)
            return d->asked[i].ja;
    return 0;
}

static void agreement_of(const struct case_file *cf, const struct draft *d, int lane, int step,
                         struct lane_agreement *out)
{
    const struct step_state *st = progress_at(&cf->g, lane, step);
    const struct act *x = last_act(cf, lane, step);
    out->state = d->nasked > 0 ? AGREEMENT_WAITING : AGREEMENT_NOT_ASKED;
    if (st->status == STEP_NOT_APPLICABLE)
        out->state = AGREEMENT_NOT_APPLICABLE;
    if (st->status == STEP_SKIPPED)
        out->state = AGREEMENT_SKIPPED;
    if (x == NULL || st->status == STEP_NOT_APPLICABLE || st->status == STEP_SKIPPED)
        return;
    out->at = x->at;
    out->revision = revision_at(d, x->at);
    str agree = progress_answer(&cf->g, lane, step, 1, S("agree"));
    bool newer = d->nasked > 0 && d->asked[0].at > x->at;
    if (str_eq(agree, S("yes")))
        out->state = newer || d->words[LANG_JA].revision != out->revision ? AGREEMENT_OLDER
                                                                          : AGREEMENT_GIVEN;
    else if (!newer)
        out->state = AGREEMENT_REFUSED;
}

static bool all_agree(const struct case_file *cf, const struct draft *d, int step)
{
    for (int lane = 1; lane < (int)cf->nlanes; lane++) {
        struct lane_agreement one = {0};
        agreement_of(cf, d, lane, step, &one);
        if (one.state != AGREEMENT_GIVEN && one.state != AGREEMENT_SKIPPED &&
            one.state != AGREEMENT_NOT_APPLICABLE)
            return false;
    }
    return cf->nlanes > 1;
}

static enum advisory_state before_release(const struct case_file *cf, const struct draft *d)
{
    int step = step_with(cf, THEN_AGREE_DRAFT);
    if (d->nasked == 0 || step < 0 || !all_agree(cf, d, step))
        return ADVISORY_DRAFT;
    return cf->planned.is ? ADVISORY_PLANNED : ADVISORY_AGREED;
}

static void set_state(const struct case_file *cf, const struct draft *d, i64 revision,
                      struct advisory *out)
{
    if (d->row.id.n == 0)
        out->state = ADVISORY_NONE;
    else if (out->withdrawn.is)
        out->state = ADVISORY_WITHDRAWN;
    else if (out->published.is)
        out->state = revision > 1 ? ADVISORY_UPDATED : ADVISORY_RELEASED;
    else
        out->state = before_release(cf, d);
}

static void list_lanes(struct ctx *cx, const struct case_file *cf, const struct access *acc,
                       const struct draft *d, struct advisory *out)
{
    struct lane_agreement *all = NEWS(cx->a, struct lane_agreement, cf->nlanes);
    int step = step_with(cf, THEN_AGREE_DRAFT);
    for (int lane = 1; lane < (int)cf->nlanes && step >= 0; lane++) {
        struct lane_agreement *one = &all[out->nlanes];
        if (acc != NULL && !access_lane(acc, AUD_DRAFT_OWN, cf->lanes[lane].id))
            continue;
        const struct q_case_parties *p = cf->lanes[lane].party;
        *one = (struct lane_agreement){.lane = lane, .name = pick(cx, p->name_ja, p->name_en)};
        one->lane_id = cf->lanes[lane].id;
        agreement_of(cf, d, lane, step, one);
        out->nlanes++;
    }
    out->lanes = all;
}

static enum err set_publication(struct ctx *cx, const struct case_file *cf, const struct draft *d,
                                struct advisory *out)
{
    struct q_publications_of *rows;
    size_t n;
    i64 revision = 0;
    TRY(q_publications_of(cx->db, &rows, &n, .case_id = cf->row.id));
    for (size_t i = 0; i < n; i++) {
        enum lang g = str_eq(rows[i].lang, S("ja")) ? LANG_JA : LANG_EN;
        out->released[g] = SOME(rows[i].published);
        if (g == LANG_JA)
            out->published = SOME(rows[i].published);
        if (rows[i].withdrawn.is)
            out->withdrawn = rows[i].withdrawn;
        if (rows[i].revision > revision)
            revision = rows[i].revision;
    }
    set_state(cf, d, revision, out);
    return OK;
}

static enum err fill(struct ctx *cx, const struct case_file *cf, const struct access *acc,
                     const struct draft *d, struct advisory *out)
{
    *out = (struct advisory){.id = d->row.id,
                             .number = d->row.number,
                             .rev = d->row.rev,
                             .planned = cf->planned,
                             .changed_since_asked = is_changed_since_asked(d)};
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        out->words[g] = d->words[g];
        TRY(advisory_credit(cx, cf, g, &out->credit[g]));
    }
    for (enum section s = 0; s < SECTION_COUNT; s++)
        out->translation[s] = draft_translation(cx, d, s);
    if (d->nasked > 0) {
        out->asked = d->asked[0].at;
        out->asked_revision = d->asked[0].ja;
    }
    out->english_ready = draft_english_ready(cx, d);
    list_lanes(cx, cf, acc, d, out);
    return set_publication(cx, cf, d, out);
}

static enum err or_empty(struct ctx *cx, struct draft *d, enum err e)
{
    for (enum lang g = 0; e == E_NOT_FOUND && g < LANG_COUNT; g++)
        for (enum section s = 0; s < SECTION_COUNT; s++)
            d->words[g].section[s] = S("");
    (void)cx;
    return e == E_NOT_FOUND ? OK : e;
}

/* Whose eyes are the portal's own. */
static bool is_inside(const struct ctx *cx, const struct case_file *cf)
{
    return case_may_act(cx, cf, 0, ACTOR_COORDINATOR) || case_may_act(cx, cf, 0, ACTOR_RECEPTION) ||
           case_may_act(cx, cf, 0, ACTOR_OVERSEAS);
}

static enum err open_draft(struct ctx *cx, str case_id, struct case_file *cf,
                           const struct access **acc)
{
    TRY(case_open(cx, case_id, cf, acc));
    return cf->flow == FLOW_COORDINATED && access_has(*acc, AUD_DRAFT) ? OK : E_NOT_FOUND;
}

enum err advisory_view(struct ctx *cx, str case_id, struct advisory *out)
{
    struct case_file cf;
    const struct access *acc;
    struct draft d;
    TRY(open_draft(cx, case_id, &cf, &acc));
    TRY(or_empty(cx, &d, draft_load(cx, case_id, NEWEST, NEWEST, &d)));
    bool inside = is_inside(cx, &cf);
    if (!inside && d.nasked == 0)
        return E_NOT_FOUND;
    if (!inside) {
        struct draft asked;
        TRY(draft_load(cx, case_id, d.asked[0].ja, d.asked[0].en, &asked));
        d = asked;
    }
    TRY(fill(cx, &cf, acc, &d, out));
    out->may_edit = case_may_act(cx, &cf, 0, ACTOR_COORDINATOR);
    out->may_ask = out->may_edit && out->state != ADVISORY_NONE &&
                   (out->asked == 0 || out->changed_since_asked);
    return OK;
}

enum err advisory_load(struct ctx *cx, const struct case_file *cf, struct advisory *out)
{
    struct draft d;
    TRY(draft_load(cx, cf->row.id, NEWEST, NEWEST, &d));
    return fill(cx, cf, NULL, &d, out);
}

enum err advisory_revision(struct ctx *cx, str case_id, enum lang lang, i64 revision,
                           struct advisory_words *out)
{
    struct case_file cf;
    const struct access *acc;
    struct draft d;
    TRY(open_draft(cx, case_id, &cf, &acc));
    if (!is_inside(cx, &cf))
        return E_NOT_FOUND;
    TRY(draft_load(cx, case_id, lang == LANG_JA ? revision : NEWEST,
                   lang == LANG_EN ? revision : NEWEST, &d));
    *out = d.words[lang];
    return out->revision == revision && revision > 0 ? OK : E_NOT_FOUND;
}

enum err advisory_own(struct ctx *cx, str case_id, struct case_file *cf)
{
    const struct access *acc;
    TRY(open_draft(cx, case_id, cf, &acc));
    return case_may_act(cx, cf, 0, ACTOR_COORDINATOR) ? OK : E_DENIED;
}
