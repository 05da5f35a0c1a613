/* api.c - see api.h. */
#include "help/api.h"

#include <stdarg.h>
#include <stdio.h>

struct visitor *api_as(struct stage *st, const char *login)
{
    struct visitor *v = visit_as(st, login);
    v->bearer = v->session;
    v->session = NO_STR;
    return v;
}

struct visitor *api_finder(struct stage *st, str report_id)
{
    struct visitor *v = visit_finder(st, report_id);
    v->bearer = v->session;
    v->session = NO_STR;
    return v;
}

struct page api_get(struct visitor *v, const char *path, ...)
{
    char text[2000];
    va_list ap;
    va_start(ap, path);
    int n = vsnprintf(text, sizeof text, path, ap);
    va_end(ap);
    must(n > 0 && n < (int)sizeof text);
    return visit_url(v, str_copy(v->st->a, str_z(text)));
}

struct page api_post(struct visitor *v, str path, str json)
{
    return visit_raw(v, POST, path, S("application/json"), json, NULL);
}

static struct page send_if(struct visitor *v, enum http_method m, str path, str tag, str json)
{
    if (tag.n == 0)
        return visit_raw(v, m, path, S("application/json"), json, NULL);
    return visit_raw(v, m, path, S("application/json"), json, "if-match", str_to_z(v->st->a, tag),
                     NULL);
}

struct page api_put(struct visitor *v, str path, str tag, str json)
{
    return send_if(v, PUT, path, tag, json);
}

struct page api_post_if(struct visitor *v, str path, str tag, str json)
{
    return send_if(v, POST, path, tag, json);
}

const struct json *page_json(struct arena *a, struct page p)
{
    const struct json *j = NULL;
    struct json_error bad;
    if (json_read(a, p.body, &j, &bad) != OK)
        (void)printf("no JSON: %d %.*s\n", p.status, SV(p.body));
    must(j != NULL);
    return j;
}

str page_tag(struct page p)
{
    return http_answer_header(&p.rs, S("ETag"));
}

static str written(struct arena *a, const struct json *j)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    if (j == NULL)
        return NO_STR;
    if (json_is(j, JSON_IS_STRING))
        return json_text(j);
    json_put_json(&o, j);
    return buf_str(&b);
}

str json_path(struct arena *a, struct page p, const char *path)
{
    const struct json *j = page_json(a, p);
    str rest = str_z(path);
    while (rest.n > 0 && j != NULL) {
        str key = str_cut(&rest, '.');
        i64 at;
        if (!json_is(j, JSON_IS_ARRAY))
            j = json_get(j, key);
        else
            j = str_i64(key, &at) && (size_t)at < json_count(j) ? json_at(j, (size_t)at) : NULL;
    }
    return written(a, j);
}

str page_errors(struct arena *a, struct page p)
{
    const struct json *errors = json_get(page_json(a, p), S("errors"));
    buf b = {.a = a};
    for (size_t i = 0; i < json_count(errors); i++) {
        const struct json *e = json_at(errors, i);
        buf_putf(&b, "%s%.*s %.*s", i ? "; " : "", SV(json_get_text(e, S("field"))),
                 SV(json_get_text(e, S("code"))));
    }
    return b.n ? buf_str(&b) : S("");
}
