/* cved_own.h - between the files of the CVE Services that tests play. */
#ifndef HELP_CVED_OWN_H
#define HELP_CVED_OWN_H

#include "help/cved.h"

struct cved_ask {
    str method, path, org, user, key, body; /* path: below the base, with its query */
};
struct cved_answer {
    int status;
    str body;
    bool lost, kill;
};
struct cved_answer cved_answer(struct cved *d, const struct cved_ask *ask);

#endif
