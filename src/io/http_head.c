/* http_head.c - see http_head.h. */
#include "io/http_head.h"

#include "base/utf8.h"

#include <string.h>

/* RFC 9110 section 5.6.2 */
static bool is_tchar(unsigned char c)
{
    static const char others[128] = {
        ['!'] = 1, ['#'] = 1, ['$'] = 1, ['%'] = 1, ['&'] = 1, ['*'] = 1,  ['+'] = 1, ['-'] = 1,
        ['.'] = 1, ['^'] = 1, ['_'] = 1, ['`'] = 1, ['|'] = 1, ['\''] = 1, ['~'] = 1};
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9') ||
           (c < 128 && others[c]);
}

bool http_is_token(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_tchar((unsigned char)s.p[i]))
            return false;
    return s.n > 0;
}

bool http_is_field_value(str s)
{
    bool ascii = true;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
        ascii = ascii && c < 0x80;
    }
    return ascii || utf8_valid(s);
}

/* Fields that decide something: a second one would be read by some and not by others. */
static bool is_single(str name)
{
    static const str names[] = {
        S_INIT("host"),
        S_INIT("content-length"),
        S_INIT("transfer-encoding"),
        S_INIT("content-type"),
        S_INIT("authorization"),
        S_INIT("cookie"),
        S_INIT("expect"),
        S_INIT("origin"),
        S_INIT("referer"),
        S_INIT("if-match"),
        S_INIT("if-none-match"),
        S_INIT("idempotency-key"),
        S_INIT("x-csrf-token"),
        S_INIT("range"),
        S_INIT("content-encoding"),
        S_INIT("x-request-id"),
        S_INIT("user-agent"),
        S_INIT("x-forwarded-proto"),
        S_INIT("proxy-connection"),
        S_INIT("upgrade"),
    };
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

static bool has_field(const struct http_head *head, str name)
{
    for (size_t i = 0; i < head->nfields; i++)
        if (str_eq_nocase(head->fields[i].name, name))
            return true;
    return false;
}

/* OPTIONS is for browsers that ask for a page of another origin, and for nothing else. */
static bool is_preflight(const struct http_head *head)
{
    return str_eq(head->method, S("OPTIONS")) && has_field(head, S("origin")) &&
           has_field(head, S("access-control-request-method"));
}

static int read_method(const struct http_head *head, struct http_request *rq)
{
    static const str names[OPTIONS] = {
        [GET] = S_INIT("GET"), [HEAD] = S_INIT("HEAD"),   [POST] = S_INIT("POST"),
        [PUT] = S_INIT("PUT"), [PATCH] = S_INIT("PATCH"), [DELETE] = S_INIT("DELETE"),
    };
    str m = head->method;
    if (is_preflight(head)) {
        rq->method = OPTIONS;
        return 0;
    }
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(names[i], m)) {
            rq->head = i == HEAD;
            rq->method = rq->head ? GET : (enum http_method)i;
            return 0;
        }
    if (!http_is_token(m))
        return HTTP_BAD_REQUEST;
    bool known = str_eq(m, S("OPTIONS")) || str_eq(m, S("TRACE")) || str_eq(m, S("CONNECT"));
    return known ? HTTP_METHOD_NOT_ALLOWED : HTTP_NOT_IMPLEMENTED;
}

static int read_fields(const struct http_header *fields, size_t n, struct arena *a,
                       struct http_header *out)
{
    for (size_t i = 0; i < n; i++) {
        if (!http_is_token(fields[i].name) || !http_is_field_value(fields[i].value))
            return HTTP_BAD_REQUEST;
        if (fields[i].value.n > HTTP_FIELD_MAX)
            return HTTP_HEADERS_TOO_LARGE;
        out[i] = (struct http_header){str_lower(a, fields[i].name),
                                      str_copy(a, str_trim(fields[i].value))};
        if (!is_single(out[i].name))
            continue;
        for (size_t j = 0; j < i; j++)
            if (str_eq(out[j].name, out[i].name))
                return HTTP_BAD_REQUEST;
    }
    return 0;
}

static int read_framing(const struct http_request *rq, bool old, struct http_framing *out)
{
    str length = http_header(rq, S("content-length"));
    str encoding = http_header(rq, S("transfer-encoding"));
    *out = (struct http_framing){0};
    if (encoding.p != NULL) {
        if (length.p != NULL || old)
            return HTTP_BAD_REQUEST;
        out->length = -1;
        return str_eq_nocase(encoding, S("chunked")) ? 0 : HTTP_NOT_IMPLEMENTED;
    }
    return length.p == NULL || str_i64(length, &out->length) ? 0 : HTTP_BAD_REQUEST;
}

static int read_expect(const struct http_request *rq, bool old, struct http_framing *out)
{
    str expect = http_header(rq, S("expect"));
    if (expect.p == NULL || old)
        return 0;
    out->expects = str_eq_nocase(expect, S("100-continue"));
    return out->expects ? 0 : HTTP_EXPECTATION_FAILED;
}

static int read_host(struct http_request *rq, bool old)
{
    str host = http_header(rq, S("host"));
    if (host.p == NULL) {
        rq->host = S("");
        return old ? 0 : HTTP_BAD_REQUEST;
    }
    if (!http_is_host(host))
        return HTTP_BAD_REQUEST;
    rq->host = str_lower(rq->a, host);
    return 0;
}

static int read_line(const struct http_head *head, struct http_request *rq)
{
    if (!str_eq(head->version, S("HTTP/1.1")) && !str_eq(head->version, S("HTTP/1.0")))
        return HTTP_VERSION_UNSUPPORTED;
    if (head->target.n > HTTP_TARGET_MAX)
        return HTTP_URI_TOO_LONG;
    int status = read_method(head, rq);
    if (status != 0)
        return status;
    return http_target_read(rq->a, head->target, &rq->path, &rq->query) ? 0 : HTTP_BAD_REQUEST;
}

int http_head_read(const struct http_head *head, struct http_request *rq, struct http_framing *out)
{
    bool old = str_eq(head->version, S("HTTP/1.0"));
    int status = read_line(head, rq);
    if (status != 0)
        return status;
    if (head->nfields > HTTP_FIELDS_MAX)
        return HTTP_HEADERS_TOO_LARGE;
    struct http_header *fields = NEWS(rq->a, struct http_header, head->nfields + 1);
    status = read_fields(head->fields, head->nfields, rq->a, fields);
    if (status != 0)
        return status;
    rq->headers = fields;
    rq->nheaders = head->nfields;
    status = read_host(rq, old);
    if (status == 0)
        status = read_framing(rq, old, out);
    return status != 0 ? status : read_expect(rq, old, out);
}

static bool is_forbidden_trailer(str name)
{
    static const str names[] = {S_INIT("trailer"), S_INIT("te"), S_INIT("connection"),
                                S_INIT("set-cookie"), S_INIT("forwarded")};
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(names[i], name))
            return true;
    return is_single(name) || str_has_prefix(name, S("x-forwarded")) ||
           str_has_prefix(name, S("content-"));
}

bool http_trailer_is_harmless(struct arena *a, const struct http_header *fields, size_t n)
{
    if (n > HTTP_FIELDS_MAX)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!http_is_token(fields[i].name) || !http_is_field_value(fields[i].value) ||
            is_forbidden_trailer(str_lower(a, fields[i].name)))
            return false;
    return true;
}
