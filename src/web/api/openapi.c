/* openapi.c - the API's description, from the route tables (OpenAPI 3.1). */
#include "web/api_doc.h"

#include "base/vec.h"

struct schemas {
    VEC(const struct out_schema *)
};

/* --- schemas ---------------------------------------------------------------------------------- */

static void note_schema(struct arena *a, struct schemas *all, const struct out_schema *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i] == s)
            return;
    *PUSH(a, all) = s;
    for (size_t i = 0; i < s->n; i++)
        note_schema(a, all, s->v[i].of);
}

static void put_ref(struct arena *a, struct json_out *o, const struct out_schema *s)
{
    json_put_object(o);
    json_put_member(o, S("$ref"), str_fmt(a, "#/components/schemas/%s", s->name));
    json_put_end(o);
}

static void put_types(struct json_out *o, const char *type, bool nullable)
{
    json_put_key(o, S("type"));
    if (!nullable) {
        json_put_str(o, str_z(type));
        return;
    }
    json_put_array(o);
    json_put_str(o, str_z(type));
    json_put_str(o, S("null"));
    json_put_end(o);
}

static void put_out_type(struct arena *a, struct json_out *o, const struct out_field *f)
{
    if (f->type == OUT_OBJECT) {
        put_ref(a, o, f->of);
        return;
    }
    json_put_object(o);
    switch (f->type) {
    case OUT_STR: put_types(o, "string", true); break;
    case OUT_I64:
    case OUT_INT:
    case OUT_SIZE: put_types(o, "integer", false); break;
    case OUT_OPT_I64: put_types(o, "integer", true); break;
    case OUT_SCORE: put_types(o, "number", true); break;
    case OUT_NAME: put_types(o, "string", false); break;
    case OUT_BOOL: put_types(o, "boolean", false); break;
    case OUT_INSTANT:
    case OUT_OPT_INSTANT:
    case OUT_INSTANT_0:
        put_types(o, "string", f->type != OUT_INSTANT);
        json_put_member(o, S("format"), S("date-time"));
        break;
    case OUT_STRS:
    case OUT_PHRASES:
        put_types(o, "array", false);
        json_put_key(o, S("items"));
        json_put_raw(o, S("{\"type\":\"string\"}"));
        break;
    case OUT_LIST:
        put_types(o, "array", false);
        json_put_key(o, S("items"));
        put_ref(a, o, f->of);
        break;
    case OUT_OBJECT:
    case OUT_JSON: break;
    }
    json_put_end(o);
}

static void put_out_schema(struct arena *a, struct json_out *o, const struct out_schema *s)
{
    json_put_key(o, str_z(s->name));
    json_put_object(o);
    json_put_member(o, S("type"), S("object"));
    json_put_key(o, S("properties"));
    json_put_object(o);
    for (size_t i = 0; i < s->n; i++) {
        json_put_key(o, str_z(s->v[i].name));
        put_out_type(a, o, &s->v[i]);
    }
    json_put_end(o);
    json_put_key(o, S("required"));
    json_put_array(o);
    for (size_t i = 0; i < s->n; i++)
        json_put_str(o, str_z(s->v[i].name));
    json_put_end(o);
    json_put_end(o);
}

/* --- requests --------------------------------------------------------------------------------- */

static const char *format_of(enum field_type t)
{
    if (t == FIELD_EMAIL)
        return "email";
    if (t == FIELD_URL)
        return "uri";
    if (t == FIELD_INSTANT)
        return "date-time";
    if (t == FIELD_DATE)
        return "date";
    return t == FIELD_ID ? "uuid" : NULL;
}

static void put_enum(struct json_out *o, const struct field_rule *r)
{
    json_put_key(o, S("enum"));
    json_put_array(o);
    for (size_t i = 0; i < r->nchoices; i++)
        json_put_str(o, r->choices[i].value);
    json_put_end(o);
}

static void put_in_type(struct arena *a, struct json_out *o, const struct field_rule *r)
{
    bool list = r->type == FIELD_IDS || r->type == FIELD_CHOICES || r->type == FIELD_ROWS;
    const char *format = format_of(r->type);
    json_put_object(o);
    json_put_member(o, S("description"), field_label(a, r, LANG_EN));
    if (r->type == FIELD_BOOL) {
        json_put_member(o, S("type"), S("boolean"));
    } else if (r->type == FIELD_NUMBER) {
        json_put_member(o, S("type"), S("integer"));
        json_put_member_i64(o, S("maximum"), field_max(r));
    } else if (list) {
        json_put_member(o, S("type"), S("array"));
        json_put_key(o, S("items"));
        json_put_raw(o, r->type == FIELD_ROWS ? S("{\"type\":\"object\"}")
                                              : S("{\"type\":\"string\"}"));
    } else {
        json_put_member(o, S("type"), S("string"));
        json_put_member_i64(o, S("maxLength"), field_max(r));
    }
    if (format)
        json_put_member(o, S("format"), str_z(format));
    if (r->nchoices > 0 && !list)
        put_enum(o, r);
    json_put_end(o);
}

static void put_raw_member(struct json_out *o, const char *name, const char *json)
{
    json_put_key(o, str_z(name));
    json_put_raw(o, str_z(json));
}

/* "ja.title", "ja.overview", …: the members of one object. */
static void put_fields(struct arena *a, struct json_out *o, const struct field_rule *v, size_t n)
{
    str inside = NO_STR;
    for (size_t i = 0; i < n; i++) {
        struct field_rule r = v[i];
        str rest = r.name, head = str_cut(&rest, '.');
        if (inside.n > 0 && (rest.n == 0 || !str_eq(head, inside))) {
            json_put_end(o);
            json_put_end(o);
            inside = NO_STR;
        }
        if (rest.n > 0 && inside.n == 0) {
            json_put_key(o, head);
            json_put_object(o);
            json_put_member(o, S("type"), S("object"));
            json_put_key(o, S("properties"));
            json_put_object(o);
            inside = head;
        }
        json_put_key(o, rest.n > 0 ? rest : r.name);
        put_in_type(a, o, &r);
    }
    if (inside.n > 0) {
        json_put_end(o);
        json_put_end(o);
    }
}

static void put_required(struct json_out *o, const struct field_rule *v, size_t n)
{
    json_put_key(o, S("required"));
    json_put_array(o);
    for (size_t i = 0; i < n; i++)
        if (v[i].required)
            json_put_str(o, v[i].name);
    json_put_end(o);
}

static void put_body_schema(struct arena *a, struct json_out *o, const struct api_doc *d)
{
    size_t n = d->nin;
    const struct field_rule *v = d->rules ? d->rules(&n) : d->in;
    json_put_object(o);
    json_put_member(o, S("type"), S("object"));
    json_put_key(o, S("properties"));
    json_put_object(o);
    put_fields(a, o, v, n);
    if (d->flags & API_ANSWERS)
        put_raw_member(o, "answers", "{\"type\":\"object\"}");
    if (d->flags & API_FILES)
        put_raw_member(o, "attached", "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}");
    if (d->flags & API_MULTIPART)
        put_raw_member(
            o, "files",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"format\":\"binary\"}}");
    json_put_end(o);
    put_required(o, v, d->flags & API_PART ? 0 : n);
    json_put_member_bool(o, S("additionalProperties"), d->flags & API_BODY_FREE);
    json_put_end(o);
}

static bool has_body(const struct api_doc *d)
{
    unsigned open = API_BODY_FREE | API_ANSWERS | API_FILES | API_MULTIPART;
    return d->nin > 0 || d->rules != NULL || (d->flags & open);
}

static void put_body(struct arena *a, struct json_out *o, const struct api_doc *d)
{
    json_put_key(o, S("requestBody"));
    json_put_object(o);
    json_put_member_bool(o, S("required"), true);
    json_put_key(o, S("content"));
    json_put_object(o);
    json_put_key(o, d->flags & API_MULTIPART ? S("multipart/form-data") : S("application/json"));
    json_put_object(o);
    json_put_key(o, S("schema"));
    put_body_schema(a, o, d);
    json_put_end(o);
    json_put_end(o);
    json_put_end(o);
}

static void put_param(struct json_out *o, str name, const char *in, str what, bool required)
{
    json_put_object(o);
    json_put_member(o, S("name"), name);
    json_put_member(o, S("in"), str_z(in));
    json_put_member(o, S("description"), what);
    json_put_member_bool(o, S("required"), required);
    json_put_key(o, S("schema"));
    json_put_raw(o, S("{\"type\":\"string\"}"));
    json_put_end(o);
}

/* "/api/v1/cases/{}/steps/{}" → "/api/v1/cases/{id}/steps/{id2}": names for the places. */
static str named_path(struct arena *a, str path, size_t *places)
{
    buf b = {.a = a};
    *places = 0;
    for (size_t i = 0; i < path.n; i++) {
        buf_char(&b, path.p[i]);
        if (path.p[i] != '{')
            continue;
        (*places)++;
        if (*places == 1)
            buf_put(&b, S("id"));
        else
            buf_putf(&b, "id%zu", *places);
    }
    return buf_str(&b);
}

static void put_params(struct arena *a, struct json_out *o, const struct route *r, size_t places)
{
    const struct api_doc *d = r->doc;
    json_put_key(o, S("parameters"));
    json_put_array(o);
    for (size_t i = 1; i <= places; i++)
        put_param(o, i == 1 ? S("id") : str_fmt(a, "id%zu", i), "path", S("Which one"), true);
    if (d->flags & API_LIST) {
        put_param(o, S("limit"), "query", S("Rows of a page, 1 to 200; 50 where absent"), false);
        put_param(o, S("after"), "query", S("`next` of the page before"), false);
    }
    for (size_t i = 0; i < d->nquery; i++)
        put_param(o, str_z(d->query[i].name), "query", str_z(d->query[i].what), false);
    if (r->method == POST)
        put_param(o, S("Idempotency-Key"), "header",
                  S("A random text; the same request sent again is done once"), false);
    if ((d->flags & API_ETAG) && r->method != GET)
        put_param(o, S("If-Match"), "header", S("The ETag that was read"), true);
    json_put_end(o);
}

/* --- answers ---------------------------------------------------------------------------------- */

static void put_success(struct arena *a, struct json_out *o, const struct api_doc *d)
{
    bool body = d->out != NULL || (d->flags & (API_DOWNLOAD | API_JSON));
    int status = d->status ? d->status : body ? HTTP_OK : HTTP_NO_CONTENT;
    json_put_key(o, str_fmt(a, "%d", status));
    json_put_object(o);
    json_put_member(o, S("description"), S("Done"));
    if (d->flags & API_DOWNLOAD)
        put_raw_member(o, "content", "{\"application/octet-stream\":{}}");
    if (d->flags & API_JSON)
        put_raw_member(o, "content", "{\"application/json\":{}}");
    if (d->out != NULL) {
        json_put_key(o, S("content"));
        json_put_object(o);
        json_put_key(o, S("application/json"));
        json_put_object(o);
        json_put_key(o, S("schema"));
        if (d->flags & (API_LIST | API_ALL)) {
            json_put_raw(
                o, str_fmt(a,
                           "{\"type\":\"object\",\"properties\":{\"items\":{\"type\":"
                           "\"array\",\"items\":{\"$ref\":\"#/components/schemas/%s\"}},"
                           "\"next\":{\"type\":[\"string\",\"null\"]},\"total\":{\"type\":["
                           "\"integer\",\"null\"]}},\"required\":[\"items\",\"next\",\"total\"]}",
                           d->out->name));
        } else {
            put_ref(a, o, d->out);
        }
        json_put_end(o);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_answers(struct arena *a, struct json_out *o, const struct route *r)
{
    json_put_key(o, S("responses"));
    json_put_object(o);
    put_success(a, o, r->doc);
    json_put_key(o, S("default"));
    json_put_raw(o, S("{\"$ref\":\"#/components/responses/Problem\"}"));
    json_put_end(o);
    if (r->need != NEED_NOBODY) {
        json_put_key(o, S("security"));
        json_put_raw(o, S("[{\"bearer\":[]}]"));
    }
}

/* "get_cases_id1_steps": the method and the path's words. */
static str operation_id(struct arena *a, const char *method, str path)
{
    buf b = {.a = a};
    size_t places = 0;
    buf_put(&b, str_z(method));
    path = str_from(path, S("/api/v1/").n);
    while (path.n > 0) {
        str one = str_cut(&path, '/');
        if (one.p[0] == '{')
            buf_putf(&b, "_id%zu", ++places);
        else
            buf_putf(&b, "_%.*s", SV(one));
    }
    for (size_t i = 0; i < b.n; i++)
        if (b.p[i] == '-' || b.p[i] == '.')
            b.p[i] = '_';
    return buf_str(&b);
}

static void put_operation(struct arena *a, struct json_out *o, const struct route *r, size_t places)
{
    static const char *const methods[METHOD_COUNT] = {
        [GET] = "get",     [HEAD] = "head",     [POST] = "post",      [PUT] = "put",
        [PATCH] = "patch", [DELETE] = "delete", [OPTIONS] = "options"};
    json_put_key(o, str_z(methods[r->method]));
    json_put_object(o);
    json_put_member(o, S("operationId"), operation_id(a, methods[r->method], r->path));
    json_put_member(o, S("summary"), str_z(r->doc->summary));
    json_put_key(o, S("tags"));
    json_put_array(o);
    json_put_str(o, str_z(r->doc->tag));
    json_put_end(o);
    put_params(a, o, r, places);
    if (has_body(r->doc))
        put_body(a, o, r->doc);
    put_answers(a, o, r);
    json_put_end(o);
}

static bool is_described(const struct route *r)
{
    return r->doc != NULL && str_has_prefix(r->path, S("/api/"));
}

/* All methods of one path, where it is the first route that has it. */
static void put_path(struct arena *a, struct json_out *o, const struct route *first)
{
    size_t places;
    bool begun = false;
    for (size_t i = 0; i < all_routes_count; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++) {
            const struct route *r = &all_routes[i]->v[k];
            if (!is_described(r) || !str_eq(r->path, first->path))
                continue;
            if (!begun && r != first)
                return;
            if (!begun) {
                json_put_key(o, named_path(a, first->path, &places));
                json_put_object(o);
                begun = true;
            }
            put_operation(a, o, r, places);
        }
    if (begun)
        json_put_end(o);
}

static const char problem_schema[] =
    "{\"type\":\"object\",\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":"
    "\"string\"},\"status\":{\"type\":\"integer\"},\"detail\":{\"type\":\"string\"},\"errors\":"
    "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"field\":{\"type\":"
    "\"string\"},\"code\":{\"type\":\"string\"},\"message\":{\"type\":\"string\"}},\"required\":"
    "[\"field\",\"code\",\"message\"]}},\"request_id\":{\"type\":\"string\"}},\"required\":"
    "[\"type\",\"title\",\"status\",\"detail\",\"errors\"]}";

str openapi_json(struct arena *a, str server)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    struct schemas all = {0};
    json_put_object(&o);
    json_put_member(&o, S("openapi"), S("3.1.0"));
    json_put_key(&o, S("info"));
    json_put_raw(&o, S("{\"title\":\"Kakehashi\",\"version\":\"" KAKEHASHI_VERSION
                       "\",\"license\":{\"name\":\"Apache-2.0\",\"identifier\":\"Apache-2.0\"}}"));
    json_put_key(&o, S("servers"));
    json_put_array(&o);
    json_put_object(&o);
    json_put_member(&o, S("url"), server);
    json_put_end(&o);
    json_put_end(&o);
    json_put_key(&o, S("paths"));
    json_put_object(&o);
    for (size_t i = 0; i < all_routes_count; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++)
            if (is_described(&all_routes[i]->v[k])) {
                note_schema(a, &all, all_routes[i]->v[k].doc->out);
                put_path(a, &o, &all_routes[i]->v[k]);
            }
    json_put_end(&o);
    json_put_key(&o, S("components"));
    json_put_object(&o);
    json_put_key(&o, S("schemas"));
    json_put_object(&o);
    json_put_key(&o, S("Problem"));
    json_put_raw(&o, str_z(problem_schema));
    for (size_t i = 0; i < all.n; i++)
        put_out_schema(a, &o, all.v[i]);
    json_put_end(&o);
    json_put_key(&o, S("securitySchemes"));
    json_put_raw(&o, S("{\"bearer\":{\"type\":\"http\",\"scheme\":\"bearer\"}}"));
    json_put_key(&o, S("responses"));
    json_put_raw(&o, S("{\"Problem\":{\"description\":\"What went wrong (RFC 9457)\",\"content\":"
                       "{\"application/problem+json\":{\"schema\":{\"$ref\":"
                       "\"#/components/schemas/Problem\"}}}}}"));
    json_put_end(&o);
    json_put_end(&o);
    return buf_str(&b);
}
