/* library_haul.c - see library_haul.h: a provider's metadata, feeds and folders. */
#include "app/library_haul_own.h"

enum { MOST_PAGES = 1000 };

/* --- small things ----------------------------------------------------------------------------- */

struct ctx *haul_open(const struct haul *r)
{
    struct ctx *cx = ctx_new(arena_new(), r->cx->app);
    cx->who = r->cx->who;
    cx->door = r->cx->door;
    cx->lang = r->cx->lang;
    return cx;
}

void haul_close(struct ctx *cx)
{
    app_read_end(cx);
    arena_free(cx->a);
}

void haul_tell(struct haul *r, str url, struct library_done done)
{
    const struct library_told told = {url, done};
    r->h->count[done.outcome]++;
    r->refused += done.outcome == LIBRARY_REFUSED;
    if (r->h->tell != NULL)
        r->h->tell(r->h->arg, &told);
}

void haul_refuse(struct haul *r, str url, struct library_refusal why)
{
    haul_tell(r, url, (struct library_done){.outcome = LIBRARY_REFUSED, .why = why});
}

enum err haul_import(struct haul *r, struct ctx *cx, str url, str bytes, str signed_by,
                     bool *refused)
{
    const struct library_origin origin = {
        .source = url, .provider = r->provider, .publisher = r->publisher, .signed_by = signed_by};
    struct library_dones done = {0};
    *refused = false;
    TRY(library_import(cx, bytes, &origin, &done));
    for (size_t i = 0; i < done.n; i++) {
        *refused |= done.v[i].outcome == LIBRARY_REFUSED;
        haul_tell(r, url, done.v[i]);
    }
    return OK;
}

/* Whether this address was not met before in this haul. */
static bool is_fresh(struct haul *r, str url)
{
    bool fresh;
    size_t at;
    if (dict_find(&r->visited, url, &at))
        return false;
    (void)dict_add(r->cx->a, &r->visited, str_copy(r->cx->a, url), &fresh);
    return true;
}

/* --- documents -------------------------------------------------------------------------------- */

struct seen {
    str url, provider, updated;
};

static enum err put_seen(struct ctx *cx, void *arg)
{
    const struct seen *s = arg;
    return q_library_seen_put(cx->db, .url = s->url, .provider = s->provider, .updated = s->updated,
                              .sha256 = S(""));
}

static enum err was_seen(struct ctx *cx, const struct listed *l, bool *out)
{
    struct q_library_seen_of had;
    *out = false;
    if (l->updated.n == 0)
        return OK;
    TRY(app_read(cx));
    enum err e = q_library_seen_of(cx->db, &had, .url = l->url);
    *out = e == OK && str_eq(had.updated, l->updated);
    return e == E_NOT_FOUND ? OK : e;
}

static enum err fetch_document(struct haul *r, struct ctx *cx, const struct listed *l)
{
    struct library_refusal why;
    str bytes, signed_by;
    bool refused;
    if (!haul_get(r, cx, l->url, false, &bytes, &why) ||
        !haul_proof(r, cx, l, bytes, &signed_by, &why)) {
        haul_refuse(r, l->url, why);
        return OK;
    }
    TRY(haul_import(r, cx, l->url, bytes, signed_by, &refused));
    struct seen s = {l->url, r->provider.n > 0 ? r->provider : S(""), l->updated};
    return refused || l->updated.n == 0 ? OK : db_write(cx, put_seen, &s);
}

static enum err take_document(struct haul *r, const struct listed *l)
{
    bool seen = false;
    if (!is_fresh(r, l->url))
        return OK;
    struct ctx *cx = haul_open(r);
    enum err e = was_seen(cx, l, &seen);
    r->listed++;
    if (e == OK && seen)
        r->h->count[LIBRARY_UNCHANGED]++;
    else if (e == OK)
        e = fetch_document(r, cx, l);
    if (e != OK)
        r->cx->fault = cx->fault;
    haul_close(cx);
    return e;
}

static enum err take_listing(struct haul *r, const struct listing *all)
{
    for (size_t i = 0; i < all->n && !r->given_up; i++)
        TRY(take_document(r, &all->v[i]));
    return OK;
}

/* --- feeds and folders ------------------------------------------------------------------------ */

/* *next: absent where there is no further page. */
static enum err take_feed_said(struct haul *r, str url, const struct listed_answer *said, str *next)
{
    *next = said->next;
    if (said->kind == LISTED_FEED && said->wrong.n == 0)
        return take_listing(r, &said->list);
    str place = said->wrong.n > 0 ? said->wrong : S("/feed/entry");
    haul_refuse(r, url, (struct library_refusal){S("library_list"), place});
    return OK;
}

/* A feed and its further pages; one that was met before ends the walk. */
static enum err take_feed(struct haul *r, str url)
{
    enum err e = OK;
    for (int page = 0; url.n > 0 && page < MOST_PAGES && e == OK && !r->given_up; page++) {
        struct library_refusal why;
        struct listed_answer said;
        str body, next = NO_STR;
        if (!is_fresh(r, url))
            return OK;
        struct ctx *cx = haul_open(r);
        if (haul_get_list(r, cx, url, false, &body, &why) &&
            haul_read(r, cx, LISTED_ANY, S(""), body, &said, &why))
            e = take_feed_said(r, url, &said, &next);
        else
            haul_refuse(r, url, why);
        url = next.n > 0 ? str_copy(r->cx->a, next) : NO_STR;
        haul_close(cx);
    }
    return e;
}

static enum err take_folder_in(struct haul *r, struct ctx *cx, str folder)
{
    struct library_refusal why;
    struct listed_answer said;
    str text, url = str_join(cx->a, folder, S("/changes.csv"));
    bool got = haul_get_list(r, cx, url, true, &text, &why), changes = got && text.p != NULL;
    if (got && !changes) {
        url = str_join(cx->a, folder, S("/index.txt"));
        got = haul_get_list(r, cx, url, false, &text, &why);
    }
    if (!got ||
        !haul_read(r, cx, changes ? LISTED_CHANGES : LISTED_INDEX, folder, text, &said, &why)) {
        haul_refuse(r, url, why);
        return OK;
    }
    if (said.left_out > 0)
        haul_refuse(
            r, url,
            (struct library_refusal){S("library_list"), str_fmt(cx->a, "%zu ×", said.left_out)});
    return take_listing(r, &said.list);
}

static enum err take_folder(struct haul *r, str folder)
{
    if (!is_fresh(r, folder))
        return OK;
    struct ctx *cx = haul_open(r);
    enum err e = take_folder_in(r, cx, folder);
    haul_close(cx);
    return e;
}

/* --- metadata --------------------------------------------------------------------------------- */

struct note {
    struct haul *r;
    str name, kind;
};

static enum err put_note(struct ctx *cx, void *arg)
{
    const struct note *n = arg;
    return q_library_provider_put(cx->db, .url = n->r->provider, .name = n->name, .kind = n->kind,
                                  .checked = cx->now, .documents = n->r->listed,
                                  .refused = n->r->refused);
}

enum err haul_note(struct haul *r, str name, str kind)
{
    struct note n = {r, library_cut(r->cx->a, name, LIBRARY_TEXT), kind};
    if (r->given_up)
        haul_refuse(r, r->provider, (struct library_refusal){S("library_given_up"), S("")});
    return db_write(r->cx, put_note, &n);
}

enum err haul_provider(struct haul *r, str url, const struct listed_answer *said)
{
    const struct listed_provider *p = &said->provider;
    if (said->wrong.n > 0) {
        haul_refuse(r, url, (struct library_refusal){S("library_metadata"), said->wrong});
        return OK;
    }
    r->provider = url;
    r->publisher = p->namespace;
    r->trusted = p->trusted;
    haul_keys(r, p);
    if (r->trusted && r->keys.n == 0) {
        haul_refuse(r, url,
                    (struct library_refusal){S("library_no_key"), S("/public_openpgp_keys")});
        return haul_note(r, p->name, S("csaf"));
    }
    for (size_t i = 0; i < p->feeds.n && !r->given_up; i++)
        TRY(take_feed(r, p->feeds.v[i]));
    for (size_t i = 0; i < p->folders.n && p->feeds.n == 0 && !r->given_up; i++)
        TRY(take_folder(r, p->folders.v[i]));
    return haul_note(r, p->name, S("csaf"));
}

/* Whatever stands at an address. */
static enum err take_body(struct haul *r, str url, str body)
{
    struct library_refusal why;
    struct listed_answer said;
    bool refused;
    str next;
    if (!haul_read(r, r->cx, LISTED_ANY, S(""), body, &said, &why)) {
        haul_refuse(r, url, why);
        return OK;
    }
    if (said.kind == LISTED_METADATA)
        return haul_provider(r, url, &said);
    if (said.kind == LISTED_AGGREGATOR)
        return haul_aggregator(r, url, &said);
    if (said.kind == LISTED_OTHER)
        return haul_import(r, r->cx, url, body, NO_STR, &refused);
    (void)is_fresh(r, url);
    TRY(take_feed_said(r, url, &said, &next));
    return take_feed(r, next);
}

/* --- a domain --------------------------------------------------------------------------------- */

/* Metadata at that address; absent body: none there. */
static bool try_metadata(struct haul *r, str url, str *body, struct library_refusal *why)
{
    struct listed_answer said;
    if (!haul_get(r, r->cx, url, true, body, why))
        return false;
    if (body->p == NULL)
        return true;
    if (!haul_read(r, r->cx, LISTED_ANY, S(""), *body, &said, why))
        return false;
    if (said.kind != LISTED_METADATA)
        *body = NO_STR;
    return true;
}

/* CSAF 2.0, 7.1.8 to 7.1.10: well-known address, security.txt, the name in the DNS. */
static bool locate(struct haul *r, str origin, str *url, str *body, struct library_refusal *why)
{
    struct arena *a = r->cx->a;
    struct listed_answer said = {0};
    str text = NO_STR, head = str_sub(origin, 0, (size_t)str_find(origin, S("://")) + 3);
    *url = str_join(a, origin, S("/.well-known/csaf/provider-metadata.json"));
    if (!try_metadata(r, *url, body, why))
        return false;
    if (body->p != NULL)
        return true;
    if (!haul_get(r, r->cx, str_join(a, origin, S("/.well-known/security.txt")), true, &text, why))
        return false;
    if (text.p != NULL && !haul_read(r, r->cx, LISTED_SECURITY_TXT, S(""), text, &said, why))
        return false;
    for (size_t i = 0; i < said.urls.n && body->p == NULL; i++) {
        *url = said.urls.v[i];
        if (!try_metadata(r, *url, body, why))
            return false;
    }
    if (body->p != NULL)
        return true;
    *url = str_fmt(a, "%.*scsaf.data.security.%.*s/", SV(head), SV(str_from(origin, head.n)));
    if (try_metadata(r, *url, body, why) && body->p != NULL)
        return true;
    *why = (struct library_refusal){S("library_no_provider"), S("")};
    return false;
}

enum err library_haul(struct ctx *cx, struct library_haul *h, str what)
{
    struct haul r = {.cx = cx, .h = h, .keys = S("")};
    struct library_refusal why;
    str body, url = str_trim(what), origin;
    if (!library_may(cx).import)
        return E_DENIED;
    if (str_find(url, S("://")) < 0)
        url = str_join(cx->a, S("https://"), url);
    origin = listed_origin(url);
    bool bare = url.n <= origin.n + 1;
    if (bare ? locate(&r, origin, &url, &body, &why)
             : haul_get_list(&r, cx, url, false, &body, &why))
        TRY(take_body(&r, url, body));
    else
        haul_refuse(&r, url, why);
    return r.broken;
}
