/* org_page.c - see org_page.h; making and editing are in org_edit_page.c and dept_page.c. */
#include "web/pages/org_page.h"

#include "app/tables.h"
#include "store/db.h"
#include "web/frame.h"
#include "web/list_out.h"
#include "web/pages/admin_log.h"

enum { ON_A_PAGE = 50 };

url org_url(struct ctx *cx, str slug, const char *more)
{
    return url_seg(cx->a, lang_url(cx, "/organisations/").s, slug, str_z(more));
}

str org_name(const struct ctx *cx, const struct org_view *v)
{
    return pick(cx, v->name_ja, v->name_en);
}

str kind_word_of(struct ctx *cx, str org_kind, str kind)
{
    enum actor actor;
    return actor_find(kind, &actor) ? department_word(actor, cx->lang)
                                    : org_kind_word(org_kind, cx->lang);
}

static bool looks_others_up(const struct ctx *cx)
{
    return admin_is_operator(cx) || user_seat(&cx->who, actor_name(ACTOR_COORDINATOR)) ||
           user_seat(&cx->who, actor_name(ACTOR_RECEPTION));
}

size_t org_crumbs(struct ctx *cx, const struct org_view *v, str title, struct crumb *out)
{
    size_t n = 0;
    if (looks_others_up(cx))
        out[n++] = (struct crumb){word(cx->lang, W_orgs_title), lang_url(cx, "/organisations")};
    out[n++] = (struct crumb){org_name(cx, v), title.n ? org_url(cx, v->slug, "") : (url){NO_STR}};
    if (title.n > 0)
        out[n++] = (struct crumb){title, {NO_STR}};
    return n;
}

/* --- the list ------------------------------------------------------------------------------------ */

static struct org_filter read_filter(const struct request *rq)
{
    str state = query_get(rq, "state");
    return (struct org_filter){
        .part = query_get(rq, "q"),
        .kind = query_get(rq, "kind").n ? query_get(rq, "kind") : NO_STR,
        .registration = query_get(rq, "registration").n ? query_get(rq, "registration") : NO_STR,
        .enabled = str_eq(state, S("enabled")),
        .disabled = str_eq(state, S("disabled")),
        .newest_first = str_eq(query_get(rq, "sort"), S("newest"))};
}

static const struct field_rule *rule_of(const char *name)
{
    size_t i = 0;
    while (!str_eq(org_rules[i].name, str_z(name)))
        i++;
    return &org_rules[i];
}

static void fill_filters(struct ctx *cx, const struct request *rq, struct orgs_view *v)
{
    static const struct field_choice states[] = {{.value = S_INIT("enabled")},
                                                 {.value = S_INIT("disabled")}};
    const struct field_rule state = {
        .name = S("state"), .choices = states, .nchoices = COUNT(states)};
    struct filter_view *all = NEWS(cx->a, struct filter_view, 3);
    all[0] = filter_by(cx, rule_of("kind"), "kind", query_get(rq, "kind"));
    all[1] = filter_by(cx, rule_of("registration"), "registration", query_get(rq, "registration"));
    all[2] = filter_by(cx, &state, "state", query_get(rq, "state"));
    v->filters = all;
    v->nfilters = 3;
    v->kept = query_get(rq, "sort").n > 0 ? hidden_field(cx, "sort", query_get(rq, "sort"))
                                          : (html){S("")};
}

static void fill_lines(struct ctx *cx, const struct org_line *rows, size_t n, struct orgs_view *v)
{
    struct orgs_line *l = NEWS(cx->a, struct orgs_line, n + 1);
    for (size_t i = 0; i < n; i++)
        l[i] = (struct orgs_line){
            .href = org_url(cx, rows[i].slug, ""),
            .name = rows[i].name,
            .slug = rows[i].slug,
            .kind = org_kind_word(rows[i].kind, cx->lang),
            .region = rows[i].region,
            .registration = org_choice_word(cx->a, "registration", rows[i].registration, cx->lang),
            .takes_reports = rows[i].takes_reports,
            .disabled = rows[i].disabled};
    v->lines = l;
    v->n = n;
}

static enum err write_list(struct ctx *cx, struct reply *an, enum list_format format,
                           const struct org_filter *f, struct list_window *w)
{
    static const char *const columns[] = {"slug",          "name",         "kind",
                                          "region",        "registration", "keywords",
                                          "takes_reports", "disabled",     NULL};
    struct org_line *rows;
    struct list_out l;
    size_t n;
    TRY(org_list(cx, f, w, &rows, &n));
    list_begin(&l, cx, an, format, "organisations", columns);
    for (size_t i = 0; i < n; i++) {
        const str texts[] = {rows[i].slug,   rows[i].name,         rows[i].kind,
                             rows[i].region, rows[i].registration, rows[i].keywords};
        for (size_t k = 0; k < COUNT(texts); k++)
            list_text(&l, texts[k]);
        list_bool(&l, rows[i].takes_reports);
        list_bool(&l, rows[i].disabled);
    }
    list_end(&l, w->next, w->total);
    return OK;
}

static enum err show_list(struct ctx *cx, struct request *rq, struct reply *an)
{
    enum list_format format = list_format_of(rq);
    struct org_filter f = read_filter(rq);
    struct list_window w = {.limit = format == LIST_HTML ? ON_A_PAGE : DB_LIST_MAX,
                            .after = query_get(rq, "after")};
    const char *order = f.newest_first ? "newest" : "name";
    struct org_line *rows;
    size_t n;
    if (format != LIST_HTML)
        return write_list(cx, an, format, &f, &w);
    TRY(org_list(cx, &f, &w, &rows, &n));
    struct orgs_view v = {
        .act = lang_url(cx, "/organisations"),
        .begin = lang_url(cx, "/organisations/new"),
        .may_begin =
            admin_is_operator(cx) || admin_leads(cx, NO_STR, actor_name(ACTOR_COORDINATOR)),
        .part = f.part.n ? f.part : S(""),
        .by_name = sort_head(cx, rq, W_org_name, "name", order, false),
        .by_age = sort_head(cx, rq, W_orgs_newest, "newest", order, true),
        .pager = pager_for(cx, rq, w.total, w.next),
        .csv = query_suffix(cx, rq, "csv"),
        .json = query_suffix(cx, rq, "json"),
    };
    fill_filters(cx, rq, &v);
    fill_lines(cx, rows, n, &v);
    an->title = word(cx->lang, W_orgs_title);
    an->nav = S("vendors");
    tpl_orgs(&an->out, &v);
    return OK;
}

/* --- one ------------------------------------------------------------------------------------------ */

struct fact_lines {
    VEC(struct fact_line)
};

static void add(struct ctx *cx, struct fact_lines *all, const char *field, str value)
{
    if (value.n > 0)
        *PUSH(cx->a, all) = (struct fact_line){
            .label = field_label(cx->a, rule_of(field), cx->lang), .value = value};
}

static void add_choice(struct ctx *cx, struct fact_lines *all, const char *field, str value)
{
    add(cx, all, field, org_choice_word(cx->a, field, value, cx->lang));
}

static void add_long(struct ctx *cx, struct fact_lines *all, const char *field, str value,
                     const char *lang)
{
    size_t before = all->n;
    add(cx, all, field, value);
    if (all->n > before)
        all->v[before].lang = str_z(lang);
}

static void fill_facts(struct ctx *cx, const struct org_view *o, struct org_page_view *v)
{
    struct fact_lines all = {0};
    add(cx, &all, "region", o->region);
    if (o->parent_slug.n > 0) {
        add(cx, &all, "parent", o->parent_slug);
        all.v[all.n - 1].href = org_url(cx, o->parent_slug, "");
    }
    add_choice(cx, &all, "registration", o->registration);
    add(cx, &all, "keywords", o->keywords);
    add(cx, &all, "contact", o->contact);
    add_long(cx, &all, "responsible_ja", o->responsible_ja, "ja");
    add_long(cx, &all, "responsible_en", o->responsible_en, "en");
    add_choice(cx, &all, "poc_position", o->poc_position);
    add_choice(cx, &all, "poc_seat", o->poc_seat);
    add_choice(cx, &all, "poc_scope", o->poc_scope);
    add_choice(cx, &all, "poc_systems", o->poc_systems);
    add_long(cx, &all, "policy_ja", o->policy_ja, "ja");
    add_long(cx, &all, "policy_en", o->policy_en, "en");
    add(cx, &all, "other_contact", o->other_contact);
    add(cx, &all, "org_key", o->fingerprint);
    if (o->fingerprint.n > 0)
        all.v[all.n - 1].mono = true;
    if (v->vendor) {
        add(cx, &all, "takes_reports", word(cx->lang, o->takes_reports ? W_yes : W_no));
        add(cx, &all, "listed", word(cx->lang, o->listed ? W_yes : W_no));
    }
    v->facts = all.v;
    v->nfacts = all.n;
}

static str kinds_in_words(struct ctx *cx, str org_kind, struct strs kinds)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < kinds.n; i++)
        buf_putf(&b, "%s%.*s",
                 i == 0                ? ""
                 : cx->lang == LANG_JA ? "、"
                                       : ", ",
                 SV(kind_word_of(cx, org_kind, kinds.v[i])));
    return b.n > 0 ? buf_str(&b) : S("–");
}

static void fill_depts(struct ctx *cx, const struct org_view *o, struct org_page_view *v)
{
    struct org_dept_line *l = NEWS(cx->a, struct org_dept_line, o->ndepts + 1);
    for (size_t i = 0; i < o->ndepts; i++) {
        const struct dept_view *d = &o->depts[i];
        l[i] = (struct org_dept_line){.name = pick(cx, d->name_ja, d->name_en),
                                      .other = pick(cx, d->name_en, d->name_ja),
                                      .other_lang = v->other_lang,
                                      .kinds = kinds_in_words(cx, o->kind, d->kinds),
                                      .people = d->people,
                                      .disabled = d->disabled};
        if (o->may_edit_depts)
            l[i].edit = url_seg(cx->a, org_url(cx, o->slug, "/departments/").s, d->id, S(""));
    }
    v->depts = l;
    v->ndepts = o->ndepts;
}

static html end_hidden(struct ctx *cx, const struct request *rq, const struct member_line *m)
{
    buf b = {.a = cx->a};
    buf_put(&b, csrf_field(cx, rq).s);
    buf_put(&b, hidden_field(cx, "person", m->login).s);
    buf_put(&b, hidden_field(cx, "dept", m->dept_id).s);
    return (html){buf_str(&b)};
}

static enum err fill_people(struct ctx *cx, const struct request *rq, const struct org_view *o,
                            struct org_page_view *v)
{
    struct member_line *rows;
    enum err e = org_members(cx, o->id, &rows, &v->npeople);
    v->has_people = e == OK;
    if (e == E_DENIED || e == E_NOT_FOUND)
        return OK;
    TRY(e);
    struct org_member_row *l = NEWS(cx->a, struct org_member_row, v->npeople + 1);
    for (size_t i = 0; i < v->npeople; i++) {
        const struct member_line *m = &rows[i];
        const struct field_rule *role = &member_rules[2];
        l[i] = (struct org_member_row){.name = m->name,
                                       .login = m->login,
                                       .dept = m->dept,
                                       .role = form_value_word(cx, role, m->role),
                                       .since = m->since,
                                       .until = m->until,
                                       .over = m->until.is && m->until.v <= cx->now,
                                       .coming = m->since > cx->now,
                                       .disabled = m->disabled};
        if (!o->may_edit_people)
            continue;
        url change = url_query(cx->a, org_url(cx, o->slug, "/members/new"), S("person"), m->login);
        l[i].person = url_seg(cx->a, lang_url(cx, "/people/").s, m->login, S(""));
        l[i].change = url_query(cx->a, change, S("dept"), m->dept_id);
        l[i].end = (struct act_view){.act = org_url(cx, o->slug, "/members/end"),
                                     .hidden = end_hidden(cx, rq, m)};
    }
    v->people = l;
    return OK;
}

static struct act_view disable_act(struct ctx *cx, const struct request *rq,
                                   const struct org_view *o)
{
    buf b = {.a = cx->a};
    buf_put(&b, csrf_field(cx, rq).s);
    buf_put(&b, hidden_number(cx, "rev", o->rev).s);
    buf_put(&b, hidden_field(cx, "disabled", o->disabled.is ? S("no") : S("yes")).s);
    return (struct act_view){
        .act = org_url(cx, o->slug, "/disable"),
        .button = word(cx->lang, o->disabled.is ? W_org_enable : W_org_disable),
        .sees = o->disabled.is ? word(cx->lang, W_org_enable_text)
                               : words_org_disable_text(cx->a, cx->lang, .n = o->people),
        .hidden = {buf_str(&b)}};
}

static enum err draw_org(struct ctx *cx, struct request *rq, struct reply *an,
                         const struct org_view *o)
{
    struct crumb crumbs[ORG_CRUMBS];
    struct org_page_view v = {
        .org = o,
        .name = org_name(cx, o),
        .other = pick(cx, o->name_en, o->name_ja),
        .other_lang = pick(cx, S("en"), S("ja")),
        .kind = org_kind_word(o->kind, cx->lang),
        .unanswered = kinds_in_words(cx, o->kind, o->unanswered),
        .crumbs = crumbs,
        .ncrumbs = org_crumbs(cx, o, NO_STR, crumbs),
        .vendor = str_eq(o->kind, S("vendor")),
        .edit = org_url(cx, o->slug, "/edit"),
        .kinds = org_url(cx, o->slug, "/kinds"),
        .dept_new = org_url(cx, o->slug, "/departments/new"),
        .member_new = org_url(cx, o->slug, "/members/new"),
        .person_new = url_query(cx->a, lang_url(cx, "/people/new"), S("org"), o->slug),
        .log = org_url(cx, o->slug, "/history"),
        .public_page = url_seg(cx->a, lang_url(cx, "/vendors/").s, o->slug, S("")),
        .disable = disable_act(cx, rq, o),
    };
    v.may_see_public = v.vendor && !o->disabled.is && (o->listed || o->takes_reports);
    fill_facts(cx, o, &v);
    fill_depts(cx, o, &v);
    TRY(fill_people(cx, rq, o, &v));
    an->title = v.name;
    an->nav = looks_others_up(cx) ? S("vendors") : S("organisation");
    tpl_org(&an->out, &v);
    return OK;
}

static enum err show_org(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    TRY(org_view(cx, rq->seg[0], &o));
    return draw_org(cx, rq, an, &o);
}

/* Of whoever asks: the one of the first seat. */
static enum err show_own(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    if (cx->who.nseats == 0)
        return E_NOT_FOUND;
    TRY(org_view(cx, cx->who.seats[0].org_id, &o));
    return draw_org(cx, rq, an, &o);
}

static enum err show_log(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    struct crumb crumbs[ORG_CRUMBS];
    TRY(org_view(cx, rq->seg[0], &o));
    struct admin_log_view v = {.title =
                                   words_org_log_title(cx->a, cx->lang, .name = org_name(cx, &o)),
                               .intro = word(cx->lang, W_org_log_intro),
                               .crumbs = crumbs};
    v.ncrumbs = org_crumbs(cx, &o, word(cx->lang, W_org_log), crumbs);
    an->nav = looks_others_up(cx) ? S("vendors") : S("organisation");
    return admin_log(cx, rq, an, o.id, &v);
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/organisations"),                 NEED_PERSON, OF_NOTHING, 0, show_list, 0, 0, NULL},
    {GET, S_INIT("/{lang}/organisations.csv"),             NEED_PERSON, OF_NOTHING, 0, show_list, 0, 0, NULL},
    {GET, S_INIT("/{lang}/organisations.json"),            NEED_PERSON, OF_NOTHING, 0, show_list, 0, 0, NULL},
    {GET, S_INIT("/{lang}/organisation"),                  NEED_PERSON, OF_NOTHING, 0, show_own,  0, 0, NULL},
    {GET, S_INIT("/{lang}/organisations/{}"),              NEED_PERSON, OF_NOTHING, 0, show_org,  0, 0, NULL},
    {GET, S_INIT("/{lang}/organisations/{}/history"),      NEED_PERSON, OF_NOTHING, 0, show_log,  0, 0, NULL},
    {GET, S_INIT("/{lang}/organisations/{}/history.csv"),  NEED_PERSON, OF_NOTHING, 0, show_log,  0, 0, NULL},
    {GET, S_INIT("/{lang}/organisations/{}/history.json"), NEED_PERSON, OF_NOTHING, 0, show_log,  0, 0, NULL},
};
/* clang-format on */
const struct routes org_routes = {table, COUNT(table)};
