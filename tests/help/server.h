/* server.h - a server with a small app whose every turn a test decides.
 *
 *   GET  /hello          "hello"
 *   GET  /page?N         N bytes, with an ETag
 *   GET  /file?N         N bytes, from a file
 *   POST /echo           the body again; at most 100,000 bytes
 *   POST /size           how long the body is, and "file" or "memory"; at most 4,000,000
 *   POST /upload         like /size; authorise() lets in who sends "X-Let: in"
 *   GET  /wait           "waited", once the test opens the gate
 *   GET  /slow           the same in the slow pool
 *   GET  /cached...      "GENERATION:CALL", cacheable; CALL counts what handle() made
 *   GET  /cached-cookie  the same with a cookie, which no program may do
 *   GET  /who            the peer, tls, host, method, head and id as handle() saw them */
#ifndef HELP_SERVER_H
#define HELP_SERVER_H

#include "io/httpd.h"

#include <pthread.h>

struct server {
    struct httpd *h;
    struct httpd_options o;
    struct http_app app;
    int port;
    pthread_mutex_t lock;
    pthread_cond_t turn;
    bool open;                /* the gate */
    int entered;              /* requests that came to the gate so far */
    i64 generation;           /* what the "database" says */
    int asked;                /* times it was asked */
    bool stuck, failing;      /* generation() waits for the gate; cannot be had */
    int calls;                /* answers of /cached made */
    int authorised, received; /* authorise() asked; bodies that came to handle() */
    int handled, smuggled;    /* requests that came to handle(); those for /smuggled */
    int unmarked;             /* those without "X-Via: nginx" */
    int done;                 /* exchanges that ended */
    int last_status;
    i64 last_bytes;
    char last_path[64], last_peer[64];
};

/* A server with the standard options, started. */
struct server *server_new(struct arena *a);

/* Starts it on a free port of 127.0.0.1, unless o says otherwise; o may be changed before. */
void server_init(struct server *s);
void server_start(struct server *s);
bool server_stop(struct server *s, int ms);

/* All of these end the process after 60 s.
 * Until so many requests stand at the gate; until so many exchanges ended. */
void server_await_entered(struct server *s, int n);
void server_await_done(struct server *s, int n);
/* Until authorise() was asked so often; until generation() was. */
void server_await_authorised(struct server *s, int n);
void server_await_asked(struct server *s, int n);
/* Until so many requests wait in the queues; until so many connections are open. */
void server_await_waiting(struct server *s, size_t n);
void server_await_connections(struct server *s, size_t n);
void server_open_gate(struct server *s);

/* Another process' commit, and our own. */
void server_commit_elsewhere(struct server *s, i64 generation);
void server_commit(struct server *s, i64 generation);

#endif
