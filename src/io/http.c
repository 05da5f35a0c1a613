/* http.c - see http.h. */
#include "io/http.h"

#include "io/http_head.h"

str http_header(const struct http_request *rq, str name)
{
    for (size_t i = 0; i < rq->nheaders; i++)
        if (str_eq(rq->headers[i].name, name))
            return rq->headers[i].value;
    return NO_STR;
}

static bool is_engines(str name)
{
    static const str names[] = {S_INIT("date"), S_INIT("content-length"), S_INIT("connection"),
                                S_INIT("transfer-encoding"), S_INIT("keep-alive")};
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq_nocase(names[i], name))
            return true;
    return false;
}

void http_put(struct http_request *rq, struct http_response *rs, str name, str value)
{
    must(http_is_token(name) && !is_engines(name));
    must(http_is_field_value(value));
    *PUSH(rq->a, &rs->headers) = (struct http_header){name, value};
}

str http_answer_header(const struct http_response *rs, str name)
{
    for (size_t i = 0; i < rs->headers.n; i++)
        if (str_eq_nocase(rs->headers.v[i].name, name))
            return rs->headers.v[i].value;
    return NO_STR;
}

struct http_response http_response_new(struct arena *a)
{
    return (struct http_response){.status = HTTP_OK, .out = {.a = a}, .fd = -1};
}

/* The opaque part, quotes included: weak comparison ignores the W/. */
static str tag_of(str s)
{
    return str_has_prefix(s, S("W/")) ? str_from(s, 2) : s;
}

/* The tag that *rest begins with, taken off it together with the comma; tags may hold commas. */
static str next_tag(str *rest)
{
    str s = tag_of(str_trim(*rest));
    ptrdiff_t end = s.n > 1 && s.p[0] == '"' ? str_find_char(str_from(s, 1), '"') : -1;
    if (end < 0) {
        *rest = NO_STR;
        return NO_STR;
    }
    str tag = str_sub(s, 0, (size_t)end + 2);
    *rest = str_from(s, (size_t)end + 2);
    (void)str_cut(rest, ',');
    return tag;
}

bool http_not_modified(str if_none_match, str etag)
{
    if (if_none_match.n == 0 || etag.n == 0)
        return false;
    if (str_eq(str_trim(if_none_match), S("*")))
        return true;
    for (str rest = if_none_match; rest.n > 0;) {
        str tag = next_tag(&rest);
        if (tag.n > 0 && str_eq(tag, tag_of(etag)))
            return true;
    }
    return false;
}
