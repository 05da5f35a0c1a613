/* kept.c - see kept.h: one table, in which a page has one place. */
#include "web/kept.h"

#include "web/once.h"
#include "web/route.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

enum { PLACES = 256, TOKENS_MAX = 16, OVERHEAD = 1024 };

struct entry {
    struct arena *a; /* of what follows; NULL: nobody is here */
    unsigned char of[32];
    str version, page;
    i64 made;
    size_t tokens[TOKENS_MAX], ntokens; /* where once-tokens stand in the page */
};

struct kept {
    pthread_mutex_t lock;
    size_t most, used, pages;
    i64 found, not_found;
    struct entry v[PLACES];
};

static size_t cost(const struct entry *e)
{
    return e->page.n + OVERHEAD;
}

/* With the lock, as all that follow and take an entry. */
static void drop(struct kept *k, struct entry *e)
{
    if (e->a == NULL)
        return;
    k->used -= cost(e);
    k->pages--;
    arena_free(e->a);
    *e = (struct entry){0};
}

static void close_kept(void *handle)
{
    struct kept *k = handle;
    for (size_t i = 0; i < PLACES; i++)
        drop(k, &k->v[i]);
    (void)pthread_mutex_destroy(&k->lock);
}

struct kept *kept_new(struct arena *a, size_t bytes)
{
    struct kept *k = NEW(a, struct kept);
    k->most = bytes;
    must(pthread_mutex_init(&k->lock, NULL) == 0);
    arena_defer(a, close_kept, k);
    return k;
}

/* --- what a page depends on ---------------------------------------------------------------------- */

struct kept_at kept_begin(struct kept *k, struct ctx *cx, const struct request *rq)
{
    struct kept_at at = {0};
    if (k == NULL || rq->api || !(rq->route->flags & ROUTE_KEEP))
        return at;
    at.is = app_version(cx, &at.version) == OK && at.version.n > 0;
    return at;
}

static void add(crypto_generichash_state *st, str part)
{
    uint64_t n = part.n;
    (void)crypto_generichash_update(st, (const unsigned char *)&n, sizeof n);
    (void)crypto_generichash_update(st, (const unsigned char *)part.p, part.n);
}

static void hash_reader(const struct ctx *cx, const struct request *rq, struct kept_at *at)
{
    crypto_generichash_state st;
    (void)crypto_generichash_init(&st, NULL, 0, sizeof at->of);
    add(&st, rq->session);
    add(&st, rq->csrf);
    add(&st, cx->who.person_id);
    add(&st, rq->http->path);
    add(&st, rq->http->query);
    add(&st, zone_name(cx->zone));
    add(&st, cx->lang == LANG_JA ? S("ja") : S("en"));
    (void)crypto_generichash_final(&st, at->of, sizeof at->of);
    sodium_memzero(&st, sizeof st);
}

static struct entry *place_of(struct kept *k, const struct kept_at *at)
{
    return &k->v[at->of[0] % PLACES];
}

static bool holds(const struct entry *e, const struct kept_at *at, i64 now)
{
    return e->a != NULL && memcmp(e->of, at->of, sizeof e->of) == 0 &&
           str_eq(e->version, at->version) && now >= e->made && now - e->made < KEPT_MS;
}

/* --- once-tokens --------------------------------------------------------------------------------- */

/* Every form has one of its own, or two that were filled in would be taken for one. */
static bool find_tokens(struct entry *e)
{
    static const str before = S_INIT("name=\"_once\" value=\"");
    size_t at = 0;
    for (ptrdiff_t next; (next = str_find(str_from(e->page, at), before)) >= 0;) {
        at += (size_t)next + before.n;
        if (e->ntokens == TOKENS_MAX || at + ONCE_SIZE >= e->page.n ||
            e->page.p[at + ONCE_SIZE] != '"')
            return false;
        e->tokens[e->ntokens++] = at;
    }
    return true;
}

static void copy_page(struct ctx *cx, const struct entry *e, buf *out)
{
    *out = (buf){.a = cx->a};
    char *p = buf_room(out, e->page.n);
    memcpy(p, e->page.p, e->page.n);
    out->n = e->page.n;
    for (size_t i = 0; i < e->ntokens; i++)
        memcpy(p + e->tokens[i], once_token(cx).p, ONCE_SIZE);
}

/* --- finding and keeping ------------------------------------------------------------------------- */

bool kept_find(struct kept *k, struct ctx *cx, const struct request *rq, struct kept_at *at,
               buf *out)
{
    if (!at->is || cx->who.person_id.n == 0 || rq->session.n == 0) {
        at->is = false;
        return false;
    }
    hash_reader(cx, rq, at);
    must(pthread_mutex_lock(&k->lock) == 0);
    const struct entry *e = place_of(k, at);
    bool found = holds(e, at, cx->now);
    if (found)
        copy_page(cx, e, out);
    k->found += found;
    k->not_found += !found;
    must(pthread_mutex_unlock(&k->lock) == 0);
    return found;
}

void kept_put(struct kept *k, struct ctx *cx, const struct kept_at *at, str page)
{
    struct arena *a = arena_new();
    struct entry e = {.a = a, .made = cx->now};
    memcpy(e.of, at->of, sizeof e.of);
    e.version = str_copy(a, at->version);
    e.page = str_copy(a, page);
    bool whole = find_tokens(&e);
    must(pthread_mutex_lock(&k->lock) == 0);
    struct entry *place = place_of(k, at);
    drop(k, place);
    bool room = whole && cost(&e) <= k->most - k->used;
    if (room) {
        *place = e;
        k->used += cost(&e);
        k->pages++;
    }
    must(pthread_mutex_unlock(&k->lock) == 0);
    if (!room)
        arena_free(a);
}

void kept_sweep(struct kept *k, i64 now)
{
    must(pthread_mutex_lock(&k->lock) == 0);
    for (size_t i = 0; i < PLACES; i++)
        if (now < k->v[i].made || now - k->v[i].made >= KEPT_MS)
            drop(k, &k->v[i]);
    must(pthread_mutex_unlock(&k->lock) == 0);
}

struct kept_state kept_state(struct kept *k)
{
    must(pthread_mutex_lock(&k->lock) == 0);
    struct kept_state s = {k->pages, k->used, k->found, k->not_found};
    must(pthread_mutex_unlock(&k->lock) == 0);
    return s;
}
