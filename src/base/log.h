/* log.h - one line of the structured log: JSON, one object a line.  io/log.c writes it.
 *
 * Nothing confidential goes in: ids, routes without their query, statuses, codes, faults. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/str.h"

/* "debug" … are for machines and stay English. */
enum log_level { LOG_LEVEL_INFO, LOG_LEVEL_WARN, LOG_LEVEL_ERROR };

struct log_line {
    buf b;
};

/* Begins {"at":"…Z","level":"…","event":"…" */
struct log_line log_begin(struct arena *a, i64 now, enum log_level level, str event);
void log_str(struct log_line *l, str key, str value); /* absent values leave the key out */
void log_i64(struct log_line *l, str key, i64 value);
str log_end(struct log_line *l); /* with the newline */

#endif
