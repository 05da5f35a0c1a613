/* case_texts.h - inside app/: the texts of a case that its reader may read, in one query. */
#ifndef APP_CASE_TEXTS_H
#define APP_CASE_TEXTS_H

#include "app/case_file.h"

struct text_line {
    str id, lane, step, kind, lang, body;
    str act_id, report_id, person_id, dept_id, from_id; /* absent where there is none */
    enum audience audience;
    i64 at;
};
struct case_texts {
    struct text_line *v; /* oldest first */
    size_t n;
};

enum err case_texts_load(struct ctx *cx, const struct case_file *cf, const struct access *acc,
                         struct case_texts *out);

/* The newest of a kind; lane or step absent: any.  NULL: none. */
const struct text_line *text_newest(const struct case_texts *t, str kind, str lane, str step);

/* The newest title in that language, or in the other one; NULL: none to be read. */
const struct text_line *text_title(const struct case_texts *t, enum lang lang, bool exactly);

/* Names of people, in the reader's language, for what is to be shown; one query. */
struct people {
    struct person_name {
        str id, name;
    } * v;
    size_t n, cap;
};
void people_want(struct ctx *cx, struct people *p, str id);
enum err people_load(struct ctx *cx, struct people *p);
str people_name(const struct people *p, str id); /* absent: unknown */

#endif
