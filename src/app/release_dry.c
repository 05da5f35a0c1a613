/* release_dry.c - see release_dry.h. */
#include "app/release_dry_own.h"

#include "base/encode.h"
#include "formats/digest.h"

/* --- names ------------------------------------------------------------------------------------ */

static const str kinds[RELEASE_KINDS] = {[RELEASE_FIRST] = S_INIT("first"),
                                         [RELEASE_UPDATE] = S_INIT("update"),
                                         [RELEASE_WITHDRAWAL] = S_INIT("withdrawal")};

str release_kind_name(enum release_kind k)
{
    return kinds[k];
}

bool release_kind_find(str name, enum release_kind *out)
{
    for (enum release_kind k = 0; k < RELEASE_KINDS; k++)
        if (str_eq(kinds[k], name)) {
            *out = k;
            return true;
        }
    return false;
}

str release_level_name(enum release_level l)
{
    static const str names[RELEASE_LEVELS] = {[RELEASE_ERROR] = S_INIT("error"),
                                              [RELEASE_WARNING] = S_INIT("warning"),
                                              [RELEASE_INFO] = S_INIT("info")};
    return names[l];
}

/* --- who, and what of ------------------------------------------------------------------------- */

static enum err load(struct rehearsal *h, str case_id)
{
    struct ctx *cx = h->cx;
    TRY(app_read(cx));
    enum err e = advisory_own(cx, case_id, &h->cf);
    TRY(e == E_DENIED ? E_NOT_FOUND : e);
    return release_load(cx, &h->cf, &h->r);
}

static enum release_kind next_kind(const struct rehearsal *h, enum lang lang)
{
    return release_before(&h->r, lang) == NULL ? RELEASE_FIRST : RELEASE_UPDATE;
}

enum err release_kind_next(struct ctx *cx, str case_id, enum lang lang, enum release_kind *out)
{
    struct rehearsal *h = NEW(cx->a, struct rehearsal);
    h->cx = cx;
    TRY(load(h, case_id));
    *out = next_kind(h, lang);
    return OK;
}

static enum err check_kind(const struct rehearsal *h)
{
    enum release_kind next = next_kind(h, h->lang);
    const struct q_publications_of *before = release_before(&h->r, h->lang);
    if (h->wish->kind == RELEASE_FIRST && next != RELEASE_FIRST)
        return fail(h->cx, E_CONFLICT, "it is public in that language: an update changes it");
    if (h->wish->kind != RELEASE_FIRST && next == RELEASE_FIRST)
        return fail(h->cx, E_CONFLICT, "it is not public in that language yet");
    if (before != NULL && before->withdrawn.is)
        return fail(h->cx, E_CONFLICT, "it was withdrawn");
    return h->r.d.words[h->lang].revision > 0 ? OK : E_NOT_FOUND;
}

/* --- the digest ------------------------------------------------------------------------------- */

static str digest_of(struct arena *a, const struct release_dry *built)
{
    struct digest d = digest_begin(DIGEST_SHA256);
    for (size_t i = 0; i < built->artefacts.n; i++) {
        const struct release_artefact *x = &built->artefacts.v[i];
        if (x->aside)
            continue;
        digest_put(&d, str_fmt(a, "%.*s %.*s %zu\n", SV(x->name), SV(x->url), x->bytes.n));
        digest_put(&d, x->bytes);
    }
    return hex_encode(a, digest_end(&d, a));
}

/* At an instant that is always the same: what depends on when it is built falls away. */
static enum err make_digest(struct rehearsal *h, str *out)
{
    static const struct civil fixed = {9999, 1, 1, 0, 0, 0, 0};
    struct release_dry built = {.wish = *h->wish};
    i64 now = h->cx->now;
    h->cx->now = civil_instant(fixed, zone_utc);
    h->timeless = true;
    enum err e = rehearsal_build(h, &built);
    h->timeless = false;
    h->cx->now = now;
    TRY(e);
    *out = digest_of(h->cx->a, &built);
    return OK;
}

/* --- the whole -------------------------------------------------------------------------------- */

static enum err rehearse(struct rehearsal *h, struct release_dry *out)
{
    TRY(make_digest(h, &out->digest));
    TRY(rehearsal_build(h, out));
    TRY(rehearsal_check_texts(h, out));
    rehearsal_check_artefacts(h, out);
    release_dry_compare(h->cx, out);
    out->number = h->r.d.row.number;
    return OK;
}

enum err release_dry_run(struct ctx *cx, str case_id, const struct release_wish *wish,
                         struct release_dry *out)
{
    struct rehearsal *h = NEW(cx->a, struct rehearsal);
    *h = (struct rehearsal){.cx = cx, .wish = wish, .lang = wish->lang};
    *out = (struct release_dry){.wish = *wish, .case_id = case_id};
    TRY(load(h, case_id));
    TRY(check_kind(h));
    i64 now = cx->now;
    cx->now = wish->at.is ? wish->at.v : now;
    enum err e = rehearse(h, out);
    cx->now = now;
    return e;
}
