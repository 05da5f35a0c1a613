/* multipart_events.h - a multipart body as one text of what was told, however it was fed. */
#ifndef HELP_MULTIPART_EVENTS_H
#define HELP_MULTIPART_EVENTS_H

#include "formats/multipart.h"

struct events {
    buf out;
    struct arena *a;
    i64 open;  /* a part is open */
    i64 bytes; /* of data */
};

static void event_text(struct events *e, const char *what, str s)
{
    buf_putf(&e->out, "%s ", what);
    if (s.p == NULL)
        buf_put(&e->out, S("absent"));
    else
        buf_putf(&e->out, "%zu:%.*s", s.n, SV(s));
}

static enum err event_begin(void *self, const struct multipart_part *part)
{
    struct events *e = self;
    must(e->open == 0);
    e->open = 1;
    event_text(e, "part", part->name);
    event_text(e, " file", part->filename);
    event_text(e, " type", part->type);
    buf_put(&e->out, S(" ["));
    return OK;
}

static enum err event_data(void *self, str bytes)
{
    struct events *e = self;
    must(e->open == 1 && bytes.n > 0);
    e->bytes += (i64)bytes.n;
    buf_put(&e->out, bytes);
    return OK;
}

static enum err event_end(void *self)
{
    struct events *e = self;
    must(e->open == 1);
    e->open = 0;
    buf_put(&e->out, S("]\n"));
    return OK;
}

static const struct multipart_limits event_limits = {.parts = 4, .head = 200};

/* cuts: places at which the body is cut into pieces, ascending. */
[[maybe_unused]] static str events_of(struct arena *a, str boundary, str body, const size_t *cuts,
                                      size_t ncuts)
{
    struct events e = {.out = {.a = a}, .a = a};
    struct multipart_sink sink = {&e, event_begin, event_data, event_end};
    struct multipart *m = multipart_new(a, boundary, event_limits, sink);
    enum err got = OK;
    for (size_t i = 0, at = 0; i <= ncuts && got == OK; i++) {
        size_t to = i < ncuts ? cuts[i] : body.n;
        /* a copy of its own, so that reading outside the piece is seen */
        got = multipart_feed(m, str_copy(a, str_sub(body, at, to - at)));
        at = to;
    }
    if (got == OK)
        got = multipart_end(m);
    must(got == OK || multipart_fault(m).code.n > 0);
    must(got != OK || e.open == 0);
    if (got == OK)
        buf_put(&e.out, S("ok"));
    else
        buf_putf(&e.out, "%.*s at %lld", SV(multipart_fault(m).code),
                 (long long)multipart_fault(m).byte);
    return buf_str(&e.out);
}

#endif
