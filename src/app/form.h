/* form.h - one table of fields for each act: it drives reading, errors, HTML attributes, the
 * API's description and the fuzzers' dictionary.
 *
 * Input comes from a form or from JSON; nested JSON is flattened ("credit.ja",
 * "products.0.name").  Every rule a field breaks becomes a problem at that field. */
#ifndef APP_FORM_H
#define APP_FORM_H

#include "app/ctx.h"
#include "formats/json.h"
#include "formats/urlform.h"

/* clang-format off */
enum field_type {
    FIELD_LINE,    /* one line; trimmed */
    FIELD_TEXT,    /* several lines; CRLF becomes LF, trimmed */
    FIELD_SECRET,  /* a password or key: one line, not trimmed, never shown again */
    FIELD_EMAIL, FIELD_URL, FIELD_BOOL, FIELD_CHOICE, FIELD_CHOICES, FIELD_INSTANT, FIELD_NUMBER,
    FIELD_ID, FIELD_IDS, /* UUIDs of this installation */
    FIELD_LOGIN,   /* a–z 0–9 . - _, from 2 */
    FIELD_CVE, FIELD_CWE, FIELD_VECTOR, FIELD_LANG, FIELD_ZONE,
    FIELD_DATE,    /* a day: 2026-12-05 */
    FIELD_CPE, FIELD_PURL, /* kept in their canonical forms; a CPE of 2.2 becomes one of 2.3 */
    FIELD_ROWS,    /* name.0.column …: read by its own function, only named here */
    FIELD_TYPE_COUNT
};
/* clang-format on */

/* Label absent: the word choice_NAME_VALUE of po/; it is also that of a FIELD_BOOL's yes or no,
 * which need none. */
struct field_choice {
    str value, label[LANG_COUNT];
};

struct field_rule {
    str name;
    enum field_type type;
    bool required;
    bool confirm; /* FIELD_BOOL: only yes will do; a box to tick */
    i64 max;      /* characters; FIELD_NUMBER: the largest value */
    const struct field_choice *choices;
    size_t nchoices;
    str label[LANG_COUNT]; /* absent: the word field_NAME of po/ */
    str hint[LANG_COUNT];  /* absent: hint_NAME, if po/ has it */
};

enum input_kind {
    INPUT_TEXT,
    INPUT_JSON_STRING,
    INPUT_JSON_NUMBER,
    INPUT_JSON_BOOL,
    INPUT_JSON_NULL,
    INPUT_JSON_NO_LIST,  /* [] */
    INPUT_JSON_NO_OBJECT /* {} */
};

struct input_item {
    str name, value;
    enum input_kind kind;
    bool listed; /* an element of a JSON array */
};
struct input {
    VEC(struct input_item)
};

/* What came from a form. */
void input_from_fields(struct arena *a, const struct fields *in, struct input *out);

/* What came as a JSON object; arrays of strings repeat the name.  E_INVALID: not an object, or
 * nested deeper than four; the problem says so. */
enum err input_from_json(struct ctx *cx, const struct json *object, struct input *out);

/* The first item of that name; absent where there is none. */
str input_get(const struct input *in, str name);
void input_put(struct arena *a, struct input *in, str name, str value);

/* One field as it was understood. */
struct value {
    bool is;          /* something was given */
    str text;         /* lines, texts, choices, ids …; absent: not given */
    i64 n;            /* FIELD_NUMBER, FIELD_INSTANT (ms), FIELD_BOOL (0, 1) */
    struct strs list; /* FIELD_CHOICES, FIELD_IDS */
};

/* Read n fields; v[i] belongs to rules[i].  E_INVALID when any rule is broken; v is filled as
 * far as it could be.  Names that no rule knows are problems too where cx->door is the API. */
enum err form_read(struct ctx *cx, const struct field_rule *rules, size_t n, const struct input *in,
                   struct value *v);

/* A FIELD_ROWS field comes as "name.0.column", "name.1.column" ….  How many rows: one more than
 * the highest that came; E_INVALID: more than `most`. */
enum err form_row_count(struct ctx *cx, str field, size_t most, const struct input *in, size_t *n);

/* Read one row; columns' names are without "name.0."; problems name the field in full.
 * *there: something was given. */
enum err form_row(struct ctx *cx, str field, size_t row, const struct field_rule *columns, size_t n,
                  const struct input *in, struct value *v, bool *there);

/* Words for a field in a language: its label, its hint (absent: none), a choice's label. */
str field_label(struct arena *a, const struct field_rule *r, enum lang lang);
str field_hint(struct arena *a, const struct field_rule *r, enum lang lang);
str choice_label(struct arena *a, const struct field_rule *r, size_t choice, enum lang lang);

/* The limit that a field of this type has when its rule says 0. */
i64 field_max(const struct field_rule *r);
str field_type_name(enum field_type t);

/* The sentence for a problem, in a language. */
str problem_sentence(struct arena *a, const struct problem *p, enum lang lang);

#endif
