/* request.c - see request.h. */
#include "web/request.h"

#include "app/auth.h"
#include "app/reports.h"
#include "base/id.h"
#include "formats/cookie.h"

/* --- session ---------------------------------------------------------------------------------- */

str session_cookie(const struct http_request *http)
{
    return http->tls ? S("__Host-kk") : S("kk");
}

void session_set(struct ctx *cx, struct reply *an, str token)
{
    struct cookie c = {.name = session_cookie(an->http), .value = token, .secure = an->http->tls};
    http_put((struct http_request *)(uintptr_t)an->http, an->rs, S("Set-Cookie"),
             cookie_set(cx->a, c));
}

void session_clear(struct ctx *cx, struct reply *an)
{
    struct cookie c = {
        .name = session_cookie(an->http), .value = S("x"), .max_age = -1, .secure = an->http->tls};
    http_put((struct http_request *)(uintptr_t)an->http, an->rs, S("Set-Cookie"),
             cookie_set(cx->a, c));
}

/* A receipt session of the API and an API token both come as bearer. */
static enum err open_bearer(struct ctx *cx, struct request *rq, str header)
{
    str token = str_trim(str_from(header, 7));
    rq->bearer = true;
    if (str_has_prefix(token, S("kkh_")))
        return token_open(cx, token);
    rq->session = token;
    return session_open(cx, token);
}

/* Who asks.  A bearer that does not hold is refused; a cookie that does not is forgotten. */
static int open_session(struct ctx *cx, struct request *rq)
{
    str auth = http_header(rq->http, S("authorization"));
    enum err e = E_NOT_FOUND;
    if (auth.n > 7 && str_eq_nocase(str_sub(auth, 0, 7), S("Bearer "))) {
        e = open_bearer(cx, rq, auth);
        if (e == E_NOT_FOUND)
            return HTTP_UNAUTHORIZED;
    } else if (auth.n > 0) {
        return HTTP_UNAUTHORIZED;
    } else if (!rq->api) {
        rq->session = cookie_get(http_header(rq->http, S("cookie")), session_cookie(rq->http));
        if (rq->session.n > 0)
            e = session_open(cx, rq->session);
    }
    if (e == E_NOT_FOUND)
        rq->session = NO_STR;
    if (rq->session.n > 0 && !rq->bearer)
        rq->csrf = csrf_of(cx->a, rq->session);
    return e == OK || e == E_NOT_FOUND ? 0 : err_info[e].http;
}

/* --- rights ----------------------------------------------------------------------------------- */

static int check_need(const struct ctx *cx, const struct route *r)
{
    bool person = cx->who.person_id.n > 0, finder = cx->who.report_id.n > 0;
    switch (r->need) {
    case NEED_NOBODY: return 0;
    case NEED_FINDER: return person || finder ? 0 : HTTP_UNAUTHORIZED;
    case NEED_PERSON: return person ? 0 : HTTP_UNAUTHORIZED;
    case NEED_OPERATOR:
        return !person ? HTTP_UNAUTHORIZED : cx->who.is_operator ? 0 : HTTP_NOT_FOUND;
    case NEED_COUNT: break;
    }
    return HTTP_NOT_FOUND;
}

static bool has_any(const struct access *acc, unsigned audiences)
{
    for (int a = 0; a < AUDIENCE_COUNT; a++)
        if ((audiences >> a & 1) && access_has(acc, (enum audience)a))
            return true;
    return audiences == 0;
}

/* The case or report that the path names, if the reader may know of it. */
static int check_right(struct ctx *cx, struct request *rq)
{
    enum err e = OK;
    if (rq->route->of == OF_CASE) {
        e = case_id_of(cx, rq->seg[0], &rq->id);
        if (e == OK)
            e = access_case(cx, rq->id, &rq->acc);
    } else if (rq->route->of == OF_REPORT) {
        rq->id = rq->seg[0];
        e = id_is(rq->id) ? access_report(cx, rq->id, &rq->acc) : E_NOT_FOUND;
    }
    if (e == OK && rq->acc != NULL && !has_any(rq->acc, rq->route->audiences))
        e = E_NOT_FOUND;
    return e == OK ? 0 : err_info[e].http;
}

bool same_origin(const struct http_request *http)
{
    str site = http_header(http, S("sec-fetch-site")), origin = http_header(http, S("origin"));
    if (site.n > 0 && !str_eq(site, S("same-origin")) && !str_eq(site, S("none")))
        return false;
    if (origin.n == 0)
        return true;
    ptrdiff_t at = str_find(origin, S("://"));
    return at > 0 && str_eq_nocase(str_from(origin, (size_t)at + 3), http->host);
}

/* A form must come from our page, and with the session's token where there is a session. */
static int check_csrf(const struct request *rq, str token)
{
    if (rq->route->method == GET || rq->bearer || (rq->api && rq->session.n == 0))
        return 0;
    if (!same_origin(rq->http))
        return HTTP_FORBIDDEN;
    if (rq->csrf.n == 0 || (rq->route->flags & ROUTE_FRESH))
        return 0;
    return str_eq_secret(token, rq->csrf) ? 0 : HTTP_PRECONDITION_REQUIRED;
}

static int read_query(struct ctx *cx, struct request *rq)
{
    static const struct urlform_limits max = {.fields = 100, .name = 100, .value = 2000};
    enum err e = urlform_read(cx->a, rq->http->query, max, &rq->query, &cx->problems);
    return e == OK ? 0 : HTTP_BAD_REQUEST;
}

static void set_lang(struct ctx *cx, const struct request *rq)
{
    str path = rq->http->path;
    if (str_has_prefix(path, S("/ja")))
        cx->lang = LANG_JA;
    else if (str_has_prefix(path, S("/en")))
        cx->lang = LANG_EN;
    else if (rq->api && str_has_prefix(http_header(rq->http, S("accept-language")), S("ja")))
        cx->lang = LANG_JA;
    else if (rq->api)
        cx->lang = LANG_EN;
}

/* A public page is the same for everybody: nobody is asked who they are. */
static bool knows_reader(const struct request *rq)
{
    return !(rq->route->flags & ROUTE_CACHE);
}

static int open_reader(struct ctx *cx, struct request *rq)
{
    int status = knows_reader(rq) ? open_session(cx, rq) : 0;
    set_lang(cx, rq);
    if (status == 0)
        status = check_need(cx, rq->route);
    return status;
}

/* A body without files is read all the same, so that its page can come back as it was. */
static int check_reporting(struct ctx *cx, const struct request *rq)
{
    enum { SMALL = 1 << 20 };
    i64 retry_s = 0, length = 0;
    bool unknown = http_header(rq->http, S("transfer-encoding")).n > 0;
    (void)str_i64(http_header(rq->http, S("content-length")), &length);
    if (!unknown && length <= SMALL)
        return 0;
    if (report_may_send(cx, rq->http->peer, &retry_s) == OK)
        return 0;
    if (retry_s > 0)
        (void)wrong_limit(cx, S(""), S("reports_too_often"), (retry_s + 59) / 60);
    return HTTP_TOO_MANY;
}

int request_authorise(struct ctx *cx, [[maybe_unused]] struct web *w, struct request *rq)
{
    int status = read_query(cx, rq);
    if (status == 0)
        status = open_reader(cx, rq);
    if (status == 0)
        status = check_right(cx, rq);
    if (status == 0 && (rq->route->flags & ROUTE_REPORTING))
        status = check_reporting(cx, rq);
    return status;
}

int request_open(struct ctx *cx, struct web *w, struct request *rq)
{
    set_lang(cx, rq);
    int status = read_query(cx, rq);
    if (status == 0)
        status = open_reader(cx, rq);
    if (status == 0)
        status = request_body(cx, rq);
    if (status == 0)
        status = check_csrf(rq, input_get(&rq->in, S("_csrf")));
    if (status == 0)
        status = check_right(cx, rq);
    (void)w;
    return status;
}
