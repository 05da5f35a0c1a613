/* field.h - fields of a form from their rules: label, hint, limits, what was typed, what is
 * wrong with it. */
#ifndef WEB_FIELD_H
#define WEB_FIELD_H

#include "app/form.h"
#include "web/html.h"

enum field_shape {
    SHAPE_LINE,
    SHAPE_TEXT,
    SHAPE_RADIO,
    SHAPE_CHECKS,
    SHAPE_CHECK,
    SHAPE_SELECT,
    SHAPE_ROWS,
    SHAPE_FILE
};

struct field_option {
    str id, value, label;
    bool chosen;
};
/* One column of a row; with options it is a choice. */
struct field_cell {
    str id, name, label, value, error, invalid;
    str hint;      /* empty: none */
    str described; /* aria-describedby; empty: by nothing */
    i64 max;
    const struct field_option *options;
    size_t noptions;
    str none; /* what choosing nothing means */
};
struct field_row {
    const struct field_cell *first, *more; /* those that everybody fills in, and those behind */
    size_t nfirst, nmore;
    bool open; /* something of those behind is there, or wrong */
};
struct field_view {
    enum field_shape shape;
    str id, name, label, hint, value;
    str type, mode, complete;    /* of an input: type, inputmode, autocomplete */
    str described, invalid, css; /* aria-describedby, aria-invalid, class of the field */
    str error;                   /* absent: nothing is wrong */
    bool required, optional;
    i64 max, rows;
    const struct field_option *options;
    size_t noptions;
    const struct field_row *table;
    size_t ntable;
};
void tpl_field(struct html_out *o, const struct field_view *v);
void tpl_field_head(struct html_out *o, const struct field_view *v);
void tpl_field_rows(struct html_out *o, const struct field_view *v);
void tpl_field_cell(struct html_out *o, const struct field_cell *c);

struct problem_line {
    str field, label, sentence; /* field: id to jump to; empty: the whole */
};
struct problem_view {
    const struct problem_line *v;
    size_t n;
};
void tpl_problem_summary(struct html_out *o, const struct problem_view *v);

/* All fields of a table, with values from `in` (NULL: empty) and the problems of cx. */
html form_fields(struct ctx *cx, const struct field_rule *rules, size_t n, const struct input *in);

/* The same for one of several forms on a page: ids begin with the form's name.  in NULL: the
 * problems of cx are another form's. */
html form_fields_of(struct ctx *cx, const char *form, const struct field_rule *rules, size_t n,
                    const struct input *in);

/* One of them. */
html form_field(struct ctx *cx, const struct field_rule *r, const struct input *in);

/* "Two things need correcting", with links to the fields; empty where nothing is wrong. */
html form_problems(struct ctx *cx, const struct field_rule *rules, size_t n);

html form_problems_of(struct ctx *cx, const char *form, const struct field_rule *rules, size_t n);

/* A field for files: several may be chosen, and none where it is optional. */
html file_field(struct ctx *cx, str name, str label, str hint, bool optional);

/* What a form shows before anything was typed. */
void input_preset(struct ctx *cx, struct input *in, str name, str value);

#endif
