/* provider.c - see provider.h. */
#include "app/provider_own.h"

#include "base/encode.h"
#include "base/id.h"
#include "formats/cwe.h"
#include "formats/digest.h"
#include "gen/sql.h"
#include "io/files.h"

#include <stdlib.h>

enum { PAGE = 5000, STATE_MAX = 1 << 26 };
static const str state_name = S_INIT(".state");

str provider_base(bool v21)
{
    return v21 ? S(".well-known/csaf/v2.1") : S(".well-known/csaf/v2.0");
}

/* --- what is public --------------------------------------------------------------------------- */

static int newest_first(const void *x, const void *y)
{
    const struct provided *a = x, *b = y;
    if (a->updated != b->updated)
        return a->updated < b->updated ? 1 : -1;
    int numbers = str_cmp(a->number, b->number);
    return numbers != 0 ? numbers : (int)a->lang - (int)b->lang;
}

void provider_name(struct ctx *cx, struct provided *d)
{
    d->id = csaf_id(cx, d->number, d->lang);
    d->year = civil_at(d->published, zone_utc).year;
    d->path = str_fmt(cx->a, "%d/%.*s", d->year, SV(csaf_file_name(cx->a, d->id)));
}

/* Its id and path are put together in memory that the next one uses again. */
static void add(struct providing *p, struct ctx *scratch, enum lang lang,
                const struct q_publication_all *row)
{
    struct provided *d = PUSH(p->cx->a, &p->all);
    *d = (struct provided){.number = row->number,
                           .title = row->title,
                           .lang = lang,
                           .revision = row->revision,
                           .published = row->published,
                           .updated = row->updated,
                           .changed = true};
    provider_name(scratch, d);
    d->id = str_copy(p->cx->a, d->id);
    d->path = str_copy(p->cx->a, d->path);
    arena_reset(scratch->a);
}

static enum err load_language(struct providing *p, struct ctx *scratch, enum lang lang)
{
    i64 updated = -1;
    str number = S("");
    for (size_t n = PAGE; n == PAGE;) {
        struct q_publication_all *rows;
        TRY(q_publication_all(p->cx->db, &rows, &n, .lang = lang == LANG_JA ? S("ja") : S("en"),
                              .updated = updated, .number = number, .most = PAGE));
        for (size_t i = 0; i < n; i++)
            add(p, scratch, lang, &rows[i]);
        if (n > 0) {
            updated = rows[n - 1].updated;
            number = rows[n - 1].number;
        }
    }
    return OK;
}

static enum err load_all(struct providing *p)
{
    struct ctx *scratch = NEW(p->cx->a, struct ctx);
    enum err e = OK;
    *scratch = *p->cx;
    scratch->a = arena_new();
    for (enum lang g = 0; g < LANG_COUNT && e == OK; g++)
        e = load_language(p, scratch, g);
    arena_free(scratch->a);
    return e;
}

/* --- what is there already -------------------------------------------------------------------- */

static void put_line(buf *b, const struct provided *d)
{
    buf_put(b, d->number);
    buf_char(b, ' ');
    buf_i64(b, d->lang);
    buf_char(b, ' ');
    buf_i64(b, d->revision);
}

static void mark_config(struct providing *p)
{
    static const enum setting which[] = {SET_SITE_NAME_JA, SET_SITE_NAME_EN, SET_COORDINATOR_JA,
                                         SET_COORDINATOR_EN, SET_CONTACT};
    struct digest d = digest_begin(DIGEST_SHA256);
    const str more[] = {S(KAKEHASHI_VERSION), cwe_version(), p->cx->app->public_url,
                        p->cx->app->number_prefix,
                        p->signer != NULL ? p->signer->key.fingerprint : S("")};
    for (size_t i = 0; i < COUNT(which) + COUNT(more); i++) {
        str one = i < COUNT(which) ? p->settings->v[which[i]] : more[i - COUNT(which)];
        digest_put(&d, str_fmt(p->cx->a, "%zu:", one.n));
        digest_put(&d, one);
    }
    p->config = hex_encode(p->cx->a, digest_end(&d, p->cx->a));
}

static int by_text(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

/* Of the last generation, in its order: that of this one, but for what was released since. */
struct lines {
    VEC(str)
    size_t at, missed; /* how far it was gone through; lines that were looked for in all */
    bool sorted;
};

enum { NOWHERE = -1, SOMEWHERE = -2 };

/* Few are not where they are expected. */
static ptrdiff_t find_elsewhere(struct lines *l, str line)
{
    enum { FEW = 8 };
    if (++l->missed > FEW && !l->sorted && l->n > 0) {
        qsort(l->v, l->n, sizeof *l->v, by_text);
        l->sorted = true;
        l->at = l->n;
    }
    if (l->sorted)
        return bsearch(&line, l->v, l->n, sizeof line, by_text) != NULL ? SOMEWHERE : NOWHERE;
    for (size_t i = 0; i < l->n; i++)
        if (str_eq(l->v[i], line))
            return (ptrdiff_t)i;
    return NOWHERE;
}

/* Its place, SOMEWHERE where that is not known any more, or NOWHERE. */
static ptrdiff_t find_line(struct lines *l, str line)
{
    enum { PAST = 4 }; /* lines of what has another one now */
    for (size_t k = l->at; k < l->n && k < l->at + PAST; k++)
        if (str_eq(l->v[k], line)) {
            l->at = k + 1;
            return (ptrdiff_t)k;
        }
    return find_elsewhere(l, line);
}

static void compare(struct providing *p, struct lines *lines)
{
    size_t changed = 0;
    buf b = {.a = p->cx->a};
    for (size_t i = 0; i < p->all.n; i++) {
        struct provided *d = &p->all.v[i];
        b.n = 0;
        put_line(&b, d);
        ptrdiff_t at = find_line(lines, buf_str(&b));
        d->changed = at == NOWHERE;
        d->was = at >= 0 ? (size_t)at + 1 : 0;
        changed += d->changed;
    }
    p->done.made = changed;
    p->had = lines->n;
}

static void read_state(struct providing *p)
{
    struct fault f = {0};
    str text, config;
    struct lines lines = {0};
    const char *path =
        str_to_z(p->cx->a, str_fmt(p->cx->a, "%s/current/%.*s", p->root, SV(state_name)));
    p->all_new = true;
    p->done.made = p->all.n;
    if (file_read(p->cx->a, path, STATE_MAX, &f, &text) != OK)
        return;
    config = str_cut(&text, '\n');
    if (!str_eq(config, p->config))
        return;
    p->all_new = false;
    while (text.n > 0)
        *PUSH(p->cx->a, &lines) = str_cut(&text, '\n');
    compare(p, &lines);
}

enum err provider_load(struct providing *p)
{
    TRY(app_read(p->cx));
    TRY(settings_open(p->cx, &p->settings));
    TRY(load_all(p));
    if (p->all.n > 0)
        qsort(p->all.v, p->all.n, sizeof *p->all.v, newest_first);
    p->done.documents = p->all.n * 2;
    mark_config(p);
    read_state(p);
    return OK;
}

enum err provider_remember(struct providing *p)
{
    buf b = {.a = p->cx->a};
    buf_putf(&b, "%.*s\n", SV(p->config));
    for (size_t i = 0; i < p->all.n; i++) {
        put_line(&b, &p->all.v[i]);
        buf_char(&b, '\n');
    }
    TRY(shelf_folder(p->shelf, S(".")));
    return shelf_put(p->shelf, S("."), state_name, buf_str(&b));
}

/* --- a generation ----------------------------------------------------------------------------- */

/* They are long: the second ones are put together in the memory of the first. */
static enum err make_lists(struct providing *p)
{
    enum { KEPT = 1 << 25 };
    struct ctx *own = p->cx, *cx = NEW(own->a, struct ctx);
    enum err e = OK;
    *cx = *own;
    cx->a = arena_new();
    p->cx = cx;
    for (int v21 = 0; v21 < 2 && e == OK; v21++) {
        e = provider_lists(p, v21);
        arena_reset_keeping(cx->a, KEPT);
    }
    arena_free(cx->a);
    p->cx = own;
    return e;
}

static enum err make(struct providing *p, struct fault *f)
{
    str before = shelf_current(p->cx->a, p->root);
    str name = str_fmt(p->cx->a, "%lld-%.*s", (long long)p->cx->now,
                       SV(hex_encode(p->cx->a, random_str(&p->cx->app->random, p->cx->a, 4))));
    TRY(shelf_begin(p->cx->a, p->root, name, f, &p->shelf));
    TRY(make_lists(p)); /* the disk takes them while documents are made */
    for (int v21 = 0; v21 < 2; v21++)
        TRY(provider_documents(p, v21));
    TRY(provider_remember(p));
    TRY(shelf_show(p->shelf));
    p->done.shown = true;
    return shelf_sweep(p->cx->a, p->root, before, f);
}

enum err provider_publish(struct app *app, const char *root, const struct provider_signer *signer,
                          struct fault *f, struct provider_done *out)
{
    struct arena *a = arena_new();
    struct providing *p = NEW(a, struct providing);
    *p = (struct providing){.cx = ctx_new(a, app), .root = root, .signer = signer};
    enum err e = provider_load(p);
    if (e == OK && (p->all_new || p->done.made > 0))
        e = make(p, f);
    if (e != OK && p->shelf != NULL && !p->done.shown) /* what is half made goes again */
        (void)shelf_sweep(a, root, NO_STR, &(struct fault){0});
    if (e != OK && f->text[0] == '\0')
        *f = p->cx->fault;
    *out = p->done;
    app_read_end(p->cx);
    arena_free(a);
    return e;
}
