/* files.h - files in forms, and files as answers. */
#ifndef WEB_FILES_H
#define WEB_FILES_H

#include "web/route.h"

/* Body limits: enough that a file of 100 MB is refused at its field, in words. */
#define FILES_BODY_MAX ((i64)128 << 20)

/* Keep the uploads of that field and put their tickets into rq->in: the act finds them there,
 * and a form that is shown again has them.  E_INVALID: some were refused, at the field. */
enum err files_take(struct ctx *cx, struct request *rq, const char *field);

/* A field for files: those that came before, as boxes that may be unticked, and room for
 * more. */
html files_field(struct ctx *cx, const struct request *rq, const char *field);

/* The tickets of what came before, hidden, for a page that only shows. */
html files_hidden(struct ctx *cx, const struct request *rq);

/* One file, always as a download.  Of that report or that case, the other absent. */
enum err file_send(struct ctx *cx, struct request *rq, struct reply *an, str case_id, str report_id,
                   str id);

/* "812 B", "3.4 kB", "50 MB": 1000s, as file managers count. */
str size_words(struct arena *a, i64 bytes);

/* --- for templates ------------------------------------------------------------------------------ */

struct file_line {
    str name, size, hash; /* hash: SHA-256 in hex */
    url href;             /* absent: it has no place yet */
};
struct file_lines {
    const struct file_line *v;
    size_t n;
};
void tpl_file_list(struct html_out *o, const struct file_lines *v);

/* Those of a list that came with that text (absent: with none), each at base + id. */
struct file_lines file_lines(struct ctx *cx, const struct attachments *all, str text_id, str base);

struct kept_file {
    str id, ticket, name, size;
};
struct files_view {
    html field; /* the input itself */
    const struct kept_file *kept;
    size_t nkept;
};
void tpl_files_field(struct html_out *o, const struct files_view *v);

#endif
