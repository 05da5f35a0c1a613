/* report_list.c - see report_list.h. */
#include "app/report_list.h"

#include "app/case_file.h"
#include "app/report_clocks.h"
#include "formats/json.h"

/* clang-format off */
static const str queue_names[QUEUE_COUNT] = {
    S_INIT("intake"), S_INIT("sent"), S_INIT("site"), S_INIT("help")};
static const str stand_names[STAND_COUNT] = {
    S_INIT(""), S_INIT("waiting"), S_INIT("handling"), S_INIT("accepted"), S_INIT("refused"),
    S_INIT("ended"), S_INIT("late"), S_INIT("open")};

/* Which department of which kind of organisation stands behind a list: as in report_rights. */
static const struct {
    enum report_queue queue;
    str org_kind, dept_kind;
} behind[] = {
    {QUEUE_INTAKE, S_INIT("reception"),   S_INIT("reception")},
    {QUEUE_INTAKE, S_INIT("coordinator"), S_INIT("coordinator")},
    {QUEUE_INTAKE, S_INIT("vendor"),      S_INIT("poc")},
    {QUEUE_SENT,   S_INIT("overseas"),    S_INIT("overseas_coordinator")},
    {QUEUE_SENT,   S_INIT("vendor"),      S_INIT("poc")},
    {QUEUE_SITE,   S_INIT("operator"),    S_INIT("operator")},
    {QUEUE_HELP,   S_INIT("analysis"),    S_INIT("analysis")},
};
/* clang-format on */

str report_queue_name(enum report_queue q)
{
    return queue_names[q];
}

bool report_queue_find(str name, enum report_queue *out)
{
    for (enum report_queue q = 0; q < QUEUE_COUNT; q++)
        if (str_eq(queue_names[q], name)) {
            *out = q;
            return true;
        }
    return false;
}

str report_stand_name(enum report_stand s)
{
    return stand_names[s];
}

bool report_stand_find(str name, enum report_stand *out)
{
    for (enum report_stand s = 0; s < STAND_COUNT; s++)
        if (str_eq(stand_names[s], name)) {
            *out = s;
            return true;
        }
    return false;
}

static bool answers(const struct seat *s, str kind)
{
    for (size_t i = 0; i < s->kinds.n; i++)
        if (str_eq(s->kinds.v[i], kind))
            return true;
    return false;
}

/* The seats that have the list: their organisations, or departments. */
static struct strs seats_behind(const struct ctx *cx, enum report_queue q, bool departments)
{
    str *v = NEWS(cx->a, str, cx->who.nseats + 1);
    size_t n = 0;
    for (size_t i = 0; i < cx->who.nseats; i++) {
        const struct seat *s = &cx->who.seats[i];
        for (size_t k = 0; k < COUNT(behind); k++)
            if (behind[k].queue == q && str_eq(s->org_kind, behind[k].org_kind) &&
                answers(s, behind[k].dept_kind)) {
                v[n++] = departments ? s->dept_id : s->org_id;
                break;
            }
    }
    return (struct strs){v, n};
}

bool report_queue_has(const struct ctx *cx, enum report_queue q)
{
    return seats_behind(cx, q, false).n > 0;
}

/* Product, or the site's address: for those whose list shows the content. */
static enum err title_of(struct ctx *cx, struct sealed content, str *out)
{
    const struct json *j;
    struct json_error bad;
    if (json_read(cx->a, text_open_inside(content), &j, &bad) != OK)
        return fail(cx, E_IO, "a report's content cannot be read");
    str product = json_get_text(j, S("product")), url = json_get_text(j, S("url"));
    *out = product.n ? product : url;
    return OK;
}

static void set_times(const struct ctx *cx, const struct report_times *t, struct report_line *l)
{
    struct clock_states all = {0};
    report_clocks(cx, t, &all);
    const struct clock_state *c = clock_nearest(&all);
    l->state = report_state(t);
    if (c != NULL) {
        l->clock = c->row->word[cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT];
        l->due = SOME(c->due);
    }
}

/* --- received here ---------------------------------------------------------------------------- */

static str only_one(struct strs seats)
{
    return seats.n == 1 ? seats.v[0] : NO_STR;
}

static struct strs several(struct strs seats)
{
    must(seats.v != NULL); /* an absent list would be no filter at all */
    return seats.n == 1 ? (struct strs){0} : seats;
}

#define INTAKE_FILTERS(cx, f, seats)                                                               \
    .recipient = only_one(seats), .recipients = several(seats), .kind = (f)->kind,                 \
    .source = (f)->source, .waiting = (f)->stand == STAND_WAITING,                                 \
    .handling = (f)->stand == STAND_HANDLING, .accepted = (f)->stand == STAND_ACCEPTED,            \
    .refused = (f)->stand == STAND_REFUSED, .ended = (f)->stand == STAND_ENDED,                    \
    .late = {(f)->stand == STAND_LATE, report_late_before(cx)}

static enum err intake_line(struct ctx *cx, const struct q_report_list *r, struct report_line *l)
{
    struct report_times t = {.received = r->received,
                             .told = r->told,
                             .accepted = r->accepted,
                             .refused = r->refused,
                             .ended = r->ended,
                             .site_notified = r->site_notified,
                             .site_answered = r->site_answered,
                             .in_case = r->case_number.p != NULL};
    *l = (struct report_line){.id = r->id,
                              .receipt = r->receipt,
                              .kind = r->kind,
                              .source = r->source,
                              .lang = r->lang,
                              .disposition = r->disposition,
                              .case_number = r->case_number,
                              .received = r->received,
                              .told = r->told,
                              .accepted = r->accepted,
                              .ended = r->ended};
    set_times(cx, &t, l);
    return title_of(cx, r->content, &l->title);
}

static enum err list_intake(struct ctx *cx, const struct report_filter *f, struct list_window *w,
                            struct report_line **out, size_t *n)
{
    struct strs seats = seats_behind(cx, QUEUE_INTAKE, false);
    struct list_page page = {.sort = f->oldest_first ? SORT_report_list_oldest
                                                     : SORT_report_list_newest,
                             .limit = w->limit,
                             .after = w->after};
    struct q_report_list *rows;
    TRY(q_report_list(cx->db, &page, &rows, n, INTAKE_FILTERS(cx, f, seats)));
    TRY(q_report_list_count(cx->db, &w->total, INTAKE_FILTERS(cx, f, seats)));
    w->next = page.next;
    *out = NEWS(cx->a, struct report_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        TRY(intake_line(cx, &rows[i], &(*out)[i]));
    return OK;
}

enum err report_counts(struct ctx *cx, i64 out[STAND_COUNT])
{
    struct strs seats = seats_behind(cx, QUEUE_INTAKE, false);
    TRY(app_read(cx));
    for (enum report_stand s = 0; s < STAND_COUNT; s++) {
        struct report_filter f = {.stand = s};
        TRY(q_report_list_count(cx->db, &out[s], INTAKE_FILTERS(cx, &f, seats)));
    }
    return OK;
}

/* --- the other lists -------------------------------------------------------------------------- */

static enum err list_sent(struct ctx *cx, const struct report_filter *f, struct list_window *w,
                          struct report_line **out, size_t *n)
{
    struct strs seats = seats_behind(cx, QUEUE_SENT, true);
    struct list_page page = {.sort = f->oldest_first ? SORT_own_report_list_oldest
                                                     : SORT_own_report_list_newest,
                             .limit = w->limit,
                             .after = w->after};
    bool open = f->stand == STAND_OPEN, ended = f->stand == STAND_ENDED;
    struct q_own_report_list *rows;
    TRY(q_own_report_list(cx->db, &page, &rows, n, .depts = seats, .open = open, .ended = ended));
    TRY(q_own_report_list_count(cx->db, &w->total, .depts = seats, .open = open, .ended = ended));
    w->next = page.next;
    *out = NEWS(cx->a, struct report_line, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct q_own_report_list *r = &rows[i];
        struct report_line *l = &(*out)[i];
        struct report_times t = {.received = r->received,
                                 .told = r->told,
                                 .accepted = r->accepted,
                                 .refused = r->refused,
                                 .ended = r->ended,
                                 .in_case = r->case_id.p != NULL};
        *l = (struct report_line){.id = r->id,
                                  .receipt = r->receipt,
                                  .kind = r->kind,
                                  .source = r->source,
                                  .lang = r->lang,
                                  .disposition = r->disposition,
                                  .received = r->received,
                                  .told = r->told,
                                  .accepted = r->accepted,
                                  .ended = r->ended};
        set_times(cx, &t, l);
        TRY(title_of(cx, r->content, &l->title));
    }
    return OK;
}

static enum err list_site(struct ctx *cx, const struct report_filter *f, struct list_window *w,
                          struct report_line **out, size_t *n)
{
    struct strs seats = seats_behind(cx, QUEUE_SITE, false);
    struct list_page page = {.sort = f->oldest_first ? SORT_site_report_list_oldest
                                                     : SORT_site_report_list_newest,
                             .limit = w->limit,
                             .after = w->after};
    bool open = f->stand == STAND_OPEN, ended = f->stand == STAND_ENDED;
    struct q_site_report_list *rows;
    TRY(q_site_report_list(cx->db, &page, &rows, n, .orgs = seats, .open = open, .ended = ended));
    TRY(q_site_report_list_count(cx->db, &w->total, .orgs = seats, .open = open, .ended = ended));
    w->next = page.next;
    *out = NEWS(cx->a, struct report_line, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct q_site_report_list *r = &rows[i];
        struct report_times t = {.received = r->received,
                                 .of_site = true,
                                 .ended = r->ended,
                                 .site_notified = r->site_notified,
                                 .site_answered = r->site_answered};
        (*out)[i] = (struct report_line){.id = r->id,
                                         .receipt = r->receipt,
                                         .kind = report_kind_name(REPORT_WEBSITE),
                                         .disposition = r->disposition,
                                         .received = r->received,
                                         .since = r->site_notified,
                                         .ended = r->ended};
        set_times(cx, &t, &(*out)[i]);
    }
    return OK;
}

static enum err list_help(struct ctx *cx, const struct report_filter *f, struct list_window *w,
                          struct report_line **out, size_t *n)
{
    struct list_page page = {.sort = f->oldest_first ? SORT_helped_report_list_oldest
                                                     : SORT_helped_report_list_newest,
                             .limit = w->limit,
                             .after = w->after};
    bool open = f->stand == STAND_OPEN, ended = f->stand == STAND_ENDED;
    struct q_helped_report_list *rows;
    TRY(q_helped_report_list(cx->db, &page, &rows, n, .person_id = cx->who.person_id, .open = open,
                             .ended = ended));
    TRY(q_helped_report_list_count(cx->db, &w->total, .person_id = cx->who.person_id, .open = open,
                                   .ended = ended));
    w->next = page.next;
    *out = NEWS(cx->a, struct report_line, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct q_helped_report_list *r = &rows[i];
        struct report_line *l = &(*out)[i];
        *l = (struct report_line){.id = r->id,
                                  .receipt = r->receipt,
                                  .kind = r->kind,
                                  .source = r->source,
                                  .lang = r->lang,
                                  .state = r->ended.is ? S("ended") : S("helping"),
                                  .disposition = r->disposition,
                                  .received = r->received,
                                  .since = SOME(r->since),
                                  .ended = r->ended};
        TRY(title_of(cx, r->content, &l->title));
    }
    return OK;
}

enum err report_list(struct ctx *cx, enum report_queue q, const struct report_filter *f,
                     struct list_window *w, struct report_line **out, size_t *n)
{
    static enum err (*const lists[QUEUE_COUNT])(struct ctx *, const struct report_filter *,
                                                struct list_window *, struct report_line **,
                                                size_t *) = {
        [QUEUE_INTAKE] = list_intake,
        [QUEUE_SENT] = list_sent,
        [QUEUE_SITE] = list_site,
        [QUEUE_HELP] = list_help,
    };
    if (!report_queue_has(cx, q))
        return E_NOT_FOUND;
    TRY(app_read(cx));
    return lists[q](cx, f, w, out, n);
}
