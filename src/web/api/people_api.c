/* people_api.c - see people_api.h. */
#include "web/api/people_api.h"

#include "app/orgs.h"
#include "app/people.h"
#include "app/tokens.h"
#include "web/api_doc.h"

/* --- reading -------------------------------------------------------------------------------------- */

static const struct out_field line_fields[] = {
    OUT(struct person_line, id, OUT_STR),           OUT(struct person_line, login, OUT_STR),
    OUT(struct person_line, name, OUT_STR),         OUT(struct person_line, email, OUT_STR),
    OUT(struct person_line, is_operator, OUT_BOOL), OUT(struct person_line, is_auditor, OUT_BOOL),
    OUT(struct person_line, must_change, OUT_BOOL), OUT(struct person_line, disabled, OUT_BOOL)};
OUT_SCHEMA(line_schema, "PersonLine", struct person_line, line_fields);

static enum err list_people(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct list_window w = {0};
    struct person_line *rows;
    struct person_filter f = {.part = query_get(rq, "q"),
                              .org_id = query_get(rq, "organisation"),
                              .enabled = str_eq(query_get(rq, "enabled"), S("1")),
                              .operators = str_eq(query_get(rq, "operators"), S("1")),
                              .newest_first = str_eq(query_get(rq, "order"), S("newest"))};
    size_t n;
    TRY(api_window(cx, rq, &w.limit, &w.after));
    TRY(person_list(cx, &f, &w, &rows, &n));
    return api_send_list(cx, an, &line_schema, rows, n, w.next, w.total);
}

static const struct out_field member_fields[] = {
    OUT(struct member_line, person_id, OUT_STR),
    OUT(struct member_line, login, OUT_STR),
    OUT(struct member_line, name, OUT_STR),
    OUT(struct member_line, org_id, OUT_STR),
    OUT_AS(struct member_line, org_slug, "organisation", OUT_STR),
    OUT_AS(struct member_line, org, "organisation_name", OUT_STR),
    OUT(struct member_line, dept_id, OUT_STR),
    OUT_AS(struct member_line, dept, "department_name", OUT_STR),
    OUT(struct member_line, role, OUT_STR),
    OUT(struct member_line, since, OUT_INSTANT),
    OUT(struct member_line, until, OUT_OPT_INSTANT),
    OUT(struct member_line, disabled, OUT_BOOL),
};
OUT_SCHEMA(member_schema, "Membership", struct member_line, member_fields);

static const struct out_field person_fields[] = {
    OUT(struct person_view, id, OUT_STR),
    OUT(struct person_view, login, OUT_STR),
    OUT(struct person_view, name_ja, OUT_STR),
    OUT(struct person_view, name_en, OUT_STR),
    OUT(struct person_view, email, OUT_STR),
    OUT(struct person_view, lang, OUT_STR),
    OUT(struct person_view, zone, OUT_STR),
    OUT(struct person_view, is_operator, OUT_BOOL),
    OUT(struct person_view, is_auditor, OUT_BOOL),
    OUT(struct person_view, must_change, OUT_BOOL),
    OUT(struct person_view, has_password, OUT_BOOL),
    OUT(struct person_view, muted, OUT_BOOL),
    OUT(struct person_view, may_edit, OUT_BOOL),
    OUT(struct person_view, created, OUT_INSTANT),
    OUT(struct person_view, rev, OUT_I64),
    OUT(struct person_view, disabled, OUT_OPT_INSTANT),
    OUT_ITEMS(struct person_view, memberships, nmemberships, &member_schema),
};
OUT_SCHEMA(person_schema, "Person", struct person_view, person_fields);

static enum err send_person(struct ctx *cx, struct request *rq, struct reply *an, str id)
{
    struct person_view v;
    TRY(person_view(cx, id, &v));
    api_etag(cx, rq, an, v.rev);
    return api_send(cx, an, &person_schema, &v);
}

static enum err show_person(struct ctx *cx, struct request *rq, struct reply *an)
{
    return send_person(cx, rq, an, rq->seg[0]);
}

static enum err show_own(struct ctx *cx, struct request *rq, struct reply *an)
{
    return send_person(cx, rq, an, cx->who.person_id);
}

static enum err list_members(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct member_line *rows;
    struct org_view org;
    size_t n;
    TRY(org_view(cx, rq->seg[0], &org));
    TRY(org_members(cx, org.id, &rows, &n));
    return api_send_list(cx, an, &member_schema, rows, n, NO_STR, (i64)n);
}

static enum err list_analysts(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct member_line *rows;
    size_t n;
    (void)rq;
    TRY(analyst_list(cx, &rows, &n));
    return api_send_list(cx, an, &member_schema, rows, n, NO_STR, (i64)n);
}

/* --- changing ------------------------------------------------------------------------------------- */

struct made_out {
    str id, password;
};
static const struct out_field made_fields[] = {OUT(struct made_out, id, OUT_STR),
                                               OUT(struct made_out, password, OUT_STR)};
OUT_SCHEMA(made_schema, "PersonMade", struct made_out, made_fields);

static enum err create_person(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct person_made made;
    TRY(person_create(cx, &rq->in, NO_STR, &made));
    struct made_out out = {made.id, made.password};
    return api_created(cx, an, &made_schema, &out, str_join(cx->a, S("/api/v1/people/"), made.id));
}

/* What others than oneself and one's administrators do not know is not there. */
static enum err find(struct ctx *cx, const struct request *rq, str *id)
{
    struct person_view v;
    TRY(person_view(cx, rq->seg[0], &v));
    *id = v.id;
    return OK;
}

static enum err edit_person(struct ctx *cx, struct request *rq, struct reply *an)
{
    str id;
    i64 rev;
    TRY(find(cx, rq, &id));
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, person_edit(cx, id, rev, &rq->in)));
    return send_person(cx, rq, an, id);
}

static enum err edit_own(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, own_edit(cx, rev, &rq->in)));
    return send_person(cx, rq, an, cx->who.person_id);
}

static enum err set_disabled(struct ctx *cx, struct request *rq, struct reply *an, bool disabled)
{
    str id;
    i64 rev;
    TRY(find(cx, rq, &id));
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, person_disable(cx, id, rev, disabled)));
    return send_person(cx, rq, an, id);
}

static enum err disable_person(struct ctx *cx, struct request *rq, struct reply *an)
{
    return set_disabled(cx, rq, an, true);
}

static enum err enable_person(struct ctx *cx, struct request *rq, struct reply *an)
{
    return set_disabled(cx, rq, an, false);
}

static enum err reset_person(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct made_out out;
    TRY(find(cx, rq, &out.id));
    TRY(person_reset(cx, out.id, &out.password));
    return api_send(cx, an, &made_schema, &out);
}

static enum err put_member(struct ctx *cx, struct request *rq, struct reply *an)
{
    (void)an;
    return member_put(cx, &rq->in);
}

/* clang-format off */
static const struct field_rule end_rules[] = {
    {.name = S_INIT("person"), .type = FIELD_LINE, .required = true, .max = 100},
    {.name = S_INIT("dept"), .type = FIELD_ID, .required = true}};
/* clang-format on */

static enum err end_member(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct value v[COUNT(end_rules)];
    struct person_view person;
    (void)an;
    TRY(form_read(cx, end_rules, COUNT(end_rules), &rq->in, v));
    TRY(person_view(cx, v[0].text, &person));
    return member_end(cx, person.id, v[1].text);
}

/* --- tokens --------------------------------------------------------------------------------------- */

static const struct out_field token_fields[] = {OUT(struct token_line, id, OUT_STR),
                                                OUT(struct token_line, name, OUT_STR),
                                                OUT(struct token_line, certificate, OUT_STR),
                                                OUT(struct token_line, created, OUT_INSTANT),
                                                OUT(struct token_line, expires, OUT_OPT_INSTANT),
                                                OUT(struct token_line, used, OUT_OPT_INSTANT),
                                                OUT(struct token_line, revoked, OUT_OPT_INSTANT)};
OUT_SCHEMA(token_schema, "Token", struct token_line, token_fields);

static enum err send_tokens(struct ctx *cx, struct reply *an, str person_id)
{
    struct token_line *rows;
    size_t n;
    TRY(token_list(cx, person_id, &rows, &n));
    return api_send_list(cx, an, &token_schema, rows, n, NO_STR, (i64)n);
}

static enum err list_own_tokens(struct ctx *cx, struct request *rq, struct reply *an)
{
    (void)rq;
    return send_tokens(cx, an, cx->who.person_id);
}

static enum err list_tokens(struct ctx *cx, struct request *rq, struct reply *an)
{
    str id;
    TRY(find(cx, rq, &id));
    return send_tokens(cx, an, id);
}

/* clang-format off */
static const struct api_param list_params[] = {
    {"q", "A part of login, name or address"}, {"organisation", "The id of an organisation"}, {"enabled", "1: only those in use"},
    {"operators", "1: only operators"}, {"order", "newest; absent: by login"}};

#define PEOPLE_DOC(name, what, ...) static const struct api_doc name = {.tag = "people", .summary = what, __VA_ARGS__}
PEOPLE_DOC(doc_list, "The people that you administer", .out = &line_schema, .flags = API_LIST, .query = list_params, .nquery = COUNT(list_params));
PEOPLE_DOC(doc_person, "One person, by id or login", .out = &person_schema, .flags = API_ETAG);
PEOPLE_DOC(doc_own, "One's own account", .out = &person_schema, .flags = API_ETAG);
PEOPLE_DOC(doc_own_edit, "Change one's own account", .in = own_rules, .nin = OWN_RULES, .out = &person_schema, .flags = API_ETAG | API_PART);
PEOPLE_DOC(doc_create, "A new account; the start password is shown once", .in = person_rules, .nin = PERSON_RULES, .out = &made_schema, .status = HTTP_CREATED);
PEOPLE_DOC(doc_edit, "Change an account; what is not named stays", .in = person_edit_rules, .nin = PERSON_EDIT_RULES, .out = &person_schema, .flags = API_ETAG | API_PART);
PEOPLE_DOC(doc_disable, "Close an account: sessions end, tokens are revoked", .out = &person_schema, .flags = API_ETAG);
PEOPLE_DOC(doc_enable, "Open it again", .out = &person_schema, .flags = API_ETAG);
PEOPLE_DOC(doc_reset, "A new start password; sessions end", .out = &made_schema);
PEOPLE_DOC(doc_member, "Let a person act for a department, or change that", .in = member_rules, .nin = MEMBER_RULES);
PEOPLE_DOC(doc_end, "From now on no longer", .in = end_rules, .nin = COUNT(end_rules));
PEOPLE_DOC(doc_members, "Who belongs to an organisation, by its id", .out = &member_schema, .flags = API_ALL);
PEOPLE_DOC(doc_analysts, "The analysts that may be asked for help", .out = &member_schema, .flags = API_ALL);
PEOPLE_DOC(doc_own_tokens, "One's own API tokens; they are made and revoked at the browser alone", .out = &token_schema, .flags = API_ALL);
PEOPLE_DOC(doc_tokens, "The API tokens of a person", .out = &token_schema, .flags = API_ALL);

static const struct route table[] = {
    {GET,   S_INIT("/api/v1/people"),                    NEED_PERSON, OF_NOTHING, 0, list_people, 0, 0, &doc_list},
    {POST,  S_INIT("/api/v1/people"),                    NEED_PERSON, OF_NOTHING, 0, create_person, ROUTE_SLOW, 0, &doc_create},
    {GET,   S_INIT("/api/v1/people/{}"),                 NEED_PERSON, OF_NOTHING, 0, show_person, 0, 0, &doc_person},
    {PATCH, S_INIT("/api/v1/people/{}"),                 NEED_PERSON, OF_NOTHING, 0, edit_person, 0, 0, &doc_edit},
    {POST,  S_INIT("/api/v1/people/{}/disable"),         NEED_PERSON, OF_NOTHING, 0, disable_person, 0, 0, &doc_disable},
    {POST,  S_INIT("/api/v1/people/{}/enable"),          NEED_PERSON, OF_NOTHING, 0, enable_person, 0, 0, &doc_enable},
    {POST,  S_INIT("/api/v1/people/{}/password"),        NEED_PERSON, OF_NOTHING, 0, reset_person, ROUTE_SLOW, 0, &doc_reset},
    {GET,   S_INIT("/api/v1/people/{}/tokens"),          NEED_PERSON, OF_NOTHING, 0, list_tokens, 0, 0, &doc_tokens},
    {POST,  S_INIT("/api/v1/memberships"),               NEED_PERSON, OF_NOTHING, 0, put_member, 0, 0, &doc_member},
    {POST,  S_INIT("/api/v1/memberships/end"),           NEED_PERSON, OF_NOTHING, 0, end_member, 0, 0, &doc_end},
    {GET,   S_INIT("/api/v1/organisations/{}/people"),   NEED_PERSON, OF_NOTHING, 0, list_members, 0, 0, &doc_members},
    {GET,   S_INIT("/api/v1/analysts"),                  NEED_PERSON, OF_NOTHING, 0, list_analysts, 0, 0, &doc_analysts},
    {GET,   S_INIT("/api/v1/me/account"),                NEED_PERSON, OF_NOTHING, 0, show_own, 0, 0, &doc_own},
    {PATCH, S_INIT("/api/v1/me/account"),                NEED_PERSON, OF_NOTHING, 0, edit_own, 0, 0, &doc_own_edit},
    {GET,   S_INIT("/api/v1/me/tokens"),                 NEED_PERSON, OF_NOTHING, 0, list_own_tokens, 0, 0, &doc_own_tokens},
};
/* clang-format on */
const struct routes people_api_routes = {table, COUNT(table)};
