/* gzip.c - bodies of public answers, packed by zlib. */
#include "io/gzip.h"

#include <zlib.h>

enum { WORTH_IT = 1400, LEVEL = 6, GZIP_WRAPPER = 16 };

/* "q=0", "q=0.", "q=0.000": never. */
static bool is_refused(str parameter)
{
    parameter = str_trim(parameter);
    if (!str_has_prefix(parameter, S("q=0")) && !str_has_prefix(parameter, S("Q=0")))
        return false;
    for (size_t i = 3; i < parameter.n; i++)
        if (parameter.p[i] != '.' && parameter.p[i] != '0')
            return false;
    return true;
}

bool gzip_is_taken(str accept_encoding)
{
    bool any = false;
    while (accept_encoding.n > 0) {
        str one = str_cut(&accept_encoding, ',');
        str name = str_trim(str_cut(&one, ';'));
        bool good = !is_refused(one);
        if (str_eq_nocase(name, S("gzip")) || str_eq_nocase(name, S("x-gzip")))
            return good;
        if (str_eq(name, S("*")))
            any = good;
    }
    return any;
}

static bool is_text(str type)
{
    static const str packed[] = {S_INIT("text/"), S_INIT("application/json"),
                                 S_INIT("application/atom+xml"), S_INIT("application/ld+json"),
                                 S_INIT("image/svg+xml")};
    for (size_t i = 0; i < COUNT(packed); i++)
        if (str_has_prefix(type, packed[i]))
            return true;
    return false;
}

static bool pack(struct arena *a, buf in, buf *out)
{
    z_stream z = {0};
    if (in.n > UINT32_MAX / 2 || deflateInit2(&z, LEVEL, Z_DEFLATED, MAX_WBITS + GZIP_WRAPPER, 8,
                                              Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    size_t most = deflateBound(&z, in.n);
    *out = (buf){.a = a, .p = NEWS(a, char, most), .cap = most};
    z.next_in = (Bytef *)in.p;
    z.avail_in = (uInt)in.n;
    z.next_out = (Bytef *)out->p;
    z.avail_out = (uInt)most;
    bool whole = deflate(&z, Z_FINISH) == Z_STREAM_END;
    out->n = most - z.avail_out;
    (void)deflateEnd(&z);
    return whole && out->n < in.n;
}

/* The same tag, told apart from that of the plain body. */
static void mark_etag(struct http_request *rq, struct http_response *rs)
{
    for (size_t i = 0; i < rs->headers.n; i++) {
        struct http_header *h = &rs->headers.v[i];
        if (str_eq_nocase(h->name, S("etag")) && str_has_suffix(h->value, S("\"")))
            h->value = str_fmt(rq->a, "%.*s-gz\"", SV(str_sub(h->value, 0, h->value.n - 1)));
    }
}

void gzip_answer(struct http_request *rq, struct http_response *rs, bool taken)
{
    buf packed;
    if (rs->fd >= 0 || !is_text(http_answer_header(rs, S("content-type"))))
        return;
    http_put(rq, rs, S("Vary"), S("Accept-Encoding"));
    if (!taken || rs->out.n < WORTH_IT || !pack(rq->a, rs->out, &packed))
        return;
    rs->out = packed;
    mark_etag(rq, rs);
    http_put(rq, rs, S("Content-Encoding"), S("gzip"));
}
