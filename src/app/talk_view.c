/* talk_view.c - threads and their entries. */
#include "app/view_own.h"

#include "base/vec.h"

/* --- threads ------------------------------------------------------------------------------------ */

static bool is_talk(const struct text_line *x)
{
    static const unsigned audiences = AUD_BIT(AUD_COORDINATION) | AUD_BIT(AUD_ALL) |
                                      AUD_BIT(AUD_RECEPTION) | AUD_BIT(AUD_OFFICE) |
                                      AUD_BIT(AUD_FINDER);
    if (x->audience == AUD_INTERNAL)
        return x->step.n == 0 && str_eq(x->kind, S("message"));
    return audiences >> x->audience & 1;
}

static bool is_in(const struct text_line *x, const struct place *p)
{
    return is_talk(x) && x->audience == p->audience && str_eq(x->lane, p->lane) &&
           (p->audience != AUD_FINDER || str_eq(x->report_id, p->report_id));
}

static str thread_name(const struct reader *r, const struct place *p)
{
    struct ctx *cx = r->cx;
    str body;
    switch ((unsigned)p->audience) {
    case AUD_COORDINATION:
        body = r->own_lane > 0 ? reader_actor_name(r, 0, ACTOR_COORDINATOR)
                               : reader_lane_name(r, case_lane(r->cf, p->lane));
        return body;
    case AUD_ALL: return word(cx->lang, W_thread_all);
    case AUD_RECEPTION:
        body = reader_actor_name(
            r, 0, reader_acts_as(r, 0, ACTOR_RECEPTION) ? ACTOR_COORDINATOR : ACTOR_RECEPTION);
        return body;
    case AUD_OFFICE: return word(cx->lang, W_thread_office);
    case AUD_INTERNAL: return word(cx->lang, W_thread_own);
    default: break;
    }
    str finder = reader_dept_name(r, NO_STR);
    if (r->cf->nreports < 2)
        return finder;
    for (size_t i = 0; i < r->cf->nreports; i++)
        if (str_eq(r->cf->reports[i].id, p->report_id))
            return str_fmt(cx->a, "%.*s %.*s", SV(finder), SV(r->cf->reports[i].receipt));
    return finder;
}

struct making {
    const struct reader *r;
    const struct case_texts *t;
    const struct people *people;
    const struct attachments *files;
    str seen;
    struct talk_view *out;
};

static bool is_unread(const struct making *m, const struct text_line *x)
{
    bool own = x->person_id.n > 0 && str_eq(x->person_id, m->r->cx->who.person_id);
    return !own && str_cmp(x->id, m->seen) > 0;
}

static void add_thread(struct making *m, struct place p)
{
    struct talk_thread th = {.audience = p.audience};
    const struct text_line *first = NULL;
    for (size_t i = 0; i < m->t->n; i++) {
        const struct text_line *x = &m->t->v[i];
        if (!is_in(x, &p))
            continue;
        th.n++;
        if (is_unread(m, x)) {
            first = th.unread++ == 0 ? x : first;
            m->out->newest = x->id;
        }
    }
    th.may_write = thread_may_write(m->r, &p);
    if (th.n == 0 && !th.may_write)
        return;
    th.key = thread_key(m->r->cx->a, &p);
    th.name = thread_name(m->r, &p);
    m->out->threads[m->out->nthreads++] = th;
    m->out->unread += th.unread;
    if (first != NULL &&
        (m->out->unread_id.p == NULL || str_cmp(first->id, m->out->unread_id) < 0)) {
        m->out->unread_id = first->id;
        m->out->unread_key = th.key;
    }
}

static void make_threads(struct making *m)
{
    static const enum audience plain[] = {AUD_RECEPTION, AUD_ALL, AUD_OFFICE};
    const struct case_file *cf = m->r->cf;
    m->out->threads = NEWS(m->r->cx->a, struct talk_thread, cf->nreports + cf->nlanes + 5);
    for (size_t i = 0; i < cf->nreports; i++)
        add_thread(m, (struct place){.audience = AUD_FINDER,
                                     .lane = S(""),
                                     .step = S(""),
                                     .report_id = cf->reports[i].id});
    for (size_t lane = 1; lane < cf->nlanes; lane++)
        if (access_lane(m->r->acc, AUD_COORDINATION, cf->lanes[lane].id))
            add_thread(m, (struct place){.audience = AUD_COORDINATION,
                                         .lane = cf->lanes[lane].id,
                                         .step = S("")});
    for (size_t i = 0; i < COUNT(plain); i++)
        add_thread(m, (struct place){.audience = plain[i], .lane = S(""), .step = S("")});
    if (m->r->own_lane > 0 && reader_acts_as(m->r, m->r->own_lane, ACTOR_POC))
        add_thread(m, (struct place){.audience = AUD_INTERNAL,
                                     .lane = cf->lanes[m->r->own_lane].id,
                                     .step = S("")});
}

/* --- one thread --------------------------------------------------------------------------------- */

static const struct q_case_acts *act_of(const struct case_file *cf, str act_id)
{
    for (size_t i = 0; i < cf->nacts; i++)
        if (str_eq(cf->acts[i].id, act_id))
            return &cf->acts[i];
    return NULL;
}

static void entry_files(const struct making *m, struct talk_entry *e)
{
    struct attachment *files = NEWS(m->r->cx->a, struct attachment, m->files->n + 1);
    for (size_t i = 0; i < m->files->n; i++)
        if (str_eq(m->files->v[i].text_id, e->id))
            files[e->nfiles++] = m->files->v[i];
    e->files = files;
}

/* The audience's part of what an act wrote: a field each. */
static void act_body(const struct making *m, const struct q_case_acts *act,
                     const struct text_line *x, struct talk_entry *e)
{
    const struct reader *r = m->r;
    int lane = case_lane(r->cf, act->lane), step = process_step(r->cf->g.p, r->cf->flow, act->step);
    struct case_texts own = {NEWS(r->cx->a, struct text_line, m->t->n + 1), 0};
    if (lane < 0 || step < 0)
        return;
    for (size_t i = 0; i < m->t->n; i++)
        if (str_eq(m->t->v[i].act_id, act->id) && m->t->v[i].audience == x->audience)
            own.v[own.n++] = m->t->v[i];
    answers_of_act(r, &own, act->id, lane, step, (int)act->hop, &e->body);
    e->lane = act->lane;
    e->step = act->step;
    e->title = step_short(r->cx, case_step(r->cf, step));
    e->nway = step_way_of(r, lane, step, &e->way);
}

static void make_entry(const struct making *m, const struct text_line *x, bool may_relay,
                       struct talk_entry *e)
{
    const struct q_case_acts *act = x->act_id.p ? act_of(m->r->cf, x->act_id) : NULL;
    *e = (struct talk_entry){.id = x->id,
                             .at = x->at,
                             .who = reader_dept_name(m->r, x->dept_id),
                             .person = person_shown(m->r, m->people, x->dept_id, x->person_id),
                             .own = user_seat_in(&m->r->cx->who, x->dept_id) != NULL,
                             .unread = is_unread(m, x),
                             .may_relay = may_relay,
                             .relayed = x->from_id.p != NULL,
                             .step = S("")};
    if (act != NULL)
        act_body(m, act, x, e);
    if (e->body.n == 0)
        answer_plain(m->r, x, S(""), &e->body);
    entry_files(m, e);
}

/* The first text of each act or message of the thread. */
static size_t pick_texts(const struct making *m, const struct place *p,
                         const struct text_line **out)
{
    size_t n = 0;
    for (size_t i = 0; i < m->t->n; i++) {
        const struct text_line *x = &m->t->v[i];
        bool before = false;
        if (!is_in(x, p))
            continue;
        for (size_t k = n; k-- > 0 && x->act_id.p && !before;)
            before = str_eq(out[k]->act_id, x->act_id);
        if (!before)
            out[n++] = x;
    }
    return n;
}

static void show_thread(struct making *m, struct talk_thread *th, bool all)
{
    struct talk_view *v = m->out;
    struct place p;
    const struct text_line **picked = NEWS(m->r->cx->a, const struct text_line *, m->t->n + 1);
    if (!thread_find(m->r->cf, th->key, &p))
        return;
    size_t n = pick_texts(m, &p, picked), most = all ? TALK_MOST : TALK_SHOWN;
    size_t from = n > most ? n - most : 0;
    struct talk_entry *entries = NEWS(m->r->cx->a, struct talk_entry, n - from + 1);
    bool may_relay = false;
    for (size_t i = 0; i < v->nthreads; i++)
        may_relay |= v->threads[i].may_write && !str_eq(v->threads[i].key, th->key);
    for (size_t i = from; i < n; i++)
        make_entry(m, picked[i], may_relay, &entries[v->n++]);
    th->here = true;
    v->v = entries;
    v->older = (i64)from;
    v->here = th->key;
    v->name = th->name;
    v->may_write = th->may_write;
    if (th->may_write)
        sees_place(m->r, &p, &v->sees);
}

/* The newest text of a thread; ids rise with time. */
static str newest_of(const struct making *m, const struct place *p)
{
    for (size_t k = m->t->n; k-- > 0;)
        if (is_in(&m->t->v[k], p))
            return m->t->v[k].id;
    return S("");
}

static struct talk_thread *choose(struct making *m, str key)
{
    struct talk_view *v = m->out;
    struct talk_thread *found = NULL;
    str newest = S("");
    for (size_t i = 0; i < v->nthreads; i++)
        if (str_eq(v->threads[i].key, key.n ? key : v->unread_key))
            return &v->threads[i];
    for (size_t i = 0; i < v->nthreads; i++) {
        struct place p;
        if (!thread_find(m->r->cf, v->threads[i].key, &p))
            continue;
        str last = newest_of(m, &p);
        if (found == NULL || str_cmp(last, newest) > 0) {
            found = &v->threads[i];
            newest = last;
        }
    }
    return found;
}

void talk_make(const struct reader *r, const struct case_texts *t, const struct people *people,
               const struct attachments *files, str seen, str key, bool all, struct talk_view *out)
{
    *out = (struct talk_view){0};
    struct making m = {r, t, people, files, seen.p ? seen : S(""), out};
    make_threads(&m);
    struct talk_thread *th = choose(&m, key);
    if (th != NULL)
        show_thread(&m, th, all);
}
