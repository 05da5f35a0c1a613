/* publish_order.c - one language, as a plan says it: may it be released, what would it be, now. */
#include "app/publish_own.h"

#include "base/encode.h"

/* --- checks ----------------------------------------------------------------------------------- */

static enum err check_stands(struct ctx *cx, const struct release *r, const struct release_order *o)
{
    const struct q_publications_of *row = release_before(r, o->lang);
    const struct q_publications_of *ja = release_before(r, LANG_JA);
    if (o->kind == RELEASE_FIRST && row != NULL)
        return wrong(cx, S("kind"), S("release_is_public"));
    if (o->kind != RELEASE_FIRST && row == NULL)
        return wrong(cx, S("kind"), S("unpublished"));
    if (ja != NULL && ja->withdrawn.is)
        return wrong(cx, S("kind"), S("release_is_withdrawn"));
    return OK;
}

/* The English follows a Japanese that is public, or will be just before it. */
static enum err check_japanese(struct ctx *cx, const struct release *r,
                               const struct release_order *o)
{
    i64 source = 0;
    if (o->ja_before)
        return OK;
    TRY(release_source(cx, r, LANG_JA, &source));
    return source == r->d.words[LANG_JA].revision ? OK
                                                  : wrong(cx, S("advisory"), S("japanese_first"));
}

static enum err check_words(struct ctx *cx, const struct release *r, const struct release_order *o)
{
    if (o->kind == RELEASE_WITHDRAWAL)
        return OK;
    if (o->lang == LANG_JA && o->kind == RELEASE_FIRST)
        return publication_check(cx, r->cf);
    enum err e = o->lang == LANG_JA ? draft_complete(cx, &r->d) : release_check_english(cx, r);
    if (o->lang == LANG_EN && check_japanese(cx, r, o) != OK)
        e = E_INVALID;
    if (release_check_names(cx, r->cf, &r->d) != OK)
        e = E_INVALID;
    return e;
}

static enum err load(struct ctx *cx, const struct case_file *cf, struct release *r)
{
    TRY(app_read(cx));
    return release_load(cx, cf, r);
}

static enum err or_missing(struct ctx *cx, enum err e)
{
    return e == E_NOT_FOUND ? wrong(cx, S("advisory"), S("advisory_missing")) : e;
}

enum err order_stands(struct ctx *cx, const struct case_file *cf, const struct release_order *o)
{
    struct release r = {0};
    TRY(or_missing(cx, load(cx, cf, &r)));
    return check_stands(cx, &r, o);
}

enum err order_check(struct ctx *cx, const struct case_file *cf, const struct release_order *o)
{
    struct release r = {0};
    TRY(or_missing(cx, load(cx, cf, &r)));
    TRY(check_stands(cx, &r, o));
    return check_words(cx, &r, o);
}

/* --- what it would be, and the release ----------------------------------------------------------- */

static struct change_line line_of(const struct release_order *o)
{
    static const char *const kinds[] = {"released", "update", "withdrawn"};
    struct change_line line = {.kind = kinds[o->kind]};
    for (enum lang g = 0; g < LANG_COUNT && o->kind == RELEASE_UPDATE; g++)
        line.text[g] = o->text[g];
    return line;
}

static bool is_meant(const struct release *r, const struct release_order *o, enum lang g)
{
    return o->kind == RELEASE_WITHDRAWAL ? release_before(r, g) != NULL : o->lang == g;
}

static void set_reason(struct release *r, const struct release_order *o)
{
    for (enum lang g = 0; g < LANG_COUNT && o->kind == RELEASE_WITHDRAWAL; g++)
        r->withdrawn_reason[g] = o->text[g];
}

static enum err put_marks(struct ctx *cx, const struct release *r, const struct release_order *o,
                          buf *b)
{
    struct change_line line = line_of(o);
    for (enum lang g = 0; g < LANG_COUNT; g++) {
        struct q_publication_get row;
        if (!is_meant(r, o, g))
            continue;
        TRY(release_preview(cx, r, g, o->kind == RELEASE_WITHDRAWAL, &line, &row));
        buf_putf(b, "%.*s %lld %d %d %zu\n", SV(lang_code(g)), (long long)row.severity,
                 row.critical, row.withdrawn.is, row.content.n);
        buf_put(b, row.content);
    }
    return OK;
}

enum err order_digest(struct ctx *cx, const struct case_file *cf, const struct release_order *o,
                      str *out)
{
    struct release r = {0};
    buf b = {.a = cx->a};
    i64 now = cx->now, date = o->kind == RELEASE_FIRST ? cf->planned.v : 0;
    TRY(load(cx, cf, &r));
    set_reason(&r, o);
    buf_putf(&b, "%.*s %.*s %lld %lld\n", SV(release_kind_name(o->kind)), SV(lang_code(o->lang)),
             (long long)o->at, (long long)date);
    cx->now = o->at; /* the record as it will be at that instant, whenever it is looked at */
    enum err e = put_marks(cx, &r, o, &b);
    cx->now = now;
    TRY(e);
    *out = hex_encode(cx->a, hash_of(cx->a, buf_str(&b)));
    return OK;
}

enum err order_release(struct ctx *cx, const struct case_file *cf, const struct release_order *o,
                       i64 *revision)
{
    struct release r = {0};
    struct change_line line = line_of(o);
    TRY(release_load(cx, cf, &r));
    set_reason(&r, o);
    for (enum lang g = 0; g < LANG_COUNT; g++)
        if (is_meant(&r, o, g))
            TRY(release_write(cx, &r, g, o->kind == RELEASE_WITHDRAWAL, &line));
    const struct q_publications_of *before = release_before(&r, o->lang);
    *revision = before ? before->revision + 1 : 1;
    return release_finish(cx, &r);
}
