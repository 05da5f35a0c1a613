/* serve.h - between the files of `kakehashi serve`. */
#ifndef SERVE_H
#define SERVE_H

#include "cli/cli.h"
#include "io/effects.h"
#include "io/httpd.h"
#include "io/jail.h"
#include "io/log.h"
#include "io/sandbox.h"
#include "io/systemd.h"
#include "web/web.h"

extern const struct cli_command serve_command;

struct server {
    struct arena *a;
    struct cli_args *args;
    struct fault fault;
    str data_dir, address;
    int port;
    size_t workers;
    bool demo;
    enum sandbox_mode sandbox;
    struct sandbox_state sandbox_state;
    struct systemd systemd;
    struct jail *jail;
    struct effects *effects;
    struct app *app;
    struct web web;
    struct http_app http;
    struct httpd *httpd;
    i64 swept, settled; /* when housekeeping was last done */
};

/* Once a second: cases whose date has come, sessions that have ended. */
void serve_housekeeping(struct server *sv);

#endif
