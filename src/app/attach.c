/* attach.c - see attach.h; how bytes come and go is in attach_bytes.c. */
#include "app/attach.h"

#include "app/attach_bytes.h"
#include "base/encode.h"
#include "base/id.h"
#include "base/utf8.h"
#include "base/vec.h"

enum { NAME_MAX_CHARS = 200, TYPE_MAX = 100 };

str attach_name(struct arena *a, str sent)
{
    buf b = {.a = a};
    if (!utf8_valid(sent))
        return S("file");
    for (size_t i = sent.n; i > 0; i--)
        if (sent.p[i - 1] == '/' || sent.p[i - 1] == '\\') {
            sent = str_from(sent, i);
            break;
        }
    for (size_t at = 0; at < sent.n;) {
        size_t from = at;
        (void)utf8_next(sent, &at);
        str one = str_sub(sent, from, at - from);
        if (!utf8_has_control(one) && one.p[0] != '\n' && one.p[0] != '\r' && one.p[0] != '\t')
            buf_put(&b, one);
    }
    str name = utf8_sub(str_trim(buf_str(&b)), NAME_MAX_CHARS);
    bool dots = true;
    for (size_t i = 0; i < name.n; i++)
        dots = dots && name.p[i] == '.';
    return dots ? S("file") : name;
}

/* A media type as RFC 9110 writes it, or the one that says nothing. */
static str media_type(str sent)
{
    bool good = sent.n > 0 && sent.n <= TYPE_MAX && str_find_char(sent, '/') > 0;
    for (size_t i = 0; i < sent.n && good; i++)
        good = sent.p[i] >= ' ' && sent.p[i] <= '~' && sent.p[i] != '"' && sent.p[i] != '\\';
    return good ? sent : S("application/octet-stream");
}

/* --- keep ------------------------------------------------------------------------------------- */

/* "ID.SECRET"; the secret is kept as its hash. */
static str ticket_hash(struct ctx *cx, str ticket)
{
    return hash_of(cx->a, ticket);
}

static enum err keep_one(struct ctx *cx, const struct upload *u, struct attachment *at)
{
    enum { SECRET = 16 };
    str hash;
    *at = (struct attachment){.id = new_id(cx),
                              .name = attach_name(cx->a, u->filename),
                              .type = media_type(u->type),
                              .size = u->size,
                              .at = cx->now};
    str secret = base64url_encode(cx->a, random_str(&cx->app->random, cx->a, SECRET));
    at->ticket = str_fmt(cx->a, "%.*s.%.*s", SV(at->id), SV(secret));
    TRY(upload_hash(cx, u, &hash));
    at->hash = hex_encode(cx->a, hash);
    return upload_keep(cx, u, at, ticket_hash(cx, at->ticket), hash);
}

static enum err check_one(struct ctx *cx, str field, const struct upload *u)
{
    str code = u->size == 0 ? S("empty_file") : S("too_large_file");
    if (u->size > 0 && u->size <= ATTACH_FILE_MAX)
        return OK;
    enum err e = problem_got(cx->a, &cx->problems, field, code, attach_name(cx->a, u->filename));
    cx->problems.v[cx->problems.n - 1].limit = ATTACH_FILE_MAX >> 20;
    return e;
}

enum err attach_keep(struct ctx *cx, str field, const struct upload *files, size_t n,
                     struct attachments *out)
{
    enum err e = OK;
    for (size_t i = 0; i < n; i++) {
        const struct upload *u = &files[i];
        if (!str_eq(u->field, field) || (u->filename.n == 0 && u->size == 0))
            continue; /* a field for files that was left empty */
        if (check_one(cx, field, u) != OK) {
            e = E_INVALID;
            continue;
        }
        struct attachment at;
        TRY(keep_one(cx, u, &at));
        *PUSH(cx->a, out) = at;
    }
    return e;
}

/* --- tickets ---------------------------------------------------------------------------------- */

static enum err find_ticket(struct ctx *cx, str ticket, struct attachment *out)
{
    struct q_attachment_unplaced row;
    str id = str_sub(ticket, 0, ID_SIZE);
    if (ticket.n > 100 || !id_is(id))
        return E_NOT_FOUND;
    TRY(q_attachment_unplaced(cx->db, &row, .id = id));
    if (row.claim.p == NULL || !str_eq_secret(row.claim, ticket_hash(cx, ticket)))
        return E_NOT_FOUND;
    *out = (struct attachment){.id = id,
                               .name = text_open_inside(row.name),
                               .type = row.type,
                               .hash = hex_encode(cx->a, row.hash),
                               .ticket = ticket,
                               .size = row.size};
    return OK;
}

enum err attach_find(struct ctx *cx, str field, const struct input *in, struct attachments *out)
{
    i64 bytes = 0;
    enum err found = OK;
    TRY(app_read(cx));
    for (size_t i = 0; i < in->n; i++) {
        struct attachment at;
        if (!str_eq(in->v[i].name, ATTACHED))
            continue;
        if (out->n == ATTACH_MOST)
            return wrong_limit(cx, field, S("too_many"), ATTACH_MOST);
        enum err e = find_ticket(cx, in->v[i].value, &at);
        if (e == E_NOT_FOUND) {
            found = wrong(cx, field, S("file_gone"));
            continue;
        }
        TRY(e);
        *PUSH(cx->a, out) = at;
        bytes += at.size;
    }
    if (bytes > ATTACH_REPORT_MAX)
        return wrong_limit(cx, field, S("too_large_files"), ATTACH_REPORT_MAX >> 20);
    return found;
}

enum err attach_place(struct ctx *cx, const struct input *in, str case_id, const struct place *p,
                      str text_id)
{
    struct attachments all = {0};
    struct q_attachment_total had;
    str report_id = p->report_id;
    TRY(attach_find(cx, S("files"), in, &all));
    if (all.n == 0)
        return OK;
    TRY(q_attachment_total(cx->db, &had, .case_id = report_id.p ? NO_STR : case_id,
                           .report_id = report_id));
    i64 most = report_id.p ? ATTACH_REPORT_MAX : ATTACH_CASE_MAX, bytes = had.bytes;
    for (size_t i = 0; i < all.n; i++) {
        bytes += all.v[i].size;
        if (bytes > most)
            return wrong_limit(cx, S("files"), S("too_large_files"), most >> 20);
        TRY(q_attachment_place(cx->db, .id = all.v[i].id, .claim = ticket_hash(cx, all.v[i].ticket),
                               .case_id = case_id, .report_id = report_id, .text_id = text_id,
                               .audience = p->audience, .lane = p->lane.p ? p->lane : S(""),
                               .step = p->step.p ? p->step : S("")));
    }
    return OK;
}

/* --- read ------------------------------------------------------------------------------------- */

enum err attach_of_report(struct ctx *cx, const struct access *acc, str report_id,
                          struct attachments *out)
{
    struct q_attachments_of_report *rows;
    size_t n;
    TRY(app_read(cx));
    TRY(q_attachments_of_report(cx->db, &rows, &n, .report_id = report_id));
    for (size_t i = 0; i < n; i++) {
        struct place at = {.audience = (enum audience)rows[i].audience,
                           .lane = rows[i].lane,
                           .step = rows[i].step,
                           .report_id = report_id};
        str name = text_open(acc, &at, rows[i].name);
        if (name.p != NULL)
            *PUSH(cx->a, out) = (struct attachment){.id = rows[i].id,
                                                    .name = name,
                                                    .type = rows[i].type,
                                                    .hash = hex_encode(cx->a, rows[i].hash),
                                                    .text_id = rows[i].text_id,
                                                    .size = rows[i].size,
                                                    .at = rows[i].at};
    }
    return OK;
}

enum err attach_of_case(struct ctx *cx, const struct access *acc, str case_id,
                        struct attachments *out)
{
    struct q_attachments_of_case *rows;
    size_t n;
    TRY(app_read(cx));
    TRY(q_attachments_of_case(cx->db, &rows, &n, .case_id = case_id));
    for (size_t i = 0; i < n; i++) {
        struct place at = {.audience = (enum audience)rows[i].audience,
                           .lane = rows[i].lane,
                           .step = rows[i].step,
                           .report_id = rows[i].report_id};
        str name = text_open(acc, &at, rows[i].name);
        if (name.p != NULL)
            *PUSH(cx->a, out) = (struct attachment){.id = rows[i].id,
                                                    .name = name,
                                                    .type = rows[i].type,
                                                    .hash = hex_encode(cx->a, rows[i].hash),
                                                    .text_id = rows[i].text_id,
                                                    .size = rows[i].size,
                                                    .at = rows[i].at};
    }
    return OK;
}

/* Both absent never belong together: a file without a place is nobody's. */
static bool belongs(str have, str want)
{
    return have.p != NULL && want.p != NULL && str_eq(have, want);
}

enum err attach_open(struct ctx *cx, const struct access *acc, str case_id, str report_id, str id,
                     struct attachment *out, int *fd)
{
    struct q_attachment_get row;
    if (!id_is(id))
        return E_NOT_FOUND;
    TRY(app_read(cx));
    TRY(q_attachment_get(cx->db, &row, .id = id));
    struct place at = {.audience = (enum audience)row.audience,
                       .lane = row.lane,
                       .step = row.step,
                       .report_id = row.report_id};
    if (row.claim.p != NULL ||
        !(belongs(row.case_id, case_id) || belongs(row.report_id, report_id)))
        return E_NOT_FOUND;
    str name = text_open(acc, &at, row.name);
    if (name.p == NULL)
        return E_NOT_FOUND;
    *out = (struct attachment){.id = row.id,
                               .name = name,
                               .type = row.type,
                               .hash = hex_encode(cx->a, row.hash),
                               .size = row.size};
    return upload_open(cx, row.id, row.size, fd);
}

static enum err drop(struct ctx *cx, void *arg)
{
    str id = *(str *)arg;
    TRY(q_chunks_drop(cx->db, .attachment_id = id));
    return q_attachment_drop(cx->db, .id = id);
}

enum err attach_sweep(struct ctx *cx)
{
    struct q_attachments_stale *rows;
    size_t n;
    TRY(app_read(cx));
    TRY(q_attachments_stale(cx->db, &rows, &n, .before = cx->now - DAY));
    for (size_t i = 0; i < n; i++)
        TRY(db_write(cx, drop, &rows[i].id));
    return OK;
}
