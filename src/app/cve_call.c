/* cve_call.c - see cve_own.h: one call of the service, and what it means. */
#include "app/cve_own.h"

#include "io/fetch.h"

enum { CALL_MS = 20000, MOST_PAGES = 40 };

static enum err ask(void *arg, struct arena *a, struct fault *f, const struct fetch_request *rq,
                    i64 timeout_ms, struct fetch_answer *out)
{
    return fetch(arg, a, f, rq, timeout_ms, out);
}

struct cve_wire cve_wire_fetch(struct effects *e)
{
    return (struct cve_wire){ask, e};
}

static enum err later(struct cve_hand *h, struct cve_said *out, int what, str error, str message)
{
    h->error = error;
    h->message = message;
    out->what = what;
    return OK;
}

/* What our side saw, where the service said nothing. */
static enum err no_answer(struct cve_hand *h, const struct fetch_answer *an, struct cve_said *out)
{
    int what = an->outcome == FETCH_NOT_SENT ? SAID_LATER : SAID_UNSURE;
    return later(h, out, what, S("NO_ANSWER"), an->why);
}

static enum err meaning(struct cve_hand *h, const struct fetch_answer *an, struct cve_said *out)
{
    static const int said[] = {[CVE_MEANS_NO] = SAID_NO,
                               [CVE_MEANS_LATER] = SAID_LATER,
                               [CVE_MEANS_EXISTS] = SAID_EXISTS,
                               [CVE_MEANS_ABSENT] = SAID_ABSENT,
                               [CVE_MEANS_UNSURE] = SAID_UNSURE};
    struct cve_error_answer e;
    cve_error_read(h->cx->a, an->body, &e);
    str code = e.code.n > 0 ? e.code : str_fmt(h->cx->a, "HTTP_%lld", (long long)an->status);
    h->retry_after = an->retry_after;
    return later(h, out, said[cve_meaning_of(an->status, e.code)], code,
                 e.message.n > 0 ? e.message : S(""));
}

enum err cve_call(struct cve_hand *h, const char *method, str url, bool keyed, str body,
                  struct cve_said *out)
{
    struct fetch_header headers[5];
    struct fetch_request rq = {
        .method = str_z(method), .url = url, .headers = headers, .body = body};
    struct fetch_answer an;
    struct fault f = {0};
    headers[rq.nheaders++] = (struct fetch_header){S("Accept"), S("application/json"), false};
    if (body.p != NULL)
        headers[rq.nheaders++] =
            (struct fetch_header){S("Content-Type"), S("application/json"), false};
    if (keyed) {
        headers[rq.nheaders++] = (struct fetch_header){S("CVE-API-ORG"), h->acc.org, false};
        headers[rq.nheaders++] = (struct fetch_header){S("CVE-API-USER"), h->acc.user, false};
        headers[rq.nheaders++] = (struct fetch_header){S("CVE-API-KEY"), h->acc.key_box, true};
    }
    *out = (struct cve_said){0};
    app_read_end(h->cx); /* a reader is not held while a server far away is waited for */
    enum err e = h->wire->ask(h->wire->arg, h->cx->a, &f, &rq, CALL_MS, &an);
    if (e == E_BUSY)
        return later(h, out, SAID_LATER, S("NO_ANSWER"), S("busy"));
    if (e != OK)
        return later(h, out, SAID_UNSURE, S("NO_ANSWER"), S("broken"));
    if (an.outcome != FETCH_ANSWERED)
        return no_answer(h, &an, out);
    if (an.status >= 300 && an.status < 400)
        return later(h, out, SAID_LATER, S("REDIRECTED"), S(""));
    if (an.status < 200 || an.status > 299)
        return meaning(h, &an, out);
    out->what = SAID_YES;
    out->body = an.body;
    return OK;
}

enum err cve_list(struct cve_hand *h, str state, i64 year, struct cve_lines *out,
                  struct cve_said *said)
{
    i64 page = 1;
    *out = (struct cve_lines){0};
    for (int i = 0; page > 0 && i < MOST_PAGES; i++) {
        struct cve_lines some;
        TRY(cve_call(h, "GET", cve_url_list(h->cx->a, h->acc.url, state, year, page), true, NO_STR,
                     said));
        if (said->what != SAID_YES)
            return OK;
        if (!cve_lines_read(h->cx->a, said->body, &some) || (some.next != 0 && some.next <= page))
            return later(h, said, SAID_UNSURE, S("WRONG_ANSWER"), S("cve-id"));
        for (size_t k = 0; k < some.n; k++)
            *PUSH(h->cx->a, out) = some.v[k];
        page = some.next;
    }
    return page == 0 ? OK : later(h, said, SAID_UNSURE, S("WRONG_ANSWER"), S("cve-id"));
}

/* --- questions -------------------------------------------------------------------------------- */

static enum err open_question(struct ctx *cx, const struct cve_wire *wire, struct cve_hand *h)
{
    *h = (struct cve_hand){.cx = cx, .wire = wire, .retry_after = -1};
    if (!cx->who.is_operator)
        return E_DENIED;
    TRY(cve_account_load(cx, &h->acc));
    return h->acc.is ? OK : wrong(cx, S(""), S("cve_no_account"));
}

static enum err not_said(struct cve_hand *h)
{
    return fail(h->cx, E_IO, "CVE Services: %.*s %.*s", SV(h->error), SV(h->message));
}

enum err cve_ask_quota(struct ctx *cx, const struct cve_wire *wire, struct cve_quota *out)
{
    struct cve_hand h;
    struct cve_said said;
    TRY(open_question(cx, wire, &h));
    TRY(cve_call(&h, "GET", cve_url_quota(cx->a, h.acc.url, h.acc.org), true, NO_STR, &said));
    if (said.what != SAID_YES)
        return not_said(&h);
    if (cve_quota_read(cx->a, said.body, out))
        return OK;
    return fail(cx, E_IO, "CVE Services: an answer that is no quota");
}

enum err cve_ask_list(struct ctx *cx, const struct cve_wire *wire, str state, i64 year,
                      struct cve_lines *out)
{
    struct cve_hand h;
    struct cve_said said;
    TRY(open_question(cx, wire, &h));
    TRY(cve_list(&h, state, year, out, &said));
    return said.what == SAID_YES ? OK : not_said(&h);
}

enum err cve_ask_org(struct ctx *cx, const struct cve_wire *wire, str *uuid)
{
    struct cve_hand h;
    struct cve_said said;
    str name;
    TRY(open_question(cx, wire, &h));
    TRY(cve_call(&h, "GET", cve_url_org(cx->a, h.acc.url, h.acc.org), true, NO_STR, &said));
    if (said.what != SAID_YES)
        return not_said(&h);
    if (!cve_org_read(cx->a, said.body, uuid, &name) || !str_eq(name, h.acc.org))
        return fail(cx, E_IO, "CVE Services: an answer that is not that organisation");
    return cve_account_uuid(cx, &h.acc, *uuid);
}
