/* files.c - see files.h. */
#include "web/files.h"

#include "app/reports.h"
#include "base/utf8.h"
#include "formats/percent.h"
#include "web/field.h"
#include "web/parts.h"

/* --- in ----------------------------------------------------------------------------------------- */

static bool came(const struct request *rq, str field)
{
    for (size_t i = 0; i < rq->nfiles; i++)
        if (str_eq(rq->files[i].field, field) && rq->files[i].size > 0)
            return true;
    return false;
}

/* From somebody unknown: files that are kept cost as much as a report. */
static enum err count_upload(struct ctx *cx, const struct request *rq, str field)
{
    i64 retry_s = 0;
    enum err e = report_may_send(cx, rq->http->peer, &retry_s);
    if (e == E_BUSY && retry_s > 0)
        return wrong_limit(cx, field, S("reports_too_often"), (retry_s + 59) / 60);
    TRY(e);
    return report_was_sent(cx, rq->http->peer);
}

enum err files_take(struct ctx *cx, struct request *rq, const char *field)
{
    struct attachments kept = {0};
    bool nobody = cx->who.person_id.n == 0 && cx->who.report_id.n == 0;
    if (nobody && came(rq, str_z(field)))
        TRY(count_upload(cx, rq, str_z(field)));
    enum err e = attach_keep(cx, str_z(field), rq->files, rq->nfiles, &kept);
    for (size_t i = 0; i < kept.n; i++)
        input_put(cx->a, &rq->in, ATTACHED, kept.v[i].ticket);
    return e;
}

/* What the tickets stand for; one that is not good any more was told where it was used. */
static struct attachments find_kept(struct ctx *cx, const struct request *rq)
{
    struct attachments kept = {0};
    size_t problems = cx->problems.n;
    if (attach_find(cx, ATTACHED, &rq->in, &kept) != OK)
        cx->problems.n = problems;
    return kept;
}

html files_field(struct ctx *cx, const struct request *rq, const char *field)
{
    struct html_out o = {.b = {.a = cx->a}, .lang = cx->lang, .zone = cx->zone, .now = cx->now};
    struct attachments all = find_kept(cx, rq);
    struct kept_file *kept = NEWS(cx->a, struct kept_file, all.n + 1);
    struct field_rule named = {.name = str_z(field)};
    for (size_t i = 0; i < all.n; i++)
        kept[i] = (struct kept_file){str_fmt(cx->a, "kept-%zu", i), all.v[i].ticket, all.v[i].name,
                                     size_words(cx->a, all.v[i].size)};
    struct files_view v = {.field =
                               file_field(cx, str_z(field), field_label(cx->a, &named, cx->lang),
                                          field_hint(cx->a, &named, cx->lang), true),
                           .kept = kept,
                           .nkept = all.n};
    tpl_files_field(&o, &v);
    return (html){buf_str(&o.b)};
}

html files_hidden(struct ctx *cx, const struct request *rq)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < rq->in.n; i++)
        if (str_eq(rq->in.v[i].name, ATTACHED))
            buf_put(&b, hidden_field(cx, "attached", rq->in.v[i].value).s);
    return (html){buf_str(&b)};
}

/* --- out ---------------------------------------------------------------------------------------- */

str size_words(struct arena *a, i64 bytes)
{
    static const char *const units[] = {"kB", "MB", "GB"};
    i64 tenths = bytes * 10;
    int unit = -1;
    while (tenths >= 10000 && unit + 1 < (int)COUNT(units)) {
        tenths = (tenths + 500) / 1000;
        unit++;
    }
    if (unit < 0)
        return str_fmt(a, "%lld B", (long long)bytes);
    if (tenths < 100 && tenths % 10 != 0)
        return str_fmt(a, "%lld.%lld %s", (long long)(tenths / 10), (long long)(tenths % 10),
                       units[unit]);
    return str_fmt(a, "%lld %s", (long long)((tenths + 5) / 10), units[unit]);
}

/* RFC 6266: a plain name for those who know nothing else, and the real one by RFC 8187. */
static str disposition(struct arena *a, str name)
{
    buf b = {.a = a};
    buf_put(&b, S("attachment; filename=\""));
    for (size_t at = 0; at < name.n;) {
        uint32_t c = utf8_next(name, &at);
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     c == '.' || c == '-' || c == '_';
        buf_char(&b, plain ? (char)c : '_');
    }
    buf_put(&b, S("\"; filename*=UTF-8''"));
    percent_put(&b, name);
    return buf_str(&b);
}

enum err file_send(struct ctx *cx, struct request *rq, struct reply *an, str case_id, str report_id,
                   str id)
{
    struct http_request *http = (struct http_request *)(uintptr_t)rq->http;
    struct attachment at;
    int fd;
    TRY(attach_open(cx, rq->acc, case_id, report_id, id, &at, &fd));
    an->rs->fd = fd;
    an->rs->fd_size = at.size;
    an->content_type = S("application/octet-stream");
    http_put(http, an->rs, S("Content-Disposition"), disposition(cx->a, at.name));
    http_put(http, an->rs, S("Content-Security-Policy"), S("sandbox; default-src 'none'"));
    return OK;
}

struct file_lines file_lines(struct ctx *cx, const struct attachments *all, str text_id, str base)
{
    struct file_line *v = NEWS(cx->a, struct file_line, all->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        const struct attachment *at = &all->v[i];
        if (text_id.p == NULL ? at->text_id.p != NULL : !str_eq(at->text_id, text_id))
            continue;
        v[n++] = (struct file_line){at->name, size_words(cx->a, at->size), at->hash,
                                    at->ticket.p ? (url){0} : url_seg(cx->a, base, at->id, S(""))};
    }
    return (struct file_lines){v, n};
}
