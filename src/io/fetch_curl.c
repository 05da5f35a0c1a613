/* fetch_curl.c - one request by libcurl, in a child of the effects process. */
#include "io/effects.h"
#include "io/fetch_wire.h"
#include "io/keyfile.h"

#include <curl/curl.h>
#include <string.h>

/* Of the effects process alone; set once by prepare(), read by its children. */
static struct {
    struct keyfile key;
    bool has_key, loopback;
    const char *ca_file;
} own;

static enum err prepare(struct arena *a, const struct effects_options *o,
                        struct effects_reach *reach, struct fault *f)
{
    own.loopback = o->fetch.loopback;
    own.ca_file = o->fetch.ca_file;
    reach->ports[reach->nports++] = own.loopback ? 0 : 443;
    if (own.ca_file != NULL)
        reach->paths[reach->npaths++] = (struct landlock_path){own.ca_file, REACH_READ};
    if (o->fetch.key_file == NULL)
        return OK;
    own.has_key = true;
    return keyfile_open(a, o->fetch.key_file, f, &own.key);
}

struct talk {
    buf body;
    size_t most;
    bool large, refused; /* refused: an address that is not public */
};

static size_t on_body(char *data, size_t size, size_t n, void *talk)
{
    struct talk *t = talk;
    t->large = t->body.n + size * n > t->most;
    if (t->large)
        return 0;
    buf_put(&t->body, (str){data, size * n});
    return size * n;
}

/* After the name was resolved, so that no name can lead to a closed address. */
static curl_socket_t on_socket(void *talk, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct talk *t = talk;
    (void)purpose;
    bool ours = own.loopback && fetch_is_loopback(&to->addr);
    if (!ours && !fetch_is_public(&to->addr)) {
        t->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static void close_curl(void *c)
{
    curl_easy_cleanup(c);
}

static void close_list(void *list)
{
    curl_slist_free_all(list);
}

/* --- headers ---------------------------------------------------------------------------------- */

static bool is_line(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return false;
    return true;
}

/* Only for the address that it was closed for. */
static bool open_value(struct arena *a, str url, const struct fetch_header *h, str *value)
{
    str plain;
    *value = h->value;
    if (!h->closed)
        return is_line(h->value);
    if (!own.has_key || !keyfile_read(a, &own.key, h->value, &plain))
        return false;
    str base = str_cut(&plain, '\n');
    *value = plain;
    return str_has_prefix(url, base) && url.n > base.n && url.p[base.n] == '/' && is_line(plain);
}

static bool make_headers(struct arena *a, const struct fetch_request *rq, struct curl_slist **out)
{
    *out = NULL;
    for (size_t i = 0; i < rq->nheaders; i++) {
        str value;
        if (!is_line(rq->headers[i].name) || !open_value(a, rq->url, &rq->headers[i], &value))
            return false;
        str line = str_fmt(a, "%.*s: %.*s", SV(rq->headers[i].name), SV(value));
        struct curl_slist *more = curl_slist_append(*out, str_to_z(a, line));
        must(more != NULL);
        *out = more;
    }
    struct curl_slist *more = curl_slist_append(*out, "Expect:");
    must(more != NULL);
    *out = more;
    return true;
}

/* --- the request ------------------------------------------------------------------------------ */

static void set_limits(CURL *c, i64 timeout_ms, struct talk *t)
{
    const char *schemes = own.loopback ? "http,https" : "https";
    (void)curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, schemes);
    (void)curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl_easy_setopt(c, CURLOPT_PROXY, "");
    (void)curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    (void)curl_easy_setopt(c, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)t->most); /* if it says so */
    /* on_body() counts what is unpacked */
    (void)curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip");
    (void)curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    (void)curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, t);
    (void)curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
    (void)curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
    (void)curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    (void)curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    (void)curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    (void)curl_easy_setopt(c, CURLOPT_USERAGENT, "Kakehashi/" KAKEHASHI_VERSION);
    if (own.ca_file != NULL) {
        (void)curl_easy_setopt(c, CURLOPT_CAINFO, own.ca_file);
        (void)curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
    }
}

static void set_request(CURL *c, struct arena *a, const struct fetch_request *rq)
{
    bool sends = rq->body.p != NULL || !str_eq(rq->method, S("GET"));
    (void)curl_easy_setopt(c, CURLOPT_URL, str_to_z(a, rq->url));
    if (sends) {
        (void)curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)rq->body.n);
        (void)curl_easy_setopt(c, CURLOPT_POSTFIELDS, rq->body.n ? rq->body.p : "");
    }
    (void)curl_easy_setopt(c, CURLOPT_CUSTOMREQUEST, str_to_z(a, rq->method));
}

static void not_answered(CURLcode rc, const struct talk *t, struct fetch_answer *an)
{
    an->outcome = FETCH_NOT_SENT;
    switch ((int)rc) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT: an->why = S("scheme"); return;
    case CURLE_COULDNT_RESOLVE_HOST: an->why = S("resolve"); return;
    case CURLE_COULDNT_CONNECT: an->why = t->refused ? S("address") : S("connect"); return;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: an->why = S("tls"); return;
    default: break;
    }
    an->outcome = FETCH_LOST;
    bool large = t->large || rc == CURLE_FILESIZE_EXCEEDED;
    an->why = large ? S("large") : rc == CURLE_OPERATION_TIMEDOUT ? S("timeout") : S("broken");
}

static str header_of(CURL *c, struct arena *a, const char *name)
{
    struct curl_header *h = NULL;
    if (curl_easy_header(c, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK)
        return NO_STR;
    return str_copy(a, str_z(h->value));
}

static void answered(CURL *c, struct arena *a, struct talk *t, struct fetch_answer *an)
{
    long status = 0;
    curl_off_t after = 0;
    char *type = NULL, *location = NULL;
    (void)curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    (void)curl_easy_getinfo(c, CURLINFO_RETRY_AFTER, &after);
    (void)curl_easy_getinfo(c, CURLINFO_CONTENT_TYPE, &type);
    (void)curl_easy_getinfo(c, CURLINFO_REDIRECT_URL, &location);
    str media = str_z(type);
    an->outcome = FETCH_ANSWERED;
    an->status = status;
    an->retry_after = after > 0 ? (i64)after : -1;
    an->type = str_lower(a, str_trim(str_cut(&media, ';')));
    an->type_whole = str_copy(a, str_z(type));
    an->allows = header_of(c, a, "Access-Control-Allow-Origin");
    an->location = location != NULL ? str_copy(a, str_z(location)) : NO_STR;
    an->body = t->body.n > 0 ? buf_str(&t->body) : S("");
}

static enum err run(struct arena *a, str request, i64 timeout_ms, buf *answer)
{
    struct fetch_request rq;
    struct fetch_answer an = {.retry_after = -1, .outcome = FETCH_NOT_SENT, .why = S("closed")};
    struct talk t = {.body = {.a = a}};
    struct curl_slist *headers = NULL;
    if (!fetch_request_read(a, request, &rq))
        return E_INVALID;
    t.most = rq.most;
    bool opened = make_headers(a, &rq, &headers);
    arena_defer(a, close_list, headers);
    if (opened) {
        CURL *c = curl_easy_init();
        must(c != NULL);
        arena_defer(a, close_curl, c);
        set_limits(c, timeout_ms, &t);
        set_request(c, a, &rq);
        (void)curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
        CURLcode rc = curl_easy_perform(c);
        if (rc == CURLE_OK)
            answered(c, a, &t, &an);
        else
            not_answered(rc, &t, &an);
    }
    fetch_answer_put(answer, &an);
    return OK;
}

/* The head of an answer takes the rest. */
const struct effects_kind effects_fetch = {S_INIT("fetch"), prepare, run,
                                           .output = FETCH_MOST + (1 << 20)};
