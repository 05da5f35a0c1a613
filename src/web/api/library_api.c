/* library_api.c - see library_api.h. */
#include "web/api/library_api.h"

#include "app/library.h"
#include "io/files.h"
#include "web/api_doc.h"

enum { BODY_MOST = 8 << 20 };

/* --- what is given -------------------------------------------------------------------------------- */

#define E(m, name, type) OUT_AS(struct library_line, e.m, name, type)
#define LINE                                                                                       \
    OUT(struct library_line, id, OUT_STR), E(kind, "kind", OUT_STR),                               \
        E(publisher, "publisher", OUT_STR), E(publisher_name, "publisher_name", OUT_STR),          \
        E(id, "document_id", OUT_STR), E(version, "version", OUT_STR), E(title, "title", OUT_STR), \
        E(lang, "lang", OUT_STR), E(tlp, "tlp", OUT_STR),                                          \
        OUT_AS(struct library_line, at, "updated", OUT_INSTANT),                                   \
        E(released, "released", OUT_OPT_INSTANT), E(score, "score", OUT_SCORE),                    \
        E(cves, "cves", OUT_STRS), E(findings, "findings", OUT_I64), E(url, "url", OUT_STR)
static const struct out_field line_fields[] = {LINE};
OUT_SCHEMA(line_schema, "LibraryLine", struct library_line, line_fields);

static const struct out_field vector_fields[] = {OUT(struct library_vector, cve, OUT_STR),
                                                 OUT(struct library_vector, vector, OUT_STR),
                                                 OUT(struct library_vector, score, OUT_SCORE)};
OUT_SCHEMA(vector_schema, "LibraryVector", struct library_vector, vector_fields);
static const struct out_field product_fields[] = {OUT(struct library_product, vendor, OUT_STR),
                                                  OUT(struct library_product, name, OUT_STR)};
OUT_SCHEMA(product_schema, "LibraryProduct", struct library_product, product_fields);
static const struct out_field link_fields[] = {OUT(struct library_link, title, OUT_STR),
                                               OUT(struct library_link, url, OUT_STR)};
OUT_SCHEMA(link_schema, "LibraryLink", struct library_link, link_fields);
static const struct out_field revision_fields[] = {
    OUT_AS(struct library_revision, n, "revision", OUT_I64),
    OUT(struct library_revision, version, OUT_STR),
    OUT(struct library_revision, updated, OUT_OPT_INSTANT),
    OUT(struct library_revision, imported, OUT_INSTANT),
    OUT(struct library_revision, source, OUT_STR),
    OUT(struct library_revision, provider, OUT_STR),
    OUT(struct library_revision, sha256, OUT_STR),
    OUT(struct library_revision, signature, OUT_STR),
    OUT(struct library_revision, signed_by, OUT_STR)};
OUT_SCHEMA(revision_schema, "LibraryRevision", struct library_revision, revision_fields);

static const struct out_field body_fields[] = {
    LINE,
    E(summary, "summary", OUT_STR),
    E(cwes, "cwes", OUT_STRS),
    E(others, "other_ids", OUT_STRS),
    E(titles, "vulnerability_titles", OUT_STRS),
    OUT_ITEMS_AS(struct library_line, e.vectors, e.nvectors, "vectors", &vector_schema),
    OUT_ITEMS_AS(struct library_line, e.products, e.nproducts, "products", &product_schema),
    E(allproducts, "products_in_all", OUT_SIZE),
    OUT_ITEMS_AS(struct library_line, e.links, e.nlinks, "links", &link_schema),
};
OUT_SCHEMA(body_schema, "LibraryDocument", struct library_line, body_fields);
static const struct out_field view_fields[] = {
    OUT_INSIDE(struct library_view, line, &body_schema),
    OUT_ITEMS(struct library_view, revisions, nrevisions, &revision_schema)};
OUT_SCHEMA(view_schema, "LibraryEntry", struct library_view, view_fields);

struct done_out {
    str outcome, id, document_id;
};
static const struct out_field done_fields[] = {OUT(struct done_out, outcome, OUT_STR),
                                               OUT(struct done_out, id, OUT_STR),
                                               OUT(struct done_out, document_id, OUT_STR)};
OUT_SCHEMA(done_schema, "LibraryImport", struct done_out, done_fields);

/* --- what is asked -------------------------------------------------------------------------------- */

/* clang-format off */
static const struct field_choice severities[] = {
    {.value = S_INIT("none")}, {.value = S_INIT("low")}, {.value = S_INIT("medium")}, {.value = S_INIT("high")}, {.value = S_INIT("critical")}};
static const struct field_choice sorts[] = {
    {.value = S_INIT("newest")}, {.value = S_INIT("oldest")}, {.value = S_INIT("severity")}};
enum { Q_Q, Q_PRODUCT, Q_CVE, Q_PUBLISHER, Q_SEVERITY, Q_SINCE, Q_UNTIL, Q_SORT };
static const struct field_rule query_rules[] = {
    {.name = S_INIT("q"), .type = FIELD_LINE, .max = 200},
    {.name = S_INIT("product"), .type = FIELD_LINE, .max = 200},
    {.name = S_INIT("cve"), .type = FIELD_CVE},
    {.name = S_INIT("publisher"), .type = FIELD_LINE, .max = 500},
    {.name = S_INIT("severity"), .type = FIELD_CHOICE, .choices = severities, .nchoices = COUNT(severities)},
    {.name = S_INIT("since"), .type = FIELD_INSTANT},
    {.name = S_INIT("until"), .type = FIELD_INSTANT},
    {.name = S_INIT("sort"), .type = FIELD_CHOICE, .choices = sorts, .nchoices = COUNT(sorts)},
    {.name = S_INIT("limit"), .type = FIELD_NUMBER, .max = 200},
    {.name = S_INIT("after"), .type = FIELD_LINE, .max = 5000}};
/* clang-format on */

static int choice_of(const struct field_rule *r, const struct value *v)
{
    for (size_t i = 0; v->is && i < r->nchoices; i++)
        if (str_eq(r->choices[i].value, v->text))
            return (int)i;
    return -1;
}

static enum err list(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct value v[COUNT(query_rules)];
    struct input in = {0};
    struct list_window w = {0};
    struct library_line *rows;
    size_t n;
    input_from_fields(cx->a, &rq->query, &in);
    TRY(form_read(cx, query_rules, COUNT(query_rules), &in, v));
    TRY(api_window(cx, rq, &w.limit, &w.after));
    int sort = choice_of(&query_rules[Q_SORT], &v[Q_SORT]);
    const struct library_filter f = {.q = v[Q_Q].text,
                                     .product = v[Q_PRODUCT].text,
                                     .cve = v[Q_CVE].text,
                                     .publisher = v[Q_PUBLISHER].text,
                                     .severity =
                                         choice_of(&query_rules[Q_SEVERITY], &v[Q_SEVERITY]),
                                     .since = {v[Q_SINCE].is, v[Q_SINCE].n},
                                     .until = {v[Q_UNTIL].is, v[Q_UNTIL].n},
                                     .sort = sort < 0 ? LIBRARY_NEWEST : (enum library_sort)sort};
    TRY(library_list(cx, &f, &w, &rows, &n));
    return api_send_list(cx, an, &line_schema, rows, n, w.next, w.total);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct library_view v;
    TRY(library_get(cx, rq->seg[0], &v));
    return api_send(cx, an, &view_schema, &v);
}

/* --- coming in ------------------------------------------------------------------------------------ */

/* The bytes count, not what was read of them: a hash is kept. */
static enum err take(struct ctx *cx, struct request *rq, struct reply *an)
{
    const struct http_body *b = &rq->http->body;
    const struct library_origin from = {.source = S("API")};
    struct library_dones done = {0};
    str bytes = b->bytes;
    if (!library_may(cx).import)
        return E_DENIED;
    if (b->fd >= 0)
        TRY(file_read_fd(cx->a, b->fd, BODY_MOST, &cx->fault, &bytes));
    TRY(library_import(cx, bytes, &from, &done));
    if (done.n != 1)
        return fail(cx, E_IO, "a document with %zu entries", done.n);
    const struct library_done *d = &done.v[0];
    if (d->outcome == LIBRARY_REFUSED)
        return problem_got(cx->a, &cx->problems, S("document"), d->why.code, d->why.place);
    const struct done_out out = {library_outcome_name(d->outcome), d->id, d->doc_id};
    return api_send(cx, an, &done_schema, &out);
}

/* clang-format off */
static const struct api_param list_params[] = {
    {"q", "Words, all of them"}, {"product", "Words in the name of a product or its vendor"}, {"cve", "CVE-2023-5915"},
    {"publisher", "Namespace of the publisher"}, {"severity", "none, low, medium, high or critical"},
    {"since", "Last changed from this day or instant"}, {"until", "Last changed before"}, {"sort", "newest, oldest or severity"}};
#define LIBRARY_DOC(name, what, ...) static const struct api_doc name = {.tag = "library", .summary = what, __VA_ARGS__}
LIBRARY_DOC(doc_list, "Advisories of others; with words newest come first, and a page may be short and have a next", .out = &line_schema, .flags = API_LIST, .query = list_params, .nquery = COUNT(list_params));
LIBRARY_DOC(doc_show, "One of them, with its revisions", .out = &view_schema);
LIBRARY_DOC(doc_take, "Hand in a CSAF document, as the body; reception and coordinator", .out = &done_schema, .flags = API_BODY_FREE);

static const struct route table[] = {
    {GET,  S_INIT("/api/v1/library"),    NEED_PERSON, OF_NOTHING, 0, list, 0, 0, &doc_list},
    {GET,  S_INIT("/api/v1/library/{}"), NEED_PERSON, OF_NOTHING, 0, show, 0, 0, &doc_show},
    {POST, S_INIT("/api/v1/library"),    NEED_PERSON, OF_NOTHING, 0, take, ROUTE_APART | ROUTE_JSON, BODY_MOST, &doc_take},
};
/* clang-format on */
const struct routes library_api_routes = {table, COUNT(table)};
