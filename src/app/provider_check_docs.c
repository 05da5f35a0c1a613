/* provider_check_docs.c - each document, and what stands beside it. */
#include "app/provider_check_own.h"

#include "base/time.h"
#include "formats/armor.h"
#include "formats/csaf.h"
#include "formats/csaf_listing.h"
#include "formats/csaf_write.h"
#include "formats/instant.h"

enum { DOCUMENTS_MOST = 100000, FINDINGS_SHOWN = 10 };

size_t check_document(struct checking *c, str url)
{
    size_t most = c->reach->most ? c->reach->most : DOCUMENTS_MOST;
    bool fresh;
    size_t at;
    if (dict_find(&c->urls, url, &at))
        return at;
    if (c->docs.n >= most) {
        c->full = true;
        return SIZE_MAX;
    }
    url = str_copy(c->a, url);
    at = dict_add(c->a, &c->urls, url, &fresh);
    struct check_document *d = PUSH(c->a, &c->docs);
    *d = (struct check_document){.url = url, .place = -1};
    for (size_t i = 0; i < c->folders.n && d->place < 0; i++)
        if (str_has_prefix(url, c->folders.v[i].url))
            d->place = (ptrdiff_t)i;
    return at;
}

/* --- lists that should name it ---------------------------------------------------------------- */

static void check_named(struct checking *c, const struct check_document *d)
{
    if (d->place >= 0) {
        const struct check_place *f = &c->folders.v[d->place];
        if (f->index && !d->indexed)
            check_error(c, R_INDEX, d->url, "index_lacks", NO_STR);
        if (f->changes && !d->changed)
            check_error(c, R_CHANGES, d->url, "changes_lacks", NO_STR);
        if (f->listing && !d->listed)
            check_error(c, R_LISTINGS, d->url, "listing_lacks", NO_STR);
    } else if (c->folders.n > 0) {
        check_error(c, R_INDEX, d->url, "in_no_folder", NO_STR);
    }
    bool feeds = false;
    for (size_t i = 0; i < c->feeds.n; i++)
        feeds |= c->feeds.v[i].feed;
    if (feeds && !d->fed)
        check_error(c, R_FEED, d->url, "feed_lacks", NO_STR);
}

/* --- what it says of itself ------------------------------------------------------------------- */

static str tracking(const struct json *j, const char *member)
{
    return json_get_text(json_get(json_get(j, S("document")), S("tracking")), str_z(member));
}

static void check_name(struct checking *c, const struct check_document *d, const struct json *j)
{
    str name = str_from(d->url, check_parent(d->url).n);
    str want = csaf_file_name(c->a, tracking(j, "id"));
    c->used[R_NAME] = true;
    if (!str_eq(name, want))
        check_error(c, R_NAME, d->url, "name", want);
}

static void check_year(struct checking *c, const struct check_document *d, const struct json *j)
{
    str initial = tracking(j, "initial_release_date"), folder = check_parent(d->url);
    struct instant at;
    if (d->place < 0)
        return;
    folder = str_sub(folder, 0, folder.n - 1);
    folder = str_from(folder, check_parent(folder).n);
    c->used[R_YEARS] = true;
    if (!instant_read(initial, &at))
        return; /* a finding of the schema */
    str utc = str_fmt(c->a, "%d", civil_at(instant_ms(&at), zone_utc).year);
    if (!str_eq(folder, utc) && !str_eq(folder, str_sub(initial, 0, 4)))
        check_note(c, R_YEARS, CHECK_ERROR, d->url, S("year"), folder, utc);
}

static bool same_instant(str x, str y)
{
    struct instant a, b;
    return instant_read(x, &a) && instant_read(y, &b) && instant_cmp(&a, &b) == 0;
}

static void check_dates(struct checking *c, const struct check_document *d, const struct json *j)
{
    str now = tracking(j, "current_release_date");
    if (d->changed && !same_instant(d->changed_at, now))
        check_note(c, R_CHANGES, CHECK_ERROR, d->url, S("changes_date"), d->changed_at, now);
    if (d->fed && !same_instant(d->fed_at, now))
        check_note(c, R_FEED, CHECK_WARNING, d->url, S("feed_date"), d->fed_at, now);
}

/* 4 and 5: who can have it; 12 and 15: whether it stands where its label belongs. */
static void check_label(struct checking *c, const struct check_document *d, const struct json *j,
                        bool entitled)
{
    const struct json *tlp =
        json_get(json_get(json_get(j, S("document")), S("distribution")), S("tlp"));
    str label = json_get_text(tlp, S("label"));
    int rank = label.n > 0 ? check_tlp_rank(label) : 0, place = check_tlp_rank(d->tlp);
    c->used[R_OPEN] |= rank == 0;
    c->used[R_CLOSED] |= rank >= 2;
    if (rank == 0 && entitled)
        check_error(c, R_OPEN, d->url, "not_open", NO_STR);
    if (rank >= 2 && !entitled)
        check_error(c, R_CLOSED, d->url, "not_closed", label);
    if (place < 0 || rank < 0 || rank == place)
        return;
    if (d->fed)
        check_note(c, R_FEED, CHECK_ERROR, d->url, S("label"), label, d->tlp);
    if (d->indexed)
        check_note(c, R_INDEX, CHECK_ERROR, d->url, S("label"), label, d->tlp);
}

static void check_valid(struct checking *c, struct arena *a, const struct check_document *d,
                        const struct json *j)
{
    struct csaf_choice choice = {.now = c->reach->now};
    struct csaf_report r = {0};
    size_t shown = 0;
    must(csaf_choose(&choice, S("basic")));
    csaf_validate(a, j, &choice, &r);
    c->used[R_VALID] = true;
    for (size_t i = 0; i < r.findings.n && !r.valid; i++) {
        const struct csaf_finding *f = &r.findings.v[i];
        if (f->group <= CSAF_MANDATORY && shown++ < FINDINGS_SHOWN)
            check_note(c, R_VALID, CHECK_ERROR, d->url, S("invalid"), f->test, f->path);
    }
    if ((r.version == CSAF_2_1) != c->v21)
        check_error(c, R_VALID, d->url, "version", csaf_version_name(r.version));
}

/* --- beside it -------------------------------------------------------------------------------- */

static str first_word(str text)
{
    size_t n = 0;
    while (n < text.n && (unsigned char)text.p[n] > ' ')
        n++;
    return str_sub(text, 0, n);
}

static bool check_hash(struct checking *c, struct arena *a, const struct check_document *d,
                       str bytes, bool longer)
{
    struct provider_got got = {0};
    bool entitled;
    str url = str_join(a, d->url, longer ? S(".sha512") : S(".sha256"));
    if (!check_get(c, a, url, &got, &entitled))
        return false;
    str word = first_word(got.body), want = listed_hash_of(a, bytes, longer);
    if (!str_eq_nocase(word, want))
        check_error(c, R_HASH, url, "hash", NO_STR);
    else if (c->v21 && !str_eq(word, want))
        check_warning(c, R_HASH, url, "hash_case", NO_STR);
    return true;
}

static void check_hashes(struct checking *c, struct arena *a, const struct check_document *d,
                         str bytes)
{
    bool shorter = check_hash(c, a, d, bytes, false), longer = check_hash(c, a, d, bytes, true);
    c->used[R_HASH] = true;
    if (!shorter && !longer)
        check_error(c, R_HASH, d->url, "no_hash", NO_STR);
    if (d->fed && (shorter || longer) && !d->hash)
        check_error(c, R_FEED, d->url, "feed_hash", NO_STR);
}

static void check_signature(struct checking *c, struct arena *a, const struct check_document *d,
                            str bytes)
{
    struct provider_got got = {0};
    bool entitled;
    str fingerprint = NO_STR, why = NO_STR, url = str_join(a, d->url, S(".asc"));
    c->used[R_SIGNATURE] = true;
    if (!check_get(c, a, url, &got, &entitled)) {
        check_error(c, R_SIGNATURE, d->url, "no_signature", NO_STR);
        return;
    }
    if (d->fed && !d->signature)
        check_error(c, R_FEED, d->url, "feed_signature", NO_STR);
    if (!armor_is(got.body))
        check_error(c, R_SIGNATURE, url, "signature_armor", NO_STR);
    if (c->keys.n == 0) {
        check_error(c, R_SIGNATURE, url, "signature_no_key", NO_STR);
        return;
    }
    enum err e =
        c->reach->verify(c->reach->verify_arg, a, c->keys, got.body, bytes, &fingerprint, &why);
    if (e == E_INVALID)
        check_error(c, R_SIGNATURE, url, "signature", why);
    else if (e != OK)
        check_error(c, R_SIGNATURE, url, "signature_unchecked", NO_STR);
}

/* --- all -------------------------------------------------------------------------------------- */

void check_one(struct checking *c, const struct check_document *d)
{
    struct arena *a = arena_new();
    struct provider_got got = {0};
    struct json_error bad;
    const struct json *j;
    bool entitled;
    int named = d->indexed ? R_INDEX : d->fed ? R_FEED : d->changed ? R_CHANGES : R_LISTINGS;
    if (!check_get(c, a, d->url, &got, &entitled)) {
        bool open = check_tlp_rank(d->tlp) <= 0 && (got.status == 401 || got.status == 403);
        check_note(c, open ? R_OPEN : named, CHECK_ERROR, d->url, check_why(c->a, &got),
                   str_fmt(a, "%lld", (long long)got.status), NO_STR);
    } else if (json_read(a, got.body, &j, &bad) != OK) {
        check_error(c, R_VALID, d->url, "no_json", bad.code);
    } else {
        c->out->documents++;
        check_valid(c, a, d, j);
        check_name(c, d, j);
        check_year(c, d, j);
        check_dates(c, d, j);
        check_label(c, d, j, entitled);
        check_hashes(c, a, d, got.body);
        check_signature(c, a, d, got.body);
    }
    arena_free(a);
}

void check_documents(struct checking *c)
{
    for (size_t i = 0; i < c->docs.n; i++) {
        check_named(c, &c->docs.v[i]);
        if (c->gave_up)
            continue;
        check_one(c, &c->docs.v[i]);
        if (c->reach->progress != NULL)
            c->reach->progress(c->reach->verify_arg, i + 1, c->docs.n);
    }
    if (c->full)
        check_warning(c, R_VALID, c->out->url, "too_many", str_fmt(c->a, "%zu", c->docs.n));
    if (c->gave_up)
        check_error(c, R_VALID, c->out->url, "gave_up", NO_STR);
    if (c->docs.n == 0)
        check_warning(c, R_VALID, c->out->url, "no_documents", NO_STR);
}
