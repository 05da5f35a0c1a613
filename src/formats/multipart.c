/* multipart.c - the body, cut at its boundaries; see multipart.h. */
#include "formats/multipart.h"

#include "formats/multipart_head.h"

#include <string.h>

enum { BOUNDARY_MAX = 70 };

enum state {
    FIRST,  /* in the boundary that opens the body */
    BEHIND, /* behind a boundary: a line end, or "--" */
    HEAD,
    DATA,
    CLOSED, /* behind the closing boundary: one line end may stand there */
    FAILED,
};

struct multipart {
    struct arena *a;
    struct multipart_limits max;
    struct multipart_sink sink;
    enum state state;
    str mark;     /* CRLF, "--", the boundary */
    size_t match; /* bytes of the mark, or of what stands behind it, that were seen last */
    buf head;
    size_t parts;
    i64 byte;
    struct multipart_fault fault;
    char tail[2]; /* what stands behind a boundary, as it comes in */
};

static bool is_boundary(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!alnum && (c == '\0' || strchr("'()+_,-./:=? ", c) == NULL))
            return false;
    }
    return s.n >= 1 && s.n <= BOUNDARY_MAX && s.p[s.n - 1] != ' ';
}

bool multipart_boundary(str content_type, str *out)
{
    str name, value, type = S("multipart/form-data"), rest = str_from(content_type, type.n);
    *out = NO_STR;
    if (!str_eq_nocase(str_sub(content_type, 0, type.n), type))
        return false;
    while (str_trim(rest).n > 0) {
        if (!multipart_parameter(&rest, &name, &value))
            return false;
        if (!str_eq_nocase(name, S("boundary")))
            continue;
        if (out->p != NULL)
            return false;
        *out = value;
    }
    return is_boundary(*out);
}

struct multipart *multipart_new(struct arena *a, str boundary, struct multipart_limits max,
                                struct multipart_sink sink)
{
    must(is_boundary(boundary));
    struct multipart *m = NEW(a, struct multipart);
    *m = (struct multipart){.a = a, .max = max, .sink = sink, .state = FIRST};
    m->mark = str_fmt(a, "\r\n--%.*s", SV(boundary));
    m->match = 2; /* as if a line had just ended */
    m->head = (buf){.a = a};
    return m;
}

struct multipart_fault multipart_fault(const struct multipart *m)
{
    return m->fault;
}

static enum err fail(struct multipart *m, str code)
{
    m->state = FAILED;
    m->fault = (struct multipart_fault){code, m->byte};
    return E_INVALID;
}

/* Each step takes some bytes from the front of *rest. */
static void take(struct multipart *m, str *rest, size_t n)
{
    *rest = str_from(*rest, n);
    m->byte += (i64)n;
}

static enum err step_first(struct multipart *m, str *rest)
{
    if (rest->p[0] != m->mark.p[m->match])
        return fail(m, S("boundary"));
    take(m, rest, 1);
    if (++m->match == m->mark.n) {
        m->state = BEHIND;
        m->match = 0;
    }
    return OK;
}

static enum err step_behind(struct multipart *m, str *rest)
{
    m->tail[m->match++] = rest->p[0];
    bool line = memcmp(m->tail, "\r\n", m->match) == 0;
    bool close = memcmp(m->tail, "--", m->match) == 0;
    if (!line && !close)
        return fail(m, S("boundary"));
    take(m, rest, 1);
    if (m->match < 2)
        return OK;
    m->match = 0;
    m->state = close ? CLOSED : HEAD;
    m->head.n = 0;
    if (line && ++m->parts > m->max.parts)
        return fail(m, S("too_many"));
    return OK;
}

/* Whether the head has come to its empty line. */
static bool head_ends(const struct multipart *m)
{
    str head = buf_str(&m->head);
    return str_eq(head, S("\r\n")) || str_has_suffix(head, S("\r\n\r\n"));
}

static enum err step_head(struct multipart *m, str *rest)
{
    ptrdiff_t newline = str_find_char(*rest, '\n');
    size_t n = newline < 0 ? rest->n : (size_t)newline + 1;
    size_t room = m->max.head + 2 - m->head.n; /* with the empty line */
    n = n < room ? n : room;
    buf_put(&m->head, str_sub(*rest, 0, n));
    take(m, rest, n);
    if (!head_ends(m))
        return n == room ? fail(m, S("too_long")) : OK;

    struct multipart_part part;
    str code = multipart_head(m->a, str_sub(buf_str(&m->head), 0, m->head.n - 2), &part);
    if (code.p != NULL)
        return fail(m, code);
    m->state = DATA;
    m->match = 0;
    return m->sink.begin(m->sink.self, &part);
}

/* Only the mark's first byte is a CR, so what was matched before another byte came is data,
 * and that byte is looked at afresh. */
static enum err step_data(struct multipart *m, str *rest)
{
    if (m->match == 0) {
        ptrdiff_t cr = str_find_char(*rest, '\r');
        str data = cr < 0 ? *rest : str_sub(*rest, 0, (size_t)cr);
        take(m, rest, data.n + (cr >= 0));
        m->match = cr >= 0;
        return data.n > 0 ? m->sink.data(m->sink.self, data) : OK;
    }
    if (rest->p[0] != m->mark.p[m->match]) {
        str data = str_sub(m->mark, 0, m->match);
        m->match = 0;
        return m->sink.data(m->sink.self, data);
    }
    take(m, rest, 1);
    if (++m->match < m->mark.n)
        return OK;
    m->state = BEHIND;
    m->match = 0;
    return m->sink.end(m->sink.self);
}

static enum err step_closed(struct multipart *m, str *rest)
{
    if (m->match == 2 || rest->p[0] != "\r\n"[m->match])
        return fail(m, S("trailing"));
    m->match++;
    take(m, rest, 1);
    return OK;
}

static enum err step(struct multipart *m, str *rest)
{
    switch (m->state) {
    case FIRST: return step_first(m, rest);
    case BEHIND: return step_behind(m, rest);
    case HEAD: return step_head(m, rest);
    case DATA: return step_data(m, rest);
    case CLOSED: return step_closed(m, rest);
    case FAILED: break;
    }
    return E_INVALID;
}

enum err multipart_feed(struct multipart *m, str bytes)
{
    while (bytes.n > 0) {
        enum err e = step(m, &bytes);
        if (e != OK) {
            m->state = FAILED;
            return e;
        }
    }
    return OK;
}

enum err multipart_end(struct multipart *m)
{
    if (m->state == FAILED)
        return E_INVALID;
    return m->state == CLOSED && m->match != 1 ? OK : fail(m, S("cut"));
}
