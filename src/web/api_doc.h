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
    OUT_OPT_I64,
    OUT_STRS,        /* struct strs */
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
};
struct out_schema {
    const char *name; /* in openapi.json: "Report" */
    const struct out_field *v;
    size_t n, size; /* size of the struct */
};

/* clang-format off */
#define OUT(T, m, type) {#m, (type), offsetof(T, m), 0, NULL}
#define OUT_AS(T, m, name, type) {(name), (type), offsetof(T, m), 0, NULL}
#define OUT_ITEMS(T, m, count, schema) {#m, OUT_LIST, offsetof(T, m), offsetof(T, count), (schema)}
#define OUT_INSIDE(T, m, schema) {#m, OUT_OBJECT, offsetof(T, m), 0, (schema)}
/* clang-format on */

/* One struct as a JSON object; the answer's only value. */
enum err api_send(struct ctx *cx, struct reply *an, const struct out_schema *s, const void *object);

/* {"items":[…],"next":cursor or null,"total":n}; total over DB_COUNT_MAX means more. */
enum err api_send_list(struct ctx *cx, struct reply *an, const struct out_schema *s,
                       const void *items, size_t n, str next, i64 total);

/* 201 with Location. */
enum err api_created(struct ctx *cx, struct reply *an, const struct out_schema *s,
                     const void *object, str location);

/* --- requests ------------------------------------------------------------------------------- */

enum api_flags {
    API_LIST = 1,      /* ?limit= and ?after= */
    API_ETAG = 2,      /* the answer carries an ETag; with PUT and PATCH, If-Match is demanded */
    API_BODY_FREE = 4, /* a body whose fields depend on the thing: described as an open object */
};

struct api_param {
    const char *name, *what;
};

struct api_doc {
    const char *tag, *summary;
    const struct field_rule *in; /* fields of the body */
    size_t nin;
    const struct out_schema *out; /* NULL: 204 */
    int status;                   /* of success; 0: 200, or 204 without out */
    unsigned flags;
    const struct api_param *query; /* further query parameters */
    size_t nquery;
};

/* ?limit= (1 to 200, default 50) and ?after= of a list. */
enum err api_window(struct ctx *cx, const struct request *rq, size_t *limit, str *after);

/* The revision in If-Match ("\"7\""): 428 when there is none; *rev: what the reader saw. */
enum err api_if_match(struct ctx *cx, struct request *rq, struct reply *an, i64 *rev);
void api_etag(struct ctx *cx, const struct request *rq, struct reply *an, i64 rev);

/* The whole description, OpenAPI 3.1, made from the route tables. */
str openapi_json(struct arena *a, str server);

#endif
