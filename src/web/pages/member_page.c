/* member_page.c - see member_page.h. */
#include "web/pages/member_page.h"

#include "web/frame.h"
#include "web/pages/org_page.h"

enum { M_PERSON, M_DEPT, M_ROLE, M_SINCE, M_UNTIL };

static enum err find_org(struct ctx *cx, const struct request *rq, struct org_view *o)
{
    TRY(org_view(cx, rq->seg[0], o));
    return o->may_edit_people ? OK : E_NOT_FOUND;
}

/* The departments of this organisation to choose from. */
static struct form_part part_of(struct ctx *cx, const struct org_view *o)
{
    struct field_choice *c = NEWS(cx->a, struct field_choice, o->ndepts + 1);
    struct field_rule *r = NEWS(cx->a, struct field_rule, MEMBER_RULES);
    for (size_t i = 0; i < MEMBER_RULES; i++)
        r[i] = member_rules[i];
    r[M_DEPT].type = FIELD_CHOICE;
    r[M_DEPT].choices = c;
    for (size_t i = 0; i < o->ndepts; i++)
        if (!o->depts[i].disabled)
            c[r[M_DEPT].nchoices++] = (struct field_choice){
                .value = o->depts[i].id,
                .label = {[LANG_JA] = o->depts[i].name_ja, [LANG_EN] = o->depts[i].name_en}};
    return (struct form_part){.title = S(""), .rules = r, .n = MEMBER_RULES};
}

static enum err draw(struct ctx *cx, struct request *rq, struct reply *an, const struct input *in)
{
    struct org_view o;
    struct crumb crumbs[ORG_CRUMBS];
    TRY(find_org(cx, rq, &o));
    struct form_part part = part_of(cx, &o);
    struct form_page p = {.title = word(cx->lang, W_member_title),
                          .intro = word(cx->lang, W_member_intro),
                          .button = word(cx->lang, W_member_put),
                          .sees = word(cx->lang, W_member_sees),
                          .act = org_url(cx, o.slug, "/members/new"),
                          .cancel = org_url(cx, o.slug, "#people"),
                          .parts = &part,
                          .nparts = 1,
                          .hidden = {S("")},
                          .crumbs = crumbs,
                          .in = in};
    p.ncrumbs = org_crumbs(cx, &o, p.title, crumbs);
    form_page(cx, rq, an, &p);
    return OK;
}

static str instant_text(struct ctx *cx, i64 at)
{
    return time_rfc3339(cx->a, at, cx->zone);
}

/* What stands already of the person and department that the address names. */
static enum err preset(struct ctx *cx, const struct request *rq, const struct org_view *o,
                       struct input *in)
{
    struct member_line *rows;
    size_t n;
    str login = query_get(rq, "person"), dept = query_get(rq, "dept");
    TRY(org_members(cx, o->id, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(rows[i].login, login) || !str_eq(rows[i].dept_id, dept))
            continue;
        input_put(cx->a, in, S("role"), rows[i].role);
        if (!(rows[i].until.is && rows[i].until.v <= cx->now)) {
            input_put(cx->a, in, S("since"), instant_text(cx, rows[i].since));
            if (rows[i].until.is)
                input_put(cx->a, in, S("until"), instant_text(cx, rows[i].until.v));
        }
        break;
    }
    input_preset(cx, in, S("person"), login);
    input_preset(cx, in, S("dept"), dept);
    input_preset(cx, in, S("role"), S("member"));
    return OK;
}

static enum err show_new(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    struct input in = {0};
    TRY(find_org(cx, rq, &o));
    TRY(preset(cx, rq, &o, &in));
    return draw(cx, rq, an, &in);
}

/* A department of this organisation: another's would be refused or not by other rights. */
static bool is_own_dept(const struct org_view *o, str id)
{
    for (size_t i = 0; i < o->ndepts; i++)
        if (str_eq(o->depts[i].id, id))
            return true;
    return false;
}

static enum err do_new(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    TRY(find_org(cx, rq, &o));
    struct form_part part = part_of(cx, &o);
    struct input in = form_typed(cx, rq, &part, 1);
    str dept = input_get(&in, S("dept"));
    enum err e = dept.n > 0 && !is_own_dept(&o, dept) ? wrong(cx, S("dept"), S("choice"))
                                                      : member_put(cx, &in);
    if (form_again(an, e))
        return draw(cx, rq, an, &in);
    TRY(form_hide(e));
    return redirect(cx, an, org_url(cx, o.slug, "#people"), "member_put");
}

static enum err do_end(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    str id, dept = input_get(&rq->in, S("dept"));
    TRY(find_org(cx, rq, &o));
    if (!is_own_dept(&o, dept))
        return E_NOT_FOUND;
    TRY(person_id_of(cx, input_get(&rq->in, S("person")), &id));
    enum err e = member_end(cx, id, dept);
    if (e == E_NOT_FOUND || e == E_CONFLICT) /* ended before: a second click */
        return redirect(cx, an, org_url(cx, o.slug, "#people"), "nothing_changed");
    TRY(form_hide(e));
    return redirect(cx, an, org_url(cx, o.slug, "#people"), "member_ended");
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/organisations/{}/members/new"), NEED_PERSON, OF_NOTHING, 0, show_new, 0, 0, NULL},
    {POST, S_INIT("/{lang}/organisations/{}/members/new"), NEED_PERSON, OF_NOTHING, 0, do_new,   0, 8192, NULL},
    {POST, S_INIT("/{lang}/organisations/{}/members/end"), NEED_PERSON, OF_NOTHING, 0, do_end,   0, 8192, NULL},
};
/* clang-format on */
const struct routes member_routes = {table, COUNT(table)};
