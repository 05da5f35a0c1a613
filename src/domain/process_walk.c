/* process_walk.c - walk a flow every way that its answers can go. */
#include "domain/process_check.h"
#include "domain/progress.h"

enum { MOST_CHOICES = 16, MOST_WALKS = 4096, MOST_ACTS = 400, MOST_MARKS = 800, LANES = 2 };

/* A question whose answer decides something, in the order in which a walk meets them. */
struct choice {
    const struct question *q;
    int step;
    size_t option; /* that this walk takes */
};
struct walk {
    struct arena *a;
    const struct process *p;
    enum flow flow;
    struct choice met[MOST_CHOICES];
    size_t nmet, forced; /* the first of these are to go as they stand */
    bool thorough;       /* takes what is taken only where needed, and is refused once */
    bool from_outside;   /* comes from an overseas coordinator; nobody asks anything */
    bool too_many, stuck;
    struct case_in in;
    struct act acts[MOST_ACTS];
    struct mark marks[MOST_MARKS];
    bool *done, *not_applied, *reported; /* by step */
};

/* One department for each kind, the POC's own is 0. */
static const struct lane_in walk_lanes[LANES] = {
    {.opened = 1},
    {.opened = 1, .dept = {[ACTOR_DESIGN] = 1, 2, 3, 4, 5, 6, 7, 8, 9}},
};

static bool is_redo(const struct step *s, const struct question *q)
{
    return q->hop == (int)s->nhops && str_eq(q->field, s->redo_field);
}

static bool names(const struct rule *r, int step, const struct question *q)
{
    for (size_t c = 0; c < r->n; c++)
        for (size_t t = 0; t < r->clauses[c].n; t++) {
            const struct term *x = &r->clauses[c].terms[t];
            if (x->kind == TERM_ANSWER && x->at == step && x->hop == q->hop &&
                str_eq(x->field, q->field))
                return true;
        }
    return false;
}

static bool decides(const struct walk *w, int step, const struct question *q)
{
    const struct flow_table *flow = &w->p->flow[w->flow];
    if (q->type != ASK_CHOICE || is_redo(&flow->steps[step], q))
        return false;
    for (size_t i = 0; i < w->p->nfacts; i++)
        if (names(&w->p->facts[i].rule[w->flow], step, q))
            return true;
    for (size_t i = 0; i < flow->n; i++)
        if (names(&flow->steps[i].needs, step, q) || names(&flow->steps[i].when, step, q) ||
            names(&flow->steps[i].until, step, q))
            return true;
    return false;
}

/* What this walk answers to a question that decides: what it did before, what the way says, or
 * the first option. */
static str meet(struct walk *w, int step, const struct question *q)
{
    for (size_t i = 0; i < w->nmet; i++)
        if (w->met[i].q == q)
            return q->options[w->met[i].option].value;
    if (w->nmet == MOST_CHOICES) {
        w->too_many = true;
        return q->options[0].value;
    }
    struct choice *c = &w->met[w->nmet++];
    if (w->nmet > w->forced)
        *c = (struct choice){.q = q, .step = step};
    must(c->q == q);
    return q->options[c->option].value;
}

/* The next way: the last choice that has an option left takes it.  False: all were walked. */
static bool next_way(struct walk *w)
{
    while (w->nmet > 0 && w->met[w->nmet - 1].option + 1 == w->met[w->nmet - 1].q->noptions)
        w->nmet--;
    if (w->nmet == 0)
        return false;
    w->met[w->nmet - 1].option++;
    w->forced = w->nmet;
    return true;
}

static str pick(struct walk *w, int step, int round, const struct question *q)
{
    const struct step *s = &w->p->flow[w->flow].steps[step];
    if (is_redo(s, q)) {
        if (w->thorough && round == 1)
            return s->redo_value;
        for (size_t i = 0; i < q->noptions; i++)
            if (!str_eq(q->options[i].value, s->redo_value))
                return q->options[i].value;
    }
    return decides(w, step, q) ? meet(w, step, q) : q->options[0].value;
}

static void take_hop(struct walk *w, int lane, int step, const struct step_state *st)
{
    const struct step *s = &w->p->flow[w->flow].steps[step];
    struct answer *answers = NEWS(w->a, struct answer, s->nquestions + 1);
    struct act *x = &w->acts[w->in.nacts];
    *x = (struct act){.step = step,
                      .lane = lane,
                      .round = st->round,
                      .hop = st->hop,
                      .at = (i64)w->in.nacts + 2,
                      .answers = answers};
    for (size_t i = 0; i < s->nquestions; i++)
        if (s->questions[i].hop == st->hop && s->questions[i].type == ASK_CHOICE)
            answers[x->nanswers++] =
                (struct answer){s->questions[i].field, pick(w, step, st->round, &s->questions[i])};
    w->in.nacts++;
}

static void take_signatures(struct walk *w, int lane, int step, const struct step_state *st)
{
    for (int kind = ACTOR_POC; kind < ACTOR_COUNT; kind++)
        if (st->unsigned_ >> kind & 1)
            w->marks[w->in.nmarks++] = (struct mark){
                MARK_SIGNED, step, lane, st->round, (enum actor)kind, (i64)w->in.nacts + 1};
}

static void take(struct walk *w, int lane, int step, const struct step_state *st)
{
    if (st->hop > 0)
        take_hop(w, lane, step, st);
    else
        take_signatures(w, lane, step, st);
}

/* Take one hop of everything that can be done now; false: there was nothing. */
static bool take_all(struct walk *w)
{
    struct progress g;
    bool took = false;
    progress_compute(w->a, w->p, &w->in, &g);
    for (int lane = 0; lane < LANES; lane++)
        for (int step = 0; step < (int)g.nsteps; step++) {
            const struct step_state *st = progress_at(&g, lane, step);
            if (st->status != STEP_OPEN || (st->optional && !w->thorough))
                continue;
            if (w->in.nacts == MOST_ACTS || w->in.nmarks + ACTOR_COUNT > MOST_MARKS)
                return false;
            take(w, lane, step, st);
            took = true;
        }
    return took;
}

static void begin_walk(struct walk *w)
{
    w->nmet = 0;
    unsigned entry = w->from_outside ? KNOW_FROM_OVERSEAS : KNOW_FROM_FINDER;
    w->in = (struct case_in){.flow = w->flow,
                             .opened = 1,
                             .lanes = walk_lanes,
                             .nlanes = LANES,
                             .acts = w->acts,
                             .marks = w->marks};
    w->in.known = 1u << entry | 1u << KNOW_DRAFT_ASKED | 1u << KNOW_DATE_REACHED;
    if (!w->from_outside)
        w->in.asked_at[KNOW_FINDER_ASKED] = w->in.asked_at[KNOW_ASKED_FINDINGS] =
            w->in.asked_at[KNOW_ASKED_DATE] = 1;
}

/* The answers of this walk, as rules write them. */
static str walk_text(const struct walk *w)
{
    buf b = {.a = w->a};
    for (size_t i = 0; i < w->nmet; i++) {
        const struct choice *c = &w->met[i];
        buf_putf(&b, "%s%.*s.%d:%.*s=%.*s", i > 0 ? " " : "",
                 SV(w->p->flow[w->flow].steps[c->step].id), c->q->hop, SV(c->q->field),
                 SV(c->q->options[c->option].value));
    }
    return buf_str(&b);
}

static void stuck(struct walk *w, struct arena *a, int step, const struct step_state *st,
                  struct findings *out)
{
    const struct step *s = &w->p->flow[w->flow].steps[step];
    if (w->reported[step])
        return;
    w->reported[step] = true;
    if (st->status == STEP_OPEN)
        check_found(a, out, "%.*s %.*s: it is never finished", SV(flow_name(w->flow)), SV(s->id));
    else
        check_found(a, out, "%.*s %.*s: a dead end: it waits for ever with %.*s",
                    SV(flow_name(w->flow)), SV(s->id), SV(walk_text(w)));
}

/* Of one walk the first step that is stuck is told, a vendor's before the case's: the others
 * mostly wait for it. */
static void end_walk(struct walk *w, struct arena *a, struct findings *out)
{
    struct progress g;
    bool found = false;
    progress_compute(w->a, w->p, &w->in, &g);
    for (int lane = LANES - 1; lane >= 0; lane--)
        for (int step = 0; step < (int)g.nsteps; step++) {
            const struct step_state *st = progress_at(&g, lane, step);
            if (!progress_has(&g, lane, step))
                continue;
            w->done[step] |= st->rounds_done > 0;
            w->not_applied[step] |= st->status == STEP_NOT_APPLICABLE;
            if (found || st->optional || (st->status != STEP_WAITING && st->status != STEP_OPEN))
                continue;
            found = w->stuck = true;
            stuck(w, a, step, st, out);
        }
}

/* Sentences go to a, the walk itself lives in an arena of its own. */
static void walk_once(struct walk *w, struct arena *a, struct findings *out)
{
    w->a = arena_new();
    begin_walk(w);
    while (take_all(w))
        ;
    end_walk(w, a, out);
    arena_free(w->a);
    w->a = NULL;
}

void check_walks(struct arena *a, const struct process *p, enum flow flow, struct findings *out)
{
    struct walk *w = NEW(a, struct walk);
    size_t n = p->flow[flow].n;
    *w = (struct walk){.p = p, .flow = flow};
    w->done = NEWS(a, bool, n + 1);
    w->not_applied = NEWS(a, bool, n + 1);
    w->reported = NEWS(a, bool, n + 1);
    for (unsigned mode = 0; mode < 4; mode++) {
        w->thorough = (mode & 1) != 0;
        w->from_outside = (mode & 2) != 0;
        w->forced = 0;
        size_t walks = 0;
        do
            walk_once(w, a, out);
        while (next_way(w) && ++walks < MOST_WALKS);
        w->too_many |= walks == MOST_WALKS;
    }
    if (w->too_many)
        check_found(a, out, "%.*s: too many answers decide something", SV(flow_name(flow)));
    for (size_t i = 0; i < n; i++) {
        const struct step *s = &p->flow[flow].steps[i];
        if (!w->done[i] && !w->stuck)
            check_found(a, out, "%.*s %.*s: it can never be done", SV(flow_name(flow)), SV(s->id));
        if (s->when.n > 0 && !w->not_applied[i])
            check_found(a, out, "%.*s %.*s: its condition never fails", SV(flow_name(flow)),
                        SV(s->id));
    }
}
