/* serve.h - between the files of `kakehashi serve`. */
#ifndef SERVE_H
#define SERVE_H

#include "cli/cli.h"
#include "io/effects.h"
#include "io/httpd.h"
#include "io/jail.h"
#include "io/log.h"
#include "io/pdf_press.h"
#include "io/sandbox.h"
#include "io/systemd.h"
#include "web/web.h"

#include <pthread.h>

extern const struct cli_command serve_command;

struct server;

struct runner { /* src/runner.c */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    _Atomic bool stopping;
    bool woken, started;
    struct server *sv;
    void (*run)(struct server *sv);
};
void runner_start(struct runner *r, struct server *sv, void (*fn)(struct server *sv));

/* In its own thread: until woken or told to end, or so long. */
void runner_rest(struct runner *r, int ms);
void runner_wake(struct runner *r); /* any thread */

/* false: it did not end in that time. */
bool runner_stop(struct runner *r, int seconds);

struct server {
    struct arena *a;
    struct cli_args *args;
    struct fault fault;
    str data_dir, address;
    int port;
    size_t workers;
    bool demo, has_smtp;
    enum sandbox_mode sandbox;
    struct sandbox_state sandbox_state;
    struct systemd systemd;
    struct jail *jail;
    struct effects *effects;
    struct pdf_press *paper;
    struct app *app;
    struct web web;
    struct http_app http;
    struct httpd *httpd;
    struct runner post, press, keeper;
    i64 swept, settled; /* when housekeeping was last done */
    char looked[100];   /* the version of the store in which plans were last looked at */
};

/* Public content is another one now: kept answers and public files follow.  arg: the server. */
void serve_generation_moved(void *arg, i64 generation);

/* Once a second: releases and cases whose date has come, sessions that have ended. */
void serve_housekeeping(struct server *sv);

/* The thread that sends notices and goes on with long settling, from now on.  It works apart from
 * housekeeping because a mail server may take half a minute to answer. */
void serve_post_start(struct server *sv);

/* The thread that makes the public files; see app/provider.h. */
void serve_press_start(struct server *sv);

/* The thread that keeps the index of MyJVN and the files of JVN. */
void serve_keeper_start(struct server *sv);
bool serve_keeper_stop(struct server *sv); /* false: it did not end in time */

#endif
