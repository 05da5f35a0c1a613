/* provider_check_feeds.c - requirements 15 to 17: ROLIE feeds, service and category documents. */
#include "app/provider_check_own.h"

#include "formats/schema.h"

enum { FEEDS_MOST = 200, PAGES_MOST = 200, FAULTS_MOST = 1000 };

/* --- a feed ----------------------------------------------------------------------------------- */

static str link_of(const struct json *of, str rel)
{
    const struct json *links = json_get(of, S("link"));
    for (size_t i = 0; i < json_count(links); i++)
        if (str_eq(json_get_text(json_at(links, i), S("rel")), rel))
            return json_get_text(json_at(links, i), S("href"));
    return NO_STR;
}

static void check_entry(struct checking *c, const struct check_place *feed, const struct json *e)
{
    str format = json_get_text(json_get(e, S("format")), S("version"));
    str self = link_of(e, S("self")), src = json_get_text(json_get(e, S("content")), S("src"));
    str url = src.n > 0 ? src : self;
    if (url.n == 0) {
        check_error(c, R_FEED, feed->url, "feed_entry", json_get_text(e, S("id")));
        return;
    }
    if (!str_eq(self, src))
        check_error(c, R_FEED, feed->url, "feed_self", url);
    if (format.n > 0 && c->v21 && !str_eq(format, S("2.1")))
        check_error(c, R_FEED, url, "version", format);
    size_t i = check_document(c, url);
    if (i == SIZE_MAX)
        return;
    struct check_document *d = &c->docs.v[i];
    if (d->tlp.p == NULL || check_tlp_rank(feed->tlp) < check_tlp_rank(d->tlp))
        d->tlp = feed->tlp;
    d->fed = true;
    str updated = json_get_text(e, S("updated"));
    d->fed_at = updated.n > 0 ? str_copy(c->a, updated) : S("");
    d->hash = link_of(e, S("hash")).n > 0;
    d->signature = link_of(e, S("signature")).n > 0;
}

static bool has_category(const struct json *feed)
{
    const struct json *all = json_get(feed, S("category"));
    for (size_t i = 0; i < json_count(all); i++)
        if (str_eq(json_get_text(json_at(all, i), S("scheme")),
                   S("urn:ietf:params:rolie:category:information-type")) &&
            str_eq(json_get_text(json_at(all, i), S("term")), S("csaf")))
            return true;
    return false;
}

/* The schema is that of 2.0, and names that version; 2.1 says in prose what stands there. */
static bool is_of_2_0(const struct schema_fault *f)
{
    return str_eq(f->keyword, S("enum")) && (str_has_suffix(f->path, S("/format/schema")) ||
                                             str_has_suffix(f->path, S("/format/version")));
}

static void check_feed_form(struct checking *c, struct arena *a, str url, const struct json *j)
{
    struct schema_faults faults = {0};
    if (!schema_check(a, schema_kept(SCHEMA_ROLIE_2_0), j, false, &faults))
        for (size_t i = 0; i < faults.n && c->failed[R_FEED] < FAULTS_MOST; i++)
            if (!c->v21 || !is_of_2_0(&faults.v[i]))
                check_note(
                    c, R_FEED, CHECK_ERROR, url, S("schema"), faults.v[i].path,
                    str_fmt(a, "%.*s %.*s", SV(faults.v[i].keyword), SV(faults.v[i].expected)));
    if (!has_category(json_get(j, S("feed"))))
        check_error(c, R_FEED, url, "feed_category", NO_STR);
}

/* *next: its next page, or absent.  False: it could not be read. */
static bool check_page(struct checking *c, struct arena *a, struct check_place *feed, str url,
                       str *next)
{
    const struct json *j = check_json(c, a, R_FEED, url), *f = json_get(j, S("feed"));
    const struct json *entries = json_get(f, S("entry"));
    if (j == NULL)
        return false;
    check_feed_form(c, a, url, j);
    if (str_eq(url, feed->url) && !str_eq(link_of(f, S("self")), url))
        check_warning(c, R_FEED, url, "feed_elsewhere", link_of(f, S("self")));
    for (size_t i = 0; i < json_count(entries); i++)
        check_entry(c, feed, json_at(entries, i));
    str to = link_of(f, S("next"));
    *next = to.n == 0 || str_eq(to, url) ? NO_STR : str_copy(c->a, to);
    return true;
}

static void check_feed(struct checking *c, struct check_place *feed)
{
    str url = feed->url;
    bool read = true;
    for (int page = 0; page < PAGES_MOST && url.n > 0 && read; page++) {
        struct arena *a = arena_new();
        read = check_page(c, a, feed, url, &url);
        arena_free(a);
    }
    feed->feed = read;
}

/* --- service and category --------------------------------------------------------------------- */

static bool has_feed(const struct checking *c, str url)
{
    for (size_t i = 0; i < c->feeds.n; i++)
        if (str_eq(c->feeds.v[i].url, url))
            return true;
    return false;
}

static void check_collections(struct checking *c, str url, const struct json *j)
{
    const struct json *spaces = json_get(json_get(j, S("service")), S("workspace"));
    struct dict listed = {0};
    size_t at;
    for (size_t i = 0; i < json_count(spaces); i++) {
        const struct json *all = json_get(json_at(spaces, i), S("collection"));
        for (size_t k = 0; k < json_count(all); k++) {
            str href = json_get_text(json_at(all, k), S("href"));
            (void)dict_add(c->a, &listed, href.n > 0 ? href : S(""), NULL);
            if (!has_feed(c, href))
                check_error(c, R_SERVICE, url, "service_more", href);
        }
    }
    for (size_t i = 0; i < c->feeds.n; i++)
        if (!dict_find(&listed, c->feeds.v[i].url, &at))
            check_error(c, R_SERVICE, url, "service_less", c->feeds.v[i].url);
}

static void check_service(struct checking *c, const struct json *rolie)
{
    struct provider_got got = {0};
    str url = json_text(json_at(json_get(rolie, S("services")), 0));
    bool told = url.n > 0;
    c->used[R_SERVICE] = true;
    if (!told)
        url = str_join(c->a, c->base, S("service.json"));
    if (!told && !check_list(c, c->a, url, &got)) {
        check_info(c, R_SERVICE, url, "no_service", NO_STR);
        return;
    }
    const struct json *j = check_json(c, c->a, R_SERVICE, url);
    if (j != NULL)
        check_collections(c, url, j);
}

static void check_category(struct checking *c, const struct check_place *feed)
{
    struct provider_got got = {0};
    str label = c->v21 || !str_eq(feed->tlp, S("CLEAR")) ? feed->tlp : S("WHITE");
    str url = str_fmt(c->a, "%.*scategory-%.*s.json", SV(check_parent(feed->url)),
                      SV(str_lower(c->a, label)));
    c->used[R_CATEGORY] = true;
    if (!check_list(c, c->a, url, &got)) {
        check_info(c, R_CATEGORY, url, "no_category", NO_STR);
        return;
    }
    const struct json *j = check_json(c, c->a, R_CATEGORY, url);
    const struct json *all = json_get(json_get(j, S("categories")), S("category"));
    bool terms = json_count(all) > 0;
    for (size_t i = 0; i < json_count(all); i++)
        terms &= json_get_text(json_at(all, i), S("term")).n > 0;
    if (j != NULL && !terms)
        check_error(c, R_CATEGORY, url, "category_form", NO_STR);
}

/* --- all of them ------------------------------------------------------------------------------ */

static void add_feeds(struct checking *c, const struct json *rolie)
{
    const struct json *all = json_get(rolie, S("feeds"));
    for (size_t i = 0; i < json_count(all) && c->feeds.n < FEEDS_MOST; i++) {
        str url = json_get_text(json_at(all, i), S("url"));
        str label = json_get_text(json_at(all, i), S("tlp_label"));
        if (url.n > 0)
            *PUSH(c->a, &c->feeds) = (struct check_place){
                .url = url, .tlp = check_tlp_rank(label) >= 0 ? check_tlp(label) : S("RED")};
    }
}

static void no_feeds(struct checking *c)
{
    for (int r = R_FEED; r <= R_CATEGORY; r++) {
        check_error(c, r, c->out->url, "no_feeds", NO_STR);
        c->used[r] = false;
    }
}

void check_feeds(struct checking *c)
{
    const struct json *all = json_get(c->metadata, S("distributions")), *rolie = NULL;
    bool open = false;
    for (size_t i = 0; i < json_count(all); i++) {
        const struct json *one = json_get(json_at(all, i), S("rolie"));
        rolie = rolie != NULL ? rolie : one;
        add_feeds(c, one);
    }
    if (c->feeds.n == 0) {
        no_feeds(c);
        return;
    }
    for (size_t i = 0; i < c->feeds.n; i++) {
        check_feed(c, &c->feeds.v[i]);
        check_category(c, &c->feeds.v[i]);
        open |= check_tlp_rank(c->feeds.v[i].tlp) <= 1;
    }
    if (!open)
        check_error(c, R_FEED, c->out->url, "feed_none_open", NO_STR);
    check_service(c, rolie);
}
