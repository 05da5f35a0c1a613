/* release_dry_beside.c - what is made of the forms: lists that name them, signatures, paper. */
#include "app/release_dry_own.h"

#include "app/advisory_pdf.h"
#include "app/portal_machine.h"
#include "app/provider_own.h"
#include "formats/csaf_listing.h"
#include "formats/openpgp_verify.h"
#include "io/pdf_press.h"
#include "io/pdf_text.h"

static void find(struct rehearsal *h, struct release_dry *out, enum release_level level,
                 const char *of, const char *test, const char *key, str x, str y)
{
    rehearsal_find(h, out,
                   (struct release_finding){.artefact = str_z(of),
                                            .level = level,
                                            .test = str_z(test),
                                            .word = str_z(key),
                                            .arg = {x, y}});
}

static const char *versioned(struct rehearsal *h, const char *what, bool v21)
{
    return str_to_z(h->cx->a, str_fmt(h->cx->a, "%s-%s", what, v21 ? "2.1" : "2.0"));
}

static const struct release_artefact *document(const struct release_dry *out, bool v21)
{
    for (size_t i = 0; i < out->artefacts.n; i++)
        if (str_eq(out->artefacts.v[i].name, v21 ? S("csaf-2.1") : S("csaf-2.0")))
            return &out->artefacts.v[i];
    must(false); /* it is built first */
    return NULL;
}

/* --- lists ------------------------------------------------------------------------------------ */

/* Whoever follows the feed must come to where the document will stand, its hash and signature. */
static void check_feed(struct rehearsal *h, struct release_dry *out, const char *name, str feed,
                       str url, bool is_signed)
{
    struct arena *a = h->cx->a;
    const struct json *j;
    struct json_error bad;
    struct listing all = {0};
    str next;
    if (json_read(a, feed, &j, &bad) != OK || !listed_feed_read(a, j, &all, &next) || all.n != 1)
        return; /* that it cannot be read is found when it is compared */
    const struct {
        str got, want;
    } both[] = {{all.v[0].url, url},
                {all.v[0].sha256, str_join(a, url, S(".sha256"))},
                {all.v[0].sha512, str_join(a, url, S(".sha512"))},
                {all.v[0].asc, is_signed ? str_join(a, url, S(".asc")) : S("")}};
    for (size_t i = 0; i < COUNT(both); i++)
        if (!str_eq(both[i].got, both[i].want))
            find(h, out, RELEASE_ERROR, name, "list", "dry_listed_wrong", both[i].got,
                 both[i].want);
}

static str in_folder(struct rehearsal *h, const struct csaf_folder *f, str name)
{
    return str_fmt(h->cx->a, "%.*s/%.*s", SV(f->url), SV(name));
}

/* The entries alone that this release will write. */
static enum err add_lists(struct rehearsal *h, struct release_dry *out, bool v21, bool is_signed)
{
    struct arena *a = h->cx->a;
    const struct portal_line *l = &h->page[h->lang].line;
    struct provided one = {.number = h->r.d.row.number,
                           .title = l->title,
                           .lang = h->lang,
                           .published = l->published,
                           .updated = l->updated};
    const struct settings *settings;
    struct csaf_folder f;
    const char *rolie = versioned(h, "rolie", v21);
    TRY(settings_open(h->cx, &settings));
    provider_name(h->cx, &one);
    provider_folder(h->cx, settings, v21, is_signed, &one, 1, &f);
    str feed = csaf_feed(a, &f, h->cx->now);
    (void)rehearsal_add(h, out, str_z(rolie), in_folder(h, &f, provider_feed_name(a, v21)),
                        S("application/json"), feed);
    (void)rehearsal_add(h, out, str_z(versioned(h, "index", v21)), in_folder(h, &f, S("index.txt")),
                        S("text/plain"), csaf_index_txt(a, &f));
    (void)rehearsal_add(h, out, str_z(versioned(h, "changes", v21)),
                        in_folder(h, &f, S("changes.csv")), S("text/csv"), csaf_changes_csv(a, &f));
    check_feed(h, out, rolie, feed, document(out, v21)->url, is_signed);
    return OK;
}

/* --- signatures ------------------------------------------------------------------------------- */

/* Whether there is a key; what is wrong with it is found. */
static bool look_at_key(struct rehearsal *h, struct release_dry *out, struct sign_key *key)
{
    struct ctx *cx = h->cx;
    if (cx->app->effects == NULL) {
        find(h, out, RELEASE_INFO, "", "sign", "dry_sign_unknown", NO_STR, NO_STR);
        return false;
    }
    enum err e = sign_key(cx->app->effects, cx->a, &cx->fault, key);
    if (e == E_NOT_FOUND)
        find(h, out, RELEASE_WARNING, "", "sign", "dry_sign_none", NO_STR, NO_STR);
    else if (e != OK)
        find(h, out, RELEASE_ERROR, "", "sign", "dry_sign_failed",
             str_copy(cx->a, str_z(cx->fault.text)), NO_STR);
    else if (key->expires != 0 && key->expires <= cx->now)
        find(h, out, RELEASE_ERROR, "", "sign", "dry_sign_expired", key->fingerprint,
             time_minute(cx->a, key->expires, zone_tokyo));
    return e == OK;
}

static void judge(struct rehearsal *h, struct release_dry *out, const struct sign_key *key,
                  const struct release_artefact *x, str signature)
{
    struct arena *a = h->cx->a;
    i64 at;
    str name = x->name, bytes = x->bytes;
    str until = key->expires != 0 ? time_minute(a, key->expires, zone_tokyo) : S("–");
    const char *of = str_to_z(a, name);
    bool good = pgp_verify(a, key->certificate, signature, bytes, &at) == OK;
    find(h, out, good ? RELEASE_INFO : RELEASE_ERROR, of, "sign",
         good ? "dry_sign_good" : "dry_sign_wrong", key->fingerprint, until);
}

/* As the press will: each document as of the instant of its last change. */
static void add_signatures(struct rehearsal *h, struct release_dry *out, const struct sign_key *key)
{
    struct ctx *cx = h->cx;
    struct sign_text texts[2];
    str made[2] = {0};
    for (int v21 = 0; v21 < 2; v21++)
        texts[v21] = (struct sign_text){document(out, v21)->bytes, h->page[h->lang].line.updated};
    if (sign_many(cx->app->effects, cx->a, &cx->fault, SIGN_DETACHED, texts, 2, made) != OK) {
        find(h, out, RELEASE_ERROR, "", "sign", "dry_sign_failed",
             str_copy(cx->a, str_z(cx->fault.text)), NO_STR);
        return;
    }
    for (int v21 = 0; v21 < 2; v21++) {
        const struct release_artefact x = *document(out, v21);
        (void)rehearsal_add(h, out, str_z(versioned(h, "signature", v21)),
                            str_join(cx->a, x.url, S(".asc")), S("application/pgp-signature"),
                            made[v21]);
        judge(h, out, key, &x, made[v21]);
    }
}

/* --- paper ------------------------------------------------------------------------------------ */

static enum err add_paper(struct rehearsal *h, struct release_dry *out)
{
    struct ctx *cx = h->cx;
    const struct portal_advisory *page = &h->page[h->lang];
    str pdf;
    if (cx->app->paper == NULL || !advisory_pdf_can(cx)) {
        find(h, out, RELEASE_INFO, "pdf", "pdf",
             cx->app->paper == NULL ? "dry_pdf_none" : "dry_pdf_missing", NO_STR, NO_STR);
        return OK;
    }
    if (advisory_pdf_of(cx, h->lang, page, &pdf) != OK) {
        find(h, out, RELEASE_WARNING, "pdf", "pdf", "dry_pdf_failed",
             str_copy(cx->a, str_z(cx->fault.text)), NO_STR);
        return OK;
    }
    str url = str_join(cx->a, portal_page_url(cx, h->lang, page->line.number), S(".pdf"));
    struct release_artefact *x = rehearsal_add(h, out, S("pdf"), url, S("application/pdf"), pdf);
    if (pdf_text(cx->a, pdf, &x->read) != OK)
        x->read = S(""); /* found when it is compared */
    return OK;
}

/* --- all -------------------------------------------------------------------------------------- */

enum err rehearsal_beside(struct rehearsal *h, struct release_dry *out)
{
    struct sign_key key;
    bool is_signed = look_at_key(h, out, &key);
    for (int v21 = 0; v21 < 2; v21++)
        TRY(add_lists(h, out, v21, is_signed));
    if (is_signed)
        add_signatures(h, out, &key);
    return add_paper(h, out);
}
