/* orgs_settle.c - see orgs_settle.h. */
#include "app/orgs_settle.h"

#include "app/cases.h"
#include "app/text.h"
#include "formats/json.h"
#include "gen/sql.h"

enum { AT_ONCE = 100 };

/* Settle the next cases; *last: the id of the last one, absent where none is left. */
static enum err settle_some(struct ctx *cx, str org_id, str after, str *last)
{
    struct q_org_case_ids *rows;
    size_t n;
    *last = NO_STR;
    TRY(q_org_case_ids(cx->db, &rows, &n, .org_id = org_id, .after = after, .most = AT_ONCE));
    for (size_t i = 0; i < n; i++)
        TRY(case_settle(cx, rows[i].case_id));
    if (n == AT_ONCE)
        *last = rows[n - 1].case_id;
    return OK;
}

static str content_of(struct ctx *cx, str org_id, str after)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("org"), org_id);
    json_put_member(&o, S("after"), after);
    json_put_end(&o);
    return buf_str(&b);
}

enum err org_settle_begin(struct ctx *cx, str org_id)
{
    str last;
    TRY(settle_some(cx, org_id, S(""), &last));
    if (last.p == NULL)
        return OK;
    return q_outbox_add(cx->db, .id = new_id(cx), .kind = S("settle"), .due = cx->now,
                        .content = text_seal(cx, content_of(cx, org_id, last)));
}

struct more {
    str outbox_id;
    bool done;
};

static enum err settle_more(struct ctx *cx, void *arg)
{
    struct more *m = arg;
    struct q_outbox_get row;
    const struct json *j;
    struct json_error bad;
    str last;
    TRY(q_outbox_get(cx->db, &row, .id = m->outbox_id));
    m->done = row.done.is;
    if (row.done.is)
        return OK;
    if (json_read(cx->a, text_open_inside(row.content), &j, &bad) != OK)
        return fail(cx, E_IO, "an outbox row is not JSON");
    str org_id = json_get_text(j, S("org"));
    TRY(settle_some(cx, org_id, json_get_text(j, S("after")), &last));
    m->done = last.p == NULL;
    if (m->done)
        return q_outbox_done(cx->db, .id = m->outbox_id, .at = cx->now);
    return q_outbox_content(cx->db, .id = m->outbox_id,
                            .content = text_seal(cx, content_of(cx, org_id, last)));
}

enum err org_settle_more(struct ctx *cx, str outbox_id, bool *done)
{
    struct more m = {.outbox_id = outbox_id};
    enum err e = db_write(cx, settle_more, &m);
    *done = m.done;
    return e;
}

/* One more transaction, in memory of its own: an office may have a hundred thousand cases. */
static enum err one_more(struct ctx *cx, str outbox_id, bool *done)
{
    if (cx->writing)
        return org_settle_more(cx, outbox_id, done);
    struct arena *a = arena_new();
    struct ctx *own = ctx_new(a, cx->app);
    own->now = cx->now;
    enum err e = org_settle_more(own, outbox_id, done);
    if (e != OK)
        cx->fault = own->fault;
    arena_free(a);
    return e;
}

enum err org_settle_rest(struct ctx *cx, str org_id)
{
    enum { MOST = 100 };
    struct q_outbox_of_kind *rows;
    size_t n;
    TRY(app_read(cx));
    TRY(q_outbox_of_kind(cx->db, &rows, &n, .kind = S("settle"), .most = MOST));
    app_read_end(cx);
    for (size_t i = 0; i < n; i++) {
        const struct json *j;
        struct json_error bad;
        bool done = json_read(cx->a, text_open_inside(rows[i].content), &j, &bad) != OK ||
                    !str_eq(json_get_text(j, S("org")), org_id);
        while (!done)
            TRY(one_more(cx, rows[i].id, &done));
    }
    return OK;
}
