/* case_view.c - see case_view.h. */
#include "app/view_own.h"

#include "app/lists.h"
#include "base/id.h"
#include "base/vec.h"

/* What every view of a case begins with. */
struct opened {
    struct case_file cf;
    struct reader r;
    struct case_texts texts;
    struct vuln *vulns;
    size_t nvulns;
};

static enum err open_case(struct ctx *cx, str case_id, const struct access *acc, struct opened *o)
{
    if (acc == NULL)
        TRY(access_case(cx, case_id, &acc));
    TRY(case_load(cx, case_id, &o->cf));
    reader_make(cx, &o->cf, acc, &o->r);
    TRY(case_texts_load(cx, &o->cf, acc, &o->texts));
    o->vulns = NULL;
    o->nvulns = 0;
    return access_has(acc, AUD_DETAILS) ? vulns_load(cx, case_id, &o->vulns, &o->nvulns) : OK;
}

/* Everybody who acted, signed or wrote: by one query. */
static enum err load_people(struct ctx *cx, const struct opened *o, struct people *out)
{
    for (size_t i = 0; i < o->cf.nacts; i++)
        people_want(cx, out, o->cf.acts[i].person_id);
    for (size_t i = 0; i < o->cf.nmarks; i++)
        people_want(cx, out, o->cf.marks[i].person_id);
    for (size_t i = 0; i < o->texts.n; i++)
        people_want(cx, out, o->texts.v[i].person_id);
    return people_load(cx, out);
}

static void open_ident(const struct opened *o, struct case_ident *out)
{
    ident_make(&o->r, &o->texts, o->vulns, o->nvulns, out);
}

/* --- the whole ------------------------------------------------------------------------------------ */

/* A lane that goes without saying is the reader's own. */
static int lane_for(const struct opened *o, str lane, int step)
{
    bool own = lane.n == 0 && step >= 0 && case_step(&o->cf, step)->per_lane && o->r.own_lane > 0;
    return own ? o->r.own_lane : case_lane(&o->cf, lane);
}

static enum err view_open(const struct opened *o, const struct people *people,
                          const struct case_ask *ask, struct case_view *out)
{
    struct step_view *v = NEW(o->r.cx->a, struct step_view);
    if (ask->step.n == 0)
        return OK;
    int step = process_step(o->cf.g.p, o->cf.flow, ask->step), lane = lane_for(o, ask->lane, step);
    enum err e = step_view_make(&o->r, &o->texts, people, lane, step, v);
    if (e == E_NOT_FOUND) /* an old address: the page as it is */
        return OK;
    out->open = v;
    return e;
}

static enum err view_talk(const struct opened *o, const struct people *people,
                          const struct case_ask *ask, struct case_view *out)
{
    struct ctx *cx = o->r.cx;
    struct q_seen_get seen = {0};
    struct attachments files = {0};
    enum err e = q_seen_get(cx->db, &seen, .person_id = cx->who.person_id, .case_id = o->cf.row.id);
    if (e != OK && e != E_NOT_FOUND)
        return e;
    TRY(attach_of_case(cx, o->r.acc, o->cf.row.id, &files));
    talk_make(&o->r, &o->texts, people, &files, e == OK ? seen.text_id : S(""), ask->thread,
              ask->whole_talk, &out->talk);
    return OK;
}

static enum err view_advisory(const struct opened *o, struct case_view *out)
{
    struct ctx *cx = o->r.cx;
    struct q_case_publications *rows;
    struct q_advisory_of advisory;
    size_t n;
    TRY(q_case_publications(cx->db, &rows, &n, .case_id = o->cf.row.id));
    for (size_t i = 0; i < n; i++)
        if (!out->ident.published.is || rows[i].published < out->ident.published.v)
            out->ident.published = SOME(rows[i].published);
    if (!access_has(o->r.acc, AUD_DRAFT))
        return OK;
    enum err e = q_advisory_of(cx->db, &advisory, .case_id = o->cf.row.id);
    out->advisory = word(cx->lang, n > 0                      ? W_advisory_is_released
                                   : e != OK                  ? W_advisory_is_none
                                   : o->cf.row.draft_asked.is ? W_advisory_is_asked
                                                              : W_advisory_is_draft);
    return e == E_NOT_FOUND ? OK : e;
}

static enum err view_history(const struct opened *o, struct case_view *out)
{
    struct list_page page = {.sort = SORT_history_of_case_newest, .limit = CASE_HISTORY};
    struct history_line *lines;
    TRY(history_lines(o->r.cx, &o->cf, &page, &lines, &out->nhistory));
    out->history = lines;
    out->more_history = page.next.n > 0;
    return OK;
}

enum err case_view(struct ctx *cx, str case_id, const struct case_ask *ask, struct case_view *out)
{
    struct opened o = {0};
    struct people people = {0};
    *out = (struct case_view){0};
    TRY(open_case(cx, case_id, ask->acc, &o));
    TRY(load_people(cx, &o, &people));
    open_ident(&o, &out->ident);
    TRY(view_open(&o, &people, ask, out));
    now_make(&o.r, &out->now);
    board_make(&o.r, &o.texts, out->open ? out->open->at_lane : -1,
               out->open ? out->open->at_step : -1, ask->first_vendor, &out->board);
    TRY(view_talk(&o, &people, ask, out));
    out->vulns = o.vulns;
    out->nvulns = o.nvulns;
    TRY(vendors_make(&o.r, out));
    TRY(view_advisory(&o, out));
    TRY(clocks_make(&o.r, &out->clocks));
    TRY(view_history(&o, out));
    shares_make(&o.r, out);
    reports_make(&o.r, out);
    case_may(cx, &o.cf, &out->may);
    return OK;
}

enum err case_step_view(struct ctx *cx, str case_id, const struct access *acc, str lane, str step,
                        struct case_ident *ident, struct step_view *out)
{
    struct opened o = {0};
    struct people people = {0};
    TRY(open_case(cx, case_id, acc, &o));
    TRY(load_people(cx, &o, &people));
    open_ident(&o, ident);
    int at = process_step(o.cf.g.p, o.cf.flow, step);
    return step_view_make(&o.r, &o.texts, &people, lane_for(&o, lane, at), at, out);
}

enum err case_head(struct ctx *cx, str case_id, const struct access *acc, struct case_ident *out)
{
    struct opened o = {0};
    TRY(open_case(cx, case_id, acc, &o));
    open_ident(&o, out);
    return OK;
}

enum err case_steps_view(struct ctx *cx, str case_id, const struct access *acc,
                         struct step_view **out, size_t *n)
{
    struct case_file cf;
    struct reader r;
    struct {
        VEC(struct step_view)
    } all = {0};
    if (acc == NULL)
        TRY(access_case(cx, case_id, &acc));
    TRY(case_load(cx, case_id, &cf));
    reader_make(cx, &cf, acc, &r);
    for (int lane = 0; lane < (int)cf.nlanes; lane++)
        for (int step = 0; step < (int)cf.g.nsteps; step++) {
            struct step_view v;
            if (step_view_brief(&r, lane, step, &v))
                *PUSH(cx->a, &all) = v;
        }
    *out = all.v;
    *n = all.n;
    return OK;
}

enum err case_name(struct ctx *cx, str case_id, struct case_ident *out)
{
    struct q_case_get row;
    str title, lang;
    TRY(app_read(cx));
    TRY(q_case_get(cx->db, &row, .id = case_id));
    TRY(titles_for(cx, &case_id, 1, &title, &lang));
    *out = (struct case_ident){.id = row.id, .digits = row.number, .score = -1};
    out->number = str_fmt(cx->a, "%.*s#%.*s", SV(cx->app->number_prefix), SV(row.number));
    out->title = title.n ? title : S("");
    out->title_lang = lang;
    (void)flow_find(row.flow, &out->flow);
    return OK;
}

/* --- passing on ------------------------------------------------------------------------------------- */

enum err case_relay_view(struct ctx *cx, str case_id, const struct access *acc, str text_id,
                         struct relay_view *v)
{
    struct opened o = {0};
    struct people people = {0};
    struct attachments files = {0};
    struct talk_view talk;
    const struct text_line *x = NULL;
    *v = (struct relay_view){0};
    TRY(open_case(cx, case_id, acc, &o));
    for (size_t i = 0; i < o.texts.n; i++)
        if (str_eq(o.texts.v[i].id, text_id))
            x = &o.texts.v[i];
    if (x == NULL)
        return E_NOT_FOUND;
    open_ident(&o, &v->ident);
    talk_make(&o.r, &o.texts, &people, &files, S(""), S(""), false, &talk);
    struct phrases *sees = NEWS(cx->a, struct phrases, talk.nthreads + 1);
    for (size_t i = 0; i < talk.nthreads; i++) {
        struct place p;
        if (!talk.threads[i].may_write || !thread_find(&o.cf, talk.threads[i].key, &p))
            continue;
        talk.threads[v->nthreads] = talk.threads[i];
        sees_place(&o.r, &p, &sees[v->nthreads++]);
    }
    v->threads = talk.threads;
    v->sees = sees;
    v->id = x->id;
    v->who = reader_dept_name(&o.r, x->dept_id);
    v->body = x->body;
    v->lang = x->lang;
    v->at = x->at;
    return v->nthreads > 0 ? OK : E_DENIED;
}

/* --- clocks of all cases ------------------------------------------------------------------------------ */

static void put_due(struct ctx *cx, struct due_lines *out, const struct case_ident *id,
                    const struct clock_line *c, str lane, str step)
{
    *PUSH(cx->a, out) = (struct due_line){.clock = *c,
                                          .case_id = id->id,
                                          .digits = id->digits,
                                          .number = id->number,
                                          .title = id->title,
                                          .title_lang = id->title_lang,
                                          .lane = lane,
                                          .step = step};
    size_t i = out->n - 1;
    struct due_line one = out->v[i];
    for (; i > 0 && out->v[i - 1].clock.due > one.clock.due; i--)
        out->v[i] = out->v[i - 1];
    out->v[i] = one;
}

static enum err case_dues(struct ctx *cx, const struct case_line *line, struct due_lines *out)
{
    struct opened o = {0};
    struct clock_lines clocks;
    struct now now;
    const struct access *acc;
    struct case_ident id = {.id = line->id,
                            .digits = line->number,
                            .title = line->title,
                            .title_lang = line->title_lang};
    id.number = str_fmt(cx->a, "%.*s#%.*s", SV(cx->app->number_prefix), SV(line->number));
    TRY(case_open(cx, line->id, &o.cf, &acc));
    reader_make(cx, &o.cf, acc, &o.r);
    TRY(clocks_make(&o.r, &clocks));
    for (size_t i = 0; i < clocks.n; i++)
        if (clocks.v[i].is != CLOCK_MET)
            put_due(cx, out, &id, &clocks.v[i], S(""), S(""));
    now_make(&o.r, &now);
    for (size_t i = 0; i < now.n; i++) {
        const struct now_item *it = &now.v[i];
        struct clock_line c = {.kind = CLOCK_DUTY, .start = it->since, .due = it->due.v};
        c.word = str_fmt(cx->a, "%.*s %.*s", SV(it->step), SV(it->title));
        c.lane_name = it->lane_name;
        c.source = it->who;
        c.is = it->due.v < cx->now ? CLOCK_OVERDUE : CLOCK_RUNNING;
        if (it->due.is)
            put_due(cx, out, &id, &c, it->lane, it->step);
    }
    return OK;
}

enum err clocks_of_cases(struct ctx *cx, struct due_lines *out)
{
    struct case_filter f = {.open = SOME(1)};
    struct list_window w = {.limit = CLOCK_CASES};
    struct case_line *lines;
    size_t n;
    *out = (struct due_lines){0};
    TRY(case_list(cx, &f, &w, &lines, &n));
    for (size_t i = 0; i < n; i++)
        TRY(case_dues(cx, &lines[i], out));
    out->more = w.next.n > 0;
    return OK;
}
