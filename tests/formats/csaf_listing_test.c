/* csaf_listing_test.c - what providers list, and what is not taken from it. */
#include "t.h"

#include "formats/csaf_listing.h"
#include "formats/csaf_provider.h"

static const struct json *json_of(struct arena *a, const char *text)
{
    const struct json *j;
    struct json_error bad;
    must(json_read(a, str_z(text), &j, &bad) == OK);
    return j;
}

TEST(metadata_of_2_0_and_2_1_name_feeds_folders_and_keys)
{
    struct listed_provider p;
    str why;
    CHECK(listed_provider_read(
        a,
        json_of(a,
                "{\"canonical_url\":\"https://x/pmd\",\"role\":\"csaf_trusted_provider\","
                "\"publisher\":{\"name\":\"X\",\"namespace\":\"https://x\"},"
                "\"public_openpgp_keys\":[{\"fingerprint\":\"ab cd\",\"url\":\"https://x/k\"},"
                "{\"url\":\"file:///etc/passwd\"}],\"distributions\":[{\"directory_url\":"
                "\"https://x/white/\"},{\"directory\":{\"url\":\"https://x/clear\"}},{\"rolie\":{"
                "\"feeds\":[{\"url\":\"https://x/f.json\"},{\"url\":7}]}}]}"),
        &p, &why));
    CHECK(p.trusted);
    CHECK_I64(1, (i64)p.keys.n);
    CHECK_STR(S("ABCD"), p.keys.v[0].fingerprint);
    CHECK_I64(2, (i64)p.folders.n);
    CHECK_STR(S("https://x/white"), p.folders.v[0]);
    CHECK_STR(S("https://x/clear"), p.folders.v[1]);
    CHECK_I64(1, (i64)p.feeds.n);
}

TEST(metadata_without_what_is_needed_say_what)
{
    struct listed_provider p;
    str why;
    CHECK(!listed_provider_read(a, json_of(a, "[]"), &p, &why));
    CHECK_STR(S("/canonical_url"), why);
    CHECK(!listed_provider_read(a, json_of(a, "{\"canonical_url\":\"https://x\"}"), &p, &why));
    CHECK_STR(S("/publisher/namespace"), why);
    CHECK(!listed_provider_read(a,
                                json_of(a, "{\"canonical_url\":\"https://x\",\"publisher\":{"
                                           "\"namespace\":\"https://x\"},\"distributions\":[{"
                                           "\"rolie\":{\"feeds\":{}}}]}"),
                                &p, &why));
    CHECK_STR(S("/distributions"), why);
}

TEST(a_feed_lists_documents_with_hashes_and_a_next_page)
{
    struct listing l = {0};
    str next;
    CHECK(listed_feed_read(
        a,
        json_of(
            a,
            "{\"feed\":{\"link\":[{\"rel\":\"next\",\"href\":\"https://x/2\"}],\"entry\":[{"
            "\"updated\":\"2026-01-01T00:00:00Z\",\"link\":[{\"rel\":\"self\",\"href\":"
            "\"https://x/a.json\"},{\"rel\":\"hash\",\"href\":\"https://x/a.json.sha512\"},{"
            "\"rel\":\"signature\",\"href\":\"https://x/a.json.asc\"}]},{\"content\":{\"src\":"
            "\"https://x/b.json\"}},{\"link\":[{\"rel\":\"self\",\"href\":\"ftp://x/c\"}]},7]}}"),
        &l, &next));
    CHECK_STR(S("https://x/2"), next);
    CHECK_I64(2, (i64)l.n);
    CHECK_STR(S("https://x/a.json.sha512"), l.v[0].sha512);
    CHECK_STR(S(""), l.v[0].sha256);
    CHECK_STR(S("2026-01-01T00:00:00Z"), l.v[0].updated);
    CHECK_STR(S("https://x/b.json"), l.v[1].url);
    CHECK(!listed_feed_read(a, json_of(a, "{\"feed\":{\"entry\":{}}}"), &l, &next));
    CHECK(!listed_feed_read(a, json_of(a, "{}"), &l, &next));
}

TEST(a_list_of_a_folder_does_not_lead_out_of_it)
{
    struct listing l = {0};
    CHECK_I64(5,
              (i64)listed_changes_read(
                  a,
                  S("\"2026/a.json\",\"2026-01-02T00:00:00Z\"\r\n2026/b.json,2026-01-01T00:00:00Z\n"
                    "../c.json,x\n/etc/d.json,x\nhttp://evil/e.json,x\n2026//f.json,x\n"
                    "a%2e.json,x\n2026/g.pdf,x\n\n"),
                  S("https://x/white"), &l));
    CHECK_I64(2, (i64)l.n);
    CHECK_STR(S("https://x/white/2026/a.json"), l.v[0].url);
    CHECK_STR(S("2026-01-02T00:00:00Z"), l.v[0].updated);
    CHECK_STR(S("https://x/white/2026/b.json.asc"), l.v[1].asc);
    l.n = 0;
    CHECK_I64(1, (i64)listed_index_read(a, S("a.json\n..\nb.json"), S("https://x"), &l));
    CHECK_I64(2, (i64)l.n);
    l.n = 0; /* nor does it name what is no address (RFC 3986, 2: the characters) */
    CHECK_I64(3, (i64)listed_index_read(a, S("a`.json\n{a}.json\na|b.json"), S("https://x"), &l));
    CHECK_I64(0, (i64)l.n);
    CHECK_I64(0, (i64)listed_changes_read(a, S("a.json"), S("https://x"), &l));
    CHECK_STR(S(""), l.v[0].updated);
}

TEST(addresses_hashes_and_security_txt)
{
    CHECK(listed_url(S("https://x/a?b=c")));
    CHECK(!listed_url(S("https://")) && !listed_url(S("javascript:x")));
    CHECK(!listed_url(S("https://u@x/")) && !listed_url(S("https://x/a b")));
    CHECK_STR(S("https://x:8"), listed_origin(S("https://x:8/a")));
    CHECK_STR(S("https://x"), listed_origin(S("https://x")));
    CHECK_STR(S("abcd"), listed_hash(a, S("ABcd  a.json\n"), 4));
    CHECK_STR(S("abcd"), listed_hash(a, S("abcd"), 4));
    CHECK_STR(NO_STR, listed_hash(a, S("abcde"), 4));
    CHECK_STR(NO_STR, listed_hash(a, S("<html>"), 4));
    struct strs s = listed_security_txt(
        a, S("Contact: x\ncsaf: https://x/a\nCSAF: no\n# CSAF: https://c\nCSAF:https://x/b\n"));
    CHECK_I64(2, (i64)s.n);
    CHECK_STR(S("https://x/b"), s.v[1]);
}

/* n documents, the i-th called first + i. */
static struct csaf_folder folder_of(struct arena *a, int first, size_t n)
{
    struct csaf_listed *v = NEWS(a, struct csaf_listed, n);
    for (size_t i = 0; i < n; i++) {
        str id = str_fmt(a, "KKH-%d", first + (int)i);
        v[i] = (struct csaf_listed){.path = str_fmt(a, "2026/%.*s.json", SV(id)),
                                    .id = id,
                                    .title = S("\"},\n{\"id\":\"KKH-7\""),
                                    .updated = (i64)i};
    }
    return (struct csaf_folder){
        .tlp = S("CLEAR"), .url = S("https://x/w"), .title = S("X"), .v = v, .n = n};
}

static str joined(struct arena *a, struct strs parts)
{
    buf b = {.a = a};
    for (size_t i = 0; i < parts.n; i++)
        buf_put(&b, parts.v[i]);
    return buf_str(&b);
}

TEST(a_feed_takes_what_stood_in_the_one_before_and_is_the_same_to_the_byte)
{
    enum { MANY = 400 };
    struct csaf_folder before = folder_of(a, 1, MANY), now = folder_of(a, 0, MANY + 1);
    struct csaf_listed *v = NEWS(a, struct csaf_listed, MANY + 1);
    for (size_t i = 0; i <= MANY; i++) {
        v[i] = now.v[i];
        v[i].updated = i > 0 ? (i64)i - 1 : 0; /* as they stood there */
        v[i].was = i;
    }
    now.v = v;
    str want = csaf_feed(a, &now, 0);
    now.before = csaf_feed(a, &before, 0);
    now.nbefore = MANY;
    struct strs parts = csaf_feed_parts(a, &now, 0);
    CHECK_I64(3, (i64)parts.n); /* the new one, all others, the end */
    CHECK_STR(want, joined(a, parts));
    v[200].was = 0; /* another one now */
    v[200].title = S("other");
    want = csaf_feed(a, &now, 0);
    parts = csaf_feed_parts(a, &now, 0);
    CHECK_I64(5, (i64)parts.n);
    CHECK_STR(want, joined(a, parts));
    now.nbefore--; /* not what was told: nothing is taken */
    CHECK_I64(1, (i64)csaf_feed_parts(a, &now, 0).n);
    CHECK_STR(want, joined(a, csaf_feed_parts(a, &now, 0)));
}
