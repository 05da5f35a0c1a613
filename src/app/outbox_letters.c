/* outbox_letters.c - what was given up: for the operator to read, and to try again. */
#include "app/admin.h"
#include "app/outbox_own.h"

enum { MOST = 200 };

static enum err find_reader(struct ctx *cx, const struct q_outbox_letters *row,
                            struct outbox_letter *out)
{
    struct notice_mail m;
    struct q_person_get p;
    struct q_memberships_of *seats;
    size_t n;
    if (!str_eq(row->kind, S("mail")) || notice_read(cx->a, row->content, &m) != OK ||
        m.person.p == NULL)
        return OK;
    enum err e = q_person_get(cx->db, &p, .id = m.person);
    if (e != OK)
        return e == E_NOT_FOUND ? OK : e;
    out->login = p.login;
    TRY(q_memberships_of(cx->db, &seats, &n, .person_id = m.person));
    for (size_t k = 0; k < n && out->org_ja.n == 0; k++) {
        if (seats[k].since > cx->now || (seats[k].until.is && seats[k].until.v <= cx->now))
            continue;
        out->org_ja = seats[k].org_ja;
        out->org_en = seats[k].org_en;
    }
    return OK;
}

enum err outbox_letters(struct ctx *cx, struct outbox_letter **out, size_t *n)
{
    struct q_outbox_letters *rows;
    if (!admin_is_operator(cx))
        return E_DENIED;
    TRY(app_read(cx));
    TRY(q_outbox_letters(cx->db, &rows, n, .most = MOST));
    *out = NEWS(cx->a, struct outbox_letter, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        (*out)[i] = (struct outbox_letter){.id = rows[i].id,
                                           .kind = rows[i].kind,
                                           .why = rows[i].failed,
                                           .at = rows[i].done,
                                           .tries = rows[i].tries};
        TRY(find_reader(cx, &rows[i], &(*out)[i]));
    }
    return OK;
}

static enum err put_back(struct ctx *cx, void *arg)
{
    const str *id = arg;
    enum err e = q_outbox_again(cx->db, .id = *id, .now = cx->now);
    return e == E_CONFLICT ? E_NOT_FOUND : e;
}

enum err outbox_again(struct ctx *cx, str id)
{
    if (!admin_is_operator(cx))
        return E_DENIED;
    return db_write(cx, put_back, &id);
}
