/* case_walk.c - see case_walk.h. */
#include "help/case_walk.h"

#include "help/saved.h"

#include <stdio.h>
#include <stdlib.h>

/* --- walking ------------------------------------------------------------------------------------- */

static void to_details(struct walk *w)
{
    walk_sign(w, "mihon.rnd", "1.3.1");
    walk_act(w, "mihon.design", "mihon", "1.3.1", 2, "details", "yes", NULL);
    walk_act(w, "mihon.poc", "mihon", "1.4.1", 1, NULL);
    walk_act(w, "coordinator", "mihon", "1.5.1", 1, "details", "How to reproduce it", NULL);
    walk_act(w, "mihon.poc", "mihon", "1.5.2", 1, "spread", "design", NULL);
}

static void to_asked(struct walk *w)
{
    walk_act(w, "mihon.design", "mihon", "2.3.1", 1, "question", "Which firmware?", NULL);
    walk_act(w, "mihon.poc", "mihon", "2.3.1", 2, "question", "Which firmware, please?", NULL);
    walk_act(w, "coordinator", "mihon", "2.3.1", 3, NULL);
    walk_act(w, "reception", "mihon", "2.3.1", 4, NULL);
}

static void to_affected(struct walk *w)
{
    walk_act(w, "finder", "mihon", "2.3.2", 1, "answer", "Version 2.4.3", NULL);
    walk_act(w, "reception", "mihon", "2.3.2", 2, "answer", "Version 2.4.3", NULL);
    walk_act(w, "coordinator", "mihon", "2.3.2", 3, "answer", "Version 2.4.3", NULL);
    walk_act(w, "mihon.poc", "mihon", "2.3.2", 4, "answer", "Version 2.4.3", NULL);
    walk_act(w, "mihon.design", "mihon", "2.1.1", 1, "reproduced", "yes", NULL);
    walk_act(w, "mihon.design", "mihon", "2.2.1", 1, "cause", "an unchecked length", NULL);
    walk_act(w, "mihon.design", "mihon", "2.4.1", 1, "affected", "yes", "products.0.name",
             "Gateway X", "products.0.versions", "up to 2.4.3", "products.0.status", "affected",
             NULL);
    walk_act(w, "mihon.design", "mihon", "2.5.1", 1, "assessment", "serious", NULL);
}

static struct walk *walk_so_far(struct stage *st, int to)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    str mihon = stage_org_id(st, "mihon"), reiji = stage_org_id(st, "reiji");
    walk_report(w, NULL, NULL);
    walk_accept(w);
    walk_act(w, "coordinator", "", "1.1", 1, "vendors", str_to_z(st->a, mihon), "vendors",
             str_to_z(st->a, reiji), NULL);
    walk_act(w, "coordinator", "mihon", "1.2.1", 1, "overview", "A gateway can be taken over",
             "note", "To the contact of mihon", NULL);
    walk_act(w, "coordinator", "reiji", "1.2.1", 1, "overview", "A gateway can be taken over",
             NULL);
    walk_act(w, "mihon.poc", "mihon", "1.3.1", 1, "spread", "design", "spread", "rnd", "tell",
             "quality", "note", "Please look", NULL);
    if (to >= WALKED_DETAILS)
        to_details(w);
    if (to >= WALKED_ASKED)
        to_asked(w);
    if (to >= WALKED_AFFECTED)
        to_affected(w);
    if (to >= WALKED_REPORTED)
        walk_act(w, "mihon.poc", "mihon", "2.6.1", 1, "status", "affected", NULL);
    return w;
}

struct walk *walked(struct stage *st, enum walked to)
{
    return saved_walk(st, walk_so_far, (int)to);
}

/* --- looking ---------------------------------------------------------------------------------------- */

static void expect(struct ctx *cx, enum err e)
{
    if (e == OK)
        return;
    str why = stage_why(cx);
    (void)fprintf(stderr, "case_walk: err %u: %.*s\n", e, SV(why));
    abort();
}

static str lane_id(struct walk *w, const char *slug)
{
    return slug != NULL && slug[0] != '\0' ? walk_lane(w, slug) : S("");
}

struct case_view *view_as(struct walk *w, const char *who, const char *lane, const char *step)
{
    struct case_ask ask = {.lane = lane_id(w, lane), .step = str_z(step)};
    struct ctx *cx = walk_as(w, who);
    struct case_view *v = NEW(w->st->a, struct case_view);
    expect(cx, case_view(cx, w->case_id, &ask, v));
    return v;
}

struct step_view *step_as(struct walk *w, const char *who, const char *lane, const char *step)
{
    struct ctx *cx = walk_as(w, who);
    struct case_ident ident;
    struct step_view *v = NEW(w->st->a, struct step_view);
    str id = lane_id(w, lane);
    cx = walk_as(w, who);
    enum err e = case_step_view(cx, w->case_id, NULL, id, str_z(step), &ident, v);
    if (e == E_NOT_FOUND)
        return NULL;
    expect(cx, e);
    return v;
}

static void put_chip(buf *b, const struct chip *c)
{
    static const char *const words[CHIP_COUNT] = {
        [CHIP_DONE] = "done",       [CHIP_OPEN] = "open",         [CHIP_LATE] = "late",
        [CHIP_WAITING] = "waiting", [CHIP_OPTIONAL] = "optional", [CHIP_SKIPPED] = "skipped",
        [CHIP_TOLD] = "told",       [CHIP_NOT_APPLICABLE] = "n/a"};
    buf_putf(b, "%s%s%.*s %s%s", b->n ? ", " : "", c->part ? "[" : "", SV(c->step), words[c->is],
             c->part ? "]" : "");
    if (c->note.n > 0)
        buf_putf(b, " (%.*s)", SV(c->note));
}

str board_row(struct arena *a, const struct case_view *v, const char *name)
{
    buf b = {.a = a};
    for (size_t i = 0; i < v->board.nrows; i++)
        for (size_t k = 0; k < PHASES && str_eq(v->board.rows[i].name, str_z(name)); k++)
            for (size_t c = 0; c < v->board.rows[i].cell[k].n; c++)
                put_chip(&b, &v->board.rows[i].cell[k].v[c]);
    return b.n ? buf_str(&b) : S("");
}

str board_rows(struct arena *a, const struct case_view *v)
{
    buf b = {.a = a};
    for (size_t i = 0; i < v->board.nrows; i++)
        buf_putf(&b, "%s%.*s", b.n ? ", " : "", SV(v->board.rows[i].name));
    return buf_str(&b);
}

static void put_now(buf *b, const struct now_item *it)
{
    buf_putf(b, "%s%s", b->n ? "; " : "", it->own ? "own " : "");
    if (it->lane_name.n > 0)
        buf_putf(b, "%.*s: ", SV(it->lane_name));
    buf_put(b, it->hidden ? it->title : it->step);
    if (it->own)
        buf_putf(b, "%s", it->hop == 0 ? " to sign" : "");
    else if (!it->hidden)
        buf_putf(b, " by %.*s", SV(it->who));
}

str now_line(struct arena *a, const struct case_view *v)
{
    buf b = {.a = a};
    for (size_t i = 0; i < v->now.n; i++)
        put_now(&b, &v->now.v[i]);
    return b.n ? buf_str(&b) : S("");
}
