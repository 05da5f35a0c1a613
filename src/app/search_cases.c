/* search_cases.c - find confidential texts, only those that the actor may read.
 *
 * Who may see a few cases looks through the documents of these alone; who may see many walks
 * down from the newest.  Either way the work does not grow with what there is. */
#include "app/search.h"

#include "app/case_file.h"
#include "app/search_own.h"
#include "base/vec.h"

enum {
    FEW = 200,          /* cases and reports */
    BATCH = 200,        /* candidates at a time */
    MOST_LOOKED = 4000, /* candidates in all; then the reader is offered to go on */
    MOST_TEXTS = 5,     /* shown of a case */
    EXCERPT = 160,      /* bytes */
};

/* What the actor may read of a case or report, looked up once a search. */
struct right_of {
    str id;
    const struct access *acc; /* NULL: nothing */
};

struct finding {
    struct tokens_query q;
    struct strs orgs;
    bool few;
    struct strs cases, reports; /* these, where they are few */
    size_t limit, looked;
    i64 next; /* documents from here on up are done */
    bool full;
    struct {
        VEC(struct found_case)
    } groups;
    struct {
        VEC(struct right_of)
    } rights;
};

/* --- few or many ------------------------------------------------------------------------------ */

static struct strs own_orgs(struct ctx *cx)
{
    str *orgs = NEWS(cx->a, str, cx->who.nseats + 1);
    for (size_t i = 0; i < cx->who.nseats; i++)
        orgs[i] = cx->who.seats[i].org_id;
    return (struct strs){orgs, cx->who.nseats};
}

static enum err choose_plan(struct ctx *cx, struct finding *f)
{
    struct q_visible_cases *cases;
    struct q_visible_reports *reports;
    size_t n, nreports;
    TRY(q_visible_cases(cx->db, &cases, &n, .principals = cx->who.principals, .most = FEW + 1));
    if (n > FEW)
        return OK;
    str *ids = NEWS(cx->a, str, n + 1), *of = NEWS(cx->a, str, FEW + 2);
    for (size_t i = 0; i < n; i++)
        ids[i] = cases[i].case_id;
    f->cases = (struct strs){ids, n};
    TRY(q_visible_reports(cx->db, &reports, &nreports, .case_ids = f->cases,
                          .principals = cx->who.principals, .orgs = f->orgs,
                          .person_id = cx->who.person_id, .most = FEW + 1));
    for (size_t i = 0; i < nreports; i++)
        of[i] = reports[i].id;
    f->reports = (struct strs){of, nreports};
    f->few = nreports <= FEW;
    return OK;
}

/* --- one document ------------------------------------------------------------------------------- */

/* Of the case where its grants say so, else of the report that is the actor's own business. */
static enum err right_to(struct ctx *cx, struct finding *f, const struct q_found_scan *row,
                         const struct access **acc)
{
    str id = row->granted ? row->case_id : row->report_id;
    for (size_t i = 0; i < f->rights.n; i++)
        if (str_eq(f->rights.v[i].id, id)) {
            *acc = f->rights.v[i].acc;
            return OK;
        }
    *acc = NULL;
    enum err e = row->granted ? access_case(cx, id, acc) : access_report(cx, id, acc);
    if (e != OK && e != E_NOT_FOUND)
        return e;
    if (e == E_NOT_FOUND)
        *acc = NULL;
    *PUSH(cx->a, &f->rights) = (struct right_of){id, *acc};
    return OK;
}

/* The sealed body behind a document, and what it is called. */
static enum err read_box(struct ctx *cx, const struct q_found_scan *row, struct sealed *box,
                         struct found_text *t)
{
    t->kind = row->source;
    if (str_eq(row->source, S("text"))) {
        struct q_text_body text;
        TRY(q_text_body(cx->db, &text, .id = row->row_id));
        t->kind = text.kind;
        t->at = text.at;
        *box = text.body;
    } else if (str_eq(row->source, S("vulnerability"))) {
        struct q_vulnerability_body v;
        TRY(q_vulnerability_body(cx->db, &v, .id = row->row_id));
        *box = v.content;
    } else if (str_eq(row->source, S("advisory"))) {
        struct q_advisory_body adv;
        str lang = row->row_id, id = str_cut(&lang, '.');
        TRY(q_advisory_body(cx->db, &adv, .id = id, .lang = lang));
        t->at = adv.at;
        *box = adv.content;
    } else {
        struct q_report_get r;
        TRY(q_report_get(cx->db, &r, .id = row->report_id));
        t->at = r.received;
        *box = str_eq(row->source, S("identity")) ? r.identity : r.content;
    }
    return OK;
}

/* The text as it is compared; absent: not for this actor. */
static enum err open_plain(struct ctx *cx, struct finding *f, const struct q_found_scan *row,
                           struct found_text *t, str *plain)
{
    const struct access *acc;
    const struct json *j;
    struct json_error bad;
    struct sealed box;
    struct place at = {.audience = (enum audience)row->audience,
                       .lane = row->lane,
                       .step = row->step,
                       .report_id = row->report_id};
    *plain = NO_STR;
    TRY(right_to(cx, f, row, &acc));
    if (acc == NULL || !access_may(acc, &at))
        return OK;
    TRY(read_box(cx, row, &box, t));
    *plain = text_open(acc, &at, box);
    if (str_eq(row->source, S("text")))
        return OK;
    TRY(json_read(cx->a, *plain, &j, &bad));
    *plain = search_plain(cx->a, j);
    return OK;
}

static bool starts_char(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* One line around the first term, where it stands as it was typed; else the beginning. */
static str excerpt(struct ctx *cx, const struct finding *f, str plain)
{
    ptrdiff_t at = f->q.needles.n > 0 ? str_find(str_lower(cx->a, plain), f->q.needles.v[0]) : 0;
    size_t from = at > EXCERPT / 3 ? (size_t)at - EXCERPT / 3 : 0, to = from + EXCERPT;
    buf b = {.a = cx->a};
    if (to > plain.n)
        to = plain.n;
    while (from > 0 && !starts_char(plain.p[from]))
        from--;
    while (to < plain.n && !starts_char(plain.p[to]))
        to++;
    if (from > 0)
        buf_put(&b, S("…"));
    for (size_t i = from; i < to; i++)
        buf_char(&b, plain.p[i] == '\n' ? ' ' : plain.p[i]);
    if (to < plain.n)
        buf_put(&b, S("…"));
    return buf_str(&b);
}

static struct found_case *group_of(struct finding *f, const struct q_found_scan *row)
{
    for (size_t i = 0; i < f->groups.n; i++) {
        struct found_case *g = &f->groups.v[i];
        if (row->granted ? str_eq(g->case_id, row->case_id)
                         : g->case_id.p == NULL && str_eq(g->report_id, row->report_id))
            return g;
    }
    return NULL;
}

static enum err look_at(struct ctx *cx, struct finding *f, const struct q_found_scan *row)
{
    struct found_text t = {.lane = row->lane, .step = row->step};
    str plain;
    if (row->row_id.n == 0 || (!row->granted && !row->mine))
        return OK;
    struct found_case *g = group_of(f, row);
    if (g != NULL && g->ntexts == MOST_TEXTS)
        return OK;
    TRY(open_plain(cx, f, row, &t, &plain));
    if (plain.p == NULL || !tokens_match(tokens_normal(cx->a, plain), &f->q))
        return OK;
    if (g == NULL && f->groups.n == f->limit) {
        f->full = true;
        return OK;
    }
    if (g == NULL) {
        g = PUSH(cx->a, &f->groups);
        if (row->granted)
            g->case_id = row->case_id;
        else
            g->report_id = row->report_id;
        g->texts = NEWS(cx->a, struct found_text, MOST_TEXTS);
    }
    t.excerpt = excerpt(cx, f, plain);
    struct found_text *texts = (struct found_text *)(uintptr_t)g->texts;
    texts[g->ntexts++] = t;
    return OK;
}

/* --- the walk --------------------------------------------------------------------------------- */

static enum err walk_many(struct ctx *cx, struct finding *f, i64 before)
{
    struct search_walk w = search_from(cx, &f->q.tokens, before);
    str query;
    while (search_next(cx, &w, &query)) {
        struct q_found_scan *rows;
        size_t n;
        TRY(q_found_scan(cx->db, &rows, &n, .query = query, .before = w.before, .most = BATCH,
                         .principals = cx->who.principals, .orgs = f->orgs,
                         .person_id = cx->who.person_id));
        for (size_t i = 0; i < n && !f->full; i++) {
            f->next = rows[i].doc + 1;
            TRY(look_at(cx, f, &rows[i]));
        }
        if (f->full)
            return OK;
        search_took(&w, n, BATCH, n > 0 ? rows[n - 1].doc : 0);
        f->looked += n;
        f->next = w.before;
        if (f->looked >= MOST_LOOKED)
            return OK;
    }
    f->next = 0;
    return OK;
}

static struct q_found_scan as_scanned(const struct q_found_of_few *row)
{
    return (struct q_found_scan){.doc = row->doc,
                                 .row_id = row->row_id,
                                 .source = row->source,
                                 .case_id = row->case_id,
                                 .report_id = row->report_id,
                                 .audience = row->audience,
                                 .lane = row->lane,
                                 .step = row->step,
                                 .granted = row->granted,
                                 .mine = row->mine};
}

static enum err walk_few(struct ctx *cx, struct finding *f, i64 before)
{
    size_t n = BATCH;
    while (n == BATCH && f->looked < MOST_LOOKED) {
        struct q_found_of_few *rows;
        TRY(q_found_of_few(cx->db, &rows, &n, .case_ids = f->cases, .report_ids = f->reports,
                           .before = before, .most = BATCH, .principals = cx->who.principals,
                           .orgs = f->orgs, .person_id = cx->who.person_id));
        for (size_t i = 0; i < n; i++) {
            struct q_found_scan row = as_scanned(&rows[i]);
            f->next = row.doc + 1;
            if (search_set_has(rows[i].words, &f->q.tokens))
                TRY(look_at(cx, f, &row));
            if (f->full)
                return OK;
            before = row.doc;
        }
        f->looked += n;
        f->next = before;
    }
    if (n < BATCH)
        f->next = 0;
    return OK;
}

static enum err name_groups(struct ctx *cx, struct finding *f)
{
    size_t n = f->groups.n;
    str *ids = NEWS(cx->a, str, n + 1), *titles = NEWS(cx->a, str, n + 1);
    str *langs = NEWS(cx->a, str, n + 1);
    for (size_t i = 0; i < n; i++)
        ids[i] = f->groups.v[i].case_id.p ? f->groups.v[i].case_id : S("");
    TRY(titles_for(cx, ids, n, titles, langs));
    for (size_t i = 0; i < n; i++) {
        struct found_case *g = &f->groups.v[i];
        struct q_case_get c;
        struct q_report_get r;
        g->title = titles[i];
        g->title_lang = langs[i];
        if (g->case_id.p != NULL) {
            TRY(q_case_get(cx->db, &c, .id = g->case_id));
            g->number = c.number;
        } else {
            TRY(q_report_get(cx->db, &r, .id = g->report_id));
            g->receipt = r.receipt;
        }
    }
    return OK;
}

/* Exactly a case's number or a report's receipt. */
static enum err find_direct(struct ctx *cx, str typed, struct found *out)
{
    const struct access *acc;
    struct q_report_by_receipt report;
    str id;
    enum err e = case_id_of(cx, typed, &id);
    if (e == OK)
        e = access_case(cx, id, &acc);
    if (e == OK)
        out->direct_case = id;
    TRY(e == E_NOT_FOUND ? OK : e);
    e = q_report_by_receipt(cx->db, &report, .receipt = typed);
    if (e == OK)
        e = access_report(cx, report.id, &acc);
    if (e == OK)
        out->direct_report = report.id;
    return e == E_NOT_FOUND ? OK : e;
}

enum err search_cases(struct ctx *cx, str typed, struct list_window *w, struct found *out)
{
    struct finding f = {.limit = w->limit};
    struct q_found_top top;
    i64 before = INT64_MAX;
    *out = (struct found){0};
    w->next = NO_STR;
    if (cx->who.person_id.n == 0)
        return E_DENIED;
    if (!search_cursor(w->after, &before))
        return wrong(cx, S("after"), S("choice"));
    TRY(app_read(cx));
    TRY(find_direct(cx, str_trim(typed), out));
    if (!tokens_query(cx->a, typed, cx->app->search_key, &f.q))
        return wrong(cx, S("q"), S("nothing_to_search"));
    f.orgs = own_orgs(cx);
    TRY(choose_plan(cx, &f));
    TRY(q_found_top(cx->db, &top));
    before = before < top.doc + 1 ? before : top.doc + 1;
    TRY(f.few ? walk_few(cx, &f, before) : walk_many(cx, &f, before));
    TRY(name_groups(cx, &f));
    if (f.next > 1)
        w->next = str_fmt(cx->a, "%lld", (long long)f.next);
    out->v = f.groups.v;
    out->n = f.groups.n;
    return OK;
}
