/* provider_check_meta.c - the metadata of a provider, how it is found, and its keys. */
#include "app/provider_check_own.h"

#include "base/time.h"
#include "formats/armor.h"
#include "formats/schema.h"

enum { FAULTS_SHOWN = 20, TOLD_BEFORE_DAYS = 90, LEAST_DAYS = 30 };

/* --- requirement 7 ---------------------------------------------------------------------------- */

static void check_form(struct checking *c)
{
    struct schema_faults faults = {0};
    enum schema_id id = c->v21 ? SCHEMA_PROVIDER_2_1 : SCHEMA_PROVIDER_2_0;
    if (schema_check(c->a, schema_kept(id), c->metadata, true, &faults))
        return;
    for (size_t i = 0; i < faults.n && i < FAULTS_SHOWN; i++)
        check_note(c, R_METADATA, CHECK_ERROR, c->out->url, S("schema"), faults.v[i].path,
                   str_fmt(c->a, "%.*s %.*s", SV(faults.v[i].keyword), SV(faults.v[i].expected)));
}

static bool instant_of(const struct checking *c, str member, i64 *out)
{
    return time_parse(json_get_text(c->metadata, member), zone_utc, out);
}

static void check_maintained(struct checking *c)
{
    i64 from, until, now = c->reach->now;
    if (instant_of(c, S("maintained_from"), &from) && now < from)
        check_warning(c, R_METADATA, c->out->url, "maintained_from",
                      json_get_text(c->metadata, S("maintained_from")));
    if (!instant_of(c, S("maintained_until"), &until))
        return;
    if (now > until)
        check_error(c, R_METADATA, c->out->url, "maintained_over",
                    json_get_text(c->metadata, S("maintained_until")));
    else if (until - now < TOLD_BEFORE_DAYS * DAY)
        check_warning(c, R_METADATA, c->out->url, "maintained_until",
                      json_get_text(c->metadata, S("maintained_until")));
}

/* The copy at the well-known place names that of its version; anything else is another's. */
static void check_canonical(struct checking *c)
{
    str canonical = json_get_text(c->metadata, S("canonical_url"));
    if (canonical.n == 0 || str_eq(canonical, c->out->url))
        return;
    check_warning(c, R_METADATA, c->out->url, "canonical", canonical);
}

static enum provider_role role_of(str name)
{
    for (enum provider_role r = ROLE_PUBLISHER; r <= ROLE_TRUSTED; r++)
        if (str_eq(provider_role_name(r), name))
            return r;
    return ROLE_NONE;
}

void check_metadata(struct checking *c)
{
    c->metadata = check_json(c, c->a, R_METADATA, c->out->url);
    if (c->metadata == NULL)
        return;
    c->out->claimed = role_of(json_get_text(c->metadata, S("role")));
    check_form(c);
    check_maintained(c);
    check_canonical(c);
    if (json_count(json_get(c->metadata, S("distributions"))) == 0)
        check_error(c, R_METADATA, c->out->url, "no_distributions", NO_STR);
}

/* --- requirements 8 to 10 --------------------------------------------------------------------- */

static str well_known(struct checking *c)
{
    return str_join(c->a, c->origin, S("/.well-known/csaf/provider-metadata.json"));
}

/* Metadata of the other version that is served side by side is no fault. */
static bool is_other_version(struct checking *c, str bytes)
{
    struct provider_got got = {0};
    str other = str_fmt(c->a, "%.*s/.well-known/csaf/%s/provider-metadata.json", SV(c->origin),
                        c->v21 ? "v2.0" : "v2.1");
    c->reach->get(c->reach->arg, c->a, other, check_guise(c->reach, other), CHECK_BYTES, &got);
    return got.status == 200 && str_eq(got.body, bytes);
}

/* What a place of requirement 9 or 10 serves.  A place with nothing is not used. */
static void check_served(struct checking *c, int requirement, str url)
{
    struct provider_got got = {0};
    bool found = check_list(c, c->a, url, &got);
    if (!found) {
        check_note(c, requirement, CHECK_ERROR, url, check_why(c->a, &got),
                   str_fmt(c->a, "%lld", (long long)got.status), NO_STR);
        c->used[requirement] = false;
        return;
    }
    c->used[requirement] = true;
    if (got.location.p != NULL)
        check_error(c, requirement, url, "redirected", got.location);
    if (str_eq(got.body, c->bytes))
        return;
    if (is_other_version(c, got.body))
        check_info(c, requirement, url, "other_version", c->v21 ? S("2.0") : S("2.1"));
    else
        check_error(c, requirement, url, "other_metadata", NO_STR);
}

static bool read_security_txt(struct checking *c, str *url, struct provider_got *got)
{
    *url = str_join(c->a, c->origin, S("/.well-known/security.txt"));
    if (check_list(c, c->a, *url, got))
        return true;
    str legacy = str_join(c->a, c->origin, S("/security.txt"));
    struct provider_got other = {0};
    if (!check_list(c, c->a, legacy, &other))
        return false;
    *url = legacy;
    *got = other;
    check_warning(c, R_SECURITY_TXT, legacy, "security_legacy", NO_STR);
    return true;
}

/* A line of it: whether it leads to this metadata. */
static bool check_csaf_line(struct checking *c, str file, str url, size_t line)
{
    struct provider_got got = {0};
    if (!str_has_prefix(url, S("https://")) && !c->reach->loopback)
        check_error(c, R_SECURITY_TXT, file, "security_https", url);
    if (line > 0 && str_eq(url, well_known(c)))
        check_error(c, R_SECURITY_TXT, file, "security_first", url);
    if (!check_list(c, c->a, url, &got)) {
        check_error(c, R_SECURITY_TXT, file, "security_dead", url);
        return false;
    }
    return str_eq(got.body, c->bytes);
}

static void check_security_txt(struct checking *c)
{
    struct provider_got got = {0};
    size_t lines = 0;
    bool leads = false;
    str url, rest;
    if (!read_security_txt(c, &url, &got)) {
        check_note(c, R_SECURITY_TXT, CHECK_ERROR, url, check_why(c->a, &got),
                   str_fmt(c->a, "%lld", (long long)got.status), NO_STR);
        c->used[R_SECURITY_TXT] = false;
        return;
    }
    c->used[R_SECURITY_TXT] = true;
    for (rest = got.body; rest.n > 0;) {
        str line = str_trim(str_cut(&rest, '\n')), name = str_cut(&line, ':');
        if (str_eq_nocase(name, S("CSAF")) && lines < 20)
            leads |= check_csaf_line(c, url, str_trim(line), lines++);
    }
    if (lines == 0)
        check_error(c, R_SECURITY_TXT, url, "security_none", NO_STR);
    else if (!leads)
        check_error(c, R_SECURITY_TXT, url, "security_other", c->out->url);
}

static bool has_name(str host)
{
    bool letter = false;
    for (size_t i = 0; i < host.n; i++)
        letter |= host.p[i] >= 'a' && host.p[i] <= 'z';
    return letter && str_find_char(host, '.') > 0 && host.p[0] != '[';
}

/* A name in DNS that is not there is asked for once and counts as silence of nobody. */
static void check_dns(struct checking *c)
{
    str host = str_has_prefix(c->host, S("www.")) ? str_from(c->host, 4) : c->host;
    str url = str_fmt(c->a, "https://csaf.data.security.%.*s/", SV(host));
    if (c->reach->folder || !has_name(host)) {
        check_error(c, R_DNS, url, "no_name", NO_STR);
        c->used[R_DNS] = false;
        return;
    }
    check_served(c, R_DNS, url);
    c->silent = 0;
}

/* None of the three has to be there as long as one of them is: what is not there at all is no
 * finding against it then (see provider_check.c). */
void check_finding(struct checking *c)
{
    check_security_txt(c);
    check_served(c, R_WELL_KNOWN, well_known(c));
    check_dns(c);
}

/* --- requirement 20 --------------------------------------------------------------------------- */

static void check_key_times(struct checking *c, str url, const struct openpgp_key *k)
{
    i64 left = k->self.expires.is ? k->self.expires.v - c->reach->now : 0;
    if (k->self.revoked)
        check_error(c, R_KEY, url, "key_revoked", NO_STR);
    if (!k->self.expires.is)
        return;
    str day = time_date(c->a, k->self.expires.v, zone_utc);
    if (left <= (c->v21 ? LEAST_DAYS * DAY : 0))
        check_error(c, R_KEY, url, "key_expires", day);
    else if (left <= TOLD_BEFORE_DAYS * DAY)
        check_warning(c, R_KEY, url, "key_expires", day);
}

static void check_key(struct checking *c, str url, str fingerprint, buf *keys)
{
    struct provider_got got = {0};
    struct armor block;
    struct openpgp_key k;
    str problem;
    if (!check_need(c, c->a, R_KEY, url, &got))
        return;
    if (!armor_read(c->a, got.body, &block)) {
        check_error(c, R_KEY, url, "key_armor", NO_STR);
        return;
    }
    if (openpgp_key_read(c->a, block.bytes, &k, &problem) != OK) {
        check_error(c, R_KEY, url, "key_bad", problem);
        return;
    }
    if (!str_eq_nocase(k.self.fingerprint, fingerprint)) {
        check_note(c, R_KEY, CHECK_ERROR, url, S("key_other"), k.self.fingerprint, fingerprint);
        return;
    }
    check_key_times(c, url, &k);
    buf_put(keys, block.bytes);
}

void check_keys(struct checking *c)
{
    const struct json *all = json_get(c->metadata, S("public_openpgp_keys"));
    buf keys = {.a = c->a};
    for (size_t i = 0; i < json_count(all) && i < 50; i++) {
        const struct json *k = json_at(all, i);
        check_key(c, json_get_text(k, S("url")), json_get_text(k, S("fingerprint")), &keys);
    }
    if (json_count(all) == 0)
        check_error(c, R_KEY, c->out->url, "no_key", NO_STR);
    c->keys = keys.n > 0 ? buf_str(&keys) : S("");
}
