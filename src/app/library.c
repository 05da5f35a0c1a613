/* library.c - see library.h: who may, and what is there. */
#include "app/library_own.h"

#include "app/admin_own.h"
#include "base/id.h"

enum { MOST_REVISIONS = 200, MOST_PUBLISHERS = 500, MOST_PROVIDERS = 500 };

/* Rights in the library, by what a seat's department answers for; everybody who is signed in
 * reads what is open. */
static const struct {
    str kind;
    bool closed, import;
} rights[] = {
    {S_INIT("reception"), true, true},
    {S_INIT("coordinator"), true, true},
};

struct library_may library_may(const struct ctx *cx)
{
    struct library_may may = {.read = cx->who.person_id.n > 0 || cx->who.is_operator,
                              .import = cx->door == DOOR_CLI && cx->who.is_operator};
    for (size_t i = 0; i < COUNT(rights); i++)
        if (user_seat(&cx->who, rights[i].kind) != NULL) {
            may.closed |= rights[i].closed;
            may.import |= rights[i].import;
        }
    return may;
}

static enum err may_read(struct ctx *cx)
{
    return library_may(cx).read ? app_read(cx) : E_NOT_FOUND;
}

enum err library_line_of(struct ctx *cx, str id, bool is_open, i64 at, struct sealed content,
                         struct library_line *out)
{
    const struct json *j;
    struct json_error bad;
    str text = text_open_document(cx, is_open, content);
    *out = (struct library_line){.id = id, .open = is_open, .at = at};
    if (text.p == NULL)
        return E_NOT_FOUND;
    if (json_read(cx->a, text, &j, &bad) != OK || !library_take(cx->a, j, &out->e))
        return fail(cx, E_IO, "an entry of the library cannot be read");
    return OK;
}

void library_span(int severity, opt_i64 *from, opt_i64 *to)
{
    static const i64 least[] = {0, 1, 40, 70, 90, 101};
    if (severity < 0 || severity > 4)
        return;
    *from = SOME(least[severity]);
    *to = SOME(least[severity + 1] - 1);
}

/* --- lists ------------------------------------------------------------------------------------ */

enum err library_list(struct ctx *cx, const struct library_filter *f, struct list_window *w,
                      struct library_line **out, size_t *n)
{
    static const size_t sorts[] = {[LIBRARY_NEWEST] = SORT_library_list_newest,
                                   [LIBRARY_OLDEST] = SORT_library_list_oldest,
                                   [LIBRARY_SEVERITY] = SORT_library_list_severity};
    struct list_page page = window_page(w, sorts[f->sort]);
    struct q_library_list *rows;
    opt_i64 from = {0}, to = {0};
    bool all = library_may(cx).closed;
    TRY(may_read(cx));
    if (f->q.n > 0 || f->product.n > 0)
        return library_search(cx, f, w, out, n);
    library_span(f->severity, &from, &to);
    TRY(q_library_list(cx->db, &page, &rows, n, .all = all, .cve = f->cve,
                       .publisher = f->publisher, .score_from = from, .score_to = to,
                       .since = f->since, .until = f->until));
    TRY(q_library_list_count(cx->db, &w->total, .all = all, .cve = f->cve,
                             .publisher = f->publisher, .score_from = from, .score_to = to,
                             .since = f->since, .until = f->until));
    w->next = page.next;
    *out = NEWS(cx->a, struct library_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        TRY(library_line_of(cx, rows[i].id, rows[i].open, rows[i].at, rows[i].content, &(*out)[i]));
    return OK;
}

enum err library_of_cves(struct ctx *cx, struct strs cves, bool everybody, i64 most,
                         struct library_line **out, size_t *n)
{
    struct q_library_of_cves *rows;
    *n = 0;
    TRY(everybody ? app_read(cx) : may_read(cx));
    TRY(q_library_of_cves(cx->db, &rows, n, .cves = cves,
                          .all = !everybody && library_may(cx).closed, .most = most));
    *out = NEWS(cx->a, struct library_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        TRY(library_line_of(cx, rows[i].id, rows[i].open, rows[i].at, rows[i].content, &(*out)[i]));
    return OK;
}

enum err library_publishers(struct ctx *cx, struct library_publisher **out, size_t *n)
{
    struct q_library_publishers *rows;
    TRY(may_read(cx));
    TRY(q_library_publishers(cx->db, &rows, n, .all = library_may(cx).closed,
                             .most = MOST_PUBLISHERS));
    *out = NEWS(cx->a, struct library_publisher, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct library_publisher){rows[i].publisher, rows[i].n};
    return OK;
}

enum err library_providers(struct ctx *cx, struct library_provider **out, size_t *n)
{
    struct q_library_providers *rows;
    if (!library_may(cx).import)
        return E_NOT_FOUND;
    TRY(app_read(cx));
    TRY(q_library_providers(cx->db, &rows, n, .most = MOST_PROVIDERS));
    *out = NEWS(cx->a, struct library_provider, *n + 1);
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct library_provider){rows[i].url,     rows[i].name,      rows[i].kind,
                                              rows[i].checked, rows[i].documents, rows[i].refused};
    return OK;
}

/* --- one -------------------------------------------------------------------------------------- */

static enum err read_revisions(struct ctx *cx, str id, const struct library_revision **out,
                               size_t *n)
{
    struct q_library_revisions *rows;
    TRY(q_library_revisions(cx->db, &rows, n, .entry_id = id, .all = library_may(cx).closed,
                            .most = MOST_REVISIONS));
    struct library_revision *r = NEWS(cx->a, struct library_revision, *n + 1);
    for (size_t i = 0; i < *n; i++)
        r[i] = (struct library_revision){
            .n = rows[i].n,
            .open = rows[i].open,
            .version = rows[i].version,
            .updated = rows[i].updated,
            .imported = rows[i].imported,
            .source = rows[i].source,
            .provider = rows[i].provider,
            .sha256 = rows[i].sha256,
            .signature = rows[i].signature,
            .signed_by = rows[i].signed_by,
        };
    *out = r;
    return OK;
}

enum err library_get(struct ctx *cx, str id, struct library_view *out)
{
    struct q_library_get row;
    *out = (struct library_view){0};
    TRY(may_read(cx));
    if (!id_is(id))
        return E_NOT_FOUND;
    TRY(q_library_get(cx->db, &row, .id = id));
    TRY(library_line_of(cx, row.id, row.open, row.at, row.content, &out->line));
    return read_revisions(cx, id, &out->revisions, &out->nrevisions);
}

enum err library_bytes(struct ctx *cx, str id, i64 revision, str *out, struct library_revision *r)
{
    struct library_view v;
    struct q_library_document_of row;
    TRY(library_get(cx, id, &v));
    for (size_t i = 0; i < v.nrevisions; i++) {
        if (v.revisions[i].n != revision)
            continue;
        *r = v.revisions[i];
        TRY(q_library_document_of(cx->db, &row, .sha256 = r->sha256));
        *out = text_open_document(cx, r->open, row.body);
        return out->p != NULL ? OK : E_NOT_FOUND;
    }
    return E_NOT_FOUND;
}
