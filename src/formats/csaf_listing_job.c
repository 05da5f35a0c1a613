/* csaf_listing_job.c - see csaf_listing_job.h. */
#include "formats/csaf_listing_job.h"

#include "base/encode.h"
#include "base/utf8.h"
#include "formats/armor.h"
#include "formats/library.h"
#include "formats/openpgp_key.h"

enum { URLS_MOST = 10, UPDATED_MOST = 100, FINGERPRINT_MOST = 64 };

/* --- in the jail ------------------------------------------------------------------------------ */

str listed_job_input(struct arena *a, enum listed_what what, str folder, str bytes)
{
    return str_join(a, str_fmt(a, "%u %.*s\n", what, SV(folder)), bytes);
}

static bool is_ending(str s)
{
    return str_eq(s, S(".sha256")) || str_eq(s, S(".sha512")) || str_eq(s, S(".asc"));
}

/* Beside the document, most often: then the ending alone. */
static void put_beside(struct json_out *o, str url, str beside)
{
    str ending = str_has_prefix(beside, url) ? str_from(beside, url.n) : S("");
    json_put_str(o, is_ending(ending) ? ending : beside);
}

static void put_list(struct json_out *o, const struct listing *all)
{
    json_put_key(o, S("list"));
    json_put_array(o);
    for (size_t i = 0; i < all->n; i++) {
        const struct listed *l = &all->v[i];
        json_put_array(o);
        json_put_str(o, l->url);
        bool text = utf8_valid(l->updated) && !utf8_has_control(l->updated);
        json_put_str(o, text ? library_cut(o->b->a, l->updated, UPDATED_MOST) : S(""));
        put_beside(o, l->url, l->sha256);
        put_beside(o, l->url, l->sha512);
        put_beside(o, l->url, l->asc);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_strs(struct json_out *o, str name, const str *v, size_t n)
{
    json_put_key(o, name);
    json_put_array(o);
    for (size_t i = 0; i < n; i++)
        json_put_str(o, v[i]);
    json_put_end(o);
}

static void put_provider(struct json_out *o, const struct listed_provider *p)
{
    struct arena *a = o->b->a;
    json_put_member(o, S("role"), library_cut(a, p->role, LIBRARY_TEXT));
    json_put_member(o, S("name"), library_cut(a, p->name, LIBRARY_TEXT));
    json_put_member(o, S("namespace"), p->namespace);
    put_strs(o, S("feeds"), p->feeds.v, p->feeds.n);
    put_strs(o, S("folders"), p->folders.v, p->folders.n);
    json_put_key(o, S("keys"));
    json_put_array(o);
    for (size_t i = 0; i < p->keys.n; i++) {
        json_put_array(o);
        json_put_str(o, library_cut(a, p->keys.v[i].fingerprint, FINGERPRINT_MOST));
        json_put_str(o, p->keys.v[i].url);
        json_put_end(o);
    }
    json_put_end(o);
}

static void read_metadata(struct arena *a, const struct json *j, struct json_out *o)
{
    struct listed_provider p;
    str why;
    json_put_member_i64(o, S("kind"), LISTED_METADATA);
    if (listed_provider_read(a, j, &p, &why))
        put_provider(o, &p);
    else
        json_put_member(o, S("wrong"), why);
}

static void read_feed(struct arena *a, const struct json *j, struct json_out *o)
{
    struct listing all = {0};
    str next;
    json_put_member_i64(o, S("kind"), LISTED_FEED);
    if (!listed_feed_read(a, j, &all, &next)) {
        json_put_member(o, S("wrong"), S("/feed/entry"));
        return;
    }
    put_list(o, &all);
    if (next.n > 0)
        json_put_member(o, S("next"), next);
}

static void read_aggregator(struct arena *a, const struct json *j, struct json_out *o)
{
    struct aggregator g;
    str why;
    json_put_member_i64(o, S("kind"), LISTED_AGGREGATOR);
    if (!aggregator_read(a, j, &g, &why)) {
        json_put_member(o, S("wrong"), why);
        return;
    }
    json_put_key(o, S("list"));
    aggregator_put(o, &g);
}

static void read_any(struct arena *a, str bytes, struct json_out *o)
{
    const struct json *j;
    struct json_error bad;
    if (json_read(a, bytes, &j, &bad) != OK)
        json_put_member(o, S("wrong"),
                        str_fmt(a, "%lld:%lld", (long long)bad.line, (long long)bad.column));
    else if (aggregator_is(j))
        read_aggregator(a, j, o);
    else if (json_get(j, S("canonical_url")) != NULL || json_get(j, S("metadata_version")) != NULL)
        read_metadata(a, j, o);
    else if (json_get(j, S("feed")) != NULL)
        read_feed(a, j, o);
    else
        json_put_member(o, S("wrong"), S("/feed/entry"));
}

static void read_folder(struct arena *a, bool changes, str folder, str bytes, struct json_out *o)
{
    struct listing all = {0};
    size_t left_out = changes ? listed_changes_read(a, bytes, folder, &all)
                              : listed_index_read(a, bytes, folder, &all);
    put_list(o, &all);
    json_put_member_i64(o, S("left_out"), (i64)left_out);
}

static void read_key(struct arena *a, str bytes, struct json_out *o)
{
    struct openpgp_key key;
    struct armor block = {.bytes = bytes};
    str problem = S("pgp_damaged");
    bool good = bytes.n <= OPENPGP_KEY_MAX && openpgp_key_read(a, bytes, &key, &problem) == OK &&
                (!armor_is(bytes) || armor_read(a, bytes, &block));
    if (!good) {
        json_put_member(o, S("wrong"), problem);
        return;
    }
    json_put_member(o, S("text"), key.self.fingerprint);
    json_put_member(o, S("bytes"), hex_encode(a, block.bytes));
}

enum err listed_job(struct arena *a, str in, buf *out)
{
    struct json_out o = {.b = out};
    i64 what;
    str folder = str_cut(&in, '\n'), number = str_cut(&folder, ' ');
    if (!str_i64(number, &what) || what < 0 || what >= LISTED_WHATS)
        return E_IO;
    json_put_object(&o);
    if (what == LISTED_ANY)
        read_any(a, in, &o);
    else if (what == LISTED_INDEX || what == LISTED_CHANGES)
        read_folder(a, what == LISTED_CHANGES, folder, in, &o);
    else if (what == LISTED_KEY)
        read_key(a, in, &o);
    else if (what == LISTED_SECURITY_TXT) {
        struct strs urls = listed_security_txt(a, in);
        put_strs(&o, S("urls"), urls.v, urls.n);
    } else {
        str hash = listed_hash(a, in, what == LISTED_SHA512 ? 128 : 64);
        json_put_member(&o, S("text"), hash.n > 0 ? hash : S(""));
    }
    json_put_end(&o);
    return OK;
}

/* --- taken from it ---------------------------------------------------------------------------- */

static bool is_hex(str s, size_t least, size_t most)
{
    for (size_t i = 0; i < s.n; i++)
        if (str_find_char(S("0123456789abcdefABCDEF"), s.p[i]) < 0)
            return false;
    return s.n >= least && s.n <= most;
}

/* An address, an ending of the document's own, or none. */
static bool take_beside(struct arena *a, str url, str said, str *out)
{
    *out = is_ending(said) ? str_join(a, url, said) : said.n > 0 ? said : S("");
    return out->n == 0 || listed_url(*out);
}

static bool take_listed(struct arena *a, const struct json *j, str folder, struct listed *out)
{
    str updated = json_text(json_at(j, 1));
    *out = (struct listed){.url = json_text(json_at(j, 0)), .updated = updated.n ? updated : S("")};
    return listed_url(out->url) && updated.n <= UPDATED_MOST &&
           (folder.n == 0 || (str_has_prefix(out->url, folder) && out->url.n > folder.n &&
                              out->url.p[folder.n] == '/' && str_find(out->url, S("/../")) < 0)) &&
           take_beside(a, out->url, json_text(json_at(j, 2)), &out->sha256) &&
           take_beside(a, out->url, json_text(json_at(j, 3)), &out->sha512) &&
           take_beside(a, out->url, json_text(json_at(j, 4)), &out->asc);
}

static bool take_list(struct arena *a, const struct json *all, str folder, struct listing *out)
{
    bool good = json_count(all) <= LISTED_MOST;
    for (size_t i = 0; good && i < json_count(all); i++) {
        struct listed l;
        good = take_listed(a, json_at(all, i), folder, &l);
        *PUSH(a, out) = l;
    }
    return good;
}

static bool take_urls(struct arena *a, const struct json *all, size_t most, struct strs *out)
{
    str *v = NEWS(a, str, most);
    bool good = json_count(all) <= most;
    size_t n = 0;
    for (; good && n < json_count(all); n++) {
        v[n] = json_text(json_at(all, n));
        good = listed_url(v[n]);
    }
    *out = (struct strs){v, n};
    return good;
}

static bool take_keys(struct arena *a, const struct json *all, struct listed_provider *out)
{
    bool good = json_count(all) <= LISTED_KEYS;
    for (size_t i = 0; good && i < json_count(all); i++) {
        const struct json *k = json_at(all, i);
        str fingerprint = json_text(json_at(k, 0));
        struct listed_key key = {fingerprint.n > 0 ? fingerprint : S(""), json_text(json_at(k, 1))};
        good = listed_url(key.url) && key.fingerprint.n <= FINGERPRINT_MOST;
        *PUSH(a, &out->keys) = key;
    }
    return good;
}

static bool take_provider(struct arena *a, const struct json *j, struct listed_provider *out)
{
    struct strs feeds, folders;
    *out = (struct listed_provider){
        .role = library_cut(a, json_get_text(j, S("role")), LIBRARY_TEXT),
        .name = library_cut(a, json_get_text(j, S("name")), LIBRARY_TEXT),
        .namespace = json_get_text(j, S("namespace")),
    };
    out->trusted = str_eq(out->role, S("csaf_trusted_provider"));
    if (out->namespace.n == 0 || !take_keys(a, json_get(j, S("keys")), out) ||
        !take_urls(a, json_get(j, S("feeds")), LISTED_FEEDS, &feeds) ||
        !take_urls(a, json_get(j, S("folders")), LISTED_FEEDS, &folders))
        return false;
    for (size_t i = 0; i < feeds.n; i++)
        *PUSH(a, &out->feeds) = feeds.v[i];
    for (size_t i = 0; i < folders.n; i++)
        *PUSH(a, &out->folders) = folders.v[i];
    return true;
}

static bool take_any(struct arena *a, const struct json *j, struct listed_answer *answer)
{
    i64 kind = 0;
    if (json_get(j, S("kind")) != NULL && !json_i64(json_get(j, S("kind")), &kind))
        return false;
    if (kind < 0 || kind >= LISTED_KINDS)
        return false;
    answer->kind = (enum listed_kind)kind;
    if (answer->wrong.n > 0)
        return true;
    answer->next = json_get_text(j, S("next"));
    if (kind == LISTED_METADATA)
        return take_provider(a, j, &answer->provider);
    if (kind == LISTED_AGGREGATOR)
        return aggregator_take(a, json_get(j, S("list")), &answer->aggregator);
    return kind == LISTED_FEED && (answer->next.n == 0 || listed_url(answer->next)) &&
           take_list(a, json_get(j, S("list")), S(""), &answer->list);
}

static bool take_key(struct arena *a, const struct json *j, struct listed_answer *answer)
{
    str hex = json_get_text(j, S("bytes"));
    return answer->wrong.n > 0 ||
           (is_hex(answer->text, 1, FINGERPRINT_MOST) && hex.n <= 2 * OPENPGP_KEY_MAX &&
            hex_decode(a, hex, &answer->bytes));
}

bool listed_job_take(struct arena *a, enum listed_what what, str folder, str out,
                     struct listed_answer *answer)
{
    const struct json *j;
    struct json_error bad;
    i64 left_out = 0;
    *answer = (struct listed_answer){.next = NO_STR, .text = S(""), .bytes = S("")};
    if (json_read(a, out, &j, &bad) != OK || !json_is(j, JSON_IS_OBJECT))
        return false;
    answer->wrong = library_cut(a, json_get_text(j, S("wrong")), LIBRARY_TEXT);
    if (json_get_text(j, S("text")).n > 0)
        answer->text = json_get_text(j, S("text"));
    if (what == LISTED_ANY)
        return take_any(a, j, answer);
    if (what == LISTED_KEY)
        return take_key(a, j, answer);
    if (what == LISTED_SECURITY_TXT)
        return take_urls(a, json_get(j, S("urls")), URLS_MOST, &answer->urls);
    if (what == LISTED_SHA256 || what == LISTED_SHA512)
        return answer->text.n == 0 || is_hex(answer->text, what == LISTED_SHA512 ? 128 : 64,
                                             what == LISTED_SHA512 ? 128 : 64);
    if (!json_i64(json_get(j, S("left_out")), &left_out) || left_out < 0)
        return false;
    answer->left_out = (size_t)left_out;
    return take_list(a, json_get(j, S("list")), folder, &answer->list);
}
