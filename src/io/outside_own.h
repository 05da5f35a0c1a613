/* outside_own.h - between the files that ask the world outside. */
#ifndef IO_OUTSIDE_OWN_H
#define IO_OUTSIDE_OWN_H

#include "base/dict.h"
#include "io/outside.h"

struct hunspell;

/* A language that was asked for, and its dictionary. */
struct dictionary {
    str lang;
    struct hunspell *h; /* NULL: there is none */
    bool latin1;        /* of its encoding; else UTF-8 */
};

struct outside {
    struct arena *a;
    struct csaf_outside asked;
    void *curl;
    struct dict urls;
    struct {
        VEC(bool)
    } answered; /* by URL */

    const char *folder;
    bool looked; /* for the library */
    struct hunspell *(*create)(const char *aff, const char *dic);
    void (*destroy)(struct hunspell *);
    int (*spell)(struct hunspell *, const char *word);
    char *(*encoding)(struct hunspell *);
    struct {
        VEC(struct dictionary)
    } dictionaries;
};

/* Offer spelling, by hunspell with the dictionaries of the folder; NULL: the system's. */
void spell_open(struct outside *o, const char *folder);

#endif
