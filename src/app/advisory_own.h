/* advisory_own.h - between the files of the advisory: the draft as it is stored. */
#ifndef APP_ADVISORY_OWN_H
#define APP_ADVISORY_OWN_H

#include "app/advisory.h"
#include "app/case_file.h"

enum { NEWEST = 1 << 30 };

struct draft {
    struct q_advisory_of row;
    struct advisory_words words[LANG_COUNT];
    str follows[SECTION_COUNT]; /* mark of the Japanese that the English follows; absent: none */
    const struct q_advisory_asked_of *asked; /* newest first */
    size_t nasked;
};

/* The states of both languages up to these revisions.  E_NOT_FOUND: nothing was ever saved. */
enum err draft_load(struct ctx *cx, str case_id, i64 ja, i64 en, struct draft *out);

enum translation draft_translation(struct ctx *cx, const struct draft *d, enum section s);

/* Whether the English may be released: all that the Japanese has, and none of it stale. */
bool draft_english_ready(struct ctx *cx, const struct draft *d);

/* Required Japanese sections that are missing become problems at "ja.SECTION". */
enum err draft_complete(struct ctx *cx, const struct draft *d);

/* A short mark of a section's text, to see whether it changed. */
str section_mark(struct ctx *cx, str text);

/* "ja.overview" */
str section_field(struct ctx *cx, enum lang lang, enum section s);
str lang_code(enum lang lang);

/* The step of this flow with that effect; -1: none. */
int step_with(const struct case_file *cf, enum effect effect);

/* The newest performed hop of a step in a lane; NULL: none. */
const struct act *last_act(const struct case_file *cf, int lane, int step);

/* Open the case for whom the advisory is theirs to write: E_NOT_FOUND without the right to
 * the draft, E_DENIED for who may only read it. */
enum err advisory_own(struct ctx *cx, str case_id, struct case_file *cf);

#endif
