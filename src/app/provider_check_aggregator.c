/* provider_check_aggregator.c - requirements 21 to 23: who lists the providers of others. */
#include "app/provider_check_own.h"

#include "base/dict.h"
#include "formats/csaf_aggregator.h"
#include "formats/schema.h"

enum { FAULTS_SHOWN = 20, MIRRORS_READ = 200 };

static const str metadata_name = S_INIT("/provider-metadata.json");

/* --- requirements 21 and 22 ------------------------------------------------------------------- */

static void check_form(struct checking *c)
{
    struct schema_faults faults = {0};
    enum schema_id id = c->v21 ? SCHEMA_AGGREGATOR_2_1 : SCHEMA_AGGREGATOR_2_0;
    str canonical = json_get_text(c->metadata, S("canonical_url"));
    if (!schema_check(c->a, schema_kept(id), c->metadata, true, &faults))
        for (size_t i = 0; i < faults.n && i < FAULTS_SHOWN; i++)
            check_note(
                c, R_LIST, CHECK_ERROR, c->out->url, S("schema"), faults.v[i].path,
                str_fmt(c->a, "%.*s %.*s", SV(faults.v[i].keyword), SV(faults.v[i].expected)));
    if (!str_eq(canonical, c->out->url))
        check_warning(c, R_LIST, c->out->url, "canonical", canonical);
}

static void check_adjacent(struct checking *c)
{
    struct provider_got got = {0};
    str url = str_join(c->a, c->base, str_from(metadata_name, 1));
    c->reach->get(c->reach->arg, c->a, url, GUISE_STRANGER, CHECK_BYTES, &got);
    if (got.status == 200)
        check_error(c, R_LIST, url, "agg_adjacent", NO_STR);
}

static void check_parties(struct checking *c, const struct aggregator *g)
{
    struct dict parties = {0};
    bool fresh;
    for (size_t i = 0; i < g->issuers.n; i++)
        (void)dict_add(c->a, &parties, g->issuers.v[i].namespace, &fresh);
    c->used[R_PARTIES] = true;
    if (parties.keys.n < 2)
        check_error(c, R_PARTIES, c->out->url, "agg_parties", NO_STR);
}

/* --- requirement 23 --------------------------------------------------------------------------- */

/* Links to documents that are not the mirror's own copies. */
static void check_local(struct checking *c, struct arena *a, str feed, str folder)
{
    const struct json *j = check_json(c, a, R_MIRRORS, feed);
    const struct json *entries = json_get(json_get(j, S("feed")), S("entry"));
    for (size_t i = 0; i < json_count(entries); i++) {
        str src = json_get_text(json_get(json_at(entries, i), S("content")), S("src"));
        if (!str_has_prefix(src, folder))
            check_error(c, R_MIRRORS, feed, "agg_not_local", src);
    }
}

static void check_mirror(struct checking *c, const struct aggregated *g, str url, str folder)
{
    struct arena *a = arena_new();
    const struct json *j = check_json(c, a, R_MIRRORS, url);
    const struct json *all = json_get(j, S("distributions"));
    str namespace = json_get_text(json_get(j, S("publisher")), S("namespace"));
    size_t feeds = 0;
    if (j != NULL && !str_eq(namespace, g->namespace))
        check_error(c, R_MIRRORS, url, "agg_other_party", namespace);
    for (size_t i = 0; i < json_count(all); i++) {
        const struct json *of = json_get(json_get(json_at(all, i), S("rolie")), S("feeds"));
        for (size_t k = 0; k < json_count(of) && feeds < MIRRORS_READ; k++, feeds++)
            check_local(c, a, json_get_text(json_at(of, k), S("url")), folder);
    }
    if (j != NULL && feeds == 0)
        check_error(c, R_MIRRORS, url, "agg_no_feed", NO_STR);
    arena_free(a);
}

/* Of one party; what other aggregators keep of it is theirs.  The folder beside aggregator.json
 * belongs to that party alone, which may have several mirrors in it. */
static bool check_mirrors_of(struct checking *c, const struct aggregated *g, struct dict *folders)
{
    size_t before = folders->keys.n;
    bool any = false;
    for (size_t i = 0; i < g->mirrors.n && folders->keys.n < MIRRORS_READ; i++) {
        str url = g->mirrors.v[i];
        if (!str_has_prefix(url, c->base) || !str_has_suffix(url, metadata_name))
            continue;
        str rest = str_from(url, c->base.n), name = str_cut(&rest, '/');
        str folder = str_fmt(c->a, "%.*s%.*s/", SV(c->base), SV(name));
        if (dict_add(c->a, folders, folder, NULL) < before)
            check_error(c, R_MIRRORS, url, "agg_same_folder", folder);
        check_mirror(c, g, url, folder);
        any = true;
    }
    return any;
}

static void check_mirrors(struct checking *c, const struct aggregator *g)
{
    struct dict folders = {0};
    size_t mirrored = 0;
    c->used[R_MIRRORS] = true;
    for (size_t i = 0; i < g->issuers.n && !c->gave_up; i++)
        mirrored += check_mirrors_of(c, &g->issuers.v[i], &folders);
    if (mirrored < 2)
        check_error(c, R_MIRRORS, c->out->url, "agg_few_mirrors", NO_STR);
}

/* --- the whole -------------------------------------------------------------------------------- */

static void decide(struct checking *c, bool lister)
{
    static const int asked[] = {R_TLS, R_REDIRECTS, R_LIST, R_PARTIES, R_MIRRORS};
    struct provider_report *out = c->out;
    for (size_t i = 0; i < COUNT(asked) - lister; i++)
        out->requirement[asked[i]].state = c->failed[asked[i]] == 0 ? CHECK_HOLDS : CHECK_FAILS;
    bool lists = c->failed[R_TLS] + c->failed[R_LIST] + c->failed[R_PARTIES] == 0;
    out->claimed = lister ? ROLE_LISTER : ROLE_AGGREGATOR;
    out->role = !lists                               ? ROLE_NONE
                : lister || c->failed[R_MIRRORS] > 0 ? ROLE_LISTER
                                                     : ROLE_AGGREGATOR;
    out->passed = out->role == out->claimed;
}

void check_aggregator(struct checking *c)
{
    struct aggregator g;
    str why;
    c->metadata = check_json(c, c->a, R_LIST, c->out->url);
    (void)aggregator_read(c->a, c->metadata, &g, &why);
    if (c->metadata != NULL) {
        check_form(c);
        check_adjacent(c);
        check_parties(c, &g);
    }
    if (c->metadata != NULL && !g.lister)
        check_mirrors(c, &g);
    decide(c, g.lister);
}
