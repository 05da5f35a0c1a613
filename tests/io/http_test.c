/* http_test.c - requests and answers without a server. */
#include "io/http.h"
#include "t.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* Whether putting this header ends the process, in one of its own. */
static bool is_a_bug(struct arena *a, str name, str value)
{
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        struct http_request rq = {.a = a};
        struct http_response rs = http_response_new(a);
        (void)close(STDERR_FILENO);
        http_put(&rq, &rs, name, value);
        _exit(0);
    }
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

TEST(a_header_that_could_split_an_answer_is_a_bug)
{
    CHECK(!is_a_bug(a, S("Location"), S("/ja/\xe8\x84\x86")));
    CHECK(is_a_bug(a, S("Location"), S("/\r\nSet-Cookie: a=b")));
    CHECK(is_a_bug(a, S("Location"), S("/\n")));
    CHECK(is_a_bug(a, S("Location"), S("/\0")));
    CHECK(is_a_bug(a, S("Lo cation"), S("/")));
    CHECK(is_a_bug(a, S(""), S("/")));
    CHECK(is_a_bug(a, S("CONTENT-length"), S("5")));
    CHECK(is_a_bug(a, S("Transfer-Encoding"), S("chunked")));
}
