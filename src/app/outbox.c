/* outbox.c - see outbox.h. */
#include "app/outbox_own.h"

#include "app/orgs.h"
#include "app/text.h"
#include "base/log.h"

/* How long a row belongs to who took it. */
#define LEASE (10 * MINUTE)
/* How long to wait after each failed try: RFC 5321 section 4.5.4.1 asks for four to five days. */
static const i64 waits[] = {MINUTE,    5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR,
                            12 * HOUR, DAY,        DAY,         DAY,  DAY};
/* When what was done is forgotten; what was given up; mails that had no server. */
#define KEPT (7 * DAY)
#define KEPT_FAILED (90 * DAY)
#define STALE (7 * DAY)
#define SMTP_TIMEOUT ((i64)30 * SECOND)

struct turn {
    struct ctx *cx;
    const struct outbox_mailer *mailer;
    struct outbox_count *count;
    const struct q_outbox_due *row;
    opt_i64 later; /* when to try again */
    str failed;    /* why not; both absent: done */
};

static void note(const struct turn *t, enum log_level level, str event, str why)
{
    const struct app *app = t->cx->app;
    if (app->log == NULL)
        return;
    struct log_line l = log_begin(t->cx->a, t->cx->now, level, event);
    log_str(&l, S("outbox"), t->row->id);
    log_str(&l, S("why"), why);
    app->log(app, log_end(&l));
}

/* --- writes ------------------------------------------------------------------------------- */

static enum err claim(struct ctx *cx, void *arg)
{
    const struct q_outbox_due *row = arg;
    return q_outbox_claim(cx->db, .id = row->id, .due = row->due, .until = cx->now + LEASE);
}

static enum err finish(struct ctx *cx, void *arg)
{
    const struct turn *t = arg;
    if (t->later.is)
        return q_outbox_later(cx->db, .id = t->row->id, .due = t->later.v);
    if (t->failed.p != NULL)
        return q_outbox_fail(cx->db, .id = t->row->id, .at = cx->now, .why = t->failed);
    return q_outbox_done(cx->db, .id = t->row->id, .at = cx->now);
}

static enum err sweep(struct ctx *cx, void *arg)
{
    const bool *has_mailer = arg;
    if (!*has_mailer)
        TRY(q_outbox_stale(cx->db, .before = cx->now - STALE, .at = cx->now));
    return q_outbox_sweep(cx->db, .before = cx->now - KEPT, .failed_before = cx->now - KEPT_FAILED);
}

/* --- mails -------------------------------------------------------------------------------- */

static void give_up(struct turn *t, str why)
{
    t->failed = why;
    t->count->given_up++;
    note(t, LOG_LEVEL_WARN, S("mail_given_up"), why);
}

/* Not now: after a while, a longer one each time, and at last no more. */
static void put_off(struct turn *t, str why)
{
    size_t tries = (size_t)t->row->tries;
    if (tries >= COUNT(waits)) {
        give_up(t, why);
        return;
    }
    t->later = SOME(t->cx->now + waits[tries]);
    t->count->later++;
    note(t, LOG_LEVEL_INFO, S("mail_later"), why);
}

/* Where not even a greeting came, no other mail would get further now. */
static bool is_down(const struct smtp_answer *answer)
{
    return str_eq(answer->stage, S("resolve")) || str_eq(answer->stage, S("connect")) ||
           str_eq(answer->stage, S("greeting"));
}

static void hand_over(struct turn *t, const struct smtp_mail *m)
{
    struct smtp_answer answer = {0};
    enum err e = t->mailer->send(t->mailer->arg, t->cx->a, &t->cx->fault, m, &answer);
    str why = str_fmt(t->cx->a, "%.*s %lld", SV(answer.stage), (long long)answer.code);
    if (e == OK && answer.outcome == SMTP_SENT) {
        t->count->sent++;
        note(t, LOG_LEVEL_INFO, S("mail_sent"), NO_STR);
    } else if (e == OK && answer.outcome == SMTP_REFUSED) {
        give_up(t, why);
    } else if (e == E_INVALID) {
        give_up(t, S("address"));
    } else {
        t->count->down = e != OK || is_down(&answer);
        put_off(t, e == OK ? why : S("effects"));
    }
}

static enum err send_mail(struct turn *t)
{
    struct notice_mail n;
    struct smtp_mail m = {0};
    enum err e = notice_read(t->cx->a, t->row->content, &n);
    if (e == OK)
        e = notice_compose(t->cx, t->row->id, &n, &m);
    app_read_end(t->cx); /* not while the mail server thinks */
    if (e == OK)
        hand_over(t, &m);
    else if (e == E_INVALID)
        give_up(t, S("address"));
    else if (e != E_NOT_FOUND)
        return e;
    return db_write(t->cx, finish, t);
}

static enum err send_smtp(void *arg, struct arena *a, struct fault *f, const struct smtp_mail *m,
                          struct smtp_answer *out)
{
    return smtp_send(arg, a, f, m, SMTP_TIMEOUT, out);
}

struct outbox_mailer outbox_smtp(struct effects *effects)
{
    return (struct outbox_mailer){send_smtp, effects};
}

/* --- rows --------------------------------------------------------------------------------- */

static enum err work_row(struct turn *t)
{
    bool done = false;
    if (str_eq(t->row->kind, S("mail")))
        return t->mailer != NULL ? send_mail(t) : OK;
    t->count->others++;
    while (!done)
        TRY(org_settle_more(t->cx, t->row->id, &done));
    return OK;
}

/* One row in memory of its own.  Who else took it meanwhile may keep it. */
static enum err take_row(struct app *app, const struct outbox_mailer *mailer,
                         const struct q_outbox_due *row, struct fault *f,
                         struct outbox_count *count)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, app);
    struct turn t = {.cx = cx, .mailer = mailer, .count = count, .row = row};
    struct q_outbox_due mine = *row;
    enum err e = db_write(cx, claim, &mine);
    if (e == OK)
        e = work_row(&t);
    if (e == E_CONFLICT)
        e = OK;
    if (e != OK)
        *f = cx->fault;
    app_read_end(cx);
    arena_free(a);
    return e;
}

static enum err find_due(struct ctx *cx, bool mails, size_t most, struct q_outbox_due **rows,
                         size_t *n)
{
    TRY(app_read(cx));
    enum err e =
        q_outbox_due(cx->db, rows, n, .now = cx->now, .mails = mails ? 1 : 0, .most = (i64)most);
    app_read_end(cx);
    return e;
}

/* --- notices: their whole work is one write, for many at once -------------------------------- */

struct notices {
    const struct q_outbox_due *rows;
    size_t n;
    bool *bad; /* of each: it says nothing */
};

static bool is_notice(const struct q_outbox_due *row)
{
    return !str_eq(row->kind, S("mail")) && !str_eq(row->kind, S("settle"));
}

/* One that says what the one before it said needs no mails of its own. */
static enum err expand_one(struct ctx *cx, const struct q_outbox_due *row,
                           const struct q_outbox_due *before)
{
    if (before != NULL && text_same(row->content, before->content))
        return q_outbox_take(cx->db, .id = row->id, .due = row->due, .at = cx->now);
    return notice_expand(cx, row);
}

static enum err expand(struct ctx *cx, void *arg)
{
    struct notices *ns = arg;
    const struct q_outbox_due *before = NULL;
    for (size_t i = 0; i < ns->n; i++) {
        const struct q_outbox_due *row = &ns->rows[i];
        enum err e = expand_one(cx, row, before);
        ns->bad[i] = e == E_INVALID;
        if (e == E_INVALID)
            e = q_outbox_fail(cx->db, .id = row->id, .at = cx->now, .why = S("content"));
        else if (e == OK)
            before = row;
        TRY(e == E_CONFLICT ? OK : e); /* who else took it may keep it */
    }
    return OK;
}

static enum err work_notices(struct app *app, const struct q_outbox_due *rows, size_t n,
                             struct fault *f, struct outbox_count *count)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, app);
    struct notices ns = {rows, n, NEWS(a, bool, n + 1)};
    struct turn t = {.cx = cx, .count = count};
    enum err e = db_write(cx, expand, &ns);
    if (e != OK)
        *f = cx->fault;
    for (size_t i = 0; e == OK && i < n; i++) {
        count->others++;
        t.row = &rows[i];
        if (ns.bad[i])
            give_up(&t, S("content"));
    }
    arena_free(a);
    return e;
}

/* Where they cannot be done together, one must not stop the others. */
static enum err work_all_notices(struct app *app, const struct q_outbox_due *rows, size_t n,
                                 struct fault *f, struct outbox_count *count)
{
    enum err first = n > 0 ? work_notices(app, rows, n, f, count) : OK;
    if (first == OK || n == 1)
        return first;
    first = OK;
    for (size_t i = 0; i < n; i++) {
        enum err e = work_notices(app, &rows[i], 1, f, count);
        first = first == OK ? e : first;
    }
    return first;
}

enum err outbox_work(struct app *app, const struct outbox_mailer *mailer, size_t most,
                     const _Atomic bool *stop, struct fault *f, struct outbox_count *count,
                     bool *more)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, app);
    struct q_outbox_due *rows = NULL;
    size_t n = 0, notices = 0;
    enum err e = find_due(cx, mailer != NULL, most, &rows, &n);
    struct q_outbox_due *together = NEWS(a, struct q_outbox_due, n + 1);
    for (size_t i = 0; e == OK && i < n; i++)
        if (is_notice(&rows[i]))
            together[notices++] = rows[i];
    if (e == OK)
        e = work_all_notices(app, together, notices, f, count);
    for (size_t i = 0; e == OK && i < n && !(stop != NULL && *stop); i++)
        if (!is_notice(&rows[i]) && (!count->down || !str_eq(rows[i].kind, S("mail"))))
            e = take_row(app, mailer, &rows[i], f, count);
    if (e != OK && n == 0)
        *f = cx->fault;
    *more = n == most && !count->down;
    arena_free(a);
    return e;
}

enum err outbox_sweep(struct ctx *cx, bool has_mailer)
{
    return db_write(cx, sweep, &has_mailer);
}

enum err outbox_waiting(struct ctx *cx, i64 *out)
{
    struct q_outbox_state state;
    TRY(app_read(cx));
    TRY(q_outbox_state(cx->db, &state, .now = cx->now));
    *out = state.waiting;
    return OK;
}
