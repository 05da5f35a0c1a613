/* provider_check_apart.h - a provider is checked in the jail: what it serves is parsed there, and
 * only asking it, and gpgv, are done here.
 *
 * The child says what it wants to have; it gets public addresses by fetch(), files of the one
 * folder, and credentials sent to the provider's own origin, whatever it asks for.  Where it ends
 * before its time the address that it had got last is left out, and it is done again. */
#ifndef APP_PROVIDER_CHECK_APART_H
#define APP_PROVIDER_CHECK_APART_H

#include "app/provider_check_reach.h"
#include "io/jail.h"

enum { PROVIDER_JAILS = 3 };

/* For the jail, named "provider". */
enum err provider_check_job(struct arena *a, str in, const struct jail_caller *caller, buf *out);

struct provider_apart {
    struct jail *jails[PROVIDER_JAILS];          /* one for each attempt */
    struct provider_reach reach;                 /* of provider_reach_net(); of a folder: no get */
    const struct provider_folder *folder;        /* NULL: the internet */
    i64 step_ms;                                 /* for one document; 0: two minutes */
    void (*unread)(void *arg, str url, str why); /* a document was left out; NULL: nobody looks */
    void *arg;
};

/* Three jails with that job, before there are secrets. */
enum err provider_apart_start(struct arena *a, struct provider_apart *p, struct fault *f);

/* As provider_check().  E_INVALID: the folder has no metadata.  E_IO: it could not be done. */
enum err provider_check_apart(struct arena *a, struct fault *f, const struct provider_apart *p,
                              str where, struct provider_reports *out);

#endif
