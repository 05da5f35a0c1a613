/* provider_check.c - see provider_check.h: where metadata stands, and what all of it means. */
#include "app/provider_check_own.h"

#include "base/phrase.h"
#include "formats/csaf_aggregator.h"
#include "formats/csaf_listing.h"

#include <stdlib.h>

/* --- what holds ------------------------------------------------------------------------------- */

static bool holds(const struct checking *c, int first, int last)
{
    for (int r = first; r <= last; r++)
        if (c->failed[r] > 0)
            return false;
    return true;
}

/* What is not there at all, where something else stands in its place, is only told; what is
 * there and wrong stays wrong. */
static void spare(struct checking *c, int r, int by)
{
    bool nothing = !c->used[r];
    c->out->requirement[r].state = CHECK_SPARED;
    c->out->requirement[r].by = by;
    for (size_t i = 0; i < c->out->messages.n; i++) {
        struct check_message *m = &c->out->messages.v[i];
        if (m->requirement == r && m->level == CHECK_ERROR && nothing)
            m->level = CHECK_INFO;
        else if (m->requirement == r && str_eq(m->word, S("security_none")))
            m->level = CHECK_WARNING;
    }
}

static void spare_group(struct checking *c, int first, int last, int by)
{
    for (int r = first; r <= last; r++)
        if (c->failed[r] > 0)
            spare(c, r, by);
}

static bool decide_alternatives(struct checking *c)
{
    int found = 0;
    for (int r = R_DNS; r >= R_SECURITY_TXT; r--)
        found = c->failed[r] == 0 ? r : found;
    if (c->failed[R_WELL_KNOWN] == 0)
        found = R_WELL_KNOWN;
    bool folders = holds(c, R_YEARS, R_LISTINGS), feeds = holds(c, R_FEED, R_CATEGORY);
    if (found > 0)
        spare_group(c, R_SECURITY_TXT, R_DNS, found);
    if (feeds)
        spare_group(c, R_YEARS, R_LISTINGS, R_FEED);
    if (folders)
        spare_group(c, R_FEED, R_CATEGORY, R_YEARS);
    return found > 0 && (folders || feeds);
}

static void decide(struct checking *c)
{
    struct provider_report *out = c->out;
    for (int r = 1; r < REQUIREMENTS; r++) {
        /* what a server answers by its headers, a folder cannot tell */
        bool asked = check_needed_for(r, c->v21) != ROLE_NONE &&
                     (r < R_LIST || (r >= R_AGENT && !c->reach->folder));
        out->requirement[r].state = !asked              ? CHECK_NOT_ASKED
                                    : c->failed[r] == 0 ? CHECK_HOLDS
                                                        : CHECK_FAILS;
    }
    bool publisher = holds(c, R_VALID, R_OPEN), alternatives = decide_alternatives(c);
    bool provider =
        publisher && holds(c, R_CLOSED, R_METADATA) && holds(c, R_AGENT, R_CORS) && alternatives;
    bool trusted = provider && holds(c, R_HASH, R_KEY);
    out->role = trusted     ? ROLE_TRUSTED
                : provider  ? ROLE_PROVIDER
                : publisher ? ROLE_PUBLISHER
                            : ROLE_NONE;
    out->passed = out->claimed != ROLE_NONE && out->role >= out->claimed;
    for (size_t i = 0; i < out->messages.n; i++)
        out->passed &= out->messages.v[i].level != CHECK_ERROR ||
                       check_needed_for(out->messages.v[i].requirement, c->v21) > out->claimed;
}

static int by_requirement(const void *x, const void *y)
{
    const struct check_message *a = x, *b = y;
    if (a->requirement != b->requirement)
        return a->requirement - b->requirement;
    return a->level != b->level ? (int)b->level - (int)a->level : str_cmp(a->word, b->word);
}

/* --- one metadata ----------------------------------------------------------------------------- */

static void check_one_metadata(struct checking *c)
{
    check_metadata(c);
    if (c->metadata != NULL) {
        check_finding(c);
        check_keys(c);
        check_folders(c);
        check_feeds(c);
        check_documents(c);
        check_agents(c);
    }
    decide(c);
    if (c->metadata == NULL)
        c->out->passed = false;
}

static void check_version(struct arena *a, const struct provider_reach *reach, str url, str bytes,
                          struct provider_report *out)
{
    struct checking *c = NEW(a, struct checking);
    const struct json *j = NULL;
    struct json_error bad;
    *out = (struct provider_report){.url = url};
    (void)json_read(a, bytes, &j, &bad);
    bool lists = aggregator_is(j);
    str version = json_get_text(j, lists ? S("aggregator_version") : S("metadata_version"));
    out->v21 = str_eq(version, S("2.1"));
    *c = (struct checking){.a = a,
                           .reach = reach,
                           .out = out,
                           .bytes = bytes,
                           .v21 = out->v21,
                           .host = check_host(url),
                           .origin = listed_origin(url),
                           .base = check_parent(url)};
    if (lists)
        check_aggregator(c);
    else
        check_one_metadata(c);
    if (out->messages.n > 0)
        qsort(out->messages.v, out->messages.n, sizeof *out->messages.v, by_requirement);
}

/* --- where it stands -------------------------------------------------------------------------- */

static bool metadata_at(struct arena *a, const struct provider_reach *reach, str url,
                        struct provider_got *got)
{
    *got = (struct provider_got){0};
    reach->get(reach->arg, a, url, check_guise(reach, url), CHECK_BYTES, got);
    for (int n = 0; n < 10 && got->location.n > 0 && got->status / 100 == 3; n++) {
        str next = got->location;
        *got = (struct provider_got){0};
        reach->get(reach->arg, a, next, GUISE_STRANGER, CHECK_BYTES, got);
    }
    return got->status == 200;
}

static void add(struct arena *a, const struct provider_reach *reach, str url, str bytes,
                struct provider_reports *out)
{
    struct provider_report r;
    check_version(a, reach, url, bytes, &r);
    *PUSH(a, out) = r;
}

/* Both versions side by side, else the one at the well-known place. */
static void check_well_known(struct arena *a, const struct provider_reach *reach, str origin,
                             struct provider_reports *out)
{
    static const char *const versions[] = {"v2.0/", "v2.1/", ""};
    struct provider_got got;
    for (size_t i = 0; i < COUNT(versions); i++) {
        str url =
            str_fmt(a, "%.*s/.well-known/csaf/%sprovider-metadata.json", SV(origin), versions[i]);
        if ((i < 2 || out->n == 0) && metadata_at(a, reach, url, &got))
            add(a, reach, url, got.body, out);
    }
}

static str security_line(struct arena *a, const struct provider_reach *reach, str origin)
{
    struct provider_got got;
    if (!metadata_at(a, reach, str_join(a, origin, S("/.well-known/security.txt")), &got))
        return NO_STR;
    for (str rest = got.body; rest.n > 0;) {
        str line = str_trim(str_cut(&rest, '\n')), name = str_cut(&line, ':');
        if (str_eq_nocase(name, S("CSAF")) && str_has_prefix(str_trim(line), S("https://")))
            return str_trim(line);
    }
    return NO_STR;
}

static void check_elsewhere(struct arena *a, const struct provider_reach *reach, str origin,
                            struct provider_reports *out)
{
    struct provider_got got;
    str url = security_line(a, reach, origin);
    if (url.n > 0 && metadata_at(a, reach, url, &got)) {
        add(a, reach, url, got.body, out);
        return;
    }
    url = str_fmt(a, "https://csaf.data.security.%.*s/", SV(check_host(origin)));
    if (!reach->folder && metadata_at(a, reach, url, &got))
        add(a, reach, url, got.body, out);
    url = str_join(a, origin, S("/.well-known/csaf-aggregator/aggregator.json"));
    if (out->n == 0 && metadata_at(a, reach, url, &got))
        add(a, reach, url, got.body, out);
}

static str whole(struct arena *a, str where)
{
    return str_find(where, S("://")) < 0 ? str_join(a, S("https://"), where) : where;
}

str provider_check_origin(struct arena *a, str where)
{
    return listed_origin(whole(a, where));
}

enum err provider_check(struct arena *a, const struct provider_reach *how, str where,
                        struct provider_reports *out)
{
    struct provider_got got;
    struct provider_reach own = *how, *reach = &own;
    *out = (struct provider_reports){0};
    where = whole(a, where);
    own.entitled_at = listed_origin(where);
    if (str_has_suffix(where, S(".json"))) {
        if (metadata_at(a, reach, where, &got))
            add(a, reach, where, got.body, out);
    } else {
        check_well_known(a, reach, listed_origin(where), out);
        if (out->n == 0)
            check_elsewhere(a, reach, listed_origin(where), out);
        if (out->n == 0) /* again, for the reason */
            (void)metadata_at(
                a, reach,
                str_join(a, listed_origin(where), S("/.well-known/csaf/provider-metadata.json")),
                &got);
    }
    if (out->n > 0)
        return OK;
    *PUSH(a, out) = (struct provider_report){
        .url = where, .why = got.status != 0 ? S("status") : str_copy(a, got.why)};
    return E_NOT_FOUND;
}

/* --- words ------------------------------------------------------------------------------------ */

enum provider_role check_needed_for(int r, bool v21)
{
    if (r <= R_OPEN)
        return ROLE_PUBLISHER;
    if (r <= R_CATEGORY)
        return ROLE_PROVIDER;
    if (r <= R_KEY)
        return ROLE_TRUSTED;
    if (r <= R_MIRRORS)
        return r < R_MIRRORS ? ROLE_LISTER : ROLE_AGGREGATOR;
    return v21 && r >= R_AGENT ? ROLE_PROVIDER : ROLE_NONE;
}

str provider_role_name(enum provider_role r)
{
    static const str names[] = {S_INIT("none"),          S_INIT("csaf_publisher"),
                                S_INIT("csaf_provider"), S_INIT("csaf_trusted_provider"),
                                S_INIT("csaf_lister"),   S_INIT("csaf_aggregator")};
    return names[r];
}

str check_level_name(enum check_level l)
{
    static const str names[] = {S_INIT("info"), S_INIT("warning"), S_INIT("error")};
    return names[l];
}

str check_state_name(enum check_state s)
{
    static const str names[] = {S_INIT("not_asked"), S_INIT("holds"), S_INIT("fails"),
                                S_INIT("spared")};
    return names[s];
}

static str worded(struct arena *a, str key, enum lang lang, str x, str y)
{
    const struct phrase_arg args[] = {{.name = S("a"), .s = x}, {.name = S("b"), .s = y}};
    enum word w;
    if (!word_find(str_join(a, S("provcheck_"), key), &w))
        return key;
    return phrase_fill(a, word(lang, w), args, COUNT(args));
}

str check_title(struct arena *a, int requirement, bool v21, enum lang lang)
{
    bool own = v21 && (requirement == R_OPEN || requirement == R_CLOSED);
    return worded(a, str_fmt(a, "title_%d%s", requirement, own ? "_21" : ""), lang, NO_STR, NO_STR);
}

str check_text(struct arena *a, const struct check_message *m, enum lang lang)
{
    return worded(a, m->word, lang, m->arg[0], m->arg[1]);
}
