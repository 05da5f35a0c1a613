/* gzip_test.c - what is packed, for whom; and that gunzip gives back what was there. */
#include "io/gzip.h"
#include "t.h"

#include <string.h>
#include <zlib.h>

static struct http_response page(struct arena *a, struct http_request *rq, const char *type,
                                 size_t n)
{
    struct http_response rs = http_response_new(a);
    *rq = (struct http_request){.a = a};
    http_put(rq, &rs, S("Content-Type"), str_z(type));
    for (size_t i = 0; i < n; i++)
        buf_char(&rs.out, (char)('a' + i % 7));
    return rs;
}

/* zlib's own reader, told to take gzip alone. */
static str unpack(struct arena *a, buf packed, size_t most)
{
    z_stream z = {.next_in = (Bytef *)packed.p, .avail_in = (uInt)packed.n};
    char *room = NEWS(a, char, most);
    z.next_out = (Bytef *)room;
    z.avail_out = (uInt)most;
    CHECK_I64(Z_OK, inflateInit2(&z, MAX_WBITS + 16));
    CHECK_I64(Z_STREAM_END, inflate(&z, Z_FINISH));
    CHECK_I64(Z_OK, inflateEnd(&z));
    return (str){room, most - z.avail_out};
}

TEST(accept_encoding_is_read_as_rfc_9110_says)
{
    static const struct {
        const char *header;
        bool taken;
    } rows[] = {{"", false},
                {"gzip", true},
                {"GZIP", true},
                {"x-gzip", true},
                {"br, gzip;q=0.5", true},
                {"gzip;q=0", false},
                {"gzip; q=0.000", false},
                {"gzip;q=0.001", true},
                {"*", true},
                {"*;q=0", false},
                {"*;q=0, gzip", true},
                {"gzip;q=0, *", false},
                {"identity", false},
                {"deflate, br", false},
                {"gzipped", false}};
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_STR(rows[i].taken ? str_z(rows[i].header) : S(""),
                  gzip_is_taken(str_z(rows[i].header)) ? str_z(rows[i].header) : S(""));
}

TEST(a_page_is_packed_and_gunzip_gives_it_back)
{
    struct http_request rq;
    struct http_response rs = page(a, &rq, "text/html; charset=utf-8", 50000);
    str before = str_copy(a, buf_str(&rs.out));
    http_put(&rq, &rs, S("ETag"), S("\"7\""));
    gzip_answer(&rq, &rs, true);
    CHECK_STR(S("gzip"), http_answer_header(&rs, S("content-encoding")));
    CHECK_STR(S("Accept-Encoding"), http_answer_header(&rs, S("vary")));
    CHECK_STR(S("\"7-gz\""), http_answer_header(&rs, S("etag")));
    CHECK(rs.out.n < 1000);
    CHECK_STR(before, unpack(a, rs.out, 60000));
}

TEST(who_does_not_take_it_gets_the_page_as_it_is_and_caches_are_told)
{
    struct http_request rq;
    struct http_response rs = page(a, &rq, "text/html; charset=utf-8", 50000);
    gzip_answer(&rq, &rs, false);
    CHECK_I64(50000, (i64)rs.out.n);
    CHECK(http_answer_header(&rs, S("content-encoding")).p == NULL);
    CHECK_STR(S("Accept-Encoding"), http_answer_header(&rs, S("vary")));
}

TEST(what_is_small_or_no_text_stays_as_it_is)
{
    struct http_request rq;
    struct http_response small = page(a, &rq, "text/html", 1000);
    gzip_answer(&rq, &small, true);
    CHECK_I64(1000, (i64)small.out.n);
    struct http_response picture = page(a, &rq, "image/png", 50000);
    gzip_answer(&rq, &picture, true);
    CHECK_I64(50000, (i64)picture.out.n);
    CHECK(http_answer_header(&picture, S("vary")).p == NULL);
}
