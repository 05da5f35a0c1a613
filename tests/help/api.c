/* api.c - see api.h. */
#include "help/api.h"

#include "help/schema.h"
#include "web/api_doc.h"
#include "web/route.h"

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

static bool same_place(str pattern, str path)
{
    while (pattern.n > 0 && path.n > 0) {
        str x = str_cut(&pattern, '/'), y = str_cut(&path, '/');
        if (!str_eq(x, y) && (x.n == 0 || x.p[0] != '{'))
            return false;
    }
    return pattern.n == 0 && path.n == 0;
}

/* Patterns without a place go before: /reports/fields is not a report. */
static str described_path(const struct json *paths, str path)
{
    str best = NO_STR;
    for (size_t i = 0; i < json_count(paths); i++)
        if (same_place(json_key(paths, i), path) &&
            (best.p == NULL || str_find_char(json_key(paths, i), '{') < 0))
            best = json_key(paths, i);
    return best;
}

/* What came must be what openapi.json says that comes. */
static struct page checked(struct visitor *v, enum http_method m, str target, struct page p)
{
    static const str methods[METHOD_COUNT] = {
        [GET] = S_INIT("get"),     [POST] = S_INIT("post"),     [PUT] = S_INIT("put"),
        [PATCH] = S_INIT("patch"), [DELETE] = S_INIT("delete"), [OPTIONS] = S_INIT("options")};
    struct arena *a = arena_new();
    const struct json *root, *value;
    struct json_error bad;
    str path = str_cut(&target, '?'), text = openapi_json(a, v->st->app->public_url);
    must(json_read(a, text, &root, &bad) == OK);
    path = described_path(json_get(root, S("paths")), path);
    const struct json *schema = schema_of_answer(a, root, path, methods[m], p.status);
    if (p.status >= 400)
        schema = schema_ref(root, S("#/components/schemas/Problem"));
    if (schema != NULL) {
        must(json_read(a, p.body, &value, &bad) == OK);
        str finding = schema_finding(a, root, schema, value);
        if (finding.n > 0)
            (void)printf("%.*s %d: %.*s\n", SV(path), p.status, SV(finding));
        must(finding.n == 0);
    } else if (p.status < 300 && p.status != HTTP_NO_CONTENT) {
        (void)printf("%.*s: no answer %d is described\n", SV(path), p.status);
        must(json_get(root, S("paths")) == NULL || path.n == 0 ||
             str_find(path, S("openapi")) > 0 || str_find(path, S("process")) > 0 ||
             str_find(path, S("files")) > 0);
    }
    arena_free(a);
    return p;
}

struct page api_get_url(struct visitor *v, str path)
{
    return checked(v, GET, path, visit_url(v, path));
}

struct page api_get(struct visitor *v, const char *path, ...)
{
    char text[2000];
    va_list ap;
    va_start(ap, path);
    int n = vsnprintf(text, sizeof text, path, ap);
    va_end(ap);
    must(n > 0 && n < (int)sizeof text);
    return api_get_url(v, str_copy(v->st->a, str_z(text)));
}

static struct page send_if(struct visitor *v, enum http_method m, str path, str tag, str json)
{
    if (tag.n == 0)
        return visit_raw(v, m, path, S("application/json"), json, NULL);
    return visit_raw(v, m, path, S("application/json"), json, "if-match", str_to_z(v->st->a, tag),
                     NULL);
}

struct page api_post(struct visitor *v, str path, str json)
{
    return send_if(v, POST, path, NO_STR, json);
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
        (void)printf("no JSON: %d %.*s\n", p.status, SV(str_sub(p.body, 0, 300)));
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

struct page api_patch(struct visitor *v, str path, str tag, str json)
{
    return send_if(v, PATCH, path, tag, json);
}
