/* openapi_test.c - the API's description: its structure as OpenAPI 3.1 demands it, section by
 * section (spec.openapis.org/oas/v3.1.0), and whether it says of each route what is so. */
#include "help/api.h"
#include "help/schema.h"
#include "t.h"
#include "web/api_doc.h"
#include "web/route.h"

static const struct json *description(struct arena *a, struct stage *st)
{
    struct page p = visit(visit_nobody(st), "/api/v1/openapi.json");
    CHECK_STATUS(200, p);
    CHECK_STR(S("application/json"), p.type);
    return page_json(a, p); /* refuses a member that is there twice: two schemas of one name */
}

static bool has_word(const char *words, str one)
{
    str rest = str_z(words);
    while (rest.n > 0)
        if (str_eq(str_cut(&rest, ' '), one))
            return true;
    return false;
}

/* An object with no other members than these; those with a * must be there. */
static void only(const struct json *object, const char *must_have, const char *may_have)
{
    CHECK(object != NULL && json_is(object, JSON_IS_OBJECT));
    for (size_t i = 0; i < json_count(object); i++) {
        str key = json_key(object, i);
        bool known = has_word(must_have, key) || has_word(may_have, key);
        if (!known)
            (void)printf("has a member %.*s\n", SV(key));
        CHECK(known);
    }
    str rest = str_z(must_have);
    while (rest.n > 0)
        CHECK(json_get(object, str_cut(&rest, ' ')) != NULL);
}

static bool is_text(const struct json *object, const char *key)
{
    const struct json *v = json_get(object, str_z(key));
    return v != NULL && json_is(v, JSON_IS_STRING) && json_text(v).n > 0;
}

/* --- schemas ---------------------------------------------------------------------------------- */

static void check_type(const struct json *type)
{
    static const char types[] = "object array string number integer boolean null";
    if (json_is(type, JSON_IS_STRING)) {
        CHECK(has_word(types, json_text(type)));
        return;
    }
    CHECK(json_is(type, JSON_IS_ARRAY) && json_count(type) > 0);
    for (size_t i = 0; i < json_count(type); i++)
        CHECK(has_word(types, json_text(json_at(type, i))));
}

static void check_required(const struct json *s)
{
    const struct json *required = json_get(s, S("required"));
    const struct json *properties = json_get(s, S("properties"));
    for (size_t i = 0; required != NULL && i < json_count(required); i++) {
        str name = json_text(json_at(required, i));
        CHECK(properties != NULL && json_get(properties, name) != NULL);
        for (size_t k = 0; k < i; k++)
            CHECK(!str_eq(name, json_text(json_at(required, k))));
    }
}

static void check_schema(const struct json *root, const struct json *s)
{
    const struct json *ref = json_get(s, S("$ref"));
    const struct json *properties = json_get(s, S("properties"));
    if (ref != NULL) {
        only(s, "$ref", "");
        CHECK(schema_ref(root, json_text(ref)) != NULL);
        return;
    }
    only(s, "",
         "type properties required items format maxLength enum maximum description "
         "additionalProperties");
    if (json_get(s, S("type")) != NULL)
        check_type(json_get(s, S("type")));
    check_required(s);
    for (size_t i = 0; properties != NULL && i < json_count(properties); i++)
        check_schema(root, json_value(properties, i));
    if (json_get(s, S("items")) != NULL)
        check_schema(root, json_get(s, S("items")));
}

/* --- operations ------------------------------------------------------------------------------- */

static void check_parameters(const struct json *root, const struct json *list, str path)
{
    size_t places = 0, in_path = 0;
    for (size_t i = 0; i < path.n; i++)
        places += path.p[i] == '{';
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *p = json_at(list, i);
        only(p, "name in schema required", "description");
        str name = json_get_text(p, S("name")), in = json_get_text(p, S("in"));
        CHECK(has_word("path query header", in));
        check_schema(root, json_get(p, S("schema")));
        if (str_eq(in, S("path"))) {
            struct arena *a = arena_new();
            CHECK(json_is(json_get(p, S("required")), JSON_IS_TRUE));
            CHECK(str_find(path, str_fmt(a, "{%.*s}", SV(name))) > 0);
            arena_free(a);
            in_path++;
        }
        for (size_t k = 0; k < i; k++)
            CHECK(!str_eq(name, json_get_text(json_at(list, k), S("name"))));
    }
    CHECK_I64((i64)places, (i64)in_path);
}

static void check_content(const struct json *root, const struct json *content)
{
    CHECK(json_is(content, JSON_IS_OBJECT));
    for (size_t i = 0; i < json_count(content); i++) {
        only(json_value(content, i), "", "schema");
        CHECK(str_find_char(json_key(content, i), '/') > 0);
        if (json_get(json_value(content, i), S("schema")) != NULL)
            check_schema(root, json_get(json_value(content, i), S("schema")));
    }
}

static void check_responses(const struct json *root, const struct json *all)
{
    CHECK(json_count(all) >= 2);
    for (size_t i = 0; i < json_count(all); i++) {
        str code = json_key(all, i);
        const struct json *r = json_value(all, i);
        i64 status;
        CHECK(str_eq(code, S("default")) || (str_i64(code, &status) && status >= 200));
        if (json_get(r, S("$ref")) != NULL) {
            only(r, "$ref", "");
            CHECK(schema_ref(root, json_get_text(r, S("$ref"))) != NULL);
            continue;
        }
        only(r, "description", "content headers");
        if (json_get(r, S("content")) != NULL)
            check_content(root, json_get(r, S("content")));
    }
}

static void check_operation(const struct json *root, const struct json *o, str path)
{
    const struct json *body = json_get(o, S("requestBody"));
    only(o, "operationId summary tags parameters responses", "requestBody security");
    CHECK(is_text(o, "summary") && is_text(o, "operationId"));
    CHECK(json_count(json_get(o, S("tags"))) == 1);
    check_parameters(root, json_get(o, S("parameters")), path);
    check_responses(root, json_get(o, S("responses")));
    if (body != NULL) {
        only(body, "content", "required");
        CHECK(json_count(json_get(body, S("content"))) == 1);
        check_content(root, json_get(body, S("content")));
    }
}

static void check_ids(const struct json *paths)
{
    str seen[500];
    size_t n = 0;
    for (size_t i = 0; i < json_count(paths); i++)
        for (size_t k = 0; k < json_count(json_value(paths, i)); k++) {
            str id = json_get_text(json_value(json_value(paths, i), k), S("operationId"));
            for (size_t j = 0; j < n; j++)
                CHECK(!str_eq(seen[j], id));
            CHECK(n < COUNT(seen));
            seen[n++] = id;
        }
}

APP_TEST(the_description_has_the_structure_that_openapi_3_1_demands)
{
    const struct json *root = description(a, st);
    const struct json *paths = json_get(root, S("paths"));
    const struct json *parts = json_get(root, S("components"));
    only(root, "openapi info paths", "servers components");
    CHECK_STR(S("3.1.0"), json_get_text(root, S("openapi")));
    only(json_get(root, S("info")), "title version", "license");
    only(json_at(json_get(root, S("servers")), 0), "url", "");
    only(parts, "schemas", "securitySchemes responses");
    for (size_t i = 0; i < json_count(paths); i++) {
        const struct json *item = json_value(paths, i);
        CHECK(str_has_prefix(json_key(paths, i), S("/api/v1/")));
        CHECK(json_count(item) > 0);
        for (size_t k = 0; k < json_count(item); k++) {
            CHECK(has_word("get put post delete options head patch trace", json_key(item, k)));
            check_operation(root, json_value(item, k), json_key(paths, i));
        }
    }
    check_ids(paths);
    const struct json *schemas = json_get(parts, S("schemas"));
    for (size_t i = 0; i < json_count(schemas); i++)
        check_schema(root, json_value(schemas, i));
}

/* --- routes ------------------------------------------------------------------------------------ */

/* "/api/v1/cases/{}/steps/{}" is the same place as "/api/v1/cases/{id}/steps/{id2}". */
static bool same_place(str pattern, str path)
{
    while (pattern.n > 0 && path.n > 0) {
        str x = str_cut(&pattern, '/'), y = str_cut(&path, '/');
        if (!str_eq(x, y) && !(str_eq(x, S("{}")) && y.n > 2 && y.p[0] == '{'))
            return false;
    }
    return pattern.n == 0 && path.n == 0;
}

static const struct json *operation_of(const struct json *paths, const struct route *r)
{
    static const str methods[METHOD_COUNT] = {
        [GET] = S_INIT("get"),     [POST] = S_INIT("post"),     [PUT] = S_INIT("put"),
        [PATCH] = S_INIT("patch"), [DELETE] = S_INIT("delete"), [OPTIONS] = S_INIT("options")};
    for (size_t i = 0; i < json_count(paths); i++)
        if (same_place(r->path, json_key(paths, i)))
            return json_get(json_value(paths, i), methods[r->method]);
    return NULL;
}

APP_TEST(every_route_of_the_api_is_described_and_nothing_else)
{
    const struct json *paths = json_get(description(a, st), S("paths"));
    size_t routes = 0, described = 0;
    for (size_t i = 0; i < all_routes_count; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++) {
            const struct route *r = &all_routes[i]->v[k];
            if (!str_has_prefix(r->path, S("/api/")))
                continue;
            routes++;
            if (operation_of(paths, r) == NULL)
                (void)printf("not described: %.*s\n", SV(r->path));
            CHECK(operation_of(paths, r) != NULL);
        }
    for (size_t i = 0; i < json_count(paths); i++)
        described += json_count(json_value(paths, i));
    CHECK_I64((i64)routes, (i64)described);
    CHECK(routes > 60);
}

static bool asks_header(const struct json *operation, str name)
{
    const struct json *list = json_get(operation, S("parameters"));
    for (size_t i = 0; i < json_count(list); i++)
        if (str_eq(json_get_text(json_at(list, i), S("name")), name))
            return true;
    return false;
}

APP_TEST(every_post_takes_an_idempotency_key_and_every_place_of_a_person_a_token)
{
    const struct json *paths = json_get(description(a, st), S("paths"));
    for (size_t i = 0; i < all_routes_count; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++) {
            const struct route *r = &all_routes[i]->v[k];
            const struct json *o = operation_of(paths, r);
            if (o == NULL)
                continue;
            CHECK(asks_header(o, S("Idempotency-Key")) == (r->method == POST));
            CHECK((json_get(o, S("security")) != NULL) == (r->need != NEED_NOBODY));
            if (r->method == PUT && str_find(r->path, S("draft")) < 0)
                CHECK(asks_header(o, S("If-Match")));
        }
}

static size_t times_listed(const struct route *r)
{
    size_t n = 0;
    for (size_t i = 0; i < all_routes_count; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++)
            n += all_routes[i]->v[k].method == r->method &&
                 str_eq(all_routes[i]->v[k].path, r->path);
    return n;
}

TEST(no_route_is_listed_twice)
{
    (void)a;
    for (size_t i = 0; i < all_routes_count; i++)
        for (size_t k = 0; k < all_routes[i]->n; k++) {
            const struct route *r = &all_routes[i]->v[k];
            if (times_listed(r) != 1)
                (void)printf("listed twice: %.*s\n", SV(r->path));
            CHECK_I64(1, (i64)times_listed(r));
        }
}
