/* err.h - the one place where outcomes meet HTTP, exit codes and words; and the note of
 * where and why a failure began. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/str.h"

struct err_info {
    int http, exit;
    str code; /* stable, for machines: problem documents, logs; err_CODE in po/ is the word */
};
extern const struct err_info err_info[ERR_COUNT];

/* For the log alone: never shown to a person, never holds a secret or a confidential text. */
struct fault {
    char text[256];
};

/* Record why, and hand back what: `return fault_set(f, E_IO, "...")`.  The first one stays. */
PRINTF(3, 4) enum err fault_set(struct fault *f, enum err e, const char *fmt, ...);

#endif
