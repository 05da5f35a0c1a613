/* orgs_api.c - see orgs_api.h. */
#include "web/api/orgs_api.h"

#include "app/orgs.h"
#include "web/api_doc.h"

/* --- reading -------------------------------------------------------------------------------------- */

static const struct out_field line_fields[] = {
    OUT(struct org_line, id, OUT_STR),       OUT(struct org_line, slug, OUT_STR),
    OUT(struct org_line, kind, OUT_STR),     OUT(struct org_line, name, OUT_STR),
    OUT(struct org_line, region, OUT_STR),   OUT(struct org_line, registration, OUT_STR),
    OUT(struct org_line, keywords, OUT_STR), OUT(struct org_line, takes_reports, OUT_BOOL),
    OUT(struct org_line, disabled, OUT_BOOL)};
OUT_SCHEMA(line_schema, "OrganisationLine", struct org_line, line_fields);

static bool is_yes(const struct request *rq, const char *name)
{
    return str_eq(query_get(rq, name), S("1"));
}

static enum err list_orgs(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct list_window w = {0};
    struct org_line *rows;
    struct org_filter f = {.kind = query_get(rq, "kind"),
                           .registration = query_get(rq, "registration"),
                           .part = query_get(rq, "q"),
                           .keyword = query_get(rq, "keyword"),
                           .enabled = is_yes(rq, "enabled"),
                           .disabled = is_yes(rq, "disabled"),
                           .takes_reports = is_yes(rq, "takes_reports"),
                           .newest_first = str_eq(query_get(rq, "order"), S("newest"))};
    size_t n;
    TRY(api_window(cx, rq, &w.limit, &w.after));
    TRY(org_list(cx, &f, &w, &rows, &n));
    return api_send_list(cx, an, &line_schema, rows, n, w.next, w.total);
}

static const struct out_field dept_fields[] = {
    OUT(struct dept_view, id, OUT_STR),        OUT(struct dept_view, name_ja, OUT_STR),
    OUT(struct dept_view, name_en, OUT_STR),   OUT(struct dept_view, kinds, OUT_STRS),
    OUT(struct dept_view, disabled, OUT_BOOL), OUT(struct dept_view, people, OUT_I64),
    OUT(struct dept_view, rev, OUT_I64)};
OUT_SCHEMA(dept_schema, "Department", struct dept_view, dept_fields);

#define TEXT(m) OUT(struct org_view, m, OUT_STR)
#define FLAG(m) OUT(struct org_view, m, OUT_BOOL)
static const struct out_field org_fields[] = {
    TEXT(id),
    TEXT(kind),
    TEXT(slug),
    TEXT(name_ja),
    TEXT(name_en),
    TEXT(region),
    TEXT(registration),
    TEXT(keywords),
    TEXT(contact),
    TEXT(responsible_ja),
    TEXT(responsible_en),
    TEXT(poc_position),
    TEXT(poc_seat),
    TEXT(poc_scope),
    TEXT(poc_systems),
    TEXT(policy_ja),
    TEXT(policy_en),
    TEXT(other_contact),
    TEXT(org_key),
    TEXT(fingerprint),
    FLAG(takes_reports),
    FLAG(listed),
    OUT(struct org_view, disabled, OUT_OPT_INSTANT),
    OUT(struct org_view, rev, OUT_I64),
    OUT_AS(struct org_view, parent_slug, "parent", OUT_STR),
    OUT_ITEMS_AS(struct org_view, depts, ndepts, "departments", &dept_schema),
    OUT(struct org_view, people, OUT_I64),
    OUT(struct org_view, unanswered, OUT_STRS),
    FLAG(may_edit),
    FLAG(may_edit_depts),
    FLAG(may_edit_people),
};
OUT_SCHEMA(org_schema, "Organisation", struct org_view, org_fields);

static enum err send_org(struct ctx *cx, struct request *rq, struct reply *an, str id)
{
    struct org_view v;
    TRY(org_view(cx, id, &v));
    api_etag(cx, rq, an, v.rev);
    return api_send(cx, an, &org_schema, &v);
}

static enum err show_org(struct ctx *cx, struct request *rq, struct reply *an)
{
    return send_org(cx, rq, an, rq->seg[0]);
}

/* --- changing ------------------------------------------------------------------------------------- */

static enum err create_org(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view v;
    str id;
    TRY(org_create(cx, &rq->in, &id));
    TRY(org_view(cx, id, &v));
    api_etag(cx, rq, an, v.rev);
    return api_created(cx, an, &org_schema, &v,
                       str_join(cx->a, S("/api/v1/organisations/"), v.slug));
}

static enum err edit_org(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view v;
    i64 rev;
    TRY(org_view(cx, rq->seg[0], &v));
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, org_edit(cx, v.id, rev, &rq->in)));
    return send_org(cx, rq, an, v.id);
}

static enum err set_disabled(struct ctx *cx, struct request *rq, struct reply *an, bool disabled)
{
    struct org_view v;
    i64 rev;
    TRY(org_view(cx, rq->seg[0], &v));
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, org_disable(cx, v.id, rev, disabled)));
    return send_org(cx, rq, an, v.id);
}

static enum err disable_org(struct ctx *cx, struct request *rq, struct reply *an)
{
    return set_disabled(cx, rq, an, true);
}

static enum err enable_org(struct ctx *cx, struct request *rq, struct reply *an)
{
    return set_disabled(cx, rq, an, false);
}

/* --- departments ---------------------------------------------------------------------------------- */

static enum err find_dept(struct ctx *cx, const struct request *rq, struct org_view *org,
                          const struct dept_view **out)
{
    TRY(org_view(cx, rq->seg[0], org));
    for (size_t i = 0; i < org->ndepts; i++)
        if (str_eq(org->depts[i].id, rq->seg[1])) {
            *out = &org->depts[i];
            return OK;
        }
    return E_NOT_FOUND;
}

static enum err send_dept(struct ctx *cx, struct request *rq, struct reply *an, str org_id, str id)
{
    struct org_view org;
    TRY(org_view(cx, org_id, &org));
    for (size_t i = 0; i < org.ndepts; i++)
        if (str_eq(org.depts[i].id, id)) {
            api_etag(cx, rq, an, org.depts[i].rev);
            return api_send(cx, an, &dept_schema, &org.depts[i]);
        }
    return E_NOT_FOUND;
}

static enum err show_dept(struct ctx *cx, struct request *rq, struct reply *an)
{
    return send_dept(cx, rq, an, rq->seg[0], rq->seg[1]);
}

static enum err create_dept(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view org;
    str id;
    TRY(org_view(cx, rq->seg[0], &org));
    TRY(dept_create(cx, org.id, &rq->in, &id));
    an->status = HTTP_CREATED;
    http_put((struct http_request *)(uintptr_t)rq->http, an->rs, S("Location"),
             str_fmt(cx->a, "/api/v1/organisations/%.*s/departments/%.*s", SV(org.slug), SV(id)));
    return send_dept(cx, rq, an, org.id, id);
}

static enum err edit_dept(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct org_view org;
    const struct dept_view *d;
    i64 rev;
    TRY(find_dept(cx, rq, &org, &d));
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, dept_edit(cx, d->id, rev, &rq->in)));
    return send_dept(cx, rq, an, org.id, d->id);
}

static enum err dept_set_disabled(struct ctx *cx, struct request *rq, struct reply *an,
                                  bool disabled)
{
    struct org_view org;
    const struct dept_view *d;
    i64 rev;
    TRY(find_dept(cx, rq, &org, &d));
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, dept_disable(cx, d->id, rev, disabled)));
    return send_dept(cx, rq, an, org.id, d->id);
}

static enum err disable_dept(struct ctx *cx, struct request *rq, struct reply *an)
{
    return dept_set_disabled(cx, rq, an, true);
}

static enum err enable_dept(struct ctx *cx, struct request *rq, struct reply *an)
{
    return dept_set_disabled(cx, rq, an, false);
}

/* clang-format off */
static const struct api_param list_params[] = {
    {"kind", "reception, coordinator, overseas, vendor, …"}, {"registration", "general or individual"}, {"q", "A part of a name"},
    {"keyword", "A technology keyword, whole"}, {"enabled", "1: only those in use"}, {"disabled", "1: only those out of use"},
    {"takes_reports", "1: only those that take reports"}, {"order", "newest; absent: by name"}};

#define ORGS_DOC(name, what, ...) static const struct api_doc name = {.tag = "organisations", .summary = what, __VA_ARGS__}
ORGS_DOC(doc_list, "The organisations that you may look up", .out = &line_schema, .flags = API_LIST, .query = list_params, .nquery = COUNT(list_params));
ORGS_DOC(doc_org, "One organisation, by id or short name, with its departments", .out = &org_schema, .flags = API_ETAG);
ORGS_DOC(doc_create, "Register an organisation", .in = org_rules, .nin = ORG_RULES, .out = &org_schema, .status = HTTP_CREATED);
ORGS_DOC(doc_edit, "Change an organisation; what is not named stays", .in = org_rules, .nin = ORG_RULES, .out = &org_schema, .flags = API_ETAG | API_PART);
ORGS_DOC(doc_disable, "Take an organisation out of use", .out = &org_schema, .flags = API_ETAG);
ORGS_DOC(doc_enable, "Take it into use again", .out = &org_schema, .flags = API_ETAG);
ORGS_DOC(doc_dept, "One department", .out = &dept_schema, .flags = API_ETAG);
ORGS_DOC(doc_dept_create, "A new department: name_ja, name_en, kinds", .out = &dept_schema, .status = HTTP_CREATED, .flags = API_BODY_FREE);
ORGS_DOC(doc_dept_edit, "Change a department: name_ja, name_en, kinds; what is not named stays", .out = &dept_schema, .flags = API_ETAG | API_BODY_FREE);
ORGS_DOC(doc_dept_disable, "Take a department out of use", .out = &dept_schema, .flags = API_ETAG);
ORGS_DOC(doc_dept_enable, "Take it into use again", .out = &dept_schema, .flags = API_ETAG);

static const struct route table[] = {
    {GET,   S_INIT("/api/v1/organisations"),                           NEED_PERSON, OF_NOTHING, 0, list_orgs, 0, 0, &doc_list},
    {POST,  S_INIT("/api/v1/organisations"),                           NEED_PERSON, OF_NOTHING, 0, create_org, 0, 0, &doc_create},
    {GET,   S_INIT("/api/v1/organisations/{}"),                        NEED_PERSON, OF_NOTHING, 0, show_org, 0, 0, &doc_org},
    {PATCH, S_INIT("/api/v1/organisations/{}"),                        NEED_PERSON, OF_NOTHING, 0, edit_org, 0, 0, &doc_edit},
    {POST,  S_INIT("/api/v1/organisations/{}/disable"),                NEED_PERSON, OF_NOTHING, 0, disable_org, 0, 0, &doc_disable},
    {POST,  S_INIT("/api/v1/organisations/{}/enable"),                 NEED_PERSON, OF_NOTHING, 0, enable_org, 0, 0, &doc_enable},
    {POST,  S_INIT("/api/v1/organisations/{}/departments"),            NEED_PERSON, OF_NOTHING, 0, create_dept, 0, 0, &doc_dept_create},
    {GET,   S_INIT("/api/v1/organisations/{}/departments/{}"),         NEED_PERSON, OF_NOTHING, 0, show_dept, 0, 0, &doc_dept},
    {PATCH, S_INIT("/api/v1/organisations/{}/departments/{}"),         NEED_PERSON, OF_NOTHING, 0, edit_dept, 0, 0, &doc_dept_edit},
    {POST,  S_INIT("/api/v1/organisations/{}/departments/{}/disable"), NEED_PERSON, OF_NOTHING, 0, disable_dept, 0, 0, &doc_dept_disable},
    {POST,  S_INIT("/api/v1/organisations/{}/departments/{}/enable"),  NEED_PERSON, OF_NOTHING, 0, enable_dept, 0, 0, &doc_dept_enable},
};
/* clang-format on */
const struct routes orgs_api_routes = {table, COUNT(table)};
