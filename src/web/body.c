/* body.c - a request's body, by its content type. */
#include "web/request.h"

#include "formats/multipart.h"
#include "io/files.h"

#include <string.h>
#include <unistd.h>

enum { JSON_MAX = 1 << 20, PART_MEMORY = 300 * 1024, FILES_MAX = 20, FIELDS_MAX = 2000 };

/* --- multipart -------------------------------------------------------------------------------- */

struct parts {
    struct ctx *cx;
    struct request *rq;
    struct {
        VEC(struct upload)
    } files;
    struct multipart_part part; /* of the file or field that is being read */
    struct upload *file;
    buf text;
    bool too_long;
};

static enum err part_begin(void *self, const struct multipart_part *part)
{
    struct parts *p = self;
    p->part = *part; /* only its strings stay */
    p->text = (buf){.a = p->cx->a};
    p->too_long = false;
    p->file = NULL;
    if (part->filename.p == NULL)
        return OK;
    if (p->files.n == FILES_MAX)
        return wrong_limit(p->cx, part->name, S("too_many"), FILES_MAX);
    p->file = PUSH(p->cx->a, &p->files);
    *p->file = (struct upload){
        .field = part->name, .filename = part->filename, .type = part->type, .fd = -1};
    return OK;
}

/* A large file goes on in a file of its own. */
static enum err spill(struct parts *p)
{
    TRY(file_temp(p->cx->a, str_to_z(p->cx->a, p->cx->app->spool_dir), &p->cx->fault,
                  &p->file->fd));
    arena_defer(p->cx->a, file_close, file_handle(p->file->fd));
    return file_put(p->file->fd, buf_str(&p->text), &p->cx->fault);
}

static enum err part_data(void *self, str bytes)
{
    struct parts *p = self;
    if (p->file != NULL)
        p->file->size += (i64)bytes.n;
    if (p->file != NULL && p->file->fd >= 0)
        return file_put(p->file->fd, bytes, &p->cx->fault);
    if (p->text.n + bytes.n > PART_MEMORY) {
        if (p->file == NULL) {
            p->too_long = true; /* said at the field, when it ends */
            return OK;
        }
        TRY(spill(p));
        return file_put(p->file->fd, bytes, &p->cx->fault);
    }
    buf_put(&p->text, bytes);
    return OK;
}

static enum err part_end(void *self)
{
    struct parts *p = self;
    if (p->file != NULL && p->file->fd < 0)
        p->file->bytes = buf_str(&p->text);
    if (p->file != NULL)
        return OK;
    if (p->too_long)
        (void)wrong_limit(p->cx, p->part.name, S("too_long"), PART_MEMORY);
    input_put(p->cx->a, &p->rq->in, p->part.name, buf_str(&p->text));
    return OK;
}

/* The body in pieces, from memory or from its file. */
static enum err feed_all(struct ctx *cx, struct multipart *m, const struct http_body *b)
{
    enum { PIECE = 64 * 1024 };
    if (b->fd < 0)
        return multipart_feed(m, b->bytes);
    char *piece = NEWS(cx->a, char, PIECE);
    for (i64 at = 0; at < b->size;) {
        ssize_t n = pread(b->fd, piece, PIECE, at);
        if (n <= 0)
            return fail(cx, E_IO, "the spooled body cannot be read");
        TRY(multipart_feed(m, (str){piece, (size_t)n}));
        at += n;
    }
    return OK;
}

static int read_multipart(struct ctx *cx, struct request *rq, str boundary)
{
    static const struct multipart_limits max = {.parts = FIELDS_MAX, .head = 4096};
    struct parts p = {.cx = cx, .rq = rq};
    struct multipart_sink sink = {&p, part_begin, part_data, part_end};
    struct multipart *m = multipart_new(cx->a, boundary, max, sink);
    enum err e = feed_all(cx, m, &rq->http->body);
    if (e == OK)
        e = multipart_end(m);
    rq->files = p.files.v;
    rq->nfiles = p.files.n;
    if (e == E_IO)
        return HTTP_UNAVAILABLE;
    if (e != OK && cx->problems.n == 0)
        (void)wrong(cx, S(""), S("multipart"));
    return e == OK ? 0 : HTTP_BAD_REQUEST;
}

/* --- the others ------------------------------------------------------------------------------- */

static str whole_body(struct ctx *cx, const struct request *rq)
{
    const struct http_body *b = &rq->http->body;
    size_t most = (rq->route->flags & ROUTE_JSON) ? (size_t)rq->route->body_max : JSON_MAX;
    str out = b->bytes;
    if (b->fd >= 0 && file_read_fd(cx->a, b->fd, most, &cx->fault, &out) != OK)
        return NO_STR;
    return out;
}

static int read_form(struct ctx *cx, struct request *rq)
{
    static const struct urlform_limits max = {
        .fields = FIELDS_MAX, .name = 200, .value = PART_MEMORY};
    struct fields fields = {0};
    (void)urlform_read(cx->a, whole_body(cx, rq), max, &fields, &cx->problems);
    input_from_fields(cx->a, &fields, &rq->in); /* problems are said with the form */
    return 0;
}

static int read_json(struct ctx *cx, struct request *rq)
{
    struct json_error bad;
    str text = whole_body(cx, rq);
    if (text.p == NULL)
        return HTTP_TOO_LARGE;
    if (json_read(cx->a, text, &rq->json, &bad) != OK) {
        str place = str_fmt(cx->a, "%lld:%lld", (long long)bad.line, (long long)bad.column);
        (void)problem_got(cx->a, &cx->problems, S(""), bad.code, place);
        return HTTP_BAD_REQUEST;
    }
    if (rq->route->flags & ROUTE_JSON)
        return 0;
    return input_from_json(cx, rq->json, &rq->in) == OK ? 0 : HTTP_UNPROCESSABLE;
}

/* "application/json; charset=utf-8" → "application/json" */
static str media_type(str header)
{
    return str_trim(str_cut(&header, ';'));
}

int request_body(struct ctx *cx, struct request *rq)
{
    str header = http_header(rq->http, S("content-type")), boundary;
    str type = media_type(header);
    bool empty = rq->http->body.size == 0;
    if (rq->route->method == GET || rq->route->method == DELETE || (empty && type.n == 0))
        return 0;
    if (!rq->api && str_eq_nocase(type, S("application/x-www-form-urlencoded")))
        return read_form(cx, rq);
    if (multipart_boundary(header, &boundary) && (!rq->api || (rq->route->flags & ROUTE_UPLOAD)))
        return read_multipart(cx, rq, boundary);
    if (rq->api && (str_eq_nocase(type, S("application/json")) ||
                    str_eq_nocase(type, S("application/merge-patch+json"))))
        return read_json(cx, rq);
    return HTTP_UNSUPPORTED_TYPE;
}
