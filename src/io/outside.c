/* outside.c - see outside.h: asking URLs. */
#include "io/outside_own.h"

#include <curl/curl.h>

enum { DEFAULT_TIMEOUT_MS = 10000 };

static size_t drop(char *data, size_t size, size_t n, void *arg)
{
    (void)data, (void)arg;
    return size * n;
}

static void close_curl(void *c)
{
    curl_easy_cleanup(c);
}

/* The status of one request; 0: there was no answer. */
static long ask(CURL *c, bool whole)
{
    long status = 0;
    (void)curl_easy_setopt(c, CURLOPT_NOBODY, whole ? 0L : 1L);
    (void)curl_easy_setopt(c, CURLOPT_HTTPGET, whole ? 1L : 0L);
    if (!whole)
        (void)curl_easy_setopt(c, CURLOPT_NOBODY, 1L);
    CURLcode code = curl_easy_perform(c);
    /* A body that is cut at its limit came behind a status, which is all that counts. */
    if (code == CURLE_OK || code == CURLE_FILESIZE_EXCEEDED)
        (void)curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/* Some servers refuse to say what a HEAD would give. */
static bool wants_get(long status)
{
    return status == 403 || status == 405 || status == 501;
}

static bool answers(struct outside *o, const char *url)
{
    (void)curl_easy_setopt(o->curl, CURLOPT_URL, url);
    long status = ask(o->curl, false);
    if (wants_get(status))
        status = ask(o->curl, true);
    return status >= 200 && status < 400;
}

static bool resolves(void *arg, str url)
{
    struct outside *o = arg;
    bool fresh;
    size_t at = dict_add(o->a, &o->urls, url, &fresh);
    if (fresh)
        *PUSH(o->a, &o->answered) = answers(o, str_to_z(o->a, url));
    return o->answered.v[at];
}

static void open_curl(struct outside *o, const struct outside_options *options)
{
    long timeout = options->timeout_ms > 0 ? (long)options->timeout_ms : DEFAULT_TIMEOUT_MS;
    CURL *c = curl_easy_init();
    must(c != NULL);
    arena_defer(o->a, close_curl, c);
    (void)curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, timeout);
    (void)curl_easy_setopt(c, CURLOPT_MAXFILESIZE, 1L << 20);
    (void)curl_easy_setopt(c, CURLOPT_USERAGENT, "kakehashi/" KAKEHASHI_VERSION);
    (void)curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, drop);
    o->curl = c;
    o->asked.resolves = resolves;
}

const struct csaf_outside *outside_new(struct arena *a, const struct outside_options *options)
{
    struct outside *o = NEW(a, struct outside);
    o->a = a;
    o->asked.arg = o;
    if (options->online)
        open_curl(o, options);
    spell_open(o, options->dictionaries);
    return &o->asked;
}
