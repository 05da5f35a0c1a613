/* sees.c - see sees.h. */
#include "app/sees.h"

#include "app/step_effects.h"
#include "app/tables.h"
#include "base/vec.h"

/* --- whose names ------------------------------------------------------------------------------- */

static bool reads(const struct case_file *cf, const struct grant *g, const struct place *p)
{
    bool lane = g->lane == LANE_EVERY || str_eq(cf->lanes[g->lane].id, p->lane);
    bool step = g->step == STEP_EVERY || str_eq(case_step(cf, g->step)->id, p->step);
    return lane && step && (g->audiences >> p->audience & 1);
}

/* One's own departments first, in the order of the process; then the bodies; then the rest. */
static int rank_of(const struct reader *r, str principal)
{
    const struct case_file *cf = r->cf;
    for (int k = ACTOR_POC; k < ACTOR_COUNT && r->own_lane > 0; k++)
        if (str_eq(cf->lanes[r->own_lane].dept[k], principal))
            return k;
    for (int k = 0; k < ACTOR_POC; k++)
        if (str_eq(cf->lanes[0].dept[k], principal))
            return ACTOR_COUNT + k;
    return 2 * ACTOR_COUNT;
}

struct ranked {
    str name;
    int rank;
};

static void add_name(struct ranked *all, size_t *n, struct ranked one)
{
    size_t at = *n;
    for (size_t i = 0; i < *n; i++)
        if (str_eq(all[i].name, one.name))
            return;
    while (at > 0 && all[at - 1].rank > one.rank) {
        all[at] = all[at - 1];
        at--;
    }
    all[at] = one;
    (*n)++;
}

static bool is_source(const struct case_file *cf, str dept_id)
{
    for (size_t i = 0; i < cf->nreports; i++)
        if (cf->reports[i].source_dept_id.p && str_eq(cf->reports[i].source_dept_id, dept_id))
            return true;
    return false;
}

void sees_names(const struct reader *r, const struct grants *g, const struct place *p,
                struct phrases *out)
{
    struct ranked *all = NEWS(r->cx->a, struct ranked, g->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++) {
        str who = g->v[i].principal;
        bool other_talk = p->report_id.n > 0 && !str_eq(p->report_id, who) && r->cf->nreports > 1;
        bool is_report = false;
        for (size_t k = 0; k < r->cf->nreports; k++)
            is_report |= str_eq(r->cf->reports[k].id, who);
        if (!reads(r->cf, &g->v[i], p) || (other_talk && is_report))
            continue;
        str name = reader_principal_name(r, who);
        if (name.n == 0 && p->audience == AUD_FINDER && is_source(r->cf, who))
            name = reader_dept_name(r, NO_STR); /* a body that reported, which is the finder here */
        if (name.n > 0)
            add_name(all, &n, (struct ranked){name, rank_of(r, who)});
    }
    for (size_t i = 0; i < n; i++)
        *PUSH(r->cx->a, out) = all[i].name;
}

/* --- the sentences ------------------------------------------------------------------------------- */

/* Who will not see it, where that is worth saying. */
static str not_seen(const struct reader *r, enum audience audience)
{
    enum word w;
    bool vendor = r->own_lane > 0;
    str key =
        str_fmt(r->cx->a, "sees_not_%.*s%s", SV(audience_name(audience)), vendor ? "_vendor" : "");
    if (word_find(key, &w))
        return word(r->cx->lang, w);
    key = str_fmt(r->cx->a, "sees_not_%.*s", SV(audience_name(audience)));
    return word_find(key, &w) ? word(r->cx->lang, w) : S("");
}

static void say(const struct reader *r, const struct grants *g, const struct place *p, str what,
                struct phrases *out)
{
    struct ctx *cx = r->cx;
    struct phrases names = {0};
    sees_names(r, g, p, &names);
    if (names.n == 0)
        return;
    str who = phrases_join(cx->a, cx->lang, &names);
    str s = what.n ? words_sees_what(cx->a, cx->lang, .who = who, .what = what)
                   : words_sees_this(cx->a, cx->lang, .who = who);
    *PUSH(cx->a, out) = str_fmt(cx->a, cx->lang == LANG_JA ? "%.*s%.*s" : "%.*s %.*s", SV(s),
                                SV(not_seen(r, p->audience)));
}

/* The case as it will be when this hop has been performed. */
static void grants_after(const struct reader *r, int lane, int step, int hop, unsigned audiences,
                         struct grants *out)
{
    struct case_file cf = *r->cf;
    struct act *acts = NEWS(r->cx->a, struct act, cf.in.nacts + 1);
    for (size_t i = 0; i < cf.in.nacts; i++)
        acts[i] = cf.in.acts[i];
    acts[cf.in.nacts] = (struct act){.step = step,
                                     .lane = lane,
                                     .round = progress_at(&cf.g, lane, step)->round,
                                     .hop = hop,
                                     .at = r->cx->now};
    if (acts[cf.in.nacts].round < 1)
        acts[cf.in.nacts].round = 1;
    cf.in.acts = acts;
    cf.in.nacts++;
    progress_compute(r->cx->a, r->cf->g.p, &cf.in, &cf.g);
    case_readers(r->cx, &cf, audiences, out);
}

static str labels_of(const struct reader *r, const struct step *s, int hop, enum audience audience)
{
    struct phrases labels = {0};
    int at = r->cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
    for (size_t i = 0; i < s->nquestions; i++)
        if (s->questions[i].hop == hop && s->questions[i].audience == audience)
            *PUSH(r->cx->a, &labels) = s->questions[i].label[at];
    return phrases_join(r->cx->a, r->cx->lang, &labels);
}

/* Whom the result goes to when all have signed. */
static void say_told(const struct reader *r, int lane, int step, struct phrases *out)
{
    const struct step_state *st = progress_at(&r->cf->g, lane, step);
    struct phrases told = {0};
    for (int k = ACTOR_POC; k < ACTOR_COUNT; k++)
        if ((st->told >> k & 1) && r->kinds[lane] != 0)
            *PUSH(r->cx->a, &told) = reader_actor_name(r, lane, (enum actor)k);
    if (told.n > 0)
        *PUSH(r->cx->a, out) = words_sees_told(r->cx->a, r->cx->lang,
                                               .who = phrases_join(r->cx->a, r->cx->lang, &told));
}

void sees_hop(const struct reader *r, int lane, int step, int hop, struct phrases *out)
{
    const struct step *s = case_step(r->cf, step);
    unsigned audiences = 0;
    struct grants after = {0};
    for (size_t i = 0; i < s->nquestions; i++)
        if (s->questions[i].hop == hop)
            audiences |= AUD_BIT(s->questions[i].audience);
    if (audiences == 0)
        return;
    grants_after(r, lane, step, hop, audiences, &after);
    bool several = (audiences & (audiences - 1)) != 0;
    for (int k = 0; k < AUDIENCE_COUNT; k++) {
        if (!(audiences >> k & 1))
            continue;
        struct place p = place_for(r->cf, lane, (enum audience)k);
        p.step = s->id;
        say(r, &after, &p, several ? labels_of(r, s, hop, (enum audience)k) : NO_STR, out);
    }
    say_told(r, lane, step, out);
}

void sees_place(const struct reader *r, const struct place *p, struct phrases *out)
{
    struct grants now = {0};
    struct case_file cf = *r->cf;
    case_readers(r->cx, &cf, AUD_BIT(p->audience), &now);
    say(r, &now, p, NO_STR, out);
}
