/* scene.c - see scene.h. */
#include "help/scene.h"

#include "base/asset.h"
#include "base/time.h"

#include <stdio.h>

static str table(str path)
{
    const struct asset *x = asset_find(path);
    must(x != NULL);
    return x->bytes;
}

struct process_text scene_tables(void)
{
    return (struct process_text){.coordinated = table(S("process/coordinated.tsv")),
                                 .direct = table(S("process/direct.tsv")),
                                 .questions = table(S("process/questions.tsv")),
                                 .facts = table(S("process/facts.tsv")),
                                 .rights = table(S("process/rights.tsv"))};
}

const struct process *scene_process(struct arena *a)
{
    struct process *p = NEW(a, struct process);
    struct process_text text = scene_tables();
    struct process_fault fault;
    must(process_load(a, &text, p, &fault) == OK);
    return p;
}

struct scene *scene_new(struct arena *a, enum flow flow, int vendors)
{
    struct scene *s = NEW(a, struct scene);
    *s = (struct scene){.a = a,
                        .p = scene_process(a),
                        .now = 1000 * HOUR,
                        .usual = "spread=design details=yes reproduced=yes affected=yes agree=yes "
                                 "customers=unspecified publish=yes accept=yes"};
    s->lanes = NEWS(a, struct lane_in, (size_t)vendors + 1);
    for (int lane = 0; lane <= vendors; lane++) {
        s->lanes[lane].opened = s->now;
        for (int kind = ACTOR_POC + 1; kind < ACTOR_COUNT && lane > 0; kind++)
            s->lanes[lane].dept[kind] = kind;
    }
    s->in = (struct case_in){.flow = flow,
                             .opened = s->now,
                             .known = 1u << KNOW_FROM_FINDER,
                             .lanes = s->lanes,
                             .nlanes = (size_t)vendors + 1};
    return s;
}

struct progress *scene_now(struct scene *s)
{
    s->in.acts = s->acts.v;
    s->in.nacts = s->acts.n;
    s->in.marks = s->marks.v;
    s->in.nmarks = s->marks.n;
    s->in.skips = s->skips.v;
    s->in.nskips = s->skips.n;
    s->in.dues = s->dues.v;
    s->in.ndues = s->dues.n;
    progress_compute(s->a, s->p, &s->in, &s->g);
    return &s->g;
}

int scene_step(const struct scene *s, const char *step)
{
    int at = process_step(s->p, s->in.flow, str_z(step));
    must(at >= 0);
    return at;
}

const struct step_state *scene_at(struct scene *s, int lane, const char *step)
{
    return progress_at(scene_now(s), lane, scene_step(s, step));
}

static str find_answer(str list, str field)
{
    while (list.n > 0) {
        str value = str_cut(&list, ' ');
        if (str_eq(str_cut(&value, '='), field))
            return value;
    }
    return NO_STR;
}

void scene_hop(struct scene *s, int lane, const char *step, const char *answers)
{
    int at = scene_step(s, step);
    const struct step *def = &s->p->flow[s->in.flow].steps[at];
    const struct step_state *st = scene_at(s, lane, step);
    bool again = st->status == STEP_DONE && st->again;
    if (!again && (st->status != STEP_OPEN || st->hop == 0))
        (void)fprintf(stderr, "%s in lane %d is not open\n", step, lane);
    must(again || (st->status == STEP_OPEN && st->hop > 0));
    struct act x = {.step = at,
                    .lane = lane,
                    .round = again ? st->round + 1 : st->round,
                    .hop = again ? 1 : st->hop,
                    .at = s->now += HOUR};
    struct answer *given = NEWS(s->a, struct answer, def->nquestions + 1);
    for (size_t i = 0; i < def->nquestions; i++) {
        const struct question *q = &def->questions[i];
        str value = find_answer(str_z(answers), q->field);
        if (value.p == NULL)
            value = find_answer(str_z(s->usual), q->field);
        if (q->hop == x.hop && value.p != NULL)
            given[x.nanswers++] = (struct answer){q->field, value};
    }
    x.answers = given;
    *PUSH(s->a, &s->acts) = x;
}

void scene_mark(struct scene *s, enum mark_kind kind, int lane, const char *step, enum actor dept)
{
    int round = kind == MARK_SIGNED ? scene_at(s, lane, step)->round : 0;
    *PUSH(s->a, &s->marks) =
        (struct mark){kind, scene_step(s, step), lane, round, dept, s->now += HOUR};
}

void scene_sign(struct scene *s, int lane, const char *step, enum actor dept)
{
    must(scene_at(s, lane, step)->status == STEP_OPEN);
    scene_mark(s, MARK_SIGNED, lane, step, dept);
}

static void sign_all(struct scene *s, int lane, const char *step, unsigned kinds)
{
    for (int kind = ACTOR_POC; kind < ACTOR_COUNT; kind++)
        if (kinds >> kind & 1)
            scene_sign(s, lane, step, (enum actor)kind);
}

void scene_do(struct scene *s, int lane, const char *step, const char *answers)
{
    const struct step_state *st = scene_at(s, lane, step);
    int done = st->rounds_done, round = st->round + (st->status == STEP_DONE);
    do {
        if (st->status == STEP_OPEN && st->hop == 0)
            sign_all(s, lane, step, st->unsigned_);
        else
            scene_hop(s, lane, step, answers);
        st = scene_at(s, lane, step);
    } while (st->rounds_done == done && st->round == round);
}

/* Play one open step of the case or of that lane that must be taken; false: there is none. */
static bool play_one(struct scene *s, int only)
{
    const struct progress *g = scene_now(s);
    for (int lane = 0; lane < (int)s->in.nlanes; lane++)
        for (int step = 0; step < (int)g->nsteps; step++) {
            const struct step_state *st = progress_at(g, lane, step);
            if (st->status != STEP_OPEN || st->optional || (lane != 0 && lane != only))
                continue;
            scene_do(s, lane, str_to_z(s->a, s->p->flow[s->in.flow].steps[step].id), "");
            return true;
        }
    return false;
}

void scene_until(struct scene *s, int lane, const char *step)
{
    while (scene_at(s, lane, step)->status != STEP_OPEN)
        must(play_one(s, lane));
}

void scene_skip(struct scene *s, int lane, const char *step)
{
    *PUSH(s->a, &s->skips) = (struct skip){scene_step(s, step), lane, s->now += HOUR};
}

void scene_due(struct scene *s, int lane, const char *step, i64 at)
{
    *PUSH(s->a, &s->dues) = (struct due){scene_step(s, step), lane, at};
}

void scene_ask(struct scene *s, enum known what)
{
    s->in.asked_at[what] = s->now += HOUR;
}

str scene_waits(struct scene *s)
{
    struct tasks tasks = {0};
    buf b = {.a = s->a};
    progress_tasks(s->a, scene_now(s), &tasks);
    for (size_t i = 0; i < tasks.n; i++) {
        const struct task *t = &tasks.v[i];
        buf_putf(&b, "%s%d:%.*s %.*s%s", i > 0 ? ", " : "", t->lane,
                 SV(s->p->flow[s->in.flow].steps[t->step].id), SV(actor_name(t->actor)),
                 t->hop == 0 ? " signs" : "");
    }
    buf_put(&b, S(""));
    return b.n > 0 ? buf_str(&b) : S("");
}

str scene_in(struct scene *s, int lane, enum step_status status)
{
    const struct progress *g = scene_now(s);
    buf b = {.a = s->a};
    for (int step = 0; step < (int)g->nsteps; step++)
        if (progress_has(g, lane, step) && progress_at(g, lane, step)->status == status)
            buf_putf(&b, "%s%.*s", b.n > 0 ? " " : "", SV(s->p->flow[s->in.flow].steps[step].id));
    return b.n > 0 ? buf_str(&b) : S("");
}

str scene_missing(struct scene *s, int lane, const char *step)
{
    const struct step_state *st = scene_at(s, lane, step);
    const struct flow_table *flow = &s->p->flow[s->in.flow];
    buf b = {.a = s->a};
    for (size_t i = 0; i < st->nmissing; i++) {
        const struct missing *m = &st->missing[i];
        bool fact = m->term->kind == TERM_FACT || m->term->kind == TERM_ANY_FACT ||
                    m->term->kind == TERM_ALL_FACT;
        bool all = m->term->kind == TERM_ALL_SETTLED || m->term->kind == TERM_ALL_FACT;
        buf_putf(&b, "%s%s%s%.*s", b.n > 0 ? " " : "", m->negated ? "!" : "", all ? "all:" : "",
                 SV(fact ? s->p->facts[m->term->at].id : flow->steps[m->term->at].id));
    }
    return b.n > 0 ? buf_str(&b) : S("");
}

static bool play_beat(struct scene *s, const struct beat *b)
{
    str sign = str_z(b->answers);
    enum actor dept;
    if (!str_eq(str_cut(&sign, ' '), S("sign")))
        scene_hop(s, b->lane, b->step, b->answers);
    else if (actor_find(sign, &dept))
        scene_sign(s, b->lane, b->step, dept);
    return str_eq(scene_waits(s), str_z(b->waits));
}

bool scene_play(struct scene *s, const struct beat *beats, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!play_beat(s, &beats[i])) {
            (void)printf("after %s %s\nwant %s\n got %.*s\n", beats[i].step, beats[i].answers,
                         beats[i].waits, SV(scene_waits(s)));
            return false;
        }
    return true;
}
