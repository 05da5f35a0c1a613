/* case_clocks.c - the instants that a case's records give, and the clocks that follow. */
#include "app/view_own.h"

#include "app/tables.h"

static void earliest(i64 *at, i64 one)
{
    if (one > 0 && (*at == 0 || one < *at))
        *at = one;
}

static void latest(i64 *at, i64 one)
{
    if (one > *at)
        *at = one;
}

/* When the first round of the steps with that effect was over. */
static i64 effect_at(const struct case_file *cf, int lane, enum effect effect)
{
    for (int step = 0; step < (int)cf->g.nsteps; step++) {
        const struct step *s = case_step(cf, step);
        if (!(s->then >> effect & 1) || !progress_has(&cf->g, lane, step))
            continue;
        for (size_t i = 0; i < cf->in.nacts; i++) {
            const struct act *x = &cf->in.acts[i];
            if (x->lane == lane && x->step == step && x->round == 1 && x->hop == (int)s->nhops)
                return x->at;
        }
    }
    return 0;
}

/* The coordinator may have tried before the notice that came through. */
static i64 first_contact(const struct case_file *cf, int lane)
{
    for (int step = 0; step < (int)cf->g.nsteps; step++) {
        i64 at;
        if (!(case_step(cf, step)->then >> THEN_OVERVIEW & 1))
            continue;
        str s = progress_answer(&cf->g, lane, step, 1, S("first_contact"));
        if (str_i64(s, &at) && at > 0)
            return at;
    }
    return effect_at(cf, lane, THEN_OVERVIEW);
}

static void lane_instants(const struct case_file *cf, int lane, i64 at[INSTANT_COUNT])
{
    earliest(&at[AT_FIRST_CONTACT], first_contact(cf, lane));
    earliest(&at[AT_OVERVIEW_NOTIFIED], effect_at(cf, lane, THEN_OVERVIEW));
    earliest(&at[AT_DETAILS_PROVIDED], effect_at(cf, lane, THEN_DETAILS));
}

static void case_instants(const struct case_file *cf, const struct q_case_publications *rows,
                          size_t n, i64 at[INSTANT_COUNT])
{
    for (size_t i = 0; i < cf->nreports; i++) {
        const struct q_case_reports *r = &cf->reports[i];
        earliest(&at[AT_REPORT_RECEIVED], r->received);
        earliest(&at[AT_REPORT_ACCEPTED], r->accepted.v);
        latest(&at[AT_FINDER_TOLD], r->told.v);
    }
    at[AT_HANDLING_BEGAN] = effect_at(cf, 0, THEN_ACCEPT);
    at[AT_PUBLICATION_DATE] = cf->planned.v;
    at[AT_WITHDRAWAL_ASKED] = cf->withdrawal_asked;
    for (size_t i = 0; i < n; i++)
        at[str_eq(rows[i].lang, S("ja")) ? AT_PUBLISHED_JA : AT_PUBLISHED_EN] = rows[i].published;
}

static unsigned case_conditions(const struct case_file *cf)
{
    unsigned when = str_eq(cf->row.entry, S("finder")) ? 1u << WHEN_REPORTED_IN_JAPAN : 0;
    bool overseas = str_eq(cf->row.entry, S("overseas"));
    for (size_t i = 0; i < cf->nparties; i++)
        overseas |= str_eq(cf->parties[i].role, S("peer"));
    return when | (overseas ? 1u << WHEN_OVERSEAS_POLICY : 0);
}

static void add_clocks(const struct reader *r, const struct clock_question *q, str lane_name,
                       struct clock_lines *out)
{
    struct clock_states states = {0};
    int at = r->cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
    clocks_compute(r->cx->a, &r->cx->app->tables->clocks, q, &states);
    for (size_t i = 0; i < states.n; i++) {
        const struct clock_state *c = &states.v[i];
        *PUSH(r->cx->a, out) = (struct clock_line){.word = c->row->word[at],
                                                   .source = c->row->source[at],
                                                   .lane_name = lane_name,
                                                   .kind = c->row->kind,
                                                   .is = c->is,
                                                   .moved = c->moved,
                                                   .start = c->start,
                                                   .due = c->due,
                                                   .met_at = c->met_at};
    }
}

static void of_whole_case(const struct case_file *cf, struct clock_question *q)
{
    q->scope = SCOPE_CASE;
    for (int lane = 1; lane < (int)cf->nlanes; lane++)
        lane_instants(cf, lane, q->at);
}

/* A vendor's contact has the clocks of its lane; reception and the coordinator those of the
 * case, which start with the first vendor's. */
enum err clocks_make(const struct reader *r, struct clock_lines *out)
{
    const struct case_file *cf = r->cf;
    struct q_case_publications *rows;
    size_t n;
    bool contact = r->own_lane > 0 && reader_acts_as(r, r->own_lane, ACTOR_POC);
    bool body = reader_acts_as(r, 0, ACTOR_COORDINATOR) || reader_acts_as(r, 0, ACTOR_RECEPTION);
    struct clock_question q = {
        .flow = cf->flow, .zone = r->cx->zone, .now = r->cx->now, .when = case_conditions(cf)};
    *out = (struct clock_lines){0};
    if (!contact && !body)
        return OK;
    TRY(q_case_publications(r->cx->db, &rows, &n, .case_id = cf->row.id));
    case_instants(cf, rows, n, q.at);
    if (contact) {
        q.scope = SCOPE_LANE;
        lane_instants(cf, r->own_lane, q.at);
        q.at[AT_CLOSED] = cf->lanes[r->own_lane].party->closed.v;
        add_clocks(r, &q, S(""), out);
        return OK;
    }
    of_whole_case(cf, &q);
    add_clocks(r, &q, S(""), out);
    return OK;
}

enum err case_clock(struct ctx *cx, const struct case_file *cf, str clock, struct clock_state *out,
                    bool *found)
{
    return case_clock_if(cx, cf, clock, INSTANT_COUNT, 0, out, found);
}

enum err case_clock_if(struct ctx *cx, const struct case_file *cf, str clock, enum instant happened,
                       i64 at, struct clock_state *out, bool *found)
{
    struct q_case_publications *rows;
    struct clock_states states = {0};
    size_t n;
    struct clock_question q = {
        .flow = cf->flow, .zone = cx->zone, .now = cx->now, .when = case_conditions(cf)};
    TRY(q_case_publications(cx->db, &rows, &n, .case_id = cf->row.id));
    case_instants(cf, rows, n, q.at);
    of_whole_case(cf, &q);
    if (happened < INSTANT_COUNT)
        q.at[happened] = at;
    clocks_compute(cx->a, &cx->app->tables->clocks, &q, &states);
    *found = false;
    for (size_t i = 0; i < states.n && !*found; i++)
        if (str_eq(states.v[i].row->id, clock)) {
            *out = states.v[i];
            *found = true;
        }
    return OK;
}
