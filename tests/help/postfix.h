/* postfix.h - a Postfix of the test's own, that puts all it takes into one folder. */
#ifndef HELP_POSTFIX_H
#define HELP_POSTFIX_H

#include "base/str.h"

#include <sys/types.h>

/* Takes mail for anybody at mail.example, but for gone@ (550) and full@ (450). */
struct postfix {
    pid_t pid;
    int port;
    char dir[32];
};

/* False: it is not installed, or this is not root, as whom its master has to start. */
bool postfix_may_run(void);

/* False: it does not come up; its log is printed.  It ends with the test, however that ends. */
bool postfix_start(struct postfix *p, struct arena *a);
void postfix_stop(struct postfix *p);

/* Wait until so many mails were delivered in all, 20 s at most; their bytes, in order of their
 * "Delivered-To:". */
struct strs postfix_mails(const struct postfix *p, struct arena *a, size_t n);

#endif
