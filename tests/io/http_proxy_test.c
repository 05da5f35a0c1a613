/* http_proxy_test.c - addresses, and whom to believe. */
#include "io/http_proxy.h"
#include "t.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

static struct strs list(struct arena *a, const char *one, const char *two)
{
    str *v = NEWS(a, str, 2);
    v[0] = str_z(one);
    v[1] = str_z(two);
    return (struct strs){v, two ? 2 : 1};
}

static str six(struct arena *a, const char *text)
{
    struct sockaddr_in6 in = {.sin6_family = AF_INET6};
    char *out = NEWS(a, char, HTTP_PEER_SIZE);
    CHECK(inet_pton(AF_INET6, text, &in.sin6_addr) == 1);
    http_peer_text((struct sockaddr *)&in, out);
    return str_z(out);
}

TEST(an_address_has_one_text)
{
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0xc0000201)};
    struct sockaddr_un un = {.sun_family = AF_UNIX};
    char out[HTTP_PEER_SIZE];
    http_peer_text((struct sockaddr *)&four, out);
    CHECK_STR(S("192.0.2.1"), str_z(out));
    CHECK_STR(S("192.0.2.1"), six(a, "::ffff:192.0.2.1"));
    CHECK_STR(S("2001:db8::1"), six(a, "2001:DB8:0::1"));
    http_peer_text((struct sockaddr *)&un, out);
    CHECK_STR(S("unix"), str_z(out));
}

TEST(networks_hold_their_addresses)
{
    struct strs nets = list(a, "10.1.0.0/20", "2001:db8::/33");
    CHECK(http_peers_ok(nets));
    CHECK(http_peer_in(S("10.1.15.255"), nets));
    CHECK(!http_peer_in(S("10.1.16.0"), nets));
    CHECK(http_peer_in(S("2001:db8:7fff::"), nets));
    CHECK(!http_peer_in(S("2001:db8:8000::"), nets));
    CHECK(!http_peer_in(S("unix"), nets));
    CHECK(http_peer_in(S("unix"), list(a, "unix", NULL)));
    CHECK(http_peer_in(S("192.0.2.7"), list(a, "0.0.0.0/0", NULL)));
    CHECK(!http_peer_in(S("::1"), list(a, "0.0.0.0/0", NULL)));
    CHECK(!http_peers_ok(list(a, "10.0.0.0/33", NULL)));
    CHECK(!http_peers_ok(list(a, "proxy.example", NULL)));
    CHECK(!http_peers_ok(list(a, "::1", "10.0.0/8")));
}

static struct http_request request(struct arena *a, const char *peer, const char *forwarded)
{
    struct http_header *v = NEWS(a, struct http_header, 3);
    v[0] = (struct http_header){S("x-forwarded-for"), str_z(forwarded)};
    v[1] = (struct http_header){S("x-forwarded-proto"), S("https")};
    v[2] = (struct http_header){S("x-request-id"), S("0123abcd")};
    return (struct http_request){
        .a = a, .peer = str_z(peer), .id = S("ours"), .headers = v, .nheaders = 3};
}

TEST(a_stranger_is_not_believed)
{
    struct http_request rq = request(a, "192.0.2.9", "198.51.100.1");
    http_peer_forwarded(&rq, list(a, "127.0.0.1", NULL));
    CHECK_STR(S("192.0.2.9"), rq.peer);
    CHECK_STR(S("ours"), rq.id);
    CHECK(!rq.tls);
}

TEST(a_trusted_proxy_names_its_client)
{
    struct http_request rq = request(a, "127.0.0.1", "198.51.100.1");
    http_peer_forwarded(&rq, list(a, "127.0.0.1", NULL));
    CHECK_STR(S("198.51.100.1"), rq.peer);
    CHECK_STR(S("0123abcd"), rq.id);
    CHECK(rq.tls);
}

TEST(what_a_client_wrote_in_front_is_not_believed)
{
    struct http_request rq = request(a, "127.0.0.1", "10.0.0.1, 203.0.113.5, 10.0.0.7");
    http_peer_forwarded(&rq, list(a, "127.0.0.1", "10.0.0.0/8"));
    CHECK_STR(S("203.0.113.5"), rq.peer);
    rq = request(a, "127.0.0.1", "198.51.100.1, junk, 10.0.0.7");
    http_peer_forwarded(&rq, list(a, "127.0.0.1", "10.0.0.0/8"));
    CHECK_STR(S("10.0.0.7"), rq.peer);
    rq = request(a, "127.0.0.1", "junk");
    http_peer_forwarded(&rq, list(a, "127.0.0.1", NULL));
    CHECK_STR(S("127.0.0.1"), rq.peer);
}

TEST(two_forwarded_headers_are_one_list)
{
    struct http_request rq = request(a, "127.0.0.1", "203.0.113.5");
    struct http_header v[] = {{S("x-forwarded-for"), S("203.0.113.5")},
                              {S("x-forwarded-for"), S("127.0.0.1")}};
    rq.headers = v;
    rq.nheaders = 2;
    http_peer_forwarded(&rq, list(a, "127.0.0.1", NULL));
    CHECK_STR(S("203.0.113.5"), rq.peer);
}
