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
    const struct access *acc;
    TRY(app_read(cx));
    TRY(case_open(cx, case_id, &h->cf, &acc));
    if (!access_has(acc, AUD_RELEASE) || h->cf.flow != FLOW_COORDINATED)
        return E_NOT_FOUND;
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

/* One language of a case, which may be released so. */
static enum err begin(struct ctx *cx, str case_id, const struct release_wish *wish,
                      struct rehearsal *h)
{
    *h = (struct rehearsal){.cx = cx, .wish = wish, .lang = wish->lang};
    TRY(load(h, case_id));
    return check_kind(h);
}

/* It is the instant of the release; what it was is given back. */
static i64 turn_clock(struct ctx *cx, const struct release_wish *wish)
{
    i64 now = cx->now;
    cx->now = wish->at.is ? wish->at.v : now;
    return now;
}

static enum err run(struct ctx *cx, str case_id, const struct release_wish *wish,
                    struct rehearsal *h, struct release_dry *out)
{
    *out = (struct release_dry){.wish = *wish, .case_id = case_id};
    TRY(begin(cx, case_id, wish, h));
    i64 now = turn_clock(cx, wish);
    enum err e = rehearse(h, out);
    cx->now = now;
    return e;
}

enum err release_dry_look(struct ctx *cx, str case_id, const struct release_wish *wish,
                          struct portal_advisory *out)
{
    struct rehearsal *h = NEW(cx->a, struct rehearsal);
    TRY(begin(cx, case_id, wish, h));
    i64 now = turn_clock(cx, wish);
    enum err e = rehearsal_look(h, out);
    cx->now = now;
    return e;
}

static str behind(struct arena *a, str name)
{
    return name.n > 0 ? str_join(a, S("en/"), name) : S("en");
}

/* What the other language adds to a withdrawal of both. */
static void join(struct arena *a, struct release_dry *out, const struct release_dry *other)
{
    for (size_t i = 0; i < other->artefacts.n; i++) {
        struct release_artefact *x = PUSH(a, &out->artefacts);
        *x = other->artefacts.v[i];
        x->name = behind(a, x->name);
    }
    for (size_t i = 0; i < other->findings.n; i++) {
        struct release_finding *f = PUSH(a, &out->findings);
        *f = other->findings.v[i];
        f->artefact = behind(a, f->artefact);
    }
    for (enum release_level l = 0; l < RELEASE_LEVELS; l++)
        out->count[l] += other->count[l];
    struct digest d = digest_begin(DIGEST_SHA256);
    digest_put(&d, out->digest);
    digest_put(&d, other->digest);
    out->digest = hex_encode(a, digest_end(&d, a));
    out->ready = out->ready && other->ready;
}

enum err release_dry_run(struct ctx *cx, str case_id, const struct release_wish *wish,
                         struct release_dry *out)
{
    struct rehearsal *h = NEW(cx->a, struct rehearsal), *h2 = NEW(cx->a, struct rehearsal);
    struct release_dry *other = NEW(cx->a, struct release_dry);
    struct release_wish en = *wish;
    TRY(run(cx, case_id, wish, h, out));
    if (wish->kind != RELEASE_WITHDRAWAL || wish->lang != LANG_JA ||
        release_before(&h->r, LANG_EN) == NULL)
        return OK;
    en.lang = LANG_EN;
    TRY(run(cx, case_id, &en, h2, other));
    join(cx->a, out, other);
    return OK;
}
