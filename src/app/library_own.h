/* library_own.h - between the files of the library. */
#ifndef APP_LIBRARY_OWN_H
#define APP_LIBRARY_OWN_H

#include "app/library.h"
#include "app/search_own.h"
#include "app/text.h"
#include "gen/sql.h"

/* A row as it is shown; E_IO: what is kept cannot be read. */
enum err library_line_of(struct ctx *cx, str id, bool is_open, i64 at, struct sealed content,
                         struct library_line *out);

/* By words; see library_list(). */
enum err library_search(struct ctx *cx, const struct library_filter *f, struct list_window *w,
                        struct library_line **out, size_t *n);

/* Scores that a severity spans. */
void library_span(int severity, opt_i64 *from, opt_i64 *to);

#endif
