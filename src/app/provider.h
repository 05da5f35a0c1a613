/* provider.h - the CSAF documents of all that is public, as files that any web server can serve:
 * this installation as a trusted provider, for CSAF 2.0 and 2.1 side by side.
 *
 *   ROOT/current/.well-known/csaf/provider-metadata.json          a copy of that of v2.0
 *   ROOT/current/.well-known/csaf/v2.0/{provider-metadata,service}.json, openpgp/FINGERPRINT.asc
 *   ROOT/current/.well-known/csaf/v2.0/white/{index.txt,changes.csv,csaf-feed-tlp-white.json,…}
 *   ROOT/current/.well-known/csaf/v2.0/white/2026/kkh_41827360.json{,.sha256,.sha512,.asc}
 *   ROOT/current/.well-known/csaf/v2.1/…                          the same, with clear for white
 *
 * The database is the source; the files follow it, one generation at a time (io/shelf.h). */
#ifndef APP_PROVIDER_H
#define APP_PROVIDER_H

#include "app/ctx.h"
#include "io/sign.h"

/* How documents are signed; by sign_many(), or in a test by the test itself. */
struct provider_signer {
    struct sign_key key;
    enum err (*sign)(void *arg, struct arena *a, struct fault *f, const struct sign_text *texts,
                     size_t n, str *out);
    void *arg;
};

struct provider_done {
    bool shown;       /* a new generation was made */
    size_t documents; /* in it */
    size_t made;      /* anew: the others stayed as they were */
};

/* Bring the files up to what the database has now; nothing happens where they are.  What was
 * signed is signed again only where its bytes changed.  signer NULL: nothing is signed, and
 * the role is that of a plain provider.  The fault says what could not be written. */
enum err provider_publish(struct app *app, const char *root, const struct provider_signer *signer,
                          struct fault *f, struct provider_done *out);

#endif
