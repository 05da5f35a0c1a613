/* csaf_listing.c - see csaf_listing.h. */
#include "formats/csaf_listing.h"

#include "base/encode.h"

#include <sodium.h>

bool listed_url(str s)
{
    size_t head = str_has_prefix(s, S("https://")) ? 8 : str_has_prefix(s, S("http://")) ? 7 : 0;
    if (head == 0 || s.n > 2000)
        return false;
    str rest = str_from(s, head), host = str_cut(&rest, '/');
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7f ||
            str_find_char(S("\"<>\\^`{|}"), s.p[i]) >= 0)
            return false;
    return host.n > 0 && str_find_char(host, '@') < 0;
}

str listed_origin(str url)
{
    ptrdiff_t at = str_find(url, S("://"));
    if (at < 0)
        return S("");
    str rest = str_from(url, (size_t)at + 3);
    for (size_t i = 0; i < rest.n; i++)
        if (rest.p[i] == '/' || rest.p[i] == '?' || rest.p[i] == '#')
            return str_sub(url, 0, (size_t)at + 3 + i);
    return url;
}

/* --- metadata --------------------------------------------------------------------------------- */

static str upper_hex(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ')
            buf_char(&b, s.p[i] >= 'a' && s.p[i] <= 'f' ? (char)(s.p[i] - 'a' + 'A') : s.p[i]);
    return b.n > 0 ? buf_str(&b) : S("");
}

static str without_slash(str s)
{
    return str_has_suffix(s, S("/")) ? str_sub(s, 0, s.n - 1) : s;
}

static void add_distribution(struct arena *a, const struct json *d, struct listed_provider *out)
{
    const struct json *feeds = json_get(json_get(d, S("rolie")), S("feeds"));
    str folder = json_get_text(d, S("directory_url")); /* 2.0; 2.1 has an object */
    if (folder.n == 0)
        folder = json_get_text(json_get(d, S("directory")), S("url"));
    if (listed_url(folder) && out->folders.n < LISTED_FEEDS)
        *PUSH(a, &out->folders) = without_slash(folder);
    for (size_t i = 0; i < json_count(feeds) && out->feeds.n < LISTED_FEEDS; i++) {
        str url = json_get_text(json_at(feeds, i), S("url"));
        if (listed_url(url))
            *PUSH(a, &out->feeds) = url;
    }
}

static void add_keys(struct arena *a, const struct json *keys, struct listed_provider *out)
{
    for (size_t i = 0; i < json_count(keys) && out->keys.n < LISTED_KEYS; i++) {
        const struct json *k = json_at(keys, i);
        str url = json_get_text(k, S("url"));
        if (listed_url(url))
            *PUSH(a, &out->keys) =
                (struct listed_key){upper_hex(a, json_get_text(k, S("fingerprint"))), url};
    }
}

bool listed_provider_read(struct arena *a, const struct json *j, struct listed_provider *out,
                          str *why)
{
    const struct json *publisher = json_get(j, S("publisher"));
    const struct json *all = json_get(j, S("distributions"));
    *out = (struct listed_provider){
        .role = json_get_text(j, S("role")),
        .name = json_get_text(publisher, S("name")),
        .namespace = json_get_text(publisher, S("namespace")),
    };
    out->trusted = str_eq(out->role, S("csaf_trusted_provider"));
    add_keys(a, json_get(j, S("public_openpgp_keys")), out);
    for (size_t i = 0; i < json_count(all); i++)
        add_distribution(a, json_at(all, i), out);
    *why = json_get_text(j, S("canonical_url")).n == 0 ? S("/canonical_url")
           : out->namespace.n == 0                     ? S("/publisher/namespace")
           : out->feeds.n + out->folders.n == 0        ? S("/distributions")
                                                       : S("");
    return why->n == 0;
}

/* --- feeds ------------------------------------------------------------------------------------ */

static void add_link(const struct json *link, struct listed *l)
{
    str rel = json_get_text(link, S("rel")), href = json_get_text(link, S("href"));
    if (!listed_url(href))
        return;
    if (str_eq(rel, S("self")))
        l->url = href;
    else if (str_eq(rel, S("signature")))
        l->asc = href;
    else if (str_eq(rel, S("hash")) && str_has_suffix(href, S(".sha256")))
        l->sha256 = href;
    else if (str_eq(rel, S("hash")) && str_has_suffix(href, S(".sha512")))
        l->sha512 = href;
}

static str next_of(const struct json *links)
{
    for (size_t i = 0; i < json_count(links); i++) {
        str href = json_get_text(json_at(links, i), S("href"));
        if (str_eq(json_get_text(json_at(links, i), S("rel")), S("next")) && listed_url(href))
            return href;
    }
    return NO_STR;
}

bool listed_feed_read(struct arena *a, const struct json *j, struct listing *out, str *next)
{
    const struct json *feed = json_get(j, S("feed")), *all = json_get(feed, S("entry"));
    *next = next_of(json_get(feed, S("link")));
    if (!json_is(feed, JSON_IS_OBJECT) || (all != NULL && !json_is(all, JSON_IS_ARRAY)))
        return false;
    for (size_t i = 0; i < json_count(all) && out->n < LISTED_MOST; i++) {
        const struct json *e = json_at(all, i), *links = json_get(e, S("link"));
        str updated = json_get_text(e, S("updated"));
        struct listed l = {S(""), updated.n > 0 ? updated : S(""), S(""), S(""), S("")};
        str src = json_get_text(json_get(e, S("content")), S("src"));
        for (size_t k = 0; k < json_count(links); k++)
            add_link(json_at(links, k), &l);
        if (l.url.n == 0 && listed_url(src))
            l.url = src;
        if (l.url.n > 0)
            *PUSH(a, out) = l;
    }
    return true;
}

/* --- folders ---------------------------------------------------------------------------------- */

static bool is_inside(str path)
{
    if (path.n == 0 || path.p[0] == '/' || path.n > 500)
        return false;
    for (size_t i = 0; i < path.n; i++)
        if ((unsigned char)path.p[i] <= ' ' || (unsigned char)path.p[i] >= 0x7f ||
            str_find_char(S("\\?#%:\"<>"), path.p[i]) >= 0)
            return false;
    for (str rest = path; rest.n > 0;) {
        str part = str_cut(&rest, '/');
        if (part.n == 0 || str_eq(part, S("..")) || str_eq(part, S(".")))
            return false;
    }
    return true;
}

static bool add_path(struct arena *a, str folder, str path, str updated, struct listing *out)
{
    if (!is_inside(path))
        return false;
    if (!str_has_suffix(path, S(".json")) || out->n >= LISTED_MOST)
        return true;
    str url = str_fmt(a, "%.*s/%.*s", SV(folder), SV(path));
    struct listed l = {url, updated.n > 0 ? updated : S(""), str_join(a, url, S(".sha256")),
                       str_join(a, url, S(".sha512")), str_join(a, url, S(".asc"))};
    if (!listed_url(l.sha512)) /* the longest */
        return false;
    *PUSH(a, out) = l;
    return true;
}

size_t listed_index_read(struct arena *a, str text, str folder, struct listing *out)
{
    size_t left_out = 0;
    while (text.n > 0) {
        str line = str_trim(str_cut(&text, '\n'));
        if (line.n > 0 && !add_path(a, folder, line, S(""), out))
            left_out++;
    }
    return left_out;
}

/* One field of a line, with or without quotes. */
static str field(str *line)
{
    str s = str_trim(*line);
    if (s.n > 0 && s.p[0] == '"') {
        s = str_from(s, 1);
        str value = str_cut(&s, '"');
        (void)str_cut(&s, ',');
        *line = s;
        return value;
    }
    str value = str_trim(str_cut(&s, ','));
    *line = s;
    return value;
}

size_t listed_changes_read(struct arena *a, str text, str folder, struct listing *out)
{
    size_t left_out = 0;
    while (text.n > 0) {
        str line = str_trim(str_cut(&text, '\n'));
        if (line.n == 0)
            continue;
        str path = field(&line), at = field(&line);
        if (!add_path(a, folder, path, at, out))
            left_out++;
    }
    return left_out;
}

/* --- small files ------------------------------------------------------------------------------ */

struct strs listed_security_txt(struct arena *a, str text)
{
    enum { MOST = 10 };
    str *v = NEWS(a, str, MOST);
    size_t n = 0;
    while (text.n > 0 && n < MOST) {
        str line = str_cut(&text, '\n'), name = str_trim(str_cut(&line, ':'));
        str value = str_trim(line);
        if (str_eq_nocase(name, S("CSAF")) && listed_url(value))
            v[n++] = value;
    }
    return (struct strs){v, n};
}

str listed_hash(struct arena *a, str text, size_t digits)
{
    size_t n = 0;
    text = str_trim(text);
    while (n < text.n &&
           ((text.p[n] >= '0' && text.p[n] <= '9') || (text.p[n] >= 'a' && text.p[n] <= 'f') ||
            (text.p[n] >= 'A' && text.p[n] <= 'F')))
        n++;
    bool ends = n == text.n || text.p[n] == ' ' || text.p[n] == '\t' || text.p[n] == '\n' ||
                text.p[n] == '\r';
    return n == digits && ends ? str_lower(a, str_sub(text, 0, n)) : NO_STR;
}

str listed_hash_of(struct arena *a, str bytes, bool longer)
{
    unsigned char h[crypto_hash_sha512_BYTES];
    const unsigned char *p = (const unsigned char *)bytes.p;
    if (longer)
        (void)crypto_hash_sha512(h, p, bytes.n);
    else
        (void)crypto_hash_sha256(h, p, bytes.n);
    return hex_encode(
        a, (str){(const char *)h, longer ? crypto_hash_sha512_BYTES : crypto_hash_sha256_BYTES});
}
