/* demo.h - the demo cases of demo/: real published facts, invented people, played act by act.
 *
 * Everything is done by the functions that people's acts call, as the person and at the time
 * that the case says, so that history, rights, tasks and texts are real.  demo/README.md says
 * what the files mean.  All passwords are the same and known: only behind --demo. */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include "app/ctx.h"

#define DEMO_PASSWORD "demo-kakehashi"

/* Load what is not there yet: organisations and people in one transaction, then a case a
 * transaction; what was cut off goes on at the next call.  *loaded: something was.  E_CONFLICT:
 * the installation has people or organisations that are not the demo's. */
enum err demo_load(struct app *app, struct fault *f, bool *loaded);

/* Whether some of it is there: then there are people whose password everybody knows. */
enum err demo_is_here(struct app *app, struct fault *f, bool *is);

/* Whom to be.  A finder's login is a receipt number, its secret the receipt key. */
struct demo_sign_in {
    str login, secret;
    str who[LANG_COUNT];
    bool finder;
};
enum err demo_sign_ins(struct arena *a, struct demo_sign_in **out, size_t *n);

#endif
