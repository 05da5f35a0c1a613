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
};

/* where: for provider_check().  False: there is no provider-metadata.json. */
bool provider_reach_folder(struct arena *a, struct provider_folder *f, struct provider_reach *out,
                           str *where);

/* Over HTTPS, by the effects process. */
struct provider_net {
    struct effects *effects;
    str token;      /* shown to the provider itself where it asks for one; absent: none */
    i64 timeout_ms; /* of one request; 0: 20 s */
};
struct provider_reach provider_reach_net(struct provider_net *net);

#endif
