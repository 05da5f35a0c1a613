/* library_get.c - see library_haul_own.h: what is fetched, and whether it is what it should be. */
#include "app/foreign.h"
#include "app/library_haul_own.h"

#include "io/gpgv.h"

enum { REDIRECTS = 5, GPGV_MS = 30000, MIB = 1 << 20 };

static enum err ask(void *arg, struct arena *a, struct fault *f, const struct fetch_request *rq,
                    i64 timeout_ms, struct fetch_answer *out)
{
    return fetch(arg, a, f, rq, timeout_ms, out);
}

struct library_wire library_wire_fetch(struct effects *e)
{
    return (struct library_wire){ask, e};
}

static bool no(struct library_refusal *why, str code, str place)
{
    *why = (struct library_refusal){code, place};
    return false;
}

/* --- one request ------------------------------------------------------------------------------ */

static bool not_answered(struct ctx *cx, str because, size_t most, struct library_refusal *why)
{
    static const struct {
        str why, code;
    } all[] = {
        {S_INIT("resolve"), S_INIT("library_resolve")},
        {S_INIT("connect"), S_INIT("library_connect")},
        {S_INIT("address"), S_INIT("library_address")},
        {S_INIT("tls"), S_INIT("library_tls")},
        {S_INIT("scheme"), S_INIT("library_scheme")},
        {S_INIT("timeout"), S_INIT("library_timeout")},
    };
    if (str_eq(because, S("large")))
        return no(why, S("library_too_large"),
                  most % MIB == 0 ? str_fmt(cx->a, "%zu MiB", most / MIB)
                                  : str_fmt(cx->a, "%zu B", most));
    for (size_t i = 0; i < COUNT(all); i++)
        if (str_eq(because, all[i].why))
            return no(why, all[i].code, S(""));
    return no(why, S("library_broken"), S(""));
}

/* One answer, whatever its status. */
static bool ask_once(struct haul *r, struct ctx *cx, str url, size_t most, struct fetch_answer *an,
                     struct library_refusal *why)
{
    const struct fetch_request rq = {.method = S("GET"), .url = url, .most = most};
    struct fault f = {0};
    if (!listed_url(url))
        return no(why, S("library_scheme"), S(""));
    app_read_end(cx); /* a reader is not held while a server far away is waited for */
    enum err e = r->h->wire.ask(r->h->wire.arg, cx->a, &f, &rq, r->h->timeout_ms, an);
    if (e == OK && an->outcome == FETCH_ANSWERED) {
        r->failures = 0;
        return true;
    }
    r->given_up |= ++r->failures >= HAUL_FAILURES;
    return not_answered(cx, e == OK ? an->why : S("broken"), most, why);
}

/* The same server, or the same name with TLS. */
static bool same_server(str from, str to)
{
    str p = listed_origin(from), q = listed_origin(to);
    return str_eq_nocase(p, q) ||
           (str_has_prefix(q, S("https://")) && str_has_prefix(p, S("http://")) &&
            str_eq_nocase(str_from(p, 7), str_from(q, 8)));
}

static bool get_most(struct haul *r, struct ctx *cx, str url, size_t most, bool optional, str *body,
                     struct library_refusal *why)
{
    struct fetch_answer an;
    for (int i = 0; i <= REDIRECTS; i++) {
        if (!ask_once(r, cx, url, most, &an, why))
            return false;
        if (!fetch_is_redirect(an.status))
            break;
        if (an.location.n == 0 || !same_server(url, an.location))
            return no(why, S("library_redirect"), library_cut(cx->a, an.location, LIBRARY_TEXT));
        url = an.location;
    }
    *body = NO_STR;
    if (an.status == 200)
        *body = an.body;
    else if (fetch_is_redirect(an.status))
        return no(why, S("library_redirects"), S(""));
    else if (!optional || (an.status != 403 && an.status != 404 && an.status != 410))
        return no(why, S("library_status"), str_fmt(cx->a, "%lld", (long long)an.status));
    return true;
}

bool haul_get(struct haul *r, struct ctx *cx, str url, bool optional, str *body,
              struct library_refusal *why)
{
    return get_most(r, cx, url, LIBRARY_BYTES, optional, body, why);
}

bool haul_get_list(struct haul *r, struct ctx *cx, str url, bool optional, str *body,
                   struct library_refusal *why)
{
    size_t most = r->h->list_most > 0 ? r->h->list_most : FETCH_MOST;
    return get_most(r, cx, url, most, optional, body, why);
}

bool haul_read(struct haul *r, struct ctx *cx, enum listed_what what, str folder, str bytes,
               struct listed_answer *out, struct library_refusal *why)
{
    enum err verdict = E_IO;
    str said = S("");
    enum err e = foreign_read(cx, S("listing"), listed_job_input(cx->a, what, folder, bytes),
                              &verdict, &said, why);
    if (e == OK && listed_job_take(cx->a, what, folder, said, out))
        return true;
    if (e == OK)
        return no(why, S("library_unread"), S("its answer makes no sense"));
    if (e == E_INVALID)
        return false;
    r->broken = e;
    r->given_up = true;
    r->cx->fault = cx->fault;
    return no(why, S("library_unread"), S("the jail is gone"));
}

/* --- hashes ----------------------------------------------------------------------------------- */

/* *found: there is a hash file, whatever it says. */
static bool hash_holds(struct haul *r, struct ctx *cx, str url, str bytes, bool longer, bool *found,
                       struct library_refusal *why)
{
    struct listed_answer said;
    str file;
    *found = false;
    if (url.n == 0)
        return true;
    if (!haul_get(r, cx, url, true, &file, why))
        return false;
    *found = file.p != NULL;
    if (!*found)
        return true;
    if (!haul_read(r, cx, longer ? LISTED_SHA512 : LISTED_SHA256, S(""), file, &said, why))
        return false;
    if (said.text.n > 0 && str_eq(said.text, listed_hash_of(cx->a, bytes, longer)))
        return true;
    return no(why, S("library_hash"), longer ? S("SHA-512") : S("SHA-256"));
}

/* --- signatures ------------------------------------------------------------------------------- */

static bool signature_holds(struct haul *r, struct ctx *cx, str signature, str bytes,
                            str *signed_by, struct library_refusal *why)
{
    const struct gpgv_check c = {r->keys, signature, bytes, GPGV_MS};
    str said = S("");
    enum err e = gpgv(cx->a, &cx->fault, &c, signed_by, &said);
    if (e == OK)
        return true;
    if (e == E_NOT_FOUND)
        return no(why, S("library_no_gpgv"), S(""));
    return no(why, S("library_signature"), e == E_INVALID ? said : S("gpgv"));
}

bool haul_proof(struct haul *r, struct ctx *cx, const struct listed *l, str bytes, str *signed_by,
                struct library_refusal *why)
{
    bool found;
    str signature = NO_STR;
    *signed_by = NO_STR;
    if (!hash_holds(r, cx, l->sha512, bytes, true, &found, why))
        return false;
    if (!found && !hash_holds(r, cx, l->sha256, bytes, false, &found, why))
        return false;
    if (!found && r->trusted)
        return no(why, S("library_no_hash"), S(""));
    if (r->keys.n == 0)
        return true;
    if (l->asc.n > 0 && !haul_get(r, cx, l->asc, true, &signature, why))
        return false;
    if (signature.p == NULL)
        return r->trusted ? no(why, S("library_no_signature"), S("")) : true;
    return signature_holds(r, cx, signature, bytes, signed_by, why);
}

static bool take_key(struct haul *r, const struct listed_key *k, buf *keys,
                     struct library_refusal *why)
{
    struct listed_answer key;
    str bytes;
    if (!haul_get(r, r->cx, k->url, false, &bytes, why) ||
        !haul_read(r, r->cx, LISTED_KEY, S(""), bytes, &key, why))
        return false;
    if (key.wrong.n > 0)
        return no(why, S("library_no_key"), k->url);
    if (k->fingerprint.n > 0 && !str_eq(k->fingerprint, key.text))
        return no(why, S("library_no_key"), k->fingerprint);
    buf_put(keys, key.bytes);
    return true;
}

void haul_keys(struct haul *r, const struct listed_provider *p)
{
    buf keys = {.a = r->cx->a};
    for (size_t i = 0; i < p->keys.n && !r->given_up; i++) {
        struct library_refusal why;
        if (!take_key(r, &p->keys.v[i], &keys, &why))
            haul_refuse(r, p->keys.v[i].url, why);
    }
    r->keys = keys.n > 0 ? buf_str(&keys) : S("");
}
