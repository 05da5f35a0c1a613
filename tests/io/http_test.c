/* http_test.c - requests and answers without a server. */
#include "io/http.h"
#include "t.h"

TEST(an_answer_has_its_headers)
{
    struct http_request rq = {.a = a};
    struct http_response rs = http_response_new(a);
    CHECK_I64(200, rs.status);
    CHECK_I64(-1, rs.fd);
    http_put(&rq, &rs, S("ETag"), S("\"1\""));
    CHECK_STR(S("\"1\""), http_answer_header(&rs, S("etag")));
    CHECK(http_answer_header(&rs, S("location")).p == NULL);
}

TEST(a_tag_is_found_in_a_list)
{
    CHECK(http_not_modified(S("\"a\""), S("\"a\"")));
    CHECK(http_not_modified(S("\"x\", \"a\""), S("\"a\"")));
    CHECK(http_not_modified(S("\"x,y\",W/\"a\""), S("\"a\"")));
    CHECK(http_not_modified(S("\"a\""), S("W/\"a\"")));
    CHECK(http_not_modified(S(" * "), S("\"a\"")));
}

TEST(another_tag_is_not_found)
{
    CHECK(!http_not_modified(S("\"b\""), S("\"a\"")));
    CHECK(!http_not_modified(S("a"), S("\"a\"")));
    CHECK(!http_not_modified(S("\"x\"a\""), S("\"a\"")));
    CHECK(!http_not_modified(S("\"a"), S("\"a\"")));
    CHECK(!http_not_modified(S(""), S("\"a\"")));
    CHECK(!http_not_modified(NO_STR, S("\"a\"")));
    CHECK(!http_not_modified(S("*"), NO_STR));
}
