/* sees.h - inside app/: before something is sent or shown, who will read it, by name.
 *
 * Computed from rights.tsv over the records as they will be then, so that the sentence cannot
 * say anything else than what holds. */
#ifndef APP_SEES_H
#define APP_SEES_H

#include "app/why.h"

/* Sentences: "The coordinator and your contact will read “Plan as sent”. …" */
void sees_hop(const struct reader *r, int lane, int step, int hop, struct phrases *out);

/* The same for a message to an audience of a lane (or of a step, or of a report's talk). */
void sees_place(const struct reader *r, const struct place *p, struct phrases *out);

/* The names alone. */
void sees_names(const struct reader *r, const struct grants *g, const struct place *p,
                struct phrases *out);

#endif
