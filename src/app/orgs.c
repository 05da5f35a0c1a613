/* orgs.c - organisations are made, edited and disabled; lists are in orgs_list.c. */
#include "app/orgs.h"
#include "app/admin_own.h"

#include "app/form_check.h"
#include "app/report_key.h"
#include "app/tables.h"
#include "base/id.h"
#include "base/utf8.h"

/* clang-format off */
enum org_field {
    O_KIND, O_SLUG, O_NAME_JA, O_NAME_EN, O_REGION, O_PARENT, O_REGISTRATION, O_KEYWORDS,
    O_CONTACT, O_RESPONSIBLE_JA, O_RESPONSIBLE_EN, O_POC_POSITION, O_POC_SEAT, O_POC_SCOPE,
    O_POC_SYSTEMS, O_POLICY_JA, O_POLICY_EN, O_OTHER_CONTACT, O_KEY, O_TAKES_REPORTS, O_LISTED
};
static const struct field_choice kinds[] = {
    {.value = S_INIT("reception")}, {.value = S_INIT("coordinator")}, {.value = S_INIT("overseas")},
    {.value = S_INIT("vendor")}, {.value = S_INIT("analysis")}, {.value = S_INIT("operator")},
    {.value = S_INIT("priority")}};
static const struct field_choice registrations[] = {
    {.value = S_INIT("general")}, {.value = S_INIT("individual")}};
static const struct field_choice seats[] = {
    {.value = S_INIT("one_department")}, {.value = S_INIT("common_technology")},
    {.value = S_INIT("several_departments")}, {.value = S_INIT("laboratory")},
    {.value = S_INIT("in_house_csirt")}};
static const struct field_choice positions[] = {
    {.value = S_INIT("quality")}, {.value = S_INIT("crisis")}, {.value = S_INIT("group")}};
static const struct field_choice systems[] = {
    {.value = S_INIT("together")}, {.value = S_INIT("it")}, {.value = S_INIT("control")}};
static const struct field_choice scopes[] = {
    {.value = S_INIT("department")}, {.value = S_INIT("company")}, {.value = S_INIT("group")},
    {.value = S_INIT("contracted")}};

const struct field_rule org_rules[ORG_RULES] = {
    [O_KIND] = {.name = S_INIT("kind"), .type = FIELD_CHOICE, .required = true, .choices = kinds,
                .nchoices = COUNT(kinds)},
    [O_SLUG] = {.name = S_INIT("slug"), .type = FIELD_LOGIN, .required = true, .max = 40},
    [O_NAME_JA] = {.name = S_INIT("name_ja"), .type = FIELD_LINE, .required = true},
    [O_NAME_EN] = {.name = S_INIT("name_en"), .type = FIELD_LINE, .required = true},
    [O_REGION] = {.name = S_INIT("region"), .type = FIELD_LINE, .max = 2},
    [O_PARENT] = {.name = S_INIT("parent"), .type = FIELD_LOGIN, .max = 40},
    [O_REGISTRATION] = {.name = S_INIT("registration"), .type = FIELD_CHOICE,
                        .choices = registrations, .nchoices = COUNT(registrations)},
    [O_KEYWORDS] = {.name = S_INIT("keywords"), .type = FIELD_TEXT, .max = 2000},
    [O_CONTACT] = {.name = S_INIT("contact"), .type = FIELD_LINE},
    [O_RESPONSIBLE_JA] = {.name = S_INIT("responsible_ja"), .type = FIELD_LINE},
    [O_RESPONSIBLE_EN] = {.name = S_INIT("responsible_en"), .type = FIELD_LINE},
    [O_POC_POSITION] = {.name = S_INIT("poc_position"), .type = FIELD_CHOICE, .choices = positions,
                        .nchoices = COUNT(positions)},
    [O_POC_SEAT] = {.name = S_INIT("poc_seat"), .type = FIELD_CHOICE, .choices = seats,
                    .nchoices = COUNT(seats)},
    [O_POC_SCOPE] = {.name = S_INIT("poc_scope"), .type = FIELD_CHOICE, .choices = scopes,
                     .nchoices = COUNT(scopes)},
    [O_POC_SYSTEMS] = {.name = S_INIT("poc_systems"), .type = FIELD_CHOICE, .choices = systems,
                       .nchoices = COUNT(systems)},
    [O_POLICY_JA] = {.name = S_INIT("policy_ja"), .type = FIELD_TEXT},
    [O_POLICY_EN] = {.name = S_INIT("policy_en"), .type = FIELD_TEXT},
    [O_OTHER_CONTACT] = {.name = S_INIT("other_contact"), .type = FIELD_LINE},
    [O_KEY] = {.name = S_INIT("org_key"), .type = FIELD_TEXT, .max = 100000},
    [O_TAKES_REPORTS] = {.name = S_INIT("takes_reports"), .type = FIELD_BOOL},
    [O_LISTED] = {.name = S_INIT("listed"), .type = FIELD_BOOL},
};
/* clang-format on */

str org_kind_word(str kind, enum lang lang)
{
    static const enum word words[COUNT(kinds)] = {
        W_choice_kind_reception, W_choice_kind_coordinator, W_choice_kind_overseas,
        W_choice_kind_vendor,    W_choice_kind_analysis,    W_choice_kind_operator,
        W_choice_kind_priority};
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_eq(kinds[i].value, kind))
            return word(lang, words[i]);
    return kind;
}

str org_choice_word(struct arena *a, const char *field, str value, enum lang lang)
{
    for (size_t i = 0; i < ORG_RULES; i++)
        for (size_t k = 0; k < org_rules[i].nchoices; k++)
            if (str_eq(org_rules[i].name, str_z(field)) &&
                str_eq(org_rules[i].choices[k].value, value))
                return choice_label(a, &org_rules[i], k, lang);
    return S("");
}

/* One organisation on its way to the database. */
struct org_call {
    const struct input *in;
    str id, keywords;
    i64 rev;
    bool disabled;
    str fingerprint; /* of the key that came; absent: none came */
    struct value v[ORG_RULES];
    struct q_org_get row; /* as it stands */
    str parent_id;
};

static str text_of(const struct org_call *c, enum org_field f)
{
    return c->v[f].text.p ? c->v[f].text : S("");
}

/* Commas, Japanese ones and line ends all separate. */
static str with_commas(struct arena *a, str text)
{
    buf b = {.a = a};
    for (size_t at = 0; at < text.n;) {
        uint32_t c = utf8_next(text, &at);
        bool comma = c == '\n' || c == 0x3001 || c == 0xFF0C;
        utf8_put(&b, comma ? ',' : c);
    }
    return buf_str(&b);
}

/* Trimmed, each once, joined by commas. */
static str tidy_keywords(struct arena *a, str text)
{
    buf b = {.a = a};
    text = with_commas(a, text);
    while (text.n > 0) {
        str word = str_trim(str_cut(&text, ','));
        str sofar = str_fmt(a, ",%.*s,", SV(str_lower(a, buf_str(&b))));
        str looked = str_fmt(a, ",%.*s,", SV(str_lower(a, word)));
        if (word.n > 0 && str_find(sofar, looked) < 0)
            buf_putf(&b, "%s%.*s", b.n ? "," : "", SV(word));
    }
    return b.n ? buf_str(&b) : S("");
}

static enum err check_region(struct ctx *cx, str s)
{
    bool good = s.n == 2;
    for (size_t i = 0; i < s.n; i++)
        good = good && s.p[i] >= 'A' && s.p[i] <= 'Z';
    return good || s.n == 0 ? OK : wrong(cx, S("region"), S("region"));
}

static enum err check_contact(struct ctx *cx, const struct org_call *c, enum org_field f)
{
    str s = text_of(c, f);
    return s.n == 0 || is_email(s) || is_http_url(s) ? OK
                                                     : wrong(cx, org_rules[f].name, S("contact"));
}

static enum err check_vendor_only(struct ctx *cx, const struct org_call *c, enum org_field f)
{
    return c->v[f].n ? wrong(cx, org_rules[f].name, S("vendor_only")) : OK;
}

static enum err check_values(struct ctx *cx, struct org_call *c)
{
    bool vendor = str_eq(text_of(c, O_KIND), S("vendor"));
    enum err e = check_region(cx, text_of(c, O_REGION));
    if (id_is(text_of(c, O_SLUG)))
        e = wrong(cx, S("slug"), S("login"));
    if (check_contact(cx, c, O_CONTACT) != OK || check_contact(cx, c, O_OTHER_CONTACT) != OK)
        e = E_INVALID;
    if (vendor && !c->v[O_REGISTRATION].is)
        e = wrong(cx, S("registration"), S("required"));
    if (!vendor && c->v[O_REGISTRATION].is)
        e = wrong(cx, S("registration"), S("vendor_only"));
    if (!vendor && (check_vendor_only(cx, c, O_TAKES_REPORTS) != OK ||
                    check_vendor_only(cx, c, O_LISTED) != OK))
        e = E_INVALID;
    c->keywords = tidy_keywords(cx->a, text_of(c, O_KEYWORDS));
    return e;
}

static enum err read_form(struct ctx *cx, struct org_call *c, const struct input *in)
{
    enum err e = form_read(cx, org_rules, ORG_RULES, in, c->v);
    enum err more = check_values(cx, c);
    return e != OK ? e : more;
}

/* The key is read before the transaction: in the jail, which takes its time. */
static enum err read_key(struct ctx *cx, struct org_call *c, const struct input *in)
{
    struct openpgp_key key;
    str text = str_trim(input_get(in, S("org_key")));
    if (text.p == NULL)
        return OK;
    c->fingerprint = str_eq(text, c->row.org_key) ? c->row.fingerprint : S("");
    if (text.n == 0 || c->fingerprint.n > 0)
        return OK;
    TRY(report_key_read(cx, S("org_key"), text, &key));
    if (!openpgp_key_encrypts(&key, cx->now))
        return wrong(cx, S("org_key"), S("pgp_no_encryption"));
    c->fingerprint = key.self.fingerprint;
    return OK;
}

/* What only the database can tell: the slug is free, the parent is there and no child. */
static enum err check_places(struct ctx *cx, struct org_call *c)
{
    struct q_org_by_slug other;
    enum err e = q_org_by_slug(cx->db, &other, .slug = c->v[O_SLUG].text);
    if (e == OK && !str_eq(other.id, c->id))
        return wrong(cx, S("slug"), S("taken"));
    if (e != OK && e != E_NOT_FOUND)
        return e;
    if (!c->v[O_PARENT].is)
        return OK;
    e = q_org_by_slug(cx->db, &other, .slug = c->v[O_PARENT].text);
    c->parent_id = e == OK ? other.id : NO_STR;
    for (int up = 0; e == OK && up < 10; up++) {
        struct q_org_get above;
        if (str_eq(other.id, c->id))
            return wrong(cx, S("parent"), S("no_org"));
        TRY(q_org_get(cx->db, &above, .id = other.id));
        if (above.parent_id.p == NULL)
            return OK;
        other.id = above.parent_id;
    }
    return e == E_NOT_FOUND || e == OK ? wrong(cx, S("parent"), S("no_org")) : e;
}

/* A vendor's contact, or the office of another body. */
static enum err add_first_dept(struct ctx *cx, const struct org_call *c)
{
    str id = new_id(cx), kind = text_of(c, O_KIND), name[LANG_COUNT];
    bool vendor = str_eq(kind, S("vendor"));
    for (enum lang l = 0; l < LANG_COUNT; l++)
        name[l] = vendor ? department_word(ACTOR_POC, l) : org_kind_word(kind, l);
    TRY(q_dept_add(cx->db, .id = id, .org_id = c->id, .name_ja = name[LANG_JA],
                   .name_en = name[LANG_EN], .created = cx->now));
    return q_dept_kind_put(cx->db, .org_id = c->id, .kind = dept_kinds(cx->a, kind).v[0],
                           .dept_id = id);
}

/* Names stand on public pages, so these are new now. */
static enum err note(struct ctx *cx, const struct org_call *c, const char *act)
{
    TRY(admin_public_moved(cx));
    return admin_note(cx, c->id, act,
                      (struct note_pair[]){{"name_ja", text_of(c, O_NAME_JA)},
                                           {"name_en", text_of(c, O_NAME_EN)},
                                           {NULL, NO_STR}});
}

/* --- make --------------------------------------------------------------------------------- */

static enum err make(struct ctx *cx, void *arg)
{
    struct org_call *c = arg;
    c->id = new_id(cx);
    TRY(check_places(cx, c));
    TRY(q_org_add(
        cx->db, .id = c->id, .kind = text_of(c, O_KIND), .slug = text_of(c, O_SLUG),
        .name_ja = text_of(c, O_NAME_JA), .name_en = text_of(c, O_NAME_EN),
        .region = text_of(c, O_REGION), .parent_id = c->parent_id,
        .registration = text_of(c, O_REGISTRATION), .keywords = c->keywords,
        .contact = text_of(c, O_CONTACT), .responsible_ja = text_of(c, O_RESPONSIBLE_JA),
        .responsible_en = text_of(c, O_RESPONSIBLE_EN), .poc_seat = text_of(c, O_POC_SEAT),
        .poc_scope = text_of(c, O_POC_SCOPE), .poc_position = text_of(c, O_POC_POSITION),
        .poc_systems = text_of(c, O_POC_SYSTEMS), .policy_ja = text_of(c, O_POLICY_JA),
        .policy_en = text_of(c, O_POLICY_EN), .other_contact = text_of(c, O_OTHER_CONTACT),
        .org_key = text_of(c, O_KEY), .fingerprint = c->fingerprint.n ? c->fingerprint : S(""),
        .takes_reports = c->v[O_TAKES_REPORTS].n != 0, .listed = c->v[O_LISTED].n != 0,
        .created = cx->now));
    TRY(add_first_dept(cx, c));
    return note(cx, c, "org_made");
}

enum err org_create(struct ctx *cx, const struct input *in, str *id)
{
    struct org_call c = {0};
    bool vendor = str_eq(input_get(in, S("kind")), S("vendor"));
    if (!admin_is_operator(cx) &&
        !(vendor && admin_leads(cx, NO_STR, actor_name(ACTOR_COORDINATOR))))
        return E_DENIED;
    TRY(read_form(cx, &c, in));
    TRY(read_key(cx, &c, in));
    TRY(db_write(cx, make, &c));
    *id = c.id;
    return OK;
}

/* --- edit --------------------------------------------------------------------------------- */

static enum err row_as_input(struct ctx *cx, const struct q_org_get *o, struct input *now)
{
    struct q_org_get parent = {0};
    if (o->parent_id.p != NULL)
        TRY(q_org_get(cx->db, &parent, .id = o->parent_id));
    const str values[ORG_RULES] = {
        [O_KIND] = o->kind,
        [O_SLUG] = o->slug,
        [O_NAME_JA] = o->name_ja,
        [O_NAME_EN] = o->name_en,
        [O_REGION] = o->region,
        [O_PARENT] = parent.slug,
        [O_REGISTRATION] = o->registration,
        [O_KEYWORDS] = o->keywords,
        [O_CONTACT] = o->contact,
        [O_RESPONSIBLE_JA] = o->responsible_ja,
        [O_RESPONSIBLE_EN] = o->responsible_en,
        [O_POC_POSITION] = o->poc_position,
        [O_POC_SEAT] = o->poc_seat,
        [O_POC_SCOPE] = o->poc_scope,
        [O_POC_SYSTEMS] = o->poc_systems,
        [O_POLICY_JA] = o->policy_ja,
        [O_POLICY_EN] = o->policy_en,
        [O_OTHER_CONTACT] = o->other_contact,
        [O_KEY] = o->org_key,
        [O_TAKES_REPORTS] = o->takes_reports ? S("yes") : S("no"),
        [O_LISTED] = o->listed ? S("yes") : S("no"),
    };
    for (size_t i = 0; i < ORG_RULES; i++)
        input_put(cx->a, now, org_rules[i].name, values[i]);
    return OK;
}

/* What stays with the office: what the POC itself may not change. */
static enum err check_changes(struct ctx *cx, const struct org_call *c, const struct input *now)
{
    static const enum org_field kept[] = {O_SLUG, O_PARENT, O_REGISTRATION};
    bool office = admin_is_operator(cx) || admin_leads(cx, NO_STR, actor_name(ACTOR_COORDINATOR));
    enum err e = OK;
    if (!str_eq(text_of(c, O_KIND), c->row.kind))
        e = wrong(cx, S("kind"), S("fixed"));
    for (size_t i = 0; i < COUNT(kept) && !office; i++)
        if (!str_eq(text_of(c, kept[i]), input_get(now, org_rules[kept[i]].name)))
            e = wrong(cx, org_rules[kept[i]].name, S("not_yours"));
    return e;
}

static enum err change(struct ctx *cx, void *arg)
{
    struct org_call *c = arg;
    struct input now = {0};
    TRY(q_org_get(cx->db, &c->row, .id = c->id));
    TRY(admin_may(cx, &c->row, ADMIN_DATA));
    if (c->row.rev != c->rev)
        return fail(cx, E_CONFLICT, "the organisation was changed meanwhile");
    TRY(row_as_input(cx, &c->row, &now));
    struct input all = admin_over(cx, c->in, &now);
    enum err e = read_form(cx, c, &all);
    enum err more = check_changes(cx, c, &now);
    TRY(e);
    TRY(more);
    TRY(check_places(cx, c));
    TRY(q_org_put(
        cx->db, .id = c->id, .slug = text_of(c, O_SLUG), .name_ja = text_of(c, O_NAME_JA),
        .name_en = text_of(c, O_NAME_EN), .region = text_of(c, O_REGION), .parent_id = c->parent_id,
        .registration = text_of(c, O_REGISTRATION), .keywords = c->keywords,
        .contact = text_of(c, O_CONTACT), .responsible_ja = text_of(c, O_RESPONSIBLE_JA),
        .responsible_en = text_of(c, O_RESPONSIBLE_EN), .poc_seat = text_of(c, O_POC_SEAT),
        .poc_scope = text_of(c, O_POC_SCOPE), .poc_position = text_of(c, O_POC_POSITION),
        .poc_systems = text_of(c, O_POC_SYSTEMS), .policy_ja = text_of(c, O_POLICY_JA),
        .policy_en = text_of(c, O_POLICY_EN), .other_contact = text_of(c, O_OTHER_CONTACT),
        .org_key = text_of(c, O_KEY),
        .fingerprint = c->fingerprint.p ? c->fingerprint : c->row.fingerprint,
        .takes_reports = c->v[O_TAKES_REPORTS].n != 0, .listed = c->v[O_LISTED].n != 0,
        .rev = c->rev));
    return note(cx, c, "org_edited");
}

enum err org_edit(struct ctx *cx, str id, i64 rev, const struct input *in)
{
    struct org_call c = {.id = id, .rev = rev, .in = in};
    TRY(app_read(cx));
    TRY(q_org_get(cx->db, &c.row, .id = id));
    TRY(admin_may(cx, &c.row, ADMIN_DATA));
    TRY(read_key(cx, &c, in));
    return db_write(cx, change, &c);
}

/* Not by its own POC: who would enable it again? */
bool org_may_disable(const struct ctx *cx, const struct q_org_get *org)
{
    return admin_is_operator(cx) || !admin_leads(cx, org->id, actor_name(ACTOR_POC));
}

static enum err disable(struct ctx *cx, void *arg)
{
    struct org_call *c = arg;
    TRY(q_org_get(cx->db, &c->row, .id = c->id));
    TRY(admin_may(cx, &c->row, ADMIN_DATA));
    if (!org_may_disable(cx, &c->row))
        return E_DENIED;
    if (c->row.rev != c->rev)
        return fail(cx, E_CONFLICT, "the organisation was changed meanwhile");
    TRY(q_org_disable(cx->db, .id = c->id, .at = (opt_i64){c->disabled, cx->now}, .rev = c->rev));
    c->v[O_NAME_JA].text = c->row.name_ja;
    c->v[O_NAME_EN].text = c->row.name_en;
    return note(cx, c, c->disabled ? "org_disabled" : "org_enabled");
}

enum err org_disable(struct ctx *cx, str id, i64 rev, bool disabled)
{
    struct org_call c = {.id = id, .rev = rev, .disabled = disabled};
    return db_write(cx, disable, &c);
}
