/* library_page.c - see library_page.h: the list, and a document that is handed in. */
#include "web/pages/library_page.h"

#include "io/files.h"
#include "store/db.h"
#include "web/files.h"
#include "web/frame.h"
#include "web/list_out.h"
#include "web/pages/library_own.h"

enum { ON_A_PAGE = 50, CVES_SHOWN = 3 };

/* clang-format off */
static const struct field_choice severities[] = {
    {.value = S_INIT("none")}, {.value = S_INIT("low")}, {.value = S_INIT("medium")}, {.value = S_INIT("high")}, {.value = S_INIT("critical")}};
static const struct field_rule severity_rule = {
    .name = S_INIT("severity"), .type = FIELD_CHOICE, .choices = severities, .nchoices = COUNT(severities)};
static const str orders[] = {S_INIT("newest"), S_INIT("oldest"), S_INIT("severity")};
/* clang-format on */

/* --- what is asked for ---------------------------------------------------------------------------- */

static str given(const struct request *rq, const char *name)
{
    str s = str_trim(query_get(rq, name));
    return s.n > 0 && s.n <= LIBRARY_TEXT ? s : S("");
}

static str upper(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++)
        buf_char(&b, s.p[i] >= 'a' && s.p[i] <= 'z' ? (char)(s.p[i] - 'a' + 'A') : s.p[i]);
    return b.n > 0 ? buf_str(&b) : NO_STR;
}

static str or_absent(str s)
{
    return s.n > 0 ? s : NO_STR;
}

static struct library_filter read_filter(struct ctx *cx, const struct request *rq)
{
    i64 at;
    struct library_filter f = {.q = or_absent(given(rq, "q")),
                               .product = or_absent(given(rq, "product")),
                               .cve = upper(cx->a, given(rq, "cve")),
                               .publisher = or_absent(given(rq, "publisher")),
                               .severity = -1};
    for (size_t i = 0; i < COUNT(severities); i++)
        if (str_eq(given(rq, "severity"), severities[i].value))
            f.severity = (int)i;
    for (size_t i = 0; i < COUNT(orders); i++)
        if (str_eq(given(rq, "sort"), orders[i]))
            f.sort = (enum library_sort)i;
    if (time_parse(given(rq, "since"), cx->zone, &at))
        f.since = SOME(at);
    if (time_parse(given(rq, "until"), cx->zone, &at)) /* that day itself, too */
        f.until = SOME(time_add_days(at, 1, cx->zone));
    return f;
}

static enum err publisher_filter(struct ctx *cx, const struct request *rq, struct filter_view *out)
{
    struct library_publisher *all;
    size_t n;
    TRY(library_publishers(cx, &all, &n));
    struct field_choice *c = NEWS(cx->a, struct field_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct field_choice){.value = all[i].publisher,
                                     .label = {all[i].publisher, all[i].publisher}};
    struct field_rule named = {.name = S("publisher"), .choices = c, .nchoices = n};
    named.label[LANG_JA] = word(LANG_JA, W_library_publisher);
    named.label[LANG_EN] = word(LANG_EN, W_library_publisher);
    *out = filter_by(cx, &named, "publisher", given(rq, "publisher"));
    return OK;
}

/* --- rows ----------------------------------------------------------------------------------------- */

static str cves_of(struct ctx *cx, const struct library_entry *e)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < e->cves.n && i < CVES_SHOWN; i++)
        buf_putf(&b, "%s%.*s", i > 0 ? "\n" : "", SV(e->cves.v[i]));
    if (e->cves.n > CVES_SHOWN)
        buf_putf(&b, "\n+%zu", e->cves.n - CVES_SHOWN);
    return b.n > 0 ? buf_str(&b) : S("–");
}

url library_url(struct ctx *cx, str id)
{
    return url_seg(cx->a, lang_url(cx, "/library/").s, id, S(""));
}

static void fill_row(struct ctx *cx, const struct library_line *l, struct library_row *r)
{
    *r = (struct library_row){
        .href = library_url(cx, l->id),
        .id = l->e.id,
        .title = l->e.title,
        .lang = library_lang(cx, l->e.lang),
        .publisher = l->e.publisher_name.n > 0 ? l->e.publisher_name : l->e.publisher,
        .cves = cves_of(cx, &l->e),
        .tlp = l->open ? S("") : library_tlp(cx, &l->e),
        .at = l->at,
        .score = l->e.score,
        .findings = l->e.findings,
    };
}

static bool is_asked(const struct library_filter *f)
{
    return f->q.n > 0 || f->product.n > 0 || f->cve.n > 0 || f->publisher.n > 0 ||
           f->severity >= 0 || f->since.is || f->until.is;
}

static void fill_filters(struct ctx *cx, const struct request *rq, const struct library_filter *f,
                         struct library_list_view *v)
{
    const char *order = (const char *[]){"newest", "oldest", "severity"}[f->sort];
    v->act = lang_url(cx, "/library");
    v->csv = query_suffix(cx, rq, "csv");
    v->json = query_suffix(cx, rq, "json");
    v->q = given(rq, "q");
    v->product = given(rq, "product");
    v->cve = given(rq, "cve");
    v->since = given(rq, "since");
    v->until = given(rq, "until");
    v->kept = f->sort == LIBRARY_NEWEST ? (html){S("")} : hidden_field(cx, "sort", str_z(order));
    v->filters[0] = filter_by(cx, &severity_rule, "severity", given(rq, "severity"));
    const char *turned = f->sort == LIBRARY_NEWEST ? "oldest" : "newest";
    v->by_date = sort_head(cx, rq, W_library_updated, turned,
                           f->sort == LIBRARY_SEVERITY ? "" : turned, f->sort == LIBRARY_NEWEST);
    v->by_severity = sort_head(cx, rq, W_library_severity, "severity", order, true);
    v->any = is_asked(f);
}

static enum err draw(struct ctx *cx, struct request *rq, struct reply *an, bool search)
{
    struct library_filter f = read_filter(cx, rq);
    struct list_window w = {.limit = ON_A_PAGE, .after = query_get(rq, "after")};
    struct library_list_view v = {.csrf = csrf_field(cx, rq), .may_import = library_may(cx).import};
    struct library_line *lines = NULL;
    fill_filters(cx, rq, &f, &v);
    TRY(publisher_filter(cx, rq, &v.filters[1]));
    enum err e = search ? library_list(cx, &f, &w, &lines, &v.n) : OK;
    if (e != OK && (e != E_INVALID || cx->problems.n == 0))
        return e;
    struct library_row *rows = NEWS(cx->a, struct library_row, v.n + 1);
    for (size_t i = 0; lines != NULL && i < v.n; i++)
        fill_row(cx, &lines[i], &rows[i]);
    v.rows = rows;
    v.counted = w.total >= 0 && search;
    v.pager = pager_for(cx, rq, w.total, w.next);
    v.problems = form_problems(cx, NULL, 0);
    v.file = file_field(cx, S("document"), word(cx->lang, W_library_file),
                        word(cx->lang, W_library_file_hint), false);
    an->status = cx->problems.n > 0 ? 422 : 200;
    an->title = word(cx->lang, W_library_title);
    an->nav = S("library");
    an->amber = library_may(cx).closed;
    tpl_library(&an->out, &v);
    return OK;
}

static enum err write_rows(struct ctx *cx, struct request *rq, struct reply *an)
{
    static const char *const columns[] = {"id",   "document_id", "title",   "publisher",
                                          "tlp",  "version",     "updated", "score_10",
                                          "cves", "findings",    NULL};
    struct library_filter f = read_filter(cx, rq);
    struct list_window w = {.limit = DB_LIST_MAX, .after = query_get(rq, "after")};
    struct library_line *v;
    struct list_out l;
    size_t n;
    TRY(library_list(cx, &f, &w, &v, &n));
    list_begin(&l, cx, an, list_format_of(rq), "library", columns);
    for (size_t i = 0; i < n; i++) {
        buf cves = {.a = cx->a};
        for (size_t k = 0; k < v[i].e.cves.n; k++)
            buf_putf(&cves, "%s%.*s", k > 0 ? " " : "", SV(v[i].e.cves.v[k]));
        list_text(&l, v[i].id);
        list_text(&l, v[i].e.id);
        list_text(&l, v[i].e.title);
        list_text(&l, v[i].e.publisher);
        list_text(&l, v[i].e.tlp);
        list_text(&l, v[i].e.version);
        list_instant(&l, SOME(v[i].at));
        list_number(&l, v[i].e.score);
        list_text(&l, cves.n > 0 ? buf_str(&cves) : S(""));
        list_number(&l, v[i].e.findings);
    }
    list_end(&l, w.next, w.total);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *an)
{
    return list_format_of(rq) == LIST_HTML ? draw(cx, rq, an, true) : write_rows(cx, rq, an);
}

/* --- handing in ----------------------------------------------------------------------------------- */

static enum err read_upload(struct ctx *cx, const struct request *rq, str *bytes, str *name)
{
    for (size_t i = 0; i < rq->nfiles; i++) {
        const struct upload *u = &rq->files[i];
        if (!str_eq(u->field, S("document")) || u->size == 0)
            continue;
        *name = attach_name(cx->a, u->filename);
        *bytes = u->bytes;
        if (u->size > LIBRARY_BYTES)
            return wrong(cx, S("document"), S("library_large"));
        return u->fd < 0 ? OK : file_read_fd(cx->a, u->fd, LIBRARY_BYTES, &cx->fault, bytes);
    }
    return wrong(cx, S("document"), S("required"));
}

static enum err import(struct ctx *cx, struct request *rq, struct library_done *last)
{
    struct library_origin from = {0};
    struct library_dones done = {0};
    str bytes = S("");
    TRY(read_upload(cx, rq, &bytes, &from.source));
    TRY(library_import(cx, bytes, &from, &done));
    for (size_t i = 0; i < done.n; i++) {
        *last = done.v[i];
        if (done.v[i].outcome == LIBRARY_REFUSED)
            (void)problem_got(cx->a, &cx->problems, S("document"), done.v[i].why.code,
                              done.v[i].why.place);
    }
    return cx->problems.n > 0 ? E_INVALID : OK;
}

static enum err take(struct ctx *cx, struct request *rq, struct reply *an)
{
    static const char *const words[LIBRARY_OUTCOMES] = {"library_new", "library_updated",
                                                        "library_unchanged", "library_older", ""};
    struct library_done last = {0};
    if (!library_may(cx).import)
        return E_NOT_FOUND;
    enum err e = import(cx, rq, &last);
    if (e == E_INVALID)
        return draw(cx, rq, an, false);
    TRY(e);
    return redirect(cx, an, last.id.n > 0 ? library_url(cx, last.id) : lang_url(cx, "/library"),
                    words[last.outcome]);
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/library"),          NEED_PERSON, OF_NOTHING, 0, show,           0, 0, NULL},
    {GET,  S_INIT("/{lang}/library.csv"),      NEED_PERSON, OF_NOTHING, 0, show,           0, 0, NULL},
    {GET,  S_INIT("/{lang}/library.json"),     NEED_PERSON, OF_NOTHING, 0, show,           0, 0, NULL},
    {POST, S_INIT("/{lang}/library"),          NEED_PERSON, OF_NOTHING, 0, take,           ROUTE_UPLOAD, FILES_BODY_MAX, NULL},
    {GET,  S_INIT("/{lang}/library/{}"),       NEED_PERSON, OF_NOTHING, 0, library_show,   0, 0, NULL},
    {GET,  S_INIT("/{lang}/library/{}/document/{}"), NEED_PERSON, OF_NOTHING, 0, library_download, 0, 0, NULL},
};
/* clang-format on */
const struct routes library_routes = {table, COUNT(table)};
