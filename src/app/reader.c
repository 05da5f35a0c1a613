/* reader.c - see reader.h. */
#include "app/reader.h"

#include "app/tables.h"

/* --- who ------------------------------------------------------------------------------------- */

static unsigned kinds_in(const struct ctx *cx, const struct case_file *cf, int lane)
{
    int from = lane == 0 ? 0 : ACTOR_POC, to = lane == 0 ? ACTOR_POC : ACTOR_COUNT;
    unsigned bits = 0;
    for (int k = from; k < to; k++)
        if (case_may_act(cx, cf, lane, (enum actor)k))
            bits |= ACTOR_BIT(k);
    return bits;
}

bool reader_acts_as(const struct reader *r, int lane, enum actor actor)
{
    return r->kinds[actor >= ACTOR_POC ? lane : 0] >> actor & 1;
}

/* --- which steps ----------------------------------------------------------------------------- */

static bool was_performed(const struct case_file *cf, int lane, int step, int hop)
{
    for (int i = cf->g.first_act[(size_t)lane * cf->g.nsteps + (size_t)step]; i > 0;
         i = cf->g.next_act[i - 1])
        if (cf->in.acts[i - 1].hop == hop)
            return true;
    return false;
}

/* Whether the step has come to that hop in any round, or can only be on its way to it outside
 * of the vendor. */
static bool has_reached(const struct case_file *cf, int lane, int step, int hop)
{
    const struct step *s = case_step(cf, step);
    const struct step_state *st = progress_at(&cf->g, lane, step);
    if (was_performed(cf, lane, step, hop) || (st->status == STEP_OPEN && st->hop == hop))
        return true;
    bool outside = s->hops[hop - 1].only_if < 0;
    for (int i = 0; i < hop - 1; i++)
        outside &= s->hops[i].actor < ACTOR_POC;
    return outside && (st->status == STEP_OPEN || st->status == STEP_DONE);
}

/* What a body outside sees of a vendor's lane: what begins with it, is sent to it, or passes
 * through its hands. */
static enum sight sight_outside(const struct reader *r, int lane, int step, unsigned as)
{
    const struct step *s = case_step(r->cf, step);
    if ((as & ACTOR_BIT(ACTOR_COORDINATOR)) &&
        (s->lead == ACTOR_COORDINATOR || s->hops[0].actor == ACTOR_COORDINATOR ||
         str_has_prefix(s->to, actor_name(ACTOR_COORDINATOR))))
        return SIGHT_STATE;
    for (size_t i = 0; i < s->nhops; i++)
        if ((as >> s->hops[i].actor & 1) && has_reached(r->cf, lane, step, (int)i + 1))
            return SIGHT_STATE;
    return SIGHT_NONE;
}

/* A department that knows what it is about sees its lane; one that was only told that there is
 * something sees where it was told so. */
static enum sight sight_inside(const struct reader *r, int lane, int step)
{
    if ((r->kinds[lane] & ACTOR_BIT(ACTOR_POC)) || r->told_what)
        return SIGHT_STATE;
    for (int k = ACTOR_POC; k < ACTOR_COUNT; k++) {
        if (!(r->kinds[lane] >> k & 1))
            continue;
        if (progress_takes_part(&r->cf->g, lane, step, (enum actor)k))
            return SIGHT_STATE;
        if (progress_is_told(&r->cf->g, lane, step, (enum actor)k))
            return SIGHT_COMING;
    }
    return SIGHT_NONE;
}

static enum sight find_sight(const struct reader *r, int lane, int step)
{
    static const unsigned bodies = ACTOR_BIT(ACTOR_COORDINATOR) | ACTOR_BIT(ACTOR_RECEPTION);
    const struct step *s = case_step(r->cf, step);
    unsigned as = r->kinds[0] | (r->coordinates ? ACTOR_BIT(ACTOR_COORDINATOR) : 0);
    if (!progress_has(&r->cf->g, lane, step))
        return SIGHT_NONE;
    if (lane > 0 && r->kinds[lane] != 0)
        return sight_inside(r, lane, step);
    if (lane > 0)
        return sight_outside(r, lane, step, as);
    if (r->kinds[0] & bodies)
        return SIGHT_STATE;
    bool applies = progress_at(&r->cf->g, 0, step)->status != STEP_NOT_APPLICABLE;
    for (size_t i = 0; i < s->nhops; i++)
        if (applies && (r->kinds[0] >> s->hops[i].actor & 1))
            return SIGHT_STATE;
    bool milestone = s->then & (1u << THEN_ACCEPT | 1u << THEN_PUBLISH);
    bool known = r->told_what || s->then >> THEN_PUBLISH & 1;
    return milestone && applies && known ? SIGHT_COMING : SIGHT_NONE;
}

enum sight reader_sight(const struct reader *r, int lane, int step)
{
    return (enum sight)r->sees[(size_t)lane * r->cf->g.nsteps + (size_t)step];
}

/* The rest of the round is passed on inside the vendor, and nothing of it comes out again. */
static bool rest_is_inside(const struct reader *r, int lane, int step)
{
    const struct step *s = case_step(r->cf, step);
    const struct step_state *st = progress_at(&r->cf->g, lane, step);
    if (r->kinds[lane] != 0 || lane == 0 || st->hop < 2)
        return false;
    for (size_t i = (size_t)st->hop - 1; i < s->nhops; i++)
        if (s->hops[i].actor < ACTOR_POC)
            return false;
    for (size_t i = 0; i < s->nquestions; i++)
        if (s->questions[i].hop >= st->hop && s->questions[i].audience != AUD_INTERNAL)
            return false;
    return true;
}

enum step_status reader_status(const struct reader *r, int lane, int step)
{
    enum step_status is = progress_at(&r->cf->g, lane, step)->status;
    if (reader_sight(r, lane, step) == SIGHT_COMING)
        return is == STEP_DONE || is == STEP_NOT_APPLICABLE ? is : STEP_WAITING;
    return is == STEP_OPEN && rest_is_inside(r, lane, step) ? STEP_DONE : is;
}

bool reader_knows_why(const struct reader *r, int lane, int step)
{
    if (lane == 0 || r->kinds[lane] == 0)
        return reader_sight(r, lane, step) == SIGHT_STATE;
    if (r->kinds[lane] & ACTOR_BIT(ACTOR_POC))
        return true;
    for (int k = ACTOR_POC; k < ACTOR_COUNT; k++)
        if ((r->kinds[lane] >> k & 1) &&
            (progress_takes_part(&r->cf->g, lane, step, (enum actor)k) ||
             progress_is_told(&r->cf->g, lane, step, (enum actor)k)))
            return true;
    return false;
}

bool reader_sees_lane(const struct reader *r, int lane)
{
    for (int step = 0; step < (int)r->cf->g.nsteps; step++)
        if (reader_sight(r, lane, step) != SIGHT_NONE)
            return true;
    return false;
}

void reader_make(struct ctx *cx, const struct case_file *cf, const struct access *acc,
                 struct reader *r)
{
    *r = (struct reader){.cx = cx, .cf = cf, .acc = acc};
    r->kinds = NEWS(cx->a, unsigned, cf->nlanes);
    r->sees = NEWS(cx->a, unsigned char, cf->nlanes * cf->g.nsteps);
    for (int lane = 0; lane < (int)cf->nlanes; lane++) {
        r->kinds[lane] = kinds_in(cx, cf, lane);
        if (lane > 0 && r->kinds[lane] != 0)
            r->own_lane = lane;
    }
    r->told_what = access_has(acc, AUD_TITLE);
    r->sees_vendors = access_has(acc, AUD_VENDORS);
    r->coordinates = r->own_lane == 0 && access_has(acc, AUD_COORDINATION);
    for (int lane = 0; lane < (int)cf->nlanes; lane++)
        for (int step = 0; step < (int)cf->g.nsteps; step++)
            r->sees[(size_t)lane * cf->g.nsteps + (size_t)step] =
                (unsigned char)find_sight(r, lane, step);
}

/* --- names ----------------------------------------------------------------------------------- */

static bool knows_vendor(const struct reader *r, int lane)
{
    return r->kinds[lane] != 0 || r->sees_vendors ||
           access_lane(r->acc, AUD_COORDINATION, r->cf->lanes[lane].id);
}

str reader_lane_name(const struct reader *r, int lane)
{
    const struct q_case_parties *p = r->cf->lanes[lane].party;
    if (lane == 0)
        return word(r->cx->lang, W_lane_case);
    if (knows_vendor(r, lane))
        return pick(r->cx, p->name_ja, p->name_en);
    int n = 0;
    for (int i = 1; i <= lane; i++)
        n += reader_sees_lane(r, i);
    return words_lane_vendor(r->cx->a, r->cx->lang, .n = n);
}

/* The body of the case that acts outside: its own name. */
static str body_name(const struct reader *r, enum actor actor)
{
    str dept = r->cf->lanes[0].dept[actor];
    for (size_t i = 0; i < r->cf->ndepts && dept.n > 0; i++)
        if (str_eq(r->cf->depts[i].dept_id, dept))
            for (size_t k = 0; k < r->cf->nparties; k++)
                if (str_eq(r->cf->parties[k].org_id, r->cf->depts[i].org_id))
                    return pick(r->cx, r->cf->parties[k].name_ja, r->cf->parties[k].name_en);
    return department_word(actor, r->cx->lang);
}

str reader_actor_name(const struct reader *r, int lane, enum actor actor)
{
    if (actor < ACTOR_POC)
        return body_name(r, actor);
    if (r->kinds[lane] == 0)
        return reader_lane_name(r, lane);
    const struct lane *l = &r->cf->lanes[lane];
    bool merged = actor != ACTOR_POC && str_eq(l->dept[actor], l->dept[ACTOR_POC]);
    return department_word(merged ? ACTOR_POC : actor, r->cx->lang);
}

static const struct q_case_parties *party_of_dept(const struct case_file *cf, str dept_id)
{
    for (size_t i = 0; i < cf->ndepts; i++)
        for (size_t k = 0; k < cf->nparties; k++)
            if (str_eq(cf->depts[i].dept_id, dept_id) &&
                str_eq(cf->parties[k].org_id, cf->depts[i].org_id))
                return &cf->parties[k];
    return NULL;
}

/* A department of the reader's own vendor, by its kinds. */
static str own_dept_name(const struct reader *r, str dept_id)
{
    const struct lane *l = &r->cf->lanes[r->own_lane];
    for (int k = ACTOR_POC; k < ACTOR_COUNT; k++)
        if (str_eq(l->dept[k], dept_id))
            return department_word((enum actor)k, r->cx->lang);
    return NO_STR;
}

str reader_dept_name(const struct reader *r, str dept_id)
{
    if (dept_id.n == 0)
        return department_word(r->cf->flow == FLOW_DIRECT ? ACTOR_SOURCE : ACTOR_FINDER,
                               r->cx->lang);
    str own = r->own_lane > 0 ? own_dept_name(r, dept_id) : NO_STR;
    if (own.n > 0)
        return own;
    const struct q_case_parties *p = party_of_dept(r->cf, dept_id);
    if (p == NULL)
        return NO_STR;
    int lane = case_lane(r->cf, p->id);
    return lane > 0 ? reader_lane_name(r, lane) : pick(r->cx, p->name_ja, p->name_en);
}

str reader_principal_name(const struct reader *r, str principal)
{
    for (size_t i = 0; i < r->cf->nreports; i++)
        if (str_eq(r->cf->reports[i].id, principal))
            return reader_dept_name(r, NO_STR);
    for (size_t i = 0; i < r->cf->nparties; i++)
        if (r->cf->parties[i].person_id.p && str_eq(r->cf->parties[i].person_id, principal))
            return pick(r->cx, r->cf->parties[i].name_ja, r->cf->parties[i].name_en);
    const struct q_case_parties *p = party_of_dept(r->cf, principal);
    int lane = p ? case_lane(r->cf, p->id) : 0;
    if (lane > 0 && !knows_vendor(r, lane))
        return NO_STR;
    return reader_dept_name(r, principal);
}
