/* step_view.c - one step as its reader may see it. */
#include "app/view_own.h"

#include "app/release_plan.h"
#include "app/tables.h"
#include "base/vec.h"

static int words_at(const struct reader *r)
{
    return r->cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
}

/* Contacts know each other by name; other departments know their own company's people. */
str person_shown(const struct reader *r, const struct people *people, str dept_id, str person_id)
{
    const struct case_file *cf = r->cf;
    bool shown = user_seat_in(&r->cx->who, dept_id) != NULL;
    bool contact = r->own_lane == 0 || reader_acts_as(r, r->own_lane, ACTOR_POC);
    for (int k = ACTOR_POC; k < ACTOR_COUNT && r->own_lane > 0; k++)
        shown |= str_eq(cf->lanes[r->own_lane].dept[k], dept_id);
    for (int lane = 0; lane < (int)cf->nlanes && contact && !shown; lane++)
        for (int k = 0; k <= ACTOR_POC; k++)
            shown |= str_eq(cf->lanes[lane].dept[k], dept_id);
    return shown && dept_id.n > 0 ? people_name(people, person_id) : NO_STR;
}

/* --- what was done ------------------------------------------------------------------------------ */

/* A hop that stays inside a vendor does not exist for those outside. */
static bool shows_hop(const struct reader *r, int lane, const struct step *s, int hop)
{
    if (lane == 0 || r->kinds[lane] != 0 || s->hops[hop - 1].actor < ACTOR_POC)
        return true;
    for (size_t i = 0; i < s->nquestions; i++)
        if (s->questions[i].hop == hop && s->questions[i].audience != AUD_INTERNAL)
            return true;
    return false;
}

static void view_acts(const struct reader *r, const struct case_texts *t,
                      const struct people *people, int lane, int step, struct step_view *v)
{
    const struct case_file *cf = r->cf;
    const struct step *s = case_step(cf, step);
    struct {
        VEC(struct step_act)
    } all = {0};
    for (size_t i = 0; i < cf->nacts; i++) {
        const struct q_case_acts *x = &cf->acts[i];
        if (!str_eq(x->step, s->id) || !str_eq(x->lane, cf->lanes[lane].id) || x->hop < 1 ||
            x->hop > (i64)s->nhops || !shows_hop(r, lane, s, (int)x->hop))
            continue;
        struct step_act *a = PUSH(r->cx->a, &all);
        *a = (struct step_act){.round = x->round, .hop = x->hop, .at = x->at};
        a->who = reader_actor_name(r, lane, s->hops[x->hop - 1].actor);
        a->person = person_shown(r, people, x->dept_id, x->person_id);
        answers_of_act(r, t, x->id, lane, step, (int)x->hop, &a->answers);
    }
    v->acts = all.v;
    v->nacts = all.n;
}

/* The hops that stand, by their numbers. */
static size_t standing_hops(const struct reader *r, int lane, int step, int *out, size_t most)
{
    const struct step *s = case_step(r->cf, step);
    enum actor actors[16];
    struct progress g = r->cf->g;
    size_t n = s->nhops <= COUNT(actors) ? progress_hops(&g, lane, step, actors) : 0, at = 0;
    for (size_t i = 0; i < s->nhops && at < n && at < most; i++)
        if (s->hops[i].only_if < 0 || n - at == s->nhops - i)
            out[at++] = (int)i + 1;
    return at;
}

size_t step_way_of(const struct reader *r, int lane, int step, const struct step_way **out)
{
    const struct step *s = case_step(r->cf, step);
    const struct step_state *st = progress_at(&r->cf->g, lane, step);
    struct step_way *way = NEWS(r->cx->a, struct step_way, s->nhops + 1);
    bool open = st->status == STEP_OPEN;
    int hops[16];
    size_t n = standing_hops(r, lane, step, hops, COUNT(hops)), shown = 0;
    for (size_t i = 0; i < n && n > 1; i++)
        if (shows_hop(r, lane, s, hops[i]))
            way[shown++] = (struct step_way){
                .who = reader_actor_name(r, lane, s->hops[hops[i] - 1].actor),
                .done = st->status == STEP_DONE || (open && (st->hop == 0 || hops[i] < st->hop)),
                .here = open && hops[i] == st->hop};
    *out = way;
    return shown;
}

static bool is_remark(const struct text_line *x)
{
    static const str kinds[] = {S_INIT("comment"), S_INIT("message"), S_INIT("skip_reason"),
                                S_INIT("due_reason")};
    for (size_t i = 0; i < COUNT(kinds) && x->act_id.p == NULL; i++)
        if (str_eq(x->kind, kinds[i]))
            return true;
    return false;
}

static void view_remarks(const struct reader *r, const struct case_texts *t,
                         const struct people *people, int lane, struct step_view *v)
{
    struct step_remark *all = NEWS(r->cx->a, struct step_remark, t->n + 1);
    for (size_t i = 0; i < t->n; i++) {
        const struct text_line *x = &t->v[i];
        bool here =
            str_eq(x->step, v->step) && (str_eq(x->lane, v->lane) || (x->lane.n == 0 && lane > 0));
        if (!here || !is_remark(x))
            continue;
        all[v->nremarks++] =
            (struct step_remark){.kind = x->kind,
                                 .who = reader_dept_name(r, x->dept_id),
                                 .person = person_shown(r, people, x->dept_id, x->person_id),
                                 .body = x->body,
                                 .lang = x->lang,
                                 .at = x->at};
    }
    v->remarks = all;
}

/* --- who signs, who is told ------------------------------------------------------------------------ */

static const struct q_case_marks *signature_of(const struct reader *r, const struct step_view *v,
                                               enum actor kind)
{
    const struct lane *l = &r->cf->lanes[v->at_lane];
    for (size_t i = r->cf->nmarks; i-- > 0;) {
        const struct q_case_marks *m = &r->cf->marks[i];
        enum actor as;
        if (str_eq(m->kind, S("signed")) && str_eq(m->step, v->step) && str_eq(m->lane, v->lane) &&
            m->round == v->round && actor_find(m->dept, &as) && str_eq(l->dept[as], l->dept[kind]))
            return m;
    }
    return NULL;
}

static void view_signers(const struct reader *r, const struct people *people, struct step_view *v)
{
    const struct step *s = case_step(r->cf, v->at_step);
    const struct step_state *st = progress_at(&r->cf->g, v->at_lane, v->at_step);
    struct step_signer *all = NEWS(r->cx->a, struct step_signer, ACTOR_COUNT);
    if (r->kinds[v->at_lane] == 0)
        return;
    for (int k = ACTOR_POC; k < ACTOR_COUNT; k++) {
        if (st->told >> k & 1)
            *PUSH(r->cx->a, &v->told) = reader_actor_name(r, v->at_lane, (enum actor)k);
        if (!(st->signers >> k & 1))
            continue;
        const struct q_case_marks *m = signature_of(r, v, (enum actor)k);
        all[v->nsigners++] =
            (struct step_signer){.who = department_word((enum actor)k, r->cx->lang),
                                 .dept = r->cf->lanes[v->at_lane].dept_name[k][r->cx->lang],
                                 .person = m ? people_name(people, m->person_id) : NO_STR,
                                 .required = s->with >> k & 1,
                                 .signed_ = m != NULL,
                                 .own = reader_acts_as(r, v->at_lane, (enum actor)k),
                                 .kind = (enum actor)k,
                                 .at = m ? m->at : 0};
    }
    v->signers = all;
}

/* --- what may be done ------------------------------------------------------------------------------ */

/* Which hop is next, and whether it is this reader's. */
static void view_turn(const struct reader *r, struct step_view *v)
{
    const struct step *s = case_step(r->cf, v->at_step);
    const struct step_state *st = progress_at(&r->cf->g, v->at_lane, v->at_step);
    bool open = st->status == STEP_OPEN && st->hop > 0;
    v->again = st->status == STEP_DONE && st->again;
    if (!open && !v->again)
        return;
    v->hop = v->again ? 1 : st->hop;
    v->round = v->again ? st->round + 1 : st->round;
    v->as = s->hops[v->hop - 1].actor;
    v->may_perform = reader_acts_as(r, v->at_lane, v->as) && !r->cf->in.lanes[v->at_lane].closed;
}

static enum err view_form(const struct reader *r, const struct case_texts *t, struct step_view *v)
{
    view_turn(r, v);
    if (!v->may_perform)
        return OK;
    TRY(step_form(r->cx, r->cf, v->at_lane, v->at_step, (int)v->hop, &v->form));
    sees_hop(r, v->at_lane, v->at_step, (int)v->hop, &v->sees);
    return step_preset(r, t, v);
}

static void view_signing(const struct reader *r, struct step_view *v)
{
    const struct step_state *st = progress_at(&r->cf->g, v->at_lane, v->at_step);
    for (int k = ACTOR_POC; k < ACTOR_COUNT && st->status == STEP_OPEN && st->begun; k++)
        if ((st->unsigned_ >> k & 1) && reader_acts_as(r, v->at_lane, (enum actor)k)) {
            v->may_sign = true;
            v->sign_as = (enum actor)k;
            v->round = st->round;
            return;
        }
}

static enum err view_rights(const struct reader *r, struct step_view *v)
{
    const struct step *s = case_step(r->cf, v->at_step);
    const struct step_state *st = progress_at(&r->cf->g, v->at_lane, v->at_step);
    bool live = (st->status == STEP_OPEN || st->status == STEP_WAITING) &&
                !r->cf->in.lanes[v->at_lane].closed;
    bool poc = v->at_lane > 0 && reader_acts_as(r, v->at_lane, ACTOR_POC);
    struct place inside = {.audience = AUD_INTERNAL, .lane = v->lane, .step = v->step};
    v->may_note = v->at_lane > 0 && r->kinds[v->at_lane] != 0 && access_may(r->acc, &inside);
    v->may_plan = (s->then >> THEN_PUBLISH & 1) && access_has(r->acc, AUD_RELEASE);
    if (v->may_plan)
        TRY(release_is_needed(r->cx, &v->needs_plan));
    if (!live)
        return OK;
    for (int k = 0; k < ACTOR_COUNT && !st->begun; k++)
        v->may_skip |= (s->skip >> k & 1) && reader_acts_as(r, v->at_lane, (enum actor)k);
    v->may_due = poc || (v->at_lane == 0 && reader_acts_as(r, 0, ACTOR_COORDINATOR));
    if (v->at_lane == 0 || (!poc && !reader_acts_as(r, v->at_lane, s->lead)))
        return OK;
    TRY(step_invite_form(r->cx, r->cf, v->at_lane, v->at_step, &v->invite));
    v->may_invite = v->invite.n > 0;
    return OK;
}

static void view_state(const struct reader *r, struct step_view *v)
{
    const struct step *s = case_step(r->cf, v->at_step);
    const struct step_state *st = progress_at(&r->cf->g, v->at_lane, v->at_step);
    bool knows = reader_sight(r, v->at_lane, v->at_step) == SIGHT_STATE;
    v->lane = r->cf->lanes[v->at_lane].id;
    v->lane_name =
        v->at_lane == 0 || v->at_lane == r->own_lane ? S("") : reader_lane_name(r, v->at_lane);
    v->step = s->id;
    v->phase = s->phase;
    v->title = s->title[words_at(r)];
    v->kind = s->kind;
    v->is = chip_of(r, v->at_lane, v->at_step);
    v->word = chip_word(r->cx, v->is, st);
    v->round = st->round;
    v->done_at = st->done_at;
    if (knows && st->status == STEP_OPEN) {
        v->since = st->since;
        v->due = (opt_i64){st->due != 0, st->due};
        why_open(r, v->at_lane, v->at_step, &v->missing);
    }
    if (st->status == STEP_WAITING)
        why_waits(r, v->at_lane, v->at_step, false, &v->missing);
    if (st->status == STEP_NOT_APPLICABLE)
        why_not(r, v->at_lane, v->at_step, &v->conditions);
}

bool step_view_brief(const struct reader *r, int lane, int step, struct step_view *v)
{
    *v = (struct step_view){.at_lane = lane, .at_step = step};
    if (!progress_has(&r->cf->g, lane, step) || reader_sight(r, lane, step) == SIGHT_NONE)
        return false;
    view_state(r, v);
    if (reader_sight(r, lane, step) == SIGHT_STATE) {
        view_turn(r, v);
        view_signing(r, v);
    }
    return true;
}

/* A department that only is to be told what a step came to. */
static bool was_told_result(const struct reader *r, const struct step_view *v)
{
    struct place inside = {.audience = AUD_INTERNAL, .lane = v->lane, .step = v->step};
    return v->at_lane > 0 && v->is == CHIP_DONE && access_may(r->acc, &inside);
}

enum err step_view_make(const struct reader *r, const struct case_texts *t,
                        const struct people *people, int lane, int step, struct step_view *v)
{
    *v = (struct step_view){.at_lane = lane, .at_step = step};
    if (lane < 0 || step < 0 || !progress_has(&r->cf->g, lane, step) ||
        reader_sight(r, lane, step) == SIGHT_NONE)
        return E_NOT_FOUND;
    view_state(r, v);
    if (reader_sight(r, lane, step) == SIGHT_STATE || was_told_result(r, v))
        view_acts(r, t, people, lane, step, v);
    if (reader_sight(r, lane, step) != SIGHT_STATE)
        return OK;
    v->nway = step_way_of(r, lane, step, &v->way);
    view_remarks(r, t, people, lane, v);
    TRY(view_form(r, t, v));
    view_signing(r, v);
    if (v->may_perform || v->may_sign)
        step_sources(r, t, v);
    view_signers(r, people, v);
    return view_rights(r, v);
}
