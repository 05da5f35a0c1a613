/* why.h - inside app/: "why not further", in words: whom and what a step waits for, and why it
 * does not apply, as far as the reader may know. */
#ifndef APP_WHY_H
#define APP_WHY_H

#include "app/phrases.h"
#include "app/reader.h"

/* Each thing that a waiting step still needs; one phrase for all that is inside a vendor.
 * brief: steps by number alone, and facts only where no step is missing. */
void why_waits(const struct reader *r, int lane, int step, bool brief, struct phrases *out);

/* Who is awaited in an open step: the next hop's actor, or who has not signed. */
void why_open(const struct reader *r, int lane, int step, struct phrases *out);

/* Under which conditions a step that does not apply would; empty where the reader may not
 * know. */
void why_not(const struct reader *r, int lane, int step, struct phrases *out);

/* Whether a fact rests on nothing but what this reader may read: answers sent to it, and what
 * the program knows of the case. */
bool fact_is_open(const struct reader *r, int lane, int fact);

#endif
