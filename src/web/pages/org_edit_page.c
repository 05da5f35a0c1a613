/* org_edit_page.c - see org_edit_page.h. */
#include "web/pages/org_edit_page.h"

#include "web/frame.h"
#include "web/pages/org_page.h"

/* --- which fields ---------------------------------------------------------------------------------- */

/* Each part ends with its last field; the rules stand in this order. */
static const struct {
    enum word title;
    const char *last;
} groups[] = {
    {W_org_part_identity, "keywords"}, {W_org_part_contact, "responsible_en"},
    {W_org_part_poc, "poc_systems"},   {W_org_part_policy, "org_key"},
    {W_org_part_public, "listed"},
};

/* What the page shows of a new organisation (o NULL), or of one to its editor. */
static bool is_shown(const struct ctx *cx, const struct org_view *o, str name)
{
    static const str of_vendors[] = {
        S_INIT("registration"), S_INIT("poc_position"),  S_INIT("poc_seat"), S_INIT("poc_scope"),
        S_INIT("poc_systems"),  S_INIT("takes_reports"), S_INIT("listed")};
    static const str of_office[] = {S_INIT("slug"), S_INIT("parent"), S_INIT("registration")};
    bool office = admin_is_operator(cx) || admin_leads(cx, NO_STR, actor_name(ACTOR_COORDINATOR));
    if (o == NULL)
        return true;
    for (size_t i = 0; i < COUNT(of_vendors); i++)
        if (str_eq(of_vendors[i], name) && !str_eq(o->kind, S("vendor")))
            return false;
    for (size_t i = 0; i < COUNT(of_office); i++)
        if (str_eq(of_office[i], name) && !office)
            return false;
    return !str_eq(name, S("kind"));
}

static struct form_part *parts_of(struct ctx *cx, const struct org_view *o, size_t *n)
{
    struct form_part *parts = NEWS(cx->a, struct form_part, COUNT(groups));
    struct field_rule *rules = NEWS(cx->a, struct field_rule, ORG_RULES);
    size_t used = 0, first = 0, at = 0;
    *n = 0;
    for (size_t i = 0; i < ORG_RULES; i++) {
        if (is_shown(cx, o, org_rules[i].name))
            rules[used++] = org_rules[i];
        if (!str_eq(org_rules[i].name, str_z(groups[at].last)))
            continue;
        if (used > first)
            parts[(*n)++] = (struct form_part){.title = word(cx->lang, groups[at].title),
                                               .rules = &rules[first],
                                               .n = used - first};
        first = used;
        at++;
    }
    return parts;
}

static void as_input(struct ctx *cx, const struct org_view *o, struct input *in)
{
    const struct {
        const char *name;
        str value;
    } all[] = {
        {"slug", o->slug},
        {"name_ja", o->name_ja},
        {"name_en", o->name_en},
        {"region", o->region},
        {"parent", o->parent_slug},
        {"registration", o->registration},
        {"keywords", o->keywords},
        {"contact", o->contact},
        {"responsible_ja", o->responsible_ja},
        {"responsible_en", o->responsible_en},
        {"poc_position", o->poc_position},
        {"poc_seat", o->poc_seat},
        {"poc_scope", o->poc_scope},
        {"poc_systems", o->poc_systems},
        {"policy_ja", o->policy_ja},
        {"policy_en", o->policy_en},
        {"other_contact", o->other_contact},
        {"org_key", o->org_key},
        {"takes_reports", o->takes_reports ? S("yes") : S("no")},
        {"listed", o->listed ? S("yes") : S("no")},
    };
    for (size_t i = 0; i < COUNT(all); i++)
        input_put(cx->a, in, str_z(all[i].name), all[i].value);
}

/* --- a new one -------------------------------------------------------------------------------------- */

static bool may_make(const struct ctx *cx)
{
    return admin_is_operator(cx) || admin_leads(cx, NO_STR, actor_name(ACTOR_COORDINATOR));
}

static enum err draw_new(struct ctx *cx, struct request *rq, struct reply *an,
                         const struct input *in)
{
    const struct crumb crumbs[] = {{word(cx->lang, W_orgs_title), lang_url(cx, "/organisations")},
                                   {word(cx->lang, W_org_new), {NO_STR}}};
    struct form_page p = {.title = word(cx->lang, W_org_new),
                          .intro = word(cx->lang, W_org_new_intro),
                          .button = word(cx->lang, W_org_make),
                          .act = lang_url(cx, "/organisations/new"),
                          .cancel = lang_url(cx, "/organisations"),
                          .crumbs = crumbs,
                          .ncrumbs = COUNT(crumbs),
                          .hidden = {S("")},
                          .in = in};
    p.parts = parts_of(cx, NULL, &p.nparts);
    an->nav = S("vendors");
    form_page(cx, rq, an, &p);
    return OK;
}

static enum err show_new(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct input in = {0};
    if (!may_make(cx))
        return E_NOT_FOUND;
    input_put(cx->a, &in, S("kind"), S("vendor"));
    input_put(cx->a, &in, S("region"), S("JP"));
    return draw_new(cx, rq, an, &in);
}

static enum err do_new(struct ctx *cx, struct request *rq, struct reply *an)
{
    size_t n;
    str id;
    if (!may_make(cx))
        return E_NOT_FOUND;
    struct form_part *parts = parts_of(cx, NULL, &n);
    struct input in = form_typed(cx, rq, parts, n);
    enum err e = org_create(cx, &in, &id);
    if (form_again(an, e))
        return draw_new(cx, rq, an, &in);
    TRY(form_hide(e));
    return redirect(cx, an, org_url(cx, str_trim(input_get(&in, S("slug"))), ""), "org_made");
}

/* --- edit ------------------------------------------------------------------------------------------- */

static enum err draw_edit(struct ctx *cx, struct request *rq, struct reply *an,
                          const struct input *typed)
{
    struct org_view o;
    struct crumb crumbs[ORG_CRUMBS];
    struct input stands = {0};
    TRY(org_view(cx, rq->seg[0], &o));
    as_input(cx, &o, &stands);
    struct form_page p = {.title = words_org_edit_title(cx->a, cx->lang, .name = org_name(cx, &o)),
                          .intro = S(""),
                          .button = word(cx->lang, W_manage_save),
                          .act = org_url(cx, o.slug, "/edit"),
                          .cancel = org_url(cx, o.slug, ""),
                          .hidden = hidden_number(cx, "rev", o.rev),
                          .crumbs = crumbs,
                          .in = typed ? typed : &stands,
                          .now = an->status == HTTP_CONFLICT ? &stands : NULL};
    p.parts = parts_of(cx, &o, &p.nparts);
    p.ncrumbs = org_crumbs(cx, &o, word(cx->lang, W_org_edit), crumbs);
    an->nav = p.ncrumbs == ORG_CRUMBS ? S("vendors") : S("organisation");
    form_page(cx, rq, an, &p);
    return OK;
}

static enum err find(struct ctx *cx, const struct request *rq, struct org_view *o)
{
    TRY(org_view(cx, rq->seg[0], o));
    return o->may_edit ? OK : E_NOT_FOUND;
}

static enum err show_edit(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    TRY(find(cx, rq, &o));
    return draw_edit(cx, rq, an, NULL);
}

static enum err do_edit(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    size_t n;
    i64 rev;
    TRY(find(cx, rq, &o));
    struct form_part *parts = parts_of(cx, &o, &n);
    struct input in = form_typed(cx, rq, parts, n);
    enum err e = input_i64(cx, rq, "rev", &rev);
    if (e == OK)
        e = org_edit(cx, o.id, rev, &in);
    if (form_again(an, e))
        return draw_edit(cx, rq, an, &in);
    TRY(form_hide(e));
    str slug = str_trim(input_get(&in, S("slug")));
    return redirect(cx, an, org_url(cx, slug.n ? slug : o.slug, ""), "saved");
}

static enum err do_disable(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view o;
    i64 rev;
    bool disabled = str_eq(input_get(&rq->in, S("disabled")), S("yes"));
    TRY(find(cx, rq, &o));
    if (o.disabled.is == disabled) /* a second click */
        return redirect(cx, an, org_url(cx, o.slug, ""), "nothing_changed");
    TRY(input_i64(cx, rq, "rev", &rev));
    TRY(form_hide(org_disable(cx, o.id, rev, disabled)));
    return redirect(cx, an, org_url(cx, o.slug, ""), disabled ? "org_disabled" : "org_enabled");
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/organisations/new"),        NEED_PERSON, OF_NOTHING, 0, show_new,   0, 0, NULL},
    {POST, S_INIT("/{lang}/organisations/new"),        NEED_PERSON, OF_NOTHING, 0, do_new,     0, 0, NULL},
    {GET,  S_INIT("/{lang}/organisations/{}/edit"),    NEED_PERSON, OF_NOTHING, 0, show_edit,  0, 0, NULL},
    {POST, S_INIT("/{lang}/organisations/{}/edit"),    NEED_PERSON, OF_NOTHING, 0, do_edit,    0, 0, NULL},
    {POST, S_INIT("/{lang}/organisations/{}/disable"), NEED_PERSON, OF_NOTHING, 0, do_disable, 0, 8192, NULL},
};
/* clang-format on */
const struct routes org_edit_routes = {table, COUNT(table)};
