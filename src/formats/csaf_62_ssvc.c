/* csaf_62_ssvc.c - recommended and informative tests of SSVC selections. */
#include "formats/csaf_62.h"
#include "formats/ssvc.h"

typedef void selection_test(struct csaf_check *c, const struct json *ssvc,
                            const struct json *selection, const struct json *ns);

static void each_selection(struct csaf_check *c, selection_test *test)
{
    EACH (v, c->index->vulnerabilities)
        EACH (metric, json_get(v, S("metrics"))) {
            const struct json *ssvc = csaf_at(metric, "content", "ssvc_v2", NULL);
            EACH (selection, json_get(ssvc, S("selections"))) {
                const struct json *ns = json_get(selection, S("namespace"));
                if (json_text(ns).p != NULL)
                    test(c, ssvc, selection, ns);
            }
        }
}

static bool unknown_base(const struct json *ns)
{
    enum ssvc_namespace is = ssvc_namespace(json_text(ns));
    return is == SSVC_UNREGISTERED || is == SSVC_INVALID;
}

static void known(struct csaf_check *c, [[maybe_unused]] const struct json *ssvc,
                  [[maybe_unused]] const struct json *selection, const struct json *ns)
{
    if (unknown_base(ns))
        csaf_found(c, ns, S("ssvc_unknown"), ssvc_base(json_text(ns)), NO_STR, NO_STR);
}

/* 6.2.34 */
void csaf_ssvc_unknown(struct csaf_check *c)
{
    each_selection(c, known);
}

static void registered(struct csaf_check *c, [[maybe_unused]] const struct json *ssvc,
                       [[maybe_unused]] const struct json *selection, const struct json *ns)
{
    if (unknown_base(ns))
        csaf_found(c, ns, S("ssvc_unregistered"), ssvc_base(json_text(ns)), NO_STR, NO_STR);
}

/* 6.2.35 */
void csaf_ssvc_unregistered_clear(struct csaf_check *c)
{
    if (csaf_is_clear(c))
        each_selection(c, registered);
}

/* 6.3.14 */
void csaf_ssvc_unregistered(struct csaf_check *c)
{
    if (!csaf_is_clear(c))
        each_selection(c, registered);
}

static void extended(struct csaf_check *c, [[maybe_unused]] const struct json *ssvc,
                     [[maybe_unused]] const struct json *selection, const struct json *ns)
{
    if (ssvc_extended(json_text(ns)) && ssvc_namespace(json_text(ns)) != SSVC_RESERVED)
        csaf_found(c, ns, S("ssvc_extended"), json_text(ns), NO_STR, NO_STR);
}

/* 6.2.36 */
void csaf_ssvc_extended_clear(struct csaf_check *c)
{
    if (csaf_is_clear(c))
        each_selection(c, extended);
}

/* 6.3.15 */
void csaf_ssvc_extended(struct csaf_check *c)
{
    if (!csaf_is_clear(c))
        each_selection(c, extended);
}

static void explained(struct csaf_check *c, const struct json *ssvc,
                      [[maybe_unused]] const struct json *selection, const struct json *ns)
{
    str full = json_text(ns);
    enum ssvc_namespace is = ssvc_namespace(full);
    if (is == SSVC_RESERVED || (is == SSVC_REGISTERED && !ssvc_extended(full)))
        return;
    const struct json *resources = json_get(ssvc, S("decision_point_resources"));
    EACH (resource, resources)
        if (str_find(json_get_text(resource, S("summary")), full) >= 0)
            return;
    if (resources != NULL)
        csaf_found(c, resources, S("ssvc_unexplained"), full, NO_STR, NO_STR);
    else
        csaf_found(c, ssvc, S("ssvc_unexplained"), full, NO_STR, NO_STR);
}

/* 6.2.37 */
void csaf_ssvc_unexplained(struct csaf_check *c)
{
    each_selection(c, explained);
}

static void latest(struct csaf_check *c, [[maybe_unused]] const struct json *ssvc,
                   const struct json *selection, const struct json *ns)
{
    str key = json_get_text(selection, S("key"));
    str version = json_get_text(selection, S("version"));
    struct doc_version used, newest;
    if (ssvc_namespace(json_text(ns)) != SSVC_REGISTERED || !doc_version_read(version, &used))
        return;
    str best = ssvc_latest(ssvc_base(json_text(ns)), key);
    if (best.p != NULL && doc_version_read(best, &newest) && doc_version_cmp(&used, &newest) < 0)
        csaf_found(c, selection, S("ssvc_not_latest"), key, version, best);
}

/* 6.3.13 */
void csaf_ssvc_not_latest(struct csaf_check *c)
{
    each_selection(c, latest);
}
