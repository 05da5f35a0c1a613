/* httpd_test.c - starting, answering, stopping. */
#include "help/server.h"
#include "help/wire.h"
#include "t.h"

static struct server *serve(struct arena *a)
{
    struct server *s = NEW(a, struct server);
    server_init(s);
    server_start(s);
    return s;
}

TEST(a_get_is_answered)
{
    struct server *s = serve(a);
    struct wire_answer r = wire_ask(a, s->port, S("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK_I64(200, r.status);
    CHECK_STR(S("hello"), r.body);
    CHECK(wire_header(r, S("date")).n == 29);
    CHECK(server_stop(s, 1000));
}
