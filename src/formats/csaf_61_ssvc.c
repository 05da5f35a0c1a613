/* csaf_61_ssvc.c - mandatory tests: decisions of SSVC. */
#include "formats/csaf_check.h"
#include "formats/ssvc.h"

typedef void look(struct csaf_check *c, const struct json *vulnerability, const struct json *ssvc);

static void each_ssvc(struct csaf_check *c, look *fn)
{
    EACH (v, c->index->vulnerabilities)
        EACH (metric, json_get(v, S("metrics"))) {
            const struct json *ssvc = csaf_at(metric, "content", "ssvc_v2", NULL);
            if (ssvc != NULL)
                fn(c, v, ssvc);
        }
}

/* Ids of the vulnerability, made once however many decisions ask. */
static struct dict names_of(struct csaf_check *c, const struct json *v)
{
    struct dict names = {0};
    str cve = json_get_text(v, S("cve"));
    if (cve.p != NULL)
        (void)dict_add(c->a, &names, cve, NULL);
    EACH (id, json_get(v, S("ids")))
        if (json_get_text(id, S("text")).p != NULL)
            (void)dict_add(c->a, &names, json_get_text(id, S("text")), NULL);
    return names;
}

static void check_targets(struct csaf_check *c, const struct dict *names, const struct json *ssvc)
{
    str tracking = json_get_text(c->index->tracking, S("id"));
    bool many = csaf_nitems(c->index->vulnerabilities) > 1;
    EACH (target, json_get(ssvc, S("target_ids"))) {
        str id = json_text(target);
        size_t at;
        if (id.p == NULL)
            continue;
        if (many && str_eq(id, tracking))
            csaf_found(c, target, S("ssvc_target_document"), id, NO_STR, NO_STR);
        else if (!dict_find(names, id, &at))
            csaf_found(c, target, S("ssvc_target"), id, NO_STR, NO_STR);
    }
}

/* 6.1.47 */
void csaf_ssvc_target(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities) {
        struct dict names = {0};
        bool made = false;
        EACH (metric, json_get(v, S("metrics"))) {
            const struct json *ssvc = csaf_at(metric, "content", "ssvc_v2", NULL);
            if (ssvc == NULL)
                continue;
            if (!made)
                names = names_of(c, v);
            made = true;
            check_targets(c, &names, ssvc);
        }
    }
}

/* The place of the value in the decision point, from 1; 0: it has none of that key. */
static size_t place_of(const struct ssvc_point *p, str wanted)
{
    str rest = p->values, key, name;
    for (size_t i = 1; ssvc_value_next(&rest, &key, &name); i++)
        if (str_eq(key, wanted))
            return i;
    return 0;
}

static void check_values(struct csaf_check *c, const struct ssvc_point *p,
                         const struct json *selection)
{
    size_t before = 0;
    EACH (value, json_get(selection, S("values"))) {
        const struct json *node = json_get(value, S("key"));
        str key = json_text(node);
        if (key.p == NULL)
            continue;
        size_t at = place_of(p, key);
        if (at == 0)
            csaf_found(c, node, S("ssvc_value"), key, p->name,
                       json_get_text(selection, S("version")));
        else if (at < before)
            csaf_found(c, node, S("ssvc_order"), key, p->name, NO_STR);
        before = at > before ? at : before;
    }
}

static void check_selection(struct csaf_check *c, const struct json *selection)
{
    const struct json *ns_node = json_get(selection, S("namespace"));
    const struct json *key_node = json_get(selection, S("key"));
    str ns = json_text(ns_node), key = json_text(key_node);
    str version = json_get_text(selection, S("version"));
    struct ssvc_point p;
    if (ns.p == NULL || key.p == NULL || version.p == NULL)
        return;
    enum ssvc_namespace kind = ssvc_namespace(ns);
    if (kind == SSVC_INVALID)
        csaf_found(c, ns_node, S("ssvc_namespace"), ns, NO_STR, NO_STR);
    if (kind != SSVC_REGISTERED)
        return;
    if (ssvc_find(ssvc_base(ns), key, version, &p))
        check_values(c, &p, selection);
    else
        csaf_found(c, key_node, S("ssvc_point"), key, version, ns);
}

static void check_selections(struct csaf_check *c, [[maybe_unused]] const struct json *v,
                             const struct json *ssvc)
{
    EACH (selection, json_get(ssvc, S("selections")))
        check_selection(c, selection);
}

/* 6.1.48 */
void csaf_ssvc_point(struct csaf_check *c)
{
    each_ssvc(c, check_selections);
}
