/* record_said_lists.c - what a provider's lists say of one document: ROLIE, index.txt, changes.csv. */
#include "formats/record_said_own.h"

#include "base/utf8.h"
#include "formats/csaf_listing.h"
#include "formats/csaf_write.h"

/* "…/2026/kkh_41827360-en.json" → "KKH#41827360-en"; what has another form stays as it is. */
static void put_file(struct saying *s, str path)
{
    str mark = str_join(s->a, s->hints->prefix, S("#")), end = S(".json");
    str begin = csaf_file_name(s->a, mark);
    begin.n -= end.n;
    while (str_find_char(path, '/') >= 0)
        (void)str_cut(&path, '/');
    if (str_has_suffix(path, end))
        path.n -= end.n;
    if (str_has_prefix(path, begin))
        path = str_join(s->a, mark, str_from(path, begin.n));
    said_put_number(s, path);
}

enum err said_read_rolie(struct saying *s, str bytes)
{
    const struct json *j;
    struct json_error bad;
    TRY(json_read(s->a, bytes, &j, &bad));
    const struct json *entries = json_get(json_get(j, S("feed")), S("entry"));
    for (size_t i = 0; i < json_count(entries); i++) {
        const struct json *e = json_at(entries, i);
        said_put_number(s, json_get_text(e, S("id")));
        said_put(s, SAID_TITLE, json_get_text(e, S("title")));
        said_put_time(s, SAID_PUBLISHED, json_get_text(e, S("published")));
        said_put_time(s, SAID_UPDATED, json_get_text(e, S("updated")));
    }
    return json_count(entries) > 0 ? OK : E_INVALID;
}

enum err said_read_index(struct saying *s, str bytes)
{
    struct listing all = {0};
    (void)listed_index_read(s->a, bytes, s->hints->public_url, &all);
    for (size_t i = 0; i < all.n; i++) {
        if (!str_has_suffix(all.v[i].url, S(".json")))
            return E_INVALID;
        put_file(s, all.v[i].url);
    }
    return all.n > 0 ? OK : E_INVALID;
}

enum err said_read_changes(struct saying *s, str bytes)
{
    struct listing all = {0};
    if (!utf8_valid(bytes)) /* times are taken as they are written */
        return E_INVALID;
    (void)listed_changes_read(s->a, bytes, s->hints->public_url, &all);
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i].updated.n == 0)
            return E_INVALID;
        put_file(s, all.v[i].url);
        said_put_time(s, SAID_UPDATED, all.v[i].updated);
    }
    return all.n > 0 ? OK : E_INVALID;
}
