/* library_import.c - a document comes in: read in the jail, compared with what is held, kept.
 *
 * All entries of a document, up to a hundred at once, are one write: nothing is half there. */
#include "app/library_own.h"

#include "app/admin_own.h"
#include "app/foreign.h"
#include "base/encode.h"
#include "formats/digest.h"

enum { AT_ONCE = 100 };

static const str names[LIBRARY_OUTCOMES] = {S_INIT("new"), S_INIT("updated"), S_INIT("unchanged"),
                                            S_INIT("older"), S_INIT("refused")};

str library_outcome_name(enum library_outcome o)
{
    return names[o];
}

/* An entry made ready before the write. */
struct arriving {
    struct library_entry e;
    str content, words, cves;
};

struct import {
    const struct library_origin *origin;
    str bytes, sha256;
    struct arriving *v;
    size_t n;
    struct library_done *done;
};

/* --- making ready ----------------------------------------------------------------------------- */

static struct arriving prepare(struct ctx *cx, const struct library_entry *e)
{
    struct arriving r = {.e = *e};
    buf content = {.a = cx->a}, cves = {.a = cx->a};
    struct json_out o = {.b = &content}, list = {.b = &cves};
    library_put(&o, e);
    json_put_array(&list);
    for (size_t i = 0; i < e->cves.n; i++)
        json_put_str(&list, e->cves.v[i]);
    json_put_end(&list);
    str normal = tokens_normal(cx->a, library_text(cx->a, e));
    r.content = buf_str(&content);
    r.cves = buf_str(&cves);
    r.words = tokens_join(cx->a, tokens_of(cx->a, normal, cx->app->search_key));
    return r;
}

/* --- keeping; within db_write() --------------------------------------------------------------- */

static enum err index_words(struct ctx *cx, i64 doc, str words)
{
    buf b = {.a = cx->a};
    buf_put(&b, words);
    for (int level = 0; store_is_postgres(cx->app->store) && level < SEARCH_LEVELS; level++)
        buf_putf(&b, " %.*s", SV(search_block(cx, level, doc)));
    return q_library_words_add(cx->db, .doc = doc, .words = str_trim(buf_str(&b)));
}

static i64 time_of(const struct ctx *cx, const struct library_entry *e)
{
    return e->updated.is ? e->updated.v : e->released.is ? e->released.v : cx->now;
}

static enum err add_revision(struct ctx *cx, const struct import *im, const struct library_entry *e,
                             str id, i64 n)
{
    bool is_signed = im->origin->signed_by.n > 0;
    return q_library_revision_add(cx->db, .entry_id = id, .n = n, .open = library_is_open(e),
                                  .version = e->version, .updated = e->updated, .imported = cx->now,
                                  .person_id = cx->who.person_id.n > 0 ? cx->who.person_id : NO_STR,
                                  .source = im->origin->source, .provider = im->origin->provider,
                                  .sha256 = im->sha256,
                                  .signature = is_signed ? S("good") : S("absent"),
                                  .signed_by = is_signed ? im->origin->signed_by : NO_STR);
}

static enum err add_new(struct ctx *cx, const struct import *im, const struct arriving *r,
                        struct library_done *done)
{
    struct q_library_next next;
    const struct library_entry *e = &r->e;
    TRY(q_library_next(cx->db, &next));
    done->outcome = LIBRARY_NEW;
    done->id = new_id(cx);
    TRY(q_library_add(cx->db, .id = done->id, .doc = next.doc, .publisher = e->publisher,
                      .doc_id = e->id, .edition = e->edition, .open = library_is_open(e),
                      .at = time_of(cx, e), .score = e->score,
                      .content = text_seal(cx, r->content)));
    TRY(q_library_cves_add(cx->db, .entry_id = done->id, .cves = r->cves));
    TRY(index_words(cx, next.doc, r->words));
    return add_revision(cx, im, e, done->id, 1);
}

static enum err change(struct ctx *cx, const struct import *im, const struct arriving *r,
                       const struct q_library_of_key *held)
{
    const struct library_entry *e = &r->e;
    TRY(q_library_change(cx->db, .id = held->id, .revision = held->revision + 1,
                         .open = library_is_open(e), .at = time_of(cx, e), .score = e->score,
                         .content = text_seal(cx, r->content)));
    TRY(q_library_cves_drop(cx->db, .entry_id = held->id));
    TRY(q_library_cves_add(cx->db, .entry_id = held->id, .cves = r->cves));
    TRY(q_library_words_drop(cx->db, .doc = held->doc));
    TRY(index_words(cx, held->doc, r->words));
    return add_revision(cx, im, e, held->id, held->revision + 1);
}

/* How what comes stands to what is held.  Entries of feeds are the same when they say the same,
 * whatever else is in the feed. */
static enum library_outcome compare(const struct import *im, const struct arriving *r,
                                    const struct q_library_of_key *held,
                                    const struct library_entry *before)
{
    int c = library_compare(&r->e, before);
    bool csaf = str_has_prefix(r->e.kind, S("csaf"));
    if (str_eq(held->sha256, im->sha256) ||
        (!csaf && str_eq(text_open_inside(held->content), r->content)))
        return LIBRARY_UNCHANGED;
    if (c < 0 && !csaf && before->updated.is == r->e.updated.is &&
        before->updated.v == r->e.updated.v)
        return LIBRARY_UNCHANGED; /* the same, told with less */
    return c < 0 ? LIBRARY_OLDER : LIBRARY_UPDATED;
}

static enum err keep_one(struct ctx *cx, const struct import *im, const struct arriving *r,
                         struct library_done *done)
{
    struct q_library_of_key held;
    struct library_entry before;
    const struct json *j;
    struct json_error bad;
    *done = (struct library_done){.doc_id = r->e.id};
    enum err e = q_library_of_key(cx->db, &held, .publisher = r->e.publisher, .doc_id = r->e.id,
                                  .edition = r->e.edition);
    if (e == E_NOT_FOUND)
        return add_new(cx, im, r, done);
    TRY(e);
    if (json_read(cx->a, text_open_inside(held.content), &j, &bad) != OK ||
        !library_take(cx->a, j, &before))
        return fail(cx, E_IO, "an entry of the library cannot be read");
    done->id = held.id;
    done->outcome = compare(im, r, &held, &before);
    return done->outcome == LIBRARY_UPDATED ? change(cx, im, r, &held) : OK;
}

/* Our advisory on a CVE links to what is open of others. */
static enum err is_shown(struct ctx *cx, const struct library_entry *e, bool *out)
{
    for (size_t i = 0; i < e->cves.n && !*out; i++) {
        struct q_publication_of_id *rows;
        size_t n;
        TRY(q_publication_of_id(cx->db, &rows, &n, .id = e->cves.v[i]));
        *out = n > 0;
    }
    return OK;
}

static enum err keep(struct ctx *cx, void *arg)
{
    const struct import *im = arg;
    bool kept = false, shown = false;
    for (size_t i = 0; i < im->n; i++) {
        TRY(keep_one(cx, im, &im->v[i], &im->done[i]));
        if (im->done[i].outcome > LIBRARY_UPDATED)
            continue;
        kept = true;
        TRY(is_shown(cx, &im->v[i].e, &shown));
    }
    if (!kept)
        return OK;
    if (shown)
        TRY(admin_public_moved(cx));
    return q_library_document_add(cx->db, .sha256 = im->sha256, .body = text_seal(cx, im->bytes));
}

/* --- the whole -------------------------------------------------------------------------------- */

static void refuse(struct ctx *cx, struct library_dones *out, struct library_refusal why)
{
    *PUSH(cx->a, out) = (struct library_done){.outcome = LIBRARY_REFUSED, .why = why};
}

static str without_slash(str s)
{
    return str_has_suffix(s, S("/")) ? str_sub(s, 0, s.n - 1) : s;
}

static enum err keep_all(struct ctx *cx, struct import *im, const struct library_read *read,
                         struct library_dones *out)
{
    im->v = NEWS(cx->a, struct arriving, AT_ONCE);
    im->done = NEWS(cx->a, struct library_done, AT_ONCE);
    for (size_t at = 0; at < read->entries.n;) {
        for (im->n = 0; im->n < AT_ONCE && at < read->entries.n; at++) {
            const struct library_entry *e = &read->entries.v[at];
            str only = without_slash(im->origin->publisher);
            if (only.n > 0 && !str_eq(only, without_slash(e->publisher)))
                refuse(cx, out,
                       (struct library_refusal){S("library_other_publisher"), e->publisher});
            else
                im->v[im->n++] = prepare(cx, e);
        }
        TRY(db_write(cx, keep, im));
        for (size_t i = 0; i < im->n; i++)
            *PUSH(cx->a, out) = im->done[i];
    }
    return OK;
}

enum err library_import(struct ctx *cx, str bytes, const struct library_origin *origin,
                        struct library_dones *out)
{
    struct library_read read;
    struct library_refusal why;
    struct digest d = digest_begin(DIGEST_SHA256);
    if (!library_may(cx).import)
        return E_DENIED;
    app_read_end(cx);
    enum err e = foreign_document(cx, bytes, &read, &why);
    if (e == E_INVALID) {
        refuse(cx, out, why);
        return OK;
    }
    TRY(e);
    digest_put(&d, bytes);
    struct import im = {
        .origin = origin, .bytes = bytes, .sha256 = hex_encode(cx->a, digest_end(&d, cx->a))};
    for (size_t i = 0; i < read.refused.n; i++)
        refuse(cx, out, read.refused.v[i]);
    return keep_all(cx, &im, &read, out);
}
