/* clocks.c - see clocks.h. */
#include "domain/clocks.h"

#include "base/vec.h"

#include <stdlib.h>

static bool is_holiday(i64 at, const struct zone *z, const i64 *holidays, size_t n)
{
    int day = civil_weekday(civil_at(at, z));
    i64 start = time_day_start(at, z);
    if (day == 0 || day == 6)
        return true;
    for (size_t i = 0; i < n; i++)
        if (time_day_start(holidays[i], z) == start)
            return true;
    return false;
}

i64 clock_add(i64 at, int amount, enum clock_unit unit, const struct zone *z, const i64 *holidays,
              size_t nholidays)
{
    switch (unit) {
    case UNIT_HOURS: return at + amount * HOUR;
    case UNIT_DAYS: return time_add_days(at, amount, z);
    case UNIT_MONTHS: return time_add_months(at, amount, z);
    case UNIT_BUSINESS_DAYS:
    case CLOCK_UNIT_COUNT: break;
    }
    /* no run of holidays lasts a year: a table that says otherwise ends here */
    int days = 0;
    for (int left = amount; left > 0 && days < amount * 7 + 366; days++)
        if (!is_holiday(time_add_days(at, days + 1, z), z, holidays, nholidays))
            left--;
    return time_add_days(at, days, z);
}

static i64 pick(const i64 *at, unsigned which, bool latest)
{
    i64 found = 0;
    for (int i = 0; i < INSTANT_COUNT; i++)
        if ((which >> i & 1) && at[i] != 0 &&
            (found == 0 || (latest ? at[i] > found : at[i] < found)))
            found = at[i];
    return found;
}

static const struct clock_choice *choice_of(const struct clock_question *q, str id)
{
    for (size_t i = 0; i < q->nchoices; i++)
        if (str_eq(q->choices[i].id, id))
            return &q->choices[i];
    return NULL;
}

static bool applies(const struct clock_row *r, const struct clock_question *q,
                    const struct clock_choice *choice)
{
    bool edition = choice != NULL && choice->edition.n > 0 ? str_eq(r->edition, choice->edition)
                                                           : r->is_default;
    return edition && (r->flows >> q->flow & 1) && (r->scopes >> q->scope & 1) &&
           (r->when & ~q->when) == 0;
}

static enum clock_is state_of(const struct clock_state *s, i64 now)
{
    if (s->met_at != 0)
        return CLOCK_MET;
    if (now < s->due)
        return CLOCK_RUNNING;
    return s->row->kind == CLOCK_RIGHT ? CLOCK_REACHED : CLOCK_OVERDUE;
}

static int nearest_first(const void *x, const void *y)
{
    const struct clock_state *p = x, *q = y;
    if ((p->met_at != 0) != (q->met_at != 0))
        return p->met_at != 0 ? 1 : -1;
    if (p->met_at != q->met_at)
        return p->met_at > q->met_at ? -1 : 1;
    if (p->due != q->due)
        return p->due < q->due ? -1 : 1;
    return (p->row > q->row) - (p->row < q->row); /* as in the table */
}

void clocks_compute(struct arena *a, const struct clocks *clocks, const struct clock_question *q,
                    struct clock_states *out)
{
    *out = (struct clock_states){0};
    for (size_t i = 0; i < clocks->n; i++) {
        const struct clock_row *r = &clocks->v[i];
        const struct clock_choice *choice = choice_of(q, r->id);
        struct clock_state s = {.row = r};
        if (!applies(r, q, choice))
            continue;
        s.start = pick(q->at, r->starts, r->kind == CLOCK_INTERVAL);
        if (s.start == 0)
            continue;
        int amount = choice != NULL && choice->amount > 0 ? choice->amount : r->amount;
        s.due = clock_add(s.start, amount, r->unit, q->zone, q->holidays, q->nholidays);
        s.moved = r->moved_by >= 0 && q->at[r->moved_by] != 0;
        if (s.moved)
            s.due = q->at[r->moved_by];
        s.met_at = pick(q->at, r->stops, false);
        s.is = state_of(&s, q->now);
        *PUSH(a, out) = s;
    }
    if (out->n > 1)
        qsort(out->v, out->n, sizeof *out->v, nearest_first);
}
