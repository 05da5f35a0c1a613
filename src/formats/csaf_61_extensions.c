/* csaf_61_extensions.c - mandatory tests 6.1.60: extensions have the form that the standard, their
 * schema and their metadata ask for. */
#include "formats/csaf_check.h"
#include "formats/schema.h"

/* A place where extensions may stand; `path` as metadata call it. */
typedef void look(struct csaf_check *c, const struct json *list, str path);

static void each_list(struct csaf_check *c, look *fn)
{
    static const str by[] = {
        [CSAF_BY_NAME] = S_INIT("$.product_tree.full_product_names[*].x_extensions"),
        [CSAF_BY_BRANCH] = S_INIT("$.product_tree.branches..product.x_extensions"),
        [CSAF_BY_PATH] = S_INIT("$.product_tree.product_paths[*].full_product_name.x_extensions"),
    };
    const struct csaf_index *x = c->index;
    const str member = S("x_extensions");
    fn(c, json_get(c->document, member), S("$.x_extensions"));
    fn(c, json_get(x->document_part, member), S("$.document.x_extensions"));
    for (size_t i = 0; i < x->products.n; i++)
        fn(c, json_get(x->products.v[i].name, member), by[x->products.v[i].by]);
    EACH (v, x->vulnerabilities) {
        fn(c, json_get(v, member), S("$.vulnerabilities[*].x_extensions"));
        EACH (metric, json_get(v, S("metrics")))
            fn(c, json_get(json_get(metric, S("content")), member),
               S("$.vulnerabilities[*].metrics[*].content.x_extensions"));
    }
}

static void check_form(struct csaf_check *c, const struct json *list, [[maybe_unused]] str path)
{
    EACH (item, list)
        csaf_found_faults(c, item, schema_kept(SCHEMA_EXTENSION_CONTENT));
}

/* 6.1.60.1 */
void csaf_extension_form(struct csaf_check *c)
{
    each_list(c, check_form);
}

static const struct csaf_extension *extension_of(const struct csaf_choice *choice, str uri)
{
    for (size_t i = 0; i < choice->nextensions; i++)
        if (str_eq(choice->extensions[i].uri, uri))
            return &choice->extensions[i];
    return NULL;
}

static const struct json *find_schema(struct arena *a, void *arg, str uri)
{
    const struct csaf_check *c = arg;
    const struct csaf_extension *e = extension_of(c->choice, uri);
    return e != NULL ? e->content : schema_kept_source(a, NULL, uri);
}

/* An extension that nothing is known of here. */
static void unknown(struct csaf_check *c, const struct json *item, str uri)
{
    bool critical = false;
    (void)json_bool(json_get(item, S("critical")), &critical);
    csaf_warn(c, item, critical ? S("extension_unknown_critical") : S("extension_unknown"), uri);
}

/* Its schema, compiled when it is met first. */
static const struct schema *compiled(struct csaf_check *c, const struct csaf_extension *e)
{
    const struct schema **kept = &c->compiled[e - c->choice->extensions];
    struct schema_options options = {.find = find_schema, .arg = c};
    struct schema_refusal why;
    if (*kept == NULL &&
        schema_make(c->a, (struct schema_source){e->uri, e->content}, &options, kept, &why) != OK)
        *kept = NULL;
    return *kept;
}

static void check_schema(struct csaf_check *c, const struct json *list, [[maybe_unused]] str path)
{
    EACH (item, list) {
        str uri = json_get_text(item, S("$schema"));
        const struct csaf_extension *e = extension_of(c->choice, uri);
        const struct schema *s = e != NULL ? compiled(c, e) : NULL;
        if (s != NULL)
            csaf_found_faults(c, item, s);
        else if (uri.p != NULL)
            unknown(c, item, uri);
    }
}

/* 6.1.60.2 */
void csaf_extension_schema(struct csaf_check *c)
{
    c->compiled = NEWS(c->a, const struct schema *, c->choice->nextensions + 1);
    each_list(c, check_schema);
}

/* How often the metadata let it stand there; -1: they say nothing. */
static i64 allowed(const struct csaf_extension *e, str path)
{
    static const str paths =
        S_INIT("$.product_tree.product_paths[*].full_product_name.x_extensions");
    static const str relationships =
        S_INIT("$.product_tree.relationships[*].full_product_name.x_extensions");
    const struct json *requirement = json_get(e->metadata, S("requirement"));
    const struct json *place = json_get(requirement, path);
    i64 most;
    if (place == NULL && str_eq(path, paths))
        place = json_get(requirement, relationships);
    return json_i64(json_get(place, S("max_occurrence")), &most) ? most : -1;
}

static void check_incompatible(struct csaf_check *c, const struct json *item,
                               const struct csaf_extension *e)
{
    size_t at;
    EACH (other, json_get(e->metadata, S("incompatible_extensions")))
        if (json_text(other).p != NULL && dict_find(&c->extensions_used, json_text(other), &at))
            csaf_found(c, item, S("extension_incompatible"), e->uri, json_text(other), NO_STR);
}

static void check_metadata(struct csaf_check *c, const struct json *list, str path)
{
    i64 *count = NEWS(c->a, i64, c->choice->nextensions + 1);
    EACH (item, list) {
        str uri = json_get_text(item, S("$schema"));
        const struct csaf_extension *e = extension_of(c->choice, uri);
        if (e == NULL || e->metadata == NULL) {
            if (uri.p != NULL)
                unknown(c, item, uri);
            continue;
        }
        i64 most = allowed(e, path);
        if (most >= 0 && ++count[e - c->choice->extensions] > most)
            csaf_found(c, list, S("extension_often"), uri, str_fmt(c->a, "%lld", (long long)most),
                       NO_STR);
        check_incompatible(c, item, e);
    }
}

static void note_used(struct csaf_check *c, const struct json *list, [[maybe_unused]] str path)
{
    EACH (item, list)
        if (json_get_text(item, S("$schema")).p != NULL)
            (void)dict_add(c->a, &c->extensions_used, json_get_text(item, S("$schema")), NULL);
}

/* 6.1.60.3 */
void csaf_extension_metadata(struct csaf_check *c)
{
    each_list(c, note_used);
    each_list(c, check_metadata);
}
