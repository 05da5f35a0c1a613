/* httpd_head.c - the head as libmicrohttpd left it, checked for what it hides.
 *
 * libmicrohttpd 0.9.75 cuts a head in place: it puts zero bytes over spaces, colons and line
 * ends, and hands out pointers into it.  What a client wrote beyond a zero byte of its own is
 * thus lost, blanks are skipped, and a folded line is pasted to the *name* of its field.  So we
 * walk the same bytes: each part must begin right where the one before it ended, and the last
 * must end where the head does. */
#include "io/httpd_int.h"

#include <string.h>

struct gather {
    struct exchange *x;
    struct {
        VEC(struct http_header)
    } fields;
    const char *at; /* the zero byte behind the last part */
    bool whole;
};

/* Whether next stands behind a line end, CRLF or LF, at `at`. */
static bool is_next_line(const char *at, const char *next)
{
    return next == at + 1 || (next == at + 2 && at[1] == '\0');
}

static bool is_blank(const char *from, const char *to)
{
    for (; from < to; from++)
        if (*from != ' ' && *from != '\t')
            return false;
    return from == to;
}

static enum MHD_Result gather(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_n,
                              const char *value, size_t value_n)
{
    (void)kind;
    struct gather *g = cls;
    if (g->fields.n > HTTP_FIELDS_MAX)
        return MHD_NO;
    str text = {value ? value : "", value ? value_n : 0};
    *PUSH(g->x->rq.a, &g->fields) = (struct http_header){{key, key_n}, text};
    g->whole = g->whole && value != NULL && is_next_line(g->at, key) && key[key_n] == '\0' &&
               is_blank(key + key_n + 1, value);
    g->at = text.p + text.n;
    return MHD_YES;
}

static bool line_is_whole(const struct exchange *x, str method, const char *version)
{
    return x->uri == method.p + method.n + 1 && version == x->uri + x->target.n + 1;
}

/* Behind the last field: its line end, and the empty line. */
static bool ends_at(const char *at, const char *end)
{
    return is_next_line(at, end - 1) || (end[-2] == '\0' && is_next_line(at, end - 2));
}

static size_t count(str s, char c)
{
    size_t n = 1;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == c;
    return n;
}

/* Where this is false, the head of the answer might not fit, and there would be none at all. */
static bool leaves_room(const struct exchange *x, size_t head)
{
    str cookie = http_header(&x->rq, S("cookie"));
    size_t cookies = cookie.n > 0 ? count(cookie, ';') + count(cookie, ',') : 0;
    size_t notes = (x->rq.nheaders + cookies) * HEAD_NOTE;
    return head + cookie.n + notes + ANSWER_ROOM <= HEAD_MEMORY;
}

int head_take(struct exchange *x, const char *method, const char *version)
{
    struct http_head head = {str_z(method), x->target, str_z(version), NULL, 0};
    struct gather g = {.x = x, .at = version + head.version.n, .whole = true};
    (void)MHD_get_connection_values_n(x->c, MHD_HEADER_KIND, gather, &g);
    const union MHD_ConnectionInfo *size =
        MHD_get_connection_info(x->c, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    if (!line_is_whole(x, head.method, version))
        return HTTP_BAD_REQUEST;
    head.fields = g.fields.v;
    head.nfields = g.fields.n;
    int status = http_head_read(&head, &x->rq, &x->framing);
    if (status != 0)
        return status;
    must(size != NULL);
    x->head_end = method + size->header_size;
    if (!g.whole || !ends_at(g.at, x->head_end))
        return HTTP_BAD_REQUEST;
    return leaves_room(x, size->header_size) ? 0 : HTTP_HEADERS_TOO_LARGE;
}

/* When trailers come byte by byte, libmicrohttpd may name the head's last field as the first of
 * them.  What a client sent as a trailer stands behind the head. */
static bool is_of_head(const struct exchange *x, const struct http_header *field)
{
    return field->name.p >= x->uri && field->name.p < x->head_end;
}

bool head_trailers_ok(struct exchange *x)
{
    struct gather g = {.x = x, .at = "", .whole = true};
    size_t n = 0;
    if (x->framing.length >= 0)
        return true;
    (void)MHD_get_connection_values_n(x->c, MHD_FOOTER_KIND, gather, &g);
    for (size_t i = 0; i < g.fields.n; i++)
        if (!is_of_head(x, &g.fields.v[i]))
            g.fields.v[n++] = g.fields.v[i];
    return http_trailer_is_harmless(x->rq.a, g.fields.v, n);
}
