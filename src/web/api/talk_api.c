/* talk_api.c - see talk_api.h. */
#include "web/api/talk_api.h"

#include "app/talk.h"
#include "web/api/case_out.h"
#include "web/files.h"

/* --- messages ------------------------------------------------------------------------------------- */

static const struct out_field entry_fields[] = {
    OUT(struct talk_entry, id, OUT_STR),
    OUT(struct talk_entry, who, OUT_STR),
    OUT(struct talk_entry, person, OUT_STR),
    OUT(struct talk_entry, at, OUT_INSTANT),
    OUT(struct talk_entry, own, OUT_BOOL),
    OUT(struct talk_entry, unread, OUT_BOOL),
    OUT(struct talk_entry, relayed, OUT_BOOL),
    OUT(struct talk_entry, step, OUT_STR),
    OUT(struct talk_entry, title, OUT_STR),
    OUT_ITEMS_AS(struct talk_entry, body.v, body.n, "texts", &answer_schema),
    OUT_ITEMS(struct talk_entry, files, nfiles, &file_schema),
};
OUT_SCHEMA(entry_schema, "Message", struct talk_entry, entry_fields);

static str audience_word(unsigned v)
{
    return audience_name((enum audience)v);
}

static const struct out_field thread_fields[] = {
    OUT(struct talk_thread, key, OUT_STR),
    OUT(struct talk_thread, name, OUT_STR),
    OUT_ENUM(struct talk_thread, audience, "audience", audience_word),
    OUT_AS(struct talk_thread, n, "messages", OUT_I64),
    OUT(struct talk_thread, unread, OUT_I64),
    OUT(struct talk_thread, may_write, OUT_BOOL),
};
OUT_SCHEMA(thread_schema, "Thread", struct talk_thread, thread_fields);

static const struct out_field talk_fields[] = {
    OUT_ITEMS(struct talk_view, threads, nthreads, &thread_schema),
    OUT_AS(struct talk_view, here, "thread", OUT_STR),
    OUT_ITEMS_AS(struct talk_view, v, n, "messages", &entry_schema),
    OUT(struct talk_view, older, OUT_I64),
    OUT(struct talk_view, unread, OUT_I64),
    OUT_AS(struct talk_view, newest, "newest_unread", OUT_STR),
    OUT(struct talk_view, may_write, OUT_BOOL),
    OUT_AS(struct talk_view, sees, "will_be_read_by", OUT_PHRASES),
};
OUT_SCHEMA(talk_schema, "Talk", struct talk_view, talk_fields);

static enum err show_talk(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct case_view v;
    struct case_ask ask = {.acc = rq->acc,
                           .thread = query_get(rq, "thread"),
                           .whole_talk = str_eq(query_get(rq, "whole"), S("1"))};
    TRY(case_view(cx, rq->id, &ask, &v));
    if (ask.thread.n > 0 && !str_eq(ask.thread, v.talk.here))
        return E_NOT_FOUND;
    return api_send(cx, an, &talk_schema, &v.talk);
}

struct made_out {
    str id;
};
static const struct out_field made_fields[] = {OUT(struct made_out, id, OUT_STR)};
OUT_SCHEMA(made_schema, "MessageMade", struct made_out, made_fields);

typedef enum err talk_fn(struct ctx *cx, str case_id, const struct input *in, str *text_id);

static enum err write_with(struct ctx *cx, struct request *rq, struct reply *an, talk_fn *fn)
{
    struct made_out out;
    TRY(fn(cx, rq->id, &rq->in, &out.id));
    return api_created(cx, an, &made_schema, &out,
                       str_fmt(cx->a, "/api/v1/cases/%.*s/messages", SV(rq->id)));
}

static enum err post_message(struct ctx *cx, struct request *rq, struct reply *an)
{
    return write_with(cx, rq, an, talk_post);
}

static enum err relay(struct ctx *cx, struct request *rq, struct reply *an)
{
    return write_with(cx, rq, an, talk_relay);
}

/* clang-format off */
static const struct field_rule seen_rules[] = {{.name = S_INIT("id"), .type = FIELD_ID, .required = true}};
/* clang-format on */

static enum err seen(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct value v[COUNT(seen_rules)];
    (void)an;
    TRY(form_read(cx, seen_rules, COUNT(seen_rules), &rq->in, v));
    return talk_seen(cx, rq->id, v[0].text);
}

/* --- history -------------------------------------------------------------------------------------- */

static enum err list_history(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct history_line *rows;
    size_t limit, n;
    str after, next;
    TRY(api_window(cx, rq, &limit, &after));
    TRY(history_of_case(cx, rq->id, limit, after, &rows, &n, &next));
    return api_send_list(cx, an, &history_schema, rows, n, next, -1);
}

/* --- files ---------------------------------------------------------------------------------------- */

static enum err list_files(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct attachments all = {0};
    TRY(attach_of_case(cx, rq->acc, rq->id, &all));
    return api_send_list(cx, an, &file_schema, all.v, all.n, NO_STR, (i64)all.n);
}

static enum err send_file(struct ctx *cx, struct request *rq, struct reply *an)
{
    return file_send(cx, rq, an, rq->id, NO_STR, rq->seg[1]);
}

static enum err list_report_files(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct attachments all = {0};
    TRY(attach_of_report(cx, rq->acc, rq->id, &all));
    return api_send_list(cx, an, &file_schema, all.v, all.n, NO_STR, (i64)all.n);
}

static enum err send_report_file(struct ctx *cx, struct request *rq, struct reply *an)
{
    return file_send(cx, rq, an, NO_STR, rq->id, rq->seg[1]);
}

static const struct out_field ticket_fields[] = {
    OUT(struct attachment, ticket, OUT_STR), OUT(struct attachment, name, OUT_STR),
    OUT(struct attachment, type, OUT_STR), OUT_AS(struct attachment, hash, "sha256", OUT_STR),
    OUT(struct attachment, size, OUT_I64)};
OUT_SCHEMA(ticket_schema, "FileTicket", struct attachment, ticket_fields);

static enum err take_files(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct attachments kept = {0};
    bool any = false;
    for (size_t i = 0; i < rq->nfiles; i++)
        any |= str_eq(rq->files[i].field, S("files"));
    if (!any)
        return wrong(cx, S("files"), S("required"));
    TRY(files_take(cx, rq, "files"));
    TRY(attach_find(cx, S("files"), &rq->in, &kept));
    an->status = HTTP_CREATED;
    return api_send_list(cx, an, &ticket_schema, kept.v, kept.n, NO_STR, (i64)kept.n);
}

/* clang-format off */
static const struct api_param talk_params[] = {
    {"thread", "Which one, by its key; absent: that with the first unread, else with the newest"},
    {"whole", "1: up to 500 messages, not the newest 30"}};

#define TALK_DOC(name, what, ...) static const struct api_doc name = {.tag = "messages", .summary = what, __VA_ARGS__}
TALK_DOC(doc_talk, "The threads that you may read, and the messages of one", .out = &talk_schema, .query = talk_params, .nquery = COUNT(talk_params));
TALK_DOC(doc_post, "Write to a thread", .in = talk_rules, .nin = 2, .out = &made_schema, .status = HTTP_CREATED, .flags = API_FILES);
TALK_DOC(doc_relay, "Pass a text on: a new one is made from it", .in = talk_rules, .nin = 3, .out = &made_schema, .status = HTTP_CREATED);
TALK_DOC(doc_seen, "All up to this text were read", .in = seen_rules, .nin = COUNT(seen_rules));
TALK_DOC(doc_history, "Who did what and when, newest first", .out = &history_schema, .flags = API_LIST);
TALK_DOC(doc_files, "The files of the case that you may have", .out = &file_schema, .flags = API_ALL);
TALK_DOC(doc_file, "One file", .flags = API_DOWNLOAD);
TALK_DOC(doc_report_files, "The files of a report", .out = &file_schema, .flags = API_ALL);
TALK_DOC(doc_report_file, "One file of a report", .flags = API_DOWNLOAD);
TALK_DOC(doc_take, "Send files (multipart/form-data, field \"files\"); each ticket goes into \"attached\" of what it belongs to, within a day", .out = &ticket_schema, .status = HTTP_CREATED, .flags = API_ALL | API_MULTIPART);

static const struct route table[] = {
    {GET,  S_INIT("/api/v1/cases/{}/messages"),       NEED_PERSON, OF_CASE, 0, show_talk, 0, 0, &doc_talk},
    {POST, S_INIT("/api/v1/cases/{}/messages"),       NEED_PERSON, OF_CASE, 0, post_message, 0, 0, &doc_post},
    {POST, S_INIT("/api/v1/cases/{}/messages/relay"), NEED_PERSON, OF_CASE, 0, relay, 0, 0, &doc_relay},
    {POST, S_INIT("/api/v1/cases/{}/messages/seen"),  NEED_PERSON, OF_CASE, 0, seen, 0, 8192, &doc_seen},
    {GET,  S_INIT("/api/v1/cases/{}/history"),        NEED_PERSON, OF_CASE, 0, list_history, 0, 0, &doc_history},
    {GET,  S_INIT("/api/v1/cases/{}/files"),          NEED_PERSON, OF_CASE, 0, list_files, 0, 0, &doc_files},
    {GET,  S_INIT("/api/v1/cases/{}/files/{}"),       NEED_PERSON, OF_CASE, 0, send_file, 0, 0, &doc_file},
    {GET,  S_INIT("/api/v1/reports/{}/files"),        NEED_PERSON, OF_REPORT, 0, list_report_files, 0, 0, &doc_report_files},
    {GET,  S_INIT("/api/v1/reports/{}/files/{}"),     NEED_PERSON, OF_REPORT, 0, send_report_file, 0, 0, &doc_report_file},
    {POST, S_INIT("/api/v1/files"),                   NEED_NOBODY, OF_NOTHING, 0, take_files, ROUTE_UPLOAD | ROUTE_REPORTING, FILES_BODY_MAX, &doc_take},
};
/* clang-format on */
const struct routes talk_api_routes = {table, COUNT(table)};
