/* csaf_listing_fuzz.c - any bytes as what a provider lists: no address leaves the folder or is
 * none of http(s), and every hash has its digits. */
#include "formats/csaf_listing_job.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const str folder = S_INIT("https://x.example/white");

static void check_listing(const struct listing *all, bool inside)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct listed *l = &all->v[i];
        must(l->url.n > 0 && listed_origin(l->url).n > 0 && l->updated.p != NULL);
        must(!inside || str_has_prefix(l->url, folder));
        must(!inside || str_find(l->url, S("/../")) < 0);
        must(inside || listed_url(l->url));
        must(l->asc.n == 0 || listed_url(l->asc));
    }
}

static void read_json(struct arena *a, const struct json *j)
{
    struct listed_provider p;
    struct listing all = {0};
    str why, next;
    (void)listed_provider_read(a, j, &p, &why);
    must(p.feeds.n <= LISTED_FEEDS && p.folders.n <= LISTED_FEEDS && p.keys.n <= LISTED_KEYS);
    for (size_t i = 0; i < p.keys.n; i++)
        must(listed_url(p.keys.v[i].url));
    for (size_t i = 0; i < p.feeds.n; i++)
        must(listed_url(p.feeds.v[i]));
    if (listed_feed_read(a, j, &all, &next))
        check_listing(&all, false);
    must(next.n == 0 || listed_url(next));
}

/* What the job says is always taken, as it was listed; any other bytes may be refused. */
static void check_jobs(struct arena *a, str text, size_t indexed)
{
    for (unsigned what = 0; what < LISTED_WHATS; what++) {
        bool folders = what == LISTED_INDEX || what == LISTED_CHANGES;
        str in = folders ? folder : S("");
        struct listed_answer said;
        buf out = {.a = a};
        must(listed_job(a, listed_job_input(a, what, in, text), &out) == OK);
        must(listed_job_take(a, what, in, buf_str(&out), &said));
        must(what != LISTED_INDEX || said.list.n == indexed);
        check_listing(&said.list, folders);
        if (listed_job_take(a, what, in, text, &said))
            check_listing(&said.list, folders);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct listing index = {0}, changes = {0};
    const struct json *j;
    struct json_error bad;
    str text = {(const char *)data, size};
    (void)listed_index_read(a, text, folder, &index);
    (void)listed_changes_read(a, text, folder, &changes);
    check_listing(&index, true);
    check_listing(&changes, true);
    struct strs named = listed_security_txt(a, text);
    for (size_t i = 0; i < named.n; i++)
        must(listed_url(named.v[i]));
    str hash = listed_hash(a, text, 64);
    must(hash.p == NULL || hash.n == 64);
    if (json_read(a, text, &j, &bad) == OK)
        read_json(a, j);
    check_jobs(a, text, index.n);
    arena_free(a);
    return 0;
}
