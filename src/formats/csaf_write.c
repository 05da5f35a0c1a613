/* csaf_write.c - see csaf_write.h. */
#include "formats/csaf_write_own.h"

#include "base/time.h"

/* clang-format off */
static const struct {
    str name, category;
} profiles[CSAF_PROFILES] = {
    [CSAF_BASE] = {S_INIT("base"), S_INIT("csaf_base")},
    [CSAF_SECURITY_ADVISORY] = {S_INIT("security_advisory"), S_INIT("csaf_security_advisory")},
    [CSAF_VEX] = {S_INIT("vex"), S_INIT("csaf_vex")},
    [CSAF_INFORMATIONAL] = {S_INIT("informational_advisory"),
                            S_INIT("csaf_informational_advisory")},
    [CSAF_WITHDRAWN] = {S_INIT("withdrawn"), S_INIT("csaf_withdrawn")}};
/* clang-format on */

bool csaf_profile_find(str name, enum csaf_profile *out)
{
    for (enum csaf_profile p = 0; p < CSAF_PROFILES; p++)
        if (str_eq(name, profiles[p].name) || str_eq(name, profiles[p].category)) {
            *out = p;
            return true;
        }
    return false;
}

str csaf_profile_category(enum csaf_profile p, bool v21)
{
    return profiles[p == CSAF_WITHDRAWN && !v21 ? CSAF_BASE : p].category;
}

str csaf_file_name(struct arena *a, str id)
{
    buf b = {.a = a};
    bool gap = false;
    for (size_t i = 0; i < id.n; i++) {
        char c = id.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-';
        if (kept)
            buf_char(&b, c);
        else if (!gap)
            buf_char(&b, '_');
        gap = !kept;
    }
    buf_put(&b, S(".json"));
    return buf_str(&b);
}

void csaf_put_notes(struct json_out *o, const struct csaf_note *notes, size_t n)
{
    if (n == 0)
        return;
    json_put_key(o, S("notes"));
    json_put_array(o);
    for (size_t i = 0; i < n; i++) {
        json_put_object(o);
        json_put_member(o, S("category"), str_z(notes[i].category));
        json_put_member(o, S("text"), notes[i].text);
        if (notes[i].title.n > 0)
            json_put_member(o, S("title"), notes[i].title);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_distribution(struct json_out *o, const struct csaf_document *d)
{
    bool white = str_eq(d->tlp, S("CLEAR")) && !d->v21;
    bool amber = str_has_prefix(d->tlp, S("AMBER")) && !d->v21;
    json_put_key(o, S("distribution"));
    json_put_object(o);
    json_put_key(o, S("tlp"));
    json_put_object(o);
    json_put_member(o, S("label"), white ? S("WHITE") : amber ? S("AMBER") : d->tlp);
    json_put_member(o, S("url"), d->tlp_url);
    json_put_end(o);
    json_put_end(o);
}

static void put_publisher(struct json_out *o, const struct csaf_document *d)
{
    json_put_key(o, S("publisher"));
    json_put_object(o);
    json_put_member(o, S("category"), str_z(d->publisher_category));
    if (d->contact.n > 0)
        json_put_member(o, S("contact_details"), d->contact);
    if (d->authority.n > 0)
        json_put_member(o, S("issuing_authority"), d->authority);
    json_put_member(o, S("name"), d->publisher);
    json_put_member(o, S("namespace"), d->namespace);
    json_put_end(o);
}

static void put_links(struct json_out *o, const struct csaf_document *d)
{
    if (d->nlinks == 0)
        return;
    json_put_key(o, S("references"));
    json_put_array(o);
    for (size_t i = 0; i < d->nlinks; i++) {
        json_put_object(o);
        json_put_member(o, S("category"), d->links[i].self ? S("self") : S("external"));
        json_put_member(o, S("summary"), d->links[i].summary);
        json_put_member(o, S("url"), d->links[i].url);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_number(struct arena *a, struct json_out *o, str key, i64 n)
{
    json_put_member(o, key, str_fmt(a, "%lld", (long long)n));
}

static void put_history(struct arena *a, struct json_out *o, const struct csaf_document *d)
{
    json_put_key(o, S("revision_history"));
    json_put_array(o);
    for (size_t i = 0; i < d->nrevisions; i++) {
        json_put_object(o);
        json_put_member(o, S("date"), time_utc_ms(a, d->revisions[i].at));
        put_number(a, o, S("number"), d->revisions[i].number);
        json_put_member(o, S("summary"), d->revisions[i].summary);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_tracking(struct arena *a, struct json_out *o, const struct csaf_document *d)
{
    json_put_key(o, S("tracking"));
    json_put_object(o);
    if (d->alias.n > 0) {
        json_put_key(o, S("aliases"));
        json_put_array(o);
        json_put_str(o, d->alias);
        json_put_end(o);
    }
    json_put_member(o, S("current_release_date"), time_utc_ms(a, d->updated));
    json_put_key(o, S("generator"));
    json_put_object(o);
    json_put_member(o, S("date"), time_utc_ms(a, d->updated));
    json_put_key(o, S("engine"));
    json_put_object(o);
    json_put_member(o, S("name"), d->engine);
    json_put_member(o, S("version"), d->engine_version);
    json_put_end(o);
    json_put_end(o);
    json_put_member(o, S("id"), d->id);
    json_put_member(o, S("initial_release_date"), time_utc_ms(a, d->published));
    put_history(a, o, d);
    json_put_member(o, S("status"), str_z(d->status));
    put_number(a, o, S("version"), d->nrevisions ? d->revisions[d->nrevisions - 1].number : 0);
    json_put_end(o);
}

static void put_document(struct arena *a, struct json_out *o, const struct csaf_document *d)
{
    json_put_key(o, S("document"));
    json_put_object(o);
    if (d->credit.n > 0) {
        json_put_key(o, S("acknowledgments"));
        json_put_array(o);
        json_put_object(o);
        json_put_member(o, S("summary"), d->credit);
        json_put_end(o);
        json_put_end(o);
    }
    if (d->severity.n > 0) {
        json_put_key(o, S("aggregate_severity"));
        json_put_object(o);
        json_put_member(o, S("text"), d->severity);
        json_put_end(o);
    }
    json_put_member(o, S("category"), csaf_profile_category(d->profile, d->v21));
    json_put_member(o, S("csaf_version"), d->v21 ? S("2.1") : S("2.0"));
    put_distribution(o, d);
    json_put_member(o, S("lang"), d->lang);
    csaf_put_notes(o, d->notes, d->nnotes);
    put_publisher(o, d);
    put_links(o, d);
    if (d->source_lang.n > 0)
        json_put_member(o, S("source_lang"), d->source_lang);
    json_put_member(o, S("title"), d->title);
    put_tracking(a, o, d);
    json_put_end(o);
}

str csaf_write(struct arena *a, const struct csaf_document *d)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b, .pretty = true};
    json_put_object(&o);
    if (d->v21)
        json_put_member(&o, S("$schema"),
                        S("https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json"));
    put_document(a, &o, d);
    if (d->profile != CSAF_WITHDRAWN) {
        csaf_put_tree(&o, d);
        csaf_put_vulnerabilities(a, &o, d);
    }
    json_put_end(&o);
    buf_char(&b, '\n');
    return buf_str(&b);
}
