/* cve_do.c - see cve_own.h: reserving, publishing, updating, rejecting. */
#include "app/cve_own.h"

/* --- reserving -------------------------------------------------------------------------------- */

static bool is_in(str list, str cve)
{
    while (list.n > 0)
        if (str_eq(str_cut(&list, ' '), cve))
            return true;
    return false;
}

static str names_of(struct ctx *cx, const struct cve_lines *lines)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < lines->n; i++)
        buf_putf(&b, "%s%.*s", i ? " " : "", SV(lines->v[i].cve));
    return b.n ? buf_str(&b) : S("");
}

struct names {
    VEC(str)
};

/* What the service lists now and did not before, of our own user, and nobody here knows. */
static enum err appeared(struct cve_hand *h, const struct cve_lines *now, struct names *out)
{
    TRY(app_read(h->cx));
    for (size_t i = 0; i < now->n; i++) {
        const struct cve_line *line = &now->v[i];
        struct q_cve_number_get row;
        if (is_in(h->job.known, line->cve) || !str_eq(line->user, h->acc.user))
            continue;
        enum err e = q_cve_number_get(h->cx->db, &row, .cve = line->cve);
        if (e == E_NOT_FOUND)
            *PUSH(h->cx->a, out) = str_copy(h->cx->a, line->cve);
        else if (e != OK)
            return e;
    }
    return OK;
}

struct adoption {
    const struct cve_hand *h;
    struct strs numbers;
};

static enum err adopt(struct ctx *cx, void *arg)
{
    const struct adoption *x = arg;
    TRY(q_cve_job_end(cx->db, .id = x->h->job.id, .claim = x->h->claim, .state = S("done"),
                      .kind = x->h->job.kind, .ended = cx->now, .error = NO_STR,
                      .message = NO_STR));
    return cve_adopt(cx, &x->h->job, x->numbers);
}

static enum err got(struct cve_hand *h, const struct names *numbers)
{
    struct adoption x = {h, {numbers->v, numbers->n}};
    TRY(db_write(h->cx, adopt, &x));
    h->end = S("done");
    return OK;
}

static enum err unclear(struct cve_hand *h, const struct names *numbers)
{
    buf b = {.a = h->cx->a};
    for (size_t i = 0; i < numbers->n && i < 20; i++)
        buf_putf(&b, "%s%.*s", i ? " " : "", SV(numbers->v[i]));
    h->error = S("WHICH_NUMBERS");
    h->message = b.n ? buf_str(&b) : S("");
    h->end = S("unclear");
    return OK;
}

static enum err note_known(struct ctx *cx, void *arg)
{
    const struct cve_hand *h = arg;
    return q_cve_job_asking(cx->db, .id = h->job.id, .claim = h->claim, .known = h->job.known);
}

/* The answer of the service, whole and about what was asked. */
static enum err take_answer(struct cve_hand *h, str body)
{
    struct cve_lines lines;
    struct names numbers = {0};
    bool right =
        cve_lines_read(h->cx->a, body, &lines) && lines.n > 0 && lines.n <= (size_t)h->job.amount;
    for (size_t i = 0; right && i < lines.n; i++) {
        right = !is_in(h->job.known, lines.v[i].cve);
        *PUSH(h->cx->a, &numbers) = lines.v[i].cve;
    }
    if (right)
        return got(h, &numbers);
    h->error = S("WRONG_ANSWER");
    h->message = S("cve-id");
    return OK; /* the next try looks what became of it */
}

static enum err reserve_now(struct cve_hand *h)
{
    struct cve_said said;
    struct cve_reservation r = {h->job.amount, h->job.year, h->job.batch};
    TRY(cve_call(h, "POST", cve_url_reserve(h->cx->a, h->acc.url, h->acc.org, &r), true, NO_STR,
                 &said));
    if (said.what == SAID_YES)
        return take_answer(h, said.body);
    if (said.what == SAID_NO)
        h->end = S("refused");
    return OK;
}

enum err cve_do_reserve(struct cve_hand *h)
{
    bool asked = str_eq(h->job.state, S("asking"));
    struct cve_lines lines;
    struct cve_said said;
    struct names numbers = {0};
    TRY(cve_list(h, S("RESERVED"), h->job.year, &lines, &said));
    if (said.what == SAID_NO && !asked)
        h->end = S("refused");
    if (said.what != SAID_YES)
        return OK;
    if (!asked) {
        h->job.known = names_of(h->cx, &lines);
        TRY(db_write(h->cx, note_known, h));
        return reserve_now(h);
    }
    TRY(appeared(h, &lines, &numbers));
    if (numbers.n == 0)
        return reserve_now(h);
    bool partial = str_eq(h->job.batch, S("nonsequential")) && numbers.n < (size_t)h->job.amount;
    return numbers.n == (size_t)h->job.amount || partial ? got(h, &numbers) : unclear(h, &numbers);
}

/* --- records ---------------------------------------------------------------------------------- */

static enum err note_state(struct ctx *cx, const struct cve_hand *h, const char *state, str sent)
{
    struct q_cve_number_get row;
    enum err e = q_cve_number_get(cx->db, &row, .cve = h->job.cve);
    if (e == E_NOT_FOUND) /* reserved elsewhere, and ours all the same */
        e = q_cve_number_add(cx->db, .cve = h->job.cve, .job_id = h->job.id,
                             .case_id = h->job.case_id, .vuln_id = h->job.vuln_id,
                             .reserved = cx->now);
    TRY(e);
    return q_cve_number_put(cx->db, .cve = h->job.cve, .state = str_z(state), .changed = cx->now,
                            .sent = sent);
}

static enum err record_done(struct ctx *cx, void *arg)
{
    const struct cve_hand *h = arg;
    bool reject = str_eq(h->job.kind, S("reject"));
    const char *act = reject                             ? "cve_rejected"
                      : str_eq(h->job.kind, S("update")) ? "cve_updated"
                                                         : "cve_published";
    TRY(q_cve_job_end(cx->db, .id = h->job.id, .claim = h->claim, .state = S("done"),
                      .kind = h->job.kind, .ended = cx->now, .error = NO_STR, .message = NO_STR));
    TRY(note_state(cx, h, reject ? "rejected" : "published",
                   cve_mark(cx, text_open_inside(h->job.body))));
    TRY(cve_note(cx, h->job.case_id, act, h->job.cve, 1));
    return h->job.case_id.n > 0 ? case_settle(cx, h->job.case_id) : OK;
}

static enum err end_done(struct cve_hand *h)
{
    TRY(db_write(h->cx, record_done, h));
    h->end = S("done");
    return OK;
}

static enum err send_container(struct cve_hand *h, bool exists, struct cve_said *said)
{
    str body = text_open_inside(h->job.body);
    bool reject = str_eq(h->job.kind, S("reject"));
    return cve_call(h, exists ? "PUT" : "POST",
                    cve_url_container(h->cx->a, h->acc.url, h->job.cve, reject), true, body, said);
}

/* What it says it did counts only where it is what we sent: else the next try looks. */
static enum err take_record(struct cve_hand *h, str body)
{
    if (cve_same_container(h->cx->a, body, text_open_inside(h->job.body)))
        return end_done(h);
    h->error = S("WRONG_ANSWER");
    h->message = S("cve");
    return OK;
}

static enum err send_record(struct cve_hand *h, bool exists)
{
    struct cve_said said;
    TRY(send_container(h, exists, &said));
    if (said.what == (exists ? SAID_ABSENT : SAID_EXISTS)) /* somebody was faster: once more */
        TRY(send_container(h, !exists, &said));
    if (said.what == SAID_YES)
        return take_record(h, said.body);
    if (said.what == SAID_NO || said.what == SAID_EXISTS || said.what == SAID_ABSENT)
        h->end = S("refused");
    return OK;
}

enum err cve_do_record(struct cve_hand *h)
{
    struct cve_said said;
    TRY(cve_call(h, "GET", cve_url_record(h->cx->a, h->acc.url, h->job.cve), false, NO_STR, &said));
    if (said.what == SAID_YES &&
        cve_same_container(h->cx->a, said.body, text_open_inside(h->job.body)))
        return end_done(h);
    if (said.what == SAID_YES || said.what == SAID_ABSENT) {
        h->job.known = S("");
        TRY(db_write(h->cx, note_known, h));
        return send_record(h, said.what == SAID_YES);
    }
    if (said.what == SAID_NO)
        h->end = S("refused");
    return OK;
}
