/* provider_check_reach.h - the ways to a provider that is checked. */
#ifndef APP_PROVIDER_CHECK_REACH_H
#define APP_PROVIDER_CHECK_REACH_H

#include "app/provider_check.h"
#include "io/fetch.h"

/* A folder as any web server would serve it: below the origin of the canonical address that the
 * metadata in it names, or where that stands in the folder itself, beside it. */
struct provider_folder {
    str root;             /* without a slash at its end */
    str origin, metadata; /* set below */
    /* How a file of it is read; NULL: provider_folder_file(). */
    void (*file)(void *arg, struct arena *a, str path, size_t most, struct provider_got *out);
    void *arg;
};

/* path: from the root, with its slash; a folder gives the page that servers make of it. */
void provider_folder_file(const struct provider_folder *f, struct arena *a, str path, size_t most,
                          struct provider_got *out);

/* where: for provider_check().  False: there is no provider-metadata.json. */
bool provider_reach_folder(struct arena *a, struct provider_folder *f, struct provider_reach *out,
                           str *where);

/* The same for provider_check_apart(), which asks for the files itself. */
struct provider_reach provider_reach_files(void);

/* Over HTTPS, by the effects process. */
struct provider_net {
    struct effects *effects;
    str token;      /* shown to the provider itself where it asks for one; absent: none */
    i64 timeout_ms; /* of one request; 0: 20 s */
};
struct provider_reach provider_reach_net(struct provider_net *net);

#endif
