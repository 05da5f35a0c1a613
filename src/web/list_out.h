/* list_out.h - the rows of a list as CSV or JSON, by the list's own URL with another suffix.
 *
 * Columns have machine names, the same in both languages.  CSV is RFC 4180 in UTF-8 with a
 * byte order mark, which spreadsheets want; a cell that a spreadsheet would take for a formula
 * gets an apostrophe in front.  JSON: {"items":[{…}],"next":"…"|null,"total":n}. */
#ifndef WEB_LIST_OUT_H
#define WEB_LIST_OUT_H

#include "web/route.h"

enum list_format { LIST_HTML, LIST_CSV, LIST_JSON };

/* By the last segment of the path: "cases.csv". */
enum list_format list_format_of(const struct request *rq);

struct list_out {
    struct ctx *cx;
    struct reply *an;
    const char *const *columns; /* NULL behind the last */
    size_t at;                  /* next column of the row */
    enum list_format format;
    struct json_out json;
};

/* filename: without suffix. */
void list_begin(struct list_out *l, struct ctx *cx, struct reply *an, enum list_format f,
                const char *filename, const char *const *columns);

/* One cell each, in the order of the columns; a row ends by itself at the last one. */
void list_text(struct list_out *l, str s); /* absent: empty, null */
void list_number(struct list_out *l, i64 n);
void list_instant(struct list_out *l, opt_i64 at); /* RFC 3339 in the reader's zone */
void list_bool(struct list_out *l, bool is);

void list_end(struct list_out *l, str next, i64 total);

#endif
