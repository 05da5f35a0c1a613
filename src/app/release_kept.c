/* release_kept.c - see release_kept.h. */
#include "app/release_kept.h"

#include "app/case_file.h"
#include "app/release_plan_own.h"
#include "base/encode.h"
#include "formats/cwe.h"
#include "formats/digest.h"
#include "io/pdf_press.h"
#include "io/sign.h"

#include <pthread.h>

enum { KEPT = 16, SHOWN = 12 };

struct entry {
    struct arena *a; /* of all its texts; NULL: empty */
    str plan, of;    /* of: mark of what it was made of */
    struct release_dry dry;
    struct release_made made;
};
struct release_kept {
    pthread_mutex_t lock;
    struct entry v[KEPT];
};

static void close_kept(void *handle)
{
    struct release_kept *k = handle;
    for (size_t i = 0; i < KEPT; i++)
        arena_free(k->v[i].a);
    must(pthread_mutex_destroy(&k->lock) == 0);
}

struct release_kept *release_kept_new(struct arena *a)
{
    struct release_kept *k = NEW(a, struct release_kept);
    must(pthread_mutex_init(&k->lock, NULL) == 0);
    arena_defer(a, close_kept, k);
    return k;
}

/* --- what it is made of ----------------------------------------------------------------------- */

static void put(struct digest *d, struct arena *a, str text)
{
    digest_put(d, str_fmt(a, "%zu:", text.n));
    digest_put(d, text);
}

static void put_key(struct ctx *cx, struct digest *d, struct release_made *made)
{
    struct sign_key key = {0};
    struct fault none = {0};
    made->key = S("");
    if (cx->app->effects == NULL || sign_key(cx->app->effects, cx->a, &none, &key) != OK)
        return;
    made->key = str_sub(key.fingerprint, 0, SHOWN);
    put(d, cx->a, key.fingerprint);
    put(d, cx->a, str_fmt(cx->a, "%lld", (long long)key.expires));
}

/* The record as it would be, everything that was done in the case, what else is public and the
 * settings (both move the generation), and what this process has to work with. */
static enum err mark_of(struct ctx *cx, const struct case_file *cf, const struct release_plan *p,
                        str *of, struct release_made *made)
{
    struct digest d = digest_begin(DIGEST_SHA256);
    struct q_release_trail trail;
    struct q_generation_get generation;
    str record;
    TRY(order_digest(cx, cf, &p->order, &record));
    TRY(q_release_trail(cx->db, &trail, .case_id = cf->row.id));
    TRY(q_generation_get(cx->db, &generation));
    *made = (struct release_made){
        .at = cx->now, .record = str_sub(record, 0, SHOWN), .version = S(KAKEHASHI_VERSION)};
    put(&d, cx->a, record);
    put(&d, cx->a, str_fmt(cx->a, "%.*s %d", SV(trail.last), p->order.ja_before));
    put(&d, cx->a, str_fmt(cx->a, "%lld", (long long)generation.n));
    put(&d, cx->a, S(KAKEHASHI_VERSION));
    put(&d, cx->a, cwe_version());
    put(&d, cx->a, cx->app->paper != NULL && pdf_press_can(cx->app->paper) ? S("paper") : S(""));
    put_key(cx, &d, made);
    *of = hex_encode(cx->a, digest_end(&d, cx->a));
    return OK;
}

/* --- copies ----------------------------------------------------------------------------------- */

static str text(struct arena *a, str s)
{
    return s.p != NULL ? str_copy(a, s) : NO_STR;
}

static struct strs texts(struct arena *a, struct strs from)
{
    str *v = NEWS(a, str, from.n + 1);
    for (size_t i = 0; i < from.n; i++)
        v[i] = text(a, from.v[i]);
    return (struct strs){v, from.n};
}

static void copy_forms(struct arena *a, const struct release_dry *from, struct release_dry *to)
{
    to->artefacts.v = NULL;
    to->artefacts.n = to->artefacts.cap = 0;
    for (size_t i = 0; i < from->artefacts.n; i++) {
        const struct release_artefact *x = &from->artefacts.v[i];
        *PUSH(a, &to->artefacts) = (struct release_artefact){.name = text(a, x->name),
                                                             .url = text(a, x->url),
                                                             .media = text(a, x->media),
                                                             .sha256 = text(a, x->sha256),
                                                             .size = x->size,
                                                             .aside = x->aside};
    }
}

static void copy_findings(struct arena *a, const struct release_dry *from, struct release_dry *to)
{
    to->findings.v = NULL;
    to->findings.n = to->findings.cap = 0;
    for (size_t i = 0; i < from->findings.n; i++) {
        struct release_finding f = from->findings.v[i];
        f.artefact = text(a, f.artefact);
        f.test = text(a, f.test);
        f.path = text(a, f.path);
        f.word = text(a, f.word);
        for (size_t k = 0; k < RELEASE_ARGS; k++)
            f.arg[k] = text(a, f.arg[k]);
        *PUSH(a, &to->findings) = f;
    }
}

/* All but the bytes of the forms and the page. */
static void copy(struct arena *a, const struct release_dry *from, struct release_dry *to)
{
    *to = *from;
    to->case_id = text(a, from->case_id);
    to->number = text(a, from->number);
    to->digest = text(a, from->digest);
    for (enum lang g = 0; g < LANG_COUNT; g++)
        to->wish.text[g] = text(a, from->wish.text[g]);
    to->page = (struct portal_advisory){0};
    copy_forms(a, from, to);
    copy_findings(a, from, to);
    for (enum said_field r = 0; r < SAID_FIELDS; r++)
        for (enum said_format f = 0; f < SAID_FORMATS; f++) {
            struct said_cell *c = &to->rows[r].cell[f];
            c->values = texts(a, c->values);
            c->expected = texts(a, c->expected);
        }
}

static void copy_made(struct arena *a, const struct release_made *from, struct release_made *to)
{
    *to = (struct release_made){from->at, text(a, from->record), text(a, from->key),
                                text(a, from->version)};
}

/* --- keeping ---------------------------------------------------------------------------------- */

/* That of the plan, else an empty or the oldest one. */
static struct entry *place(struct release_kept *k, str plan)
{
    struct entry *e = &k->v[0];
    for (size_t i = 0; i < KEPT; i++) {
        struct entry *x = &k->v[i];
        if (x->a != NULL && str_eq(x->plan, plan))
            return x;
        if (e->a != NULL && (x->a == NULL || x->made.at < e->made.at))
            e = x;
    }
    return e;
}

static bool take(struct ctx *cx, str plan, str of, struct release_dry *out,
                 struct release_made *made)
{
    struct release_kept *k = cx->app->rehearsals;
    if (k == NULL)
        return false;
    must(pthread_mutex_lock(&k->lock) == 0);
    struct entry *e = place(k, plan);
    bool is = e->a != NULL && str_eq(e->plan, plan) && str_eq(e->of, of);
    if (is) {
        copy(cx->a, &e->dry, out);
        copy_made(cx->a, &e->made, made);
    }
    must(pthread_mutex_unlock(&k->lock) == 0);
    return is;
}

static void keep(struct ctx *cx, str plan, str of, const struct release_dry *dry,
                 const struct release_made *made)
{
    struct release_kept *k = cx->app->rehearsals;
    if (k == NULL)
        return;
    must(pthread_mutex_lock(&k->lock) == 0);
    struct entry *e = place(k, plan);
    arena_free(e->a);
    e->a = arena_new();
    e->plan = text(e->a, plan);
    e->of = text(e->a, of);
    copy(e->a, dry, &e->dry);
    copy_made(e->a, made, &e->made);
    must(pthread_mutex_unlock(&k->lock) == 0);
}

enum err release_rehearsed(struct ctx *cx, str case_id, const struct release_plan *p, bool anew,
                           struct release_dry *out, struct release_made *made)
{
    struct case_file cf;
    struct release_wish wish = release_wish_of(p);
    str of;
    TRY(app_read(cx));
    TRY(plan_case(cx, case_id, false, &cf));
    TRY(mark_of(cx, &cf, p, &of, made));
    if (!anew && take(cx, p->id, of, out, made))
        return release_dry_look(cx, case_id, &wish, &out->page);
    TRY(release_dry_run(cx, case_id, &wish, out));
    keep(cx, p->id, of, out, made);
    return OK;
}
