/* release_own.h - between the files of the release plan's page. */
#ifndef WEB_PAGES_RELEASE_OWN_H
#define WEB_PAGES_RELEASE_OWN_H

#include "web/pages/release_page.h"

/* "release_state_planned" → its word. */
str release_word(struct ctx *cx, const char *beginning, str name);

/* "Japanese: First publication" */
str release_what(struct ctx *cx, const struct release_order *o);

/* "2026-12-05 17:00 (Asia/Tokyo)" */
str release_in_zone(struct ctx *cx, i64 at, const struct zone *z);

/* Whether the instant had come when it was planned, so that approval alone is waited for. */
bool release_at_once(const struct release_plan *p);
enum look release_look(enum release_state s);

/* Rehearse the plan; nothing to build yet is no error. */
enum err release_fill_dry(struct ctx *cx, str case_id, const struct release_plan *p,
                          struct rel_dry *out);

#endif
