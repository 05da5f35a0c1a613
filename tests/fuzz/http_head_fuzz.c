/* http_head_fuzz.c - any bytes as a request head: what is let through is what http.h promises.
 *
 * The first line is method, target and version, the others are fields. */
#include "base/utf8.h"
#include "io/http_head.h"
#include "io/http_proxy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* Another decoder than the guard's: it may believe that each escape is whole. */
static str decoded(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '%') {
            must(i + 2 < s.n);
            buf_char(&b, (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2])));
            i += 2;
        } else {
            buf_char(&b, s.p[i]);
        }
    }
    return buf_str(&b);
}

static void check_path(struct arena *a, str path)
{
    must(path.n > 0 && path.n <= HTTP_TARGET_MAX && path.p[0] == '/');
    for (size_t i = 0; i < path.n; i++)
        must(path.p[i] > ' ' && path.p[i] < 0x7f);
    str s = decoded(a, path);
    must(utf8_valid(s));
    must(str_find_char(s, '\0') < 0 && str_find_char(s, '\n') < 0 && str_find_char(s, '\\') < 0);
    must(str_find(s, S("//")) < 0 && str_find(s, S("/../")) < 0 && str_find(s, S("/./")) < 0);
    must(!str_has_suffix(s, S("/..")) && !str_has_suffix(s, S("/.")));
}

static void check_fields(const struct http_request *rq, bool refused)
{
    size_t lengths = 0, hosts = 0, encodings = 0;
    for (size_t i = 0; i < rq->nheaders; i++) {
        str name = rq->headers[i].name, value = rq->headers[i].value;
        must(http_is_token(name) && http_is_field_value(value) && utf8_valid(value));
        must(str_eq(str_trim(value), value));
        for (size_t j = 0; j < name.n; j++)
            must(name.p[j] < 'A' || name.p[j] > 'Z');
        lengths += str_eq(name, S("content-length"));
        hosts += str_eq(name, S("host"));
        encodings += str_eq(name, S("transfer-encoding"));
    }
    must(lengths <= 1 && encodings <= 1 && hosts <= 1);
    must(refused || lengths + encodings <= 1);
}

static void check(struct arena *a, const struct http_head *head)
{
    struct http_request rq = {.a = a, .peer = S("10.0.0.1"), .id = S("x")};
    struct http_framing framing;
    static const str nets[] = {S_INIT("10.0.0.0/8"), S_INIT("2001:db8::/32")};
    int status = http_head_read(head, &rq, &framing);
    must(status == 0 || (status >= 400 && status <= 505));
    if (rq.path.p != NULL)
        check_path(a, rq.path);
    if (rq.headers != NULL) {
        check_fields(&rq, status != 0);
        http_peer_forwarded(&rq, (struct strs){nets, COUNT(nets)});
        must(rq.peer.n >= 2 && rq.peer.n < HTTP_PEER_SIZE && rq.id.n <= 64);
    }
    if (status == 0) {
        must(framing.length >= -1);
        must(rq.host.n == 0 || http_is_host(rq.host));
        must(rq.host.n > 0 || str_eq(head->version, S("HTTP/1.0")));
    }
    (void)http_not_modified(http_header(&rq, S("if-none-match")), S("W/\"a\""));
    (void)http_trailer_is_harmless(a, head->fields, head->nfields);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct {
        VEC(struct http_header)
    } fields = {0};
    str rest = {(const char *)data, size};
    str line = str_cut(&rest, '\n');
    struct http_head head = {.method = str_cut(&line, ' '), .target = str_cut(&line, ' ')};
    head.version = line;
    while (rest.n > 0) {
        str value = str_cut(&rest, '\n');
        str name = str_cut(&value, ':');
        *PUSH(a, &fields) = (struct http_header){name, value};
    }
    head.fields = fields.v;
    head.nfields = fields.n;
    check(a, &head);
    arena_free(a);
    return 0;
}
