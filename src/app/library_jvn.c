/* library_jvn.c - see library_haul.h: what a server that speaks MyJVN lists. */
#include "app/foreign.h"
#include "app/library_haul_own.h"

#include "base/encode.h"

enum { AT_ONCE = 10 }; /* as many as getVulnDetailInfo answers */

/* Whether the details of this revision are here. */
static enum err is_held(struct ctx *cx, const struct library_entry *e, bool *out)
{
    struct q_library_of_key held;
    struct library_entry before;
    const struct json *j;
    struct json_error bad;
    *out = false;
    TRY(app_read(cx));
    enum err x = q_library_of_key(cx->db, &held, .publisher = e->publisher, .doc_id = e->id,
                                  .edition = e->edition);
    if (x == E_NOT_FOUND)
        return OK;
    TRY(x);
    if (json_read(cx->a, text_open_inside(held.content), &j, &bad) != OK ||
        !library_take(cx->a, j, &before))
        return fail(cx, E_IO, "an entry of the library cannot be read");
    *out = str_eq(before.kind, S("vuldef")) && before.updated.is == e->updated.is &&
           before.updated.v >= e->updated.v;
    return OK;
}

/* Letters, digits and hyphens: what stands in an address as it is. */
static bool is_plain(str id)
{
    for (size_t i = 0; i < id.n; i++) {
        char c = id.p[i];
        if (c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z'))
            return false;
    }
    return id.n > 0 && id.n <= 40;
}

static bool has_id(const struct library_read *read, str id)
{
    for (size_t i = 0; i < read->entries.n; i++)
        if (str_eq(read->entries.v[i].id, id))
            return true;
    return false;
}

/* Ids that were asked for, and are not in the answer. */
static void tell_missing(struct haul *r, struct ctx *cx, str url, str body, const str *ids,
                         size_t n)
{
    struct library_read read;
    struct library_refusal why;
    if (foreign_document(cx, body, &read, &why) != OK)
        return; /* told by the import */
    for (size_t i = 0; i < n; i++)
        if (!has_id(&read, ids[i]))
            haul_refuse(r, url, (struct library_refusal){S("library_list"), ids[i]});
}

static enum err take_details(struct haul *r, str base, enum lang lang, const str *ids, size_t n)
{
    struct ctx *cx = haul_open(r);
    struct library_refusal why;
    bool refused;
    str body;
    enum err e = OK;
    buf b = {.a = cx->a};
    buf_putf(&b, "%.*s/myjvn?method=getVulnDetailInfo&feed=hnd&lang=%.*s&vulnId=", SV(base),
             SV(lang_tag(lang)));
    for (size_t i = 0; i < n; i++)
        buf_putf(&b, "%s%.*s", i > 0 ? "%2B" : "", SV(ids[i]));
    str url = buf_str(&b);
    if (haul_get(r, cx, url, false, &body, &why)) {
        tell_missing(r, cx, url, body, ids, n);
        e = haul_import(r, cx, url, body, NO_STR, &refused);
    } else {
        haul_refuse(r, url, why);
    }
    if (e != OK)
        r->cx->fault = cx->fault;
    haul_close(cx);
    return e;
}

/* The entries whose details are to be asked for. */
static enum err choose(struct haul *r, str url, const struct library_read *list, str *ids,
                       size_t *n)
{
    for (size_t i = 0; i < list->entries.n; i++) {
        const struct library_entry *e = &list->entries.v[i];
        bool held;
        r->listed++;
        TRY(is_held(r->cx, e, &held));
        if (held)
            r->h->count[LIBRARY_UNCHANGED]++;
        else if (is_plain(e->id))
            ids[(*n)++] = e->id;
        else
            haul_refuse(r, url, (struct library_refusal){S("library_no_id"), e->id});
    }
    for (size_t i = 0; i < list->refused.n; i++)
        haul_refuse(r, url, list->refused.v[i]);
    return OK;
}

static enum err take_list(struct haul *r, str base, str url, str body, enum lang lang)
{
    struct library_read list;
    struct library_refusal why;
    size_t n = 0;
    enum err e = foreign_document(r->cx, body, &list, &why);
    if (e == E_INVALID) {
        haul_refuse(r, url, why);
        return OK;
    }
    TRY(e);
    str *ids = NEWS(r->cx->a, str, list.entries.n + 1);
    TRY(choose(r, url, &list, ids, &n));
    for (size_t at = 0; at < n && !r->given_up; at += AT_ONCE)
        TRY(take_details(r, base, lang, &ids[at], n - at < AT_ONCE ? n - at : AT_ONCE));
    return haul_note(r, S("MyJVN"), S("jvn"));
}

enum err library_haul_jvn(struct ctx *cx, struct library_haul *h, str base, enum lang lang)
{
    struct haul r = {.cx = cx, .h = h, .keys = S("")};
    struct library_refusal why;
    str body;
    if (!library_may(cx).import)
        return E_DENIED;
    if (str_has_suffix(base, S("/")))
        base = str_sub(base, 0, base.n - 1);
    str tag = lang_tag(lang);
    str url = str_fmt(cx->a, "%.*s/%.*s/rss/jvndb.rdf", SV(base), SV(tag));
    r.provider = str_fmt(cx->a, "%.*s/%.*s", SV(base), SV(tag));
    if (haul_get_list(&r, cx, url, false, &body, &why))
        return take_list(&r, base, url, body, lang);
    haul_refuse(&r, url, why);
    return OK;
}
