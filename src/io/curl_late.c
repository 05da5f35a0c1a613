/* curl_late.c - libcurl's functions as its header declares them; the first call opens it.
 *
 * It brings OpenSSL, Kerberos, LDAP and more, which cost each start of a program milliseconds. */
#include "base/late.h"

#include <stdarg.h>

#pragma GCC visibility push(hidden)
#include <curl/curl.h>

/* What checks the types of arguments where they are given. */
#undef curl_easy_setopt
#undef curl_easy_getinfo

#define LIBCURL(ANSWER, PLAIN, OWN)                                                                \
    PLAIN(curl_easy_cleanup, (CURL * c), (c))                                                      \
    OWN(curl_easy_getinfo)                                                                         \
    ANSWER(CURLHcode, curl_easy_header,                                                            \
           (CURL * c, const char *name, size_t at, unsigned origin, int request,                   \
            struct curl_header **out),                                                             \
           (c, name, at, origin, request, out))                                                    \
    ANSWER(CURL *, curl_easy_init, (void), ())                                                     \
    ANSWER(CURLcode, curl_easy_perform, (CURL * c), (c))                                           \
    OWN(curl_easy_setopt)                                                                          \
    ANSWER(const char *, curl_easy_strerror, (CURLcode code), (code))                              \
    PLAIN(curl_free, (void *p), (p))                                                               \
    ANSWER(CURLcode, curl_global_init, (long flags), (flags))                                      \
    ANSWER(struct curl_slist *, curl_slist_append, (struct curl_slist * list, const char *text),   \
           (list, text))                                                                           \
    PLAIN(curl_slist_free_all, (struct curl_slist * list), (list))                                 \
    ANSWER(CURLU *, curl_url, (void), ())                                                          \
    PLAIN(curl_url_cleanup, (CURLU * u), (u))                                                      \
    ANSWER(CURLUcode, curl_url_get, (CURLU * u, CURLUPart what, char **out, unsigned flags),       \
           (u, what, out, flags))                                                                  \
    ANSWER(CURLUcode, curl_url_set, (CURLU * u, CURLUPart what, const char *text, unsigned flags), \
           (u, what, text, flags))

LATE_LIBRARY("libcurl.so.4", LIBCURL)

/* Options are longs, offsets and pointers, which are passed alike. */
_Static_assert(sizeof(long) == sizeof(void *) && sizeof(curl_off_t) == sizeof(void *),
               "of 64 bits");

CURLcode curl_easy_setopt(CURL *c, CURLoption option, ...)
{
    va_list ap;
    va_start(ap, option);
    void *value = va_arg(ap, void *);
    va_end(ap);
    return late()->curl_easy_setopt(c, option, value);
}

CURLcode curl_easy_getinfo(CURL *c, CURLINFO info, ...)
{
    va_list ap;
    va_start(ap, info);
    void *out = va_arg(ap, void *);
    va_end(ap);
    return late()->curl_easy_getinfo(c, info, out);
}
#pragma GCC visibility pop
