/* fetch.h - one request to a server on the internet, by a process that never saw the database.
 *
 * https alone, the certificate checked; to public addresses alone, whatever a name resolves to;
 * redirects are not followed.  A secret travels closed (keyfile.h) to the effects process, which
 * opens it only for the address that it was closed for. */
#ifndef IO_FETCH_H
#define IO_FETCH_H

#include "base/err.h"

struct effects;
struct sockaddr;

struct fetch_options {
    const char *key_file; /* for closed headers; made where it is not there; NULL: none */
    const char *ca_file;  /* instead of the system's certificates; NULL: those */
    bool loopback;        /* tests: http and this machine's own addresses, too */
};

struct fetch_header {
    str name, value;
    bool closed; /* value is keyfile_close() of fetch_secret() */
};

struct fetch_request {
    str method, url; /* GET POST PUT */
    const struct fetch_header *headers;
    size_t nheaders;
    str body; /* absent: none */
    size_t
        most; /* bytes of the answer's body, unpacked where it came as gzip; 0: FETCH_BODY_MAX; at most FETCH_MOST */
};

enum { FETCH_BODY_MAX = 8 << 20, FETCH_MOST = 64 << 20 };

enum fetch_outcome {
    FETCH_ANSWERED,
    FETCH_NOT_SENT, /* the server never saw it: no address, no connection, no TLS, refused by us */
    FETCH_LOST,     /* it may have been seen: no answer in time, or none that is whole */
};

struct fetch_answer {
    enum fetch_outcome outcome;
    i64 status;
    i64 retry_after; /* seconds; -1: not said */
    str type;        /* media type, lower case, without parameters */
    str location;    /* where a redirect leads, as a whole address; absent: it is none */
    str type_whole;  /* Content-Type as it came */
    str allows;      /* Access-Control-Allow-Origin; absent: not sent */
    str body;
    str why; /* not answered: resolve connect address tls scheme timeout large broken closed */
};

/* Any thread.  E_BUSY: nothing was sent; E_IO: as FETCH_LOST, the helper failed. */
enum err fetch(struct effects *e, struct arena *a, struct fault *f, const struct fetch_request *rq,
               i64 timeout_ms, struct fetch_answer *out);

/* 301, 302, 303, 307 and 308. */
bool fetch_is_redirect(i64 status);

/* What keyfile_close() is given, so that the secret goes to URLs below `base` alone. */
str fetch_secret(struct arena *a, str base, str secret);

/* A host of the internet: none of this machine, of a private or link-local network, of
 * multicast or of documentation; also where such an address hides in an IPv6 one. */
bool fetch_is_public(const struct sockaddr *address);

/* 127.0.0.0/8 and ::1. */
bool fetch_is_loopback(const struct sockaddr *address);

#endif
