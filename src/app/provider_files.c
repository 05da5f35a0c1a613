/* provider_files.c - documents with hashes and signatures, and the lists of them. */
#include "app/provider_own.h"

#include "app/portal.h"
#include "formats/csaf_listing.h"

enum { BATCH = 100 };

/* Of this program, all that is published is for everybody. */
static const str tlp = S_INIT("CLEAR");

static str folder_path(struct arena *a, bool v21)
{
    return str_fmt(a, "%.*s/%.*s", SV(provider_base(v21)), SV(csaf_folder_name(a, tlp, v21)));
}

/* --- documents -------------------------------------------------------------------------------- */

struct document {
    const struct provided *of;
    str folder, name, bytes;
};

str provider_hash_line(struct arena *a, str bytes, str name, bool longer)
{
    return str_fmt(a, "%.*s  %.*s\n", SV(listed_hash_of(a, bytes, longer)), SV(name));
}

static enum err put_document(struct providing *p, struct arena *a, const struct document *d,
                             str signature)
{
    TRY(shelf_put(p->shelf, d->folder, d->name, d->bytes));
    TRY(shelf_put(p->shelf, d->folder, str_join(a, d->name, S(".sha256")),
                  provider_hash_line(a, d->bytes, d->name, false)));
    TRY(shelf_put(p->shelf, d->folder, str_join(a, d->name, S(".sha512")),
                  provider_hash_line(a, d->bytes, d->name, true)));
    return signature.p == NULL
               ? OK
               : shelf_put(p->shelf, d->folder, str_join(a, d->name, S(".asc")), signature);
}

static enum err build(struct ctx *cx, const struct provided *d, bool v21, struct document *out)
{
    struct portal_advisory adv;
    bool other;
    str path = d->path;
    *out = (struct document){.of = d};
    TRY(portal_get(cx, d->lang, d->number, &adv, &other));
    TRY(csaf_build(cx, d->lang, &adv, (struct csaf_wish){v21, CSAF_PROFILES}, &out->bytes));
    str year = str_cut(&path, '/');
    out->name = path;
    out->folder = str_fmt(cx->a, "%.*s/%.*s", SV(folder_path(cx->a, v21)), SV(year));
    return OK;
}

/* Signatures of bytes that have one already, by the key that signs now, are those. */
static enum err sign(struct providing *p, struct arena *a, struct fault *f,
                     const struct document *docs, size_t n, str *out)
{
    struct sign_text texts[BATCH] = {0};
    str made[BATCH] = {0};
    size_t which[BATCH], left = 0;
    for (size_t i = 0; i < n; i++) {
        const struct document *d = &docs[i];
        str before = p->same_key ? shelf_before(p->shelf, a, d->folder, d->name) : NO_STR;
        if (before.p != NULL && str_eq(before, d->bytes))
            out[i] = shelf_before(p->shelf, a, d->folder, str_join(a, d->name, S(".asc")));
        if (out[i].p != NULL)
            continue;
        which[left] = i;
        texts[left++] = (struct sign_text){d->bytes, d->of->updated};
    }
    if (left == 0)
        return OK;
    TRY(p->signer->sign(p->signer->arg, a, f, texts, left, made));
    for (size_t i = 0; i < left; i++)
        out[which[i]] = made[i];
    return OK;
}

/* Some documents, in memory that goes with them. */
static enum err some(struct providing *p, struct arena *a, struct ctx *cx,
                     const struct provided *const *which, size_t n, bool v21)
{
    struct document docs[BATCH];
    str signatures[BATCH] = {0};
    for (size_t i = 0; i < n; i++)
        TRY(build(cx, which[i], v21, &docs[i]));
    if (p->signer != NULL)
        TRY(sign(p, a, &cx->fault, docs, n, signatures));
    for (size_t i = 0; i < n; i++)
        TRY(put_document(p, a, &docs[i], signatures[i]));
    return OK;
}

static enum err in_scratch(struct providing *p, const struct provided *const *which, size_t n,
                           bool v21)
{
    struct arena *a = arena_new();
    struct ctx *cx = NEW(a, struct ctx);
    *cx = *p->cx; /* the same snapshot */
    cx->a = a;
    struct arena *before = db_into(cx->db, a);
    enum err e = some(p, a, cx, which, n, v21);
    (void)db_into(cx->db, before);
    p->cx->fault = cx->fault;
    arena_free(a);
    return e;
}

/* The folders of all years: as they are, or with changes. */
static enum err keep_years(struct providing *p, bool v21)
{
    int first = 0, last = -1;
    for (size_t i = 0; i < p->all.n; i++) {
        int year = p->all.v[i].year;
        first = i == 0 || year < first ? year : first;
        last = i == 0 || year > last ? year : last;
    }
    for (int year = first; year <= last; year++) {
        bool any = false, changed = false;
        for (size_t i = 0; i < p->all.n; i++) {
            bool here = p->all.v[i].year == year;
            any |= here;
            changed |= here && p->all.v[i].changed;
        }
        if (any)
            TRY(shelf_keep(p->shelf,
                           str_fmt(p->cx->a, "%.*s/%d", SV(folder_path(p->cx->a, v21)), year),
                           p->all_new ? SHELF_ANEW
                           : changed  ? SHELF_CHANGED
                                      : SHELF_AS_IS));
    }
    return OK;
}

/* A generation has one key: that of its folder. */
static bool is_same_key(struct providing *p, bool v21)
{
    struct arena *a = p->cx->a;
    if (p->signer == NULL)
        return false;
    str keys = str_join(a, provider_base(v21), S("/openpgp"));
    str name = str_join(a, p->signer->key.fingerprint, S(".asc"));
    return shelf_before(p->shelf, a, keys, name).p != NULL;
}

enum err provider_documents(struct providing *p, bool v21)
{
    const struct provided *batch[BATCH];
    size_t n = 0;
    p->same_key = is_same_key(p, v21);
    TRY(keep_years(p, v21));
    for (size_t i = 0; i < p->all.n; i++) {
        if (p->all.v[i].changed)
            batch[n++] = &p->all.v[i];
        if (n == BATCH || (n > 0 && i + 1 == p->all.n)) {
            TRY(in_scratch(p, batch, n, v21));
            n = 0;
        }
    }
    return OK;
}

/* --- lists ------------------------------------------------------------------------------------ */

void provider_folder(struct ctx *cx, const struct settings *settings, bool v21, bool is_signed,
                     const struct provided *of, size_t n, struct csaf_folder *f)
{
    struct arena *a = cx->a;
    struct csaf_listed *all = NEWS(a, struct csaf_listed, n + 1);
    for (size_t i = 0; i < n; i++)
        all[i] = (struct csaf_listed){of[i].path,      of[i].id,      of[i].title,
                                      of[i].published, of[i].updated, of[i].was};
    *f = (struct csaf_folder){
        .v21 = v21,
        .tlp = tlp,
        .url = str_fmt(a, "%.*s/%.*s", SV(cx->app->public_url), SV(folder_path(a, v21))),
        .title = str_fmt(a, "%.*s CSAF %s (TLP:%.*s)", SV(settings->v[SET_SITE_NAME_EN]),
                         v21 ? "2.1" : "2.0", SV(csaf_label(tlp, v21))),
        .is_signed = is_signed,
        .v = all,
        .n = n};
}

str provider_feed_name(struct arena *a, bool v21)
{
    return csaf_feed_name(a, tlp, v21);
}

static void fill_provider(struct providing *p, bool v21, const struct csaf_folder *folder,
                          struct csaf_provider *out)
{
    struct arena *a = p->cx->a;
    str name = p->settings->v[SET_COORDINATOR_JA];
    *out = (struct csaf_provider){
        .v21 = v21,
        .url = str_fmt(a, "%.*s/%.*s", SV(p->cx->app->public_url), SV(provider_base(v21))),
        .category = "coordinator",
        .name = name.n > 0 ? name : p->settings->v[SET_SITE_NAME_JA],
        .namespace = p->cx->app->public_url,
        .contact = p->settings->v[SET_CONTACT],
        .updated = p->all.n > 0 ? p->all.v[0].updated : p->cx->now,
        .folders = folder,
        .nfolders = 1};
    if (p->signer != NULL) {
        out->fingerprint = p->signer->key.fingerprint;
        out->key_url =
            str_fmt(a, "%.*s/openpgp/%.*s.asc", SV(out->url), SV(p->signer->key.fingerprint));
    }
}

static enum err put_lists(struct providing *p, bool v21, const struct csaf_folder *f)
{
    struct arena *a = p->cx->a;
    str path = folder_path(p->cx->a, v21);
    str category = str_fmt(a, "category-%.*s.json", SV(csaf_folder_name(a, tlp, v21)));
    TRY(shelf_folder(p->shelf, path));
    TRY(shelf_put(p->shelf, path, S("index.txt"), csaf_index_txt(a, f)));
    TRY(shelf_put(p->shelf, path, S("changes.csv"), csaf_changes_csv(a, f)));
    TRY(shelf_put_parts(p->shelf, path, csaf_feed_name(a, tlp, v21),
                        csaf_feed_parts(a, f, p->cx->now)));
    return shelf_put(p->shelf, path, category, csaf_categories(a, f));
}

/* CSAF 2.0 is what the plain path tells, as long as its tools are the common ones. */
static enum err put_plain(struct providing *p, str metadata)
{
    TRY(shelf_folder(p->shelf, S(".well-known/csaf")));
    return shelf_put(p->shelf, S(".well-known/csaf"), S("provider-metadata.json"), metadata);
}

enum err provider_lists(struct providing *p, bool v21)
{
    struct arena *a = p->cx->a;
    struct csaf_folder folder;
    struct csaf_provider provider;
    str base = provider_base(v21), keys = str_join(a, base, S("/openpgp"));
    provider_folder(p->cx, p->settings, v21, p->signer != NULL, p->all.v, p->all.n, &folder);
    if (!p->all_new) { /* else settings that stand in every entry may be others */
        folder.before = shelf_before(p->shelf, a, folder_path(a, v21), csaf_feed_name(a, tlp, v21));
        folder.nbefore = p->had;
    }
    fill_provider(p, v21, &folder, &provider);
    str metadata = csaf_provider_metadata(a, &provider);
    TRY(put_lists(p, v21, &folder));
    TRY(shelf_folder(p->shelf, base));
    TRY(shelf_put(p->shelf, base, S("provider-metadata.json"), metadata));
    TRY(shelf_put(p->shelf, base, S("service.json"), csaf_service(a, &provider)));
    if (p->signer != NULL) {
        TRY(shelf_folder(p->shelf, keys));
        TRY(shelf_put(p->shelf, keys, str_fmt(a, "%.*s.asc", SV(p->signer->key.fingerprint)),
                      p->signer->key.certificate));
    }
    return v21 ? OK : put_plain(p, metadata);
}
