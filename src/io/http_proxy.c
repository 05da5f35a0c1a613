/* http_proxy.c - see http_proxy.h. */
#include "io/http_proxy.h"

#include "formats/certificate.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/* Any address as IPv6; IPv4 as ::ffff:a.b.c.d. */
struct address {
    unsigned char b[16];
};
static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};

static bool parse(str s, struct address *out)
{
    char text[INET6_ADDRSTRLEN];
    if (s.n == 0 || s.n >= sizeof text)
        return false;
    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    if (inet_pton(AF_INET6, text, out->b) == 1)
        return true;
    memcpy(out->b, mapped, sizeof mapped);
    return inet_pton(AF_INET, text, out->b + sizeof mapped) == 1;
}

static bool is_mapped(const unsigned char *b)
{
    return memcmp(b, mapped, sizeof mapped) == 0;
}

static void put_text(const unsigned char *b, char out[HTTP_PEER_SIZE])
{
    bool four = is_mapped(b);
    const char *text = four ? inet_ntop(AF_INET, b + 12, out, HTTP_PEER_SIZE)
                            : inet_ntop(AF_INET6, b, out, HTTP_PEER_SIZE);
    must(text != NULL);
}

void http_peer_text(const struct sockaddr *addr, char out[HTTP_PEER_SIZE])
{
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    struct address x = {0};
    memcpy(x.b, mapped, sizeof mapped);
    if (addr->sa_family == AF_INET) {
        memcpy(&in, addr, sizeof in);
        memcpy(x.b + sizeof mapped, &in.sin_addr, 4);
    } else if (addr->sa_family == AF_INET6) {
        memcpy(&in6, addr, sizeof in6);
        memcpy(x.b, &in6.sin6_addr, 16);
    } else {
        memcpy(out, "unix", 5);
        return;
    }
    put_text(x.b, out);
}

/* An address, or a network with the bits of its prefix counted in IPv6. */
static bool parse_net(str s, struct address *net, size_t *bits)
{
    str rest = s;
    str head = str_cut(&rest, '/');
    i64 n;
    *bits = 128;
    if (!parse(head, net))
        return false;
    if (head.n == s.n)
        return true;
    size_t base = str_find_char(head, ':') < 0 ? 96 : 0;
    if (!str_i64(rest, &n) || n > (i64)(128 - base))
        return false;
    *bits = base + (size_t)n;
    return true;
}

static bool in_net(const struct address *x, const struct address *net, size_t bits)
{
    size_t bytes = bits / 8;
    if (memcmp(x->b, net->b, bytes) != 0)
        return false;
    if (bits % 8 == 0)
        return true;
    unsigned mask = 0xff00u >> (bits % 8) & 0xff;
    return ((x->b[bytes] ^ net->b[bytes]) & mask) == 0;
}

bool http_peer_in(str peer, struct strs list)
{
    struct address x, net;
    size_t bits;
    bool is_address = parse(peer, &x);
    for (size_t i = 0; i < list.n; i++) {
        if (!is_address && str_eq(peer, list.v[i]))
            return true;
        if (is_address && parse_net(list.v[i], &net, &bits) && in_net(&x, &net, bits))
            return true;
    }
    return false;
}

bool http_peers_ok(struct strs list)
{
    struct address net;
    size_t bits;
    for (size_t i = 0; i < list.n; i++)
        if (!str_eq(list.v[i], S("unix")) && !parse_net(list.v[i], &net, &bits))
            return false;
    return true;
}

/* The element that *list ends with, taken off it. */
static str cut_last(str *list)
{
    size_t at = list->n;
    while (at > 0 && list->p[at - 1] != ',')
        at--;
    str last = str_trim(str_from(*list, at));
    list->n = at > 0 ? at - 1 : 0;
    return last;
}

/* Walks one header's addresses from the end; true: the client is found, or nothing more can be
 * believed. */
static bool walk(str list, struct strs trusted, struct address *found, bool *any)
{
    while (list.n > 0) {
        struct address x;
        str text = cut_last(&list);
        if (!parse(text, &x))
            return true;
        *found = x;
        *any = true;
        if (!http_peer_in(text, trusted))
            return true;
    }
    return false;
}

static bool is_id(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && c != '-')
            return false;
    }
    return s.n >= 8 && s.n <= 64;
}

void http_peer_forwarded(struct http_request *rq, struct strs trusted)
{
    struct address client;
    bool any = false;
    if (!http_peer_in(rq->peer, trusted))
        return;
    for (size_t i = rq->nheaders; i > 0; i--)
        if (str_eq(rq->headers[i - 1].name, S("x-forwarded-for")) &&
            walk(rq->headers[i - 1].value, trusted, &client, &any))
            break;
    if (any) {
        char *text = NEWS(rq->a, char, HTTP_PEER_SIZE);
        put_text(client.b, text);
        rq->peer = str_z(text);
    }
    rq->tls = str_eq_nocase(http_header(rq, S("x-forwarded-proto")), S("https"));
    str id = http_header(rq, S("x-request-id"));
    if (is_id(id))
        rq->id = id;
}

/* The value of the only header of that name; absent: none, or several. */
static str only(const struct http_request *rq, str name)
{
    str value = NO_STR;
    size_t n = 0;
    for (size_t i = 0; i < rq->nheaders; i++)
        if (str_eq(rq->headers[i].name, name)) {
            value = rq->headers[i].value;
            n++;
        }
    return n == 1 ? value : NO_STR;
}

void http_peer_certificate(struct http_request *rq, bool trusted, str name)
{
    str verify = str_join(rq->a, name, S("-verify")), said = only(rq, name);
    bool verified = str_eq(only(rq, verify), S("SUCCESS"));
    struct http_header *kept = NEWS(rq->a, struct http_header, rq->nheaders + 1);
    size_t n = 0;
    rq->certificate = NO_STR;
    if (trusted && verified && !certificate_fingerprint(rq->a, said, &rq->certificate))
        rq->certificate = NO_STR;
    for (size_t i = 0; i < rq->nheaders; i++)
        if (!str_eq(rq->headers[i].name, name) && !str_eq(rq->headers[i].name, verify))
            kept[n++] = rq->headers[i];
    rq->headers = kept;
    rq->nheaders = n;
}
