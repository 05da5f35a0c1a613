/* fetch.c - see fetch.h: the side of the server, and which addresses are public. */
#include "io/fetch_wire.h"

#include "base/fields.h"
#include "io/effects.h"

#include <netinet/in.h>
#include <string.h>

/* --- bytes ------------------------------------------------------------------------------------ */

str fetch_request_write(struct arena *a, const struct fetch_request *rq)
{
    buf b = {.a = a};
    fields_put(&b, rq->method);
    fields_put(&b, rq->url);
    fields_put(&b, rq->body);
    fields_put_i64(&b, (i64)rq->most);
    fields_put_i64(&b, (i64)rq->nheaders);
    for (size_t i = 0; i < rq->nheaders; i++) {
        fields_put(&b, rq->headers[i].name);
        fields_put(&b, rq->headers[i].value);
        fields_put_i64(&b, rq->headers[i].closed);
    }
    return buf_str(&b);
}

bool fetch_request_read(struct arena *a, str bytes, struct fetch_request *out)
{
    enum { MOST = 32 };
    i64 n, most, closed;
    *out = (struct fetch_request){0};
    if (!fields_take(&bytes, &out->method) || !fields_take(&bytes, &out->url) ||
        !fields_take(&bytes, &out->body) || !fields_take_i64(&bytes, INT64_MIN, INT64_MAX, &most) ||
        !fields_take_i64(&bytes, 0, MOST, &n))
        return false;
    out->most = most <= 0 ? FETCH_BODY_MAX : most > FETCH_MOST ? FETCH_MOST : (size_t)most;
    struct fetch_header *all = NEWS(a, struct fetch_header, (size_t)n + 1);
    for (i64 i = 0; i < n; i++) {
        if (!fields_take(&bytes, &all[i].name) || !fields_take(&bytes, &all[i].value) ||
            !fields_take_i64(&bytes, 0, 1, &closed))
            return false;
        all[i].closed = closed != 0;
    }
    out->headers = all;
    out->nheaders = (size_t)n;
    return bytes.n == 0;
}

void fetch_answer_put(buf *b, const struct fetch_answer *an)
{
    fields_put_i64(b, an->outcome);
    fields_put_i64(b, an->status);
    fields_put_i64(b, an->retry_after);
    fields_put(b, an->type);
    fields_put(b, an->why);
    fields_put(b, an->location);
    fields_put(b, an->type_whole);
    fields_put(b, an->allows);
    fields_put(b, an->body);
}

bool fetch_answer_read(str bytes, struct fetch_answer *out)
{
    i64 outcome;
    *out = (struct fetch_answer){0};
    if (!fields_take_i64(&bytes, 0, FETCH_LOST, &outcome) ||
        !fields_take_i64(&bytes, INT64_MIN, INT64_MAX, &out->status) ||
        !fields_take_i64(&bytes, INT64_MIN, INT64_MAX, &out->retry_after) ||
        !fields_take(&bytes, &out->type) || !fields_take(&bytes, &out->why) ||
        !fields_take(&bytes, &out->location) || !fields_take(&bytes, &out->type_whole) ||
        !fields_take(&bytes, &out->allows) || !fields_take(&bytes, &out->body))
        return false;
    out->outcome = (enum fetch_outcome)outcome;
    return bytes.n == 0;
}

enum err fetch(struct effects *e, struct arena *a, struct fault *f, const struct fetch_request *rq,
               i64 timeout_ms, struct fetch_answer *out)
{
    str bytes;
    TRY(effects_run(e, a, f, S("fetch"), fetch_request_write(a, rq), timeout_ms, &bytes));
    return fetch_answer_read(bytes, out) ? OK : fault_set(f, E_IO, "fetch: no answer to read");
}

bool fetch_is_redirect(i64 status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

str fetch_secret(struct arena *a, str base, str secret)
{
    return str_fmt(a, "%.*s\n%.*s", SV(base), SV(secret));
}

/* --- addresses -------------------------------------------------------------------------------- */

/* IANA's special-purpose registries, as of 2026: what is not globally reachable. */
static const struct {
    uint32_t net;
    unsigned bits;
} closed4[] = {
    {0x00000000, 8},  {0x0a000000, 8},  {0x64400000, 10}, {0x7f000000, 8},  {0xa9fe0000, 16},
    {0xac100000, 12}, {0xc0000000, 24}, {0xc0000200, 24}, {0xc0586300, 24}, {0xc0a80000, 16},
    {0xc6120000, 15}, {0xc6336400, 24}, {0xcb007100, 24}, {0xe0000000, 4},  {0xf0000000, 4},
};

static bool is_public4(uint32_t ip)
{
    for (size_t i = 0; i < COUNT(closed4); i++)
        if ((ip ^ closed4[i].net) >> (32 - closed4[i].bits) == 0)
            return false;
    return true;
}

static uint32_t four(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Of 2000::/3 alone, and there not what is for documents, tunnels or tests; an IPv4 address
 * inside has to be public itself. */
static bool is_public6(const unsigned char *p)
{
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    static const unsigned char nat64[12] = {0x00, 0x64, 0xff, 0x9b};
    if (memcmp(p, mapped, sizeof mapped) == 0 || memcmp(p, nat64, sizeof nat64) == 0)
        return is_public4(four(p + 12));
    if (p[0] == 0x20 && p[1] == 0x02) /* 6to4 */
        return is_public4(four(p + 2));
    if (p[0] == 0x20 && p[1] == 0x01 && (p[2] < 0x02 || (p[2] == 0x0d && p[3] == 0xb8)))
        return false; /* 2001::/23, 2001:db8::/32 */
    if (p[0] == 0x3f && p[1] == 0xff && p[2] < 0x10)
        return false; /* 3fff::/20 */
    return (p[0] & 0xe0) == 0x20;
}

static uint32_t ip4(const struct sockaddr *address)
{
    struct sockaddr_in in;
    memcpy(&in, address, sizeof in);
    return ntohl(in.sin_addr.s_addr);
}

static struct in6_addr ip6(const struct sockaddr *address)
{
    struct sockaddr_in6 in;
    memcpy(&in, address, sizeof in);
    return in.sin6_addr;
}

bool fetch_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return is_public4(ip4(address));
    return address->sa_family == AF_INET6 && is_public6(ip6(address).s6_addr);
}

bool fetch_is_loopback(const struct sockaddr *address)
{
    static const struct in6_addr own = IN6ADDR_LOOPBACK_INIT;
    if (address->sa_family == AF_INET)
        return ip4(address) >> 24 == 127;
    const struct in6_addr in = ip6(address);
    return address->sa_family == AF_INET6 && memcmp(&in, &own, sizeof own) == 0;
}
