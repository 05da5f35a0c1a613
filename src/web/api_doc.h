/* api_doc.h - what a route of the API takes and gives: one table each, which reads the
 * request, writes the answer and describes both in openapi.json. */
#ifndef WEB_API_DOC_H
#define WEB_API_DOC_H

#include "app/form.h"
#include "web/route.h"

/* --- answers -------------------------------------------------------------------------------- */

/* clang-format off */
enum out_type {
    OUT_STR,         /* str; absent is null */
    OUT_I64, OUT_INT, OUT_SIZE, OUT_BOOL,
    OUT_INSTANT,     /* i64 ms: RFC 3339 in the reader's zone */
    OUT_OPT_INSTANT, /* opt_i64; null where absent */
    OUT_INSTANT_0,   /* i64; null where 0 */
    OUT_OPT_I64,
    OUT_SCORE,       /* i64, ten times: 9.8; null where negative */
    OUT_NAME,        /* an enum, by the word that `name` gives it */
    OUT_STRS,        /* struct strs */
    OUT_PHRASES,     /* struct phrases */
    OUT_OBJECT,      /* a struct inside */
    OUT_LIST,        /* a pointer to structs, their number (size_t) at count_at */
    OUT_JSON,        /* str that is JSON itself; absent is null */
};
/* clang-format on */

struct out_schema;
struct out_field {
    const char *name;
    enum out_type type;
    size_t at; /* offset in the struct */
    size_t count_at;
    const struct out_schema *of;
    str (*name_of)(unsigned value);
};
struct out_schema {
    const char *name; /* in openapi.json: "Report" */
    const struct out_field *v;
    size_t n, size; /* size of the struct */
};

/* clang-format off */
#define OUT(T, m, type) {#m, (type), offsetof(T, m), 0, NULL, NULL}
#define OUT_AS(T, m, name, type) {(name), (type), offsetof(T, m), 0, NULL, NULL}
#define OUT_ITEMS(T, m, count, schema) {#m, OUT_LIST, offsetof(T, m), offsetof(T, count), (schema), NULL}
#define OUT_ITEMS_AS(T, m, count, name, schema) {(name), OUT_LIST, offsetof(T, m), offsetof(T, count), (schema), NULL}
#define OUT_INSIDE(T, m, schema) {#m, OUT_OBJECT, offsetof(T, m), 0, (schema), NULL}
#define OUT_ENUM(T, m, name, function) {(name), OUT_NAME, offsetof(T, m), 0, NULL, (function)}
#define OUT_SCHEMA(variable, NAME, T, fields) static const struct out_schema variable = {(NAME), (fields), COUNT(fields), sizeof(T)}
/* clang-format on */

/* One struct as a JSON object; the answer's only value. */
enum err api_send(struct ctx *cx, struct reply *an, const struct out_schema *s, const void *object);

/* The same as text, and what names it: the ETag of a thing that has no revision. */
str api_json(struct ctx *cx, const struct out_schema *s, const void *object);
str api_tag(struct ctx *cx, str json);

/* {"items":[…],"next":cursor or null,"total":n}; total over DB_COUNT_MAX means more; negative:
 * not counted, null. */
enum err api_send_list(struct ctx *cx, struct reply *an, const struct out_schema *s,
                       const void *items, size_t n, str next, i64 total);

/* 201 with Location. */
enum err api_created(struct ctx *cx, struct reply *an, const struct out_schema *s,
                     const void *object, str location);

/* --- requests ------------------------------------------------------------------------------- */

enum api_flags {
    API_LIST = 1,       /* ?limit= and ?after= */
    API_ETAG = 2,       /* the answer carries an ETag; with PUT and PATCH, If-Match is demanded */
    API_ALL = 8,        /* a list without pages */
    API_ANSWERS = 16,   /* "answers": an object whose members depend on the thing */
    API_FILES = 32,     /* "attached": tickets of POST /api/v1/files */
    API_MULTIPART = 64, /* the body is multipart/form-data with "files" */
    API_DOWNLOAD = 128, /* the answer is a file's bytes */
    API_JSON = 512,     /* the answer is JSON that its own standard or page describes */
    API_PART = 256,     /* no member of the body is required: what is not named stays */
    API_BODY_FREE = 4,  /* a body whose fields depend on the thing: described as an open object */
};

struct api_param {
    const char *name, *what;
};

struct api_doc {
    const char *tag, *summary;
    const struct field_rule *in; /* fields of the body */
    size_t nin;
    const struct field_rule *(*rules)(size_t *n); /* instead of `in` */
    const struct out_schema *out;                 /* NULL: 204 */
    int status;                                   /* of success; 0: 200, or 204 without out */
    unsigned flags;
    const struct api_param *query; /* further query parameters */
    size_t nquery;
};

/* ?limit= (1 to 200, default 50) and ?after= of a list. */
enum err api_window(struct ctx *cx, const struct request *rq, size_t *limit, str *after);

/* The revision in If-Match ("\"7\""): 428 when there is none; *rev: what the reader saw. */
enum err api_if_match(struct ctx *cx, struct request *rq, struct reply *an, i64 *rev);
void api_etag(struct ctx *cx, const struct request *rq, struct reply *an, i64 rev);

/* The same for a tag that is text: as If-Match has it, with its quotes. */
enum err api_if_match_tag(struct ctx *cx, const struct request *rq, struct reply *an, str *tag);
void api_etag_tag(const struct request *rq, struct reply *an, str tag);

/* E_CONFLICT of an edit that named its ETag: 412. */
enum err api_edited(struct reply *an, enum err e);

/* The JSON object `member` of the body as the input of an act ({} where it is not there), and
 * the rest of the body as *rest.  Problems of the act belong under the member: api_under(). */
enum err api_inner(struct ctx *cx, const struct request *rq, const char *member,
                   struct input *inner, struct input *rest);
void api_under(struct ctx *cx, const char *member, size_t from);

/* The whole description, OpenAPI 3.1, made from the route tables. */
str openapi_json(struct arena *a, str server);

#endif
