/* http_proxy_test.c - addresses, and whom to believe. */
#include "formats/certificate.h"
#include "formats/percent.h"
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

/* --- client certificates ------------------------------------------------------------------------ */

/* Made by `openssl req -x509`; its SHA-256 is what `openssl x509 -fingerprint -sha256` says. */
static const char pem[] = "-----BEGIN CERTIFICATE-----\n"
                          "MIIBdzCCAR2gAwIBAgIUfofupeQ7idj/u7Fp1VWJoRlTw5IwCgYIKoZIzj0EAwIw\n"
                          "EDEOMAwGA1UEAwwFZmVlZHMwIBcNMjYxMTIyMTUyMjQzWhgPMjEyNjEwMjkxNTIy\n"
                          "NDNaMBAxDjAMBgNVBAMMBWZlZWRzMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
                          "lgVjB1JiNdNeFhfkFkGT52+d60xIstAkvOifyPYhUJ0WL4PD5/U+2a2Wy0a8w1Jf\n"
                          "IsBtY/ipNkinarxrauULH6NTMFEwHQYDVR0OBBYEFLsWJCsOh3It/a5PYD6zZDaA\n"
                          "VkTFMB8GA1UdIwQYMBaAFLsWJCsOh3It/a5PYD6zZDaAVkTFMA8GA1UdEwEB/wQF\n"
                          "MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgMODtjdACegs2+866onL9GAvgS3YSUYd9\n"
                          "j66SgJJNuo8CIQC4n7mXOnWPObZqmhrb8JleQotRbFWWxhqMBde9bOXR4A==\n"
                          "-----END CERTIFICATE-----\n";
#define SHA256 "836012d5d84b2fc6348bc0037a8042b518c40a223d1329f426dad1be53f85f94"

static str escaped(struct arena *a)
{
    buf b = {.a = a};
    percent_put(&b, str_z(pem));
    return buf_str(&b);
}

/* What a proxy's headers make of a request; the headers that are left in *left. */
static str certificate_of(struct arena *a, bool trusted, const char *verify, str value,
                          size_t *left)
{
    struct http_header v[] = {
        {S("host"), S("x.example")}, {S("x-cert"), value}, {S("x-cert-verify"), str_z(verify)}};
    struct http_request rq = {.a = a, .headers = v, .nheaders = 3, .certificate = S("theirs")};
    http_peer_certificate(&rq, trusted, S("x-cert"));
    *left = rq.nheaders;
    CHECK_STR(S("x.example"), rq.headers[0].value);
    return rq.certificate.p != NULL ? rq.certificate : S("none");
}

TEST(a_certificate_is_what_a_trusted_proxy_verified_and_nobody_else_says)
{
    size_t left;
    CHECK_STR(S(SHA256), certificate_of(a, true, "SUCCESS", escaped(a), &left));
    CHECK_I64(1, (i64)left);
    CHECK_STR(S(SHA256), certificate_of(a, true, "SUCCESS", S(SHA256), &left));
    CHECK_STR(S("none"), certificate_of(a, false, "SUCCESS", escaped(a), &left));
    CHECK_I64(1, (i64)left);
    CHECK_STR(S("none"), certificate_of(a, true, "FAILED:self-signed", escaped(a), &left));
    CHECK_STR(S("none"), certificate_of(a, true, "NONE", S(""), &left));
    CHECK_STR(S("none"), certificate_of(a, true, "SUCCESS", S("junk"), &left));
    struct http_header twice[] = {
        {S("x-cert"), S(SHA256)}, {S("x-cert"), escaped(a)}, {S("x-cert-verify"), S("SUCCESS")}};
    struct http_request rq = {.a = a, .headers = twice, .nheaders = 3};
    http_peer_certificate(&rq, true, S("x-cert"));
    CHECK(rq.certificate.p == NULL);
    CHECK_I64(0, (i64)rq.nheaders);
}

TEST(a_certificate_has_one_fingerprint_however_it_is_written)
{
    static const char no_certificate[] =
        "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
    static const char *const wrong[] = {"",
                                        "-----BEGIN CERTIFICATE-----",
                                        "83:60:12",
                                        "%2",
                                        "-----BEGIN CERTIFICATE----------END CERTIFICATE-----",
                                        no_certificate};
    str upper = S("83:60:12:D5:D8:4B:2F:C6:34:8B:C0:03:7A:80:42:B5:18:C4:0A:22:3D:13:29:F4:26:DA:"
                  "D1:BE:53:F8:5F:94");
    str out, whole = str_z(pem);
    CHECK(certificate_fingerprint(a, whole, &out));
    CHECK_STR(S(SHA256), out);
    CHECK(certificate_fingerprint(a, upper, &out));
    CHECK_STR(S(SHA256), out);
    CHECK(!certificate_fingerprint(a, str_join(a, whole, whole), &out)); /* two are none */
    for (size_t i = 0; i < COUNT(wrong); i++)
        CHECK(!certificate_fingerprint(a, str_z(wrong[i]), &out));
}
