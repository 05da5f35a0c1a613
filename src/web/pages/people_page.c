/* people_page.c - see people_page.h; what changes an account is in person_edit_page.c. */
#include "web/pages/people_page.h"

#include "app/orgs.h"
#include "store/db.h"
#include "web/frame.h"
#include "web/list_out.h"
#include "web/pages/org_page.h"

enum { ON_A_PAGE = 50 };

url person_url(struct ctx *cx, str login, const char *more)
{
    return url_seg(cx->a, lang_url(cx, "/people/").s, login, str_z(more));
}

size_t person_crumbs(struct ctx *cx, const struct person_view *p, str title, struct crumb *out)
{
    size_t n = 0;
    str name = pick(cx, p->name_ja, p->name_en);
    out[n++] = (struct crumb){word(cx->lang, W_people_title), lang_url(cx, "/people")};
    out[n++] = (struct crumb){name, title.n ? person_url(cx, p->login, "") : (url){NO_STR}};
    if (title.n > 0)
        out[n++] = (struct crumb){title, {NO_STR}};
    return n;
}

/* --- the list ------------------------------------------------------------------------------------ */

/* Whose people: of the organisation that is named, else all for the operator, and its own for the
 * lead of a contact. */
static enum err find_org(struct ctx *cx, const struct request *rq, struct person_filter *f,
                         str *name, str *slug)
{
    struct org_view o;
    str asked = query_get(rq, "org");
    for (size_t i = 0; i < cx->who.nseats && asked.n == 0 && !admin_is_operator(cx); i++)
        if (admin_leads(cx, cx->who.seats[i].org_id, actor_name(ACTOR_POC)))
            asked = cx->who.seats[i].org_id;
    *name = *slug = S("");
    if (asked.n == 0)
        return admin_is_operator(cx) ? OK : E_NOT_FOUND;
    TRY(org_view(cx, asked, &o));
    f->org_id = o.id;
    *name = org_name(cx, &o);
    *slug = o.slug;
    return o.may_edit_people ? OK : E_NOT_FOUND;
}

static str flags_of(struct ctx *cx, const struct person_line *p)
{
    buf b = {.a = cx->a};
    if (p->is_operator)
        buf_put(&b, word(cx->lang, W_role_operator));
    if (p->is_auditor)
        buf_putf(&b, "%s%.*s", b.n ? ", " : "", SV(word(cx->lang, W_role_auditor)));
    return b.n > 0 ? buf_str(&b) : S("–");
}

static void fill_people(struct ctx *cx, const struct person_line *rows, size_t n,
                        struct people_view *v)
{
    struct people_line *l = NEWS(cx->a, struct people_line, n + 1);
    for (size_t i = 0; i < n; i++)
        l[i] = (struct people_line){.href = person_url(cx, rows[i].login, ""),
                                    .login = rows[i].login,
                                    .name = rows[i].name,
                                    .email = rows[i].email,
                                    .flags = flags_of(cx, &rows[i]),
                                    .must_change = rows[i].must_change,
                                    .disabled = rows[i].disabled};
    v->lines = l;
    v->n = n;
}

static void fill_filters(struct ctx *cx, const struct request *rq, struct people_view *v)
{
    static const char *const kept[] = {"org", "sort"};
    static const struct field_choice who[] = {{.value = S_INIT("enabled")},
                                              {.value = S_INIT("operators")}};
    const struct field_rule r = {.name = S("show"), .choices = who, .nchoices = COUNT(who)};
    struct filter_view *all = NEWS(cx->a, struct filter_view, 1);
    buf b = {.a = cx->a};
    all[0] = filter_by(cx, &r, "show", query_get(rq, "show"));
    for (size_t i = 0; i < COUNT(kept); i++)
        if (query_get(rq, kept[i]).n > 0)
            buf_put(&b, hidden_field(cx, kept[i], query_get(rq, kept[i])).s);
    v->filters = all;
    v->nfilters = 1;
    v->kept = (html){b.n > 0 ? buf_str(&b) : S("")};
}

static enum err write_list(struct ctx *cx, struct reply *an, enum list_format format,
                           const struct person_filter *f, struct list_window *w)
{
    static const char *const columns[] = {"login",      "name",        "email",    "is_operator",
                                          "is_auditor", "must_change", "disabled", NULL};
    struct person_line *rows;
    struct list_out l;
    size_t n;
    TRY(form_hide(person_list(cx, f, w, &rows, &n)));
    list_begin(&l, cx, an, format, "people", columns);
    for (size_t i = 0; i < n; i++) {
        list_text(&l, rows[i].login);
        list_text(&l, rows[i].name);
        list_text(&l, rows[i].email);
        list_bool(&l, rows[i].is_operator);
        list_bool(&l, rows[i].is_auditor);
        list_bool(&l, rows[i].must_change);
        list_bool(&l, rows[i].disabled);
    }
    list_end(&l, w->next, w->total);
    return OK;
}

static enum err draw_list(struct ctx *cx, struct request *rq, struct reply *an,
                          const struct person_filter *f, struct list_window *w,
                          struct people_view *v, str slug)
{
    const char *order = f->newest_first ? "newest" : "login";
    struct person_line *rows;
    size_t n;
    TRY(form_hide(person_list(cx, f, w, &rows, &n)));
    v->act = lang_url(cx, "/people");
    v->begin = lang_url(cx, "/people/new");
    if (slug.n > 0)
        v->begin = url_query(cx->a, v->begin, S("org"), slug);
    v->part = f->part.n ? f->part : S("");
    v->by_login = sort_head(cx, rq, W_field_person, "login", order, false);
    v->by_age = sort_head(cx, rq, W_people_newest, "newest", order, true);
    v->pager = pager_for(cx, rq, w->total, w->next);
    v->csv = query_suffix(cx, rq, "csv");
    v->json = query_suffix(cx, rq, "json");
    fill_filters(cx, rq, v);
    fill_people(cx, rows, n, v);
    an->title = word(cx->lang, W_people_title);
    an->nav = S("people");
    tpl_people(&an->out, v);
    return OK;
}

static enum err show_list(struct ctx *cx, struct request *rq, struct reply *an)
{
    enum list_format format = list_format_of(rq);
    struct people_view v = {0};
    str slug, show = query_get(rq, "show");
    struct person_filter f = {.part = query_get(rq, "q"),
                              .enabled = str_eq(show, S("enabled")),
                              .operators = str_eq(show, S("operators")),
                              .newest_first = str_eq(query_get(rq, "sort"), S("newest"))};
    struct list_window w = {.limit = format == LIST_HTML ? ON_A_PAGE : DB_LIST_MAX,
                            .after = query_get(rq, "after")};
    TRY(find_org(cx, rq, &f, &v.org, &slug));
    return format == LIST_HTML ? draw_list(cx, rq, an, &f, &w, &v, slug)
                               : write_list(cx, an, format, &f, &w);
}

/* --- one ------------------------------------------------------------------------------------------ */

struct seat_line *seat_lines(struct ctx *cx, const struct person_view *p)
{
    struct seat_line *l = NEWS(cx->a, struct seat_line, p->nmemberships + 1);
    for (size_t i = 0; i < p->nmemberships; i++) {
        const struct member_line *m = &p->memberships[i];
        l[i] = (struct seat_line){.org = m->org,
                                  .dept = m->dept,
                                  .role = form_value_word(cx, &member_rules[2], m->role),
                                  .href = org_url(cx, m->org_slug, ""),
                                  .since = m->since,
                                  .until = m->until,
                                  .over = m->until.is && m->until.v <= cx->now,
                                  .coming = m->since > cx->now};
    }
    return l;
}

/* In groups of eight, between which a line may break. */
static str in_groups(struct arena *a, str hex)
{
    buf b = {.a = a};
    for (size_t i = 0; i < hex.n; i += 8)
        buf_putf(&b, "%s%.*s", i > 0 ? " " : "", SV(str_sub(hex, i, 8)));
    return b.n > 0 ? buf_str(&b) : S("");
}

enum err tokens_fill(struct ctx *cx, const struct request *rq, str person_id, struct tokens_view *v)
{
    struct token_line *rows;
    TRY(token_list(cx, person_id, &rows, &v->n));
    struct token_row *l = NEWS(cx->a, struct token_row, v->n + 1);
    for (size_t i = 0; i < v->n; i++) {
        buf b = {.a = cx->a};
        buf_put(&b, csrf_field(cx, rq).s);
        buf_put(&b, hidden_field(cx, "token", rows[i].id).s);
        l[i] = (struct token_row){.name = rows[i].name,
                                  .certificate = in_groups(cx->a, rows[i].certificate),
                                  .created = rows[i].created,
                                  .expires = rows[i].expires,
                                  .used = rows[i].used,
                                  .revoked = rows[i].revoked.is,
                                  .over = rows[i].expires.is && rows[i].expires.v <= cx->now,
                                  .hidden = {buf_str(&b)}};
    }
    v->lines = l;
    return OK;
}

static size_t fill_facts(struct ctx *cx, const struct person_view *p, struct fact_line *f)
{
    size_t n = 0;
    str lang = word(str_eq(p->lang, S("en")) ? LANG_EN : LANG_JA, W_this_language);
    f[n++] = (struct fact_line){.label = word(cx->lang, W_field_email),
                                .value = p->email.n ? p->email : S("–")};
    f[n++] = (struct fact_line){.label = word(cx->lang, W_field_lang), .value = lang};
    f[n++] = (struct fact_line){.label = word(cx->lang, W_field_zone), .value = p->zone};
    f[n++] = (struct fact_line){.label = word(cx->lang, W_person_created),
                                .value = time_minute(cx->a, p->created, cx->zone)};
    f[n++] =
        (struct fact_line){.label = word(cx->lang, W_person_now),
                           .value = words_person_now_is(cx->a, cx->lang, .n_sessions = p->sessions,
                                                        .n_tokens = p->tokens)};
    return n;
}

static struct act_view act_on(struct ctx *cx, const struct request *rq, const struct person_view *p,
                              const char *what, enum word button, enum word sees)
{
    buf b = {.a = cx->a};
    buf_put(&b, csrf_field(cx, rq).s);
    buf_put(&b, hidden_number(cx, "rev", p->rev).s);
    buf_put(&b, hidden_field(cx, "disabled", p->disabled.is ? S("no") : S("yes")).s);
    return (struct act_view){.act = person_url(cx, p->login, what),
                             .button = word(cx->lang, button),
                             .sees = word(cx->lang, sees),
                             .hidden = {buf_str(&b)}};
}

static enum err show_person(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct person_view p;
    struct fact_line facts[5];
    struct crumb crumbs[PERSON_CRUMBS];
    TRY(person_view(cx, rq->seg[0], &p));
    if (!p.may_edit) /* oneself: that is /account */
        return redirect(cx, an, lang_url(cx, "/account"), "");
    struct person_page_view v = {
        .crumbs = crumbs,
        .ncrumbs = person_crumbs(cx, &p, NO_STR, crumbs),
        .person = &p,
        .name = pick(cx, p.name_ja, p.name_en),
        .other = pick(cx, p.name_en, p.name_ja),
        .other_lang = pick(cx, S("en"), S("ja")),
        .facts = facts,
        .nfacts = fill_facts(cx, &p, facts),
        .seats = seat_lines(cx, &p),
        .has_tokens = admin_is_operator(cx),
        .edit = person_url(cx, p.login, "/edit"),
        .reset = act_on(cx, rq, &p, "/reset", W_person_reset, W_person_reset_text),
        .disable = p.disabled.is
                       ? act_on(cx, rq, &p, "/disable", W_person_enable, W_person_enable_text)
                       : act_on(cx, rq, &p, "/disable", W_person_disable, W_person_disable_text),
        .tokens = {.act = person_url(cx, p.login, "/tokens/revoke")},
    };
    if (v.has_tokens)
        TRY(tokens_fill(cx, rq, p.id, &v.tokens));
    an->title = v.name;
    an->nav = S("people");
    tpl_person(&an->out, &v);
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/people"),      NEED_PERSON, OF_NOTHING, 0, show_list,   0, 0, NULL},
    {GET, S_INIT("/{lang}/people.csv"),  NEED_PERSON, OF_NOTHING, 0, show_list,   0, 0, NULL},
    {GET, S_INIT("/{lang}/people.json"), NEED_PERSON, OF_NOTHING, 0, show_list,   0, 0, NULL},
    {GET, S_INIT("/{lang}/people/{}"),   NEED_PERSON, OF_NOTHING, 0, show_person, 0, 0, NULL},
};
/* clang-format on */
const struct routes people_routes = {table, COUNT(table)};
