/* attach_bytes.c - see attach_bytes.h. */
#include "app/attach_bytes.h"

#include "formats/digest.h"
#include "io/files.h"

#include <unistd.h>

/* A row holds one chunk; a transaction writes or reads some of them. */
enum { CHUNK = 64 * 1024, AT_ONCE = 16 };

/* At most one chunk from `at`: in memory where it is, else in the given room. */
static enum err upload_read(struct ctx *cx, const struct upload *u, i64 at, char *room, str *out)
{
    size_t want = (size_t)(u->size - at < CHUNK ? u->size - at : CHUNK);
    if (u->fd < 0) {
        *out = str_sub(u->bytes, (size_t)at, want);
        return OK;
    }
    for (size_t have = 0; have < want;) {
        ssize_t n = pread(u->fd, room + have, want - have, at + (i64)have);
        if (n <= 0)
            return fail(cx, E_IO, "an uploaded file cannot be read");
        have += (size_t)n;
    }
    *out = (str){room, want};
    return OK;
}

enum err upload_hash(struct ctx *cx, const struct upload *u, str *out)
{
    struct digest d = digest_begin(DIGEST_SHA256);
    char *room = NEWS(cx->a, char, CHUNK);
    str bytes;
    for (i64 at = 0; at < u->size; at += CHUNK) {
        TRY(upload_read(cx, u, at, room, &bytes));
        digest_put(&d, bytes);
    }
    *out = digest_end(&d, cx->a);
    return OK;
}

/* The same actor with memory of its own, given back after each transaction. */
static struct ctx *piece_begin(struct ctx *cx)
{
    struct arena *a = arena_new();
    struct ctx *p = NEW(a, struct ctx);
    app_read_end(cx);
    *p = *cx;
    p->a = a;
    p->once_key = NO_STR; /* the token belongs to the act, not to its files */
    return p;
}

static enum err piece_end(struct ctx *cx, struct ctx *p, enum err e)
{
    app_read_end(p);
    if (e != OK)
        cx->fault = p->fault;
    arena_free(p->a);
    return e;
}

struct pieces {
    str id;
    str chunk[AT_ONCE];
    i64 seq;
    size_t n;
};

static enum err write_pieces(struct ctx *cx, void *arg)
{
    const struct pieces *w = arg;
    for (size_t i = 0; i < w->n; i++)
        TRY(q_chunk_add(cx->db, .attachment_id = w->id, .seq = w->seq + (i64)i,
                        .body = text_seal(cx, w->chunk[i])));
    return OK;
}

static enum err keep_some(struct ctx *p, const struct upload *u, struct pieces *w, i64 *at)
{
    for (w->n = 0; w->n < AT_ONCE && *at < u->size; *at += CHUNK) {
        TRY(upload_read(p, u, *at, NEWS(p->a, char, CHUNK), &w->chunk[w->n]));
        w->n++;
    }
    TRY(db_write(p, write_pieces, w));
    w->seq += (i64)w->n;
    return OK;
}

struct row {
    const struct attachment *at;
    str claim, hash;
};

static enum err write_row(struct ctx *cx, void *arg)
{
    const struct row *r = arg;
    return q_attachment_add(cx->db, .id = r->at->id, .at = cx->now, .person_id = cx->who.person_id,
                            .claim = r->claim, .name = text_seal(cx, r->at->name),
                            .type = r->at->type, .size = r->at->size, .hash = r->hash);
}

enum err upload_keep(struct ctx *cx, const struct upload *u, const struct attachment *at, str claim,
                     str hash)
{
    struct row row = {at, claim, hash};
    struct pieces w = {.id = at->id};
    struct ctx *p = piece_begin(cx);
    TRY(piece_end(cx, p, db_write(p, write_row, &row)));
    for (i64 from = 0; from < u->size;) {
        p = piece_begin(cx);
        TRY(piece_end(cx, p, keep_some(p, u, &w, &from)));
    }
    return OK;
}

static enum err open_some(struct ctx *p, str id, i64 *seq, i64 *left, int fd)
{
    TRY(app_read(p));
    for (int i = 0; i<AT_ONCE && * left> 0; i++) {
        struct q_chunk_get row;
        enum err e = q_chunk_get(p->db, &row, .attachment_id = id, .seq = (*seq)++);
        if (e == E_NOT_FOUND)
            return fail(p, E_IO, "a piece of an attachment is missing");
        TRY(e);
        str bytes = text_open_inside(row.body); /* the right to it was asked by attach_open() */
        TRY(file_put(fd, bytes, &p->fault));
        *left -= (i64)bytes.n;
    }
    return OK;
}

enum err upload_open(struct ctx *cx, str id, i64 size, int *fd)
{
    i64 seq = 0, left = size;
    TRY(file_temp(cx->a, str_to_z(cx->a, cx->app->spool_dir), &cx->fault, fd));
    enum err e = OK;
    while (left > 0 && e == OK) {
        struct ctx *p = piece_begin(cx);
        e = piece_end(cx, p, open_some(p, id, &seq, &left, *fd));
    }
    if (e == OK && (left != 0 || lseek(*fd, 0, SEEK_SET) != 0))
        e = fail(cx, E_IO, "an attachment has another length than its row says");
    if (e != OK)
        (void)close(*fd);
    return e;
}
