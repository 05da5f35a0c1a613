/* cases.c - load the records of a case and hand them to the domain. */
#include "app/case_file.h"

#include "base/id.h"
#include "base/vec.h"

#include <string.h>

static enum err load_rows(struct ctx *cx, str id, struct case_file *cf)
{
    struct q_case_planned planned;
    TRY(q_case_parties(cx->db, &cf->parties, &cf->nparties, .case_id = id));
    TRY(q_case_depts(cx->db, &cf->depts, &cf->ndepts, .case_id = id));
    TRY(q_case_reports(cx->db, &cf->reports, &cf->nreports, .case_id = id));
    TRY(q_case_acts(cx->db, &cf->acts, &cf->nacts, .case_id = id));
    TRY(q_case_marks(cx->db, &cf->marks, &cf->nmarks, .case_id = id));
    enum err e = q_case_planned(cx->db, &planned, .case_id = id);
    if (e == OK)
        cf->planned = SOME(planned.planned);
    return e == E_NOT_FOUND ? OK : e;
}

/* One number a department, so that the domain sees which kinds are one. */
static int dept_number(const struct lane *l, enum actor kind)
{
    for (int k = ACTOR_POC; k <= (int)kind; k++)
        if (str_eq(l->dept[k], l->dept[kind]))
            return k == ACTOR_POC ? 0 : k;
    return 0;
}

static void name_depts(struct lane *l, const struct case_file *cf, str org_id)
{
    for (size_t i = 0; i < cf->ndepts; i++) {
        const struct q_case_depts *d = &cf->depts[i];
        enum actor kind;
        if (!str_eq(d->org_id, org_id) || !actor_find(d->kind, &kind))
            continue;
        l->dept[kind] = d->dept_id;
        l->dept_name[kind][LANG_JA] = d->name_ja;
        l->dept_name[kind][LANG_EN] = d->name_en;
    }
}

static void fill_missing_depts(struct lane *l)
{
    for (int k = ACTOR_POC + 1; k < ACTOR_COUNT; k++)
        if (l->dept[k].n == 0) {
            l->dept[k] = l->dept[ACTOR_POC];
            memcpy(l->dept_name[k], l->dept_name[ACTOR_POC], sizeof l->dept_name[k]);
        }
}

static void make_lanes(struct ctx *cx, struct case_file *cf)
{
    struct lane_in *in = NEWS(cx->a, struct lane_in, cf->nparties + 1);
    cf->lanes = NEWS(cx->a, struct lane, cf->nparties + 1);
    cf->lanes[0].id = S("");
    in[0].opened = cf->row.opened;
    cf->nlanes = 1;
    for (size_t i = 0; i < cf->nparties; i++) {
        const struct q_case_parties *p = &cf->parties[i];
        if (!str_eq(p->role, S("vendor"))) {
            name_depts(&cf->lanes[0], cf, p->org_id);
            continue;
        }
        struct lane *l = &cf->lanes[cf->nlanes];
        struct lane_in *li = &in[cf->nlanes++];
        l->id = p->id;
        l->party = p;
        name_depts(l, cf, p->org_id);
        fill_missing_depts(l);
        li->opened = p->added;
        li->closed = p->closed.is;
        for (int k = ACTOR_POC; k < ACTOR_COUNT; k++)
            li->dept[k] = dept_number(l, (enum actor)k);
    }
    cf->in.lanes = in;
    cf->in.nlanes = cf->nlanes;
}

int case_lane(const struct case_file *cf, str lane_id)
{
    for (size_t i = 0; i < cf->nlanes; i++)
        if (str_eq(cf->lanes[i].id, lane_id))
            return (int)i;
    return -1;
}

const struct step *case_step(const struct case_file *cf, int step)
{
    return &cf->g.p->flow[cf->flow].steps[step];
}

/* "field=value\n…": the choices and instants of an act. */
static void read_answers(struct arena *a, str text, struct act *x)
{
    struct {
        VEC(struct answer)
    } all = {0};
    while (text.n > 0) {
        str line = str_cut(&text, '\n');
        str field = str_cut(&line, '=');
        *PUSH(a, &all) = (struct answer){field, line};
    }
    x->answers = all.v;
    x->nanswers = all.n;
}

/* Where a record belongs; false: a step or lane that this process does not have. */
static bool place_of(const struct ctx *cx, const struct case_file *cf, str lane, str step, int *l,
                     int *s)
{
    *l = case_lane(cf, lane);
    *s = process_step(cx->app->process, cf->flow, step);
    return *l >= 0 && *s >= 0;
}

static void make_acts(struct ctx *cx, struct case_file *cf)
{
    struct act *acts = NEWS(cx->a, struct act, cf->nacts + 1);
    for (size_t i = 0; i < cf->nacts; i++) {
        const struct q_case_acts *r = &cf->acts[i];
        struct act *x = &acts[cf->in.nacts];
        if (!place_of(cx, cf, r->lane, r->step, &x->lane, &x->step))
            continue;
        x->round = (int)r->round;
        x->hop = (int)r->hop;
        x->at = r->at;
        read_answers(cx->a, text_open_inside(r->answers), x);
        cf->in.nacts++;
    }
    cf->in.acts = acts;
}

static void make_marks(struct ctx *cx, struct case_file *cf)
{
    struct mark *marks = NEWS(cx->a, struct mark, cf->nmarks + 1);
    for (size_t i = 0; i < cf->nmarks; i++) {
        const struct q_case_marks *r = &cf->marks[i];
        struct mark *m = &marks[cf->in.nmarks];
        if (!place_of(cx, cf, r->lane, r->step, &m->lane, &m->step) ||
            !actor_find(r->dept, &m->dept))
            continue;
        m->kind = str_eq(r->kind, S("signed"))  ? MARK_SIGNED
                  : str_eq(r->kind, S("asked")) ? MARK_ASKED
                                                : MARK_TOLD;
        m->round = (int)r->round;
        m->at = r->at;
        cf->in.nmarks++;
    }
    cf->in.marks = marks;
}

static enum err make_skips_and_dues(struct ctx *cx, struct case_file *cf)
{
    struct q_case_skips *skips;
    struct q_case_dues *dues;
    size_t nskips, ndues;
    TRY(q_case_skips(cx->db, &skips, &nskips, .case_id = cf->row.id));
    TRY(q_case_dues(cx->db, &dues, &ndues, .case_id = cf->row.id));
    struct skip *s = NEWS(cx->a, struct skip, nskips + 1);
    struct due *d = NEWS(cx->a, struct due, ndues + 1);
    for (size_t i = 0; i < nskips; i++) {
        s[cf->in.nskips].at = skips[i].at;
        cf->in.nskips += place_of(cx, cf, skips[i].lane, skips[i].step, &s[cf->in.nskips].lane,
                                  &s[cf->in.nskips].step);
    }
    for (size_t i = 0; i < ndues; i++) {
        d[cf->in.ndues].at = dues[i].due;
        cf->in.ndues += place_of(cx, cf, dues[i].lane, dues[i].step, &d[cf->in.ndues].lane,
                                 &d[cf->in.ndues].step);
    }
    cf->in.skips = s;
    cf->in.dues = d;
    return OK;
}

static enum err make_inquiries(struct ctx *cx, struct case_file *cf)
{
    struct q_case_inquiries *rows;
    size_t n;
    TRY(q_case_inquiries(cx->db, &rows, &n, .case_id = cf->row.id));
    for (size_t i = 0; i < n; i++) {
        if (str_eq(rows[i].kind, instant_name(AT_WITHDRAWAL_ASKED)))
            cf->withdrawal_asked = rows[i].at;
        for (int k = KNOW_FINDER_ASKED; k <= KNOW_ASKED_DATE; k++)
            if (str_eq(rows[i].kind, known_name((enum known)k)))
                cf->in.asked_at[k] = rows[i].at;
    }
    return OK;
}

static void know(struct case_in *in, enum known k, bool is)
{
    in->known |= is ? 1u << k : 0;
}

static void make_known(const struct ctx *cx, struct case_file *cf)
{
    bool tell = cf->nreports > 0, direct = false;
    for (size_t i = 0; i < cf->nreports; i++) {
        tell = tell && cf->reports[i].tell_vendor;
        direct = direct || cf->reports[i].direct_contact;
    }
    know(&cf->in, KNOW_FROM_FINDER, str_eq(cf->row.entry, S("finder")));
    know(&cf->in, KNOW_FROM_OVERSEAS, str_eq(cf->row.entry, S("overseas")));
    know(&cf->in, KNOW_DRAFT_ASKED, cf->row.draft_asked.is);
    cf->in.asked_at[KNOW_DRAFT_ASKED] = cf->row.draft_asked.is ? cf->row.draft_asked.v : 0;
    know(&cf->in, KNOW_DATE_REACHED, cf->planned.is && cf->planned.v <= cx->now);
    know(&cf->in, KNOW_VENDORS_NAMED, cf->row.vendors_named);
    know(&cf->in, KNOW_WISH_VENDOR, tell);
    know(&cf->in, KNOW_WISH_COORDINATOR, tell || direct);
}

enum err case_load(struct ctx *cx, str case_id, struct case_file *cf)
{
    *cf = (struct case_file){0};
    TRY(app_read(cx));
    TRY(q_case_get(cx->db, &cf->row, .id = case_id));
    if (!flow_find(cf->row.flow, &cf->flow))
        return fail(cx, E_IO, "a case has an unknown flow");
    TRY(load_rows(cx, case_id, cf));
    cf->in.flow = cf->flow;
    cf->in.opened = cf->row.opened;
    make_lanes(cx, cf);
    make_acts(cx, cf);
    make_marks(cx, cf);
    TRY(make_skips_and_dues(cx, cf));
    TRY(make_inquiries(cx, cf));
    make_known(cx, cf);
    progress_compute(cx->a, cx->app->process, &cf->in, &cf->g);
    return OK;
}

enum err case_open(struct ctx *cx, str case_id, struct case_file *out, const struct access **acc)
{
    TRY(access_case(cx, case_id, acc));
    return case_load(cx, case_id, out);
}

enum err case_id_of(struct ctx *cx, str number, str *out)
{
    struct q_case_by_number row;
    if (id_is(number)) {
        *out = number;
        return OK;
    }
    if (str_has_prefix(number, cx->app->number_prefix))
        number = str_from(number, cx->app->number_prefix.n);
    if (number.n > 0 && number.p[0] == '#')
        number = str_from(number, 1);
    TRY(app_read(cx));
    TRY(q_case_by_number(cx->db, &row, .number = number));
    *out = row.id;
    return OK;
}

static size_t finder_principals(const struct case_file *cf, str *out, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < cf->nreports && n < most; i++)
        out[n++] =
            cf->reports[i].source_dept_id.p ? cf->reports[i].source_dept_id : cf->reports[i].id;
    return n;
}

size_t case_principals(const struct case_file *cf, int lane, enum actor actor, str *out,
                       size_t most)
{
    if (actor == ACTOR_FINDER || actor == ACTOR_SOURCE)
        return finder_principals(cf, out, most);
    const struct lane *l = &cf->lanes[actor >= ACTOR_POC ? lane : 0];
    if (most == 0 || l->dept[actor].n == 0)
        return 0;
    out[0] = l->dept[actor];
    return 1;
}

bool case_may_act(const struct ctx *cx, const struct case_file *cf, int lane, enum actor actor)
{
    str who[100];
    size_t n = case_principals(cf, lane, actor, who, COUNT(who));
    for (size_t i = 0; i < n; i++)
        if (user_has(&cx->who, who[i]))
            return true;
    return false;
}

str case_acting_dept(const struct ctx *cx, const struct case_file *cf, int lane, enum actor actor)
{
    str who[100];
    size_t n = case_principals(cf, lane, actor, who, COUNT(who));
    for (size_t i = 0; i < n; i++)
        if (user_seat_in(&cx->who, who[i]))
            return who[i];
    return NO_STR;
}
