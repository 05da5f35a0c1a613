/* talk.c - see talk.h. */
#include "app/view_own.h"

#include "app/attach.h"
#include "app/history.h"
#include "app/notice.h"
#include "app/step_effects.h"
#include "app/texts.h"
#include "base/id.h"
#include "base/vec.h"

const struct field_rule talk_rules[3] = {
    {.name = S_INIT("text"), .type = FIELD_TEXT, .required = true},
    {.name = S_INIT("to"), .type = FIELD_LINE, .required = true},
    {.name = S_INIT("from"), .type = FIELD_ID, .required = true}};

/* Who may write to which audience.  Departments write to the steps that they have a part in. */
/* clang-format off */
static const struct {
    enum flow flow;
    enum actor as;
    enum audience audience;
} writers[] = {
    {FLOW_COORDINATED, ACTOR_COORDINATOR, AUD_COORDINATION},
    {FLOW_COORDINATED, ACTOR_COORDINATOR, AUD_ALL},
    {FLOW_COORDINATED, ACTOR_COORDINATOR, AUD_RECEPTION},
    {FLOW_COORDINATED, ACTOR_COORDINATOR, AUD_OFFICE},
    {FLOW_COORDINATED, ACTOR_RECEPTION,   AUD_RECEPTION},
    {FLOW_COORDINATED, ACTOR_RECEPTION,   AUD_FINDER},
    {FLOW_COORDINATED, ACTOR_OVERSEAS,    AUD_COORDINATION},
    {FLOW_COORDINATED, ACTOR_POC,         AUD_COORDINATION},
    {FLOW_DIRECT,      ACTOR_POC,         AUD_COORDINATION},
    {FLOW_DIRECT,      ACTOR_POC,         AUD_FINDER},
    {FLOW_DIRECT,      ACTOR_COORDINATOR, AUD_COORDINATION},
    {FLOW_DIRECT,      ACTOR_COORDINATOR, AUD_FINDER},
};
/* clang-format on */

/* --- threads ------------------------------------------------------------------------------------ */

str thread_key(struct arena *a, const struct place *p)
{
    str name = audience_name(p->audience);
    if (p->audience == AUD_FINDER)
        return str_fmt(a, "%.*s:%.*s", SV(name), SV(p->report_id));
    if (p->audience == AUD_INTERNAL)
        return str_fmt(a, "%.*s:%.*s:%.*s", SV(name), SV(p->lane), SV(p->step));
    if (p->audience == AUD_COORDINATION)
        return str_fmt(a, "%.*s:%.*s", SV(name), SV(p->lane));
    return name;
}

static bool has_report(const struct case_file *cf, str id)
{
    for (size_t i = 0; i < cf->nreports; i++)
        if (str_eq(cf->reports[i].id, id))
            return true;
    return false;
}

bool thread_find(const struct case_file *cf, str key, struct place *out)
{
    static const enum audience threads[] = {AUD_COORDINATION, AUD_ALL,    AUD_RECEPTION,
                                            AUD_OFFICE,       AUD_FINDER, AUD_INTERNAL};
    str name = str_cut(&key, ':'), where = str_cut(&key, ':');
    *out = (struct place){.audience = AUDIENCE_COUNT, .lane = S(""), .step = S("")};
    for (size_t i = 0; i < COUNT(threads); i++)
        if (str_eq(audience_name(threads[i]), name))
            out->audience = threads[i];
    if (out->audience == AUD_FINDER) {
        out->report_id = where;
        return has_report(cf, where);
    }
    if (out->audience == AUD_COORDINATION || out->audience == AUD_INTERNAL) {
        out->lane = where;
        if (case_lane(cf, where) <= 0)
            return false;
    }
    if (out->audience == AUD_INTERNAL && key.n > 0) {
        out->step = key;
        return process_step(cf->g.p, cf->flow, key) >= 0;
    }
    return out->audience != AUDIENCE_COUNT;
}

/* Whether the other side of a thread has come in: before, a word to it would wait unseen. */
static bool other_side_is_in(const struct reader *r, int lane, bool all)
{
    const struct case_file *cf = r->cf;
    unsigned opens = 1u << (cf->flow == FLOW_DIRECT ? THEN_SUPPORT : THEN_OVERVIEW);
    for (int step = 0; step < (int)cf->g.nsteps; step++)
        for (int i = all ? 1 : lane; i <= (all ? (int)cf->nlanes - 1 : lane); i++)
            if ((case_step(cf, step)->then & opens) && progress_has(&cf->g, i, step) &&
                progress_at(&cf->g, i, step)->rounds_done > 0)
                return true;
    return false;
}

/* In whose lane a writer acts: that of the text; of the case's own, the reader's. */
static int writers_lane(const struct reader *r, const struct place *p)
{
    return p->lane.n > 0 ? case_lane(r->cf, p->lane) : r->own_lane;
}

bool thread_may_write(const struct reader *r, const struct place *p)
{
    int lane = writers_lane(r, p);
    bool may = false;
    if (lane < 0 || !access_may(r->acc, p))
        return false;
    if (p->audience == AUD_INTERNAL)
        return r->kinds[lane] != 0;
    for (size_t i = 0; i < COUNT(writers); i++)
        may |= writers[i].flow == r->cf->flow && writers[i].audience == p->audience &&
               reader_acts_as(r, lane, writers[i].as);
    if (p->audience == AUD_COORDINATION || p->audience == AUD_ALL)
        return may && other_side_is_in(r, lane, p->audience == AUD_ALL);
    return may;
}

/* --- writing ------------------------------------------------------------------------------------ */

struct message {
    str case_id;
    const struct input *in;
    bool relay;
    str *text_id;
    /* found on the way */
    struct case_file cf;
    struct reader r;
    struct place to;
    str from_id;
};

static str writing_dept(const struct reader *r, const struct place *p)
{
    int lane = writers_lane(r, p);
    for (size_t i = 0; i < COUNT(writers); i++)
        if (writers[i].audience == p->audience && writers[i].flow == r->cf->flow &&
            reader_acts_as(r, lane, writers[i].as))
            return case_acting_dept(r->cx, r->cf, lane, writers[i].as);
    for (int k = ACTOR_POC; k < ACTOR_COUNT && lane > 0; k++)
        if (reader_acts_as(r, lane, (enum actor)k))
            return case_acting_dept(r->cx, r->cf, lane, (enum actor)k);
    return NO_STR;
}

/* The source must be one that the writer may read. */
static enum err find_source(struct ctx *cx, struct message *m, const struct access *acc)
{
    struct q_text_place row;
    m->from_id = input_get(m->in, S("from"));
    if (!id_is(m->from_id))
        return E_NOT_FOUND;
    TRY(q_text_place(cx->db, &row, .id = m->from_id, .case_id = m->case_id));
    struct place p = {.audience = (enum audience)row.audience,
                      .lane = row.lane,
                      .step = row.step,
                      .report_id = row.report_id};
    return access_may(acc, &p) ? OK : E_NOT_FOUND;
}

static enum err tell(struct ctx *cx, const struct message *m, enum actor actor, int lane)
{
    str who[1];
    if (case_principals(&m->cf, lane, actor, who, 1) == 0 || user_has(&cx->who, who[0]))
        return OK;
    return notice_task(cx, who[0], m->cf.row.number);
}

/* Everybody who may read the step, but for the writer. */
static enum err tell_step(struct ctx *cx, const struct message *m, int lane)
{
    int step = process_step(m->cf.g.p, m->cf.flow, m->to.step);
    str told[ACTOR_COUNT];
    size_t n = 0;
    for (int k = ACTOR_POC; k < ACTOR_COUNT && step >= 0; k++) {
        str dept = m->cf.lanes[lane].dept[k];
        bool before = k != ACTOR_POC && !progress_takes_part(&m->cf.g, lane, step, (enum actor)k);
        for (size_t i = 0; i < n; i++)
            before |= str_eq(told[i], dept);
        if (before)
            continue;
        told[n++] = dept;
        TRY(tell(cx, m, (enum actor)k, lane));
    }
    return OK;
}

static enum err notify(struct ctx *cx, const struct message *m)
{
    int lane = m->to.lane.n > 0 ? case_lane(&m->cf, m->to.lane) : 0;
    switch ((unsigned)m->to.audience) {
    case AUD_COORDINATION:
        TRY(tell(cx, m, ACTOR_POC, lane));
        return tell(cx, m, ACTOR_COORDINATOR, 0);
    case AUD_ALL:
        for (int i = 1; i < (int)m->cf.nlanes; i++)
            if (other_side_is_in(&m->r, i, false))
                TRY(tell(cx, m, ACTOR_POC, i));
        return OK;
    case AUD_RECEPTION:
        TRY(tell(cx, m, ACTOR_RECEPTION, 0));
        return tell(cx, m, ACTOR_COORDINATOR, 0);
    case AUD_INTERNAL: return tell_step(cx, m, lane);
    case AUD_FINDER:
        TRY(q_report_told(cx->db, .id = m->to.report_id, .at = cx->now));
        return notice_finder(cx, m->to.report_id);
    default: return OK;
    }
}

static enum err keep(struct ctx *cx, struct message *m, str body)
{
    str dept = writing_dept(&m->r, &m->to);
    struct text_new text = {.case_id = m->case_id,
                            .place = m->to,
                            .kind = S("message"),
                            .dept_id = dept,
                            .from_id = m->from_id,
                            .body = body};
    TRY(text_put(cx, &text, m->text_id));
    TRY(attach_place(cx, m->in, m->case_id, &m->to, *m->text_id));
    struct history_note note = {.case_id = m->case_id,
                                .act = m->relay ? S("relayed") : S("message"),
                                .place = m->to,
                                .dept_id = dept};
    TRY(history_add(cx, &note));
    TRY(notify(cx, m));
    return q_seen_put(cx->db, .person_id = cx->who.person_id, .case_id = m->case_id,
                      .text_id = *m->text_id);
}

static enum err post(struct ctx *cx, void *arg)
{
    struct message *m = arg;
    const struct access *acc;
    struct value v[3];
    TRY(case_open(cx, m->case_id, &m->cf, &acc));
    reader_make(cx, &m->cf, acc, &m->r);
    if (m->relay)
        TRY(find_source(cx, m, acc));
    if (!thread_find(&m->cf, input_get(m->in, S("to")), &m->to) || !access_may(acc, &m->to))
        return m->relay ? wrong(cx, S("to"), S("choice")) : E_NOT_FOUND;
    if (!thread_may_write(&m->r, &m->to))
        return E_DENIED;
    TRY(form_read(cx, talk_rules, m->relay ? 3 : 2, m->in, v));
    return keep(cx, m, v[0].text);
}

static enum err write_message(struct ctx *cx, struct message *m)
{
    return cx->who.person_id.n > 0 ? db_write(cx, post, m) : E_DENIED;
}

enum err talk_post(struct ctx *cx, str case_id, const struct input *in, str *text_id)
{
    struct message m = {.case_id = case_id, .in = in, .text_id = text_id};
    return write_message(cx, &m);
}

enum err talk_relay(struct ctx *cx, str case_id, const struct input *in, str *text_id)
{
    struct message m = {.case_id = case_id, .in = in, .relay = true, .text_id = text_id};
    return write_message(cx, &m);
}

/* --- reading marks ------------------------------------------------------------------------------- */

struct seen_call {
    str case_id, text_id;
};

static enum err mark_seen(struct ctx *cx, void *arg)
{
    const struct seen_call *s = arg;
    struct q_seen_get was;
    const struct access *acc;
    TRY(access_case(cx, s->case_id, &acc));
    enum err e = q_seen_get(cx->db, &was, .person_id = cx->who.person_id, .case_id = s->case_id);
    if (e == OK && str_cmp(was.text_id, s->text_id) >= 0)
        return OK;
    if (e != OK && e != E_NOT_FOUND)
        return e;
    return q_seen_put(cx->db, .person_id = cx->who.person_id, .case_id = s->case_id,
                      .text_id = s->text_id);
}

enum err talk_seen(struct ctx *cx, str case_id, str text_id)
{
    struct seen_call s = {case_id, text_id};
    if (cx->who.person_id.n == 0)
        return E_DENIED;
    if (!id_is(text_id))
        return wrong(cx, S("text_id"), S("id"));
    return db_write(cx, mark_seen, &s);
}
