/* report_clocks.c - see report_clocks.h. */
#include "app/report_clocks.h"

#include "app/reports.h"
#include "app/tables.h"

str report_state(const struct report_times *t)
{
    if (t->refused.is)
        return S("refused");
    if (t->ended.is)
        return S("ended");
    if (t->site_answered.is)
        return S("answered");
    if (t->site_notified.is)
        return S("site");
    if (t->accepted.is)
        return S("accepted");
    return t->in_case ? S("handling") : S("received");
}

static void keep_site_clocks(struct clock_states *all)
{
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (str_has_prefix(all->v[i].row->id, S("site_")))
            all->v[n++] = all->v[i];
    all->n = n;
}

void report_clocks(const struct ctx *cx, const struct report_times *t, struct clock_states *out)
{
    struct clock_question q = {.flow = t->direct ? FLOW_DIRECT : FLOW_COORDINATED,
                               .scope = SCOPE_REPORT,
                               .zone = cx->zone,
                               .now = cx->now};
    q.at[AT_REPORT_RECEIVED] = t->received;
    q.at[AT_FINDER_ACKNOWLEDGED] = t->told.v;
    q.at[AT_FINDER_TOLD] = t->told.v;
    q.at[AT_REPORT_ACCEPTED] = t->accepted.v;
    q.at[AT_SITE_NOTIFIED] = t->site_notified.v;
    q.at[AT_SITE_ANSWERED] = t->site_answered.v;
    q.at[AT_FINDER_TOLD_END] = t->ended.v;
    q.at[AT_CLOSED] = t->ended.v;
    clocks_compute(cx->a, &cx->app->tables->clocks, &q, out);
    if (t->of_site)
        keep_site_clocks(out);
}

const struct clock_state *clock_nearest(const struct clock_states *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].is == CLOCK_RUNNING || all->v[i].is == CLOCK_OVERDUE)
            return &all->v[i];
    return NULL;
}

/* By the clock itself: what is overdue now was received that long before now. */
i64 report_late_before(const struct ctx *cx)
{
    struct report_times t = {.received = cx->now};
    struct clock_states all = {0};
    report_clocks(cx, &t, &all);
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(all.v[i].row->id, S("acknowledge")))
            return cx->now - (all.v[i].due - all.v[i].start);
    return 0;
}

i64 report_told_by(const struct ctx *cx)
{
    return cx->now + (cx->now - report_late_before(cx));
}
