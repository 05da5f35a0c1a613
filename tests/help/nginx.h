/* nginx.h - for tests: an nginx in front of a server of ours, or one that serves files by TLS. */
#ifndef HELP_NGINX_H
#define HELP_NGINX_H

#include "base/str.h"

#include <sys/types.h>

struct nginx {
    pid_t pid;
    int port;
    char dir[32];
};

bool nginx_is_installed(void);

/* Passes everything on to 127.0.0.1:to, with "X-Via: nginx" added, over kept connections; waits
 * a second for heads and bodies.  False: it does not come up. */
bool nginx_start(struct nginx *n, struct arena *a, int to);

/* Serves a folder at https://127.0.0.1:port as who publishes CSAF does: lists of folders, types, CORS.
 * more: locations of its configuration, besides.  Its certificate, DIR/certificate, is its own CA. */
bool nginx_serve(struct nginx *n, struct arena *a, int port, str folder, str more);
void nginx_stop(struct nginx *n);

#endif
