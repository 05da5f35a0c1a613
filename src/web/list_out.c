/* list_out.c - see list_out.h. */
#include "web/list_out.h"

enum list_format list_format_of(const struct request *rq)
{
    str path = rq->http->path;
    return str_has_suffix(path, S(".csv"))    ? LIST_CSV
           : str_has_suffix(path, S(".json")) ? LIST_JSON
                                              : LIST_HTML;
}

static void csv_cell(struct list_out *l, str s)
{
    buf *b = &l->an->raw;
    bool quote = false;
    if (l->at > 0)
        buf_char(b, ',');
    if (s.n > 0 && str_find_char(S("=+-@\t\r"), s.p[0]) >= 0)
        s = str_join(l->cx->a, S("'"), s);
    for (size_t i = 0; i < s.n; i++)
        quote |= str_find_char(S(",\"\r\n"), s.p[i]) >= 0;
    if (!quote) {
        buf_put(b, s);
        return;
    }
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_char(b, '"');
        buf_char(b, s.p[i]);
    }
    buf_char(b, '"');
}

void list_begin(struct list_out *l, struct ctx *cx, struct reply *an, enum list_format f,
                const char *filename, const char *const *columns)
{
    *l = (struct list_out){.cx = cx, .an = an, .columns = columns, .format = f};
    l->json.b = &an->raw;
    an->content_type =
        f == LIST_CSV ? S("text/csv; charset=utf-8; header=present") : S("application/json");
    str name =
        str_fmt(cx->a, "attachment; filename=\"%s.%s\"", filename, f == LIST_CSV ? "csv" : "json");
    http_put((struct http_request *)(uintptr_t)an->http, an->rs, S("Content-Disposition"), name);
    if (f == LIST_JSON) {
        json_put_object(&l->json);
        json_put_key(&l->json, S("items"));
        json_put_array(&l->json);
        return;
    }
    buf_put(&an->raw, S("\xEF\xBB\xBF"));
    for (size_t i = 0; columns[i] != NULL; i++)
        buf_putf(&an->raw, "%s%s", i ? "," : "", columns[i]);
    buf_put(&an->raw, S("\r\n"));
}

static void before_cell(struct list_out *l)
{
    if (l->format != LIST_JSON)
        return;
    if (l->at == 0)
        json_put_object(&l->json);
    json_put_key(&l->json, str_z(l->columns[l->at]));
}

static void after_cell(struct list_out *l)
{
    if (l->columns[++l->at] != NULL)
        return;
    l->at = 0;
    if (l->format == LIST_JSON)
        json_put_end(&l->json);
    else
        buf_put(&l->an->raw, S("\r\n"));
}

void list_text(struct list_out *l, str s)
{
    before_cell(l);
    if (l->format == LIST_JSON)
        json_put_str(&l->json, s);
    else
        csv_cell(l, s);
    after_cell(l);
}

void list_number(struct list_out *l, i64 n)
{
    before_cell(l);
    if (l->format == LIST_JSON)
        json_put_i64(&l->json, n);
    else
        buf_putf(&l->an->raw, "%s%lld", l->at ? "," : "", (long long)n);
    after_cell(l);
}

void list_instant(struct list_out *l, opt_i64 at)
{
    list_text(l, at.is ? time_rfc3339(l->cx->a, at.v, l->cx->zone) : NO_STR);
}

void list_bool(struct list_out *l, bool is)
{
    before_cell(l);
    if (l->format == LIST_JSON)
        json_put_bool(&l->json, is);
    else
        buf_putf(&l->an->raw, "%s%s", l->at ? "," : "", is ? "true" : "false");
    after_cell(l);
}

void list_end(struct list_out *l, str next, i64 total)
{
    if (l->format != LIST_JSON)
        return;
    json_put_end(&l->json);
    json_put_member(&l->json, S("next"), next);
    json_put_member_i64(&l->json, S("total"), total);
    json_put_end(&l->json);
}
