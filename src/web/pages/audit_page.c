/* audit_page.c - see audit_page.h. */
#include "web/pages/audit_page.h"

#include "store/db.h"
#include "web/frame.h"
#include "web/list_out.h"

enum { ON_A_PAGE = 50, PHASES = 6 };

static const str flows[] = {S_INIT("coordinated"), S_INIT("direct")};

static str flow_word(const struct ctx *cx, enum flow f)
{
    return word(cx->lang, f == FLOW_DIRECT ? W_audit_flow_direct : W_audit_flow_coordinated);
}

/* --- what is asked for --------------------------------------------------------------------------- */

static str given(const struct request *rq, const char *name)
{
    str s = str_trim(query_get(rq, name));
    return s.n > 0 ? s : NO_STR;
}

/* A number as it is written on pages, too: "KKH#12345678". */
static str number_of(const struct request *rq)
{
    str s = given(rq, "number");
    ptrdiff_t hash = s.n > 0 ? str_find_char(s, '#') : -1;
    return hash >= 0 ? str_from(s, (size_t)hash + 1) : s;
}

/* The days are whole, in the reader's zone: until the 21st is before the 22nd. */
static void read_days(struct ctx *cx, const struct request *rq, opt_i64 *from, opt_i64 *before)
{
    i64 at;
    if (time_parse(query_get(rq, "from"), cx->zone, &at))
        *from = SOME(at);
    if (time_parse(query_get(rq, "to"), cx->zone, &at))
        *before = SOME(time_add_days(at, 1, cx->zone));
}

static const struct audit_field *typed_filters(struct ctx *cx, const struct request *rq)
{
    static const struct {
        const char *name, *type;
        enum word label;
    } all[] = {{"number", "search", W_audit_number},
               {"from", "date", W_audit_from},
               {"to", "date", W_audit_to}};
    struct audit_field *f = NEWS(cx->a, struct audit_field, COUNT(all));
    for (size_t i = 0; i < COUNT(all); i++) {
        str value = query_get(rq, all[i].name);
        f[i] = (struct audit_field){str_z(all[i].name), word(cx->lang, all[i].label),
                                    str_z(all[i].type), value.n ? value : S("")};
    }
    return f;
}

static struct audit_view begin(struct ctx *cx, struct request *rq, bool entries)
{
    struct audit_view v = {
        .tabs = {{word(cx->lang, W_audit_cases), entries ? S("false") : S("page"),
                  lang_url(cx, "/audit")},
                 {word(cx->lang, W_audit_entries), entries ? S("page") : S("false"),
                  lang_url(cx, "/audit/history")}},
        .act = lang_url(cx, entries ? "/audit/history" : "/audit"),
        .kept = query_get(rq, "sort").n > 0 ? hidden_field(cx, "sort", query_get(rq, "sort"))
                                            : (html){S("")},
        .fields = typed_filters(cx, rq),
        .nfields = 3,
        .csv = query_suffix(cx, rq, "csv"),
        .json = query_suffix(cx, rq, "json"),
        .prefix = str_fmt(cx->a, "%.*s#", SV(cx->app->number_prefix)),
    };
    return v;
}

/* --- cases ----------------------------------------------------------------------------------------- */

static struct filter_view flow_filter(struct ctx *cx, str now)
{
    struct field_choice *c = NEWS(cx->a, struct field_choice, COUNT(flows));
    struct field_rule r = {.name = S("flow"), .choices = c, .nchoices = COUNT(flows)};
    for (size_t i = 0; i < COUNT(flows); i++)
        c[i] = (struct field_choice){
            .value = flows[i],
            .label = {word(LANG_JA, i ? W_audit_flow_direct : W_audit_flow_coordinated),
                      word(LANG_EN, i ? W_audit_flow_direct : W_audit_flow_coordinated)}};
    r.label[LANG_JA] = word(LANG_JA, W_audit_flow);
    r.label[LANG_EN] = word(LANG_EN, W_audit_flow);
    return filter_by(cx, &r, "flow", now);
}

static struct filter_view state_filter(struct ctx *cx, str now)
{
    static const struct field_choice c[] = {
        {.value = S_INIT("open")}, {.value = S_INIT("closed")}, {.value = S_INIT("overdue")}};
    const struct field_rule r = {.name = S("audit_state"), .choices = c, .nchoices = COUNT(c)};
    return filter_by(cx, &r, "state", now);
}

static struct audit_filter read_cases(struct ctx *cx, const struct request *rq)
{
    str state = query_get(rq, "state");
    struct audit_filter f = {.number = number_of(rq),
                             .flow = given(rq, "flow"),
                             .overdue = str_eq(state, S("overdue")),
                             .oldest_first = str_eq(query_get(rq, "sort"), S("oldest"))};
    if (str_eq(state, S("open")) || str_eq(state, S("closed")))
        f.open = SOME(str_eq(state, S("open")));
    read_days(cx, rq, &f.from, &f.before);
    return f;
}

static str phase_word(const struct ctx *cx, int phase)
{
    static const enum word words[PHASES] = {W_phase_short_0, W_phase_short_1, W_phase_short_2,
                                            W_phase_short_3, W_phase_short_4, W_phase_short_5};
    return word(cx->lang, phase < PHASES ? words[phase] : W_audit_over);
}

static void write_cases(struct ctx *cx, struct reply *an, enum list_format format,
                        const struct audit_case *rows, size_t n, const struct list_window *w)
{
    static const char *const columns[] = {"number",  "flow", "phase",   "opened",    "updated",
                                          "waiting", "due",  "planned", "published", NULL};
    struct list_out l;
    list_begin(&l, cx, an, format, "audit", columns);
    for (size_t i = 0; i < n; i++) {
        list_text(&l, rows[i].number);
        list_text(&l, flow_name(rows[i].flow));
        list_number(&l, rows[i].phase);
        list_instant(&l, SOME(rows[i].opened));
        list_instant(&l, SOME(rows[i].updated));
        list_number(&l, rows[i].waiting);
        list_instant(&l, rows[i].due);
        list_instant(&l, rows[i].planned);
        list_instant(&l, rows[i].published);
    }
    list_end(&l, w->next, w->total);
}

static void fill_cases(struct ctx *cx, const struct audit_case *rows, size_t n,
                       struct audit_view *v)
{
    struct audit_case_line *l = NEWS(cx->a, struct audit_case_line, n + 1);
    for (size_t i = 0; i < n; i++)
        l[i] = (struct audit_case_line){
            .number = rows[i].number,
            .flow = flow_word(cx, rows[i].flow),
            .phase = phase_word(cx, rows[i].phase),
            .href = url_query(cx->a, lang_url(cx, "/audit/history"), S("number"), rows[i].number),
            .c = rows[i],
            .over = rows[i].phase >= PHASES};
    v->cases = l;
    v->n = n;
}

static enum err show_cases(struct ctx *cx, struct request *rq, struct reply *an)
{
    enum list_format format = list_format_of(rq);
    struct audit_filter f = read_cases(cx, rq);
    struct list_window w = {.limit = format == LIST_HTML ? ON_A_PAGE : DB_LIST_MAX,
                            .after = query_get(rq, "after")};
    struct filter_view filters[2];
    struct audit_case *rows;
    size_t n;
    TRY(form_hide(audit_cases(cx, &f, &w, &rows, &n)));
    if (format != LIST_HTML) {
        write_cases(cx, an, format, rows, n, &w);
        return OK;
    }
    struct audit_view v = begin(cx, rq, false);
    const char *order = f.oldest_first ? "newest" : "oldest"; /* a click turns it round */
    v.by_opened = sort_head(cx, rq, W_audit_opened, order, order, !f.oldest_first);
    v.pager = pager_for(cx, rq, w.total, w.next);
    filters[0] = flow_filter(cx, query_get(rq, "flow"));
    filters[1] = state_filter(cx, query_get(rq, "state"));
    v.filters = filters;
    v.nfilters = 2;
    fill_cases(cx, rows, n, &v);
    an->title = word(cx->lang, W_audit_title);
    an->nav = S("audit");
    tpl_audit(&an->out, &v);
    return OK;
}

/* --- history --------------------------------------------------------------------------------------- */

static enum err dept_filter(struct ctx *cx, const struct request *rq, struct filter_view *out)
{
    struct audit_dept *depts;
    size_t n;
    TRY(audit_depts(cx, &depts, &n));
    struct field_choice *c = NEWS(cx->a, struct field_choice, n + 1);
    struct field_rule r = {.name = S("dept"), .choices = c, .nchoices = n};
    for (size_t i = 0; i < n; i++)
        c[i] = (struct field_choice){.value = depts[i].id, .label = {depts[i].name, depts[i].name}};
    *out = filter_by(cx, &r, "dept", query_get(rq, "dept"));
    return OK;
}

static void write_entries(struct ctx *cx, struct reply *an, enum list_format format,
                          const struct audit_entry *rows, size_t n, const struct list_window *w)
{
    static const char *const columns[] = {"at",     "number", "who",  "department", "behalf",
                                          "vendor", "step",   "what", NULL};
    struct list_out l;
    list_begin(&l, cx, an, format, "audit-history", columns);
    for (size_t i = 0; i < n; i++) {
        const str texts[] = {rows[i].number, rows[i].who,  rows[i].dept,    rows[i].behalf,
                             rows[i].lane,   rows[i].step, rows[i].sentence};
        list_instant(&l, SOME(rows[i].at));
        for (size_t k = 0; k < COUNT(texts); k++)
            list_text(&l, texts[k]);
    }
    list_end(&l, w->next, w->total);
}

static enum err show_entries(struct ctx *cx, struct request *rq, struct reply *an)
{
    enum list_format format = list_format_of(rq);
    struct audit_entry_filter f = {.number = number_of(rq), .dept_id = given(rq, "dept")};
    struct list_window w = {.limit = format == LIST_HTML ? ON_A_PAGE : DB_LIST_MAX,
                            .after = query_get(rq, "after")};
    struct filter_view filter;
    struct audit_entry *rows;
    size_t n;
    read_days(cx, rq, &f.from, &f.before);
    TRY(form_hide(audit_entries(cx, &f, &w, &rows, &n)));
    if (format != LIST_HTML) {
        write_entries(cx, an, format, rows, n, &w);
        return OK;
    }
    TRY(dept_filter(cx, rq, &filter));
    struct audit_view v = begin(cx, rq, true);
    v.filters = &filter;
    v.nfilters = 1;
    v.entries = rows;
    v.n = n;
    v.pager = pager_for(cx, rq, w.total, w.next);
    an->title = word(cx->lang, W_audit_title);
    an->nav = S("audit");
    tpl_audit_history(&an->out, &v);
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/audit"),              NEED_PERSON, OF_NOTHING, 0, show_cases,   0, 0, NULL},
    {GET, S_INIT("/{lang}/audit.csv"),          NEED_PERSON, OF_NOTHING, 0, show_cases,   0, 0, NULL},
    {GET, S_INIT("/{lang}/audit.json"),         NEED_PERSON, OF_NOTHING, 0, show_cases,   0, 0, NULL},
    {GET, S_INIT("/{lang}/audit/history"),      NEED_PERSON, OF_NOTHING, 0, show_entries, 0, 0, NULL},
    {GET, S_INIT("/{lang}/audit/history.csv"),  NEED_PERSON, OF_NOTHING, 0, show_entries, 0, 0, NULL},
    {GET, S_INIT("/{lang}/audit/history.json"), NEED_PERSON, OF_NOTHING, 0, show_entries, 0, 0, NULL},
};
/* clang-format on */
const struct routes audit_routes = {table, COUNT(table)};
