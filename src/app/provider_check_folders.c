/* provider_check_folders.c - requirements 12 to 14: index, changes and listings of folders. */
#include "app/provider_check_own.h"

#include "formats/csaf_listing.h"
#include "formats/instant.h"

enum { FOLDERS_MOST = 50, YEARS_MOST = 100 };

/* --- index.txt and changes.csv ---------------------------------------------------------------- */

/* "2026/x.json": stays below its folder. */
static bool is_path(str s)
{
    if (s.n == 0 || s.n > 500 || s.p[0] == '/' || str_find(s, S("..")) >= 0)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '"' || s.p[i] == '\\')
            return false;
    return true;
}

static struct check_document *document_in(struct checking *c, struct arena *a, size_t folder,
                                          str path)
{
    size_t i = check_document(c, str_join(a, c->folders.v[folder].url, path));
    if (i == SIZE_MAX)
        return NULL;
    struct check_document *d = &c->docs.v[i];
    if (d->tlp.p == NULL)
        d->tlp = c->folders.v[folder].tlp;
    return d;
}

static void check_index(struct checking *c, struct arena *a, size_t folder)
{
    struct provider_got got = {0};
    str url = str_join(a, c->folders.v[folder].url, S("index.txt"));
    if (!check_need(c, a, R_INDEX, url, &got))
        return;
    c->folders.v[folder].index = true;
    for (str rest = got.body; rest.n > 0;) {
        str line = str_trim(str_cut(&rest, '\n'));
        if (line.n == 0)
            continue;
        if (!is_path(line)) {
            check_error(c, R_INDEX, url, "bad_path", str_sub(line, 0, 200));
            continue;
        }
        struct check_document *d = document_in(c, a, folder, line);
        if (d != NULL && d->indexed)
            check_error(c, R_INDEX, url, "twice", line);
        if (d != NULL)
            d->indexed = true;
    }
}

/* A field of a line, with or without its quotes; false: they do not match. */
static bool field(str *line, str *out, bool *quoted)
{
    *quoted = line->n > 0 && line->p[0] == '"';
    if (!*quoted) {
        *out = str_trim(str_cut(line, ','));
        return true;
    }
    *line = str_from(*line, 1);
    if (str_find_char(*line, '"') < 0)
        return false;
    *out = str_cut(line, '"');
    if (line->n == 0)
        return true;
    bool comma = line->p[0] == ',';
    *line = str_from(*line, 1);
    return comma;
}

static void check_order(struct checking *c, str url, str path, str at, str *before)
{
    struct instant now, then;
    if (!instant_read(at, &now))
        check_note(c, R_CHANGES, CHECK_ERROR, url, S("changes_time"), path, at);
    else if (before->n > 0 && instant_read(*before, &then) && instant_cmp(&now, &then) > 0)
        check_error(c, R_CHANGES, url, "changes_order", path);
    *before = at;
}

static void check_change(struct checking *c, struct arena *a, size_t folder, str url, str line,
                         str *before)
{
    str whole = line, path, at;
    bool q1, q2;
    if (!field(&line, &path, &q1) || !field(&line, &at, &q2) || line.n > 0 || !is_path(path)) {
        check_error(c, R_CHANGES, url, "changes_line", str_sub(whole, 0, 200));
        return;
    }
    if (c->v21 && (q1 || q2))
        check_error(c, R_CHANGES, url, "changes_quotes", path);
    check_order(c, url, path, at, before);
    struct check_document *d = document_in(c, a, folder, path);
    if (d == NULL)
        return;
    if (d->changed)
        check_error(c, R_CHANGES, url, "twice", path);
    d->changed = true;
    d->changed_at = str_copy(c->a, at);
}

static void check_changes(struct checking *c, struct arena *a, size_t folder)
{
    struct provider_got got = {0};
    str before = NO_STR, url = str_join(a, c->folders.v[folder].url, S("changes.csv"));
    if (!check_need(c, a, R_CHANGES, url, &got))
        return;
    c->folders.v[folder].changes = true;
    for (str rest = got.body; rest.n > 0;) {
        str line = str_trim(str_cut(&rest, '\n'));
        if (line.n > 0)
            check_change(c, a, folder, url, line, &before);
    }
}

/* --- listings --------------------------------------------------------------------------------- */

/* "%2B" is what a listing may write for a plus. */
static str plus_of(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++) {
        bool plus = str_eq_nocase(str_sub(s, i, 3), S("%2b"));
        buf_char(&b, plus ? '+' : s.p[i]);
        i += plus ? 2 : 0;
    }
    return b.n > 0 ? buf_str(&b) : S("");
}

static str resolved(struct arena *a, str page, str link)
{
    if (str_find(link, S("://")) > 0)
        return link;
    if (str_has_prefix(link, S("./")))
        link = str_from(link, 2);
    str base = str_has_prefix(link, S("/")) ? listed_origin(page) : page;
    return str_join(a, base, link);
}

/* The next target of a link in a page of HTML; absent: there is none. */
static str next_link(struct arena *a, str page, str *rest)
{
    for (;;) {
        ptrdiff_t at = str_find(*rest, S("href="));
        if (at < 0 || (size_t)at + 6 > rest->n)
            return NO_STR;
        char quote = rest->p[at + 5];
        *rest = str_from(*rest, (size_t)at + 6);
        if (quote == '"' || quote == '\'')
            return resolved(a, page, plus_of(a, str_cut(rest, quote)));
    }
}

static bool is_year(str name)
{
    bool digits = name.n == 5 && name.p[4] == '/';
    for (size_t i = 0; i < 4 && digits; i++)
        digits = name.p[i] >= '0' && name.p[i] <= '9';
    return digits;
}

static void read_year(struct checking *c, struct arena *a, size_t folder, str url)
{
    struct provider_got got = {0};
    if (!check_need(c, a, R_LISTINGS, url, &got))
        return;
    for (str rest = got.body, link; (link = next_link(a, url, &rest)).p != NULL;) {
        str path = str_from(link, url.n);
        if (!str_has_prefix(link, url) || !str_has_suffix(path, S(".json")) || !is_path(path))
            continue;
        str below = str_from(link, c->folders.v[folder].url.n);
        struct check_document *d = document_in(c, a, folder, below);
        if (d != NULL)
            d->listed = true;
    }
}

static void check_listing(struct checking *c, struct arena *a, size_t folder)
{
    struct provider_got got = {0};
    struct dict years = {0};
    str url = c->folders.v[folder].url;
    if (!check_need(c, a, R_LISTINGS, url, &got))
        return;
    bool html = c->reach->folder || str_has_prefix(got.type, S("text/html"));
    if (!html)
        check_error(c, R_LISTINGS, url, "no_listing", got.type);
    if (!html)
        return;
    c->folders.v[folder].listing = true;
    for (str rest = got.body, link; (link = next_link(a, url, &rest)).p != NULL;) {
        bool fresh = false;
        if (str_has_prefix(link, url) && is_year(str_from(link, url.n)) &&
            years.keys.n < YEARS_MOST)
            (void)dict_add(a, &years, link, &fresh);
        if (fresh)
            read_year(c, a, folder, link);
    }
}

/* --- folders ---------------------------------------------------------------------------------- */

/* In 2.0 a folder says its label by its name, if at all. */
static str label_of(struct checking *c, str url)
{
    str name = str_sub(url, 0, url.n - 1);
    buf upper = {.a = c->a};
    name = str_from(name, check_parent(name).n);
    for (size_t i = 0; i < name.n; i++)
        buf_char(&upper, name.p[i] >= 'a' && name.p[i] <= 'z' ? (char)(name.p[i] - 32) : name.p[i]);
    str label = upper.n > 0 ? buf_str(&upper) : S("");
    return check_tlp_rank(label) >= 0 ? check_tlp(label) : NO_STR;
}

static void add_folder(struct checking *c, str url, str label)
{
    if (url.n == 0 || c->folders.n == FOLDERS_MOST)
        return;
    if (!str_has_suffix(url, S("/")))
        url = str_join(c->a, url, S("/"));
    *PUSH(c->a, &c->folders) =
        (struct check_place){.url = url, .tlp = label.n > 0 ? check_tlp(label) : label_of(c, url)};
}

void check_folders(struct checking *c)
{
    const struct json *all = json_get(c->metadata, S("distributions"));
    for (size_t i = 0; i < json_count(all); i++) {
        const struct json *one = json_at(all, i), *directory = json_get(one, S("directory"));
        add_folder(c, json_get_text(one, S("directory_url")), NO_STR);
        add_folder(c, json_get_text(directory, S("url")), json_get_text(directory, S("tlp_label")));
    }
    for (size_t i = 0; i < c->folders.n; i++) {
        /* a list goes when it was read: it may have many megabytes */
        static void (*const parts[])(struct checking *, struct arena *,
                                     size_t) = {check_index, check_changes, check_listing};
        for (size_t k = 0; k < COUNT(parts); k++) {
            struct arena *a = arena_new();
            parts[k](c, a, i);
            arena_free(a);
        }
    }
    for (int r = R_YEARS; r <= R_LISTINGS && c->folders.n == 0; r++) {
        check_error(c, r, c->out->url, "no_folders", NO_STR);
        c->used[r] = false;
    }
}
